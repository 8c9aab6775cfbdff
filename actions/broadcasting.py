"""A coordinator's words to many: to everybody, to those who come, to the silent, to one school or group; a
presenter's to those who come to her event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.checking import check_gathering, check_runs, known_event
from domain.broadcasts import EVERYBODY, OF_EVENT, Progress, Said, Target, Whom, tidy_words
from domain.errors import DomainError
from domain.marks import mark_of
from domain.records import Actor, Attendee, Event, Group, School
from domain.roles import Right, may
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# Asked for the words; once written they stay in the dialogue until they are sent.
BROADCAST_STEP = "broadcast"


@dataclass(frozen=True, slots=True)
class Addressees:
    """Who is written to: what the target is about, how many it reaches, and how many of those whom it means
    the bot cannot write to."""

    target: Target
    event: Event | None
    title: str | None  # of the school or the group
    people: int
    unreached: int


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wants to send, and to whom. The mark tells these words from others: an earlier preview's
    button does not send them."""

    said: Said
    mark: str
    to: Addressees


async def to_choose_from(uow: UnitOfWork, actor: Actor, whom: Whom) -> Sequence[School | Group]:
    """The schools of the association, those with most people first, or its groups."""
    async with uow.reading() as rows:
        return await _known(rows.association(actor.home.id), whom)


async def _known(ours: AssociationRows, whom: Whom) -> Sequence[School | Group]:
    return await ours.groups.all() if whom is Whom.GROUP else await ours.members.schools()


async def of_event(uow: UnitOfWork, actor: Actor, event_id: int) -> tuple[Addressees, Addressees]:
    """Those who come to an event, and those who are silent about it. Raises what `choose_target` raises."""
    async with uow.reading() as rows:
        coming = await _addressees(rows, actor, Target(Whom.COMING, event_id))
        silent = await _addressees(rows, actor, Target(Whom.SILENT, event_id))
    return coming, silent


async def choose_target(uow: UnitOfWork, actor: Actor, target: Target) -> Addressees:
    """What she writes next is for these people, if there is anybody to write to.

    Raises DomainError `event_unknown`, `no_answer_needed`, `day_not_named`, `school_not_there`,
    `group_gone`, `only_host`, `only_coordinator`.
    """
    async with uow as rows:
        to = await _addressees(rows, actor, target)
        if to.people:
            await _wait(rows, actor, target)
        else:
            await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return to


async def take_words(uow: UnitOfWork, actor: Actor, text: str) -> Words:
    """Keeps the words until she confirms them; nothing is sent. Raises DomainError `question_empty`,
    `broadcast_too_long`, `broadcast_gone`, and what `choose_target` raises."""
    text = tidy_words(text)
    target = _target(actor)
    async with uow as rows:
        to = await _addressees(rows, actor, target)
        await _wait(rows, actor, target, text=text)
        await uow.commit()
    said = Said(text)
    if to.event is not None and not may(actor.role, Right.DESK):
        said = Said(text, actor.name, to.event.title)
    return Words(said, _mark(text, target), to)


async def send_words(
    uow: UnitOfWork, actor: Actor, mark: str, message_id: int | None, now: datetime
) -> Progress:
    """Sends the words that were confirmed, once. The message with this id in Telegram counts up from then on
    (None: a new one will).

    Raises DomainError `broadcast_gone` where they were sent, dropped or replaced since, and what
    `choose_target` raises.
    """
    target = _target(actor)
    text = actor.asked(BROADCAST_STEP).get("text")
    if not isinstance(text, str) or _mark(text, target) != mark:
        raise DomainError("broadcast_gone")
    async with uow as rows:
        ours = rows.association(actor.home.id)
        to = await _addressees(rows, actor, target)
        broadcast_id = await ours.broadcasts.add(text, actor.person_id, now, target)
        await rows.mailing.count_up(actor.home.id, actor.person_id, broadcast_id, message_id, now)
        people = await rows.mailing.broadcast(
            actor.home.id, broadcast_id, now, but=actor.person_id, target=target
        )
        facts = {"broadcast": broadcast_id, "people": people, "whom": target.whom, "about": target.about}
        facts |= {"event": target.about} if target.whom in OF_EVENT else {"title": to.title or ""}
        await ours.journal.write("broadcast", facts, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)
        progress = await _progress(ours, broadcast_id)
        await uow.commit()
    return progress


