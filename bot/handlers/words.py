"""Everything else: questions in words, and what cannot be understood. These handlers come last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from actions.acting import acting_where
from actions.asking import keep_unsaid
from actions.calendar import event_card, events_between, people_found, search
from actions.overseeing import homes, overseen_plan
from actions.several import answered_everywhere, is_in_several, titles
from bot.filters import HasPhoto, HasText, HasVoice, Oversees, needs
from bot.finding import find
from bot.handlers.answering import mine_views
from bot.handlers.asking import help_view
from bot.handlers.calendar import nearest_view, plan_view
from bot.handlers.explaining import why_view
from bot.handlers.reports import reports_view
from bot.understanding import (
    Greets,
    Help,
    Kind,
    Mine,
    Next,
    Plan,
    Reports,
    Span,
    Thanks,
    WantsAnswer,
    Why,
    Words,
    kind_in,
    seeks_meeting,
    speaks_of,
    understand,
)
from bot.views import answering, cards, dates, keyboards, overseeing
from bot.views.joining import formal
from bot.views.view import Replies, View, follow, say
from bot.views.words import plain, t
from domain.errors import DomainError
from domain.places import in_words
from domain.plan_draft import Kind as PlanKind
from domain.records import Actor, Answer, Event, Member, Mode
from domain.roles import Right, Role, may
from storage.unit_of_work import UnitOfWork

router = Router(name="words")

_YEAR = timedelta(days=366)


@router.message(HasText(), Oversees(), flags=needs(Right.OVERSEE))
async def asked_by_methodist(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """What comes next, the plan, a month of it: more is not to be asked of what is overseen."""
    meant = understand(message.text or "", cards.today(actor, now))
    if isinstance(meant, Next):
        return say(message, overseeing.homes(await homes(uow, actor, now), 0, actor, now))
    if not isinstance(meant, Plan | Span):
        raise DomainError("methodist_looks")
    month = (meant.first.year, meant.first.month) if isinstance(meant, Span) else None
    home, whole = await overseen_plan(uow, actor, actor.home.id, now)
    return say(message, overseeing.plan(home, whole, month, now))


@router.message(HasText(), flags=needs(Right.LOOK))
async def said(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Words: a question about the plan, an answer, or something for a person."""
    return await _heard(message.text or "", message, uow, actor, now)


