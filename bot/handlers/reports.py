"""«Отчёты», for a coordinator and, without anybody's marks, for a methodist; one's own «Портфолио»."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.methods import SendDocument
from aiogram.types import CallbackQuery, Message

from actions.reports import covered, overview, pictures, portfolio, report
from actions.year_notes import (
    NOTE_STEP,
    RESULT_STEP,
    ask_note,
    ask_result,
    bring_back,
    leave_out,
    result_back,
    results,
    say_talks,
    set_result,
    words,
    write_note,
    write_result,
)
from bot.filters import HasText, Waits, needs
from bot.views import reports as views
from bot.views.keyboards import ShowDesk
from bot.views.report_keys import (
    AskNote,
    AskTalks,
    SetResult,
    ShowAnalysis,
    ShowCoverage,
    ShowOverseenReports,
    ShowReports,
    ShowResults,
    TakeOverseenReport,
    TakePortfolio,
    TakeReport,
)
from bot.views.view import Replies, View, acknowledge, say, send_file, send_picture, show
from bot.views.words import plain, t
from documents.pictures import draw_attendance, draw_coverage
from documents.portfolio import write_portfolio
from documents.year_report import write_analysis, write_fulfilled_plan
from documents.year_table import write_events_table, write_year_table
from domain.records import Actor
from domain.reports import SchoolYear
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="reports")

_WRITERS: dict[str, Callable[[SchoolYear], bytes]] = {
    "plan": write_fulfilled_plan,
    "analysis": write_analysis,
    "table": write_year_table,
}
# What a methodist gets: counts, and nobody's marks.
_OVERSEEN = {**_WRITERS, "table": write_events_table}


@router.callback_query(ShowDesk.filter(F.screen == "reports"), flags=needs(Right.DESK))
async def home(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Отчёты» of this year; «Итоги года»."""
    return show(callback, await reports_view(uow, actor, now))


