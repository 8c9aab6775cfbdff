"""An hour alone, or two, as they are typed in chat: «9:30», «в 7 вечера», «с 22 до 7»."""

from __future__ import annotations

import re
from datetime import time

from domain.errors import DomainError

_HOUR = (
    r"(?P<hour{n}>\d{{1,2}})(?:\s*[:.\-]\s*(?P<minute{n}>\d\d))?"
    r"(?:\s*(?:ч|час|часа|часов)\b\.?)?(?:\s*(?P<part{n}>утра|дня|вечера|ночи)\b)?"
)
_CLOCK = re.compile(r"(?:в\s+)?" + _HOUR.format(n=""), re.IGNORECASE)
_HOURS = re.compile(
    r"(?:с\s+)?" + _HOUR.format(n="1") + r"\s*(?:до|по|[-–—])\s*" + _HOUR.format(n="2"), re.IGNORECASE
)


def read_clock(text: str) -> time:
    """An hour as it is typed: «9», «9:30», «в 7 вечера». Raises DomainError `clock_not_understood`."""
    found = _CLOCK.fullmatch(text.strip(" .,!"))
    if found is None:
        raise DomainError("clock_not_understood")
    return _time(found["hour"], found["minute"], found["part"], "clock_not_understood")


def read_hours(text: str) -> tuple[time, time]:
    """Two hours as they are typed: «с 22 до 7», «21:30–8:00». Raises DomainError `hours_not_understood`."""
    found = _HOURS.fullmatch(text.strip(" .,!"))
    if found is None:
        raise DomainError("hours_not_understood")
    first, last = (
        _time(found[f"hour{n}"], found[f"minute{n}"], found[f"part{n}"], "hours_not_understood")
        for n in (1, 2)
    )
    return first, last


def _time(hour: str, minute: str | None, part: str | None, refusal: str) -> time:
    """«7 вечера» is 19:00, «12 ночи» and «24:00» are midnight. Raises DomainError with this code."""
    hours, minutes = int(hour), int(minute or 0)
    said = (part or "").lower()
    if said in {"дня", "вечера"} and 1 <= hours < 12:
        hours += 12
    if (said == "ночи" and hours == 12) or (hours == 24 and minutes == 0):
        hours = 0
    if hours > 23 or minutes > 59:
        raise DomainError(refusal)
    return time(hours, minutes)
