"""Who was at one association's events."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.people import plain_words
from domain.records import Attendance as Record
from domain.records import Attendee, Mark, Marked, Standing, Way
from domain.roles import Role
from storage.joins import MEMBERS_SCHOOL, by_name, of_merged
from storage.tables import attendance, event_guests, events, memberships, persons, schools
from storage.upsert import Insert, move_to_person, upsert

_COLUMNS = ["association_id", "event_id", "person_id", "mark", "way", "day_version", "at", "by_person_id"]


def _mark(insert: Insert, over: ColumnElement[bool] | None) -> Insert:
    """A mark for the day that the event has now. One that is there already stays, unless it is of another
    day, or one that it may be put `over`."""
    given = select(
        events.c.association_id,
        events.c.id,
        bindparam("person", type_=attendance.c.person_id.type),
        bindparam("mark", type_=attendance.c.mark.type),
        bindparam("way", type_=attendance.c.way.type),
        events.c.day_version,
        bindparam("at", type_=attendance.c.at.type),
        bindparam("by", type_=attendance.c.by_person_id.type),
    ).where(events.c.association_id == bindparam("association"), events.c.id == bindparam("event"))
    return _over(insert.from_select(_COLUMNS, given), over)


def _over(statement: Insert, over: ColumnElement[bool] | None = None) -> Insert:
    said = statement.excluded
    replaced: ColumnElement[bool] = attendance.c.day_version != said.day_version
    if over is not None:
        replaced |= over
    return statement.on_conflict_do_update(
        index_elements=[attendance.c.association_id, attendance.c.event_id, attendance.c.person_id],
        set_={name: said[name] for name in ("mark", "way", "day_version", "at", "by_person_id")},
        where=replaced,
    )


# Built once: a room full of people checks in within minutes.
_SEEN = attendance.c.mark == bindparam("seen", type_=attendance.c.mark.type)
_SAID = attendance.c.way == literal(Way.ASKED.value)
_FIRST, _ANEW, _SAID_ANEW = (
    {
        "sqlite": _mark(sqlite.insert(attendance), over),
        "postgresql": _mark(postgresql.insert(attendance), over),
    }
    for over in (None, _SEEN, _SAID)
)
_OF_THE_DAY = and_(
    events.c.association_id == attendance.c.association_id,
    events.c.id == attendance.c.event_id,
    events.c.day_version == attendance.c.day_version,
)
_COUNTS = _OF_THE_DAY & ~of_merged(attendance)
# Who was at an event before she was let in, or was not let in then: one more who came unannounced.
_AT_THE_DOOR = memberships.c.status.in_([Standing.REQUESTED, Standing.REFUSED])


class Attendance:
    """Attendance of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def check_in(self, event_id: int, person_id: int, way: Way, now: datetime) -> bool:
        """Marks her as present by her own doing; False, and nothing changed, where she is marked already, be
        it as absent: that is for who runs the event to correct."""
        return await self._put(_FIRST, event_id, person_id, mark=Mark.PRESENT, way=way, at=now, by=person_id)

    async def say(self, event_id: int, person_id: int, mark: Mark, now: datetime) -> bool:
        """What she says when she is asked afterwards; she may say otherwise later. False, and nothing
        changed, where she is marked in another way."""
        put = {"mark": mark, "way": Way.ASKED, "at": now, "by": person_id}
        return await self._put(_SAID_ANEW, event_id, person_id, **put)

    async def mark(
        self, event_id: int, person_id: int, mark: Mark | None, seen: Mark | None, by: int, now: datetime
    ) -> bool:
        """Marks her, or takes the mark away (None), as who runs the event sees it. `seen` is the mark that
        stood before her: where another one stands meanwhile, nothing changes and False is returned."""
        if mark is None:
            gone = await self._connection.execute(
                delete(attendance).where(*self._key(event_id, person_id), attendance.c.mark == seen)
            )
            return gone.rowcount == 1
        put = {"mark": mark, "way": Way.ROLL, "at": now, "by": by}
        if seen is None:
            return await self._put(_FIRST, event_id, person_id, **put)
        return await self._put(_ANEW, event_id, person_id, seen=seen, **put)

    async def mark_all(self, event_id: int, person_ids: Collection[int], by: int, now: datetime) -> list[int]:
        """Marks those of them who are unmarked as present, as who runs the event sees it; returns whom."""
        marked = {"mark": Mark.PRESENT, "way": Way.ROLL, "at": now, "by_person_id": by}
        said = {name: literal(value, attendance.c[name].type) for name, value in marked.items()}
        given = (
            select(
                events.c.association_id,
                events.c.id,
                memberships.c.person_id,
                said["mark"],
                said["way"],
                events.c.day_version,
                said["at"],
                said["by_person_id"],
            )
            .join(memberships, memberships.c.association_id == events.c.association_id)
            .where(
                events.c.association_id == self._association_id,
                events.c.id == event_id,
                memberships.c.person_id.in_(person_ids),
            )
        )
        statement = _over(upsert(self._connection, attendance).from_select(_COLUMNS, given))
        return sorted((await self._connection.execute(statement.returning(attendance.c.person_id))).scalars())

    async def take_back(self, event_id: int, person_ids: Collection[int], by: int, at: datetime) -> int:
        """Undoes `mark_all`: takes away those of its marks that stand as they were made; returns how many."""
        gone = await self._connection.execute(
            delete(attendance).where(
                attendance.c.association_id == self._association_id,
                attendance.c.event_id == event_id,
                attendance.c.person_id.in_(person_ids),
                attendance.c.mark == Mark.PRESENT,
                attendance.c.way == Way.ROLL,
                attendance.c.by_person_id == by,
                attendance.c.at == at,
            )
        )
        return gone.rowcount

    async def confirm(self, event_id: int, person_ids: Collection[int], by: int, now: datetime) -> list[int]:
        """What they said when they were asked afterwards is as who runs the event sees it, too; returns of
        whom."""
        said = (
            update(attendance)
            .where(*self._said(event_id, person_ids), attendance.c.way == Way.ASKED)
            .values(way=Way.ROLL, by_person_id=by, at=now)
            .returning(attendance.c.person_id)
        )
        return sorted((await self._connection.execute(said)).scalars())

    async def unconfirm(self, event_id: int, said: Mapping[int, datetime], by: int, at: datetime) -> int:
        """Undoes `confirm`: those of its marks that stand as they were made are what somebody said at a
        moment again; returns how many."""
        count = 0
        for person_id, moment in said.items():
            stands = (attendance.c.way == Way.ROLL, attendance.c.by_person_id == by, attendance.c.at == at)
            undone = (
                update(attendance)
                .where(*self._said(event_id, [person_id]), *stands)
                .values(way=Way.ASKED, by_person_id=person_id, at=moment)
            )
            count += (await self._connection.execute(undone)).rowcount
        return count

    async def of_event(self, event_id: int, person_id: int | None = None) -> dict[int, Record]:
        """The marks of an event that count, by person; hers alone where she is named."""
        statement = (
            select(attendance)
            .join(events, _COUNTS)
            .where(attendance.c.association_id == self._association_id, attendance.c.event_id == event_id)
        )
        if person_id is not None:
            statement = statement.where(attendance.c.person_id == person_id)
        return {row.person_id: _record(row) for row in await self._connection.execute(statement)}

    async def marks(self, event_id: int) -> dict[int, Mark]:
        """The same as `of_event`, as bare as can be: reports read thousands of each of many events."""
        statement = (
            select(attendance.c.person_id, attendance.c.mark)
            .join(events, _COUNTS)
            .where(attendance.c.association_id == self._association_id, attendance.c.event_id == event_id)
        )
        return {person: Mark(mark) for person, mark in await self._connection.execute(statement)}

    async def of_events(self, event_ids: Collection[int]) -> dict[int, dict[int, Record]]:
        """The marks of several events that count, by event and person; none of an event without marks."""
        statement = (
            select(attendance)
            .join(events, _COUNTS)
            .where(attendance.c.association_id == self._association_id, attendance.c.event_id.in_(event_ids))
        )
        found: dict[int, dict[int, Record]] = {}
        for row in await self._connection.execute(statement):
            found.setdefault(row.event_id, {})[row.person_id] = _record(row)
        return found

    async def listed(self, event_id: int) -> list[Marked]:
        """Who has a mark that counts, the newest minute first, by name within it; guests who are not in the
        bot come last."""
        statement = (
            self._named(event_id)
            .add_columns(
                schools.c.title,
                memberships.c.status,
                memberships.c.organisation,
                attendance.c.mark,
                attendance.c.way,
                attendance.c.at,
            )
            .order_by(*by_name())
        )
        guests = (
            select(event_guests.c.name, event_guests.c.organisation, event_guests.c.mark)
            .where(
                event_guests.c.association_id == self._association_id,
                event_guests.c.event_id == event_id,
                event_guests.c.mark.is_not(None),
            )
            .order_by(event_guests.c.id)
        )
        people = [_marked(row) for row in await self._connection.execute(statement)]
        others = [
            Marked(row.name, row.organisation, Mark(row.mark))
            for row in await self._connection.execute(guests)
        ]
        return [
            *sorted(people, key=_minute, reverse=True),  # those of a minute stay by name
            *sorted(others, key=lambda one: plain_words(one.name)),
        ]

    async def of_person(self, person_id: int) -> list[tuple[int, Record]]:
        """Her marks that count, each with its event's id, the earliest event first."""
        statement = (
            select(attendance)
            .join(events, _COUNTS)
            .where(attendance.c.association_id == self._association_id, attendance.c.person_id == person_id)
            .order_by(events.c.starts_at, events.c.id)
        )
        return [(row.event_id, _record(row)) for row in await self._connection.execute(statement)]

    async def export(self, person_id: int) -> list[dict[str, object]]:
        """Every mark that she has, for «Мои данные»."""
        statement = (
            select(events.c.title, events.c.starts_at, attendance.c.mark, attendance.c.way, attendance.c.at)
            .join(events, _OF_THE_DAY)
            .where(attendance.c.association_id == self._association_id, attendance.c.person_id == person_id)
            .order_by(events.c.starts_at, events.c.id)
        )
        return [dict(row._mapping) for row in await self._connection.execute(statement)]

    async def present(self, event_id: int) -> list[Attendee]:
        """Who was at an event, members and guests who are in the bot, by surname; their answers are not
        looked at."""
        statement = (
            self._named(event_id)
            .add_columns(
                ((memberships.c.role == Role.GUEST) | _AT_THE_DOOR).label("guest"),
                func.coalesce(func.nullif(memberships.c.organisation, ""), schools.c.title).label("school"),
            )
            .where(attendance.c.mark.in_([mark for mark in Mark if mark.was_there]))
            .order_by(*by_name())
        )
        return [
            Attendee(
                row.id,
                FullName(row.surname, row.given_name, row.patronymic),
                row.school or None,
                answer=None,
                guest=bool(row.guest),
            )
            for row in await self._connection.execute(statement)
        ]

    async def at_the_door(self, event_id: int) -> list[Attendee]:
        """Who is marked at an event without being let in yet, by surname."""
        statement = (
            self._named(event_id).add_columns(schools.c.title).where(_AT_THE_DOOR).order_by(*by_name())
        )
        return [
            Attendee(
                row.id,
                FullName(row.surname, row.given_name, row.patronymic),
                row.title,
                answer=None,
                guest=True,
            )
            for row in await self._connection.execute(statement)
        ]

    async def mark_guest(self, event_id: int, guest_id: int, mark: Mark | None, seen: Mark | None) -> bool:
        """The same as `mark` of a guest who is not in the bot."""
        stood = event_guests.c.mark.is_(None) if seen is None else event_guests.c.mark == seen
        changed = await self._connection.execute(
            update(event_guests)
            .where(
                event_guests.c.association_id == self._association_id,
                event_guests.c.event_id == event_id,
                event_guests.c.id == guest_id,
                stood,
            )
            .values(mark=mark)
        )
        return changed.rowcount == 1

    async def adopt(self, person_id: int, other_id: int) -> list[int]:
        """Another record's marks are the person's where she has none; returns of which events."""
        return await move_to_person(
            self._connection, attendance, self._association_id, other_id, person_id, None
        )

    async def release(self, person_id: int, other_id: int, event_ids: Collection[int]) -> list[int]:
        """Undoes `adopt` for these events; returns of which marks went back."""
        return await move_to_person(
            self._connection, attendance, self._association_id, person_id, other_id, event_ids
        )

    def _named(self, event_id: int) -> Select[Any]:
        """The marks of an event that count, with whom they are of and where she comes from."""
        return (
            select(persons.c.id, persons.c.surname, persons.c.given_name, persons.c.patronymic)
            .select_from(attendance)
            .join(events, _COUNTS)
            .join(persons, persons.c.id == attendance.c.person_id)
            .join(
                memberships,
                and_(
                    memberships.c.association_id == attendance.c.association_id,
                    memberships.c.person_id == attendance.c.person_id,
                ),
            )
            .outerjoin(schools, MEMBERS_SCHOOL)
            .where(attendance.c.association_id == self._association_id, attendance.c.event_id == event_id)
        )

    async def _put(
        self, statements: dict[str, Insert], event_id: int, person_id: int, **values: object
    ) -> bool:
        result = await self._connection.execute(
            statements[self._connection.dialect.name],
            {"association": self._association_id, "event": event_id, "person": person_id, **values},
        )
        return result.rowcount == 1

    def _said(self, event_id: int, person_ids: Collection[int]) -> tuple[ColumnElement[bool], ...]:
        """The marks of these people that say that they were there without more."""
        return (
            attendance.c.association_id == self._association_id,
            attendance.c.event_id == event_id,
            attendance.c.person_id.in_(person_ids),
            attendance.c.mark == Mark.PRESENT,
        )

    def _key(self, event_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
        return (
            attendance.c.association_id == self._association_id,
            attendance.c.event_id == event_id,
            attendance.c.person_id == person_id,
        )


def _record(row: Any) -> Record:
    return Record(row.person_id, Mark(row.mark), Way(row.way), row.at, row.by_person_id)


def _marked(row: Any) -> Marked:
    name = FullName(row.surname, row.given_name, row.patronymic)
    school = row.organisation if row.status == Standing.GUEST else row.title or ""
    return Marked(name.full, school, Mark(row.mark), Way(row.way), row.at)


def _minute(one: Marked) -> int:
    """When she was marked, as the list shows it."""
    return 0 if one.at is None else int(one.at.timestamp() // 60)
