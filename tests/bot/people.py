"""How people come in."""

from __future__ import annotations

from tests.bot.conftest import Person, World


async def join_head(world: World) -> Person:
    """The coordinator comes in, names the association, and is at her desk."""
    head = world.head
    await head.says("/start")
    await head.presses("Соглашаюсь")
    await head.says("Орлова Наталья Викторовна")
    await head.says("Лицей № 12")
    await head.says("РМО библиотекарей Заречного района")
    await head.says("Заречный")
    await head.presses("2026/2027")
    return head


async def invitation_digits(world: World) -> str:
    """The digits of the members' invitation."""
    head = world.head
    await head.says("Руководителю")
    await head.presses("Пригласить коллег")
    text = next(shown.plain for shown in reversed(head.chat.shown) if "Текст для коллег" in shown.plain)
    return text.rpartition("цифры: ")[2].replace(" ", "")


async def join(world: World, telegram_id: int, name: str, school: str) -> Person:
    """A librarian comes in by the digits."""
    digits = await invitation_digits(world)
    person = world.person(telegram_id)
    await person.says(digits)
    await person.presses("Соглашаюсь")
    await person.says(name)
    await person.says(school)
    return person
