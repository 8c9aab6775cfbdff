"""«Больше не работает», «Длительный отпуск», and back."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from actions.leaving import Leaving
from bot.views import dates
from bot.views import people_keys as keys
from bot.views.keyboards import button, inline
from bot.views.people_keys import BringBack
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.records import Member


def ask_leave(member: Member, today: date) -> View:
    """Until when? By a button, or in words."""
    said = t("leave", name=member.name.full, example=dates.full_day(_september(today)))
    days = [_september(today), _september(today.replace(year=today.year + 1, day=1))]
    return View(said, inline(keys.leave_days(member, days, dates.full_day)))


def preview(leaving: Leaving) -> View:
    """What would happen, before it does."""
    facts = _facts(leaving)
    if leaving.until is None:
        said = t("gone-preview", **facts)
    else:
        said = t("leave-preview", until=dates.full_day(leaving.until), **facts)
    return View(said, inline(keys.confirm_leave(leaving.member, leaving.until)))


def left(leaving: Leaving) -> View:
    """She is out of the lists, or on leave; one tap takes it back."""
    name, back = leaving.member.name.full, BringBack(person=leaving.member.person_id)
    if leaving.until is None:
        said = t("gone-done", name=name)
        label = "button-back-in-list"
    else:
        said = t("leave-done", name=name, until=dates.full_day(leaving.until))
        label = "button-bring-back"
    return View(said, inline([[button(plain(label), back)], keys.back_to_people()]))


def back(member: Member, answers: int) -> View:
    """She is waited for again."""
    said = t("back-done", name=member.name.full, answers=t("back-answers", count=answers) if answers else "")
    return View(said, inline([keys.to_person(member, plain("button-person-card"))]))


def _facts(leaving: Leaving) -> dict[str, object]:
    schools = ", ".join(clip(title, 60) for title in leaving.deserted)
    return {
        "name": leaving.member.name.full,
        "answers": t("leaving-answers", count=leaving.answers),
        "schools": Markup("\n") + t("leaving-schools", schools=schools) if schools else Markup(""),
    }


def _september(today: date) -> date:
    """The next first of September."""
    first = date(today.year, 9, 1)
    return first if first > today else date(today.year + 1, 9, 1)
