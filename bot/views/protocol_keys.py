"""The buttons of a protocol and of the message for the site: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from actions.protocol_numbers import NumberChoice
from bot.views import dates
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, button, inline, name_and_school, turns
from bot.views.words import plain
from domain.protocols import Decision, Office, Outcome
from domain.records import Event, Member

_MEMBERS = 10

_FIRST = 3

# Who stands in a protocol while nobody is marked: to be asked, those who promised, nobody.
People = Literal["ask", "promised", "nobody"]

# A decision's number within its protocol.
Which = Annotated[int, Field(ge=1, lt=10**5)]


class ShowProtocol(CallbackData, prefix="proto"):
    """«Протокол и сообщение»: everything that is written down of a meeting."""

    event: Id


class TakeProtocol(CallbackData, prefix="prototk"):
    """«Протокол (Word)»; `people` says who stands in it while nobody is marked: to be asked, those who
    promised, nobody."""

    event: Id
    people: People


class TakeNumbered(CallbackData, prefix="prototkn"):
    """The same, with its number by date or the one after the greatest."""

    event: Id
    people: People
    by: Literal["date", "last"]


class SwapNumbers(CallbackData, prefix="numswap"):
    """This number for this protocol, and its own for whichever has that."""

    event: Id
    number: Annotated[int, Field(ge=1, lt=1000)]


class TakeSiteText(CallbackData, prefix="site"):
    """«Сообщение для сайта»."""

    event: Id


class FixProtocol(CallbackData, prefix="protfix"):
    """«Исправить»: what of it?"""

    event: Id


class AddDecisions(CallbackData, prefix="dec+"):
    """«Записать решения»: they come next."""

    event: Id


class OpenDecision(CallbackData, prefix="dec1"):
    """One of them."""

    event: Id
    decision: Which


class EditDecision(CallbackData, prefix="dectext"):
    """«Изменить»: it is written anew."""

    event: Id
    decision: Which


class ClearDue(CallbackData, prefix="decdue"):
    """«Без срока»."""

    event: Id
    decision: Which


class RemoveDecision(CallbackData, prefix="dec-"):
    """«Убрать»."""

    event: Id
    decision: Which


class ReturnDecision(CallbackData, prefix="decback"):
    """«Вернуть»."""

    event: Id
    decision: Which


class ChooseOutcome(CallbackData, prefix="wents"):
    """«Прошлые решения»: which of the last meeting's decisions is to be marked?"""

    event: Id


class AskOutcome(CallbackData, prefix="went?"):
    """One of them: how did it go?"""

    event: Id
    past: Id
    decision: Which


class SetOutcome(CallbackData, prefix="went"):
    """So it went."""

    event: Id
    past: Id
    decision: Which
    done: Outcome


class AskOffice(CallbackData, prefix="off?"):
    """Who leads, or writes? A page of members."""

    event: Id
    office: Office
    page: Place


class GiveOffice(CallbackData, prefix="off"):
    """This member; 0 for nobody by name."""

    event: Id
    office: Office
    person: Id


class AskNumber(CallbackData, prefix="num?"):
    """«Номер протокола»."""

    event: Id


class EditAgenda(CallbackData, prefix="agenda?"):
    """«Повестка»: it is written anew."""

    event: Id


class ResetAgenda(CallbackData, prefix="agenda0"):
    """«Как в плане»."""

    event: Id


def open_protocol(event: Event) -> InlineKeyboardButton:
    """«Протокол и сообщение»."""
    return button(plain("button-protocol"), ShowProtocol(event=event.id))


def protocol(event: Event, back: list[InlineKeyboardButton], *, looks_back: bool) -> InlineKeyboardMarkup:
    """What can be done with the protocol; `back` leads to where its button stands. `looks_back` where an
    earlier meeting decided something."""
    rows: Rows = [
        [button(plain("button-protocol-word"), TakeProtocol(event=event.id, people="ask"), "primary")],
        [button(plain("button-add-decisions"), AddDecisions(event=event.id)), fix(event)],
    ]
    if looks_back:
        rows.append([button(plain("button-outcomes"), ChooseOutcome(event=event.id))])
    return inline([*rows, [button(plain("button-site-text"), TakeSiteText(event=event.id))], back])


def fix(event: Event, label: str | None = None) -> InlineKeyboardButton:
    """«Исправить»; under another label, the way back to it."""
    return button(label or plain("button-fix-protocol"), FixProtocol(event=event.id))


def unmarked(event: Event) -> InlineKeyboardMarkup:
    """Nobody is marked: who is to stand in the document?"""
    return inline(
        [
            [button(plain("button-promised"), TakeProtocol(event=event.id, people="promised"))],
            [button(plain("button-nobody"), TakeProtocol(event=event.id, people="nobody"))],
            back(event),
        ]
    )


def numbers(choice: NumberChoice, people: People, today: date) -> InlineKeyboardMarkup:
    """By date or the next one; or first those that are owed."""
    event = choice.event
    by_date = TakeNumbered(event=event.id, people=people, by="date")
    last = TakeNumbered(event=event.id, people=people, by="last")
    rows: Rows = [
        [button(plain("button-number-by-date", number=choice.numbering.by_date), by_date)],
        [button(plain("button-number-last", number=choice.numbering.last), last)],
    ]
    rows += [
        [
            button(
                plain("button-number-first", when=dates.short(one.period, today)), ShowProtocol(event=one.id)
            )
        ]
        for one in choice.skipped[:_FIRST]
    ]
    return inline([*rows, back(event)])


