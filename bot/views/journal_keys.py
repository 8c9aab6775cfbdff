"""The buttons of the journal: every CallbackData beside its builder."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton

from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, button
from bot.views.words import plain
from domain.records import Event


class ShowJournal(CallbackData, prefix="jrn"):
    """A page of the journal: of one event, or of all for 0."""

    event: Id
    page: Place


class UndoChange(CallbackData, prefix="undo"):
    """«Вернуть как было»: the preview of taking a revision back."""

    event: Id
    revision: Place


class ConfirmUndo(CallbackData, prefix="undosure"):
    """The revision seen in the preview is taken back."""

    event: Id
    revision: Place


class TakeBack(CallbackData, prefix="takeback"):
    """«Вернуть как было», of what the journal's line says of a school or a group."""

    line: Id


def take_back(line: int, label: str | None = None) -> InlineKeyboardButton:
    """«Вернуть как было», of a line of the journal."""
    return button(label or plain("button-undo"), TakeBack(line=line))


def journal(event: Event | None = None) -> InlineKeyboardButton:
    """«Журнал»: of one event, or of all."""
    return button(plain("button-journal"), ShowJournal(event=0 if event is None else event.id, page=0))


def undo(event: Event, *, again: bool = False) -> InlineKeyboardButton:
    """«Вернуть как было», under what was just changed; where that took a change back itself (`again`):
    «Отменить возврат»."""
    label = plain("button-redo" if again else "button-undo")
    return button(label, UndoChange(event=event.id, revision=event.revision))
