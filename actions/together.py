"""«Провести вместе»: rows of the plan joined into one gathering, and parted again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.changing import change_event, change_quietly, schedule, what_people_know
from actions.checking import check_ahead, check_planned, known_event
from actions.inviting import invited_values
from domain.errors import DomainError
from domain.plan_draft import from_json
from domain.plan_questions import held_apart
from domain.records import Actor, Answer, Event, Invited, Mode, PlanRow, Status
from domain.rsvp import seats_counted
from domain.together import (
    WAYS,
    come_by_link,
    go_together,
    invited_of,
    keep_first,
    own_texts,
    own_ways,
    partners,
    places_of,
    seats_of,
    texts_of,
    ways_of,
    whom_of,
)
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork


@dataclass(frozen=True, slots=True)
class Joining:
    """The event that stays (in the preview as it would stand, its own words aside), the one that is joined
    into it, and how many people hear of it. `coming` is how many come in person then, where seats are
    counted."""

    kept: Event
    merged: Event
    people: int
    coming: int = 0

    @property
    def other_way(self) -> bool:
        """Whether the other one could stay as well, on the same day, at an hour or a place of its own."""
        kept, merged = self.kept.period, self.merged.period
        hours = (kept.start_time, kept.end_time) != (merged.start_time, merged.end_time)
        differ = (hours and merged.start_time is not None) or places_of(self.kept.venue, self.merged.venue)
        return self._free and kept.day_known and bool(differ)

    @property
    def _free(self) -> bool:
        """Whether either could stay."""
        return keep_first(self.merged, self.kept) == (self.merged, self.kept)

    @property
    def places(self) -> tuple[str, ...]:
        """The places to choose from, that of the one that stays first: where no day is named and either could
        stay."""
        unnamed = not self.kept.period.day_known
        return places_of(self.kept.venue, self.merged.venue) if self._free and unnamed else ()


@dataclass(frozen=True, slots=True)
class Parting:
    """An event, those that were held together with it, and how many people hear of it."""

    event: Event
    others: tuple[Event, ...]
    people: int


async def to_hold_with(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> list[Event]:
    """The events to come that are probably held together with one. Raises DomainError `event_unknown`,
    `event_joined`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        return await near_to(ours, await known_event(ours, event_id), now)


async def near_to(ours: AssociationRows, event: Event, now: datetime) -> list[Event]:
    """The events to come that are probably held together with one: not those of which the head said already
    that they are not, unless both stand on one day by now."""
    if event.ends_at <= now:
        return []
    near = partners(event, await ours.events.to_come(now))
    guessed = {one.id for one in near if not (one.period.day_known and event.period.day_known)}
    apart = guessed & await _said_apart(ours, event.id) if guessed else set()
    return [one for one in near if one.id not in apart]


async def _said_apart(ours: AssociationRows, event_id: int) -> set[int]:
    """The events of the rows of which she said, when the plan was stored, that they are held apart from an
    event's own."""
    found: set[int] = set()
    for plan, place in await ours.activities.places(event_id):
        if "activities" in plan.draft:
            apart = held_apart(from_json(plan.draft), place)
            lines = await ours.activities.lines(plan.id) if apart else []
            found.update(one for line in lines if line.position in apart for one in line.event_ids)
    return found


