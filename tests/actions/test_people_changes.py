"""Leaving, long leave, coming in by request, merged records: on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from actions.admitting import admit, refuse, set_door
from actions.answering import answer
from actions.calling import add_person, answer_for
from actions.declining import give_reason, name_substitute
from actions.doors import Key, consent
from actions.joining import give_name, give_school
from actions.leaving import bring_back, mark_away, mark_gone, propose_leaving
from actions.merging import merge, part
from actions.own_data import erase, export
from actions.seating import set_seats
from actions.tasks import my_tasks
from domain.errors import DomainError
from domain.records import (
    Actor,
    Answer,
    Association,
    Event,
    Mark,
    Standing,
    TalkForm,
    TalkStanding,
    Way,
)
from domain.roles import Role
from domain.talks import TalkDraft
from storage import tables
from storage.engine import Database
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    a_coordinator,
    a_member,
    a_message,
    actor_of,
    an_association,
    an_event,
    an_invitation,
    stored,
)

HOUR = timedelta(hours=1)


@pytest.fixture
async def head(database: Database, home: Association) -> Actor:
    return await a_coordinator(database, home)


@pytest.fixture
async def maria(database: Database, home: Association, head: Actor) -> Actor:
    return await a_member(database, home, school="СОШ № 45")


async def journal(database: Database) -> list[str]:
    return [line.kind for line in await stored(database, tables.journal)]


async def counts(database: Database, head: Actor, event: Event) -> tuple[int, Answer | None]:
    """How many come, and what Мария, as person 2, has answered."""
    async with UnitOfWork(database).reading() as rows:
        card = await rows.association(head.home.id).events.card(event.id, 2, NOW)
    assert card is not None
    return card.going, card.answer


async def test_gone_and_back(database: Database, head: Actor, maria: Actor, event: Event):
    uow = UnitOfWork(database)
    await answer(uow, maria, event.id, Answer.GOING, NOW)
    await a_message(database, maria, event)
    proposed = await propose_leaving(uow, head, maria.person_id, None, NOW)
    assert proposed == await mark_gone(uow, head, maria.person_id, NOW)
    assert (proposed.answers, proposed.deserted) == (1, (maria.school,))
    assert (await actor_of(database, maria.telegram_id)).role is Role.LEFT
    assert await counts(database, head, event) == (0, None)
    [message] = await stored(database, tables.outbox)
    assert message.state == State.OBSOLETE
    member, answers = await bring_back(uow, head, maria.person_id, NOW)
    assert (member.standing, answers) == (Standing.ACTIVE, 1)
    assert (await actor_of(database, maria.telegram_id)).home.id == head.home.id
    assert await counts(database, head, event) == (1, Answer.GOING)
    assert await journal(database) == ["person_gone", "person_back"]


async def test_gone_from_one_association_she_acts_in_the_other(database: Database, head: Actor, maria: Actor):
    other = await an_association(database, "ГМО Заозёрска")
    async with (uow := UnitOfWork(database)) as rows:
        members = rows.association(other.id).members
        await members.add(maria.person_id, Role.MEMBER, "", NOW)
        await members.activate(maria.person_id, NOW)
        await uow.commit()
    await mark_gone(UnitOfWork(database), head, maria.person_id, NOW)
    assert (await actor_of(database, maria.telegram_id)).home.id == other.id
    # She acts there still once she is back.
    await bring_back(UnitOfWork(database), head, maria.person_id, NOW)
    assert (await actor_of(database, maria.telegram_id)).home.id == other.id


async def test_a_coordinator_brought_back_has_the_desk_again(
    database: Database, home: Association, head: Actor
):
    other = await a_coordinator(database, home, "Белова Ольга Петровна")
    await mark_gone(UnitOfWork(database), head, other.person_id, NOW)
    await bring_back(UnitOfWork(database), head, other.person_id, NOW)
    assert (await actor_of(database, other.telegram_id)).role is Role.COORDINATOR


async def test_on_leave_till_before_the_event_nothing_is_withdrawn(
    database: Database, head: Actor, maria: Actor, event: Event
):
    uow = UnitOfWork(database)
    await answer(uow, maria, event.id, Answer.GOING, NOW)
    assert (await mark_away(uow, head, maria.person_id, date(2026, 10, 20), NOW)).answers == 0
    assert (await mark_away(uow, head, maria.person_id, date(2026, 10, 21), NOW)).answers == 1
    assert await counts(database, head, event) == (0, None)
    async with uow.reading() as rows:
        member = await rows.association(head.home.id).roster.get(maria.person_id)
    assert member is not None
    assert member.away_until is not None
    assert member.away_until.astimezone(head.home.zone).isoformat() == "2026-10-21T00:00:00+07:00"


async def test_nobody_marks_herself(database: Database, head: Actor):
    with pytest.raises(DomainError) as refused:
        await mark_gone(UnitOfWork(database), head, head.person_id, NOW)
    assert refused.value.code == "leave_yourself"


async def asks(database: Database, head: Actor) -> Actor:
    """Somebody asks to be let in."""
    uow = UnitOfWork(database)
    await set_door(uow, head, by_request=True, now=NOW)
    await an_invitation(database, head.home)
    actor = await consent(uow, Key(42, "code", ()), lambda _: "Согласие", NOW)
    actor = await give_name(uow, actor, "Белова Ольга Петровна", NOW)
    return await give_school(uow, actor, "СОШ № 7", NOW)


async def test_a_request_is_told_to_coordinators_and_its_outcome_to_her(
    database: Database, head: Actor, maria: Actor
):
    olga = await asks(database, head)
    assert olga.role is Role.WAITING
    await refuse(UnitOfWork(database), head, olga.person_id, NOW)
    assert (await actor_of(database, 42)).role is Role.LEFT
    await admit(UnitOfWork(database), head, olga.person_id, NOW)
    assert (await actor_of(database, 42)).role is Role.MEMBER
    told = [(row.kind, row.person_id, row.version) for row in await stored(database, tables.outbox)]
    assert told == [
        (Message.REQUEST, head.person_id, olga.person_id),
        (Message.REFUSAL, olga.person_id, 0),
        (Message.ADMITTED, olga.person_id, 0),
    ]
    assert await journal(database) == ["door_changed", "person_refused", "joined", "person_admitted"]


async def test_one_who_comes_back_asks_too(database: Database, head: Actor, maria: Actor):
    await mark_gone(UnitOfWork(database), head, maria.person_id, NOW)
    await set_door(UnitOfWork(database), head, by_request=True, now=NOW)
    await an_invitation(database, head.home)
    key = Key(maria.telegram_id, "code", ())
    assert (await consent(UnitOfWork(database), key, lambda _: "", NOW)).role is Role.WAITING


async def twin(database: Database, head: Actor, event: Event, given: Answer) -> int:
    """Мария again, by hand, with an answer given an hour from now; her telephone is known."""
    uow = UnitOfWork(database)
    await add_person(uow, head, "Петрова Маша Ивановна, СОШ № 7, 8 913 123-45-67", "", NOW)
    [*_, person] = await stored(database, tables.persons)
    await answer_for(uow, head, event.id, person.id, given, NOW + HOUR)
    return int(person.id)


async def test_merged_and_parted(database: Database, head: Actor, maria: Actor, event: Event):
    uow = UnitOfWork(database)
    await answer(uow, maria, event.id, Answer.DECLINED, NOW)
    other = await twin(database, head, event, Answer.GOING)
    task = await an_event(database, head.home, NOVEMBER, title="Отчёт", gathering=False)
    async with uow as rows:
        ours = rows.association(head.home.id)
        await ours.assignments.name(task.id, [other], NOW)
        group_id = await ours.groups.add("Новички")
        assert group_id is not None
        await ours.groups.put(other, [group_id])
        talk = TalkDraft(other, "Петрова М. И.", "", "Буктрейлер", TalkForm.REPORT)
        await ours.talks.add(event.id, talk, TalkStanding.CONFIRMED, head.person_id, NOW)
        await uow.commit()

    async def stands() -> tuple[object, ...]:
        async with uow.reading() as rows:
            ours = rows.association(head.home.id)
            return (
                len(await ours.roster.everybody()),
                await rows.people.phone(maria.person_id),
                await ours.groups.of_person(maria.person_id),
                [one.id for one in await my_tasks(uow, maria)],
                [one["theme"] for one in await ours.talks.of_person(maria.person_id)],
                await counts(database, head, event),
            )

    before = await stands()
    assert before == (3, "", [], [], [], (1, Answer.DECLINED))
    pair = await merge(uow, head, other, maria.person_id, NOW + 2 * HOUR)
    assert pair.kept.person_id == maria.person_id
    assert await stands() == (2, "79131234567", [group_id], [task.id], ["Буктрейлер"], (1, Answer.GOING))
    await part(uow, head, pair.merge_id, NOW + 3 * HOUR)
    assert await stands() == before
    assert (await journal(database))[-2:] == ["people_merged", "people_parted"]


async def test_what_was_marked_read_and_said_goes_over_and_comes_back(
    database: Database, head: Actor, maria: Actor, event: Event
):
    """Where both records are marked, she was there once."""
    uow = UnitOfWork(database)
    other = await twin(database, head, event, Answer.GOING)
    meeting = await an_event(database, head.home, title="Заседание")
    async with uow as rows:
        ours = rows.association(head.home.id)
        for one in (event, meeting):
            await ours.attendance.mark(one.id, other, Mark.LATE, None, head.person_id, NOW)
        await ours.attendance.check_in(event.id, maria.person_id, Way.QR, NOW)
        await ours.readings.add(meeting.id, other, NOW)
        await ours.feedback.put(event.id, other, "Спасибо!", NOW)
        await uow.commit()

    async def stands() -> tuple[object, ...]:
        async with uow.reading() as rows:
            ours = rows.association(head.home.id)
            marks = await ours.attendance.of_events([event.id, meeting.id])
            said = await ours.feedback.of_event(event.id)
            return (
                {key: {who: one.mark for who, one in those.items()} for key, those in marks.items()},
                [one["title"] for one in await ours.readings.export(maria.person_id)],
                [one.person_id for one in said],
            )

    before = await stands()
    assert before == (
        {event.id: {other: Mark.LATE, maria.person_id: Mark.PRESENT}, meeting.id: {other: Mark.LATE}},
        [],
        [other],
    )
    pair = await merge(uow, head, other, maria.person_id, NOW + 2 * HOUR)
    assert await stands() == (
        {event.id: {maria.person_id: Mark.PRESENT}, meeting.id: {maria.person_id: Mark.LATE}},
        ["Заседание"],
        [maria.person_id],
    )
    await part(uow, head, pair.merge_id, NOW + 3 * HOUR)
    assert await stands() == before


async def test_what_was_said_of_an_answer_goes_with_it_and_comes_back(
    database: Database, head: Actor, maria: Actor, event: Event
):
    """The later one's reason and substitute; hers again once they are two. A reason given since is hers."""
    uow = UnitOfWork(database)
    later = await an_event(database, head.home, title="Совет")
    other = await twin(database, head, event, Answer.DECLINED)
    for one in (event, later):
        await answer(uow, maria, one.id, Answer.DECLINED, NOW)
        await give_reason(uow, maria, one.id, "lessons")
        await name_substitute(uow, maria, one.id, "Сидорова Анна", NOW)
    await answer_for(uow, head, later.id, other, Answer.DECLINED, NOW + HOUR)
    async with uow as rows:
        rsvps = rows.association(head.home.id).rsvps
        assert await rsvps.explain(event.id, other, "family")
        assert await rsvps.send_instead(event.id, other, head.person_id)
        await uow.commit()

    async def hers(of: Event) -> tuple[object, ...]:
        async with uow.reading() as rows:
            everybody = await rows.association(head.home.id).rsvps.attendees(of.id)
        one = next(one for one in everybody if one.person_id == maria.person_id)
        return one.answer, one.reason, one.substitute_id, one.substitute_name

    before = [await hers(event), await hers(later)]
    pair = await merge(uow, head, other, maria.person_id, NOW + 2 * HOUR)
    assert await hers(event) == (Answer.DECLINED, "family", head.person_id, "")
    assert await hers(later) == (Answer.DECLINED, "", None, "")
    await give_reason(uow, maria, later.id, "school")
    await part(uow, head, pair.merge_id, NOW + 3 * HOUR)
    assert [await hers(event), await hers(later)] == [before[0], (Answer.DECLINED, "school", None, "")]


