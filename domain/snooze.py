"""«Напомнить позже»: the moments to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from enum import StrEnum

from domain.local_hours import LocalHours
from domain.timing import TimingProfile

_HOUR = timedelta(hours=1)
_EVENING = time(19)
_MORNING = time(8)
# Sooner than this, or so close to another choice, it is none.
_APART = timedelta(minutes=30)


class Later(StrEnum):
    """How much later."""

    HOUR = "hour"
    EVENING = "evening"  # today
    MORNING = "morning"  # tomorrow


def snoozes(
    now: datetime, useful_until: datetime, profile: TimingProfile
) -> tuple[tuple[Later, datetime], ...]:
    """When a reminder can come again, in order: waking moments while it is of use (all are aware UTC).

    Of two no further apart than half an hour the earlier stays. Raises zoneinfo.ZoneInfoNotFoundError.
    """
    hours = LocalHours(profile)
    offered: list[tuple[Later, datetime]] = []
    for later, at in sorted(_moments(now, hours), key=lambda choice: choice[1]):
        apart = not offered or at - offered[-1][1] > _APART
        if now + _APART <= at <= useful_until and apart:
            offered.append((later, at))
    return tuple(offered)


def _moments(now: datetime, hours: LocalHours) -> Iterator[tuple[Later, datetime]]:
    if not hours.is_quiet(now + _HOUR):
        yield Later.HOUR, now + _HOUR
    today = hours.wall(now).date()
    evening = hours.real(today, _EVENING)
    if not hours.is_quiet(evening):
        yield Later.EVENING, evening
    morning = hours.within(today + timedelta(days=1), _MORNING)
    if morning is not None:
        yield Later.MORNING, morning