async def propose_join(uow: UnitOfWork, actor: Actor, event_id: int, other_id: int, now: datetime) -> Joining:
    """Shows what joining two events would do. Raises DomainError `event_unknown`, `event_joined`,
    `event_cancelled`, `event_over`, `not_together`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        kept, merged = await _both(ours, event_id, other_id, now)
        whom = invited_of([whom_of(kept), whom_of(merged)])
        people = await rows.mailing.count_concerned(kept, but=actor.person_id, whom=whom)
        kept, coming = replace(kept, seats=seats_of(kept, merged)), 0
        if seats_counted(replace(kept, mode=ways_of(kept, merged)["mode"])):
            # Who comes then is counted by doing it; without a commit nothing of it stays.
            await _unite(ours, kept, merged)
            coming = (await ours.seats.seating(kept.id)).taken
    return Joining(kept, merged, people, coming)


async def join(
    uow: UnitOfWork,
    actor: Actor,
    event_id: int,
    other_id: int,
    revisions: tuple[int, int],
    now: datetime,
) -> Joining:
    """Joins two events that still stand at the revisions that the coordinator saw: the first of them stays,
    the second one's answers and rows of the plan become its own; people are told once.

    Raises what `propose_join` raises, and DomainError `event_changed`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        kept, merged = await _both(ours, event_id, other_id, now)
        if kept.id != event_id:
            raise DomainError("event_changed", event_id=event_id)
        away = schedule(merged, merged.period, Status.JOINED, actor.home.zone) | {"merged_into": kept.id}
        await change_quietly(rows, merged, revisions[1], away, kind="merged", by=actor, now=now)
        await rows.mailing.withdraw_event(merged)
        await _unite(ours, kept, merged)
        await ours.parts.carry(merged.id, kept.id)
        await ours.events.lend_rows(merged.id, kept.id)
        await ours.materials.lend(merged.id, kept.id)
        await ours.talks.lend(merged.id, kept.id)
        values = await _values_of_both(ours, kept, merged, actor.home.zone)
        changed = await change_event(
            rows,
            kept,
            revisions[0],
            values,
            kind="together",
            by=actor.person_id,
            now=now,
        )
        await uow.commit()
    return Joining(changed.event, merged, changed.people)


async def join_unheard(
    rows: Rows, kept: Event, merged: Event, zone: ZoneInfo, by: int | None, now: datetime
) -> Event:
    """Joins two events of a plan that is just being stored, within a unit of work, as `join` does: nobody
    knows of them, so nothing hangs on them and nobody is told. Returns the one that stays. Raises DomainError
    `event_changed`."""
    ours = rows.association(kept.association_id)
    away = schedule(merged, merged.period, Status.JOINED, zone) | {"merged_into": kept.id}
    gone = await ours.events.change(merged, merged.revision, away, kind="merged", by=by, now=now)
    await ours.events.lend_rows(merged.id, kept.id)
    values = await _values_of_both(ours, kept, merged, zone)
    joined = await ours.events.change(kept, kept.revision, values, kind="together", by=by, now=now)
    if gone is None or joined is None:
        raise DomainError("event_changed", event_id=kept.id)
    return joined


async def propose_part(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Parting:
    """Shows what parting would do. Raises DomainError `event_unknown`, `event_cancelled`, `event_over`,
    `not_joined`."""
    # It is done, and not kept: whom each of them concerns is known only once they are apart.
    async with uow as rows:
        event, others = await _joined(rows.association(actor.home.id), event_id, now)
        done = await _part(rows, actor, event_id, event.revision, now)
    return Parting(event, tuple(others), done.people)


async def part(uow: UnitOfWork, actor: Actor, event_id: int, revision: int, now: datetime) -> Parting:
    """«Разделить»: each of the events stands alone again, with its own day, words and answers; what was
    answered since they were joined stays with the one that stood for all. People are told of the others,
    unless nobody has heard yet that they were joined.

    Raises what `propose_part` raises, and DomainError `event_changed`.
    """
    async with uow as rows:
        parting = await _part(rows, actor, event_id, revision, now)
        await uow.commit()
    return parting


async def _part(rows: Rows, actor: Actor, event_id: int, revision: int, now: datetime) -> Parting:
    ours = rows.association(actor.home.id)
    event, others = await _joined(ours, event_id, now)
    own = await ours.events.own_texts(event.id)
    if all(one.seats != event.seats for one in others):
        own.pop("seats", None)  # another number was named since
    ways, invited = own_ways(event, others, own), _own_invited(event, others, own, actor.home.zone)
    own = {name: value for name, value in own.items() if name not in WAYS} | ways | invited
    if own.get("mode", event.mode) != event.mode:
        own["schedule_version"] = event.schedule_version + 1
    known = await what_people_know(rows, event)
    # Nobody has heard that they were joined: what people know of the others is the state before that.
    unheard = known is not None and known.state.title == own["title"]
    alone = await change_quietly(
        rows, event, revision, {**own, "alone": None}, kind="split", by=actor, now=now
    )
    await ours.events.return_rows(event.id)
    await ours.materials.give_back(event.id)
    await ours.talks.give_back(event.id)
    await ours.guests.send_back(event.id)
    await ours.rsvps.carry_back(event.id, [one.id for one in others])
    for one in (alone.event, *others):
        if one.mode is Mode.ONLINE:  # there is no other way to come any more
            await ours.rsvps.restate(one.id, Answer.ONLINE, Answer.GOING)
    parted, people = [], 0
    for one in others:
        await ours.parts.carry_back(event.id, one.id)
        back = schedule(one, one.period, Status.PLANNED, actor.home.zone) | {
            "merged_into": None,
            "announced_at": now if one.period.day_known else one.announced_at,
        }
        before = replace(one, revision=one.revision - 1) if unheard else one
        changed = await change_event(
            rows, before, one.revision, back, kind="parted", by=actor.person_id, now=now
        )
        parted.append(changed.event)
        people = max(people, changed.people)
    return Parting(alone.event, tuple(parted), people)


def _own_invited(
    event: Event, others: Sequence[Event], own: Mapping[str, object], zone: ZoneInfo
) -> dict[str, object]:
    """Whom an event is for alone, where it took others in; as it stands, where that was said since."""
    if "invited" not in own:
        return {}
    group_id = own["group_id"]
    whom = Invited(str(own["invited"])), group_id if isinstance(group_id, int) else None
    said_since = whom_of(event) != invited_of([whom, *map(whom_of, others)])
    return invited_values(event, *(whom_of(event) if said_since else whom), zone)


async def plan_rows(uow: UnitOfWork, actor: Actor, event_id: int) -> list[PlanRow]:
    """The rows of the plan that an event stands for, each with its own mark."""
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).events.rows(event_id)


