"""What there is to read of an event: added by who runs it, read by everybody in the association."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.changing import due_by_profile
from actions.checking import check_gathering, check_not_cancelled, check_runs, check_sees, known_event
from domain.broadcasts import Target, Whom
from domain.errors import DomainError
from domain.materials import MOST_MATERIALS, NewMaterial, tidy_material
from domain.records import Actor, Event, Material
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# Files and links are waited for, one after the other, until she does something else.
MATERIAL_STEP = "material"
MATERIAL_TITLE_STEP = "material_title"
# What was taken out can be brought back for so long.
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shelf:
    """An event and what there is to read of it; how many of that were added just now."""

    event: Event
    materials: Sequence[Material]
    added: int = 0


@dataclass(frozen=True, slots=True)
class Telling:
    """Those who come to an event are to be told of its materials: how many people that are, and how many of
    those who come the bot cannot write to."""

    event: Event
    materials: Sequence[Material]
    people: int
    unreached: int


async def shelf(uow: UnitOfWork, actor: Actor, event_id: int) -> Shelf:
    """What there is to read of an event that she may see. Raises DomainError `event_unknown`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        await check_sees(ours, actor, event_id)
        return await _shelf(ours, event_id)


async def shelf_to_fill(uow: UnitOfWork, actor: Actor, event_id: int) -> Shelf:
    """The same of an event that she runs. Raises DomainError `event_unknown`, `only_host`."""
    async with uow.reading() as rows:
        return await _own_shelf(rows.association(actor.home.id), actor, event_id)


async def one_material(
    uow: UnitOfWork, actor: Actor, event_id: int, material_id: int
) -> tuple[Event, Material]:
    """One of the materials of an event that she runs. Raises DomainError `event_unknown`, `only_host`,
    `material_gone`."""
    async with uow.reading() as rows:
        return await _one(rows.association(actor.home.id), actor, event_id, material_id)


async def open_adding(uow: UnitOfWork, actor: Actor, event_id: int) -> Shelf:
    """What she sends next are materials of this event. Raises DomainError `event_unknown`, `only_host`,
    `materials_full`."""
    async with uow as rows:
        found = await _own_shelf(rows.association(actor.home.id), actor, event_id)
        _check_room(found, 1)
        await rows.people.wait_for(actor.person_id, MATERIAL_STEP, event=event_id, association=actor.home.id)
        await uow.commit()
    return found


async def add_materials(uow: UnitOfWork, actor: Actor, new: Sequence[NewMaterial], now: datetime) -> Shelf:
    """Adds links, or a file, to the event of the dialogue, which stays open for more; what is there already
    is not added again.

    Raises DomainError `event_unknown`, `only_host`, `materials_full` with the fact `most`.
    """
    event_id = _of_dialogue(actor, "event")
    async with uow as rows:
        ours = rows.association(actor.home.id)
        before = await _own_shelf(ours, actor, event_id)
        known = await ours.materials.known(event_id)
        wanted = {key: one for one in new if (key := one.link or one.unique_id) not in known}
        if wanted:
            _check_room(before, len(wanted))
            await ours.materials.add(event_id, list(wanted.values()), actor.person_id, now)
            facts = {"event": event_id, "materials": len(wanted)}
            await ours.journal.write("materials_added", facts, actor.person_id, now)
        found = await _shelf(ours, event_id, added=len(wanted))
        await uow.commit()
    return found


async def open_title(
    uow: UnitOfWork, actor: Actor, event_id: int, material_id: int
) -> tuple[Event, Material]:
    """What she writes next is a material's title. Raises DomainError `event_unknown`, `only_host`,
    `material_gone`."""
    async with uow as rows:
        found = await _one(rows.association(actor.home.id), actor, event_id, material_id)
        facts = {"event": event_id, "material": material_id, "association": actor.home.id}
        await rows.people.wait_for(actor.person_id, MATERIAL_TITLE_STEP, **facts)
        await uow.commit()
    return found


