"""A corrected plan beside the one that stands: what differs, what of it is taken, and what that does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from actions.changing import (
    Known,
    announce_event,
    change_event,
    change_quietly,
    schedule,
    what_people_know,
)
from actions.naming import count_earlier_answers, day_values
from actions.plans import activity_row, new_events, with_groups
from documents.plan_diff import Difference, Field, Merged, PlanDiff, compare, dated, merge
from domain.errors import DomainError
from domain.marks import mark_of
from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind, PlanDraft, as_json, from_json, usual_audience
from domain.plan_questions import settled
from domain.records import Actor, Event, Revision, Status
from storage.activities import PlanLine, StoredPlan
from storage.drafts import StoredDraft
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# What of a row stands with its events too.
_OF_EVENTS = (Field.TITLE, Field.KIND, Field.AUDIENCE, Field.VENUE, Field.RESPONSIBLE)
# What of an event people are told.
_TOLD = frozenset({"period", "venue"})
# Of events held together these are said by the card that they share.
_SHARED = frozenset({Field.TITLE, Field.AUDIENCE, Field.RESPONSIBLE})


class Deed(StrEnum):
    """What taking a difference does to the calendar."""

    NOTHING = "nothing"
    MAKES = "makes"  # an event for each date
    CHANGES = "changes"
    KEEPS = "keeps"  # the day that is named lies within the new dates
    CANCELS = "cancels"
    SHARED = "shared"  # held together with others: the card that they share stays as it is


@dataclass(frozen=True, slots=True)
class Item:
    """A difference, the row that it is about (as it stands, or the new one), what taking it does and to which
    events; at those `by_hand` something else stands by now than the plan says. `taken` unless it is left."""

    at: int
    difference: Difference
    row: ActivityDraft
    deed: Deed
    events: tuple[Event, ...]
    by_hand: tuple[Event, ...]
    taken: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A draft beside the plan of its year; `mark` names what differs, what is taken and how the events stand.
    No items where the rows say the same."""

    draft_id: int
    school_year: str
    diff: PlanDiff
    items: tuple[Item, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What taking the differences does, or would do: how many events are made, changed, cancelled and removed
    (those on which nothing hung), and how many people hear of any of it."""

    comparison: Comparison
    made: int = 0
    changed: int = 0
    cancelled: int = 0
    removed: int = 0
    people: int = 0


async def open_changes(uow: UnitOfWork, actor: Actor, draft_id: int, now: datetime) -> Comparison:
    """What differs between the coordinator's draft and the plan that stands. Where no row does, the rest of
    the new file (its heading, the order of its rows) is stored at once. Raises DomainError `draft_gone`."""
    async with uow as rows:
        stage = await _stage(rows, actor, draft_id, now)
        if not stage.comparison.items:
            await _take(rows, actor, stage, now)
        await uow.commit()
    return stage.comparison


async def choose(
    uow: UnitOfWork, actor: Actor, draft_id: int, at: int | None, now: datetime, *, taken: bool | None = None
) -> Comparison:
    """Takes or leaves one difference (None: all of them); the other way round than it is, unless `taken` says
    which. Raises DomainError `draft_gone`."""
    async with uow as rows:
        stage = await _stage(rows, actor, draft_id, now)
        items = [one for one in stage.comparison.items if at is None or one.at == at]
        chosen = {str(one.at): (not one.taken if taken is None else taken) for one in items}
        kept = {**stage.draft.draft, "base": stage.base, "chosen": {**stage.chosen, **chosen}}
        await rows.association(actor.home.id).drafts.rewrite(draft_id, kept)
        stage = await _stage(rows, actor, draft_id, now)
        await uow.commit()
    return stage.comparison


async def propose_taking(uow: UnitOfWork, actor: Actor, draft_id: int, now: datetime) -> Outcome:
    """What taking the chosen differences would do: it is done, and without a commit nothing of it stays.
    Raises DomainError `draft_gone`."""
    async with uow as rows:
        return await _take(rows, actor, await _stage(rows, actor, draft_id, now), now)


async def take_changes(uow: UnitOfWork, actor: Actor, draft_id: int, mark: str, now: datetime) -> Outcome:
    """Takes the chosen differences, all in one transaction: rows, events, and the notices about them. Raises
    DomainError `draft_gone`, and `plan_changed_meanwhile` where anything is not as the preview showed it."""
    async with uow as rows:
        stage = await _stage(rows, actor, draft_id, now)
        if stage.comparison.mark != mark:
            raise DomainError("plan_changed_meanwhile")
        outcome = await _take(rows, actor, stage, now)
        await uow.commit()
    return outcome


@dataclass(frozen=True, slots=True)
class _Stage:
    """All that a comparison is made of."""

    plan: StoredPlan
    draft: StoredDraft
    stored: PlanDraft
    new: PlanDraft
    lines: Sequence[PlanLine]
    events: Mapping[int, Event]
    base: str
    chosen: Mapping[str, bool]
    comparison: Comparison

    def line(self, at: int) -> PlanLine | None:
        """The stored row at a place of the plan that stands."""
        return next((one for one in self.lines if one.position == at), None)

    def events_of(self, at: int) -> list[Event]:
        """The events of that row."""
        line = self.line(at)
        return [self.events[one] for one in line.event_ids if one in self.events] if line else []


async def _stage(rows: Rows, actor: Actor, draft_id: int, now: datetime) -> _Stage:
    ours = rows.association(actor.home.id)
    await rows.associations.hold(actor.home.id)
    draft = await ours.drafts.get(actor.person_id)
    if draft is None or draft.id != draft_id or "activities" not in draft.draft:
        raise DomainError("draft_gone")
    new = settled(from_json(draft.draft))
    plan = await ours.activities.plan(new.school_year or "")
    if plan is None:
        raise DomainError("draft_gone")
    lines = await ours.activities.lines(plan.id)
    events = await ours.events.many(event_id for line in lines for event_id in line.event_ids)
    stored = from_json(plan.draft)
    base = mark_of(as_json(stored), as_json(new))
    diff = await asyncio.to_thread(compare, stored, new)  # of hundreds of rows it takes a second
    stage = _Stage(
        plan=plan,
        draft=draft,
        stored=stored,
        new=new,
        lines=lines,
        events=events,
        base=base,
        chosen=_chosen(draft.draft, base),
        comparison=Comparison(draft_id, plan.school_year, diff, (), ""),
    )
    items = [await _item(ours, actor, stage, at, now) for at in range(len(diff.differences))]
    mark = mark_of(base, [_shown(item) for item in items])
    return replace(stage, comparison=replace(stage.comparison, items=tuple(items), mark=mark))


def _chosen(kept: Mapping[str, Any], base: str) -> Mapping[str, bool]:
    """What she said of the differences, unless one of the plans is another by now."""
    return dict(kept.get("chosen", {})) if kept.get("base") == base else {}


def _shown(item: Item) -> list[object]:
    return [item.at, item.taken, item.deed, [[event.id, event.revision] for event in item.events]]


async def _item(ours: AssociationRows, actor: Actor, stage: _Stage, at: int, now: datetime) -> Item:
    difference = stage.comparison.diff.differences[at]
    row = stage.new.activities[difference.new or 0]
    if difference.old is not None:
        row = stage.stored.activities[difference.old]
    deed, events, by_hand = await _deed(ours, actor, stage, difference, now)
    # What takes something away, or goes over what was said by hand, is not taken unless she says so.
    taken = difference.new is not None and deed is not Deed.CANCELS and not by_hand
    if difference.field is Field.KIND:
        taken = any(
            one.field is Field.TITLE and one.old == difference.old
            for one in stage.comparison.diff.differences
        )
    return Item(
        at, difference, row, deed, tuple(events), tuple(by_hand), bool(stage.chosen.get(str(at), taken))
    )


async def _deed(
    ours: AssociationRows, actor: Actor, stage: _Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    """What taking a difference does, to which events, and to which of them something else was said by
    hand."""
    if difference.field is Field.ROW:
        return _deed_of_row(stage, difference, now)
    if difference.field is Field.PERIOD:
        return await _deed_of_period(ours, actor, stage, difference, now)
    if difference.field in _OF_EVENTS:
        return _deed_of_text(stage, difference, now)
    return Deed.NOTHING, [], []


def _deed_of_row(
    stage: _Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    if difference.old is None:
        makes = dated(stage.new.activities[difference.new or 0])
        return (Deed.MAKES if makes else Deed.NOTHING), [], []
    there = stage.events_of(difference.old)
    events = [event for event in there if _stands(event, now) and not _is_shared(event)]
    if events:
        return Deed.CANCELS, events, []
    shared = [event for event in there if _is_shared(event)]
    return (Deed.SHARED if shared else Deed.NOTHING), shared, []


async def _deed_of_period(
    ours: AssociationRows, actor: Actor, stage: _Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    before, after = difference.before, difference.after
    if not isinstance(before, Period):
        return Deed.MAKES, [], []
    assert difference.old is not None  # noqa: S101 - a date of a row that stands
    periods = dated(stage.stored.activities[difference.old])
    event = (await _by_period(ours, periods, stage.events_of(difference.old))).get(before)
    if event is None:
        return Deed.NOTHING, [], []
    if event.status is Status.JOINED or (not isinstance(after, Period) and event.joined):
        return Deed.SHARED, [event], []
    if not _stands(event, now):
        return Deed.NOTHING, [event], []
    if not isinstance(after, Period):
        return Deed.CANCELS, [event], []
    if event.period == after or _covers(after, event.period):
        return Deed.KEEPS, [event], []
    if after.begun_at(actor.home.zone) <= now:
        return Deed.NOTHING, [event], []
    return Deed.CHANGES, [event], [event] if event.period != before else []


def _deed_of_text(
    stage: _Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    assert difference.old is not None  # noqa: S101 - a text of a row that stands
    field, after = difference.field, _on_event(stage.new, difference, difference.after)
    before = _on_event(stage.stored, difference, difference.before)
    if field is Field.KIND and (before == Kind.OTHER) != (after == Kind.OTHER):
        return Deed.NOTHING, [], []  # a task is no gathering: what people were told of it stays
    there = stage.events_of(difference.old)
    shared = [
        event for event in there if event.status is Status.JOINED or (event.joined and field in _SHARED)
    ]
    standing = [event for event in there if event not in shared and _stands(event, now)]
    events = [event for event in standing if _value(event, field) != after]
    by_hand = [event for event in events if _value(event, field) != before]
    if events:
        return Deed.CHANGES, [*events, *shared], by_hand
    return (Deed.SHARED if shared else Deed.NOTHING), shared, []


def _on_event(draft: PlanDraft, difference: Difference, value: object) -> str:
    """What a row's text is on its events: the usual audience goes without saying there."""
    text = str(value or "")
    usual = difference.field is Field.AUDIENCE and text == _tidy(usual_audience(draft))
    return "" if usual else text


def _value(event: Event, field: Field) -> str:
    return _tidy(str(getattr(event, field.value)))


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _stands(event: Event, now: datetime) -> bool:
    """Whether it is still to take place, and nobody else speaks for it."""
    return event.status is Status.PLANNED and event.ends_at > now


def _is_shared(event: Event) -> bool:
    return event.joined or event.status is Status.JOINED


def _covers(period: Period, other: Period) -> bool:
    """Whether a named day lies within a time of which no day is named."""
    return (
        period.day_to_be_named
        and other.day_known
        and period.first_day <= other.first_day
        and other.end <= period.end
    )


async def _by_period(
    ours: AssociationRows, periods: Sequence[Period], events: Sequence[Event]
) -> dict[Period, Event]:
    """Which event was made for which of a row's dates: it stands there, or once stood, or lies within."""
    ranked = []
    for at, event in enumerate(events):
        history = await ours.events.revisions(event.id) if event.revision > 1 else []
        for place, period in enumerate(periods):
            rank = _rank(period, event, history)
            if rank is not None:
                ranked.append((rank, place, at))
    found: dict[Period, Event] = {}
    for _, place, at in sorted(ranked):
        if periods[place] not in found and events[at] not in found.values():
            found[periods[place]] = events[at]
    return found


def _rank(period: Period, event: Event, history: Sequence[Revision]) -> int | None:
    if event.period == period:
        return 0
    if any(state.period == period for state in history):
        return 1
    return 2 if event.period.overlaps(period.first_day, period.end) else None


async def _take(rows: Rows, actor: Actor, stage: _Stage, now: datetime) -> Outcome:
    """The chosen differences come into force, within a unit of work."""
    ours = rows.association(actor.home.id)
    taken = [item for item in stage.comparison.items if item.taken]
    new, _ = await with_groups(ours, from_json(stage.draft.draft), actor.person_id, now)
    stage = replace(stage, new=new)
    merged = merge(stage.stored, stage.new, stage.comparison.diff, [item.difference for item in taken])
    states: dict[int, int] = {}
    made = await _write_lines(rows, actor, stage, merged, taken, states, now)
    cancelled, removed = await _cancel(rows, actor, taken, states, now)
    changed = await _change(rows, actor, stage, taken, states, now)
    await _put_last(ours, stage, merged)
    whole = not (await asyncio.to_thread(compare, merged.draft, stage.new)).differences
    await ours.activities.rewrite_plan(
        stage.plan.id,
        title=merged.draft.title,
        draft=as_json(merged.draft),
        # A plan of which something was left is that of no file.
        digest=stage.draft.digest if whole else "",
        now=now,
        by=actor.person_id,
    )
    await ours.drafts.drop(actor.person_id)
    if taken:
        facts = {"school_year": stage.plan.school_year, "count": len(taken)}
        await ours.journal.write("plan_corrected", facts, actor.person_id, now)
    people = await rows.mailing.count_to_hear(states) if states else 0
    return Outcome(stage.comparison, made, changed, cancelled, removed, people)


async def _write_lines(
    rows: Rows,
    actor: Actor,
    stage: _Stage,
    merged: Merged,
    taken: Sequence[Item],
    states: dict[int, int],
    now: datetime,
) -> int:
    """Every row says what it says now, at its place, and has an event for each date that is new; returns how
    many events are made."""
    ours, made = rows.association(actor.home.id), 0
    for at, (row, origin) in enumerate(zip(merged.draft.activities, merged.origins, strict=True)):
        line = None if origin is None else stage.line(origin)
        if line is None:
            line_id = await ours.activities.add_line(stage.plan.id, at, activity_row(row))
        else:
            line_id = line.id
            await ours.activities.change_line(line.id, at, activity_row(row))
        periods = dated(row) if origin is None else _new_dates(origin, taken)
        if periods:
            new = replace(row, periods=tuple(periods))
            made += await _make(rows, actor, merged.draft, new, line_id, states, now)
    return made


def _new_dates(origin: int, taken: Sequence[Item]) -> list[Period]:
    return [
        item.difference.after
        for item in taken
        if item.difference.old == origin
        and item.difference.field is Field.PERIOD
        and item.deed is Deed.MAKES
        and isinstance(item.difference.after, Period)
    ]


async def _make(
    rows: Rows,
    actor: Actor,
    draft: PlanDraft,
    row: ActivityDraft,
    line_id: int,
    states: dict[int, int],
    now: datetime,
) -> int:
    """The events of a row's dates; a gathering whose day is named is announced, as one made by hand is."""
    new = [
        replace(event, announced_at=now, told_at=now)
        if event.gathering and event.period.day_known and event.ends_at > now
        else event
        for event in new_events(row, actor.home.zone, everybody=usual_audience(draft))
    ]
    ours = rows.association(actor.home.id)
    made = await ours.events.add([(event, [line_id]) for event in new], actor.person_id, now)
    for event in made:
        if event.announced_at is not None:
            await announce_event(rows, event, by=actor.person_id, now=now)
            states[event.id] = event.revision
    return len(made)


async def _put_last(ours: AssociationRows, stage: _Stage, merged: Merged) -> None:
    """Rows that are in the plan no more are gone, unless events were made of them: those stay to be seen in
    the report, after all others."""
    place = len(merged.origins)
    staying = {line.id for at in merged.origins if at is not None and (line := stage.line(at))}
    for line in stage.lines:
        if line.id in staying:
            continue
        if await ours.events.many(line.event_ids):
            await ours.activities.change_line(line.id, place, {})
            place += 1
        else:
            await ours.activities.remove_line(line.id)


async def _cancel(
    rows: Rows, actor: Actor, taken: Sequence[Item], states: dict[int, int], now: datetime
) -> tuple[int, int]:
    """What is not in the plan any more does not take place; what nobody knows of is gone as if it had never
    been. Returns how many are cancelled, and how many removed."""
    ours = rows.association(actor.home.id)
    going = _going(taken)
    gone = await ours.events.untouched(list(going)) if going else set()
    for event in going.values():
        if event.id in gone:
            await rows.mailing.take_back(event)
            await ours.events.remove(event.id)
            continue
        values = schedule(event, event.period, Status.CANCELLED, actor.home.zone) | {"reason": ""}
        changed = await change_event(
            rows, event, event.revision, values, kind="cancelled", by=actor.person_id, now=now
        )
        states[event.id] = changed.event.revision
    return len(going) - len(gone), len(gone)


def _going(taken: Sequence[Item]) -> dict[int, Event]:
    """The events that do not take place any more."""
    return {event.id: event for item in taken if item.deed is Deed.CANCELS for event in item.events}


async def _change(
    rows: Rows, actor: Actor, stage: _Stage, taken: Sequence[Item], states: dict[int, int], now: datetime
) -> int:
    """Each event gets what was taken for it in one revision; returns how many of those that people see
    changed."""
    texts: dict[int, dict[str, object]] = {}
    days: dict[int, Period] = {}
    for item in taken:
        field, after = item.difference.field, item.difference.after
        for event in item.events if item.deed in {Deed.CHANGES, Deed.SHARED} else ():
            if isinstance(after, Period):
                days[event.id] = after
            elif field in _OF_EVENTS:
                texts.setdefault(event.id, {})[field.value] = _on_event(stage.new, item.difference, after)
    seen, going = 0, _going(taken)
    for event_id in dict.fromkeys([*texts, *days]):
        if event_id in going:
            continue
        event, words, day = stage.events[event_id], texts.get(event_id, {}), days.get(event_id)
        if event.status is Status.JOINED:
            await _change_hidden(rows, actor, event, words, day, now)
        else:
            seen += await _change_seen(rows, actor, event, words, day, states, now)
    return seen


async def _change_hidden(
    rows: Rows, actor: Actor, event: Event, words: Mapping[str, object], day: Period | None, now: datetime
) -> None:
    """What stands behind another event changes with nobody hearing of it, until the two are parted."""
    values = {**words, **(schedule(event, day, event.status, actor.home.zone) if day else {})}
    if values:
        await change_quietly(rows, event, event.revision, values, kind="corrected_quietly", by=actor, now=now)


async def _change_seen(
    rows: Rows,
    actor: Actor,
    event: Event,
    words: Mapping[str, object],
    day: Period | None,
    states: dict[int, int],
    now: datetime,
) -> bool:
    ours, known = rows.association(actor.home.id), None
    values: dict[str, object] = dict(words)
    if event.joined:
        # Its own words lie under those that it shares, until they part again.
        own = {name: values.pop(name) for name in list(values) if name in _SHARED}
        if own:
            values["alone"] = {**await ours.events.own_texts(event.id), **own}
    if day is not None:
        known = await what_people_know(rows, event)
        there = replace(event, venue=str(words.get("venue", event.venue)))
        values |= _day_values(there, day, known, actor, now)
    if _TOLD.isdisjoint(values):
        await change_quietly(rows, event, event.revision, values, kind="corrected_quietly", by=actor, now=now)
        return set(values) != {"alone"}
    changed = await change_event(
        rows, event, event.revision, values, kind="corrected", by=actor.person_id, now=now
    )
    if day is not None:
        await count_earlier_answers(rows, event, day, known)
    states[event.id] = changed.event.revision
    return True


def _day_values(
    event: Event, period: Period, known: Known | None, actor: Actor, now: datetime
) -> dict[str, object]:
    if not event.gathering:
        return schedule(event, period, event.status, actor.home.zone) | {"announced_at": now}
    return day_values(event, period, known, actor.home, now)
