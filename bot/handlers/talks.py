"""Talks of an event: the programme, entered by the coordinator, or proposed by who speaks and settled."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.acting import acting_where, wait_for
from actions.talks import (
    TALK_STEP,
    THEME_STEP,
    bring_back,
    choose_form,
    choose_speaker,
    move,
    open_one,
    open_proposal,
    open_talk,
    open_theme,
    programme,
    remove,
    save,
    set_form,
    set_theme,
    settle,
    speakers,
    take_words,
    withdraw,
)
from bot.filters import HasText, Waits, needs
from bot.views import talks as views
from bot.views.about_keys import ProposeTalk, ShowTalks, WithdrawTalk
from bot.views.talk_keys import (
    AddTalk,
    ChooseForm,
    ChooseSpeaker,
    DropTalk,
    EditForm,
    EditTheme,
    MoveTalk,
    OpenTalk,
    OpenTalks,
    PickSpeaker,
    RemoveTalk,
    ReturnTalk,
    SaveTalk,
    SetForm,
    SettleTalk,
)
from bot.views.view import Replies, follow, say, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="talks")


@router.callback_query(ShowTalks.filter(), flags=needs(Right.LOOK))
async def opened(
    callback: CallbackQuery, callback_data: ShowTalks, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Выступления – 3»: who speaks of what."""
    actor = await acting_where(uow, actor, callback_data.event)
    found = await programme(uow, actor, callback_data.event, now)
    return follow(callback, views.programme(found, actor, now))


