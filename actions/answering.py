"""An answer taken: «Приду», «Подключусь», «Не смогу», «Пока не знаю»."""

from dataclasses import replace
from datetime import datetime, timedelta

from actions.checking import check_runs, known_event
from actions.seating import take_seat
from domain.errors import DomainError
from domain.records import Actor, Answer, Card, Event
from domain.roles import Right, may, may_see
from domain.rsvp import check_answer, is_over
from domain.turnout import Turnout
from storage.unit_of_work import UnitOfWork

# Who answers so soon after a change has seen it, be it the same answer as before.
_SEEN_WITHIN = timedelta(days=1)


async def answer(uow: UnitOfWork, actor: Actor, event_id: int, given: Answer, now: datetime) -> Card:
    """Takes an answer and returns the card as it stands then; the same answer twice changes nothing.

    Where every seat is taken, «Приду» is a place in the line. Raises DomainError `event_unknown`,
    `stale_button` for an answer that nobody gives herself, or what take_seat raises.
    """
    if given is Answer.WAITLISTED:
        raise DomainError("stale_button", event_id=event_id)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        taken = await ours.rsvps.take(event_id, actor.person_id, given, now)
        card = await ours.events.card(event_id, actor.person_id, now)
        if card is None or not may_see(actor.role, card.part):
            raise DomainError("event_unknown")
        if not taken:
            check_answer(card.event, now, given)
            await take_seat(ours, event_id, actor.person_id, now)
            lapsed = is_over(card.offered_until, now)
            card = await ours.events.card(event_id, actor.person_id, now) or card
            card = replace(card, too_late=lapsed and card.answer is Answer.WAITLISTED)
        if card.event.told_at is not None and now - card.event.told_at < _SEEN_WITHIN:
            await rows.waiting.mark_seen(event_id, actor.person_id, card.event.revision, now)
        await uow.commit()
    return card


async def who_comes(uow: UnitOfWork, actor: Actor, event_id: int) -> tuple[Event, Turnout]:
    """An event, everybody whom it concerns with her answer to it, and its guests; without the reasons for one
    who is no coordinator. Raises DomainError `event_unknown`, `only_host`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        event = await known_event(ours, event_id)
        everybody = await ours.rsvps.attendees(event_id)
        guests = await ours.guests.of_event(event_id)
        await uow.commit()
    turnout = Turnout(everybody, guests)
    return event, turnout if may(actor.role, Right.DESK) else turnout.without_reasons()
