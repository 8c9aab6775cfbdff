"""Keys and buttons: every CallbackData beside its builder. Callback data carries ids, never state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from pydantic import Field

from bot.views import dates
from bot.views.callback_data import CallbackData
from bot.views.words import called, clip, plain
from domain.plan_draft import short_school_year
from domain.records import Actor, Answer, Attendee, Card, Event, Member, Mode, Question, School, Status
from domain.roles import Right, Role, may, may_run

# A label longer than this is cut by phones.
_LABEL = 60
_SCHOOLS = 12
_MOST_ON_A_CARD = 6

Rows = list[list[InlineKeyboardButton]]

# The keys under the writing field; the coordinators' stands last, before that of methodists.
KEYS = ("key-next", "key-plan", "key-mine", "key-settings", "key-help", "key-desk", "key-homes")


# What a button of ours never carries is not even read: a made-up press is a press on an unknown button.
Id = Annotated[int, Field(ge=0, lt=2**63)]
Place = Annotated[int, Field(ge=-1, lt=2**31)]
Year = Annotated[int, Field(ge=2000, lt=2100)]
Month = Annotated[int, Field(ge=1, le=12)]


class Consent(CallbackData, prefix="ok"):
    """She agrees; `code` is the invitation's, with her wish (bot.views.starting), empty for one whom the
    operator named."""

    code: str


class PickSchool(CallbackData, prefix="school"):
    """One of the known schools; 0 for another."""

    school: Id


class PickYear(CallbackData, prefix="year"):
    """The school year, by its first calendar year."""

    first: Year


class ShowNext(CallbackData, prefix="next"):
    """The card so many places after the nearest."""

    offset: Place


class ShowEvent(CallbackData, prefix="event"):
    """The card of one event."""

    event: Id


class GiveAnswer(CallbackData, prefix="rsvp"):
    """An answer; `place` is the card's place in the row of events to come, -1 where it stands alone."""

    event: Id
    answer: Answer
    place: Place


class TakeCalendarFile(CallbackData, prefix="ics"):
    """«В календарь»."""

    event: Id


class DropAnswer(CallbackData, prefix="norsvp"):
    """The guess was wrong."""


class ShowMonth(CallbackData, prefix="month"):
    """One month of the plan."""

    year: Year
    month: Month


class ShowPast(CallbackData, prefix="past"):
    """«Прошедшие встречи»: a page, the newest first."""

    page: Place


class ShowYearRound(CallbackData, prefix="all"):
    """The work of the whole year."""


class ShowDesk(CallbackData, prefix="desk"):
    """A screen of «Руководителю»."""

    screen: Literal["days", "new", "who", "plan", "people", "invite", "setup", "more", "home", "reports"]


class ChooseDay(CallbackData, prefix="days"):
    """The days to choose from for an event."""

    event: Id


class ShowAttendees(CallbackData, prefix="who"):
    """Who comes to an event."""

    event: Id
    page: Place


class ShowMore(CallbackData, prefix="more"):
    """«Ещё»: what else a coordinator can do with an event."""

    event: Id


class SettleDraft(CallbackData, prefix="draft"):
    """What to do with a plan that was sent."""

    draft: Id
    act: Literal["save", "any_year", "drop"]


class RemovePlan(CallbackData, prefix="unplan"):
    """«Убрать этот план», which was just saved."""

    year: Year


class OwnData(CallbackData, prefix="me"):
    """«Мои данные»."""

    act: Literal[
        "show",
        "name",
        "school",
        "phone",
        "no_phone",
        "export",
        "withdraw",
        "erase",
        "withdraw_sure",
        "erase_sure",
        "keep",
    ]


class PassQuestion(CallbackData, prefix="ask"):
    """«Передать руководителю»: the words that were not understood, or those that come next."""

    what: Literal["said", "next"]


class ReplyTo(CallbackData, prefix="reply"):
    """The coordinator answers a question."""

    question: Id


def button(label: str, data: CallbackData, style: str | None = None) -> InlineKeyboardButton:
    """A button with callback data."""
    return _button(clip(label, _LABEL), data, style)


# The same card goes to everybody; data is packed, and each field of a button checked, but once.
@lru_cache(maxsize=4096)
def _button(label: str, data: CallbackData, style: str | None) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=data.pack(), style=style)


