"""The coordinator's screens: the desk, who comes, naming days, questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from actions.calendar import YearPlan
from actions.naming import Board, Month, Proposal
from actions.reports import time_to_write_up
from bot.views import (
    dates,
    editing_keys,
    event_keys,
    holidays,
    journal_keys,
    keyboards,
    making_keys,
    naming_keys,
    paper_keys,
    plan_file_keys,
    roll_keys,
    together_keys,
)
from bot.views.cards import today
from bot.views.editing_keys import EditField
from bot.views.events import place
from bot.views.view import View
from bot.views.words import clip, from_school, plain, t
from domain.full_names import FullName
from domain.period import Period
from domain.plan_draft import first_year_of
from domain.records import Actor, Association, Event, Question

# A question and its frame fit into one message of 4,096 units, whatever it is made of.
_PIECE = 1_800
# So many meetings to come, and tasks, stand in one list.
_LISTED, _LISTED_TASKS = 20, 10


def home(
    unnamed: Sequence[Event],
    nearest: Event | None,
    actor: Actor,
    now: datetime,
    *,
    planned: bool,
    carried: str | None = None,
) -> View:
    """«Руководителю»: the events without a day come first. `carried`: the year whose plan it is time to carry
    over. What it is time for takes the place of naming days where there are none to name, and of the nearest
    event."""
    if not planned:
        said = t("desk-no-plan")
    elif nearest is None:
        said = t("desk-nothing-ahead")
    else:
        said = t("desk-unnamed", count=len(unnamed))
    set_up = bool(actor.home.title and actor.home.school_year)
    carry = plan_file_keys.carry_over(first_year_of(carried)) if carried and set_up else None
    written_up = time_to_write_up(actor.home, now)
    if carry and unnamed and written_up:  # there is no room for it here
        said += "\n" + t("desk-next-plan", button=carry[0].text)
    keyboard = keyboards.desk(
        nearest,
        today(actor, now),
        set_up=set_up,
        carry=carry,
        unnamed=bool(unnamed),
        written_up=written_up,
    )
    return View(t("desk", unnamed=said), keyboard)


def choose_event(plan: YearPlan, actor: Actor, now: datetime) -> View:
    """For which event the list of those who come is wanted: those to come, and the last that is over, whose
    roll may still be called and whose papers are written. What is called off and the tasks lead to what can
    be done with them, for they have no such list; what else is over is a tap away."""
    day = today(actor, now)
    meetings = [one for one in plan.events if one.gathering and one.period.day_known][:_LISTED]
    tasks = [one for one in plan.events if not one.gathering][:_LISTED_TASKS]
    last = [one for one in plan.past if one.gathering and one.period.day_known and not one.called_off][:1]
    rows = [[_to_list(one, day)] for one in (*meetings, *tasks)]
    for one in last:
        roll = plain("button-roll-of", label=_label(one, day))
        papers = plain("button-papers-of", when=dates.short(one.period, day))
        rows.append([keyboards.button(roll, roll_keys.ShowRoll(event=one.id))])
        rows.append([keyboards.button(papers, paper_keys.ShowPapers(event=one.id))])
    rows += [keyboards.to_past()] if plan.past else []
    text = t("who-choose") if meetings else t("who-empty")
    if tasks:
        text += "\n" + t("who-tasks")
    return View(text, keyboards.inline(rows) if rows else None)


def _label(event: Event, day: date) -> str:
    return f"{dates.short(event.period, day)} · {event.title}"


def _to_list(event: Event, day: date) -> InlineKeyboardButton:
    label = _label(event, day)
    if event.called_off:
        return keyboards.button(plain("button-called-off", label=label), keyboards.ShowMore(event=event.id))
    if not event.gathering:
        return keyboards.button(label, keyboards.ShowMore(event=event.id))
    return keyboards.button(label, keyboards.ShowAttendees(event=event.id, page=0))


def board(
    board: Board, home: Association, day: date, month: Month | None = None, *, host: bool = False
) -> View:
    """The days of an event's month (or of another one) as buttons, and the way to the other events without a
    day. `host` where it is for the event's presenter: that it has no day any more, or none for a while, she
    does not say; its hours she sets from here, too."""
    event = board.event
    days = naming_keys.days_offered(event, day, month)
    text = t(
        "naming-event" if event.period.day_known else "naming-month",
        month=dates.capital(dates.month(date(*board.month, 1))),
        title=event.title,
        when=dates.span(event.period, day),
        venue=_venue(event) + holidays.among(home.holidays, *days),
        days=dates.month(days[0]),
        # A meeting that has an hour keeps it.
        time=home.usual_time if event.period.start_time is None else dates.clock(event.period.start_time),
        example=example(event.period, day, home),
    )
    rows = [
        *naming_keys.board(board, day, month, may_wait=not host).inline_keyboard,
        *together_keys.together(event, board.near),
    ]
    if event.period.day_known and event.gathering and not host:
        rows.append([editing_keys.put_off(event)])
    if host and event.period.may_have_hours:
        rows.append([editing_keys.field(event, "hours")])
    return View(text, keyboards.inline(rows))


def all_named() -> View:
    """There is no day left to name."""
    return View(t("naming-none"))


def not_before(moment: datetime, actor: Actor, now: datetime) -> View:
    """When days are asked for again (UTC), at the earliest."""
    day = dates.local(moment, actor.home.zone).date()
    return View(t("naming-unknown-later", day=dates.day(day, today(actor, now))))


def choose_named(
    events: Sequence[Event], period: Period, actor: Actor, now: datetime, *, may_be_new: bool = False
) -> View:
    """A day was written, and several events could be meant, or a new one."""
    when = dates.span(period, today(actor, now))
    rows = naming_keys.choose_for_day(events[:20], period)
    return View(t("naming-which", when=when), keyboards.inline([*rows, *_instead(may_be_new)]))


def _instead(may_be_new: bool) -> keyboards.Rows:
    return [making_keys.instead()] if may_be_new else []


def preview(
    proposal: Proposal,
    actor: Actor,
    now: datetime,
    *,
    day_off: bool,
    hours: bool = False,
    may_be_new: bool = False,
) -> View:
    """What naming the day, or (`hours`) another beginning and end of it, would do, before it does. The words
    may have been about a new meeting (`may_be_new`)."""
    event = proposal.event
    day = today(actor, now)
    planned, proposed = event.period, proposal.period
    notes = holidays.warnings(proposed.first_day, day_off=day_off, clashes=proposal.clashes, today=day)
    if planned.day_to_be_named and not planned.overlaps(proposed.first_day, proposed.end):
        notes.append(t("naming-warning", note=t("naming-elsewhere", span=dates.span(event.period, day))))
    notes += holidays.hint(proposed.first_day, actor.home.holidays)
    note = Markup("").join(one + "\n" for one in notes)
    text = t(
        "naming-preview",
        title=event.title,
        when=dates.capital(dates.span(proposal.period, day)),
        venue=_place(event) if proposal.place else _venue(event),
        note=note,
        people=t("hours-preview-people" if hours else "naming-preview-people", count=proposal.people),
    )
    if hours:
        other = keyboards.button(plain("button-other-hours"), EditField(event=event.id, field="hours"))
    else:
        other = keyboards.button(plain("button-other-day"), keyboards.ChooseDay(event=event.id))
    if may_be_new:
        text = t("naming-moves" if planned.day_known else "naming-of-plan") + "\n" + text
    ways = (*_instead(may_be_new), [other])
    return View(text, naming_keys.confirm_day(event, proposal.period, proposal.place, *ways))


def named(
    proposal: Proposal, unnamed: Sequence[Event], near: Sequence[Event], actor: Actor, now: datetime
) -> View:
    """The day is named, and who hears of it; the next event without a day is a tap away, and so are those
    that could be held together with it (`near`)."""
    text = _named(proposal, actor, now)
    if near:
        text += "\n" + t("together-near", title=clip(near[0].title, 200))
    following = unnamed[0] if unnamed else None
    rows = [
        *together_keys.together(proposal.event, near),
        *naming_keys.named(proposal.event, following=following).inline_keyboard,
    ]
    if proposal.changed:
        rows = [[event_keys.take_text(proposal.event)], *rows, [journal_keys.undo(proposal.event)]]
    return View(text, keyboards.inline(rows))


def named_by_host(proposal: Proposal, actor: Actor, now: datetime) -> View:
    """A presenter has named the day or the hours of her event, and who hears of it."""
    keyboard = event_keys.done(proposal.event, changed=proposal.changed, actor=actor)
    return View(_named(proposal, actor, now), keyboard)


def _named(proposal: Proposal, actor: Actor, now: datetime) -> Markup:
    return t(
        "naming-done",
        title=proposal.event.title,
        when=dates.span(proposal.period, today(actor, now)),
        people=t("naming-done-people", count=proposal.people) if proposal.changed else t("naming-same"),
    )


def example(period: Period, day: date, home: Association) -> str:
    """An example of a day in words that fits an event: «18 ноября 14:00»; another one than it has."""
    first = period.first_day.replace(day=min(18, period.end.day))
    if first <= day:
        first = day + timedelta(days=1)
    if period.day_known and first == period.first_day:
        first += timedelta(days=1)
    return f"{dates.day(first, first)} {home.usual_time}"


def question(asked: Question) -> list[View]:
    """A member's question for the coordinator; a very long one in several messages."""
    first, *more = pieces(asked.question)
    text = t(
        "question-arrived",
        name=asked.asker.full,
        school=from_school(asked.school),
        question=first,
    )
    views = [View(text), *(View(piece) for piece in more)]
    return [*views[:-1], View(views[-1].text, keyboards.reply(asked))]


def reply(asked: Question) -> list[View]:
    """The coordinator's reply for the member."""
    first, *more = pieces(asked.reply or "")
    return [
        View(t("reply-arrived", question=clip(asked.question, 200), reply=first)),
        *(View(piece) for piece in more),
    ]


def ask_reply(name: FullName) -> View:
    """What the coordinator writes next is the reply."""
    return View(t("ask-reply", name=name.full))


def pieces(text: str) -> list[Markup]:
    """Words of a person, escaped, in pieces that each fit into a message."""
    return [escape(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE)] or [Markup("")]


def _place(event: Event) -> Markup:
    """Where it is and how people come, on a line of its own."""
    return Markup("\n") + t("card-venue", venue=place(event))


def _venue(event: Event) -> Markup:
    """The venue on a line of its own."""
    return Markup("\n") + t("card-venue", venue=clip(event.venue, 200)) if event.venue else Markup("")
