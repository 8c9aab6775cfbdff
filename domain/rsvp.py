"""May this answer be given now, and until when."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.local_hours import LONGEST_BREAK, WorkingDay, real_moment
from domain.period import Period
from domain.records import Event, Status

# A host needs the list of guests so many working days before, at this local hour.
_LIST_AHEAD = 2
_LIST_AT = time(12)


def answers_until(gathering: bool, period: Period, status: Status, zone: ZoneInfo) -> datetime | None:
    """The moment until which answers are taken (UTC), or None where nobody is asked.

    People answer for gatherings whose day is known and which are not cancelled, until they begin;
    where only the (first) day is known, until that day is over.
    """
    if not gathering or not period.day_known or status is not Status.PLANNED:
        return None
    return period.begins_at(zone) if period.start_time else Period.day(period.first_day).ends_at(zone)


def answer_deadline(period: Period, zone: ZoneInfo, is_working_day: WorkingDay) -> datetime | None:
    """The moment (aware UTC) by which answers are usually wanted: 12:00, two working days before the first
    day. None where the day is not known.

    Answers are taken after it as well, see `answers_until`. In a calendar without working days it is two days
    before.
    """
    if not period.day_known:
        return None
    before = [period.first_day - timedelta(days=n) for n in range(1, LONGEST_BREAK + 1)]
    working = [day for day in before if is_working_day(day) and _exists(day, zone)]
    day = working[_LIST_AHEAD - 1] if len(working) >= _LIST_AHEAD else before[_LIST_AHEAD - 1]
    return real_moment(day, _LIST_AT, zone)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Whether a zone that crossed the date line did not skip the day."""
    return real_moment(day, _LIST_AT, zone).astimezone(zone).date() == day


def check_answer(event: Event, now: datetime) -> None:
    """Raises DomainError when no answer to the event can be taken at this moment (UTC): `event_cancelled`,
    `no_answer_needed`, `day_not_named`, `answers_closed`."""
    if event.status is Status.CANCELLED:
        raise DomainError("event_cancelled", event_id=event.id)
    if not event.gathering:
        raise DomainError("no_answer_needed", event_id=event.id)
    if event.status is not Status.PLANNED:
        raise DomainError("answers_closed", event_id=event.id)
    if not event.period.day_known:
        raise DomainError("day_not_named", event_id=event.id)
    if event.answers_until is None or event.answers_until <= now:
        raise DomainError("answers_closed", event_id=event.id)
