"""Talks of an event: the programme, a talk being written down, what a member proposes, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from aiogram.types import InlineKeyboardMarkup
from markupsafe import Markup

from actions.talks import Programme, TalkOffer
from bot.views import about_keys, dates, keyboards, talk_keys
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import clip, fitting, from_school, plain, t
from domain.quotes import within_quotes
from domain.records import Actor, Event, Member, Talk, TalkForm
from domain.talks import TalkDraft

_TITLE = 150
_NAME = 80


def programme(found: Programme, actor: Actor, now: datetime) -> View:
    """Who speaks of what, for everybody; and what she proposed herself."""
    said = _named(found.event, actor, now)
    confirmed, mine = found.confirmed, found.of_person(actor.person_id)
    if confirmed:
        parts = [t("talks-programme", **said, count=len(confirmed), lines=_lines(confirmed))]
    else:
        parts = [t("talks-nothing", **said)]
    parts += [t("talk-waits", theme=within_quotes(one.theme)) for one in mine]
    keyboard = about_keys.programme(found.event, mine, may_propose=found.may_propose)
    return View(Markup("\n").join(parts), keyboard)


# A talk is written down


def next_step(offered: TalkOffer, actor: Actor, now: datetime) -> View:
    """What is still missing of a talk, or the preview."""
    draft, event = offered.draft, offered.event
    title = clip(event.title, _TITLE)
    match draft.missing:
        case "speaker":
            return View(t("talk-ask", title=title), talk_keys.ask_line())
        case "theme":
            key = "talk-ask-own-theme" if offered.own else "talk-ask-theme"
            return View(t(key, title=title, name=draft.speaker), talk_keys.ask_theme())
        case "form":
            return View(t("talk-ask-form", theme=within_quotes(draft.theme)), talk_keys.ask_form())
    key = "talk-own-preview" if offered.own else "talk-preview"
    text = t(key, **_named(event, actor, now), talk=_understood(draft))
    return View(text, talk_keys.preview(offered.mark, own=offered.own))


def choose_speaker(members: Sequence[Member], page: int) -> View:
    """Which of the members speaks?"""
    return View(t("talk-pick-speaker"), talk_keys.people(members, page))


def proposed(offered: TalkOffer, talk_id: int) -> View:
    """It waits for the coordinator."""
    text = t("talk-passed", theme=within_quotes(offered.draft.theme), title=clip(offered.event.title, _TITLE))
    return View(text, about_keys.proposed(offered.event, talk_id))


def added(offered: TalkOffer, found: Programme, actor: Actor, now: datetime) -> View:
    """It stands in the programme."""
    lines = _lines(found.confirmed)
    text = t("talk-added", **_named(offered.event, actor, now), lines=lines, count=len(found.confirmed))
    return View(text, talk_keys.saved(offered.event))


def dropped() -> View:
    """She thought better of it."""
    return View(t("talk-dropped"))


# The coordinator's


def desk(found: Programme, actor: Actor, now: datetime) -> View:
    """The programme, and what is proposed for it."""
    said = _named(found.event, actor, now)
    parts = []
    if found.confirmed:
        lines = _lines(found.confirmed)
        parts.append(t("talks-desk", **said, count=len(found.confirmed), lines=lines))
    else:
        parts.append(t("talks-none-yet", **said))
    if found.proposed:
        parts.append(t("talks-proposed", count=len(found.proposed), lines=_lines(found.proposed, 1_000)))
    talks = [*found.confirmed, *found.proposed]
    if talks:
        parts.append(t("talks-fix"))
    keyboard = talk_keys.programme(found.event, talks, [_speaker(one) for one in talks])
    return View(Markup("\n").join(parts), keyboard)


def one(event: Event, talk: Talk, actor: Actor, now: datetime) -> View:
    """One talk, and what can be done with it."""
    key = "talk-one" if talk.confirmed else "talk-one-proposed"
    text = t(key, **_named(event, actor, now), talk=_line(talk))
    return View(text, talk_keys.one(event, talk))


def ordered(found: Programme, talk_id: int, actor: Actor, now: datetime) -> View:
    """The programme in its new order; the same talk can be moved on."""
    talk = next(one for one in found.confirmed if one.id == talk_id)
    said = _named(found.event, actor, now)
    text = t("talks-ordered", **said, lines=_lines(found.confirmed), name=_speaker(talk))
    return View(text, talk_keys.one(found.event, talk))


def ask_theme(talk: Talk) -> View:
    """Which theme?"""
    keyboard = keyboards.inline([talk_keys.asked(talk)])
    return View(t("talk-ask-theme-again", theme=within_quotes(talk.theme)), keyboard)


def ask_form(talk: Talk) -> View:
    """Which form?"""
    return View(t("talk-ask-form", theme=within_quotes(talk.theme)), talk_keys.forms(talk))


def removed(event: Event, talk: Talk) -> View:
    """It is taken out of the programme."""
    text = t("talk-removed", talk=_line(talk), title=clip(event.title, _TITLE))
    return View(text, talk_keys.removed(event, talk))


def settled(event: Event, talk: Talk) -> View:
    """What the coordinator said to what was proposed."""
    key = "talk-admitted" if talk.confirmed else "talk-refused"
    text = t(key, talk=_line(talk), title=clip(event.title, _TITLE))
    return View(text, talk_keys.settled(event, talk))


# What comes unasked


def arrived(event: Event, talk: Talk, day: date) -> View:
    """To the coordinators: somebody would speak."""
    when = dates.span(event.period, day)
    text = t("talk-arrived", talk=_line(talk), title=clip(event.title, _TITLE), when=when)
    return View(text, talk_keys.arrived(talk))


def settled_for_speaker(event: Event, talk: Talk, day: date) -> View:
    """To the speaker: what became of her talk."""
    key = "talk-yours-admitted" if talk.confirmed else "talk-yours-refused"
    when = dates.span(event.period, day)
    text = t(key, theme=within_quotes(talk.theme), title=clip(event.title, _TITLE), when=when)
    keyboard: InlineKeyboardMarkup = about_keys.told_of_talk(event)
    return View(text, keyboard)


def _lines(talks: Sequence[Talk], longest: int = 2_500) -> Markup:
    lines = fitting(
        (t("talk-numbered", number=number, talk=_line(one)) for number, one in enumerate(talks, start=1)),
        longest,
    )
    if len(talks) > len(lines):
        lines.append(t("who-cut", count=len(talks) - len(lines)))
    return Markup("\n").join(lines)


def _line(talk: Talk) -> Markup:
    return _said(_speaker(talk), talk.organisation, talk.theme, talk.form)


def _understood(draft: TalkDraft) -> Markup:
    return _said(draft.speaker, draft.organisation, draft.theme, draft.form or TalkForm.OTHER)


def _said(speaker: str, organisation: str, theme: str, form: TalkForm) -> Markup:
    """«Петрова Мария Ивановна, СОШ № 45 – «Книжные новинки» (доклад)»."""
    return t(
        "talk-line",
        name=clip(speaker, _NAME),
        organisation=from_school(organisation),
        theme=within_quotes(theme),
        form=Markup("") if form is TalkForm.OTHER else t("talk-form", form=t(f"talk-form-{form}")),
    )


def _speaker(talk: Talk) -> str:
    """Her name; of one who had it erased, that there is none."""
    return talk.speaker or plain("talk-nameless")


def _named(event: Event, actor: Actor, now: datetime) -> dict[str, object]:
    return {"title": clip(event.title, _TITLE), "when": dates.span(event.period, today(actor, now))}
