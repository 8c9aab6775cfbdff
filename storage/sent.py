"""The outbox read as a journal: what was sent, when, to whom, with what outcome; and tidied away in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.retention import kept_since
from domain.roles import Role
from domain.timing import Choice
from storage.outbox import Message, State
from storage.tables import associations, broadcasts, group_chats, memberships, notices, outbox, persons

# Rows that nothing happens to any more.
_DONE = (State.SENT, State.GONE, State.OBSOLETE, State.LATE, State.REFUSED, State.UNCERTAIN)
# Rows of which a person has something in her hands, or may have.
_SEEN = (State.SENT, State.ATTEMPTED, State.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal. `due_at` is by the Clock, the other moments are of real time; the last fields
    say what the person is in the association now, None where the row went to a group chat."""

    id: int
    association_id: int
    kind: Message
    lead: str
    event_id: int | None
    urgent: bool
    state: State
    attempts: int
    due_at: datetime
    attempted_at: datetime | None
    retry_at: datetime | None
    done_at: datetime | None
    message_id: int | None
    person_id: int | None
    name: FullName | None
    role: Role | None
    choice: Choice | None
    chat: str | None  # the group chat's title


class Sent:
    """The journal of what was sent, of the whole installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def one(self, row_id: int) -> Entry | None:
        """The row with this id, which the log names."""
        return await self._entry(_ENTRIES.where(outbox.c.id == row_id))

    async def newest_to(self, person_id: int, event_id: int | None = None) -> Entry | None:
        """What a person got last, in all her associations: about one event, or of everything."""
        mine = select(memberships.c.association_id).where(memberships.c.person_id == person_id)
        entries = _ENTRIES.where(
            outbox.c.association_id.in_(mine), outbox.c.person_id == person_id, outbox.c.state.in_(_SEEN)
        )
        if event_id is not None:
            entries = entries.where(outbox.c.event_id == event_id)
        return await self._entry(
            entries.order_by(outbox.c.attempted_at.desc().nulls_last(), outbox.c.id.desc()).limit(1)
        )

    async def ended(self, state: State, since: datetime) -> list[int]:
        """The rows that ended in a state since a moment of real time, the newest first."""
        statement = select(outbox.c.id).where(outbox.c.state == state, outbox.c.done_at >= since)
        return list((await self._connection.execute(statement.order_by(outbox.c.id.desc()))).scalars())

    async def count_waiting(self) -> int:
        """How many rows wait to be sent, or for their time."""
        statement = select(func.count()).where(outbox.c.state == State.WAITING)
        return int((await self._connection.execute(statement)).scalar_one())

    async def retention(self) -> dict[int, datetime]:
        """By how many years they keep the journal: since when associations have kept it until now."""
        now = datetime.now(UTC)
        years = await self._connection.execute(select(associations.c.retention_years).distinct())
        return {number: kept_since(now, number) for number in years.scalars()}

    async def outdated(self, kept: Mapping[int, datetime], *, after: int, most: int) -> list[int]:
        """Up to so many rows, in the order of their ids, that are done with for longer than their association
        keeps them."""
        statement = (
            select(outbox.c.id)
            .join(associations, associations.c.id == outbox.c.association_id)
            .where(outbox.c.id > after, outbox.c.state.in_(_DONE), _older(outbox.c.done_at, kept))
            .order_by(outbox.c.id)
            .limit(most)
        )
        return list((await self._connection.execute(statement)).scalars())

    async def forget(self, row_ids: Sequence[int]) -> int:
        """Deletes those of the rows that are done with; returns how many."""
        result = await self._connection.execute(
            delete(outbox).where(outbox.c.id.in_(row_ids), outbox.c.state.in_(_DONE))
        )
        return result.rowcount

    async def outdated_notices(self, kept: Mapping[int, datetime], *, after: int, most: int) -> list[int]:
        """The same of notices that were fanned out."""
        statement = (
            select(notices.c.id)
            .join(associations, associations.c.id == notices.c.association_id)
            .where(notices.c.id > after, _older(notices.c.fanned_out_at, kept))
            .order_by(notices.c.id)
            .limit(most)
        )
        return list((await self._connection.execute(statement)).scalars())

    async def forget_notices(self, notice_ids: Sequence[int]) -> int:
        """Deletes notices; returns how many."""
        result = await self._connection.execute(delete(notices).where(notices.c.id.in_(notice_ids)))
        return result.rowcount

    async def outdated_broadcasts(self, kept: Mapping[int, datetime], *, after: int, most: int) -> list[int]:
        """The same of words to everybody, once no row of theirs is left."""
        rows = exists().where(outbox.c.broadcast_id == broadcasts.c.id)
        statement = (
            select(broadcasts.c.id)
            .join(associations, associations.c.id == broadcasts.c.association_id)
            .where(broadcasts.c.id > after, _older(broadcasts.c.at, kept), ~rows)
            .order_by(broadcasts.c.id)
            .limit(most)
        )
        return list((await self._connection.execute(statement)).scalars())

    async def forget_broadcasts(self, broadcast_ids: Sequence[int]) -> int:
        """Deletes words to everybody; returns how many."""
        result = await self._connection.execute(delete(broadcasts).where(broadcasts.c.id.in_(broadcast_ids)))
        return result.rowcount

    async def _entry(self, statement: Select[Any]) -> Entry | None:
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else _to_entry(row)


_ENTRIES = (
    select(
        outbox,
        persons.c.surname,
        persons.c.given_name,
        persons.c.patronymic,
        memberships.c.role,
        memberships.c.reminders,
        group_chats.c.title.label("chat"),
    )
    .outerjoin(persons, persons.c.id == outbox.c.person_id)
    .outerjoin(
        memberships,
        and_(
            memberships.c.association_id == outbox.c.association_id,
            memberships.c.person_id == outbox.c.person_id,
        ),
    )
    .outerjoin(group_chats, group_chats.c.id == outbox.c.group_chat_id)
)


def _older(moment: ColumnElement[Any], kept: Mapping[int, datetime]) -> ColumnElement[bool]:
    """Whether the moment lies before what the association of the row keeps."""
    return or_(
        false(),
        *[(associations.c.retention_years == years) & (moment < since) for years, since in kept.items()],
    )


def _to_entry(row: Any) -> Entry:
    return Entry(
        id=row.id,
        association_id=row.association_id,
        kind=Message(row.kind),
        lead=row.lead,
        event_id=row.event_id,
        urgent=row.urgent,
        state=State(row.state),
        attempts=row.attempts,
        due_at=row.due_at,
        attempted_at=row.attempted_at,
        retry_at=row.retry_at,
        done_at=row.done_at,
        message_id=row.message_id,
        person_id=row.person_id,
        name=FullName(row.surname, row.given_name, row.patronymic) if row.given_name else None,
        role=None if row.role is None else Role(row.role),
        choice=None if row.reminders is None else Choice(row.reminders),
        chat=row.chat,
    )
