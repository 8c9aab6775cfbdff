"""How rows of several tables belong together, where several repositories ask for it."""

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from domain.records import Answer, Mode
from storage.tables import event_guests, events, memberships, persons, rsvps, schools

MEMBERS_SCHOOL = and_(
    schools.c.association_id == memberships.c.association_id, schools.c.id == memberships.c.school_id
)

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


def answers_that_count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """How many answers to the event count and fulfil the conditions."""
    return (
        select(func.count())
        .where(
            SAID.c.association_id == events.c.association_id,
            SAID.c.event_id == events.c.id,
            SAID.c.day_version == events.c.day_version,
            *conditions,
        )
        .correlate(events, rsvps)
        .scalar_subquery()
    )


_MIXED = events.c.mode == Mode.MIXED
_BY_NAME = SAID.c.substitute_name != ""
# How many come to an event: who said so, who comes by name in the place of one who cannot, guests. Who joins
# a mixed event is counted apart; one that was mixed once, with the others.
COMING = case(
    (_MIXED, answers_that_count(or_(SAID.c.answer == Answer.GOING, _BY_NAME))),
    else_=answers_that_count(or_(SAID.c.answer.in_([Answer.GOING, Answer.ONLINE]), _BY_NAME)),
) + (
    select(func.count())
    .where(event_guests.c.association_id == events.c.association_id, event_guests.c.event_id == events.c.id)
    .correlate(events)
    .scalar_subquery()
)
JOINING = case((_MIXED, answers_that_count(SAID.c.answer == Answer.ONLINE)), else_=0)
