"""The buttons of «Перекличка»: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from actions.roll_call import Namesakes, RollCall, Seen, name_of
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, ShowMore, button, inline, turns
from bot.views.words import called, clip, plain
from domain.records import Event, Mark
from domain.roll_call import Key, Line, Page, Roll, Whose

# A mark by its place here; 0 for none. Of those two a button carries the names would not fit.
MARKS: tuple[Mark | None, ...] = (None, *Mark)

Flag = Annotated[int, Field(ge=0, le=1)]
MarkCode = Annotated[int, Field(ge=0, lt=len(MARKS))]

_NAME = 40
_SCHOOL = 30
_MOST_NAMESAKES = 5


class ShowRoll(CallbackData, prefix="roll"):
    """«Перекличка»."""

    event: Id


class ShowRollList(CallbackData, prefix="rolls"):
    """The list, a page at a time; all of it, or those who have no mark yet."""

    event: Id
    unmarked: Flag
    page: Place


class OpenLine(CallbackData, prefix="rl"):
    """One of the list (domain.roll_call.Key), and the page that she stood on."""

    event: Id
    whose: Whose
    person: Id
    unmarked: Flag
    page: Place


class MarkLine(CallbackData, prefix="rm"):
    """A mark for one of the list, in place of the one that was seen."""

    event: Id
    whose: Whose
    person: Id
    mark: MarkCode
    seen: MarkCode
    unmarked: Flag
    page: Place


class AskPromised(CallbackData, prefix="rollall"):
    """«Все, кто обещал, пришли»: the preview."""

    event: Id


class MarkPromised(CallbackData, prefix="rollsure"):
    """Those whom the preview meant, by the name of them all."""

    event: Id
    mark: str


class MarkPromisedAndMe(CallbackData, prefix="rollsure+"):
    """Those, and whoever presses it."""

    event: Id
    mark: str


class MarkMe(CallbackData, prefix="rollme"):
    """«Отметить и меня»: whoever presses it."""

    event: Id


class ConfirmSaid(CallbackData, prefix="rollyes"):
    """«Подтвердить всех»: those who said afterwards that they had been there, by the name of them all."""

    event: Id
    mark: str


class MarkPage(CallbackData, prefix="rollpage"):
    """«Отметить всех на странице»: those who stood there."""

    event: Id
    unmarked: Flag
    page: Place
    mark: str


class MarkSchool(CallbackData, prefix="rs"):
    """«Вся школа здесь»: the unmarked of the school of one of the list."""

    event: Id
    whose: Whose
    person: Id
    mark: str


class TakeBackRoll(CallbackData, prefix="rollback"):
    """The marking of many, by the journal's line of it."""

    line: Id


class AddToRoll(CallbackData, prefix="roll+"):
    """«Добавить человека»: who is not in the list."""

    event: Id


class AddNamesake(CallbackData, prefix="rollnew"):
    """«Это другой человек»: not the one in the list who has the same name."""

    event: Id


class ShowOpinions(CallbackData, prefix="opinions"):
    """«Отзывы»."""

    event: Id
    page: Place


def roll_call(event: Event) -> InlineKeyboardButton:
    """«Перекличка»."""
    return button(plain("button-roll"), ShowRoll(event=event.id))


def home(found: RollCall, *, reads: bool) -> InlineKeyboardMarkup:
    """Everybody at once, as soon as it has begun, or one by one; what many were marked with can be taken
    back. `reads` says whether words about the event are hers to read."""
    event, expected = found.event, len(found.roll.expected())
    rows: Rows = []
    if expected and found.begun:
        rows.append(
            [button(plain("button-roll-all", count=expected), AskPromised(event=event.id), "success")]
        )
    rows += confirm_said(event, found.roll)
    rows += mark_me(event) if found.overlooked and found.begun else []
    rows.append([button(plain("button-roll-list"), ShowRollList(event=event.id, unmarked=0, page=0))])
    rows.append([button(plain("button-add-person"), AddToRoll(event=event.id))])
    if reads and found.opinions:
        label = plain("button-opinions", count=found.opinions)
        rows.append([button(label, ShowOpinions(event=event.id, page=0))])
    if found.line is not None:
        rows.append([button(plain("button-undo"), TakeBackRoll(line=found.line))])
    return inline([*rows, [button(plain("button-back"), ShowMore(event=event.id))]])


def confirm_said(event: Event, roll: Roll) -> Rows:
    """«Подтвердить всех», where somebody said afterwards that she had been there."""
    said = roll.to_confirm()
    if not said:
        return []
    data = ConfirmSaid(event=event.id, mark=name_of(said))
    return [[button(plain("button-roll-confirm", count=len(said)), data, "success")]]


