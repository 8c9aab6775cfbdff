"""Associations, their shared timing profiles, and the ways in."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.roles import Role
from storage.engine import Database
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, an_association, an_invitation


async def use(database: Database, code: str) -> bool:
    uow = UnitOfWork(database)
    async with uow as rows:
        used = await rows.associations.use_invitation(code, NOW)
        await uow.commit()
    return used


async def test_an_invitation_is_found_by_its_code_and_by_its_digits(database: Database):
    """And by nothing else."""
    home = await an_association(database)
    made = await an_invitation(database, home, Role.COORDINATOR, expires_at=NOW + timedelta(days=7))
    async with UnitOfWork(database).reading() as rows:
        assert await rows.associations.invitation("code") == made
        assert await rows.associations.invitation("12345678") == made
        for other in ("CODE", "1234567", "", "%"):
            assert await rows.associations.invitation(other) is None
        assert await rows.associations.standing_invitation(home.id) is None


async def test_an_invitation_is_used_once(database: Database, database_url: str):
    """Also by those who use it at the same moment."""
    await an_invitation(database, await an_association(database))
    other = Database(database_url)
    used = await asyncio.gather(*(use(where, "code") for where in (database, other) * 4))
    await other.close()
    assert used.count(True) == 1
    assert not await use(database, "code")


async def test_no_two_invitations_share_their_digits(database: Database):
    """Whichever association they lead to."""
    await an_invitation(database, await an_association(database))
    elsewhere = await an_association(database, "РМО Заречного района")
    with pytest.raises(StorageError):
        await an_invitation(database, elsewhere, code="other")


async def test_a_profile_is_one_row_for_equal_settings(database: Database, database_url: str):
    """Also when two ask for it at once."""
    other = Database(database_url)

    async def ask(where: Database) -> int:
        uow = UnitOfWork(where)
        async with uow as rows:
            number = await rows.associations.profile('{"zone": "UTC"}')
            await uow.commit()
        return number

    assert len(set(await asyncio.gather(*(ask(where) for where in (database, other) * 3)))) == 1
    await other.close()
