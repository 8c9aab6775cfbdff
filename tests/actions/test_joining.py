"""From an invitation to a member."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import timedelta

import pytest

from actions.associations import first_association
from actions.doors import Key, consent, knock
from actions.joining import NAME_STEP, SCHOOL_STEP, choose_school, give_name, give_school
from actions.own_data import withdraw
from actions.schools import known_schools
from domain.errors import DomainError
from domain.records import Actor, Association
from domain.roles import Role
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, ZONE, a_member, actor_of, an_association, an_invitation, stored

SVETLANA, OLGA = 501, 502
SECOND = timedelta(seconds=1)
WORDING = "Согласна. Версия 1."


def key(telegram_id: int = SVETLANA, code: str | None = "code", coordinators: Collection[int] = ()) -> Key:
    return Key(telegram_id, code, frozenset(coordinators))


async def agree(database: Database, with_key: Key) -> Actor:
    return await consent(UnitOfWork(database), with_key, lambda _: WORDING, NOW)


async def refusal(database: Database, with_key: Key) -> str:
    """Why the door stays shut; for knocking and consenting alike."""
    with pytest.raises(DomainError) as knocking:
        await knock(UnitOfWork(database), with_key, NOW)
    with pytest.raises(DomainError) as consenting:
        await agree(database, with_key)
    assert knocking.value.code == consenting.value.code
    return knocking.value.code


@pytest.fixture
async def home(database: Database) -> Association:
    """An association that is set up, with an invitation."""
    made = await an_association(database)
    await an_invitation(database, made)
    return made


async def a_joining_person(database: Database, telegram_id: int = SVETLANA) -> Actor:
    """One who has given her name; the school is asked for."""
    actor = await agree(database, key(telegram_id))
    return await give_name(UnitOfWork(database), actor, "Лебедева Светлана Игоревна", NOW)


async def test_knocking_stores_nothing(database: Database, home: Association):
    """Nobody's data is stored before consent."""
    for code in ("code", "12345678"):
        door = await knock(UnitOfWork(database), key(code=code), NOW)
        assert (door.association, door.role, door.code, door.inside) == (home, Role.MEMBER, "code", None)
    assert await stored(database, tables.persons) == []
    assert await stored(database, tables.memberships) == []


async def test_consent_is_stored_with_its_wording_version_and_time(database: Database, home: Association):
    """Then the name is asked for."""
    actor = await agree(database, key())
    assert (actor.role, actor.home, actor.name) == (Role.JOINING, home, None)
    assert actor.dialogue is not None
    assert actor.dialogue.step == NAME_STEP
    [row] = await stored(database, tables.memberships)
    assert (row.consent_text, row.consent_version, row.consented_at) == (WORDING, 1, NOW)
    assert (row.status, row.joined_at) == ("joining", None)


async def test_name_then_school_and_she_is_a_member(database: Database, home: Association):
    """Surname, name and patronymic are kept apart."""
    actor = await a_joining_person(database)
    assert actor.role is Role.JOINING
    assert actor.dialogue is not None
    assert actor.dialogue.step == SCHOOL_STEP
    actor = await give_school(UnitOfWork(database), actor, "МБОУ СОШ № 183", NOW)
    assert actor == await actor_of(database, SVETLANA)
    assert (actor.role, actor.school, actor.dialogue) == (Role.MEMBER, "МБОУ СОШ № 183", None)
    [person] = await stored(database, tables.persons)
    assert (person.surname, person.given_name, person.patronymic) == ("Лебедева", "Светлана", "Игоревна")
    [row] = await stored(database, tables.memberships)
    assert (row.status, row.joined_at) == ("active", NOW)
    assert [line.kind for line in await stored(database, tables.journal)] == ["joined"]


@pytest.mark.parametrize("typed", ["СОШ 183", "183", "школа №183", "мбоу сош № 183", "МБОУ СОШ № 183"])
async def test_a_school_is_recognised_however_it_is_typed(database: Database, home: Association, typed: str):
    """«СОШ 183» is «МБОУ СОШ № 183»."""
    await a_member(database, home, school="МБОУ СОШ № 183")
    actor = await give_school(UnitOfWork(database), await a_joining_person(database), typed, NOW)
    assert actor.school == "МБОУ СОШ № 183"
    assert len(await stored(database, tables.schools)) == 1


