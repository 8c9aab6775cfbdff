"""What the bot's name finds in any chat, and what is posted there: of an event what everybody may know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.methods import AnswerInlineQuery
from aiogram.types import (
    InlineKeyboardButton,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from markupsafe import Markup

from actions.calendar import Ahead
from bot.views import dates, keyboards, starting
from bot.views.words import clip, plain, t
from domain.records import Event, Mode

# So many are shown, and Telegram keeps what she finds for so many seconds.
_MOST = 20
_KEPT_FOR = 10
_TITLE, _VENUE = 150, 200
_DOORS = {
    "finish_joining": "inline-finish-joining",
    "request_waits": "inline-request-waits",
    "plan_for_members": "inline-for-members",
    "methodist_looks": "inline-for-members",
}


def results(
    query_id: str, found: Sequence[Ahead], bot: str, now: datetime, *, searched: bool
) -> AnswerInlineQuery:
    """What was found, each with the card that is posted when it is chosen."""
    several = len({one.home.id for one in found}) > 1
    nothing = "inline-nothing-found" if searched else "inline-nothing-ahead"
    return _answer(
        query_id,
        [_article(one, bot, now, several=several) for one in found[:_MOST]],
        None if found else plain(nothing),
    )


def door(query_id: str, code: str) -> AnswerInlineQuery:
    """Nothing is shown to who is not in; over the empty list stands the way in."""
    return _answer(query_id, [], plain(_DOORS.get(code, "inline-door")))


def _answer(query_id: str, articles: list[InlineQueryResultArticle], over: str | None) -> AnswerInlineQuery:
    button = None if over is None else InlineQueryResultsButton(text=over, start_parameter=starting.DOOR)
    return AnswerInlineQuery(
        inline_query_id=query_id,
        results=list(articles),
        cache_time=_KEPT_FOR,
        is_personal=True,
        button=button,
    )


def _article(found: Ahead, bot: str, now: datetime, *, several: bool) -> InlineQueryResultArticle:
    event, day = found.event, dates.local(now, found.home.zone).date()
    about = [dates.span(event.period, day), _place(event), found.home.title if several else ""]
    link = starting.link(bot, starting.to_event(event.id))
    open_it = InlineKeyboardButton(text=plain("button-open-in-bot"), url=link)
    return InlineQueryResultArticle(
        id=str(event.id),
        title=clip(event.title, _TITLE),
        description=clip(", ".join(filter(None, about)), _VENUE),
        input_message_content=InputTextMessageContent(
            message_text=str(card(found, now)),
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=keyboards.inline([[open_it]]),
    )


def card(found: Ahead, now: datetime) -> Markup:
    """An event for whoever reads the chat: no names of those who come, no link, not how to get in."""
    event, day = found.event, dates.local(now, found.home.zone).date()
    place = _place(event)
    lines = [
        *([t("card-venue", venue=place)] if place else []),
        *([t("inline-mixed")] if event.mode is Mode.MIXED else []),
        *([t("card-responsible", responsible=event.responsible)] if event.responsible else []),
        *([t("inline-going", count=found.going, day=dates.day(day, day))] if found.going else []),
    ]
    return t(
        "card",
        title=event.title,
        when=dates.when(event.period, day),
        details=Markup("").join(Markup("\n") + line for line in lines),
    )


def _place(event: Event) -> str:
    """Where it is; a link that stands there is for those who come."""
    if event.mode is Mode.ONLINE:
        return plain("inline-online")
    return clip(" ".join(word for word in event.venue.split() if "://" not in word), _VENUE)
