"""Making associations, setting them up, letting people in."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from actions.associations import (
    add_association,
    appoint,
    find_association,
    first_association,
    make_invitation,
    set_up,
)
from domain.errors import DomainError
from domain.roles import Role
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, ZONE, a_coordinator, a_member, actor_of, an_association, stored


async def test_the_first_association_is_made_once(database: Database):
    """At the first start, without a name; at the next start it is there."""
    first = await first_association(UnitOfWork(database), ZONE, NOW)
    again = await first_association(UnitOfWork(database), "Europe/Moscow", NOW)
    assert first == again
    assert (first.title, first.set_up, str(first.zone)) == ("", False, ZONE)
    assert len(await stored(database, tables.associations)) == 1


async def test_two_processes_that_start_at_once_make_one_association(database: Database, database_url: str):
    """Each sees none, and still."""
    others = [Database(database_url) for _ in range(3)]
    found = await asyncio.gather(
        *(first_association(UnitOfWork(one), ZONE, NOW) for one in (database, *others))
    )
    for one in others:
        await one.close()
    assert len({one.id for one in found}) == 1
    assert len(await stored(database, tables.associations)) == 1


async def test_associations_share_a_profile_of_equal_settings(database: Database):
    """A zone of its own makes another one."""
    for zone in (ZONE, ZONE, "Europe/Moscow"):
        await add_association(UnitOfWork(database), f"РМО {zone}", zone, NOW)
    profiles = [row.profile_id for row in await stored(database, tables.associations)]
    assert profiles[0] == profiles[1] != profiles[2]
    assert len(await stored(database, tables.timing_profiles)) == 2


async def test_an_association_is_found_by_its_number(database: Database):
    """The first one without a number."""
    first, second = await an_association(database), await an_association(database, "РМО Заречного района")
    assert await find_association(UnitOfWork(database), None) == first
    assert await find_association(UnitOfWork(database), second.id) == second
    with pytest.raises(DomainError) as refused:
        await find_association(UnitOfWork(database), 99)
    assert refused.value.code == "association_unknown"


async def test_members_share_one_invitation(database: Database):
    """It stands, and does not run out."""
    home = await an_association(database)
    made = [await make_invitation(UnitOfWork(database), home.id, Role.MEMBER, NOW) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0].expires_at is None
    assert made[0].digits.isdecimal()
    assert len(await stored(database, tables.invitations)) == 1


async def test_a_coordinator_s_invitation_is_new_each_time(database: Database):
    """Good for seven days; it is never handed out to members."""
    home = await an_association(database)
    made = [await make_invitation(UnitOfWork(database), home.id, Role.COORDINATOR, NOW) for _ in range(2)]
    member = await make_invitation(UnitOfWork(database), home.id, Role.MEMBER, NOW)
    assert len({one.code for one in (*made, member)}) == 3
    assert len({one.digits for one in (*made, member)}) == 3
    assert [one.expires_at for one in made] == [NOW + timedelta(days=7)] * 2


async def test_named_ids_become_coordinators_of_one_association(database: Database):
    """Members of it, whoever they are elsewhere; nobody else."""
    home, elsewhere = await an_association(database), await an_association(database, "РМО Заречного района")
    named, other = await a_member(database, home), await a_member(database, home)
    await a_member(database, elsewhere, telegram_id=named.telegram_id)
    await appoint(UnitOfWork(database), home.id, [named.telegram_id, 1])
    roles = {
        (row.association_id, row.person_id): row.role for row in await stored(database, tables.memberships)
    }
    assert roles == {
        (home.id, named.person_id): Role.COORDINATOR,
        (home.id, other.person_id): Role.MEMBER,
        (elsewhere.id, named.person_id): Role.MEMBER,
    }
    await appoint(UnitOfWork(database), home.id, [])


async def test_setting_up_stores_each_answer_and_opens_the_next_step(database: Database):
    """With the name people are let in."""
    home = await first_association(UnitOfWork(database), ZONE, NOW)
    coordinator = await a_coordinator(database, home)
    for step, said, following in (
        ("setup_title", "  РМО   Приозёрного района ", "setup_town"),
        ("setup_town", "Приозёрск", "setup_year"),
        ("setup_year", "2026/2027", None),
    ):
        await set_up(UnitOfWork(database), coordinator, step, said, following, NOW)
        coordinator = await actor_of(database, coordinator.telegram_id)
        assert (coordinator.dialogue.step if coordinator.dialogue else None) == following
    home = coordinator.home
    assert (home.title, home.town, home.school_year) == ("РМО Приозёрного района", "Приозёрск", "2026/2027")
    assert home.set_up


@pytest.mark.parametrize(("said", "code"), [("  ", "setup_empty"), ("я" * 201, "setup_too_long")])
async def test_what_is_no_name_is_refused(database: Database, said: str, code: str):
    """Nothing is stored, and the step stays open."""
    home = await first_association(UnitOfWork(database), ZONE, NOW)
    coordinator = await a_coordinator(database, home)
    with pytest.raises(DomainError) as refused:
        await set_up(UnitOfWork(database), coordinator, "setup_title", said, None, NOW)
    assert refused.value.code == code
    assert not (await actor_of(database, coordinator.telegram_id)).home.set_up
