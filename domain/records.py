"""What is remembered, as plain frozen records. Moments are aware UTC; days and hours are local."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.full_names import FullName
from domain.period import Period
from domain.plan_draft import Kind
from domain.roles import Role


class Answer(StrEnum):
    """An rsvp."""

    GOING = "going"
    DECLINED = "declined"
    UNDECIDED = "undecided"


class Status(StrEnum):
    """Whether an event is to take place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    # Said by the coordinator once it is over.
    HELD = "held"
    NOT_HELD = "not_held"


class Standing(StrEnum):
    """How a person stands to an association."""

    JOINING = "joining"  # consented; name or school are still to come
    REQUESTED = "requested"  # waits until a coordinator lets her in
    ACTIVE = "active"
    AWAY = "away"  # on a long leave: nothing is sent, no answer is waited for
    LEFT = "left"  # withdrew
    GONE = "gone"  # works there no more, as a coordinator said
    REFUSED = "refused"  # was not let in
    MERGED = "merged"  # turned out to be somebody who has another record


# Those who stand in the lists, and those who are on their way into them.
LISTED = frozenset({Standing.ACTIVE, Standing.AWAY})
ARRIVING = frozenset({Standing.JOINING, Standing.REQUESTED})


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What a conversation waits for: a step, and what was said so far."""

    step: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Association:
    """РМО, with the settings that its people see."""

    id: int
    title: str
    town: str
    zone: ZoneInfo
    school_year: str
    usual_time: str
    consent_text: str
    consent_version: int
    set_up: bool
    profile_id: int
    # Who opens an invitation waits until a coordinator lets her in.
    by_request: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting person in the association she acts in, read once an update."""

    person_id: int
    telegram_id: int
    name: FullName | None
    dialogue: Dialogue | None
    role: Role
    school: str | None
    association: Association | None
    unreachable: bool

    @property
    def home(self) -> Association:
        """The association she acts in. Raises DomainError(`not_a_member`) for one who is in none."""
        if self.association is None:
            raise DomainError("not_a_member")
        return self.association


@dataclass(frozen=True, slots=True)
class Activity:
    """A row of a plan."""

    id: int
    number: str
    section: str | None
    title: str
    kind: Kind
    audience: str
    when_text: str
    year_round: bool
    recurs: str | None
    venue: str
    responsible: str


@dataclass(frozen=True, slots=True)
class Event:
    """A dated instance of an activity (or of several) that people come to."""

    id: int
    association_id: int
    title: str
    kind: Kind
    # Whether people come to it, and so are asked if they do.
    gathering: bool
    period: Period
    venue: str
    entrance: str
    bring: str
    online: bool
    link: str
    responsible: str
    audience: str
    status: Status
    reason: str
    starts_at: datetime
    ends_at: datetime
    answers_until: datetime | None
    # The deadline that the coordinator named for answers; see domain.rsvp.answer_deadline.
    answer_by: datetime | None
    revision: int
    schedule_version: int
    day_version: int
    announced_at: datetime | None
    # When people were last told of a change at once.
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """An event as one person sees it: with her own answer and the count of those who come."""

    event: Event
    answer: Answer | None
    going: int
    # How many other events are not over yet.
    others_ahead: int = 0
    # Of a task: whether it is hers, and whether she has done it.
    named: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an event, and who made it so."""

    number: int
    kind: str
    period: Period
    title: str
    venue: str
    entrance: str
    online: bool
    link: str
    status: Status
    by_person_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that counts, and when it was given first (UTC)."""

    answer: Answer
    at: datetime


@dataclass(frozen=True, slots=True)
class Attendee:
    """One line of the list of who comes. `phone` is empty where none is known; `reachable` is False for who
    is not in Telegram, or has blocked the bot."""

    person_id: int
    name: FullName
    school: str | None
    answer: Answer | None
    phone: str = ""
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who is named for a task, and when she had it done."""

    person_id: int
    name: FullName
    school: str | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupChat:
    """The association's chat in Telegram; `topic_id` where it has topics and one was chosen."""

    id: int
    association_id: int
    telegram_id: int
    topic_id: int | None
    title: str


@dataclass(frozen=True, slots=True)
class School:
    """A school (or another organisation) that people of an association come from."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person as her coordinator sees her. `school` stands in the sheets; `phone` is empty where none is
    known; `reachable` is False for who is not in Telegram or has blocked the bot; `away_until` (UTC) is the
    end of a long leave."""

    person_id: int
    name: FullName
    school: School | None
    other_schools: tuple[School, ...]
    position: str
    phone: str
    in_telegram: bool
    reachable: bool
    standing: Standing
    away_until: datetime | None

    @property
    def schools(self) -> tuple[School, ...]:
        """Everywhere she works, the sheets' school first."""
        return (*([self.school] if self.school else []), *self.other_schools)


@dataclass(frozen=True, slots=True)
class Group:
    """People whom a coordinator tells apart: heads, newcomers; `size` counts those in the lists."""

    id: int
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Two records that became one, and when (UTC)."""

    id: int
    kept_id: int
    dropped_id: int
    facts: Mapping[str, object]
    at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A way in: a code for links and digits for typing."""

    association_id: int
    code: str
    digits: str
    role: Role
    expires_at: datetime | None
    used: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What a member passed to the coordinator, and the reply."""

    id: int
    association_id: int
    person_id: int
    asker: FullName
    school: str | None
    question: str
    asked_at: datetime
    reply: str | None
