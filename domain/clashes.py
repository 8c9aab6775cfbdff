"""What else takes place on the day that is to be named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.period import USUAL_LENGTH, Period
from domain.records import Event
from domain.together import same_place


class Shared(StrEnum):
    """What two events would share."""

    PLACE = "place"  # the place, at the same hours
    HOURS = "hours"  # the people, at the same hours
    DAY = "day"  # the people, or the place, on the same day


@dataclass(frozen=True, slots=True)
class Clash:
    """An event that is there already, and what would be shared with it."""

    event: Event
    shared: Shared


def clashes(period: Period, venue: str, audience: str, others: Iterable[Event]) -> list[Clash]:
    """The others that an event at this place and for these people (empty: for everybody) would clash with,
    once its day is known. What is for one group is no clash for another, unless they share the place."""
    if not period.day_known:
        return []
    found = []
    for other in others:
        if not _takes_place(other) or not other.period.overlaps(period.first_day, period.end):
            continue
        place = same_place(venue, other.venue)
        people = not (audience and other.audience and audience != other.audience)
        hours = _share_hours(period, other.period)
        if place and hours:
            found.append(Clash(other, Shared.PLACE))
        elif people and hours:
            found.append(Clash(other, Shared.HOURS))
        elif people or place:
            found.append(Clash(other, Shared.DAY))
    return found


def _takes_place(event: Event) -> bool:
    return event.awaited and event.period.day_known


def _share_hours(one: Period, other: Period) -> bool:
    """Whether they are at the same time, as far as both name an hour."""
    first, second = _hours(one), _hours(other)
    return bool(first and second and first[0] < second[1] and second[0] < first[1])


def _hours(period: Period) -> tuple[datetime, datetime] | None:
    """From when to when, local; None where no hour is named."""
    if period.start_time is None:
        return None
    begins = datetime.combine(period.end, period.start_time)
    ends = datetime.combine(period.end, period.end_time) if period.end_time else begins + USUAL_LENGTH
    return begins, ends
