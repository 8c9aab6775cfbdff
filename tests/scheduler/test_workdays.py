from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest

from scheduler.workdays import is_working_day, public_holiday

# From the government's decrees on the transfer of days off, and from the Labour Code, article 112.
DAYS_OFF = [
    "2025-01-01", "2025-01-08", "2025-05-02", "2025-05-08", "2025-06-13", "2025-11-03", "2025-11-04",
    "2025-12-31", "2026-01-09", "2026-02-23", "2026-03-09", "2026-05-01", "2026-05-11", "2026-06-12",
    "2026-11-04", "2026-12-31", "2027-01-08", "2027-02-22", "2027-11-05",
    # Saturdays and Sundays
    "2026-11-14", "2026-11-15", "2026-03-08", "2026-05-09",
    # years without a decree: a holiday on a weekend moves to the working day after it
    "2028-11-06", "2029-11-05", "2030-02-25", "2031-03-10",
]  # fmt: skip
WORKED = [
    "2025-01-09", "2025-11-01", "2026-01-12", "2026-02-20", "2026-05-08", "2026-05-12", "2026-11-03",
    "2026-11-05", "2026-12-30", "2024-04-27", "2024-11-02", "2024-12-28", "2027-02-20",
    # no day off by the law alone where a decree has moved it elsewhere
    "2025-02-24", "2025-03-10",
    "2028-05-02", "2028-11-07",
]  # fmt: skip


@pytest.mark.parametrize("day", DAYS_OFF)
def test_days_off(day):
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", WORKED)
def test_days_worked(day):
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("year", [1900, 1991, 2105, 9999])
def test_far_years_have_weekends_at_least(year):
    days = [date(year, 7, 1) + timedelta(days=n) for n in range(14)]
    assert [is_working_day(day) for day in days] == [day.weekday() < 5 for day in days]


def test_no_run_of_days_off_is_longer_than_the_search_for_a_working_day():
    day, run, longest = date(2015, 1, 1), 0, 0
    while day < date(2040, 1, 1):
        run = 0 if is_working_day(day) else run + 1
        longest = max(longest, run)
        day += timedelta(days=1)
    assert longest <= 14


def test_the_calendar_is_not_loaded_before_it_is_asked():
    code = "import sys, scheduler.workdays; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-11-04", "День народного единства"),
        ("2026-05-09", "День Победы"),
        ("2025-05-02", "Выходной (перенесено с 04.01.2025)"),
        ("2026-11-15", ""),
        ("2026-11-18", ""),
        ("2028-11-06", ""),
    ],
)
def test_which_holiday_it_is(day, name):
    assert public_holiday(date.fromisoformat(day)) == name
