"""Why a message came: in a person's words, and in the operator's. No aiogram here: the command line loads
this."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from actions.explaining import Told, by_the_clock
from bot.views import dates
from bot.views.words import plain, t
from domain.full_names import FullName
from domain.records import ClaimState
from domain.timing import LEADS, Choice
from storage.outbox import TO_COORDINATORS, Message, State

# What goes to coordinators, and of an event also to those who present it.
_TO_PRESENTERS = frozenset({Message.LIST, Message.SUMMARY, Message.ROLL})
_DIGESTS = {Message.WEEKLY: "why-weekly", Message.MONTHLY: "why-monthly"}
# What everybody in the list gets, whatever she has chosen.
_TO_ALL = {
    Message.CHANGE: "why-changes",
    Message.CORRECTED: "why-changes",
    Message.BROADCAST: "why-words",
    Message.CONSENT: "why-consent",
}
# Of a record that somebody claims, what coordinators hear.
_CLAIMS_TOLD = frozenset({ClaimState.TAKEN, ClaimState.WAITING, "agreed", "denied"})
# What follows an event, to those who want reminders.
_AFTERWARDS = {
    Message.ATTENDED: "why-expected",
    Message.MISSED: "why-missed",
    Message.OPINION: "why-was-there",
}
# A lead of an earlier version has no words of its own.
_LEADS = {code.replace("_", "-") for code in LEADS} | {"last-call", "nudge", "snooze"}


def text(told: Told, now: datetime, *, newest: bool) -> Markup:
    """What it is, why it reached her, when it was planned and sent, where to change it."""
    key = "why-newest" if newest else "why-it-is"
    if told.event is None:
        first = t(key, what=_what(told))
    else:
        first = t(f"{key}-about", what=_what(told), title=told.event.title)
    return Markup("\n").join([first, *_reasons(told), _when(told, now), *_where(told)])


def _what(told: Told) -> Markup:
    entry = told.entry
    if entry.kind is Message.REMINDER and _lead(told) in _LEADS:
        return t(f"why-lead-{_lead(told)}")
    if entry.kind is Message.CHANGE and entry.urgent:
        return t("why-kind-urgent")
    return t(f"why-kind-{entry.kind}")


def _lead(told: Told) -> str:
    """The lead's own code: a nudge and a snooze carry their moment too."""
    return told.entry.lead.partition("-")[0].replace("_", "-")


def _reasons(told: Told) -> list[Markup]:
    kind = told.entry.kind
    if kind is Message.PRESENTING or (kind in _TO_PRESENTERS and told.presents):
        return [t("why-presents")]
    if kind is Message.CLAIM and told.entry.lead not in _CLAIMS_TOLD:
        return [t("why-claim")]
    if kind in TO_COORDINATORS:
        return [t("why-coordinator")]
    if kind is Message.CONSENT:
        return [_in_the_list(told)]
    if kind in _DIGESTS:
        return [t(_DIGESTS[kind])]
    if kind in _TO_ALL:
        return [_in_the_list(told), t(_TO_ALL[kind])]
    if kind in _AFTERWARDS:
        return [t(_AFTERWARDS[kind])]
    if kind is Message.OFFER:
        return [t("why-waited")]
    if kind in {Message.ADMITTED, Message.REFUSAL}:
        return [t("why-wanted-in")]
    if kind is Message.MATERIALS:
        return [t("why-comes")]
    if kind is Message.SETTLED:
        return [t("why-proposed")]
    if kind is Message.ROLE:
        return [t("why-rights")]
    if kind is Message.REPLY:
        return [t("why-asked")]
    if kind is Message.CARD:
        return [t("why-card")]
    return _of_reminder(told)


