"""An association with a row in every table that belongs to associations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from domain.full_names import FullName
from domain.guests import NewGuest
from domain.materials import NewMaterial
from domain.records import (
    Actor,
    Answer,
    Association,
    ClaimState,
    Event,
    EventInvitation,
    Invited,
    Mark,
    MaterialKind,
    Standing,
    Status,
    TalkStanding,
)
from domain.roles import Part, Role
from domain.talks import TalkDraft
from storage import tables
from storage.engine import Database
from storage.outbox import Message, State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    YEAR,
    a_coordinator,
    a_member,
    a_message,
    an_association,
    an_event,
    an_invitation,
    change,
    put,
    stored,
)


@dataclass(frozen=True)
class World:
    """What there is in one association; every text holds its mark."""

    mark: str
    home: Association
    coordinator: Actor
    member: Actor
    event: Event
    unnamed: Event
    plan_id: int
    activity_id: int
    school_id: int
    question_id: int
    guest_id: int
    draft_id: int
    task_id: int
    broadcast_id: int
    done_id: int
    merged_id: int
    group_id: int
    merge_id: int
    other_school_id: int
    material_id: int
    talk_id: int
    handover_id: int
    import_id: int
    claim_id: int
    nobody_id: int
    paper_id: int


async def fill(database: Database, mark: str) -> World:
    """Makes an association with at least one row in each of its tables."""
    home = await an_association(database, f"{mark} округ")
    coordinator = await a_coordinator(database, home, f"{mark} Нина Викторовна")
    member = await a_member(database, home, f"{mark} Мария Ивановна", school=f"{mark} лицей")
    event = await an_event(database, home, title=f"{mark} семинар")
    unnamed = await an_event(database, home, NOVEMBER, title=f"{mark} совет")
    task = await an_event(database, home, NOVEMBER, title=f"{mark} отчёт", gathering=False)
    done = await an_event(database, home, NOVEMBER, title=f"{mark} сведения", gathering=False)
    merged = await an_event(database, home, title=f"{mark} заседание")
    await an_invitation(database, home, code=mark, digits=str(10**7 + home.id))
    uow = UnitOfWork(database)
    async with uow as rows:
        ours = rows.association(home.id)
        for answered in (event, merged):
            assert await ours.rsvps.take(answered.id, member.person_id, Answer.GOING, NOW)
        assert await ours.rsvps.take(event.id, coordinator.person_id, Answer.WAITLISTED, NOW)
        assert await ours.seats.offer(event.id, [coordinator.person_id], NOW) == 1
        await ours.events.lend_rows(merged.id, event.id)
        assert await ours.rsvps.take(merged.id, coordinator.person_id, Answer.DECLINED, NOW)
        assert await ours.rsvps.explain(merged.id, coordinator.person_id, f"{mark} причина")
        assert await ours.rsvps.send_instead(merged.id, coordinator.person_id, member.person_id)
        guest = NewGuest(f"{mark} гость", f"{mark} библиотека")
        await ours.guests.add(event.id, [guest], coordinator.person_id, NOW)
        [guest_id] = [one.id for one in await ours.guests.of_event(event.id)]
        await ours.guests.add(merged.id, [NewGuest(f"{mark} докладчик", "")], coordinator.person_id, NOW)
        assert await ours.guests.lend(merged.id, event.id) == 1
        await ours.materials.add(event.id, [_a_link(mark)], coordinator.person_id, NOW)
        [material_id] = [one.id for one in await ours.materials.of_event(event.id)]
        talk = TalkDraft(member.person_id, f"{mark} Мария Ивановна", f"{mark} лицей", f"{mark} тема")
        talk_id = await ours.talks.add(event.id, talk, TalkStanding.CONFIRMED, coordinator.person_id, NOW)
        marked = (Mark.PRESENT, None, coordinator.person_id, NOW)
        assert await ours.attendance.mark(event.id, member.person_id, *marked)
        question_id = await ours.questions.add(member.person_id, f"{mark} вопрос", NOW)
        await rows.mailing.tell_coordinators(home.id, Message.QUESTION, question_id=question_id, due_at=NOW)
        for named in (task, done):
            assert await ours.assignments.name(named.id, [member.person_id], NOW) == 1
        assert await ours.assignments.finish(done.id, member.person_id, NOW)
        await rows.group_chats.link(home.id, -home.id, None, f"{mark} чат", NOW)
        draft_id = await ours.drafts.put(coordinator.person_id, f"{mark} digest", {"title": mark}, NOW)
        group_id = await ours.groups.add(f"{mark} новички")
        assert group_id is not None
        await ours.groups.put(member.person_id, [group_id])
        other_school_id = await ours.members.add_school(f"{mark} гимназия")
        await ours.roster.add_school(member.person_id, other_school_id)
        by_hand = await rows.people.add_by_hand(FullName(f"{mark} Белова", "Ольга"), "79130000000", NOW)
        await ours.members.add(by_hand, Role.MEMBER, mark, NOW)
        await ours.roster.move(by_hand, Standing.MERGED, among=[Standing.JOINING])
        merge_id = await ours.merges.add(member.person_id, by_hand, {"mark": mark}, NOW)
        for one in (event, merged):
            assert await ours.parts.give(one.id, member.person_id, Part.HOST, NOW)
        way = EventInvitation(home.id, event.id, Part.GUEST, f"{mark} гостям", str(10**8 + home.id), None)
        await rows.event_invitations.add(way, NOW)
        handover = await ours.handovers.offer(
            coordinator.person_id, member.person_id, f"{mark} code", leaves=False, now=NOW
        )
        import_id = await ours.imports.add([other_school_id], coordinator.person_id, NOW)
        nobody_id = await rows.people.add_by_hand(FullName(f"{mark} Юн", "Ян"), "", NOW)
        [listed] = await rows.people.add_all_by_hand([(FullName(f"{mark} Ветрова", "Яна"), "")], NOW)
        details = {"school_id": None, "position": mark, "category": f"{mark} первая", "service": mark}
        await ours.members.add_listed({listed: details}, import_id, mark, NOW)
        await ours.roster.move(listed, Standing.AWAY, among=[Standing.ACTIVE])
        claim_id = await ours.claims.add(
            member.person_id, coordinator.person_id, ClaimState.WAITING, None, NOW
        )
        assert claim_id is not None
        await ours.journal.write("joined", {"mark": mark}, member.person_id, NOW)
        await uow.commit()
    joined = {"merged_into": event.id, "status": Status.JOINED, "invited": Invited.GUESTS}
    await change(database, tables.events, tables.events.c.id == merged.id, **joined)
    for_group = {"invited": Invited.GROUP, "group_id": group_id}
    await change(database, tables.events, tables.events.c.id == unnamed.id, **for_group)
    alone = {"title": f"{mark} семинар"}
    await change(database, tables.events, tables.events.c.id == event.id, alone=alone)
    await a_message(database, member, event, kind=Message.REMINDER)
    await put(
        database,
        tables.notices,
        association_id=home.id,
        event_id=event.id,
        schedule_version=1,
        lead=mark,
        profile_id=home.profile_id,
        due_at=NOW,
        useful_until=NOW,
    )
    broadcast_id = await put(
        database,
        tables.broadcasts,
        association_id=home.id,
        by_person_id=coordinator.person_id,
        text=f"{mark} объявление",
        at=NOW,
    )
    paper_id = await _papers(database, home, event, member, mark)
    words = {"kind": Message.BROADCAST, "broadcast_id": broadcast_id, "state": State.GONE}
    await a_message(database, member, **words)
    [plan] = await stored(database, tables.plans, tables.plans.c.association_id == home.id)
    assert plan.school_year == YEAR
    activity = (await stored(database, tables.activities, tables.activities.c.association_id == home.id))[0]
    school = (
        await stored(
            database,
            tables.schools,
            tables.schools.c.association_id == home.id,
            tables.schools.c.title == f"{mark} лицей",
        )
    )[0]
    return World(
        mark,
        home,
        coordinator,
        member,
        event,
        unnamed,
        plan.id,
        activity.id,
        school.id,
        question_id,
        guest_id,
        draft_id,
        task.id,
        broadcast_id,
        done.id,
        merged.id,
        group_id,
        merge_id,
        other_school_id,
        material_id,
        talk_id,
        handover.id,
        import_id,
        claim_id,
        nobody_id,
        paper_id,
    )


async def _papers(database: Database, home: Association, event: Event, member: Actor, mark: str) -> int:
    """What belongs to an event once it is over, and what the association writes with; returns the scan's
    id."""
    of_event = {"association_id": home.id, "event_id": event.id}
    hers = {**of_event, "person_id": member.person_id}
    year, own = {"school_year": YEAR, "at": NOW}, {"association_id": home.id, "at": NOW}
    await put(database, tables.checkin_words, **of_event, word=mark, valid_until=NOW)
    await put(database, tables.checkin_tries, **hers, wrong=1)
    await put(database, tables.readings, **hers, at=NOW)
    await put(database, tables.feedback, **hers, text=f"{mark} спасибо", at=NOW)
    scan = {**of_event, "kind": "letter", "file_id": mark, "picture": False, "at": NOW}
    paper_id = await put(database, tables.papers, **scan)
    await put(database, tables.protocols, **of_event, **year, number=1, decisions=[_a_decision(mark)])
    whose = f"person:{member.person_id}"
    await put(database, tables.certificates, **of_event, **year, whose=whose, number=1)
    await put(database, tables.templates, **own, kind="letter", content=mark.encode(), file_name=mark)
    await put(database, tables.year_notes, association_id=home.id, **year, notes={"tasks": mark})
    return paper_id


def _a_decision(mark: str) -> dict[str, object]:
    return {"id": 1, "text": f"{mark} решение", "due": "2026-12-15", "done": "", "removed": False}


def _a_link(mark: str) -> NewMaterial:
    return NewMaterial(MaterialKind.LINK, f"{mark} запись", "https://disk.example.org/i/zapis")


def tables_of_associations() -> list[Table]:
    """Every table whose rows belong to an association."""
    return [table for table in tables.metadata.sorted_tables if "association_id" in table.c]


async def everything_of(connection: Any, home: Association) -> dict[str, Sequence[Any]]:
    """Every row of one association, as the connection sees them."""
    found = {}
    for table in tables_of_associations():
        rows = await connection.execute(
            table.select().where(table.c.association_id == home.id).order_by(*table.primary_key)
        )
        found[table.name] = rows.all()
    return found
