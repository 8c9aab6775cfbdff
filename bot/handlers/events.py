"""What a coordinator does with one event: cancel, restore, place, deadlines, nudge, text for others. Where it
is, its presenter says too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message

from actions.acting import wait_for
from actions.calendar import event_history, find_event, run_event
from actions.changing import (
    CANCEL_STEP,
    DEADLINE_STEP,
    DUE_STEP,
    PLACE_STEP,
    Changed,
    cancel,
    propose_change,
    restore,
    set_deadline,
    set_due,
    set_place,
    tidy_reason,
)
from actions.nudging import nudge, propose_nudge
from actions.timing import last_call
from actions.together import to_hold_with
from bot.conflicts import made_or_asked
from bot.context import Context
from bot.filters import HasText, Waits, needs
from bot.views import dates, forwarding, together
from bot.views import events as views
from bot.views.cards import today
from bot.views.event_keys import Act, ChangeEvent, ConfirmChange, ShowOther, TakeText, WithoutReason
from bot.views.keyboards import ShowMore
from bot.views.notices import until
from bot.views.view import Replies, View, follow, say, show
from bot.views.words import t
from domain.errors import DomainError
from domain.event_words import names_house
from domain.local_hours import real_moment
from domain.places import read_place
from domain.records import Actor, Event, Mode, Status
from domain.roles import Right, may
from domain.rsvp import answers_wanted_by
from domain.russian_dates import read_moment
from storage.unit_of_work import UnitOfWork

router = Router(name="events")

_STEPS: dict[Act, str] = {
    "cancel": CANCEL_STEP,
    "place": PLACE_STEP,
    "deadline": DEADLINE_STEP,
    "due": DUE_STEP,
}
# The hour of a deadline that was named to the day.
_USUAL_HOUR = time(12)


@router.callback_query(ShowMore.filter(), flags=needs(Right.HOST))
async def more(
    callback: CallbackQuery, callback_data: ShowMore, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Ещё»; also where nothing is to be changed after all."""
    await wait_for(uow, actor, None)
    event = await run_event(uow, actor, callback_data.event)
    if not may(actor.role, Right.DESK):
        return show(callback, views.more(event, actor, now))
    if event.status is Status.HELD:
        return show(callback, together.held(event, actor, now))
    return show(callback, views.more(event, actor, now))


