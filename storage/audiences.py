"""Whom a message is for: people of an association, as rows to be counted or written to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, exists, literal, select

from domain.broadcasts import Target
from domain.records import Answer, Event, Invited, Standing
from storage.joins import CONCERNED, concerned
from storage.tables import assignments, events, memberships, persons, rsvps
from storage.targets import IN_TELEGRAM, meant

# Somebody to write to: a member, in Telegram, who has not blocked the bot.
REACHABLE = (memberships.c.status == Standing.ACTIVE) & IN_TELEGRAM
# A methodist hears of what changes, and of nothing else.
OVERSEES = memberships.c.status == Standing.OVERSEEING


def has_answered(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether she has an answer that counts, and fulfils the conditions."""
    return exists().where(
        rsvps.c.association_id == events.c.association_id,
        rsvps.c.event_id == events.c.id,
        rsvps.c.person_id == memberships.c.person_id,
        rsvps.c.day_version == events.c.day_version,
        *conditions,
    )


SAID_NOTHING = ~has_answered()
# She said that she would come, be it of another day or while the event was for her.
_PROMISED = (memberships.c.status == Standing.ACTIVE) & exists().where(
    rsvps.c.association_id == events.c.association_id,
    rsvps.c.event_id == events.c.id,
    rsvps.c.person_id == memberships.c.person_id,
    rsvps.c.answer.in_([Answer.GOING, Answer.ONLINE]),
)


def people(association_id: int, *conditions: ColumnElement[bool]) -> Select[Any]:
    """People of an association, however they stand to it."""
    return (
        select(memberships.c.association_id, memberships.c.person_id)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(memberships.c.association_id == association_id, *conditions)
    )


def members(association_id: int, *conditions: ColumnElement[bool]) -> Select[Any]:
    """The reachable members of an association, to be told something."""
    return people(association_id, REACHABLE, *conditions)


def to_agree(association_id: int, version: int) -> Select[Any]:
    """Who agreed to an earlier wording of the consent: members, and guests of single events."""
    here = memberships.c.status.in_([Standing.ACTIVE, Standing.GUEST])
    return people(association_id, here, IN_TELEGRAM, memberships.c.consent_version < version)


def among(event: Event, whom: ColumnElement[bool], *conditions: ColumnElement[bool]) -> Select[Any]:
    """Those of an event who fulfil a condition that speaks of it, and can be written to."""
    return people(event.association_id, whom, IN_TELEGRAM, *conditions).join(
        events, (events.c.association_id == memberships.c.association_id) & (events.c.id == event.id)
    )


def meant_by(association_id: int, target: Target) -> Select[Any]:
    """Whom a target means, reachable or not."""
    return people(association_id, meant(target))


def hearing_of_new(association_id: int, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Those who hear of a new gathering: the members, and who oversees them."""
    return people(association_id, REACHABLE | (OVERSEES & IN_TELEGRAM), *conditions)


def concerned_by(
    event: Event, *conditions: ColumnElement[bool], whom: ColumnElement[bool] = CONCERNED
) -> Select[Any]:
    """Everybody whom it is for, who said that she comes, and its guests; of a task those who are named
    for it and have not done it; and who oversees it."""
    if event.gathering:
        return among(event, whom | _PROMISED | OVERSEES, *conditions)
    has_to_do_it = exists().where(
        assignments.c.association_id == memberships.c.association_id,
        assignments.c.person_id == memberships.c.person_id,
        assignments.c.event_id == event.id,
        assignments.c.done_at.is_(None),
    )
    named = (REACHABLE & has_to_do_it) | (OVERSEES & IN_TELEGRAM)
    return people(event.association_id, named, *conditions)


def silent(event: Event, but: int | None) -> Select[Any]:
    """Those it is for who have said nothing about the day as it stands, except one."""
    return among(event, CONCERNED, SAID_NOTHING, memberships.c.person_id != (but or 0))


def were_it_for(invited: Invited, group_id: int | None) -> ColumnElement[bool]:
    """Whom an event would concern, were it for these."""
    return concerned(literal(invited.value, String()), literal(group_id, events.c.group_id.type))
