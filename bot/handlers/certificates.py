"""«Справки»: for all who were there, for one, for herself."""

from __future__ import annotations

import asyncio
from datetime import datetime

from aiogram import Router
from aiogram.methods import SendDocument
from aiogram.types import CallbackQuery

from actions.acting import acting_where
from actions.certificates import Given, awards, give_all, give_one, give_own
from bot.filters import needs
from bot.views import certificates as views
from bot.views import documents
from bot.views.about_keys import TakeOwnCertificate
from bot.views.certificate_keys import TakeCertificate, TakeCertificates
from bot.views.paper_keys import ShowCertificates
from bot.views.view import Replies, acknowledge, send_file, show
from documents.blanks import fill_each
from domain.certificates import Holder
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="certificates")


@router.callback_query(ShowCertificates.filter(), flags=needs(Right.DESK))
async def screen(
    callback: CallbackQuery, callback_data: ShowCertificates, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Справки»."""
    found = await awards(uow, actor, callback_data.event, now)
    return show(callback, views.certificates(found, callback_data.page, actor, now))


@router.callback_query(TakeCertificates.filter(), flags=needs(Right.DESK))
async def of_all(
    callback: CallbackQuery, callback_data: TakeCertificates, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """All of a kind in one file."""
    given = await give_all(uow, actor, callback_data.event, callback_data.kind, now)
    return [acknowledge(callback), await _file(callback.from_user.id, given, actor, now)]


@router.callback_query(TakeCertificate.filter(), flags=needs(Right.DESK))
async def of_one(
    callback: CallbackQuery, callback_data: TakeCertificate, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """That of one person, or of one talk."""
    holder = Holder(callback_data.owner, callback_data.holder)
    given = await give_one(uow, actor, callback_data.event, holder, now)
    return [acknowledge(callback), await _file(callback.from_user.id, given, actor, now)]


@router.callback_query(TakeOwnCertificate.filter(), flags=needs(Right.LOOK))
async def own(
    callback: CallbackQuery, callback_data: TakeOwnCertificate, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Справка» on the card of an event that she was at; of her talks as well."""
    actor = await acting_where(uow, actor, callback_data.event)
    given = await give_own(uow, actor, callback_data.event, now)
    files = [await _file(callback.from_user.id, one, actor, now) for one in given]
    return [acknowledge(callback), *files]


async def _file(chat_id: int, given: Given, actor: Actor, now: datetime) -> SendDocument:
    """The file, written beside the loop: that takes a while."""
    blank, facts = documents.BLANKS[given.kind], documents.certificates(given, actor.home)
    content = await asyncio.to_thread(fill_each, blank, given.own.content if given.own else None, facts)
    return send_file(chat_id, content, views.file_name(given, actor, now), views.caption(given, actor, now))
