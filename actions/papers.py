"""The paper of an event: what is needed to write it, and what is kept of it as a scan or a photograph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actions.checking import check_gathering, check_runs, check_sees, known_event
from domain.errors import DomainError
from domain.records import Actor, Event, OwnBlank, Paper, PaperKind, Talk
from domain.roles import Right, may
from domain.turnout import Turnout
from storage.unit_of_work import AssociationRows, UnitOfWork

# A scan is waited for; photographs of a sheet one after the other.
SCAN_STEP = "scan"
# The name of the methodical centre is waited for, so that a notice can be written.
CENTRE_STEP = "centre"
# So many pages a photographed sheet has at most.
MOST_PAGES = 10
# What was taken out can be brought back for so long.
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Folder:
    """An event, what speaks at it, and what is kept of its paper: the signed letter, the pages of the signed
    sheet."""

    event: Event
    talks: Sequence[Talk] = ()
    letter: Paper | None = None
    sheet: Sequence[Paper] = ()


@dataclass(frozen=True, slots=True)
class ForLetter:
    """What a letter is written from: the event, who speaks, who signs (a short name, empty where nobody is
    known), and the association's own blank."""

    event: Event
    talks: Sequence[Talk]
    head: str
    own: OwnBlank | None


@dataclass(frozen=True, slots=True)
class ForList:
    """What the lists of an event are written from: who comes, and what each member is, by her id."""

    event: Event
    turnout: Turnout
    positions: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan that came in, and whether it is a picture."""

    file_id: str
    picture: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an event's paper, the scan that came just now, and the letter whose place it took."""

    folder: Folder
    paper: Paper
    before: Paper | None = None


async def folder(uow: UnitOfWork, actor: Actor, event_id: int) -> Folder:
    """What there is of an event that she runs. Raises DomainError `event_unknown`, `only_host`,
    `no_answer_needed` for a task."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        return await _folder(ours, event_id)


async def for_letter(uow: UnitOfWork, actor: Actor, event_id: int, kind: str) -> ForLetter:
    """What a letter of this kind (documents.blanks.Blank.code) is written from. Raises DomainError
    `event_unknown`, `no_answer_needed`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        event = await _gathering(ours, event_id)
        talks = [one for one in await ours.talks.of_event(event_id) if one.confirmed]
        return ForLetter(event, talks, await signs(ours, actor), await ours.templates.get(kind))


async def for_list(uow: UnitOfWork, actor: Actor, event_id: int) -> ForList:
    """Who comes to an event that she runs. Raises DomainError `event_unknown`, `only_host`,
    `no_answer_needed`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        await check_runs(ours, actor, event_id)
        event = await _gathering(ours, event_id)
        turnout = Turnout(await ours.rsvps.attendees(event_id), await ours.guests.of_event(event_id))
        positions = {one.person_id: one.position for one in await ours.roster.everybody()}
    return ForList(event, turnout, positions)


async def signs(ours: AssociationRows, actor: Actor) -> str:
    """Who signs the association's paper, «Н. В. Орлова»: the coordinator who asks for it, else one of them;
    empty where there is none."""
    if may(actor.role, Right.DESK):
        return actor.name.signing if actor.name else ""
    for person_id in sorted(await ours.members.coordinators()):
        if head := await ours.roster.get(person_id):
            return head.name.signing
    return ""


async def open_centre(uow: UnitOfWork, actor: Actor, event_id: int) -> Event:
    """What she writes next is the name of the methodical centre. Raises DomainError `event_unknown`,
    `no_answer_needed`."""
    async with uow as rows:
        event = await _gathering(rows.association(actor.home.id), event_id)
        await rows.people.wait_for(actor.person_id, CENTRE_STEP, event=event_id, association=actor.home.id)
        await uow.commit()
    return event


# Scans


async def open_scan(uow: UnitOfWork, actor: Actor, event_id: int, kind: PaperKind) -> Folder:
    """What she sends next is a scan of this kind. Raises DomainError `event_unknown`, `only_host`,
    `no_answer_needed`, `sheet_full`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await _check_keeps(ours, actor, event_id, kind)
        found = await _folder(ours, event_id)
        _check_room(found, kind)
        facts = {"event": event_id, "kind": kind, "association": actor.home.id}
        await rows.people.wait_for(actor.person_id, SCAN_STEP, **facts)
        await uow.commit()
    return found


