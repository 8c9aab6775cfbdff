"""No association sees, or touches, another's rows."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from domain.certificates import Holder
from domain.guests import NewGuest
from domain.materials import NewMaterial
from domain.protocols import Protocol
from domain.records import (
    LISTED,
    Answer,
    ClaimState,
    CodeWord,
    Detail,
    Import,
    Invited,
    Mark,
    MaterialKind,
    OwnBlank,
    PaperKind,
    Passing,
    Standing,
    TalkStanding,
    Way,
)
from domain.roles import Part, Role
from domain.talks import TalkDraft
from domain.timing import Choice
from storage.engine import Database
from storage.errors import StorageError
from storage.tables import journal
from storage.unit_of_work import AssociationRows, UnitOfWork
from tests.builders import CONSENT, NOW, SEMINAR_DAY, YEAR, a_new_event, an_activity_row
from tests.storage.world import World, everything_of, fill

Call = Callable[[AssociationRows, World], Awaitable[Any]]
ELSEWHERE = ZoneInfo("Europe/Moscow")
REPOSITORIES = (
    "activities",
    "assignments",
    "attendance",
    "broadcasts",
    "certificates",
    "claims",
    "code_words",
    "drafts",
    "events",
    "feedback",
    "groups",
    "guests",
    "handovers",
    "imports",
    "journal",
    "materials",
    "members",
    "merges",
    "papers",
    "parts",
    "protocols",
    "questions",
    "readings",
    "reports",
    "roster",
    "rsvps",
    "seats",
    "talks",
    "templates",
)

# Every method that one association's repositories have, asked for what belongs to another one (`their`).
CALLS: dict[str, dict[str, Call]] = {
    "activities": {
        "plan": lambda our, _: our.activities.plan(YEAR),
        "school_years": lambda our, _: our.activities.school_years(),
        "add_plan": lambda our, _: our.activities.add_plan(
            school_year="2030/2031", title="", draft={}, digest="", now=NOW, by=None
        ),
        "add": lambda our, their: our.activities.add(their.plan_id, [an_activity_row("Ничей")]),
        "lines": lambda our, their: our.activities.lines(their.plan_id),
        "add_line": lambda our, their: our.activities.add_line(their.plan_id, 0, an_activity_row("Ничей")),
        "change_line": lambda our, their: our.activities.change_line(
            their.activity_id, 0, an_activity_row("Ничей")
        ),
        "remove_line": lambda our, their: our.activities.remove_line(their.activity_id),
        "rewrite_plan": lambda our, their: our.activities.rewrite_plan(
            their.plan_id, title="Ничей", draft={}, digest="", now=NOW, by=None
        ),
        "in_use": lambda our, their: our.activities.in_use(their.plan_id),
        "is_touched": lambda our, their: our.activities.is_touched(their.plan_id, NOW),
        "places": lambda our, their: our.activities.places(their.event.id),
        "remove_plan": lambda our, their: our.activities.remove_plan(their.plan_id),
        "year_round": lambda our, _: our.activities.year_round([YEAR]),
        "fulfilment": lambda our, _: our.activities.fulfilment([YEAR], NOW),
    },
    "assignments": {
        "name": lambda our, their: our.assignments.name(their.task_id, [their.coordinator.person_id], NOW),
        "release": lambda our, their: our.assignments.release(their.task_id, their.coordinator.person_id),
        "adopt": lambda our, their: our.assignments.adopt(
            their.coordinator.person_id, their.member.person_id
        ),
        "finish": lambda our, their: our.assignments.finish(their.task_id, their.member.person_id, NOW),
        "reopen": lambda our, their: our.assignments.reopen(their.done_id, their.member.person_id),
        "of_event": lambda our, their: our.assignments.of_event(their.task_id),
        "of_person": lambda our, their: our.assignments.of_person(their.member.person_id),
    },
    "attendance": {
        "check_in": lambda our, their: our.attendance.check_in(
            their.event.id, their.coordinator.person_id, Way.SELF, NOW
        ),
        "mark": lambda our, their: our.attendance.mark(
            their.event.id,
            their.member.person_id,
            Mark.LATE,
            Mark.PRESENT,
            their.coordinator.person_id,
            NOW,
        ),
        "say": lambda our, their: our.attendance.say(
            their.event.id, their.coordinator.person_id, Mark.ABSENT, NOW
        ),
        "mark_all": lambda our, their: our.attendance.mark_all(
            their.event.id, [their.coordinator.person_id], their.coordinator.person_id, NOW
        ),
        "confirm": lambda our, their: our.attendance.confirm(
            their.event.id, [their.member.person_id], their.coordinator.person_id, NOW
        ),
        "unconfirm": lambda our, their: our.attendance.unconfirm(
            their.event.id, {their.member.person_id: NOW}, their.coordinator.person_id, NOW
        ),
        "take_back": lambda our, their: our.attendance.take_back(
            their.event.id, [their.member.person_id], their.coordinator.person_id, NOW
        ),
        "export": lambda our, their: our.attendance.export(their.member.person_id),
        "adopt": lambda our, their: our.attendance.adopt(their.coordinator.person_id, their.member.person_id),
        "release": lambda our, their: our.attendance.release(
            their.member.person_id, their.coordinator.person_id, [their.event.id]
        ),
        "mark_guest": lambda our, their: our.attendance.mark_guest(
            their.event.id, their.guest_id, Mark.PRESENT, None
        ),
        "of_event": lambda our, their: our.attendance.of_event(their.event.id),
        "of_events": lambda our, their: our.attendance.of_events([their.event.id]),
        "marks": lambda our, their: our.attendance.marks(their.event.id),
        "present": lambda our, their: our.attendance.present(their.event.id),
        "at_the_door": lambda our, their: our.attendance.at_the_door(their.event.id),
        "of_person": lambda our, their: our.attendance.of_person(their.member.person_id),
        "listed": lambda our, their: our.attendance.listed(their.event.id),
    },
    "broadcasts": {
        "add": lambda our, their: our.broadcasts.add("Всем", their.coordinator.person_id, NOW),
        "said": lambda our, their: our.broadcasts.said([their.broadcast_id]),
        "written_by": lambda our, their: our.broadcasts.written_by(their.broadcast_id),
        "stop": lambda our, their: our.broadcasts.stop(their.broadcast_id, NOW),
        "progress": lambda our, their: our.broadcasts.progress([their.broadcast_id]),
        "unreached": lambda our, their: our.broadcasts.unreached(their.broadcast_id),
    },
    "certificates": {
        "of_event": lambda our, their: our.certificates.of_event(their.event.id),
        "give": lambda our, their: our.certificates.give(
            their.event.id, [Holder("talk", their.talk_id)], YEAR, NOW
        ),
        "adopt": lambda our, their: our.certificates.adopt(
            Holder("person", their.coordinator.person_id), Holder("person", their.member.person_id)
        ),
        "release": lambda our, their: our.certificates.release(
            [1, 2], Holder("person", their.member.person_id), Holder("person", their.coordinator.person_id)
        ),
        "of_holder": lambda our, their: our.certificates.of_holder(Holder("person", their.member.person_id)),
    },
    "claims": {
        "add": lambda our, their: our.claims.add(
            their.member.person_id, their.member.person_id, ClaimState.WAITING, None, NOW
        ),
        "ask": lambda our, their: our.claims.ask(their.member.person_id, their.member.person_id, NOW),
        "get": lambda our, their: our.claims.get(their.claim_id),
        "many": lambda our, their: our.claims.many([their.claim_id]),
        "settle": lambda our, their: our.claims.settle(their.claim_id, ClaimState.REFUSED),
    },
    "code_words": {
        "name": lambda our, their: our.code_words.name(
            their.event.id, CodeWord("ничьё", NOW + timedelta(minutes=1)), their.coordinator.person_id
        ),
        "standing": lambda our, their: our.code_words.standing(their.event.id, NOW - timedelta(minutes=1)),
        "end": lambda our, their: our.code_words.end(their.event.id),
        "export": lambda our, their: our.code_words.export(their.member.person_id),
        "wrong": lambda our, their: our.code_words.wrong(their.event.id, their.member.person_id),
        "count_wrong": lambda our, their: our.code_words.count_wrong(their.event.id, their.member.person_id),
    },
    "drafts": {
        "put": lambda our, their: our.drafts.put(their.coordinator.person_id, "", {}, NOW),
        "get": lambda our, their: our.drafts.get(their.coordinator.person_id),
        "rewrite": lambda our, their: our.drafts.rewrite(their.draft_id, {}),
        "drop": lambda our, their: our.drafts.drop(their.coordinator.person_id),
    },
    "events": {
        "card": lambda our, their: our.events.card(their.event.id, their.member.person_id, NOW),
        "next": lambda our, their: our.events.next(their.member.person_id, NOW),
        "get": lambda our, their: our.events.get(their.event.id),
        "hold": lambda our, their: our.events.hold(their.event.id),
        "keep_clocks": lambda our, their: our.events.keep_clocks(their.home.zone, ELSEWHERE),
        "many": lambda our, their: our.events.many([their.event.id, their.unnamed.id]),
        "to_come": lambda our, _: our.events.to_come(NOW),
        "for_group": lambda our, their: our.events.for_group(their.group_id, NOW),
        "not_for": lambda our, their: our.events.not_for(
            [replace(their.event, id=their.merged_id, invited=Invited.GUESTS)], [their.coordinator.person_id]
        ),
        "without_day": lambda our, _: our.events.without_day(NOW),
        "answered_by": lambda our, their: our.events.answered_by(their.member.person_id, NOW),
        "add": lambda our, their: our.events.add(
            [(a_new_event(their.home, SEMINAR_DAY), [their.activity_id])], None, NOW
        ),
        "make": lambda our, their: our.events.make(
            a_new_event(their.home, SEMINAR_DAY), their.coordinator.person_id, NOW
        ),
        "untouched": lambda our, their: our.events.untouched([their.event.id, their.unnamed.id]),
        "remove": lambda our, their: our.events.remove(their.event.id),
        "change": lambda our, their: our.events.change(
            their.event, their.event.revision, {"venue": "нигде"}, kind="moved", by=None, now=NOW
        ),
        "revisions": lambda our, their: our.events.revisions(their.event.id),
        "changed_at": lambda our, their: our.events.changed_at([their.event.id]),
        "merged": lambda our, their: our.events.merged(their.event.id),
        "own_texts": lambda our, their: our.events.own_texts(their.event.id),
        "lend_rows": lambda our, their: our.events.lend_rows(their.event.id, their.unnamed.id),
        "return_rows": lambda our, their: our.events.return_rows(their.event.id),
        "hand_on": lambda our, their: our.events.hand_on(
            their.event.id, their.activity_id, their.activity_id
        ),
        "rows": lambda our, their: our.events.rows(their.event.id),
        "mark_rows": lambda our, their: our.events.mark_rows(their.event.id, NOW.date()),
    },
    "feedback": {
        "put": lambda our, their: our.feedback.put(their.event.id, their.member.person_id, "Нет", NOW),
        "remove": lambda our, their: our.feedback.remove(their.event.id, their.member.person_id),
        "of_event": lambda our, their: our.feedback.of_event(their.event.id),
        "count": lambda our, their: our.feedback.count(their.event.id),
        "export": lambda our, their: our.feedback.export(their.member.person_id),
        "adopt": lambda our, their: our.feedback.adopt(their.coordinator.person_id, their.member.person_id),
        "release": lambda our, their: our.feedback.release(
            their.member.person_id, their.coordinator.person_id, [their.event.id]
        ),
    },
    "guests": {
        "add": lambda our, their: our.guests.add(
            their.event.id, [NewGuest("Иванова А. Л.", "")], their.coordinator.person_id, NOW
        ),
        "of_event": lambda our, their: our.guests.of_event(their.event.id),
        "of_events": lambda our, their: our.guests.of_events([their.event.id]),
        "remove": lambda our, their: our.guests.remove(their.event.id, their.guest_id),
        "lend": lambda our, their: our.guests.lend(their.event.id, their.merged_id),
        "send_back": lambda our, their: our.guests.send_back(their.event.id),
    },
    "groups": {
        "all": lambda our, _: our.groups.all(),
        "titles": lambda our, _: our.groups.titles(),
        "add": lambda our, their: our.groups.add(f"{their.mark} новая группа"),
        "restore": lambda our, their: our.groups.restore(their.group_id, "Ничья"),
        "rename": lambda our, their: our.groups.rename(their.group_id, "Ничья"),
        "remove": lambda our, their: our.groups.remove(their.group_id),
        "members": lambda our, their: our.groups.members(their.group_id),
        "of_person": lambda our, their: our.groups.of_person(their.member.person_id),
        "put": lambda our, their: our.groups.put(their.coordinator.person_id, [their.group_id]),
        "take_out": lambda our, their: our.groups.take_out(their.member.person_id, [their.group_id]),
    },
    "handovers": {
        "offer": lambda our, their: our.handovers.offer(
            their.coordinator.person_id, their.member.person_id, None, leaves=False, now=NOW
        ),
        "get": lambda our, their: our.handovers.get(their.handover_id),
        "newest": lambda our, _: our.handovers.newest(),
        "open_to": lambda our, their: our.handovers.open_to(their.member.person_id),
        "settle": lambda our, their: our.handovers.settle(
            their.handover_id, Passing.WITHDRAWN, among=Passing.OFFERED
        ),
        "of_person": lambda our, their: our.handovers.of_person(their.member.person_id),
    },
    "imports": {
        "add": lambda our, their: our.imports.add([], their.coordinator.person_id, NOW),
        "get": lambda our, their: our.imports.get(their.import_id),
        "newest": lambda our, _: our.imports.newest(),
        "people": lambda our, their: our.imports.people(their.import_id),
        "untouched": lambda our, their: our.imports.untouched(their.import_id),
        "take_back": lambda our, their: our.imports.take_back(
            Import(their.import_id, NOW, (their.school_id, their.other_school_id))
        ),
    },
    "journal": {
        "write": lambda our, their: our.journal.write("joined", {}, their.member.person_id, NOW),
        "lines": lambda our, their: our.journal.lines(0, 99, their.event.id),
        "newest": lambda our, their: our.journal.newest("joined", mark=their.mark),
        "every": lambda our, _: our.journal.every("joined"),
        "facts": lambda our, their: _newest_facts(our, their),
    },
    "materials": {
        "add": lambda our, their: our.materials.add(
            their.event.id, [NewMaterial(MaterialKind.LINK, "Ничей")], their.coordinator.person_id, NOW
        ),
        "of_event": lambda our, their: our.materials.of_event(their.event.id),
        "of_events": lambda our, their: our.materials.of_events([their.event.id]),
        "get": lambda our, their: our.materials.get(their.event.id, their.material_id),
        "known": lambda our, their: our.materials.known(their.event.id),
        "rename": lambda our, their: our.materials.rename(their.event.id, their.material_id, "Ничей"),
        "remove": lambda our, their: our.materials.remove(their.event.id, their.material_id, NOW),
        "bring_back": lambda our, their: our.materials.bring_back(their.event.id, their.material_id),
        "forget": lambda our, their: our.materials.forget(NOW + timedelta(days=1)),
        "lend": lambda our, their: our.materials.lend(their.event.id, their.unnamed.id),
        "give_back": lambda our, their: our.materials.give_back(their.event.id),
    },
    "members": {
        "add": lambda our, their: our.members.add(their.member.person_id, Role.COORDINATOR, CONSENT, NOW),
        "add_listed": lambda our, their: our.members.add_listed(
            {their.nobody_id: {"school_id": their.school_id}}, their.import_id, CONSENT, NOW
        ),
        "activate": lambda our, their: our.members.activate(their.member.person_id, NOW),
        "appoint": lambda our, their: our.members.appoint([their.member.telegram_id]),
        "agree": lambda our, their: our.members.agree(their.member.person_id, 2, "Иначе", NOW),
        "agreed_already": lambda our, _: our.members.agreed_already(2, CONSENT),
        "keep_clocks": lambda our, their: our.members.keep_clocks(their.home.zone, ELSEWHERE),
        "set_timing": lambda our, their: our.members.set_timing(their.member.person_id, weekly=True),
        "follow": lambda our, their: our.members.follow({Choice.USUAL: their.home.profile_id}),
        "count_reminded": lambda our, their: our.members.count_reminded([their.event.id]),
        "profile_settings": lambda our, their: our.members.profile_settings(their.member.person_id),
        "is_known": lambda our, their: our.members.is_known(their.member.name),
        "set_organisation": lambda our, their: our.members.set_organisation(
            their.member.person_id, "библиотека"
        ),
        "set_school": lambda our, their: our.members.set_school(their.member.person_id, their.school_id),
        "schools": lambda our, _: our.members.schools(),
        "add_school": lambda our, their: our.members.add_school(f"{their.mark} лицей"),
        "coordinators": lambda our, _: our.members.coordinators(),
        "count": lambda our, _: our.members.count(),
        "readers": lambda our, their: our.members.readers([their.member.person_id]),
        "record": lambda our, their: our.members.record(their.member.person_id),
    },
    "merges": {
        "add": lambda our, their: our.merges.add(
            their.coordinator.person_id, their.member.person_id, {}, NOW
        ),
        "get": lambda our, their: our.merges.get(their.merge_id),
        "newest": lambda our, their: our.merges.newest(their.member.person_id),
        "remove": lambda our, their: our.merges.remove(their.merge_id),
        "forget": lambda our, their: our.merges.forget(their.member.person_id),
    },
    "papers": {
        "add": lambda our, their: our.papers.add(
            their.event.id, PaperKind.SHEET, "ничья", their.coordinator.person_id, NOW, picture=True
        ),
        "of_event": lambda our, their: our.papers.of_event(their.event.id, PaperKind.LETTER),
        "get": lambda our, their: our.papers.get(their.event.id, their.paper_id),
        "remove": lambda our, their: our.papers.remove(their.event.id, their.paper_id, NOW),
        "bring_back": lambda our, their: our.papers.bring_back(their.event.id, their.paper_id),
        "forget": lambda our, _: our.papers.forget(NOW + timedelta(days=1)),
    },
    "parts": {
        "of": lambda our, their: our.parts.of(their.event.id, their.member.person_id),
        "give": lambda our, their: our.parts.give(
            their.event.id, their.coordinator.person_id, Part.HOST, NOW
        ),
        "take": lambda our, their: our.parts.take(their.event.id, their.member.person_id, Part.HOST),
        "drop": lambda our, their: our.parts.drop(their.member.person_id),
        "carry": lambda our, their: our.parts.carry(their.event.id, their.unnamed.id),
        "carry_back": lambda our, their: our.parts.carry_back(their.event.id, their.merged_id),
        "adopt": lambda our, their: our.parts.adopt(their.coordinator.person_id, their.member.person_id),
        "event_ids": lambda our, their: our.parts.event_ids(their.member.person_id),
        "hosts": lambda our, their: our.parts.hosts(their.event.id),
        "presenting": lambda our, their: our.parts.presenting([their.event.id]),
        "of_person": lambda our, their: our.parts.of_person(their.member.person_id),
    },
    "protocols": {
        "get": lambda our, their: our.protocols.get(their.event.id),
        "of_year": lambda our, their: our.protocols.of_year(YEAR),
        "hold": lambda our, their: our.protocols.hold(their.unnamed.id, YEAR, NOW),
        "save": lambda our, their: our.protocols.save(Protocol(their.event.id, YEAR), NOW),
        "next_number": lambda our, _: our.protocols.next_number(YEAR),
        "numbered": lambda our, _: our.protocols.numbered(YEAR, 1),
        "set_number": lambda our, their: our.protocols.set_number(their.event.id, YEAR, 7),
    },
    "questions": {
        "add": lambda our, their: our.questions.add(their.member.person_id, "вопрос", NOW),
        "get": lambda our, their: our.questions.get(their.question_id),
        "many": lambda our, their: our.questions.many([their.question_id]),
        "set_reply": lambda our, their: our.questions.set_reply(
            their.question_id, "ответ", their.coordinator.person_id, NOW
        ),
        "of_person": lambda our, their: our.questions.of_person(their.member.person_id),
    },
    "readings": {
        "add": lambda our, their: our.readings.add(their.event.id, their.coordinator.person_id, NOW),
        "remove": lambda our, their: our.readings.remove(their.event.id, their.member.person_id),
        "count": lambda our, their: our.readings.count(their.event.id),
        "export": lambda our, their: our.readings.export(their.member.person_id),
        "adopt": lambda our, their: our.readings.adopt(their.coordinator.person_id, their.member.person_id),
        "release": lambda our, their: our.readings.release(
            their.member.person_id, their.coordinator.person_id, [their.event.id]
        ),
    },
    "reports": {
        "rows": lambda our, _: our.reports.rows(YEAR, NOW),
        "promised": lambda our, their: our.reports.promised(their.event.id),
        "protocols": lambda our, their: our.reports.protocols([their.event.id]),
        "people": lambda our, _: our.reports.people(),
        "notes": lambda our, _: our.reports.notes(YEAR),
        "keep_notes": lambda our, _: our.reports.keep_notes(YEAR, {"tasks": "Ничьи"}, NOW),
        "talks_of": lambda our, their: our.reports.talks_of(their.member.person_id),
        "hosted_by": lambda our, their: our.reports.hosted_by(their.member.person_id),
    },
    "roster": {
        "everybody": lambda our, _: our.roster.everybody(),
        "get": lambda our, their: our.roster.get(their.member.person_id),
        "appoint": lambda our, their: our.roster.appoint(
            their.member.person_id, Role.COORDINATOR, among=[Role.MEMBER], resigned=False
        ),
        "move": lambda our, their: our.roster.move(their.member.person_id, Standing.GONE, among=LISTED),
        "set_position": lambda our, their: our.roster.set_position(their.member.person_id, "завуч"),
        "set_detail": lambda our, their: our.roster.set_detail(
            their.member.person_id, Detail.CATEGORY, "высшая"
        ),
        "count_details": lambda our, _: our.roster.count_details(Detail.CATEGORY),
        "erase_details": lambda our, _: our.roster.erase_details(Detail.CATEGORY),
        "add_school": lambda our, their: our.roster.add_school(their.coordinator.person_id, their.school_id),
        "drop_school": lambda our, their: our.roster.drop_school(
            their.member.person_id, their.other_school_id
        ),
        "rename_school": lambda our, their: our.roster.rename_school(their.school_id, "Ничья школа"),
        "schools": lambda our, _: our.roster.schools(),
        "count": lambda our, _: our.roster.count(Standing.ACTIVE),
    },
    "rsvps": {
        "take": lambda our, their: our.rsvps.take(
            their.event.id, their.member.person_id, Answer.DECLINED, NOW
        ),
        "explain": lambda our, their: our.rsvps.explain(
            their.merged_id, their.coordinator.person_id, "уроки"
        ),
        "send_instead": lambda our, their: our.rsvps.send_instead(
            their.merged_id, their.coordinator.person_id, their.member.person_id
        ),
        "has_reasons": lambda our, their: our.rsvps.has_reasons(their.event.ends_at + timedelta(days=1)),
        "forget_reasons": lambda our, their: our.rsvps.forget_reasons(
            their.event.ends_at + timedelta(days=1)
        ),
        "stop_counting_for": lambda our, their: our.rsvps.stop_counting_for(
            their.event.id, their.member.person_id
        ),
        "stop_counting": lambda our, their: our.rsvps.stop_counting(their.member.person_id, NOW),
        "count_counting": lambda our, their: our.rsvps.count_counting(their.member.person_id),
        "resume_counting": lambda our, their: our.rsvps.resume_counting(their.member.person_id),
        "adopt": lambda our, their: our.rsvps.adopt(their.coordinator.person_id, their.member.person_id),
        "give_back": lambda our, their: our.rsvps.give_back(
            their.coordinator.person_id, their.member.person_id, [their.event.id]
        ),
        "send_other": lambda our, their: our.rsvps.send_other(their.member.person_id, their.member.person_id),
        "have_not_seen": lambda our, their: our.rsvps.have_not_seen(their.event.id, their.event.revision),
        "count_again": lambda our, their: our.rsvps.count_again(their.event.id, their.event.day_version),
        "restate": lambda our, their: our.rsvps.restate(their.event.id, Answer.GOING, Answer.ONLINE),
        "carry": lambda our, their: our.rsvps.carry(their.event.id, their.unnamed.id),
        "carry_back": lambda our, their: our.rsvps.carry_back(their.event.id, [their.merged_id]),
        "attendees": lambda our, their: our.rsvps.attendees(their.event.id),
        "answers": lambda our, their: our.rsvps.answers([their.event.id], [their.member.person_id]),
        "of_person": lambda our, their: our.rsvps.of_person(their.member.person_id),
    },
    "seats": {
        "seating": lambda our, their: _line(our, their),
        "offer": lambda our, their: our.seats.offer(their.event.id, [their.coordinator.person_id], NOW),
        "pass_on": lambda our, their: our.seats.pass_on(their.event.id, NOW),
        "seat": lambda our, their: our.seats.seat(their.event.id, [their.coordinator.person_id]),
    },
    "talks": {
        "add": lambda our, their: our.talks.add(
            their.event.id,
            TalkDraft(None, "Ким О. Ю.", "", "Ничья тема"),
            TalkStanding.CONFIRMED,
            their.coordinator.person_id,
            NOW,
        ),
        "of_event": lambda our, their: our.talks.of_event(their.event.id),
        "get": lambda our, their: our.talks.get(their.talk_id),
        "many": lambda our, their: our.talks.many([their.talk_id]),
        "move": lambda our, their: our.talks.move(
            their.talk_id, TalkStanding.REMOVED, [TalkStanding.CONFIRMED], NOW
        ),
        "correct": lambda our, their: our.talks.correct(their.talk_id, theme="Ничья"),
        "set_order": lambda our, their: our.talks.set_order(their.event.id, [their.talk_id]),
        "forget": lambda our, their: our.talks.forget(NOW + timedelta(days=1)),
        "lend": lambda our, their: our.talks.lend(their.event.id, their.unnamed.id),
        "give_back": lambda our, their: our.talks.give_back(their.event.id),
        "adopt": lambda our, their: our.talks.adopt(their.coordinator.person_id, their.member.person_id),
        "release": lambda our, their: our.talks.release(
            [their.talk_id], their.member.person_id, their.coordinator.person_id
        ),
        "of_person": lambda our, their: our.talks.of_person(their.member.person_id),
    },
    "templates": {
        "kinds": lambda our, _: our.templates.kinds(),
        "get": lambda our, _: our.templates.get("letter"),
        "put": lambda our, their: our.templates.put(
            "notice", OwnBlank(b"", ""), their.coordinator.person_id, NOW
        ),
        "drop": lambda our, _: our.templates.drop("letter"),
    },
}


async def _newest_facts(our: AssociationRows, their: World) -> dict[str, Any] | None:
    numbers = select(journal.c.id).where(journal.c.association_id == their.home.id)
    number = (await our.journal._connection.execute(numbers.limit(1))).scalar_one()
    return await our.journal.facts(number, "joined")


async def _line(our: AssociationRows, their: World) -> list[Any]:
    seating = await our.seats.seating(their.event.id)
    return [*seating.seated, *seating.line]


# These make something of ours, or answer with what is ours alone; the others have nothing to say.
MAKES_OURS = {"activities.add_plan", "broadcasts.add", "drafts.put", "events.make", "members.add_school"}
MAKES_OURS |= {"groups.add", "imports.add", "journal.write"}
TELLS_OURS = {"members.coordinators", "members.count", "members.schools", "events.to_come"}
TELLS_OURS |= {"reports.rows", "reports.people", "reports.notes"}
TELLS_OURS |= {"journal.every", "rsvps.has_reasons", "rsvps.forget_reasons"}
TELLS_OURS |= {"groups.all", "groups.titles", "roster.everybody", "roster.schools", "roster.count"}
TELLS_OURS |= {"events.without_day", "events.next", "events.answered_by", "activities.plan"}
TELLS_OURS |= {"activities.school_years"}
TELLS_OURS |= {"protocols.of_year", "protocols.next_number", "protocols.numbered"}
TELLS_OURS |= {"templates.kinds", "templates.get", "templates.drop"}
TELLS_OURS |= {"activities.fulfilment", "handovers.newest", "imports.newest", "roster.count_details"}
# The database refuses these: they would reach across.
REFUSED = {
    "activities.add",
    "activities.add_line",
    "events.add",
    "guests.add",
    "questions.add",
    "merges.add",
    "parts.give",
}
REFUSED |= {"certificates.give", "papers.add"}
REFUSED |= {"materials.add", "talks.add", "handovers.offer", "claims.add", "claims.ask"}
REFUSED |= {"members.add_listed"}
REFUSED |= {"code_words.name", "code_words.count_wrong", "feedback.put", "readings.add", "protocols.hold"}


def test_every_repository_of_an_association_is_tried():
    """A new one must come into the table above."""
    assert set(vars(AssociationRows(None, 0))) == set(REPOSITORIES)  # type: ignore[arg-type]


@pytest.mark.parametrize("repository", REPOSITORIES)
def test_every_method_of_a_repository_is_tried(repository: str):
    """A new one must come into the table above."""
    made = getattr(AssociationRows(None, 0), repository)  # type: ignore[arg-type]
    methods = {name for name, _ in inspect.getmembers(made, callable) if not name.startswith("_")}
    assert set(CALLS[repository]) == methods


@pytest.mark.parametrize("repository", REPOSITORIES)
async def test_another_association_is_out_of_reach(database: Database, repository: str):
    """Whatever is asked for: nothing of theirs comes back, and nothing of theirs changes."""
    mine, theirs = await fill(database, "Наш"), await fill(database, "Чужой")
    for method, call in CALLS[repository].items():
        name = f"{repository}.{method}"
        async with UnitOfWork(database) as rows:
            before = await everything_of(rows.connection, theirs.home)
            if name in REFUSED:
                with pytest.raises(StorageError):
                    await call(rows.association(mine.home.id), theirs)
                continue
            said = await call(rows.association(mine.home.id), theirs)
            assert await everything_of(rows.connection, theirs.home) == before, name
        if name in TELLS_OURS:
            assert said, name
            assert "Чужой" not in repr(said), name
        elif name not in MAKES_OURS:
            assert not said, name


# These have nothing to say even of one's own; a member is active already, and nothing goes on all the year.
SILENT = {"groups.restore", "members.activate", "members.add", "members.appoint", "members.set_school"}
SILENT |= {"members.agree", "members.agreed_already", "members.keep_clocks", "events.keep_clocks"}
SILENT |= {"members.set_timing", "members.follow", "guests.add", "events.remove"}
SILENT |= {
    "events.hand_on",
    "activities.change_line",
    "activities.remove_line",
    "activities.rewrite_plan",
    "drafts.rewrite",
}
SILENT |= {"activities.remove_plan", "activities.year_round", "drafts.drop"}
SILENT |= {"groups.put", "groups.take_out", "merges.remove", "rsvps.resume_counting", "rsvps.give_back"}
SILENT |= {"rsvps.adopt", "rsvps.stop_counting_for", "members.set_organisation"}
# The member of the world was there, and nobody waits at the door.
SILENT |= {"attendance.at_the_door", "feedback.put", "readings.count"}
SILENT |= {"attendance.confirm"}  # she was seen
SILENT |= {"parts.drop", "parts.carry", "parts.carry_back"}
SILENT |= {"members.add_listed", "merges.forget", "roster.set_detail", "roster.erase_details"}
SILENT |= {"roster.set_position", "roster.add_school", "roster.drop_school"}
SILENT |= {"rsvps.have_not_seen", "rsvps.count_again", "assignments.release", "code_words.name"}
SILENT |= {"reports.keep_notes"}
SILENT |= {"rsvps.have_not_seen", "rsvps.count_again", "assignments.release"}
# Nothing of the materials and talks is taken out, or lent.
SILENT |= {f"materials.{name}" for name in ("add", "bring_back", "forget", "give_back")}
SILENT |= {"papers.bring_back", "papers.forget", "templates.put"}
SILENT |= {f"talks.{name}" for name in ("forget", "give_back", "set_order")}


@pytest.mark.parametrize("repository", REPOSITORIES)
async def test_one_s_own_rows_are_within_reach(database: Database, repository: str):
    """So that the silence above means something."""
    mine = await fill(database, "Наш")
    for method, call in CALLS[repository].items():
        async with UnitOfWork(database) as rows:
            said = await call(rows.association(mine.home.id), mine)
        assert said or f"{repository}.{method}" in SILENT, method


async def test_lists_of_bare_numbers_name_our_own(database: Database):
    """Where no name could give the others away."""
    mine = await fill(database, "Наш")
    await fill(database, "Чужой")
    async with UnitOfWork(database).reading() as rows:
        members = rows.association(mine.home.id).members
        assert await members.coordinators() == [mine.coordinator.person_id]
        assert await members.count() == 2


async def test_a_journal_tells_of_our_own(database: Database):
    """Where no event is named."""
    mine, theirs = await fill(database, "Наш"), await fill(database, "Чужой")
    async with UnitOfWork(database).reading() as rows:
        lines = await rows.association(mine.home.id).journal.lines(0, 99)
    assert [one.kind for one in lines] == ["joined"]
    assert lines[0].by == mine.member.name
    assert theirs.mark not in repr(lines)
    assert theirs.member.name is not None
    assert theirs.member.name.full not in repr(lines)


async def test_the_plan_in_use_is_our_own(database: Database):
    """Their answers do not keep our plan from being replaced."""
    mine, theirs = await fill(database, "Наш"), await fill(database, "Чужой")
    async with UnitOfWork(database).reading() as rows:
        assert await rows.association(theirs.home.id).activities.in_use(theirs.plan_id)
        assert await rows.association(mine.home.id).activities.in_use(mine.plan_id)
        assert not await rows.association(mine.home.id).activities.in_use(theirs.plan_id)
        assert await rows.association(mine.home.id).activities.is_touched(mine.plan_id, NOW)
        assert not await rows.association(mine.home.id).activities.is_touched(theirs.plan_id, NOW)
