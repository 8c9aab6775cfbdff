"""The desk's own words, typed: «Люди» opens what the button of that name does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import cache

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from actions.calling import call_list
from actions.declining import ASKED_STEP
from actions.making import LINE_STEP, begin
from actions.naming import NAMING_STEP
from actions.reports import overview
from actions.roster import PEOPLE_STEP, open_people
from actions.settings import settings
from actions.undoing import read_journal
from bot.filters import needs
from bot.handlers.desk import to_choose
from bot.handlers.naming import first_to_name
from bot.views import broadcasts, calling, desk_settings, journal, making, people, reports
from bot.views.view import Replies, View, say
from bot.views.words import plain
from domain.records import Actor
from domain.roles import Right, may
from storage.unit_of_work import UnitOfWork

router = Router(name="desk_words")

# They take words, but asked for none, or for none like these: whoever types the name of a screen wants the
# screen.
_TAKE_WORDS_TOO = frozenset({NAMING_STEP, PEOPLE_STEP, ASKED_STEP, LINE_STEP})

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


_SCREENS: Mapping[str, Opens] = {
    "button-name-days": first_to_name,
    "button-new-event": _new_event,
    "button-who-comes": to_choose,
    "button-people": _people,
    "button-call": _calls,
    "button-reports": _reports,
    "button-journal": _journal,
    "button-settings": _settings,
    "button-write-to-people": _whom_to_write,
}


@cache
def _by_label() -> Mapping[str, Opens]:
    return {plain(key).casefold(): opens for key, opens in _SCREENS.items()}


class SaysScreen(Filter):
    """A coordinator types the name of a screen of her desk, and nothing else; no question waits for words."""

    async def __call__(self, message: Message, actor: Actor | None = None) -> bool | dict[str, Opens]:
        opens = _by_label().get((message.text or "").strip(" .!«»\n").casefold())
        if opens is None or actor is None or not may(actor.role, Right.DESK):
            return False
        if actor.dialogue is not None and actor.dialogue.step not in _TAKE_WORDS_TOO:
            return False
        return {"opens": opens}


@router.message(SaysScreen(), flags=needs(Right.DESK))
async def opened(message: Message, opens: Opens, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The screen, as its button opens it."""
    return say(message, await opens(uow, actor, now))
