"""«Настройки объединения»: what is set, what is asked, how it will look, what was set."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from actions.settings import Proposed, Set, Settings
from bot.views import dates, holidays, joining
from bot.views import settings_keys as keys
from bot.views.desk_timing import ShowTiming
from bot.views.keyboards import Rows, ShowDesk, button, inline
from bot.views.people_keys import ShowPeople
from bot.views.settings_keys import NO, NONE, YES, Screen
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.holidays import Holidays
from domain.records import Actor, Card
from domain.retention import kept_since
from domain.russian_zones import OFFERED, town_of
from domain.settings import Setting, Value

# On which screen a setting stands.
_SCREENS: dict[Setting, Screen] = {
    Setting.TITLE: "about",
    Setting.TOWN: "about",
    Setting.ZONE: "about",
    Setting.CENTRE: "about",
    Setting.HOUR: "usual",
    Setting.VENUE: "usual",
    Setting.HOLIDAYS: "usual",
    Setting.FEEDBACK: "attendance",
    Setting.RETENTION: "entry",
    Setting.GREETING: "entry",
    Setting.CONSENT: "entry",
    Setting.BEFORE: "attendance",
    Setting.AFTER: "attendance",
}
_HOURS = (10, 11, 12, 13, 14, 15)
_YEARS = (1, 2, 3, 5, 10)
_MINUTES = (0, 15, 30, 45, 60, 120)
_IN_ROW = 3
_SHOWN = 200
# What can be none, or the words that come with Звонок.
_CAN_BE_NONE = (Setting.VENUE, Setting.CENTRE, Setting.HOLIDAYS, Setting.GREETING, Setting.CONSENT)


def screen(name: Screen, settings: Settings, now: datetime) -> View:
    """One of the screens, with everything on it as it stands."""
    if name == "home":
        rows: Rows = [
            keys.to_screen("about", plain("button-settings-about")),
            keys.to_screen("usual", plain("button-settings-usual")),
            [button(plain("button-when-reminded"), ShowTiming(screen="home"))],
            keys.to_screen("entry", plain("button-settings-entry")),
            keys.to_screen("attendance", plain("button-attendance")),
            [button(plain("button-back"), ShowDesk(screen="more"))],
        ]
    else:
        rows = [*(keys.ask(what) for what, where in _SCREENS.items() if where == name), _back("home")]
    if name == "entry":
        rows.insert(0, [button(plain("button-door"), ShowPeople(screen="door", page=0))])
    return View(t(f"settings-{name}", **_in_words(settings, now)), inline(rows))


def question(what: Setting, settings: Settings, now: datetime) -> View:
    """What a setting is to be: its present value, an example, and what can be pressed."""
    present = settings.value(what)
    facts = {"value": in_words(what, present), "clock": _clock(settings.home.zone, now)}
    text = t(f"setting-ask-{what.name.lower()}", **facts)
    if what is Setting.GREETING:
        text = _lines(text, t("setting-stands", text=joining.greeting(settings.home).strip()))
    if what is Setting.CONSENT:
        text = _lines(text, t("setting-stands", text=joining.consent_text(settings.home)))
    rows = _choices(what, present)
    if what in _CAN_BE_NONE and present:
        rows.append([keys.pick(what, NONE, plain(f"button-no-{what.name.lower()}"))])
    return View(text, inline([*rows, _back(_SCREENS[what])]))


def _choices(what: Setting, present: Value) -> Rows:
    match what:
        case Setting.ZONE:
            labels = [(zone, town_of(zone) or zone) for zone in OFFERED]
            width = 2
        case Setting.HOUR:
            labels = [(f"{hour:02}00", dates.clock(time(hour))) for hour in _HOURS]
            present, width = str(present).replace(":", ""), _IN_ROW
        case Setting.RETENTION:
            labels = [(str(years), plain("years", count=years)) for years in _YEARS]
            present, width = str(present), _IN_ROW
        case Setting.BEFORE | Setting.AFTER:
            labels = [(str(minutes), plain("minutes", count=minutes)) for minutes in _MINUTES]
            present, width = str(present), _IN_ROW
        case Setting.FEEDBACK:
            labels = [(answer, plain(f"button-feedback-{answer}")) for answer in (YES, NO)]
            present, width = YES if present else NO, 2
        case _:
            return []
    buttons = [
        keys.pick(what, value, plain("button-chosen", label=label) if value == present else label)
        for value, label in labels
    ]
    return [buttons[at : at + width] for at in range(0, len(buttons), width)]


def preview(proposed: Proposed, card: Card | None, actor: Actor, now: datetime) -> View:
    """How it will be, before it is."""
    what, value = proposed.what, proposed.value
    match what:
        case Setting.ZONE:
            clock = _clock(ZoneInfo(str(value)), now)
            text = t(
                "setting-preview-zone",
                zone=in_words(what, value),
                clock=clock,
                events=t("setting-preview-events", count=proposed.events),
            )
        case Setting.GREETING:
            shown = replace(proposed.before.home, greeting=str(value))
            text = _lines(t("setting-preview-greeting"), joining.welcome_text(actor, shown, card, now))
        case Setting.CONSENT:
            shown = replace(proposed.before.home, consent_text=str(value))
            people = t("setting-preview-asked", count=proposed.people)
            text = _lines(t("setting-preview-consent"), joining.consent_text(shown), people)
        case _:
            since = kept_since(now, int(str(value)))
            text = t(
                "setting-preview-retention",
                years=in_words(what, value),
                before=in_words(what, proposed.before.retention_years),
                since=dates.full_day(dates.local(since, proposed.before.home.zone).date()),
            )
    return View(text, inline(keys.sure(proposed.mark, _SCREENS[what])))


def settled(made: Set) -> View:
    """It is set; one tap takes it back."""
    what, settings = made.what, made.settings
    name, value = t(f"setting-name-{what.name.lower()}"), in_words(what, settings.value(what))
    if made.line is None:
        return View(t("setting-same", name=name, value=value), inline([_back(_SCREENS[what])]))
    text = t("setting-saved", name=name, value=value)
    if what is Setting.CONSENT:
        text = _lines(text, t("setting-consent-asked", count=made.people))
    return View(text, inline([keys.take_back(made.line), _back(_SCREENS[what])]))


def taken_back(made: Set) -> View:
    """It is as it was before."""
    view = settled(made)
    return view if made.line is None else View(view.text, inline([_back(_SCREENS[made.what])]))


def in_words(what: Setting, value: Value) -> Markup:
    """What a setting holds, as it may stand within a sentence."""
    match what:
        case Setting.ZONE:
            return escape(town_of(str(value)) or str(value).rpartition("/")[2].replace("_", " "))
        case Setting.HOUR:
            return escape(dates.clock(time.fromisoformat(str(value))))
        case Setting.RETENTION:
            return t("years", count=int(str(value)))
        case Setting.BEFORE | Setting.AFTER:
            return t("minutes", count=int(str(value)))
        case Setting.GREETING | Setting.CONSENT:
            return t("setting-own-words" if value else "setting-usual-words")
        case Setting.FEEDBACK:
            return t("setting-feedback-yes" if value else "setting-feedback-no")
        case Setting.HOLIDAYS if value:  # as they are stored: a list of pairs
            return escape(holidays.listed([Holidays.stored(one) for one in value]))  # type: ignore[union-attr]
    return escape(clip(str(value), _SHOWN)) if value else t("setting-none")


def _in_words(settings: Settings, now: datetime) -> dict[str, object]:
    """Every setting in words, by its name."""
    said: dict[str, object] = {what.name.lower(): in_words(what, settings.value(what)) for what in Setting}
    said["clock"] = _clock(settings.home.zone, now)
    said["door"] = t("setting-door-request" if settings.home.by_request else "setting-door-link")
    return said


def _clock(zone: ZoneInfo, now: datetime) -> str:
    return dates.clock(dates.local(now, zone).time())


def _lines(*lines: Markup) -> Markup:
    return Markup("\n\n").join(lines)


def _back(name: Screen) -> list[InlineKeyboardButton]:
    return keys.to_screen(name, plain("button-back"))
