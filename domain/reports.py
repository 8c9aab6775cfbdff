"""A school year in numbers: what took place, who was there, which schools were seen.

Who is unmarked was not looked at: she is counted in no rate, and never as absent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum

from domain.full_names import FullName
from domain.period import Period
from domain.plan_draft import FIRST_MONTH, Kind, SkippedRow, first_year_of
from domain.records import Done, Event, Guest, Mark, Status, Talk, TalkForm
from domain.school_names import school_key

# From this day on the year is being written up: what the reports lack is said unasked.
_WRITTEN_UP_FROM = (5, 15)
# A school that was not seen so many times running is worth a call.
MISSED_RUNNING = 2


class Note(StrEnum):
    """What the head says of the year in her own words."""

    AIMS = "aims"
    THEME = "theme"
    TASKS = "tasks"  # for the next year


class Lack(StrEnum):
    """What the year's reports lack."""

    SAID = "said"  # it is over, and nobody said whether it took place
    ROLL = "roll"  # it took place, and nobody was marked
    PROTOCOL = "protocol"  # a meeting took place, and has no protocol
    ROW = "row"  # a row of the plan that no event speaks for has no mark of its own
    WORDS = "words"  # something of the analysis is not written
    TALKS = "talks"  # it took place, and of who shared experience nothing is written


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that the reports lack, and of which event, row of the plan or words."""

    lack: Lack
    event: Event | None = None
    note: Note | None = None
    row: PlannedRow | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in the year's tables: `school` stands in the sheets (empty for none), `schools` are all that
    she works in; `listed` while she is in the lists; `joined_at` is UTC."""

    person_id: int
    name: FullName
    school: str
    schools: tuple[str, ...]
    listed: bool
    joined_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of the plan in its words, and one event that it stands for (None: it has no date), with how far
    that is fulfilled. `recurs` holds the words of a rhythm, `result` the head's own of what came of the row;
    `activity` is its id."""

    position: int
    section: str
    number: str
    title: str
    when: str
    venue: str
    responsible: str
    event: Event | None
    done: Done
    held_on: date | None
    subsection: str = ""
    heading: str = ""
    audience: str = ""
    outcome: str = ""
    year_round: bool = False
    recurs: str = ""
    activity: int = 0
    result: str = ""


def row_key(activity: int) -> str:
    """Where what came of a row of the plan is kept among the words of its year."""
    return f"row_{activity}"


@dataclass(frozen=True, slots=True)
class Gathering:
    """Something that people came to, or did not: the marks of people who have a record, who promised, the
    guests who have none, the talks of the programme, and its protocol's number."""

    event: Event
    done: Done
    marks: Mapping[int, Mark] = field(default_factory=dict)
    promised: frozenset[int] = frozenset()
    guests: tuple[Guest, ...] = ()
    talks: tuple[Talk, ...] = ()
    protocol: int | None = None
    group: str = ""  # the title of the group that it was for, where it was for one

    @property
    def held(self) -> bool:
        """Whether it took place."""
        return self.done is Done.HELD

    @property
    def rolled(self) -> bool:
        """Whether it took place, and anybody was marked."""
        return self.held and (bool(self.marks) or any(one.mark for one in self.guests))

    @property
    def guests_there(self) -> list[Guest]:
        """The guests without a record who were there."""
        return [one for one in self.guests if one.mark is not None and one.mark.was_there]

    @property
    def people_there(self) -> list[int]:
        """Those with a record who were there."""
        return [person for person, mark in self.marks.items() if mark.was_there]

    @property
    def there(self) -> int:
        """How many were there, guests too."""
        return len(self.people_there) + len(self.guests_there)


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """All that the reports of a year («2026/2027») are made of. `people` are those in the lists, and whoever
    else was marked or promised to come; `notes` hold the head's words, empty where she leaves them out, and
    lack those that nobody wrote. Title, preamble and skipped rows are the plan's; `tasks` count by event how
    many have done it, and how many are named for it; `leading` are the coordinators. `without_talks` are the
    events of which the head said that nobody spoke there."""

    label: str
    association: str
    heads: tuple[str, ...]
    rows: tuple[PlannedRow, ...]
    gatherings: tuple[Gathering, ...]
    people: tuple[Participant, ...]
    schools: tuple[str, ...]
    notes: Mapping[Note, str]
    title: str = ""
    preamble: tuple[tuple[str, str], ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    tasks: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    without_talks: frozenset[int] = frozenset()
    leading: frozenset[int] = frozenset()

    @property
    def beyond(self) -> list[Gathering]:
        """What stands in no row of the plan."""
        planned = {row.event.id for row in self.rows if row.event is not None}
        return [one for one in self.gatherings if one.event.id not in planned]

    @property
    def held(self) -> list[Gathering]:
        """What took place."""
        return [one for one in self.gatherings if one.held]

    @property
    def rolled(self) -> list[Gathering]:
        """What took place and was called over."""
        return [one for one in self.gatherings if one.rolled]

    def of_kind(self, kind: Kind) -> list[Gathering]:
        """The gatherings of a kind."""
        return [one for one in self.gatherings if one.event.kind is kind]


@dataclass(frozen=True, slots=True)
class Tally:
    """Of people in a list: how many were marked, and were there; how many promised, and of these were marked,
    and were there."""

    marked: int = 0
    there: int = 0
    promised: int = 0
    promised_marked: int = 0
    promised_there: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)))

    @property
    def of_invited(self) -> float | None:
        """Which part of those who were marked was there; None where nobody was marked."""
        return self.there / self.marked if self.marked else None

    @property
    def of_promised(self) -> float | None:
        """Which part of those who promised, and were marked, was there."""
        return self.promised_there / self.promised_marked if self.promised_marked else None


