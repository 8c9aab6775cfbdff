"""«Позвоните»: whom the bot cannot reach, what they said on the telephone, and who is added by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from actions.checking import check_runs, known_event
from actions.schools import school_meant
from actions.seating import take_seat
from domain.errors import DomainError
from domain.full_names import FullName, parse_full_name
from domain.phones import read_phone
from domain.records import Actor, Answer, Attendee, Event
from domain.roles import Role
from domain.rsvp import check_answer
from domain.school_names import tidy_title
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

ADD_STEP = "add_person"


@dataclass(frozen=True, slots=True)
class CallList:
    """An event, and the members whom the bot cannot reach, each with her answer; by surname."""

    event: Event
    people: tuple[Attendee, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """Who was added by hand."""

    name: FullName
    school: str
    phone: str


async def call_list(uow: UnitOfWork, actor: Actor, event_id: int | None, now: datetime) -> CallList | None:
    """The list for an event; for None that of the nearest event that takes answers, None where none does.

    Raises DomainError `event_unknown`.
    """
    async with uow as rows:
        found = await _call_list(rows, actor, event_id, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return found


async def answer_for(
    uow: UnitOfWork, actor: Actor, event_id: int, person_id: int, given: Answer, now: datetime
) -> CallList:
    """Enters what somebody said on the telephone; the journal says who entered it. Returns the list anew.

    Raises DomainError `event_unknown`, `person_unknown`, `answers_herself` for one whom the bot reaches, or
    what check_answer says.
    """
    async with uow as rows:
        event, person = await _member(rows.association(actor.home.id), event_id, person_id)
        if person.reachable:
            raise DomainError("answers_herself")
        await _enter(rows, actor, event, person, given, now)
        listed = await _call_list(rows, actor, event_id, now)
        assert listed is not None  # noqa: S101 - the event is there
        await uow.commit()
    return listed


async def member_of_list(
    uow: UnitOfWork, actor: Actor, event_id: int, person_id: int
) -> tuple[Event, Attendee]:
    """An event and one of its people with her answer to it. Raises DomainError `event_unknown`,
    `person_unknown`, `only_host`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        found = await _member(ours, event_id, person_id)
        await uow.commit()
    return found


async def answer_for_anyone(
    uow: UnitOfWork, actor: Actor, event_id: int, person_id: int, given: Answer, now: datetime
) -> tuple[Event, Attendee]:
    """The same for anybody, be she reachable or not: she phoned, or met who runs the event. Returns her line
    anew.

    Raises DomainError `event_unknown`, `person_unknown`, `only_host`, or what check_answer says.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        event, person = await _member(ours, event_id, person_id)
        await _enter(rows, actor, event, person, given, now)
        found = await _member(ours, event_id, person_id)
        await uow.commit()
    return found


async def add_person(uow: UnitOfWork, actor: Actor, text: str, consent: str, now: datetime) -> Added:
    """A member who is not in Telegram, out of «Фамилия Имя Отчество, школа, телефон»; `consent` is the
    wording under which the coordinator said that she agreed.

    Raises DomainError `person_not_understood`, `person_already_in`, and those of parse_full_name, tidy_title
    and read_phone.
    """
    name, title, phone = _read_person(text)
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        ours = rows.association(actor.home.id)
        members = ours.members
        if await members.is_known(name):
            raise DomainError("person_already_in", name=name.full)
        school = await school_meant(ours, title)
        school_id = await members.add_school(title) if school is None else school.id
        person_id = await rows.people.add_by_hand(name, phone, now)
        await members.add(person_id, Role.MEMBER, consent, now)
        await members.set_school(person_id, school_id)
        await members.activate(person_id, now)
        facts = {"person": person_id}
        await ours.journal.write("added_person", facts, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return Added(name, title if school is None else school.title, phone)


async def _member(ours: AssociationRows, event_id: int, person_id: int) -> tuple[Event, Attendee]:
    event = await known_event(ours, event_id)
    everybody = {one.person_id: one for one in await ours.rsvps.attendees(event_id)}
    if person_id not in everybody:
        raise DomainError("person_unknown")
    return event, everybody[person_id]


async def _enter(
    rows: Rows, actor: Actor, event: Event, person: Attendee, given: Answer, now: datetime
) -> None:
    if person.answer is given:
        return
    ours = rows.association(actor.home.id)
    if not await ours.rsvps.take(event.id, person.person_id, given, now):
        check_answer(event, now, given)
        await take_seat(ours, event.id, person.person_id, now)
    facts = {"event": event.id, "person": person.person_id, "answer": given}
    await ours.journal.write("answered_for", facts, actor.person_id, now)


def _read_person(text: str) -> tuple[FullName, str, str]:
    parts = [part for part in (" ".join(part.split()) for part in re.split(r"[,;\n]", text)) if part]
    if len(parts) < 3:
        raise DomainError("person_not_understood")
    name, *school, phone = parts
    return parse_full_name(name), tidy_title(", ".join(school)), read_phone(phone)


async def _call_list(rows: Rows, actor: Actor, event_id: int | None, now: datetime) -> CallList | None:
    ours = rows.association(actor.home.id)
    if event_id is None:
        ahead = await ours.events.to_come(now)
        event = next((one for one in ahead if one.takes_answers(now)), None)
    else:
        event = await known_event(ours, event_id)
    if event is None:
        return None
    return CallList(event, tuple(one for one in await ours.rsvps.attendees(event.id) if not one.reachable))
