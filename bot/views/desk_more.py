"""«Ещё» of «Руководителю»: what is wanted now and then."""

from __future__ import annotations

from bot.views import journal_keys, keyboards, settings_keys
from bot.views.broadcast_keys import WriteToAll
from bot.views.group import ShowGroup
from bot.views.notice_keys import ShowCallList
from bot.views.view import View
from bot.views.words import plain, t


def more(*, written_up: bool) -> View:
    """The rarer things, a button each; six at most. While the year is `written_up`, «Отчёты» stand on the
    first screen."""
    rows: keyboards.Rows = [
        [journal_keys.journal()],
        [keyboards.button(plain("button-call"), ShowCallList(event=0, page=0))],
        [settings_keys.settings()],
        [keyboards.button(plain("button-write-to-people"), WriteToAll(act="write"))],
        [keyboards.button(plain("button-group"), ShowGroup(act="show"))],
    ]
    if not written_up:
        rows.append([keyboards.button(plain("button-reports"), keyboards.ShowDesk(screen="reports"))])
    return View(t("desk-more"), keyboards.inline(rows))
