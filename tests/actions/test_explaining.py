"""A row of the journal, explained; the journal tidied in its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actions.explaining import explain, explain_row
from actions.groups import is_linked, link_group, linked_group, lose_group, move_group, unlink_group
from domain.errors import DomainError
from domain.retention import kept_since
from storage.engine import Database
from storage.outbox import State
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOW,
    a_coordinator,
    a_member,
    a_message,
    an_association,
    an_event,
    states,
)


async def test_the_newest_that_she_got_is_explained(database: Database):
    """What waits, was dropped or went to others is not hers."""
    home = await an_association(database)
    member, other = await a_member(database, home), await a_member(database, home, "Белова Ольга Петровна")
    event = await an_event(database, home)
    at = datetime.now(UTC)
    first = await a_message(database, member, event, state=State.SENT, attempted_at=at)
    await a_message(database, member, event, lead="eve")
    await a_message(database, member, event, lead="hours", state=State.OBSOLETE)
    await a_message(database, other, event, state=State.SENT, attempted_at=at)
    told = await explain(UnitOfWork(database), member, event.id)
    assert told is not None
    assert (told.entry.id, told.home, told.event, told.answer, told.named) == (
        first,
        home,
        event,
        None,
        False,
    )
    later = at + timedelta(seconds=1)
    naming = await a_message(database, member, state=State.SENT, attempted_at=later)
    told = await explain(UnitOfWork(database), member)
    assert told is not None
    assert (told.entry.id, told.event) == (naming, None)
    assert await explain(UnitOfWork(database), member, 99) is None


async def test_an_unknown_row(database: Database):
    """Its number is wrong, or its time is over."""
    with pytest.raises(DomainError) as refused:
        await explain_row(UnitOfWork(database), 5)
    assert (refused.value.code, refused.value.facts) == ("notice_unknown", {"number": 5})


async def test_a_group_is_linked_followed_and_let_go(database: Database):
    """The coordinators hear of it where the bot was thrown out."""
    home = await an_association(database)
    head = await a_coordinator(database, home)
    await link_group(UnitOfWork(database), head, -5, 7, "Чат", NOW)
    group = await linked_group(UnitOfWork(database), head)
    assert group is not None
    assert (group.telegram_id, group.topic_id, group.title) == (-5, 7, "Чат")
    await move_group(UnitOfWork(database), -5, -1005)
    assert await is_linked(UnitOfWork(database), -1005)
    assert not await is_linked(UnitOfWork(database), -5)
    await lose_group(UnitOfWork(database), -1005, NOW)
    assert await linked_group(UnitOfWork(database), head) is None
    assert await states(database) == [State.WAITING]
    assert await unlink_group(UnitOfWork(database), head, NOW) is None


async def test_the_journal_is_tidied_after_its_associations_years(database: Database):
    """Only what is done with."""
    home = await an_association(database)
    member = await a_member(database, home)
    event = await an_event(database, home)
    long_ago, kept = datetime.now(UTC) - timedelta(days=5 * 366), datetime.now(UTC) - timedelta(days=5 * 364)
    old = await a_message(database, member, event, state=State.SENT, done_at=long_ago)
    await a_message(database, member, event, lead="eve", state=State.SENT, done_at=kept)
    await a_message(database, member, event, lead="hours", due_at=long_ago)
    async with UnitOfWork(database).reading() as rows:
        since = await rows.sent.retention()
        assert list(since) == [5]
        assert await rows.sent.outdated(since, after=0, most=9) == [old]
        assert await rows.sent.outdated(since, after=old, most=9) == []
        assert await rows.sent.outdated({}, after=0, most=9) == []


def test_a_leap_day_is_the_end_of_february():
    assert kept_since(datetime(2028, 2, 29, 1, tzinfo=UTC), 5) == datetime(2023, 2, 28, 1, tzinfo=UTC)
    assert kept_since(datetime(2028, 3, 1, tzinfo=UTC), 1) == datetime(2027, 3, 1, tzinfo=UTC)
