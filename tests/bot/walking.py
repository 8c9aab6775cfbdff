"""Walks somebody's screens as a graph: every button is pressed, from the state in which it was shown."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
)
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from actions.admitting import set_door
from actions.calling import add_person
from actions.plans import ReadPlan, keep_draft
from bot.views.about_keys import ProposeTalk
from bot.views.callback_data import CallbackData
from bot.views.keyboards import GiveAnswer
from bot.views.material_keys import AddMaterials
from bot.views.protocol_keys import AddDecisions
from bot.views.talk_keys import AddTalk
from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind, PlanDraft, Problem, SkippedRow
from domain.records import Answer
from tests.bot.conftest import Person, World
from tests.bot.people import (
    LAW,
    MEETING,
    ROUND,
    TASK,
    WORKSHOP,
    call_off,
    come_in,
    come_in_maria,
    event_called,
    settle,
)
from tests.bot.scenes import State, put_back, state_of
from tests.bot.test_rights import BUTTONS

_KINDS = {kind.__prefix__: kind for kind in BUTTONS}
_MESSAGES = (SendMessage, SendDocument, SendPhoto, EditMessageText, EditMessageReplyMarkup)
# So many presses one after the other are walked.
_DEEPEST = 7

# Fields that name an item, though their values are listed in the face.
_ITEMS = frozenset({"field", "lead", "family"})
# Of so many items of a list all are pressed, of more the first ones and the last.
_ALL_ITEMS = 4


_OVER = replace(MEETING, title="Осеннее заседание", periods=(Period.at(date(2026, 11, 3), time(10)),))
_OFF = replace(MEETING, title="Отменённый семинар", periods=(Period.at(date(2026, 11, 27), time(14)),))


async def a_busy_desk(world: World) -> Person:
    """A coordinator whose association has events in each state, answers, materials, talks, a decision, people
    in and out of Telegram, a request at the door, a group, a question, a plan that waits to be saved."""
    head = await settle(world, LAW, MEETING, WORKSHOP, TASK, ROUND, _OVER, _OFF)
    maria = await come_in_maria(world)
    await come_in(world, 2003, "Белова Ольга Петровна", "Гимназия № 21")
    actor, now = await world.actor(head), world.clock.now()
    await add_person(
        world.uow(), actor, "Сидорова Анна Ивановна, СОШ № 45, +7 913 000-00-00", "Согласие", now
    )
    await call_off(world, "Отменённый")
    await maria.says("Ближайшее")
    await maria.presses("Приду")
    await _fill(world, head, maria)
    await maria.says("Помощь")
    await maria.presses("Передать руководителю")
    await maria.says("А чай будет?")
    await head.says("Руководителю")
    for label in ("Люди", "Группы", "Новая группа"):
        await head.presses(label)
    await head.says("Новички")
    await set_door(world.uow(), actor, by_request=True, now=now)
    await come_in(world, 2004, "Новикова Вера Павловна", "СОШ № 3")
    await keep_draft(world.uow(), actor, ReadPlan(_NEXT_YEAR, "next year"), now)
    world.clock.forward(days=2)
    await world.rings()
    return head


async def _fill(world: World, head: Person, maria: Person) -> None:
    """What there is to read of a meeting to come, who speaks at it, and what was decided at one."""
    meeting, over = await event_called(world, "Заседание"), await event_called(world, "Осеннее")
    await head.presses_data(AddMaterials(event=meeting.id).pack())
    await head.says("Запись прошлой встречи https://disk.example.org/i/1")
    await head.presses_data(AddTalk(event=meeting.id).pack())
    await head.says("Орлова Н. В. – Книжные новинки – доклад")
    await head.presses("Записать")
    await maria.presses_data(GiveAnswer(event=meeting.id, answer=Answer.GOING, place=-1).pack())
    await maria.presses_data(ProposeTalk(event=meeting.id).pack())
    await maria.says("Буктрейлер за один урок")
    await maria.presses("Обмен опытом")
    await maria.presses("Передать руководителю")
    await head.presses_data(AddDecisions(event=over.id).pack())
    await head.says("Утвердить план")
    await head.says("Помощь")  # so that no dialogue is open


# A plan about which everything is asked.
_NEXT_YEAR = PlanDraft(
    school_year="2027/2028",
    activities=(
        ActivityDraft("Заседание", "1.1", kind=Kind.MEETING, periods=(Period.month(2027, 9),), venue="Лицей"),
        ActivityDraft(
            "Мастер-класс",
            "1.2",
            kind=Kind.WORKSHOP,
            periods=(Period.month(2027, 9),),
            venue="Лицей",
            audience="Новички",
            problems=(Problem("audience_others", "1.2 – только для тех, кто назван: «Новички»?"),),
        ),
        ActivityDraft(
            "Семинар", "2.1", kind=Kind.SEMINAR, problems=(Problem("no_when", "Строка 2.1: нет срока."),)
        ),
        ActivityDraft("Открытие клуба", "2.2", periods=(Period.at(date(2027, 10, 5), time(14)),)),
        ActivityDraft("Пополнение фонда", "2.3", year_round=True),
    ),
    skipped=(SkippedRow("2.4", "Анализ", "empty"),),
)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a press brought: by which way, how it reads, its buttons, and the database as it was then."""

    way: tuple[str, ...]  # the labels pressed since the key under the writing field
    pressed: CallbackData | None  # the last of them
    text: str
    rows: tuple[tuple[InlineKeyboardButton, ...], ...]
    message_id: int
    state: State | None = field(repr=False)
    changes: bool = False  # whether the press changed anything, but which step of a dialogue is open

    @property
    def buttons(self) -> list[InlineKeyboardButton]:
        """All of them."""
        return [button for row in self.rows for button in row]

    def __str__(self) -> str:
        return f"{' → '.join(self.way)}: {self.text[:80]!r}"


