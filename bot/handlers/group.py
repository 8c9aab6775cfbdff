"""What happens in groups: the offer to link the chat, answers under its cards, and moving house.

Several people read what is said there: nothing personal is ever written, or put in a card's place. Who
presses is answered with words that she alone sees.
"""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import ExceptionTypeFilter, Filter
from aiogram.types import CallbackQuery, ChatMemberUnion, ChatMemberUpdated, ErrorEvent, Message

from actions.acting import acting_at
from actions.answering import answer
from actions.groups import (
    fall_silent,
    is_linked,
    link_group,
    lose_group,
    move_group,
    next_in_group,
    speak_again,
    way_in,
)
from bot.filters import Commanded, InGroup, needs
from bot.handlers.errors import in_words
from bot.understanding import asks_a_group
from bot.views import cards, starting
from bot.views import group as views
from bot.views.group import LinkGroup
from bot.views.keyboards import GiveAnswer
from bot.views.view import Replies, acknowledge, alert, edit, open_bot, send
from bot.views.words import t
from domain.errors import DomainError
from domain.records import Actor, Answer
from domain.roles import Right
from storage.group_chats import Said
from storage.unit_of_work import UnitOfWork

router = Router(name="group")

_OUT = frozenset({"left", "kicked"})
# Who presses without being in the list of the association whose card it is.
_NOT_IN = frozenset({"not_a_member", "finish_joining", "event_unknown"})


@router.my_chat_member(flags=needs(Right.KNOCK, dialogue=True))
async def let_in_or_out(update: ChatMemberUpdated, uow: UnitOfWork, now: datetime) -> Replies:
    """The bot was added to the group, or thrown out of it; it may write there, or not."""
    chat_id = update.chat.id
    if _is_out(update.new_chat_member):
        await lose_group(uow, chat_id, now)
    elif not _may_write(update.new_chat_member):
        await fall_silent(uow, chat_id, now)
    elif await is_linked(uow, chat_id):
        await speak_again(uow, chat_id, now)
    elif _is_out(update.old_chat_member):
        return [send(chat_id, views.hello())]
    return []


def _is_out(bot_there: ChatMemberUnion) -> bool:
    # One whose rights are cut can be in the group, or out of it.
    return bot_there.status in _OUT or not getattr(bot_there, "is_member", True)


def _may_write(bot_there: ChatMemberUnion) -> bool:
    return bool(getattr(bot_there, "can_send_messages", True))


class Moves(Filter):
    """The group has become a supergroup: the old one says so, and the new one too."""

    async def __call__(self, message: Message) -> bool:
        return message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None


@router.message(Moves(), flags=needs(Right.KNOCK, dialogue=True))
async def moved(message: Message, uow: UnitOfWork) -> None:
    """The group's new id is kept."""
    old = message.migrate_from_chat_id or message.chat.id
    await move_group(uow, old, message.migrate_to_chat_id or message.chat.id)


class ToUs(Commanded):
    """A command that is not another bot's: «/next», «/next@name_of_ours»."""

    # aiogram hands a filter what it names: each may name its own.
    async def __call__(self, message: Message, bot: Bot) -> bool:  # type: ignore[override]
        if not self.commands(message.text or ""):
            return False
        name = (message.text or "").split(maxsplit=1)[0].partition("@")[2]
        return not name or name.lower() == ((await bot.me()).username or "").lower()


class AsksNext(ToUs):
    """«Что дальше?», in words or by the command."""

    def __init__(self) -> None:
        super().__init__("next")

    async def __call__(self, message: Message, bot: Bot) -> bool:  # type: ignore[override]
        text = message.text or ""
        if text.startswith("/"):
            return await super().__call__(message, bot)
        # What is said to somebody else has not even come as far as this (bot.updates).
        return asks_a_group(text, to_bot=True)


@router.message(AsksNext(), flags=needs(Right.KNOCK, dialogue=True))
async def asked_what_is_next(message: Message, uow: UnitOfWork, now: datetime) -> Replies:
    """The card of the gathering to come, where it is asked for; who asks soon after is pointed to it. It goes
    by the outbox, so that it is kept up to date, and keeps to the group's pace."""
    chat_id, topic = message.chat.id, _topic(message)
    asked = await next_in_group(uow, chat_id, topic, now)
    if asked is None:
        by_command = (message.text or "").startswith("/")
        return [send(chat_id, views.hello(), topic)] if by_command else []
    posted = asked.posted
    if asked.said is Said.ANSWER and asked.event is None:
        return [send(chat_id, views.nothing_ahead(), topic)]
    if posted is None or asked.event is None:  # silence, or it is on its way
        return []
    if asked.said is Said.ANSWER:
        return [edit(chat_id, posted.message_id, views.below(asked.event))]
    if posted.topic_id == topic:
        return [send(chat_id, views.above(), topic, reply_to=posted.message_id)]
    return [send(chat_id, views.elsewhere(asked.event, chat_id, posted), topic)]


@router.message(ToUs("start"), flags=needs(Right.KNOCK, dialogue=True))
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
    done = acknowledge(callback, t("group-linked-toast"))
    return [done, edit(message.chat.id, message.message_id, views.linked(actor.home))]


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
async def explained(
    event: ErrorEvent, actor: Actor | None, uow: UnitOfWork, now: datetime, bot: Bot
) -> Replies:
    """Says to who pressed, and to nobody else, what is the matter and what to do. Who answers without being
    in the list is taken to the door, with her answer in hand."""
    error, callback = event.exception, event.update.callback_query
    if not isinstance(error, DomainError) or callback is None:
        return []
    if (callback.data or "") == LinkGroup().pack():
        key = "group-asked-long-ago" if error.code == "group_asked_long_ago" else "group-who-links"
        return [alert(callback, t(key))]
    if error.code in _NOT_IN and (link := await _way_in(callback, uow, bot, now)):
        return [open_bot(callback, link)]
    if error.code == "not_a_member":
        return [alert(callback, t("group-join-first"))]
    if error.code == "finish_joining":
        return [alert(callback, t("group-finish-joining"))]
    return [alert(callback, in_words(error, actor, now))]


async def _way_in(callback: CallbackQuery, uow: UnitOfWork, bot: Bot, now: datetime) -> str | None:
    """The link that lets her in and asks for the answer that she pressed; None where the press is no answer
    to an event that is shown in this chat."""
    try:
        pressed = GiveAnswer.unpack(callback.data or "")
    except (TypeError, ValueError):
        return None
    # Telegram is asked first: should it be out of reach, nothing has happened yet.
    name = (await bot.me()).username or ""
    chat_id = callback.message.chat.id if callback.message is not None else 0
    invitation = await way_in(uow, chat_id, pressed.event, now)
    if invitation is None or pressed.answer is Answer.WAITLISTED:
        return None
    wish = starting.Wish(pressed.event, pressed.answer)
    return starting.link(name, starting.with_wish(invitation.code, wish))
