"""Who is meant by a target, as a condition on memberships."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, true

from domain.broadcasts import OF_EVENT, Target, Whom
from domain.records import Standing
from storage.joins import CONCERNED, TAKES_PART
from storage.tables import event_people, events, group_members, memberships, persons, rsvps

# Somebody to write to: a member, in Telegram, who has not blocked the bot.
IN_TELEGRAM = persons.c.telegram_id.is_not(None) & persons.c.unreachable_at.is_(None)


def meant(target: Target) -> ColumnElement[bool]:
    """Whether a membership is among those whom the target means: members, and guests of an event where it
    speaks of one."""
    there = memberships.c.status == Standing.ACTIVE
    if target.whom in OF_EVENT:
        there |= (memberships.c.status == Standing.GUEST) & exists().where(
            event_people.c.association_id == memberships.c.association_id,
            event_people.c.event_id == target.about,
            event_people.c.person_id == memberships.c.person_id,
        )
    return there & _whom(target)


def _whom(target: Target) -> ColumnElement[bool]:
    match target.whom:
        case Whom.ALL:
            return true()
        case Whom.SCHOOL:
            return memberships.c.school_id == target.about
        case Whom.GROUP:
            return exists().where(
                group_members.c.association_id == memberships.c.association_id,
                group_members.c.group_id == target.about,
                group_members.c.person_id == memberships.c.person_id,
            )
        case Whom.COMING:
            return _answered(target.about, TAKES_PART)
        case Whom.SILENT:
            return ~_answered(target.about) & _is_for(target.about)


def _is_for(event_id: int | None) -> ColumnElement[bool]:
    """Whether an event is for her."""
    return exists().where(
        events.c.association_id == memberships.c.association_id, events.c.id == event_id, CONCERNED
    )


def _answered(event_id: int | None, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether she answered about the event's day as it stands."""
    return exists().where(
        and_(
            rsvps.c.association_id == memberships.c.association_id,
            rsvps.c.person_id == memberships.c.person_id,
            rsvps.c.event_id == event_id,
            events.c.association_id == rsvps.c.association_id,
            events.c.id == rsvps.c.event_id,
            rsvps.c.day_version == events.c.day_version,
            *conditions,
        )
    )
