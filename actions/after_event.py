"""After an event: she says whether she could come, that she has read what there is, and a word about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.checking import check_not_called_off, check_sees, known_event
from domain.errors import DomainError
from domain.opinions import tidy_opinion
from domain.records import Actor, Event, Mark
from storage.unit_of_work import AssociationRows, UnitOfWork

OPINION_STEP = "opinion"


@dataclass(frozen=True, slots=True)
class Told:
    """An event, how she is marked now, whether that is what she said (else somebody else marked her), and how
    much there is to read of it."""

    event: Event
    mark: Mark
    hers: bool
    materials: int


async def say_attended(uow: UnitOfWork, actor: Actor, event_id: int, *, came: bool, now: datetime) -> Told:
    """She promised to come, and says whether she could; she may say otherwise later. Where somebody saw her,
    or she checked in, that stays.

    Raises DomainError `event_unknown`, `stale_button` where she did not promise, `not_over_yet`,
    `event_cancelled`, and `event_not_held`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _over(ours, actor, event_id, now)
        marked = await ours.attendance.of_event(event_id, actor.person_id)
        given = (await ours.rsvps.answers([event_id], [actor.person_id])).get((event_id, actor.person_id))
        if not marked and (given is None or not given.answer.takes_part):
            raise DomainError("stale_button", event_id=event_id)
        mark = Mark.PRESENT if came else Mark.ABSENT
        hers = await ours.attendance.say(event_id, actor.person_id, mark, now)
        stands = (await ours.attendance.of_event(event_id, actor.person_id))[actor.person_id]
        materials = await ours.materials.of_event(event_id)
        await uow.commit()
    return Told(event, stands.mark, hers, len(materials))


async def say_read(uow: UnitOfWork, actor: Actor, event_id: int, *, read: bool, now: datetime) -> Event:
    """She was not there, and has read the materials; or has not after all.

    Raises DomainError `event_unknown`, `not_over_yet`, `event_cancelled`, `event_not_held`, `nothing_to_read`
    where there is nothing to read any more.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _over(ours, actor, event_id, now)
        if not read:
            await ours.readings.remove(event_id, actor.person_id)
        elif await ours.materials.of_event(event_id):
            await ours.readings.add(event_id, actor.person_id, now)
        else:
            raise DomainError("nothing_to_read")
        await uow.commit()
    return event


async def open_opinion(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Event:
    """What she writes next is said of this event. Raises what `give_opinion` raises."""
    async with uow as rows:
        event = await _was_there(rows.association(actor.home.id), actor, event_id, now)
        await rows.people.wait_for(actor.person_id, OPINION_STEP, event=event_id, association=actor.home.id)
        await uow.commit()
    return event


async def give_opinion(uow: UnitOfWork, actor: Actor, event_id: int, text: str, now: datetime) -> Event:
    """Keeps her words, in place of what she said before; only coordinators read them.

    Raises DomainError `event_unknown`, `not_over_yet`, `event_cancelled`, `event_not_held`,
    `opinion_not_there` where she is not marked as having been there, and those of tidy_opinion.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _was_there(ours, actor, event_id, now)
        await ours.feedback.put(event_id, actor.person_id, tidy_opinion(text), now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return event


async def take_opinion_back(uow: UnitOfWork, actor: Actor, event_id: int) -> Event:
    """Her words are there no more. Raises DomainError `event_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_sees(ours, actor, event_id)
        event = await known_event(ours, event_id)
        await ours.feedback.remove(event_id, actor.person_id)
        await uow.commit()
    return event


async def _was_there(ours: AssociationRows, actor: Actor, event_id: int, now: datetime) -> Event:
    event = await _over(ours, actor, event_id, now)
    marked = (await ours.attendance.of_event(event_id, actor.person_id)).get(actor.person_id)
    if marked is None or not marked.mark.was_there:
        raise DomainError("opinion_not_there")
    return event


async def _over(ours: AssociationRows, actor: Actor, event_id: int, now: datetime) -> Event:
    await check_sees(ours, actor, event_id)
    event = await known_event(ours, event_id)
    check_not_called_off(event)
    if event.ends_at > now:
        raise DomainError("not_over_yet", event_id=event_id)
    return event
