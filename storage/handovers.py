"""The desk of one association, handed over: offered, accepted, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import Handover, Passing
from domain.roles import Role
from storage.tables import handovers


class Handovers:
    """Handovers of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def offer(
        self, giver: int, heir: int | None, code: str | None, *, leaves: bool, now: datetime
    ) -> Handover:
        """The desk is offered to a member, or to whoever opens the invitation of this code."""
        made = await self._connection.execute(
            insert(handovers)
            .values(
                association_id=self._association_id,
                from_id=giver,
                to_id=heir,
                code=code,
                leaves=leaves,
                state=Passing.OFFERED,
                offered_at=now,
            )
            .returning(handovers)
        )
        return to_handover(made.one())

    async def get(self, handover_id: int) -> Handover | None:
        """One of them."""
        return await self._one(handovers.c.id == handover_id)

    async def newest(self) -> Handover | None:
        """The last one that was offered."""
        return await self._one()

    async def open_to(self, person_id: int) -> Handover | None:
        """The one that waits for her to accept it."""
        return await self._one(handovers.c.to_id == person_id, handovers.c.state == Passing.OFFERED)

    async def settle(
        self, handover_id: int, state: Passing, *, among: Passing, **values: object
    ) -> Handover | None:
        """From one state to another; None where it stands elsewhere. `values` are columns that go with it."""
        changed = await self._connection.execute(
            update(handovers)
            .where(*self._key(handover_id), handovers.c.state == among)
            .values(state=state, **values)
            .returning(handovers)
        )
        row = changed.one_or_none()
        return None if row is None else to_handover(row)

    async def of_person(self, person_id: int) -> list[Mapping[str, object]]:
        """Those that she gave or was given, for «Мои данные»."""
        hers = (handovers.c.from_id == person_id) | (handovers.c.to_id == person_id)
        statement = (
            select(
                (handovers.c.from_id == person_id).label("given"),
                handovers.c.state,
                handovers.c.offered_at,
                handovers.c.accepted_at,
            )
            .where(handovers.c.association_id == self._association_id, hers)
            .order_by(handovers.c.id)
        )
        return [dict(row._mapping) for row in await self._connection.execute(statement)]

    async def _one(self, *conditions: ColumnElement[bool]) -> Handover | None:
        statement = (
            select(handovers)
            .where(handovers.c.association_id == self._association_id, *conditions)
            .order_by(handovers.c.id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else to_handover(row)

    def _key(self, handover_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return handovers.c.association_id == self._association_id, handovers.c.id == handover_id


def to_handover(row: Any) -> Handover:
    """The record out of a row of the table."""
    return Handover(
        id=row.id,
        association_id=row.association_id,
        from_id=row.from_id,
        to_id=row.to_id,
        code=row.code,
        leaves=row.leaves,
        state=Passing(row.state),
        role_before=None if row.role_before is None else Role(row.role_before),
        offered_at=row.offered_at,
        accepted_at=row.accepted_at,
    )
