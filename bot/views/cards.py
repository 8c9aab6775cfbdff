"""An event as a card, and lists of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from markupsafe import Markup

from actions.calendar import YearPlan
from actions.check_in import open_for
from bot.views import (
    about_keys,
    answers_keys,
    attendance_keys,
    calendar_keys,
    checkin_keys,
    dates,
    keyboards,
    notices,
    overseeing_keys,
    people_keys,
    plan_file_keys,
    seat_keys,
    seats,
    task_keys,
)
from bot.views.view import View
from bot.views.words import clip, fitting, from_school, plain, t
from domain.checkin import is_open
from domain.period import Precision
from domain.places import lacks_link
from domain.plan_draft import Kind, first_year_of, school_year_of
from domain.records import Activity, Actor, Answer, Card, Event, Invited, Member, Mode, Reason, Status
from domain.roles import Right, may, may_run
from domain.rsvp import answers_wanted_by, joins
from scheduler.workdays import is_working_day

# Titles in lists are shortened, and a list that is longer than a message is cut with a word about it.
_TITLE = 150
_LINES = 20
_PEOPLE = 5
_PAST = 10


def card(shown: Card, actor: Actor, now: datetime, place: int = -1) -> View:
    """An event as one person sees it; `place` among the events to come, -1 where it stands alone."""
    event = shown.event
    taken = open_for(event, actor.home)
    runs = event.gathering and is_open(event, taken, now)
    lines = [
        *_mark(shown, actor, runs=runs),
        *_where(event),
        *([t("card-responsible", responsible=event.responsible)] if event.responsible else []),
        *([t("card-contact", contact=event.contact)] if event.contact else []),
        *for_whom(shown),
        *([t("card-materials", count=shown.materials)] if shown.materials else []),
        *([t("card-talks", count=shown.talks)] if shown.talks else []),
        *_standing(shown, actor, now),
    ]
    if place >= 0:
        lines.append(t("card-more", count=max(shown.others_ahead - place, 0)))
    text = t(
        "card",
        title=event.title,
        when=dates.when(event.period, today(actor, now)),
        details=Markup("").join(Markup("\n") + line for line in lines),
    )
    text = whose(actor) + text
    if not event.gathering:
        return View(text, task_keys.card(shown, coordinator=may(actor.role, Right.DESK)))
    comes = will_come(shown, now)
    # Materials and talks stand among what a coordinator does with the event.
    beside = about_keys.only_calendar if may(actor.role, Right.DESK) else about_keys.beside
    begun = taken is not None and now >= taken.opens and event.status is not Status.CANCELLED
    word = shown.word_until is not None and shown.word_until > now
    # Once people come in, who runs it has others to look to than her own answer.
    busy = begun and may_run(actor.role, shown.part)
    answers = event.takes_answers(now) and shown.asked and not shown.was_there and not busy
    keyboard = keyboards.card(
        shown,
        actor,
        open_for_answers=answers,
        place=place,
        above=checkin_keys.check_in(event, word=word) if runs and shown.mark is None else [],
        below_answers=_instead(shown),
        beside=lambda room: beside(shown, room, now, comes=comes),
        aside=about_keys.to_aside(event),
        who=attendance_keys.attendance(event) if begun else None,
        urgent=seat_keys.give_link(event) if _needs_link(shown, actor, now) else None,
    )
    return View(text, keyboard)


def _where(event: Event) -> list[Markup]:
    """House and door; what to bring there."""
    lines = []
    if event.venue:
        key = "card-venue-entrance" if event.entrance else "card-venue"
        lines.append(t(key, venue=event.venue, entrance=event.entrance))
    return [*lines, t("reminder-bring", bring=event.bring)] if event.bring else lines


def _needs_link(shown: Card, actor: Actor, now: datetime) -> bool:
    """Whether those who come still need something from her who runs it: the link."""
    event = shown.event
    ahead = event.status is Status.PLANNED and event.ends_at > now
    return ahead and lacks_link(event) and may_run(actor.role, shown.part)


def for_whom(shown: Card) -> list[Markup]:
    """Whom it is for, where it is not for everybody."""
    event = shown.event
    if event.invited is Invited.GUESTS:
        return [t("card-for-guests")]
    if event.invited is Invited.GROUP:
        return [t("card-for-group", group=shown.group) if shown.group else t("card-for-gone-group")]
    return [t("card-audience", audience=event.audience)] if event.audience else []


def _mark(shown: Card, actor: Actor, *, runs: bool) -> list[Markup]:
    """That she is marked as having been there, and since when; while people check in, also that she is marked
    as not there: it is not hers to correct."""
    if runs and shown.mark is not None and not shown.was_there:
        return [t("card-marked-away")]
    if not shown.was_there or shown.marked_at is None:
        return []
    return [t("card-marked", at=dates.clock_at(shown.marked_at, actor.home.zone))]


def _instead(shown: Card) -> keyboards.Rows:
    """The way to send somebody, for one who cannot come."""
    return [[answers_keys.ask_substitute(shown.event)]] if shown.answer is Answer.DECLINED else []


def whose(actor: Actor) -> Markup:
    """A line that names the association, for one who is in several."""
    if not actor.elsewhere or actor.association is None:
        return Markup("")
    return t("of-association", title=clip(actor.home.title, 100) or t("no-title")) + "\n"


def will_come(shown: Card, now: datetime) -> bool:
    """Whether she takes part in what is still to come, as far as she said."""
    return shown.event.takes_answers(now) and shown.answer is not None and shown.answer.takes_part


def aside(shown: Card, actor: Actor, now: datetime) -> View:
    """«Подробнее» under a card: what there was no room for."""
    event = shown.event
    text = t("aside", title=event.title, when=dates.when(event.period, today(actor, now)))
    coordinates = may(actor.role, Right.DESK)
    about = about_keys.aside(shown, now, comes=will_come(shown, now), coordinates=coordinates)
    run = keyboards.running(shown, actor)
    instead = _instead(shown) if run and event.takes_answers(now) else []
    crowded = event.mode is Mode.MIXED or _needs_link(shown, actor, now)
    may_wait = coordinates and crowded and event.takes_answers(now) and shown.asked
    unsure = [keyboards.unsure(event)] if may_wait else []
    rows = [*([run] if run else []), *about, *instead, *unsure, about_keys.to_card(event)]
    return View(text, keyboards.inline(rows))


def wished(shown: Card, answer: Answer, actor: Actor, now: datetime) -> View:
    """The card of an event that she answered in the group, and whether that is meant; the card alone where
    it is known already, or no answer is taken any more."""
    event = shown.event
    if answer is Answer.ONLINE and event.mode is Mode.ONLINE:  # to join is to come
        answer = Answer.GOING
    now_shown = card(shown, actor, now)
    if shown.answer is answer or not (event.takes_answers(now) and shown.asked):
        return now_shown
    asked = t("card-wished", answer=plain(f"button-{answer}"))
    return View(now_shown.text + "\n\n" + asked, keyboards.confirm_answer(event, answer))


def taken(shown: Card) -> Markup:
    """The answer that was taken, in passing."""
    if shown.too_late:
        return t("answer-too-late-taken", place=shown.place)
    return t(f"answer-{shown.answer}-taken", place=shown.place)


def _standing(shown: Card, actor: Actor, now: datetime) -> list[Markup]:
    """What the card says of answers, and of how to come."""
    event = shown.event
    if not event.gathering:
        return [_standing_of_task(shown)]
    if event.status is Status.CANCELLED:
        return [t("card-cancelled")]
    if event.status is Status.NOT_HELD:
        return [t("card-not-held")]
    if event.ends_at <= now:
        return [t("card-held" if event.status is Status.HELD else "card-over")]
    if not shown.asked or not event.asks:
        return [t("card-not-asked" if event.asks else "card-asks-nobody")]
    how = notices.how_to_come(event, shown.answer)
    lines = [how] if how else []
    if not event.period.day_known:
        return [*lines, t("card-answer-later")]
    if shown.answer is Answer.WAITLISTED:
        mine = seats.waiting(shown, actor.home.zone, now)
    elif shown.answer is Answer.UNDECIDED:
        mine = seats.undecided(shown, actor.home.zone)
    else:
        mine = t(f"card-{shown.answer}-mine") if shown.answer else _no_answer(event, actor, now)
    if not event.takes_answers(now):
        lines = lines if joins(event, shown.answer) else []
        return [*lines, *([mine] if shown.answer else []), t("card-closed")]
    coming = t("card-going", count=shown.going)
    if shown.joining:
        coming += " " + t("card-online", count=shown.joining)
    free = seats.free(shown) if shown.answer not in {Answer.GOING, Answer.WAITLISTED} else Markup("")
    return [*lines, Markup(" ").join(filter(None, (coming, free, mine)))]


def _no_answer(event: Event, actor: Actor, now: datetime) -> Markup:
    """That she has not answered, and until when it is wanted."""
    wanted_by = answers_wanted_by(event, actor.home.zone, is_working_day)
    if wanted_by is None or wanted_by <= now:
        return t("card-no-answer")
    return t("card-no-answer-until", until=notices.until(wanted_by, actor.home.zone))


def _standing_of_task(shown: Card) -> Markup:
    if shown.event.status is Status.CANCELLED:
        return t("card-task-cancelled")
    if not shown.named:
        return t("card-task")
    return t("card-task-done" if shown.done else "card-task-mine")


def nothing_ahead(actor: Actor, *, planned: bool) -> View:
    """There is no next event: all are over, or no plan has come yet; or none of hers is left."""
    if not may(actor.role, Right.PLAN):
        return View(t("nothing-ahead-guest"), keyboards.main(actor))
    no_plan = "no-plan-yours" if may(actor.role, Right.DESK) else "no-plan"
    return View(t("nothing-ahead" if planned else no_plan), keyboards.main(actor))


def only_year_round(plan: YearPlan) -> View:
    """Nothing dated is ahead, but there is work without a date, or something is over."""
    rows = keyboards.months((), None, year_round=bool(plan.year_round))
    rows += [keyboards.to_past()] if plan.past else []
    text = t("plan-only-year-round") if plan.year_round else t("nothing-ahead")
    return View(text, keyboards.inline(rows))


def month(plan: YearPlan, shown: tuple[int, int], actor: Actor, now: datetime) -> View:
    """One month of the plan."""
    found = plan.of_month(shown)
    text = t(
        "plan-month",
        month=dates.capital(dates.month(date(*shown, 1))),
        lines=event_lines(
            found,
            today(actor, now),
            example=dates.in_month(date(*shown, 1)),
            one_month=True,
            groups=plan.groups,
        ),
    )
    turns = keyboards.months(plan.months, shown, year_round=bool(plan.year_round))
    rows = [*keyboards.events(found[:_LINES], today(actor, now)), *turns]
    rows += [keyboards.to_past()] if plan.past else []
    rows.append(calendar_keys.whole_calendar())
    if may(actor.role, Right.DESK):
        rows.append(plan_file_keys.to_plan_file(first_year_of(school_year_of(date(*shown, 1)))))
    rows += [overseeing_keys.homes()] if actor.elsewhere else []
    return View(whose(actor) + text, keyboards.inline(rows))


def past(plan: YearPlan, page: int, actor: Actor, now: datetime) -> View:
    """What was over within a year, a page at a time."""
    day = today(actor, now)
    pages = max(1, -(-len(plan.past) // _PAST))
    page = min(max(page, 0), pages - 1)
    found = plan.past[page * _PAST : (page + 1) * _PAST]
    if not found:
        return View(t("plan-no-past"), keyboards.past((), day, 0, 1))
    text = t("plan-past", lines=event_lines(found, day, example="что было", groups=plan.groups))
    return View(whose(actor) + text, keyboards.past(found, day, page, pages))


def year_round(plan: YearPlan) -> View:
    """The work that goes on all the year."""
    lines = fitting(_activity(activity) for activity in plan.year_round)
    if len(plan.year_round) > len(lines):
        lines.append(t("who-cut", count=len(plan.year_round) - len(lines)))
    rows = keyboards.months(plan.months, None, year_round=False)
    return View(
        t("plan-year-round", lines=Markup("\n").join(lines)), keyboards.inline(rows) if rows else None
    )


def found(
    events: Sequence[Event], heading: Markup, actor: Actor, now: datetime, whose: Mapping[int, str]
) -> View:
    """Several events that answer a question, as lines and as buttons; `whose` as in `event_lines`."""
    day = today(actor, now)
    text = heading + "\n" + event_lines(events, day, example="что дальше", whose=whose)
    return View(text, keyboards.inline(keyboards.events(events[:_LINES], day)))


def found_people(
    people: Sequence[Member],
    events: Sequence[Event],
    heading: Markup,
    actor: Actor,
    now: datetime,
    whose: Mapping[int, str],
) -> View:
    """People whom a coordinator looked for, and the events that the words fit as well, if any; `whose` as in
    `event_lines`."""
    lines = fitting(
        (
            t(
                "found-person",
                name=clip(one.name.full, 60),
                school=from_school(one.school.title if one.school else None),
            )
            for one in people[:_PEOPLE]
        ),
        800,
    )
    if len(people) > len(lines):
        lines.append(t("who-cut", count=len(people) - len(lines)))
    said = t("found-people", lines=Markup("\n").join(lines))
    rows = [people_keys.to_person(one, keyboards.name_and_school(one)) for one in people[:_PEOPLE]]
    if not events:
        return View(said, keyboards.inline(rows))
    day = today(actor, now)
    text = heading + "\n" + event_lines(events, day, example="что дальше", whose=whose)
    return View(
        text + "\n" + said, keyboards.inline([*keyboards.events(events[: _LINES - len(rows)], day), *rows])
    )


def found_between(
    events: Sequence[Event],
    first: date,
    last: date,
    actor: Actor,
    now: datetime,
    whose: Mapping[int, str],
    missing: Kind | None = None,
) -> View:
    """What falls between two days; what may fall there, its day being unnamed, stands apart. `missing` is the
    kind that was asked for, where there is none of it. `whose` as in `event_lines`."""
    day = today(actor, now)
    span = dates.capital(dates.between(first, last, day))
    open_days = [
        one
        for one in events
        if one.period.day_to_be_named and not (first <= one.period.first_day and one.period.end <= last)
    ]
    sure = [one for one in events if one not in open_days]
    parts = [t("none-of-kind", kind=plain(f"kinds-{missing}"))] if missing is not None else []
    parts += (
        [t("found-span", span=span), event_lines(sure, day, example="что дальше", whose=whose)]
        if sure
        else [t("none-in-span", span=span)]
    )
    if open_days:
        parts += [t("found-open"), event_lines(open_days[:5], day, example="что дальше", whose=whose)]
    rows = keyboards.events([*sure[:_LINES], *open_days[:5]], day)
    return View(Markup("\n").join(parts), keyboards.inline(rows))


def mine(cards: Sequence[Card], tasks: Sequence[Event], actor: Actor, now: datetime) -> View:
    """One's own answers, and the tasks that are hers and not done."""
    if not cards and not tasks:
        return View(whose(actor) + t("mine-empty"), keyboards.main(actor))
    day = today(actor, now)
    parts, shown = _answers(cards, day) if cards else ([], [])
    if tasks:
        own = fitting(
            (
                t("mine-task", when=dates.span(one.period, day), title=clip(one.title, _TITLE))
                for one in tasks[:_LINES]
            ),
            1_000,
        )
        if len(tasks) > len(own):
            own.append(t("who-cut", count=len(tasks) - len(own)))
        parts.append(t("mine-tasks", lines=Markup("\n").join(own)))
        shown = [*shown, *tasks[:_LINES]]
    parts.append(t("mine-hint" if cards else "mine-hint-tasks"))
    text = whose(actor) + Markup("\n").join(parts)
    return View(text, keyboards.inline(keyboards.events(shown, day)))


