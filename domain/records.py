"""What is remembered, as plain frozen records. Moments are aware UTC; days and hours are local."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.full_names import FullName
from domain.holidays import Holidays
from domain.period import Period
from domain.plan_draft import Kind
from domain.roles import Part, Role


class Answer(StrEnum):
    """An rsvp."""

    GOING = "going"
    ONLINE = "online"  # joins by the link what others come to in person
    DECLINED = "declined"
    UNDECIDED = "undecided"
    WAITLISTED = "waitlisted"  # would come, but every seat is taken

    @property
    def takes_part(self) -> bool:
        """Whether she will be there, in person or by the link."""
        return self in {Answer.GOING, Answer.ONLINE}


class Mode(StrEnum):
    """How people come to an event."""

    ONSITE = "onsite"
    ONLINE = "online"
    MIXED = "mixed"  # in person or by the link, as each of them says


class Invited(StrEnum):
    """Whom an event is for: who is reminded of it and asked. Everybody finds it in the plan."""

    EVERYBODY = "everybody"
    GROUP = "group"  # the people of one group, with the coordinators
    GUESTS = "guests"  # those alone who have a part in it: by an invitation, or because they present it
    NOBODY = "nobody"


class Done(StrEnum):
    """How far a row of the plan is fulfilled."""

    HELD = "held"
    NOT_HELD = "not_held"  # cancelled, or said not to have taken place
    UNMARKED = "unmarked"  # over, and nobody said whether it took place
    AHEAD = "ahead"
    YEAR_ROUND = "year_round"  # work without a date


class Reason(StrEnum):
    """Why somebody cannot come, as buttons say it: none of them names an illness."""

    LESSONS = "lessons"
    SCHOOL = "school"
    FAMILY = "family"


class Mark(StrEnum):
    """Attendance as it is marked; who is unmarked was not looked at, and is never taken for absent."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"

    @property
    def was_there(self) -> bool:
        """Whether it counts as having been there."""
        return self is Mark.PRESENT or self is Mark.LATE


class Way(StrEnum):
    """How a mark came about."""

    QR = "qr"  # the code of the event, by a camera
    DIGITS = "digits"  # the same, typed
    WORD = "word"  # said in the room
    SELF = "self"  # «Я на месте»
    ASKED = "asked"  # she was asked afterwards
    ROLL = "roll"  # by who runs the event

    @property
    def witnessed(self) -> bool:
        """Whether it came about in the room, or by who runs the event: not by her own word afterwards."""
        return self is not Way.ASKED


class PaperKind(StrEnum):
    """What is kept of an event as a scan or a photograph."""

    LETTER = "letter"  # the signed letter to the directors
    SHEET = "sheet"  # the attendance sheet with its signatures


