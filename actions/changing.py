"""An event changed: the change, its revision and the messages about it in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.changes import MERGING, change_due, is_urgent
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Event, Status
from domain.rsvp import answers_until
from domain.timing import TimingProfile
from storage.mailing import Change
from storage.outbox import Message
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# After a change at short notice the coordinators get the list of those who have not pressed «Вижу».
_UNSEEN_AFTER = timedelta(minutes=20)

CANCEL_STEP = "cancel"
PLACE_STEP = "place"
DEADLINE_STEP = "deadline"
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Changed:
    """An event as it stands after a change, and how many people hear of it."""

    event: Event
    people: int
    changed: bool = True  # False where it stood so already


async def change_event(
    rows: Rows,
    event: Event,
    revision: int,
    values: Mapping[str, object],
    *,
    kind: str,
    by: int | None,
    now: datetime,
) -> Changed:
    """Changes an event that still stands at the revision that the coordinator saw, and tells its people.

    The first change is told at once, those of the next five minutes together at their end; at short notice
    each at once, and after twenty minutes the coordinators get those who have not seen it. Raises DomainError
    `event_changed`.
    """
    opens = event.told_at is None or now >= event.told_at + MERGING
    told_at = now if opens else event.told_at
    changed = await rows.association(event.association_id).events.change(
        event, revision, {**values, "told_at": told_at}, kind=kind, by=by, now=now
    )
    if changed is None:
        raise DomainError("event_changed", event_id=event.id)
    people = await _tell(rows, event, changed, by=by, now=now)
    await rows.group_chats.show(event.association_id, event.id, now)
    return Changed(changed, people)


async def _tell(rows: Rows, before: Event, after: Event, *, by: int | None, now: datetime) -> int:
    starts_at = _nearest_start(before, after, now)
    urgent = is_urgent(now, starts_at)
    due = {
        used.profile_id: change_due(
            now, starts_at, before.told_at, TimingProfile.from_canonical(used.settings)
        )
        for used in await rows.notices.profiles_in_use([after.association_id])
    }
    people = await rows.mailing.tell(Change(after, since=before.revision, due=due, urgent=urgent, but=by))
    if urgent:
        await rows.mailing.tell_coordinators(
            after.association_id,
            Message.UNSEEN,
            event_id=after.id,
            version=after.revision,
            due_at=now + _UNSEEN_AFTER,
        )
    return people


def _nearest_start(before: Event, after: Event, now: datetime) -> datetime:
    """When what changes begins, as people know it or as it is from now on: whichever is nearer."""
    starts = [one.starts_at for one in (before, after) if one.period.day_known and one.starts_at >= now]
    return min(starts, default=after.starts_at)


def schedule(event: Event, period: Period, status: Status, zone: ZoneInfo) -> dict[str, object]:
    """The columns that follow from an event's period and status, and what makes its reminders anew."""
    return {
        "period": period,
        "status": status,
        "starts_at": period.begins_at(zone),
        "ends_at": period.ends_at(zone),
        "answers_until": answers_until(event.gathering, period, status, zone),
        "schedule_version": event.schedule_version + 1,
    }


async def propose_change(uow: UnitOfWork, actor: Actor, event_id: int, step: str | None) -> Changed:
    """The event about to be changed, and how many people would hear of it; what is written next belongs to
    the step, if one is given. Raises DomainError `event_unknown`."""
    async with uow as rows:
        event = await known_event(rows.association(actor.home.id), event_id)
        people = await rows.mailing.count_members(actor.home.id, but=actor.person_id)
        if step is not None:
            await rows.people.wait_for(actor.person_id, step, event=event_id)
        await uow.commit()
    return Changed(event, people)


async def cancel(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, reason: str, now: datetime
) -> Changed:
    """Cancels an event; what was still to be sent about it is withdrawn.

    Raises DomainError `event_unknown`, `event_changed`, `event_over`, `reason_too_long`.
    """
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise DomainError("reason_too_long", longest=LONGEST_REASON)
    async with uow as rows:
        event = await known_event(rows.association(actor.home.id), event_id)
        if event.status is Status.CANCELLED:
            changed = Changed(event, 0, changed=False)
        else:
            _check_ahead(event, now)
            values = schedule(event, event.period, Status.CANCELLED, actor.home.zone) | {"reason": reason}
            changed = await change_event(
                rows, event, revision, values, kind="cancelled", by=actor.person_id, now=now
            )
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return changed


