"""Somebody's calendar at a private link: a telephone fetches it by itself, and so follows what is moved."""

from __future__ import annotations

import hashlib

from aiohttp import web

from actions.own_calendar import calendar_behind
from bot.views.calendar_file import write_feed
from domain.local_hours import WorkingDay
from scheduler.clock import Clock
from storage.engine import Database
from storage.unit_of_work import UnitOfWork

# A calendar remembers by itself what it has, by its ETag; nothing on the way to it is to keep people's days.
_UNKEPT = {"Cache-Control": "private, no-store"}


def link_to(web_url: str, code: str) -> str:
    """The whole link with this code; `web_url` is the bot's address from outside."""
    return f"{web_url}/calendar/{code}.ics"


def calendar_feed(database: Database, clock: Clock, bot_id: int, is_working_day: WorkingDay) -> web.RouteDef:
    """The route. What is there is read and written anew each time it is asked for."""

    async def fetch(request: web.Request) -> web.Response:
        now = clock.now()
        calendar = await calendar_behind(UnitOfWork(database), request.match_info["code"], now)
        if calendar is None:
            return web.Response(status=404, headers=_UNKEPT)
        content = await write_feed(calendar, now, bot_id, is_working_day)
        tag = hashlib.sha256(content).hexdigest()
        known = any(one.value in {tag, "*"} for one in request.if_none_match or ())
        if known:
            response = web.Response(status=304, headers=_UNKEPT)
        else:
            response = web.Response(
                body=content, content_type="text/calendar", charset="utf-8", headers=_UNKEPT
            )
        response.etag = tag
        return response

    return web.get("/calendar/{code}.ics", fetch)
