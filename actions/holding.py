"""«Состоялось?»: what the coordinator says once an event is over."""

from __future__ import annotations

from datetime import datetime

from actions.changing import change_quietly
from actions.checking import known_event
from domain.errors import DomainError
from domain.records import Actor, Event, Status
from storage.unit_of_work import UnitOfWork

_KINDS = {Status.HELD: "held", Status.NOT_HELD: "not_held", Status.PLANNED: "held_undone"}


async def say_held(uow: UnitOfWork, actor: Actor, event_id: int, said: Status, now: datetime) -> Event:
    """Notes whether an event took place; PLANNED takes back what was noted. Members are told nothing.

    Raises DomainError `event_unknown`, `event_cancelled`, `not_over_yet`, `no_answer_needed`.
    """
    async with uow as rows:
        event = await known_event(rows.association(actor.home.id), event_id)
        if not event.gathering:
            raise DomainError("no_answer_needed", event_id=event.id)
        if event.status is Status.CANCELLED:
            raise DomainError("event_cancelled", event_id=event.id)
        if event.ends_at > now:
            raise DomainError("not_over_yet", event_id=event.id)
        if event.status is not said:
            changed = await change_quietly(
                rows, event, event.revision, {"status": said}, kind=_KINDS[said], by=actor, now=now
            )
            event = changed.event
            # Each row of the plan has a mark of its own, which can be taken away alone (actions.together).
            held_on = event.period.end if said is Status.HELD else None
            await rows.association(event.association_id).events.mark_rows(event.id, held_on)
        await uow.commit()
    return event
