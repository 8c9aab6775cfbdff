"""«Изменить»: one field after the other; what people need to know is told, the rest they find on the card."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.acting import wait_for
from actions.calendar import find_event, run_event
from actions.checking import check_planned
from actions.editing import EDIT_STEP, Field, open_field, set_field, set_kind, tidy_field
from actions.naming import propose_day
from bot.conflicts import made_or_asked
from bot.context import Context
from bot.filters import HasText, Waits, needs
from bot.views import desk as desk_views
from bot.views import editing as views
from bot.views.editing_keys import ConfirmField, EditField, SetKind, ShowEdit
from bot.views.view import Replies, View, say, show
from domain.errors import DomainError
from domain.event_words import read_times
from domain.period import Period
from domain.records import Actor, Event
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="editing")

_FIELDS: dict[object, Field] = {"title": "title", "responsible": "responsible", "contact": "contact"}


@router.callback_query(ShowEdit.filter(), flags=needs(Right.DESK))
async def home(
    callback: CallbackQuery, callback_data: ShowEdit, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Изменить»."""
    await wait_for(uow, actor, None)
    event = await find_event(uow, actor, callback_data.event)
    check_planned(event)
    return show(callback, views.home(event, actor, now))


@router.callback_query(EditField.filter(F.field == "kind"), flags=needs(Right.DESK))
async def about_kind(
    callback: CallbackQuery, callback_data: EditField, uow: UnitOfWork, actor: Actor
) -> Replies:
    """The kinds to choose from."""
    return show(callback, views.ask_kind(await find_event(uow, actor, callback_data.event)))


@router.callback_query(SetKind.filter(), flags=needs(Right.DESK))
async def kind_chosen(
    callback: CallbackQuery, callback_data: SetKind, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Another kind: it reaches nobody, and another press takes it back."""
    event_id, revision, kind = callback_data.event, callback_data.revision, callback_data.kind

    async def made() -> View:
        return views.kind_set(await set_kind(uow, actor, event_id, revision, kind, now))

    async def again() -> View:
        return views.ask_kind(await find_event(uow, actor, event_id))

    return show(callback, await made_or_asked(made(), again, uow, actor, (event_id, revision), now))


@router.callback_query(EditField.filter(), flags=needs(Right.HOST, dialogue=True))
async def begun(
    callback: CallbackQuery, callback_data: EditField, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The question: the new value comes in words."""
    event = await open_field(uow, actor, callback_data.event, callback_data.field, now)
    field = _FIELDS.get(callback_data.field)
    if field is None:
        _check_one_day(event)
        return show(callback, views.ask_hours(event, actor, now))
    return show(callback, views.ask(event, field))


@router.message(Waits(EDIT_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
async def written(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """The new value: its preview."""
    event = await run_event(uow, actor, actor.asked_event)
    field, text = _FIELDS.get(actor.asked(EDIT_STEP).get("field")), message.text or ""
    if field is not None:
        value = tidy_field(field, text)
        event = await open_field(uow, actor, event.id, field, now, value)
        return say(message, views.preview(event, field, value))
    _check_one_day(event)
    known = event.period.start_time
    start, end = read_times(text, None if known is None else (known, event.period.end_time))
    period = Period.at(event.period.end, start, end)
    proposal = await propose_day(uow, actor, event.id, period, now, EDIT_STEP, field="hours")
    day_off = not context.is_working_day(period.end)
    return say(message, desk_views.preview(proposal, actor, now, day_off=day_off, hours=True))


@router.callback_query(ConfirmField.filter(), flags=needs(Right.HOST, dialogue=True))
async def confirmed(
    callback: CallbackQuery, callback_data: ConfirmField, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Подтвердить»."""
    event_id, revision, field = callback_data.event, callback_data.revision, callback_data.field
    asked = actor.asked(EDIT_STEP)
    if (asked.get("event"), asked.get("field")) != (event_id, field) or "value" not in asked:
        raise DomainError("stale_button", event_id=event_id)
    value = str(asked["value"])

    async def made() -> View:
        changed = await set_field(uow, actor, event_id, revision, field, value, now)
        return views.done(changed, field, actor)

    async def again() -> View:
        return views.preview(await open_field(uow, actor, event_id, field, now, value), field, value)

    return show(callback, await made_or_asked(made(), again, uow, actor, (event_id, revision), now))


def _check_one_day(event: Event) -> None:
    """Only a day that is named has hours. Raises DomainError `hours_without_day`."""
    if not event.period.may_have_hours:
        raise DomainError("hours_without_day", event_id=event.id)
