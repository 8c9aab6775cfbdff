"""«Помощники»: who has rights here; rights given and taken; invitations that are good once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from actions.helping import Helpers
from bot.views import dates
from bot.views import helping_keys as keys
from bot.views.cards import today
from bot.views.helping_keys import Act, ChooseHelper, HandOver, InviteHelper
from bot.views.joining import grouped, link, titles
from bot.views.keyboards import Rows, button, inline, name_and_school, turns
from bot.views.people_keys import ShowHelpers
from bot.views.view import View
from bot.views.words import clip, fitting, plain, t
from domain.records import Actor, Association, Invitation, Member, Standing
from domain.roles import Role

_A_PAGE = 8
_BUTTONS = 10
# Of the other associations that she leads so many are offered: their ids have room in a button.
_OTHERS = 8


def home(shown: Helpers, actor: Actor) -> View:
    """The first screen: coordinators, methodists, the desk that is on its way."""
    parts = [t("helpers-coordinators", lines=_names(shown.coordinators))]
    if shown.methodists:
        parts.append(t("helpers-methodists", lines=_names(shown.methodists)))
    else:
        parts.append(t("helpers-no-methodists"))
    if shown.handover is not None:
        whom = t("handover-by-invitation") if shown.heir is None else clip(shown.heir.name.full, 80)
        parts.append(t("handover-waits", whom=whom))
    others = [one for one in shown.coordinators if one.person_id != actor.person_id]
    rows: Rows = [
        [button(plain("button-dismiss", name=one.name.short), keys.set_helper(one, "dismiss", "ask"))]
        for one in others[:_BUTTONS]
    ]
    rows += [
        [button(plain("button-remove-helper", name=one.name.short), keys.set_helper(one, "close", "ask"))]
        for one in shown.methodists[:_BUTTONS]
    ]
    return View(Markup("\n\n").join(parts), inline([*rows, *keys.home(shown.handover)]))


def choose(people: Sequence[Member], act: Literal["appoint", "hand_over"], page: int) -> View:
    """Whom? The desk can go by an invitation as well."""
    if act == "appoint":
        people = [one for one in people if one.role is not Role.COORDINATOR]
    count = max(1, -(-len(people) // _A_PAGE))
    page = min(max(page, 0), count - 1)
    rows: Rows = []
    for one in people[page * _A_PAGE : (page + 1) * _A_PAGE]:
        data = (
            keys.set_helper(one, "appoint", "ask")
            if act == "appoint"
            else HandOver(person=one.person_id, then="stay", sure="ask")
        )
        rows.append([button(name_and_school(one), data)])
    rows += turns(page, count, lambda at: ChooseHelper(act=act, page=at))
    if act == "hand_over":
        rows.append([button(plain("button-by-invitation"), HandOver(person=0, then="stay", sure="ask"))])
    key = "handover-whom" if act == "hand_over" else "appoint-whom" if people else "appoint-nobody"
    return View(t(key), inline([*rows, _back()]))


def preview(member: Member, act: Act) -> View:
    """What giving or taking rights would do; one person is told."""
    style = "success" if act == "appoint" else "danger"
    sure = button(plain(f"button-sure-{act}"), keys.set_helper(member, act, "yes"), style)
    return View(t(f"{act}-preview", name=clip(member.name.full, 100)), inline([[sure], _leave()]))


def done(member: Member, act: Act, *, changed: bool) -> View:
    """It is done, or stood so already; one tap takes it back."""
    rows: Rows = []
    if changed and act == "appoint":
        back = keys.set_helper(member, "dismiss", "yes")
        rows.append([button(plain("button-undo"), back)])
    elif act == "dismiss":
        rows.append([button(plain("button-undo"), keys.set_helper(member, "appoint", "yes"))])
    elif act == "close":
        rows.append([button(plain("button-undo"), keys.set_helper(member, "reopen", "yes"))])
    said = t(f"{act}-done" if changed else f"{act}-already", name=clip(member.name.full, 100))
    return View(said, inline([*rows, _back()]))


def came_in(helper: Member) -> View:
    """For the coordinators: whom they invited is here."""
    what = "methodist" if helper.standing is Standing.OVERSEEING else "coordinator"
    return View(t(f"helper-came-{what}", name=clip(helper.name.full, 100)), inline([keys.helpers()]))


def invite_preview(
    role: Literal["coordinator", "methodist"],
    actor: Actor,
    others: Sequence[Association] = (),
    chosen: Collection[int] = (),
) -> View:
    """What who opens the invitation will see and be able to do; a methodist in those of the `others` that are
    chosen as well."""
    text, rows = t(f"invite-{role}-preview"), []
    if others:
        text += "\n" + t("invite-beside", title=clip(actor.home.title, 200) or t("no-title"))
    for one in others[:_OTHERS]:
        is_in = one.id in chosen
        title = clip(one.title, 50) or plain("no-title")
        label = plain("button-chosen", label=title) if is_in else title
        wanted = {*chosen, one.id} - ({one.id} if is_in else set())
        rows.append([button(label, _invite(role, "ask", wanted))])
    sure = button(plain("button-make-invitation"), _invite(role, "yes", chosen), "success")
    return View(text, inline([*rows, [sure], _leave()]))


def _invite(
    role: Literal["coordinator", "methodist"], sure: Literal["ask", "yes"], beside: Collection[int]
) -> InviteHelper:
    return InviteHelper(role=role, sure=sure, beside=".".join(map(str, sorted(beside))))


def invitation(
    made: Invitation,
    what: Literal["coordinator", "methodist", "handover"],
    bot: str,
    actor: Actor,
    now: datetime,
    others: Sequence[Association] = (),
) -> View:
    """The invitation as words to pass on, into other associations too; good once, until a day."""
    day = dates.local(made.expires_at or now, actor.home.zone).date()
    if others:
        opening = t("invitation-to-several", titles=titles([actor.home, *others]))
    else:
        opening = t(f"invitation-to-{what}", title=clip(actor.home.title, 200) or t("no-title"))
    return View(
        t(
            "helper-invitation",
            opening=opening,
            link=link(made, bot),
            bot=bot,
            digits=grouped(made.digits),
            until=dates.day(day, today(actor, now)),
        )
    )


def _names(people: Sequence[Member]) -> Markup:
    lines = fitting((t("helper-line", name=clip(one.name.full, 80)) for one in people), 1_200)
    if len(people) > len(lines):
        lines.append(t("who-cut", count=len(people) - len(lines)))
    return Markup("\n").join(lines)


def _leave() -> list[InlineKeyboardButton]:
    return [button(plain("button-leave-it"), ShowHelpers())]


def _back() -> list[InlineKeyboardButton]:
    return [button(plain("button-back"), ShowHelpers())]
