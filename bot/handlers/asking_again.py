"""A sticker, a voice or a photo where words are waited for: the question comes again."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import Message

from actions.arriving import CLAIM_STEPS
from actions.asking import ASK_STEP, REPLY_STEP, UNSAID_STEP
from actions.associations import SETTING_UP
from actions.broadcasting import BROADCAST_STEP
from actions.declining import ASKED_STEP
from actions.joining import NAME_STEP, ORGANISATION_STEP, SCHOOL_STEP
from actions.making import MADE_STEP
from actions.naming import NAMING_STEP
from actions.schools import known_schools
from actions.seating import SEATS_STEP
from actions.tasks import NAME_PEOPLE_STEP
from bot.filters import Waits, WaitsForWords, Wordless, needs
from bot.views import joining as views
from bot.views.view import Replies, View, say
from bot.views.words import t
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="asking_again")

# Nothing is asked for in words: they only mark what was said or made before, or buttons are all there is.
NO_WORDS = frozenset({UNSAID_STEP, ASKED_STEP, MADE_STEP, NAME_PEOPLE_STEP})


@router.message(
    Waits(
        NAME_STEP,
        SCHOOL_STEP,
        ORGANISATION_STEP,
        *CLAIM_STEPS,
        ASK_STEP,
        REPLY_STEP,
        BROADCAST_STEP,
        NAMING_STEP,
        SEATS_STEP,
        *SETTING_UP,
    ),
    Wordless(),
    flags=needs(Right.OWN_DATA, dialogue=True),
)
async def wordless(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Words are needed here."""
    step = actor.dialogue.step if actor.dialogue else ""
    if step in {ASK_STEP, REPLY_STEP, BROADCAST_STEP}:
        raise DomainError("question_text_only")
    if step == NAMING_STEP:
        raise DomainError("moment_not_understood")
    if step == SEATS_STEP:
        raise DomainError("seats_not_understood")
    return say(message, View(t("words-needed")), await question_again(uow, actor, now))


@router.message(
    WaitsForWords(*NO_WORDS),
    Wordless(),
    flags=needs(Right.OWN_DATA, dialogue=True),
)
async def wordless_anywhere(message: Message) -> Replies:
    """Whatever else is waited for: words are needed, and go on being waited for."""
    raise DomainError("words_needed")


async def question_again(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    """The question of the dialogue that is open while joining, correcting or setting up."""
    step = actor.dialogue.step if actor.dialogue else ""
    if step in SETTING_UP:
        return views.setting_up(actor, step, now, again=True)
    schools = await known_schools(uow, actor) if step == SCHOOL_STEP else []
    return views.next_question(actor, schools, again=True)
