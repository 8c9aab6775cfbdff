"""«Поручить встречу»: who presents an event, somebody of the association or by an invitation."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from actions.hosting import hosting, invite_host, link_host, propose_host, to_choose_from, unlink_host
from bot.filters import needs
from bot.views import hosting as views
from bot.views.hosting_keys import InviteHost, LinkHost, PickHost, ProposeHost, ShowHosts, UnlinkHost
from bot.views.view import Replies, follow, show
from bot.views.words import t
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="hosting")


@router.callback_query(ShowHosts.filter(), flags=needs(Right.DESK))
async def home(
    callback: CallbackQuery, callback_data: ShowHosts, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Who presents it."""
    return show(callback, views.hosts(await hosting(uow, actor, callback_data.event, now), actor, now))


@router.callback_query(PickHost.filter(), flags=needs(Right.DESK))
async def choose(
    callback: CallbackQuery, callback_data: PickHost, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Выбрать из списка»: a page of members."""
    event, people = await to_choose_from(uow, actor, callback_data.event, now)
    return show(callback, views.choose(event, people, callback_data.page, actor, now))


@router.callback_query(ProposeHost.filter(), flags=needs(Right.DESK))
async def chosen(
    callback: CallbackQuery, callback_data: ProposeHost, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One of them: the preview."""
    event, one = await propose_host(uow, actor, callback_data.event, callback_data.person, now)
    return show(callback, views.preview(event, one, actor, now))


@router.callback_query(LinkHost.filter(), flags=needs(Right.DESK))
async def linked(
    callback: CallbackQuery, callback_data: LinkHost, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Поручить»: she is told."""
    found = await link_host(uow, actor, callback_data.event, callback_data.person, now)
    return show(callback, views.hosts(found, actor, now), t("hosts-told" if found.told else "hosts-saved"))


@router.callback_query(UnlinkHost.filter(), flags=needs(Right.DESK))
async def unlinked(
    callback: CallbackQuery, callback_data: UnlinkHost, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """She presents it no more."""
    found = await unlink_host(uow, actor, callback_data.event, callback_data.person, now)
    return show(callback, views.hosts(found, actor, now), t("hosts-saved"))


@router.callback_query(InviteHost.filter(), flags=needs(Right.DESK))
async def invited(
    callback: CallbackQuery,
    callback_data: InviteHost,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    bot: Bot,
) -> Replies:
    """«Пригласить по ссылке»: words to pass on, in a message of their own."""
    name = (await bot.me()).username or ""
    event, way = await invite_host(uow, actor, callback_data.event, now)
    return follow(callback, *views.invitation(event, way, name, actor, now))
