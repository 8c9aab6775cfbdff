"""The journal: what changed of an event, and what else was done, as one list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.records import Status
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import LATER_DAY, NOVEMBER, NOW, SEMINAR_DAY, a_coordinator, an_association, an_event

MINUTE = timedelta(minutes=1)
DEADLINE = datetime(2026, 10, 18, 5, tzinfo=UTC)


async def test_what_changed_comes_back_as_it_was(database: Database) -> None:
    home = await an_association(database)
    event, uow = await an_event(database, home, NOVEMBER), UnitOfWork(database)
    values = {
        "period": SEMINAR_DAY,
        "status": Status.CANCELLED,
        "answer_by": DEADLINE,
        "mode": "online",
        "venue": event.venue,  # as it was
        "starts_at": SEMINAR_DAY.begins_at(home.zone),  # follows from the rest
        "schedule_version": 2,
    }
    async with uow as rows:
        events = rows.association(home.id).events
        changed = await events.change(event, 1, values, kind="moved", by=None, now=NOW)
        await uow.commit()
    assert changed is not None
    async with uow.reading() as rows:
        first, last = await rows.association(home.id).events.revisions(event.id)
        [line] = await rows.association(home.id).journal.lines(0, 1, event.id)
    assert first.changes == {}
    assert last.changes == line.changes == {
        "period": (NOVEMBER, SEMINAR_DAY),
        "status": (Status.PLANNED, Status.CANCELLED),
        "answer_by": (None, DEADLINE),
        "mode": ("onsite", "online"),
    }  # fmt: skip


async def test_the_newest_first_a_page_at_a_time(database: Database) -> None:
    home = await an_association(database)
    coordinator, event = await a_coordinator(database, home), await an_event(database, home)
    other = await an_event(database, home, LATER_DAY, title="Другая встреча")
    uow, by = UnitOfWork(database), coordinator.person_id
    async with uow as rows:
        ours = rows.association(home.id)
        for number in range(1, 4):
            values: dict[str, object] = {"venue": f"Лицей № {number}"}
            await ours.events.change(event, number, values, kind="place", by=by, now=NOW + number * MINUTE)
        await ours.events.change(other, 1, {"venue": "Здесь"}, kind="place", by=None, now=NOW + 5 * MINUTE)
        facts = {"event": event.id, "person": by}
        await ours.journal.write("answered_for", facts, by, NOW + 2.5 * MINUTE)
        await ours.journal.write("group_linked", {}, by, NOW + 4 * MINUTE)
        await uow.commit()
    async with uow.reading() as rows:
        lines = rows.association(home.id).journal.lines
        everything = await lines(0, 99)
        assert [(one.kind, one.title) for one in everything] == [
            ("place", "Другая встреча"),
            ("group_linked", ""),
            ("place", event.title),
            ("answered_for", event.title),
            ("place", event.title),
            ("place", event.title),
        ]
        assert everything == [*await lines(0, 2), *await lines(2, 2), *await lines(4, 2)]
        of_one = await lines(0, 99, event.id)
    assert [one.kind for one in of_one] == ["place", "answered_for", "place", "place", "planned"]
    assert [one.number for one in of_one] == [4, None, 3, 2, 1]
    assert everything[0].by is None
    assert everything[3].by == everything[3].whom == coordinator.name
