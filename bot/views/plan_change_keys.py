"""The buttons of a corrected plan: every CallbackData beside its builder."""

from __future__ import annotations

from typing import Literal

from aiogram.types import InlineKeyboardMarkup

from actions.plan_comparing import Comparison, Item
from bot.views.callback_data import CallbackData
from bot.views.journal_keys import journal
from bot.views.keyboards import Id, Place, SettleDraft, button, inline, turns
from bot.views.words import plain


class ShowPlanChanges(CallbackData, prefix="pc"):
    """A page of what differs."""

    draft: Id
    page: Place


class ChoosePlanChange(CallbackData, prefix="pcpick"):
    """One difference is taken, or left after all; the page that it stands on is shown again."""

    draft: Id
    item: Place
    page: Place


class ChooseAllPlanChanges(CallbackData, prefix="pcall"):
    """All differences are taken, or left."""

    draft: Id
    act: Literal["take", "leave"]


class ProposePlanChanges(CallbackData, prefix="pcask"):
    """«Применить»: the preview."""

    draft: Id


class ConfirmPlanChanges(CallbackData, prefix="pcsure"):
    """«Да, применить»: what the preview showed, as it stood then."""

    draft: Id
    mark: str


class TakePlanBack(CallbackData, prefix="pcback"):
    """«Вернуть прежний план», by the journal's line of the file that was taken."""

    line: Id


def page(comparison: Comparison, shown: list[Item], number: int, pages: int) -> InlineKeyboardMarkup:
    """Under a page of differences: each by its number, all of them, and what becomes of the draft."""
    draft = comparison.draft_id
    items = [
        button(
            plain("button-chosen", label=str(item.at + 1)) if item.taken else str(item.at + 1),
            ChoosePlanChange(draft=draft, item=item.at, page=number),
        )
        for item in shown
    ]
    return inline(
        [
            items,
            *turns(number, pages, lambda at: ShowPlanChanges(draft=draft, page=at)),
            [
                button(plain("button-take-all"), ChooseAllPlanChanges(draft=draft, act="take")),
                button(plain("button-leave-all"), ChooseAllPlanChanges(draft=draft, act="leave")),
            ],
            [
                button(plain("button-apply"), ProposePlanChanges(draft=draft), "success"),
                button(plain("button-drop"), SettleDraft(draft=draft, act="drop")),
            ],
        ]
    )


def preview(comparison: Comparison) -> InlineKeyboardMarkup:
    """Under the preview of taking them."""
    data = ConfirmPlanChanges(draft=comparison.draft_id, mark=comparison.mark)
    sure = [button(plain("button-sure-apply"), data, "success")]
    return inline([sure, *back(comparison).inline_keyboard])


def back(comparison: Comparison) -> InlineKeyboardMarkup:
    """Back to what differs."""
    return inline([[button(plain("button-back"), ShowPlanChanges(draft=comparison.draft_id, page=0))]])


def done(line: int) -> InlineKeyboardMarkup:
    """How what was taken is taken back: the whole, or each change of an event."""
    return inline([[button(plain("button-take-plan-back"), TakePlanBack(line=line))], [journal()]])