def inline(rows: Rows) -> InlineKeyboardMarkup:
    """Rows of buttons under a message."""
    return InlineKeyboardMarkup(inline_keyboard=rows)


def main(actor: Actor) -> ReplyKeyboardMarkup:
    """The keys under her writing field."""
    return keys(actor.role)


def keys(role: Role) -> ReplyKeyboardMarkup:
    """The keys under the writing field of one who is this."""
    names = [["key-next", "key-plan"], ["key-mine", "key-settings"], ["key-help"]]
    if role is Role.METHODIST:
        names = [["key-homes", "key-plan"], ["key-settings", "key-help"]]
    elif may(role, Right.DESK):
        names[-1].append("key-desk")
    return ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text=plain(name)) for name in row] for row in names],
        resize_keyboard=True,
        is_persistent=True,
    )


def consent(code: str | None) -> InlineKeyboardMarkup:
    """The one button that lets in."""
    return inline([[button(plain("button-consent"), Consent(code=code or ""), "success")]])


def schools(known: Sequence[School]) -> InlineKeyboardMarkup | None:
    """The schools that colleagues come from; None while there are none."""
    if not known:
        return None
    labels = [button(called(school.title), PickSchool(school=school.id)) for school in known[:_SCHOOLS]]
    pairs = [labels[at : at + 2] for at in range(0, len(labels), 2)]
    return inline([*pairs, [button(plain("button-other-school"), PickSchool(school=0))]])


def school_years(first: int) -> InlineKeyboardMarkup:
    """The present school year and the coming one."""
    years = [(year, f"{year}/{year + 1}") for year in (first, first + 1)]
    return inline([[button(label, PickYear(first=year)) for year, label in years]])


def answers(event: Event, answer: Answer | None, place: int = -1, *, brief: bool = False) -> Rows:
    """The answers, the present one marked; to a mixed event one can join by the link as well. `brief` leaves
    «Пока не знаю» out."""
    mixed = event.mode is Mode.MIXED

    def one(given: Answer, style: str | None) -> InlineKeyboardButton:
        label = plain(f"button-{given}")
        if given is answer:
            label = plain("button-chosen", label=label)
        return button(label, GiveAnswer(event=event.id, answer=given, place=place), style)

    coming = [one(Answer.GOING, "success"), *([one(Answer.ONLINE, "success")] if mixed else [])]
    unsure = [] if brief else [one(Answer.UNDECIDED, None)]
    if mixed:
        return [coming, [one(Answer.DECLINED, None), *unsure]]
    return [[*coming, one(Answer.DECLINED, None)], *([unsure] if unsure else [])]


def unsure(event: Event) -> list[InlineKeyboardButton]:
    """«Пока не знаю», for one whose card has no room for it."""
    data = GiveAnswer(event=event.id, answer=Answer.UNDECIDED, place=-1)
    return [button(plain("button-undecided"), data)]


def turns(page: int, pages: int, to: Callable[[int], CallbackData]) -> Rows:
    """The way through what has several pages: «Раньше», «Дальше»; nothing where there is but one."""
    row = []
    if page > 0:
        row.append(button(plain("button-earlier"), to(page - 1)))
    if page < pages - 1:
        row.append(button(plain("button-later"), to(page + 1)))
    return [row] if row else []


def name_and_school(one: Member | Attendee) -> str:
    """«Петрова Мария Ивановна · СОШ № 45»: somebody to be chosen out of a list, where namesakes may stand."""
    school = one.school.title if isinstance(one.school, School) else one.school
    return f"{one.name.full} · {called(school, 30)}" if school else one.name.full


