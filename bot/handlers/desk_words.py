"""Screens by their names, typed: «Люди» opens what the button of that name does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import cached_property, partial
from typing import Literal

from aiogram import Bot, Router
from aiogram.filters import Filter
from aiogram.types import Message

from actions.admitting import requests
from actions.blanks import BLANK_STEP, own_kinds
from actions.calendar import year_plan
from actions.calling import ADD_STEP, call_list
from actions.changing import PLACE_STEP
from actions.grouping import all_groups
from actions.groups import linked_group
from actions.guests import GUEST_STEP
from actions.helping import candidates, helpers, leads_beside
from actions.making import LINE_STEP, MISSING_STEPS, begin
from actions.naming import NAMING_STEP
from actions.own_data import kept
from actions.papers import SCAN_STEP
from actions.people_lists import pairs_alike
from actions.reports import covered, overview
from actions.roll_call import ROLL_STEP
from actions.roster import PEOPLE_STEP, open_people, school_lines
from actions.settings import ask_setting, settings
from actions.timing import QUIET_STEP, REST_STEP, association_timing, open_dialogue, own_timing
from actions.undoing import read_journal
from bot.filters import needs
from bot.handlers.asking_again import NO_WORDS
from bot.handlers.calendar import plan_view
from bot.handlers.desk import rarer, to_choose
from bot.handlers.desk_timing import QUESTIONS, STEPS
from bot.handlers.naming import first_to_name
from bot.handlers.plan_file import whole_plan
from bot.handlers.reports import portfolio_file
from bot.handlers.setting_up import invitations
from bot.views import (
    admitting,
    blanks,
    broadcasts,
    calling,
    cards,
    desk_settings,
    desk_timing,
    group,
    helping,
    journal,
    making,
    own_data,
    people,
    people_groups,
    people_lists,
    reports,
    timing,
)
from bot.views.settings_keys import Screen
from bot.views.view import Replies, View, say
from bot.views.words import plain
from domain.records import Actor
from domain.roles import Right, may
from domain.settings import Setting
from storage.unit_of_work import UnitOfWork

router = Router(name="desk_words")

# They take words, but asked for none, or for none like these (no place is called «Люди», and nobody), or for
# a file: whoever types the name of a screen wants the screen.
_TAKE_WORDS_TOO = NO_WORDS | {
    NAMING_STEP,
    PEOPLE_STEP,
    LINE_STEP,
    QUIET_STEP,
    REST_STEP,
    SCAN_STEP,
    BLANK_STEP,
    PLACE_STEP,
    MISSING_STEPS["place"],
    ADD_STEP,
    GUEST_STEP,
    ROLL_STEP,
}

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


async def _settings(screen: Screen, uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    return desk_settings.screen(screen, await settings(uow, actor), now)


async def _setting(what: Setting, uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    return desk_settings.question(what, await ask_setting(uow, actor, what), now)


async def _when_reminded(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return desk_timing.home(await association_timing(uow, actor))


async def _which_reminders(_uow: UnitOfWork, _actor: Actor, _now: datetime) -> View:
    return desk_timing.kinds()


async def _timing(what: str, uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return QUESTIONS[what](await open_dialogue(uow, actor, STEPS.get(what)))


async def _door(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return admitting.door(actor.home, await requests(uow, actor))


async def _pairs(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return people_lists.pairs(await pairs_alike(uow, actor))


async def _whom_to_write(_uow: UnitOfWork, _actor: Actor, _now: datetime) -> View:
    return broadcasts.ask_whom()


async def _groups(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return people_groups.groups(await all_groups(uow, actor))


async def _schools(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return people.schools(await school_lines(uow, actor), 0)


async def _helpers(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return helping.home(await helpers(uow, actor), actor)


async def _invite_helper(
    role: Literal["coordinator", "methodist"], uow: UnitOfWork, actor: Actor, _now: datetime
) -> View:
    others = await leads_beside(uow, actor) if role == "methodist" else []
    return helping.invite_preview(role, actor, others)


async def _appoint(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return helping.choose(await candidates(uow, actor), "appoint", 0)


async def _hand_over(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    shown = await helpers(uow, actor)
    if shown.handover is not None:  # one is on its way
        return helping.home(shown, actor)
    return helping.choose(await candidates(uow, actor), "hand_over", 0)


async def _add_person(_uow: UnitOfWork, _actor: Actor, _now: datetime) -> View:
    return calling.ask_consent()


async def _blanks(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return blanks.blanks(0, await own_kinds(uow, actor))


async def _coverage(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    return reports.coverage(*await covered(uow, actor, None, now), 0)


async def _own_data(uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return own_data.own_data(actor, await kept(uow, actor))


async def _leaving(_uow: UnitOfWork, actor: Actor, _now: datetime) -> View:
    return own_data.stop(actor)


async def _reminders(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    return timing.home(await own_timing(uow, actor, now), actor)


async def _how_often(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    return timing.choices(await own_timing(uow, actor, now))


async def _past(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    return cards.past(await year_plan(uow, actor, now), 0, actor, now)


async def _year_round(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    plan = await year_plan(uow, actor, now)
    return cards.year_round(plan) if plan.year_round else await plan_view(uow, actor, now)


# «Название», «До начала» and «После конца» do not say what of.
_SETTINGS_BY_NAME = (
    Setting.TOWN,
    Setting.ZONE,
    Setting.CENTRE,
    Setting.HOUR,
    Setting.VENUE,
    Setting.HOLIDAYS,
    Setting.FEEDBACK,
    Setting.RETENTION,
    Setting.GREETING,
    Setting.CONSENT,
)
_DESK: Mapping[str, Opens] = {
    "button-name-days": first_to_name,
    "button-new-event": _new_event,
    "button-who-comes": to_choose,
    "button-people": _people,
    "typed-people-list": _people,
    "button-pairs": _pairs,
    "button-schools": _schools,
    "button-groups": _groups,
    "button-door": _door,
    "typed-requests": _door,
    "button-helpers": _helpers,
    "button-invite-coordinator": partial(_invite_helper, "coordinator"),
    "button-invite-methodist": partial(_invite_helper, "methodist"),
    "button-appoint": _appoint,
    "button-hand-over": _hand_over,
    "button-add-person": _add_person,
    "button-blanks": _blanks,
    "button-more": rarer,
    "button-call": _calls,
    "button-reports": _reports,
    "button-report-coverage": _coverage,
    "button-journal": _journal,
    "button-settings": partial(_settings, "home"),
    "button-settings-about": partial(_settings, "about"),
    "button-settings-usual": partial(_settings, "usual"),
    "button-settings-entry": partial(_settings, "entry"),
    **{f"button-setting-{what.name.lower()}": partial(_setting, what) for what in _SETTINGS_BY_NAME},
    "button-when-reminded": _when_reminded,
    "button-which-reminders": _which_reminders,
    "button-reminder-hours": partial(_timing, "hours"),
    "button-quiet-hours": partial(_timing, "quiet"),
    "button-rest": partial(_timing, "rest"),
    "button-write-to-people": _whom_to_write,
    "button-send-plan": whole_plan,
    "button-plan-file": whole_plan,
}
_PLAN: Mapping[str, Opens] = {"button-past": _past, "button-year-round": _year_round}
_BELONG: Mapping[str, Opens] = {"button-reminders": _reminders, "button-how-often": _how_often}
_OWN_DATA: Mapping[str, Opens] = {"button-my-data": _own_data, "button-withdraw": _leaving}


def _typed(label: str) -> str:
    """A label as it is compared: whoever types it may leave out quotation marks and the dots of «ё»."""
    return label.strip(" .!«»\n").casefold().replace("ё", "е")


class SaysKey(Filter):
    """Who has a right types the label of a button, and nothing else; no question waits for words."""

    def __init__(self, key: str, right: Right) -> None:
        self.label = _typed(plain(key))
        self.right = right

    async def __call__(self, message: Message, actor: Actor | None = None) -> bool:
        return _typed(message.text or "") == self.label and _is_free(actor, self.right)


class SaysScreen(Filter):
    """The same of any of these screens; the handler is given how it `opens`."""

    def __init__(self, screens: Mapping[str, Opens], right: Right) -> None:
        self.screens = screens
        self.right = right

    # Texts are parsed when they are wanted, not at the start.
    @cached_property
    def _by_label(self) -> Mapping[str, Opens]:
        return {_typed(plain(key)): opens for key, opens in self.screens.items()}

    def called(self, text: str, actor: Actor) -> Opens | None:
        """How the screen of this name opens, where it is one of hers."""
        return self._by_label.get(_typed(text)) if may(actor.role, self.right) else None

    async def __call__(self, message: Message, actor: Actor | None = None) -> bool | dict[str, Opens]:
        opens = None if actor is None else self.called(message.text or "", actor)
        return opens is not None and _is_free(actor, self.right) and {"opens": opens}


def _is_free(actor: Actor | None, right: Right) -> bool:
    """Whether somebody with this right is asked for no other words."""
    if actor is None or not may(actor.role, right):
        return False
    return actor.dialogue is None or actor.dialogue.step in _TAKE_WORDS_TOO


_SCREENS = (
    SaysScreen(_DESK, Right.DESK),
    SaysScreen(_PLAN, Right.PLAN),
    SaysScreen(_BELONG, Right.BELONG),
    SaysScreen(_OWN_DATA, Right.OWN_DATA),
)


def screen_called(text: str, actor: Actor) -> Opens | None:
    """How the screen of this very name opens, where it is one of hers; whatever dialogue is open."""
    found = (screens.called(text, actor) for screens in _SCREENS)
    return next((opens for opens in found if opens is not None), None)


@router.message(_SCREENS[0], flags=needs(Right.DESK))
@router.message(_SCREENS[1], flags=needs(Right.PLAN))
@router.message(_SCREENS[2], flags=needs(Right.BELONG))
@router.message(_SCREENS[3], flags=needs(Right.OWN_DATA))
async def opened(message: Message, opens: Opens, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The screen, as its button opens it."""
    return say(message, await opens(uow, actor, now))


@router.message(SaysKey("button-invite", Right.DESK), flags=needs(Right.DESK))
async def invite(message: Message, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot) -> Replies:
    """«Пригласить коллег»."""
    return await invitations(message.chat.id, uow, actor, now, bot)


@router.message(SaysKey("button-portfolio", Right.ANSWER), flags=needs(Right.ANSWER))
async def own_portfolio(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """«Портфолио»."""
    return [await portfolio_file(message.chat.id, uow, actor, now)]


@router.message(SaysKey("button-group", Right.DESK), flags=needs(Right.DESK))
async def group_chat(message: Message, uow: UnitOfWork, actor: Actor, bot: Bot) -> Replies:
    """«Чат объединения»."""
    name = (await bot.me()).username or ""
    return say(message, group.screen(await linked_group(uow, actor), name))
