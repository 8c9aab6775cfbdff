"""«Написать всем»: the words, the preview, and what everybody gets."""

from __future__ import annotations

from typing import Annotated, Literal

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.views import keyboards
from bot.views.desk import pieces
from bot.views.view import View
from bot.views.words import plain, t


class WriteToAll(CallbackData, prefix="toall"):
    """«Написать всем»: ask for the words, or drop them."""

    act: Literal["write", "drop"]


class SendToAll(CallbackData, prefix="sendall"):
    """«Отправить»: the words of that preview, by their mark, and no others."""

    mark: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


def ask() -> View:
    """What comes next goes to everybody, once it is confirmed."""
    return View(t("broadcast-ask"))


def message(text: str) -> list[View]:
    """What everybody gets; long words in several messages."""
    first, *more = pieces(text)
    return [View(t("broadcast", text=first)), *(View(piece) for piece in more)]


def preview(text: str, mark: str, people: int) -> list[View]:
    """The message as everybody will see it, and to how many it would go."""
    if not people:
        return [View(t("broadcast-nobody"))]
    rows = [
        [
            keyboards.button(plain("button-send-to-all"), SendToAll(mark=mark), "success"),
            keyboards.button(plain("button-drop"), WriteToAll(act="drop")),
        ]
    ]
    return [*message(text), View(t("broadcast-preview", count=people), keyboards.inline(rows))]


def sent(people: int) -> View:
    """It is on its way."""
    return View(t("broadcast-sent", count=people))


def gone() -> View:
    """The words of that preview are not there any more."""
    again = keyboards.button(plain("button-write-to-all"), WriteToAll(act="write"))
    return View(t("broadcast-gone"), keyboards.inline([[again]]))


def dropped() -> View:
    """She thought better of it."""
    return View(t("broadcast-dropped"))
