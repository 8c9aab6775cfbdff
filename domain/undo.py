"""What may be taken back: the newest change of an event, for a day, while the event has not begun."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.errors import DomainError
from domain.records import Event, Revision

UNDO_WITHIN = timedelta(hours=24)
# The kinds of revisions that take the one before them back, and those that take such a one back in turn; the
# second kind of each is told to nobody.
UNDONE = frozenset({"undone", "undone_quietly"})
REDONE = frozenset({"redone", "redone_quietly"})
# The kinds of revisions that change nothing but the event itself. «Состоялось?» and «Провести вместе» are
# taken back by their own buttons.
UNDOABLE = frozenset(
    {
        "day_named",
        "moved",
        "postponed",
        "cancelled",
        "restored",
        "place",
        "bring",
        "deadline",
        "title",
        "kind",
        "responsible",
        "contact",
        "seats",
        "invited",
        "corrected",
        "corrected_quietly",
        *UNDONE,
        *REDONE,
    }
)


def has_begun(event: Event, now: datetime) -> bool:
    """Whether an event goes on or is over (UTC); where no hour is named it begins when its last day ends."""
    return (event.starts_at if event.period.start_time else event.ends_at) <= now


def may_undo(event: Event, kind: str, number: int, at: datetime, now: datetime) -> bool:
    """Whether the revision of this kind and number, made at a moment, can be taken back now (both UTC)."""
    return (
        kind in UNDOABLE and number == event.revision and now < at + UNDO_WITHIN and not has_begun(event, now)
    )


def kind_of_undo(last: Revision, *, told: bool) -> str:
    """The kind of the revision that takes the event's newest one back."""
    kind = "redone" if last.kind in UNDONE else "undone"
    return kind if told else f"{kind}_quietly"


def check_undo(event: Event, last: Revision, now: datetime) -> None:
    """Raises DomainError where the event's newest revision can't be taken back: `undo_begun` (of a task
    `task_over`), `undo_gone`."""
    if has_begun(event, now):
        raise DomainError("undo_begun" if event.gathering else "task_over", event_id=event.id)
    if not last.changes or not may_undo(event, last.kind, last.number, last.at, now):
        raise DomainError("undo_gone", event_id=event.id)
