"""People whom the bot cannot reach: answers entered for them, and people added by hand."""

from __future__ import annotations

import pytest

from actions.answering import answer, who_comes
from actions.calling import add_person, answer_for, answer_for_anyone, call_list, member_of_list
from actions.declining import give_reason
from domain.errors import DomainError
from domain.records import Actor, Answer, Association, Event
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    SCHOOL,
    SEMINAR_DAY,
    a_coordinator,
    a_member,
    an_association,
    an_event,
    cancel,
    stored,
)

OLGA = "Белова Ольга Петровна, школа 412, 8 (913) 123-45-67"
CONSENT = "Согласие есть?"


async def added(database: Database, coordinator: Actor, words: str = OLGA) -> int:
    """Somebody is added by hand; returns her id."""
    await add_person(UnitOfWork(database), coordinator, words, CONSENT, NOW)
    return max(row.id for row in await stored(database, tables.persons))


async def test_a_person_without_telegram_is_an_active_member(
    database: Database, home: Association, coordinator: Actor
):
    """With school, telephone and the wording of the consent; who added her is in the journal."""
    school = await a_member(database, home)
    person_id = await added(database, coordinator)
    [person] = await stored(database, tables.persons, tables.persons.c.id == person_id)
    assert (person.surname, person.phone, person.telegram_id) == ("Белова", "79131234567", None)
    [row] = await stored(database, tables.memberships, tables.memberships.c.person_id == person_id)
    assert (row.status, row.role, row.consent_text, row.consented_at) == ("active", "member", CONSENT, NOW)
    assert school.school == SCHOOL
    [line] = await stored(database, tables.journal)
    assert (line.kind, line.by_person_id, line.facts) == (
        "added_person",
        coordinator.person_id,
        {"person": person_id},
    )


async def test_her_answer_is_entered_and_counts(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """In the list and on the card; who entered it is in the journal, once."""
    person_id = await added(database, coordinator)
    for _ in range(2):
        listed = await answer_for(UnitOfWork(database), coordinator, event.id, person_id, Answer.GOING, NOW)
    assert [(one.person_id, one.answer) for one in listed.people] == [(person_id, Answer.GOING)]
    _, turnout = await who_comes(UnitOfWork(database), coordinator, event.id)
    assert {one.person_id: one.answer for one in turnout.people} == {
        coordinator.person_id: None,
        person_id: Answer.GOING,
    }
    async with UnitOfWork(database).reading() as rows:
        card = await rows.association(home.id).events.card(event.id, coordinator.person_id, NOW)
    assert card is not None
    assert card.going == 1
    lines = [line for line in await stored(database, tables.journal) if line.kind == "answered_for"]
    assert [(line.by_person_id, line.facts) for line in lines] == [
        (coordinator.person_id, {"event": event.id, "person": person_id, "answer": "going"})
    ]


async def test_only_those_out_of_reach_are_in_the_list(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """By surname; an answer that one gave before is shown."""
    member, blocked = await a_member(database, home), await a_member(database, home, "Ким Анна Юрьевна")
    await answer(UnitOfWork(database), blocked, event.id, Answer.UNDECIDED, NOW)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.people.mark_unreachable(blocked.telegram_id, NOW)
        await uow.commit()
    person_id = await added(database, coordinator)
    listed = await call_list(UnitOfWork(database), coordinator, event.id, NOW)
    assert listed is not None
    assert [(one.person_id, one.answer) for one in listed.people] == [
        (person_id, None),
        (blocked.person_id, Answer.UNDECIDED),
    ]
    with pytest.raises(DomainError, match="answers_herself"):
        await answer_for(UnitOfWork(database), coordinator, event.id, member.person_id, Answer.GOING, NOW)


async def test_the_nearest_event_that_takes_answers(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """Neither one without a day nor a cancelled one."""
    await an_event(database, home, NOVEMBER)
    listed = await call_list(UnitOfWork(database), coordinator, None, NOW)
    assert listed is not None
    assert listed.event.id == event.id
    await cancel(database, event)
    assert await call_list(UnitOfWork(database), coordinator, None, NOW) is None
    with pytest.raises(DomainError, match="event_unknown"):
        await call_list(UnitOfWork(database), coordinator, 999, NOW)


async def test_for_one_who_phoned_it_is_entered_too(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """Though the bot reaches her; what she said of another answer goes, the journal says who entered it."""
    member, uow = await a_member(database, home), UnitOfWork(database)
    await answer(uow, member, event.id, Answer.DECLINED, NOW)
    await give_reason(uow, member, event.id, "уроки")
    for _ in range(2):
        _, line = await answer_for_anyone(uow, coordinator, event.id, member.person_id, Answer.GOING, NOW)
    assert (line.person_id, line.answer, line.reason) == (member.person_id, Answer.GOING, "")
    assert await member_of_list(uow, coordinator, event.id, member.person_id) == (event, line)
    [entered] = await stored(database, tables.journal)
    assert (entered.kind, entered.by_person_id) == ("answered_for", coordinator.person_id)
    with pytest.raises(DomainError, match="person_unknown"):
        await answer_for_anyone(uow, coordinator, event.id, 999, Answer.GOING, NOW)
    begun = SEMINAR_DAY.begins_at(home.zone)
    with pytest.raises(DomainError, match="answers_closed"):
        await answer_for_anyone(uow, coordinator, event.id, member.person_id, Answer.DECLINED, begun)


async def test_what_cannot_be_answered_any_more(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """An event that has begun or is unknown; a person who is not here, or of another association."""
    person_id = await added(database, coordinator)
    elsewhere = await an_association(database, "РМО Заречного района")
    stranger = await added(database, await a_coordinator(database, elsewhere), OLGA)
    begun = SEMINAR_DAY.begins_at(home.zone)
    for event_id, who, now, code in (
        (event.id, person_id, begun, "answers_closed"),
        (999, person_id, NOW, "event_unknown"),
        (event.id, stranger, NOW, "person_unknown"),
        (event.id, 999, NOW, "person_unknown"),
    ):
        with pytest.raises(DomainError, match=code):
            await answer_for(UnitOfWork(database), coordinator, event_id, who, Answer.GOING, now)
    assert await stored(database, tables.rsvps) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Белова Ольга Петровна, СОШ 45", "person_not_understood"),
        ("Белова, СОШ 45, 8 913 123-45-67", "name_one_word"),
        ("Белова Ольга Петровна, ---, 8 913 123-45-67", "school_empty"),
        ("Белова Ольга Петровна, СОШ 45, 123", "phone_not_understood"),
        ("Орлова Нина Викторовна, СОШ 45, 8 913 123-45-67", "person_already_in"),
    ],
)
async def test_what_is_not_understood_is_not_stored(
    database: Database, coordinator: Actor, words: str, code: str
):
    """And said so."""
    with pytest.raises(DomainError, match=code):
        await added(database, coordinator, words)
    assert len(await stored(database, tables.persons)) == 1
    assert len(await stored(database, tables.schools)) == 1


async def test_parts_may_stand_on_lines_of_their_own(database: Database, coordinator: Actor):
    """As they come out of a table; a school may have commas in its name."""
    words = "Белова Ольга Петровна\nЛицей № 12, корпус 2\n+7 913 123 45 67"
    done = await add_person(UnitOfWork(database), coordinator, words, CONSENT, NOW)
    assert (done.name.full, done.school) == ("Белова Ольга Петровна", "Лицей № 12, корпус 2")
