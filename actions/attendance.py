"""«Явка»: who is marked, by which way, and what is handed out so that people mark themselves."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.check_in import open_for
from actions.checking import check_runs, known_event
from domain.checkin import Screen, Window, check_not_over, check_open, is_open
from domain.code_words import LASTS, WORDS, read_word
from domain.errors import DomainError
from domain.records import Actor, CodeWord, Event, Marked, Status
from storage.unit_of_work import AssociationRows, UnitOfWork

CODE_WORD_STEP = "code_word"


@dataclass(frozen=True, slots=True)
class Attended:
    """An event, and who is marked. `ahead` is when people check in to it, None once that is over and while
    its day is not known; `runs` whether they do now, `word` the word that is taken."""

    event: Event
    marked: Sequence[Marked]
    ahead: Window | None
    runs: bool
    word: CodeWord | None


async def attended(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Attended:
    """Who is marked. Raises DomainError `event_unknown`, `only_host`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        event = await known_event(ours, event_id)
        marked = await ours.attendance.listed(event_id)
        word = await ours.code_words.standing(event_id, now)
    taken = open_for(event, actor.home)
    runs = is_open(event, taken, now)
    ahead = taken if runs or (event.status is Status.PLANNED and taken and now < taken.opens) else None
    return Attended(event, marked, ahead, runs, word if runs else None)


async def event_to_show(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Event:
    """An event whose code can be handed out: before people check in as well, so that it can be printed.

    Raises DomainError `event_unknown`, `only_host`, and those of domain.checkin.check_not_over.
    """
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        event = await known_event(ours, event_id)
    check_not_over(event, open_for(event, actor.home), now)
    return event


async def event_on_screen(uow: UnitOfWork, screen: Screen, now: datetime) -> Event:
    """The event whose code is on a screen, as long as people check in to it on the day that the screen is
    for. Raises DomainError `checkin_unknown`, and those of domain.checkin.check_not_over."""
    async with uow.reading() as rows:
        home = await rows.associations.of_event(screen.event_id)
        if home is None:
            raise DomainError("checkin_unknown")
        event = await known_event(rows.association(home.id), screen.event_id)
    if event.day_version != screen.day_version:
        raise DomainError("checkin_unknown")
    check_not_over(event, open_for(event, home), now)
    return event


def any_word() -> int:
    """A place in the list of words to propose."""
    return secrets.randbelow(len(WORDS))


async def ask_code_word(
    uow: UnitOfWork, actor: Actor, event_id: int, now: datetime
) -> tuple[Event, CodeWord | None]:
    """«Кодовое слово»: the word that is taken now, if there is one; what is written next is another.

    Raises DomainError `event_unknown`, `only_host`, and those of domain.checkin.check_open.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _running(ours, actor, event_id, now)
        word = await ours.code_words.standing(event_id, now)
        await rows.people.wait_for(actor.person_id, CODE_WORD_STEP, event=event_id)
        await uow.commit()
    return event, word


async def name_code_word(
    uow: UnitOfWork, actor: Actor, event_id: int, text: str, now: datetime
) -> tuple[Event, CodeWord]:
    """From now on, and for a quarter of an hour, this is the word. Raises DomainError as `ask_code_word` and
    `read_word` do."""
    word = CodeWord(read_word(text), now + LASTS)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _running(ours, actor, event_id, now)
        await ours.code_words.name(event_id, word, actor.person_id)
        await ours.journal.write("code_word_named", {"event": event_id}, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return event, word


async def end_code_word(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Attended:
    """The word is taken no longer. Raises DomainError `event_unknown`, `only_host`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        if await ours.code_words.end(event_id):
            await ours.journal.write("code_word_ended", {"event": event_id}, actor.person_id, now)
        await uow.commit()
    return await attended(uow, actor, event_id, now)


async def _running(ours: AssociationRows, actor: Actor, event_id: int, now: datetime) -> Event:
    """An event of hers to run that people check in to now."""
    await check_runs(ours, actor, event_id)
    event = await known_event(ours, event_id)
    check_open(event, open_for(event, actor.home), now)
    return event
