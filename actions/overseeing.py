"""What a methodist reads: plans, days and counts of the associations she oversees; never who, never why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from actions.acting import reread
from actions.calendar import YearPlan, titles_of_groups
from domain.errors import DomainError
from domain.period import Period
from domain.plan_draft import FIRST_MONTH, first_year_of, school_year_label, school_year_of
from domain.records import Actor, Association, Card, Done, Event, Fulfilment, PlanRow
from domain.reports import row_key
from domain.roles import Role
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork


@dataclass(frozen=True, slots=True)
class Overview:
    """An association in numbers: what comes next, how many days are still to be named, and of the plan's
    dated rows how many there are, were held, and are over without a mark."""

    following: Event | None
    unnamed: int
    planned: int
    held: int
    unmarked: int


@dataclass(frozen=True, slots=True)
class Home:
    """An association of hers, what she is there, and how it stands where she oversees it."""

    association: Association
    role: Role
    overview: Overview | None = None


async def homes(uow: UnitOfWork, actor: Actor, now: datetime) -> list[Home]:
    """All her associations, the first made first."""
    async with uow.reading() as rows:
        found = await rows.associations.of_person(actor.person_id)
        return [
            Home(
                home,
                role,
                await _overview(rows.association(home.id), home, actor, now)
                if role is Role.METHODIST
                else None,
            )
            for home, role in found
        ]


async def act_in(uow: UnitOfWork, actor: Actor, association_id: int) -> Actor:
    """From now on she acts in another association of hers. Raises DomainError `not_your_home`."""
    async with uow as rows:
        if association_id not in {home.id for home, _ in await rows.associations.of_person(actor.person_id)}:
            raise DomainError("not_your_home")
        await rows.people.set_current_association(actor.person_id, association_id)
        await rows.people.wait_for(actor.person_id, None)
        moved = await reread(rows, actor.telegram_id)
        await uow.commit()
    return moved


async def overseen_plan(
    uow: UnitOfWork, actor: Actor, association_id: int, now: datetime
) -> tuple[Association, YearPlan]:
    """The whole plan of the school year, what is over too. Raises DomainError `not_overseen`."""
    async with uow.reading() as rows:
        home = await overseen(rows, actor, association_id)
        ours, first = rows.association(home.id), first_year_of(school_year(home, now))
        since = Period.day(date(first, FIRST_MONTH, 1)).begins_at(home.zone)
        years = [school_year_label(first), school_year_label(first + 1)]
        events = await ours.events.to_come(since)
        groups = await titles_of_groups(ours, events)
        year_round = tuple(await ours.activities.year_round(years))
        return home, YearPlan(tuple(events), year_round, groups=groups)


async def overseen_card(
    uow: UnitOfWork, actor: Actor, association_id: int, event_id: int, now: datetime
) -> tuple[Association, Card, list[PlanRow]]:
    """An event with how many come, and the plan's rows that it stands for. Of one that is held together with
    another, that other one. Raises DomainError `not_overseen`, `event_unknown`."""
    async with uow.reading() as rows:
        home = await overseen(rows, actor, association_id)
        events = rows.association(home.id).events
        found = (await events.many([event_id])).get(event_id)
        speaks = event_id if found is None else found.merged_into or event_id
        card = await events.card(speaks, actor.person_id, now)
        if card is None:
            raise DomainError("event_unknown")
        return home, card, await events.rows(speaks)


async def overseen_fulfilment(
    uow: UnitOfWork, actor: Actor, association_id: int, now: datetime
) -> tuple[Association, list[Fulfilment]]:
    """Every row of the school year's plan, by its mark. Raises DomainError `not_overseen`."""
    async with uow.reading() as rows:
        home = await overseen(rows, actor, association_id)
        ours, label = rows.association(home.id), school_year(home, now)
        lines, notes = await ours.activities.fulfilment([label], now), await ours.reports.notes(label)
        return home, [replace(one, result=notes.get(row_key(one.activity), "")) for one in lines]


async def overseen(rows: Rows, actor: Actor, association_id: int) -> Association:
    """An association that she oversees. Raises DomainError `not_overseen`."""
    for home, role in await rows.associations.of_person(actor.person_id):
        if home.id == association_id and role is Role.METHODIST:
            return home
    raise DomainError("not_overseen")


async def _overview(ours: AssociationRows, home: Association, actor: Actor, now: datetime) -> Overview:
    following = await ours.events.next(actor.person_id, now)
    counted = count_done(await ours.activities.fulfilment([school_year(home, now)], now))
    return Overview(
        following=None if following is None else following.event,
        unnamed=len(await ours.events.without_day(now)),
        planned=counted.total() - counted[Done.YEAR_ROUND],
        held=counted[Done.HELD],
        unmarked=counted[Done.UNMARKED],
    )


def count_done(lines: Sequence[Fulfilment]) -> Counter[Done]:
    """How many of the plan's rows stand how."""
    return Counter(one.done for one in lines)


def school_year(home: Association, now: datetime) -> str:
    """The school year that an association is in, as it says or by the calendar; the year after that begins by
    the calendar."""
    here = school_year_of(now.astimezone(home.zone).date())
    said = home.school_year or here
    return here if first_year_of(here) == first_year_of(said) + 1 else said
