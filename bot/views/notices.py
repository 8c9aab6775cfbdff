"""What members are told unasked: reminders and changes. Rendered once for all who are told the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.views import dates, keyboards, notice_keys
from bot.views.view import View
from bot.views.words import clip, fitting, plain, t
from domain.places import in_words, is_address
from domain.records import Answer, Association, Event, Mode, Revision, Status
from domain.rsvp import joins

# Stands for the name of whoever reads it: no keyboard writes this sign.
NAME = Markup("\ue000")
_LAST_CALL = "last_call"
_NUDGE = "nudge"
_NAMED = "named"
# Of several changes told together: how long they may be, and how many events have a button.
_NEWS = 3_000
_MOST = 15
_HOURS = frozenset({"hours", "online", "morning"})
# How one who answered is asked whether it still holds.
_HOLDS = {
    Answer.GOING: "change-ask-hour",
    Answer.ONLINE: "change-ask-hour",
    Answer.WAITLISTED: "change-ask-hour",
    Answer.DECLINED: "change-ask-declined",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """What a reminder has to know of those who read it: what they answered, whether that was long ago, until
    when answers are asked for, and until when a seat is kept for one who waits (UTC; None once that is past).
    """

    answer: Answer | None
    asked_anew: bool
    deadline: datetime | None
    zone: ZoneInfo
    offered_until: datetime | None = None


def addressed(view: View, name: Markup) -> View:
    """The message spoken to one person."""
    return View(view.text.replace(NAME, name), view.keyboard)


def of_association(view: View, home: Association) -> View:
    """The same to one who is in several: whose message it is comes first."""
    if not home.title:
        return view
    return View(t("of-association", title=clip(home.title, 100)) + "\n" + view.text, view.keyboard)


def reminder(event: Event, reader: Reader, lead: str, day: date) -> View | None:
    """A reminder on a local day; None where it is of no use to one who answered so."""
    if event.status is not Status.PLANNED or reader.answer is Answer.DECLINED:
        return None
    if event.period.day_to_be_named:
        said = t("reminder-month", when=dates.capital(dates.span(event.period, day)), title=event.title)
        return View(_lines(said, venue(event), t("reminder-month-later")), notice_keys.month(event))
    if (lead == _LAST_CALL or lead.startswith(_NUDGE)) and reader.answer is not None:
        return None
    asked = _asked(event, reader, lead)
    how = how_to_come(event, reader.answer)
    said = _lines(_heading(event, day), venue(event), *_on_the_way(event, reader.answer, lead), how, *asked)
    # So near before it nobody puts it into a calendar; there, she marks herself.
    return View(said, notice_keys.reminder(event, reader.answer, here=lead in _HOURS))


def task(event: Event, day: date, lead: str) -> View | None:
    """A reminder of a task (or the word that it is hers), to one who is named for it and has not finished;
    None once it is cancelled."""
    if event.status is not Status.PLANNED:
        return None
    key = "task-named" if lead == _NAMED else "reminder-task"
    said = t(key, title=event.title, when=dates.span(event.period, day))
    return View(_lines(said, t("reminder-task-done")), notice_keys.task(event))


def task_changed(event: Event, before: Revision, day: date) -> View | None:
    """What changed of a task since those named for it were last told; None where nothing did."""
    if (event.period, event.status) == (before.period, before.status):
        return None
    when = dates.span(event.period, day)
    if event.status is not Status.PLANNED:
        reason = t("change-reason", reason=event.reason) if event.reason else Markup("")
        return View(_lines(t("task-cancelled-told", title=event.title), reason))
    key = "task-moved-told" if before.status is Status.PLANNED else "task-restored-told"
    return View(t(key, title=event.title, when=when), notice_keys.task(event))


def _heading(event: Event, day: date) -> Markup:
    start = event.period.start_time
    at = t("reminder-at", time=dates.clock(start)) if start else Markup("")
    if event.period.first_day == day:
        return t("reminder-today", at=at, title=event.title)
    if event.period.first_day == day + timedelta(days=1):
        return t("reminder-tomorrow", at=at, title=event.title)
    when = dates.capital(dates.on_day(event.period, day))
    return t("reminder-soon", when=when, title=event.title)


def _on_the_way(event: Event, answer: Answer | None, lead: str) -> list[Markup]:
    """Which door, what to bring, the end: for one who comes."""
    if answer is None or not answer.takes_part:
        return []
    lines = []
    if event.entrance and answer is Answer.GOING:
        lines.append(t("reminder-entrance", entrance=event.entrance))
    if event.bring:
        lines.append(t("reminder-bring", bring=event.bring))
    if lead in _HOURS and event.period.end_time:
        lines.append(t("reminder-ends", time=dates.clock(event.period.end_time)))
    return lines


def _asked(event: Event, reader: Reader, lead: str) -> list[Markup]:
    if reader.answer is Answer.WAITLISTED:
        if reader.offered_until is None:
            return [t("reminder-waitlisted")]
        return [t("card-offered", until=until(reader.offered_until, reader.zone))]
    if reader.answer is not None and reader.answer.takes_part:
        if reader.asked_anew:
            return [t("reminder-still", name=NAME, answer=t(f"mine-{reader.answer}"))]
        return [t("reminder-going" if reader.answer is Answer.GOING else "reminder-joining")]
    lines = []
    if reader.deadline is not None:
        lines.append(t("reminder-deadline", until=until(reader.deadline, reader.zone)))
    if lead.startswith(_NUDGE):
        lines.append(t("reminder-nudge", name=NAME))
    elif lead == _LAST_CALL:
        lines.append(t("reminder-last-call", name=NAME))
    elif reader.answer is Answer.UNDECIDED:
        lines.append(t("reminder-undecided", name=NAME))
    else:
        lines.append(t("reminder-ask", name=NAME))
    return lines


def announced(
    event: Event, day: date, *, urgent: bool, answer: Answer | None = None, asks: bool = True
) -> View | None:
    """A meeting that people hear of for the first time; None where there is nothing to come to by then. Who
    found it before and answered is not asked; nobody is where it only `asks` elsewhere."""
    if event.status is not Status.PLANNED or not event.period.day_known:
        return None
    when = dates.capital(dates.span(event.period, day))
    said = t("change-new", title=event.title, when=when, venue=_place(event, None))
    takes_answers = event.answers_until is not None
    keyboard = notice_keys.change(event, takes_answers=takes_answers, to_be_seen=urgent, answer=answer)
    if not takes_answers or not asks:
        return View(said, keyboard)
    unanswered = answer in {None, Answer.UNDECIDED}
    mine = t("change-ask", name=NAME) if unanswered else t("change-new-mine", answer=t(f"mine-{answer}"))
    return View(_lines(said, mine), keyboard)


def change(
    event: Event,
    before: Revision,
    answer: Answer | None,
    day: date,
    *,
    urgent: bool = False,
    asks: bool = True,
) -> View | None:
    """What changed since people were last told, with the question (unless it stands elsewhere) whether she
    comes; None where nothing did. At short notice, and where nobody need come any more, «Вижу» stands under
    it."""
    joined = event.joined and event.title != before.title
    if event.status is Status.JOINED or (_told(event) == _told(before) and not joined):
        return None
    if event.status is not Status.PLANNED:
        return _called_off(event, before, day)
    news = {
        "title": event.title,
        "when": dates.capital(dates.span(event.period, day)),
        "venue": _place(event, answer),
    }
    old = {"before": dates.span(before.period, day), "now": dates.span(event.period, day)}
    # A new day is a new question; a new hour or place asks whether what was said still holds.
    ask = _HOLDS.get(answer, "change-ask") if answer else "change-ask"
    if before.status is Status.JOINED:
        said = t("change-parted", **news)
    elif before.status is not Status.PLANNED:
        said = t("change-restored", **news)
    elif joined:
        said = t("change-joined", **news)
        if before.period.day_known and _days(event) != _days(before):
            ask = "change-ask-anew"
    elif not event.period.day_known and before.period.day_known:
        said = t("change-postponed", **old, **news)
    elif not before.period.day_known and event.period.day_known:
        said, ask = t("change-named", **news), "change-ask"
    elif _days(event) != _days(before):
        said, ask = t("change-moved", **old, **news), "change-ask-anew"
    elif event.period != before.period:
        said = t("change-hour", **old, **news)
    elif event.mode is not before.mode:
        said = t(f"change-mode-{event.mode}", **news)
        if answer is Answer.GOING and (before.mode, event.mode) == (Mode.ONLINE, Mode.ONSITE):
            ask = "change-ask-in-person"
    elif event.link != before.link and (event.venue, event.entrance) == (before.venue, before.entrance):
        said = t("change-link" if before.link else "change-first-link", **news)
    else:
        said = t("change-place", **news)
    if before.status is not Status.PLANNED and not event.period.day_known:
        said = _lines(said, t("change-no-day"))
    takes_answers = event.answers_until is not None
    keyboard = notice_keys.change(event, takes_answers=takes_answers, to_be_seen=urgent)
    return View(_lines(said, t(ask, name=NAME)) if takes_answers and asks else said, keyboard)


def no_gathering(event: Event, before: Revision, day: date) -> View | None:
    """People do not come together for it after all; None where they knew of no day."""
    if before.status is not Status.PLANNED or not before.period.day_known:
        return None
    when = dates.span(before.period, day)
    return View(t("change-no-gathering", title=event.title, when=when))


def corrected(events: Sequence[Event], news: Sequence[Markup], day: date) -> View:
    """What a corrected plan changed of several events, each with its news; the card of each is a tap away,
    where she answers anew."""
    parts = fitting(news, _NEWS)
    if len(parts) < len(news):
        parts.append(t("who-cut", count=len(news) - len(parts)))
    if any(event.answers_until is not None for event in events):
        parts.append(t("change-corrected-ask", name=NAME))
    standing = [event for event in events if event.status is Status.PLANNED][:_MOST]
    text = Markup("\n\n").join([t("change-corrected", count=len(events)), *parts])
    return View(text, keyboards.inline(keyboards.events(standing, day)) if standing else None)


def _called_off(event: Event, before: Revision, day: date) -> View:
    reason = t("change-reason", reason=event.reason) if event.reason else Markup("")
    when = dates.span(before.period, day)
    said = _lines(t("change-cancelled", title=event.title, when=when), reason, t("change-cancelled-later"))
    return View(said, notice_keys.change(event, takes_answers=False, to_be_seen=True))


def _told(state: Event | Revision) -> tuple[object, ...]:
    """What of an event's state people are told."""
    return (state.period, state.status, state.venue, state.entrance, state.mode, state.link)