def taken_number(event_id: int, number: int, other: int) -> InlineKeyboardMarkup:
    """A number is another protocol's: they may change places."""
    label = plain("button-swap-numbers", number=number, other=other)
    return inline(
        [
            [button(label, SwapNumbers(event=event_id, number=number))],
            [button(plain("button-back"), FixProtocol(event=event_id))],
        ]
    )


def dictating(event: Event) -> InlineKeyboardMarkup:
    """While decisions are waited for."""
    return inline([[button(plain("button-enough"), ShowProtocol(event=event.id))]])


def what_to_fix(event: Event, found: Sequence[Decision]) -> InlineKeyboardMarkup:
    """The agenda, who leads, the number, or one of the decisions?"""
    rows: Rows = [
        [
            button(plain("button-agenda"), EditAgenda(event=event.id)),
            button(plain("button-protocol-number"), AskNumber(event=event.id)),
        ],
        [
            button(plain("button-chairman"), AskOffice(event=event.id, office="chairman", page=0)),
            button(plain("button-secretary"), AskOffice(event=event.id, office="secretary", page=0)),
        ],
    ]
    rows += [
        [
            button(
                plain("button-decision", number=number, text=one.text),
                OpenDecision(event=event.id, decision=one.id),
            )
        ]
        for number, one in enumerate(found, 1)
    ]
    return inline([*rows, back(event)])


def decision(event: Event, one: Decision) -> InlineKeyboardMarkup:
    """What can be done with one of them."""
    rows: Rows = [[button(plain("button-edit-words"), EditDecision(event=event.id, decision=one.id))]]
    if one.due_beside is not None:  # the words themselves name no other
        rows.append([button(plain("button-no-due"), ClearDue(event=event.id, decision=one.id))])
    rows.append([button(plain("button-take-out"), RemoveDecision(event=event.id, decision=one.id))])
    return inline([*rows, to_fix(event)])


def editing(event: Event, one: Decision) -> InlineKeyboardMarkup:
    """While its new words are waited for."""
    return inline([[button(plain("button-back"), OpenDecision(event=event.id, decision=one.id))]])


def removed(event: Event, decision_id: int) -> InlineKeyboardMarkup:
    """After one was taken out: the way back."""
    again = ReturnDecision(event=event.id, decision=decision_id)
    return inline([[button(plain("button-bring-in-again"), again)], to_fix(event)])


def outcomes(event: Event, past: Event, found: Sequence[Decision]) -> InlineKeyboardMarkup:
    """The last meeting's decisions: which of them?"""
    rows: Rows = [
        [
            button(
                plain("button-decision", number=number, text=one.text),
                AskOutcome(event=event.id, past=past.id, decision=one.id),
            )
        ]
        for number, one in enumerate(found, 1)
    ]
    return inline([*rows, back(event)])


def outcome(event_id: int, past: Event, one: Decision) -> InlineKeyboardMarkup:
    """How one of them went, the present word marked."""
    rows: Rows = []
    for said in Outcome:
        label = plain(f"button-outcome-{said.replace('_', '-')}")
        if one.done == said:
            label = plain("button-chosen", label=label)
        data = SetOutcome(event=event_id, past=past.id, decision=one.id, done=said)
        rows.append([button(label, data)])
    return inline([*rows, [button(plain("button-back"), ChooseOutcome(event=event_id))]])


def members(
    event: Event, office: Office, found: Sequence[Member], page: int, *, named: bool
) -> InlineKeyboardMarkup:
    """A page of members; where somebody is `named`, also the way back to nobody by name."""
    pages = max(1, -(-len(found) // _MEMBERS))
    page = min(max(page, 0), pages - 1)
    rows: Rows = [
        [button(name_and_school(one), GiveOffice(event=event.id, office=office, person=one.person_id))]
        for one in found[page * _MEMBERS : (page + 1) * _MEMBERS]
    ]
    rows += turns(page, pages, lambda at: AskOffice(event=event.id, office=office, page=at))
    if named:
        rows.append(
            [button(plain(f"button-no-{office}"), GiveOffice(event=event.id, office=office, person=0))]
        )
    return inline([*rows, to_fix(event)])


def asked_number(event: Event) -> InlineKeyboardMarkup:
    """Under the question for the number."""
    return inline([to_fix(event)])


def asked_agenda(event: Event, *, own: bool) -> InlineKeyboardMarkup:
    """While the agenda is waited for; one of her `own` words can be given up."""
    reset = [[button(plain("button-agenda-of-plan"), ResetAgenda(event=event.id))]] if own else []
    return inline([*reset, to_fix(event)])


def back(event: Event) -> list[InlineKeyboardButton]:
    """Back to «Протокол и сообщение»."""
    return [button(plain("button-back"), ShowProtocol(event=event.id))]


def to_fix(event: Event) -> list[InlineKeyboardButton]:
    """Back to «Исправить»."""
    return [fix(event, plain("button-back"))]