@dataclass(slots=True)
class Walk:
    """What was found: the screens, the presses that gave no answer, what was refused or went wrong, and the
    steps of dialogues that were opened, each with a database in which it is open."""

    screens: list[Screen] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    steps: dict[str, State] = field(default_factory=dict)


def kind_of(button: InlineKeyboardButton) -> CallbackData | None:
    """What a button carries; None for a link."""
    if button.callback_data is None:
        return None
    return _KINDS[button.callback_data.partition(":")[0]].unpack(button.callback_data)


async def walk(world: World, person: Person, *keys: str) -> Walk:
    """Everything that she comes to from these keys under her writing field, breadth first. A button that
    carries what was pressed before is not pressed again."""
    found = Walk()
    beginning = state_of(world)
    ahead: deque[Screen] = deque()
    seen: set[str] = set()
    for key in keys:
        put_back(world, beginning)
        first = len(world.telegram.requests)
        await person.says(key)
        ahead += _shown(world, person, (key,), None, first, found)
    while ahead:
        screen = ahead.popleft()
        found.screens.append(replace(screen, state=None))
        for button in _to_press(screen):
            data = button.callback_data
            if data is None or data in seen or len(screen.way) > _DEEPEST:
                continue
            seen.add(data)
            assert screen.state is not None
            put_back(world, screen.state)
            first = len(world.telegram.requests)
            way = (*screen.way, button.text)
            await world.app.receiver.receive([person.pressing(data, screen.message_id)])
            await world.app.receiver.drain()
            shown = _shown(world, person, way, kind_of(button), first, found)
            changes = bool(shown) and _content(shown[0].state) != _content(screen.state)
            ahead += [replace(one, changes=changes) for one in shown]
    return found


def _to_press(screen: Screen) -> Iterator[InlineKeyboardButton]:
    """Every button; of a long list's items, or a month's days, the first few and the last."""
    for alike in items_of(screen.buttons):
        yield from alike if len(alike) <= _ALL_ITEMS else [*alike[: _ALL_ITEMS - 1], alike[-1]]


def _shown(
    world: World,
    person: Person,
    way: tuple[str, ...],
    pressed: CallbackData | None,
    first: int,
    found: Walk,
) -> list[Screen]:
    """The screens that came of it, in the order in which they came."""
    made = world.telegram.requests[first:]
    where = " → ".join(way)
    found.faults += [f"{where}: {fault}" for fault in world.telegram.faults]
    world.telegram.faults.clear()
    messages = [one for one in made if isinstance(one, _MESSAGES)]
    if not messages and not any(isinstance(one, AnswerCallbackQuery) and one.text for one in made):
        found.dead.append(where)
    state = state_of(world)
    if (step := step_of(state, person)) is not None:
        found.steps.setdefault(step, state)
    screens = []
    for message, shown in zip(messages, _newest(person, len(messages)), strict=False):
        markup = message.reply_markup
        rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
        text = getattr(message, "text", None) or getattr(message, "caption", None) or ""
        number = getattr(message, "message_id", None) or shown
        screens.append(Screen(way, pressed, text, tuple(map(tuple, rows)), number, state))
    return screens


def _newest(person: Person, many: int) -> Sequence[int]:
    """The ids of so many of her newest messages. (An edited one carries its own.)"""
    ids = [shown.message_id for shown in person.chat.shown[-many:]] if many else []
    return [*([1] * (many - len(ids))), *ids]


def step_of(state: State, person: Person) -> str | None:
    """The step of the dialogue that is open in a database."""
    found = state.execute("SELECT dialogue FROM persons WHERE telegram_id = ?", (person.id,)).fetchone()
    return json.loads(found[0])["step"] if found and found[0] else None


def _content(state: State | None) -> list[Sequence[object]]:
    """What a database holds, but for the updates that came in and the dialogues that are open."""
    assert state is not None
    return [state.execute(query).fetchall() for query in _queries(state)]


def _queries(state: State) -> Iterator[str]:
    tables = state.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        names = [name for _, name, *_ in state.execute(f"PRAGMA table_info({table})")]
        if table == "persons":
            names.remove("dialogue")
        if table != "inbox":
            yield f"SELECT {', '.join(f'[{name}]' for name in names)} FROM {table}"


def items_of(buttons: Iterable[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """The buttons put together that do the same to different things: the items of one list."""
    alike: dict[object, list[InlineKeyboardButton]] = {}
    for button in buttons:
        alike.setdefault(_act(button), []).append(button)
    return list(alike.values())


def _act(button: InlineKeyboardButton) -> object:
    """What a button does, without to what or whom, or when."""
    data = kind_of(button)
    return button.url if data is None else deed_of(data)


def deed_of(data: CallbackData) -> str:
    """What a press does, without to what or whom, or when: «ShowDesk more», «OpenTalk»."""
    fields = type(data).model_fields
    said = (str(value) for name, value in data if not _names_item(name, fields[name].annotation))
    return " ".join([type(data).__name__, *said])


def _names_item(name: str, annotation: Any) -> bool:
    """Whether a field says to what, to whom or when: an id, a number, a day, a value of the domain's, a field
    that is corrected, a reminder. What a button does is said by a choice of the face's own words."""
    is_value = isinstance(annotation, type) and issubclass(annotation, (int, str))
    return is_value or name in _ITEMS
