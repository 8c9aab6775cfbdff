"""Protocols of one association's meetings, and their numbers."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.protocols import Decision, Protocol
from storage.tables import associations, protocols
from storage.upsert import insert_or_ignore


class Protocols:
    """Protocols of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def get(self, event_id: int) -> Protocol | None:
        """What is written down of an event; None while nothing is."""
        found = await self._connection.execute(select(protocols).where(*self._key(event_id)))
        row = found.one_or_none()
        return None if row is None else _to_protocol(row)

    async def of_year(self, school_year: str) -> list[Protocol]:
        """Those of a school year, in no order."""
        found = await self._connection.execute(
            select(protocols).where(self._ours(), protocols.c.school_year == school_year)
        )
        return [_to_protocol(row) for row in found]

    async def hold(self, event_id: int, school_year: str, now: datetime) -> Protocol:
        """The protocol of an event, begun where there is none; until the transaction ends nobody else changes
        it. Raises StorageError where the association has no such event."""
        begun = insert_or_ignore(self._connection, protocols).values(
            association_id=self._association_id,
            event_id=event_id,
            school_year=school_year,
            decisions=[],
            at=now,
        )
        await self._connection.execute(begun)
        held = await self._connection.execute(select(protocols).where(*self._key(event_id)).with_for_update())
        return _to_protocol(held.one())

    async def save(self, protocol: Protocol, now: datetime) -> bool:
        """What is written down now, the number apart; False where nothing is held of the event."""
        agenda = None if protocol.agenda is None else list(protocol.agenda)
        result = await self._connection.execute(
            update(protocols)
            .where(*self._key(protocol.event_id))
            .values(
                chairman=protocol.chairman,
                secretary=protocol.secretary,
                agenda=agenda,
                decisions=[_as_json(one) for one in protocol.all_decisions],
                at=now,
            )
        )
        return result.rowcount == 1

    async def next_number(self, school_year: str) -> int:
        """The one after the last of a school year; until the transaction ends nobody else gets it."""
        await self._hold_numbers()
        last = select(func.coalesce(func.max(protocols.c.number), 0)).where(
            self._ours(), protocols.c.school_year == school_year
        )
        return int((await self._connection.execute(last)).scalar_one()) + 1

    async def numbered(self, school_year: str, number: int) -> int | None:
        """The event whose protocol has a number; None where it is free, which it stays until the transaction
        ends."""
        await self._hold_numbers()
        found = select(protocols.c.event_id).where(
            self._ours(), protocols.c.school_year == school_year, protocols.c.number == number
        )
        return (await self._connection.execute(found)).scalar_one_or_none()

    async def set_number(self, event_id: int, school_year: str, number: int | None) -> bool:
        """The number of an event's protocol in a school year, which must be free (None: it has none for now);
        False where nothing is held of the event."""
        result = await self._connection.execute(
            update(protocols).where(*self._key(event_id)).values(school_year=school_year, number=number)
        )
        return result.rowcount == 1

    async def _hold_numbers(self) -> None:
        # What refers to the association meanwhile does not wait.
        await self._connection.execute(
            select(associations.c.id)
            .where(associations.c.id == self._association_id)
            .with_for_update(key_share=True)
        )

    def _ours(self) -> ColumnElement[bool]:
        return protocols.c.association_id == self._association_id

    def _key(self, event_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return self._ours(), protocols.c.event_id == event_id


def _to_protocol(row: Any) -> Protocol:
    return Protocol(
        event_id=row.event_id,
        school_year=row.school_year,
        number=row.number,
        chairman=row.chairman,
        secretary=row.secretary,
        agenda=None if row.agenda is None else tuple(row.agenda),
        all_decisions=tuple(map(_to_decision, row.decisions)),
    )


def _to_decision(row: dict[str, Any]) -> Decision:
    due = row["due"]
    return Decision(**{**row, "due": None if due is None else date.fromisoformat(due)})


def _as_json(decision: Decision) -> dict[str, Any]:
    return asdict(decision) | {"due": None if decision.due is None else decision.due.isoformat()}
