"""Two coordinators at one event: whatever the second confirms, she is shown what the first did, and asked."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, time

import pytest

from bot import views
from bot.views.callback_data import CallbackData
from bot.views.editing_keys import ConfirmField, ConfirmPutOff, EditField, PutOff, SetKind
from bot.views.event_keys import ConfirmChange
from bot.views.inviting_keys import ConfirmInvited, ProposeInvited
from bot.views.journal_keys import ConfirmUndo, ShowJournal, UndoChange
from bot.views.naming_keys import ConfirmDay, ConfirmDayThere
from bot.views.notice_keys import SaySeen, SureHeld
from bot.views.seat_keys import AskSeats, ChooseMode, ConfirmSeats
from bot.views.together_keys import ConfirmJoin, ConfirmPart, JoinWith, PartEvents
from domain.period import Period
from domain.records import Mode
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, TASK, come_in, settle

# The meeting is event 1, the seminar of the same day 2, the task 3.
SEMINAR = replace(LAW, periods=(Period.at(date(2026, 11, 18), time(10)),))
DAY = date(2026, 11, 18)

Prepare = Callable[[Person], Awaitable[object]]


async def _writes(who: Person, opens: str, *words: str) -> None:
    await who.presses_data(opens)
    for one in words:
        await who.says(one)


def _change(act: str, words: str, event: int = 1) -> Prepare:
    return lambda who: _writes(who, f"change:{event}:{act}", words)


def _field(name: str, words: str) -> Prepare:
    return lambda who: _writes(who, EditField(event=1, field=name).pack(), words)


async def _seats(who: Person) -> None:
    await _writes(who, AskSeats(event=1).pack(), "25")


async def _mode(who: Person) -> None:
    await _writes(who, ChooseMode(event=1, mode=Mode.MIXED).pack(), "https://meet.example.org/abc")


async def _kind(who: Person) -> None:
    await who.presses_data(EditField(event=1, field="kind").pack())


async def _day(who: Person) -> None:
    await _writes(who, "days:1", "24 ноября 10:00")


async def _day_there(who: Person) -> None:
    await _writes(who, "days:1", "заседание 24 ноября 10:00 гимназия № 21")


async def _day_alone_there(who: Person) -> None:
    await _writes(who, "days:1", "24 ноября 10:00 гимназия № 21")


async def _put_off(who: Person) -> None:
    await who.presses_data(PutOff(event=1).pack())
    await who.presses("Декабрь")


async def _whom(who: Person) -> None:
    await who.presses_data(ProposeInvited(event=1, to="guests", group=0).pack())


async def _join(who: Person) -> None:
    await who.presses_data(JoinWith(event=1, other=2).pack())


async def _part(who: Person) -> None:
    await _join(who)
    await who.presses("Да, вместе")
    await who.presses_data(PartEvents(event=1).pack())


async def _restore(who: Person) -> None:
    await _change("cancel", "карантин")(who)
    await who.presses("Да, отменить")
    await who.presses_data("change:1:restore")


# What confirms a change of an event as it was seen: the button, how its preview is reached, its label.
CONFIRMED: dict[str, tuple[type[CallbackData], Prepare, str]] = {
    "day": (ConfirmDay, _day, "Подтвердить"),
    "day and place": (ConfirmDayThere, _day_there, "Подтвердить"),
    "day with its place": (ConfirmDayThere, _day_alone_there, "Подтвердить"),
    "hours": (ConfirmDay, _field("hours", "15:30"), "Подтвердить"),
    "put off": (ConfirmPutOff, _put_off, "Да, отложить"),
    "cancel": (ConfirmChange, _change("cancel", "карантин"), "Да, отменить"),
    "restore": (ConfirmChange, _restore, "Да, вернуть"),
    "place": (ConfirmChange, _change("place", "Гимназия № 21"), "Да, сменить"),
    "mode": (ConfirmChange, _mode, "Да, сменить"),
    "bring": (ConfirmChange, _change("place", "взять: паспорт"), "Да, сменить"),
    "deadline": (ConfirmChange, _change("deadline", "13 ноября 18:00"), "Да, такой срок"),
    "due": (ConfirmChange, _change("due", "27 ноября", 3), "Да, такой срок"),
    "title": (ConfirmField, _field("title", "Круглый стол"), "Подтвердить"),
    "responsible": (ConfirmField, _field("responsible", "Белова А. П."), "Подтвердить"),
    "contact": (ConfirmField, _field("contact", "Белова, 123-45-67"), "Подтвердить"),
    "kind": (SetKind, _kind, "Семинар"),
    "whom": (ConfirmInvited, _whom, "Да, так и звать"),
    "seats": (ConfirmSeats, _seats, "Да, столько"),
    "join": (ConfirmJoin, _join, "Да, вместе"),
    "part": (ConfirmPart, _part, "Да, разделить"),
}
# Looked at, but not confirmed so: «Вернуть как было» takes back just the change that was seen; «Состоялось?»
# asks by itself (test_held).
OTHERWISE = {SaySeen, SureHeld, UndoChange, ConfirmUndo}


async def two(world: World) -> tuple[Person, Person]:
    """Two who run the association; two meetings of a day, and a task."""
    head = await settle(world, MEETING, SEMINAR, TASK)
    return head, await come_in(world, 4004, "Петрова Полина Павловна", "СОШ № 45", Role.COORDINATOR)


async def names_another_to_call(who: Person, event: int) -> None:
    """A change that no other one rules out."""
    if event == 3:
        await _writes(who, "change:3:due", "30 ноября")
        await who.presses("Да, такой срок")
    else:
        await _writes(who, "change:1:place", "Лицей № 13")
        await who.presses("Да, сменить")


def test_every_button_that_carries_a_revision_is_here() -> None:
    """A new one must ask as well."""
    for module in pkgutil.iter_modules(views.__path__, f"{views.__name__}."):
        importlib.import_module(module.name)
    carrying = {one for one in CallbackData.__subclasses__() if "revision" in one.model_fields}
    carrying = {one for one in carrying if one.__module__.startswith("bot.")}
    assert carrying - OTHERWISE == {one for one, _, _ in CONFIRMED.values()}


@pytest.mark.parametrize("what", CONFIRMED)
async def test_the_second_is_shown_what_changed_and_asked(world: World, what: str) -> None:
    """And her second press is against what stands now."""
    data, prepare, label = CONFIRMED[what]
    head, other = await two(world)
    await prepare(head)
    sure = head.data_of(label)
    assert sure.startswith(f"{data.__prefix__}:")
    event = data.unpack(sure).event  # type: ignore[attr-defined]
    if what == "restore":
        await other.presses_data("change:1:restore")
        await other.presses("Да, вернуть")
        await _change("cancel", "ремонт")(other)
        await other.presses("Да, отменить")
    else:
        await names_another_to_call(other, event)
    asked = await head.presses_data(sure)
    assert asked.plain.startswith(
        "Пока вы смотрели, эту встречу изменили:\n• 2 ноября, 10:00, Петрова П. П. – "
    )
    assert "Если всё-таки нужно так, как у вас, подтвердите ещё раз:" in asked.plain
    done = await head.presses(label, of=asked)
    assert "Пока вы смотрели" not in done.plain
    assert "устарела" not in done.plain
    journal = await head.presses_data(ShowJournal(event=event, page=0).pack())
    assert "Орлова Н. В." in journal.plain.splitlines()[1]


async def test_the_other_one_of_two_was_changed(world: World) -> None:
    """Of those to be joined."""
    head, other = await two(world)
    await _join(head)
    await _writes(other, "change:2:place", "Лицей № 13")
    await other.presses("Да, сменить")
    asked = await head.presses("Да, вместе")
    assert "Петрова П. П. – новое место: Лицей № 13 (было: Лицей № 12). Семинар" in asked.plain
    assert "Теперь одна встреча:" in (await head.presses("Да, вместе", of=asked)).plain


async def test_what_is_of_another_day_by_now_is_not_joined(world: World) -> None:
    head, other = await two(world)
    await _join(head)
    await _writes(other, "days:2", "24 ноября 10:00")
    await other.presses("Подтвердить")
    asked = await head.presses("Да, вместе")
    assert "Петрова П. П. – перенос: вторник, 24 ноября, 10:00" in asked.plain
    assert asked.plain.endswith("Теперь ваше изменение внести нельзя.")


async def test_no_deadline_for_what_was_put_off(world: World) -> None:
    head, other = await two(world)
    await _change("deadline", "13 ноября 18:00")(head)
    await _put_off(other)
    await other.presses("Да, отложить")
    asked = await head.presses("Да, такой срок")
    assert "Петрова П. П. – отложено без дня" in asked.plain
    assert asked.plain.endswith("Теперь ваше изменение внести нельзя.")
