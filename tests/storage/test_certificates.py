"""Numbers of certificates: given once, one after the other, anew every school year."""

from __future__ import annotations

import asyncio

from domain.certificates import Holder
from domain.records import Event
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, YEAR, a_member, an_association, an_event

NEXT_YEAR = "2027/2028"
HERS = [Holder("person", number) for number in range(1, 6)]


async def give(
    database: Database, event: Event, holders: list[Holder], year: str = YEAR
) -> dict[Holder, int]:
    """The numbers of these holders, as a coordinator has them given."""
    async with (uow := UnitOfWork(database)) as rows:
        await rows.associations.hold(event.association_id)
        ours = rows.association(event.association_id)
        given = await ours.certificates.give(event.id, holders, year, NOW)
        await uow.commit()
    return {one: made.number for one, made in given.items()}


async def test_one_after_the_other_and_once(database: Database) -> None:
    home = await an_association(database)
    event, other = await an_event(database, home), await an_event(database, home, title="Другой")
    assert list((await give(database, event, HERS[:2])).values()) == [1, 2]
    assert list((await give(database, other, HERS[:1])).values()) == [3]
    again = await give(database, event, [HERS[2], *HERS[:2]])
    assert again == {HERS[2]: 4, HERS[0]: 1, HERS[1]: 2}
    assert list((await give(database, other, HERS[1:2], NEXT_YEAR)).values()) == [1]


async def test_two_coordinators_at_once(database: Database) -> None:
    home = await an_association(database)
    events = [await an_event(database, home, title=f"Семинар {number}") for number in range(4)]
    given = await asyncio.gather(*(give(database, event, HERS) for event in events for _ in range(2)))
    assert given[::2] == given[1::2]
    numbers = sorted(number for one in given[::2] for number in one.values())
    assert numbers == list(range(1, 21))


async def test_every_association_counts_for_itself(database: Database) -> None:
    for title in ("РМО", "ГМО"):
        event = await an_event(database, await an_association(database, title))
        assert list((await give(database, event, HERS[:1])).values()) == [1]


async def test_what_another_record_got_comes_over_and_goes_back(database: Database) -> None:
    home = await an_association(database)
    event, other = await an_event(database, home), await an_event(database, home, title="Другой")
    mine, hers = [Holder("person", (await a_member(database, home)).person_id) for _ in range(2)]
    await give(database, event, [mine, hers])
    await give(database, other, [hers])
    async with UnitOfWork(database) as rows:
        ours = rows.association(home.id).certificates
        adopted = await ours.adopt(mine, hers)
        assert [one["number"] for one in await ours.of_holder(mine)] == [1, 3]
        assert await ours.release(adopted, mine, hers) == 1
        assert [one["number"] for one in await ours.of_holder(hers)] == [2, 3]
