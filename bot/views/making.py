"""Making a meeting: the line, what is missing, the preview, what was done."""

from __future__ import annotations

from datetime import datetime, timedelta

from markupsafe import Markup

from actions.changing import Changed
from actions.making import Offer
from bot.views import dates, event_keys, holidays, making_keys, seat_keys
from bot.views.cards import today
from bot.views.events import place
from bot.views.notices import link_key
from bot.views.view import View
from bot.views.words import clip, t
from domain.errors import DomainError
from domain.places import lacks_link
from domain.records import Actor, Event, Invited, Mode


def ask_line(actor: Actor, now: datetime) -> View:
    """What meeting is it? One line will do."""
    return View(t("make-ask", example=line_example(actor, now)), making_keys.asked("title"))


def next_step(offer: Offer, actor: Actor, now: datetime, *, day_off: bool) -> View:
    """What is still missing, or the preview."""
    if offer.missing is not None:
        said = understood(offer, actor, now)
        asked = t(f"make-ask-{offer.missing}", example=day_example(actor, now))
        return View(_lines(said, asked), making_keys.asked(offer.missing))
    return _preview(offer, actor, now, day_off=day_off)


def understood(offer: Offer, actor: Actor, now: datetime) -> Markup:
    """The meeting as far as it is known, on a few lines."""
    draft = offer.draft
    day = today(actor, now)
    where = [
        *([t("card-venue", venue=clip(draft.venue, 300))] if draft.venue else []),
        *([t("reminder-entrance", entrance=draft.entrance)] if draft.entrance else []),
        *([t(link_key("place-link", draft.link), link=draft.link)] if draft.link else []),
        *([t(f"make-{draft.mode}")] if draft.mode is not Mode.ONSITE and not draft.link else []),
        *([t("reminder-bring", bring=draft.bring)] if draft.bring else []),
        *([t("card-responsible", responsible=draft.responsible)] if draft.responsible else []),
        *([t("card-contact", contact=draft.contact)] if draft.contact else []),
    ]
    return _lines(
        t("make-title", title=draft.title) if draft.title else Markup(""),
        t("make-when", when=dates.when(offer.period, day)) if offer.period else Markup(""),
        *where,
        _whom(offer),
    )


def _whom(offer: Offer) -> Markup:
    """Whom it is for, if not for everybody: so it is copied."""
    if offer.draft.invited is Invited.EVERYBODY:
        return Markup("")
    return t(f"make-for-{offer.draft.invited}", group=offer.group)


def _preview(offer: Offer, actor: Actor, now: datetime, *, day_off: bool) -> View:
    period = offer.period
    named = period is not None and period.day_known
    notes: list[Markup] = []
    if period is not None and named:
        notes += holidays.warnings(
            period.first_day, day_off=day_off, clashes=offer.clashes, today=today(actor, now)
        )
        notes += holidays.hint(period.first_day, actor.home.holidays)
    text = _lines(
        t("make-preview"),
        understood(offer, actor, now),
        *notes,
        t("make-people", count=offer.people) if named else t("make-told-later"),
        t("make-otherwise"),
    )
    return View(text, making_keys.preview(offer.mark))


def made(changed: Changed, actor: Actor, now: datetime) -> View:
    """It is made, and who hears of it."""
    event = changed.event
    named = event.period.day_known
    if not changed.changed:
        told = t("make-already")
    else:
        told = t("naming-done-people", count=changed.people) if named else t("make-told-later")
    where = place(event)
    text = _lines(
        t("make-done", title=event.title, when=dates.span(event.period, today(actor, now))),
        t("card-venue", venue=where) if where else Markup(""),
        told,
    )
    link = [[seat_keys.give_link(event)]] if lacks_link(event) else []
    return View(text, making_keys.made(event, *link, [event_keys.take_text(event)]))


def unmade(event: Event) -> View:
    """It is gone, and nobody knew of it."""
    return View(t("make-undone", title=event.title))


def dropped() -> View:
    """She thought better of it."""
    return View(t("make-dropped"))


def line_example(actor: Actor, now: datetime) -> str:
    """A line that would do: «семинар 18 ноября 14:00 лицей № 12»."""
    return str(t("make-example", day=day_example(actor, now)))


def day_example(actor: Actor, now: datetime) -> str:
    """A day in words that would do: «18 ноября 14:00»."""
    soon = today(actor, now) + timedelta(days=7)
    return f"{dates.day(soon, soon)} {actor.home.usual_time}"


def day_refused(error: DomainError, actor: Actor, now: datetime) -> View:
    """Why a day will not do; what else was said is kept, and what is asked next stands below."""
    facts = {**error.facts, "example": day_example(actor, now)}
    return View(t(error.code.replace("_", "-"), **facts))


def title_refused(error: DomainError) -> View:
    """Why a title will not do; what is asked next stands below."""
    return View(t(error.code.replace("_", "-"), **error.facts))


def words_needed() -> View:
    """Words are needed here."""
    return View(t("words-needed"))


def _lines(*lines: Markup) -> Markup:
    return Markup("\n").join(line for line in lines if line)
