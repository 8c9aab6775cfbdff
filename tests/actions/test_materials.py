"""What there is to read of an event: on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions.materials import (
    MATERIAL_STEP,
    add_materials,
    bring_back,
    one_material,
    open_adding,
    open_title,
    propose_telling,
    remove,
    rename,
    shelf,
    tell,
)
from actions.together import join, part
from domain.errors import DomainError
from domain.materials import MOST_MATERIALS, NewMaterial, read_links
from domain.period import Period
from domain.records import Actor, Answer, Association, Event, MaterialKind
from storage import tables
from storage.engine import Database
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    SEMINAR_DAY,
    a_coordinator,
    a_member,
    actor_of,
    an_association,
    an_event,
    cancel,
    stored,
)

HOUR = timedelta(hours=1)
LINK = read_links("Запись https://disk.example.org/i/1")
FILE = NewMaterial(MaterialKind.DOCUMENT, "Презентация", file_id="long", unique_id="unique", size=12)


@pytest.fixture
async def head(database: Database, home: Association) -> Actor:
    """Its coordinator."""
    return await a_coordinator(database, home)


async def add(database: Database, head: Actor, event: Event, *new: NewMaterial) -> list[int]:
    """The coordinator adds materials; returns the ids of all that the event has then."""
    uow = UnitOfWork(database)
    await open_adding(uow, head, event.id)
    found = await add_materials(uow, await actor_of(database, head.telegram_id), new, NOW)
    return [one.id for one in found.materials]


async def titles(database: Database, who: Actor, event: Event) -> list[str]:
    return [one.title for one in (await shelf(UnitOfWork(database), who, event.id)).materials]


async def journal(database: Database) -> list[str]:
    return [line.kind for line in await stored(database, tables.journal)]


async def test_added_once_each(database: Database, home: Association, head: Actor, event: Event):
    """Telegram's names for a file are kept, its content is not; more may follow."""
    await add(database, head, event, *LINK, FILE)
    again = NewMaterial(MaterialKind.DOCUMENT, "Другое имя", file_id="another", unique_id="unique")
    await add(database, head, event, *LINK, again)
    assert await titles(database, head, event) == ["Запись", "Презентация"]
    [_, row] = await stored(database, tables.materials)
    assert (row.kind, row.file_id, row.file_unique_id, row.size) == ("document", "long", "unique", 12)
    dialogue = (await actor_of(database, head.telegram_id)).dialogue
    assert dialogue is not None
    assert dialogue.step == MATERIAL_STEP
    assert await journal(database) == ["materials_added"]
    async with UnitOfWork(database).reading() as rows:
        card = await rows.association(home.id).events.card(event.id, head.person_id, NOW)
    assert card is not None
    assert card.materials == 2


async def test_no_more_than_fit(database: Database, head: Actor, event: Event):
    """Neither at once nor one after the other; what was taken out makes room."""
    links = [NewMaterial(MaterialKind.LINK, f"№ {n}", f"https://a.example.org/{n}") for n in range(21)]
    with pytest.raises(DomainError, match="materials_full"):
        await add(database, head, event, *links)
    ids = await add(database, head, event, *links[:MOST_MATERIALS])
    with pytest.raises(DomainError, match="materials_full"):
        await open_adding(UnitOfWork(database), head, event.id)
    await remove(UnitOfWork(database), head, event.id, ids[0], NOW)
    assert len(await add(database, head, event, links[20])) == MOST_MATERIALS
    with pytest.raises(DomainError, match="materials_full"):
        await bring_back(UnitOfWork(database), head, event.id, ids[0], NOW)


async def test_renamed(database: Database, head: Actor, event: Event):
    """By the words that come next."""
    [material] = await add(database, head, event, FILE)
    uow = UnitOfWork(database)
    await open_title(uow, head, event.id, material)
    writing = await actor_of(database, head.telegram_id)
    with pytest.raises(DomainError, match="line_empty"):
        await rename(uow, writing, "…", NOW)
    await rename(uow, writing, "Новинки осени", NOW)
    assert await titles(database, head, event) == ["Новинки осени"]


async def test_taken_out_and_brought_back(database: Database, head: Actor, event: Event):
    """Within a day; after that, with the next one that is taken out, it is forgotten."""
    first, second = await add(database, head, event, *LINK, FILE)
    uow = UnitOfWork(database)
    for _ in range(2):
        await remove(uow, head, event.id, first, NOW)
    assert await titles(database, head, event) == ["Презентация"]
    with pytest.raises(DomainError, match="material_gone"):
        await one_material(uow, head, event.id, first)
    for _ in range(2):
        await bring_back(uow, head, event.id, first, NOW + HOUR)
    assert await titles(database, head, event) == ["Запись", "Презентация"]
    await remove(uow, head, event.id, first, NOW)
    await remove(uow, head, event.id, second, NOW + timedelta(days=1, seconds=1))
    with pytest.raises(DomainError, match="material_gone"):
        await bring_back(uow, head, event.id, first, NOW + timedelta(days=2))
    kinds = ["materials_added", "material_removed", "material_returned"]
    assert await journal(database) == [*kinds, "material_removed", "material_removed"]