def _answers(cards: Sequence[Card], day: date) -> tuple[list[Markup], list[Event]]:
    """The answers as a list, and the events that are in it."""
    lines = fitting(
        t(
            "mine-line",
            when=dates.span(one.event.period, day),
            title=clip(one.event.title, _TITLE),
            answer=_answered(one),
            more=_of_declined(one),
        )
        for one in cards[:_LINES]
    )
    shown = [one.event for one in cards[: len(lines)]]
    if len(cards) > len(shown):
        lines.append(t("who-cut", count=len(cards) - len(shown)))
    return [t("mine", lines=Markup("\n").join(lines))], shown


def _answered(mine: Card) -> Markup:
    if mine.answer is Answer.UNDECIDED and mine.offered_until is not None:
        return t("mine-lapsed")
    if mine.answer is Answer.WAITLISTED and mine.offered_until is not None:
        return t("mine-offered")
    return t(f"mine-{mine.answer}") if mine.answer else t("mine-none")


def reason_said(reason: str) -> Markup:
    """Why somebody cannot come, in words: a button's, or her own in quotes."""
    return (
        t(f"reason-{reason}") if reason in frozenset(Reason) else t("reason-words", words=clip(reason, 100))
    )


def _of_declined(mine: Card) -> Markup:
    """Why she cannot come, and who comes in her place, as far as she said."""
    more = t("mine-reason", reason=reason_said(mine.reason)) if mine.reason else Markup("")
    return more + (t("mine-substitute", name=mine.substitute) if mine.substitute else Markup(""))


