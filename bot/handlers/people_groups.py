"""Groups of people: made, named, filled."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from actions.grouping import (
    GROUP_STEP,
    all_groups,
    group_people,
    name_group,
    open_naming,
    person_groups,
    put,
    remove_group,
)
from actions.inviting import whom
from bot.filters import HasText, Waits, needs
from bot.views import inviting
from bot.views import people_groups as views
from bot.views.people_keys import (
    NameGroup,
    PersonGroups,
    PutInGroup,
    RemoveGroup,
    ShowGroupPeople,
    ShowPeople,
)
from bot.views.view import Replies, follow, say, show
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="people_groups")


@router.callback_query(ShowPeople.filter(F.screen == "groups"), flags=needs(Right.DESK))
async def groups(callback: CallbackQuery, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Группы»."""
    return show(callback, views.groups(await all_groups(uow, actor)))


@router.callback_query(NameGroup.filter(), flags=needs(Right.DESK, dialogue=True))
async def ask_title(
    callback: CallbackQuery, callback_data: NameGroup, uow: UnitOfWork, actor: Actor
) -> Replies:
    """How is it called?"""
    return follow(callback, views.ask_title(await open_naming(uow, actor, callback_data.group or None)))


@router.message(Waits(GROUP_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def named(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The group's name; who is in it comes next, and then the event that it was made for."""
    event_id = actor.asked(GROUP_STEP).get("event")
    people = views.people(await name_group(uow, actor, message.text or "", now), 0)
    if not isinstance(event_id, int):
        return say(message, people)
    return say(message, people, inviting.fill(await whom(uow, actor, event_id, now), actor, now))


@router.callback_query(ShowGroupPeople.filter(), flags=needs(Right.DESK))
async def people(
    callback: CallbackQuery, callback_data: ShowGroupPeople, uow: UnitOfWork, actor: Actor
) -> Replies:
    """Who is in a group."""
    return show(
        callback, views.people(await group_people(uow, actor, callback_data.group), callback_data.page)
    )


@router.callback_query(PersonGroups.filter(), flags=needs(Right.DESK))
async def of_person(
    callback: CallbackQuery, callback_data: PersonGroups, uow: UnitOfWork, actor: Actor
) -> Replies:
    """The groups of a person."""
    return show(callback, views.of_person(await person_groups(uow, actor, callback_data.person)))


@router.callback_query(PutInGroup.filter(), flags=needs(Right.DESK))
async def moved(callback: CallbackQuery, callback_data: PutInGroup, uow: UnitOfWork, actor: Actor) -> Replies:
    """In, or out."""
    inside = callback_data.to == "in"
    people, groups = await put(uow, actor, callback_data.group, callback_data.person, inside=inside)
    if callback_data.page < 0:
        return show(callback, views.of_person(groups))
    return show(callback, views.people(people, callback_data.page))


@router.callback_query(RemoveGroup.filter(F.sure == "ask"), flags=needs(Right.DESK))
async def ask_remove(
    callback: CallbackQuery, callback_data: RemoveGroup, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Удалить группу»: is it meant?"""
    return show(callback, views.ask_remove(await group_people(uow, actor, callback_data.group)))


@router.callback_query(RemoveGroup.filter(F.sure == "yes"), flags=needs(Right.DESK))
async def removed(
    callback: CallbackQuery, callback_data: RemoveGroup, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """There is no such group any more."""
    group, line = await remove_group(uow, actor, callback_data.group, now)
    return show(callback, views.removed(group, line, await all_groups(uow, actor)))
