"""After «Не смогу»: why, if she likes to say, and who comes in her place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.changing import tidy_reason
from actions.checking import known_event
from domain.errors import DomainError
from domain.guests import read_name
from domain.records import Actor, Answer, Attendee, Event
from domain.rsvp import check_answer, gets_seat, may_send, seats_counted
from storage.unit_of_work import AssociationRows, UnitOfWork

# Asked, and she may talk of something else; or she is about to write the reason.
ASKED_STEP = "why_not_asked"
REASON_STEP = "why_not"
SUBSTITUTE_STEP = "substitute"
# She did not ask to be asked: what she writes much later is about something else.
_ASKED_FOR = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Declined:
    """What stands after something was said about «не смогу»: the event, and her line of the list with the
    colleague (a member) who comes in her place, if one does. `full` where there is no seat for whom she
    wanted to send: somebody by name is not entered then, a colleague would have to wait."""

    event: Event
    mine: Attendee
    colleague: Attendee | None
    full: bool = False


async def ask_reason(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> None:
    """«Что помешало?» is asked: words that are no question of her own will be the reason, for some hours."""
    until = (now + _ASKED_FOR).isoformat()
    async with uow as rows:
        await rows.people.wait_for(actor.person_id, ASKED_STEP, event=event_id, until=until)
        await uow.commit()


def still_asked(actor: Actor, said_at: datetime) -> bool:
    """Whether what she wrote at a moment (UTC) can answer «Что помешало?»."""
    until = None if actor.dialogue is None else actor.dialogue.facts.get("until")
    return isinstance(until, str) and said_at < datetime.fromisoformat(until)


async def open_reason(uow: UnitOfWork, actor: Actor, event_id: int) -> Declined:
    """«Другое – напишу»: what she writes next is the reason. Raises DomainError `event_unknown`,
    `not_declined`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        declined = _declined(event, await ours.rsvps.attendees(event_id), actor)
        await rows.people.wait_for(actor.person_id, REASON_STEP, event=event_id)
        await uow.commit()
    return declined


async def give_reason(uow: UnitOfWork, actor: Actor, event_id: int, reason: str) -> Declined:
    """Stores why she cannot come: a Reason, her own words on one line, or nothing for an empty text.

    Raises DomainError `event_unknown`, `not_declined`, `reason_too_long`.
    """
    reason = tidy_reason(reason)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        if not await ours.rsvps.explain(event_id, actor.person_id, reason):
            raise DomainError("not_declined", event_id=event_id)
        declined = _declined(event, await ours.rsvps.attendees(event_id), actor)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return declined


async def open_substitute(
    uow: UnitOfWork, actor: Actor, event_id: int, now: datetime
) -> tuple[Declined, list[Attendee]]:
    """«За меня придёт коллега»: the colleagues of her school; a name that she writes next is taken as well.

    Raises DomainError `event_unknown`, `not_declined`, or what check_answer says.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        check_answer(event, now, Answer.DECLINED)
        everybody = await ours.rsvps.attendees(event_id)
        declined = _declined(event, everybody, actor)
        colleagues = _colleagues(everybody, declined.mine)
        await rows.people.wait_for(actor.person_id, SUBSTITUTE_STEP, event=event_id)
        await uow.commit()
    return declined, colleagues


async def name_substitute(
    uow: UnitOfWork, actor: Actor, event_id: int, who: int | str | None, now: datetime
) -> Declined:
    """Stores who comes in her place: a colleague of her school by id, somebody by name, or nobody. The name
    of a colleague means that colleague. What the colleague answers is her own affair.

    Where seats are counted, somebody by name takes the seat that she gave up; once the next in line was
    offered it, nothing is stored.

    Raises DomainError `event_unknown`, `not_declined`, `colleague_unknown`, what check_answer says, and
    read_name's.
    """
    name = read_name(who) if isinstance(who, str) else ""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        check_answer(event, now, Answer.DECLINED)
        everybody = await ours.rsvps.attendees(event_id)
        mine = _declined(event, everybody, actor).mine
        colleagues = _colleagues(everybody, mine)
        called = [one.person_id for one in colleagues if one.name.full.casefold() == name.casefold()]
        colleague = who if isinstance(who, int) else next(iter(called), None)
        if colleague is not None and colleague not in {one.person_id for one in colleagues}:
            raise DomainError("colleague_unknown", event_id=event_id)
        name = "" if colleague is not None else name
        full = await _full(ours, event, actor.person_id, colleague or name, now)
        if not (full and name):
            await ours.rsvps.send_instead(event_id, actor.person_id, colleague, name)
        mine = replace(mine, substitute_id=colleague, substitute_name=name)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return Declined(event, mine, next((one for one in colleagues if one.person_id == colleague), None), full)


async def _full(ours: AssociationRows, event: Event, person_id: int, whom: int | str, now: datetime) -> bool:
    """Whether there is no seat for whom she sends: a colleague by id, somebody by name; nobody needs one.
    Until the transaction ends no seat is given away."""
    if not whom or not seats_counted(event):
        return False
    await ours.events.hold(event.id)
    seating = await ours.seats.seating(event.id)
    if isinstance(whom, int):
        return not gets_seat(event, seating, whom, now)
    return not may_send(event, seating, person_id, now)


def _declined(event: Event, everybody: Sequence[Attendee], actor: Actor) -> Declined:
    by_id = {one.person_id: one for one in everybody}
    mine = by_id.get(actor.person_id)
    if mine is None or mine.answer is not Answer.DECLINED:
        raise DomainError("not_declined", event_id=event.id)
    return Declined(event, mine, by_id.get(mine.substitute_id or 0))


def _colleagues(everybody: Sequence[Attendee], mine: Attendee) -> list[Attendee]:
    """A guest sees no names, and is nobody's colleague."""
    if mine.school is None or mine.guest:
        return []
    return [
        one
        for one in everybody
        if one.school == mine.school and one.person_id != mine.person_id and not one.guest
    ]
