"""«Напоминания» in «Настройки»: how often, digests, a pause. And leads in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from actions.timing import OwnTiming
from bot.views import dates
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Rows, button, inline
from bot.views.view import View
from bot.views.words import plain, t
from domain.period import last_of_month
from domain.records import Actor
from domain.roles import Right, may
from domain.timing import Choice, Lead, TimingProfile, chosen

_NEW_TERM = (9, 1)


class ShowReminders(CallbackData, prefix="remind"):
    """A screen of «Напоминания»."""

    screen: Literal["home", "choices", "pause", "resume"]


class ChooseReminders(CallbackData, prefix="often"):
    """How often."""

    choice: Choice


class SwitchDigest(CallbackData, prefix="digest"):
    """A digest, on or off."""

    which: Literal["weekly", "monthly"]
    to: Literal["on", "off"]


class PauseUntil(CallbackData, prefix="pause"):
    """A pause till a local day, YYYYMMDD."""

    day: str


def leads_in_words(leads: Sequence[Lead]) -> str:
    """«за неделю, накануне и за 2 часа»; «не напоминать» for none."""
    said = [plain(f"lead-{lead.code.replace('_', '-')}") for lead in leads]
    if not said:
        return plain("leads-none")
    return plain("leads-and", first=", ".join(said[:-1]), last=said[-1]) if said[1:] else said[0]


def home(mine: OwnTiming, actor: Actor) -> View:
    """What she chose, and the way to change it."""
    guest = not may(actor.role, Right.PLAN)
    text = t(
        "reminders-mine-guest" if guest else "reminders-mine",
        choice=plain(f"choice-{mine.choice}"),
        meaning=_meaning(mine.usual, mine.choice),
        weekly=_on(mine.weekly),
        monthly=_on(mine.monthly),
    )
    if mine.paused_until is not None:
        text += "\n" + t("reminders-paused", until=_day(mine.paused_until, actor))
    rows: Rows = [
        [button(plain("button-how-often"), ShowReminders(screen="choices"))],
        # Digests are of the whole plan.
        *([] if guest else [[_switch("weekly", mine.weekly)], [_switch("monthly", mine.monthly)]]),
    ]
    if mine.paused_until is None:
        rows.append([button(plain("button-pause"), ShowReminders(screen="pause"))])
    else:
        rows.append([button(plain("button-resume"), ShowReminders(screen="resume"))])
    return View(text, inline(rows))


def choices(mine: OwnTiming) -> View:
    """How often, each with what it means here; the present one is marked."""
    lines = [
        t("choice-line", choice=plain(f"choice-{choice}"), meaning=_meaning(mine.usual, choice))
        for choice in Choice
    ]
    labels = {choice: plain(f"choice-{choice}") for choice in Choice}
    labels[mine.choice] = plain("button-chosen", label=labels[mine.choice])
    rows: Rows = [[button(labels[choice], ChooseReminders(choice=choice))] for choice in Choice]
    rows.append([button(plain("button-back"), ShowReminders(screen="home"))])
    return View(t("choices", lines=Markup("\n").join(lines)), inline(rows))


def pausing(today: date) -> View:
    """Till when: a week, a month, the new school year, or a day in words."""
    options = [
        ("button-pause-week", today + timedelta(days=7)),
        ("button-pause-month", _a_month_after(today)),
        ("button-pause-september", _first_september(today)),
    ]
    rows: Rows = [[button(plain(key), PauseUntil(day=f"{day:%Y%m%d}"))] for key, day in options]
    rows.append([button(plain("button-back"), ShowReminders(screen="home"))])
    return View(t("pause-until", example=dates.day(today + timedelta(days=14), today)), inline(rows))


def paused(mine: OwnTiming, actor: Actor) -> View:
    """The pause has begun."""
    assert mine.paused_until is not None  # noqa: S101 - it was set just now
    back = inline([[button(plain("button-resume"), ShowReminders(screen="resume"))]])
    return View(t("paused", until=_day(mine.paused_until, actor)), back)


def _meaning(usual: TimingProfile, choice: Choice) -> str:
    """What a choice means, by the hours of a meeting whose time is known."""
    profile = chosen(usual, choice)
    return plain("choice-silence") if profile.without_leads else leads_in_words(profile.timed)


def _on(value: bool) -> str:
    return plain("digest-on" if value else "digest-off")


def _switch(which: Literal["weekly", "monthly"], on: bool) -> InlineKeyboardButton:
    label = plain(f"button-{which}")
    data = SwitchDigest(which=which, to="off" if on else "on")
    return button(plain("button-chosen", label=label) if on else label, data)


def _day(moment: datetime, actor: Actor) -> str:
    return dates.full_day(dates.local(moment, actor.home.zone).date())


def _a_month_after(day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following.replace(day=min(day.day, last_of_month(following.year, following.month).day))


def _first_september(today: date) -> date:
    september = date(today.year, *_NEW_TERM)
    return september if september > today else date(today.year + 1, *_NEW_TERM)