@router.callback_query(ShowOther.filter(), flags=needs(Right.DESK))
async def others(
    callback: CallbackQuery, callback_data: ShowOther, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Другое»."""
    event = await find_event(uow, actor, callback_data.event)
    partners = await to_hold_with(uow, actor, event.id, now)
    return show(callback, together.offered(views.others(event, actor, now), event, partners, now))


@router.callback_query(ChangeEvent.filter(F.act == "place"), flags=needs(Right.HOST, dialogue=True))
async def place_begun(
    callback: CallbackQuery, callback_data: ChangeEvent, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Сменить место»."""
    return show(
        callback,
        views.ask_place(await propose_change(uow, actor, callback_data.event, PLACE_STEP, now)),
    )


@router.callback_query(ChangeEvent.filter(), flags=needs(Right.DESK, dialogue=True))
async def begun(
    callback: CallbackQuery,
    callback_data: ChangeEvent,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """The first step: what is asked in words, or the preview of what needs none."""
    event_id, act = callback_data.event, callback_data.act
    if act == "nudge":
        try:
            return show(callback, views.preview_nudge(await propose_nudge(uow, actor, event_id, now)))
        except DomainError as error:
            raise _in_words(error, actor) from None
    changed = await propose_change(uow, actor, event_id, _STEPS.get(act), now)
    event = changed.event
    match act:
        case "restore":
            view = views.preview_restore(changed, actor, now)
        case "cancel":
            view = views.ask_reason(changed, actor, now)
        case "deadline":
            deadline = _deadline(event, actor, context)
            example = _example(deadline, event, actor, now)
            view = views.ask_deadline(changed, deadline, example, actor)
        case "due":
            view = views.ask_due(changed, _day_example(event, actor, now), actor, now)
    return show(callback, view)


@router.message(Waits(CANCEL_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def reason_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Why it is cancelled."""
    reason = tidy_reason(message.text or "")
    return say(message, await _preview_cancel(uow, actor, actor.asked_event, reason, now))


@router.callback_query(WithoutReason.filter(), flags=needs(Right.DESK, dialogue=True))
async def without_reason(
    callback: CallbackQuery, callback_data: WithoutReason, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Без причины»."""
    return show(callback, await _preview_cancel(uow, actor, callback_data.event, "", now))


async def _preview_cancel(uow: UnitOfWork, actor: Actor, event_id: int, reason: str, now: datetime) -> View:
    changed = await propose_change(uow, actor, event_id, CANCEL_STEP, now, reason=reason)
    return views.preview_cancel(changed, reason, actor, now)


@router.message(Waits(PLACE_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
async def place_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Where it is."""
    event = await find_event(uow, actor, actor.asked_event)
    asked, text = actor.asked(PLACE_STEP), message.text or ""
    mode, by_link = str(asked.get("mode", event.mode)), bool(asked.get("by_link"))
    try:
        place = read_place(text).within(event.venue, event.entrance)
    except DomainError as error:
        code = "link_later" if by_link and error.code == "place_later" else error.code
        raise DomainError(code, **error.facts) from None
    if by_link and place.link is None and place.venue and not names_house(text):
        raise DomainError("link_expected")
    changes = place.as_changes(mixed=mode == Mode.MIXED)
    return say(message, await _preview_place(uow, actor, event.id, mode, changes, now))


async def _preview_place(
    uow: UnitOfWork, actor: Actor, event_id: int, mode: str, changes: Mapping[str, str], now: datetime
) -> View:
    changed = await propose_change(uow, actor, event_id, PLACE_STEP, now, mode=mode, place=changes)
    return views.preview_place(changed, changes)


@router.message(Waits(DEADLINE_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def deadline_written(
    message: Message, uow: UnitOfWork, actor: Actor, now: datetime, context: Context
) -> Replies:
    """Until when answers are wanted: «16 ноября 12:00»; at noon where no hour is named."""
    event = await find_event(uow, actor, actor.asked_event)
    example = _example(_deadline(event, actor, context), event, actor, now)
    try:
        period = read_moment(message.text or "", today(actor, now))
        answer_by = real_moment(period.end, period.start_time or _USUAL_HOUR, actor.home.zone)
        return say(message, await _preview_deadline(uow, actor, event.id, answer_by, now, context))
    except DomainError as error:
        raise DomainError(error.code, **{**error.facts, "example": example}) from None


async def _preview_deadline(
    uow: UnitOfWork, actor: Actor, event_id: int, answer_by: datetime, now: datetime, context: Context
) -> View:
    said = answer_by.isoformat()
    changed = await propose_change(uow, actor, event_id, DEADLINE_STEP, now, answer_by=said)
    then = replace(changed.event, answer_by=answer_by)
    call = await last_call(uow, actor, then, now, context.is_working_day)
    return views.preview_deadline(changed, answer_by, call, actor.home.zone)


@router.message(Waits(DUE_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def due_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A task's last day."""
    event = await find_event(uow, actor, actor.asked_event)
    try:
        day = read_moment(message.text or "", today(actor, now)).end
        return say(message, await _preview_due(uow, actor, event.id, day, now))
    except DomainError as error:
        facts = {**error.facts, "example": _day_example(event, actor, now)}
        raise DomainError(error.code, **facts) from None


async def _preview_due(uow: UnitOfWork, actor: Actor, event_id: int, day: date, now: datetime) -> View:
    changed = await propose_change(uow, actor, event_id, DUE_STEP, now, due=day.isoformat())
    return views.preview_due(changed, day, actor, now)


@router.callback_query(ConfirmChange.filter(), flags=needs(Right.DESK, dialogue=True))
# Asked first: the place is set by whoever runs the event.
@router.callback_query(ConfirmChange.filter(F.act == "place"), flags=needs(Right.HOST, dialogue=True))
async def confirmed(
    callback: CallbackQuery,
    callback_data: ConfirmChange,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    context: Context,
) -> Replies:
    """The change is made, and those who must know are told."""
    made = _made(callback_data, uow, actor, now)
    seen = (callback_data.event, callback_data.revision)

    async def again() -> View:
        return await _again(callback_data, uow, actor, now, context)

    return show(callback, await made_or_asked(made, again, uow, actor, seen, now))


async def _made(data: ConfirmChange, uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    event_id, revision = data.event, data.revision
    match data.act:
        case "nudge":
            try:
                return views.nudged(await nudge(uow, actor, event_id, now))
            except DomainError as error:
                raise _in_words(error, actor) from None
        case "restore":
            return views.restored(await restore(uow, actor, event_id, revision, now), actor, now)
        case "cancel":
            return views.cancelled(await _cancel(uow, actor, data, now), actor, now)
        case "place":
            place = _written_place(actor, data)
            changed = await set_place(uow, actor, event_id, revision, place, now)
            return views.placed(changed, actor, now)
        case "deadline":
            answer_by = datetime.fromisoformat(str(_written(actor, data, "answer_by")))
            changed = await set_deadline(uow, actor, event_id, revision, answer_by, now)
            return views.deadline_set(changed, answer_by, actor.home.zone)
        case "due":
            day = date.fromisoformat(str(_written(actor, data, "due")))
            return views.due_set(await set_due(uow, actor, event_id, revision, day, now), actor, now)


async def _again(data: ConfirmChange, uow: UnitOfWork, actor: Actor, now: datetime, context: Context) -> View:
    """The preview of the same change to the event as it stands now."""
    event_id = data.event
    match data.act:
        case "nudge":
            return views.preview_nudge(await propose_nudge(uow, actor, event_id, now))
        case "restore":
            return views.preview_restore(await propose_change(uow, actor, event_id, None, now), actor, now)
        case "cancel":
            reason = str(_written(actor, data, "reason"))
            return await _preview_cancel(uow, actor, event_id, reason, now)
        case "place":
            mode, changes = str(_written(actor, data, "mode")), _written_place(actor, data)
            return await _preview_place(uow, actor, event_id, mode, changes, now)
        case "deadline":
            answer_by = datetime.fromisoformat(str(_written(actor, data, "answer_by")))
            return await _preview_deadline(uow, actor, event_id, answer_by, now, context)
        case "due":
            day = date.fromisoformat(str(_written(actor, data, "due")))
            return await _preview_due(uow, actor, event_id, day, now)


async def _cancel(uow: UnitOfWork, actor: Actor, data: ConfirmChange, now: datetime) -> Changed:
    """A second press finds it cancelled, and the dialogue closed."""
    event = await find_event(uow, actor, data.event)
    again = event.status is Status.CANCELLED
    reason = "" if again else str(_written(actor, data, "reason"))
    return await cancel(uow, actor, data.event, data.revision, reason, now)


def _written(actor: Actor, data: ConfirmChange, name: str) -> object:
    """What was written before the preview. Raises DomainError `stale_button` where the dialogue was left."""
    asked = actor.asked(_STEPS.get(data.act, ""))
    if asked.get("event") != data.event or name not in asked:
        raise DomainError("stale_button", event_id=data.event)
    return asked[name]


def _written_place(actor: Actor, data: ConfirmChange) -> dict[str, str]:
    """The place that was written before the preview. Raises DomainError `stale_button`."""
    written = _written(actor, data, "place")
    if not isinstance(written, dict):
        raise DomainError("stale_button", event_id=data.event)
    return written


@router.callback_query(TakeText.filter(), flags=needs(Right.DESK))
async def text_taken(
    callback: CallbackQuery,
    callback_data: TakeText,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    bot: Bot,
    context: Context,
) -> Replies:
    """«Текст для пересылки», in a message of its own."""
    name = (await bot.me()).username or ""
    event, history = await event_history(uow, actor, callback_data.event)
    where = forwarding.Where(now, _deadline(event, actor, context), actor.home.zone, f"https://t.me/{name}")
    return follow(callback, forwarding.text(event, history, where), toast=t("text-taken"))


def _deadline(event: Event, actor: Actor, context: Context) -> datetime | None:
    """Until when answers are wanted (UTC); None where none are."""
    return answers_wanted_by(event, actor.home.zone, context.is_working_day)


def _example(deadline: datetime | None, event: Event, actor: Actor, now: datetime) -> str:
    """A deadline in words that would do: «16 ноября 12:00»."""
    day = today(actor, now)
    wanted = event.period.first_day - timedelta(days=2)
    if deadline is not None and deadline > now:
        wanted = dates.local(deadline, actor.home.zone).date()
    wanted = min(max(wanted, day + timedelta(days=1)), max(event.period.first_day, day))
    return f"{dates.day(wanted, day)} {dates.clock(_USUAL_HOUR)}"


def _day_example(event: Event, actor: Actor, now: datetime) -> str:
    day = today(actor, now)
    return dates.day(max(event.period.end, day) + timedelta(days=7), day)


def _in_words(error: DomainError, actor: Actor) -> DomainError:
    """«Ещё раз можно будет после 17 ноября, 12:00»."""
    again_at = error.facts.get("again_at")
    if not isinstance(again_at, datetime):
        return error
    return DomainError(error.code, **error.facts, until=until(again_at, actor.home.zone))