async def restore(uow: UnitOfWork, actor: Actor, event_id: int, revision: int, now: datetime) -> Changed:
    """Takes a cancellation back; earlier answers count again, and are asked about.

    Raises DomainError `event_unknown`, `event_changed`, `event_over`.
    """
    async with uow as rows:
        event = await known_event(rows.association(actor.home.id), event_id)
        if event.status is Status.PLANNED:
            changed = Changed(event, 0, changed=False)
        else:
            _check_ahead(event, now)
            values = schedule(event, event.period, Status.PLANNED, actor.home.zone) | {
                "reason": "",
                "announced_at": now if event.period.day_known else event.announced_at,
            }
            changed = await change_event(
                rows, event, revision, values, kind="restored", by=actor.person_id, now=now
            )
        await uow.commit()
    return changed


async def set_place(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, place: Mapping[str, object], now: datetime
) -> Changed:
    """Sets where people go (`venue`, `entrance`), how they join (`online`, `link`) or what they bring
    (`bring`). Only what leads them elsewhere is told.

    Raises DomainError `event_unknown`, `event_changed`, `event_over`, `event_cancelled`.
    """
    async with uow as rows:
        event = await known_event(rows.association(actor.home.id), event_id)
        _check_planned(event)
        _check_ahead(event, now)
        values = {name: value for name, value in place.items() if getattr(event, name) != value}
        if not values:
            changed = Changed(event, 0, changed=False)
        elif set(values) == {"bring"}:
            changed = await _quietly(rows, event, revision, values, kind="bring", by=actor, now=now)
        else:
            if "online" in values:  # an online event has reminders of its own
                values["schedule_version"] = event.schedule_version + 1
            changed = await change_event(
                rows, event, revision, values, kind="place", by=actor.person_id, now=now
            )
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return changed


async def set_deadline(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, answer_by: datetime, now: datetime
) -> Changed:
    """Names the deadline for answers (UTC); the last call moves with it. Nobody is told.

    Raises DomainError `event_unknown`, `event_changed`, `no_answer_needed`, `deadline_in_past`,
    `deadline_after_start`.
    """
    async with uow as rows:
        event = await known_event(rows.association(actor.home.id), event_id)
        if event.answers_until is None:
            raise DomainError("no_answer_needed", event_id=event.id)
        if answer_by <= now:
            raise DomainError("deadline_in_past")
        if answer_by > event.answers_until:
            raise DomainError("deadline_after_start")
        values = {"answer_by": answer_by, "planned_version": 0}
        changed = await _quietly(rows, event, revision, values, kind="deadline", by=actor, now=now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return changed


async def _quietly(
    rows: Rows,
    event: Event,
    revision: int,
    values: Mapping[str, object],
    *,
    kind: str,
    by: Actor,
    now: datetime,
) -> Changed:
    """A change with its revision that nobody is told of."""
    changed = await rows.association(event.association_id).events.change(
        event, revision, dict(values), kind=kind, by=by.person_id, now=now
    )
    if changed is None:
        raise DomainError("event_changed", event_id=event.id)
    return Changed(changed, 0)


async def mark_seen(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> None:
    """«Вижу»: she has read what was told of the event so far."""
    async with uow as rows:
        await rows.mailing.mark_seen(event_id, actor.person_id, now)
        await uow.commit()


async def known_event(ours: AssociationRows, event_id: int) -> Event:
    """One event of an association. Raises DomainError `event_unknown`."""
    event = await ours.events.get(event_id)
    if event is None:
        raise DomainError("event_unknown")
    return event


def _check_planned(event: Event) -> None:
    if event.status is not Status.PLANNED:
        raise DomainError("event_cancelled", event_id=event.id)


def _check_ahead(event: Event, now: datetime) -> None:
    if event.ends_at <= now:
        raise DomainError("event_over", event_id=event.id)
