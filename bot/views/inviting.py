"""«Кого звать»: whom an event is for, and what it does to invite others."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from actions.inviting import Inviting, ProposedInvited, SetInvited
from bot.views import dates, event_keys, inviting_keys
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import t
from domain.records import Actor, Event, Group, Invited


def ask(shown: Inviting, actor: Actor, now: datetime) -> View:
    """Who is to be invited?"""
    event = shown.event
    present = _whom(event.invited, shown.group)
    return View(t("whom-ask", **_named(event, actor, now), now=present), inviting_keys.choose(shown))


def ask_title(event: Event) -> View:
    """What is written next is the new group's name."""
    return View(t("group-title"), inviting_keys.asked_title(event))


def fill(shown: Inviting, actor: Actor, now: datetime) -> View:
    """The same as `ask`, once a group was made, whose people are still to be marked."""
    asked = ask(shown, actor, now)
    return View(t("whom-fill") + "\n\n" + asked.text, asked.keyboard)


def preview(shown: ProposedInvited, actor: Actor, now: datetime) -> View:
    """Who would be invited, how many hear of it, and how many hear no more."""
    event = shown.event
    to = _whom(shown.invited, shown.group)
    text = t(
        "whom-preview",
        **_named(event, actor, now),
        to=to,
        lines=Markup("\n").join(_lines(shown)),
    )
    return View(text, inviting_keys.confirm(event, shown.invited, shown.group))


def done(made: SetInvited) -> View:
    """Who is invited from now on, and how many hear of it."""
    changed, event = made.changed, made.changed.event
    key = "whom-done" if changed.changed else "whom-already"
    told = t("naming-done-people", count=changed.people) if changed.people else t("undo-told-nobody")
    text = t(key, title=event.title, to=_whom(event.invited, made.group), people=told)
    return View(text, event_keys.done(event, changed=changed.changed))


def _lines(shown: ProposedInvited) -> list[Markup]:
    count = shown.count
    lines = []
    if shown.invited is not Invited.NOBODY:
        lines.append(t("whom-concerned", count=count.concerned))
    if count.newly:
        lines.append(t("whom-newly", count=count.newly) if shown.tells else t("whom-later"))
    if count.no_more:
        lines.append(t("whom-no-more", count=count.no_more))
    if count.coming:
        lines.append(t("whom-coming", count=count.coming))
    return [*lines, *([] if count.newly and shown.tells else [t("undo-told-nobody")])]


def _whom(invited: Invited, group: Group | None) -> Markup:
    if invited is Invited.GROUP:
        return t("whom-group", group=group.title) if group else t("whom-gone-group")
    return t(f"whom-{invited}")


def _named(event: Event, actor: Actor, now: datetime) -> dict[str, object]:
    return {"title": event.title, "when": dates.span(event.period, today(actor, now))}
