"""«Бланки»: an association's own, in place of those that come with Звонок."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.errors import DomainError
from domain.marks import mark_of
from domain.records import Actor, OwnBlank
from storage.unit_of_work import UnitOfWork

BLANK_STEP = "blank"
# No event is older.
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waited:
    """Of which document (documents.blanks.Blank.code) a blank is waited for, and from which event's papers
    it was asked for (0: from no event's)."""

    kind: str
    event_id: int


@dataclass(frozen=True, slots=True)
class Offered(Waited):
    """A file, by Telegram's name for it, that is to become a blank; `mark` names this very one."""

    file_id: str
    file_name: str

    @property
    def mark(self) -> str:
        """What a button says of it."""
        return mark_of(self.kind, self.file_id)


async def own_kinds(uow: UnitOfWork, actor: Actor) -> set[str]:
    """Of which documents the association has a blank of its own."""
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).templates.kinds()


async def own_blank(uow: UnitOfWork, actor: Actor, kind: str) -> OwnBlank | None:
    """Its own blank of a document, if it has one."""
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).templates.get(kind)


async def event_to_fill(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> int:
    """The event that a blank is shown filled with: the one from whose papers it was asked for, or (0) the
    gathering that comes next, or else the last one. Raises DomainError `blank_no_event`."""
    if event_id:
        return event_id
    async with uow.reading() as rows:
        events = await rows.association(actor.home.id).events.to_come(_EVER)
    gatherings = [one for one in events if one.gathering]
    if not gatherings:
        raise DomainError("blank_no_event")
    return next((one.id for one in gatherings if one.ends_at > now), gatherings[-1].id)


async def open_blank(uow: UnitOfWork, actor: Actor, kind: str, event_id: int) -> None:
    """The next file that she sends is a blank of this document."""
    await _wait(uow, actor, Waited(kind, event_id))


def asked(actor: Actor) -> Waited:
    """What is waited for. Raises DomainError `blank_left`."""
    facts = actor.asked(BLANK_STEP)
    kind, event_id = facts.get("kind"), facts.get("event")
    if not isinstance(kind, str) or not isinstance(event_id, int):
        raise DomainError("blank_left")
    return Waited(kind, event_id)


async def offer_blank(uow: UnitOfWork, actor: Actor, file_id: str, file_name: str) -> Offered:
    """A file that passed the check waits to be confirmed; another one takes its place. Raises DomainError
    `blank_left`."""
    waited = asked(actor)
    await _wait(uow, actor, waited, file=file_id, name=file_name)
    return Offered(waited.kind, waited.event_id, file_id, file_name)


def offered(actor: Actor, mark: str) -> Offered:
    """What the preview showed. Raises DomainError `blank_left` where it is another file by now."""
    waited, facts = asked(actor), actor.asked(BLANK_STEP)
    made = Offered(waited.kind, waited.event_id, str(facts.get("file", "")), str(facts.get("name", "")))
    if not made.file_id or made.mark != mark:
        raise DomainError("blank_left")
    return made


async def keep_blank(
    uow: UnitOfWork, actor: Actor, kind: str, own: OwnBlank, now: datetime
) -> OwnBlank | None:
    """The association's own blank from now on; returns its own one of before, if it had one."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        before = await ours.templates.get(kind)
        await ours.templates.put(kind, own, actor.person_id, now)
        await ours.journal.write("blank_replaced", {"blank": kind}, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return before


async def drop_blank(uow: UnitOfWork, actor: Actor, kind: str, now: datetime) -> OwnBlank | None:
    """The usual blank again; returns its own one, if it had one."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        own = await ours.templates.get(kind)
        if await ours.templates.drop(kind):
            await ours.journal.write("blank_returned", {"blank": kind}, actor.person_id, now)
        await uow.commit()
    return own


async def _wait(uow: UnitOfWork, actor: Actor, waited: Waited, **said: object) -> None:
    """The association is kept with it: what is sent for one is not kept in another."""
    facts = {"kind": waited.kind, "event": waited.event_id, "association": actor.home.id, **said}
    async with uow as rows:
        await rows.people.wait_for(actor.person_id, BLANK_STEP, **facts)
        await uow.commit()
