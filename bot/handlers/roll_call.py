"""«Перекличка», for who runs an event: everybody at once, then one by one."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.roll_call import (
    ROLL_STEP,
    Namesakes,
    Seen,
    add_even_so,
    add_to_roll,
    confirm_all,
    mark_all,
    mark_herself,
    mark_line,
    mark_promised,
    open_adding,
    open_line,
    read_opinions,
    roll_call,
    take_back_all,
)
from bot.filters import HasText, Waits, needs
from bot.views import roll_call as views
from bot.views.roll_keys import (
    MARKS,
    AddNamesake,
    AddToRoll,
    AskPromised,
    ConfirmSaid,
    MarkLine,
    MarkMe,
    MarkPage,
    MarkPromised,
    MarkPromisedAndMe,
    MarkSchool,
    OpenLine,
    ShowOpinions,
    ShowRoll,
    ShowRollList,
    TakeBackRoll,
    key_of,
)
from bot.views.view import Replies, View, say, show
from bot.views.words import t
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from domain.roll_call import Line, Roll
from storage.unit_of_work import UnitOfWork

router = Router(name="roll_call")


@router.callback_query(ShowRoll.filter(), flags=needs(Right.HOST))
async def opened(
    callback: CallbackQuery, callback_data: ShowRoll, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Перекличка»."""
    return show(callback, views.home(await roll_call(uow, actor, callback_data.event, now), actor, now))


