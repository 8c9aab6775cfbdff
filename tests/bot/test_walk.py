"""The coordinator's desk as a graph: every button of every screen is pressed, breadth first.

Her association has people and events of every kind.

How it is counted. «Руководителю» itself is no tap; each button pressed after it is one, an item chosen out
of a list as well, and a turned page. A screen is whatever a press brings that changes nothing (but which
words are waited for): be it a list, a question, a preview, a file. Each is counted by the shortest way to one
of its kind, that is, to what the same button brings for any event, person or value. What lies farther than
three taps stands in FARTHER, with the reason why it may: nothing is there that cannot be read nearer.

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
from tests.bot.test_overseeing import a_methodist
from tests.bot.walking import Screen, Walk, a_busy_desk, deed_of, items_of, kind_of, walk

MOST_TAPS = 3
MOST_BUTTONS = 6
# What lies farther, by the reason why.
FARTHER = {
    # One thing is done by steps, each of which asks for the next word or value.
    "steps of a dialogue that begins three taps away": """
        AddDecisions; AddGuests; AddPerson yes; AskNote ask; AskSeats; AskSetting; NewGroupFor;
        RenameMaterial; SendScan letter; SendScan sheet; AskNumber; AskOffice chairman; AskOffice secretary;
        EditAgenda; EditForm; EditTheme; LeaveOpen day; PickHost; PickPerson; OpenPerson; PickSpeaker;
        ChooseSpeaker; DropTalk; SkipCentre; ProposeMonths; PutOff; TurnDays; AskOutcome; SetResult ask;
        SendBlank attended; SendBlank letter; SendBlank notice; SendBlank protocol; SendBlank spoke; SayHeld
        moved; WithoutReason; TogglePerson; ChooseEverybody; EditDecision
    """,
    # What was pressed holds already.
    "nothing to change": """
        ConfirmChange place; ConfirmInvited all; EnterFor; MoveTalk down; MoveTalk up; PersonSchools
        sheet; SetForm; SetKind; SavePeople
    """,
    # Seen before it is done: it follows what is done.
    "previews": """
        ChooseMode; HandOver stay ask; HandOver leave ask; KeepDetail off; PickSetting; ProposeHost;
        ProposeInvited all; ProposeInvited group; ProposeInvited guests; ProposeInvited nobody; ProposeLeave;
        RemoveGroup ask; SetHelper appoint ask; SetHour; SetQuiet; SetRest; SwitchLead off; SwitchLead on
    """,
    # Its words stand on the screen before it, three taps away, to be read and put right first: a protocol
    # takes its number when it is made.
    "a document whose words are read first": """
        TakeProtocol ask; TakeProtocol nobody; TakeProtocol promised; TakeReport analysis; TakeSiteText;
        TakeBlank attended; TakeBlank letter; TakeBlank notice; TakeBlank protocol; TakeBlank spoke
    """,
    # What it holds stands on a screen that is nearer: the days, who comes, when one can be marked.
    "the same as a file": """
        TakeCalendarFile; TakeCode; TakeSheet
    """,
    # «Когда напоминать» says all that holds; these are the values to choose from.
    "values of a setting": """
        AskTiming hours; AskTiming kinds; AskTiming quiet; AskTiming rest; ChooseHour; ChooseLeads
    """,
    # Of a blank, whether it is one's own; of a line of a protocol or of a roll, what stands there.
    "the list three taps away says all of it": """
        OpenBlank attended; OpenBlank letter; OpenBlank notice; OpenBlank protocol; OpenBlank spoke;
        OpenLine; OpenDecision; FixProtocol; ChooseOutcome
    """,
    # What she does as a member, under the card that «Ближайшее» shows at once.
    "her own answer": """
        AskSubstitute; GiveReason untold; GiveReason words; NameSubstitute
    """,
    # «Загрузить план» is the same screen; what is there of a signed letter stands on the card itself.
    "seen nearer by another button": """
        ShowPlanFile; ShowSigned
    """,
}
KNOWN = frozenset(" ".join(deed.split()) for deeds in FARTHER.values() for deed in deeds.split(";"))
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


def check_near(walked: Walk) -> set[str]:
    """Whatever can be seen without changing anything is at most so many taps away, or is known not to be;
    returns what is not."""
    nearest: dict[str, Screen] = {}
    for screen in walked.screens:
        if isinstance(screen.pressed, CallbackData) and not screen.changes:
            nearest.setdefault(deed_of(screen.pressed), screen)
    far = {deed: screen for deed, screen in nearest.items() if len(screen.way) - 1 > MOST_TAPS}
    assert [str(screen) for deed, screen in far.items() if deed not in KNOWN] == [], "too far"
    return set(far)


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
    check_near(walked)


@pytest.mark.timeout(600)
async def test_what_a_methodist_sees(world: World) -> None:
    await a_busy_desk(world)
    walked = await walk(world, await a_methodist(world), "Мои объединения", "План на год")
    check_alive(walked)
    check_not_crowded(walked)
    check_near(walked)
    assert {"ShowOverseen", "ShowOverseenReports"} <= {shown_by(screen) for screen in walked.screens}


@pytest.mark.timeout(600)  # some hundred conversations
async def test_the_desk(world: World) -> None:
    head = await a_busy_desk(world)
    await head.says("Ближайшее")
    await head.presses("Приду")  # so that «Подробнее» stands under her card
    walked = await walk(world, head, "Руководителю")

    assert len(walked.screens) > 200
    check_alive(walked)

    check_not_crowded(walked)
    assert KNOWN - check_near(walked) == set(), "it has come nearer, and needs no reason any more"
    # So that the silence above means something.
    seen = {what for what, _ in screens_of(walked)}
    assert {"ShowSettings usual", "ShowTiming home", "ShowPerson", "ShowSchool", "ShowGroupPeople"} <= seen
    assert {"ShowCallList", "ShowJournal", "ShowGroup", "ShowAttendees", "ShowEvent", "ShowRoll"} <= seen


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
