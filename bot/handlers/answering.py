"""«Приду», «Не смогу», «Пока не знаю», and «Мои ответы»."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.acting import acting_at
from actions.answering import answer
from actions.calendar import my_answers
from actions.declining import ask_reason
from actions.several import among_all, as_member_everywhere, is_in_several
from actions.tasks import my_tasks
from bot.filters import Says, needs
from bot.views import cards, declining, keyboards
from bot.views.keyboards import DropAnswer, GiveAnswer
from bot.views.view import Replies, View, say, send, show
from bot.views.words import t
from domain.errors import DomainError
from domain.records import Actor, Answer
from domain.roles import Right, may
from storage.unit_of_work import UnitOfWork

router = Router(name="answering")


@router.callback_query(GiveAnswer.filter(), flags=needs(Right.ANSWER))
async def answered(
    callback: CallbackQuery, callback_data: GiveAnswer, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """An answer, from a card or a reminder; the card anew takes its place."""
    try:
        card = await answer(uow, actor, callback_data.event, callback_data.answer, now)
    except DomainError as error:
        if error.code != "event_unknown":
            raise
        actor = await acting_at(uow, actor, callback_data.event)
        card = await answer(uow, actor, callback_data.event, callback_data.answer, now)
    if callback_data.place >= 0 and is_in_several(actor):
        card = await among_all(uow, actor, card, now)
    view = cards.card(card, actor, now, callback_data.place)
    shown = show(callback, view, cards.taken(card))
    if card.answer is Answer.DECLINED and card.answered_at == now:  # she says so for the first time
        await ask_reason(uow, actor, card.event.id, now)
        return [*shown, send(callback.from_user.id, declining.ask_reason(card.event, actor, now))]
    return shown


@router.callback_query(DropAnswer.filter(), flags=needs(Right.ANSWER))
async def not_meant(callback: CallbackQuery, actor: Actor) -> Replies:
    """Words were taken for an answer, wrongly: «передайте, что я опоздаю». They may be for a person."""
    way = None if may(actor.role, Right.DESK) else keyboards.pass_question("next")
    return show(callback, View(t("not-confirmed"), way))


@router.message(Says("key-mine", "my"), flags=needs(Right.ANSWER))
async def mine(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """One's own answers; a message for each association of one who is in several."""
    return say(message, *await mine_views(uow, actor, now))


async def mine_views(uow: UnitOfWork, actor: Actor, now: datetime) -> list[View]:
    """Her answers and tasks, association by association."""
    everywhere = await as_member_everywhere(uow, actor) if is_in_several(actor) else [actor]
    return [
        cards.mine(await my_answers(uow, one, now), await my_tasks(uow, one), one, now) for one in everywhere
    ]
