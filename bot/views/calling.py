"""«Позвоните»: whom the bot cannot reach, and what they said."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from actions.calling import Added, CallList
from bot.views import dates
from bot.views.callback_data import CallbackData
from bot.views.cards import today
from bot.views.keyboards import Id, Place, Rows, button, inline, turns
from bot.views.notice_keys import ShowCallList
from bot.views.view import View
from bot.views.words import clip, from_school, plain, t
from domain.phones import shown_phone
from domain.records import Actor, Answer, Attendee, Event

_PEOPLE_A_PAGE = 5


class EnterAnswer(CallbackData, prefix="for"):
    """What she said on the telephone."""

    event: Id
    person: Id
    answer: Literal["going", "declined"]
    page: Place


class AddPerson(CallbackData, prefix="add"):
    """«Добавить человека»; `sure` once her consent is there."""

    sure: Literal["ask", "yes"]


def call_list(listed: CallList, page: int, actor: Actor, now: datetime) -> View:
    """A page of those to be called, each with her telephone and her answer, and two buttons."""
    people, event = listed.people, listed.event
    pages = max(1, -(-len(people) // _PEOPLE_A_PAGE))
    page = min(max(page, 0), pages - 1)
    first = page * _PEOPLE_A_PAGE
    shown = list(enumerate(people[first : first + _PEOPLE_A_PAGE], first + 1))
    head = {"title": event.title, "when": dates.span(event.period, today(actor, now))}
    if not people:
        said = t("call-nobody", **head)
    else:
        lines = [_line(number, one) for number, one in shown]
        if pages > 1:
            lines.append(t("who-page", page=page + 1, pages=pages))
        said = t("call", **head, count=len(people), lines=Markup("\n").join(lines))
    takes_answers = event.takes_answers(now)
    rows: Rows = [_answers(event, number, one, page) for number, one in shown] if takes_answers else []
    rows += turns(page, pages, lambda at: ShowCallList(event=event.id, page=at))
    return View(said, inline([*rows, add_person()]))


def no_event() -> View:
    """Nothing takes answers; a person can be added all the same."""
    return View(t("call-no-event"), inline([add_person()]))


def ask_consent() -> View:
    """Before anything about somebody is written down: has she agreed?"""
    return View(
        t("add-person-consent"),
        inline([[button(plain("button-consent-given"), AddPerson(sure="yes"), "success")]]),
    )


def ask_person() -> View:
    """What the coordinator writes next is the person."""
    return View(t("add-person"))


def added(who: Added) -> View:
    """Who is in the lists from now on."""
    said = t("person-added", name=who.name.full, school=who.school, phone=shown_phone(who.phone))
    call = [button(plain("button-call"), ShowCallList(event=0, page=0))]
    return View(said, inline([call, add_person()]))


def _line(number: int, one: Attendee) -> Markup:
    return t(
        "call-line",
        number=number,
        name=clip(one.name.full, 60),
        school=from_school(one.school),
        phone=t("unseen-phone", phone=shown_phone(one.phone)) if one.phone else t("unseen-no-phone"),
        answer=t(f"call-{one.answer}") if one.answer else Markup(""),
    )


def _answers(event: Event, number: int, one: Attendee, page: int) -> list[InlineKeyboardButton]:
    """«1. Придёт», «1. Не сможет»; what she said is marked."""

    def entered(answer: Literal["going", "declined"]) -> InlineKeyboardButton:
        label = plain(f"button-call-{answer}", number=number)
        if one.answer is Answer(answer):
            label = plain("button-chosen", label=label)
        return button(label, EnterAnswer(event=event.id, person=one.person_id, answer=answer, page=page))

    return [entered("going"), entered("declined")]


def add_person() -> list[InlineKeyboardButton]:
    """The way to add somebody by hand."""
    return [button(plain("button-add-person"), AddPerson(sure="ask"))]
