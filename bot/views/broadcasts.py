"""«Написать людям»: to whom, the words, the preview, what they get, and how far it has gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup, escape

from actions.broadcasting import Addressees, Words
from bot.views import broadcast_keys, dates
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import clip, fitting, from_school, t
from domain.broadcasts import LONGEST, Progress, Said, Whom
from domain.phones import shown_phone
from domain.records import Actor, Attendee, Event, Group, School
from domain.roles import Right, may


def ask_whom() -> View:
    """To whom?"""
    return View(t("write-to-whom"), broadcast_keys.to_whom())


def ask_event(named: Sequence[Event], actor: Actor, now: datetime) -> View:
    """About which event?"""
    if not named:
        return View(t("write-no-event"), broadcast_keys.again())
    return View(t("write-which-event"), broadcast_keys.which_event(named, today(actor, now)))


def ask_answer(coming: Addressees, silent: Addressees, actor: Actor, now: datetime) -> View:
    """To those who come, or to those who are silent?"""
    event = _event(coming)
    text = t("write-of-event", title=event.title, when=dates.span(event.period, today(actor, now)))
    numbers = (coming.people + coming.unreached, silent.people + silent.unreached)
    return View(text, broadcast_keys.of_event(event, *numbers))


def ask_which(whom: broadcast_keys.OneOf, known: Sequence[School | Group], page: int) -> View:
    """To which school, or group?"""
    said = t(f"write-which-{whom}") if known else t(f"write-no-{whom}")
    return View(said, broadcast_keys.which_one(whom, known, page))


def ask(to: Addressees, actor: Actor, now: datetime) -> View:
    """What comes next goes to these people, once it is confirmed."""
    if not to.people:
        return nobody(to, actor, now)
    return View(t("broadcast-ask", whom=whom(to, actor, now)), broadcast_keys.others(_leaves(to, actor)))


def nobody(to: Addressees, actor: Actor, now: datetime) -> View:
    """There is nobody to write to; perhaps somebody to call."""
    text = t("broadcast-nobody", whom=whom(to, actor, now))
    hers = _leaves(to, actor)
    if to.unreached:
        key = "broadcast-only-call" if hers is None else "broadcast-not-in-telegram"
        text += " " + t(key, count=to.unreached)
    return View(text, broadcast_keys.again() if hers is None else broadcast_keys.others(hers))


def _leaves(to: Addressees, actor: Actor) -> Event | None:
    """The event whose presenter, being no coordinator, writes to nobody else; None for a coordinator."""
    return None if may(actor.role, Right.DESK) else to.event


def whom(to: Addressees, actor: Actor, now: datetime) -> Markup:
    """«те, кто придёт на …»."""
    if to.target.whom is Whom.ALL:
        return t("broadcast-to-all")
    if to.target.whom in {Whom.SCHOOL, Whom.GROUP}:
        return t(f"broadcast-to-{to.target.whom}", title=clip(to.title or "", 150))
    event = _event(to)
    return t(
        f"broadcast-to-{to.target.whom}",
        title=clip(event.title, 150),
        when=dates.span(event.period, today(actor, now)),
    )


def message(said: Said) -> View:
    """What they get."""
    text = escape(clip(said.text, LONGEST))
    if said.by is None:
        return View(t("broadcast", text=text))
    return View(t("broadcast-of-host", title=clip(said.title, 150), name=clip(said.by.full, 100), text=text))


def preview(words: Words, actor: Actor, now: datetime) -> list[View]:
    """The message as they will see it, to whom it would go, and to how many."""
    to = words.to
    if not to.people:
        return [nobody(to, actor, now)]
    lines = [
        t("broadcast-preview", whom=whom(to, actor, now), count=to.people),
        *([t("broadcast-unreached", count=to.unreached)] if to.unreached else []),
        t("broadcast-otherwise"),
    ]
    return [message(words.said), View(Markup("\n").join(lines), broadcast_keys.confirm(words.mark))]


def progress(far: Progress) -> View:
    """How far it has gone."""
    if far.stopped and far.left:  # what Telegram was handed already: the count is not known yet
        first = t("broadcast-stopping", count=far.total)
    elif far.stopped:
        first = t("broadcast-stopped", sent=far.sent, count=far.total)
    elif far.left:
        first = t("broadcast-going", sent=far.sent, count=far.total)
    else:
        first = t("broadcast-done", sent=far.sent, count=far.total)
    lines = [
        first,
        *([t("broadcast-lost", count=far.lost)] if far.lost and not far.left else []),
        *([t("broadcast-unreached", count=far.unreached)] if far.unreached else []),
    ]
    return View(Markup("\n").join(lines), broadcast_keys.progress(far))


def unreached(people: Sequence[Attendee]) -> View:
    """Whom to call, with telephones."""
    if not people:
        return View(t("unreached-nobody"))
    lines = fitting(_person(number, one) for number, one in enumerate(people, 1))
    if len(people) > len(lines):
        lines.append(t("who-cut", count=len(people) - len(lines)))
    return View(t("unreached", count=len(people), lines=Markup("\n").join(lines)))


def _person(number: int, one: Attendee) -> Markup:
    return t(
        "call-line",
        number=number,
        name=clip(one.name.full, 60),
        school=from_school(one.school),
        phone=t("unseen-phone", phone=shown_phone(one.phone)) if one.phone else t("unseen-no-phone"),
        answer=Markup(""),
    )


def gone(actor: Actor) -> View:
    """The words of that preview are not there any more."""
    return View(t("broadcast-gone"), broadcast_keys.again() if may(actor.role, Right.DESK) else None)


def dropped() -> View:
    """She thought better of it."""
    return View(t("broadcast-dropped"))


def _event(to: Addressees) -> Event:
    if to.event is None:
        raise TypeError("these people are not those of an event")
    return to.event
