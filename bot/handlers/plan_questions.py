"""The questions about a plan that waits to be saved, its months, and what its rows are."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.plan_questions import (
    Asked,
    ask,
    give_answer,
    pass_question,
    question_now,
    sort_row,
    write_answer,
)
from actions.plans import PLAN_ANSWER_STEP, kept_plan, waiting_plan
from bot.filters import HasText, Waits, needs
from bot.views import plan_questions as views
from bot.views import plans
from bot.views.cards import today
from bot.views.plan_question_keys import (
    AnswerPlan,
    PassPlanQuestion,
    ShowDraft,
    ShowDraftMonth,
    ShowDraftRows,
    ShowPlanQuestion,
    SortRow,
)
from bot.views.view import Replies, View, say, show
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from domain.russian_replies import TO_PLAN, read_reply
from storage.unit_of_work import UnitOfWork

router = Router(name="plan_questions")

# After these the question is asked once more.
_NO_ANSWER = frozenset(
    {
        "plan_when_not_understood",
        "plan_when_doubtful",
        "plan_which_date",
        "plan_year_not_understood",
        "plan_answer_by_button",
        "line_empty",
        "line_too_long",
    }
)


@router.callback_query(ShowDraft.filter(), flags=needs(Right.DESK))
async def shown(
    callback: CallbackQuery, callback_data: ShowDraft, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«К плану», «Открыть план»."""
    kept = await kept_plan(uow, actor, callback_data.draft)
    return show(callback, plans.preview(kept, today(actor, now)))


@router.callback_query(ShowDraftMonth.filter(), flags=needs(Right.DESK))
async def month(
    callback: CallbackQuery, callback_data: ShowDraftMonth, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«По месяцам»."""
    kept = await kept_plan(uow, actor, callback_data.draft)
    return show(callback, plans.months(kept, callback_data.page, today(actor, now)))


@router.callback_query(ShowDraftRows.filter(), flags=needs(Right.DESK))
async def rows(
    callback: CallbackQuery, callback_data: ShowDraftRows, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Встречи и задания»."""
    return show(callback, plans.sorting(await kept_plan(uow, actor, callback_data.draft), callback_data.page))


@router.callback_query(SortRow.filter(), flags=needs(Right.DESK))
async def sorted_out(
    callback: CallbackQuery, callback_data: SortRow, uow: UnitOfWork, actor: Actor
) -> Replies:
    """A row is something else."""
    kept = await sort_row(uow, actor, callback_data.draft, callback_data.row, callback_data.to)
    return show(callback, plans.sorting(kept, callback_data.page))


@router.callback_query(ShowPlanQuestion.filter(), flags=needs(Right.DESK, dialogue=True))
async def asked(
    callback: CallbackQuery, callback_data: ShowPlanQuestion, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Ответить», «Назад»."""
    question_id = None if callback_data.what == "-" else callback_data.what
    return show(callback, _next(await ask(uow, actor, callback_data.draft, question_id, now), actor, now))


@router.callback_query(AnswerPlan.filter(), flags=needs(Right.DESK, dialogue=True))
async def answered(
    callback: CallbackQuery, callback_data: AnswerPlan, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A likely answer; the next question takes its place."""
    data = callback_data
    given = await give_answer(uow, actor, data.draft, data.what, data.key, now)
    return show(callback, _next(given, actor, now))


@router.callback_query(PassPlanQuestion.filter(), flags=needs(Right.DESK, dialogue=True))
async def passed(
    callback: CallbackQuery, callback_data: PassPlanQuestion, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Пропустить»."""
    given = await pass_question(uow, actor, callback_data.draft, callback_data.what, now)
    return show(callback, _next(given, actor, now))


@router.message(Waits(PLAN_ANSWER_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Another answer, in her own words: she sees what it was read as; what is no answer is asked again. «К
    плану» is the button of that name."""
    if read_reply(message.text or "") == TO_PLAN:
        return say(message, plans.preview((await question_now(uow, actor, now)).kept, today(actor, now)))
    try:
        given = await write_answer(uow, actor, message.text or "", now)
    except DomainError as error:
        if error.code not in _NO_ANSWER:
            raise
        again = await question_now(uow, actor, now)
        return say(message, views.refused(error), _next(again, actor, now))
    return say(message, *views.taken(given), _next(given, actor, now))


async def waiting_views(uow: UnitOfWork, actor: Actor, now: datetime) -> list[View]:
    """The plan that she sent and neither saved nor dropped, with the way back to it."""
    kept = await waiting_plan(uow, actor)
    return [] if kept is None else [plans.waiting(kept, today(actor, now))]


def _next(asked: Asked, actor: Actor, now: datetime) -> View:
    """The question that is open, or the plan where none is."""
    day = today(actor, now)
    return plans.preview(asked.kept, day) if asked.question is None else views.question(asked, day)
