"""One router a file: an update in, an action called, a view out.

A handler hands back what Telegram is to be asked for (bot.views.view.Replies); it is asked once the effect
is committed. Each handler carries its right as a flag (bot.filters.needs).
"""

from copy import deepcopy

from aiogram import Router

from bot.filters import InGroup, Private
from bot.handlers import (
    admitting,
    answering,
    asking,
    asking_again,
    broadcasting,
    calendar,
    calendar_file,
    calling,
    desk,
    desk_timing,
    errors,
    events,
    explaining,
    group,
    group_desk,
    held,
    joining,
    leaving,
    merging,
    naming,
    own_data,
    people,
    people_groups,
    plans,
    reach,
    seen,
    setting_up,
    snoozing,
    tasks,
    timing,
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
        calendar,
        calendar_file,
        snoozing,
        explaining,
        asking,
        own_data,
        timing,
        desk,
        events,
        tasks,
        seen,
        held,
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
    return copies
