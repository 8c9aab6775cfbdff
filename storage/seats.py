"""Who has a seat at an event of one association, and who waits for one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Text, bindparam, cast, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import Answer, Mode, Status
from domain.roles import Part
from domain.rsvp import OFFERS_END, InLine, Seating
from storage.joins import CONCERNED, GUESTS, answers, takes_seat
from storage.tables import event_people, events, memberships, persons, rsvps
from storage.targets import IN_TELEGRAM

_COUNTS = (
    (rsvps.c.association_id == events.c.association_id)
    & (rsvps.c.event_id == events.c.id)
    & (rsvps.c.day_version == events.c.day_version)
)
WAITS = answers(rsvps, Answer.WAITLISTED)
# Guests wait for seats as members do; whom the event is not for any more, none is offered to.
_REACHABLE = CONCERNED & IN_TELEGRAM


# Who presents an event, their numbers with blanks between: in the same statement, for a press waits for it.
_HOSTS = (
    select(func.aggregate_strings(cast(event_people.c.person_id, Text), " "))
    .where(
        event_people.c.association_id == events.c.association_id,
        event_people.c.event_id == events.c.id,
        event_people.c.part == Part.HOST,
    )
    .correlate(events)
    .scalar_subquery()
)


class Seats:
    """Seats of one association's events."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def seating(self, event_id: int) -> Seating:
        """Whose seat is taken, who waits, first come first, how many guests there are, and who presents the
        event."""
        statement = (
            select(
                rsvps.c.person_id,
                rsvps.c.answer,
                rsvps.c.offered_until,
                _REACHABLE.label("reachable"),
                GUESTS.label("guests"),
                _HOSTS.label("hosts"),
            )
            .select_from(events)
            .outerjoin(rsvps, _COUNTS & (WAITS | takes_seat(rsvps)))
            .outerjoin(
                memberships,
                (memberships.c.association_id == rsvps.c.association_id)
                & (memberships.c.person_id == rsvps.c.person_id),
            )
            .outerjoin(persons, persons.c.id == rsvps.c.person_id)
            .where(events.c.association_id == self._association_id, events.c.id == event_id)
            .order_by(rsvps.c.answered_at, rsvps.c.person_id)
        )
        # One row at least, if there is the event: guests come where nobody has answered.
        found = (await self._connection.execute(statement)).all()
        those = [row for row in found if row.person_id is not None]
        return Seating(
            frozenset(row.person_id for row in those if row.answer != Answer.WAITLISTED),
            tuple(
                InLine(row.person_id, row.offered_until, row.reachable)
                for row in those
                if row.answer == Answer.WAITLISTED
            ),
            found[0].guests if found else 0,
            frozenset(map(int, (found[0].hosts or "").split())) if found else frozenset(),
        )

    async def offer(self, event_id: int, person_ids: Collection[int], until: datetime) -> int:
        """Keeps a free seat for each of these who wait, until a moment (UTC); returns for how many."""
        result = await self._connection.execute(
            update(rsvps)
            .where(*self._waiting(event_id), rsvps.c.person_id.in_(list(person_ids)))
            .values(offered_until=until)
        )
        return result.rowcount

    async def seat(self, event_id: int, person_ids: Collection[int]) -> int:
        """These who wait have a seat from now on, as of when they asked; returns how many that were."""
        result = await self._connection.execute(
            update(rsvps)
            .where(*self._waiting(event_id), rsvps.c.person_id.in_(list(person_ids)))
            .values(answer=Answer.GOING, offered_until=null())
        )
        return result.rowcount

    async def pass_on(self, event_id: int, now: datetime, person_id: int | None = None) -> list[int]:
        """Who was offered a seat and said nothing in time waits no more (all of them, or this one); until
        when it was kept stays with her. Returns who that were."""
        hers = () if person_id is None else (rsvps.c.person_id == person_id,)
        result = await self._connection.execute(
            update(rsvps)
            .where(*self._waiting(event_id), rsvps.c.offered_until <= now, *hers)
            .values(answer=Answer.UNDECIDED, answered_at=now)
            .returning(rsvps.c.person_id)
        )
        return sorted(result.scalars())

    def _waiting(self, event_id: int) -> tuple[ColumnElement[bool], ...]:
        return rsvps.c.association_id == self._association_id, rsvps.c.event_id == event_id, WAITS


# By the Clock: now, and when what begins soon is not offered any more.
_NOW = bindparam("now", type_=rsvps.c.offered_until.type)
_SOON = bindparam("soon", type_=events.c.starts_at.type)
_OTHER = rsvps.alias("other")
_GIVEN_AWAY = (
    select(func.count())
    .where(
        _OTHER.c.association_id == events.c.association_id,
        _OTHER.c.event_id == events.c.id,
        _OTHER.c.day_version == events.c.day_version,
        takes_seat(_OTHER) | (answers(_OTHER, Answer.WAITLISTED) & (_OTHER.c.offered_until > _NOW)),
    )
    .correlate(events)
    .scalar_subquery()
)
_UNCOUNTED = events.c.seats.is_(None) | (events.c.mode == Mode.ONLINE)
_FREE = events.c.seats > _GIVEN_AWAY + GUESTS
# The events that have a free seat for somebody who waits, or an offer that was not answered in time. Hardly
# anybody waits: they are looked for first.
TO_OFFER = (
    select(rsvps.c.event_id)
    .join(events, _COUNTS)
    .join(
        memberships,
        (memberships.c.association_id == rsvps.c.association_id)
        & (memberships.c.person_id == rsvps.c.person_id),
    )
    .join(persons, persons.c.id == rsvps.c.person_id)
    .where(
        WAITS,
        events.c.status == Status.PLANNED,
        events.c.starts_at > _SOON,
        (rsvps.c.offered_until <= _NOW) | _UNCOUNTED | (rsvps.c.offered_until.is_(None) & _FREE & _REACHABLE),
    )
    .correlate(None)
)


def to_offer_at(now: datetime) -> dict[str, datetime]:
    """The parameters of TO_OFFER at a moment of the Clock."""
    return {"now": now, "soon": now + OFFERS_END}
