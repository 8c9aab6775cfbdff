"""Naming the day of an event, and telling those who must know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from actions.changing import (
    Known,
    change_event,
    keep_joining,
    same_day,
    schedule,
    tell_of_presenter,
    what_people_know,
)
from actions.checking import check_planned, check_runs, known_event
from actions.together import near_to
from domain.clashes import Clash, clashes
from domain.errors import DomainError
from domain.period import Period
from domain.places import Place
from domain.plan_draft import period_as_json
from domain.records import Actor, Association, Event, Mode
from domain.rhythms import is_time_to_name
from domain.roles import Right, may
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

NAMING_STEP = "name_day"
# «Пока не знаю» keeps the question silent for so long.
NAMING_RESTS = timedelta(weeks=2)

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Board:
    """One event whose day is being named, the others of its month, the months that wait, and what the event
    is probably held together with."""

    event: Event
    others: tuple[Event, ...]
    months: tuple[Month, ...]
    near: tuple[Event, ...] = ()

    @property
    def month(self) -> Month:
        """The month that is shown."""
        return month_of(self.event)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What naming a day does, or would do."""

    event: Event
    period: Period
    people: int  # how many are told, or would be
    changed: bool = True  # False where the day stood so already
    clashes: tuple[Clash, ...] = ()  # what else takes place then, in the preview
    # What was said with the day of where it is: what that changes of the event, by its columns.
    place: Mapping[str, str] = field(default_factory=dict)


def month_of(event: Event) -> Month:
    """The (year, month) in which an event begins."""
    return event.period.first_day.year, event.period.first_day.month


def board_of(unnamed: Sequence[Event], month: Month | None = None) -> Board | None:
    """The board of a month, by its soonest event; of the first month that waits for None, and where the
    month asked for has nothing left. None where every day is named."""
    if not unnamed:
        return None
    here = [event for event in unnamed if month_of(event) == month] or [
        event for event in unnamed if month_of(event) == month_of(unnamed[0])
    ]
    return Board(here[0], tuple(here[1:]), tuple(sorted({month_of(event) for event in unnamed})))


async def without_day(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Event]:
    """The gatherings whose day is still to be named, soonest first."""
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).events.without_day(now)


async def open_board(
    uow: UnitOfWork, actor: Actor, now: datetime, month: Month | None = None
) -> Board | None:
    """Shows a month's board and waits for a day in words meanwhile; None where every day is named."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        board = board_of(await ours.events.without_day(now), month)
        if board is not None:
            board = replace(board, near=tuple(await near_to(ours, board.event, now)))
            await rows.people.wait_for(actor.person_id, NAMING_STEP, event=board.event.id)
        await uow.commit()
    return board


async def open_due_board(uow: UnitOfWork, actor: Actor, now: datetime) -> Board | None:
    """The same of the first month that waits, where it is time to name its days and she did not put that off
    (`let_naming_rest`); else None, and nothing is waited for."""
    async with uow.reading() as rows:
        unnamed = await rows.association(actor.home.id).events.without_day(now)
        rests_until = await rows.notices.naming_rests_until(actor.home.id) if unnamed else None
    today = now.astimezone(actor.home.zone).date()
    if not unnamed or not is_time_to_name(unnamed[0].period, today) or (rests_until or now) > now:
        return None
    return await open_board(uow, actor, now)


async def open_event(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Board:
    """The board with this event chosen, be its day named or not; for its presenter of no other event. Raises
    DomainError `event_unknown`, `event_cancelled`, `only_host`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        event = await known_event(ours, event_id)
        check_planned(event)
        coordinates = may(actor.role, Right.DESK)
        # Who moves a named day names no other one.
        names_others = coordinates and not event.period.day_known
        unnamed = await ours.events.without_day(now) if names_others else []
        others = [one for one in unnamed if month_of(one) == month_of(event) and one.id != event.id]
        months = {month_of(one) for one in unnamed} | {month_of(event)}
        near = await near_to(ours, event, now) if coordinates else []
        await rows.people.wait_for(actor.person_id, NAMING_STEP, event=event.id)
        await uow.commit()
    return Board(event, tuple(others), tuple(sorted(months)), tuple(near))


