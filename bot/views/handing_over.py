"""«Передать дела»: what would happen, what did, and what each of the two is told."""

from __future__ import annotations

from typing import Literal

from actions.handing_over import Intended, Passed
from bot.views import helping_keys as keys
from bot.views import keyboards
from bot.views.helping_keys import HandOver, SettleHandover
from bot.views.keyboards import Rows, button, inline
from bot.views.people_keys import ShowHelpers
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.records import Actor, Association, Handover, Member, Passing, Standing
from domain.roles import Role

# What is told of a handover, by the lead of the message.
_OF_HANDOVERS = frozenset({"offered", "withdrawn", "accepted", "declined", "desk_back", "desk_gone"})


def preview(intended: Intended) -> View:
    """What would happen, and to whom; nothing does until the desk is accepted."""
    then: Literal["stay", "leave"] = "leave" if intended.leaves else "stay"
    whom = t("handover-to-opener") if intended.heir is None else clip(intended.heir.name.full, 100)
    said = t("handover-preview", whom=whom, then=t(f"handover-then-{then}"))
    person = 0 if intended.heir is None else intended.heir.person_id
    other: Literal["stay", "leave"] = "stay" if intended.leaves else "leave"
    rows: Rows = [
        [button(plain("button-sure-handover"), HandOver(person=person, then=then, sure="yes"), "success")],
        [button(plain(f"button-then-{other}"), HandOver(person=person, then=other, sure="ask"))],
        [button(plain("button-leave-it"), ShowHelpers())],
    ]
    return View(said, inline(rows))


def offered(passed: Passed) -> View:
    """The offer is made; until it is accepted it can be withdrawn."""
    said = (
        t("handover-sent-link")
        if passed.heir is None
        else t("handover-sent", whom=clip(passed.heir.name.full, 100))
    )
    data = SettleHandover(handover=passed.handover.id, act="withdraw")
    return View(said, inline([[button(plain("button-withdraw-handover"), data)]]))


def withdrawn() -> View:
    """The offer is taken back."""
    return View(t("handover-withdrawn"), inline([keys.helpers()]))


def accepted(passed: Passed) -> list[View]:
    """She is the coordinator now: the keys come with the first message, the way back with the second."""
    name = clip(passed.giver.name.full, 100)
    return [
        View(t("handover-accepted", name=name), keyboards.keys(Role.COORDINATOR)),
        View(t("handover-accepted-how"), inline(keys.returning(passed.handover.id))),
    ]


def declined() -> View:
    """She does not take the desk."""
    return View(t("handover-declined"))


def return_preview(passed: Passed) -> View:
    """What giving the desk back would do."""
    sure = SettleHandover(handover=passed.handover.id, act="return_sure")
    leave = SettleHandover(handover=passed.handover.id, act="leave")
    rows: Rows = [
        [button(plain("button-sure-undo"), sure, "success")],
        [button(plain("button-leave-it"), leave)],
    ]
    return View(t("handover-return-preview", name=clip(passed.giver.name.full, 100)), inline(rows))


def left_as_it_is(handover_id: int) -> View:
    """Nothing was given back; it still can be."""
    return View(t("handover-left"), inline(keys.returning(handover_id)))


def returned(passed: Passed, actor: Actor) -> View:
    """Both are again what they were."""
    gave = actor.person_id == passed.handover.from_id
    role = Role.COORDINATOR if gave else passed.handover.role_before or Role.MEMBER
    return View(t("handover-returned", name=clip(passed.giver.name.full, 100)), keyboards.keys(role))


def told(what: str, passed: tuple[Handover, Member, Member | None] | None, home: Association) -> View | None:
    """What one is told unasked of her rights; None where it does not stand so any more."""
    title = clip(home.title, 150) or t("no-title")
    if what not in _OF_HANDOVERS:
        return _of_rights(what, title)
    if passed is None:
        return None
    handover, giver, heir = passed
    name = clip(giver.name.full, 100)
    heirs = t("journal-somebody") if heir is None else clip(heir.name.full, 100)
    match what:
        case "offered":
            if handover.state is not Passing.OFFERED:
                return None
            said = t("told-offered", name=name, title=title)
            return View(said, inline(keys.offered(handover.id)))
        case "accepted":
            left = giver.standing is Standing.LEFT
            key = "told-accepted-left" if left else "told-accepted"
            return View(t(key, name=heirs, title=title), inline(keys.returning(handover.id)))
        case "declined":
            return View(t("told-declined", name=heirs), inline([keys.helpers()]))
        case "withdrawn":
            return View(t("told-withdrawn", name=name))
        case "desk_back":
            return View(t("told-desk-back", name=heirs, title=title), keyboards.keys(Role.COORDINATOR))
    role = handover.role_before or Role.MEMBER
    return View(t("told-desk-gone", name=name, title=title), keyboards.keys(role))


def _of_rights(what: str, title: object) -> View | None:
    match what:
        case Role.COORDINATOR | Role.MEMBER | Role.METHODIST:
            return View(t(f"told-{what}", title=title), keyboards.keys(Role(what)))
        case "removed":
            return View(t("told-removed", title=title), keyboards.erasing())
    return None
