"""A meeting that stands in no plan: from a coordinator's words to an event that people hear of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from actions.changing import Changed, announce_event
from actions.checking import known_event
from actions.grouping import known_group
from actions.naming import NAMING_STEP, check_day_ahead
from domain.clashes import Clash, clashes
from domain.errors import DomainError
from domain.event_words import EventDraft
from domain.kinds import kind_of
from domain.marks import mark_of
from domain.period import Period
from domain.records import Actor, Association, Event, Invited, Status
from domain.rsvp import answers_until
from storage.events import CREATED, NewEvent
from storage.unit_of_work import UnitOfWork

# A whole line is waited for: the first one, and, under the preview, whatever is to be said otherwise.
LINE_STEP = "new_event"
# What a line left out, each asked for by itself.
MISSING_STEPS = {"title": "new_event_title", "day": "new_event_day", "place": "new_event_place"}
MAKING = frozenset({LINE_STEP, *MISSING_STEPS.values()})
# It is made: a second press of the same button finds it.
MADE_STEP = "new_event_made"


@dataclass(frozen=True, slots=True)
class Offer:
    """A draft as it stands, and how many people would hear of it. `mark` names this very draft; `missing` is
    what is to be asked next (None where nothing is); `clashes` is what else takes place on its day."""

    draft: EventDraft
    missing: str | None
    period: Period | None
    people: int
    mark: str
    clashes: tuple[Clash, ...] = ()
    group: str = ""  # the title of the group that it is for, where it is for one


async def begin(uow: UnitOfWork, actor: Actor) -> None:
    """«Новая встреча»: what is written next is its line."""
    async with uow as rows:
        await rows.people.wait_for(
            actor.person_id, LINE_STEP, draft=EventDraft().as_facts(), association=actor.home.id
        )
        await uow.commit()


async def offer(uow: UnitOfWork, actor: Actor, draft: EventDraft, now: datetime) -> Offer:
    """Keeps a draft, at the usual place where only a place is missing, and says what else is. Raises
    DomainError `day_in_past`, `end_before_start`."""
    if draft.missing == "place" and actor.home.usual_venue:
        draft = replace(draft, venue=actor.home.usual_venue)
    period = None if draft.period is None else draft.dated(_usual(actor.home))
    if period is not None:
        check_day_ahead(period, actor, now)
    facts = draft.as_facts()
    step = LINE_STEP if draft.missing is None else MISSING_STEPS[draft.missing]
    async with uow as rows:
        tells = period is not None and period.day_known
        ours = rows.association(actor.home.id)
        people = await rows.mailing.count_told(actor.home.id, but=actor.person_id) if tells else 0
        others = await ours.events.to_come(now) if tells else []
        group = "" if draft.group_id is None else (await known_group(ours, draft.group_id)).title
        # The association is kept with it: what is written for one is not made in another.
        await rows.people.wait_for(actor.person_id, step, draft=facts, association=actor.home.id)
        await uow.commit()
    if tells and draft.invited is not Invited.EVERYBODY:
        people = await _count_invited(uow, actor, draft, now)
    found = clashes(period, draft.venue, draft.audience, others) if period is not None else []
    return Offer(draft, draft.missing, period, people, mark_of(facts), tuple(found), group)


async def _count_invited(uow: UnitOfWork, actor: Actor, draft: EventDraft, now: datetime) -> int:
    """How many would be told of a meeting for some: it is made, and without a commit nothing of it stays."""
    async with uow as rows:
        made = await rows.association(actor.home.id).events.make(
            _new_event(draft, actor, now), actor.person_id, now
        )
        return await rows.mailing.count_concerned(made, but=actor.person_id)


async def copy(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Offer:
    """The same event once more, for the same people, on a day that is asked for; for everybody, where it was
    for a group that is gone. Raises DomainError `event_unknown`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        groups = {None, *await ours.groups.titles()}
    if not event.gathering:
        raise DomainError("stale_button", event_id=event_id)
    if event.group_id not in groups:
        event = replace(event, invited=Invited.EVERYBODY, group_id=None)
    return await offer(uow, actor, EventDraft.copy_of(event), now)


