"""Small helpers that fill a database and look into it. Associations, people and schools are invented."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Engine, Table, delete, insert, select, update
from sqlalchemy import event as listening

from domain.full_names import parse_full_name
from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind, PlanDraft
from domain.records import Actor, Association, Event, Invitation, Status
from domain.roles import Role
from domain.rsvp import answers_until
from domain.timing import default_profile
from storage import tables
from storage.engine import Database
from storage.events import NewEvent
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork

# A Monday, 11:00 in Novosibirsk.
NOW = datetime(2026, 10, 5, 4, tzinfo=UTC)
ZONE = "Asia/Novosibirsk"
YEAR = "2026/2027"
SCHOOL = "МБОУ СОШ № 412"
CONSENT = "Согласна на обработку моих данных."

NOVEMBER = Period.month(2026, 11)
# A Tuesday, 14:00 in Novosibirsk: 7:00 UTC.
SEMINAR_DAY = Period.at(date(2026, 10, 20), time(14))
LATER_DAY = Period.at(date(2026, 10, 27), time(14))

_telegram_ids = itertools.count(700_000_001)


async def an_association(
    database: Database, title: str = "РМО Приозёрного района", *, zone: str = ZONE
) -> Association:
    """An association; a titled one is set up."""
    uow = UnitOfWork(database)
    async with uow as rows:
        number = await rows.associations.add(title, zone, default_profile(zone).canonical(), NOW)
        made = await rows.associations.get(number)
        await uow.commit()
    assert made is not None
    return made


async def a_member(
    database: Database,
    home: Association,
    name: str = "Петрова Мария Ивановна",
    *,
    role: Role = Role.MEMBER,
    school: str = SCHOOL,
    telegram_id: int | None = None,
    now: datetime = NOW,
) -> Actor:
    """An active member who acts in the association."""
    telegram_id = telegram_id or next(_telegram_ids)
    uow = UnitOfWork(database)
    async with uow as rows:
        person_id = await rows.people.add(telegram_id, now)
        members = rows.association(home.id).members
        await members.add(person_id, role, CONSENT, now)
        await rows.people.set_name(person_id, parse_full_name(name))
        await rows.people.set_current_association(person_id, home.id)
        await members.set_school(person_id, await members.add_school(school))
        await members.activate(person_id, now)
        await uow.commit()
    return await actor_of(database, telegram_id)


async def a_coordinator(database: Database, home: Association, name: str = "Орлова Нина Викторовна") -> Actor:
    """A coordinator of the association."""
    return await a_member(database, home, name, role=Role.COORDINATOR)


async def actor_of(database: Database, telegram_id: int) -> Actor:
    """The person behind a Telegram id, as she is stored now."""
    async with UnitOfWork(database).reading() as rows:
        actor = await rows.people.actor(telegram_id)
    assert actor is not None
    return actor


async def an_invitation(
    database: Database,
    home: Association,
    role: Role = Role.MEMBER,
    *,
    code: str = "code",
    digits: str = "12345678",
    expires_at: datetime | None = None,
) -> Invitation:
    """A way into the association."""
    invitation = Invitation(home.id, code, digits, role, expires_at, used=False)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.associations.add_invitation(invitation, NOW)
        await uow.commit()
    return invitation


def a_new_event(
    home: Association,
    period: Period,
    *,
    title: str = "Семинар о читательских клубах",
    gathering: bool = True,
    status: Status = Status.PLANNED,
) -> NewEvent:
    """What is known of an event before it is stored."""
    return NewEvent(
        title=title,
        kind=Kind.SEMINAR if gathering else Kind.OTHER,
        gathering=gathering,
        period=period,
        venue=SCHOOL,
        responsible="Орлова Н.В.",
        audience="Педагоги-библиотекари",
        starts_at=period.begins_at(home.zone),
        ends_at=period.ends_at(home.zone),
        answers_until=answers_until(gathering, period, status, home.zone),
    )


async def an_event(
    database: Database,
    home: Association,
    period: Period = SEMINAR_DAY,
    *,
    title: str = "Семинар о читательских клубах",
    gathering: bool = True,
    year: str = YEAR,
) -> Event:
    """An event of the association's plan, which is made if there is none."""
    uow = UnitOfWork(database)
    async with uow as rows:
        ours = rows.association(home.id)
        plan = await ours.activities.plan(year)
        plan_id = plan.id if plan else await _a_plan(ours.activities, year)
        [activity_id] = await ours.activities.add(plan_id, [an_activity_row(title)])
        before = set(await ours.events.many(range(1, 1000)))
        await ours.events.add(
            [(a_new_event(home, period, title=title, gathering=gathering), [activity_id])], None, NOW
        )
        [made] = [one for key, one in (await ours.events.many(range(1, 1000))).items() if key not in before]
        await uow.commit()
    return made


