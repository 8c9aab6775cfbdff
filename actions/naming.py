"""Naming the day of an event, and telling those who must know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Event
from domain.rsvp import answers_until
from storage.unit_of_work import UnitOfWork


async def without_day(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Event]:
    """The gatherings whose day is still to be named, soonest first."""
    async with uow as rows:
        found = await rows.association(actor.home.id).events.without_day(now)
        await uow.commit()
    return found


@dataclass(frozen=True, slots=True)
class Proposal:
    """What naming a day would do: nothing is stored yet."""

    event: Event
    period: Period
    people: int  # how many would be told


async def propose_day(
    uow: UnitOfWork, actor: Actor, event_id: int, period: Period | None, now: datetime
) -> Proposal:
    """Shows what naming a day would do, and waits for another day in words meanwhile.

    Without a period the event's own is shown. Raises DomainError `event_unknown`, `event_cancelled`,
    `day_in_past`.
    """
    async with uow as rows:
        event = await rows.association(actor.home.id).events.get(event_id)
        if event is None:
            raise DomainError("event_unknown")
        _check(event, period or event.period, actor, now, named=period is not None)
        people = await rows.outbox.count_members_to_tell(actor.home.id, but=actor.person_id)
        await rows.people.wait_for(actor.person_id, NAMING_STEP, event=event_id)
        await uow.commit()
    return Proposal(event, period or event.period, people)


NAMING_STEP = "name_day"


async def name_day(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, period: Period, now: datetime
) -> Proposal:
    """Names (or moves) the day of an event that still stands at the revision the coordinator saw.

    The change, its revision and the messages about it are one transaction. Naming the same period
    again changes nothing and tells nobody. Raises DomainError `event_unknown`, `event_cancelled`,
    `day_in_past`, `event_changed`.
    """
    zone = actor.home.zone
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await ours.events.get(event_id)
        if event is None:
            raise DomainError("event_unknown")
        if event.period == period:
            return Proposal(event, period, 0)
        _check(event, period, actor, now, named=True)
        if event.revision != revision:
            raise DomainError("event_changed", event_id=event.id)
        same_day = event.period.day_known and (event.period.first_day, event.period.end) == (
            period.first_day,
            period.end,
        )
        changed = await ours.events.change(
            event,
            {
                "period": period,
                "starts_at": period.begins_at(zone),
                "ends_at": period.ends_at(zone),
                "answers_until": answers_until(event.gathering, period, event.status, zone),
                "schedule_version": event.schedule_version + 1,
                "day_version": event.day_version + (0 if same_day else 1),
                "announced_at": now,
            },
            kind="moved" if event.period.day_known else "day_named",
            by=actor.person_id,
            now=now,
        )
        if changed is None:
            raise DomainError("event_changed", event_id=event.id)
        told = await rows.outbox.tell_members(
            actor.home.id,
            event.id,
            revision=changed.revision,
            since=event.revision,
            now=now,
            but=actor.person_id,
        )
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return Proposal(changed, period, told)


def _check(event: Event, period: Period, actor: Actor, now: datetime, *, named: bool) -> None:
    if event.status != "planned":
        raise DomainError("event_cancelled", event_id=event.id)
    if named and period.begins_at(actor.home.zone) <= now and period.ends_at(actor.home.zone) <= now:
        raise DomainError("day_in_past")
