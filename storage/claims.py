"""«Да, это я»: who of an association says that a record is hers, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.records import Claim, ClaimState
from storage.tables import claims
from storage.upsert import insert_or_ignore, upsert


class Claims:
    """Claims in one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(
        self, person_id: int, record_id: int, state: ClaimState, merge_id: int | None, now: datetime
    ) -> int | None:
        """A record is claimed; returns the claim's id, None where the same person has claimed it before."""
        made = insert_or_ignore(self._connection, claims).values(
            association_id=self._association_id,
            person_id=person_id,
            record_id=record_id,
            state=state,
            merge_id=merge_id,
            at=now,
        )
        claim_id: int | None = (
            await self._connection.execute(made.returning(claims.c.id))
        ).scalar_one_or_none()
        return claim_id

    async def ask(self, person_id: int, record_id: int, now: datetime) -> int:
        """A coordinator asks whether the record is hers, whatever was said of it before; returns the claim's
        id."""
        made = upsert(self._connection, claims).values(
            association_id=self._association_id,
            person_id=person_id,
            record_id=record_id,
            state=ClaimState.ASKED,
            at=now,
        )
        asked = made.on_conflict_do_update(
            index_elements=[claims.c.association_id, claims.c.person_id, claims.c.record_id],
            set_={"state": ClaimState.ASKED, "merge_id": None, "at": now},
        )
        return int((await self._connection.execute(asked.returning(claims.c.id))).scalar_one())

    async def get(self, claim_id: int) -> Claim | None:
        """One claim."""
        return (await self.many([claim_id])).get(claim_id)

    async def many(self, claim_ids: Iterable[int]) -> dict[int, Claim]:
        """Claims by their ids."""
        found = select(claims).where(
            claims.c.association_id == self._association_id, claims.c.id.in_(list(claim_ids))
        )
        return {row.id: _to_claim(row) for row in await self._connection.execute(found)}

    async def settle(self, claim_id: int, state: ClaimState, merge_id: int | None = None) -> bool:
        """The word that was waited for, the coordinator's or hers; False where it was said before."""
        result = await self._connection.execute(
            update(claims)
            .where(
                claims.c.association_id == self._association_id,
                claims.c.id == claim_id,
                claims.c.state.in_([ClaimState.WAITING, ClaimState.ASKED]),
            )
            .values(state=state, merge_id=merge_id)
        )
        return result.rowcount == 1


def _to_claim(row: Any) -> Claim:
    return Claim(row.id, row.person_id, row.record_id, ClaimState(row.state), row.merge_id)