async def _a_plan(activities: Any, year: str) -> int:
    number: int = await activities.add_plan(
        school_year=year, title="План работы", draft={}, digest="digest", now=NOW, by=None
    )
    return number


def an_activity_row(title: str, *, year_round: bool = False) -> dict[str, object]:
    """A row of a plan, ready to be stored."""
    return {
        "number": "1.1",
        "section": "I. Работа",
        "title": title,
        "kind": Kind.SEMINAR,
        "audience": "",
        "when_text": "",
        "year_round": year_round,
        "recurs": None,
        "venue": SCHOOL,
        "responsible": "",
        "outcome": "",
    }


def a_draft(*activities: ActivityDraft, year: str | None = YEAR, title: str = "План работы") -> PlanDraft:
    """A plan as it was read."""
    return PlanDraft(school_year=year, title=title, activities=activities)


def an_activity(title: str, *periods: Period, kind: Kind = Kind.SEMINAR) -> ActivityDraft:
    """A row of a plan as it was read."""
    return ActivityDraft(title=title, number="1.1", kind=kind, when_text="по плану", periods=periods)


async def move(
    database: Database, home: Association, event: Event, period: Period, *, new_day: bool = True
) -> Event:
    """The event on another day, as naming a day stores it."""
    return await _change(
        database,
        event,
        kind="moved",
        period=period,
        starts_at=period.begins_at(home.zone),
        ends_at=period.ends_at(home.zone),
        answers_until=answers_until(event.gathering, period, event.status, home.zone),
        schedule_version=event.schedule_version + 1,
        day_version=event.day_version + new_day,
    )


async def cancel(database: Database, event: Event) -> Event:
    """The event cancelled; its day stands, so its schedule does too."""
    return await _change(database, event, kind="cancelled", status=Status.CANCELLED, answers_until=None)


async def _change(database: Database, event: Event, *, kind: str, **values: object) -> Event:
    uow = UnitOfWork(database)
    async with uow as rows:
        events = rows.association(event.association_id).events
        changed = await events.change(event, event.revision, values, kind=kind, by=None, now=NOW)
        await uow.commit()
    assert changed is not None
    return changed


async def a_message(database: Database, to: Actor, event: Event | None = None, **values: object) -> int:
    """A row of the outbox that waits for the person since NOW; returns its id."""
    row = {
        "association_id": to.home.id,
        "person_id": to.person_id,
        "kind": Message.REMINDER if event else Message.NAMING,
        "event_id": event.id if event else None,
        "lead": "week",
        "version": 1,
        "due_at": NOW,
    }
    return await put(database, tables.outbox, **{**row, **values})


async def put(database: Database, table: Table, **values: object) -> int:
    """Stores one row as it is; returns its first key."""
    async with database.write() as connection:
        made = await connection.execute(insert(table).values(**values).returning(*table.primary_key))
        key = made.one()[0]
        await connection.commit()
    return int(key) if isinstance(key, int) else 0


async def change(database: Database, table: Table, condition: ColumnElement[bool], **values: object) -> None:
    """Changes rows behind everybody's back."""
    async with database.write() as connection:
        await connection.execute(update(table).where(condition).values(**values))
        await connection.commit()


async def remove(database: Database, table: Table, condition: ColumnElement[bool]) -> None:
    """Deletes rows behind everybody's back."""
    async with database.write() as connection:
        await connection.execute(delete(table).where(condition))
        await connection.commit()


async def stored(database: Database, table: Table, *conditions: ColumnElement[bool]) -> Sequence[Any]:
    """The rows of a table that are committed, in the order of their keys."""
    async with database.read() as connection:
        found = await connection.execute(select(table).where(*conditions).order_by(*table.primary_key))
        return found.all()


async def states(database: Database) -> list[str]:
    """Where the outbox's rows stand, in the order they were made."""
    return [row.state for row in await stored(database, tables.outbox)]


@contextlib.contextmanager
def statements() -> Iterator[list[str]]:
    """Every SQL statement that goes to a database meanwhile."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    listening.listen(Engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        listening.remove(Engine, "before_cursor_execute", hear)
