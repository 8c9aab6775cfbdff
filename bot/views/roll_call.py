"""«Перекличка»: the counts, the list, one of it, who is added; and what was said of the event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from actions.roll_call import Namesakes, RollCall, Seen
from bot.views import dates, roll_keys
from bot.views.cards import today
from bot.views.notices import until
from bot.views.view import View
from bot.views.words import clip, fitting, from_school, t
from domain.records import Actor, Event, Mark, Opinion, Way
from domain.roles import Right, may
from domain.roll_call import Line, Roll

_TITLE = 150
_NAME = 150
_NAMES = 1_200
_OPINIONS_A_PAGE = 3


def home(found: RollCall, actor: Actor, now: datetime) -> View:
    """How many are marked, and how; how many are still expected."""
    roll, event = found.roll, found.event
    lines = [
        *([t("roll-just-marked", count=found.marked)] if found.marked else []),
        *([t("roll-just-confirmed", count=found.confirmed)] if found.confirmed else []),
        t("roll-call", **_named(event, actor, now)),
        t("roll-there", count=roll.count(Mark.PRESENT, Mark.LATE)),
        *(
            t(f"roll-{mark}", count=count)
            for mark in (Mark.LATE, Mark.EXCUSED, Mark.ABSENT)
            if (count := roll.count(mark))
        ),
        _expected(found.roll),
        *said_afterwards(roll),
        *([t("roll-me")] if found.overlooked and found.begun else []),
        *([t("roll-readings", count=found.readings)] if found.readings else []),
    ]
    return View(Markup("\n").join(lines), roll_keys.home(found, reads=may(actor.role, Right.DESK)))


def _expected(roll: Roll) -> Markup:
    """How many of those who promised to come are unmarked still; or that nobody is, or nobody did."""
    if expected := len(roll.expected()):
        return t("roll-expected", count=expected)
    return t("roll-nobody-expected" if roll.count(*Mark) else "roll-nobody-promised")


def preview_promised(found: RollCall, actor: Actor, now: datetime) -> View:
    """Who would be marked as present."""
    event, expected = found.event, found.roll.expected()
    if not found.begun:
        return View(t("roll-not-begun"), roll_keys.confirm(event, [], None))
    key = "roll-preview" if expected else "roll-nobody-to-mark"
    said = _named(event, actor, now) | ({"count": len(expected)} if expected else {})
    text = t(key, **said)
    if expected:
        text += "\n" + names(expected)
    return View(text, roll_keys.confirm(event, expected, found.overlooked))


def said_afterwards(roll: Roll) -> list[Markup]:
    """Who said afterwards that she had been there, and what is to be done; nothing where nobody did."""
    said = roll.to_confirm()
    return [t("roll-said", count=len(said), names=names(said))] if said else []


def names(lines: Sequence[Line]) -> Markup:
    """Some of the list in a line: «Белова О. П., Петрова М. И.»."""
    shown = fitting((t("summary-name", name=clip(one.short, 50)) for one in lines), _NAMES)
    rest = len(lines) - len(shown)
    return Markup(", ").join(shown) + (t("summary-more", count=rest) if rest else Markup(""))


def page(found: RollCall, number: int, actor: Actor, now: datetime, *, unmarked: bool) -> View:
    """A page of the list; each line is a button."""
    shown = found.roll.page(number, unmarked=unmarked)
    said = _named(found.event, actor, now)
    if found.roll.lines and not shown.lines:
        text = t("roll-all-marked", **said)
    else:
        text = t("roll-list-unmarked" if unmarked else "roll-list", **said)
    if shown.pages > 1:
        text += "\n" + t("who-page", page=shown.number + 1, pages=shown.pages)
    return View(text, roll_keys.page(found, shown, unmarked))


def line(seen: Seen, actor: Actor, *, unmarked: int, number: int) -> View:
    """One of the list: what stands, who says so, and the marks to choose from."""
    one = seen.line
    about = [t("roll-instead-of", name=one.instead_of)] if one.instead_of else []
    about += [t("roll-promised")] if one.promised and one.mark is None and not one.instead_of else []
    lines = [
        *([t("roll-refused")] if seen.refused else []),
        t("roll-one", name=clip(one.name, _NAME), school=from_school(one.school)),
        *about,
        t("roll-mark", mark=mark_said(one.mark), how=_how(seen, actor)) if one.mark else t("roll-unmarked"),
        *([t("roll-to-confirm")] if one.to_confirm else []),
    ]
    return View(Markup("\n").join(lines), roll_keys.line(seen, unmarked, number))


def mark_said(mark: Mark) -> Markup:
    """A mark in words."""
    return t(f"mark-{mark}")


def toast(seen: Seen) -> Markup:
    """What was written of one of them."""
    one = seen.line
    if one.mark is None:
        return t("roll-toast-off", name=clip(one.short, 60))
    return t("roll-toast", name=clip(one.short, 60), mark=mark_said(one.mark))


def ask_person(event: Event) -> View:
    """What is written next is somebody who is not in the list."""
    return View(t("roll-add-ask", title=clip(event.title, _TITLE)), roll_keys.writing(event))


def namesakes(found: Namesakes) -> View:
    """Is it one of these?"""
    text = t("roll-namesakes", name=clip(found.written.name, _NAME), count=len(found.lines))
    return View(text, roll_keys.namesakes(found))


def added(seen: Seen) -> View:
    """Somebody is in the list, and marked."""
    one = seen.line
    text = t("roll-added", name=clip(one.name, _NAME), school=from_school(one.school))
    return View(text, roll_keys.added(seen.event))


def opinions(event: Event, found: list[Opinion], number: int, actor: Actor, now: datetime) -> View:
    """A page of what was said of an event."""
    said = _named(event, actor, now)
    pages = max(1, -(-len(found) // _OPINIONS_A_PAGE))
    number = min(max(number, 0), pages - 1)
    shown = found[number * _OPINIONS_A_PAGE : (number + 1) * _OPINIONS_A_PAGE]
    if not shown:
        return View(t("opinions-none", **said), roll_keys.opinions(event, 0, 1))
    # Her words as they are would be shortened; they are no longer than tidy_opinion lets them be.
    lines = [t("opinion-line", name=clip(one.name.short, 60), text=Markup.escape(one.text)) for one in shown]
    text = t("opinions", **said, count=len(found), lines=Markup("\n\n").join(lines))
    if pages > 1:
        text += "\n" + t("who-page", page=number + 1, pages=pages)
    return View(text, roll_keys.opinions(event, number, pages))


def _how(seen: Seen, actor: Actor) -> Markup:
    """By whom, or by what, and when; nothing of a guest."""
    made = seen.attendance
    if made is None:
        return Markup("")
    moment = until(made.at, actor.home.zone)
    if made.way is not Way.ROLL:
        return t("roll-how", how=t(f"roll-way-{made.way}"), when=moment)
    return t("roll-how", how=seen.by.short, when=moment) if seen.by else t("roll-when", when=moment)


def _named(event: Event, actor: Actor, now: datetime) -> dict[str, object]:
    return {"title": clip(event.title, _TITLE), "when": dates.span(event.period, today(actor, now))}
