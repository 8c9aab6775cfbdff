"""Column types, and what the database itself refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, ForeignKeyConstraint, Table, and_, insert, select, update
from sqlalchemy.dialects import sqlite

from domain.period import Period, Precision
from storage.engine import Database
from storage.errors import StorageError
from storage.tables import PeriodText, UTCDateTime, metadata, persons
from storage.unit_of_work import UnitOfWork
from tests.builders import NOW, an_association, an_event, put, stored
from tests.storage.world import fill

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period that can be said."""
    precision = draw(st.sampled_from(Precision))
    first, last = sorted((draw(DAYS), draw(DAYS)))
    match precision:
        case Precision.TIME:
            start = draw(st.times(max_value=time(23, 58)))
            ends = st.times(min_value=start).filter(lambda end: end > start)
            return Period.at(first, start, draw(st.none() | ends))
        case Precision.DAY:
            return Period.day(first)
        case Precision.DEADLINE:
            return Period.deadline(last)
        case _:
            return Period(precision, first, last)


@given(periods())
def test_every_period_comes_back_from_its_column(period: Period):
    """«precision first last start end» says everything, and fits the column."""
    column, dialect = PeriodText(), sqlite.dialect()
    text = column.process_bind_param(period, dialect)
    assert text is not None
    assert len(text) <= 64
    assert column.process_result_value(text, dialect) == period


@pytest.mark.parametrize(
    "period",
    [
        Period.at(date(2026, 10, 20), time(14), time(15, 30)),
        Period.at(date(2026, 10, 20), time(14)),
        Period.days(date(2026, 11, 2), date(2026, 11, 6)),
        Period.month(2026, 11),
        Period.deadline(date(2027, 5, 20)),
    ],
)
async def test_an_event_keeps_its_period(database: Database, period: Period):
    """Through the database and back."""
    home = await an_association(database)
    event = await an_event(database, home, period)
    async with UnitOfWork(database).reading() as rows:
        found = await rows.association(home.id).events.get(event.id)
    assert found is not None
    assert found.period == period


@given(st.datetimes(timezones=st.timezones()))
def test_moments_are_stored_as_utc(moment: datetime):
    """The same moment, in UTC."""
    try:
        expected = moment.astimezone(UTC)
    except OverflowError:
        return
    bound = UTCDateTime().process_bind_param(moment, sqlite.dialect())
    assert bound == expected
    assert bound is not None
    assert bound.tzinfo is UTC


async def test_moments_come_back_aware(database: Database):
    """Whatever zone they were said in."""
    said = datetime(2026, 10, 5, 11, 30, 15, 123456, tzinfo=timezone(timedelta(hours=7)))
    await put(database, persons, telegram_id=1, created_at=said)
    [row] = await stored(database, persons)
    assert row.created_at == said
    assert row.created_at.utcoffset() == timedelta()


async def test_a_moment_without_a_zone_is_refused(database: Database):
    """Nobody could say which moment it was."""
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StorageError, match="without a zone"):
        await put(database, persons, telegram_id=1, created_at=naive)
    assert await stored(database, persons) == []


def of_associations(table: Table) -> bool:
    return "association_id" in table.c


def test_foreign_keys_between_associations_rows_are_composite():
    """Rule 11: a row names its neighbour together with their association."""
    loose = [
        f"{table.name}.{key.column_keys}"
        for table in metadata.sorted_tables
        for key in table.foreign_key_constraints
        if of_associations(table)
        and of_associations(key.referred_table)
        and "association_id" not in key.column_keys
    ]
    assert loose == []


def reaching_across() -> list[tuple[Table, Column[object], ForeignKeyConstraint]]:
    """Every column that points at another row of the same association."""
    return [
        (table, element.parent, key)
        for table in metadata.sorted_tables
        for key in table.foreign_key_constraints
        for element in key.elements
        if "association_id" in key.column_keys
        and of_associations(key.referred_table)
        and element.parent.name != "association_id"
    ]


async def test_the_database_refuses_rows_that_reach_across(database: Database):
    """Every column in turn is pointed at a row of the other association."""
    mine, others = await fill(database, "Наш"), await fill(database, "Чужой")
    assert len(reaching_across()) == 45
    for table, column, key in reaching_across():
        target = next(element.column for element in key.elements if element.parent is column)
        where = f"{table.name}.{column.name}"
        async with database.write() as connection:
            theirs = select(target).where(target.table.c.association_id == others.home.id).limit(1)
            theirs_id = (await connection.execute(theirs)).scalar_one()
            ours = table.c.association_id == mine.home.id
            row = (await connection.execute(select(table).where(ours).order_by(column))).first()
            assert row is not None, where
            key = and_(*(part == row._mapping[part.name] for part in table.primary_key))
            with pytest.raises(StorageError, match=r"(?i)foreign key"):
                await connection.execute(update(table).where(key).values({column.name: theirs_id}))


async def test_an_id_is_never_given_twice(database: Database):
    """A button may carry the id of a row that is gone: it must not come to mean another one."""
    await fill(database, "Наш")
    await put(database, persons, created_at=NOW)
    for name in ("drafts", "event_guests", "events", "materials", "outbox", "persons", "questions", "talks"):
        table = metadata.tables[name]
        async with database.write() as connection:
            last = (await connection.execute(select(table).order_by(table.c.id.desc()))).first()
            assert last is not None, name
            values = {key: value for key, value in last._mapping.items() if key != "id"}
            await connection.execute(table.delete().where(table.c.id == last.id))
            again = await connection.execute(insert(table).values(**values).returning(table.c.id))
            assert again.scalar_one() > last.id, name