def mark_me(event: Event) -> Rows:
    """«Отметить и меня»."""
    return [[button(plain("button-roll-me"), MarkMe(event=event.id))]]


def confirm(event: Event, expected: Sequence[Line], overlooked: Line | None) -> InlineKeyboardMarkup:
    """Under the preview; where nobody is meant, only the way back. `overlooked`: she who calls over, where
    she is unmarked."""
    rows: Rows = []
    if expected:
        data = MarkPromised(event=event.id, mark=name_of(expected))
        rows.append([button(plain("button-sure-roll"), data, "success")])
    if expected and overlooked:
        both = MarkPromisedAndMe(event=event.id, mark=name_of([*expected, overlooked]))
        rows.append([button(plain("button-sure-roll-me"), both, "success")])
    return inline([*rows, _back(event)])


def page(found: RollCall, shown: Page, unmarked: bool) -> InlineKeyboardMarkup:
    """A page of the list."""
    event, flag = found.event, int(unmarked)
    rows: Rows = [[_line(event, one, flag, shown.number)] for one in shown.lines]
    to_mark = [one for one in shown.lines if one.mark is None]
    if len(to_mark) > 1:
        data = MarkPage(event=event.id, unmarked=flag, page=shown.number, mark=name_of(to_mark))
        rows.append([button(plain("button-roll-page", count=len(to_mark)), data)])
    rows += turns(shown.number, shown.pages, lambda at: ShowRollList(event=event.id, unmarked=flag, page=at))
    other = plain("button-roll-everybody" if unmarked else "button-roll-unmarked")
    rows.append([button(other, ShowRollList(event=event.id, unmarked=1 - flag, page=0))])
    return inline([*rows, _back(event)])


def line(seen: Seen, unmarked: int, number: int) -> InlineKeyboardMarkup:
    """The marks for one of them, or the mark away; all of her school at once, where others are unmarked."""
    event, one = seen.event, seen.line
    at = {"whose": one.key.whose, "person": one.key.number}

    def mark(code: int) -> InlineKeyboardButton:
        label = plain(f"button-mark-{MARKS[code] or 'none'}")
        if MARKS[code] is one.mark and not one.to_confirm:
            label = plain("button-chosen", label=label)
        stood = MARKS.index(one.mark)
        data = MarkLine(event=event.id, **at, mark=code, seen=stood, unmarked=unmarked, page=number)
        return button(label, data)

    rows: Rows = [[mark(1), mark(2)], [mark(3), mark(4)]]
    if one.mark is not None:
        rows.append([mark(0)])
    elif len(seen.together) > 1:
        data = MarkSchool(event=event.id, **at, mark=name_of(seen.together))
        rows.append([button(plain("button-roll-school", count=len(seen.together)), data)])
    back = ShowRollList(event=event.id, unmarked=unmarked, page=number)
    return inline([*rows, [button(plain("button-back"), back)]])


def writing(event: Event) -> InlineKeyboardMarkup:
    """Under the question who is to be added."""
    return inline([_back(event)])


def namesakes(found: Namesakes) -> InlineKeyboardMarkup:
    """Those of the name that was written, or somebody else."""
    event = found.event
    rows: Rows = [[_line(event, one, 0, 0)] for one in found.lines[:_MOST_NAMESAKES]]
    rows.append([button(plain("button-roll-namesake"), AddNamesake(event=event.id))])
    return inline([*rows, _back(event)])


def added(event: Event) -> InlineKeyboardMarkup:
    """After somebody was added: one more, or the rest."""
    return inline([[button(plain("button-roll-more"), AddToRoll(event=event.id))], _back(event)])


def opinions(event: Event, number: int, pages: int) -> InlineKeyboardMarkup:
    """Under a page of what was said of an event."""
    return inline([*turns(number, pages, lambda at: ShowOpinions(event=event.id, page=at)), _back(event)])


def key_of(data: OpenLine | MarkLine | MarkSchool) -> Key:
    """Whom a button is about."""
    return Key(data.whose, data.person)


def _line(event: Event, one: Line, unmarked: int, number: int) -> InlineKeyboardButton:
    school = f" · {called(one.school, _SCHOOL)}" if one.school else ""
    label = clip(one.name, _NAME) + school
    if one.mark is not None:
        label = plain(f"button-roll-{one.mark}", label=label)
    at = {"whose": one.key.whose, "person": one.key.number}
    return button(label, OpenLine(event=event.id, **at, unmarked=unmarked, page=number))


def _back(event: Event) -> list[InlineKeyboardButton]:
    return [button(plain("button-back"), ShowRoll(event=event.id))]
