"""«Ещё» of «Руководителю»: what is wanted now and then."""

from __future__ import annotations

from bot.views import keyboards
from bot.views.broadcasts import WriteToAll
from bot.views.group import ShowGroup
from bot.views.view import View
from bot.views.words import plain, t


def more() -> View:
    """The rarer things, a button each; six at most."""
    rows: keyboards.Rows = [
        [keyboards.button(plain("button-write-to-all"), WriteToAll(act="write"))],
        [keyboards.button(plain("button-group"), ShowGroup(act="show"))],
    ]
    return View(t("desk-more"), keyboards.inline(rows))
