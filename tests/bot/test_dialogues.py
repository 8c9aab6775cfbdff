"""Every step of every dialogue hears what does not belong there, is left by any key, and outlives a restart.

What does not belong there: a sticker, something forwarded, far too much text. The steps are those that
`actions` names (…_STEP). Most are opened by walking the screens of a coordinator and of a member; the others
by the words below. Each is tried in an application that was started after it was opened.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import true

import actions
from actions.acting import wait_for
from actions.admitting import set_door
from actions.associations import SETTING_UP, make_invitation
from bot.views.after_keys import WriteOpinion
from bot.views.answers_keys import ShowGuests
from bot.views.attendance_keys import AskCodeWord, NameCodeWord
from bot.views.checkin_keys import CheckIn, SayWord
from bot.views.material_keys import AddMaterials, RenameMaterial
from bot.views.people_list_keys import KeepDetail, OwnDetail
from bot.views.protocol_keys import AddDecisions, AskOutcome, EditDecision
from bot.views.talk_keys import AddTalk, EditTheme
from domain.records import Detail
from domain.roles import Role
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import STICKER, event_called
from tests.bot.scenes import State, put_back, state_of
from tests.bot.test_guest_links import the_code
from tests.bot.walking import a_busy_desk, step_of, walk
from tests.builders import change

MakeWorld = Callable[[str], Awaitable[World]]

# Nothing is written here: it is known what was said, or buttons are all there is.
NOTHING_WRITTEN = frozenset({"unsaid", "why_not_asked", "new_event_made", "name_people"})
# She is on her way in: that goes on until it is done.
NEWCOMER = 5005
FORWARDED = {
    "text": "Коллеги, встречаемся как обычно!",
    "forward_origin": {"type": "hidden_user", "sender_user_name": "Кто-то", "date": 1},
}
FAR_TOO_LONG = "ы" * 5000
# What a refusal gives: an example, how much will do, or what to do instead.
HELPS = re.compile(
    r"например|хватит|короче|так:|словами|нажмите|пришлите|откройте|напишите ещё раз", re.IGNORECASE
)


def steps() -> set[str]:
    """Every step that the use cases name."""
    found = set(SETTING_UP)
    for path in Path(actions.__path__[0]).glob("*.py"):
        for name, value in vars(import_module(f"actions.{path.stem}")).items():
            if name.endswith("_STEP"):
                found.add(value)
            elif name.endswith("_STEPS") and isinstance(value, dict):
                found |= set(value.values())
    return found


async def joining(world: World) -> Person:
    invitation = await make_invitation(world.uow(), 1, Role.MEMBER, world.clock.now())
    person = world.person(NEWCOMER)
    await person.says(f"/start {invitation.code}")
    await person.presses("Соглас")
    return person


async def at_new_event(world: World, line: str) -> Person:
    await world.head.says("Руководителю")
    await world.head.presses("Новая встреча")
    await world.head.says(line)
    return world.head


async def named(world: World) -> Person:
    person = await joining(world)
    await person.says("Зимина Вера Павловна")
    return person


async def invited_to_one_event(world: World) -> Person:
    meeting = await event_called(world, "Заседание")
    await world.head.presses_data(ShowGuests(event=meeting.id).pack())
    person = world.person(NEWCOMER)
    await person.says(f"/start {await the_code(world.head)}")
    await person.presses("Соглас")
    await person.says("Зимина Вера Павловна")
    return person


async def replying(world: World) -> Person:
    await world.rings()
    asked = next(one for one in reversed(world.head.chat.shown) if "А чай будет?" in one.plain)
    await world.head.presses("Ответить", of=asked)
    return world.head


async def unsaid(world: World) -> Person:
    maria = world.person(2002)
    await maria.says("абракадабра")
    return maria


async def asked_whether_she_is_listed(world: World) -> Person:
    await set_door(world.uow(), await world.actor(world.head), by_request=False, now=world.clock.now())
    person = await joining(world)
    await person.says("Сидорова Анна Ивановна")
    await person.says("СОШ № 45")
    return person


async def asked_whether_she_has_moved(world: World) -> Person:
    await set_door(world.uow(), await world.actor(world.head), by_request=False, now=world.clock.now())
    person = await joining(world)
    await person.says("Сидорова Анна Ивановна")
    await person.says("СОШ № 99")
    return person


async def own_category(world: World) -> Person:
    await world.head.presses_data(KeepDetail(detail=Detail.CATEGORY, act="on").pack())
    maria = world.person(2002)
    await maria.presses_data(OwnDetail(detail=Detail.CATEGORY, act="ask").pack())
    return maria


async def renaming_a_material(world: World) -> Person:
    meeting = await event_called(world, "Заседание")
    await world.head.presses_data(AddMaterials(event=meeting.id).pack())
    await world.head.says("Запись https://disk.example.org/i/1")
    await world.head.presses_data(RenameMaterial(event=meeting.id, material=1).pack())
    return world.head


async def correcting_a_theme(world: World) -> Person:
    meeting = await event_called(world, "Заседание")
    await world.head.presses_data(AddTalk(event=meeting.id).pack())
    await world.head.says("Петрова М. И. – Книжные новинки – доклад")
    await world.head.presses("Записать")
    await world.head.presses_data(EditTheme(talk=1).pack())
    return world.head


async def dictated(world: World) -> tuple[int, int]:
    """A decision of a meeting that is over; returns its event, and one that looks back on it."""
    over, later = await event_called(world, "Осеннее"), await event_called(world, "Заседание")
    await world.head.presses_data(AddDecisions(event=over.id).pack())
    await world.head.says("Утвердить план")
    return over.id, later.id


async def editing_a_decision(world: World) -> Person:
    over, _ = await dictated(world)
    await world.head.presses_data(EditDecision(event=over, decision=1).pack())
    return world.head


async def looking_back(world: World) -> Person:
    over, later = await dictated(world)
    await world.head.presses_data(AskOutcome(event=later, past=over, decision=1).pack())
    return world.head


async def still_open(world: World) -> int:
    """A meeting of yesterday at which people can still be marked; returns its number."""
    await change(world.app.database, tables.associations, true(), checkin_after=100_000, asks_feedback=True)
    return (await event_called(world, "Осеннее")).id


async def choosing_a_word(world: World) -> Person:
    await world.head.presses_data(AskCodeWord(event=await still_open(world), word=-1).pack())
    return world.head


async def saying_a_word(world: World) -> Person:
    event, maria = await still_open(world), world.person(2002)
    await world.head.presses_data(NameCodeWord(event=event, word=0).pack())
    await maria.presses_data(SayWord(event=event).pack())
    return maria


async def giving_an_opinion(world: World) -> Person:
    event, maria = await still_open(world), world.person(2002)
    await maria.presses_data(CheckIn(event=event).pack())
    await maria.presses_data(WriteOpinion(event=event).pack())
    return maria


async def setting_up(world: World, step: str) -> Person:
    await wait_for(world.uow(), await world.actor(world.head), step)
    return world.head


# How the steps are opened that no button opens.
BY_WORDS: dict[str, Callable[[World], Awaitable[Person]]] = {
    "join_name": joining,
    "join_school": named,
    "join_organisation": invited_to_one_event,
    "join_claim": asked_whether_she_is_listed,
    "join_claim_elsewhere": asked_whether_she_has_moved,
    "own_detail": own_category,
    "material_title": renaming_a_material,
    "talk_theme": correcting_a_theme,
    "decision": editing_a_decision,
    "outcome": looking_back,
    "new_event_title": lambda world: at_new_event(world, "18 декабря 14:00"),
    "new_event_place": lambda world: at_new_event(world, "семинар «Книга и экран» 18 декабря 14:00"),
    "code_word": choosing_a_word,
    "say_word": saying_a_word,
    "opinion": giving_an_opinion,
    "reply": replying,
    "unsaid": unsaid,
    "setup_title": lambda world: setting_up(world, "setup_title"),
    "setup_town": lambda world: setting_up(world, "setup_town"),
    "setup_year": lambda world: setting_up(world, "setup_year"),
}


async def opened(world: World) -> list[tuple[str, int, State]]:
    """Each step with who is in it, and a database in which it is open."""
    await a_busy_desk(world)
    beginning = state_of(world)
    maria = world.person(2002)
    walked = await walk(world, world.head, "Руководителю", "План на год")
    found = [(step, world.head.id, state) for step, state in walked.steps.items()]
    put_back(world, beginning)
    walked = await walk(world, maria, "Настройки", "Ближайшее", "Помощь")
    found += [(step, maria.id, state) for step, state in walked.steps.items()]
    for step, open_it in BY_WORDS.items():
        put_back(world, beginning)
        person = await open_it(world)
        found.append((step, person.id, state_of(world)))
    return found


@pytest.mark.timeout(600)  # some hundred conversations
async def test_every_step_answers_whatever_comes(
    sqlite_url: str, world: World, make_world: MakeWorld
) -> None:
    found = await opened(world)
    assert steps() - {step for step, _, _ in found} == set(), (
        "steps that no button opens: they need words above"
    )

    world = await make_world(sqlite_url)  # a restart
    wrong: list[str] = []
    for step, telegram_id, state in found:
        person = world.person(telegram_id)

        async def hears(what: dict[str, object], state: State = state, person: Person = person) -> str:
            put_back(world, state)
            first = len(person.chat.shown)
            await person.sends_other(**what)
            return "\n".join(shown.plain for shown in person.chat.shown[first:])

        said = await hears(STICKER)
        if not said or (step not in NOTHING_WRITTEN and step_of(state_of(world), person) != step):
            wrong.append(f"{step}, a sticker: {said!r}")
        if not await hears(FORWARDED):
            wrong.append(f"{step}, forwarded: no answer")
        said = await hears({"text": FAR_TOO_LONG})
        stays = step_of(state_of(world), person) == step
        if not said or (stays and not HELPS.search(said)):
            wrong.append(f"{step}, far too long: {said[:200]!r}")
        said = await hears({"text": "Ближайшее"})
        if not said or (step_of(state_of(world), person) is None) is (telegram_id == NEWCOMER):
            wrong.append(f"{step}, a key: {said[:200]!r}")
    assert wrong == []
    assert len(found) > 30


async def test_a_school_of_three_hundred_signs(world: World) -> None:
    await a_busy_desk(world)
    person = await named(world)
    for title in ("ы" * 300, "СОШ № 45 " + "ы" * 300):
        assert "Слишком длинно: хватит" in (await person.says(title)).plain
    await person.says("СОШ № 45")
    assert (await world.actor(person)).school == "СОШ № 45"