async def propose_day(
    uow: UnitOfWork,
    actor: Actor,
    event_id: int,
    period: Period,
    now: datetime,
    step: str = NAMING_STEP,
    *,
    place: Place | None = None,
    **facts: object,
) -> Proposal:
    """Shows what naming a day (or only the month from now on) would do, and the `place` that was said with
    it, and waits for other words meanwhile: they belong to the step, with what was said so far.

    Raises DomainError `event_unknown`, `event_cancelled`, `day_in_past`, `only_host`, `only_coordinator`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        await _check_right(ours, actor, event, period)
        check_planned(event)
        check_day_ahead(period, actor, now)
        people = await rows.mailing.count_concerned(event, but=actor.person_id)
        moves = {} if place is None else _moved(event, place)
        stands: dict[str, Any] = {"venue": venue_on(event, period, actor.home), **moves}
        proposed = replace(event, **stands)
        facts |= {"place": moves, "period": period_as_json(period)} if moves else {}
        # A guest who presents an event knows of no other.
        ahead = await ours.events.to_come(now) if may(actor.role, Right.PLAN) else []
        others = [one for one in ahead if one.id != event_id]
        found = clashes(period, proposed.venue, event.audience, others)
        await rows.people.wait_for(actor.person_id, step, event=event_id, **facts)
        await uow.commit()
    return Proposal(proposed, period, people, clashes=tuple(found), place=moves)


def _moved(event: Event, place: Place) -> dict[str, str]:
    """What of an event is another than it is by now at a place."""
    said = place.within(event.venue, event.entrance).as_changes(mixed=event.mode is Mode.MIXED)
    return {name: value for name, value in said.items() if getattr(event, name) != value}


async def name_day(
    uow: UnitOfWork,
    actor: Actor,
    event_id: int,
    revision: int,
    period: Period,
    now: datetime,
    place: Mapping[str, str] | None = None,
) -> Proposal:
    """Names (or moves) the day of an event that still stands at the revision that she saw; a period that is
    only a month, or some, puts the event off until its day is named: that is the coordinator's. `place`: what
    of where it is was said with the day (`Proposal.place`).

    The change, its revision and the messages about it are one transaction. Naming the same period
    again changes nothing and tells nobody.
    Raises DomainError `event_unknown`, `event_cancelled`, `day_in_past`, `event_changed`, `only_host`,
    `only_coordinator`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        await _check_right(ours, actor, event, period)
        if event.period == period and not place:
            await uow.commit()
            return Proposal(event, period, 0, changed=False)
        check_planned(event)
        check_day_ahead(period, actor, now)
        known = await what_people_know(rows, event)
        await keep_joining(ours, event, (place or {}).get("mode"))
        changed = await change_event(
            rows,
            event,
            revision,
            day_values(event, period, known, actor.home, now) | dict(place or {}),
            kind=_kind(event.period, period),
            by=actor.person_id,
            now=now,
        )
        await count_earlier_answers(rows, event, period, known)
        await tell_of_presenter(rows, actor, changed.event, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return Proposal(changed.event, period, changed.people)


async def _check_right(ours: AssociationRows, actor: Actor, event: Event, period: Period) -> None:
    await check_runs(ours, actor, event.id)
    if not period.day_known and not may(actor.role, Right.DESK):
        raise DomainError("only_coordinator")


def day_values(
    event: Event, period: Period, known: Known | None, home: Association, now: datetime
) -> dict[str, object]:
    """What changes of an event with its day; `known` is what people know of it."""
    # Back where people think it is, before they heard of anything else: nothing was announced.
    unheard = known is not None and (known.state.period, known.state.status) == (period, event.status)
    keeps_day = same_day(event.period, period)
    return schedule(event, period, event.status, home.zone) | {
        "day_version": event.day_version + (not keeps_day),
        # A deadline named for another day says nothing about this one.
        "answer_by": event.answer_by if keeps_day else None,
        "venue": venue_on(event, period, home),
        "announced_at": known.announced_at if known and unheard else now,
    }


async def count_earlier_answers(rows: Rows, event: Event, period: Period, known: Known | None) -> None:
    """Answers for the day that people know count again, once the event (as it was before) is back on it:
    nobody heard that the day was another one for a while."""
    if known is not None and not same_day(event.period, period) and same_day(known.state.period, period):
        await rows.association(event.association_id).rsvps.count_again(event.id, known.day_version)


def venue_on(event: Event, period: Period, home: Association) -> str:
    """Where an event is once its day is named: at the usual place, if nobody has said where."""
    first_named = period.day_known and not event.period.day_known
    if first_named and not event.venue and event.mode is Mode.ONSITE:
        return home.usual_venue
    return event.venue


async def let_naming_rest(uow: UnitOfWork, actor: Actor, now: datetime) -> datetime:
    """«Пока не знаю»: coordinators are not asked for days before the moment that is returned (UTC)."""
    until = now + NAMING_RESTS
    async with uow as rows:
        await rows.notices.let_naming_rest(actor.home.id, until)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return until


def _kind(before: Period, after: Period) -> str:
    """The kind of the revision that leads from one period to another."""
    if before == after:
        return "place"
    if not after.day_known:
        return "postponed"
    return "moved" if before.day_known else "day_named"


def check_day_ahead(period: Period, actor: Actor, now: datetime) -> None:
    """A named hour must lie ahead; a day, or a month, may be the present one. Raises DomainError
    `day_in_past`."""
    if not is_ahead(period, actor, now):
        raise DomainError("day_in_past")


def is_ahead(period: Period | None, actor: Actor, now: datetime) -> bool:
    """Whether there is such a time and it lies ahead."""
    return period is not None and period.begun_at(actor.home.zone) > now