async def test_another_school_is_a_new_one(database: Database, home: Association):
    """A gymnasium of the same number too."""
    await a_member(database, home, school="МБОУ СОШ № 183")
    actor = await give_school(UnitOfWork(database), await a_joining_person(database), "Гимназия № 183", NOW)
    assert actor.school == "Гимназия № 183"
    assert len(await stored(database, tables.schools)) == 2


async def test_known_schools_are_offered_and_chosen(database: Database, home: Association):
    """Those with most people first; only the association's own."""
    elsewhere = await an_association(database, "РМО Заречного района")
    await a_member(database, elsewhere, school="Чужой лицей")
    for school in ("Лицей № 7", "Гимназия № 3", "Гимназия № 3"):
        await a_member(database, home, school=school)
    actor = await a_joining_person(database)
    offered = await known_schools(UnitOfWork(database), actor)
    assert [school.title for school in offered] == ["Гимназия № 3", "Лицей № 7"]
    [foreign] = await stored(database, tables.schools, tables.schools.c.title == "Чужой лицей")
    with pytest.raises(DomainError, match="school_unknown"):
        await choose_school(UnitOfWork(database), actor, foreign.id, NOW)
    actor = await choose_school(UnitOfWork(database), actor, offered[1].id, NOW)
    assert (actor.role, actor.school) == (Role.MEMBER, "Лицей № 7")


async def test_what_is_no_name_changes_nothing(database: Database, home: Association):
    """She is asked again."""
    actor = await agree(database, key())
    with pytest.raises(DomainError, match="name_one_word"):
        await give_name(UnitOfWork(database), actor, "Светлана", NOW)
    assert await actor_of(database, SVETLANA) == actor


async def test_name_and_school_can_be_corrected_later(database: Database, home: Association):
    """She stays a member, and joined when she joined."""
    actor = await give_school(UnitOfWork(database), await a_joining_person(database), "Лицей № 7", NOW)
    actor = await give_name(UnitOfWork(database), actor, "Орлова Светлана Игоревна", NOW + SECOND)
    actor = await give_school(UnitOfWork(database), actor, "Гимназия № 3", NOW + SECOND)
    assert actor.name is not None
    assert (actor.name.surname, actor.school, actor.role) == ("Орлова", "Гимназия № 3", Role.MEMBER)
    [row] = await stored(database, tables.memberships)
    assert row.joined_at == NOW
    assert [line.kind for line in await stored(database, tables.journal)] == ["joined", "person_edited"]


async def test_consent_given_twice_is_one(database: Database, home: Association):
    """A second press, and a press long after, change nothing."""
    await agree(database, key())
    await agree(database, key())
    assert len(await stored(database, tables.persons)) == 1
    actor = await give_school(UnitOfWork(database), await a_joining_person(database), "Лицей № 7", NOW)
    before = await stored(database, tables.memberships)
    assert await agree(database, key()) == actor
    assert await stored(database, tables.memberships) == before


async def test_a_code_that_does_not_exist(database: Database, home: Association):
    """Opens nothing."""
    assert await refusal(database, key(code="none")) == "invitation_unknown"


async def test_without_an_invitation_nobody_comes_in(database: Database, home: Association):
    """They are told to ask for one."""
    assert await refusal(database, key(code=None)) == "invitation_needed"


async def test_an_association_that_is_not_set_up_lets_nobody_in_but_its_coordinator(database: Database):
    """With an invitation for members or without one."""
    unnamed = await first_association(UnitOfWork(database), ZONE, NOW)
    await an_invitation(database, unnamed)
    await an_invitation(database, unnamed, Role.COORDINATOR, code="desk", digits="1234567890")
    assert await refusal(database, key(code=None)) == "not_set_up"
    assert await refusal(database, key()) == "not_set_up"
    assert (await agree(database, key(code="desk"))).home == unnamed


