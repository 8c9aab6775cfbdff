"""What a rule refuses, put into words, with the present state beside it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message
from markupsafe import Markup

from actions.acting import acting_at, acting_person, wait_for
from actions.calendar import event_card
from actions.doors import Key, knock
from actions.roster import PEOPLE_STEP
from actions.schools import known_schools
from actions.timing import SWITCH_STEP
from bot.context import Context
from bot.handlers.asking_again import NO_WORDS
from bot.handlers.calendar import nearest_view
from bot.handlers.desk_words import screen_called
from bot.handlers.words import screen_named
from bot.views import cards, dates, overseeing
from bot.views import joining as joining_views
from bot.views.desk import example
from bot.views.keyboards import main
from bot.views.view import Replies, View, follow, say, send, show
from bot.views.words import t
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor
from domain.roles import Right, Role, may
from storage.unit_of_work import UnitOfWork

router = Router(name="errors")

# After these the event that they are about is shown as it stands now.
_ABOUT_EVENT = frozenset(
    {
        "event_unknown",
        "event_cancelled",
        "no_answer_needed",
        "day_not_named",
        "answers_closed",
        "not_invited",
        "nobody_invited",
        "nobody_joins",
        "event_over",
        "not_over_yet",
        "not_a_task",
        "task_cancelled",
        "task_over",
        "task_not_yours",
        "event_changed",
        "event_joined",
        "not_together",
        "not_joined",
        "stale_button",
        "not_declined",
        "undo_begun",
        "undo_gone",
        "undo_past",
        "undo_no_room",
        "talk_not_coming",
        "checkin_not_held",
        "checkin_no_day",
        "checkin_too_early",
        "checkin_too_late",
        "checkin_no_word",
        "checkin_tried_out",
        "event_not_held",
        "roll_no_day",
        "roll_too_early",
        "roll_not_begun",
        "protocol_not_held",
        "certificates_too_early",
        "certificates_unconfirmed",
    }
)
# After these there is nothing left of what the open dialogue was about.
_ENDS_DIALOGUE = frozenset(
    {
        "question_unknown",
        "question_answered",
        "event_unknown",
        "event_cancelled",
        "event_over",
        "event_joined",
    }
)
_ENDS_DIALOGUE |= {"task_cancelled", "task_over", "not_declined", "answers_closed"}
_ENDS_DIALOGUE |= {"not_invited", "nobody_invited"}
_ENDS_DIALOGUE |= {"material_gone", "materials_full", "talk_gone"}
_ENDS_DIALOGUE |= {"checkin_too_late", "checkin_no_word", "checkin_tried_out", "checkin_not_held"}
_ENDS_DIALOGUE |= {"event_not_held", "roll_no_day", "roll_too_early", "opinion_not_there"}
_ENDS_DIALOGUE |= {"decision_gone", "protocol_not_held"}
_ENDS_DIALOGUE |= {"draft_gone", "plan_question_gone"}
_ENDS_DIALOGUE |= {"edit_gone", "member_unknown", "school_gone", "group_gone"}


# What was pressed belongs to something that is over.
_IS_OLD = ("stale_button", "_gone", "_left")
# Words are taken, and none were asked for.
_ASKS_NOTHING = NO_WORDS | {PEOPLE_STEP, SWITCH_STEP}
# Whoever is still coming in is asked the same again by her next word.
_ON_THE_WAY_IN = "join_"
# A day, an hour or a number was asked for, and something else was said: the name of a screen leads there.
_NOT_UNDERSTOOD = "_not_understood"


@router.errors(ExceptionTypeFilter(DomainError))
async def explained(
    event: ErrorEvent, uow: UnitOfWork, actor: Actor | None, now: datetime, context: Context
) -> Replies:
    """Says what is the matter and what to do; a stale press gets the card anew."""
    error = event.exception
    if not isinstance(error, DomainError):
        raise error
    message, callback = event.update.message, event.update.callback_query
    if error.code == "not_a_member" and message is not None:
        return say(message, await _at_the_door(uow, message, now, context))
    if message is not None and error.code.endswith(_NOT_UNDERSTOOD) and actor and _is_in(actor):
        text = message.text or ""
        if opens := screen_called(text, actor):
            await wait_for(uow, actor, None)
            return say(message, await opens(uow, actor, now))
        if named := await screen_named(text, uow, actor, now):
            await wait_for(uow, actor, None)
            return say(message, *named)
    if callback is not None and error.code == "event_unknown" and actor is not None and actor.elsewhere:
        elsewhere = await _elsewhere(error, uow, actor)
        if elsewhere is not None:
            return follow(callback, elsewhere)
    said = in_words(error, actor, now)
    if error.code in _ENDS_DIALOGUE and actor is not None and actor.dialogue is not None:
        await wait_for(uow, actor, None)
    if error.code == "finish_joining" and actor is not None:
        question = joining_views.next_question(actor, await known_schools(uow, actor), again=True)
        return _answered(message, callback, View(said), question)
    shows_cards = actor is not None and may(actor.role, Right.LOOK)
    if callback is not None and error.code in _ABOUT_EVENT and actor is not None and shows_cards:
        # An alert would be gone at a touch: the sentence stays above the card.
        fresh = await _fresh(error, uow, actor, now)
        shown = show(callback, View(said + "\n\n" + fresh.text, fresh.keyboard), said)
    else:
        shown = _answered(message, callback, View(said, main(actor) if _is_in(actor) and actor else None))
    if callback is None or actor is None or actor.dialogue is None or not error.code.endswith(_IS_OLD):
        return shown
    return [*shown, *await _still_asked(uow, callback)]


async def _still_asked(uow: UnitOfWork, callback: CallbackQuery) -> Replies:
    """Which question is open still, though a button of another one was pressed; nothing where none is that
    waits for an answer in words."""
    actor = await acting_person(uow, callback.from_user.id)
    if actor is None or actor.dialogue is None or actor.dialogue.step in _ASKS_NOTHING:
        return []
    if actor.dialogue.step.startswith(_ON_THE_WAY_IN):
        return []
    what = t(f"asked-{actor.dialogue.step.replace('_', '-')}")
    return [send(callback.from_user.id, View(t("still-asked", what=what)))]


async def _at_the_door(uow: UnitOfWork, message: Message, now: datetime, context: Context) -> View:
    """Whatever somebody says whom nobody knows is taken as a knock."""
    try:
        door = await knock(uow, Key(message.chat.id, None, context.coordinators), now)
    except DomainError as refused:
        return View(in_words(refused, None, now))
    return joining_views.consent(door, now)


def in_words(error: DomainError, actor: Actor | None, now: datetime) -> Markup:
    """The sentence for what a rule refuses."""
    facts = {name: _clock(value, now) for name, value in error.facts.items()}
    if actor is not None and actor.association is not None:
        day = cards.today(actor, now)
        soon = day + timedelta(days=7)
        facts.setdefault("example", example(Period.day(soon), soon, actor.home))
        facts.setdefault("year", str(facts.get("school_year", f"{day.year}/{day.year + 1}")))
    return t(error.code.replace("_", "-"), **facts)


def _clock(value: object, now: datetime) -> object:
    """A time of day, or a local moment, as people say it; anything else as it is."""
    if isinstance(value, datetime):
        return dates.at(value, now.astimezone(value.tzinfo).date())
    return dates.clock(value) if isinstance(value, time) else value


def _answered(message: Message | None, callback: CallbackQuery | None, *views: View) -> Replies:
    if callback is not None:
        return follow(callback, *views)
    return [] if message is None else say(message, *views)


async def _fresh(error: DomainError, uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    event_id = error.facts.get("event_id")
    if isinstance(event_id, int):
        try:
            card = await event_card(uow, actor, event_id, now)
        except DomainError:
            pass
        else:
            return cards.card(card, actor, now)
    return await nearest_view(uow, actor, now)


async def _elsewhere(error: DomainError, uow: UnitOfWork, actor: Actor) -> View | None:
    """The way to the other one of her associations that has the event; None where none has."""
    event_id = error.facts.get("event_id")
    try:
        other = await acting_at(uow, actor, event_id) if isinstance(event_id, int) else None
    except DomainError:
        return None
    return None if other is None else overseeing.event_elsewhere(other.home)


def _is_in(actor: Actor | None) -> bool:
    return actor is not None and actor.role not in {Role.LEFT, Role.JOINING, Role.WAITING}
