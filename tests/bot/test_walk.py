"""The coordinator's desk as a graph: every button of every screen is pressed, breadth first.

Her association has people and events of every kind.

How it is counted. «Руководителю» itself is no tap; each button pressed after it is one, an item chosen out
of a list as well. A screen is what a button of a kind that begins with «Show» leads to: there something
stands as it is, and may be gone on from. What other buttons bring (a question, the values to choose from, a
preview, a confirmation, what was done) belongs to doing something on the screen where one stands, and is not
counted as another screen. Each screen is counted by the shortest way to one of its kind.

Six buttons. Every button of a screen counts, «‹ Назад» too, but for: the items of a list or of a grid
(buttons that do the same to different people, events, days, values), the way to the list's other pages (◀
and ▶), and the answers to the very question that a message asks.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.views.callback_data import CallbackData
from bot.views.event_keys import ChangeEvent
from bot.views.keyboards import GiveAnswer, ShowEvent, ShowNext, button
from bot.views.naming_keys import ProposeDay
from bot.views.people_keys import ShowPerson
from bot.views.words import t
from domain.records import Answer
from tests.bot.conftest import World
from tests.bot.people import entrust
from tests.bot.walking import Screen, Walk, a_busy_desk, items_of, kind_of, walk

MOST_TAPS = 3
MOST_BUTTONS = 6
# The keys of everybody's.
KEYS = ("Ближайшее", "План на год", "Мои ответы", "Настройки", "Помощь")


def shown_by(screen: Screen) -> str:
    """The name of the kind of button that led to a screen."""
    return type(screen.pressed).__name__


def screens_of(walked: Walk) -> Iterator[tuple[str, Screen]]:
    """The screens proper, each with what it is: the kind of its button, and what that says it shows."""
    for screen in walked.screens:
        if isinstance(screen.pressed, CallbackData) and shown_by(screen).startswith("Show"):
            yield f"{shown_by(screen)} {getattr(screen.pressed, 'screen', '')}".strip(), screen


def counted(screen: Screen) -> list[str]:
    """The labels that count."""
    found = []
    for alike in items_of(screen.buttons):
        kind = kind_of(alike[0])
        if len(alike) == 1 and type(kind).__name__ != "GiveAnswer" and not _turns(alike[0].text):
            found.append(alike[0].text)
    return found


def _turns(label: str) -> bool:
    return label.startswith("◀") or label.endswith("▶")


def check_alive(walked: Walk) -> None:
    """Every button was answered, and none was refused as soon as it was shown."""
    assert walked.dead == [], "buttons that give no answer"
    assert walked.faults == [], "what Telegram would refuse, or what went wrong"
    stale = str(t("stale-button"))
    assert [str(one) for one in walked.screens if stale in one.text] == [], "buttons refused as soon as shown"


def check_not_crowded(walked: Walk) -> None:
    """No screen has more buttons than are taken in at a glance."""
    crowded = [
        f"{screen}: {counted(screen)}"
        for _, screen in screens_of(walked)
        if len(counted(screen)) > MOST_BUTTONS
    ]
    assert crowded == [], f"more than {MOST_BUTTONS} buttons"


@pytest.mark.timeout(600)
async def test_what_a_member_sees(world: World) -> None:
    await a_busy_desk(world)
    walked = await walk(world, world.person(2002), *KEYS)
    assert len(walked.screens) > 40
    check_alive(walked)
    assert not {shown_by(screen) for screen in walked.screens} & {"ShowDesk", "ShowMore", "ShowAttendees"}


@pytest.mark.timeout(600)
async def test_what_a_presenter_sees(world: World) -> None:
    await a_busy_desk(world)
    maria = world.person(2002)
    await entrust(world, maria, "Заседание РМО")
    walked = await walk(world, maria, "Ближайшее")
    check_alive(walked)
    kinds = {shown_by(screen) for screen in walked.screens}
    assert {"ShowAttendees", "ShowMore", "ShowListMore", "ShowGuests", "ShowPapers"} <= kinds
    assert not {"ShowDesk", "ShowEdit", "ShowOther"} & kinds
    check_not_crowded(walked)


@pytest.mark.timeout(600)  # some hundred conversations
async def test_the_desk(world: World) -> None:
    head = await a_busy_desk(world)
    await head.says("Ближайшее")
    await head.presses("Приду")  # so that «Подробнее» stands under her card
    walked = await walk(world, head, "Руководителю")

    assert len(walked.screens) > 200
    check_alive(walked)

    check_not_crowded(walked)
    taps: dict[str, Screen] = {}
    for what, screen in screens_of(walked):
        taps.setdefault(what, screen)
    far = [str(screen) for screen in taps.values() if len(screen.way) - 1 > MOST_TAPS]
    assert far == [], f"farther than {MOST_TAPS} taps"
    # So that the silence above means something.
    assert {"ShowSettings usual", "ShowTiming home", "ShowPerson", "ShowSchool", "ShowGroupPeople"} <= set(
        taps
    )
    assert {"ShowCallList", "ShowJournal", "ShowGroup", "ShowAttendees", "ShowEvent"} <= set(taps)


def test_what_counts_as_a_button() -> None:
    """The items of a list, days, pages and answers don't; everything else does."""
    rows = [
        [button(name, ShowPerson(person=at)) for at, name in enumerate(("Белова", "Орлова"), 1)],
        [button("18 ср", ProposeDay(event=1, day="20261118", at="-"))],
        [button("19 чт", ProposeDay(event=1, day="20261119", at="-"))],
        [button("Приду", GiveAnswer(event=1, answer=Answer.GOING, place=0))],
        [button("Дальше ▶", ShowNext(offset=1))],
        [button("Отменить встречу", ChangeEvent(event=1, act="cancel"))],
        [button("Напомнить молчащим", ChangeEvent(event=1, act="nudge"))],
        [button("‹ Назад", ShowEvent(event=1))],
    ]
    screen = Screen(("Руководителю",), None, "", tuple(map(tuple, rows)), 1, None)
    assert counted(screen) == ["Отменить встречу", "Напомнить молчащим", "‹ Назад"]
