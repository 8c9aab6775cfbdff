"""What a handler hands back: a screen, and how it gets to the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from markupsafe import Markup

# What Telegram is to be asked for, in order, once the effect is committed.
Replies = Sequence[TelegramMethod[Any]]
Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

_PLAIN = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class View:
    """A screen: Telegram's HTML and the keyboard under it."""

    text: Markup
    keyboard: Keyboard | None = None


def send(
    chat_id: int, view: View, topic_id: int | None = None, *, reply_to: int | None = None
) -> SendMessage:
    """The screen as a new message; in a group with topics, into one of them. `reply_to`: it points to that
    message, if it is still there."""
    pointing = ReplyParameters(message_id=reply_to, allow_sending_without_reply=True) if reply_to else None
    return SendMessage(
        chat_id=chat_id,
        message_thread_id=topic_id,
        text=str(view.text),
        parse_mode="HTML",
        reply_markup=view.keyboard,
        link_preview_options=_PLAIN,
        reply_parameters=pointing,
    )


def edit(chat_id: int, message_id: int, view: View) -> EditMessageText:
    """The screen in place of a message; its keyboard is none, or stands under the message."""
    keyboard = view.keyboard
    if keyboard is not None and not isinstance(keyboard, InlineKeyboardMarkup):
        raise TypeError("a message that is there gets no keys under the writing field")
    return EditMessageText(
        chat_id=chat_id,
        message_id=message_id,
        text=str(view.text),
        parse_mode="HTML",
        reply_markup=keyboard,
        link_preview_options=_PLAIN,
    )


def send_file(chat_id: int, content: bytes, name: str, caption: Markup) -> SendDocument:
    """A document as a new message."""
    return SendDocument(
        chat_id=chat_id,
        document=BufferedInputFile(content, name),
        caption=str(caption),
        parse_mode="HTML",
    )


def send_kept(chat_id: int, file_id: str, caption: Markup, *, picture: bool) -> SendDocument | SendPhoto:
    """A file, or a picture, that lies with Telegram already, by Telegram's name for it."""
    if picture:
        return SendPhoto(chat_id=chat_id, photo=file_id, caption=str(caption), parse_mode="HTML")
    return SendDocument(chat_id=chat_id, document=file_id, caption=str(caption), parse_mode="HTML")


def send_picture(chat_id: int, content: bytes, name: str, caption: Markup) -> SendPhoto:
    """A picture as a new message."""
    return SendPhoto(
        chat_id=chat_id, photo=BufferedInputFile(content, name), caption=str(caption), parse_mode="HTML"
    )


def say(message: Message, *views: View) -> Replies:
    """Answers a message with screens of their own."""
    return [send(message.chat.id, view) for view in views]


def show(callback: CallbackQuery, view: View, toast: Markup | None = None) -> Replies:
    """Answers a press: the screen takes the place of the message that was pressed. What was pressed in a
    group stays as it is: the screen is for one person."""
    pressed = callback.message
    if (
        pressed is not None
        and pressed.chat.type == "private"
        and (view.keyboard is None or isinstance(view.keyboard, InlineKeyboardMarkup))
    ):
        return [acknowledge(callback, toast), edit(pressed.chat.id, pressed.message_id, view)]
    return [acknowledge(callback, toast), send(callback.from_user.id, view)]


def show_keyboard(
    callback: CallbackQuery, keyboard: InlineKeyboardMarkup | None, toast: Markup | None = None
) -> Replies:
    """Answers a press: the message that was pressed keeps its words and gets this keyboard, or none."""
    replies: list[TelegramMethod[Any]] = [acknowledge(callback, toast)]
    if callback.message is not None:
        replies.append(
            EditMessageReplyMarkup(
                chat_id=callback.message.chat.id,
                message_id=callback.message.message_id,
                reply_markup=keyboard,
            )
        )
    return replies


def follow(callback: CallbackQuery, *views: View, toast: Markup | None = None) -> Replies:
    """Answers a press with new messages; the one that was pressed stays."""
    return [acknowledge(callback, toast), *(send(callback.from_user.id, view) for view in views)]


def acknowledge(callback: CallbackQuery, toast: Markup | None = None) -> AnswerCallbackQuery:
    """Ends the waiting sign on a button, with a few words if there are any."""
    return AnswerCallbackQuery(
        callback_query_id=callback.id, text=None if toast is None else toast.striptags()[:200]
    )


def alert(callback: CallbackQuery, said: Markup) -> AnswerCallbackQuery:
    """Answers a press with a few words that stay until they are read; only who pressed sees them."""
    return AnswerCallbackQuery(callback_query_id=callback.id, text=said.striptags()[:200], show_alert=True)


def open_bot(callback: CallbackQuery, link: str) -> AnswerCallbackQuery:
    """Answers a press by opening the private chat with the bot; only who pressed is taken there. Telegram
    takes no other links than those that start the bot."""
    return AnswerCallbackQuery(callback_query_id=callback.id, url=link)
