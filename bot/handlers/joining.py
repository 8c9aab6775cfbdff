"""/start, an invitation, a scanned check-in code, consent, name, school; of a guest, where she comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from aiogram import Bot, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import CallbackQuery, Message

from actions.acting import acting_where, wait_for
from actions.arriving import CLAIM_STEPS
from actions.calendar import event_card, next_event
from actions.check_in import (
    check_in,
    check_in_by_digits,
    check_in_waiting,
    read_scan,
    scan_by_digits,
)
from actions.doors import Door, Key, consent, knock
from actions.joining import (
    NAME_STEP,
    ORGANISATION_STEP,
    SCHOOL_STEP,
    choose_school,
    give_name,
    give_organisation,
    give_school,
)
from actions.schools import known_schools
from bot.context import Context
from bot.filters import Digits, HasText, Scanned, Started, Waits, needs
from bot.handlers.errors import in_words
from bot.handlers.setting_up import begin
from bot.understanding import is_talk
from bot.views import cards, checking_in, keyboards, starting
from bot.views import joining as views
from bot.views.admitting import sent as request_sent
from bot.views.keyboards import Consent, PickSchool
from bot.views.view import Replies, View, follow, say, show
from domain.checkin import (
    DIGITS,
    Scan,
    Token,
    looks_like_kept_scan,
    read_kept_scan,
    write_kept_scan,
)
from domain.errors import DomainError
from domain.records import Actor, Answer, Way
from domain.roles import Right, Role, may
from storage.unit_of_work import UnitOfWork

router = Router(name="joining")

# What she came for: an answer that she pressed in the group, or to be marked at an event.
Wanted = starting.Wish | Scan


@router.message(Scanned(), flags=needs(Right.KNOCK))
async def scanned(
    message: Message,
    code: str,
    uow: UnitOfWork,
    actor: Actor | None,
    now: datetime,
    said_at: datetime,
    context: Context,
) -> Replies:
    """The code of an event: whoever may come is marked, and who waits to be let in; anybody else comes in as
    its guest first."""
    scan = read_scan(context.signing.key, code, said_at)
    return await _came(message, scan, uow, actor, now, context)


async def _came(
    message: Message, scan: Scan, uow: UnitOfWork, actor: Actor | None, now: datetime, context: Context
) -> Replies:
    """Somebody scanned the code of an event, or typed its digits without having a part in it."""
    if actor is not None and actor.role is Role.JOINING and actor.dialogue is not None:
        await wait_for(uow, actor, actor.dialogue.step, **{**actor.dialogue.facts, **_facts(scan)})
        return say(message, await _question(uow, actor, again=True))
    try:
        door = await knock(uow, Key(message.chat.id, None, context.coordinators, scan), now)
    except DomainError as error:
        if error.code != "request_waits" or actor is None:
            raise
        return say(message, checking_in.checked_in(await check_in_waiting(uow, actor, scan), actor))
    if door.event is not None:  # of several held together the one that speaks for all
        scan = replace(scan, event_id=door.event.id)
    if door.inside is not None:
        return say(message, *await _wanted(uow, door.inside, scan, now))
    kept = write_kept_scan(context.signing.key, scan)
    return say(message, views.consent_to_be_marked(door, kept, now))


@router.message(Started(), flags=needs(Right.KNOCK))
async def started(
    message: Message, code: str | None, uow: UnitOfWork, actor: Actor | None, now: datetime, context: Context
) -> Replies:
    """/start: an invitation, perhaps with an answer that she pressed in the group, or a way back for those
    who are in."""
    return await _knocked(message, code, uow, actor, now, context)


@router.message(Digits(), flags=needs(Right.KNOCK, dialogue=True))
async def digits(
    message: Message,
    code: str,
    uow: UnitOfWork,
    actor: Actor | None,
    now: datetime,
    said_at: datetime,
    context: Context,
) -> Replies:
    """The digits under an event's code, which do what the code does, or under an invitation."""
    comes = actor is not None and (may(actor.role, Right.ANSWER) or actor.role is Role.WAITING)
    if len(code) == DIGITS and actor is not None and comes:
        done = await check_in_by_digits(uow, context.signing.key, actor, code, said_at)
        if done is not None:
            return say(message, checking_in.checked_in(done, actor))
    context.tries.check(message.chat.id)
    try:
        if len(code) == DIGITS:
            scan = await scan_by_digits(uow, context.signing.key, code, said_at)
            return await _came(message, scan, uow, actor, now, context)
        return await _knocked(message, code, uow, actor, now, context)
    except DomainError as error:
        if error.code not in {"invitation_unknown", "checkin_unknown_digits"}:
            raise
        context.tries.failed(message.chat.id)
        if actor is not None and may(actor.role, Right.LOOK):
            raise SkipHandler from None  # a member's digits may mean anything
        raise


