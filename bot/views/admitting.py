"""Who may come in, and who waits at the door."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.views import keyboards
from bot.views import people_keys as keys
from bot.views.joining import greeting, in_association
from bot.views.keyboards import Rows, ShowNext, button, inline
from bot.views.people_keys import SetDoor, ShowPeople
from bot.views.view import View
from bot.views.words import clip, from_school, plain, t
from domain.records import Actor, Association, Member
from domain.roles import Role

_REQUESTS = 5


def door(home: Association, waiting: Sequence[Member]) -> View:
    """Who may come in, and the requests that wait."""
    parts = [t("door-request" if home.by_request else "door-link")]
    rows: Rows = []
    if waiting:
        lines = [t("request-line", number=at, **_who(one)) for at, one in enumerate(waiting[:_REQUESTS], 1)]
        parts.append(t("requests", count=len(waiting), lines=Markup("\n").join(lines)))
        rows += [_numbered(at, one) for at, one in enumerate(waiting[:_REQUESTS], 1)]
    other = SetDoor(to="link" if home.by_request else "request")
    rows.append([button(plain(f"button-door-{other.to}"), other)])
    return View(Markup("\n").join(parts), inline([*rows, keys.back_to_people()]))


def request(member: Member) -> View:
    """For coordinators: somebody asks to be let in."""
    return View(t("request-arrived", **_who(member)), inline([keys.request(member)]))


def sent(actor: Actor) -> View:
    """For who asks: now she waits."""
    return View(t("request-sent", name=actor.name.formal if actor.name else ""))


def admitted(member: Member) -> View:
    """The coordinator has let her in."""
    more = [button(plain("button-door"), ShowPeople(screen="door", page=0))]
    rows: Rows = [keys.to_person(member, plain("button-person-card")), more]
    return View(t("request-accepted", name=member.name.full), inline(rows))


def refused(member: Member) -> View:
    """The coordinator has not let her in; one tap takes it back."""
    accept = keys.Admit(person=member.person_id, act="accept")
    rows: Rows = [[button(plain("button-admit-after-all"), accept)]]
    return View(t("request-refused", name=member.name.full), inline(rows))


def welcome(home: Association) -> list[View]:
    """For who was let in: where to begin, and the keys."""
    words = greeting(home) if home.greeting else Markup("")
    following = inline([[button(plain("key-next"), ShowNext(offset=0))]])
    return [
        View(t("admitted", association=in_association(home), greeting=words), keyboards.keys(Role.MEMBER)),
        View(t("admitted-next"), following),
    ]


def refusal() -> View:
    """For who was not let in: what she can do, and that all of it can go."""
    return View(t("not-admitted"), keyboards.erasing())


def _who(member: Member) -> dict[str, object]:
    school = from_school(member.school.title if member.school else None)
    return {"name": clip(member.name.full, 80), "school": school}


def _numbered(number: int, member: Member) -> list[InlineKeyboardButton]:
    accept, refuse = keys.request(member)
    return [
        one.model_copy(update={"text": plain("button-numbered", number=number, label=one.text)})
        for one in (accept, refuse)
    ]
