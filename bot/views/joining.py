"""From the invitation to the first card, and the coordinator's first steps."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import segno
from markupsafe import Markup, escape

from actions.arriving import CLAIM_STEPS
from actions.associations import SETTING_UP
from actions.doors import Door
from actions.joining import NAME_STEP, ORGANISATION_STEP
from bot.views import claiming, dates, keyboards, starting
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import clip, t, without_markup
from domain.plan_draft import first_year_of, school_year_of
from domain.records import Actor, Association, Card, Invitation, School
from domain.roles import Part, Role


def consent_text(association: Association, role: Role = Role.MEMBER) -> Markup:
    """What is agreed to: the association's own wording, or the one that comes with Звонок; a methodist is
    asked for less, so hers is another one."""
    operator = association.title or t("consent-operator-unnamed")
    if role is Role.METHODIST:
        return t("consent-methodist", operator=operator)
    if association.consent_text:
        return escape(association.consent_text)  # whole: nobody agrees to half a wording
    return t("consent-default", operator=operator)


def titles(associations: Sequence[Association]) -> Markup:
    """«РМО Заречного района», «РМО Приозёрного района»."""
    return Markup(", ").join(
        t("association-quoted", title=clip(one.title, 100) or t("no-title")) for one in associations
    )


def wording(association: Association, role: Role = Role.MEMBER) -> str:
    """The same as plain text, as it is stored with who agreed to it."""
    return without_markup(consent_text(association, role))


def consent(door: Door, now: datetime, wish: starting.Wish | None = None) -> View:
    """The message of its own that asks for consent; a way to one event says first which. A wish is kept in
    its button, as nothing is stored yet."""
    text = consent_text(door.association, door.role)
    if door.beside:
        text = t("consent-methodist", operator=titles([door.association, *door.beside]))
    parameter = None if door.code is None else starting.with_wish(door.code, wish)
    if door.event is None:
        if door.beside:
            of = titles([door.association, *door.beside])
            return View(t("consent-to-oversee-several", of=of, text=text), keyboards.consent(parameter))
        opening = "consent-to-oversee" if door.role is Role.METHODIST else "consent"
        return View(t(opening, text=text), keyboards.consent(parameter))
    day = dates.local(now, door.association.zone).date()
    key = "consent-host" if door.part is Part.HOST else "consent-guest"
    said = {"title": clip(door.event.title, 500), "when": dates.span(door.event.period, day)}
    return View(t(key, **said, text=text), keyboards.consent(parameter))


def school_renamed(facts: Mapping[str, object]) -> View:
    """What she typed (fact `title`) is a former name of a school: is that one meant?"""
    school = facts["school"]
    assert isinstance(school, School)  # noqa: S101 - so it was raised
    said = t("school-renamed", title=clip(str(facts["title"]), 150), now=clip(school.title, 150))
    return View(said, keyboards.schools([school]))


def consent_to_be_marked(door: Door, code: str, now: datetime) -> View:
    """The same to one who scanned an event's check-in code: `code` holds that she did, as nothing is stored
    yet."""
    day = dates.local(now, door.association.zone).date()
    event = door.event
    said = {"title": clip(event.title, 500), "when": dates.span(event.period, day)} if event else {}
    text = t("consent-to-be-marked", **said, text=consent_text(door.association, door.role))
    return View(text, keyboards.consent(code))


def next_question(actor: Actor, schools: Sequence[School], *, again: bool = False) -> View:
    """What is still to be known before she is in: name, then school."""
    if actor.dialogue is not None and actor.dialogue.step in CLAIM_STEPS:
        return claiming.own_question(actor)
    if actor.name is None or (actor.dialogue is not None and actor.dialogue.step == NAME_STEP):
        return View(t("ask-name-again" if again else "ask-name"))
    if actor.dialogue is not None and actor.dialogue.step == ORGANISATION_STEP:
        key = "ask-organisation-again" if again else "ask-organisation"
        return View(t(key, name=actor.name.formal))
    if again:
        return View(t("ask-school-again"), keyboards.schools(schools))
    key = "ask-school" if schools else "ask-school-first"
    return View(t(key, name=actor.name.formal), keyboards.schools(schools))


def type_school() -> View:
    """The school is none of those offered."""
    return View(t("ask-school-again"))


def welcome(actor: Actor, card: Card | None, now: datetime) -> View:
    """The first message to a new member."""
    if actor.role is Role.METHODIST:
        title = clip(actor.home.title, 200) or t("no-title")
        text = t("welcome-methodist", name=formal(actor), title=title)
        if actor.elsewhere:
            text += "\n" + t("welcome-methodist-all")
        return View(text, keyboards.main(actor))
    if actor.role is Role.COORDINATOR:
        ahead = _ahead(card, actor, now) or t("welcome-no-plan")
        home = in_association(actor.home)
        said = t("welcome-coordinator", name=formal(actor), association=home, next=ahead)
        return View(said, keyboards.main(actor))
    return View(welcome_text(actor, actor.home, card, now), keyboards.main(actor))


def welcome_text(actor: Actor, home: Association, card: Card | None, now: datetime) -> Markup:
    """What a new member reads first: the association's own words of greeting, if it has any, and what comes
    next."""
    return t(
        "welcome",
        name=formal(actor),
        association=in_association(home),
        greeting=greeting(home),
        next=_ahead(card, actor, now) or t("welcome-empty"),
    )


def _ahead(card: Card | None, actor: Actor, now: datetime) -> Markup:
    """What comes next, nothing where there is nothing."""
    if card is None:
        return Markup("")
    event, day = card.event, today(actor, now)
    if event.period.day_known:
        return t("welcome-next", title=event.title, when=dates.span(event.period, day))
    key = "welcome-to-name" if actor.role is Role.COORDINATOR else "welcome-next-unnamed"
    return t(key, title=event.title, when=dates.span(event.period, day))


def greeting(home: Association) -> Markup:
    """The association's own words, or those that come with Звонок."""
    return Markup("\n") + escape(home.greeting) if home.greeting else t("welcome-usual")


