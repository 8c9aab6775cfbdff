"""Tasks: who is named for them, who has done them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.changing import due_by_profile
from actions.checking import check_ahead, check_planned, known_event
from domain.errors import DomainError
from domain.records import Actor, Assignee, Attendee, Event, Status
from storage.unit_of_work import AssociationRows, UnitOfWork

NAME_PEOPLE_STEP = "name_people"


@dataclass(frozen=True, slots=True)
class Choosing:
    """A task, everybody who could be named for it, and those who are chosen so far."""

    task: Event
    everybody: Sequence[Attendee]
    chosen: frozenset[int]


@dataclass(frozen=True, slots=True)
class Named:
    """A task, those named for it, and how many of them hear of it now."""

    task: Event
    assignees: Sequence[Assignee]
    told: int = 0


@dataclass(frozen=True, slots=True)
class MyTask:
    """A task that is somebody's, and when she had it done."""

    task: Event
    done_at: datetime | None


async def choose_people(
    uow: UnitOfWork,
    actor: Actor,
    event_id: int,
    now: datetime,
    *,
    toggled: int | None = None,
    everybody: bool = False,
) -> Choosing:
    """Who is named for a task, or is to be: what is chosen lasts in the dialogue until it is saved.

    Raises DomainError `event_unknown`, `not_a_task`, `task_cancelled`, `task_over`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        task = await _open_task(ours, event_id, now)
        members = await ours.rsvps.attendees(event_id)
        so_far = _chosen_so_far(actor, event_id)
        chosen = await _named(ours, event_id) if so_far is None else so_far
        if everybody:
            chosen = {one.person_id for one in members}
        if toggled is not None:
            chosen ^= {toggled}
        chosen &= {one.person_id for one in members}
        await rows.people.wait_for(actor.person_id, NAME_PEOPLE_STEP, event=event_id, chosen=sorted(chosen))
        await uow.commit()
    return Choosing(task, members, frozenset(chosen))


async def save_people(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Named:
    """Those who are chosen are named for the task, and told; those who are not any more are released.

    Raises DomainError as `choose_people` does, and `stale_button` where nothing was chosen.
    """
    chosen = _chosen_so_far(actor, event_id)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        task = await _open_task(ours, event_id, now)
        if chosen is None:
            raise DomainError("stale_button", event_id=event_id)
        before = await _named(ours, event_id)
        new = chosen - before
        await ours.assignments.name(event_id, sorted(new), now)
        for person_id in before - chosen:
            await ours.assignments.release(event_id, person_id)
        due = await due_by_profile(rows, actor.home.id, now)
        told = await rows.mailing.tell_named(task, sorted(new), due, but=actor.person_id)
        assignees = await ours.assignments.of_event(event_id)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return Named(task, assignees, told)


async def assignees(uow: UnitOfWork, actor: Actor, event_id: int) -> Named:
    """Who is named for a task, and who has done it. Raises DomainError `event_unknown`, `not_a_task`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        task = await _task(ours, event_id)
        named = await ours.assignments.of_event(event_id)
        await uow.commit()
    return Named(task, named)


async def finish(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime, *, done: bool) -> MyTask:
    """«Готово» (or, with `done` False, «Ещё не готово»), by one who is named for the task.

    Raises DomainError `event_unknown`, `not_a_task`, `task_cancelled`, `task_not_yours`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        task = await _task(ours, event_id)
        check_planned(task)
        if event_id not in await ours.assignments.of_person(actor.person_id):
            raise DomainError("task_not_yours", event_id=event_id)
        if done:
            await ours.assignments.finish(event_id, actor.person_id, now)
        else:
            await ours.assignments.reopen(event_id, actor.person_id)
        mine = (await ours.assignments.of_person(actor.person_id))[event_id]
        await uow.commit()
    return MyTask(task, mine)


async def my_tasks(uow: UnitOfWork, actor: Actor) -> list[Event]:
    """The tasks that are hers and not done yet, the nearest deadline first."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        named = await ours.assignments.of_person(actor.person_id)
        tasks = await ours.events.many([event_id for event_id, done_at in named.items() if done_at is None])
    planned = [task for task in tasks.values() if task.status is Status.PLANNED]
    return sorted(planned, key=lambda task: (task.ends_at, task.id))


def _chosen_so_far(actor: Actor, event_id: int) -> set[int] | None:
    asked = actor.asked(NAME_PEOPLE_STEP)
    if asked.get("event") != event_id:
        return None
    chosen = asked.get("chosen")
    return {int(one) for one in chosen} if isinstance(chosen, Collection) else None


async def _named(ours: AssociationRows, event_id: int) -> set[int]:
    return {one.person_id for one in await ours.assignments.of_event(event_id)}


async def _task(ours: AssociationRows, event_id: int) -> Event:
    task = await known_event(ours, event_id)
    if task.gathering:
        raise DomainError("not_a_task", event_id=event_id)
    return task


async def _open_task(ours: AssociationRows, event_id: int, now: datetime) -> Event:
    task = await _task(ours, event_id)
    check_planned(task)
    check_ahead(task, now)
    return task
