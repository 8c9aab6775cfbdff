"""«Ещё» of «Руководителю»: what is wanted now and then."""

from __future__ import annotations

from bot.views import journal_keys, keyboards, plan_file_keys, settings_keys
from bot.views.broadcast_keys import WriteToAll
from bot.views.group import ShowGroup
from bot.views.notice_keys import ShowCallList
from bot.views.view import View
from bot.views.words import plain, t
from domain.plan_draft import first_year_of


def more(*, written_up: bool, carried: str | None = None) -> View:
    """The rarer things, a button each; six at most. While the year is `written_up`, «Отчёты» stand on the
    first screen, and here, where that leaves no room for it there, what carries the plan of the year
    `carried` over."""
    rows: keyboards.Rows = [
        [journal_keys.journal()],
        [keyboards.button(plain("button-call"), ShowCallList(event=0, page=0))],
        [settings_keys.settings()],
        [keyboards.button(plain("button-write-to-people"), WriteToAll(act="write"))],
        [keyboards.button(plain("button-group"), ShowGroup(act="show"))],
    ]
    if not written_up:
        rows.append([keyboards.button(plain("button-reports"), keyboards.ShowDesk(screen="reports"))])
    elif carried:
        rows.insert(0, plan_file_keys.carry_over(first_year_of(carried)))
    return View(t("desk-more"), keyboards.inline(rows))