@dataclass(frozen=True, slots=True)
class Totals:
    """Attendance by person, by school (empty title: of none) and by event."""

    people: Mapping[int, Tally]
    schools: Mapping[str, Tally]
    events: Mapping[int, Tally]


def totals(gatherings: Iterable[Gathering], people: Sequence[Participant]) -> Totals:
    """The marks and promises of these people at these gatherings, summed up three ways."""
    schools = {one.person_id: one.school for one in people}
    by_person = {one.person_id: [0] * _CELLS for one in people}
    by_school = {one.school: [0] * _CELLS for one in people}
    by_event: dict[int, list[int]] = {}
    for gathering in gatherings:
        marks, promised = gathering.marks, gathering.promised
        of_event = by_event[gathering.event.id] = [0] * _CELLS
        for person in [*marks, *(promised - marks.keys())]:
            if person not in schools:
                continue  # a guest
            cell = 3 * (person in promised) + _CELL[marks.get(person)]
            of_event[cell] += 1
            by_person[person][cell] += 1
            by_school[schools[person]][cell] += 1
    return Totals(
        people={person: _tally(cells) for person, cells in by_person.items()},
        schools={school: _tally(cells) for school, cells in by_school.items()},
        events={event: _tally(cells) for event, cells in by_event.items()},
    )


# Somebody promised or not, and was unmarked, not there, or there: of each pair it is counted how many.
_CELLS = 6
_CELL: dict[Mark | None, int] = {None: 0, **{mark: 1 + mark.was_there for mark in Mark}}


def _tally(cells: Sequence[int]) -> Tally:
    _, away, there, silent, promised_away, promised_there = cells
    return Tally(
        marked=away + there + promised_away + promised_there,
        there=there + promised_there,
        promised=silent + promised_away + promised_there,
        promised_marked=promised_away + promised_there,
        promised_there=promised_there,
    )


def done_of(event: Event, now: datetime, *, marked: bool) -> Done:
    """How an event stands: where people were marked it took place, unless it was said not to have."""
    if event.called_off:
        return Done.NOT_HELD
    if event.status is Status.HELD:
        return Done.HELD
    if event.ends_at > now:
        return Done.AHEAD
    return Done.HELD if marked else Done.UNMARKED


