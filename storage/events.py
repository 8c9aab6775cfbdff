"""The events of one association, as cards, lists and revisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.period import DAY_TO_BE_NAMED, Period
from domain.plan_draft import Kind
from domain.records import Answer, Card, Event, Revision, Status
from storage.history import from_json, to_json
from storage.tables import event_activities, events, revisions, rsvps


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What is known of an event before it is stored."""

    title: str
    kind: Kind
    gathering: bool
    period: Period
    venue: str
    responsible: str
    audience: str
    starts_at: datetime
    ends_at: datetime
    answers_until: datetime | None


def to_event(row: Any) -> Event:
    """The record out of a row that holds the events' columns."""
    return Event(
        id=row.id,
        association_id=row.association_id,
        title=row.title,
        kind=Kind(row.kind),
        gathering=row.gathering,
        period=row.period,
        venue=row.venue,
        entrance=row.entrance,
        bring=row.bring,
        online=row.online,
        link=row.link,
        responsible=row.responsible,
        audience=row.audience,
        status=Status(row.status),
        reason=row.reason,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        answers_until=row.answers_until,
        answer_by=row.answer_by,
        revision=row.revision,
        schedule_version=row.schedule_version,
        day_version=row.day_version,
        announced_at=row.announced_at,
        told_at=row.told_at,
    )


def _to_card(row: Any) -> Card:
    return Card(
        event=to_event(row),
        answer=None if row.answer is None else Answer(row.answer),
        going=row.going,
        others_ahead=row.ahead - 1 if row.ends_at > row.asked_at else row.ahead,
    )


_OURS = events.c.association_id == bindparam("association")
_TO_COME = and_(events.c.ends_at > bindparam("now"), events.c.gathering, events.c.status == Status.PLANNED)
# A period's text begins with its precision (storage.tables.PeriodText).
_DAY_TO_BE_NAMED = or_(
    *(type_coerce(events.c.period, Text).startswith(f"{precision} ") for precision in sorted(DAY_TO_BE_NAMED))
)
_AHEAD = events.alias("ahead")
_GOING = (
    select(func.count())
    .where(
        rsvps.c.association_id == events.c.association_id,
        rsvps.c.event_id == events.c.id,
        rsvps.c.day_version == events.c.day_version,
        rsvps.c.answer == Answer.GOING,
    )
    .correlate(events)
    .scalar_subquery()
)
_COUNT_AHEAD = (
    select(func.count())
    .select_from(_AHEAD)
    .where(
        _AHEAD.c.association_id == bindparam("association"),
        _AHEAD.c.ends_at > bindparam("now"),
        _AHEAD.c.gathering,
        _AHEAD.c.status == Status.PLANNED,
    )
    .scalar_subquery()
)
# What comes next is what is over first: a named day goes before the rest of its month.
_ORDER = (events.c.ends_at, events.c.starts_at, events.c.id)


def _cards(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            events,
            rsvps.c.answer,
            _GOING.label("going"),
            _COUNT_AHEAD.label("ahead"),
            bindparam("now", type_=events.c.ends_at.type).label("asked_at"),
        )
        .outerjoin(
            rsvps,
            and_(
                rsvps.c.association_id == events.c.association_id,
                rsvps.c.event_id == events.c.id,
                rsvps.c.person_id == bindparam("person"),
                rsvps.c.day_version == events.c.day_version,
            ),
        )
        .where(_OURS, *conditions)
        .order_by(*_ORDER)
    )


# Built once: these are the statements of every question and every press.
_CARD = _cards(events.c.id == bindparam("event"))
_NEXT = _cards(_TO_COME).offset(bindparam("offset")).limit(1)


