"""«Когда напоминать»: what the association sets, in plain words."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from actions.timing import AssociationTiming, ProposedTiming, SetTiming
from bot.views import dates
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, button, inline
from bot.views.settings_keys import ShowSettings
from bot.views.timing import leads_in_words
from bot.views.view import View
from bot.views.words import plain, t
from domain.timing import OFFERED, MonthDay, TimingProfile, is_quiet

Family = Literal["timed", "online", "day", "month", "deadline"]
LeadCode = Literal[
    "week",
    "three_days",
    "eve",
    "morning",
    "hours",
    "online",
    "month",
    "deadline_week",
    "deadline_eve",
]
# «-» stands for none.
NONE = "-"
_HOURS = tuple(time(hour) for hour in (8, 9, 10, 12, 15, 17, 18, 19, 20))
_QUIET = ((time(20), time(9)), (time(21), time(8)), (time(22), time(7)))
_RESTS: tuple[tuple[MonthDay, MonthDay], ...] = (((6, 1), (8, 31)), ((6, 15), (8, 19)))
_IN_ROW = 3
_LEAP_YEAR = 2000


class ShowTiming(CallbackData, prefix="timing"):
    """«Когда напоминать»: everything with its present value."""

    screen: Literal["home"]


class AskTiming(CallbackData, prefix="asktime"):
    """What is to be set there: how it is now, and what can be pressed or written."""

    what: Literal["kinds", "hours", "quiet", "rest"]


class ChooseLeads(CallbackData, prefix="leads"):
    """The leads of a family, to switch on and off."""

    family: Family


class SwitchLead(CallbackData, prefix="lead"):
    """One lead of a family, on or off."""

    family: Family
    lead: LeadCode
    to: Literal["on", "off"]


class ChooseHour(CallbackData, prefix="hour"):
    """The hours to choose from for a lead."""

    lead: LeadCode


class SetHour(CallbackData, prefix="sethour"):
    """A local hour, HHMM, for a lead."""

    lead: LeadCode
    at: str


class SetQuiet(CallbackData, prefix="quiet"):
    """Quiet hours, HHMM; equal ones for none."""

    start: str
    end: str


class SetRest(CallbackData, prefix="rest"):
    """The rest, MMDD; «-» twice for none."""

    first: str
    last: str


class ConfirmTiming(CallbackData, prefix="timesure"):
    """The change that the preview showed, by its mark."""

    mark: str


class TakeBackTiming(CallbackData, prefix="timeback"):
    """«Вернуть как было», by the journal's line of the change."""

    line: Id


def home(timing: AssociationTiming) -> View:
    """Everything that is set."""
    profile = timing.profile
    lines = [
        t("timing-family", family=plain(f"family-{family}"), leads=leads_in_words(profile.family(family)))
        for family in OFFERED
    ]
    said = t(
        "timing",
        families=Markup("\n").join(lines),
        quiet=_quiet(profile),
        rest=_rest(profile),
    )
    rows: Rows = [
        [button(plain("button-which-reminders"), AskTiming(what="kinds"))],
        [button(plain("button-reminder-hours"), AskTiming(what="hours"))],
        [button(plain("button-quiet-hours"), AskTiming(what="quiet"))],
        [button(plain("button-rest"), AskTiming(what="rest"))],
        [button(plain("button-back"), ShowSettings(screen="home"))],
    ]
    return View(said, inline(rows))


def kinds() -> View:
    """Of what: a button for each family."""
    rows: Rows = [[button(plain(f"family-{family}"), ChooseLeads(family=family))] for family in _families()]
    return View(t("timing-kinds"), inline([*rows, _back("home")]))


def leads(timing: AssociationTiming, family: Family) -> View:
    """The leads that suit a family; those that are on are marked."""
    standing = _standing(timing.profile, family)
    rows: Rows = []
    for code in _codes(family):
        label = _named(code)
        if code in standing:
            switch = SwitchLead(family=family, lead=code, to="off")
            rows.append([button(plain("button-chosen", label=label), switch)])
        else:
            rows.append([button(label, SwitchLead(family=family, lead=code, to="on"))])
    said = t(
        "timing-leads",
        family=plain(f"family-{family}"),
        leads=leads_in_words(timing.profile.family(family)),
    )
    return View(said, inline([*rows, _back("kinds")]))


def hours(timing: AssociationTiming) -> View:
    """The leads that have an hour, with the hour."""
    rows: Rows = [
        [button(plain("button-lead-hour", lead=_named(code), time=dates.clock(at)), ChooseHour(lead=code))]
        for code, at in _hours(timing.profile).items()
    ]
    return View(t("timing-hours" if rows else "timing-no-hours"), inline([*rows, _back("home")]))


def choose_hour(timing: AssociationTiming, code: LeadCode) -> View:
    """Hours to choose from; another one may be written."""
    present = _hours(timing.profile).get(code)
    if present is None:  # switched off in the meantime
        return hours(timing)
    labels = [
        button(
            plain("button-chosen", label=dates.clock(at)) if at == present else dates.clock(at),
            SetHour(lead=code, at=f"{at:%H%M}"),
        )
        for at in _HOURS
        if not is_quiet(at, timing.profile)
    ]
    rows = [labels[at : at + _IN_ROW] for at in range(0, len(labels), _IN_ROW)]
    said = t("timing-hour", lead=_named(code), time=dates.clock(present))
    return View(said, inline([*rows, _back("hours")]))


