"""How long what was said is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.retention import reasons_kept_since

NOVOSIBIRSK = ZoneInfo("Asia/Novosibirsk")
# Midnight of the first of August, in UTC.
BEGAN = datetime(2026, 7, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "since"),
    [
        (datetime(2026, 7, 31, 16, 59, tzinfo=UTC), datetime(2025, 7, 31, 17, tzinfo=UTC)),
        (BEGAN, BEGAN),
        (datetime(2026, 11, 18, tzinfo=UTC), BEGAN),
        (datetime(2027, 2, 1, tzinfo=UTC), BEGAN),
    ],
)
def test_reasons_are_kept_until_the_school_year_is_over(now: datetime, since: datetime):
    """By the association's own midnight."""
    assert reasons_kept_since(now, NOVOSIBIRSK) == since


def test_elsewhere_it_is_another_moment():
    """Where the sun rises later, the year ends later."""
    assert reasons_kept_since(datetime(2026, 7, 31, 18, tzinfo=UTC), ZoneInfo("Europe/Kaliningrad")) == (
        datetime(2025, 7, 31, 22, tzinfo=UTC)
    )