class Events:
    """Events of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def card(self, event_id: int, person_id: int, now: datetime) -> Card | None:
        """One event as one person sees it; None if the association has no such event."""
        found = await self._connection.execute(_CARD, self._about(person_id, now) | {"event": event_id})
        row = found.one_or_none()
        return None if row is None else _to_card(row)

    async def next(self, person_id: int, now: datetime, offset: int = 0) -> Card | None:
        """The event that comes next, or the one so many places after it."""
        found = await self._connection.execute(_NEXT, self._about(person_id, now) | {"offset": offset})
        row = found.one_or_none()
        return None if row is None else _to_card(row)

    async def get(self, event_id: int) -> Event | None:
        """One event."""
        row = (await self._connection.execute(select(events).where(*self._key(event_id)))).one_or_none()
        return None if row is None else to_event(row)

    async def many(self, event_ids: Iterable[int]) -> dict[int, Event]:
        """Several events by their ids; unknown ones are left out."""
        statement = select(events).where(
            events.c.association_id == self._association_id, events.c.id.in_(list(event_ids))
        )
        return {row.id: to_event(row) for row in await self._connection.execute(statement)}

    async def to_come(self, now: datetime) -> list[Event]:
        """Everything dated that is not over yet, cancelled events too, soonest first."""
        statement = (
            select(events)
            .where(events.c.association_id == self._association_id, events.c.ends_at > now)
            .order_by(*_ORDER)
        )
        return [to_event(row) for row in await self._connection.execute(statement)]

    async def without_day(self, now: datetime) -> list[Event]:
        """The gatherings to come whose day is still to be named, soonest first."""
        statement = (
            select(events)
            .where(events.c.association_id == self._association_id, _TO_COME, _DAY_TO_BE_NAMED)
            .order_by(*_ORDER)
        )
        return [to_event(row) for row in await self._connection.execute(statement, {"now": now})]

    async def answered_by(self, person_id: int, now: datetime) -> list[Card]:
        """The gatherings to come that take answers or have the person's, soonest first."""
        statement = _cards(
            _TO_COME, (rsvps.c.answer.is_not(None)) | (events.c.answers_until > bindparam("now"))
        )
        rows = await self._connection.execute(statement, self._about(person_id, now))
        return [_to_card(row) for row in rows]

    async def add(self, new: Sequence[tuple[NewEvent, Sequence[int]]], by: int | None, now: datetime) -> int:
        """Stores events with the activities they belong to and a first revision each; returns how many."""
        for event, activity_ids in new:
            values = {name: getattr(event, name) for name in NewEvent.__dataclass_fields__}
            event_id = (
                await self._connection.execute(
                    insert(events)
                    .values(association_id=self._association_id, **values)
                    .returning(events.c.id)
                )
            ).scalar_one()
            await self._connection.execute(
                insert(event_activities),
                [
                    {"association_id": self._association_id, "event_id": event_id, "activity_id": activity_id}
                    for activity_id in activity_ids
                ],
            )
            await self._write_revision(event_id, "planned", by, now)
        return len(new)

    async def change(
        self,
        event: Event,
        revision: int,
        values: dict[str, object],
        *,
        kind: str,
        by: int | None,
        now: datetime,
    ) -> Event | None:
        """Changes an event that is still at the revision given, and writes the new one.

        Returns the event as it stands now, or None where somebody else changed it in between.
        """
        result = await self._connection.execute(
            update(events)
            .where(*self._key(event.id), events.c.revision == revision)
            .values(revision=revision + 1, **values)
            .returning(events)
        )
        row = result.one_or_none()
        if row is None:
            return None
        await self._write_revision(event.id, kind, by, now, to_json(event, values))
        return to_event(row)

    async def revisions(self, event_id: int) -> list[Revision]:
        """What became of an event, the oldest state first."""
        statement = (
            select(revisions)
            .where(
                revisions.c.association_id == self._association_id,
                revisions.c.event_id == event_id,
            )
            .order_by(revisions.c.number)
        )
        return [
            Revision(
                number=row.number,
                kind=row.kind,
                period=row.period,
                title=row.title,
                venue=row.venue,
                entrance=row.entrance,
                online=row.online,
                link=row.link,
                status=Status(row.status),
                by_person_id=row.by_person_id,
                at=row.at,
                changes=from_json(row.changes),
            )
            for row in await self._connection.execute(statement)
        ]

    async def _write_revision(
        self,
        event_id: int,
        kind: str,
        by: int | None,
        now: datetime,
        changes: dict[str, list[object]] | None = None,
    ) -> None:
        state = select(
            events.c.association_id,
            events.c.id,
            events.c.revision,
            bindparam("change", kind),
            events.c.period,
            events.c.title,
            events.c.venue,
            events.c.entrance,
            events.c.online,
            events.c.link,
            events.c.status,
            bindparam("changes", changes, revisions.c.changes.type),
            bindparam("by", by, revisions.c.by_person_id.type),
            bindparam("at", now, revisions.c.at.type),
        ).where(*self._key(event_id))
        await self._connection.execute(
            insert(revisions).from_select(
                [
                    "association_id",
                    "event_id",
                    "number",
                    "kind",
                    "period",
                    "title",
                    "venue",
                    "entrance",
                    "online",
                    "link",
                    "status",
                    "changes",
                    "by_person_id",
                    "at",
                ],
                state,
            )
        )

    def _key(self, event_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return events.c.association_id == self._association_id, events.c.id == event_id

    def _about(self, person_id: int, now: datetime) -> dict[str, object]:
        return {"association": self._association_id, "person": person_id, "now": now}
