"""Answers of one association's members."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    Update,
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
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.records import Answer, Attendee, Given, Mode, Standing
from storage.joins import (
    CONCERNED,
    ITS_GUEST,
    MEANT,
    MEMBERS_SCHOOL,
    PERSON,
    SAID,
    STAND_IN,
    SUBSTITUTE,
    by_name,
    invites,
)
from storage.outbox import Message, State
from storage.tables import events, memberships, outbox, persons, rsvps, schools
from storage.upsert import Insert, insert_or_ignore

_COUNTS = rsvps.c.day_version == events.c.day_version
# One on leave is not waited for, nor one whom the event is not for any more, but listed where she answered
# all the same.
_IN_LIST = CONCERNED | (
    (memberships.c.status.in_([Standing.ACTIVE, Standing.AWAY]) | ITS_GUEST) & rsvps.c.answer.is_not(None)
)
# Who answered while the event was for her, for its present day, keeps her say.
_ANSWERED = (
    exists()
    .where(
        SAID.c.association_id == events.c.association_id,
        SAID.c.event_id == events.c.id,
        SAID.c.person_id == PERSON,
        SAID.c.day_version == events.c.day_version,
    )
    .correlate(events)
)
_COLUMNS = ["association_id", "event_id", "person_id", "answer", "day_version", "answered_at"]


def _take(insert: Insert) -> Insert:
    """One answer, on condition that the event takes it at this moment; no row where it does not."""
    said_now = bindparam("answer", type_=rsvps.c.answer.type)
    given = select(
        events.c.association_id,
        events.c.id,
        PERSON,
        said_now,
        events.c.day_version,
        bindparam("now", type_=rsvps.c.answered_at.type),
    ).where(
        events.c.association_id == bindparam("association"),
        events.c.id == bindparam("event"),
        events.c.answers_until > bindparam("now"),
        invites(events, PERSON) | _ANSWERED,
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
            # «Пока не знаю» from herself is no offer that lapsed.
            "offered_until": case(
                (same & (said.answer == Answer.WAITLISTED), rsvps.c.offered_until), else_=null()
            ),
            # What was said of another answer goes with it.
            "reason": case((same, rsvps.c.reason), else_=""),
            "substitute_id": case((same, rsvps.c.substitute_id), else_=None),
            "substitute_name": case((same, rsvps.c.substitute_name), else_=""),
        },
    )


# Built once: this is the statement of every press.
_TAKE = {"sqlite": _take(sqlite.insert(rsvps)), "postgresql": _take(postgresql.insert(rsvps))}


@dataclass(frozen=True, slots=True)
class _Said:
    """All that a row says, but for a seat that is offered: that was promised to its line alone. `before` is
    what stood in its place (`written`)."""

    answer: Answer
    day_version: int
    answered_at: datetime
    reason: str
    substitute_id: int | None
    substitute_name: str
    before: list[Any] | None = None

    def outweighs(self, mine: _Said | None) -> bool:
        """Whether it is this one that counts of two answers of one person: the later one. But who has a seat
        does not give it up for a place in the line."""
        if mine is None:
            return True
        if mine.day_version == self.day_version and {mine.answer, self.answer} == _WANT_A_SEAT:
            return self.answer is Answer.GOING
        return (self.day_version, self.answered_at) > (mine.day_version, mine.answered_at)

    def is_as(self, other: _Said) -> bool:
        """Whether nothing was said anew; the day may have been named anew."""
        return self._content() == other._content()

    def by(self, person_id: int) -> _Said:
        """The same said by another one, who is nobody's substitute in her own place."""
        return self if self.substitute_id != person_id else replace(self, substitute_id=None)

    def written(self) -> list[Any]:
        """Ready to be stored."""
        return [
            self.answer,
            self.day_version,
            self.answered_at.isoformat(),
            *self._content()[2:],
            self.before,
        ]

    def earlier(self) -> _Said | None:
        """What stood in its place."""
        if self.before is None:
            return None
        answer, version, at, *rest = self.before
        return _Said(Answer(answer), version, datetime.fromisoformat(at), *rest)

    def values(self) -> dict[str, object]:
        """The columns of a row in which nothing stood before."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return values | {"before": None, "offered_until": None}

    def _content(self) -> tuple[object, ...]:
        return self.answer, self.answered_at, self.reason, self.substitute_id, self.substitute_name


_WANT_A_SEAT = {Answer.GOING, Answer.WAITLISTED}


def _to_said(row: Any) -> _Said:
    values = {one.name: getattr(row, one.name) for one in fields(_Said)}
    return _Said(**values | {"answer": Answer(row.answer)})


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
        return result.rowcount > 0

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
        """Erases the reasons about what was over before a moment (UTC), and what was answered before others'
        answers took its place: returns in how many rows."""
        result = await self._connection.execute(
            update(rsvps).where(*self._reasons(before)).values(reason="", before=None)
        )
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

    async def restate(self, event_id: int, said: Answer, meant: Answer) -> int:
        """Whoever `said` the one about an event has said what it meant: to come to one online is to join by
        its link. Nothing else about the answer changes. Returns for how many people."""
        result = await self._connection.execute(
            update(rsvps)
            .where(
                rsvps.c.association_id == self._association_id,
                rsvps.c.event_id == event_id,
                rsvps.c.answer == said,
            )
            .values(answer=meant)
        )
        return result.rowcount

    async def carry(self, event_id: int, to: int) -> int:
        """The answers that count for one event count for another one from now on: of the same person's two
        the one that outweighs, and the other one is kept for `carry_back`. What was offered in the first
        event's line is off. Returns how many were carried."""
        version = select(events.c.day_version).where(events.c.association_id == self._association_id)
        here = (await self._connection.execute(version.where(events.c.id == to))).scalar_one_or_none()
        if here is None:
            return 0
        counts = rsvps.c.day_version == version.where(events.c.id == event_id).scalar_subquery()
        theirs = await self._said("person_id", rsvps.c.event_id == event_id, counts)
        ours = await self._said("person_id", rsvps.c.event_id == to)
        carried = 0
        for person_id, there in theirs.items():
            said, mine = replace(there, day_version=here), ours.get(person_id)
            if said.outweighs(mine):
                await self._put(to, person_id, said, mine)
                carried += 1
        await self._connection.execute(
            update(rsvps)
            .where(rsvps.c.association_id == self._association_id, rsvps.c.event_id == event_id)
            .values(offered_until=None)
        )
        return carried

    async def carry_back(self, event_id: int, came_from: Collection[int]) -> int:
        """Takes out what was carried from other events and was not answered anew since: what stood there
        before stands again. Returns how many."""
        ours = await self._said("person_id", rsvps.c.event_id == event_id)
        theirs = [await self._said("person_id", rsvps.c.event_id == one) for one in came_from]
        returned = 0
        for person_id, mine in ours.items():
            carried = [there[person_id] for there in theirs if person_id in there]
            said: _Said | None = mine
            while said is not None and any(said.is_as(one) for one in carried):
                said = said.earlier()
            if said is not mine:
                await self._set_back(event_id, person_id, said)
                returned += 1
        return returned

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
                MEANT,
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
                rsvps.c.before,
            )
            .join(
                events,
                and_(events.c.association_id == rsvps.c.association_id, events.c.id == rsvps.c.event_id),
            )
            .outerjoin(STAND_IN, STAND_IN.c.id == rsvps.c.substitute_id)
            .where(rsvps.c.association_id == self._association_id, rsvps.c.person_id == person_id)
            .order_by(events.c.starts_at)
        )
        said = [dict(row._mapping) for row in await self._connection.execute(statement)]
        return [{name: value for name, value in one.items() if name != "before" or value} for one in said]

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
            (rsvps.c.reason != "") | rsvps.c.before.is_not(None),
            rsvps.c.event_id.in_(over),
        )

    async def adopt(self, person_id: int, other_id: int) -> list[int]:
        """What another record answered becomes the person's answer, with all that was said of it, where she
        gave none, or one that it outweighs; hers is kept for `give_back`. Returns at which events."""
        theirs = await self._said("event_id", rsvps.c.person_id == other_id, rsvps.c.day_version > 0)
        hers = await self._said("event_id", rsvps.c.person_id == person_id)
        adopted = []
        for event_id, said in theirs.items():
            if said.outweighs(mine := hers.get(event_id)):
                await self._put(event_id, person_id, said.by(person_id), mine)
                adopted.append(event_id)
        return adopted

    async def give_back(self, person_id: int, other_id: int, event_ids: Iterable[int]) -> None:
        """Undoes `adopt`; what she answered since, or added to her answer, stays."""
        theirs = await self._said("event_id", rsvps.c.person_id == other_id)
        hers = await self._said("event_id", rsvps.c.person_id == person_id)
        for event_id in event_ids:
            said, mine = theirs.get(event_id), hers.get(event_id)
            if said is not None and mine is not None and mine.is_as(said.by(person_id)):
                await self._set_back(event_id, person_id, mine.earlier())

    async def send_other(
        self, person_id: int, instead_of: int, among: Collection[tuple[int, int]] | None = None
    ) -> list[tuple[int, int]]:
        """Whoever sent one record in her place sends another one of the same person; with `among` only
        these, by event and person. Returns whose answers that are."""
        statement = update(rsvps).where(
            rsvps.c.association_id == self._association_id,
            rsvps.c.substitute_id == instead_of,
            rsvps.c.person_id != person_id,
        )
        if among is not None:
            statement = statement.where(tuple_(rsvps.c.event_id, rsvps.c.person_id).in_(list(among)))
        sent = await self._connection.execute(
            statement.values(substitute_id=person_id).returning(rsvps.c.event_id, rsvps.c.person_id)
        )
        return [(row.event_id, row.person_id) for row in sent]

    async def _said(self, by: str, *conditions: ColumnElement[bool]) -> dict[int, _Said]:
        """All that rows say, by a column of theirs; nobody changes them until the transaction ends."""
        statement = select(rsvps).where(rsvps.c.association_id == self._association_id, *conditions)
        found = await self._connection.execute(statement.with_for_update())
        return {getattr(row, by): _to_said(row) for row in found}

    async def _put(self, event_id: int, person_id: int, said: _Said, mine: _Said | None) -> None:
        """Puts what is said elsewhere in the place of what stands there (None: nothing), which is kept."""
        if mine is not None:
            values = said.values() | {"before": mine.written()}
            await self._connection.execute(self._update(event_id, person_id).values(**values))
            return
        key = {"association_id": self._association_id, "event_id": event_id, "person_id": person_id}
        # Who answers at this very moment has the last word.
        await self._connection.execute(
            insert_or_ignore(self._connection, rsvps).values(**key, **said.values())
        )

    async def _set_back(self, event_id: int, person_id: int, said: _Said | None) -> None:
        """Puts back what stood there, or nothing."""
        if said is None:
            await self._connection.execute(
                delete(rsvps).where(*self._of(person_id), rsvps.c.event_id == event_id)
            )
        else:
            values = said.values() | {"before": said.before}
            await self._connection.execute(self._update(event_id, person_id).values(**values))

    def _update(self, event_id: int, person_id: int) -> Update:
        return update(rsvps).where(*self._of(person_id), rsvps.c.event_id == event_id)

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
                MEANT,
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
            .order_by(*by_name())
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
