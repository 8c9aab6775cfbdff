"""An hour, or two, as they are typed in chat."""

from datetime import time

import pytest

from domain.errors import DomainError
from domain.russian_dates import read_clock, read_hours


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("в 9-30", time(9, 30)),
        ("в 9 часов", time(9)),
        ("в 7 вечера", time(19)),
        ("2 дня", time(14)),
        ("8 утра.", time(8)),
        ("12 ночи", time(0)),
        ("12 дня", time(12)),
        ("24:00", time(0)),
        ("18 ч", time(18)),
    ],
)
def test_an_hour(text: str, clock: time):
    """In figures, with the part of the day if it is said."""
    assert read_clock(text) == clock


@pytest.mark.parametrize("text", ["", "вечером", "25", "9:60", "9 или 10", "в среду в 9", "999"])
def test_no_hour(text: str):
    """What is none, or more."""
    with pytest.raises(DomainError, match="clock_not_understood"):
        read_clock(text)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("с 22 до 7", (time(22), time(7))),
        ("22–7", (time(22), time(7))),
        ("21:30 - 8:00", (time(21, 30), time(8))),
        ("с 9 вечера до 8 утра", (time(21), time(8))),
        ("С 22:00 по 7:00", (time(22), time(7))),
    ],
)
def test_two_hours(text: str, hours: tuple[time, time]):
    """From, and up to."""
    assert read_hours(text) == hours


@pytest.mark.parametrize("text", ["", "22", "ночью", "с 22 до 25", "с 22"])
def test_not_two_hours(text: str):
    """One alone says nothing."""
    with pytest.raises(DomainError, match="hours_not_understood"):
        read_hours(text)
