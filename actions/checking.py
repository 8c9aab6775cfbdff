"""Whether an event is there, and whether it can still be changed: asked before whatever is done with it."""

from __future__ import annotations

from datetime import datetime

from domain.errors import DomainError
from domain.records import Event, Status
from storage.unit_of_work import AssociationRows


async def known_event(ours: AssociationRows, event_id: int) -> Event:
    """One event of an association. Raises DomainError `event_unknown`."""
    event = await ours.events.get(event_id)
    if event is None:
        raise DomainError("event_unknown")
    return event


def check_planned(event: Event) -> None:
    """Raises DomainError `event_cancelled` (of a task `task_cancelled`), or `event_over` where it is said
    already whether it took place."""
    if event.status is Status.CANCELLED:
        raise DomainError("event_cancelled" if event.gathering else "task_cancelled", event_id=event.id)
    if event.status is not Status.PLANNED:
        raise DomainError("event_over", event_id=event.id)


def check_ahead(event: Event, now: datetime) -> None:
    """Raises DomainError `event_over`, of a task `task_over`."""
    if event.ends_at <= now:
        raise DomainError("event_over" if event.gathering else "task_over", event_id=event.id)
