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
    restore_event,
    schedule,
    what_people_know,
)
from actions.naming import count_earlier_answers, day_values
from actions.plans import activity_row, new_events, with_groups
from documents.plan_diff import Difference, Field, Merged, PlanDiff, compare, dated, merge, value
from domain.errors import DomainError
from domain.marks import mark_of
from domain.period import Period, Precision
from domain.plan_draft import ActivityDraft, Kind, PlanDraft, as_json, from_json, usual_audience
from domain.plan_questions import settled
from domain.records import Actor, Event, Revision, Status
from domain.undo import UNDO_WITHIN
from storage.activities import PlanLine, StoredPlan
from storage.drafts import StoredDraft
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# The journal's line of a file that was taken.
_CORRECTED = "plan_corrected"
# What of a row stands with its events too.
_OF_EVENTS = (Field.TITLE, Field.KIND, Field.AUDIENCE, Field.VENUE, Field.RESPONSIBLE)
# What of an event people are told.
_TOLD = frozenset({"period", "venue"})
# Of events held together these are said by the card that they share.
_SHARED = frozenset({Field.TITLE, Field.AUDIENCE, Field.RESPONSIBLE})
# What an event takes over from the row that it goes to.
_HANDED_ON = (Field.TITLE, Field.VENUE, Field.RESPONSIBLE)


class Deed(StrEnum):
    """What taking a difference does to the calendar."""

    NOTHING = "nothing"
    MAKES = "makes"  # an event for each date
    CHANGES = "changes"
    KEEPS = "keeps"  # the day that is named lies within the new dates
    CANCELS = "cancels"
    RETURNS = "returns"  # what was cancelled with an earlier file takes place after all
    HANDS_ON = "hands_on"  # the event of a date goes with it to another row
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
    (those on which nothing hung), and how many people hear of any of it. `line` is the journal's, by which
    the earlier plan is found again; 0 where nothing was taken."""

    comparison: Comparison
    made: int = 0
    changed: int = 0
    cancelled: int = 0
    removed: int = 0
    people: int = 0
    line: int = 0


async def open_changes(uow: UnitOfWork, actor: Actor, draft_id: int, now: datetime) -> Comparison:
    """What differs between the coordinator's draft and the plan that stands. Where no row does, the rest of
    the new file (its heading, the order of its rows) is stored at once. Raises DomainError `draft_gone`."""
    async with uow as rows:
        stage = await _stage(rows, actor, draft_id, now)
        if not stage.comparison.items:
            await _take(rows, actor, stage, now)
        await uow.commit()
    return stage.comparison


async def open_earlier(uow: UnitOfWork, actor: Actor, line: int, now: datetime) -> Comparison:
    """The plan as it stood before a file was taken, by the journal's line of that, beside the one that stands
    now: as if she had sent the earlier file. Raises DomainError `earlier_plan_gone` after a day."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        facts = await ours.journal.facts(line, _CORRECTED, since=now - UNDO_WITHIN)
        if facts is None:
            raise DomainError("earlier_plan_gone")
        draft_id = await ours.drafts.put(actor.person_id, facts["digest"], facts["before"], now)
        await uow.commit()
    return await open_changes(uow, actor, draft_id, now)


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

    def line_of(self, event: Event) -> int:
        """The id of the row that an event was made of."""
        return next(line.id for line in self.lines if event.id in line.event_ids)

    def left_over(self, place: int) -> PlanLine | None:
        """The stored row that a new one takes up again: of the same title, and in the plan no more."""
        title = self.new.activities[place].title
        twins = [
            one.new
            for one in self.comparison.diff.differences
            if one.old is None and one.new is not None and self.new.activities[one.new].title == title
        ]
        lines = [
            one for one in self.lines if one.position >= len(self.stored.activities) and one.title == title
        ]
        return dict(zip(twins, lines, strict=False)).get(place)

    def events_of(self, at: int) -> list[Event]:
        """The events of that row."""
        return self.made_of(self.line(at))

    def made_of(self, line: PlanLine | None) -> list[Event]:
        """The events that were made of a stored row."""
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
    usual = difference.new is not None and deed is not Deed.CANCELS and not by_hand
    if difference.field is Field.KIND:
        usual = usual and _is_retitled(stage.comparison.diff, difference)
    taken = stage.chosen.get(str(at), usual)
    return Item(at, difference, row, deed, tuple(events), tuple(by_hand), taken)


