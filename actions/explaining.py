"""«Почему мне это пришло?»: a message of the journal with what it was about and why it reached her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from actions.calendar import titles_of_groups
from domain.errors import DomainError
from domain.records import Actor, Answer, Association, Event
from domain.roles import Part
from storage.sent import Entry
from storage.unit_of_work import Rows, UnitOfWork


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the journal, and what it has to do with the person as things stand now."""

    entry: Entry
    home: Association
    event: Event | None
    answer: Answer | None
    named: bool  # for the task
    presents: bool = False  # the event, being no coordinator
    guest: bool = False  # of the event
    group: str = ""  # the title of the group that the event is for, where it is for one


async def explain(uow: UnitOfWork, actor: Actor, event_id: int | None = None) -> Told | None:
    """The newest message that she got about an event, or of everything; None where there is none."""
    async with uow.reading() as rows:
        entry = await rows.sent.newest_to(actor.person_id, event_id)
        return None if entry is None else await _told(rows, entry)


async def explain_row(uow: UnitOfWork, row_id: int) -> Told:
    """For the operator: the row that the log names. Raises DomainError `notice_unknown`."""
    async with uow.reading() as rows:
        entry = await rows.sent.one(row_id)
        if entry is None:
            raise DomainError("notice_unknown", number=row_id)
        return await _told(rows, entry)


async def _told(rows: Rows, entry: Entry) -> Told:
    home = await rows.associations.get(entry.association_id)
    if home is None:
        raise DomainError("association_unknown", number=entry.association_id)
    if entry.event_id is None:
        return Told(entry, home, None, None, named=False)
    ours = rows.association(home.id)
    given = await ours.rsvps.answers([entry.event_id], [entry.person_id] if entry.person_id else [])
    answer = given.get((entry.event_id, entry.person_id))
    named = await ours.assignments.of_event(entry.event_id)
    event = await ours.events.get(entry.event_id)
    groups = await titles_of_groups(ours, [event] if event else [])
    return Told(
        entry,
        home,
        event,
        None if answer is None else answer.answer,
        named=any(one.person_id == entry.person_id for one in named),
        presents=(await ours.parts.presenting([entry.event_id])).get((entry.event_id, entry.person_id or 0))
        is False,
        guest=(await ours.parts.of(entry.event_id, entry.person_id or 0)) is Part.GUEST,
        group=groups.get(event.group_id or 0, "") if event else "",
    )


def by_the_clock(moment: datetime, now: datetime) -> datetime:
    """A moment of real time as the Clock, which may be shifted, shows it; `now` is the Clock's."""
    return moment + (now - datetime.now(UTC))
