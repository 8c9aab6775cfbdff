"""The buttons after «Не смогу» and under the coordinator's list: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views import attendance_keys, broadcast_keys, event_keys, roll_keys, seat_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import (
    Id,
    Place,
    Rows,
    ShowAttendees,
    ShowEvent,
    button,
    inline,
    name_and_school,
    turns,
)
from bot.views.words import plain
from domain.records import Actor, Answer, Attendee, Event, Guest, Mode
from domain.roles import Right, may

What = Literal["lessons", "school", "family", "words", "untold"]


class GiveReason(CallbackData, prefix="whynot"):
    """«Что помешало?»"""

    event: Id
    what: What


class AskSubstitute(CallbackData, prefix="instead?"):
    """«За меня придёт коллега»: who?"""

    event: Id


class NameSubstitute(CallbackData, prefix="instead"):
    """A colleague of her school; 0 for nobody."""

    event: Id
    person: Id


class ShowSchools(CallbackData, prefix="schools"):
    """The list school by school."""

    event: Id
    page: Place


class TakeSheet(CallbackData, prefix="xlsx"):
    """«Excel»."""

    event: Id


class PickPerson(CallbackData, prefix="whom"):
    """«Ответить за человека»: a page of members."""

    event: Id
    page: Place


class OpenPerson(CallbackData, prefix="her"):
    """One of them; `page` is where she stands."""

    event: Id
    person: Id
    page: Place


class EnterFor(CallbackData, prefix="af"):
    """What she said to the coordinator."""

    event: Id
    person: Id
    answer: Answer
    page: Place


class ShowGuests(CallbackData, prefix="guests"):
    """«Гости»."""

    event: Id


class ShowListMore(CallbackData, prefix="whomore"):
    """«Ещё» under «Кто придёт»."""

    event: Id


class AddGuests(CallbackData, prefix="guest+"):
    """«Добавить гостя»."""

    event: Id


class AddEvenSo(CallbackData, prefix="guest!"):
    """«Всё равно записать»: there are no seats for them; who they are lies in the dialogue."""

    event: Id


class RemoveGuest(CallbackData, prefix="guest-"):
    """A guest does not come after all."""

    event: Id
    guest: Id


class RemoveInvited(CallbackData, prefix="invited-"):
    """A guest who is in the bot is invited no more."""

    event: Id
    person: Id


class ShareLink(CallbackData, prefix="guestlink"):
    """«Пригласить гостей по ссылке»; another link in its place; none any more."""

    event: Id
    act: Literal["show", "anew", "withdraw"]


def reasons(event: Event, *, guest: bool) -> InlineKeyboardMarkup:
    """Why not: buttons that name no illness, her own words, or nothing; and who comes in her place. A guest
    is asked neither about school nor for a colleague."""
    own_words = [_reason(event, "words"), _reason(event, "untold")]
    if guest:
        return inline([own_words])
    return inline(
        [
            [_reason(event, "lessons"), _reason(event, "school")],
            [_reason(event, "family")],
            own_words,
            [ask_substitute(event)],
        ]
    )


def untold(event: Event) -> InlineKeyboardMarkup:
    """Under the question that is answered in words."""
    return inline([[_reason(event, "untold")]])


def _reason(event: Event, what: What) -> InlineKeyboardButton:
    return button(plain(f"button-reason-{what}"), GiveReason(event=event.id, what=what))


def ask_substitute(event: Event) -> InlineKeyboardButton:
    """«За меня придёт коллега»."""
    return button(plain("button-substitute"), AskSubstitute(event=event.id))


def substitutes(event: Event, colleagues: Sequence[Attendee]) -> InlineKeyboardMarkup:
    """The colleagues of her school, or nobody; another name is written."""
    rows: Rows = [
        [button(one.name.full, NameSubstitute(event=event.id, person=one.person_id))] for one in colleagues
    ]
    return inline([*rows, [button(plain("button-nobody-instead"), NameSubstitute(event=event.id, person=0))]])


def after(event: Event, *, told: bool = False) -> InlineKeyboardMarkup:
    """After the reason: who comes in her place, and the card; where she gave one (`told`), the way to take it
    back."""
    back = button(plain("button-reason-erase"), GiveReason(event=event.id, what="untold"))
    return inline([[ask_substitute(event)], *([[back]] if told else []), _card(event)])


def substituted(event: Event) -> InlineKeyboardMarkup:
    """After a substitute was named: another one, and the card."""
    return inline([[button(plain("button-other-substitute"), AskSubstitute(event=event.id))], _card(event)])


def _card(event: Event) -> list[InlineKeyboardButton]:
    return [button(plain("button-card"), ShowEvent(event=event.id))]


def attendees(event: Event, page: int, pages: int, *, nudges: bool, calls: bool) -> InlineKeyboardMarkup:
    """Under the list by answer; `nudges` says whether the silent can be asked once more, `calls` whether it
    is time to mark who is there."""
    way = turns(page, pages, lambda at: ShowAttendees(event=event.id, page=at))
    by_school = button(plain("button-by-school"), ShowSchools(event=event.id, page=0))
    return _list(event, way, by_school, nudges=nudges, calls=calls)


def schools(event: Event, page: int, pages: int, *, nudges: bool, calls: bool) -> InlineKeyboardMarkup:
    """Under the list by school."""
    way = turns(page, pages, lambda at: ShowSchools(event=event.id, page=at))
    by_answer = button(plain("button-by-answer"), ShowAttendees(event=event.id, page=0))
    return _list(event, way, by_answer, nudges=nudges, calls=calls)


def _list(
    event: Event, way: Rows, other_way: InlineKeyboardButton, *, nudges: bool, calls: bool
) -> InlineKeyboardMarkup:
    rows: Rows = [*way, [other_way, button(plain("button-guests"), ShowGuests(event=event.id))]]
    if calls:
        rows.append([roll_keys.roll_call(event)])
    elif nudges:
        rows.append([event_keys.change(event, "nudge")])
    if event.period.day_known:  # its code is printed beforehand
        rows.append([attendance_keys.attendance(event)])
    rows.append([button(plain("button-more"), ShowListMore(event=event.id))])
    return inline([*rows, [button(plain("button-back"), ShowEvent(event=event.id))]])


def more(event: Event, *, takes_answers: bool, actor: Actor) -> InlineKeyboardMarkup:
    """What else can be done about those who come; a presenter writes to them alone."""
    rows: Rows = []
    counted = takes_answers and event.mode is not Mode.ONLINE
    if takes_answers:
        rows.append([button(plain("button-answer-for"), PickPerson(event=event.id, page=0))])
    rows += [seat_keys.how_many(event)] if counted else []
    writes = broadcast_keys.about_event if may(actor.role, Right.DESK) else broadcast_keys.to_coming
    rows.append(writes(event))
    rows.append([button(plain("button-sheet"), TakeSheet(event=event.id))])
    return inline([*rows, _back_to_list(event)])


def people(event: Event, shown: Sequence[Attendee], page: int, pages: int) -> InlineKeyboardMarkup:
    """A page of members to answer for, and back to the list."""
    rows: Rows = [
        [button(name_and_school(one), OpenPerson(event=event.id, person=one.person_id, page=page))]
        for one in shown
    ]
    rows += turns(page, pages, lambda at: PickPerson(event=event.id, page=at))
    return inline([*rows, _back_to_list(event)])


def person(event: Event, one: Attendee, page: int) -> InlineKeyboardMarkup:
    """The answers, the present one marked, and back to the members."""

    def entered(answer: Answer) -> InlineKeyboardButton:
        label = plain(f"button-for-{answer}")
        if one.answer is answer:
            label = plain("button-chosen", label=label)
        return button(label, EnterFor(event=event.id, person=one.person_id, answer=answer, page=page))

    return inline(
        [
            [entered(Answer.GOING), entered(Answer.DECLINED)],
            [*([entered(Answer.ONLINE)] if event.mode is Mode.MIXED else []), entered(Answer.UNDECIDED)],
            [button(plain("button-back"), PickPerson(event=event.id, page=page))],
        ]
    )


def guests(
    event: Event, shown: Sequence[Guest], invited: Sequence[Attendee], *, invites: bool
) -> InlineKeyboardMarkup:
    """Guests to add, to invite by a link and to take out, and back to the list."""
    rows: Rows = [[button(plain("button-add-guest"), AddGuests(event=event.id))]]
    if invites:
        rows.append([button(plain("button-guest-link"), ShareLink(event=event.id, act="show"))])
    rows += [
        [button(plain("button-remove-guest", name=one.name), RemoveGuest(event=event.id, guest=one.id))]
        for one in shown
    ]
    rows += [
        [
            button(
                plain("button-remove-guest", name=one.name.full),
                RemoveInvited(event=event.id, person=one.person_id),
            )
        ]
        for one in invited
    ]
    return inline([*rows, _back_to_list(event)])


def guest_link(event: Event) -> InlineKeyboardMarkup:
    """Under the link of an event's guests."""
    return inline(
        [
            [button(plain("button-link-anew"), ShareLink(event=event.id, act="anew"))],
            [button(plain("button-link-withdraw"), ShareLink(event=event.id, act="withdraw"))],
            [button(plain("button-back"), ShowGuests(event=event.id))],
        ]
    )


def writing_guests(event: Event) -> InlineKeyboardMarkup:
    """Under the question that is answered in words."""
    return inline([[button(plain("button-back"), ShowGuests(event=event.id))]])


def guests_crowd(event: Event) -> InlineKeyboardMarkup:
    """Where there are no seats for the guests just written: all the same, or not."""
    return inline(
        [
            [button(plain("button-guests-even-so"), AddEvenSo(event=event.id))],
            [button(plain("button-guests-leave"), ShowGuests(event=event.id))],
        ]
    )


def _back_to_list(event: Event) -> list[InlineKeyboardButton]:
    return [button(plain("button-back"), ShowAttendees(event=event.id, page=0))]
