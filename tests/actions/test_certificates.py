"""Certificates: given to who was there, once, whoever asks; they go with a record that is merged."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from actions.certificates import awards, give_all, give_one, give_own
from actions.merging import merge, part
from domain.certificates import Holder
from domain.errors import DomainError
from domain.full_names import FullName
from domain.records import Actor, Event, Mark
from domain.roles import Role
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import CONSENT, NOW

AFTER = NOW + timedelta(days=30)


async def was_there(database: Database, event: Event, person_id: int, mark: Mark = Mark.PRESENT) -> None:
    """Somebody is marked."""
    async with (uow := UnitOfWork(database)) as rows:
        attendance = rows.association(event.association_id).attendance
        assert await attendance.mark(event.id, person_id, mark, None, person_id, NOW)
        await uow.commit()


async def somebody_else(database: Database, event: Event) -> int:
    """A member who is not in Telegram."""
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(event.association_id)
        person_id = await rows.people.add_by_hand(FullName("Петрова", "Мария"), "", NOW)
        await ours.members.add(person_id, Role.MEMBER, CONSENT, NOW)
        await ours.members.activate(person_id, NOW)
        await uow.commit()
    return person_id


async def test_both_ask_at_once_and_get_the_same(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    for one in (coordinator, member):
        await was_there(database, event, one.person_id)
    whole, [own] = await asyncio.gather(
        give_all(UnitOfWork(database), coordinator, event.id, "attended", AFTER),
        give_own(UnitOfWork(database), member, event.id, AFTER),
    )
    numbers = {award.holder: made.number for award, made in whole.awards}
    assert sorted(numbers.values()) == [1, 2]
    assert own.awards[0][1].number == numbers[Holder("person", member.person_id)]
    assert own.head == "Н. В. Орлова"


async def test_nobody_before_the_roll_call(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    await was_there(database, event, member.person_id, Mark.EXCUSED)
    assert not (await awards(UnitOfWork(database), coordinator, event.id, AFTER)).there
    with pytest.raises(DomainError, match="certificates_none"):
        await give_own(UnitOfWork(database), member, event.id, AFTER)


async def test_they_go_with_a_record_and_come_back(
    database: Database, coordinator: Actor, member: Actor, event: Event
) -> None:
    other = await somebody_else(database, event)
    await was_there(database, event, other)
    uow = UnitOfWork(database)
    await give_one(uow, coordinator, event.id, Holder("person", other), AFTER)
    pair = await merge(uow, coordinator, other, member.person_id, NOW)
    assert await numbers_of(database, member.person_id, event) == [1]
    await part(uow, coordinator, pair.merge_id, NOW)
    assert await numbers_of(database, member.person_id, event) == []
    assert await numbers_of(database, other, event) == [1]


async def numbers_of(database: Database, person_id: int, event: Event) -> list[object]:
    """The numbers of her certificates."""
    async with UnitOfWork(database).reading() as rows:
        certificates = rows.association(event.association_id).certificates
        return [one["number"] for one in await certificates.of_holder(Holder("person", person_id))]