def _of_reminder(told: Told) -> list[Markup]:
    if told.event is not None and not told.event.gathering:
        return [t("why-named" if told.named else "why-was-named")]
    lead = _lead(told)
    if lead == "snooze":
        return [t("why-snooze")]
    reasons = [_in_the_list(told)]
    if lead == "nudge":
        reasons.append(t("why-nudge"))
    elif lead == "last-call":
        reasons.append(t("why-last-call"))
    elif told.event is not None and told.event.period.day_known:
        reasons.append(t(f"why-answer-{told.answer}" if told.answer else "why-answer-none"))
    if told.entry.choice in {Choice.MORE, Choice.FEWER}:
        reasons.append(t(f"why-choice-{told.entry.choice}"))
    return reasons


def _in_the_list(told: Told) -> Markup:
    if told.guest:
        return t("why-guest")
    title = told.home.title
    if told.group:
        return t("why-in-group", group=told.group)
    return t("why-in-list", association=t("why-association", association=title) if title else Markup(""))


def _when(told: Told, now: datetime) -> Markup:
    due = _moment(told, told.entry.due_at)
    ended = told.entry.done_at or told.entry.attempted_at
    if ended is None:
        return t("why-due", due=due)
    # Nothing goes out before its time, however the clock was moved since.
    sent = _moment(told, max(by_the_clock(ended, now), told.entry.due_at))
    return t("why-at-once", due=due) if sent == due else t("why-due-and-sent", due=due, sent=sent)


def _where(told: Told) -> list[Markup]:
    kind = told.entry.kind
    if kind in _DIGESTS or kind in _AFTERWARDS or (kind is Message.REMINDER and _lead(told) != "snooze"):
        return [t("why-settings")]
    return [t("why-leave")] if kind in _TO_ALL else []


def _moment(told: Told, moment: datetime) -> str:
    local = dates.local(moment, told.home.zone)
    return f"{dates.full_day(local.date())}, {dates.clock(local.time())}"


def lines(told: Told, now: datetime) -> list[str]:
    """The same for the operator: with numbers, state, attempts, and what happens next."""
    entry = told.entry
    said = [plain("why-op-what", number=str(entry.id), what=_what(told))]
    if told.event is not None:
        when = dates.span(told.event.period, dates.local(entry.due_at, told.home.zone).date())
        number = str(told.event.id)
        said.append(plain("why-op-about", number=number, title=told.event.title, when=when))
    said += [
        _to_whom(told),
        *(plain("why-op-reason", reason=reason) for reason in _reasons(told)),
        plain("why-op-state", state=t(f"why-state-{entry.state}")),
        plain("why-op-attempts", number=str(entry.attempts)),
        plain("why-op-due", moment=_moment(told, entry.due_at), zone=told.home.zone.key),
    ]
    if entry.attempted_at is not None:
        said.append(plain("why-op-attempted", moment=_moment(told, entry.attempted_at)))
    if entry.done_at is not None:
        said.append(plain("why-op-done", moment=_moment(told, entry.done_at)))
    if entry.message_id is not None:
        said.append(plain("why-op-message", number=str(entry.message_id)))
    return [*said, _next(told, now)]


def _to_whom(told: Told) -> str:
    entry, home = told.entry, str(told.home.id)
    if entry.person_id is None:
        return plain("why-op-to-chat", chat=entry.chat or "", association=home)
    name = initials(entry.name) if entry.name else plain("why-op-no-name")
    return plain("why-op-to", person=str(entry.person_id), name=name, association=home)


def initials(name: FullName) -> str:
    """No more of a name than tells who is meant: «П. М. И.»"""
    parts = (name.surname, name.given_name, name.patronymic)
    return " ".join(f"{part[0]}." for part in parts if part)


def _next(told: Told, now: datetime) -> str:
    entry = told.entry
    if entry.state is State.WAITING and entry.retry_at is not None:
        return plain("why-next-retry", moment=_moment(told, entry.retry_at))
    if entry.state is State.WAITING and entry.due_at > now:
        return plain("why-next-planned", moment=_moment(told, entry.due_at))
    if entry.state is State.SENT and entry.kind is Message.CARD:
        return plain("why-next-card")
    return plain(f"why-next-{entry.state}")
