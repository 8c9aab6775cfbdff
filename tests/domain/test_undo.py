"""What may be taken back, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import DomainError
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Event, Mode, Revision, Status
from domain.undo import UNDO_WITHIN, check_undo, has_begun, may_undo

ZONE = ZoneInfo("Asia/Novosibirsk")
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)
HOUR = Period.at(date(2026, 11, 18), time(14))
DAY = Period.day(date(2026, 11, 18))
MONTH = Period.month(2026, 11)
TASK = Period.deadline(date(2026, 11, 18))


def an_event(period: Period) -> Event:
    return Event(
        id=1, association_id=1, title="", kind=Kind.SEMINAR, gathering=True, period=period, venue="",
        entrance="", bring="", mode=Mode.ONSITE, seats=None, link="", responsible="", audience="",
        status=Status.PLANNED,
        reason="", starts_at=period.begins_at(ZONE), ends_at=period.ends_at(ZONE), answers_until=None,
        answer_by=None, revision=2, schedule_version=1, day_version=1, announced_at=None, told_at=None,
    )  # fmt: skip


LAST = Revision(
    number=2, kind="moved", period=HOUR, title="", venue="", entrance="", mode=Mode.ONSITE, link="",
    status=Status.PLANNED, by_person_id=1, at=AT, changes={"period": (MONTH, HOUR)},
)  # fmt: skip


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Novosibirsk."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("period", "moment", "begun"),
    [
        (HOUR, at(18, 13, 59), False),
        (HOUR, at(18, 14), True),
        (DAY, at(18, 23, 59), False),
        (DAY, at(19, 0), True),
        (MONTH, at(18, 12), False),
        (TASK, at(18, 12), False),
        (TASK, at(19, 0), True),
    ],
)
def test_what_has_begun(period: Period, moment: datetime, begun: bool) -> None:
    assert has_begun(an_event(period), moment) is begun


def test_for_a_day_and_no_longer() -> None:
    event, soon = an_event(HOUR), timedelta(seconds=1)
    assert may_undo(event, "moved", 2, AT, AT + UNDO_WITHIN - soon)
    assert not may_undo(event, "moved", 2, AT, AT + UNDO_WITHIN)


@pytest.mark.parametrize(
    ("kind", "number", "may"),
    [("moved", 2, True), ("undone", 2, True), ("moved", 1, False), ("held", 2, False)],
)
def test_only_the_newest_change_of_the_event_itself(kind: str, number: int, may: bool) -> None:
    assert may_undo(an_event(HOUR), kind, number, AT, AT) is may


@pytest.mark.parametrize(
    ("last", "now", "code"),
    [
        (LAST, AT + UNDO_WITHIN, "undo_gone"),
        (LAST, at(18, 15), "undo_begun"),
        (replace(LAST, changes={}), AT, "undo_gone"),  # of before what changed was kept
        (replace(LAST, kind="planned"), AT, "undo_gone"),
    ],
)
def test_why_not(last: Revision, now: datetime, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        check_undo(an_event(HOUR), last, now)


def test_why_not_is_silent_where_it_may_be() -> None:
    check_undo(an_event(HOUR), LAST, AT)