def in_association(home: Association) -> Markup:
    """« объединения «…»», or nothing while it has no title."""
    return t("welcome-association", title=home.title) if home.title else Markup("")


def guest_welcome(actor: Actor, card: Card | None, now: datetime) -> View:
    """The first message to a new guest, or to a presenter who is no member; the card follows."""
    if card is None:
        return View(t("already-in", name=formal(actor)), keyboards.main(actor))
    key = "welcome-guest" if card.event.period.day_known else "welcome-guest-unnamed"
    if card.part is Part.HOST:
        key = "welcome-host"
    when = dates.span(card.event.period, today(actor, now))
    return View(t(key, name=formal(actor), title=card.event.title, when=when), keyboards.main(actor))


def already_in(actor: Actor) -> View:
    """Somebody who is a member opens an invitation again."""
    key = "already-in-methodist" if actor.role is Role.METHODIST else "already-in"
    return View(t(key, name=formal(actor)), keyboards.main(actor))


def setting_up(actor: Actor, step: str, now: datetime, *, again: bool = False) -> View:
    """One question about the association."""
    first = first_year_of(school_year_of(today(actor, now)))
    if step == "setup_title":
        return View(t("setup-title-again") if again else t("setup-title", name=formal(actor)))
    if step == "setup_town":
        return View(t("setup-town"))
    return View(t("setup-year", year=f"{first}/{first + 1}"), keyboards.school_years(first))


def next_step(step: str) -> str | None:
    """The step of setting up that follows one; None after the last."""
    steps = list(SETTING_UP)
    following = steps.index(step) + 1
    return steps[following] if following < len(steps) else None


def set_up(actor: Actor) -> View:
    """The association is set up."""
    return View(t("setup-done"), keyboards.main(actor))


def already_set_up(actor: Actor) -> View:
    """An old button of the setting up is pressed."""
    return View(t("setup-year-known", year=actor.home.school_year), keyboards.main(actor))


def invitation_text(invitation: Invitation, bot: str) -> View:
    """The invitation as words to pass on."""
    return View(t("invitation-text", link=link(invitation, bot), bot=bot, digits=grouped(invitation.digits)))


def link(invitation: Invitation, bot: str) -> str:
    """The link that opens the bot with the invitation's code."""
    return link_of(invitation.code, bot)


def link_of(code: str, bot: str) -> str:
    """The link that opens the bot with a code."""
    return starting.link(bot, code)


def grouped(digits: str, size: int = 4) -> str:
    """Digits in groups, easy to read out: «4829 1307»."""
    return " ".join(digits[at : at + size] for at in range(0, len(digits), size))


def qr(text: str) -> bytes:
    """A QR code as a PNG, large enough for a camera."""
    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=12, border=4)
    return picture.getvalue()


def formal(actor: Actor) -> str:
    """How the person is spoken to: name and patronymic."""
    return actor.name.formal if actor.name else ""


def name_fixed(actor: Actor) -> View:
    """The name is corrected."""
    return View(t("name-fixed", name=actor.name.full if actor.name else ""), keyboards.main(actor))


def school_known(actor: Actor) -> View:
    """A school is pressed in a list that nobody asked for now."""
    return View(t("school-known", school=actor.school or ""), keyboards.main(actor))


def organisation_fixed(actor: Actor) -> View:
    """Where a guest comes from is corrected."""
    return View(t("school-fixed", school=actor.school or ""), keyboards.main(actor))


def school_fixed(actor: Actor) -> View:
    """The school is corrected."""
    return View(t("school-fixed", school=actor.school or ""), keyboards.main(actor))
