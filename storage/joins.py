"""How rows of several tables belong together, where several repositories ask for it."""

from sqlalchemy import and_, case, func, or_, select

from domain.records import Answer
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

# How many come to an event: who said so, who comes by name in the place of one who cannot, guests.
COMING = (
    select(func.count())
    .where(
        rsvps.c.association_id == events.c.association_id,
        rsvps.c.event_id == events.c.id,
        rsvps.c.day_version == events.c.day_version,
        or_(rsvps.c.answer == Answer.GOING.value, rsvps.c.substitute_name != ""),
    )
    .correlate(events)
    .scalar_subquery()
) + (
    select(func.count())
    .where(event_guests.c.association_id == events.c.association_id, event_guests.c.event_id == events.c.id)
    .correlate(events)
    .scalar_subquery()
)