def quiet(timing: AssociationTiming) -> View:
    """Quiet hours to choose from; others may be written."""
    rows: Rows = [
        [
            button(
                plain("button-quiet", start=dates.clock(start), end=dates.clock(end)),
                SetQuiet(start=f"{start:%H%M}", end=f"{end:%H%M}"),
            )
        ]
        for start, end in _QUIET
    ]
    rows.append([button(plain("button-no-quiet"), SetQuiet(start="0000", end="0000"))])
    return View(t("timing-quiet", quiet=_quiet(timing.profile)), inline([*rows, _back("home")]))


def rest(timing: AssociationTiming) -> View:
    """The rest to choose from; another one may be written."""
    rows: Rows = [
        [button(_between(first, last), SetRest(first=_packed(first), last=_packed(last)))]
        for first, last in _RESTS
    ]
    rows.append([button(plain("button-no-rest"), SetRest(first=NONE, last=NONE))])
    return View(t("timing-rest", rest=_rest(timing.profile)), inline([*rows, _back("home")]))


def preview(proposed: ProposedTiming, back: CallbackData) -> View:
    """What would hold, what holds now, and for whom it makes a difference; `back` leads to where it was
    chosen."""
    moved = []
    if proposed.gatherings:
        people = t("timing-preview-people", count=proposed.people)
        moved.append(t("timing-preview-events", count=proposed.gatherings, people=people))
    if proposed.tasks:
        moved.append(t("timing-preview-tasks", count=proposed.tasks))
    text = t(
        "timing-preview",
        lines=_changed(proposed.before, proposed.after, "timing-change"),
        moved=Markup("\n").join(moved) or t("timing-preview-nothing"),
    )
    sure = button(plain("button-confirm"), ConfirmTiming(mark=proposed.mark), "success")
    return View(text, inline([[sure], [button(plain("button-back"), back)]]))


def settled(made: SetTiming) -> View:
    """What holds now; one tap takes it back."""
    if made.line is None:
        return View(t("timing-same"), inline([_back("home")]))
    text = t("timing-set", lines=_changed(made.before, made.after, "timing-now"))
    return View(text, inline([[button(plain("button-undo"), TakeBackTiming(line=made.line))], _back("home")]))


def taken_back(made: SetTiming) -> View:
    """It is as it was before."""
    return View(settled(made).text, inline([_back("home")]))


def differences(before: TimingProfile, after: TimingProfile) -> list[tuple[str, str, str]]:
    """What differs: its name, what held before, and what holds after, in words."""
    said = [
        (
            plain(f"family-{family}"),
            leads_in_words(before.family(family)),
            leads_in_words(after.family(family)),
        )
        for family in _families()
        if _standing(before, family) != _standing(after, family)
    ]
    hours, moved = _hours(before), _hours(after)
    said += [
        (_named(code), dates.clock(at), dates.clock(moved[code]))
        for code, at in hours.items()
        if moved.get(code, at) != at
    ]
    rows = (("button-quiet-hours", _quiet), ("button-rest", _rest))
    said += [
        (plain(name), in_words(before), in_words(after))
        for name, in_words in rows
        if in_words(before) != in_words(after)
    ]
    return said


def _changed(before: TimingProfile, after: TimingProfile, key: str) -> Markup:
    return Markup("\n").join(
        t(key, name=name, before=was, after=now) for name, was, now in differences(before, after)
    )


def _standing(profile: TimingProfile, family: Family) -> set[str]:
    return {lead.code for lead in profile.family(family)}


def _families() -> tuple[Family, ...]:
    return ("timed", "online", "day", "month", "deadline")


def _codes(family: Family) -> tuple[LeadCode, ...]:
    codes: tuple[LeadCode, ...] = OFFERED[family]  # type: ignore[assignment]
    return codes


def _hours(profile: TimingProfile) -> dict[LeadCode, time]:
    """Each lead that has an hour, with it: it is the same one in every family."""
    return {
        code: lead.at
        for family in _families()
        for code in _codes(family)
        for lead in profile.family(family)
        if lead.code == code and lead.at is not None
    }


def _named(code: LeadCode) -> str:
    return dates.capital(plain(f"lead-{code.replace('_', '-')}"))


def _quiet(profile: TimingProfile) -> str:
    if profile.quiet_from == profile.quiet_to:
        return plain("quiet-none")
    return plain("quiet-hours", start=dates.clock(profile.quiet_from), end=dates.clock(profile.quiet_to))


def _rest(profile: TimingProfile) -> str:
    if profile.rest_from is None or profile.rest_to is None:
        return plain("rest-none")
    return plain("rest-between", first=_day(profile.rest_from), last=_day(profile.rest_to))


def _between(first: MonthDay, last: MonthDay) -> str:
    return plain("button-rest-between", first=_day(first), last=_day(last))


def _day(month_day: MonthDay) -> str:
    day = date(_LEAP_YEAR, *month_day)
    return dates.day(day, day)


def _packed(month_day: MonthDay) -> str:
    return "{:02}{:02}".format(*month_day)


def _back(to: Literal["home", "kinds", "hours"]) -> list[InlineKeyboardButton]:
    data = ShowTiming(screen="home") if to == "home" else AskTiming(what=to)
    return [button(plain("button-back"), data)]
