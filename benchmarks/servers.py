"""A PostgreSQL to measure on, where one answers."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

_SERVER = os.environ.get("ZVONOK_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


class NoServerError(Exception):
    """No PostgreSQL answers."""


@asynccontextmanager
async def postgres_database() -> AsyncIterator[str]:
    """The address of a fresh database, dropped afterwards. Raises NoServerError."""
    name = f"zvonok_bench_{secrets.token_hex(4)}"
    try:
        await _on_server(f"CREATE DATABASE {name}")
    except (OSError, asyncpg.PostgresError) as error:
        raise NoServerError("no server answers") from error
    try:
        yield f"{_SERVER}/{name}"
    finally:
        await _on_server(f"DROP DATABASE {name} WITH (FORCE)")


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(f"{_SERVER}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
