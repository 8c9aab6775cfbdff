"""May this answer be given now, and until when."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.period import Period
from domain.records import Event, Status


def answers_until(gathering: bool, period: Period, status: Status, zone: ZoneInfo) -> datetime | None:
    """The moment until which answers are taken (UTC), or None where nobody is asked.

    People answer for gatherings whose day is known and which are not cancelled, until they begin;
    where only the (first) day is known, until that day is over.
    """
    if not gathering or not period.day_known or status is not Status.PLANNED:
        return None
    return period.begins_at(zone) if period.start_time else Period.day(period.first_day).ends_at(zone)


def check_answer(event: Event, now: datetime) -> None:
    """Raises DomainError when no answer to the event can be taken at this moment (UTC): `event_cancelled`,
    `no_answer_needed`, `day_not_named`, `answers_closed`."""
    if event.status is not Status.PLANNED:
        raise DomainError("event_cancelled", event_id=event.id)
    if not event.gathering:
        raise DomainError("no_answer_needed", event_id=event.id)
    if not event.period.day_known:
        raise DomainError("day_not_named", event_id=event.id)
    if event.answers_until is None or event.answers_until <= now:
        raise DomainError("answers_closed", event_id=event.id)