async def _heard(text: str, message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    meant = understand(text, cards.today(actor, now))
    if isinstance(meant, Mine):
        return say(message, *await mine_views(uow, actor, now))
    if isinstance(meant, WantsAnswer):
        if answering.is_of_another(message):
            return say(message, await _answer_of_another(text, uow, actor))
        return say(message, await _confirm(Answer(meant.answer), text, message, uow, actor, now))
    view = await _answer(meant, uow, actor, now)
    if view is not None:
        return say(message, view)
    sought = isinstance(meant, Words) and seeks_meeting(meant)
    if may(actor.role, Right.DESK):  # there is nobody else to pass it to
        key = "nothing-found" if sought else "not-understood-coordinator"
        return say(message, View(t(key), keyboards.main(actor)))
    await keep_unsaid(uow, actor, text)
    key = "nothing-found" if sought else "not-understood"
    if not may(actor.role, Right.PLAN):
        key = "not-understood-guest"
    # Two messages: the keys come back with the first, the way to a person stands under the second.
    return say(
        message,
        View(t(key), keyboards.main(actor)),
        View(t("not-understood-pass"), keyboards.pass_question("said")),
    )


async def screen_named(text: str, uow: UnitOfWork, actor: Actor, now: datetime) -> list[View]:
    """The screens that words name and nothing else («итоги года», «что дальше?»); none where they say
    anything else."""
    meant = understand(text, cards.today(actor, now))
    if isinstance(meant, Mine):
        return await mine_views(uow, actor, now)
    # «Потом» and «скоро» ask what comes next only where nothing else was asked.
    if not isinstance(meant, Next | Plan | Why | Reports) or (isinstance(meant, Next) and "?" not in text):
        return []
    if isinstance(meant, Reports) and not may(actor.role, Right.DESK):
        return []
    view = await _answer(meant, uow, actor, now)
    return [] if view is None else [view]


async def _answer(meant: object, uow: UnitOfWork, actor: Actor, now: datetime) -> View | None:
    match meant:
        case Next():
            return await nearest_view(uow, actor, now)
        case Plan():
            return await plan_view(uow, actor, now)
        case Help():
            return help_view(actor)
        case Greets():
            return View(t("greeted", name=formal(actor)), keyboards.main(actor))
        case Thanks():
            return View(t("thanked"), keyboards.main(actor))
        case Why():
            return await why_view(uow, actor, now)
        case Span(first, last, stems):
            day = cards.today(actor, now)
            span = dates.capital(dates.between(first, last, day))
            found = await events_between(uow, actor, first, last, now)
            if not found:
                key = "nothing-in-span" if may(actor.role, Right.PLAN) else "nothing-in-span-guest"
                return View(t(key, span=span), keyboards.main(actor))
            narrowed = fitting(stems, found)
            if len(narrowed) == 1:
                return await _found(narrowed, uow, actor, now)
            # Other words may mean anything; that there is none of the kind is worth a word.
            missing = None if narrowed else kind_in(stems)
            whose = await titles(uow, actor)
            return cards.found_between(narrowed or found, first, last, actor, now, whose, missing)
        case Kind(kind):
            found = await search(
                uow, actor, lambda events: [event for event in events if event.kind == kind], now
            )
            if not found:
                key = "nothing-of-kind" if may(actor.role, Right.PLAN) else "nothing-of-kind-guest"
                return View(t(key), keyboards.main(actor))
            return await _found(found, uow, actor, now)
        case Reports(stems):
            if may(actor.role, Right.DESK):
                return await reports_view(uow, actor, now)
            return await _search(stems, uow, actor, now)
        case Words(stems):
            return await _search(stems, uow, actor, now)
    return None


async def _search(stems: Sequence[str], uow: UnitOfWork, actor: Actor, now: datetime) -> View | None:
    """What is found by words: meetings ahead, else those of the last year; for a coordinator people too."""
    found = await search(uow, actor, lambda events: fitting(stems, events), now)
    if before := not found:
        found = await search(uow, actor, lambda events: fitting(stems, events), now - _YEAR)
    people: list[Member] = []
    if may(actor.role, Right.DESK):
        people = await people_found(
            uow,
            actor,
            lambda members: [
                members[at]
                for at in find(
                    stems, [(one.name.full, one.school.title if one.school else "") for one in members]
                )
            ],
        )
    if people:
        heading, whose = _heading(found, before=before), await titles(uow, actor)
        return cards.found_people(people, found, heading, actor, now, whose)
    return await _found(found, uow, actor, now, before=before) if found else None


async def _found(
    found: Sequence[Event], uow: UnitOfWork, actor: Actor, now: datetime, *, before: bool = False
) -> View:
    """The events found (`before` where nothing like them is ahead); one alone is shown as its card."""
    if len(found) > 1:
        return cards.found(found, _heading(found, before=before), actor, now, await titles(uow, actor))
    there = await acting_where(uow, actor, found[0].id) if is_in_several(actor) else actor
    card = cards.card(await event_card(uow, there, found[0].id, now), there, now)
    return View(t("found-before") + "\n\n" + card.text, card.keyboard) if before else card


def _heading(found: Sequence[Event], *, before: bool) -> Markup:
    return t("found-before") if before else t("found", count=len(found))


def fitting(stems: Sequence[str], events: Sequence[Event]) -> list[Event]:
    """The events that the words fit best, the best match first."""
    texts = [(one.title, in_words(one), one.responsible, _kind_in_words(one.kind)) for one in events]
    return [events[at] for at in find(stems, texts)]


async def _answer_of_another(text: str, uow: UnitOfWork, actor: Actor) -> View:
    """«Заболела, не приду», forwarded: nobody's answer is given by another's words. A coordinator is told
    where it is put down, a member's goes to her if she wants it to."""
    if may(actor.role, Right.DESK):
        return View(t("answer-of-another-coordinator"), keyboards.main(actor))
    await keep_unsaid(uow, actor, text)
    return View(t("answer-of-another"), keyboards.pass_question("said"))


async def _confirm(
    answer: Answer, text: str, message: Message, uow: UnitOfWork, actor: Actor, now: datetime
) -> View:
    """«Заболела, не приду»: an answer to the event of the message that is replied to, else to the nearest one
    that takes one (and that the words can mean), once she confirms it. Where she is in several associations,
    it is named, and the others' are a press away."""
    replied = answering.event_replied_to(message)
    kind, span = speaks_of(text, cards.today(actor, now))
    asked = [
        (there, card.event)
        for there, card in await answered_everywhere(uow, actor, now)
        if card.event.takes_answers(now)
        and (answer is not Answer.ONLINE or card.event.mode is not Mode.ONSITE)
        and (
            card.event.id == replied
            if replied
            else kind in {None, card.event.kind} and (span is None or card.event.period.overlaps(*span))
        )
    ]
    if asked:
        return answering.confirm(answer, asked, actor, now)
    if replied:  # it is that one, and it takes no such answer
        there = await acting_where(uow, actor, replied)
        return cards.card(await event_card(uow, there, replied, now), there, now)
    if may(actor.role, Right.DESK):
        return View(t("nothing-to-answer-coordinator"), keyboards.main(actor))
    await keep_unsaid(uow, actor, text)
    return View(t("nothing-to-answer"), keyboards.pass_question("said"))


def _kind_in_words(kind: PlanKind) -> str:
    return "" if kind is PlanKind.OTHER else plain(f"kind-{kind}")


@router.message(HasPhoto(), flags=needs(Right.LOOK))
async def photo(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A picture: perhaps a coordinator's photo of the plan; what a member wrote under one is heard."""
    if may(actor.role, Right.DESK):
        return say(message, View(t("plan-photo")))
    if message.caption:
        return await _heard(message.caption, message, uow, actor, now)
    return say(message, View(t("not-understood-photo"), keyboards.pass_question("next")))


@router.message(HasVoice(), flags=needs(Right.LOOK))
async def voice(message: Message, uow: UnitOfWork, actor: Actor) -> Replies:
    """A voice message."""
    if may(actor.role, Right.DESK):
        return say(message, View(t("not-understood-voice-coordinator"), keyboards.main(actor)))
    await keep_unsaid(uow, actor, plain("voice-question"))
    return say(message, View(t("not-understood-voice"), keyboards.pass_question("said")))


@router.message(flags=needs(Right.LOOK))
async def anything(message: Message, actor: Actor) -> Replies:
    """A sticker, a place, a contact; an unknown command."""
    key = "not-understood-command" if message.text else "not-understood-sticker"
    way = keyboards.main(actor) if may(actor.role, Right.DESK) else keyboards.pass_question("next")
    return say(message, View(t(key), way))


@router.edited_message(flags=needs(Right.KNOCK, dialogue=True))
async def edited(message: Message) -> Replies:
    """Words that were changed after they had been answered: they are not read again, and she hears that."""
    return say(message, View(t("edited-not-read")))


@router.callback_query(flags=needs(Right.KNOCK))
async def unknown_press(callback: CallbackQuery, actor: Actor | None) -> Replies:
    """A button that no handler knows: made up, or of an earlier version."""
    if actor is not None and actor.role is Role.JOINING:
        raise DomainError("finish_joining")
    if actor is not None and actor.role is Role.WAITING:
        raise DomainError("request_waits")
    if actor is not None and actor.role is Role.METHODIST:
        raise DomainError("methodist_looks")
    if actor is None or not may(actor.role, Right.LOOK):
        return follow(callback, View(t("help-stranger")))
    raise DomainError("stale_button")
