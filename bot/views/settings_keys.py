"""The buttons of «Настройки объединения»."""

from __future__ import annotations

from typing import Literal

from aiogram.types import InlineKeyboardButton

from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, button
from bot.views.words import plain
from domain.settings import Setting

Screen = Literal["home", "about", "usual", "entry", "attendance"]
# «-» stands for none, or for what comes with Звонок.
NONE = "-"
YES, NO = "yes", "no"


class ShowSettings(CallbackData, prefix="settings"):
    """A screen of «Настройки объединения»."""

    screen: Screen


class AskSetting(CallbackData, prefix="setting"):
    """What a setting is to be; its present value stands beside the question."""

    what: Setting


class PickSetting(CallbackData, prefix="setto"):
    """A value by its button: a zone, an hour as HHMM, years, or «-»."""

    what: Setting
    value: str


class ConfirmSetting(CallbackData, prefix="setsure"):
    """The value that the preview showed, by its mark."""

    mark: str


class TakeBackSetting(CallbackData, prefix="setback"):
    """The value of before, by the journal's line of the change."""

    line: Id


def settings() -> InlineKeyboardButton:
    """The way to «Настройки объединения»."""
    return button(plain("button-settings"), ShowSettings(screen="home"))


def to_screen(screen: Screen, label: str) -> list[InlineKeyboardButton]:
    """The way to one of the screens."""
    return [button(label, ShowSettings(screen=screen))]


def ask(what: Setting) -> list[InlineKeyboardButton]:
    """The way to the question about a setting."""
    return [button(plain(f"button-setting-{what.name.lower()}"), AskSetting(what=what))]


def pick(what: Setting, value: str, label: str) -> InlineKeyboardButton:
    """One value to choose."""
    return button(label, PickSetting(what=what, value=value))


def sure(mark: str, screen: Screen) -> Rows:
    """Under a preview."""
    confirm = button(plain("button-confirm"), ConfirmSetting(mark=mark), "success")
    return [[confirm], to_screen(screen, plain("button-back"))]


def take_back(line: int) -> list[InlineKeyboardButton]:
    """«Вернуть как было»."""
    return [button(plain("button-undo"), TakeBackSetting(line=line))]
