"""What the outbox's rows are about, read for a batch at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from actions.arriving import records_hers
from actions.claiming import Story, stories
from actions.roll_call import read_roll
from actions.together import near_to
from domain.broadcasts import Progress, Said
from domain.errors import DomainError
from domain.full_names import FullName
from domain.people import works_elsewhere
from domain.records import (
    Association,
    Attendee,
    Event,
    Given,
    Handover,
    Mark,
    Material,
    Member,
    Question,
    Reader,
    Revision,
    Standing,
    Talk,
)
from domain.roles import Role
from domain.roll_call import Roll
from domain.rsvp import answers_wanted_by
from domain.turnout import Turnout
from storage.group_chats import Counts
from storage.outbox import Message, OutboxRow
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# Kinds of messages that a later change makes needless.
_OF_CHANGES = frozenset({Message.CHANGE, Message.UNSEEN, Message.PRESENTER})
# Kinds of messages that list everybody and her answer.
_LISTING = frozenset({Message.LIST, Message.SUMMARY})
# Kinds of messages that list who was there.
_CALLING = frozenset({Message.HELD, Message.ROLL})
# Kinds of messages that depend on whether she was there.
_AFTERWARDS = frozenset({Message.ATTENDED, Message.MISSED, Message.OPINION})
# Kinds of messages that say what there is to read.
_TO_READ = frozenset({Message.MATERIALS, Message.MISSED})
# Kinds of messages that say more, or only something, to who presents the event.
_TO_HOSTS = _LISTING | {Message.PRESENTING}
# Kinds of messages that are about one talk, its id being their version.
_OF_TALKS = frozenset({Message.TALK, Message.SETTLED})
_DIGESTS = frozenset({Message.WEEKLY, Message.MONTHLY})
# What was changed just now is among so many lines of an event's journal.
_NEWEST_LINES = 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that some rows of one association speak of, as it stands now."""

    home: Association
    readers: Mapping[int, Reader]  # by person, of those who may be written to
    events: Mapping[int, Event]
    answers: Mapping[tuple[int | None, int | None], Given]  # by event and person
    deadlines: Mapping[int, datetime]  # by event, for those that take answers (UTC)
    revisions: Mapping[tuple[int, int], Revision]  # by event and number
    questions: Mapping[int, Question]
    broadcasts: Mapping[int, Said] = field(default_factory=dict)
    progress: Mapping[int, Progress] = field(default_factory=dict)  # by broadcast
    requests: Mapping[int, Member] = field(default_factory=dict)  # by person, of those who still wait
    helpers: Mapping[int, Member] = field(default_factory=dict)  # who became one, by person
    claims: Mapping[int, Story] = field(default_factory=dict)
    # Of those let in, who may have a record, and whether it is of another school.
    recognised: Mapping[int, tuple[Member, bool]] = field(default_factory=dict)
    turnouts: Mapping[int, Turnout] = field(default_factory=dict)  # by event
    unseen: Mapping[int, Sequence[Attendee]] = field(default_factory=dict)  # by event
    unfinished: frozenset[tuple[int | None, int | None]] = frozenset()  # tasks, by event and person
    counts: Mapping[int, Counts] = field(default_factory=dict)  # by event
    # Who presents the events, by event and person, and whether she is a coordinator as well.
    presenting: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    materials: Mapping[int, Sequence[Material]] = field(default_factory=dict)  # by event
    rolls: Mapping[int, Roll] = field(default_factory=dict)  # by event
    marks: Mapping[tuple[int | None, int | None], Mark] = field(default_factory=dict)  # by event and person
    talks: Mapping[int, Talk] = field(default_factory=dict)
    changed_by: Mapping[tuple[int, int], FullName | None] = field(default_factory=dict)  # by event, revision
    unnamed: Sequence[Event] = ()
    # What several changes are told in one message, by the row of that.
    gathered: Mapping[int, Sequence[OutboxRow]] = field(default_factory=dict)
    near: Sequence[Event] = ()  # what the first of them is probably held together with
    to_come: Sequence[Event] = ()
    handovers: Mapping[int, tuple[Handover, Member, Member | None]] = field(default_factory=dict)
    # Gatherings that are for others, by event and person.
    not_for: frozenset[tuple[int | None, int | None]] = frozenset()


