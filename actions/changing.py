"""An event changed: the change, its revision and the messages about it in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from actions.checking import asked_until, check_ahead, check_planned, check_runs, check_sees, known_event
from domain.changes import MERGING, change_due, is_urgent
from domain.errors import DomainError
from domain.local_hours import LocalHours
from domain.period import Period
from domain.records import Actor, Answer, Event, Mode, Revision, Status
from domain.roles import Right, may
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
DUE_STEP = "due"
# The kinds of revisions by which an event's day is announced, and those by which it may be.
_ANNOUNCING = frozenset({"created", "day_named", "moved", "restored"})
_MAY_ANNOUNCE = frozenset({"undone", "redone", "corrected"})
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
    people = await _tell(rows, changed, before=event, by=by, now=now)
    await rows.group_chats.show(event.association_id, event.id, now)
    return Changed(changed, people)


async def tell_of_presenter(rows: Rows, actor: Actor, changed: Event, now: datetime) -> None:
    """Coordinators are told what a presenter changed of her event, so that they can take it back."""
    if not may(actor.role, Right.DESK):
        await rows.mailing.tell_coordinators(
            changed.association_id,
            Message.PRESENTER,
            event_id=changed.id,
            version=changed.revision,
            due_at=now,
        )


async def announce_event(rows: Rows, event: Event, *, by: int, now: datetime) -> Changed:
    """Tells everybody of a gathering that they know nothing of, its day being named."""
    people = await _tell(rows, event, before=None, by=by, now=now)
    await rows.group_chats.show(event.association_id, event.id, now)
    return Changed(event, people)


async def _tell(rows: Rows, after: Event, *, before: Event | None, by: int | None, now: datetime) -> int:
    """A notice to everybody concerned, against the state that they know (None where they know of none)."""
    known = [after] if before is None else [before, after]
    # Who was to come hears of it where nobody comes together any more.
    after = replace(after, gathering=any(one.gathering for one in known))
    starts_at = _nearest_start(known, now) if after.gathering else None
    urgent = is_urgent(now, starts_at)
    told_at = None if before is None else before.told_at
    due = {
        used.profile_id: change_due(now, starts_at, told_at, TimingProfile.from_canonical(used.settings))
        for used in await rows.notices.profiles_in_use([after.association_id])
    }
    since = 0 if before is None else before.revision
    # Who is new to it by this very change hears of it for the first time.
    were = before if after.gathering and after.period.day_known else None
    people = await rows.mailing.tell(Change(after, since=since, due=due, urgent=urgent, but=by, were=were))
    if urgent:
        await rows.mailing.tell_coordinators(
            after.association_id,
            Message.UNSEEN,
            event_id=after.id,
            version=after.revision,
            due_at=now + _UNSEEN_AFTER,
        )
    return people


def _nearest_start(states: Sequence[Event], now: datetime) -> datetime | None:
    """When what changes begins, as people know it or as it is from now on: whichever is nearer. What goes on
    now, or takes place today at an hour that nobody named, begins now; None where no day is known."""
    return min(
        (max(one.starts_at, now) for one in states if one.period.day_known and one.ends_at > now),
        default=None,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What people were last told of an event while later changes still wait to be told."""

    state: Revision
    announced_at: datetime | None
    day_version: int


async def what_people_know(rows: Rows, event: Event) -> Known | None:
    """The state before the changes that nobody heard of yet; None where there are none, where some people
    know more than others, or where they do not know the event yet."""
    since = await rows.mailing.last_told(event)
    if not since:  # 0: they know nothing of it at all
        return None
    history = await rows.association(event.association_id).events.revisions(event.id)
    told = [one for one in history if one.number <= since]
    untold = [one for one in history if one.number >= since]
    announced = [one.at for one in told if _announces(one)]
    return Known(
        told[-1],
        announced[-1] if announced else None,
        event.day_version - _new_days(untold),
    )


def _announces(state: Revision) -> bool:
    """Whether people learnt from this change when an event is."""
    day_changed = not state.changes.keys().isdisjoint({"period", "status"})
    return state.kind in _ANNOUNCING or (state.kind in _MAY_ANNOUNCE and day_changed)


