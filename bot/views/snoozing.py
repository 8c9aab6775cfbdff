"""«Напомнить позже»: when, and that it will be."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.snoozing import Offered
from bot.views import dates
from bot.views.keyboards import ShowEvent, button, inline
from bot.views.notice_keys import RemindLater
from bot.views.view import View
from bot.views.words import plain, t
from domain.records import Actor


def offered(event_id: int, moments: Offered) -> View:
    """The moments to choose from; where none is left, that it is too near."""
    if not moments:
        card = inline([[button(plain("button-card"), ShowEvent(event=event_id))]])
        return View(t("later-too-late"), card)
    rows = [
        [button(plain(f"button-later-{later}"), RemindLater(event=event_id, when=later))]
        for later, _ in moments
    ]
    return View(t("later-when"), inline(rows))


def promised(at: datetime, actor: Actor, now: datetime) -> View:
    """When she is reminded."""
    return View(t("later-promised", when=_when(at, actor, now)))


def missed(event_id: int, moments: Offered) -> View:
    """The moment she chose is of no use any more; the others that are left."""
    view = offered(event_id, moments)
    return View(t("later-missed") + "\n" + view.text, view.keyboard) if moments else view


def _when(at: datetime, actor: Actor, now: datetime) -> str:
    """«сегодня в 19:00», «завтра в 8:00»."""
    local, today = dates.local(at, actor.home.zone), dates.local(now, actor.home.zone).date()
    key = "later-tomorrow" if local.date() == today + timedelta(days=1) else "later-today"
    return plain(key, time=dates.clock(local.time()))
