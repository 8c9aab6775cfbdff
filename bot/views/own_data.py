"""«Мои данные»."""

from __future__ import annotations

from datetime import datetime

from bot.views import dates, keyboards
from bot.views.keyboards import OwnData
from bot.views.timing import ShowReminders
from bot.views.view import View
from bot.views.words import plain, t
from domain.records import Actor


def settings() -> View:
    """«Настройки»."""
    rows = [
        [keyboards.button(plain("button-reminders"), ShowReminders(screen="home"))],
        [keyboards.button(plain("button-my-data"), OwnData(act="show"))],
    ]
    return View(t("settings"), keyboards.inline(rows))


def own_data(actor: Actor, consented_at: datetime) -> View:
    """What is stored about the person, and what she can do with it."""
    day = dates.local(consented_at, actor.home.zone).date()
    text = t(
        "my-data",
        name=actor.name.full if actor.name else "–",
        school=actor.school or t("no-school"),
        association=actor.home.title or t("no-title"),
        consented=dates.full_day(day),
    )
    return View(text, keyboards.own_data())
