"""What the reports of one association's school year are made of; its head's own words among it.

Promises are read event by event and as bare as can be: of two thousand people each event has
thousands, and whoever presses a button meanwhile must not wait for all of them.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.records import LISTED, Standing
from domain.reports import Participant, PlannedRow
from domain.roles import Part
from storage.activities import done
from storage.events import to_event
from storage.joins import MEMBERS_SCHOOL, TAKES_PART, by_name
from storage.tables import (
    activities,
    event_activities,
    event_people,
    events,
    memberships,
    other_schools,
    persons,
    plans,
    protocols,
    rsvps,
    schools,
    talks,
    year_notes,
)
from storage.upsert import upsert

_HERE = frozenset(Standing) - {Standing.MERGED, Standing.GUEST, Standing.REFUSED}
# So many people are made of their rows before others get their turn.
_AT_ONCE = 200


class Reports:
    """Reports of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def rows(self, school_year: str, now: datetime) -> list[PlannedRow]:
        """Every row of a year's plan in its words, in the plan's order, once for each event that it stands
        for. A row of events held together is there once, where they are held."""
        statement = (
            select(
                activities.c.id.label("activity"),
                activities.c.position,
                activities.c.section,
                activities.c.number,
                activities.c.title.label("words"),
                activities.c.when_text,
                activities.c.venue.label("where"),
                activities.c.responsible.label("who"),
                activities.c.audience.label("whom"),
                activities.c.outcome,
                activities.c.year_round,
                activities.c.recurs,
                event_activities.c.held_on,
                events,
            )
            .select_from(activities)
            .join(plans)
            .outerjoin(event_activities)
            .outerjoin(events)
            .where(
                activities.c.association_id == self._association_id,
                plans.c.school_year == school_year,
                events.c.merged_into.is_(None),
            )
            .order_by(activities.c.position, events.c.ends_at, events.c.id)
        )
        return [
            PlannedRow(
                position=row.position,
                section=row.section or "",
                number=row.number,
                title=row.words,
                when=row.when_text,
                venue=row.where,
                responsible=row.who,
                event=None if row.id is None else to_event(row),
                done=done(row, now),
                held_on=row.held_on,
                audience=row.whom,
                outcome=row.outcome,
                year_round=row.year_round,
                recurs=row.recurs or "",
                activity=row.activity,
            )
            for row in await self._connection.execute(statement)
        ]

    async def promised(self, event_id: int) -> frozenset[int]:
        """Who said that she would come, of answers that count."""
        statement = (
            select(rsvps.c.person_id)
            .join(
                events,
                and_(
                    events.c.association_id == rsvps.c.association_id,
                    events.c.id == rsvps.c.event_id,
                    events.c.day_version == rsvps.c.day_version,
                ),
            )
            .where(
                rsvps.c.association_id == self._association_id,
                rsvps.c.event_id == event_id,
                TAKES_PART,
            )
        )
        return frozenset((await self._connection.execute(statement)).scalars())

    async def protocols(self, event_ids: Collection[int]) -> dict[int, int]:
        """The numbers of the protocols of several events, by event."""
        statement = select(protocols.c.event_id, protocols.c.number).where(
            _of(protocols, self._association_id, event_ids)
        )
        return {row.event_id: row.number for row in await self._connection.execute(statement)}

    async def people(self) -> list[Participant]:
        """Everybody who has a record here and is no guest, by surname, whether in the lists or not."""
        ours = memberships.c.association_id == self._association_id
        others: defaultdict[int, list[str]] = defaultdict(list)
        beside = (
            select(other_schools.c.person_id, schools.c.title)
            .join(
                schools,
                and_(
                    schools.c.association_id == other_schools.c.association_id,
                    schools.c.id == other_schools.c.school_id,
                ),
            )
            .where(other_schools.c.association_id == self._association_id)
            .order_by(schools.c.title)
        )
        for person, title in await self._connection.execute(beside):
            others[person].append(title)
        statement = (
            select(
                persons.c.id,
                persons.c.surname,
                persons.c.given_name,
                persons.c.patronymic,
                schools.c.title,
                memberships.c.status,
                memberships.c.joined_at,
            )
            .join(memberships, memberships.c.person_id == persons.c.id)
            .outerjoin(schools, MEMBERS_SCHOOL)
            .where(ours, memberships.c.status.in_(_HERE))
            .order_by(*by_name())
        )
        found: list[Participant] = []
        for some in (await self._connection.execute(statement)).partitions(_AT_ONCE):
            await asyncio.sleep(0)
            found += [
                Participant(
                    person_id=row.id,
                    name=FullName(row.surname, row.given_name, row.patronymic),
                    school=row.title or "",
                    schools=(*([row.title] if row.title else []), *others[row.id]),
                    listed=row.status in LISTED,
                    joined_at=row.joined_at,
                )
                for row in some
            ]
        return found

    async def notes(self, school_year: str) -> dict[str, str]:
        """The head's words about a year, as `keep_notes` keeps them."""
        statement = select(year_notes.c.notes).where(
            year_notes.c.association_id == self._association_id, year_notes.c.school_year == school_year
        )
        return dict((await self._connection.execute(statement)).scalar_one_or_none() or {})

    async def keep_notes(self, school_year: str, notes: Mapping[str, str], now: datetime) -> None:
        """Keeps her words about a year in the place of those before."""
        kept = {"notes": dict(notes), "at": now}
        await self._connection.execute(
            upsert(self._connection, year_notes)
            .values(association_id=self._association_id, school_year=school_year, **kept)
            .on_conflict_do_update(
                index_elements=[year_notes.c.association_id, year_notes.c.school_year], set_=kept
            )
        )

    async def talks_of(self, person_id: int) -> list[int]:
        """The talks that a person gave, or was to give."""
        statement = select(talks.c.id).where(
            talks.c.association_id == self._association_id, talks.c.person_id == person_id
        )
        return list((await self._connection.execute(statement)).scalars())

    async def hosted_by(self, person_id: int) -> list[int]:
        """The events that a person presented, or is to present."""
        statement = select(event_people.c.event_id).where(
            event_people.c.association_id == self._association_id,
            event_people.c.person_id == person_id,
            event_people.c.part == Part.HOST,
        )
        return list((await self._connection.execute(statement)).scalars())


def _of(table: Table, association_id: int, event_ids: Collection[int]) -> ColumnElement[bool]:
    return and_(table.c.association_id == association_id, table.c.event_id.in_(event_ids))
