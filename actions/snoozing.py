"""«Напомнить позже»."""

from __future__ import annotations

from datetime import datetime

from actions.checking import check_not_cancelled, check_sees, known_event
from domain.errors import DomainError
from domain.records import Actor, Answer, Event, Status
from domain.reminders import of_use_until
from domain.snooze import Later, snoozes
from domain.timing import TimingProfile
from storage.unit_of_work import Rows, UnitOfWork

Offered = tuple[tuple[Later, datetime], ...]


async def offer_later(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Offered:
    """The moments (UTC) at which she can be reminded of an event again, by her own hours; none where it is
    too near.

    Raises DomainError `event_unknown`, `event_cancelled`, `event_over`, `declined_already` or
    `nothing_left_to_do`.
    """
    async with uow as rows:
        offered = await _offered(rows, actor, await _ahead(rows, actor, event_id, now), now)
        await uow.commit()
    return offered


async def remind_later(
    uow: UnitOfWork, actor: Actor, event_id: int, later: Later, now: datetime
) -> datetime | None:
    """Reminds her of an event again, and returns when (UTC); an earlier wish is forgotten. None where that
    moment is of no use any more.

    Raises what `offer_later` raises.
    """
    async with uow as rows:
        event = await _ahead(rows, actor, event_id, now)
        at = dict(await _offered(rows, actor, event, now)).get(later)
        if at is not None:
            useful_until = of_use_until(event.period, await _profile(rows, actor))
            await rows.waiting.snooze(event, actor.person_id, at, useful_until)
        await uow.commit()
    return at


async def _ahead(rows: Rows, actor: Actor, event_id: int, now: datetime) -> Event:
    """An event that she still has to be reminded of."""
    event = await _known(rows, actor, event_id)
    check_not_cancelled(event)
    if event.ends_at <= now or event.status is not Status.PLANNED:
        raise DomainError("event_over", event_id=event_id)
    ours = rows.association(actor.home.id)
    if event.gathering:
        given = (await ours.rsvps.answers([event_id], [actor.person_id])).get((event_id, actor.person_id))
        if given is not None and given.answer is Answer.DECLINED:
            raise DomainError("declined_already")
        return event
    named = await ours.assignments.of_event(event_id)
    if not any(one.person_id == actor.person_id and one.done_at is None for one in named):
        raise DomainError("nothing_left_to_do")
    return event


async def _offered(rows: Rows, actor: Actor, event: Event, now: datetime) -> Offered:
    profile = await _profile(rows, actor)
    return snoozes(now, of_use_until(event.period, profile), profile)


async def _known(rows: Rows, actor: Actor, event_id: int) -> Event:
    ours = rows.association(actor.home.id)
    await check_sees(ours, actor, event_id)
    return await known_event(ours, event_id)


async def _profile(rows: Rows, actor: Actor) -> TimingProfile:
    settings = await rows.association(actor.home.id).members.profile_settings(actor.person_id)
    if settings is None:
        raise DomainError("not_a_member")
    return TimingProfile.from_canonical(settings)