def _days(state: Event | Revision) -> tuple[date, date]:
    return state.period.first_day, state.period.end


def how_to_come(event: Event, answer: Answer | None) -> Markup:
    """How to come to an event that can be joined by a link: the link for one who joins, and nobody else."""
    if joins(event, answer):
        if event.link:
            return t(link_key("reminder-link", event.link), link=event.link)
        return t("reminder-online-later" if event.mode is Mode.ONLINE else "reminder-link-later")
    if event.mode is Mode.ONSITE or answer in {Answer.GOING, Answer.DECLINED}:
        return Markup("")
    return t(f"reminder-{event.mode}")


def link_key(key: str, link: str) -> str:
    """The key of the sentence that has a link; of another one where it is words by which one joins."""
    return key if is_address(link) else "reminder-by-number"


def _place(event: Event, answer: Answer | None) -> Markup:
    lines = [venue(event)]
    if event.entrance:
        lines.append(t("reminder-entrance", entrance=event.entrance))
    lines.append(how_to_come(event, answer))
    return Markup("").join(Markup("\n") + line for line in lines if line)


def place_name(event: Event) -> str:
    """Where an event is, at the beginning of a line; empty where that is not known."""
    return in_words(event, plain("inline-online"))


def venue(event: Event) -> Markup:
    """The venue on a line, nothing where none is known."""
    return t("reminder-venue", venue=clip(event.venue, 200)) if event.venue else Markup("")


def until(moment: datetime, zone: ZoneInfo) -> str:
    """A moment (UTC) as people of a zone say it: «16 ноября, 12:00»."""
    local = dates.local(moment, zone)
    return f"{dates.day(local.date(), local.date())}, {dates.clock(local.time())}"


def _lines(*lines: Markup) -> Markup:
    return Markup("\n").join(line for line in lines if line)