async def test_whoever_sent_one_record_sent_the_person(
    database: Database, head: Actor, maria: Actor, event: Event
):
    """And nobody is her own substitute."""
    uow = UnitOfWork(database)
    other = await twin(database, head, event, Answer.DECLINED)
    olga = await a_member(database, head.home, "Белова Ольга")
    await answer(uow, olga, event.id, Answer.DECLINED, NOW)
    async with uow as rows:
        rsvps = rows.association(head.home.id).rsvps
        assert await rsvps.send_instead(event.id, olga.person_id, other)
        assert await rsvps.send_instead(event.id, other, maria.person_id)
        await uow.commit()

    async def sent() -> list[object]:
        rows = await stored(database, tables.rsvps, tables.rsvps.c.person_id != other)
        return [(row.person_id, row.substitute_id) for row in rows]

    before = await sent()
    pair = await merge(uow, head, other, maria.person_id, NOW + 2 * HOUR)
    assert await sent() == [(maria.person_id, None), (olga.person_id, maria.person_id)]
    await part(uow, head, pair.merge_id, NOW + 3 * HOUR)
    assert await sent() == before


async def test_a_seat_of_one_record_is_the_person_s(
    database: Database, head: Actor, maria: Actor, event: Event
):
    """Though the other one waits, and asked later."""
    uow = UnitOfWork(database)
    await set_seats(uow, head, event.id, event.revision, 1, NOW)
    await answer(uow, maria, event.id, Answer.GOING, NOW)
    other = await twin(database, head, event, Answer.GOING)
    await merge(uow, head, other, maria.person_id, NOW + 2 * HOUR)
    assert await counts(database, head, event) == (1, Answer.GOING)


