"""«Что хранить о людях»: telephone, category, years of service, each off until it is turned on."""

from __future__ import annotations

from datetime import datetime

from actions.acting import reread_home
from domain.records import Actor, Association, Detail
from storage.unit_of_work import Rows, UnitOfWork


async def stored_details(uow: UnitOfWork, actor: Actor, detail: Detail) -> int:
    """Of how many people it is kept, and would be erased."""
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).roster.count_details(detail)


async def turn_on(uow: UnitOfWork, actor: Actor, detail: Detail, now: datetime) -> Association:
    """From now on it is shown, asked for, and taken out of lists."""
    async with uow as rows:
        home = await _keep(rows, actor, actor.home.keeps | {detail}, now)
        await uow.commit()
    return home


async def turn_off(
    uow: UnitOfWork, actor: Actor, detail: Detail, now: datetime, *, erase: bool
) -> Association:
    """It is neither shown nor asked for; what is stored stays, unless it is to be erased."""
    async with uow as rows:
        if erase:
            await rows.association(actor.home.id).roster.erase_details(detail)
        home = await _keep(rows, actor, actor.home.keeps - {detail}, now)
        await uow.commit()
    return home


async def _keep(rows: Rows, actor: Actor, keeps: frozenset[Detail], now: datetime) -> Association:
    if keeps != actor.home.keeps:
        await rows.associations.change(actor.home.id, keeps=" ".join(sorted(keeps)))
        facts = {"before": sorted(actor.home.keeps), "keeps": sorted(keeps)}
        await rows.association(actor.home.id).journal.write("details_changed", facts, actor.person_id, now)
    return await reread_home(rows, actor)
