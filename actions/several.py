"""What one who is a member of several associations sees of all of them: one row of events to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from actions.checking import sees_hers_alone
from domain.records import Actor, Card, Event
from domain.roles import Right, Role, may
from storage.unit_of_work import Rows, UnitOfWork

_IN_LISTS = frozenset({Role.MEMBER, Role.COORDINATOR})


def is_in_several(actor: Actor) -> bool:
    """Whether she is in the lists of more than one association."""
    return actor.role in _IN_LISTS and not _IN_LISTS.isdisjoint(actor.elsewhere)


async def as_member_everywhere(uow: UnitOfWork, actor: Actor) -> list[Actor]:
    """The person as each of her associations knows her, the one she acts in first; where she oversees from
    outside she is nobody's member."""
    async with uow.reading() as rows:
        return await _everywhere(rows, actor)


async def next_among(uow: UnitOfWork, actor: Actor, now: datetime, offset: int) -> tuple[Actor, Card] | None:
    """The event that comes next in any of her associations, or the one so many places after it, and the
    person as that association knows her; None where there is none."""
    async with uow.reading() as rows:
        ahead = await _ahead(rows, actor, now)
        if not 0 <= offset < len(ahead):
            return None
        there, event = ahead[offset]
        card = await rows.association(there.home.id).events.card(event.id, actor.person_id, now)
        return None if card is None else (there, replace(card, others_ahead=len(ahead) - 1))


async def among_all(uow: UnitOfWork, actor: Actor, card: Card, now: datetime) -> Card:
    """The same card, counting what is ahead in all her associations."""
    async with uow.reading() as rows:
        ahead = [event.id for _, event in await _ahead(rows, actor, now)]
    return replace(card, others_ahead=len(ahead) - (card.event.id in ahead))


async def titles(uow: UnitOfWork, actor: Actor) -> dict[int, str]:
    """What the associations are called in whose lists she is, by id; empty where that is one alone: its name
    says nothing then."""
    if not is_in_several(actor):
        return {}
    return {one.home.id: one.home.title for one in await as_member_everywhere(uow, actor)}


async def answered_everywhere(uow: UnitOfWork, actor: Actor, now: datetime) -> list[tuple[Actor, Card]]:
    """The gatherings to come that she answered or can answer, in whichever association, soonest over first,
    each with whom she is there. Of what she was written about last comes first, where she is in several:
    words without a name are about that."""
    async with uow.reading() as rows:
        found = [
            (there, card)
            for there in await _answering(rows, actor)
            for card in await rows.association(there.home.id).events.answered_by(
                actor.person_id, now, hers=sees_hers_alone(there)
            )
        ]
        told = await rows.sent.newest_to(actor.person_id) if actor.elsewhere else None
    last = None if told is None else told.event_id

    def by_time(one: tuple[Actor, Card]) -> tuple[bool, datetime, datetime, int]:
        event = one[1].event
        return (event.id != last, event.ends_at, event.starts_at, event.id)

    return sorted(found, key=by_time)


async def _answering(rows: Rows, actor: Actor) -> list[Actor]:
    """The person as each association knows her where she answers, as a guest too."""
    if not actor.elsewhere:
        return [actor]
    return [
        replace(actor, association=home, role=role)
        for home, role in await rows.associations.of_person(actor.person_id)
        if may(role, Right.ANSWER)
    ]


async def to_come_everywhere(rows: Rows, actor: Actor, now: datetime) -> list[Event]:
    """Everything dated that is not over yet in any of her associations, soonest over first."""
    found = [
        event
        for one in await _everywhere(rows, actor)
        for event in await rows.association(one.home.id).events.to_come(now)
    ]
    return sorted(found, key=lambda event: (event.ends_at, event.starts_at, event.id))


async def _everywhere(rows: Rows, actor: Actor) -> list[Actor]:
    found = [
        replace(actor, association=home, role=role)
        for home, role in await rows.associations.of_person(actor.person_id)
        if role in _IN_LISTS
    ]
    return sorted(found, key=lambda one: one.association != actor.association)


async def _ahead(rows: Rows, actor: Actor, now: datetime) -> Sequence[tuple[Actor, Event]]:
    """The gatherings to come that are for her (of an association that she coordinates, all), soonest over
    first, each with whom she is there."""
    found = []
    for one in await _everywhere(rows, actor):
        events = rows.association(one.home.id).events
        planned = [event for event in await events.to_come(now) if event.awaited]
        sees_all = may(one.role, Right.DESK)
        for_others = frozenset() if sees_all else await events.not_for(planned, [actor.person_id])
        found += [(one, event) for event in planned if (event.id, actor.person_id) not in for_others]
    return sorted(found, key=lambda pair: (pair[1].ends_at, pair[1].starts_at, pair[1].id))
