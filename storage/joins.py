"""How rows of several tables belong together, where several repositories ask for it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from domain.people import YO_AS_YE
from domain.records import Answer, Invited, Mode, PaperKind, Standing, TalkStanding
from domain.roles import Part, Role
from storage.tables import (
    event_activities,
    event_guests,
    event_people,
    events,
    group_members,
    materials,
    memberships,
    metadata,
    notices,
    outbox,
    papers,
    persons,
    revisions,
    rsvps,
    schools,
    talks,
)

MEMBERS_SCHOOL = and_(
    schools.c.association_id == memberships.c.association_id, schools.c.id == memberships.c.school_id
)


def by_name() -> list[ColumnElement[Any]]:
    """The order of people in every list: by surname, then by the other names, «Ё» as «Е». (By its number
    «Ё» would stand before «А».)"""
    return [*map(_ye_for_yo, (persons.c.surname, persons.c.given_name, persons.c.patronymic)), persons.c.id]


def _ye_for_yo(name: ColumnElement[Any]) -> ColumnElement[Any]:
    replaced = name
    for letter, other in YO_AS_YE.items():
        replaced = func.replace(replaced, letter, other)
    return replaced


def _has_part(event: FromClause, person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a person has a part in an event: its presenter, or a guest of it."""
    return (
        exists()
        .where(
            event_people.c.association_id == event.c.association_id,
            event_people.c.event_id == event.c.id,
            event_people.c.person_id == person_id,
        )
        .correlate(event, memberships)
    )


def _is(invited: ColumnElement[str], whom: Invited) -> ColumnElement[bool]:
    """The word stands in the statement itself: it is asked with every press."""
    return invited == literal_column(f"'{whom.value}'")


def _invites(
    event: FromClause,
    person_id: ColumnElement[Any],
    coordinates: ColumnElement[bool],
    invited: ColumnElement[str],
    group_id: ColumnElement[Any],
) -> ColumnElement[bool]:
    in_group = (
        exists()
        .where(
            group_members.c.association_id == event.c.association_id,
            group_members.c.group_id == group_id,
            group_members.c.person_id == person_id,
        )
        .correlate(event, memberships)
    )
    return (
        _is(invited, Invited.EVERYBODY)
        | (_is(invited, Invited.GROUP) & (coordinates | in_group))
        | (~_is(invited, Invited.NOBODY) & _has_part(event, person_id))
    )


def invites(event: FromClause, person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether an event (a row of `events`, by whatever alias) is for somebody of its association: one for
    everybody is, and nothing more is looked at; one for a group is for its people and the coordinators; and
    any that is for somebody, for who has a part in it."""
    return _invites(
        event, person_id, _runs_it(event, person_id, Role.COORDINATOR), event.c.invited, event.c.group_id
    )


def is_shown(event: FromClause, person_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether an event comes up for somebody who asks what is ahead: where it is for her, or where she is one
    who sees all that there is."""
    return invites(event, person_id) | _runs_it(event, person_id, Role.COORDINATOR, Role.METHODIST)


def _runs_it(event: FromClause, person_id: ColumnElement[Any], *roles: Role) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            memberships.c.association_id == event.c.association_id,
            memberships.c.person_id == person_id,
            memberships.c.role.in_([literal_column(f"'{one.value}'") for one in roles]),
        )
        .correlate(event)
    )


def concerned(
    invited: ColumnElement[str] = events.c.invited, group_id: ColumnElement[Any] = events.c.group_id
) -> ColumnElement[bool]:
    """Whom an event concerns, as a condition on memberships: members whom it is for, and of the guests those
    who were invited to it. There are few guests, and only for them the parts are looked at. As it would be,
    were it for others, where those are named."""
    members = (memberships.c.status == Standing.ACTIVE) & _for_member(invited, group_id)
    return members | (ITS_GUEST & ~_is(invited, Invited.NOBODY))


def _for_member(invited: ColumnElement[str], group_id: ColumnElement[Any]) -> ColumnElement[bool]:
    coordinates = memberships.c.role == Role.COORDINATOR
    return _invites(events, memberships.c.person_id, coordinates, invited, group_id)


# The same as `invites` of a membership, however it stands.
FOR_MEMBER = _for_member(events.c.invited, events.c.group_id)
# One who is a guest of an event, be it that nobody is invited to it any more.
ITS_GUEST = (memberships.c.status == Standing.GUEST) & _has_part(events, memberships.c.person_id)
CONCERNED = concerned()
# The acting person, in statements that are built once.
PERSON = bindparam("person", type_=memberships.c.person_id.type)

# The member who comes in another's place, and whoever does by name.
STAND_IN = persons.alias("stand_in")
SUBSTITUTE = case(
    (
        STAND_IN.c.id.is_not(None),
        func.trim(STAND_IN.c.surname + " " + STAND_IN.c.given_name + " " + STAND_IN.c.patronymic),
    ),
    else_=rsvps.c.substitute_name,
)

SAID = rsvps.alias("said")

# Whether anything would be lost with an event: every table that names events is asked, but for those of what
# is made with each of them, and of what is to be sent.
SOMETHING_HANGS = or_(
    *(
        exists().where(element.parent == events.c.id)
        for table in metadata.sorted_tables
        if table not in {event_activities, revisions, notices, outbox}
        for constraint in table.foreign_key_constraints
        for element in constraint.elements
        if element.column is events.c.id
    )
)