def card(
    shown: Card,
    actor: Actor,
    *,
    open_for_answers: bool,
    place: int = -1,
    above: Rows,
    below_answers: Rows,
    beside: Callable[[int], Rows],
    aside: InlineKeyboardButton,
    who: InlineKeyboardButton | None = None,
    urgent: InlineKeyboardButton | None = None,
) -> InlineKeyboardMarkup | None:
    """The buttons under a card: what goes before answers (`above`); answers and what belongs to the one
    given; what stands beside them, made for so many buttons as there is room for; those of who runs the
    event, first what is `urgent`, with `who` in place of «Кто придёт»; and the way to the other cards.

    Where they are too many for who runs it, she does without «Пока не знаю», where it is a mixed event or
    something is urgent, and `aside` leads to what can wait; «Ещё» stays.
    """

    first_of_all: Rows = [[urgent]] if urgent else []

    def upper(*, brief: bool, below: Rows) -> Rows:
        if not open_for_answers:
            return [*above, *first_of_all]
        brief = brief and (bool(first_of_all) or shown.event.mode is Mode.MIXED)
        return [*above, *answers(shown.event, shown.answer, place, brief=brief), *below, *first_of_all]

    first = upper(brief=False, below=below_answers)
    more = [button(plain("button-more"), ShowMore(event=shown.event.id))]
    run = [*running(shown, actor, who), *more] if may_run(actor.role, shown.part) else []
    way = turns(place, shown.others_ahead + 1, lambda at: ShowNext(offset=at)) if place >= 0 else []
    between = beside(_MOST_ON_A_CARD - _count([*first, run, *([] if run else way)]))
    if run and _count([*first, *between, run]) > _MOST_ON_A_CARD:
        first = upper(brief=True, below=below_answers)
    if run and _count([*first, *between, run]) > _MOST_ON_A_CARD:
        first, between = upper(brief=True, below=[]), []
        run = [*run[: max(_MOST_ON_A_CARD - _count(first) - 2, 0)], aside, run[-1]]
    rows = [*first, *between, *([run] if run else []), *way]
    return inline(rows) if rows else None


def running(shown: Card, actor: Actor, who: InlineKeyboardButton | None = None) -> list[InlineKeyboardButton]:
    """What one who runs a gathering does with it most, with `who` in place of «Кто придёт»; nothing for
    anybody else."""
    event, named = shown.event, shown.event.period.day_known
    if not may_run(actor.role, shown.part):
        return []
    who_comes = who or button(plain("button-who-comes"), ShowAttendees(event=event.id, page=0))
    buttons = [who_comes] if named else []
    if may(actor.role, Right.DESK) and event.status is Status.PLANNED:
        buttons.append(choose_day(event))
    return buttons


def choose_day(event: Event) -> InlineKeyboardButton:
    """«Назвать день», «Перенести»."""
    label = plain("button-move-day" if event.period.day_known else "button-name-day")
    return button(label, ChooseDay(event=event.id))


def _count(rows: Rows) -> int:
    return sum(map(len, rows))


def events(found: Sequence[Event], today: date) -> Rows:
    """A button for each event, leading to its card."""
    return [
        [
            button(
                plain("button-open", when=dates.short(event.period, today), title=event.title),
                ShowEvent(event=event.id),
            )
        ]
        for event in found
    ]


def months(pages: Sequence[tuple[int, int]], shown: tuple[int, int] | None, *, year_round: bool) -> Rows:
    """The way from one month of the plan to its neighbours and to the work of the whole year."""
    turns = []
    if shown is None:
        neighbours = pages[:1]
    else:
        at = pages.index(shown)
        neighbours = [*pages[max(at - 1, 0) : at], *pages[at + 1 : at + 2]]
    for year, month in neighbours:
        name = dates.capital(dates.month_name(date(year, month, 1)))
        earlier = shown is not None and (year, month) < shown
        turns.append(button(f"◀ {name}" if earlier else f"{name} ▶", ShowMonth(year=year, month=month)))
    rows: Rows = [turns] if turns else []
    return [*rows, to_year_round()] if year_round else rows


def to_year_round() -> list[InlineKeyboardButton]:
    """«Весь год»."""
    return [button(plain("button-year-round"), ShowYearRound())]


def to_past() -> list[InlineKeyboardButton]:
    """«Прошедшие встречи»."""
    return [button(plain("button-past"), ShowPast(page=0))]


def past(shown: Sequence[Event], today: date, page: int, pages: int) -> InlineKeyboardMarkup:
    """A page of what is over, newer and older ones, and back to the plan."""
    turns = []
    if page > 0:
        turns.append(button(plain("button-newer"), ShowPast(page=page - 1)))
    if page < pages - 1:
        turns.append(button(plain("button-older"), ShowPast(page=page + 1)))
    back = [button(plain("button-back"), ShowMonth(year=today.year, month=today.month))]
    return inline([*events(shown, today), *([turns] if turns else []), back])


def remove_plan(first_year: int) -> InlineKeyboardMarkup:
    """Under a plan that was just saved."""
    return inline([[button(plain("button-remove-plan"), RemovePlan(year=first_year))]])


