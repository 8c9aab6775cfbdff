"""Who speaks at one association's events."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import Talk, TalkForm, TalkStanding
from domain.talks import TalkDraft
from storage.tables import events, talks

_LISTED = (TalkStanding.PROPOSED, TalkStanding.CONFIRMED)


class Talks:
    """Talks of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(
        self, event_id: int, draft: TalkDraft, standing: TalkStanding, by: int, now: datetime
    ) -> int:
        """A talk that nothing is missing of, behind those that are there; returns its id."""
        last = (
            select(func.coalesce(func.max(talks.c.position), 0) + 1)
            .where(self._ours(), talks.c.event_id == event_id)
            .scalar_subquery()
        )
        made = insert(talks).values(
            association_id=self._association_id,
            event_id=event_id,
            person_id=draft.person,
            speaker=draft.speaker,
            organisation=draft.organisation,
            theme=draft.theme,
            form=draft.form or TalkForm.OTHER,
            standing=standing,
            position=last,
            by_person_id=by,
            at=now,
        )
        return int((await self._connection.execute(made.returning(talks.c.id))).scalar_one())

    async def of_event(self, event_id: int) -> list[Talk]:
        """The programme of an event in its order, and what is proposed for it."""
        statement = (
            select(talks)
            .where(self._ours(), talks.c.event_id == event_id, talks.c.standing.in_(_LISTED))
            .order_by(talks.c.position, talks.c.id)
        )
        return [_to_talk(row) for row in await self._connection.execute(statement)]

    async def get(self, talk_id: int) -> Talk | None:
        """One talk, however it stands."""
        return (await self.many([talk_id])).get(talk_id)

    async def many(self, talk_ids: Collection[int]) -> dict[int, Talk]:
        """Several talks by their ids; unknown ones are left out."""
        found = select(talks).where(self._ours(), talks.c.id.in_(talk_ids))
        return {row.id: _to_talk(row) for row in await self._connection.execute(found)}

    async def move(
        self, talk_id: int, to: TalkStanding, among: Collection[TalkStanding], now: datetime
    ) -> bool:
        """A talk stands otherwise from now on; False where it stood in none of these ways."""
        result = await self._connection.execute(
            update(talks)
            .where(self._ours(), talks.c.id == talk_id, talks.c.standing.in_(among))
            .values(standing=to, at=now)
        )
        return result.rowcount == 1

    async def correct(self, talk_id: int, **values: object) -> bool:
        """Another theme, another form; False where it is not there any more."""
        result = await self._connection.execute(
            update(talks)
            .where(self._ours(), talks.c.id == talk_id, talks.c.standing.in_(_LISTED))
            .values(**values)
        )
        return result.rowcount == 1

    async def set_order(self, event_id: int, talk_ids: Sequence[int]) -> None:
        """The talks of an event stand in this order."""
        places = {talk_id: place for place, talk_id in enumerate(talk_ids, 1)}
        await self._connection.execute(
            update(talks)
            .where(self._ours(), talks.c.event_id == event_id, talks.c.id.in_(talk_ids))
            .values(position=case(places, value=talks.c.id, else_=talks.c.position))
        )

    async def forget(self, before: datetime) -> int:
        """Erases what was declined or taken out before a moment (UTC); returns how many."""
        result = await self._connection.execute(
            delete(talks).where(self._ours(), talks.c.standing.not_in(_LISTED), talks.c.at < before)
        )
        return result.rowcount

    async def lend(self, event_id: int, to: int) -> int:
        """The talks of an event are another one's, behind its own, while the two are held together; returns
        how many."""
        there = talks.alias("there")
        last = (
            select(func.coalesce(func.max(there.c.position), 0))
            .where(there.c.association_id == self._association_id, there.c.event_id == to)
            .scalar_subquery()
        )
        result = await self._connection.execute(
            update(talks)
            .where(self._ours(), talks.c.event_id == event_id)
            .values(event_id=to, came_from=event_id, position=talks.c.position + last)
        )
        return result.rowcount

    async def give_back(self, event_id: int) -> int:
        """Undoes `lend`: each of those that an event got belongs to its own event again; returns how many."""
        result = await self._connection.execute(
            update(talks)
            .where(self._ours(), talks.c.event_id == event_id, talks.c.came_from.is_not(None))
            .values(event_id=talks.c.came_from, came_from=None)
        )
        return result.rowcount

    async def adopt(self, person_id: int, other_id: int) -> list[int]:
        """The talks of another record are the person's; returns which, for `release`."""
        result = await self._connection.execute(
            update(talks)
            .where(self._ours(), talks.c.person_id == other_id)
            .values(person_id=person_id)
            .returning(talks.c.id)
        )
        return sorted(result.scalars())

    async def release(self, talk_ids: Collection[int], person_id: int, to: int) -> int:
        """Undoes `adopt`; returns how many went back."""
        result = await self._connection.execute(
            update(talks)
            .where(self._ours(), talks.c.id.in_(talk_ids), talks.c.person_id == person_id)
            .values(person_id=to)
        )
        return result.rowcount

    async def of_person(self, person_id: int) -> list[dict[str, object]]:
        """Everything that a person speaks or spoke of, for «Мои данные»."""
        statement = (
            select(
                events.c.title,
                events.c.starts_at,
                talks.c.speaker,
                talks.c.organisation,
                talks.c.theme,
                talks.c.form,
                talks.c.standing,
            )
            .join(
                events,
                and_(events.c.association_id == talks.c.association_id, events.c.id == talks.c.event_id),
            )
            .where(self._ours(), talks.c.person_id == person_id)
            .order_by(events.c.starts_at, talks.c.id)
        )
        return [dict(row._mapping) for row in await self._connection.execute(statement)]

    def _ours(self) -> ColumnElement[bool]:
        return talks.c.association_id == self._association_id


def _to_talk(row: Any) -> Talk:
    return Talk(
        id=row.id,
        event_id=row.event_id,
        person_id=row.person_id,
        speaker=row.speaker,
        organisation=row.organisation,
        theme=row.theme,
        form=TalkForm(row.form),
        standing=TalkStanding(row.standing),
    )