def today(actor: Actor, now: datetime) -> date:
    """The day it is where the association is."""
    return dates.local(now, actor.home.zone).date()


def event_lines(
    events: Sequence[Event],
    day: date,
    *,
    example: str,
    one_month: bool = False,
    groups: Mapping[int, str] | None = None,
    whose: Mapping[int, str] | None = None,
) -> Markup:
    """A line for each event; where all are of one month, it is not said again. `groups` are the titles of
    groups by their ids; `whose` those of associations, for one who is in several: each line says which one
    it is from."""
    lines = fitting(
        _line(event, day, groups or {}, one_month=one_month) + _from(event, whose or {})
        for event in events[:_LINES]
    )
    if len(events) > len(lines):
        lines.append(t("plan-cut", count=len(events) - len(lines), example=example))
    return Markup("\n").join(lines)


def _line(event: Event, day: date, groups: Mapping[int, str], *, one_month: bool) -> Markup:
    said = {"when": dates.span(event.period, day), "title": clip(event.title, _TITLE)}
    if event.status is Status.CANCELLED:
        return t("plan-line-cancelled", **said)
    where = notices.place_name(event)
    venue = t("plan-line-venue", venue=clip(where, 80)) if where else Markup("")
    unnamed = one_month and event.period.precision is Precision.MONTH
    line = t("plan-line-unnamed" if unnamed else "plan-line", **said, venue=venue)
    return line + _for_others(event, groups)


def _for_others(event: Event, groups: Mapping[int, str]) -> Markup:
    """Whom a line of a list is for, where not everybody is invited."""
    if event.invited is Invited.GUESTS:
        return t("plan-line-guests")
    if event.invited is not Invited.GROUP:
        return Markup("")
    title = groups.get(event.group_id or 0)
    return t("plan-line-group", group=clip(title, 60)) if title else t("plan-line-some")


def _from(event: Event, whose: Mapping[int, str]) -> Markup:
    title = whose.get(event.association_id)
    return t("plan-line-from", title=clip(title, 60)) if title else Markup("")


def _activity(activity: Activity) -> Markup:
    said = clip(activity.recurs or activity.when_text, 80) or t("plan-undated")
    note = "" if activity.year_round else said
    return t(
        "plan-year-round-line",
        title=clip(activity.title, _TITLE),
        note=t("plan-year-round-note", note=note) if note else Markup(""),
    )
