"""The buttons of «Люди»: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from aiogram.types import InlineKeyboardButton

from actions.roster import Field
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, ShowDesk, button
from bot.views.words import called, plain
from domain.records import Detail, Member, School


class ShowPeople(CallbackData, prefix="people"):
    """A screen of «Люди»."""

    screen: Literal["home", "schools", "groups", "door", "more", "lists", "details", "pairs"]
    page: Place


class ShowHelpers(CallbackData, prefix="helpers"):
    """«Помощники»."""


class ShowPerson(CallbackData, prefix="person"):
    """A person's card."""

    person: Id


class CorrectField(CallbackData, prefix="fix"):
    """What is written next corrects this of a person, or of a school."""

    field: Field
    record: Id


class SettleEdit(CallbackData, prefix="edited"):
    """The correction seen in the preview."""

    mark: str


class TakeEditBack(CallbackData, prefix="unfix"):
    """«Вернуть как было», under a correction of a person's card."""

    mark: str


class PersonSchools(CallbackData, prefix="places"):
    """A person's schools; `sheet`, `drop` and `back` are about one of them."""

    person: Id
    act: Literal["show", "sheet", "drop", "back"]
    school: Id


class MarkGone(CallbackData, prefix="gone"):
    """«Больше не работает»."""

    person: Id
    sure: Literal["ask", "yes"]


class AskLeave(CallbackData, prefix="leave"):
    """«Длительный отпуск»: until when?"""

    person: Id


class ProposeLeave(CallbackData, prefix="leaveday"):
    """The day on which a leave ends, YYYYMMDD."""

    person: Id
    day: str


class ConfirmLeave(CallbackData, prefix="onleave"):
    """The leave seen in the preview."""

    person: Id
    day: str


class BringBack(CallbackData, prefix="back"):
    """«Вернуть в список»."""

    person: Id


class ShowSchool(CallbackData, prefix="place"):
    """A school and its people."""

    school: Id


class Admit(CallbackData, prefix="admit"):
    """What becomes of a request."""

    person: Id
    act: Literal["accept", "refuse"]


class SetDoor(CallbackData, prefix="door"):
    """Who may come in."""

    to: Literal["link", "request"]


class NameGroup(CallbackData, prefix="title"):
    """What is written next is a group's name; 0 for a new group."""

    group: Id


class ShowGroupPeople(CallbackData, prefix="circle"):
    """A group, and who is in it."""

    group: Id
    page: Place


class PutInGroup(CallbackData, prefix="into"):
    """Into a group, or out of it; `page` is that of the group's screen, -1 for the person's."""

    group: Id
    person: Id
    to: Literal["in", "out"]
    page: Place


class RemoveGroup(CallbackData, prefix="nogroup"):
    """«Удалить группу»."""

    group: Id
    sure: Literal["ask", "yes"]


class PersonGroups(CallbackData, prefix="circles"):
    """The groups of a person."""

    person: Id


class FindTwins(CallbackData, prefix="twins"):
    """«Объединить записи»: with which one?"""

    person: Id


class ProposeMerge(CallbackData, prefix="merge"):
    """Two records of one person."""

    one: Id
    other: Id


class ConfirmMerge(CallbackData, prefix="merged"):
    """The merge seen in the preview."""

    one: Id
    other: Id


class AskHer(CallbackData, prefix="askher"):
    """Two records in Telegram: whose it is that stays is asked whether the other is hers too."""

    person: Id
    record: Id
    sure: Literal["ask", "yes"]


class Part(CallbackData, prefix="unmerge"):
    """«Разъединить»."""

    merge: Id


def home(requests: int) -> Rows:
    """Under the list of people: six buttons."""
    door = plain("button-requests", count=requests) if requests else plain("button-door")
    return [
        [
            button(plain("button-schools"), ShowPeople(screen="schools", page=0)),
            button(plain("button-groups"), ShowPeople(screen="groups", page=0)),
        ],
        [button(plain("button-invite"), ShowDesk(screen="invite"))],
        [button(plain("button-helpers"), ShowHelpers())],
        [button(door, ShowPeople(screen="door", page=0), "primary" if requests else None)],
        [button(plain("button-more"), ShowPeople(screen="more", page=0))],
    ]


def to_person(member: Member, label: str | None = None) -> list[InlineKeyboardButton]:
    """The way to a person's card, by her name unless told otherwise."""
    return [button(label or member.name.full, ShowPerson(person=member.person_id))]