async def rename(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> tuple[Event, Material]:
    """Gives the material of the dialogue another title. Raises DomainError `event_unknown`, `only_host`,
    `material_gone`, `line_empty`, `line_too_long`."""
    title = tidy_material(text)
    event_id, material_id = _of_dialogue(actor, "event"), _of_dialogue(actor, "material")
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        await known_event(ours, event_id)
        _, before = await _one(ours, actor, event_id, material_id)
        if await ours.materials.rename(event_id, material_id, title):
            facts = {"event": event_id, "before": before.title, "after": title}
            await ours.journal.write("material_renamed", facts, actor.person_id, now)
        found = await _one(ours, actor, event_id, material_id)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return found


async def remove(
    uow: UnitOfWork, actor: Actor, event_id: int, material_id: int, now: datetime
) -> tuple[Event, Material]:
    """Takes a material out; a second press changes nothing. Raises DomainError `event_unknown`, `only_host`,
    `material_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        event = await known_event(ours, event_id)
        removed = await ours.materials.remove(event_id, material_id, now)
        await ours.materials.forget(now - KEPT_FOR)
        material = await ours.materials.get(event_id, material_id)
        if removed and material is not None:
            facts = {"event": event_id, "title": material.title}
            await ours.journal.write("material_removed", facts, actor.person_id, now)
        await uow.commit()
    if material is None:
        raise DomainError("material_gone")
    return event, material


async def bring_back(uow: UnitOfWork, actor: Actor, event_id: int, material_id: int, now: datetime) -> Shelf:
    """Puts back what was taken out. Raises DomainError `event_unknown`, `only_host`, `material_gone` where it
    is forgotten, `materials_full`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        found = await _own_shelf(ours, actor, event_id)
        material = await ours.materials.get(event_id, material_id)
        if material is None:
            raise DomainError("material_gone")
        if material.removed:
            _check_room(found, 1)
            await ours.materials.bring_back(event_id, material_id)
            facts = {"event": event_id, "title": material.title}
            await ours.journal.write("material_returned", facts, actor.person_id, now)
            found = await _shelf(ours, event_id)
        await uow.commit()
    return found


async def propose_telling(uow: UnitOfWork, actor: Actor, event_id: int) -> Telling:
    """How many people would be told of an event's materials. Raises what `tell` raises."""
    async with uow.reading() as rows:
        return await _telling(rows, actor, event_id)


async def tell(
    uow: UnitOfWork, actor: Actor, event_id: int, newest: int, now: datetime
) -> tuple[Telling, int]:
    """Tells those who come of the materials that she who tells them saw, once, after their quiet hours;
    returns how many people.

    Raises DomainError `event_unknown`, `only_host`, `event_cancelled`, `no_answer_needed`,
    `day_not_named`, `materials_none`, `materials_changed` where the newest of them is another one by now.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        telling = await _telling(rows, actor, event_id)
        if telling.materials[-1].id != newest:
            raise DomainError("materials_changed")
        due = await due_by_profile(rows, actor.home.id, now)
        people = await rows.mailing.tell_of_materials(telling.event, newest, due, but=actor.person_id)
        if people:
            facts = {"event": event_id, "people": people}
            await ours.journal.write("materials_told", facts, actor.person_id, now)
        await uow.commit()
    return telling, people


async def _telling(rows: Rows, actor: Actor, event_id: int) -> Telling:
    found = await _own_shelf(rows.association(actor.home.id), actor, event_id)
    event = found.event
    check_gathering(event)
    check_not_cancelled(event)
    if not event.period.day_known:
        raise DomainError("day_not_named", event_id=event.id)
    if not found.materials:
        raise DomainError("materials_none")
    those = Target(Whom.COMING, event.id)
    people, unreached = await rows.mailing.count_meant(actor.home.id, those, but=actor.person_id)
    return Telling(event, found.materials, people, unreached)


async def _shelf(ours: AssociationRows, event_id: int, added: int = 0) -> Shelf:
    return Shelf(await known_event(ours, event_id), await ours.materials.of_event(event_id), added)


async def _own_shelf(ours: AssociationRows, actor: Actor, event_id: int) -> Shelf:
    await check_runs(ours, actor, event_id)
    return await _shelf(ours, event_id)


async def _one(
    ours: AssociationRows, actor: Actor, event_id: int, material_id: int
) -> tuple[Event, Material]:
    await check_runs(ours, actor, event_id)
    event = await known_event(ours, event_id)
    material = await ours.materials.get(event_id, material_id)
    if material is None or material.removed:
        raise DomainError("material_gone")
    return event, material


def _check_room(found: Shelf, more: int) -> None:
    if len(found.materials) + more > MOST_MATERIALS:
        raise DomainError("materials_full", most=MOST_MATERIALS)


def _of_dialogue(actor: Actor, name: str) -> int:
    """What the open dialogue is about. Raises DomainError `event_unknown` where it is about nothing here."""
    value = actor.asked(MATERIAL_STEP, MATERIAL_TITLE_STEP).get(name)
    if not isinstance(value, int):
        raise DomainError("event_unknown")
    return value
