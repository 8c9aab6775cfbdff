"""What is stored about a person: seen, taken away, withdrawn, erased."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.answering import answer, who_comes
from actions.asking import ask, keep_unsaid, reply
from actions.own_data import erase, export, give_phone, kept, withdraw
from domain.certificates import Holder
from domain.errors import DomainError
from domain.records import (
    Actor,
    Answer,
    Association,
    Detail,
    Event,
    Mark,
    TalkForm,
    TalkStanding,
    Way,
)
from domain.roles import Part, Role
from domain.talks import TalkDraft
from storage import tables
from storage.engine import Database
from storage.inbox import Received
from storage.outbox import State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    CONSENT,
    LATER_DAY,
    NOW,
    SCHOOL,
    SEMINAR_DAY,
    YEAR,
    a_member,
    a_message,
    actor_of,
    an_association,
    an_event,
    states,
    stored,
)

TELEGRAM_ID = 771_177_711
HOUR = timedelta(hours=1)


@pytest.fixture
async def member(database: Database, home: Association) -> Actor:
    """One of its members, with a name that nobody else has."""
    return await a_member(database, home, "Неповторимова Ульяна Ефимовна", telegram_id=TELEGRAM_ID)


async def the_question(database: Database) -> int:
    [row] = await stored(database, tables.questions)
    return int(row.id)


def _of(event: Event) -> dict[str, str]:
    return {"title": event.title, "starts_at": event.starts_at.isoformat()}


async def test_the_export_holds_everything(
    database: Database, coordinator: Actor, member: Actor, event: Event
):
    """Name, school, role, consent, answers, questions and the replies to them."""
    await answer(UnitOfWork(database), member, event.id, Answer.UNDECIDED, NOW + HOUR)
    await ask(UnitOfWork(database), member, "Можно прийти вдвоём?", NOW)
    await reply(UnitOfWork(database), coordinator, await the_question(database), "Конечно.", NOW + HOUR)
    await give_phone(UnitOfWork(database), member, "8 (913) 123-45-67")
    async with (uow := UnitOfWork(database)) as rows:
        ours = rows.association(member.home.id)
        await ours.roster.add_school(member.person_id, await ours.members.add_school("Лицей № 12"))
        await ours.roster.set_position(member.person_id, "педагог-библиотекарь")
        await ours.roster.set_detail(member.person_id, Detail.CATEGORY, "первая")
        await ours.roster.set_detail(member.person_id, Detail.SERVICE, "15")
        group_id = await ours.groups.add("Новички")
        await ours.groups.add("Не про неё")
        assert group_id is not None
        await ours.groups.put(member.person_id, [group_id])
        await ours.parts.give(event.id, member.person_id, Part.HOST, NOW)
        talk = TalkDraft(member.person_id, "Неповторимова У. Е.", SCHOOL, "Буктрейлер", TalkForm.WORKSHOP)
        await ours.talks.add(event.id, talk, TalkStanding.PROPOSED, member.person_id, NOW)
        await ours.attendance.mark(event.id, member.person_id, Mark.LATE, None, coordinator.person_id, NOW)
        await ours.code_words.count_wrong(event.id, member.person_id)
        await ours.readings.add(event.id, member.person_id, NOW)
        await ours.feedback.put(event.id, member.person_id, "Спасибо!", NOW)
        await ours.certificates.give(event.id, [Holder("person", member.person_id)], YEAR, NOW)
        await uow.commit()
    taken = json.loads(await export(UnitOfWork(database), member))
    assert taken == {
        "association": "РМО Приозёрного района",
        "telegram_id": TELEGRAM_ID,
        "surname": "Неповторимова",
        "given_name": "Ульяна",
        "patronymic": "Ефимовна",
        "phone": "79131234567",
        "school": SCHOOL,
        "other_schools": ["Лицей № 12"],
        "organisation": "",
        "position": "педагог-библиотекарь",
        "category": "первая",
        "service": "15",
        "away_until": None,
        "groups": ["Новички"],
        "role": Role.MEMBER,
        "handovers": [],
        "consent": {"version": 1, "text": CONSENT, "at": NOW.isoformat()},
        "joined_at": NOW.isoformat(),
        "reminders": {"reminders": "usual", "paused_until": None, "weekly": False, "monthly": False},
        "calendar_link": False,
        "answers": [
            {
                "title": event.title,
                "starts_at": event.starts_at.isoformat(),
                "answer": Answer.UNDECIDED,
                "answered_at": (NOW + HOUR).isoformat(),
                "reason": "",
                "substitute": "",
            }
        ],
        "parts_in_events": [
            {"title": event.title, "starts_at": event.starts_at.isoformat(), "part": Part.HOST}
        ],
        "talks": [
            {
                "title": event.title,
                "starts_at": event.starts_at.isoformat(),
                "speaker": "Неповторимова У. Е.",
                "organisation": SCHOOL,
                "theme": "Буктрейлер",
                "form": TalkForm.WORKSHOP,
                "standing": TalkStanding.PROPOSED,
            }
        ],
        "attendance": [{**_of(event), "mark": Mark.LATE, "way": Way.ROLL, "at": NOW.isoformat()}],
        "wrong_words_and_digits": [{**_of(event), "wrong": 1}],
        "readings": [{**_of(event), "at": NOW.isoformat()}],
        "feedback": [{**_of(event), "text": "Спасибо!", "at": NOW.isoformat()}],
        "certificates": [{"title": event.title, "school_year": YEAR, "number": 1, "at": NOW.isoformat()}],
        "questions": [
            {
                "question": "Можно прийти вдвоём?",
                "asked_at": NOW.isoformat(),
                "reply": "Конечно.",
                "replied_at": (NOW + HOUR).isoformat(),
            }
        ],
    }


async def test_the_export_holds_nobody_else_s_data(
    database: Database, coordinator: Actor, member: Actor, event: Event
):
    """Neither their answers nor their questions, nor what they speak of."""
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    await ask(UnitOfWork(database), member, "Можно прийти вдвоём?", NOW)
    taken = json.loads(await export(UnitOfWork(database), coordinator))
    assert (taken["answers"], taken["questions"]) == ([], [])


async def test_she_sees_when_she_consented(database: Database, member: Actor):
    """To the second."""
    assert (await kept(UnitOfWork(database), member)).consented_at == NOW


async def test_whoever_withdraws_is_in_no_list_and_hears_nothing(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    """What waited for her does not go; what she answered is kept, and counts no longer."""
    over = await an_event(database, home, LATER_DAY)
    for one in (event, over):
        await answer(UnitOfWork(database), member, one.id, Answer.GOING, NOW)
    await a_message(database, member)
    await withdraw(UnitOfWork(database), member, SEMINAR_DAY.ends_at(home.zone))
    left = await actor_of(database, TELEGRAM_ID)
    assert (left.role, left.association, left.dialogue) == (Role.LEFT, None, None)
    assert await states(database) == [State.OBSOLETE]
    assert len(await stored(database, tables.rsvps)) == 2
    _, turnout = await who_comes(UnitOfWork(database), coordinator, over.id)
    assert [one.person_id for one in turnout.people] == [coordinator.person_id]
    async with UnitOfWork(database).reading() as rows:
        ours = rows.association(home.id)
        ahead = await ours.events.card(over.id, coordinator.person_id, NOW)
        past = await ours.events.card(event.id, coordinator.person_id, NOW)
        assert await rows.mailing.count_told(home.id) == 1
    assert ahead is not None
    assert past is not None
    assert (ahead.going, past.going) == (0, 1)
    assert [line.kind for line in await stored(database, tables.journal)] == ["withdrew"]


async def test_a_coordinator_who_withdraws_is_no_coordinator_any_more(
    database: Database, home: Association, coordinator: Actor
):
    """Nobody's questions reach her."""
    await withdraw(UnitOfWork(database), coordinator, NOW)
    async with UnitOfWork(database).reading() as rows:
        assert await rows.association(home.id).members.coordinators() == []
    [row] = await stored(database, tables.memberships)
    assert (row.role, row.status) == (Role.MEMBER, "left")


