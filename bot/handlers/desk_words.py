"""The desk's own words, typed: «Люди» opens what the button of that name does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import cache

from aiogram import Bot, Router
from aiogram.filters import Filter
from aiogram.types import Message

from actions.blanks import BLANK_STEP
from actions.calling import call_list
from actions.grouping import all_groups
from actions.groups import linked_group
from actions.helping import helpers
from actions.making import LINE_STEP, begin
from actions.naming import NAMING_STEP
from actions.papers import SCAN_STEP
from actions.reports import overview
from actions.roster import PEOPLE_STEP, everybody, open_people, school_lines
from actions.settings import settings
from actions.undoing import read_journal
from bot.filters import needs
from bot.handlers.asking_again import NO_WORDS
from bot.handlers.desk import rarer, to_choose
from bot.handlers.naming import first_to_name
from bot.handlers.setting_up import invitations
from bot.views import (
    broadcasts,
    calling,
    desk,
    desk_settings,
    group,
    helping,
    journal,
    making,
    people,
    people_groups,
    reports,
)
from bot.views.view import Replies, View, say
from bot.views.words import plain
from domain.records import Actor
from domain.roles import Right, may
from storage.unit_of_work import UnitOfWork

router = Router(name="desk_words")

# They take words, but asked for none, or for none like these, or for a file: whoever types the name of a
# screen wants the screen.
_TAKE_WORDS_TOO = NO_WORDS | {NAMING_STEP, PEOPLE_STEP, LINE_STEP, SCAN_STEP, BLANK_STEP}

Opens = Callable[[UnitOfWork, Actor, datetime], Awaitable[View]]


async def _new_event(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    await begin(uow, actor)
    return making.ask_line(actor, now)


async def _people(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return people.home(await open_people(uow, actor))


async def _calls(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    listed = await call_list(uow, actor, None, now)
    return calling.no_event() if listed is None else calling.call_list(listed, 0, actor, now)


async def _reports(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    _, shown = await overview(uow, actor, None, now)
    return reports.home(shown, 0, actor, now)


async def _journal(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    return journal.page(await read_journal(uow, actor, None, 0, now), actor, now)


async def _settings(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    return desk_settings.screen("home", await settings(uow, actor), now)


async def _whom_to_write(_uow: UnitOfWork, _actor: Actor, _now: datetime) -> View:
    return broadcasts.ask_whom()


async def _groups(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return people_groups.groups(await all_groups(uow, actor))


async def _schools(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return people.schools(await school_lines(uow, actor), 0)


async def _list(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return people.everybody(await everybody(uow, actor), 0)


async def _helpers(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return helping.home(await helpers(uow, actor), actor)


async def _send_plan(_uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    return desk.send_plan(actor, now)


_SCREENS: Mapping[str, Opens] = {
    "button-name-days": first_to_name,
    "button-new-event": _new_event,
    "button-who-comes": to_choose,
    "button-people": _people,
    "button-people-list": _list,
    "button-schools": _schools,
    "button-groups": _groups,
    "button-helpers": _helpers,
    "button-more": rarer,
    "button-call": _calls,
    "button-reports": _reports,
    "button-journal": _journal,
    "button-settings": _settings,
    "button-write-to-people": _whom_to_write,
    "button-send-plan": _send_plan,
}


@cache
def _by_label() -> Mapping[str, Opens]:
    return {_typed(plain(key)): opens for key, opens in _SCREENS.items()}


def _typed(label: str) -> str:
    """A label as it is compared: whoever types it may leave out quotation marks and the dots of «ё»."""
    return label.strip(" .!«»\n").casefold().replace("ё", "е")


class SaysScreen(Filter):
    """A coordinator types the name of a screen of her desk, and nothing else; no question waits for words.
    `key`: of this one; else of those that any association shows alike, and the handler is given how it
    opens."""

    def __init__(self, key: str | None = None) -> None:
        self.key = key

    async def __call__(self, message: Message, actor: Actor | None = None) -> bool | dict[str, Opens]:
        typed = _typed(message.text or "")
        opens = None if self.key else _by_label().get(typed)
        if opens is None and (self.key is None or typed != _typed(plain(self.key))):
            return False
        if actor is None or not may(actor.role, Right.DESK):
            return False
        if actor.dialogue is not None and actor.dialogue.step not in _TAKE_WORDS_TOO:
            return False
        return True if opens is None else {"opens": opens}


@router.message(SaysScreen(), flags=needs(Right.DESK))
async def opened(message: Message, opens: Opens, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The screen, as its button opens it."""
    return say(message, await opens(uow, actor, now))


@router.message(SaysScreen("button-invite"), flags=needs(Right.DESK))
async def invite(message: Message, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot) -> Replies:
    """«Пригласить коллег»."""
    return await invitations(message.chat.id, uow, actor, now, bot)


@router.message(SaysScreen("button-group"), flags=needs(Right.DESK))
async def group_chat(message: Message, uow: UnitOfWork, actor: Actor, bot: Bot) -> Replies:
    """«Чат объединения»."""
    name = (await bot.me()).username or ""
    return say(message, group.screen(await linked_group(uow, actor), name))