class Status(StrEnum):
    """Whether an event is to take place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    # Said by the coordinator once it is over.
    HELD = "held"
    NOT_HELD = "not_held"
    # Held together with another event, which speaks for it.
    JOINED = "joined"


class Standing(StrEnum):
    """How a person stands to an association."""

    JOINING = "joining"  # consented; name or school are still to come
    REQUESTED = "requested"  # waits until a coordinator lets her in
    GUEST = "guest"  # stands in no list: has a part in single events
    ACTIVE = "active"
    OVERSEEING = "overseeing"  # a methodist: reads what is planned and held, is in no list
    AWAY = "away"  # on a long leave: nothing is sent, no answer is waited for
    LEFT = "left"  # withdrew
    GONE = "gone"  # works there no more, as a coordinator said
    REFUSED = "refused"  # was not let in
    MERGED = "merged"  # turned out to be somebody who has another record


# Those who stand in the lists; those who act in the association, be it from outside; and those who are on
# their way into it.
LISTED = frozenset({Standing.ACTIVE, Standing.AWAY})
MEMBERS = LISTED | {Standing.OVERSEEING}
INSIDE = MEMBERS | {Standing.GUEST}
ARRIVING = frozenset({Standing.JOINING, Standing.REQUESTED})


class Detail(StrEnum):
    """What is kept of a person only where her association has turned it on."""

    PHONE = "phone"  # out of a list; her own number she gives as she likes
    CATEGORY = "category"
    SERVICE = "service"  # years of it, as they were written


class ClaimState(StrEnum):
    """What became of somebody's «да, это я»."""

    TAKEN = "taken"  # the record had no account: it is hers
    WAITING = "waiting"  # it has one, or is of another school: the coordinator is asked
    ASKED = "asked"  # it was the coordinator who asked her, and she has not said yet
    GRANTED = "granted"
    REFUSED = "refused"


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
    # What it keeps of its people beside name, school and position.
    keeps: frozenset[Detail] = frozenset()
    # Where it usually meets; empty where no place is usual.
    usual_venue: str = ""
    holidays: tuple[Holidays, ...] = ()
    # Its own words for who comes in; empty for those that come with Звонок.
    greeting: str = ""
    # How long before and after an event people can check in.
    checkin_before: timedelta = timedelta(minutes=30)
    checkin_after: timedelta = timedelta(minutes=30)
    # Whether who was at an event is asked for a word about it.
    asks_feedback: bool = False
    # The methodical centre, as letters name it; empty where it is not known.
    centre: str = ""


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
    # What she is in her other associations.
    elsewhere: tuple[Role, ...] = ()

    @property
    def home(self) -> Association:
        """The association she acts in. Raises DomainError(`not_a_member`) for one who is in none."""
        if self.association is None:
            raise DomainError("not_a_member")
        return self.association

    def asked(self, *steps: str) -> Mapping[str, object]:
        """What is kept of the dialogue that is open, where it is one of these steps and was not opened in
        another association; nothing otherwise."""
        if self.dialogue is None or self.dialogue.step not in steps or self.association is None:
            return {}
        facts = self.dialogue.facts
        return facts if facts.get("association", self.association.id) == self.association.id else {}

    @property
    def asked_event(self) -> int:
        """The event that the open dialogue is about. Raises DomainError(`event_unknown`) where there is
        none."""
        event_id = None if self.dialogue is None else self.dialogue.facts.get("event")
        if not isinstance(event_id, int):
            raise DomainError("event_unknown")
        return event_id


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
    mode: Mode
    link: str
    # How many can come in person; None where any number can.
    seats: int | None
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
    # Whether others are held together with it; and the one that it is held together with itself.
    joined: bool = False
    merged_into: int | None = None
    # Whom to ask: a name, a telephone number.
    contact: str = ""
    # Whom it is for; the group where it is for one.
    invited: Invited = Invited.EVERYBODY
    group_id: int | None = None

    @property
    def asks(self) -> bool:
        """Whether anybody is asked to come, once its day is known."""
        return self.gathering and self.invited is not Invited.NOBODY

    @property
    def awaited(self) -> bool:
        """Whether people come together for it, and it is to take place."""
        return self.gathering and self.status is Status.PLANNED

    @property
    def called_off(self) -> bool:
        """Whether it is cancelled, or said not to have taken place."""
        return self.status in {Status.CANCELLED, Status.NOT_HELD}

    @property
    def for_everybody(self) -> bool:
        """Whether it is one that everybody in the association is awaited at."""
        return self.awaited and self.invited is Invited.EVERYBODY

    def takes_answers(self, now: datetime) -> bool:
        """Whether people can answer at this moment (UTC)."""
        return self.answers_until is not None and self.answers_until > now


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """A row of the plan and one event that it stands for (None where the row has no date): how far that is
    fulfilled, by the marks of fulfilment, and the head's own words of what came of the row."""

    activity: int
    number: str
    title: str
    period: Period | None
    done: Done
    held_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the plan that an event stands for, with its own mark of fulfilment."""

    activity_id: int
    number: str
    title: str
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Card:
    """An event as one person sees it: with her own answer and the count of those who come; `joining` counts
    those who do so by the link of a mixed event."""

    event: Event
    answer: Answer | None
    going: int
    joining: int = 0
    # How many seats are taken, and how many people wait for one, where there are only so many. While she
    # does: her place in the line, and until when (UTC) one is kept for her, or was; `too_late`: she has just
    # asked for one that was.
    seated: int = 0
    line: int = 0
    place: int = 0
    offered_until: datetime | None = None
    too_late: bool = False
    # How many other events are not over yet.
    others_ahead: int = 0
    # Of a task: whether it is hers, and whether she has done it.
    named: bool = False
    done: bool = False
    # When the answer was given (UTC). Of «не смогу»: why (a Reason or her own words; empty where she did not
    # say), and who comes in her place, by name.
    answered_at: datetime | None = None
    reason: str = ""
    substitute: str = ""
    part: Part | None = None
    # How much there is to read, and how many will speak.
    materials: int = 0
    talks: int = 0
    # Whether the signed letter to the directors is there to be sent on.
    letter: bool = False
    # Whether it is for her, or she has answered; and what the group that it is for is called.
    asked: bool = True
    group: str = ""
    # Her mark, how and when it was made; until when the code word that was said last is taken (UTC).
    mark: Mark | None = None
    way: Way | None = None
    marked_at: datetime | None = None
    word_until: datetime | None = None

    @property
    def was_there(self) -> bool:
        """Whether she is marked as having been at the event."""
        return self.mark is not None and self.mark.was_there

    def certified(self, now: datetime) -> bool:
        """Whether there is a certificate for her at a moment (UTC): she was at what is over and took place,
        and not only by her own word."""
        seen = self.was_there and self.way is not None and self.way.witnessed
        return seen and self.event.ends_at <= now and not self.event.called_off


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an event, who made it so, and what changed: by the event's field, before and after."""

    number: int
    kind: str
    period: Period
    title: str
    venue: str
    entrance: str
    mode: Mode
    link: str
    status: Status
    by_person_id: int | None
    at: datetime
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """Something that was done in an association. A change of an event names it, its revision (`number`) and
    what changed; anything else has `facts`. `by` is None where the person is gone, or it was nobody."""

    at: datetime
    kind: str
    by: FullName | None
    event_id: int | None = None
    number: int | None = None
    title: str = ""
    period: Period | None = None
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    # The person whom it was done to.
    whom: FullName | None = None
    # The other record that it was about, and the talk: the theme, or else who speaks, if that is known still.
    other: FullName | None = None
    talk: str = ""
    # Of what is no change of an event.
    line_id: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that counts, and when it was given first (UTC); `offered_until` is until when a seat is kept
    for one who waits, or was for one who said nothing in time."""

    answer: Answer
    at: datetime
    offered_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """A member, or a guest who is in the bot, and her answer. `phone` is empty where none is known;
    `reachable` is False for who is not in Telegram, or has blocked the bot; `answered_at` (UTC) orders those
    who wait for a seat; `reason` is a Reason or her own words, empty where she did not say. In her place
    comes a member (`substitute_id`), or somebody by name."""

    person_id: int
    name: FullName
    school: str | None
    answer: Answer | None
    phone: str = ""
    reachable: bool = True
    answered_at: datetime | None = None
    reason: str = ""
    substitute_id: int | None = None
    substitute_name: str = ""
    # She is no member: `school` is where she comes from.
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Guest:
    """Who comes to an event without being in the bot, as written down; `organisation` is empty where none was
    named; `mark` once somebody saw whether she was there."""

    id: int
    name: str
    organisation: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether somebody was there, how that came to be known, when it was marked (UTC) and by whom; `by` is
    None where that person is gone."""

    person_id: int
    mark: Mark
    way: Way
    at: datetime
    by: int | None = None

    @property
    def to_confirm(self) -> bool:
        """Whether nobody but herself says that she was there."""
        return self.mark.was_there and not self.way.witnessed


