"""Asking those who have not answered once more."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.changing import Changed, due_by_profile
from actions.checking import asked_until, check_planned, known_event
from domain.errors import DomainError
from domain.records import Actor, Event
from storage.unit_of_work import Rows, UnitOfWork

# Not twice within a day.
_REST = timedelta(days=1)


async def propose_nudge(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Changed:
    """How many people a nudge would reach. Raises what `nudge` raises."""
    async with uow as rows:
        event = await _to_be_nudged(rows, actor, event_id, now)
        people = await rows.mailing.count_silent(event, but=actor.person_id)
        await uow.commit()
    return Changed(event, people)


async def nudge(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Changed:
    """Asks everybody who has not answered; in quiet hours, after them.

    Raises DomainError `event_unknown`, `event_cancelled`, what asked_until raises, `answers_closed`,
    `nudged_today` with the fact `again_at` (UTC).
    """
    async with uow as rows:
        event = await _to_be_nudged(rows, actor, event_id, now)
        due = await due_by_profile(rows, event.association_id, now)
        people = await rows.mailing.nudge(event, now, due, but=actor.person_id)
        await uow.commit()
    return Changed(event, people, changed=people > 0)


async def _to_be_nudged(rows: Rows, actor: Actor, event_id: int, now: datetime) -> Event:
    event = await known_event(rows.association(actor.home.id), event_id)
    check_planned(event)
    if asked_until(event) <= now:
        raise DomainError("answers_closed", event_id=event.id)
    last = await rows.mailing.nudged_at(event)
    if last is not None and now < last + _REST:
        raise DomainError("nudged_today", event_id=event.id, again_at=last + _REST)
    return event
