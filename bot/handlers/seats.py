"""Who runs an event says how people come to it, and how many can."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.calendar import run_event
from actions.changing import PLACE_STEP, propose_change
from actions.seating import SEATS_STEP, open_seats, propose_seats, set_seats
from bot.conflicts import made_or_asked
from bot.filters import HasText, Waits, needs
from bot.views import events as event_views
from bot.views import seats as views
from bot.views.seat_keys import AskSeats, ChooseMode, ConfirmSeats, WithoutLimit
from bot.views.view import Replies, View, follow, say, show
from domain.places import changes_of_mode
from domain.records import Actor, Mode
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="seats")


@router.callback_query(ChooseMode.filter(), flags=needs(Right.HOST, dialogue=True))
async def mode_chosen(
    callback: CallbackQuery, callback_data: ChooseMode, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Очно», «Онлайн», «И очно, и онлайн»: a preview, or first what is still to be known."""
    event, mode = await run_event(uow, actor, callback_data.event), callback_data.mode
    changes = changes_of_mode(event, mode)
    if changes is None:
        by_link = mode is Mode.ONLINE or (mode is Mode.MIXED and bool(event.venue))
        await propose_change(uow, actor, event.id, PLACE_STEP, now, mode=mode, by_link=by_link)
        return show(callback, views.ask_mode(event, mode))
    changed = await propose_change(uow, actor, event.id, PLACE_STEP, now, mode=mode, place=changes)
    return show(callback, event_views.preview_place(changed, changes))


@router.callback_query(AskSeats.filter(), flags=needs(Right.HOST, dialogue=True))
async def seats_asked(
    callback: CallbackQuery, callback_data: AskSeats, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Сколько мест»."""
    return follow(callback, views.ask(await open_seats(uow, actor, callback_data.event, now)))


@router.message(Waits(SEATS_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
async def seats_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«25 мест»."""
    event_id = actor.asked_event
    return say(message, views.preview(*await propose_seats(uow, actor, event_id, message.text, now)))


@router.callback_query(WithoutLimit.filter(), flags=needs(Right.HOST, dialogue=True))
async def without_limit(
    callback: CallbackQuery, callback_data: WithoutLimit, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Без ограничения»."""
    return show(callback, views.preview(*await propose_seats(uow, actor, callback_data.event, None, now)))


@router.callback_query(ConfirmSeats.filter(), flags=needs(Right.HOST, dialogue=True))
async def confirmed(
    callback: CallbackQuery, callback_data: ConfirmSeats, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """So many seats there are from now on; those who wait are offered what is free."""
    event_id, revision, seats = callback_data.event, callback_data.revision, callback_data.seats or None

    async def made() -> View:
        return views.done(await set_seats(uow, actor, event_id, revision, seats, now), actor)

    async def again() -> View:
        number = None if seats is None else str(seats)
        return views.preview(*await propose_seats(uow, actor, event_id, number, now))

    return show(callback, await made_or_asked(made(), again, uow, actor, (event_id, revision), now))
