"""Differences of a corrected plan come into force: its rows, their events, and the notices about them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.changing import (
    Known,
    announce_event,
    change_event,
    change_quietly,
    restore_event,
    schedule,
    what_people_know,
)
from actions.inviting import invited_values, tell_new
from actions.naming import count_earlier_answers, day_values
from actions.plan_comparing import (
    OF_EVENTS,
    SHARED,
    Comparison,
    Deed,
    Item,
    Stage,
    as_compared,
    by_period,
    event_value,
    is_shared,
    on_event,
    turns,
)
from actions.plans import activity_row, invited_by, new_events, with_groups
from documents.plan_diff import Difference, Field, Merged, compare, merge, value
from domain.period import Period
from domain.places import is_online
from domain.plan_draft import ActivityDraft, PlanDraft, as_json, from_json, usual_audience
from domain.records import Actor, Event, Invited, Mode, Status
from storage.unit_of_work import AssociationRows, Rows

# The journal's line of a file that was taken.
CORRECTED = "plan_corrected"
# What of an event people are told.
_TOLD = frozenset({"period", "venue"})
# What an event takes over from the row that it goes to.
_HANDED_ON = (Field.TITLE, Field.VENUE, Field.RESPONSIBLE)


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


async def take(rows: Rows, actor: Actor, stage: Stage, now: datetime) -> Outcome:
    """The chosen differences come into force, within a unit of work."""
    ours = rows.association(actor.home.id)
    taken = [item for item in stage.comparison.items if item.taken]
    differences = [item.difference for item in taken]
    merged = merge(stage.stored, stage.new, stage.comparison.diff, differences)
    # No group is made for a row that stays as it stands.
    named = {row.invited for row in merged.draft.activities}
    new, _ = await with_groups(ours, from_json(stage.draft.draft), actor.person_id, now, named=named)
    merged = replace(merged, draft=_with_groups_of(new, stage.new, merged.draft))
    stage = replace(stage, new=new)
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
    if states:
        await rows.mailing.gather(actor.home.id, states, line)
    return Outcome(stage.comparison, made, changed, cancelled, removed, people, line)


def _with_groups_of(made: PlanDraft, asked: PlanDraft, draft: PlanDraft) -> PlanDraft:
    """The draft with groups in place of the names that they were asked for by; the two others are the same
    plan after they were made and before."""
    pairs = zip(asked.activities, made.activities, strict=True)
    groups: dict[str, str] = {was.invited: now.invited for was, now in pairs if was.invited and now.invited}
    return replace(
        draft,
        activities=tuple(
            replace(row, invited=groups.get(row.invited or "", row.invited)) for row in draft.activities
        ),
        answers=tuple(replace(said, said=groups.get(said.said, said.said)) for said in draft.answers),
    )


async def _write_line(ours: AssociationRows, actor: Actor, stage: Stage, count: int, now: datetime) -> int:
    """The journal's line, with the plan as it stood before; returns its id."""
    facts = {
        "school_year": stage.plan.school_year,
        "count": count,
        "before": dict(stage.plan.draft),
        "digest": stage.plan.digest,
    }
    return await ours.journal.write(CORRECTED, facts, actor.person_id, now)


