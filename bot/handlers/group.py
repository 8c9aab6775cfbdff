"""What happens in groups: the offer to link the chat, answers under its cards, and moving house.

Several people read what is said there: nothing personal is ever written, or put in a card's place. Who
presses is answered with words that she alone sees.
"""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter, Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, ErrorEvent, Message

from actions.acting import acting_at
from actions.answering import answer
from actions.groups import is_linked, link_group, lose_group, move_group
from bot.filters import Commanded, InGroup, needs
from bot.handlers.errors import in_words
from bot.views import cards
from bot.views import group as views
from bot.views.group import LinkGroup
from bot.views.keyboards import GiveAnswer
from bot.views.view import Replies, acknowledge, alert, edit, send
from bot.views.words import t
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="group")

_GONE = frozenset({"left", "kicked"})


@router.my_chat_member(flags=needs(Right.KNOCK, dialogue=True))
async def let_in_or_out(update: ChatMemberUpdated, uow: UnitOfWork, now: datetime) -> Replies:
    """The bot was added to the group, or thrown out of it."""
    chat_id = update.chat.id
    if update.new_chat_member.status in _GONE:
        await lose_group(uow, chat_id, now)
        return []
    if update.old_chat_member.status not in _GONE or await is_linked(uow, chat_id):
        return []
    return [send(chat_id, views.hello())]


class Moves(Filter):
    """The group has become a supergroup: the old one says so, and the new one too."""

    async def __call__(self, message: Message) -> bool:
        return message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None


@router.message(Moves(), flags=needs(Right.KNOCK, dialogue=True))
async def moved(message: Message, uow: UnitOfWork) -> None:
    """The group's new id is kept."""
    old = message.migrate_from_chat_id or message.chat.id
    await move_group(uow, old, message.migrate_to_chat_id or message.chat.id)


@router.message(Commanded("start"), flags=needs(Right.KNOCK, dialogue=True))
async def asked(message: Message) -> Replies:
    """/start in the group: the offer again, in the topic where it is asked for."""
    return [send(message.chat.id, views.hello(), _topic(message))]


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


@router.callback_query(LinkGroup.filter(), flags=needs(Right.DESK, dialogue=True))
async def linked(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Связать с объединением»: that of the coordinator who presses; cards go where the button is."""
    message = callback.message
    if not isinstance(message, Message):  # too old: nobody knows any more in which topic it stands
        raise DomainError("group_asked_long_ago")
    await link_group(uow, actor, message.chat.id, _topic(message), message.chat.title or "", now)
    return [acknowledge(callback), edit(message.chat.id, message.message_id, views.linked(actor.home))]


@router.callback_query(GiveAnswer.filter(), flags=needs(Right.ANSWER, dialogue=True))
async def answered(
    callback: CallbackQuery, callback_data: GiveAnswer, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """An answer from under the card: hers alone to know of; the card's counts follow in a moment."""
    try:
        card = await answer(uow, actor, callback_data.event, callback_data.answer, now)
    except DomainError as error:
        if error.code != "event_unknown":
            raise
        actor = await acting_at(uow, actor, callback_data.event)
        card = await answer(uow, actor, callback_data.event, callback_data.answer, now)
    return [acknowledge(callback, cards.taken(card))]


@router.callback_query(flags=needs(Right.KNOCK, dialogue=True))
async def unknown_press(callback: CallbackQuery) -> Replies:
    """A button that is not for groups, or of an earlier version."""
    return [alert(callback, t("group-other-button"))]


class FromGroup(Filter):
    """What a rule refused was asked for in a group."""

    async def __call__(self, event: ErrorEvent) -> bool:
        update = event.update
        where = update.callback_query or update.message or update.my_chat_member
        return where is not None and await InGroup()(where)


@router.errors(ExceptionTypeFilter(DomainError), FromGroup())
async def explained(event: ErrorEvent, actor: Actor | None, now: datetime) -> Replies:
    """Says to who pressed, and to nobody else, what is the matter and what to do."""
    error, callback = event.exception, event.update.callback_query
    if not isinstance(error, DomainError) or callback is None:
        return []
    if (callback.data or "") == LinkGroup().pack():
        key = "group-asked-long-ago" if error.code == "group_asked_long_ago" else "group-who-links"
        return [alert(callback, t(key))]
    if error.code == "not_a_member":
        return [alert(callback, t("group-join-first"))]
    if error.code == "finish_joining":
        return [alert(callback, t("group-finish-joining"))]
    return [alert(callback, in_words(error, actor, now))]
