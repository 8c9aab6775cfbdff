"""One router a file: an update in, an action called, a view out.

A handler hands back what Telegram is to be asked for (bot.views.view.Replies); it is asked once the effect
is committed. Each handler carries its right as a flag (bot.filters.needs).
"""

from copy import deepcopy

from aiogram import Router
from aiogram.filters.callback_data import CallbackQueryFilter

from bot.filters import InGroup, Pressed, Private
from bot.handlers import (
    admitting,
    answering,
    asking,
    asking_again,
    broadcasting,
    calendar,
    calendar_file,
    calling,
    declining,
    desk,
    desk_timing,
    editing,
    errors,
    events,
    explaining,
    group,
    group_desk,
    held,
    joining,
    journal,
    leaving,
    making,
    merging,
    naming,
    own_data,
    people,
    people_groups,
    plans,
    putting_off,
    reach,
    seats,
    seen,
    setting_up,
    snoozing,
    tasks,
    timing,
    together,
    turnout,
    words,
)


def routers() -> list[Router]:
    """Every router in the order they are asked: keys and buttons, then open dialogues, words last.

    One of them hears what happens in groups, and nothing else; the others hear nothing of that. A router
    belongs to one dispatcher, so each dispatcher gets copies of its own.
    """
    modules = (
        group,
        answering,
        declining,
        calendar,
        calendar_file,
        snoozing,
        explaining,
        asking,
        own_data,
        timing,
        desk,
        turnout,
        making,
        editing,
        putting_off,
        events,
        seats,
        together,
        tasks,
        seen,
        held,
        journal,
        desk_timing,
        calling,
        people,
        leaving,
        admitting,
        people_groups,
        merging,
        group_desk,
        broadcasting,
        naming,
        plans,
        joining,
        setting_up,
        asking_again,
        reach,
        errors,
        words,
    )
    copies = [deepcopy(module.router) for module in modules]
    for router in copies:
        place = InGroup() if router.name == group.router.name else Private()
        for observer in (router.message, router.callback_query, router.my_chat_member):
            observer.filter(place)
        prefixes = _prefixes(router)
        if prefixes is not None:
            router.callback_query.filter(Pressed(prefixes))
    return copies


def _prefixes(router: Router) -> frozenset[str] | None:
    """What the data of a router's buttons begin with; None where it hears others too."""
    prefixes = set()
    for handler in router.callback_query.handlers:
        buttons = [
            one.callback for one in handler.filters or () if isinstance(one.callback, CallbackQueryFilter)
        ]
        if not buttons:
            return None
        prefixes.add(buttons[0].callback_data.__prefix__)
    return frozenset(prefixes)
