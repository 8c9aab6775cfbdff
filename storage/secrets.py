"""What nobody outside may know: the key that signs check-in codes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import secrets
from storage.upsert import insert_or_ignore


class Secrets:
    """The secrets of the installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, name: str, value: bytes) -> bytes:
        """The secret of this name; the one that is offered where there is none yet."""
        await self._connection.execute(
            insert_or_ignore(self._connection, secrets).values(name=name, value=value)
        )
        found = select(secrets.c.value).where(secrets.c.name == name)
        return bytes((await self._connection.execute(found)).scalar_one())
