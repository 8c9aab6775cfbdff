"""Whether an event is there, whether it can still be changed, and whether it is hers to see or to run: asked
before whatever is done with it."""

from __future__ import annotations

from datetime import datetime

from domain.errors import DomainError
from domain.records import Actor, Event, Status
from domain.roles import Right, may, may_run, may_see
from storage.unit_of_work import AssociationRows


async def known_event(ours: AssociationRows, event_id: int) -> Event:
    """One event of an association. Raises DomainError `event_unknown`."""
    event = await ours.events.get(event_id)
    if event is None:
        raise DomainError("event_unknown", event_id=event_id)
    return event


async def speaking_for(ours: AssociationRows, event_id: int) -> Event:
    """The event itself, or the one that it is held together with. Raises DomainError `event_unknown`."""
    event = (await ours.events.many([event_id])).get(event_id)
    if event is None:
        raise DomainError("event_unknown", event_id=event_id)
    return event if event.merged_into is None else await known_event(ours, event.merged_into)


def check_gathering(event: Event) -> None:
    """Raises DomainError `no_answer_needed` for a task: nobody comes to it."""
    if not event.gathering:
        raise DomainError("no_answer_needed", event_id=event.id)


def asked_until(event: Event) -> datetime:
    """Until when answers are taken (UTC). Raises DomainError `no_answer_needed`, `nobody_invited`,
    `day_not_named` where nobody is asked to answer."""
    if event.answers_until is not None:
        return event.answers_until
    check_gathering(event)
    raise DomainError("day_not_named" if event.asks else "nobody_invited", event_id=event.id)


def check_not_cancelled(event: Event) -> None:
    """Raises DomainError `event_cancelled`."""
    if event.status is Status.CANCELLED:
        raise DomainError("event_cancelled", event_id=event.id)


def check_not_called_off(event: Event) -> None:
    """Raises DomainError `event_cancelled`, or `event_not_held` where it is said that it did not take
    place."""
    check_not_cancelled(event)
    if event.status is Status.NOT_HELD:
        raise DomainError("event_not_held", event_id=event.id)


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


async def check_runs(ours: AssociationRows, actor: Actor, event_id: int) -> None:
    """Raises DomainError `only_host` unless she may run this event: a coordinator any, a presenter hers."""
    if may(actor.role, Right.DESK):
        return
    if not may_run(actor.role, await ours.parts.of(event_id, actor.person_id)):
        raise DomainError("only_host", event_id=event_id)


async def check_sees(ours: AssociationRows, actor: Actor, event_id: int) -> None:
    """Raises DomainError `event_unknown` unless she may see this event: a member any, a guest those to which
    she is invited."""
    if may(actor.role, Right.PLAN):
        return
    if not may_see(actor.role, await ours.parts.of(event_id, actor.person_id)):
        raise DomainError("event_unknown")


def sees_hers_alone(actor: Actor) -> bool:
    """Whether of all events only those exist for her in which she has a part."""
    return not may(actor.role, Right.PLAN)