def desk(
    nearest: Event | None,
    today: date,
    *,
    set_up: bool,
    carry: list[InlineKeyboardButton] | None = None,
    unnamed: bool = True,
    written_up: bool = False,
) -> InlineKeyboardMarkup:
    """«Руководителю»: six buttons at most. Two places go to what it is time for, in this order: setting up,
    the year that is being `written_up`, days without a name, the next year's plan (`carry`, while it is
    offered), the nearest event."""
    name_days = [button(plain("button-name-days"), ShowDesk(screen="days"), "primary")]
    setup = [button(plain("button-finish-setup"), ShowDesk(screen="setup"), "primary")]
    year_end = [button(plain("button-year-end"), ShowDesk(screen="reports"))]
    timely: Rows = [
        *([setup] if not set_up else []),
        *([year_end] if written_up else []),
        *([name_days] if unnamed else []),
        *([carry] if carry else []),
    ]
    if set_up and nearest is not None:
        label = plain("button-nearest", when=dates.short(nearest.period, today))
        timely.append([button(label, ShowMore(event=nearest.id))])
    if not unnamed:
        timely.append(name_days)
    shown = timely[:2]
    above = [one for one in shown if one in (setup, name_days, carry)] or [year_end]
    if set_up:
        above = above[:1]
    return inline(
        [
            *above,
            [button(plain("button-new-event"), ShowDesk(screen="new"))],
            *(one for one in shown if one not in above),
            [button(plain("button-who-comes"), ShowDesk(screen="who"))],
            [button(plain("button-people"), ShowDesk(screen="people"))],
            [button(plain("button-more"), ShowDesk(screen="more"))],
        ]
    )


def other_year(draft_id: int, school_year: str) -> InlineKeyboardMarkup:
    """Whether a plan of another year is really meant."""
    sure = plain("button-other-year", year=short_school_year(school_year))
    return inline(
        [
            [button(sure, SettleDraft(draft=draft_id, act="any_year"))],
            [button(plain("button-drop"), SettleDraft(draft=draft_id, act="drop"))],
        ]
    )


def own_data(school: str | None = "button-fix-school") -> InlineKeyboardMarkup:
    """«Мои данные»; the label of where she works is another for a guest, and none for one of no school."""
    fix_school = [] if school is None else [[button(plain(school), OwnData(act="school"))]]
    return inline(
        [
            [button(plain("button-fix-name"), OwnData(act="name"))],
            *fix_school,
            [button(plain("button-phone"), OwnData(act="phone"))],
            [button(plain("button-export"), OwnData(act="export"))],
            *leaving().inline_keyboard,
        ]
    )


def leaving() -> InlineKeyboardMarkup:
    """The two ways out."""
    return inline(
        [
            [
                button(plain("button-withdraw"), OwnData(act="withdraw")),
                button(plain("button-erase"), OwnData(act="erase")),
            ]
        ]
    )


def erasing() -> InlineKeyboardMarkup:
    """What is left to do for one who left."""
    return inline([[button(plain("button-erase"), OwnData(act="erase"))]])


def sure(act: Literal["withdraw", "erase"]) -> InlineKeyboardMarkup:
    """Whether leaving, or erasing, is really meant."""
    data = OwnData(act="withdraw_sure") if act == "withdraw" else OwnData(act="erase_sure")
    return inline(
        [
            [button(plain(f"button-sure-{act}"), data, "danger")],
            [button(plain("button-keep"), OwnData(act="keep"))],
        ]
    )


def pass_question(what: Literal["said", "next"]) -> InlineKeyboardMarkup:
    """The way to a person."""
    return inline([[button(plain("button-pass"), PassQuestion(what=what))]])


def reply(question: Question) -> InlineKeyboardMarkup:
    """The way back to who asked."""
    return inline([[button(plain("button-reply"), ReplyTo(question=question.id))]])


def confirm_answer(event: Event, answer: Answer, instead: Rows | None = None) -> InlineKeyboardMarkup:
    """Whether words were understood rightly as an answer; or was it meant of something `instead`?"""
    sure = button(plain("button-yes-answer"), GiveAnswer(event=event.id, answer=answer, place=-1), "success")
    return inline([[sure], *(instead or []), [button(plain("button-no-answer"), DropAnswer())]])