def draft_of(actor: Actor) -> EventDraft:
    """The draft of the dialogue that is open. Raises DomainError `draft_left` where none is."""
    facts = _facts(actor)
    if "draft" not in facts:
        raise DomainError("draft_left")
    return EventDraft.from_facts(facts["draft"])


def line_of(actor: Actor) -> str:
    """The line of a meeting that was taken for a day of one of the plan: it is kept with the dialogue. Raises
    DomainError `draft_left` where that was left."""
    line = actor.asked(NAMING_STEP, LINE_STEP).get("line")
    if not isinstance(line, str):
        raise DomainError("draft_left")
    return line


async def make_event(uow: UnitOfWork, actor: Actor, mark: str, now: datetime) -> Changed:
    """Makes the event that the preview showed; everybody is told, unless its day is still to be named.

    Event, first revision and messages are one transaction. A second press makes nothing more. Raises
    DomainError `draft_left` where the dialogue was left or the draft is another one by now, `day_in_past`.
    """
    facts = _facts(actor)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        if facts.get("made") == mark:
            event = await known_event(ours, int(facts["event"]))
            await uow.commit()
            return Changed(event, 0, changed=False)
        draft = draft_of(actor)
        if draft.missing is not None or mark_of(facts["draft"]) != mark:
            raise DomainError("draft_left")
        if draft.group_id is not None:
            await known_group(ours, draft.group_id)
        new = _new_event(draft, actor, now)
        event = await ours.events.make(new, actor.person_id, now)
        made = Changed(event, 0)
        if new.announced_at is not None:
            made = await announce_event(rows, event, by=actor.person_id, now=now)
        await rows.people.wait_for(
            actor.person_id, MADE_STEP, made=mark, event=event.id, association=actor.home.id
        )
        await uow.commit()
    return made


async def unmake(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Event | None:
    """«Отменить создание» while nobody can have heard of it: the event is gone as if it had never been.

    None where somebody may know of it by now: then it is to be cancelled, like any other. Raises DomainError
    `event_unknown`, and `stale_button` for an event that came with the plan.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        history = await ours.events.revisions(event_id)
        if history[0].kind != CREATED:
            raise DomainError("stale_button", event_id=event_id)
        everybody = await ours.rsvps.attendees(event_id)
        answered = any(one.answer and one.person_id != actor.person_id for one in everybody)
        if answered or not await rows.mailing.take_back(event):
            return None
        await ours.events.remove(event_id)
        await ours.journal.write("event_removed", {"title": event.title}, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return event


def _new_event(draft: EventDraft, actor: Actor, now: datetime) -> NewEvent:
    period, zone = draft.dated(_usual(actor.home)), actor.home.zone
    check_day_ahead(period, actor, now)
    told = now if period.day_known else None
    return NewEvent(
        title=draft.title,
        kind=draft.kind or kind_of(draft.title),
        gathering=True,
        period=period,
        venue=draft.venue,
        responsible=draft.responsible,
        audience=draft.audience,
        starts_at=period.begins_at(zone),
        ends_at=period.ends_at(zone),
        answers_until=answers_until(draft.invited is not Invited.NOBODY, period, Status.PLANNED, zone),
        invited=draft.invited,
        group_id=draft.group_id,
        entrance=draft.entrance,
        bring=draft.bring,
        mode=draft.mode,
        link=draft.link,
        contact=draft.contact,
        announced_at=told,
        told_at=told,
    )


def _usual(home: Association) -> time:
    return time.fromisoformat(home.usual_time)


def _facts(actor: Actor) -> Mapping[str, Any]:
    return actor.asked(*MAKING, MADE_STEP)


def without_place(draft: EventDraft) -> EventDraft:
    """The place is left open."""
    return replace(draft, place_open=True)
