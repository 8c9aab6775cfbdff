"""How long the journal of what was sent is kept, and why people could not come."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.period import Period
from domain.plan_draft import FIRST_MONTH, first_year_of, school_year_of


def kept_since(now: datetime, years: int) -> datetime:
    """What ended before this moment is kept no longer; 29 February counts as the day before 1 March."""
    try:
        return now.replace(year=now.year - years)
    except ValueError:
        return now.replace(year=now.year - years, day=28)


def reasons_kept_since(now: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which the school year of a zone's present day began, at midnight there: why people
    could not come to what was over before is kept no longer."""
    year = first_year_of(school_year_of(now.astimezone(zone).date()))
    return Period.day(date(year, FIRST_MONTH, 1)).begins_at(zone)