async def test_what_stood_before_is_exported_forgotten_and_erased(
    database: Database, head: Actor, maria: Actor, event: Event
):
    """It lies with the answer that took its place."""
    uow = UnitOfWork(database)
    await answer(uow, maria, event.id, Answer.DECLINED, NOW)
    await give_reason(uow, maria, event.id, "у меня экзамен")
    await merge(uow, head, await twin(database, head, event, Answer.GOING), maria.person_id, NOW + 2 * HOUR)
    assert "у меня экзамен" in (await export(uow, maria)).decode()
    async with uow as rows:
        rsvps = rows.association(head.home.id).rsvps
        over = event.ends_at + HOUR
        assert await rsvps.has_reasons(over)
        assert await rsvps.forget_reasons(over) == 1
        assert not await rsvps.has_reasons(over)
        await uow.commit()
    assert "у меня экзамен" not in (await export(uow, maria)).decode()
    await erase(uow, maria, NOW)
    assert await stored(database, tables.rsvps) == []


async def test_what_was_corrected_since_stays(database: Database, head: Actor, maria: Actor, event: Event):
    uow = UnitOfWork(database)
    pair = await merge(uow, head, maria.person_id, await twin(database, head, event, Answer.GOING), NOW)
    await answer(uow, maria, event.id, Answer.UNDECIDED, NOW + 2 * HOUR)
    async with uow as rows:
        await rows.people.set_phone(maria.person_id, "79990000000")
        await uow.commit()
    await part(uow, head, pair.merge_id, NOW + 3 * HOUR)
    async with uow.reading() as rows:
        assert await rows.people.phone(maria.person_id) == "79990000000"
    assert await counts(database, head, event) == (1, Answer.UNDECIDED)


@pytest.mark.parametrize(("after", "code"), [(timedelta(days=1), "merge_settled"), (HOUR, "merge_gone")])
async def test_a_merge_is_parted_once_and_within_a_day(
    database: Database, head: Actor, maria: Actor, event: Event, after: timedelta, code: str
):
    uow = UnitOfWork(database)
    pair = await merge(uow, head, maria.person_id, await twin(database, head, event, Answer.GOING), NOW)
    if code == "merge_gone":
        await part(uow, head, pair.merge_id, NOW + HOUR)
    with pytest.raises(DomainError) as refused:
        await part(uow, head, pair.merge_id, NOW + after)
    assert refused.value.code == code