async def read_batch(
    uow: UnitOfWork,
    association_id: int,
    rows: Sequence[OutboxRow],
    now: datetime,
    is_working_day: Callable[[date], bool],
) -> Batch:
    """Reads what the rows are about, each event once. Raises DomainError `association_unknown`."""
    async with uow.reading() as read:
        gathered = await read.mailing.gathered([row for row in rows if row.kind is Message.CORRECTED])
        rows = [*rows, *(one for those in gathered.values() for one in those)]
        kinds = {row.kind for row in rows}
        home = await read.associations.get(association_id)
        if home is None:
            raise DomainError("association_unknown", number=association_id)
        ours = read.association(association_id)
        event_ids = {row.event_id for row in rows if row.event_id is not None}
        person_ids = {row.person_id for row in rows if row.person_id is not None}
        events = await ours.events.many(event_ids) if event_ids else {}
        to_come = await ours.events.to_come(now) if kinds & _DIGESTS else []
        unnamed = await ours.events.without_day(now) if Message.NAMING in kinds else []
        answered = event_ids | {event.id for event in to_come}
        return Batch(
            home=home,
            readers=await ours.members.readers(person_ids),
            events=events,
            answers=await ours.rsvps.answers(answered, person_ids) if answered else {},
            deadlines={
                event.id: deadline
                for event in events.values()
                if (deadline := answers_wanted_by(event, home.zone, is_working_day))
            },
            revisions=await _revisions(ours, rows),
            questions=await ours.questions.many(_ids(rows, "question_id")),
            broadcasts=await ours.broadcasts.said(_ids(rows, "broadcast_id")),
            progress=await ours.broadcasts.progress(
                _ids([row for row in rows if row.kind is Message.PROGRESS], "broadcast_id")
            ),
            requests=await _requests(ours) if Message.REQUEST in kinds else {},
            helpers=await _helpers(ours, rows),
            claims=await stories(ours, _versions(rows, Message.CLAIM)),
            recognised=await _recognised(ours, rows),
            turnouts=await _turnouts(ours, rows),
            unseen=await _unseen(ours, rows),
            unfinished=await _unfinished(ours, [one for one in events.values() if not one.gathering]),
            counts=await _counts(read, rows, now),
            presenting=await _presenting(ours, rows),
            materials=await _materials(ours, rows),
            rolls=await _rolls(ours, rows),
            marks=await _marks(ours, rows),
            talks=await _talks(ours, rows),
            changed_by=await _changed_by(ours, rows),
            unnamed=unnamed,
            gathered=gathered,
            near=await near_to(ours, unnamed[0], now) if unnamed else (),
            to_come=to_come,
            handovers=await _handovers(ours, rows),
            not_for=await ours.events.not_for([*events.values(), *to_come], person_ids),
        )


def _ids(rows: Sequence[OutboxRow], name: str) -> set[int]:
    return {value for row in rows if (value := getattr(row, name)) is not None}


async def _revisions(ours: AssociationRows, rows: Sequence[OutboxRow]) -> dict[tuple[int, int], Revision]:
    changed = {row.event_id for row in rows if row.event_id is not None and row.kind in _OF_CHANGES}
    return {
        (event_id, one.number): one for event_id in changed for one in await ours.events.revisions(event_id)
    }


async def _changed_by(
    ours: AssociationRows, rows: Sequence[OutboxRow]
) -> dict[tuple[int, int], FullName | None]:
    changed = {row.event_id for row in rows if row.event_id is not None and row.kind is Message.PRESENTER}
    return {
        (event_id, one.number): one.by
        for event_id in changed
        for one in await ours.journal.lines(0, _NEWEST_LINES, event_id)
        if one.number is not None
    }


async def _handovers(
    ours: AssociationRows, rows: Sequence[OutboxRow]
) -> dict[int, tuple[Handover, Member, Member | None]]:
    """With who hands the desk over, and to whom."""
    found = {}
    for number in {row.version for row in rows if row.kind is Message.ROLE and row.version}:
        passed = await ours.handovers.get(number)
        giver = None if passed is None else await ours.roster.get(passed.from_id)
        if passed is not None and giver is not None:
            heir = None if passed.to_id is None else await ours.roster.get(passed.to_id)
            found[number] = (passed, giver, heir)
    return found