async def test_a_coordinator_s_invitation_is_good_once(database: Database, home: Association):
    """The second to open it stays outside; the first may press again."""
    await an_invitation(database, home, Role.COORDINATOR, code="desk", digits="1234567890")
    actor = await agree(database, key(SVETLANA, "desk"))
    await give_name(UnitOfWork(database), actor, "Лебедева Светлана Игоревна", NOW)
    assert await refusal(database, key(OLGA, "desk")) == "invitation_used"
    assert len(await stored(database, tables.persons)) == 1
    actor = await give_school(UnitOfWork(database), await actor_of(database, SVETLANA), "Лицей № 7", NOW)
    assert actor.role is Role.COORDINATOR
    assert await agree(database, key(SVETLANA, "desk")) == actor


async def test_of_two_who_use_it_at_once_one_comes_in(
    database: Database, database_url: str, home: Association
):
    """Nothing about the other one is stored."""
    await an_invitation(database, home, Role.COORDINATOR, code="desk", digits="1234567890")
    other = Database(database_url)
    got = await asyncio.gather(
        agree(database, key(SVETLANA, "desk")), agree(other, key(OLGA, "desk")), return_exceptions=True
    )
    await other.close()
    [refused] = [one for one in got if isinstance(one, DomainError)]
    assert refused.code == "invitation_used"
    [actor] = [one for one in got if isinstance(one, Actor)]
    assert [row.telegram_id for row in await stored(database, tables.persons)] == [actor.telegram_id]
    assert [row.role for row in await stored(database, tables.memberships)] == [Role.COORDINATOR]


async def test_a_coordinator_s_invitation_runs_out(database: Database, home: Association):
    """To the second, and it is not used up by trying."""
    for code, digits, expires_at in (("over", "1111111111", NOW), ("good", "2222222222", NOW + SECOND)):
        await an_invitation(database, home, Role.COORDINATOR, code=code, digits=digits, expires_at=expires_at)
    assert await refusal(database, key(code="over")) == "invitation_expired"
    await knock(UnitOfWork(database), key(code="good"), NOW)
    await agree(database, key(code="good"))


async def test_a_member_who_opens_it_becomes_a_coordinator(database: Database, home: Association):
    """And a coordinator who opens the members' link stays one."""
    await an_invitation(database, home, Role.COORDINATOR, code="desk", digits="1234567890")
    await a_member(database, home, telegram_id=SVETLANA)
    assert (await agree(database, key(code="desk"))).role is Role.COORDINATOR
    assert (await agree(database, key())).role is Role.COORDINATOR


async def test_the_operator_s_ids_come_in_as_coordinators(database: Database):
    """Without an invitation, before anything is set up; nobody else does."""
    unnamed = await first_association(UnitOfWork(database), ZONE, NOW)
    door = await knock(UnitOfWork(database), key(code=None, coordinators={SVETLANA}), NOW)
    assert (door.association, door.role, door.code) == (unnamed, Role.COORDINATOR, None)
    await agree(database, key(code=None, coordinators={SVETLANA}))
    assert [row.role for row in await stored(database, tables.memberships)] == [Role.COORDINATOR]
    assert await refusal(database, key(OLGA, None, {SVETLANA})) == "not_set_up"


async def test_whoever_left_comes_back_by_a_new_consent(database: Database, home: Association):
    """Her name and school are known; she is a plain member, whatever she was."""
    member = await a_member(database, home, telegram_id=SVETLANA, role=Role.COORDINATOR)
    await withdraw(UnitOfWork(database), member, NOW)
    assert (await actor_of(database, SVETLANA)).role is Role.LEFT
    actor = await agree(database, key())
    assert (actor.role, actor.school, actor.dialogue) == (Role.MEMBER, member.school, None)


async def test_one_person_may_be_in_two_associations(database: Database, home: Association):
    """She acts in the one whose invitation she opened last."""
    elsewhere = await an_association(database, "РМО Заречного района")
    await an_invitation(database, elsewhere, code="there", digits="87654321")
    member = await a_member(database, home, telegram_id=SVETLANA)
    actor = await agree(database, key(code="there"))
    assert (actor.person_id, actor.home) == (member.person_id, elsewhere)
    assert actor.dialogue is not None
    assert actor.dialogue.step == SCHOOL_STEP
    assert (await agree(database, key())).home == home
    assert len(await stored(database, tables.persons)) == 1
