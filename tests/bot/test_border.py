"""Nothing of one association is ever seen, or changed, by people of another: every button and every key,
pressed by every role, with the ids of the other one. A new button is tried as soon as it is there."""

from __future__ import annotations

import io
import itertools
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, get_args

import pytest
from aiogram.methods import AnswerCallbackQuery
from pydantic.fields import FieldInfo

from bot.views.callback_data import CallbackData
from bot.views.keyboards import KEYS, Consent, OwnData
from bot.views.words import plain
from domain.records import LISTED, Standing
from domain.roles import Part, Role
from storage.unit_of_work import UnitOfWork
from tests.bot.conftest import Person
from tests.bot.conftest import World as Running
from tests.bot.people import OTHER_THAN_WORDS
from tests.bot.test_rights import BUTTONS
from tests.builders import NOW, a_member
from tests.storage.world import World, fill, tables_of_associations

OUR_MARK, THEIR_MARK = "Наш", "Чужой"
# Whoever opens an invitation comes in: that is what it is for. What takes her herself away comes last.
NOT_TRIED = {Consent}
LAST = OwnData
# What tells an id from a number (bot.views.keyboards.Id).
_ABOVE_IDS = 2**63
# Words that speak of both: what is found must be ours.
WORDS = (
    "семинар",
    "совет",
    "Мария Ивановна",
    "лицей",
    "что в октябре?",
    "что дальше?",
    "мои ответы",
    "приду",
)
COMMANDS = ("/start", "/next", "/plan", "/my", "/settings", "/help", "/desk", "/homes", "/stop")


def ids_of(theirs: World) -> dict[str, Sequence[int]]:
    """What a field of this name holds when it is about the other association."""
    people = [theirs.member.person_id, theirs.coordinator.person_id]
    return {
        "activity": [theirs.activity_id],
        "association": [theirs.home.id],
        "broadcast": [theirs.broadcast_id],
        "claim": [theirs.claim_id],
        "draft": [theirs.draft_id],
        "event": [theirs.event.id, theirs.unnamed.id, theirs.task_id, theirs.merged_id],
        "group": [theirs.group_id],
        "holder": [theirs.member.person_id, theirs.guest_id, theirs.talk_id],
        "guest": [theirs.guest_id],
        "handover": [theirs.handover_id],
        "line": [1],  # of the journal, theirs being the first
        "material": [theirs.material_id],
        "merge": [theirs.merge_id],
        "newest": [theirs.material_id],
        "paper": [theirs.paper_id],
        "past": [theirs.event.id],
        "question": [theirs.question_id],
        "school": [theirs.school_id, theirs.other_school_id],
        "taken": [theirs.import_id],
        "talk": [theirs.talk_id],
        "person": [*people, theirs.nobody_id],
        "one": [*people[:1], theirs.event.id],
        "other": [*people[1:], theirs.unnamed.id],
        "record": [*people, theirs.school_id],
        "about": [theirs.event.id, theirs.school_id, theirs.group_id],
    }


WRITTEN = {"mark": "f" * 16, "at": "-", "start": "1400", "end": "-", "text": "x"}


def values(kind: type[CallbackData], name: str, field: FieldInfo, theirs: World) -> Sequence[object]:
    """What a field is tried with. An id must have a name that says whose it is."""
    choices = get_args(field.annotation) or list(getattr(field.annotation, "__members__", {}).values())
    if choices:
        return choices
    if field.annotation is str:
        return [WRITTEN.get(name, "20261020")]
    if any(getattr(one, "lt", None) == _ABOVE_IDS for one in field.metadata):
        known = ids_of(theirs)
        assert name in known, f"whose id is {kind.__name__}.{name}?"
        return known[name]
    lowest = max((one.ge for one in field.metadata if hasattr(one, "ge")), default=0)
    return {"year": [2026], "month": [10, 11], "revision": [1]}.get(name, [max(lowest, 0)])


def presses(theirs: World) -> Iterator[CallbackData]:
    """Every button with everything that it can carry of the other association."""
    for kind in sorted(BUTTONS, key=lambda one: (one is LAST, one.__name__)):
        if kind not in NOT_TRIED:
            names = list(kind.model_fields)
            all_values = [values(kind, name, kind.model_fields[name], theirs) for name in names]
            for chosen in itertools.product(*all_values):
                yield kind(**dict(zip(names, chosen, strict=True)))