@router.callback_query(AskPromised.filter(), flags=needs(Right.HOST))
async def about_to_mark(
    callback: CallbackQuery, callback_data: AskPromised, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Все, кто обещал, пришли»: who is that?"""
    found = await roll_call(uow, actor, callback_data.event, now)
    return show(callback, views.preview_promised(found, actor, now))


@router.callback_query(MarkPromised.filter(), flags=needs(Right.HOST))
@router.callback_query(MarkPromisedAndMe.filter(), flags=needs(Right.HOST))
async def promised_marked(
    callback: CallbackQuery,
    callback_data: MarkPromised | MarkPromisedAndMe,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
) -> Replies:
    """«Да, отметить», «Да, и меня тоже»; where somebody was marked meanwhile, the preview anew."""
    data, herself = callback_data, isinstance(callback_data, MarkPromisedAndMe)
    try:
        found = await mark_promised(uow, actor, data.event, data.mark, now, herself=herself)
    except DomainError as error:
        _only_changed(error)
        again = await roll_call(uow, actor, data.event, now)
        return show(callback, views.preview_promised(again, actor, now), t("roll-changed"))
    return show(callback, views.home(found, actor, now))


@router.callback_query(MarkMe.filter(), flags=needs(Right.HOST))
async def herself_marked(
    callback: CallbackQuery, callback_data: MarkMe, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отметить и меня»; where she is marked already, that stays."""
    stands = await mark_herself(uow, actor, callback_data.event, now)
    found = await roll_call(uow, actor, callback_data.event, now)
    return show(callback, views.home(found, actor, now), views.toast(stands))


@router.callback_query(ConfirmSaid.filter(), flags=needs(Right.HOST))
async def said_confirmed(
    callback: CallbackQuery, callback_data: ConfirmSaid, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Подтвердить всех»; where others said so meanwhile, or nobody is left, the list as it stands."""
    data = callback_data
    try:
        found = await confirm_all(uow, actor, data.event, data.mark, now)
    except DomainError as error:
        _only_changed(error)
        again = await roll_call(uow, actor, data.event, now)
        return show(callback, views.home(again, actor, now), t("roll-changed"))
    return show(callback, views.home(found, actor, now))


@router.callback_query(ShowRollList.filter(), flags=needs(Right.HOST))
async def listed(
    callback: CallbackQuery, callback_data: ShowRollList, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«По списку»: all, or those without a mark."""
    return show(callback, await _page(callback_data, uow, actor, now))


@router.callback_query(MarkPage.filter(), flags=needs(Right.HOST))
async def page_marked(
    callback: CallbackQuery, callback_data: MarkPage, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отметить всех на странице»; where others stand there by now, the page anew."""
    data = callback_data

    def on_page(roll: Roll) -> list[Line]:
        return roll.on_page(data.page, unmarked=bool(data.unmarked))

    try:
        found = await mark_all(uow, actor, data.event, on_page, data.mark, now)
    except DomainError as error:
        _only_changed(error)
        return show(callback, await _page(data, uow, actor, now), t("roll-changed"))
    return show(callback, views.home(found, actor, now))


@router.callback_query(OpenLine.filter(), flags=needs(Right.HOST))
async def line_opened(
    callback: CallbackQuery, callback_data: OpenLine, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One of the list."""
    data = callback_data
    seen = await open_line(uow, actor, data.event, key_of(data), now)
    return show(callback, views.line(seen, actor, unmarked=data.unmarked, number=data.page))


@router.callback_query(MarkLine.filter(), flags=needs(Right.HOST))
async def line_marked(
    callback: CallbackQuery, callback_data: MarkLine, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Здесь», «С опозданием», …; where somebody else was quicker, what stands now."""
    data = callback_data
    mark, seen = MARKS[data.mark], MARKS[data.seen]
    stands = await mark_line(uow, actor, data.event, key_of(data), mark, seen, now)
    if stands.refused:
        return show(callback, views.line(stands, actor, unmarked=data.unmarked, number=data.page))
    return show(callback, await _page(data, uow, actor, now), views.toast(stands))


@router.callback_query(MarkSchool.filter(), flags=needs(Right.HOST))
async def school_marked(
    callback: CallbackQuery, callback_data: MarkSchool, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вся школа здесь»; where others are unmarked by now, the line anew."""
    data = callback_data
    key = key_of(data)
    try:
        found = await mark_all(uow, actor, data.event, lambda roll: roll.of_school(key), data.mark, now)
    except DomainError as error:
        _only_changed(error)
        seen = await open_line(uow, actor, data.event, key, now)
        return show(callback, views.line(seen, actor, unmarked=0, number=0), t("roll-changed"))
    return show(callback, views.home(found, actor, now))


@router.callback_query(TakeBackRoll.filter(), flags=needs(Right.HOST))
async def taken_back(
    callback: CallbackQuery, callback_data: TakeBackRoll, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть как было»."""
    found = await take_back_all(uow, actor, callback_data.line, now)
    return show(callback, views.home(found, actor, now), t("roll-toast-back"))


@router.callback_query(AddToRoll.filter(), flags=needs(Right.HOST, dialogue=True))
async def about_to_add(
    callback: CallbackQuery, callback_data: AddToRoll, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Добавить человека»."""
    return show(callback, views.ask_person(await open_adding(uow, actor, callback_data.event, now)))


@router.message(Waits(ROLL_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
async def person_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Who is there and not in the list."""
    return say(message, _added(await add_to_roll(uow, actor, message.text or "", now)))


@router.callback_query(AddNamesake.filter(), flags=needs(Right.HOST, dialogue=True))
async def namesake_added(
    callback: CallbackQuery, callback_data: AddNamesake, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Это другой человек»."""
    return show(callback, _added(await add_even_so(uow, actor, callback_data.event, now)))


@router.callback_query(ShowOpinions.filter(), flags=needs(Right.DESK))
async def opinions(
    callback: CallbackQuery, callback_data: ShowOpinions, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отзывы»."""
    event, found = await read_opinions(uow, actor, callback_data.event)
    return show(callback, views.opinions(event, found, callback_data.page, actor, now))


async def _page(
    data: ShowRollList | MarkPage | MarkLine, uow: UnitOfWork, actor: Actor, now: datetime
) -> View:
    found = await roll_call(uow, actor, data.event, now)
    return views.page(found, data.page, actor, now, unmarked=bool(data.unmarked))


def _added(outcome: Seen | Namesakes) -> View:
    return views.namesakes(outcome) if isinstance(outcome, Namesakes) else views.added(outcome)


def _only_changed(error: DomainError) -> None:
    """Lets any refusal pass but that others are meant by now."""
    if error.code != "roll_changed":
        raise error
