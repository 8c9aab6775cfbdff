"""The buttons of «Явка»: every CallbackData beside its builder."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from actions.attendance import Attended
from bot.views import roll_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, ShowAttendees, ShowEvent, button, inline, turns
from bot.views.words import plain
from domain.code_words import WORDS
from domain.records import Event


class ShowAttendance(CallbackData, prefix="att"):
    """«Явка»: who is marked."""

    event: Id
    page: Place


class TakeCode(CallbackData, prefix="attcode"):
    """«Код для отметки»: as a picture."""

    event: Id


class TakeScreen(CallbackData, prefix="attscreen"):
    """«Код на экран»: the link to a page."""

    event: Id


class AskCodeWord(CallbackData, prefix="attword"):
    """«Кодовое слово»: the one that is taken, or the one that is proposed (a place in
    domain.code_words.WORDS)."""

    event: Id
    word: Place


class NameCodeWord(CallbackData, prefix="attword+"):
    """The word that was proposed is taken from now on."""

    event: Id
    word: Place


class EndCodeWord(CallbackData, prefix="attword-"):
    """The word is taken no longer."""

    event: Id


def attendance(event: Event) -> InlineKeyboardButton:
    """«Явка»."""
    return button(plain("button-attendance"), ShowAttendance(event=event.id, page=0))


def screen(found: Attended, page: int, pages: int, *, on_screen: bool) -> InlineKeyboardMarkup:
    """Under «Явка»: the code while it can be handed out, on a page of ours where there is one (`on_screen`),
    the word while people check in."""
    event = found.event
    rows: Rows = []
    if found.ahead is not None:
        shown = button(plain("button-code-on-screen"), TakeScreen(event=event.id))
        code = button(plain("button-check-in-code"), TakeCode(event=event.id))
        rows.append([code, *([shown] if on_screen else [])])
    if found.runs:
        rows.append([button(plain("button-code-word"), AskCodeWord(event=event.id, word=-1))])
    # Before people check in nobody is called over either, nor of what does not take place.
    too_early = found.ahead is not None and not found.runs
    called = [] if too_early or event.called_off else [roll_keys.roll_call(event)]
    rows.append([*called, button(plain("button-who-comes"), ShowAttendees(event=event.id, page=0))])
    rows += turns(page, pages, lambda at: ShowAttendance(event=event.id, page=at))
    return inline([*rows, [button(plain("button-back"), ShowEvent(event=event.id))]])


def propose_word(event: Event, word: int) -> InlineKeyboardMarkup:
    """Under the word that is proposed: that one, or the next of the list."""
    taken = NameCodeWord(event=event.id, word=word)
    other = AskCodeWord(event=event.id, word=(word + 1) % len(WORDS))
    return inline(
        [
            [button(plain("button-take-word", word=WORDS[word]), taken, "success")],
            [button(plain("button-other-word"), other)],
            back(event),
        ]
    )


def word_taken(event: Event) -> InlineKeyboardMarkup:
    """Under the word that is taken."""
    return inline([[button(plain("button-end-word"), EndCodeWord(event=event.id))], back(event)])


def back(event: Event) -> list[InlineKeyboardButton]:
    """Back to «Явка»."""
    return [button(plain("button-back"), ShowAttendance(event=event.id, page=0))]