async def _requests(ours: AssociationRows) -> dict[int, Member]:
    return {one.person_id: one for one in await ours.roster.everybody([Standing.REQUESTED])}


async def _helpers(ours: AssociationRows, rows: Sequence[OutboxRow]) -> dict[int, Member]:
    """Who is a coordinator, or oversees the association, still."""
    found = {one: await ours.roster.get(one) for one in _versions(rows, Message.HELPER)}
    return {
        one: member
        for one, member in found.items()
        if member is not None and (member.role is Role.COORDINATOR or member.standing is Standing.OVERSEEING)
    }


def _versions(rows: Sequence[OutboxRow], kind: Message) -> set[int]:
    return {row.version for row in rows if row.kind is kind}


async def _recognised(ours: AssociationRows, rows: Sequence[OutboxRow]) -> dict[int, tuple[Member, bool]]:
    """Who was let in and may stand in the lists already, and whether it is there with another school."""
    let_in = {row.person_id for row in rows if row.kind is Message.ADMITTED and row.person_id is not None}
    found = {}
    for person_id in let_in:
        records, member = await records_hers(ours, person_id), await ours.roster.get(person_id)
        if records and member is not None:
            found[person_id] = member, works_elsewhere(records[0], member)
    return found


async def _turnouts(ours: AssociationRows, rows: Sequence[OutboxRow]) -> dict[int, Turnout]:
    listed = {row.event_id for row in rows if row.event_id is not None and row.kind in _LISTING}
    return {
        event_id: Turnout(await ours.rsvps.attendees(event_id), await ours.guests.of_event(event_id))
        for event_id in listed
    }


async def _materials(ours: AssociationRows, rows: Sequence[OutboxRow]) -> dict[int, list[Material]]:
    told = _ids([row for row in rows if row.kind in _TO_READ], "event_id")
    return await ours.materials.of_events(told) if told else {}


async def _rolls(ours: AssociationRows, rows: Sequence[OutboxRow]) -> dict[int, Roll]:
    called = _ids([row for row in rows if row.kind in _CALLING], "event_id")
    return {event_id: await read_roll(ours, event_id) for event_id in called}


async def _marks(
    ours: AssociationRows, rows: Sequence[OutboxRow]
) -> dict[tuple[int | None, int | None], Mark]:
    over = _ids([row for row in rows if row.kind in _AFTERWARDS], "event_id")
    found = await ours.attendance.of_events(over) if over else {}
    return {
        (event_id, person_id): one.mark
        for event_id, those in found.items()
        for person_id, one in those.items()
    }


async def _talks(ours: AssociationRows, rows: Sequence[OutboxRow]) -> dict[int, Talk]:
    spoken_of = _ids([row for row in rows if row.kind in _OF_TALKS], "version")
    return await ours.talks.many(spoken_of) if spoken_of else {}


async def _unseen(ours: AssociationRows, rows: Sequence[OutboxRow]) -> dict[int, list[Attendee]]:
    asked = {row.event_id: row.version for row in rows if row.event_id and row.kind is Message.UNSEEN}
    return {
        event_id: await ours.rsvps.have_not_seen(event_id, revision) for event_id, revision in asked.items()
    }


async def _unfinished(
    ours: AssociationRows, tasks: Sequence[Event]
) -> frozenset[tuple[int | None, int | None]]:
    named = {task.id: await ours.assignments.of_event(task.id) for task in tasks}
    return frozenset(
        (event_id, one.person_id) for event_id, those in named.items() for one in those if not one.done_at
    )


async def _presenting(ours: AssociationRows, rows: Sequence[OutboxRow]) -> dict[tuple[int, int], bool]:
    about = {row.event_id for row in rows if row.event_id is not None and row.kind in _TO_HOSTS}
    return await ours.parts.presenting(about) if about else {}


async def _counts(read: Rows, rows: Sequence[OutboxRow], now: datetime) -> dict[int, Counts]:
    carded = {row.event_id for row in rows if row.event_id is not None and row.kind is Message.CARD}
    return await read.group_chats.counts(carded, now) if carded else {}
