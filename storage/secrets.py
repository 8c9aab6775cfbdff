"""What nobody outside may know: the keys that sign codes and links, and a salt for each of the latter."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import secrets
from storage.upsert import insert_or_ignore, upsert


def calendar_of(person_id: int) -> str:
    """The name of the salt in the link to somebody's calendar."""
    return f"calendar:{person_id}"


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

    async def find(self, name: str) -> bytes | None:
        """The secret of this name; None where there is none."""
        found = select(secrets.c.value).where(secrets.c.name == name)
        value: bytes | None = (await self._connection.execute(found)).scalar_one_or_none()
        return value

    async def put(self, name: str, value: bytes) -> None:
        """This is the secret of this name from now on."""
        statement = upsert(self._connection, secrets).values(name=name, value=value)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=[secrets.c.name], set_={"value": value})
        )

    async def forget(self, name: str) -> None:
        """There is no secret of this name any more."""
        await self._connection.execute(delete(secrets).where(secrets.c.name == name))
