"""What was written to many in one association, by coordinators and presenters, and how far it has gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts import EVERYBODY, OF_EVENT, Progress, Said, Target, Whom
from domain.full_names import FullName
from domain.records import Attendee, Standing
from domain.roles import Role
from storage.joins import MEMBERS_SCHOOL, by_name
from storage.outbox import Message, State
from storage.tables import broadcasts, events, memberships, outbox, persons, schools
from storage.targets import IN_TELEGRAM, meant

_ITS_WRITER = (memberships.c.association_id == broadcasts.c.association_id) & (
    memberships.c.person_id == broadcasts.c.by_person_id
)
_ITS_EVENT = (
    (events.c.association_id == broadcasts.c.association_id)
    & (events.c.id == broadcasts.c.about_id)
    & broadcasts.c.whom.in_(OF_EVENT)
)
# It was tried, and did not come.
_IN_VAIN = (State.GONE, State.REFUSED, State.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Sending:
    """To whom somebody wrote, who she is (None once she has erased herself), and whether she is a
    coordinator."""

    id: int
    target: Target
    by: int | None
    stopped: bool
    coordinates: bool


class Broadcasts:
    """Broadcasts of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(self, text: str, by: int, now: datetime, target: Target = EVERYBODY) -> int:
        """Stores the words; returns their id."""
        result = await self._connection.execute(
            insert(broadcasts)
            .values(
                association_id=self._association_id,
                by_person_id=by,
                text=text,
                at=now,
                whom=target.whom,
                about_id=target.about,
            )
            .returning(broadcasts.c.id)
        )
        return int(result.scalar_one())

    async def said(self, broadcast_ids: Iterable[int]) -> dict[int, Said]:
        """The words of several broadcasts, by id, and which presenter's they are."""
        ids = list(broadcast_ids)
        if not ids:
            return {}
        statement = (
            select(
                broadcasts.c.id,
                broadcasts.c.text,
                persons.c.surname,
                persons.c.given_name,
                persons.c.patronymic,
                events.c.title,
            )
            .outerjoin(memberships, _ITS_WRITER & (memberships.c.role != Role.COORDINATOR))
            .outerjoin(persons, persons.c.id == memberships.c.person_id)
            .outerjoin(events, _ITS_EVENT)
            .where(broadcasts.c.association_id == self._association_id, broadcasts.c.id.in_(ids))
        )
        return {
            row.id: Said(row.text, FullName(row.surname, row.given_name, row.patronymic), row.title or "")
            if row.surname
            else Said(row.text)
            for row in await self._connection.execute(statement)
        }

    async def written_by(self, broadcast_id: int) -> int | None:
        """Who wrote it; None where there is no such broadcast, or she has erased herself."""
        sending = await self._sending(broadcast_id)
        return None if sending is None else sending.by

    async def stop(self, broadcast_id: int, now: datetime) -> bool:
        """Notes that nothing more of it is to go out; False where that was noted already."""
        result = await self._connection.execute(
            update(broadcasts)
            .where(
                broadcasts.c.association_id == self._association_id,
                broadcasts.c.id == broadcast_id,
                broadcasts.c.stopped_at.is_(None),
            )
            .values(stopped_at=now)
        )
        return result.rowcount == 1

    async def progress(self, broadcast_ids: Iterable[int]) -> dict[int, Progress]:
        """How far several broadcasts have gone, by id."""
        found = {}
        for broadcast_id in broadcast_ids:
            sending = await self._sending(broadcast_id)
            if sending is not None:
                reached = await self._counts(sending)
                missed = await self._unreached(sending)
                never = sum(one.state is None for one in missed)
                found[broadcast_id] = replace(reached, unreached=never)
        return found

    async def unreached(self, broadcast_id: int) -> list[Attendee]:
        """Those who are meant by it and whom the bot cannot write to, or could not; by surname."""
        sending = await self._sending(broadcast_id)
        if sending is None:
            return []
        return [
            Attendee(
                row.id,
                FullName(row.surname, row.given_name, row.patronymic),
                row.title,
                None,
                row.phone,
                reachable=False,
            )
            for row in await self._unreached(sending)
        ]

    async def _sending(self, broadcast_id: int) -> Sending | None:
        statement = (
            select(broadcasts, memberships.c.role)
            .outerjoin(memberships, _ITS_WRITER)
            .where(broadcasts.c.association_id == self._association_id, broadcasts.c.id == broadcast_id)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        if row is None:
            return None
        target = Target(Whom(row.whom), row.about_id)
        coordinates = row.role == Role.COORDINATOR
        return Sending(row.id, target, row.by_person_id, row.stopped_at is not None, coordinates)

    async def _counts(self, sending: Sending) -> Progress:
        statement = (
            select(outbox.c.state, func.count().label("number"))
            .where(
                outbox.c.association_id == self._association_id,
                outbox.c.broadcast_id == sending.id,
                outbox.c.kind == Message.BROADCAST,
            )
            .group_by(outbox.c.state)
        )
        numbers = {row.state: row.number for row in await self._connection.execute(statement)}
        left = numbers.get(State.WAITING, 0) + numbers.get(State.ATTEMPTED, 0)
        sent = numbers.get(State.SENT, 0)
        total, may_call = sum(numbers.values()), sending.coordinates
        return Progress(sending.id, total, sent, left, sending.stopped, may_call=may_call)

    async def _unreached(self, sending: Sending) -> Sequence[Any]:
        never = outbox.c.state.is_(None) & ~IN_TELEGRAM & meant(sending.target)
        statement = (
            select(
                persons.c.id,
                persons.c.surname,
                persons.c.given_name,
                persons.c.patronymic,
                persons.c.phone,
                schools.c.title,
                outbox.c.state,
            )
            .select_from(memberships)
            .join(persons, persons.c.id == memberships.c.person_id)
            .outerjoin(schools, MEMBERS_SCHOOL)
            .outerjoin(
                outbox,
                and_(outbox.c.broadcast_id == sending.id, outbox.c.person_id == memberships.c.person_id),
            )
            .where(
                memberships.c.association_id == self._association_id,
                memberships.c.status.in_([Standing.ACTIVE, Standing.GUEST]),
                memberships.c.person_id != (sending.by or 0),
                never | outbox.c.state.in_(_IN_VAIN),
            )
            .order_by(*by_name())
        )
        return (await self._connection.execute(statement)).all()
