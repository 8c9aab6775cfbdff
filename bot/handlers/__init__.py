"""One router a file: an update in, an action called, a view out.

A handler hands back what Telegram is to be asked for (bot.views.view.Replies); it is asked once the effect
is committed. Each handler carries its right as a flag (bot.filters.needs).
"""

from copy import deepcopy

from aiogram import Router

from bot.filters import Private
from bot.handlers import (
    answering,
    asking,
    asking_again,
    calendar,
    calendar_file,
    calling,
    desk,
    desk_timing,
    errors,
    events,
    held,
    joining,
    naming,
    own_data,
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

    A router belongs to one dispatcher, so each dispatcher gets copies of its own.
    """
    modules = (
        answering,
        calendar,
        calendar_file,
        snoozing,
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
        router.message.filter(Private())
        router.my_chat_member.filter(Private())
    return copies