def to_school(school: School) -> list[InlineKeyboardButton]:
    """The way to a school."""
    return [button(called(school.title), ShowSchool(school=school.id))]


def back_to_people() -> list[InlineKeyboardButton]:
    """The way back to «Люди»."""
    return to_people(plain("button-back"))


def to_people(label: str) -> list[InlineKeyboardButton]:
    """The way to «Люди»."""
    return [button(label, ShowPeople(screen="home", page=0))]


def card(member: Member, keeps: frozenset[Detail], *, herself: bool, merge_id: int | None) -> Rows:
    """What can be done with a person; `keeps` is what her association keeps beside the usual."""
    person = member.person_id
    rows: Rows = [
        [
            button(plain("button-edit-name"), CorrectField(field=Field.NAME, record=person)),
            button(plain("button-edit-position"), CorrectField(field=Field.POSITION, record=person)),
        ],
        [button(plain("button-person-schools"), PersonSchools(person=person, act="show", school=0))],
        [button(plain("button-groups"), PersonGroups(person=person))],
    ]
    if member.phone or (Detail.PHONE in keeps and not member.in_telegram):
        phone = button(plain("button-phone"), CorrectField(field=Field.PHONE, record=person))
        rows[1].append(phone)
    if merge_id is not None:
        rows[2].append(button(plain("button-unmerge"), Part(merge=merge_id)))
    else:
        rows[2].append(button(plain("button-merge"), FindTwins(person=person)))
    kept = [
        button(plain(f"button-edit-{detail}"), CorrectField(field=Field(detail), record=person))
        for detail in (Detail.CATEGORY, Detail.SERVICE)
        if detail in keeps
    ]
    if kept:
        rows.append(kept)
    if member.away_until is not None:
        rows.append([button(plain("button-bring-back"), BringBack(person=person))])
    elif not herself:
        rows.append([button(plain("button-leave"), AskLeave(person=person))])
    if not herself:
        rows.append([button(plain("button-gone"), MarkGone(person=person, sure="ask"))])
    return [*rows, back_to_people()]


def schools_of(member: Member, dropped: School | None) -> Rows:
    """Her schools: which one stands in the sheets, which one she left, and the one just `dropped`."""
    rows: Rows = []
    if dropped is not None:
        back = PersonSchools(person=member.person_id, act="back", school=dropped.id)
        rows.append([button(plain("button-undo-of", title=dropped.title), back)])
    for school in member.schools:
        label = called(school.title)
        if school == member.school:
            label = plain("button-chosen", label=label)
        person, several = member.person_id, len(member.schools) > 1
        row = [button(label, PersonSchools(person=person, act="sheet", school=school.id))]
        if several:
            drop = PersonSchools(person=person, act="drop", school=school.id)
            row.append(button(plain("button-drop-school"), drop))
        rows.append(row)
    more = CorrectField(field=Field.SCHOOL, record=member.person_id)
    return [*rows, [button(plain("button-add-school"), more)], back_to_card(member)]


def back_to_card(member: Member) -> list[InlineKeyboardButton]:
    """The way back to a person's card."""
    return to_person(member, plain("button-back"))


def confirm_edit(mark: str) -> Rows:
    """Whether a correction was understood rightly."""
    return [
        [button(plain("button-sure-edit"), SettleEdit(mark=mark), "success")],
        [button(plain("button-drop"), ShowPeople(screen="home", page=0))],
    ]


def leave_days(member: Member, days: list[date], said: Callable[[date], str]) -> Rows:
    """Days on which long leaves end."""
    return [
        *(
            [
                button(
                    plain("button-leave-until", day=said(day)),
                    ProposeLeave(person=member.person_id, day=f"{day:%Y%m%d}"),
                )
            ]
            for day in days
        ),
        back_to_card(member),
    ]


def confirm_leave(member: Member, until: date | None) -> Rows:
    """Whether leaving, for good (None) or for a while, is meant."""
    if until is None:
        sure = button(plain("button-sure-gone"), MarkGone(person=member.person_id, sure="yes"), "danger")
    else:
        data = ConfirmLeave(person=member.person_id, day=f"{until:%Y%m%d}")
        sure = button(plain("button-sure-leave"), data, "success")
    return [[sure], to_person(member, plain("button-leave-it"))]


def request(member: Member) -> list[InlineKeyboardButton]:
    """«Принять», «Отказать»."""
    return [
        button(plain("button-admit"), Admit(person=member.person_id, act="accept"), "success"),
        button(plain("button-refuse"), Admit(person=member.person_id, act="refuse")),
    ]