def _is_retitled(diff: PlanDiff, kind: Difference) -> bool:
    """Whether the kind of a row follows from its new title: of the same title the kind was said by hand."""
    return any(one.field is Field.TITLE and one.old == kind.old for one in diff.differences)


async def _deed(
    ours: AssociationRows, actor: Actor, stage: _Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    """What taking a difference does, to which events, and to which of them something else was said by
    hand."""
    if difference.field is Field.ROW:
        return await _deed_of_row(ours, stage, difference, now)
    if difference.field in {Field.PARTED, Field.UNITED}:
        return await _deed_of_handing(ours, stage, difference)
    if difference.field is Field.PERIOD:
        return await _deed_of_period(ours, actor, stage, difference, now)
    if difference.field in _OF_EVENTS:
        return _deed_of_text(stage, difference, now)
    return Deed.NOTHING, [], []


async def _deed_of_row(
    ours: AssociationRows, stage: _Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    if difference.old is None:
        assert difference.new is not None  # noqa: S101 - a row is in one plan at least
        periods = dated(stage.new.activities[difference.new])
        found = await _by_period(ours, periods, stage.made_of(stage.left_over(difference.new)))
        if found:
            return Deed.RETURNS, list(found.values()), []
        return (Deed.MAKES if periods else Deed.NOTHING), [], []
    there = stage.events_of(difference.old)
    events = [event for event in there if _stands(event, now) and not _is_shared(event)]
    if events:
        return Deed.CANCELS, events, []
    shared = [event for event in there if _is_shared(event)]
    return (Deed.SHARED if shared else Deed.NOTHING), shared, []


async def _deed_of_handing(
    ours: AssociationRows, stage: _Stage, difference: Difference
) -> tuple[Deed, list[Event], list[Event]]:
    assert difference.old is not None  # noqa: S101 - a row that stands
    row = stage.stored.activities[difference.old]
    found = await _by_period(ours, dated(row), stage.events_of(difference.old))
    period = difference.before if difference.field is Field.PARTED else difference.after
    events = [event for date, event in found.items() if date == period]
    return (Deed.HANDS_ON if events else Deed.MAKES), events, []


async def _deed_of_period(
    ours: AssociationRows, actor: Actor, stage: _Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    before, after = difference.before, difference.after
    assert difference.old is not None  # noqa: S101 - a date of a row that stands
    if not isinstance(before, Period):
        cancelled = [
            event
            for event in stage.events_of(difference.old)
            if event.status is Status.CANCELLED and event.period == after and event.ends_at > now
        ]
        return (Deed.RETURNS if cancelled else Deed.MAKES), cancelled[:1], []
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


def _on_event(draft: PlanDraft, difference: Difference, said: object) -> str:
    """What a row's text is on its events: the usual audience goes without saying there."""
    text = str(said or "")
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
    """Whether a named day lies within a time of which no hour is named."""
    open_time = period.start_time is None and period.precision not in {Precision.DEADLINE, Precision.YEAR}
    return open_time and other.day_known and period.first_day <= other.first_day and other.end <= period.end


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
    ids, made = await _write_lines(rows, actor, stage, merged, taken, states, now)
    cancelled, removed = await _cancel(rows, actor, taken, states, now)
    changed = await _bring_back(rows, actor, taken, states, now)
    changed += await _change(rows, actor, stage, taken, states, now)
    await _put_last(ours, stage.plan.id, ids)
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
    line = await _write_line(ours, actor, stage, len(taken), now) if taken else 0
    people = await rows.mailing.count_to_hear(states) if states else 0
    return Outcome(stage.comparison, made, changed, cancelled, removed, people, line)


async def _write_line(ours: AssociationRows, actor: Actor, stage: _Stage, count: int, now: datetime) -> int:
    """The journal's line, with the plan as it stood before; returns its id."""
    facts = {
        "school_year": stage.plan.school_year,
        "count": count,
        "before": dict(stage.plan.draft),
        "digest": stage.plan.digest,
    }
    return await ours.journal.write(_CORRECTED, facts, actor.person_id, now)


async def _write_lines(
    rows: Rows,
    actor: Actor,
    stage: _Stage,
    merged: Merged,
    taken: Sequence[Item],
    states: dict[int, int],
    now: datetime,
) -> tuple[list[int], int]:
    """Every row says what it says now, at its place, and has an event for each date that is new; returns the
    rows' ids, and how many events are made."""
    ours, ids, made = rows.association(actor.home.id), [], 0
    for at, (row, origin, place) in enumerate(
        zip(merged.draft.activities, merged.origins, merged.places, strict=True)
    ):
        line = stage.line(origin) if origin is not None else stage.left_over(place or 0)
        if line is None:
            ids.append(await ours.activities.add_line(stage.plan.id, at, activity_row(row)))
        else:
            ids.append(line.id)
            await ours.activities.change_line(line.id, at, activity_row(row))
        of_row = [item for item in taken if place is not None and item.difference.new == place]
        for item in of_row:
            for event in item.events if item.deed is Deed.HANDS_ON else ():
                await ours.events.hand_on(event.id, stage.line_of(event), ids[-1])
        periods = [period for item in of_row for period in await _new_dates(ours, stage, item, row)]
        if periods:
            new = replace(row, periods=tuple(periods))
            made += await _make(rows, actor, merged.draft, new, ids[-1], states, now)
    return ids, made


async def _new_dates(ours: AssociationRows, stage: _Stage, item: Item, row: ActivityDraft) -> list[Period]:
    """The dates for which a difference makes an event: the one that it is about, or those of a new row that
    have none yet."""
    difference = item.difference
    if item.deed is Deed.RETURNS and difference.field is Field.ROW:
        found = await _by_period(ours, dated(row), item.events)
        return [period for period in dated(row) if period not in found]
    if item.deed is not Deed.MAKES:
        return []
    if difference.field in {Field.ROW, Field.PARTED}:
        return dated(row)
    return [difference.after] if isinstance(difference.after, Period) else []


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


async def _put_last(ours: AssociationRows, plan_id: int, ids: Sequence[int]) -> None:
    """Rows that are in the plan no more are gone, unless events are left of them: those stay to be seen in
    the report, after all others."""
    place = len(ids)
    for line in await ours.activities.lines(plan_id):
        if line.id in ids:
            continue
        if line.event_ids:
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


async def _bring_back(
    rows: Rows, actor: Actor, taken: Sequence[Item], states: dict[int, int], now: datetime
) -> int:
    """What was cancelled takes place after all; returns how many events."""
    coming = [event for item in taken if item.deed is Deed.RETURNS for event in item.events]
    coming = [event for event in coming if event.status is Status.CANCELLED and event.ends_at > now]
    for event in coming:
        changed = await restore_event(rows, event, event.revision, actor, now)
        states[event.id] = changed.event.revision
    return len(coming)


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
    for item in (one for one in taken if one.deed is Deed.HANDS_ON):
        for event in item.events:
            texts[event.id] = _words_of(stage, item.difference, event, now)
    seen, going = 0, _going(taken)
    for event_id in dict.fromkeys([*texts, *days]):
        event, words, day = stage.events[event_id], texts.get(event_id, {}), days.get(event_id)
        if event_id in going or not (words or day):
            continue
        if event.status is Status.JOINED:
            await _change_hidden(rows, actor, event, words, day, now)
        else:
            seen += await _change_seen(rows, actor, event, words, day, states, now)
    return seen


def _words_of(stage: _Stage, difference: Difference, event: Event, now: datetime) -> dict[str, object]:
    """What an event says once it is another row's: that row's words, where its own stand as they stood in the
    plan; what is over stays as it is."""
    assert difference.old is not None  # noqa: S101 - both rows are there
    assert difference.new is not None  # noqa: S101
    before, after = stage.stored.activities[difference.old], stage.new.activities[difference.new]
    if event.ends_at <= now:
        return {}
    changed = [field for field in _HANDED_ON if value(before, field) != value(after, field)]
    return {
        field.value: value(after, field) for field in changed if _value(event, field) == value(before, field)
    }


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