async def keep_scan(uow: UnitOfWork, actor: Actor, scan: Scan, now: datetime) -> Kept:
    """Keeps what the open dialogue waits for. A letter takes the place of the one before, and ends the
    dialogue; pages of a sheet are added one after the other.

    Raises DomainError `event_unknown`, `only_host`, `no_answer_needed`, `sheet_full`.
    """
    facts = actor.asked(SCAN_STEP)
    if "kind" not in facts:
        raise DomainError("event_unknown")
    event_id, kind = actor.asked_event, PaperKind(str(facts["kind"]))
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await _check_keeps(ours, actor, event_id, kind)
        _check_room(await _folder(ours, event_id), kind)
        before = None
        if kind is PaperKind.LETTER:
            before = await _set_aside(ours, event_id, now)
            await rows.people.wait_for(actor.person_id, None)
        paper = await ours.papers.add(
            event_id, kind, scan.file_id, actor.person_id, now, picture=scan.picture
        )
        await ours.papers.forget(now - KEPT_FOR)
        await ours.journal.write(f"{kind}_scanned", {"event": event_id}, actor.person_id, now)
        found = await _folder(ours, event_id)
        await uow.commit()
    return Kept(found, paper, before)


async def remove_scan(
    uow: UnitOfWork, actor: Actor, event_id: int, paper_id: int, now: datetime
) -> tuple[Event, Paper]:
    """Takes a scan out; a second press changes nothing. Raises DomainError `event_unknown`, `only_host`,
    `paper_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event, paper = await _one(ours, actor, event_id, paper_id)
        if await ours.papers.remove(event_id, paper_id, now):
            await ours.journal.write(f"{paper.kind}_removed", {"event": event_id}, actor.person_id, now)
        await uow.commit()
    return event, paper


async def return_scan(
    uow: UnitOfWork, actor: Actor, event_id: int, paper_id: int, now: datetime
) -> tuple[Folder, PaperKind]:
    """Puts back what was taken out, or replaced: a letter takes the place of the one that stands there.
    Returns what is kept now, and which kind it was.

    Raises DomainError `event_unknown`, `only_host`, `paper_gone` where it is forgotten, `sheet_full`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        _, paper = await _one(ours, actor, event_id, paper_id)
        if paper.removed:
            _check_room(await _folder(ours, event_id), paper.kind)
            if paper.kind is PaperKind.LETTER:
                await _set_aside(ours, event_id, now)
            await ours.papers.bring_back(event_id, paper_id)
            await ours.journal.write(f"{paper.kind}_returned", {"event": event_id}, actor.person_id, now)
        found = await _folder(ours, event_id)
        await uow.commit()
    return found, paper.kind


async def signed_letter(uow: UnitOfWork, actor: Actor, event_id: int) -> tuple[Event, Paper]:
    """The signed letter to the directors, for whoever may see the event. Raises DomainError `event_unknown`,
    `paper_gone`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        await check_sees(ours, actor, event_id)
        found = await _folder(ours, event_id)
    if found.letter is None:
        raise DomainError("paper_gone")
    return found.event, found.letter


async def _gathering(ours: AssociationRows, event_id: int) -> Event:
    event = await known_event(ours, event_id)
    check_gathering(event)
    return event


async def _folder(ours: AssociationRows, event_id: int) -> Folder:
    event = await _gathering(ours, event_id)
    talks = [one for one in await ours.talks.of_event(event_id) if one.confirmed]
    letters = await ours.papers.of_event(event_id, PaperKind.LETTER)
    sheet = await ours.papers.of_event(event_id, PaperKind.SHEET)
    return Folder(event, talks, letters[-1] if letters else None, sheet)


async def _check_keeps(ours: AssociationRows, actor: Actor, event_id: int, kind: PaperKind) -> None:
    """The sheet is for who runs the event; the letter, which all see, for coordinators."""
    if kind is PaperKind.LETTER and not may(actor.role, Right.DESK):
        raise DomainError("only_coordinator")
    await check_runs(ours, actor, event_id)


def _check_room(found: Folder, kind: PaperKind) -> None:
    if kind is PaperKind.SHEET and len(found.sheet) >= MOST_PAGES:
        raise DomainError("sheet_full", most=MOST_PAGES)


async def _set_aside(ours: AssociationRows, event_id: int, now: datetime) -> Paper | None:
    """An event has one letter at a time; returns the one that stood there."""
    standing = await ours.papers.of_event(event_id, PaperKind.LETTER)
    for one in standing:
        await ours.papers.remove(event_id, one.id, now)
    return standing[-1] if standing else None


async def _one(ours: AssociationRows, actor: Actor, event_id: int, paper_id: int) -> tuple[Event, Paper]:
    event = await known_event(ours, event_id)
    paper = await ours.papers.get(event_id, paper_id)
    if paper is None:
        raise DomainError("paper_gone")
    await _check_keeps(ours, actor, event_id, paper.kind)
    return event, paper
