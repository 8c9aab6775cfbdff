"""Naming the day of an event, and telling those who must know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.changing import change_event, schedule
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Event, Status
from storage.unit_of_work import UnitOfWork

NAMING_STEP = "name_day"

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Board:
    """One event whose day is being named, the others of its month, and the months that wait."""

    event: Event
    others: tuple[Event, ...]
    months: tuple[Month, ...]

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
        board = board_of(await rows.association(actor.home.id).events.without_day(now), month)
        if board is not None:
            await rows.people.wait_for(actor.person_id, NAMING_STEP, event=board.event.id)
        await uow.commit()
    return board


async def open_event(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Board:
    """The board with this event chosen, be its day named or not. Raises DomainError `event_unknown`,
    `event_cancelled`."""
    async with uow as rows:
        events = rows.association(actor.home.id).events
        event = await events.get(event_id)
        if event is None:
            raise DomainError("event_unknown")
        _check_planned(event)
        unnamed = await events.without_day(now)
        others = [one for one in unnamed if month_of(one) == month_of(event) and one.id != event.id]
        months = {month_of(one) for one in unnamed} | {month_of(event)}
        await rows.people.wait_for(actor.person_id, NAMING_STEP, event=event.id)
        await uow.commit()
    return Board(event, tuple(others), tuple(sorted(months)))


async def propose_day(
    uow: UnitOfWork, actor: Actor, event_id: int, period: Period, now: datetime
) -> Proposal:
    """Shows what naming a day would do, and waits for another day in words meanwhile.

    Raises DomainError `event_unknown`, `event_cancelled`, `day_in_past`.
    """
    async with uow as rows:
        event = await rows.association(actor.home.id).events.get(event_id)
        if event is None:
            raise DomainError("event_unknown")
        _check_planned(event)
        _check_ahead(period, actor, now)
        people = await rows.mailing.count_members(actor.home.id, but=actor.person_id)
        await rows.people.wait_for(actor.person_id, NAMING_STEP, event=event_id)
        await uow.commit()
    return Proposal(event, period, people)


async def name_day(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, period: Period, now: datetime
) -> Proposal:
    """Names (or moves) the day of an event that still stands at the revision the coordinator saw.

    The change, its revision and the messages about it are one transaction. Naming the same period
    again changes nothing and tells nobody. Raises DomainError `event_unknown`, `event_cancelled`,
    `day_in_past`, `event_changed`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await ours.events.get(event_id)
        if event is None:
            raise DomainError("event_unknown")
        if event.period == period:
            await uow.commit()
            return Proposal(event, period, 0, changed=False)
        _check_planned(event)
        _check_ahead(period, actor, now)
        same_day = _same_day(event.period, period)
        changed = await change_event(
            rows,
            event,
            revision,
            schedule(event, period, event.status, actor.home.zone)
            | {
                "day_version": event.day_version + (not same_day),
                # A deadline named for another day says nothing about this one.
                "answer_by": event.answer_by if same_day else None,
                "announced_at": now,
            },
            kind="moved" if event.period.day_known else "day_named",
            by=actor.person_id,
            now=now,
        )
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return Proposal(changed.event, period, changed.people)


def _same_day(one: Period, other: Period) -> bool:
    """Whether an answer about the one is an answer about the other."""
    return one.day_known and (one.first_day, one.end) == (other.first_day, other.end)


def _check_planned(event: Event) -> None:
    if event.status is not Status.PLANNED:
        raise DomainError("event_cancelled", event_id=event.id)


def _check_ahead(period: Period, actor: Actor, now: datetime) -> None:
    """A named hour must lie ahead; a day may be today."""
    if (period.begins_at if period.start_time else period.ends_at)(actor.home.zone) <= now:
        raise DomainError("day_in_past")