@dataclass(frozen=True, slots=True)
class Marked:
    """Somebody with a mark, as a list says it: where she comes from (empty where that is not known), by which
    way and when (UTC) she was marked; both None for a guest who is not in the bot."""

    name: str
    school: str
    mark: Mark
    way: Way | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodeWord:
    """The word that is said in the room, and until when it is taken (UTC)."""

    word: str
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody who was there said of an event, and when (UTC)."""

    person_id: int
    name: FullName
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """A scan or a photograph that belongs to an event; the file lies with Telegram. `removed` while it is
    taken out and can still be brought back."""

    id: int
    event_id: int
    kind: PaperKind
    file_id: str
    picture: bool
    removed: bool = False


@dataclass(frozen=True, slots=True)
class OwnBlank:
    """An association's own blank of a document: a .docx, and what the file was called."""

    content: bytes
    file_name: str


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
    role: Role = Role.MEMBER
    category: str = ""
    service: str = ""

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


class Passing(StrEnum):
    """Where a handover of the desk stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"  # taken back after it was accepted


@dataclass(frozen=True, slots=True)
class Handover:
    """The desk on its way from its coordinator (`from_id`) to a member (`to_id`), or to whoever opens the
    invitation of this code. `leaves`: whether she leaves the association; `role_before` is what the new one
    was until she accepted; moments are UTC by the Clock."""

    id: int
    association_id: int
    from_id: int
    to_id: int | None
    code: str | None
    leaves: bool
    state: Passing
    role_before: Role | None
    offered_at: datetime
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Import:
    """A list of people that was stored, when (UTC), and the schools that were new with it."""

    id: int
    at: datetime
    school_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says that a record is hers; `merge_id` once it went into her own."""

    id: int
    person_id: int
    record_id: int
    state: ClaimState
    merge_id: int | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A way in: a code for links and digits for typing; a methodist's may open other associations `beside`
    its own."""

    association_id: int
    code: str
    digits: str
    role: Role
    expires_at: datetime | None
    used: bool
    beside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EventInvitation:
    """A way to one event: its guests share one, a presenter's is good once and for a while (`expires_at`)."""

    association_id: int
    event_id: int
    part: Part
    code: str
    digits: str
    expires_at: datetime | None
    used: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """Who presents an event. `member` is False for one who is in no list of the association; `reachable` as
    of an Attendee."""

    person_id: int
    name: FullName
    school: str | None
    member: bool
    reachable: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a message is for, whether she is in other associations too (then it names its own), and whether
    she is not in this one any more."""

    name: FullName
    elsewhere: bool
    outside: bool


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


class MaterialKind(StrEnum):
    """What a material is."""

    LINK = "link"
    DOCUMENT = "document"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Material:
    """Something to read that belongs to an event: a link, or a file that lies with Telegram. `title` is empty
    for a picture that came without words; `removed` while it is taken out and can still be brought back."""

    id: int
    event_id: int
    kind: MaterialKind
    title: str
    link: str
    file_id: str
    size: int
    removed: bool = False


class TalkForm(StrEnum):
    """How somebody speaks."""

    REPORT = "report"
    WORKSHOP = "workshop"
    EXPERIENCE = "experience"
    REVIEW = "review"
    OTHER = "other"


class TalkStanding(StrEnum):
    """How a talk stands to its event's programme."""

    PROPOSED = "proposed"  # by the speaker; waits for the coordinator
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REMOVED = "removed"  # by the coordinator, or by the speaker who proposed it


@dataclass(frozen=True, slots=True)
class Talk:
    """Somebody speaks at an event. Her name and organisation are those that she had when it was entered, both
    empty once she had everything about herself erased; `person_id` is None for one who is no member."""

    id: int
    event_id: int
    person_id: int | None
    speaker: str
    organisation: str
    theme: str
    form: TalkForm
    standing: TalkStanding

    @property
    def confirmed(self) -> bool:
        """Whether it stands in the programme."""
        return self.standing is TalkStanding.CONFIRMED