async def reports_view(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    """The same, however it was asked for."""
    _, shown = await overview(uow, actor, None, now)
    return views.home(shown, 0, actor, now)


@router.callback_query(ShowReports.filter(), flags=needs(Right.DESK))
async def of_year(
    callback: CallbackQuery, callback_data: ShowReports, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Those of another one, or another page of what they lack."""
    _, shown = await overview(uow, actor, callback_data.year, now)
    return show(callback, views.home(shown, callback_data.page, actor, now))


@router.callback_query(AskTalks.filter(), flags=needs(Right.DESK))
async def talks(
    callback: CallbackQuery, callback_data: AskTalks, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A meeting without talks; «Докладов не было», and back."""
    data = callback_data
    none = {"ask": None, "none": True, "back": False}[data.act]
    event = await say_talks(uow, actor, data.year, data.event, now, none=none)
    view = views.without_talks if none else views.ask_talks
    return show(callback, view(event, data.year, actor, now))


@router.callback_query(TakeReport.filter(F.what == "pictures"), flags=needs(Right.DESK))
async def drawn(
    callback: CallbackQuery, callback_data: TakeReport, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Картинки»: attendance through the year, and the schools, with their numbers in words."""
    year = callback_data.year
    made, shown, seen = await pictures(uow, actor, year, now, draw_attendance, draw_coverage)
    captions = [views.of_attendance(shown, actor, now), views.of_coverage(seen)]
    names = [plain("picture-attendance-name"), plain("picture-coverage-name")]
    return [
        acknowledge(callback),
        *(
            send_picture(callback.from_user.id, picture, name, caption)
            for picture, name, caption in zip(made, names, captions, strict=True)
        ),
    ]


@router.callback_query(TakeReport.filter(), flags=needs(Right.DESK))
async def taken(
    callback: CallbackQuery, callback_data: TakeReport, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A report as a file."""
    what = callback_data.what
    content, year = await report(uow, actor, callback_data.year, now, _WRITERS[what])
    file = send_file(callback.from_user.id, content, views.file_name(what, year), views.caption(what, year))
    return [acknowledge(callback), file]


@router.callback_query(ShowAnalysis.filter(), flags=needs(Right.DESK))
async def analysis(
    callback: CallbackQuery, callback_data: ShowAnalysis, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Анализ работы»: its words; also where nothing is to be changed after all."""
    return show(callback, views.analysis(await words(uow, actor, callback_data.year, now)))


@router.callback_query(AskNote.filter(F.act == "ask"), flags=needs(Right.DESK, dialogue=True))
async def note_asked(
    callback: CallbackQuery, callback_data: AskNote, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """What is it to say?"""
    note = callback_data.note
    return show(callback, views.ask_note(await ask_note(uow, actor, callback_data.year, note, now), note))


@router.message(Waits(NOTE_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def note_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Her words."""
    found, note = await write_note(uow, actor, message.text or "", now)
    return say(message, views.noted(found, note, written=True))


@router.callback_query(AskNote.filter(F.act == "out"), flags=needs(Right.DESK, dialogue=True))
async def note_left_out(
    callback: CallbackQuery, callback_data: AskNote, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Без этого раздела»."""
    note = callback_data.note
    found = await leave_out(uow, actor, callback_data.year, note, now)
    return show(callback, views.noted(found, note), t("note-left-out"))


@router.callback_query(AskNote.filter(F.act == "back"), flags=needs(Right.DESK))
async def note_brought_back(
    callback: CallbackQuery, callback_data: AskNote, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть как было»; once more, and the new words are back."""
    note = callback_data.note
    found = await bring_back(uow, actor, callback_data.year, note, now)
    return show(callback, views.noted(found, note), t("note-back"))


@router.callback_query(ShowResults.filter(), flags=needs(Right.DESK))
async def plan_marked(
    callback: CallbackQuery, callback_data: ShowResults, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«План с отметкой»: its rows; also where nothing is to be said of one after all."""
    shown = await results(uow, actor, callback_data.year, now)
    return show(callback, views.results(shown, callback_data.page))


@router.callback_query(SetResult.filter(F.act == "ask"), flags=needs(Right.DESK, dialogue=True))
async def result_asked(
    callback: CallbackQuery, callback_data: SetResult, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """What came of this row?"""
    return show(
        callback,
        views.ask_result(*await ask_result(uow, actor, callback_data.year, callback_data.activity, now)),
    )


@router.message(Waits(RESULT_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def result_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Her words."""
    return say(message, views.result_said(*await write_result(uow, actor, message.text or "", now)))


@router.callback_query(SetResult.filter(F.act == "back"), flags=needs(Right.DESK))
async def result_brought_back(
    callback: CallbackQuery, callback_data: SetResult, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть как было»; once more, and the new words are back."""
    data = callback_data
    shown = await result_back(uow, actor, data.year, data.activity, now)
    return show(callback, views.result_said(shown, data.activity), t("note-back"))


@router.callback_query(SetResult.filter(), flags=needs(Right.DESK, dialogue=True))
async def result_said(
    callback: CallbackQuery, callback_data: SetResult, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Выполнено», «Не выполнено»; or nothing."""
    data = callback_data
    text = "" if data.act == "none" else plain(f"button-result-{data.act}")
    shown = await set_result(uow, actor, data.year, data.activity, text, now)
    return show(callback, views.result_said(shown, data.activity))


@router.callback_query(ShowCoverage.filter(), flags=needs(Right.DESK))
async def schools_seen(
    callback: CallbackQuery, callback_data: ShowCoverage, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Охват школ»."""
    label, seen = await covered(uow, actor, callback_data.year, now)
    return show(callback, views.coverage(label, seen, callback_data.page))


@router.callback_query(ShowOverseenReports.filter(), flags=needs(Right.OVERSEE))
async def overseen(
    callback: CallbackQuery, callback_data: ShowOverseenReports, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Отчёты» of an association that she oversees."""
    data = callback_data
    association, shown = await overview(uow, actor, data.year, now, association_id=data.association)
    return show(callback, views.overseen(association, shown))


@router.callback_query(TakeOverseenReport.filter(), flags=needs(Right.OVERSEE))
async def overseen_taken(
    callback: CallbackQuery, callback_data: TakeOverseenReport, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One of them as a file."""
    data, what = callback_data, callback_data.what
    content, year = await report(uow, actor, data.year, now, _OVERSEEN[what], association_id=data.association)
    caption = views.caption(what, year, overseen=True)
    return [
        acknowledge(callback),
        send_file(callback.from_user.id, content, views.file_name(what, year), caption),
    ]


@router.callback_query(TakePortfolio.filter(), flags=needs(Right.ANSWER))
async def own(callback: CallbackQuery, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Портфолио»: her own, and nobody else's."""
    return [acknowledge(callback), await portfolio_file(callback.from_user.id, uow, actor, now)]


async def portfolio_file(chat_id: int, uow: UnitOfWork, actor: Actor, now: datetime) -> SendDocument:
    """Where she took part, as a file. Raises DomainError `portfolio_empty`."""
    content, made = await portfolio(uow, actor, write_portfolio, now)
    return send_file(chat_id, content, plain("portfolio-file-name"), views.of_portfolio(made))
