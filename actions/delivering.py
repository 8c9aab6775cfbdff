"""What the outbox's rows are about, read for a batch at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import DomainError
from domain.full_names import FullName
from domain.records import Answer, Association, Event, Question, Revision
from storage.outbox import Message, OutboxRow
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that some rows of one association speak of, as it stands now."""

    home: Association
    readers: Mapping[int, FullName]  # by person, active members only
    events: Mapping[int, Event]
    answers: Mapping[tuple[int | None, int], Answer]  # by event and person
    revisions: Mapping[tuple[int, int], Revision]  # by event and number
    questions: Mapping[int, Question]
    unnamed: Sequence[Event]


async def read_batch(uow: UnitOfWork, association_id: int, rows: Sequence[OutboxRow], now: datetime) -> Batch:
    """Reads what the rows are about, each event once. Raises DomainError `association_unknown`."""
    event_ids = {row.event_id for row in rows if row.event_id is not None}
    question_ids = {row.question_id for row in rows if row.question_id is not None}
    person_ids = {row.person_id for row in rows}
    changed = {
        (row.event_id, row.since_revision)
        for row in rows
        if row.event_id is not None and row.since_revision is not None
    }
    async with uow.reading() as read:
        association = await read.associations.get(association_id)
        if association is None:
            raise DomainError("association_unknown", number=association_id)
        ours = read.association(association_id)
        return Batch(
            home=association,
            readers=await ours.members.names(person_ids),
            events=await ours.events.many(event_ids) if event_ids else {},
            answers=await ours.rsvps.answers(event_ids, person_ids) if event_ids else {},
            revisions={
                (event_id, one.number): one
                for event_id in {event_id for event_id, _ in changed}
                for one in await ours.events.revisions(event_id)
            },
            questions=await ours.questions.many(question_ids) if question_ids else {},
            unnamed=(
                await ours.events.without_day(now) if any(row.kind is Message.NAMING for row in rows) else []
            ),
        )