def _new_days(states: Sequence[Revision]) -> int:
    """How often answers stopped counting on the way from the first of these states to the last."""
    return sum(
        one.period != other.period and not same_day(one.period, other.period)
        for one, other in pairwise(states)
    )


def same_day(one: Period, other: Period) -> bool:
    """Whether an answer about the one is an answer about the other."""
    return one.day_known and (one.first_day, one.end) == (other.first_day, other.end)


async def due_by_profile(rows: Rows, association_id: int, now: datetime) -> dict[int, datetime]:
    """When people are told what is said now, by timing profile: at once, or after their quiet hours."""
    return {
        used.profile_id: LocalHours(TimingProfile.from_canonical(used.settings)).after_quiet(now)
        for used in await rows.notices.profiles_in_use([association_id])
    }


def schedule(event: Event, period: Period, status: Status, zone: ZoneInfo) -> dict[str, object]:
    """The columns that follow from an event's period and status, and what makes its reminders anew."""
    return {
        "period": period,
        "status": status,
        "starts_at": period.begins_at(zone),
        "ends_at": period.ends_at(zone),
        "answers_until": answers_until(event.asks, period, status, zone),
        "schedule_version": event.schedule_version + 1,
    }


async def propose_change(
    uow: UnitOfWork, actor: Actor, event_id: int, step: str | None, now: datetime, **facts: object
) -> Changed:
    """The event about to be changed, and how many people would hear of it. What is written next belongs to
    the step, and what was said so far (`facts`) is kept with it; None proposes to restore it.

    Raises DomainError `event_unknown`, `event_over`, `event_cancelled`, `no_answer_needed`,
    `deadline_in_past`, `deadline_after_start`, `day_in_past`, `only_host`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        event = await known_event(ours, event_id)
        if step is not None:
            check_planned(event)
        if step != DUE_STEP:
            check_ahead(event, now)
        if step == DEADLINE_STEP:
            _check_deadline(event, _moment(facts.get("answer_by")), now)
        if step == DUE_STEP and (day := facts.get("due")):
            _check_due(event, Period.deadline(date.fromisoformat(str(day))), actor, now)
        people = await rows.mailing.count_concerned(event, but=actor.person_id)
        await rows.people.wait_for(actor.person_id, step, event=event_id, **facts)
        await uow.commit()
    return Changed(event, people, changed=step is not None or event.status is not Status.PLANNED)


def _moment(written: object) -> datetime | None:
    return None if written is None else datetime.fromisoformat(str(written))


def tidy_reason(text: str) -> str:
    """A reason on one line. Raises DomainError `reason_too_long`."""
    reason = " ".join(text.split())
    if len(reason) > LONGEST_REASON:
        raise DomainError("reason_too_long", longest=LONGEST_REASON)
    return reason


async def cancel(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, reason: str, now: datetime
) -> Changed:
    """Cancels an event; what was still to be sent about it is withdrawn.

    Raises DomainError `event_unknown`, `event_changed`, `event_over`, `reason_too_long`.
    """
    reason = tidy_reason(reason)
    async with uow as rows:
        event = await known_event(rows.association(actor.home.id), event_id)
        if event.status is Status.CANCELLED:
            changed = Changed(event, 0, changed=False)
        else:
            check_planned(event)
            check_ahead(event, now)
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
            check_ahead(event, now)
            changed = await restore_event(rows, event, revision, actor, now)
        await uow.commit()
    return changed


async def restore_event(rows: Rows, event: Event, revision: int, actor: Actor, now: datetime) -> Changed:
    """A cancelled event takes place after all, within a unit of work. Raises DomainError `event_changed`."""
    known = await what_people_know(rows, event)
    unheard = known is not None and known.state.status is Status.PLANNED
    announced_at = known.announced_at if known and unheard else now
    values = schedule(event, event.period, Status.PLANNED, actor.home.zone) | {
        "reason": "",
        "announced_at": announced_at if event.period.day_known else event.announced_at,
    }
    return await change_event(rows, event, revision, values, kind="restored", by=actor.person_id, now=now)


async def set_place(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, place: Mapping[str, object], now: datetime
) -> Changed:
    """Sets where people go (`venue`, `entrance`), how they come (`mode`, `link`) or what they bring
    (`bring`). Only what leads them elsewhere is told.

    Raises DomainError `event_unknown`, `event_changed`, `event_over`, `event_cancelled`, `only_host`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        event = await known_event(ours, event_id)
        check_planned(event)
        check_ahead(event, now)
        values = {name: value for name, value in place.items() if getattr(event, name) != value}
        if not values:
            changed = Changed(event, 0, changed=False)
        elif set(values) == {"bring"}:
            changed = await change_quietly(rows, event, revision, values, kind="bring", by=actor, now=now)
        else:
            if "mode" in values:  # an online event has reminders of its own
                values["schedule_version"] = event.schedule_version + 1
                await keep_joining(ours, event, values["mode"])
            changed = await change_event(
                rows, event, revision, values, kind="place", by=actor.person_id, now=now
            )
            await tell_of_presenter(rows, actor, changed.event, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return changed


async def keep_joining(ours: AssociationRows, event: Event, mode: object) -> None:
    """Who comes to an online meeting comes by the link as before, once one can go there as well."""
    if event.mode is Mode.ONLINE and mode == Mode.MIXED:
        await ours.rsvps.restate(event.id, Answer.GOING, Answer.ONLINE)


async def set_deadline(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, answer_by: datetime, now: datetime
) -> Changed:
    """Names the deadline for answers (UTC); the last call moves with it. Nobody is told.

    Raises DomainError `event_unknown`, `event_changed`, what asked_until raises, `answers_closed`,
    `deadline_in_past`, `deadline_after_start`.
    """
    async with uow as rows:
        event = await known_event(rows.association(actor.home.id), event_id)
        _check_deadline(event, answer_by, now)
        values = {"answer_by": answer_by, "planned_version": 0}
        changed = await change_quietly(rows, event, revision, values, kind="deadline", by=actor, now=now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return changed


async def set_due(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, day: date, now: datetime
) -> Changed:
    """Another last day for a task; those named for it are told.

    Raises DomainError `event_unknown`, `event_changed`, `event_cancelled`, `day_in_past`.
    """
    period = Period.deadline(day)
    async with uow as rows:
        event = await known_event(rows.association(actor.home.id), event_id)
        if event.period == period:
            changed = Changed(event, 0, changed=False)
        else:
            check_planned(event)
            _check_due(event, period, actor, now)
            values = schedule(event, period, event.status, actor.home.zone) | {"announced_at": now}
            changed = await change_event(
                rows, event, revision, values, kind="moved", by=actor.person_id, now=now
            )
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return changed


async def change_quietly(
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


async def mark_seen(uow: UnitOfWork, actor: Actor, event_id: int, revision: int, now: datetime) -> Event:
    """«Вижу»: she has read what she was told of an event up to a revision.

    Raises DomainError `event_unknown`, `event_changed` where she was told more since.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_sees(ours, actor, event_id)
        event = await known_event(ours, event_id)
        newest = await rows.waiting.told_of(event_id, actor.person_id)
        if newest is not None and newest > revision:
            raise DomainError("event_changed", event_id=event_id)
        await rows.waiting.mark_seen(event_id, actor.person_id, revision, now)
        await uow.commit()
    return event


def _check_deadline(event: Event, answer_by: datetime | None, now: datetime) -> None:
    until = asked_until(event)
    if until <= now:
        raise DomainError("answers_closed", event_id=event.id)
    if answer_by is not None and answer_by <= now:
        raise DomainError("deadline_in_past")
    if answer_by is not None and answer_by > until:
        raise DomainError("deadline_after_start")


def _check_due(task: Event, period: Period, actor: Actor, now: datetime) -> None:
    if task.gathering:
        raise DomainError("stale_button", event_id=task.id)
    if period.ends_at(actor.home.zone) <= now:
        raise DomainError("day_in_past")
