"""An event and a timing profile → the notices due.

The whole schedule of an event is reckoned without regard to the present moment, and only then is the past
cut off: planning again a minute later gives the same notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

from domain.changes import told_at
from domain.local_hours import LocalHours, WorkingDay
from domain.period import Period, Precision, last_of_month
from domain.records import Event, Invited, Mode
from domain.rsvp import answers_wanted_by
from domain.timing import Lead, TimingProfile

# A reminder is of use this long before the start; a later one finds people on their way, or too late to go.
_OF_USE_BEFORE = timedelta(minutes=30)
# One that is meant for the last minutes (the link of an online meeting) is of use until the last of them.
_LAST_MINUTE = timedelta(minutes=1)
# Where no hour is known, an event is taken to be over, and a task late, with the school's second shift.
_SCHOOL_CLOSES = time(18)
# Of two notices of one event no further apart than this only the later one goes.
_TOGETHER = timedelta(hours=4)
_ANNOUNCEMENT_HOLDS = timedelta(hours=24)

_DAY = timedelta(days=1)
_LAST_CALL_DAYS = 2
_SUMMARY_AT = time(19)
_HELD_AT = time(10)
_HELD_OF_USE = timedelta(days=14)

# Whether she could come is asked so long after the end; what would be asked another day, in the morning.
_ASKED_AFTER = timedelta(hours=2)
_ASKED_NEXT_DAY = time(9)
_ASKED_OF_USE = timedelta(days=3)
# The next day: by then whoever runs the event has had the list for some hours.
_OPINION_AT = time(16)
_OPINION_OF_USE = timedelta(days=7)
_MISSED_AT = time(10)


class Audience(StrEnum):
    """Whom a notice reaches, among the people who have its profile."""

    MEMBERS = "members"
    SILENT = "silent"  # those whose answer is missing or does not count
    NAMED = "named"  # those named for a task who have not finished it
    COORDINATORS = "coordinators"
    # Of an event that is over:
    EXPECTED = "expected"  # those who promised to come and are unmarked
    HOSTS = "hosts"  # who presents it, and coordinators who said already that it took place
    MISSED = "missed"  # those who were not there
    PRESENT = "present"  # those who were, where the association asks for a word
    WEEKLY = "weekly"  # those who want the week's digest
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Timed:
    """Of an event, what its notices depend on.

    `announced_at` is when its day was announced, `answer_by` when answers are wanted, if they are (both aware
    UTC). `gathering` says whether people come to it; else it is a task. `invites` says whether anybody is
    invited to a gathering.
    """

    period: Period
    online: bool = False
    announced_at: datetime | None = None
    gathering: bool = True
    answer_by: datetime | None = None
    invites: bool = True

    @classmethod
    def of(cls, event: Event, profile: TimingProfile, is_working_day: WorkingDay) -> Self:
        """What there is of a stored event. Raises zoneinfo.ZoneInfoNotFoundError."""
        return cls(
            event.period,
            online=event.mode is Mode.ONLINE,
            announced_at=event.announced_at,
            gathering=event.gathering,
            answer_by=answers_wanted_by(event, profile.tz, is_working_day),
            invites=event.invited is not Invited.NOBODY,
        )


@dataclass(frozen=True, slots=True)
class Due:
    """A notice to make: its code (a lead's, or a name of its own), when it goes out and until when it is of
    use (both aware UTC), and to whom."""

    code: str
    at: datetime
    useful_until: datetime
    audience: Audience = Audience.MEMBERS


def notices_due(
    event: Timed, profile: TimingProfile, now: datetime, is_working_day: WorkingDay
) -> tuple[Due, ...]:
    """The event's notices from `now` (aware UTC) on, in their order, each lead at most once; among them the
    last call for answers («last_call»). None where nobody is invited.

    `is_working_day` is asked about local dates. Raises zoneinfo.ZoneInfoNotFoundError.
    """
    if not event.invites:
        return ()
    hours = LocalHours(profile, is_working_day)
    told = _told_at(event, hours)
    kept = _nearest_alone(_without_doubled_evening(_news(_drafted(event, profile, hours), told)))
    calls = [
        call
        for call in _news(_last_call(event, profile, hours), told)
        if all(abs(call.at - notice.at) > _TOGETHER for notice in kept)
    ]
    audience = Audience.MEMBERS if event.gathering else Audience.NAMED
    dues = [Due(notice.code, notice.at, notice.useful_until, audience) for notice in kept]
    dues += [Due(call.code, call.at, call.useful_until, Audience.SILENT) for call in calls]
    return _from(now, dues)


def desk_notices(
    event: Timed, profile: TimingProfile, now: datetime, is_working_day: WorkingDay
) -> tuple[Due, ...]:
    """What the coordinator hears of a gathering from `now` (aware UTC) on: the list of all, when answers are
    wanted («list»); who comes («summary»), on the evening before its first day; whether it took place
    («held»), on the first working day after its last, or after the months or weeks in which no day was named.
    The latter keeps out of the rest.

    Raises zoneinfo.ZoneInfoNotFoundError.
    """
    period = event.period
    if not event.gathering or not (period.day_known or period.day_to_be_named):
        return ()
    hours = LocalHours(profile, is_working_day)
    # The list says what the summary says: of the two within a few hours the later one goes.
    listed = event.invites and not period.day_to_be_named
    lists = (*_list(event, hours), *_summary(period, hours)) if listed else ()
    dues = [
        Due(notice.code, notice.at, notice.useful_until, Audience.COORDINATORS)
        for notice in _nearest_alone(lists)
        if event.announced_at is None or notice.at >= event.announced_at
    ]
    held = hours.first_working(period.end + _DAY, _HELD_AT)
    dues.append(Due("held", held, held + _HELD_OF_USE, Audience.COORDINATORS))
    return _from(now, dues)


def notices_afterwards(
    event: Timed, profile: TimingProfile, now: datetime, is_working_day: WorkingDay
) -> tuple[Due, ...]:
    """What follows a gathering whose day was known and to which somebody was invited, from `now` (aware UTC)
    on: «Удалось прийти?» two hours after its end («attended»); with «Состоялось?» the list to confirm
    («roll»); later that day a word of those who were there («opinion»); from two days after it on, once the
    list may be confirmed, what there is to read for those who were not («missed»).

    Raises zoneinfo.ZoneInfoNotFoundError.
    """
    period = event.period
    if not event.gathering or not event.invites or not period.day_known:
        return ()
    hours = LocalHours(profile, is_working_day)
    asked = hours.after_quiet(period.ends_at(hours.zone) + _ASKED_AFTER)
    if (day := hours.wall(asked).date()) > period.end:
        asked = hours.after_quiet(hours.real(day, _ASKED_NEXT_DAY))
    roll = hours.first_working(period.end + _DAY, _HELD_AT)
    opinion = hours.first_working(period.end + _DAY, _OPINION_AT)
    read_from = max(period.end + 2 * _DAY, hours.wall(roll).date() + _DAY)
    missed = hours.first_working(read_from, _MISSED_AT)
    return _from(
        now,
        [
            Due("attended", asked, asked + _ASKED_OF_USE, Audience.EXPECTED),
            Due("roll", roll, roll + _HELD_OF_USE, Audience.HOSTS),
            Due("opinion", opinion, opinion + _OPINION_OF_USE, Audience.PRESENT),
            Due("missed", missed, missed + _HELD_OF_USE, Audience.MISSED),
        ],
    )


def of_use_until(period: Period, profile: TimingProfile) -> datetime:
    """Until when (aware UTC) a reminder of it is of use: half an hour before the start; where no hour is
    known, until the school closes on the (first) day. Raises zoneinfo.ZoneInfoNotFoundError."""
    hours = LocalHours(profile)
    return _of_use_until(period, period.begins_at(hours.zone), hours)


def _from(now: datetime, dues: list[Due]) -> tuple[Due, ...]:
    return tuple(sorted((due for due in dues if due.at >= now), key=lambda due: due.at))


@dataclass(frozen=True, slots=True)
class _Notice:
    code: str
    nominal: datetime  # when it would go out were it not for days off
    at: datetime
    useful_until: datetime
    evening_instead: bool  # put before the quiet hours, because after them it would be of no use
    to_leave: bool = False  # counted back from the start: to leave by, however fresh the news


def _drafted(event: Timed, profile: TimingProfile, hours: LocalHours) -> Iterator[_Notice]:
    period = event.period
    day = no_day_off_before = period.first_day
    if period.day_to_be_named:
        day, no_day_off_before = _first_working_day(day, hours), date.max
    begins = period.begins_at(hours.zone)
    of_use = _of_use_until(period, begins, hours)
    for lead in profile.leads_for(period, online=event.online):
        nominal = _nominal(lead, day, begins, hours)
        leave = lead.minutes is not None
        useful_until = begins - _LAST_MINUTE if _for_the_last_minutes(lead) else of_use
        for notice in _placed(lead.code, nominal, useful_until, hours, no_day_off_before, to_leave=leave):
            yield from _after_rest(notice, lead, hours) if period.day_to_be_named else (notice,)


def _last_call(event: Timed, profile: TimingProfile, hours: LocalHours) -> Iterator[_Notice]:
    """At the same hour two days before answers are wanted. Who wants no reminders is not called either."""
    asked = event.gathering and event.period.day_known and not profile.without_leads
    if event.answer_by is None or not asked:
        return
    wall = hours.wall(event.answer_by)
    nominal = hours.real(wall.date() - _LAST_CALL_DAYS * _DAY, wall.time())
    yield from _placed("last_call", nominal, event.answer_by, hours, event.period.first_day)


def _list(event: Timed, hours: LocalHours) -> Iterator[_Notice]:
    if event.answer_by is not None:
        useful_until = _of_use_until(event.period, event.period.begins_at(hours.zone), hours)
        yield from _placed("list", event.answer_by, useful_until, hours, event.period.first_day)


def _summary(period: Period, hours: LocalHours) -> Iterator[_Notice]:
    day = period.first_day
    nominal = hours.real(day - _DAY, _SUMMARY_AT)
    useful_until = period.begins_at(hours.zone) if period.start_time else hours.real(day, _SCHOOL_CLOSES)
    yield from _placed("summary", nominal, useful_until, hours, day)


def _placed(
    code: str,
    nominal: datetime,
    useful_until: datetime,
    hours: LocalHours,
    no_day_off_before: date,
    *,
    to_leave: bool = False,
) -> Iterator[_Notice]:
    """The notice outside quiet hours and, before that day, on a working day; none where it is of no use."""
    awake = hours.after_quiet(nominal)
    evening_instead = awake > nominal and awake > useful_until
    if evening_instead:
        awake = hours.before_quiet(nominal)
    at = hours.on_working_day(awake, before=no_day_off_before)
    if at <= useful_until:
        yield _Notice(code, awake, at, useful_until, evening_instead, to_leave)


def _after_rest(notice: _Notice, lead: Lead, hours: LocalHours) -> Iterator[_Notice]:
    """The month's notice, at its hour after the rest if it falls into it; none where that is of no use."""
    assert lead.at is not None  # noqa: S101 - minutes stand with a start that is known
    at = hours.after_rest(notice.at, lead.at)
    if at <= notice.useful_until:
        yield replace(notice, at=at)


def _first_working_day(day: date, hours: LocalHours) -> date:
    """The first working day of the day's month; the first day of a month that has none."""
    at = hours.first_of_month(day, time(12))
    return day.replace(day=1) if at is None else hours.wall(at).date()


def _nominal(lead: Lead, day: date, begins: datetime, hours: LocalHours) -> datetime:
    if lead.minutes is not None:
        return begins - timedelta(minutes=lead.minutes)
    assert lead.days is not None and lead.at is not None  # noqa: S101, PT018 - Lead sees to it
    return hours.real(day - lead.days * _DAY, lead.at)


def _for_the_last_minutes(lead: Lead) -> bool:
    return lead.minutes is not None and timedelta(minutes=lead.minutes) < _OF_USE_BEFORE


def _of_use_until(period: Period, begins: datetime, hours: LocalHours) -> datetime:
    if period.precision is Precision.TIME:
        return begins - _OF_USE_BEFORE
    day = period.first_day
    if period.day_to_be_named:
        day = min(period.end, last_of_month(day.year, day.month))
    return hours.real(day, _SCHOOL_CLOSES)


def _told_at(event: Timed, hours: LocalHours) -> datetime | None:
    if event.announced_at is None:
        return None
    return told_at(event.announced_at, event.period.begins_at(hours.zone), hours)


def _news(notices: Iterable[_Notice], told: datetime | None) -> list[_Notice]:
    """Without those that people have just heard, or would have been told before it was announced at all.

    The one counted back from the start is a reminder to leave, and goes in any case.
    """
    if told is None:
        return list(notices)
    held = told + _ANNOUNCEMENT_HOLDS
    return [notice for notice in notices if notice.at >= (told if notice.to_leave else held)]


def _without_doubled_evening(notices: list[_Notice]) -> list[_Notice]:
    """Without those put into an evening that has a notice of its own, wherever days off then moved both."""
    evenings = [notice.nominal for notice in notices if not notice.evening_instead]
    return [
        notice
        for notice in notices
        if not (
            notice.evening_instead
            and any(timedelta() <= notice.nominal - evening <= _TOGETHER for evening in evenings)
        )
    ]


def _nearest_alone(notices: Iterable[_Notice]) -> list[_Notice]:
    """Without those that another one follows within four hours; in order. Of those due at the same moment
    the one stays that was meant to come last: leads are drafted the farthest first.
    """
    kept: list[_Notice] = []
    in_order = sorted(notices, key=lambda notice: (notice.at, notice.nominal))
    for notice in reversed(in_order):
        if not kept or kept[-1].at - notice.at > _TOGETHER:
            kept.append(notice)
    return kept[::-1]
