"""What an association sets for itself, beside when it reminds: what may be written, and how it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from domain.errors import DomainError
from domain.holidays import Holidays, read_holidays
from domain.russian_dates import read_clock
from domain.russian_zones import read_zone

LONGEST_TITLE = 200
LONGEST_TOWN = 100
LONGEST_VENUE = 200
LONGEST_CENTRE = 200
# It stands in one message with the person's name and the nearest meeting.
LONGEST_GREETING = 700
# It is shown whole, and in a message.
LONGEST_CONSENT = 2_500
LONGEST_RETENTION = 10
# Minutes before and after a meeting, four hours at most.
LONGEST_CHECKIN = 240
_MINUTES = re.compile(r"(?:за )?(\d{1,3})\s*(?:мин(?:ут[аыу]?)?\.?)?")
_HOURS = re.compile(
    r"(?:за )?(?:(?P<hours>\d|один|два|три|четыре)\s*)?(?:ч|часа?)\.?(?P<half>\s+(?:и|с)\s+половиной)?"
    r"(?:\s*(?P<minutes>\d{1,2})\s*(?:мин(?:ут[аыу]?)?\.?)?)?"
)
_IN_WORDS = {"полчаса": 30, "пол часа": 30, "полтора часа": 90, "1,5 часа": 90}
_NUMBERS = {"один": 1, "два": 2, "три": 3, "четыре": 4}
_YEARS = re.compile(r"(\d{1,2})(?:\s*(?:лет|года?))?")


class Setting(StrEnum):
    """What is set: named as the association's column that keeps it."""

    TITLE = "title"
    TOWN = "town"
    ZONE = "zone"
    HOUR = "usual_time"
    VENUE = "usual_venue"
    CENTRE = "centre"
    HOLIDAYS = "holidays"
    RETENTION = "retention_years"
    GREETING = "greeting"
    CONSENT = "consent_text"
    BEFORE = "checkin_before"
    AFTER = "checkin_after"
    FEEDBACK = "asks_feedback"


# A text, a number of years or of minutes, yes or no, or holidays as they are stored.
Value = str | int | bool | list[list[str]]

_LONGEST = {
    Setting.TITLE: LONGEST_TITLE,
    Setting.TOWN: LONGEST_TOWN,
    Setting.VENUE: LONGEST_VENUE,
    Setting.CENTRE: LONGEST_CENTRE,
    Setting.GREETING: LONGEST_GREETING,
    Setting.CONSENT: LONGEST_CONSENT,
}
_WITH_LINES = frozenset({Setting.GREETING, Setting.CONSENT})


def read_setting(what: Setting, text: str, today: date, present: Sequence[Holidays]) -> Value:
    """The value that somebody types for a setting. `present` are the holidays known so far.

    Raises DomainError `setting_empty`, `setting_too_long` with the fact `longest`, `clock_not_understood`,
    `zone_not_understood`, `holidays_not_understood`, `years_not_understood`, `minutes_not_understood`,
    `yes_or_no`.
    """
    match what:
        case Setting.ZONE:
            return read_zone(text)
        case Setting.HOUR:
            return read_clock(text).isoformat("minutes")
        case Setting.HOLIDAYS:
            return [one.as_stored() for one in read_holidays(text, today, present)]
        case Setting.RETENTION:
            return read_years(text)
        case Setting.BEFORE | Setting.AFTER:
            return read_minutes(text)
        case Setting.FEEDBACK:
            return read_yes(text)
    return _read_text(text, _LONGEST[what], lines=what in _WITH_LINES)


def read_years(text: str) -> int:
    """«5», «5 лет». Raises DomainError `years_not_understood`."""
    found = _YEARS.fullmatch(text.strip(" .!").casefold())
    years = int(found[1]) if found else 0
    if not 1 <= years <= LONGEST_RETENTION:
        raise DomainError("years_not_understood")
    return years


def read_minutes(text: str) -> int:
    """«30», «45 минут», «за 15 минут», «час», «полчаса», «1 ч 30 мин». Raises DomainError
    `minutes_not_understood` (fact `most`)."""
    minutes = _minutes(" ".join(text.strip(" .!").casefold().split()))
    if minutes is None or minutes > LONGEST_CHECKIN:
        raise DomainError("minutes_not_understood", most=LONGEST_CHECKIN)
    return minutes


def _minutes(said: str) -> int | None:
    if (known := _IN_WORDS.get(said.removeprefix("за "))) is not None:
        return known
    if (found := _MINUTES.fullmatch(said)) is not None:
        return int(found[1])
    if (found := _HOURS.fullmatch(said)) is None or (found["half"] and found["minutes"]):
        return None
    hours = found["hours"] or "1"
    return int(_NUMBERS.get(hours, hours)) * 60 + (30 if found["half"] else int(found["minutes"] or 0))


def read_yes(text: str) -> bool:
    """«Да» or «Нет». Raises DomainError `yes_or_no` for anything else."""
    said = text.strip(" .!").casefold()
    if said not in {"да", "нет"}:
        raise DomainError("yes_or_no")
    return said == "да"


def _read_text(text: str, longest: int, *, lines: bool) -> str:
    """The words with tidy blanks; their lines are kept where they may have several."""
    if lines:
        tidy = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    else:
        tidy = " ".join(text.split())
    if not tidy:
        raise DomainError("setting_empty")
    # As Telegram counts: a sign beyond the usual ones is two.
    if len(tidy.encode("utf-16-le", "surrogatepass")) // 2 > longest:
        raise DomainError("setting_too_long", longest=longest)
    return tidy
