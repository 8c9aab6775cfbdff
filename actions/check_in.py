"""«Я на месте»: who comes marks herself, by a code, a word or a button; judged by when she said so."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.checking import check_gathering, check_sees, known_event, sees_hers_alone, speaking_for
from domain.checkin import Scan, Window, by_digits, check_fresh, check_open, is_open, read_token, window
from domain.code_words import MOST_WRONG, same_word
from domain.errors import DomainError
from domain.records import Actor, Association, Attendance, Card, Event, Mark, Standing, Way
from domain.roles import Role, may_see
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

SAY_WORD_STEP = "say_word"
_KEY = "checkin"
_KEY_BYTES = 32
# Among events that begin or end so near digits are looked for: what is early or late can then be said.
_AROUND = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The event, whose it is, her mark that stands now, whether it stood already, and whether she still waits
    to be let in there."""

    event: Event
    home: Association
    attendance: Attendance
    repeated: bool
    waits: bool = False


async def signing_key(uow: UnitOfWork) -> bytes:
    """The key that signs check-in codes; made once, at the first start."""
    async with uow as rows:
        key = await rows.secrets.keep(_KEY, secrets.token_bytes(_KEY_BYTES))
        await uow.commit()
    return key


def open_for(event: Event, home: Association) -> Window | None:
    """When people can check in to an event, by what their association has set and its clocks; None while
    that is not known."""
    found = window(event, home.checkin_before, home.checkin_after)
    return found and Window(found.opens.astimezone(home.zone), found.closes.astimezone(home.zone))


async def check_in(uow: UnitOfWork, actor: Actor, event_id: int, way: Way, at: datetime) -> CheckedIn:
    """Marks her as present at an event. `at` is when she said so, by Telegram's clock: what lay in the inbox
    for a while counts as of then. A second time changes nothing.

    Raises DomainError `event_unknown`, `no_answer_needed`, and those of domain.checkin.check_open.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _to_come_to(ours, actor, event_id, at)
        done = await _mark(ours, actor, event, way, at)
        await uow.commit()
    return done


async def say_here(uow: UnitOfWork, actor: Actor, event_id: int, at: datetime) -> tuple[CheckedIn, Card]:
    """«Я на месте»: marks her, and the event's card as it stands then. A room full of people presses this
    within minutes: the card is read once, and the event is the one on it.

    Raises DomainError as `check_in` does.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        card = await _card(ours, actor, event_id, at)
        if card.event.merged_into is not None:
            card = await _card(ours, actor, card.event.merged_into, at)
        _check_comes(card.event, actor, at)
        done = await _mark(ours, actor, card.event, Way.SELF, at)
        await uow.commit()
    mark = done.attendance
    return done, replace(card, mark=mark.mark, way=mark.way, marked_at=mark.at)


async def check_in_waiting(uow: UnitOfWork, actor: Actor, scan: Scan) -> CheckedIn:
    """Marks one who waits to be let in at the event whose code she scanned: she is there, whatever becomes of
    her request. Until she is let in she counts as a guest.

    Raises DomainError `checkin_unknown`, `event_unknown` where she does not wait there, and those of
    `check_in`.
    """
    async with uow as rows:
        home = await rows.associations.of_event(scan.event_id)
        if home is None:
            raise DomainError("checkin_unknown")
        ours = rows.association(home.id)
        membership = await ours.members.record(actor.person_id) or {}
        if membership.get("status") != Standing.REQUESTED:
            raise DomainError("event_unknown")
        there = replace(actor, association=home, role=Role.WAITING)
        event = await speaking_for(ours, scan.event_id)
        _check_comes(event, there, scan.at)
        done = await _mark(ours, there, event, scan.way, scan.at)
        await uow.commit()
    return done


def read_scan(key: bytes, code: str, at: datetime) -> Scan:
    """What a code says that was scanned at a moment. Raises DomainError `checkin_unknown`,
    `checkin_stale`."""
    token = read_token(key, code)
    check_fresh(token, at)
    return Scan(token.event_id, at)


async def check_in_by_digits(
    uow: UnitOfWork, key: bytes, actor: Actor, digits: str, at: datetime
) -> CheckedIn | None:
    """Marks her at the event of hers, in any of her associations, or where she waits to be let in, that these
    digits stand for. None where they stand for none and nothing is open now: they may mean anything.

    Raises DomainError `checkin_wrong_digits`, `checkin_tried_out` (fact `event_id`), and those of `check_in`.
    """
    async with uow as rows:
        near = await _near(rows, actor, at)
        meant = [one for one in near if await _stand_for(rows, one[1], key, digits, at)]
        running = [one for one in near if is_open(one[1], open_for(one[1], one[0].home), at)]
        if not meant and not running:
            return None
        there, event = [*meant, *running][0]
        ours = rows.association(there.home.id)
        await _check_tries(ours, there, event)
        if meant:
            check_open(event, open_for(event, there.home), at)
            done = await _mark(ours, there, event, Way.DIGITS, at)
            await uow.commit()
            return done
        wrong = await ours.code_words.count_wrong(event.id, there.person_id)
        await uow.commit()
    raise _not_it("checkin_wrong_digits", event, wrong)


