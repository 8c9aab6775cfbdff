"""The numbers of protocols: by date within a school year, given when a document is taken, changed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.protocols import (
    NOT_HELD,
    Meeting,
    Written,
    held,
    hold,
    meeting_of,
    open_step,
    written_of,
    year_of,
)
from domain.errors import DomainError
from domain.period import Period
from domain.plan_draft import Kind
from domain.protocols import Numbering, Protocol, numbering_of, read_number
from domain.records import Actor, Event
from domain.reports import first_day_of
from storage.unit_of_work import AssociationRows, UnitOfWork

NUMBER_STEP = "protocol_number"


@dataclass(frozen=True, slots=True)
class NumberChoice:
    """Which number the protocol of an event may get, with the events of which that speaks."""

    event: Event
    numbering: Numbering
    skipped: Sequence[Event]
    moved: Sequence[tuple[Event, int, int]]


async def number_choice(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> NumberChoice | None:
    """What is to be chosen before an event's protocol gets a number; None where it has one, or its number
    by date is the next one. Raises what `protocols.meeting` raises."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        written = await written_of(ours, event_id)
        event, year = written.event, year_of(written.event)
        if written.protocol.number is not None:
            return None
        numbering, numbers = await _numbering(ours, actor, event, year, now)
        if numbering.is_plain:
            return None
        found = await ours.events.many([*numbering.skipped, *numbering.moved])
    return NumberChoice(
        event,
        numbering,
        [found[one] for one in numbering.skipped],
        [(found[one], numbers[one], number) for one, number in numbering.moved.items()],
    )


async def make_protocol(
    uow: UnitOfWork, actor: Actor, event_id: int, now: datetime, *, last: bool = False
) -> Meeting:
    """What an event's protocol is written from. It has a number from now on, unless it has one already: its
    own by date in the school year, for which those of later meetings move on, or (`last`) the one after the
    greatest. Who leads stays with it, whoever is the coordinator later. Raises what `protocols.meeting`
    raises."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await held(ours, event_id)
        protocol = await hold(ours, event, now)
        if protocol.number is None:
            year = year_of(event)
            await ours.protocols.next_number(year)  # from here on nobody else gives one
            numbering, _ = await _numbering(ours, actor, event, year, now)
            if not last:
                await _move_on(ours, actor, numbering, year, now)
            number = numbering.last if last else numbering.by_date
            protocol = await _number(ours, actor, protocol, year, number, now)
            if not protocol.chairman and actor.name is not None:
                protocol = replace(protocol, chairman=actor.name.full)
                await ours.protocols.save(protocol, now)
        found = await meeting_of(ours, event, protocol)
        await uow.commit()
    return found


async def open_number(uow: UnitOfWork, actor: Actor, event_id: int) -> Written:
    """What she writes next is the protocol's number. Raises what `protocols.meeting` raises."""
    return await open_step(uow, actor, event_id, NUMBER_STEP)


async def set_number(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Written:
    """Gives the protocol of the dialogue another number.

    Raises what `protocols.meeting` raises, and DomainError `number_not_understood`, `number_taken` (facts
    `number`, `title`, `free`, `event_id`, and `other`: the number that the other one would get for it).
    """
    number = read_number(text)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await held(ours, actor.asked_event)
        protocol = await hold(ours, event, now)
        year = protocol.school_year if protocol.number else year_of(event)
        taken = await ours.protocols.numbered(year, number)
        if taken is None:
            protocol = await _number(ours, actor, protocol, year, number, now)
        elif taken != event.id:
            other = (await ours.events.many([taken]))[taken]
            free = await ours.protocols.next_number(year)
            facts = {"event_id": event.id, "other": protocol.number or free}
            raise DomainError("number_taken", number=number, title=other.title, free=free, **facts)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return Written(event, protocol)


async def swap_number(
    uow: UnitOfWork, actor: Actor, event_id: int, number: int, now: datetime
) -> tuple[Written, tuple[Event, int] | None]:
    """Gives a protocol a number, and whichever has it the one that this had, or the next; returns that other
    event with its number too. Raises what `protocols.meeting` raises."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await held(ours, event_id)
        protocol = await hold(ours, event, now)
        year = protocol.school_year if protocol.number else year_of(event)
        taken, other = await ours.protocols.numbered(year, number), None
        if taken is not None and taken != event.id:
            instead = protocol.number or await ours.protocols.next_number(year)
            await ours.protocols.set_number(taken, year, None)
            protocol = await _number(ours, actor, protocol, year, number, now)
            await _number(ours, actor, Protocol(taken, year), year, instead, now)
            other = (await ours.events.many([taken]))[taken], instead
        elif taken is None:
            protocol = await _number(ours, actor, protocol, year, number, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return Written(event, protocol), other


async def _number(
    ours: AssociationRows, actor: Actor, protocol: Protocol, year: str, number: int, now: datetime
) -> Protocol:
    await ours.protocols.set_number(protocol.event_id, year, number)
    facts = {"event": protocol.event_id, "number": number}
    await ours.journal.write("protocol_numbered", facts, actor.person_id, now)
    return replace(protocol, school_year=year, number=number)


async def _numbering(
    ours: AssociationRows, actor: Actor, event: Event, year: str, now: datetime
) -> tuple[Numbering, dict[int, int]]:
    """Which number an event's protocol may get, and those that are given."""
    numbers = {
        one.event_id: one.number
        for one in await ours.protocols.of_year(year)
        if one.number is not None and one.event_id != event.id
    }
    begin = Period.day(first_day_of(year)).begins_at(actor.home.zone)
    owed = [
        one
        for one in await ours.events.to_come(begin)
        if one.kind is Kind.MEETING and one.gathering and one.ends_at <= now
        if one.status not in NOT_HELD and one.starts_at < event.starts_at
    ]
    found = {**await ours.events.many(numbers), event.id: event, **{one.id: one for one in owed}}
    in_order = sorted(found.values(), key=lambda one: (one.starts_at, one.id))
    return numbering_of(event.id, [one.id for one in in_order], numbers), numbers


async def _move_on(
    ours: AssociationRows, actor: Actor, numbering: Numbering, year: str, now: datetime
) -> None:
    """The protocols of later meetings get their other numbers, all of them free before."""
    for one in numbering.moved:
        await ours.protocols.set_number(one, year, None)
    for one, number in numbering.moved.items():
        await _number(ours, actor, Protocol(one, year), year, number, now)
