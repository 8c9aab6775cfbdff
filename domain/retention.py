"""How long the journal of what was sent is kept."""

from datetime import datetime


def kept_since(now: datetime, years: int) -> datetime:
    """What ended before this moment is kept no longer; 29 February counts as the day before 1 March."""
    try:
        return now.replace(year=now.year - years)
    except ValueError:
        return now.replace(year=now.year - years, day=28)