async def _knocked(
    message: Message,
    parameter: str | None,
    uow: UnitOfWork,
    actor: Actor | None,
    now: datetime,
    context: Context,
) -> Replies:
    code, wish = starting.read_wish(parameter or "")
    if code == starting.DOOR:
        code = ""
    if actor is not None and actor.role is Role.JOINING:
        if wish is not None and actor.dialogue is not None:
            kept = {**actor.dialogue.facts, **_facts(wish)}
            await wait_for(uow, actor, actor.dialogue.step, **kept)
        return say(message, await _question(uow, actor, again=True))
    if actor is not None and actor.role is Role.WAITING and not code:
        raise DomainError("request_waits")
    if actor is not None and actor.association is not None and not code:
        return say(message, await _inside(uow, actor, now))
    door = await knock(uow, Key(message.chat.id, code or None, context.coordinators), now)
    if door.inside is not None:
        wanted = await _wanted(uow, door.inside, wish, now)
        return say(message, *(wanted or [await _through(uow, door, door.inside, now)]))
    return say(message, views.consent(door, now, wish))


@router.callback_query(Consent.filter(), flags=needs(Right.KNOCK, dialogue=True))
async def consented(
    callback: CallbackQuery,
    callback_data: Consent,
    uow: UnitOfWork,
    actor: Actor | None,
    now: datetime,
    context: Context,
    bot: Bot,
) -> Replies:
    """She agrees; from here on she is remembered."""
    if actor is not None and actor.role is Role.JOINING:
        return follow(callback, await _question(uow, actor, again=True))
    code, wish = _kept(callback_data.code, context)
    scan = wish if isinstance(wish, Scan) else None
    key = Key(callback.from_user.id, code or None, context.coordinators, scan)
    before = None if actor is None or actor.association is None else (actor.home.id, actor.role)
    actor = await consent(
        uow, key, lambda door: views.wording(door.association, door.role), now, **_facts(wish)
    )
    if actor.role is Role.JOINING:
        return follow(callback, await _question(uow, actor))
    if before == (actor.home.id, actor.role):  # pressed before, or a guest from another association
        if scan is not None:
            return follow(callback, *await _wanted(uow, actor, scan, now))
        return follow(callback, await _through(uow, await knock(uow, key, now), actor, now))
    return follow(callback, *await arrived(uow, actor, wish, now))