def answers(table: FromClause, answer: Answer) -> ColumnElement[bool]:
    """Whether an answer is this one. The word stands in the statement itself: there is an index on those who
    wait, and with a parameter in its place SQLite would plan each run anew."""
    return table.c.answer == literal_column(f"'{answer.value}'")


def stands(table: FromClause, standings: Iterable[Standing]) -> ColumnElement[bool]:
    """Whether a membership is one of these. The words stand in the statement itself: SQLAlchemy would write
    a list of parameters into it anew each time, and this is asked with every update."""
    return table.c.status.in_([literal_column(f"'{one.value}'") for one in sorted(standings)])


def of_merged(table: FromClause) -> ColumnElement[bool]:
    """Whether a row of events and people is that of a record which became one with another: the row of the
    one that stays counts."""
    merged = memberships.alias("merged")
    return exists().where(
        merged.c.association_id == table.c.association_id,
        merged.c.person_id == table.c.person_id,
        merged.c.status == Standing.MERGED,
    )


def takes_seat(table: FromClause) -> ColumnElement[bool]:
    """Whether an answer takes a seat: she comes in person, or sends somebody by name in her place. Who
    presents the event does not sit among those for whom the seats are counted."""
    comes = answers(table, Answer.GOING) | (answers(table, Answer.DECLINED) & (table.c.substitute_name > ""))
    presents = (
        exists()
        .where(
            event_people.c.association_id == table.c.association_id,
            event_people.c.event_id == table.c.event_id,
            event_people.c.person_id == table.c.person_id,
            event_people.c.part == Part.HOST,
        )
        .correlate(table)
    )
    return comes & ~presents


def answers_that_count(answer: Answer, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """How many people's answer to the event is this one, counts, and fulfils the conditions."""
    return (
        select(func.count())
        .where(
            SAID.c.association_id == events.c.association_id,
            SAID.c.event_id == events.c.id,
            SAID.c.day_version == events.c.day_version,
            answers(SAID, answer),
            *conditions,
        )
        .correlate(events, rsvps)
        .scalar_subquery()
    )


_MIXED = events.c.mode == literal_column(f"'{Mode.MIXED.value}'")
_ONLINE = answers_that_count(Answer.ONLINE)
_IN_ROOM = events.c.mode == literal_column(f"'{Mode.ONSITE.value}'")
_BY_LINK = events.c.mode == literal_column(f"'{Mode.ONLINE.value}'")
GUESTS = (
    select(func.count())
    .where(event_guests.c.association_id == events.c.association_id, event_guests.c.event_id == events.c.id)
    .correlate(events)
    .scalar_subquery()
)
# How many seats are taken: by those who answered, and by guests.
SEATED = (
    select(func.count())
    .where(
        SAID.c.association_id == events.c.association_id,
        SAID.c.event_id == events.c.id,
        SAID.c.day_version == events.c.day_version,
        takes_seat(SAID),
    )
    .correlate(events, rsvps)
    .scalar_subquery()
    + GUESTS
)
# What an answer says now: to a meeting that is online by now nobody comes but by the link; whether who meant
# to join comes to one that is held in a room by now, she has not said.
MEANT = case(
    (answers(rsvps, Answer.ONLINE) & _BY_LINK, literal_column(f"'{Answer.GOING.value}'")),
    (answers(rsvps, Answer.ONLINE) & _IN_ROOM, literal_column(f"'{Answer.UNDECIDED.value}'")),
    else_=rsvps.c.answer,
).label("answer")
# The same of one who takes part, in person or by the link.
TAKES_PART = answers(rsvps, Answer.GOING) | (answers(rsvps, Answer.ONLINE) & ~_IN_ROOM)
# How many come to an event: who said so, who comes by name in the place of one who cannot, guests. Who joins
# a mixed event is counted apart; one that is online by now, with the others. Every card shows them: each
# number is a look at an index.
COMING = (
    answers_that_count(Answer.GOING)
    + case((_BY_LINK, _ONLINE), else_=0)
    + answers_that_count(Answer.DECLINED, SAID.c.substitute_name > "")
    + GUESTS
)
JOINING = case((_MIXED, _ONLINE), else_=0)
# How much there is to read of an event, how many speak, whether the signed letter is there: as quickly looked
# up, since every card says it.
MATERIALS = (
    select(func.count())
    .where(
        materials.c.association_id == events.c.association_id,
        materials.c.event_id == events.c.id,
        materials.c.removed_at.is_(None),
    )
    .correlate(events)
    .scalar_subquery()
)
TALKS = (
    select(func.count())
    .where(
        talks.c.association_id == events.c.association_id,
        talks.c.event_id == events.c.id,
        talks.c.standing == literal_column(f"'{TalkStanding.CONFIRMED.value}'"),
    )
    .correlate(events)
    .scalar_subquery()
)
_SPOKEN_FOR = events.alias("spoken_for")
_SIGNED = and_(
    papers.c.association_id == events.c.association_id,
    papers.c.kind == literal_column(f"'{PaperKind.LETTER.value}'"),
    papers.c.removed_at.is_(None),
)
# Of events held together the letter may be that of another one; only of such is it looked for there.
LETTER = exists().where(_SIGNED, papers.c.event_id == events.c.id).correlate(events) | (
    events.c.alone.is_not(None)
    & exists()
    .where(
        _SIGNED,
        _SPOKEN_FOR.c.association_id == events.c.association_id,
        _SPOKEN_FOR.c.merged_into == events.c.id,
        papers.c.event_id == _SPOKEN_FOR.c.id,
    )
    .correlate(events)
)
