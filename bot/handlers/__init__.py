"""One router a file: an update in, an action called, a view out.

A handler hands back what Telegram is to be asked for (bot.views.view.Replies); it is asked once the effect
is committed. Each handler carries its right as a flag (bot.filters.needs).
"""

from collections.abc import Iterable
from functools import cache
from types import ModuleType

from aiogram import Router
from aiogram.filters.callback_data import CallbackQueryFilter

from bot.filters import InGroup, Pressed, Private
from bot.handlers import (
    admitting,
    after_event,
    agreeing,
    answering,
    asking,
    asking_again,
    attendance,
    blanks,
    broadcasting,
    calendar,
    calendar_file,
    calling,
    certificates,
    checking_in,
    claiming,
    declining,
    desk,
    desk_settings,
    desk_timing,
    desk_words,
    editing,
    errors,
    events,
    explaining,
    group,
    group_desk,
    handing_over,
    held,
    helping,
    hosting,
    inline,
    inviting,
    joining,
    journal,
    leaving,
    making,
    materials,
    merging,
    naming,
    overseeing,
    own_data,
    papers,
    people,
    people_groups,
    people_lists,
    plan_changes,
    plan_file,
    plan_questions,
    plans,
    protocols,
    putting_off,
    reach,
    reports,
    roll_call,
    scans,
    seats,
    seen,
    setting_up,
    snoozing,
    talks,
    tasks,
    timing,
    together,
    turnout,
    words,
)

# In the order they are asked: keys and buttons, then open dialogues, words last.
_FIRST = (desk_words,)
_MEMBERS = (
    overseeing,
    answering,
    checking_in,
    declining,
    calendar,
    calendar_file,
    snoozing,
    explaining,
    after_event,
    asking,
    own_data,
    agreeing,
    timing,
)
_DESK = (
    desk,
    turnout,
    attendance,
    roll_call,
    materials,
    papers,
    protocols,
    scans,
    blanks,
    certificates,
    talks,
    making,
    editing,
    putting_off,
    events,
    hosting,
    inviting,
    seats,
    together,
    tasks,
    seen,
    held,
    journal,
    desk_settings,
    desk_timing,
    calling,
    people,
    leaving,
    admitting,
    people_groups,
    people_lists,
    merging,
    helping,
    group_desk,
    broadcasting,
    reports,
    plan_file,
    naming,
    plan_changes,
    plan_questions,
    plans,
)
_EVERYBODY = (inline, handing_over, claiming, joining, setting_up, asking_again, reach, errors, words)


@cache
def routers() -> tuple[Router, Router]:
    """What hears of groups, and what hears of everything else; built once."""
    in_group, in_private = group.router, Router(name="private")
    in_private.include_routers(
        *_quick(_FIRST), _family("members", _MEMBERS), _family("desk", _DESK), *_quick(_EVERYBODY)
    )
    for router, place in ((in_group, InGroup()), (in_private, Private())):
        for observer in (
            router.message,
            router.edited_message,
            router.callback_query,
            router.my_chat_member,
        ):
            observer.filter(place)
    return in_group, in_private


def _family(name: str, modules: Iterable[ModuleType]) -> Router:
    """Routers of which none is asked about a press that is for none of them."""
    members = _quick(modules)
    family = Router(name=name)
    family.include_routers(*members)
    family.callback_query.filter(Pressed(frozenset[str]().union(*map(_prefixes, members))))
    return family


def _quick(modules: Iterable[ModuleType]) -> list[Router]:
    """The routers of these modules; of presses each is asked about its own only."""
    found: list[Router] = [module.router for module in modules]
    for router in found:
        if prefixes := _prefixes(router):
            router.callback_query.filter(Pressed(prefixes))
    return found


def _prefixes(router: Router) -> frozenset[str]:
    """What the data of a router's buttons begin with; nothing where it hears all others."""
    prefixes = set()
    for handler in router.callback_query.handlers:
        buttons = [
            one.callback for one in handler.filters or () if isinstance(one.callback, CallbackQueryFilter)
        ]
        if not buttons:
            return frozenset()
        prefixes.add(buttons[0].callback_data.__prefix__)
    return frozenset(prefixes)