@router.callback_query(ProposeTalk.filter(), flags=needs(Right.ANSWER, dialogue=True))
async def about_to_propose(
    callback: CallbackQuery, callback_data: ProposeTalk, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Предложить выступление»."""
    actor = await acting_where(uow, actor, callback_data.event)
    offered = await open_proposal(uow, actor, callback_data.event, now)
    return follow(callback, views.next_step(offered, actor, now))


@router.callback_query(WithdrawTalk.filter(), flags=needs(Right.ANSWER))
async def withdrawn(
    callback: CallbackQuery, callback_data: WithdrawTalk, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отозвать»."""
    actor = await acting_where(uow, actor, callback_data.event)
    return show(callback, views.programme(await withdraw(uow, actor, callback_data.talk, now), actor, now))


@router.callback_query(OpenTalks.filter(), flags=needs(Right.DESK))
async def desk(
    callback: CallbackQuery, callback_data: OpenTalks, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Выступления», as the coordinator sees them."""
    return show(callback, views.desk(await programme(uow, actor, callback_data.event, now), actor, now))


@router.callback_query(AddTalk.filter(), flags=needs(Right.DESK, dialogue=True))
async def about_to_add(
    callback: CallbackQuery, callback_data: AddTalk, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Добавить выступление»."""
    return show(callback, views.next_step(await open_talk(uow, actor, callback_data.event), actor, now))


@router.callback_query(PickSpeaker.filter(), flags=needs(Right.DESK, dialogue=True))
async def pick_speaker(
    callback: CallbackQuery, callback_data: PickSpeaker, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Выбрать из списка»."""
    return show(callback, views.choose_speaker(await speakers(uow, actor), callback_data.page))


@router.callback_query(ChooseSpeaker.filter(), flags=needs(Right.DESK, dialogue=True))
async def speaker_chosen(
    callback: CallbackQuery, callback_data: ChooseSpeaker, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One of the members."""
    return show(callback, views.next_step(await choose_speaker(uow, actor, callback_data.person), actor, now))


@router.message(Waits(TALK_STEP), HasText(), flags=needs(Right.ANSWER, dialogue=True))
async def written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """What was asked for last."""
    actor = await _there(uow, actor)
    return say(message, views.next_step(await take_words(uow, actor, message.text or ""), actor, now))


@router.callback_query(ChooseForm.filter(), flags=needs(Right.ANSWER, dialogue=True))
async def form_chosen(
    callback: CallbackQuery, callback_data: ChooseForm, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Доклад», «Мастер-класс» …"""
    actor = await _there(uow, actor)
    return show(callback, views.next_step(await choose_form(uow, actor, callback_data.form), actor, now))


@router.callback_query(SaveTalk.filter(), flags=needs(Right.ANSWER, dialogue=True))
async def saved(
    callback: CallbackQuery, callback_data: SaveTalk, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Записать», «Передать руководителю»."""
    actor = await _there(uow, actor)
    offered, talk_id, found = await save(uow, actor, callback_data.mark, now)
    if offered.own:
        return show(callback, views.proposed(offered, talk_id))
    return show(callback, views.added(offered, found, actor, now))


@router.callback_query(DropTalk.filter(), flags=needs(Right.ANSWER, dialogue=True))
async def dropped(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Не записывать»."""
    await wait_for(uow, actor, None)
    return show(callback, views.dropped())


@router.callback_query(OpenTalk.filter(), flags=needs(Right.DESK))
async def chosen(
    callback: CallbackQuery, callback_data: OpenTalk, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One of them."""
    event, talk = await open_one(uow, actor, callback_data.talk)
    return show(callback, views.one(event, talk, actor, now))


@router.callback_query(EditTheme.filter(), flags=needs(Right.DESK, dialogue=True))
async def about_to_correct(
    callback: CallbackQuery, callback_data: EditTheme, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Тема»."""
    _, talk = await open_theme(uow, actor, callback_data.talk)
    return show(callback, views.ask_theme(talk))


@router.message(Waits(THEME_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def theme_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Another theme."""
    event, talk = await set_theme(uow, actor, message.text or "", now)
    return say(message, views.one(event, talk, actor, now))


@router.callback_query(EditForm.filter(), flags=needs(Right.DESK))
async def which_form(
    callback: CallbackQuery, callback_data: EditForm, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Форма»."""
    _, talk = await open_one(uow, actor, callback_data.talk)
    return show(callback, views.ask_form(talk))


@router.callback_query(SetForm.filter(), flags=needs(Right.DESK))
async def form_set(
    callback: CallbackQuery, callback_data: SetForm, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Another form."""
    event, talk = await set_form(uow, actor, callback_data.talk, callback_data.form, now)
    return show(callback, views.one(event, talk, actor, now))


@router.callback_query(MoveTalk.filter(), flags=needs(Right.DESK))
async def moved(
    callback: CallbackQuery, callback_data: MoveTalk, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Выше», «Ниже»: the programme in its new order, to go on with the same talk."""
    data = callback_data
    found = await move(uow, actor, data.event, data.talk, -1 if data.way == "up" else 1, now)
    return show(callback, views.ordered(found, data.talk, actor, now))


@router.callback_query(RemoveTalk.filter(), flags=needs(Right.DESK))
async def removed(
    callback: CallbackQuery, callback_data: RemoveTalk, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Убрать»."""
    return show(callback, views.removed(*await remove(uow, actor, callback_data.talk, now)))


@router.callback_query(ReturnTalk.filter(), flags=needs(Right.DESK))
async def returned(
    callback: CallbackQuery, callback_data: ReturnTalk, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть»."""
    return show(callback, views.desk(await bring_back(uow, actor, callback_data.talk, now), actor, now))


@router.callback_query(SettleTalk.filter(), flags=needs(Right.DESK))
async def settled(
    callback: CallbackQuery, callback_data: SettleTalk, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Принять», «Отказать»."""
    data = callback_data
    return show(callback, views.settled(*await settle(uow, actor, data.talk, data.said, now)))


async def _there(uow: UnitOfWork, actor: Actor) -> Actor:
    """She as a member of the association that the talk is written down for."""
    facts = actor.dialogue.facts if actor.dialogue else {}
    event_id = facts.get("event")
    return await acting_where(uow, actor, event_id) if isinstance(event_id, int) else actor
