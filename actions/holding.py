"""«Состоялось?»: what the coordinator says once an event is over."""

from __future__ import annotations

from datetime import datetime

from actions.changing import change_quietly
from actions.checking import check_gathering, check_not_cancelled, known_event
from domain.errors import DomainError
from domain.records import Actor, Event, Status
from storage.unit_of_work import AssociationRows, UnitOfWork

_KINDS = {Status.HELD: "held", Status.NOT_HELD: "not_held", Status.PLANNED: "held_undone"}


async def say_held(
    uow: UnitOfWork, actor: Actor, event_id: int, said: Status, now: datetime, *, knowing: int | None = None
) -> Event:
    """Notes whether an event took place; PLANNED takes back what was noted. Members are told nothing.

    What somebody else said stands until she was shown it: `knowing` is the revision that she has seen then.
    Raises DomainError `event_unknown`, `event_cancelled`, `not_over_yet`, `no_answer_needed`,
    `held_otherwise`, whose fact `before` is the revision before the other one said so.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        check_gathering(event)
        check_not_cancelled(event)
        if event.ends_at > now:
            raise DomainError("not_over_yet", event_id=event.id)
        if event.status is not said:
            if knowing != event.revision:
                await _check_own(ours, event, actor)
            changed = await change_quietly(
                rows, event, event.revision, {"status": said}, kind=_KINDS[said], by=actor, now=now
            )
            event = changed.event
            # Each row of the plan has a mark of its own, which can be taken away alone (actions.together).
            held_on = event.period.end if said is Status.HELD else None
            await ours.events.mark_rows(event.id, held_on)
        await uow.commit()
    return event


async def _check_own(ours: AssociationRows, event: Event, actor: Actor) -> None:
    """What was noted is her own, or nobody's any more."""
    if event.status is Status.PLANNED:
        return
    noted = [one for one in await ours.events.revisions(event.id) if one.kind == _KINDS[event.status]]
    if noted and noted[-1].by_person_id not in {None, actor.person_id}:
        raise DomainError("held_otherwise", event_id=event.id, before=noted[-1].number - 1)