async def test_another_association_has_nothing_of_them(database: Database, head: Actor, event: Event):
    """Not by the event's id, nor by the material's."""
    [material] = await add(database, head, event, FILE)
    elsewhere = await an_association(database, "РМО Заречного района")
    stranger = await a_coordinator(database, elsewhere, "Чужая Анна Львовна")
    own = await an_event(database, elsewhere)
    uow = UnitOfWork(database)
    with pytest.raises(DomainError, match="event_unknown"):
        await shelf(uow, stranger, event.id)
    with pytest.raises(DomainError, match="event_unknown"):
        await remove(uow, stranger, event.id, material, NOW)
    for asked in (
        one_material(uow, stranger, own.id, material),
        remove(uow, stranger, own.id, material, NOW),
    ):
        with pytest.raises(DomainError, match="material_gone"):
            await asked
    await open_adding(uow, head, event.id)
    moved = await a_member(database, elsewhere, "Орлова Нина Викторовна", telegram_id=head.telegram_id)
    with pytest.raises(DomainError, match="event_unknown"):  # the dialogue is of the other one
        await add_materials(uow, moved, LINK, NOW)
    assert await titles(database, head, event) == ["Презентация"]


# Told


@pytest.fixture
async def coming(database: Database, home: Association, event: Event) -> list[Actor]:
    """Two who come; a third who does not, and a fourth who is silent, are not among them."""
    names = ("Белова Анна", "Галкина Инна", "Дятлова Ольга", "Зуева Вера")
    people = [await a_member(database, home, name) for name in names]
    uow = UnitOfWork(database)
    async with uow as rows:
        rsvps = rows.association(home.id).rsvps
        for who, given in zip(people, (Answer.GOING, Answer.GOING, Answer.DECLINED), strict=False):
            assert await rsvps.take(event.id, who.person_id, given, NOW)
        await uow.commit()
    return people[:2]


async def told(database: Database) -> list[tuple[int, int, str]]:
    """To whom, of which newest material, and how it stands."""
    sent = await stored(database, tables.outbox, tables.outbox.c.kind == Message.MATERIALS)
    return sorted((row.person_id, row.version, row.state) for row in sent)


async def test_those_who_come_are_told_once(
    database: Database, head: Actor, event: Event, coming: list[Actor]
):
    """Of more materials once more; what still waits to tell of less goes out no more."""
    [first] = await add(database, head, event, FILE)
    uow = UnitOfWork(database)
    assert (await propose_telling(uow, head, event.id)).people == 2
    assert [(await tell(uow, head, event.id, first, NOW))[1] for _ in range(2)] == [2, 0]
    ids = [one.person_id for one in coming]
    assert await told(database) == [(one, first, State.WAITING) for one in ids]
    [_, second] = await add(database, head, event, *LINK)
    with pytest.raises(DomainError, match="materials_changed"):
        await tell(uow, head, event.id, first, NOW)
    assert (await tell(uow, head, event.id, second, NOW))[1] == 2
    assert await told(database) == sorted(
        [(one, first, State.OBSOLETE) for one in ids] + [(one, second, State.WAITING) for one in ids]
    )
    assert (await journal(database)).count("materials_told") == 2


async def test_at_night_they_are_told_in_the_morning(
    database: Database, head: Actor, event: Event, coming: list[Actor]
):
    """Nobody is woken."""
    [material] = await add(database, head, event, FILE)
    night = datetime.fromisoformat("2026-10-05T23:30+07:00")
    await tell(UnitOfWork(database), head, event.id, material, night)
    rows = await stored(database, tables.outbox, tables.outbox.c.kind == Message.MATERIALS)
    assert {row.due_at for row in rows} == {datetime.fromisoformat("2026-10-06T08:00+07:00")}


async def test_where_there_is_nothing_to_tell(
    database: Database, home: Association, head: Actor, event: Event
):
    """No materials, no day, a task, a cancelled event."""
    uow = UnitOfWork(database)
    with pytest.raises(DomainError, match="materials_none"):
        await propose_telling(uow, head, event.id)
    unnamed = await an_event(database, home, NOVEMBER)
    task = await an_event(database, home, NOVEMBER, gathering=False)
    for one, code in ((unnamed, "day_not_named"), (task, "no_answer_needed")):
        await add(database, head, one, FILE)
        with pytest.raises(DomainError, match=code):
            await propose_telling(uow, head, one.id)
    await add(database, head, event, FILE)
    await cancel(database, event)
    with pytest.raises(DomainError, match="event_cancelled"):
        await propose_telling(uow, head, event.id)


async def test_held_together_and_parted(database: Database, home: Association, head: Actor, event: Event):
    """Both events' materials stand at the one that stays; each has its own again when they part."""
    other = await an_event(database, home, Period.day(SEMINAR_DAY.end), title="Мастер-класс")
    await add(database, head, event, FILE)
    await add(database, head, other, *LINK)
    uow = UnitOfWork(database)
    both = await join(uow, head, event.id, other.id, (event.revision, other.revision), NOW)
    assert await titles(database, head, event) == ["Презентация", "Запись"]
    with pytest.raises(DomainError, match="event_joined"):
        await shelf(uow, head, other.id)
    await add(database, head, event, NewMaterial(MaterialKind.LINK, "Фото", "https://a.example.org/2"))
    await part(uow, head, event.id, both.kept.revision, NOW + HOUR)
    assert await titles(database, head, event) == ["Презентация", "Фото"]
    assert await titles(database, head, other) == ["Запись"]
