"""An answer in words: of which event, as far as a message says, and whether it was understood rightly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageOriginUser

from bot.views import cards, dates, keyboards
from bot.views.keyboards import GiveAnswer
from bot.views.view import View
from bot.views.words import plain, t
from domain.records import Actor, Answer, Event, Mode

# Of so many other associations an event is offered.
_OTHERS = 3


def event_replied_to(message: Message) -> int | None:
    """The event whose card, reminder or news is replied to: the one that its buttons answer about. None where
    nothing is replied to, or there is more than one."""
    replied = message.reply_to_message
    markup = None if replied is None else replied.reply_markup
    if not isinstance(markup, InlineKeyboardMarkup):
        return None
    prefix = f"{GiveAnswer.__prefix__}:"
    events = {
        GiveAnswer.unpack(button.callback_data).event
        for row in markup.inline_keyboard
        for button in row
        if button.callback_data and button.callback_data.startswith(prefix)
    }
    return events.pop() if len(events) == 1 else None


def is_of_another(message: Message) -> bool:
    """Whether it is forwarded and somebody else's words, as far as Telegram says whose they are."""
    origin = message.forward_origin
    sender = origin.sender_user.id if isinstance(origin, MessageOriginUser) else None
    return origin is not None and sender != message.chat.id


def confirm(answer: Answer, asked: Sequence[tuple[Actor, Event]], actor: Actor, now: datetime) -> View:
    """Whether the words were understood rightly: an answer about the first of these events, each with whom
    she is there; of every other association one is offered in its place."""
    there, event = asked[0]
    others: dict[int, Event] = {}
    for other, one in asked[1:]:
        if other.home.id != there.home.id:
            others.setdefault(other.home.id, one)
    day = cards.today(there, now)
    given = _given(answer, event)
    when = dates.span(event.period, day)
    text = cards.whose(there) + t(f"confirm-{given}", title=event.title, when=when)
    instead = [[_instead(one, answer, cards.today(actor, now))] for one in list(others.values())[:_OTHERS]]
    return View(text, keyboards.confirm_answer(event, given, instead))


def _instead(event: Event, answer: Answer, day: date) -> InlineKeyboardButton:
    label = plain("button-instead-answer", when=dates.short(event.period, day), title=event.title)
    return keyboards.button(label, GiveAnswer(event=event.id, answer=_given(answer, event), place=-1))


def _given(answer: Answer, event: Event) -> Answer:
    """To join what is online is to come."""
    return Answer.GOING if answer is Answer.ONLINE and event.mode is Mode.ONLINE else answer
