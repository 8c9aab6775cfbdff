"""Who presents an event: chosen by the coordinator, invited, told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from actions.hosting import Hosting
from bot.views import dates, hosting_keys, joining, keyboards, notices
from bot.views.cards import today
from bot.views.events import place
from bot.views.journal_keys import UndoChange
from bot.views.view import View
from bot.views.words import clip, fitting, from_school, plain, t
from domain.full_names import FullName
from domain.records import Actor, Event, EventInvitation, Host, Member, Revision

_PEOPLE_A_PAGE = 10
_NAMED = 5
_HOSTS = 20


def hosts(found: Hosting, actor: Actor, now: datetime) -> View:
    """Who presents an event, and who could."""
    event = found.event
    text = t(
        "hosts",
        **_named(event, actor, now),
        card=t("hosts-card", name=clip(event.responsible, 200)) if event.responsible else t("hosts-no-card"),
        hosts=_hosts(found.hosts),
    )
    keyboard = hosting_keys.hosting(event, found.hosts[:_HOSTS], found.named[:_NAMED])
    return View(text, keyboard)


def _hosts(present: Sequence[Host]) -> Markup:
    if not present:
        return t("hosts-none")
    lines = fitting((_host(one) for one in present), 2_000)
    if len(present) > len(lines):
        lines.append(t("who-cut", count=len(present) - len(lines)))
    return t("hosts-some", lines=Markup("\n").join(lines))


def _host(one: Host) -> Markup:
    notes = [*([] if one.member else ["who-guest"]), *([] if one.reachable else ["hosts-unreachable"])]
    said = Markup("; ").join(t(note) for note in notes)
    return t(
        "hosts-line",
        name=clip(one.name.full, 60),
        school=from_school(one.school),
        notes=t("who-notes", notes=said) if notes else Markup(""),
    )


def choose(event: Event, people: Sequence[Member], page: int, actor: Actor, now: datetime) -> View:
    """A page of members: who is it to be?"""
    pages = max(1, -(-len(people) // _PEOPLE_A_PAGE))
    page = min(max(page, 0), pages - 1)
    text = t("hosts-choose", **_named(event, actor, now))
    if pages > 1:
        text += "\n" + t("who-page", page=page + 1, pages=pages)
    shown = people[page * _PEOPLE_A_PAGE : (page + 1) * _PEOPLE_A_PAGE]
    return View(text, hosting_keys.choose(event, shown, page, pages))


def preview(event: Event, one: Member, actor: Actor, now: datetime) -> View:
    """What would be hers, and who hears of it."""
    if one.person_id == actor.person_id:
        told = t("hosts-told-nobody")
    else:
        told = t("people-to-tell", count=1) if one.reachable else t("hosts-tell-her")
    text = t(
        "hosts-preview",
        **_named(event, actor, now),
        name=clip(one.name.full, 100),
        school=from_school(one.school.title if one.school else None),
        told=told,
    )
    return View(text, hosting_keys.confirm(event, one))


def invitation(event: Event, way: EventInvitation, bot: str, actor: Actor, now: datetime) -> list[View]:
    """What the invitation is, and the words to pass on."""
    said = t(
        "host-invitation-text",
        **_named(event, actor, now),
        link=joining.link_of(way.code, bot),
        bot=bot,
        digits=joining.grouped(way.digits),
    )
    about = t("host-invitation", **_named(event, actor, now))
    return [View(about, keyboards.inline([hosting_keys.back(event)])), View(said)]


def told(event: Event, day: date) -> View:
    """To the person: the event is hers to run."""
    when = dates.span(event.period, day)
    return View(t("hosting-told", name=notices.NAME, title=event.title, when=when), hosting_keys.told(event))


def _named(event: Event, actor: Actor, now: datetime) -> dict[str, object]:
    return {"title": event.title, "when": dates.span(event.period, today(actor, now))}


def changed(event: Event, before: Revision, after: Revision, by: FullName | None, day: date) -> View:
    """For coordinators: what a presenter changed of her event, and the way back."""
    if after.kind == "place":
        was, now = (place(one) or t("place-unknown") for one in (before, after))
    else:
        was, now = (Markup.escape(dates.span(one.period, day)) for one in (before, after))
    text = t(
        "hosting-changed",
        title=clip(event.title, 150),
        what=t(f"hosting-changed-{after.kind.replace('_', '-')}"),
        now=t("hosting-changed-now", it=now),
        before=t("hosting-changed-before", it=was),
        name=t("hosting-changed-by", name=by.short) if by else Markup(""),
    )
    back = keyboards.button(plain("button-undo"), UndoChange(event=event.id, revision=after.number))
    card = keyboards.button(plain("button-card"), keyboards.ShowEvent(event=event.id))
    return View(text, keyboards.inline([[back], [card]]))
