"""When people hear of a change: at once, with others of the same minutes, or after the quiet hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.local_hours import LocalHours
from domain.timing import TimingProfile

# What changes so soon after a notice of the same event is told together, at the end of these minutes.
MERGING = timedelta(minutes=5)
# What begins so soon is told at once, whatever the hour.
URGENT = timedelta(hours=15)
# The kinds of revisions that nobody is told of.
UNTOLD = frozenset({"bring", "deadline", "seats", "held", "not_held", "held_undone", "merged", "split"})
UNTOLD |= {"title", "kind", "responsible", "contact", "invited", "undone_quietly", "redone_quietly"}
UNTOLD |= {"corrected_quietly"}


def is_urgent(now: datetime, starts_at: datetime | None) -> bool:
    """Whether a change at this moment to an event that begins then (both aware UTC; None where no day is
    known) cannot wait."""
    return starts_at is not None and timedelta() <= starts_at - now <= URGENT


def change_due(
    now: datetime, starts_at: datetime | None, window_opened_at: datetime | None, profile: TimingProfile
) -> datetime:
    """When people with this profile hear of a change that is made now (all moments are aware UTC).

    `window_opened_at` is when an earlier change of the same event was last told at once, or None. Raises
    zoneinfo.ZoneInfoNotFoundError.
    """
    if is_urgent(now, starts_at):
        return now
    at = now
    if window_opened_at is not None and window_opened_at <= now < window_opened_at + MERGING:
        at = window_opened_at + MERGING
    return LocalHours(profile).after_quiet(at)


def told_at(said_at: datetime, starts_at: datetime, hours: LocalHours) -> datetime:
    """When people with these hours hear of what is announced at a moment, nothing else having been told."""
    return said_at if is_urgent(said_at, starts_at) else hours.after_quiet(said_at)
