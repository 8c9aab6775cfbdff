"""What else takes place on a day that is to be named."""

from __future__ import annotations

from datetime import date, time

import pytest

from domain.clashes import Clash, Shared, clashes
from domain.period import Period
from domain.records import Status
from tests.school_year import an_event

DAY = date(2026, 11, 18)
SCHOOL = "МБОУ СОШ № 412"
AT_TWO = Period.at(DAY, time(14), time(16))
THERE = an_event(1, AT_TWO, status=Status.PLANNED)


@pytest.mark.parametrize(
    ("period", "venue", "shared"),
    [
        (Period.at(DAY, time(15)), "мбоу сош №412", Shared.PLACE),
        (Period.at(DAY, time(12, 30)), SCHOOL, Shared.PLACE),  # two hours, as long as none says otherwise
        (Period.at(DAY, time(15)), "Лицей № 12", Shared.HOURS),
        (Period.at(DAY, time(16)), SCHOOL, Shared.DAY),
        (Period.at(DAY, time(10), time(12)), "", Shared.DAY),
        (Period.day(DAY), SCHOOL, Shared.DAY),
        (Period.days(date(2026, 11, 17), DAY), "Лицей № 12", Shared.DAY),
    ],
)
def test_what_is_shared(period: Period, venue: str, shared: Shared) -> None:
    assert clashes(period, venue, "", [THERE]) == [Clash(THERE, shared)]


@pytest.mark.parametrize(
    "period",
    [Period.day(date(2026, 11, 19)), Period.month(2026, 11), Period.weeks(DAY, DAY), Period.deadline(DAY)],
)
def test_another_day_and_no_day(period: Period) -> None:
    assert clashes(period, SCHOOL, "", [THERE]) == []


def test_what_is_for_one_group_is_no_clash_for_another() -> None:
    heads = an_event(2, AT_TWO, status=Status.PLANNED, audience="Руководители РМО")
    assert clashes(AT_TWO, "Лицей № 12", "Начинающие", [heads]) == []
    assert clashes(AT_TWO, "Лицей № 12", "", [heads]) == [Clash(heads, Shared.HOURS)]
    assert clashes(AT_TWO, SCHOOL, "Начинающие", [heads]) == [Clash(heads, Shared.PLACE)]


def test_what_nobody_comes_to() -> None:
    others = [
        an_event(3, AT_TWO, status=Status.CANCELLED),
        an_event(4, AT_TWO, status=Status.PLANNED, gathering=False),
        an_event(5, Period.month(2026, 11), status=Status.PLANNED),
    ]
    assert clashes(AT_TWO, SCHOOL, "", others) == []
