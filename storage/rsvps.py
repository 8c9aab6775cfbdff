"""Answers of one association's members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    null,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from domain.full_names import FullName
from domain.records import Answer, Attendee, Given, Mode, Standing
from storage.joins import CONCERNED, MEMBERS_SCHOOL, STAND_IN, SUBSTITUTE
from storage.outbox import Message, State
from storage.tables import events, memberships, outbox, persons, rsvps, schools
from storage.upsert import Insert, upsert

_COUNTS = rsvps.c.day_version == events.c.day_version
# One on leave is not waited for, but listed where she answered all the same.
_IN_LIST = CONCERNED | ((memberships.c.status == Standing.AWAY) & rsvps.c.answer.is_not(None))
_COLUMNS = ["association_id", "event_id", "person_id", "answer", "day_version", "answered_at"]


def _take(insert: Insert) -> ReturningInsert[int]:
    """One answer, on condition that the event takes it at this moment; returns what stands then."""
    said_now = bindparam("answer", type_=rsvps.c.answer.type)
    given = select(
        events.c.association_id,
        events.c.id,
        bindparam("person", type_=rsvps.c.person_id.type),
        said_now,
        events.c.day_version,
        bindparam("now", type_=rsvps.c.answered_at.type),
    ).where(
        events.c.association_id == bindparam("association"),
        events.c.id == bindparam("event"),
        events.c.answers_until > bindparam("now"),
        # One comes in the way that the event is held in, and where seats are counted, once they were.
        (said_now != Answer.ONLINE) | (events.c.mode == Mode.MIXED),
        (said_now != Answer.GOING)
        | events.c.seats.is_(None)
        | (events.c.mode == Mode.ONLINE)
        | bindparam("seated", type_=Boolean()),
    )
    statement = insert.from_select(_COLUMNS, given)
    said = statement.excluded
    # The same answer again changes nothing: when it was given first counts.
    same = (rsvps.c.answer == said.answer) & (rsvps.c.day_version == said.day_version)
    return statement.on_conflict_do_update(
        index_elements=[rsvps.c.association_id, rsvps.c.event_id, rsvps.c.person_id],
        set_={
            "answer": said.answer,
            "day_version": said.day_version,
            "answered_at": case((same, rsvps.c.answered_at), else_=said.answered_at),
            "offered_until": case((same, rsvps.c.offered_until), else_=null()),
            # What was said of another answer goes with it.
            "reason": case((same, rsvps.c.reason), else_=""),
            "substitute_id": case((same, rsvps.c.substitute_id), else_=None),
            "substitute_name": case((same, rsvps.c.substitute_name), else_=""),
        },
    ).returning(literal(1))


# Built once: this is the statement of every press.
_TAKE = {"sqlite": _take(sqlite.insert(rsvps)), "postgresql": _take(postgresql.insert(rsvps))}


class Rsvps:
    """Rsvps of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def take(
        self, event_id: int, person_id: int, answer: Answer, now: datetime, *, seated: bool = False
    ) -> bool:
        """Takes an answer if the event takes it now; False, and nothing changed, if it does not. Where there
        are only so many seats, who comes in person is taken once she has one (`seated`)."""
        result = await self._connection.execute(
            _TAKE[self._connection.dialect.name],
            {
                "association": self._association_id,
                "event": event_id,
                "person": person_id,
                "answer": answer,
                "now": now,
                "seated": seated,
            },
        )
        return result.first() is not None

    async def explain(self, event_id: int, person_id: int, reason: str) -> bool:
        """Why she cannot come; False, and nothing changed, where «не смогу» is not her answer that counts."""
        return await self._add_to_declined(event_id, person_id, reason=reason)

    async def send_instead(
        self, event_id: int, person_id: int, substitute_id: int | None, name: str = ""
    ) -> bool:
        """Who comes in her place: a member, somebody by name, or nobody; False as in `explain`."""
        return await self._add_to_declined(
            event_id, person_id, substitute_id=substitute_id, substitute_name=name
        )

    async def has_reasons(self, before: datetime) -> bool:
        """Whether a reason is stored that is about an event which was over before a moment (UTC)."""
        found = select(literal(1)).select_from(rsvps).where(*self._reasons(before)).limit(1)
        return (await self._connection.execute(found)).first() is not None

    async def forget_reasons(self, before: datetime) -> int:
        """Erases the reasons about what was over before a moment (UTC); returns how many."""
        result = await self._connection.execute(update(rsvps).where(*self._reasons(before)).values(reason=""))
        return result.rowcount

    async def stop_counting_for(self, event_id: int, person_id: int) -> None:
        """Keeps what the person answered to one event, but counts it no longer."""
        await self._connection.execute(
            update(rsvps)
            .where(*self._of(person_id), rsvps.c.event_id == event_id, rsvps.c.day_version > 0)
            .values(day_version=-rsvps.c.day_version)
        )

    async def stop_counting(
        self, person_id: int, since: datetime | None = None, until: datetime | None = None
    ) -> int:
        """Keeps what the person answered to events that are not over at `since` and begin before `until`
        (UTC; None for no bound), but counts it no longer. Returns how many answers counted till now."""
        counted = select(events.c.id).where(*self._between(since, until), _COUNTS)
        result = await self._connection.execute(
            update(rsvps)
            .where(*self._of(person_id), rsvps.c.event_id.in_(counted.correlate(rsvps)))
            .values(day_version=-rsvps.c.day_version)
        )
        return result.rowcount

    async def count_counting(
        self, person_id: int, since: datetime | None = None, until: datetime | None = None
    ) -> int:
        """How many answers `stop_counting` would withdraw."""
        statement = (
            select(func.count())
            .select_from(rsvps)
            .join(events, and_(events.c.id == rsvps.c.event_id, _COUNTS))
            .where(*self._of(person_id), *self._between(since, until))
        )
        return int((await self._connection.execute(statement)).scalar_one())

    async def resume_counting(self, person_id: int, since: datetime | None = None) -> int:
        """What was withdrawn with the person counts again, for the days that it was given for, unless the
        event is over at `since` (UTC). Returns how many answers that are."""
        to_come = select(events.c.id).where(*self._between(since, None))
        result = await self._connection.execute(
            update(rsvps)
            .where(*self._of(person_id), rsvps.c.day_version < 0, rsvps.c.event_id.in_(to_come))
            .values(day_version=-rsvps.c.day_version)
        )
        return result.rowcount

    async def count_again(self, event_id: int, day_version: int) -> None:
        """What was answered about a version of the day counts for the event as it stands."""
        present = select(events.c.day_version).where(
            events.c.association_id == self._association_id, events.c.id == event_id
        )
        await self._connection.execute(
            update(rsvps)
            .where(
                rsvps.c.association_id == self._association_id,
                rsvps.c.event_id == event_id,
                rsvps.c.day_version == day_version,
            )
            .values(day_version=present.scalar_subquery())
        )

    async def carry(self, event_id: int, to: int) -> int:
        """The answers that count for one event count for another one from now on: of the same person's two
        the newer. Returns how many were carried."""
        there = (
            select(events.c.day_version)
            .where(events.c.association_id == self._association_id, events.c.id == to)
            .scalar_subquery()
        )
        # With everything that was said of the answer.
        here = {"event_id": literal(to, rsvps.c.event_id.type), "day_version": there}
        given = (
            select(*(here.get(column.name, column) for column in rsvps.c))
            .join(events, and_(events.c.association_id == rsvps.c.association_id, events.c.id == event_id))
            .where(rsvps.c.association_id == self._association_id, rsvps.c.event_id == event_id, _COUNTS)
        )
        statement = upsert(self._connection, rsvps).from_select([column.name for column in rsvps.c], given)
        said = statement.excluded
        result = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[rsvps.c.association_id, rsvps.c.event_id, rsvps.c.person_id],
                set_={column.name: said[column.name] for column in rsvps.c if not column.primary_key},
                where=(rsvps.c.answered_at < said.answered_at) | (rsvps.c.day_version != said.day_version),
            )
        )
        return result.rowcount

    async def carry_back(self, event_id: int, came_from: int) -> int:
        """Takes out what was carried from another event and was not answered anew since; returns how many."""
        there = rsvps.alias("there")
        carried = exists().where(
            there.c.association_id == self._association_id,
            there.c.event_id == came_from,
            there.c.person_id == rsvps.c.person_id,
            there.c.answer == rsvps.c.answer,
            there.c.answered_at == rsvps.c.answered_at,
        )
        result = await self._connection.execute(
            delete(rsvps).where(
                rsvps.c.association_id == self._association_id, rsvps.c.event_id == event_id, carried
            )
        )
        return result.rowcount

    async def attendees(self, event_id: int) -> list[Attendee]:
        """Every active member, and every guest of the event who is in the bot, with her answer that counts,
        by surname; one on leave only with an answer."""
        rows = await self._connection.execute(self._everybody(event_id, _COUNTS))
        return [_to_attendee(row) for row in rows]

    async def have_not_seen(self, event_id: int, revision: int) -> list[Attendee]:
        """Who was told of a revision and has neither pressed «Вижу» nor answered since, or could not be told;
        those who mean to come first. Whoever does not come is left out, as is who knows it anyway."""
        told = (
            (outbox.c.event_id == events.c.id)
            & (outbox.c.person_id == memberships.c.person_id)
            & (outbox.c.kind == Message.CHANGE)
            & (outbox.c.version == revision)
            & (outbox.c.state != State.OBSOLETE)
        )
        # What was answered about another day tells as well who means to come.
        statement = (
            self._everybody(event_id, true())
            .add_columns(outbox.c.id.label("told"), outbox.c.seen_at, outbox.c.due_at)
            .outerjoin(outbox, told)
        )
        found = [
            _to_attendee(row)
            for row in await self._connection.execute(statement)
            if (row.told is not None or not row.reachable)
            and row.seen_at is None
            and not (row.told is not None and row.answered_at and row.answered_at >= row.due_at)
            and row.answer != Answer.DECLINED
        ]
        return sorted(found, key=lambda one: one.answer is None or not one.answer.takes_part)

    async def answers(
        self, event_ids: Iterable[int], person_ids: Iterable[int]
    ) -> dict[tuple[int | None, int | None], Given]:
        """The answers that count, by event and person."""
        statement = (
            select(
                rsvps.c.event_id,
                rsvps.c.person_id,
                rsvps.c.answer,
                rsvps.c.answered_at,
                rsvps.c.offered_until,
            )
            .join(
                events,
                and_(
                    events.c.association_id == rsvps.c.association_id,
                    events.c.id == rsvps.c.event_id,
                    _COUNTS,
                ),
            )
            .where(
                rsvps.c.association_id == self._association_id,
                rsvps.c.event_id.in_(list(event_ids)),
                rsvps.c.person_id.in_(list(person_ids)),
            )
        )
        return {
            (row.event_id, row.person_id): Given(Answer(row.answer), row.answered_at, row.offered_until)
            for row in await self._connection.execute(statement)
        }

    async def of_person(self, person_id: int) -> list[dict[str, object]]:
        """Everything the person ever answered, for «Мои данные»."""
        statement = (
            select(
                events.c.title,
                events.c.starts_at,
                rsvps.c.answer,
                rsvps.c.answered_at,
                rsvps.c.reason,
                SUBSTITUTE.label("substitute"),
            )
            .join(
                events,
                and_(events.c.association_id == rsvps.c.association_id, events.c.id == rsvps.c.event_id),
            )
            .outerjoin(STAND_IN, STAND_IN.c.id == rsvps.c.substitute_id)
            .where(rsvps.c.association_id == self._association_id, rsvps.c.person_id == person_id)
            .order_by(events.c.starts_at)
        )
        return [dict(row._mapping) for row in await self._connection.execute(statement)]

    async def _add_to_declined(self, event_id: int, person_id: int, **values: object) -> bool:
        present = select(events.c.day_version).where(
            events.c.association_id == self._association_id, events.c.id == event_id
        )
        result = await self._connection.execute(
            update(rsvps)
            .where(
                rsvps.c.association_id == self._association_id,
                rsvps.c.event_id == event_id,
                rsvps.c.person_id == person_id,
                rsvps.c.answer == Answer.DECLINED,
                rsvps.c.day_version == present.scalar_subquery(),
            )
            .values(**values)
        )
        return result.rowcount == 1

    def _reasons(self, before: datetime) -> tuple[ColumnElement[bool], ...]:
        over = select(events.c.id).where(
            events.c.association_id == self._association_id, events.c.ends_at < before
        )
        return (
            rsvps.c.association_id == self._association_id,
            rsvps.c.reason != "",
            rsvps.c.event_id.in_(over),
        )

    async def adopt(self, person_id: int, other_id: int) -> dict[str, object]:
        """What another record answered becomes the person's answer where she gave none, or an earlier one.
        Returns what there was of hers before, by event, for `give_back`."""
        theirs, hers = await self._answers(other_id), await self._answers(person_id)
        before: dict[str, object] = {}
        for event_id, (answer, version, at) in theirs.items():
            mine = hers.get(event_id)
            if mine is not None and (mine[1], mine[2]) >= (version, at):
                continue
            before[str(event_id)] = None if mine is None else [mine[0], mine[1], mine[2].isoformat()]
            await self._put(person_id, event_id, answer, version, at)
        return before

    async def give_back(self, person_id: int, other_id: int, before: Mapping[str, object]) -> None:
        """Undoes `adopt`; what she answered since stays."""
        theirs, hers = await self._answers(other_id), await self._answers(person_id)
        for key, stood in before.items():
            event_id = int(key)
            if event_id not in theirs or hers.get(event_id) != theirs[event_id]:
                continue
            if stood is None:
                await self._connection.execute(
                    delete(rsvps).where(*self._of(person_id), rsvps.c.event_id == event_id)
                )
            else:
                answer, version, at = cast("tuple[str, int, str]", stood)
                await self._put(person_id, event_id, answer, version, datetime.fromisoformat(at))

    async def _answers(self, person_id: int) -> dict[int, tuple[str, int, datetime]]:
        statement = select(rsvps).where(*self._of(person_id), rsvps.c.day_version > 0)
        return {
            row.event_id: (row.answer, row.day_version, row.answered_at)
            for row in await self._connection.execute(statement)
        }

    async def _put(self, person_id: int, event_id: int, answer: str, version: int, at: datetime) -> None:
        given = {"answer": answer, "day_version": version, "answered_at": at, "offered_until": None}
        # What was said of another answer goes with it.
        given |= {"reason": "", "substitute_id": None, "substitute_name": ""}
        statement = upsert(self._connection, rsvps).values(
            association_id=self._association_id, event_id=event_id, person_id=person_id, **given
        )
        key = [rsvps.c.association_id, rsvps.c.event_id, rsvps.c.person_id]
        await self._connection.execute(statement.on_conflict_do_update(index_elements=key, set_=given))

    def _of(self, person_id: int) -> tuple[ColumnElement[bool], ...]:
        return (rsvps.c.association_id == self._association_id, rsvps.c.person_id == person_id)

    def _between(self, since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
        found = [events.c.association_id == self._association_id]
        if since is not None:
            found.append(events.c.ends_at > since)
        if until is not None:
            found.append(events.c.starts_at < until)
        return found

    def _everybody(self, event_id: int, counts: ColumnElement[bool]) -> Select[Any]:
        """Whom an event concerns, each with the answer to it that fulfils the condition, by surname."""
        return (
            select(
                persons.c.id,
                persons.c.surname,
                persons.c.given_name,
                persons.c.patronymic,
                persons.c.phone,
                (persons.c.telegram_id.is_not(None) & persons.c.unreachable_at.is_(None)).label("reachable"),
                schools.c.title,
                memberships.c.status,
                memberships.c.organisation,
                rsvps.c.answer,
                rsvps.c.answered_at,
                rsvps.c.reason,
                rsvps.c.substitute_id,
                rsvps.c.substitute_name,
            )
            .select_from(memberships)
            .join(persons, persons.c.id == memberships.c.person_id)
            .outerjoin(schools, MEMBERS_SCHOOL)
            .join(
                events,
                and_(events.c.association_id == memberships.c.association_id, events.c.id == event_id),
            )
            .outerjoin(
                rsvps,
                and_(
                    rsvps.c.association_id == memberships.c.association_id,
                    rsvps.c.event_id == events.c.id,
                    rsvps.c.person_id == memberships.c.person_id,
                    counts,
                ),
            )
            .where(memberships.c.association_id == self._association_id, _IN_LIST)
            .order_by(persons.c.surname, persons.c.given_name, persons.c.id)
        )


def _to_attendee(row: Any) -> Attendee:
    guest = row.status == Standing.GUEST
    return Attendee(
        person_id=row.id,
        name=FullName(row.surname, row.given_name, row.patronymic),
        school=row.organisation or None if guest else row.title,
        answer=None if row.answer is None else Answer(row.answer),
        phone=row.phone,
        reachable=row.reachable,
        answered_at=row.answered_at,
        reason=row.reason or "",
        substitute_id=row.substitute_id,
        substitute_name=row.substitute_name or "",
        guest=guest,
    )
