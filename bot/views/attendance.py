"""«Явка»: who is marked and by which way, the code to be scanned, the word to be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from actions.attendance import Attended
from bot.views import attendance_keys, dates
from bot.views.cards import today
from bot.views.joining import grouped
from bot.views.view import View
from bot.views.words import clip, from_school, plain, t
from documents.code_picture import CheckInCode
from domain.checkin import Window
from domain.code_words import WORDS
from domain.records import Actor, CodeWord, Event, Marked, Way

_LINES_A_PAGE = 20
_TITLE = 300


def screen(found: Attended, page: int, actor: Actor, now: datetime, *, on_screen: bool) -> View:
    """Who is marked, a page at a time, and how many by each way. `on_screen`: a page of ours can show the
    code."""
    pages = max(1, -(-len(found.marked) // _LINES_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = found.marked[page * _LINES_A_PAGE : (page + 1) * _LINES_A_PAGE]
    lines = [
        t("attendance", **_named(found.event, actor, now)),
        _count(found.marked),
        *([_window(found.ahead, actor, now)] if found.ahead and found.event.period.start_time else []),
        *([_word(found.word, actor)] if found.word else []),
        *(_line(one, actor) for one in shown),
        *([t("who-page", page=page + 1, pages=pages)] if pages > 1 else []),
    ]
    return View(Markup("\n").join(lines), attendance_keys.screen(found, page, pages, on_screen=on_screen))


def _count(marked: Sequence[Marked]) -> Markup:
    """How many were there, and how that is known."""
    # A guest who is not in the bot was marked by who runs the event.
    ways = Counter(one.way or Way.ROLL for one in marked if one.mark.was_there)
    said = [t("attendance-way", way=t(f"way-{way}"), number=ways[way]) for way in Way if ways[way]]
    by = t("attendance-ways", ways=Markup(", ").join(said)) if said else Markup("")
    return t("attendance-count", count=ways.total(), ways=by)


def _window(taken: Window, actor: Actor, now: datetime) -> Markup:
    first, day = taken.opens.date(), today(actor, now)
    said = {"opens": dates.clock(taken.opens.time()), "closes": dates.at(taken.closes, first)}
    if first == day:
        return t("attendance-window", **said)
    return t("attendance-window-on", day=dates.day(first, day), **said)


def _word(word: CodeWord, actor: Actor) -> Markup:
    return t("attendance-word", word=word.word, until=dates.clock_at(word.valid_until, actor.home.zone))


def _line(one: Marked, actor: Actor) -> Markup:
    """A person with her mark, the way and the time."""
    school = from_school(one.school)
    return t(
        "attendance-line",
        name=clip(one.name, 50),
        school=school,
        mark=t(f"mark-sign-{one.mark}"),
        at=t("attendance-at", at=dates.clock_at(one.at, actor.home.zone)) if one.at else Markup(""),
        way=t(f"way-{one.way or Way.ROLL}"),
    )


def code_picture(event: Event, link: str, digits: str, bot: str, actor: Actor, now: datetime) -> CheckInCode:
    """What stands in the picture: printed, it has no caption."""
    return CheckInCode(
        link=link,
        digits=grouped(digits, 3),
        title=event.title,
        when=dates.capital(dates.span(event.period, today(actor, now))),
        hint=plain("screen-code", bot=bot),
    )


def code_caption(event: Event, digits: str, actor: Actor, now: datetime) -> Markup:
    """Under the code: what it is for, the digits, how it works."""
    return t("check-in-code", **_named(event, actor, now), digits=grouped(digits, 3))


def on_screen(event: Event, link: str, actor: Actor, now: datetime) -> View:
    """The page that shows the code, and for whom the link is."""
    return View(t("code-on-screen", **_named(event, actor, now), link=link))


def propose_word(event: Event, proposed: int) -> View:
    """A word (by its place in the list) that could be said."""
    text = t("code-word", title=clip(event.title, _TITLE), word=WORDS[proposed])
    return View(text, attendance_keys.propose_word(event, proposed))


def word_taken(event: Event, word: CodeWord, actor: Actor) -> View:
    """The word, and until when it is taken."""
    until = dates.clock_at(word.valid_until, actor.home.zone)
    text = t("code-word-taken", title=clip(event.title, _TITLE), word=word.word, until=until)
    return View(text, attendance_keys.word_taken(event))


def _named(event: Event, actor: Actor, now: datetime) -> dict[str, object]:
    return {"title": clip(event.title, _TITLE), "when": dates.span(event.period, today(actor, now))}
