"""The proof by fault injection in short, for every run of the tests; `make chaos` is the whole of it."""

from __future__ import annotations

import random
from inspect import iscoroutinefunction
from pathlib import Path

import pytest

from tests.chaos import machines, trouble
from tests.chaos.kills import Kill, Pressed, Starts, Told, interrupted_delivery, interrupted_presses
from tests.chaos.points import POINTS
from tests.chaos.stage import Size, Templates

# The bot is started eight times, and a start takes seconds on a small machine.
pytestmark = pytest.mark.timeout(300)

SMALL = Size(people=150, rate=1_000)


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    return Templates(tmp_path)


def test_there_are_twenty_points_at_least() -> None:
    assert len(POINTS) >= 20


@pytest.mark.parametrize("point", POINTS)
def test_a_point_is_there(point: str) -> None:
    home, method = POINTS[point].home()
    assert iscoroutinefunction(getattr(home, method))


async def test_kills_at_named_points_lose_nobody(templates: Templates) -> None:
    told = Told()
    kills = [
        Kill("while a request is under way", 10),
        Kill("before outcomes are committed", 2),
    ]
    await interrupted_delivery(templates, SMALL, kills, Starts(), told)
    assert told.broken == []
    assert told.kills == 2


async def test_kills_lose_no_press(templates: Templates) -> None:
    chance = random.Random(7)
    pressed = Pressed()
    for _ in range(200):
        pressed.add(chance.randint(1, SMALL.people))
    kills = [Kill(messages=60)]
    assert await interrupted_presses(templates, SMALL, pressed, kills, Starts()) == []


async def test_a_lost_answer_makes_one_copy_more_at_most(templates: Templates) -> None:
    assert (await trouble.lost_answers(templates, SMALL)).broken == []


async def test_a_frozen_sender_is_relieved(templates: Templates, postgres_template: str) -> None:
    assert (await machines.frozen_sender(templates, Size(SMALL.people, 28))).broken == []


async def test_a_429_to_one_pauses_both_and_a_death_is_survived(
    templates: Templates, postgres_template: str
) -> None:
    assert (await machines.a_pause_and_a_death(templates, Size(SMALL.people, 28))).broken == []
