"""May this answer be given now, and until when; who has a seat, and who waits for one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.local_hours import LONGEST_BREAK, LocalHours, WorkingDay, real_moment
from domain.period import Period
from domain.records import Answer, Event, Invited, Mode, Status

# A host needs the list of guests so many working days before, at this local hour.
_LIST_AHEAD = 2
_LIST_AT = time(12)
MOST_SEATS = 1000
# A free seat is kept so long for the one to whom it was offered.
_OFFER_HOLDS = timedelta(hours=24)
# So shortly before the start nobody is offered a seat: whoever presses first has it.
OFFERS_END = timedelta(hours=1)


def answers_until(asks: bool, period: Period, status: Status, zone: ZoneInfo) -> datetime | None:
    """The moment until which answers are taken (UTC), or None where nobody is asked.

    People answer for gatherings that anybody is invited to (`Event.asks`), whose day is known and which are
    not cancelled, until they begin; where only the (first) day is known, until that day is over.
    """
    if not asks or not period.day_known or status is not Status.PLANNED:
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


def answers_wanted_by(event: Event, zone: ZoneInfo, is_working_day: WorkingDay) -> datetime | None:
    """The moment (aware UTC) by which answers for an event are wanted: as its coordinator named it, or else
    the usual one. None where nobody is asked."""
    if event.answers_until is None:
        return None
    return event.answer_by or answer_deadline(event.period, zone, is_working_day)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Whether a zone that crossed the date line did not skip the day."""
    return real_moment(day, _LIST_AT, zone).astimezone(zone).date() == day


def check_answer(event: Event, now: datetime, given: Answer) -> None:
    """Raises DomainError when the answer cannot be taken at this moment (UTC): `event_cancelled`,
    `no_answer_needed`, `nobody_invited`, `day_not_named`, `answers_closed`, `nobody_joins` where one comes in
    one way only."""
    if event.status is Status.CANCELLED:
        raise DomainError("event_cancelled", event_id=event.id)
    if not event.gathering:
        raise DomainError("no_answer_needed", event_id=event.id)
    if event.status is not Status.PLANNED:
        raise DomainError("answers_closed", event_id=event.id)
    if event.invited is Invited.NOBODY:
        raise DomainError("nobody_invited", event_id=event.id)
    if not event.period.day_known:
        raise DomainError("day_not_named", event_id=event.id)
    if not event.takes_answers(now):
        raise DomainError("answers_closed", event_id=event.id)
    if given is Answer.ONLINE and event.mode is not Mode.MIXED:
        raise DomainError("nobody_joins", event_id=event.id)


def joins(event: Event, answer: Answer | None) -> bool:
    """Whether one who answered so takes part by the link: nobody else is shown it."""
    if event.mode is Mode.MIXED:
        return answer is Answer.ONLINE
    return event.mode is Mode.ONLINE and answer is not None and answer.takes_part


def seats_counted(event: Event) -> bool:
    """Whether only so many can come in person."""
    return event.seats is not None and event.mode is not Mode.ONLINE


# --- Seats ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InLine:
    """One who waits for a seat; `offered_until` (UTC) once a free one was offered to her."""

    person_id: int
    offered_until: datetime | None = None
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Seating:
    """Whose seat is taken, by herself or by one whom she sent by name; who waits for one, first come first;
    how many guests come; and the presenters, who need none."""

    seated: frozenset[int] = frozenset()
    line: tuple[InLine, ...] = ()
    guests: int = 0
    hosts: frozenset[int] = frozenset()

    @property
    def taken(self) -> int:
        """How many seats are given away."""
        return len(self.seated) + self.guests


@dataclass(frozen=True, slots=True)
class Crowd:
    """More than there are seats for: how many would come, and how many wait for a seat."""

    coming: int
    waiting: int