async def stop_sending(uow: UnitOfWork, actor: Actor, broadcast_id: int, now: datetime) -> Progress:
    """«Остановить»: what has not gone out does not any more. Where all of it has, nothing is changed. Who is
    no coordinator stops her own words alone.

    Raises DomainError `broadcast_unknown`, `only_coordinator`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        before = await _progress(ours, broadcast_id)
        is_hers = await ours.broadcasts.written_by(broadcast_id) == actor.person_id
        if not (is_hers or may(actor.role, Right.DESK)):
            raise DomainError("only_coordinator")
        withdrawn = await rows.mailing.withdraw_words(actor.home.id, broadcast_id)
        if withdrawn and await ours.broadcasts.stop(broadcast_id, now):
            facts = {"broadcast": broadcast_id, "sent": before.sent, "withdrawn": withdrawn}
            await ours.journal.write("broadcast_stopped", facts, actor.person_id, now)
        progress = await _progress(ours, broadcast_id)
        await uow.commit()
    return progress


async def unreached(uow: UnitOfWork, actor: Actor, broadcast_id: int) -> list[Attendee]:
    """Those whom a message was meant for and the bot cannot write to. Raises DomainError
    `broadcast_unknown`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        await _progress(ours, broadcast_id)
        return await ours.broadcasts.unreached(broadcast_id)


async def _progress(ours: AssociationRows, broadcast_id: int) -> Progress:
    found = (await ours.broadcasts.progress([broadcast_id])).get(broadcast_id)
    if found is None:
        raise DomainError("broadcast_unknown")
    return found


async def _check_right(ours: AssociationRows, actor: Actor, target: Target) -> None:
    """A coordinator writes to anybody, a presenter to those who come to her event."""
    if may(actor.role, Right.DESK):
        return
    if target.whom is not Whom.COMING:
        raise DomainError("only_coordinator")
    await check_runs(ours, actor, target.about or 0)


async def _addressees(rows: Rows, actor: Actor, target: Target) -> Addressees:
    ours = rows.association(actor.home.id)
    await _check_right(ours, actor, target)
    event = title = None
    if target.whom in OF_EVENT:
        event = await known_event(ours, target.about or 0)
        check_gathering(event)
        if not event.period.day_known:
            raise DomainError("day_not_named", event_id=event.id)
    elif target.whom is not Whom.ALL:
        titles = {one.id: one.title for one in await _known(ours, target.whom)}
        if (title := titles.get(target.about or 0)) is None:
            raise DomainError("school_not_there" if target.whom is Whom.SCHOOL else "group_gone")
    people, silent = await rows.mailing.count_meant(actor.home.id, target, but=actor.person_id)
    return Addressees(target, event, title, people, silent)


async def _wait(rows: Rows, actor: Actor, target: Target, **said: str) -> None:
    """Words are waited for, or are there. The association is kept with them: what is written for one does
    not go to another."""
    facts = {"whom": target.whom, "about": target.about, "association": actor.home.id}
    await rows.people.wait_for(actor.person_id, BROADCAST_STEP, **facts, **said)


def _target(actor: Actor) -> Target:
    """To whom the words in the dialogue are to go. Raises DomainError `broadcast_gone`."""
    asked = actor.asked(BROADCAST_STEP)
    if not asked:
        raise DomainError("broadcast_gone")
    about = asked.get("about")
    whom = asked.get("whom", EVERYBODY.whom)
    return Target(Whom(str(whom)), about if isinstance(about, int) else None)


def _mark(text: str, target: Target) -> str:
    return mark_of(target.whom, target.about, text)
