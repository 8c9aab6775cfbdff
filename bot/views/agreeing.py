"""The consent in another wording, for those who agreed to an earlier one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from bot.views import dates
from bot.views.callback_data import CallbackData
from bot.views.joining import consent_text
from bot.views.keyboards import Id, button, inline
from bot.views.view import View
from bot.views.words import plain, t
from domain.records import Association


class AgreeAnew(CallbackData, prefix="agree"):
    """«Согласие даю» under another wording, by its number."""

    association: Id
    version: Annotated[int, Field(ge=1, lt=2**31)]


def asked(home: Association, name: str) -> View:
    """Does she agree to the present wording as well?"""
    text = t("consent-anew", name=name, text=consent_text(home))
    data = AgreeAnew(association=home.id, version=home.consent_version)
    return View(text, inline([[button(plain("button-consent"), data, "success")]]))


def asked_since(home: Association, name: str) -> View:
    """What she agrees to is not the present wording any more."""
    anew = asked(home, name)
    return View(t("consent-anew-since") + "\n\n" + anew.text, anew.keyboard)


def given(home: Association, now: datetime) -> View:
    """She agreed to it."""
    return View(t("consent-anew-given", day=dates.full_day(dates.local(now, home.zone).date())))