async def _write_lines(
    rows: Rows,
    actor: Actor,
    stage: Stage,
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


async def _new_dates(ours: AssociationRows, stage: Stage, item: Item, row: ActivityDraft) -> list[Period]:
    """The dates for which a difference makes an event: the one that it is about, or those of a new row that
    have none yet."""
    difference = item.difference
    if item.deed is Deed.RETURNS and difference.field is Field.ROW:
        found = await by_period(ours, row.dates, item.events)
        return [period for period in row.dates if period not in found]
    if item.deed is not Deed.MAKES:
        return []
    if difference.field in {Field.ROW, Field.PARTED}:
        return row.dates
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
    rows: Rows, actor: Actor, stage: Stage, taken: Sequence[Item], states: dict[int, int], now: datetime
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
            elif turns(stage, item.difference) and not is_shared(event):
                texts.setdefault(event.id, {}).update(_sort_values(stage, item.difference))
            elif field in OF_EVENTS:
                texts.setdefault(event.id, {})[field.value] = on_event(stage.new, item.difference, after)
    for item in (one for one in taken if one.deed is Deed.HANDS_ON):
        for event in item.events:
            texts[event.id] = _words_of(stage, item.difference, event, now)
    whom, seen, going = _whom(stage, taken), 0, _going(taken)
    for event_id in dict.fromkeys([*texts, *days, *whom]):
        event, day = stage.events[event_id], days.get(event_id)
        words = _as_held(event, texts.get(event_id, {})) | whom.get(event_id, {})
        if event_id in going or not (words or day):
            continue
        if event.status is Status.JOINED:
            await _change_hidden(rows, actor, event, words, day, now)
        else:
            seen += await _change_seen(rows, actor, event, words, day, states, now)
    return seen


def _whom(stage: Stage, taken: Sequence[Item]) -> dict[int, dict[str, object]]:
    """For whom events are that are for others by the new file."""
    found: dict[int, dict[str, object]] = {}
    for item in taken:
        if item.difference.field is Field.INVITED and item.deed is Deed.CHANGES:
            invited, group_id = invited_by(stage.new.activities[item.difference.new or 0])
            found |= {event.id: {"invited": invited, "group_id": group_id} for event in item.events}
    return found


def _sort_values(stage: Stage, difference: Difference) -> dict[str, object]:
    """What an event is as the new file's row is: a gathering and for whom, or a task."""
    row = stage.new.activities[difference.new or 0]
    invited, group_id = invited_by(row)
    return {"gathering": row.gathering, "kind": row.kind, "invited": invited, "group_id": group_id}


def _words_of(stage: Stage, difference: Difference, event: Event, now: datetime) -> dict[str, object]:
    """What an event says once it is another row's: that row's words, where its own stand as they stood in the
    plan; what is over stays as it is."""
    assert difference.old is not None  # noqa: S101 - both rows are there
    assert difference.new is not None  # noqa: S101
    before, after = stage.stored.activities[difference.old], stage.new.activities[difference.new]
    if event.ends_at <= now:
        return {}
    changed = [field for field in _HANDED_ON if value(before, field) != value(after, field)]
    return {
        field.value: value(after, field)
        for field in changed
        if event_value(event, field) == as_compared(str(value(before, field)), field)
    }


def _as_held(event: Event, words: Mapping[str, object]) -> dict[str, object]:
    """What an event says, with how people come to it where its place, or that they come at all, is said
    anew: a row that says «онлайн» names no place."""
    if words.keys().isdisjoint({"venue", "gathering"}):
        return dict(words)
    venue = str(words.get("venue", event.venue))
    if is_online(venue) and words.get("gathering", event.gathering):
        held: dict[str, object] = {"venue": "", "entrance": "", "mode": Mode.ONLINE}
    elif venue and event.mode is Mode.ONLINE:
        held = {"mode": Mode.ONSITE, "link": ""}
    else:
        return dict(words)
    return {**words, **held, "schedule_version": event.schedule_version + 1}


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
        own = {name: values.pop(name) for name in list(values) if name in SHARED}
        if own:
            values["alone"] = {**await ours.events.own_texts(event.id), **own}
    there = _as_said(event, words)
    tells = not _TOLD.isdisjoint(values) or day is not None
    if "invited" in words:
        values |= invited_values(event, there.invited, there.group_id, actor.home.zone)
    if day is not None:
        known = await what_people_know(rows, event)
        values |= _day_values(there, day, known, actor, now)
    elif there.gathering != event.gathering:
        # Of what has no day yet people need not know what it is.
        tells = tells or event.period.day_known
        values |= schedule(there, event.period, event.status, actor.home.zone)
        values |= {"announced_at": now} if event.period.day_known else {}
    if not tells:
        quiet = await change_quietly(
            rows, event, event.revision, values, kind="corrected_quietly", by=actor, now=now
        )
        if "invited" in words and event.period.day_known:
            # Who is new to it hears of it for the first time, as when it is said by hand.
            await tell_new(rows, quiet.event, event, actor, now)
            states[event.id] = quiet.event.revision
        return set(values) != {"alone"}
    changed = await change_event(
        rows, event, event.revision, values, kind="corrected", by=actor.person_id, now=now
    )
    if day is not None:
        await count_earlier_answers(rows, event, day, known)
    states[event.id] = changed.event.revision
    return True


def _as_said(event: Event, words: Mapping[str, object]) -> Event:
    """An event that says this; what follows from it is left as it was."""
    group_id = words.get("group_id", event.group_id)
    return replace(
        event,
        venue=str(words.get("venue", event.venue)),
        mode=Mode(str(words.get("mode", event.mode))),
        gathering=bool(words.get("gathering", event.gathering)),
        invited=Invited(str(words.get("invited", event.invited))),
        group_id=group_id if isinstance(group_id, int) else None,
    )


def _day_values(
    event: Event, period: Period, known: Known | None, actor: Actor, now: datetime
) -> dict[str, object]:
    if not event.gathering:
        return schedule(event, period, event.status, actor.home.zone) | {"announced_at": now}
    return day_values(event, period, known, actor.home, now)
