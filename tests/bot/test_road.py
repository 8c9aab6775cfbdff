"""The main road once, on both databases: joining, the plan, a day named, an answer, a reminder."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from documents.example_plan import write_example_plan
from tests.bot.conftest import World
from tests.bot.people import join, join_head


@pytest.fixture
async def world(database_url: str, make_world: Callable[[str], Awaitable[World]]) -> World:
    return await make_world(database_url)


async def test_the_whole_road(world: World) -> None:
    head = await join_head(world)
    preview = await head.sends(write_example_plan(2026), "план.docx")
    assert "2026/2027 учебный год" in preview.plain
    await head.presses("Сохранить")
    maria = await join(world, 2002, "Петрова Мария Ивановна", "СОШ 45")
    assert "Мария Ивановна, вы в списке" in maria.sees.plain

    card = await maria.says("Ближайшее")
    assert "день пока не назван" in card.plain
    assert "Приду" not in card.labels

    await head.says("Руководителю")
    await head.presses("18 ср")
    assert "Расскажу 1 человеку" in head.sees_all
    await head.presses("Подтвердить")
    await world.rings()
    assert "Назван день: Заседания РМО" in maria.sees_all
    assert "Среда, 18 ноября, 14:00" in maria.sees_all

    await maria.presses("Приду")
    assert "Ваш ответ: приду" in maria.sees.plain

    world.clock.forward(days=15, hours=8)  # 17 November, 18:00
    await world.rings()
    assert "Завтра в 14:00" in maria.sees.plain
