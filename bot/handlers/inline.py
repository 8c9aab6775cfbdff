"""Inline mode: the bot's name typed in any chat finds what is ahead; the link under what is posted opens it.

Several people read what is posted: it says what, when and where, and nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import ExceptionTypeFilter, Filter
from aiogram.types import ErrorEvent, InlineQuery, Message

from actions.acting import acting_where
from actions.calendar import ahead_for, event_card
from bot.filters import Started, needs
from bot.handlers.words import fitting
from bot.understanding import Kind, Span, Words, understand
from bot.views import cards, dates, starting
from bot.views import inline as views
from bot.views.view import Replies, say
from domain.errors import DomainError
from domain.records import Actor, Association, Event
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="inline")

# A word is searched for once so much of it is there.
_BEGUN = 3


@router.inline_query(flags=needs(Right.LOOK, dialogue=True))
async def typed(query: InlineQuery, uow: UnitOfWork, actor: Actor, now: datetime, bot: Bot) -> Replies:
    """What is ahead in her associations, narrowed by what she typed."""
    name = (await bot.me()).username or ""
    text = query.query.strip()

    def meant(home: Association, events: Sequence[Event]) -> list[Event]:
        return _meant(text, events, dates.local(now, home.zone))

    found = await ahead_for(uow, actor, meant, now)
    return [views.results(query.id, found, name, now, searched=bool(text))]


def _meant(text: str, events: Sequence[Event], moment: datetime) -> list[Event]:
    """The events that the text asks for, as in the private chat; all where it names none."""
    match understand(text, moment.date()):
        case Span(first, last, stems):
            within = [one for one in events if one.period.overlaps(first, last)]
            return fitting(stems, within) or within
        case Kind(kind):
            return [one for one in events if one.kind == kind]
        case Words(stems) if any(stem.isdigit() or len(stem) >= _BEGUN for stem in stems):
            return fitting(stems, events)
    return list(events)


class FromTyping(Filter):
    """What a rule refused was typed after the bot's name."""

    async def __call__(self, event: ErrorEvent) -> bool:
        return event.update.inline_query is not None


@router.errors(ExceptionTypeFilter(DomainError), FromTyping())
async def at_the_door(event: ErrorEvent) -> Replies:
    """Who is in no list finds nothing but the way in."""
    query, error = event.update.inline_query, event.exception
    if query is None or not isinstance(error, DomainError):
        return []
    return [views.door(query.id, error.code)]


class Opened(Started):
    """/start by the link under what was posted: an event's card is asked for."""

    async def __call__(  # type: ignore[override]
        self, message: Message, bot: Bot, actor: Actor | None = None
    ) -> bool | dict[str, int]:
        found = await super().__call__(message, bot, actor)
        if not isinstance(found, dict):
            return False
        event_id = starting.read_event(found["code"] or "")
        return False if event_id is None else {"event_id": event_id}


@router.message(Opened(), flags=needs(Right.LOOK))
async def opened(message: Message, event_id: int, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The card, for members of the association whose event it is. Nobody else learns that there is one."""
    actor = await acting_where(uow, actor, event_id)
    return say(message, cards.card(await event_card(uow, actor, event_id, now), actor, now))
