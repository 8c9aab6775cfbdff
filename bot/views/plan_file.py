"""The plan as a whole: as a file, and carried over to the next year."""

from __future__ import annotations

from markupsafe import Markup

from actions.rolling_over import Carried, PlanFile
from bot.views import plan_file_keys
from bot.views.view import View
from bot.views.words import plain, t
from domain.plan_draft import short_school_year
from domain.reports import SchoolYear


def home(shown: PlanFile, *, year_round: bool) -> View:
    """The plan of a year, to be taken and to be sent; `year_round` where there is work of the whole year."""
    key = "plan-file" if shown.planned else "plan-file-none"
    said = t(key, year=short_school_year(shown.label)) + "\n" + t("plan-file-send")
    return View(said, plan_file_keys.plan_file(shown, year_round=year_round))


def file_name(year: SchoolYear) -> str:
    """What the file is called."""
    return plain("plan-file-name", year=year.label.replace("/", "-"))


def caption(year: SchoolYear) -> Markup:
    """What the file is."""
    return t("plan-file-caption", year=short_school_year(year.label))


def beyond(carried: Carried) -> View:
    """Meetings of the year that stand in no plan: each may be taken along."""
    count = len(carried.beyond)
    return View(t("plan-beyond", count=count), plan_file_keys.beyond(carried))


def carried(source: str) -> Markup:
    """Above the preview: what became of the dates (`source`: the year that the plan was of)."""
    return t("plan-carried", year=short_school_year(source))
