"""Questions about the plan: what comes next, what a month holds, what goes on all the year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from actions.checking import check_runs, known_event, sees_hers_alone
from actions.several import is_in_several, to_come_everywhere
from domain.errors import DomainError
from domain.period import Period
from domain.plan_draft import first_year_of, school_year_label, school_year_of
from domain.records import (
    LISTED,
    Activity,
    Actor,
    Association,
    Card,
    Event,
    Member,
    Revision,
    Standing,
)
from domain.roles import Right, may, may_see
from storage.unit_of_work import AssociationRows, UnitOfWork

# So long what is over is shown.
_YEAR = timedelta(days=366)


async def next_event(uow: UnitOfWork, actor: Actor, now: datetime, offset: int = 0) -> Card | None:
    """The card of the event that comes next, or of one further on; None where there is none."""
    async with uow as rows:
        events = rows.association(actor.home.id).events
        card = await events.next(actor.person_id, now, offset, hers=sees_hers_alone(actor))
        await uow.commit()
    return card


async def event_card(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Card:
    """The card of one event. Raises DomainError `event_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        card = await ours.events.card(event_id, actor.person_id, now)
        if card is not None and not card.event.gathering:
            mine = await ours.assignments.of_person(actor.person_id)
            card = replace(card, named=event_id in mine, done=mine.get(event_id) is not None)
        await uow.commit()
    if card is None or not may_see(actor.role, card.part):
        raise DomainError("event_unknown")
    return card


async def find_event(uow: UnitOfWork, actor: Actor, event_id: int) -> Event:
    """One event, read in passing: the update goes on. Raises DomainError `event_unknown`."""
    async with uow.reading() as rows:
        return await known_event(rows.association(actor.home.id), event_id)


async def run_event(uow: UnitOfWork, actor: Actor, event_id: int) -> Event:
    """One event that she runs, read in passing. Raises DomainError `event_unknown`, `only_host`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        return await known_event(ours, event_id)


async def event_history(uow: UnitOfWork, actor: Actor, event_id: int) -> tuple[Event, list[Revision]]:
    """One event, and what became of it, the oldest state first. Raises DomainError `event_unknown`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        return await known_event(ours, event_id), await ours.events.revisions(event_id)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """What is still to come, the work without a date, and what was over within a year, the newest first."""

    events: tuple[Event, ...]
    year_round: tuple[Activity, ...]
    past: tuple[Event, ...] = ()
    # What the groups are called that some of them are for.
    groups: Mapping[int, str] = field(default_factory=dict)

    @property
    def months(self) -> list[tuple[int, int]]:
        """The (year, month) pairs in which something is dated, in order."""
        return sorted({(event.period.first_day.year, event.period.first_day.month) for event in self.events})

    def of_month(self, month: tuple[int, int]) -> list[Event]:
        """The events that begin in a month."""
        return [
            event
            for event in self.events
            if (event.period.first_day.year, event.period.first_day.month) == month
        ]


async def year_plan(uow: UnitOfWork, actor: Actor, now: datetime) -> YearPlan:
    """Everything that is not over yet and what was within a year, and the year-round work of this school year
    and the next. Raises DomainError `plan_for_members`."""
    if not may(actor.role, Right.PLAN):
        raise DomainError("plan_for_members")
    this_year = school_year_of(now.astimezone(actor.home.zone).date())
    years = [this_year, school_year_label(first_year_of(this_year) + 1)]
    async with uow as rows:
        ours = rows.association(actor.home.id)
        events = await ours.events.to_come(now - _YEAR)
        plan = YearPlan(
            tuple(one for one in events if one.ends_at > now),
            tuple(await ours.activities.year_round(years)),
            tuple(one for one in reversed(events) if one.ends_at <= now),
            groups=await titles_of_groups(ours, events),
        )
        await uow.commit()
    return plan


async def titles_of_groups(ours: AssociationRows, events: Iterable[Event]) -> dict[int, str]:
    """What the groups are called, where some of these events are for one."""
    if all(one.group_id is None for one in events):
        return {}
    return await ours.groups.titles()


async def has_plan(uow: UnitOfWork, actor: Actor, now: datetime) -> bool:
    """Whether there is a plan for the association's school year, this one or the next."""
    this_year = school_year_of(now.astimezone(actor.home.zone).date())
    years = {actor.home.school_year, this_year, school_year_label(first_year_of(this_year) + 1)}
    async with uow.reading() as rows:
        activities = rows.association(actor.home.id).activities
        return any([await activities.plan(year) is not None for year in years])


async def events_between(
    uow: UnitOfWork, actor: Actor, first: date, last: date, now: datetime
) -> list[Event]:
    """What is to come between two local dates, inclusive; of days that are over, or where nothing is to come
    in them any more, what there was, and of one day alone all that it had."""
    over = Period.day(last).ends_at(actor.home.zone) <= now
    begins = Period.day(first).begins_at(actor.home.zone)
    since = min(begins, now) if over or first == last else now

    def between(events: Sequence[Event]) -> list[Event]:
        return [one for one in events if one.period.overlaps(first, last)]

    found = await search(uow, actor, between, since)
    if found or begins >= since:
        return found
    return await search(uow, actor, between, begins)


async def search(
    uow: UnitOfWork, actor: Actor, find: Callable[[Sequence[Event]], list[Event]], now: datetime
) -> list[Event]:
    """What `find` finds among all that is to come, which it is handed soonest first: in all associations in
    whose lists she is."""
    of = actor.person_id if sees_hers_alone(actor) else None
    async with uow as rows:
        if is_in_several(actor):
            events = await to_come_everywhere(rows, actor, now)
        else:
            events = await rows.association(actor.home.id).events.to_come(now, of=of)
        found = find(events)
        await uow.commit()
    return found


@dataclass(frozen=True, slots=True)
class Ahead:
    """A gathering to come that a member may tell others of: of which association, how many come."""

    home: Association
    event: Event
    going: int = 0


async def ahead_for(
    uow: UnitOfWork, actor: Actor, find: Callable[[Association, Sequence[Event]], list[Event]], now: datetime
) -> list[Ahead]:
    """What `find` finds among the gatherings for everybody to come of all associations in whose lists she is,
    which it is handed one by one, soonest first; the soonest first where several have some. Raises
    DomainError `plan_for_members` where she is in no list: a guest knows of her own events alone."""
    async with uow.reading() as rows:
        homes = [home for home, _ in await rows.associations.of_person(actor.person_id, LISTED)]
        if not homes:
            raise DomainError("plan_for_members")
        found: list[tuple[Association, Event]] = []
        for home in homes:
            to_come = await rows.association(home.id).events.to_come(now)
            planned = [one for one in to_come if one.for_everybody]
            found += [(home, event) for event in find(home, planned)]
        counts = await rows.group_chats.counts([event.id for _, event in found], now)
    if len(homes) > 1:
        found.sort(key=lambda one: one[1].starts_at)
    return [Ahead(home, event, counts[event.id].going) for home, event in found]


async def people_found(
    uow: UnitOfWork, actor: Actor, find: Callable[[Sequence[Member]], list[Member]]
) -> list[Member]:
    """Whom `find` finds among the active members, who are handed to it by surname."""
    async with uow as rows:
        found = find(await rows.association(actor.home.id).roster.everybody([Standing.ACTIVE]))
        await uow.commit()
    return found


async def my_answers(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Card]:
    """The gatherings to come that the person answered or can answer."""
    async with uow as rows:
        events = rows.association(actor.home.id).events
        cards = await events.answered_by(actor.person_id, now, hers=sees_hers_alone(actor))
        await uow.commit()
    return cards
