"""«Вы – …?»: a record in the lists is taken over by whom it is about."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.arriving import CLAIM_STEPS
from actions.claiming import answer_asked, claim, disclaim, settle_claim
from bot.filters import HasText, Waits, needs
from bot.handlers.joining import arrived, wish_of
from bot.views import claiming as views
from bot.views.claiming import AnswerAsked, ClaimRecord, SettleClaim
from bot.views.view import Replies, View, follow, say, show
from domain.errors import DomainError
from domain.records import Actor, ClaimState
from domain.roles import Right, Role
from storage.unit_of_work import UnitOfWork

router = Router(name="claiming")

_YES = frozenset({"да", "это я", "да это я", "да, это я", "ага", "верно"})
_NO = frozenset({"нет", "не я", "это не я", "нет, это не я"})


@router.callback_query(ClaimRecord.filter(F.act == "yes"), flags=needs(Right.OWN_DATA, dialogue=True))
async def hers(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Да, это я»."""
    return follow(callback, *await _hers(uow, actor, now))


@router.callback_query(ClaimRecord.filter(F.act == "no"), flags=needs(Right.OWN_DATA, dialogue=True))
async def not_hers(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Нет»."""
    return follow(callback, *await _not_hers(uow, actor, now))


@router.message(Waits(*CLAIM_STEPS), HasText(), flags=needs(Right.OWN_DATA, dialogue=True))
async def said(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The same in words; anything else is asked again."""
    words = " ".join((message.text or "").casefold().strip(" .!").split())
    if words in _YES:
        return say(message, *await _hers(uow, actor, now))
    if words in _NO:
        return say(message, *await _not_hers(uow, actor, now))
    return say(message, views.own_question_again(actor))


@router.callback_query(SettleClaim.filter(), flags=needs(Right.DESK))
async def settled(
    callback: CallbackQuery, callback_data: SettleClaim, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """The coordinator's word about the record of another account."""
    grant = callback_data.act == "grant"
    story = await settle_claim(uow, actor, callback_data.claim, now, grant=grant)
    return show(callback, views.settled(story))


@router.callback_query(AnswerAsked.filter(), flags=needs(Right.OWN_DATA))
async def answered(
    callback: CallbackQuery, callback_data: AnswerAsked, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Whom the coordinator asked says whether the other record is hers too."""
    hers = callback_data.act == "yes"
    await answer_asked(uow, actor, callback_data.claim, now, hers=hers)
    return show(callback, views.claimed(ClaimState.TAKEN) if hers else views.not_claimed())


async def _hers(uow: UnitOfWork, actor: Actor, now: datetime) -> list[View]:
    joining, wish = actor.role is Role.JOINING, wish_of(actor)
    try:
        actor, state = await claim(uow, actor, now)
    except DomainError as error:
        if error.code not in {"claim_gone", "claim_made"} or not joining:
            raise
        # The record went while she was asked, or she asked for it once before: she is in all the same.
        return await _not_hers(uow, actor, now)
    said = [views.claimed(state)]
    return [*said, *await arrived(uow, actor, wish, now)] if joining else said


async def _not_hers(uow: UnitOfWork, actor: Actor, now: datetime) -> list[View]:
    joining, wish = actor.role is Role.JOINING, wish_of(actor)
    actor = await disclaim(uow, actor, now)
    if joining:
        return [*await arrived(uow, actor, wish, now)]
    return [views.not_claimed()]