async def mark_row(uow: UnitOfWork, actor: Actor, event_id: int, activity_id: int) -> Event:
    """Takes one row's mark of fulfilment away, or gives it back; those of the event's other rows stay.

    Raises DomainError `event_unknown`, `event_joined`, `not_over_yet` where it is not said yet that the event
    took place.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        if event.status is not Status.HELD:
            raise DomainError("not_over_yet", event_id=event.id)
        marks = {row.activity_id: row.held_on for row in await ours.events.rows(event.id)}
        held_on = event.period.end if marks.get(activity_id) is None else None
        await ours.events.mark_rows(event.id, held_on, [activity_id])
        await uow.commit()
    return event


async def _both(ours: AssociationRows, event_id: int, other_id: int, now: datetime) -> tuple[Event, Event]:
    """The one that stays, and the one that is joined into it."""
    one, other = await known_event(ours, event_id), await known_event(ours, other_id)
    for event in (one, other):
        check_planned(event)
        check_ahead(event, now)
    if not go_together(one, other):
        raise DomainError("not_together", event_id=one.id)
    return keep_first(one, other)


async def _values_of_both(
    ours: AssociationRows, kept: Event, merged: Event, zone: ZoneInfo
) -> dict[str, object]:
    """What the one that stays says for both, and what of it stood alone."""
    alone, seats = await ours.events.own_texts(kept.id) or own_texts(kept), seats_of(kept, merged)
    if seats != kept.seats:
        alone = {**alone, "seats": kept.seats}
    whom = invited_of([whom_of(kept), whom_of(merged)])
    others: dict[str, object] = {}
    if whom != whom_of(kept):
        alone = {**alone, "invited": kept.invited, "group_id": kept.group_id}
        others = invited_values(kept, *whom, zone)
    ways = ways_of(kept, merged)
    if ways["mode"] != kept.mode:  # an online event has reminders of its own
        others["schedule_version"] = kept.schedule_version + 1
    return {**texts_of(kept, merged), **ways, "seats": seats, **others, "alone": alone}


async def _unite(ours: AssociationRows, kept: Event, merged: Event) -> None:
    """Answers and guests of both are those of one; seats are given away by nobody else meanwhile."""
    await ours.events.hold(kept.id)
    for event in come_by_link(kept, merged):
        await ours.rsvps.restate(event.id, Answer.GOING, Answer.ONLINE)
    if merged.period.day_known:
        await ours.rsvps.carry(merged.id, kept.id)
    await ours.guests.lend(merged.id, kept.id)


async def _joined(ours: AssociationRows, event_id: int, now: datetime) -> tuple[Event, list[Event]]:
    event = await known_event(ours, event_id)
    check_planned(event)
    check_ahead(event, now)
    others = await ours.events.merged(event.id)
    if not others:
        raise DomainError("not_joined", event_id=event.id)
    return event, others