@dataclass(frozen=True, slots=True)
class SchoolSeen:
    """A school: how many people it has in the lists, at how many gatherings somebody of it was, and how many
    of the last ones it was not seen at."""

    title: str
    people: int
    seen: int
    missed: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which schools were seen at the gatherings that were called over (`called`), and which newcomers of the
    year never were."""

    called: int
    schools: tuple[SchoolSeen, ...]
    newcomers: tuple[Participant, ...]

    @property
    def seen(self) -> int:
        """How many schools were seen at all."""
        return sum(one.seen > 0 for one in self.schools)

    @property
    def missing(self) -> list[SchoolSeen]:
        """Those with people that were not seen twice running or more, the longest unseen first."""
        those = [one for one in self.schools if one.people and one.missed >= MISSED_RUNNING]
        return sorted(those, key=lambda one: -one.missed)

    @property
    def empty(self) -> list[SchoolSeen]:
        """Those without a person in the lists."""
        return [one for one in self.schools if not one.people]


def coverage(year: SchoolYear) -> Coverage:
    """The schools of a year, in their order, by who was seen. A guest counts for the school that she named;
    a newcomer is one who joined this year, before something that was called over, and leads none of it."""
    called = sorted(year.rolled, key=lambda one: one.event.starts_at)
    of_person = {one.person_id: one.schools for one in year.people}
    by_key = {school_key(title): title for title in year.schools}
    seen = [
        {
            *(title for person in one.people_there for title in of_person.get(person, ())),
            *(by_key.get(school_key(guest.organisation), "") for guest in one.guests_there),
        }
        for one in called
    ]
    people = Counter(title for one in year.people if one.listed for title in one.schools)
    schools = [
        SchoolSeen(
            title,
            people[title],
            sum(title in those for those in seen),
            next((missed for missed, those in enumerate(reversed(seen)) if title in those), len(seen)),
        )
        for title in year.schools
    ]
    came = {person for one in called for person in one.people_there}
    newcomers = [
        one
        for one in year.people
        if one.listed
        and one.joined_at is not None
        and one.person_id not in came
        and one.person_id not in year.leading
        and one.joined_at.date() >= first_day_of(year.label)
        and any(one.joined_at < each.event.starts_at for each in called)
    ]
    return Coverage(len(called), tuple(schools), tuple(newcomers))


def missing(year: SchoolYear) -> list[Missing]:
    """What the year's reports still lack, the earliest event first; then rows of the plan without an event,
    the words of the analysis, and last what not every meeting has: talks."""
    found, without_talks = [], []
    for one in year.gatherings:
        if one.event.status is Status.PLANNED and one.done in {Done.UNMARKED, Done.HELD}:
            found.append(Missing(Lack.SAID, one.event))
        elif one.held and not one.rolled:
            found.append(Missing(Lack.ROLL, one.event))
        elif one.held and one.event.kind is Kind.MEETING and one.protocol is None:
            found.append(Missing(Lack.PROTOCOL, one.event))
        if _lacks_talks(one) and one.event.id not in year.without_talks:
            without_talks.append(Missing(Lack.TALKS, one.event))
    rows = [Missing(Lack.ROW, row=one) for one in year.rows if one.event is None and not one.result]
    words = [Missing(Lack.WORDS, note=note) for note in Note if note not in year.notes]
    return [*found, *rows, *words, *without_talks]


def _lacks_talks(one: Gathering) -> bool:
    """Whether people met, may have shared experience, and nothing of that is written down."""
    return one.event.status is Status.HELD and one.event.kind is not Kind.CONTEST and not one.talks


def is_written_up(label: str, today: date) -> bool:
    """Whether it is time to write a year («2026/2027») up."""
    return today >= date(first_year_of(label) + 1, *_WRITTEN_UP_FROM)


def first_day_of(label: str) -> date:
    """The first day of a school year."""
    return date(first_year_of(label), FIRST_MONTH, 1)


def offered_notes(preamble: Mapping[str, str]) -> dict[Note, str]:
    """What the head of a plan offers for the analysis: its theme, the association's own before others', and
    its aims."""
    offered = {}
    themes = [text for name, text in preamble.items() if "тема" in name.casefold()]
    own = [text for name, text in preamble.items() if {"рмо", "гмо", "объединения"} & _words(name)]
    if themes:
        offered[Note.THEME] = next((text for text in own if text in themes), themes[0])
    aims = [text for name, text in preamble.items() if name.casefold().startswith("цел")]
    if aims:
        offered[Note.AIMS] = aims[0]
    return offered


def _words(text: str) -> set[str]:
    return set(text.casefold().split())


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a person did at one event: whether she presented it, and what she spoke of."""

    title: str
    period: Period
    hosted: bool
    talks: tuple[tuple[str, TalkForm], ...]

    @property
    def hours(self) -> float | None:
        """How long it was by the clock, in hours; None where its beginning or its end is not known."""
        start, end = self.period.start_time, self.period.end_time
        if start is None or end is None:
            return None
        return (end.hour - start.hour) + (end.minute - start.minute) / 60


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What one person was at, in order; `head` signs it (empty where nobody or several could)."""

    name: str
    school: str
    association: str
    head: str
    appearances: tuple[Appearance, ...]