async def somebody(running: Running, ours: World, role: Role) -> Person:
    """One who is this in our association."""
    if role is Role.STRANGER:
        return running.person(9009)
    if role in {Role.MEMBER, Role.COORDINATOR}:
        return running.person((ours.member if role is Role.MEMBER else ours.coordinator).telegram_id)
    database = running.app.database
    actor = await a_member(database, ours.home, f"{OUR_MARK} Вера Сергеевна", school=f"{OUR_MARK} лицей")
    standing = {
        Role.LEFT: Standing.LEFT,
        Role.JOINING: Standing.JOINING,
        Role.WAITING: Standing.REQUESTED,
        Role.METHODIST: Standing.OVERSEEING,
        Role.GUEST: Standing.GUEST,
    }[role]
    uow = UnitOfWork(database)
    async with uow as rows:
        there = rows.association(ours.home.id)
        if role is Role.GUEST:
            await there.parts.give(ours.event.id, actor.person_id, Part.HOST, NOW)
        if role in {Role.METHODIST, Role.GUEST}:
            await there.roster.appoint(actor.person_id, role, among=[Role.MEMBER], resigned=False)
        if role is Role.LEFT:
            await rows.people.leave_association(actor.person_id, ours.home.id)
        await there.roster.move(actor.person_id, standing, among=LISTED)
        await uow.commit()
    return running.person(actor.telegram_id)


def theirs_as_stored(running: Running, theirs: World) -> dict[str, list[Any]]:
    """Every row of the other association, and its people's own; without SQLAlchemy, which takes long to look
    into so many tables so often."""
    people = (theirs.member.person_id, theirs.coordinator.person_id)
    with closing(sqlite3.connect(str(running.app.database.file))) as stored:
        found = {
            table.name: stored.execute(
                f"SELECT * FROM {table.name} WHERE association_id = ? "
                f"ORDER BY {', '.join(table.primary_key.columns.keys())}",
                (theirs.home.id,),
            ).fetchall()
            for table in tables_of_associations()
        }
        found["persons"] = stored.execute("SELECT * FROM persons WHERE id IN (?, ?)", people).fetchall()
    return found


def told_since(running: Running, number: int) -> str:
    """Everything that Telegram was asked to show since then, files unpacked."""
    said = []
    for method in running.telegram.requests[number:]:
        said.append(repr(method))
        content = getattr(getattr(method, "document", None), "data", b"")
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                content = b"".join(package.read(name) for name in package.namelist())
        said.append(content.decode(errors="ignore"))
    return "\n".join(said)


@pytest.fixture
async def border(world: Running) -> tuple[Running, World, World]:
    """A running Звонок with two associations that have something of everything."""
    world.clock.moment = NOW
    theirs, ours = await fill(world.app.database, THEIR_MARK), await fill(world.app.database, OUR_MARK)
    return world, ours, theirs


@pytest.mark.timeout(900)  # some thousand presses
@pytest.mark.parametrize("role", Role)
async def test_no_press_reaches_across(border: tuple[Running, World, World], role: Role) -> None:
    running, ours, theirs = border
    person = await somebody(running, ours, role)
    before = theirs_as_stored(running, theirs)
    for kind, same in itertools.groupby(presses(theirs), key=type):
        number = len(running.telegram.requests)
        pressed = [person.pressing(data.pack()) for data in same]
        await running.feed(*pressed)
        made = running.telegram.requests[number:]
        answered = {one.callback_query_id for one in made if isinstance(one, AnswerCallbackQuery)}
        left = [one["data"] for update in pressed if (one := update["callback_query"])["id"] not in answered]
        assert left == []
        assert THEIR_MARK not in told_since(running, number), kind.__name__
        assert theirs_as_stored(running, theirs) == before, kind.__name__


@pytest.mark.timeout(900)
@pytest.mark.parametrize("role", Role)
async def test_no_words_reach_across(border: tuple[Running, World, World], role: Role) -> None:
    running, ours, theirs = border
    person = await somebody(running, ours, role)
    before = theirs_as_stored(running, theirs)
    for words in (*(plain(key) for key in KEYS), *COMMANDS, *WORDS):
        number = len(running.telegram.requests)
        await person.says(words)
        assert len(running.telegram.requests) > number, words
        assert THEIR_MARK not in told_since(running, number), words
    for what in OTHER_THAN_WORDS:
        await person.sends_other(**what)
    await person.sends(b"x", "x.txt")
    assert THEIR_MARK not in told_since(running, 0)
    assert theirs_as_stored(running, theirs) == before
    # The silence above means something: whoever is in sees her own.
    if role in {Role.MEMBER, Role.COORDINATOR, Role.METHODIST}:
        assert OUR_MARK in told_since(running, 0)


@pytest.mark.timeout(900)  # some thousand presses
async def test_the_same_presses_show_her_own(border: tuple[Running, World, World]) -> None:
    """So that the silence above means something."""
    running, _, theirs = border
    person = running.person(theirs.member.telegram_id)
    number = len(running.telegram.requests)
    for data in presses(theirs):
        if type(data).__name__ in {"ShowEvent", "GiveAnswer"}:
            await person.presses_data(data.pack())
    assert THEIR_MARK in told_since(running, number)
