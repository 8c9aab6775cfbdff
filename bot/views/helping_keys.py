"""The buttons of «Помощники» and «Передать дела»: every CallbackData beside its builder."""

from __future__ import annotations

from typing import Annotated, Literal

from aiogram.types import InlineKeyboardButton
from pydantic import Field

from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Place, Rows, button
from bot.views.people_keys import ShowHelpers, back_to_people
from bot.views.words import plain
from domain.records import Handover, Member

Act = Literal["appoint", "dismiss", "close", "reopen"]


class InviteHelper(CallbackData, prefix="helper+"):
    """A way in for one coordinator, or one methodist: for her also into other associations `beside` this
    one, by their ids."""

    role: Literal["coordinator", "methodist"]
    sure: Literal["ask", "yes"]
    beside: Annotated[str, Field(pattern=r"^([1-9][0-9]*(\.[1-9][0-9]*)*)?$", max_length=40)] = ""

    @property
    def others(self) -> tuple[int, ...]:
        """The ids of those others."""
        return tuple(map(int, filter(None, self.beside.split("."))))


class ChooseHelper(CallbackData, prefix="helper?"):
    """Whom to make a coordinator, or to hand the desk over to."""

    act: Literal["appoint", "hand_over"]
    page: Place


class SetHelper(CallbackData, prefix="helper"):
    """Somebody's rights given or taken."""

    person: Id
    act: Act
    sure: Literal["ask", "yes"]


class HandOver(CallbackData, prefix="pass"):
    """The desk offered to a member, or (0) by an invitation."""

    person: Id
    then: Literal["stay", "leave"]
    sure: Literal["ask", "yes"]


class SettleHandover(CallbackData, prefix="passed"):
    """What becomes of an offer, or of a handover that was accepted."""

    handover: Id
    act: Literal["withdraw", "accept", "decline", "return", "return_sure", "leave"]


def helpers() -> list[InlineKeyboardButton]:
    """The way to «Помощники»."""
    return [button(plain("button-helpers"), ShowHelpers())]


def home(handover: Handover | None) -> Rows:
    """What can be done there."""
    if handover is None:
        passing = button(plain("button-hand-over"), ChooseHelper(act="hand_over", page=0))
    else:
        data = SettleHandover(handover=handover.id, act="withdraw")
        passing = button(plain("button-withdraw-handover"), data)
    return [
        [button(plain("button-invite-coordinator"), InviteHelper(role="coordinator", sure="ask"))],
        [button(plain("button-appoint"), ChooseHelper(act="appoint", page=0))],
        [button(plain("button-invite-methodist"), InviteHelper(role="methodist", sure="ask"))],
        [passing],
        back_to_people(),
    ]


def set_helper(member: Member, act: Act, sure: Literal["ask", "yes"]) -> SetHelper:
    """The press that gives or takes somebody's rights."""
    return SetHelper(person=member.person_id, act=act, sure=sure)


def offered(handover_id: int) -> Rows:
    """«Принять дела», or not."""
    return [
        [button(plain("button-accept"), SettleHandover(handover=handover_id, act="accept"), "success")],
        [button(plain("button-decline"), SettleHandover(handover=handover_id, act="decline"))],
    ]


def returning(handover_id: int) -> Rows:
    """The way back, for a day."""
    return [[button(plain("button-undo"), SettleHandover(handover=handover_id, act="return"))]]
