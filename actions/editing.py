"""What an event is called, of what kind it is, who holds it and whom to ask: people find it on the card, and
hear nothing of it. Its hours are changed like its day."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from actions.changing import Changed, change_quietly
from actions.checking import check_ahead, check_planned, check_runs, known_event
from domain.errors import DomainError
from domain.event_words import read_line, read_title
from domain.plan_draft import Kind
from domain.records import Actor, Event
from domain.roles import Right, may
from storage.unit_of_work import AssociationRows, UnitOfWork

EDIT_STEP = "edit_event"

# What is written in words; the kind is chosen by a button.
Field = Literal["title", "responsible", "contact"]
# What a presenter changes of her event, too; what it is called and who holds it the coordinator says.
OF_HOSTS = frozenset({"contact", "hours"})


async def open_field(
    uow: UnitOfWork, actor: Actor, event_id: int, field: str, now: datetime, value: str | None = None
) -> Event:
    """The event, one field of which is about to be changed: what is written next is its new value; the one
    seen in the preview is kept meanwhile.

    Raises DomainError `event_unknown`, `event_cancelled`, `event_over`, `only_host`, `only_coordinator`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await _check_right(ours, actor, event_id, field)
        event = await known_event(ours, event_id)
        _check_editable(event, now)
        said = {} if value is None else {"value": value}
        await rows.people.wait_for(actor.person_id, EDIT_STEP, event=event_id, field=field, **said)
        await uow.commit()
    return event


def tidy_field(field: Field, text: str) -> str:
    """The new value on one line; «нет» takes it away. Raises DomainError `title_empty`, `title_too_long` and
    `line_too_long` with the fact `longest`."""
    if field == "title":
        return read_title(text)
    return read_line(text)


async def set_field(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, field: Field, value: str, now: datetime
) -> Changed:
    """Another title, another one who holds it, somebody else to ask.

    Raises DomainError `event_unknown`, `event_changed`, `event_cancelled`, `event_over`, `only_host`,
    `only_coordinator`.
    """
    return await _set(uow, actor, event_id, revision, field, value, now)


async def set_kind(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, kind: Kind, now: datetime
) -> Changed:
    """Another kind: «когда семинар?» finds it by that. Raises what `set_field` raises."""
    return await _set(uow, actor, event_id, revision, "kind", kind, now)


async def _set(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, name: str, value: object, now: datetime
) -> Changed:
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await _check_right(ours, actor, event_id, name)
        event = await known_event(ours, event_id)
        if getattr(event, name) == value:
            changed = Changed(event, 0, changed=False)
        else:
            _check_editable(event, now)
            changed = await change_quietly(rows, event, revision, {name: value}, kind=name, by=actor, now=now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return changed


async def _check_right(ours: AssociationRows, actor: Actor, event_id: int, field: str) -> None:
    await check_runs(ours, actor, event_id)
    if field not in OF_HOSTS and not may(actor.role, Right.DESK):
        raise DomainError("only_coordinator")


def _check_editable(event: Event, now: datetime) -> None:
    if not event.gathering:
        raise DomainError("stale_button", event_id=event.id)
    check_planned(event)
    check_ahead(event, now)
