"""The reports of a school year, and somebody's own portfolio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.overseeing import overseen, school_year
from actions.school_years import chosen, read_year
from documents.apart import write_apart
from domain.errors import DomainError
from domain.plan_draft import first_year_of, school_year_label
from domain.records import Actor, Association, Done, Event, Mark, Talk
from domain.reports import (
    Appearance,
    Coverage,
    Missing,
    Portfolio,
    SchoolYear,
    coverage,
    done_of,
    is_written_up,
    missing,
)
from storage.unit_of_work import UnitOfWork

# No button names a school year before this one.
_EARLIEST = 2000


@dataclass(frozen=True, slots=True)
class Overview:
    """«Отчёты»: which year is shown, which others there are, and what its reports still lack (None while it
    is too early to ask)."""

    label: str
    earlier: str | None
    later: str | None
    lacks: list[Missing] | None


def time_to_write_up(home: Association, now: datetime) -> bool:
    """Whether an association's year is being written up: then «Отчёты» are «Итоги года», and come first."""
    set_up = bool(home.title and home.school_year)
    return set_up and is_written_up(school_year(home, now), now.astimezone(home.zone).date())


async def overview(
    uow: UnitOfWork, actor: Actor, first_year: int | None, now: datetime, *, association_id: int | None = None
) -> tuple[Association, Overview]:
    """«Отчёты» of the year that begins in `first_year`; of the present one for None, and for one that is
    neither the present nor the last. Of an association that she oversees where it is named: then nothing is
    asked of her. Raises DomainError `not_overseen`."""
    async with uow.reading() as rows:
        home = actor.home if association_id is None else await overseen(rows, actor, association_id)
        label = chosen(home, first_year, now)
        lacks = None
        if association_id is None and is_written_up(label, now.astimezone(home.zone).date()):
            ours = rows.association(home.id)
            lacks = missing(await read_year(ours, home, label, now))
    present = school_year(home, now)
    before = first_year_of(present) - 1
    last = school_year_label(before) if before >= _EARLIEST else None
    return home, Overview(
        label, last if label == present else None, present if label == last else None, lacks
    )


async def report(
    uow: UnitOfWork,
    actor: Actor,
    first_year: int,
    now: datetime,
    write: Callable[[SchoolYear], bytes],
    *,
    association_id: int | None = None,
) -> tuple[bytes, SchoolYear]:
    """A report of a year, written by one of the writers of `documents` in a process of its own, and what it
    was made of. Raises DomainError `not_overseen`, `nothing_to_report` where there is neither a plan nor a
    gathering, and what `documents.apart` raises."""
    async with uow.reading() as rows:
        home = actor.home if association_id is None else await overseen(rows, actor, association_id)
        label = chosen(home, first_year, now)
        year = await read_year(rows.association(home.id), home, label, now)
    if not year.rows and not year.gatherings:
        raise DomainError("nothing_to_report", label=label)
    return await write_apart(write, year), year


async def plan_as_it_stands(
    uow: UnitOfWork, actor: Actor, first_year: int, now: datetime, write: Callable[[SchoolYear], bytes]
) -> tuple[bytes, SchoolYear]:
    """The plan of the year that begins in `first_year` with its days and places as they are now, written as
    `report` has it. Raises DomainError `nothing_to_report`, and what `documents.apart` raises."""
    label = school_year_label(first_year)
    async with uow.reading() as rows:
        year = await read_year(rows.association(actor.home.id), actor.home, label, now)
    if not year.rows and not year.beyond:
        raise DomainError("nothing_to_report", label=label)
    return await write_apart(write, year), year


async def pictures(
    uow: UnitOfWork,
    actor: Actor,
    first_year: int,
    now: datetime,
    *draw: Callable[[SchoolYear], bytes],
) -> tuple[list[bytes], SchoolYear, Coverage]:
    """Pictures of a year, drawn by writers of `documents` likewise. Raises DomainError `nobody_marked_yet`
    where nothing was called over."""
    year, seen = await _covered(uow, actor, first_year, now)
    if not year.rolled:
        raise DomainError("nobody_marked_yet", label=year.label)
    return [await write_apart(one, year) for one in draw], year, seen


async def covered(
    uow: UnitOfWork, actor: Actor, first_year: int | None, now: datetime
) -> tuple[str, Coverage]:
    """«Охват школ»: the year that is shown (the present one for None), and which schools were seen in it."""
    year, seen = await _covered(uow, actor, first_year, now)
    return year.label, seen


async def portfolio(
    uow: UnitOfWork, actor: Actor, write: Callable[[Portfolio], bytes], now: datetime
) -> tuple[bytes, Portfolio]:
    """What she herself was at, spoke of and presented in her association, as a document. Raises DomainError
    `portfolio_empty`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        marks = {event: one.mark for event, one in await ours.attendance.of_person(actor.person_id)}
        talks = await ours.talks.many(await ours.reports.talks_of(actor.person_id))
        hosted = await ours.reports.hosted_by(actor.person_id)
        events = await ours.events.many({*marks, *hosted, *(one.event_id for one in talks.values())})
        heads = await ours.members.coordinators()
        head = await ours.roster.get(next(iter(heads))) if len(heads) == 1 else None
    made = Portfolio(
        name=actor.name.full if actor.name else "",
        school=actor.school or "",
        association=actor.home.title,
        head=head.name.signing if head else "",
        appearances=_appearances(events, marks, list(talks.values()), hosted, now),
    )
    if not made.appearances:
        raise DomainError("portfolio_empty")
    return await write_apart(write, made), made


def _appearances(
    events: Mapping[int, Event],
    marks: Mapping[int, Mark],
    talks: list[Talk],
    hosted: list[int],
    now: datetime,
) -> tuple[Appearance, ...]:
    """What was over by now and took place, as far as anybody knows, and was not without her."""
    found = []
    for event in sorted(events.values(), key=lambda one: (one.starts_at, one.id)):
        mark = marks.get(event.id)
        spoke = tuple((one.theme, one.form) for one in talks if one.event_id == event.id and one.confirmed)
        was = mark.was_there if mark else bool(spoke) or event.id in hosted
        if was and done_of(event, now, marked=True) is Done.HELD:
            found.append(Appearance(event.title, event.period, event.id in hosted, spoke))
    return tuple(found)


async def _covered(
    uow: UnitOfWork, actor: Actor, first_year: int | None, now: datetime
) -> tuple[SchoolYear, Coverage]:
    async with uow.reading() as rows:
        label = chosen(actor.home, first_year, now)
        year = await read_year(rows.association(actor.home.id), actor.home, label, now)
    # Of two thousand people and sixty meetings it takes a while.
    return year, await asyncio.to_thread(coverage, year)