@router.message(Waits(NAME_STEP), HasText(), flags=needs(Right.OWN_DATA, dialogue=True))
async def named(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Her full name."""
    fixing = actor.role is not Role.JOINING
    actor = await give_name(uow, actor, message.text or "", now)
    if fixing:
        return say(message, views.name_fixed(actor))
    if actor.role is not Role.JOINING:  # nothing more is asked of a methodist
        return say(message, *await arrived(uow, actor, None, now))
    return say(message, await _question(uow, actor))


@router.message(Waits(SCHOOL_STEP), HasText(), flags=needs(Right.BELONG, dialogue=True))
async def school_typed(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Her school, in words."""
    fixing, wish = actor.role is not Role.JOINING, wish_of(actor)
    if is_talk(message.text or "", cards.today(actor, now)):
        raise DomainError("school_is_talk")
    try:
        actor = await give_school(uow, actor, message.text or "", now)
    except DomainError as error:
        if error.code != "school_renamed":
            raise
        return say(message, views.school_renamed(error.facts))
    if fixing:
        return say(message, views.school_fixed(actor))
    return say(message, *await arrived(uow, actor, wish, now))


@router.message(Waits(ORGANISATION_STEP), HasText(), flags=needs(Right.OWN_DATA, dialogue=True))
async def organisation_typed(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Where a guest comes from."""
    fixing, wish = actor.role is not Role.JOINING, wish_of(actor)
    if is_talk(message.text or "", cards.today(actor, now)):
        raise DomainError("organisation_is_talk")
    actor = await give_organisation(uow, actor, message.text or "", now)
    if fixing:
        return say(message, views.organisation_fixed(actor))
    return say(message, *await arrived(uow, actor, wish, now))


@router.callback_query(PickSchool.filter(), flags=needs(Right.BELONG, dialogue=True))
async def school_picked(
    callback: CallbackQuery, callback_data: PickSchool, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """Her school, by a button."""
    comes_as_guest = actor.dialogue is not None and actor.dialogue.step == ORGANISATION_STEP
    if actor.name is None or comes_as_guest:
        return follow(callback, await _question(uow, actor, again=True))
    if callback_data.school == 0:
        await wait_for(uow, actor, SCHOOL_STEP, **{**actor.asked(SCHOOL_STEP), **_facts(wish_of(actor))})
        return show(callback, views.type_school())
    fixing = actor.role is not Role.JOINING
    if fixing and (actor.dialogue is None or actor.dialogue.step != SCHOOL_STEP):
        return follow(callback, views.school_known(actor))  # an old list, touched in passing
    wish = wish_of(actor)
    actor = await choose_school(uow, actor, callback_data.school, now)
    if fixing:
        return follow(callback, views.school_fixed(actor))
    return follow(callback, *await arrived(uow, actor, wish, now))


async def _question(uow: UnitOfWork, actor: Actor, *, again: bool = False) -> View:
    return views.next_question(actor, await known_schools(uow, actor), again=again)


async def arrived(uow: UnitOfWork, actor: Actor, wish: Wanted | None, now: datetime) -> Sequence[View]:
    """What a person sees when she is in: the welcome, and the answer that she pressed in the group, asked
    for; a guest the card of what she is invited to, or that she is marked there; a coordinator of something
    new its setting up. Or she is not in yet, and waits; or a record in the lists may be hers."""
    if actor.role is Role.JOINING:
        return [await _question(uow, actor)]
    if actor.role is Role.WAITING:
        return [request_sent(actor), *await _wanted(uow, actor, wish, now)]
    if _has_to_set_up(actor):
        return [await begin(uow, actor, now)]
    if actor.role is Role.GUEST and isinstance(wish, Scan):
        return await _wanted(uow, actor, wish, now)
    card = await next_event(uow, actor, now)
    if actor.role is Role.GUEST:
        shown = [] if card is None else [cards.card(card, actor, now)]
        return [views.guest_welcome(actor, card, now), *shown]
    return [views.welcome(actor, card, now), *await _wanted(uow, actor, wish, now)]


async def _through(uow: UnitOfWork, door: Door, actor: Actor, now: datetime) -> View:
    """What one who is in sees when she opens an invitation: of one event its card."""
    if door.event is None:
        return await _inside(uow, actor, now)
    there = await acting_where(uow, actor, door.event.id)
    return cards.card(await event_card(uow, there, door.event.id, now), there, now)


async def _wanted(uow: UnitOfWork, actor: Actor, wish: Wanted | None, now: datetime) -> Sequence[View]:
    """The card of the event that she answered in the group before she was in, and whether the answer is
    meant; nothing where there is none, or the event is gone. Of a code that she scanned, that she is marked,
    or why not."""
    if isinstance(wish, Scan):
        try:
            if actor.role is Role.WAITING:
                return [checking_in.checked_in(await check_in_waiting(uow, actor, wish), actor)]
            there = await acting_where(uow, actor, wish.event_id)
            done = await check_in(uow, there, wish.event_id, wish.way, wish.at)
        except DomainError as error:
            return [View(in_words(error, actor, now), keyboards.main(actor))]
        return [checking_in.checked_in(done, actor)]
    if wish is None or not may(actor.role, Right.ANSWER):
        return []
    try:
        card = await event_card(uow, actor, wish.event, now)
    except DomainError:
        return []
    return [cards.wished(card, wish.answer, actor, now)]


def _kept(parameter: str, context: Context) -> tuple[str, Wanted | None]:
    """The invitation's code in the button of the consent, and what she came for."""
    code, wish = starting.read_wish(parameter)
    if wish is None and looks_like_kept_scan(parameter):
        return "", read_kept_scan(context.signing.key, parameter)
    return code, wish


def _facts(wish: Wanted | None) -> dict[str, object]:
    """What she came for as facts of the dialogue that goes on until she is in."""
    if isinstance(wish, Scan):
        return {"scanned": wish.event_id, "half_minute": wish.token.step, "way": wish.way.value}
    return {} if wish is None else {"event": wish.event, "answer": wish.answer.value}


def wish_of(actor: Actor) -> Wanted | None:
    """What she came for before she was in."""
    facts = actor.asked(NAME_STEP, SCHOOL_STEP, ORGANISATION_STEP, *CLAIM_STEPS)
    event, answer = facts.get("event"), facts.get("answer")
    scanned, step = facts.get("scanned"), facts.get("half_minute")
    if isinstance(scanned, int) and isinstance(step, int):
        return Scan.of(Token(scanned, step), Way(str(facts.get("way", Way.QR))))
    if not isinstance(event, int) or answer not in set(Answer):
        return None
    return starting.Wish(event, Answer(str(answer)))


async def _inside(uow: UnitOfWork, actor: Actor, now: datetime) -> View:
    """What one who is in, or waits, sees when she opens an invitation again."""
    if actor.role is Role.WAITING:
        return request_sent(actor)
    return await begin(uow, actor, now) if _has_to_set_up(actor) else views.already_in(actor)


def _has_to_set_up(actor: Actor) -> bool:
    return actor.role is Role.COORDINATOR and not actor.home.title and not actor.home.set_up
