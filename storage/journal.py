"""Who did what in one association: its journal, and the events' own revisions beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, null, select, type_coerce, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.records import JournalLine
from storage.history import from_json
from storage.tables import events, journal, persons, revisions, talks

# A plan is imported in one line of the journal: the first state of each of its events says nothing more.
_SAID_ELSEWHERE = "planned"


class Journal:
    """The journal of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def write(self, kind: str, facts: Mapping[str, object], by: int | None, now: datetime) -> int:
        """One line: what was done, by whom, when; returns its id."""
        made = await self._connection.execute(
            journal.insert()
            .values(
                association_id=self._association_id, kind=kind, facts=dict(facts), by_person_id=by, at=now
            )
            .returning(journal.c.id)
        )
        return int(made.scalar_one())

    async def facts(self, line_id: int, kind: str, since: datetime | None = None) -> dict[str, Any] | None:
        """What a line of this kind, written after a moment if one is given, holds; None where there is none
        with this id."""
        statement = select(journal.c.facts).where(
            journal.c.association_id == self._association_id, journal.c.id == line_id, journal.c.kind == kind
        )
        if since is not None:
            statement = statement.where(journal.c.at > since)
        found: dict[str, Any] | None = (await self._connection.execute(statement)).scalar_one_or_none()
        return found

    async def every(self, *kinds: str) -> list[tuple[str, dict[str, Any]]]:
        """All lines of these kinds, each with what it holds, the oldest first."""
        statement = (
            select(journal.c.kind, journal.c.facts)
            .where(journal.c.association_id == self._association_id, journal.c.kind.in_(kinds))
            .order_by(journal.c.id)
        )
        return [(row.kind, row.facts) for row in await self._connection.execute(statement)]

    async def newest(self, kind: str, **facts: str | int) -> int | None:
        """The newest line of this kind that holds these facts; None where there is none."""
        held = [
            journal.c.facts[name].as_integer() == fact
            if isinstance(fact, int)
            else journal.c.facts[name].as_string() == fact
            for name, fact in facts.items()
        ]
        statement = select(func.max(journal.c.id)).where(
            journal.c.association_id == self._association_id, journal.c.kind == kind, *held
        )
        found: int | None = (await self._connection.execute(statement)).scalar_one()
        return found

    async def lines(self, offset: int, limit: int, event_id: int | None = None) -> list[JournalLine]:
        """What was done, the newest first: so many lines after the first ones; of one event alone where it is
        named."""
        changed = select(
            revisions.c.at,
            revisions.c.kind,
            revisions.c.by_person_id,
            revisions.c.event_id,
            revisions.c.number,
            revisions.c.period,
            revisions.c.changes,
            type_coerce(null(), journal.c.facts.type).label("facts"),
        ).where(revisions.c.association_id == self._association_id)
        done = select(
            journal.c.at,
            journal.c.kind,
            journal.c.by_person_id,
            type_coerce(null(), revisions.c.event_id.type).label("event_id"),
            # What was done at the same moment stands in the order of its numbers.
            journal.c.id.label("number"),
            type_coerce(null(), revisions.c.period.type).label("period"),
            type_coerce(null(), revisions.c.changes.type).label("changes"),
            journal.c.facts,
        ).where(journal.c.association_id == self._association_id)
        if event_id is None:
            changed = changed.where(revisions.c.kind != _SAID_ELSEWHERE)
        else:
            changed = changed.where(revisions.c.event_id == event_id)
            done = done.where(journal.c.facts["event"].as_integer() == event_id)
        both = union_all(changed, done).subquery()
        statement = (
            select(both, persons.c.surname, persons.c.given_name, persons.c.patronymic)
            .outerjoin(persons, persons.c.id == both.c.by_person_id)
            .order_by(both.c.at.desc(), both.c.number.desc())
            .offset(offset)
            .limit(limit)
        )
        found = (await self._connection.execute(statement)).all()
        facts = [row.facts or {} for row in found]
        titles = await self._titles(
            {row.event_id or one.get("event") for row, one in zip(found, facts, strict=True)}
        )
        names = await self._names({one.get(name) for one in facts for name in ("person", "other")})
        themes = await self._talks({one.get("talk") for one in facts})
        return [
            JournalLine(
                at=row.at,
                kind=row.kind,
                by=_name(row),
                event_id=row.event_id,
                number=row.number if row.event_id else None,
                line_id=None if row.event_id else row.number,
                title=titles.get(row.event_id or one.get("event"), ""),
                period=row.period,
                changes=from_json(row.changes),
                facts=one,
                whom=names.get(one.get("person")),
                other=names.get(one.get("other")),
                talk=themes.get(one.get("talk"), ""),
            )
            for row, one in zip(found, facts, strict=True)
        ]

    async def _titles(self, event_ids: set[int | None]) -> dict[int | None, str]:
        statement = select(events.c.id, events.c.title).where(
            events.c.association_id == self._association_id, events.c.id.in_(event_ids - {None})
        )
        return {row.id: row.title for row in await self._connection.execute(statement)}

    async def _talks(self, talk_ids: set[int | None]) -> dict[int | None, str]:
        statement = select(talks.c.id, talks.c.theme, talks.c.speaker).where(
            talks.c.association_id == self._association_id, talks.c.id.in_(talk_ids - {None})
        )
        return {row.id: row.theme or row.speaker for row in await self._connection.execute(statement)}

    async def _names(self, person_ids: set[int | None]) -> dict[int | None, FullName | None]:
        statement = select(persons.c.id, persons.c.surname, persons.c.given_name, persons.c.patronymic).where(
            persons.c.id.in_(person_ids - {None})
        )
        return {row.id: _name(row) for row in await self._connection.execute(statement)}


def _name(row: Any) -> FullName | None:
    """The name in a row; None where nobody's stands there."""

    if row.surname is None:
        return None
    return FullName(row.surname, row.given_name, row.patronymic)