async def test_withdrawing_from_one_association_leaves_the_other(
    database: Database, home: Association, member: Actor
):
    """She acts there from now on."""
    elsewhere = await an_association(database, "РМО Заречного района")
    there = await a_member(database, elsewhere, "Неповторимова Ульяна Ефимовна", telegram_id=TELEGRAM_ID)
    await a_message(database, there)
    await withdraw(UnitOfWork(database), member, NOW)
    assert (await actor_of(database, TELEGRAM_ID)).home == elsewhere
    assert await states(database) == [State.WAITING]


async def everything(database: Database) -> str:
    """Every value of every table, as text."""
    async with database.read() as connection:
        found = [
            [tuple(row) for row in await connection.execute(select(table))]
            for table in tables.metadata.sorted_tables
        ]
    return repr(found)


TRACES = (
    str(TELEGRAM_ID),
    "Неповторимова",
    "Ульяна",
    "Ефимовна",
    "вдвоём",
    "невнятное",
    "79131234567",
    "Набросок",
)


async def test_erasing_leaves_no_trace(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """Of name, Telegram id and words, in any table; not even of the update that asked for it."""
    member = await a_member(
        database, home, "Неповторимова Ульяна Ефимовна", role=Role.COORDINATOR, telegram_id=TELEGRAM_ID
    )
    elsewhere = await an_association(database, "РМО Заречного района")
    await a_member(database, elsewhere, "Неповторимова Ульяна Ефимовна", telegram_id=TELEGRAM_ID)
    member = await a_member(database, home, "Неповторимова Ульяна Ефимовна", telegram_id=TELEGRAM_ID)
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    await ask(UnitOfWork(database), coordinator, "Кто откроет зал?", NOW)
    await reply(UnitOfWork(database), member, await the_question(database), "Я.", NOW)
    await ask(UnitOfWork(database), member, "Можно прийти вдвоём?", NOW)
    await give_phone(UnitOfWork(database), member, "8 913 123-45-67")
    await keep_unsaid(UnitOfWork(database), member, "что-то невнятное")
    await a_message(database, member, event)
    uow = UnitOfWork(database)
    async with uow as rows:
        ours = rows.association(home.id)
        await ours.journal.write("joined", {}, member.person_id, NOW)
        for standing, theme in ((TalkStanding.CONFIRMED, "Буктрейлер"), (TalkStanding.PROPOSED, "Набросок")):
            talk = TalkDraft(member.person_id, "Неповторимова У. Е.", SCHOOL, theme, TalkForm.REPORT)
            await ours.talks.add(event.id, talk, standing, member.person_id, NOW)
        await ours.attendance.mark(event.id, member.person_id, Mark.LATE, None, coordinator.person_id, NOW)
        await ours.feedback.put(event.id, member.person_id, "Спасибо!", NOW)
        await ours.readings.add(event.id, member.person_id, NOW)
        await ours.code_words.count_wrong(event.id, member.person_id)
        await ours.drafts.put(member.person_id, "digest", {"title": "план"}, NOW)
        await ours.events.change(
            event, event.revision, {"venue": "Зал"}, kind="moved", by=member.person_id, now=NOW
        )
        done, failed, asking = await rows.inbox.receive(
            1, [Received(number, TELEGRAM_ID, f'{{"id": {TELEGRAM_ID}}}') for number in (1, 2, 3)]
        )
        await rows.inbox.mark_done(done.id)
        await rows.inbox.set_aside([failed.id])
        await uow.commit()
    before = await everything(database)
    assert all(trace in before for trace in TRACES)
    await erase(UnitOfWork(database, inbox_id=asking.id), member, NOW)
    after = await everything(database)
    assert [trace for trace in TRACES if trace in after] == []
    assert "Кто откроет зал?" in after
    for table in (tables.attendance, tables.checkin_tries, tables.readings, tables.feedback):
        assert not await stored(database, table)
    assert len(await stored(database, tables.revisions)) == 2
    [talk] = await stored(database, tables.talks)
    assert (talk.theme, talk.speaker, talk.organisation, talk.person_id) == ("Буктрейлер", "", "", None)
    async with UnitOfWork(database).reading() as rows:
        assert await rows.people.actor(TELEGRAM_ID) is None


async def test_erasing_one_leaves_the_others(
    database: Database, home: Association, coordinator: Actor, member: Actor, event: Event
):
    """Their answers, and what other people's updates hold."""
    for actor in (coordinator, member):
        await answer(UnitOfWork(database), actor, event.id, Answer.GOING, NOW)
    uow = UnitOfWork(database)
    async with uow as rows:
        [row] = await rows.inbox.receive(1, [Received(1, coordinator.telegram_id, "{}")])
        await rows.inbox.set_aside([row.id])
        await uow.commit()
    await erase(UnitOfWork(database), member, NOW)
    assert [row.person_id for row in await stored(database, tables.rsvps)] == [coordinator.person_id]
    assert len(await stored(database, tables.inbox)) == 1
    assert [(line.kind, line.by_person_id) for line in await stored(database, tables.journal)] == [
        ("erased", None)
    ]


async def test_without_a_membership_there_is_nothing_to_see(database: Database, member: Actor):
    """Of one who was erased a moment ago."""
    await erase(UnitOfWork(database), member, NOW)
    with pytest.raises(DomainError, match="not_a_member"):
        await kept(UnitOfWork(database), member)