async def scan_by_digits(uow: UnitOfWork, key: bytes, digits: str, at: datetime) -> Scan:
    """What a code says whose digits were typed at a moment, by one who has no part in its event yet: she
    whose camera fails comes in as she would by it.

    Raises DomainError `checkin_unknown_digits` where they are no event's that is near, or those of several.
    """
    async with uow.reading() as rows:
        near = await rows.associations.gatherings_between(at - _AROUND, at + _AROUND)
    meant = [event_id for event_id in near if by_digits(key, digits, event_id, at)]
    if len(meant) != 1:
        raise DomainError("checkin_unknown_digits")
    return Scan(meant[0], at, Way.DIGITS)


async def ask_word(uow: UnitOfWork, actor: Actor, event_id: int, at: datetime) -> Event:
    """«Назвать слово»: what is written next is the word.

    Raises DomainError `checkin_no_word`, `checkin_tried_out`, and those of `check_in`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _to_come_to(ours, actor, event_id, at)
        await _check_tries(ours, actor, event)
        if await ours.code_words.standing(event.id, at) is None:
            raise DomainError("checkin_no_word", event_id=event.id)
        await rows.people.wait_for(actor.person_id, SAY_WORD_STEP, event=event.id)
        await uow.commit()
    return event


async def say_word(uow: UnitOfWork, actor: Actor, event_id: int, text: str, at: datetime) -> CheckedIn:
    """Marks her where the word is the one that is taken now; she may try again where it is not.

    Raises DomainError `checkin_wrong_word`, and those of `ask_word`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _to_come_to(ours, actor, event_id, at)
        await _check_tries(ours, actor, event)
        word = await ours.code_words.standing(event.id, at)
        if word is None:
            raise DomainError("checkin_no_word", event_id=event.id)
        if same_word(text, word.word):
            done = await _mark(ours, actor, event, Way.WORD, at)
            await rows.people.wait_for(actor.person_id, None)
            await uow.commit()
            return done
        wrong = await ours.code_words.count_wrong(event.id, actor.person_id)
        await uow.commit()
    raise _not_it("checkin_wrong_word", event, wrong)


async def _to_come_to(ours: AssociationRows, actor: Actor, event_id: int, at: datetime) -> Event:
    """An event that people check in to at this moment; of those held together the one that speaks for
    all."""
    event = await known_event(ours, event_id)
    if event.merged_into is not None:
        event = await known_event(ours, event.merged_into)
    await check_sees(ours, actor, event.id)
    _check_comes(event, actor, at)
    return event


async def _card(ours: AssociationRows, actor: Actor, event_id: int, at: datetime) -> Card:
    card = await ours.events.card(event_id, actor.person_id, at)
    if card is None or not may_see(actor.role, card.part):
        raise DomainError("event_unknown")
    return card


def _check_comes(event: Event, actor: Actor, at: datetime) -> None:
    check_gathering(event)
    check_open(event, open_for(event, actor.home), at)


async def _mark(ours: AssociationRows, actor: Actor, event: Event, way: Way, at: datetime) -> CheckedIn:
    waits = actor.role is Role.WAITING
    if await ours.attendance.check_in(event.id, actor.person_id, way, at):
        mark = Attendance(actor.person_id, Mark.PRESENT, way, at, actor.person_id)
        return CheckedIn(event, actor.home, mark, repeated=False, waits=waits)
    stands = (await ours.attendance.of_event(event.id, actor.person_id))[actor.person_id]
    return CheckedIn(event, actor.home, stands, repeated=True, waits=waits)


def _not_it(code: str, event: Event, wrong: int) -> DomainError:
    """What to say of a word, or digits, after so many wrong ones."""
    return DomainError(code if wrong < MOST_WRONG else "checkin_tried_out", event_id=event.id)


async def _check_tries(ours: AssociationRows, actor: Actor, event: Event) -> None:
    """Raises DomainError `checkin_tried_out` once she got too many words or digits wrong."""
    if await ours.code_words.wrong(event.id, actor.person_id) >= MOST_WRONG:
        raise DomainError("checkin_tried_out", event_id=event.id)


async def _stand_for(rows: Rows, event: Event, key: bytes, digits: str, at: datetime) -> bool:
    """Whether digits are an event's, or were printed for one that is held together with it now."""
    spoken_for = [event]
    if event.joined:
        spoken_for += await rows.association(event.association_id).events.merged(event.id)
    return any(by_digits(key, digits, one.id, at) for one in spoken_for)


async def _near(rows: Rows, actor: Actor, at: datetime) -> Sequence[tuple[Actor, Event]]:
    """The events around a moment that she may come to, each with who she is there. Who waits to be let in may
    stand in the room of any."""
    found = []
    waits = await rows.associations.of_person(actor.person_id, [Standing.REQUESTED])
    inside = await rows.associations.of_person(actor.person_id)
    for home, role in [*inside, *((home, Role.WAITING) for home, _ in waits)]:
        there = replace(actor, association=home, role=role)
        if role is not Role.METHODIST:
            hers_alone = sees_hers_alone(there) and role is not Role.WAITING
            of = actor.person_id if hers_alone else None
            events = await rows.association(home.id).events.to_come(at - _AROUND, of=of)
            found += [(there, one) for one in events if one.gathering and one.starts_at <= at + _AROUND]
    return found
