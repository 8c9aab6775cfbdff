"""A draft beside the plan of its year: what differs, and what taking each difference does to the calendar."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from documents.plan_diff import Difference, Field, PlanDiff, compare
from domain.errors import DomainError
from domain.marks import mark_of
from domain.period import Period, Precision
from domain.places import in_words, is_online
from domain.plan_draft import ActivityDraft, Kind, PlanDraft, as_json, from_json, usual_audience
from domain.plan_questions import GROUP, settled
from domain.records import Actor, Event, Group, Invited, Mode, Revision, Status
from storage.activities import PlanLine, StoredPlan
from storage.drafts import StoredDraft
from storage.unit_of_work import AssociationRows, Rows

# What of a row stands with its events too.
OF_EVENTS = (Field.TITLE, Field.KIND, Field.AUDIENCE, Field.VENUE, Field.RESPONSIBLE)
# Of events held together these are said by the card that they share.
SHARED = frozenset({Field.TITLE, Field.AUDIENCE, Field.RESPONSIBLE})


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
    turns: bool = False  # whether a gathering becomes a task by it, or the other way round


@dataclass(frozen=True, slots=True)
class Comparison:
    """A draft beside the plan of its year; `mark` names what differs, what is taken and how the events stand.
    No items where the rows say the same."""

    draft_id: int
    school_year: str
    diff: PlanDiff
    items: tuple[Item, ...]
    mark: str
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
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


async def read_stage(rows: Rows, actor: Actor, draft_id: int, now: datetime) -> Stage:
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
    stage = Stage(
        plan=plan,
        draft=draft,
        stored=stored,
        new=new,
        lines=lines,
        events=events,
        base=base,
        chosen=_chosen(draft.draft, base),
        comparison=Comparison(
            draft_id, plan.school_year, diff, (), "", groups=tuple(await ours.groups.all())
        ),
    )
    items = [await _item(ours, actor, stage, at, now) for at in range(len(diff.differences))]
    return replace(stage, comparison=_with_items(stage, items))


def chosen_anew(stage: Stage, chosen: Mapping[int, bool]) -> Comparison:
    """The comparison with some differences (by their places) taken or left: nothing else of it changes by
    that."""
    items = [replace(one, taken=chosen.get(one.at, one.taken)) for one in stage.comparison.items]
    return _with_items(stage, items)


def _with_items(stage: Stage, items: Sequence[Item]) -> Comparison:
    mark = mark_of(stage.base, [_shown(item) for item in items])
    return replace(stage.comparison, items=tuple(items), mark=mark)


def _chosen(kept: Mapping[str, Any], base: str) -> Mapping[str, bool]:
    """What she said of the differences, unless one of the plans is another by now."""
    return dict(kept.get("chosen", {})) if kept.get("base") == base else {}


def _shown(item: Item) -> list[object]:
    return [item.at, item.taken, item.deed, [[event.id, event.revision] for event in item.events]]


async def _item(ours: AssociationRows, actor: Actor, stage: Stage, at: int, now: datetime) -> Item:
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
    return Item(at, difference, row, deed, tuple(events), tuple(by_hand), taken, turns(stage, difference))


def _is_retitled(diff: PlanDiff, kind: Difference) -> bool:
    """Whether the kind of a row follows from its new title: of the same title the kind was said by hand."""
    return any(one.field is Field.TITLE and one.old == kind.old for one in diff.differences)


async def _deed(
    ours: AssociationRows, actor: Actor, stage: Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    """What taking a difference does, to which events, and to which of them something else was said by
    hand."""
    if difference.field is Field.ROW:
        return await _deed_of_row(ours, stage, difference, now)
    if difference.field in {Field.PARTED, Field.UNITED}:
        return await _deed_of_handing(ours, stage, difference)
    if difference.field is Field.PERIOD:
        return await _deed_of_period(ours, actor, stage, difference, now)
    if difference.field in {Field.GATHERS, Field.INVITED}:
        return _deed_of_her_word(stage, difference, now)
    if difference.field in OF_EVENTS:
        return _deed_of_text(stage, difference, now)
    return Deed.NOTHING, [], []


async def _deed_of_row(
    ours: AssociationRows, stage: Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    if difference.old is None:
        assert difference.new is not None  # noqa: S101 - a row is in one plan at least
        periods = stage.new.activities[difference.new].dates
        found = await by_period(ours, periods, stage.made_of(stage.left_over(difference.new)))
        if found:
            return Deed.RETURNS, list(found.values()), []
        return (Deed.MAKES if periods else Deed.NOTHING), [], []
    there = stage.events_of(difference.old)
    events = [event for event in there if _stands(event, now) and not is_shared(event)]
    if events:
        return Deed.CANCELS, events, []
    shared = [event for event in there if is_shared(event)]
    return (Deed.SHARED if shared else Deed.NOTHING), shared, []


async def _deed_of_handing(
    ours: AssociationRows, stage: Stage, difference: Difference
) -> tuple[Deed, list[Event], list[Event]]:
    assert difference.old is not None  # noqa: S101 - a row that stands
    row = stage.stored.activities[difference.old]
    found = await by_period(ours, row.dates, stage.events_of(difference.old))
    period = difference.before if difference.field is Field.PARTED else difference.after
    events = [event for date, event in found.items() if date == period]
    return (Deed.HANDS_ON if events else Deed.MAKES), events, []


async def _deed_of_period(
    ours: AssociationRows, actor: Actor, stage: Stage, difference: Difference, now: datetime
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
    periods = stage.stored.activities[difference.old].dates
    event = (await by_period(ours, periods, stage.events_of(difference.old))).get(before)
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
    stage: Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    assert difference.old is not None  # noqa: S101 - a text of a row that stands
    field, after = difference.field, on_event(stage.new, difference, difference.after)
    before = on_event(stage.stored, difference, difference.before)
    if turns(stage, difference):
        return _deed_of_her_word(stage, difference, now)
    if field is Field.KIND and (before == Kind.OTHER) != (after == Kind.OTHER):
        return Deed.NOTHING, [], []  # what she said of the row holds, whatever it is called
    before, after = as_compared(before, field), as_compared(after, field)
    there = stage.events_of(difference.old)
    shared = [event for event in there if event.status is Status.JOINED or (event.joined and field in SHARED)]
    standing = [event for event in there if event not in shared and _stands(event, now)]
    events = [event for event in standing if event_value(event, field) != after]
    by_hand = [event for event in events if event_value(event, field) != before]
    if events:
        return Deed.CHANGES, [*events, *shared], by_hand
    return (Deed.SHARED if shared else Deed.NOTHING), shared, []


def _deed_of_her_word(
    stage: Stage, difference: Difference, now: datetime
) -> tuple[Deed, list[Event], list[Event]]:
    assert difference.old is not None  # noqa: S101 - a row that stands
    row = stage.new.activities[difference.new or 0]
    there = [event for event in stage.events_of(difference.old) if _stands(event, now) or is_shared(event)]
    if turns(stage, difference):
        # What is to be done by a day is a task, whatever else the row is.
        there = [event for event in there if event.period.precision is not Precision.DEADLINE]
        events = [event for event in there if event.gathering != row.gathering]
    else:
        events = [event for event in there if whom_in_words(event) != difference.after]
    shared = [event for event in events if is_shared(event)]
    if shared:
        return Deed.SHARED, shared, []
    said_otherwise = difference.field is Field.INVITED
    by_hand = [event for event in events if said_otherwise and whom_in_words(event) != difference.before]
    return (Deed.CHANGES if events else Deed.NOTHING), events, by_hand


def turns(stage: Stage, difference: Difference) -> bool:
    """Whether a difference makes a gathering of a task, or the other way round: by her word, or by what the
    row is called where she never said."""
    if difference.field is not Field.KIND:
        return difference.field is Field.GATHERS
    both = stage.stored.activities[difference.old or 0], stage.new.activities[difference.new or 0]
    unsaid = all(row.gathers is None for row in both)
    return unsaid and both[0].gathering != both[1].gathering


def whom_in_words(event: Event) -> str:
    """Whom an event is for, as a row of a plan says it."""
    return f"{GROUP}{event.group_id}" if event.invited is Invited.GROUP else event.invited.value


def on_event(draft: PlanDraft, difference: Difference, said: object) -> str:
    """What a row's text is on its events: the usual audience goes without saying there."""
    text = str(said or "")
    usual = difference.field is Field.AUDIENCE and text == _tidy(usual_audience(draft))
    return "" if usual else text


def event_value(event: Event, field: Field) -> str:
    """What an event says, to be held against what `as_compared` makes of a row's text."""
    said = in_words(event) if field is Field.VENUE else str(getattr(event, field.value))
    return as_compared(_tidy(said), field)


def as_compared(said: str, field: Field) -> str:
    """A row's text; however it says «онлайн», it is the same."""
    return Mode.ONLINE.value if field is Field.VENUE and is_online(said) else said


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _stands(event: Event, now: datetime) -> bool:
    """Whether it is still to take place, and nobody else speaks for it."""
    return event.status is Status.PLANNED and event.ends_at > now


def is_shared(event: Event) -> bool:
    return event.joined or event.status is Status.JOINED


def _covers(period: Period, other: Period) -> bool:
    """Whether a named day lies within a time of which no hour is named."""
    open_time = period.start_time is None and period.precision not in {Precision.DEADLINE, Precision.YEAR}
    return open_time and other.day_known and period.first_day <= other.first_day and other.end <= period.end


async def by_period(
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
