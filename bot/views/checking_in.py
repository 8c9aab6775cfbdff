"""What is said to one who marks herself."""

from __future__ import annotations

from markupsafe import Markup

from actions.check_in import CheckedIn
from bot.views import dates, keyboards
from bot.views.joining import formal
from bot.views.view import View
from bot.views.words import clip, t
from domain.records import Actor, Event
from domain.roles import Role

_TITLE = 300


def checked_in(done: CheckedIn, actor: Actor) -> View:
    """She is marked; or was before, perhaps as absent: that is for who runs the event to correct. Where she
    waits to be let in, the request goes on waiting."""
    said = _said(done, actor, "checked-in-waiting" if done.waits else "checked-in")
    return View(said, None if actor.role is Role.WAITING else keyboards.main(actor))


def ask_word(event: Event) -> View:
    """Which word was said?"""
    return View(t("say-word", title=clip(event.title, _TITLE)))


def _said(done: CheckedIn, actor: Actor, marked_now: str) -> Markup:
    if not done.attendance.mark.was_there:
        key = "checked-in-otherwise"
    else:
        key = "checked-in-already" if done.repeated else marked_now
    at = dates.clock_at(done.attendance.at, done.home.zone)
    return t(key, name=formal(actor), title=clip(done.event.title, _TITLE), at=at)