def gets_seat(event: Event, seating: Seating, person_id: int, now: datetime) -> bool:
    """Whether one who says «Приду» has a seat; else she waits for one.

    A seat that is kept for her is hers, and who presents the event needs none. Of the free ones so many are
    for those ahead of her in the line, as long as seats are offered.
    """
    if person_id in seating.seated | seating.hosts or any(
        one.person_id == person_id for one in _kept(seating, now)
    ):
        return True
    ahead = 0
    if now < event.starts_at - OFFERS_END:
        waiting = [one.person_id for one in _waiting(seating)]
        ahead = waiting.index(person_id) if person_id in waiting else len(waiting)
    return _free(event, seating, now) > ahead


def is_over(offered_until: datetime | None, now: datetime) -> bool:
    """Whether a seat was kept for her, and is not any more."""
    return offered_until is not None and offered_until <= now


def may_send(event: Event, seating: Seating, person_id: int, now: datetime) -> bool:
    """Whether somebody by name can come in a person's place: the seat that she gave up goes over, unless the
    next in line was offered it already; a presenter gave up none."""
    return person_id in seating.seated | seating.hosts or _free(event, seating, now) > 0


def crowd(event: Event, seating: Seating, guests: int, now: datetime) -> Crowd | None:
    """How many there would be if so many more guests came, where they would take seats that are not there,
    or that belong to the line; None where there is room for them."""
    if not seats_counted(event) or event.ends_at <= now:
        return None
    if _free(event, seating, now) >= len(_waiting(seating)) + guests:
        return None
    return Crowd(seating.taken + guests, len(seating.line))


def to_be_offered(event: Event, seating: Seating, now: datetime) -> tuple[int, ...]:
    """Those to whom free seats are to be offered now, each of them one."""
    free = max(_free(event, seating, now), 0)
    return tuple(one.person_id for one in _waiting(seating)[:free])


def to_be_seated(event: Event, seating: Seating) -> tuple[InLine, ...]:
    """Those who wait for a seat though any number can come: they come, nothing is to be offered."""
    return () if seats_counted(event) else seating.line


def offered_until(due: datetime, starts_at: datetime, hours: LocalHours) -> datetime | None:
    """Until when (aware UTC) a seat that is offered at a moment is kept: for a day, nearer to the start for
    half of what is left until it, and no end falls into quiet hours. None where it is too late to offer it.
    """
    if due >= starts_at - OFFERS_END:
        return None
    until = hours.after_quiet(due + min(_OFFER_HOLDS, (starts_at - due) / 2))
    return min(until, starts_at - OFFERS_END / 2)


def read_seats(text: str) -> int:
    """«25», «25 мест» → 25. Raises DomainError `seats_not_understood`, `no_seats` for less than one,
    `too_many_seats` with the fact `most`."""
    numbers = re.findall(r"(?:^\s*[-–−])?\d+", text)
    if len(numbers) != 1:
        raise DomainError("seats_not_understood")
    # What is longer is no number of seats, and takes long to read.
    seats = int(numbers[0][:9]) if numbers[0].isdecimal() else 0
    if not seats:
        raise DomainError("no_seats")
    if seats > MOST_SEATS:
        raise DomainError("too_many_seats", most=MOST_SEATS)
    return seats


def check_seats(event: Event, seating: Seating, seats: int | None) -> None:
    """Raises DomainError `seats_taken` with the fact `count` where more than so many come already."""
    if seats is not None and seats < seating.taken:
        raise DomainError("seats_taken", count=seating.taken, event_id=event.id)


def _kept(seating: Seating, now: datetime) -> list[InLine]:
    return [one for one in seating.line if one.offered_until is not None and one.offered_until > now]


def _waiting(seating: Seating) -> list[InLine]:
    """Those to whom a seat can be offered. Who cannot be written to would only keep it from the others."""
    return [one for one in seating.line if one.offered_until is None and one.reachable]


def _free(event: Event, seating: Seating, now: datetime) -> int:
    if event.seats is None or event.mode is Mode.ONLINE:
        return len(seating.line) + 1
    return event.seats - seating.taken - len(_kept(seating, now))
