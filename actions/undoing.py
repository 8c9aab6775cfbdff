"""«Вернуть как было»: the newest change of an event taken back by another change; who did what when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from actions.changing import (
    Changed,
    Known,
    change_event,
    change_quietly,
    same_day,
    schedule,
    what_people_know,
)
from actions.checking import known_event
from actions.grouping import known_group
from actions.taking_back import returnable
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Event, Invited, JournalLine, Revision, Status
from domain.rsvp import answers_until, check_seats
from domain.undo import REDONE, UNDONE, check_undo, kind_of_undo, may_undo
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

LINES_A_PAGE = 8
# Nobody changes an event more often while somebody else looks at a preview.
_MOST_MEANWHILE = 20
_Line = TypeVar("_Line", JournalLine, Revision)
# A revision keeps what people are told of an event, and its title; its `kind` is another thing.
_TOLD = frozenset(one.name for one in fields(Revision)).intersection(one.name for one in fields(Event)) - {
    "kind",
    "title",
}


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A page of the journal, of one event or of all (None), the newest line first. `undoable` are the
    revisions on this page that can be taken back, by event and number, `returnable` the other lines, and
    whether they took something back themselves."""

    event: Event | None
    lines: Sequence[JournalLine]
    page: int
    goes_on: bool
    undoable: frozenset[tuple[int, int]]
    returnable: Mapping[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Undoing:
    """The change that is to be taken back, how many people hear of it, and whether it is something that they
    are told at all."""

    event: Event
    last: Revision
    people: int
    told: bool
    # Whether people hear nothing because the change itself has not reached them yet.
    unheard: bool

    @property
    def asks_anew(self) -> bool:
        """Whether people are asked anew: they have heard of another day."""
        before, _ = self.last.changes.get("period", (None, None))
        another = isinstance(before, Period) and before.day_known and not same_day(self.event.period, before)
        return another and self.told and not self.unheard

    @property
    def again(self) -> bool:
        """Whether it is a taking back that is taken back: what was changed first comes into force again."""
        return self.last.kind in UNDONE


async def read_journal(
    uow: UnitOfWork, actor: Actor, event_id: int | None, page: int, now: datetime
) -> JournalPage:
    """A page of the journal; of one event where it is named. Raises DomainError `event_unknown`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        event = None if event_id is None else await known_event(ours, event_id)
        lines = await ours.journal.lines(page * LINES_A_PAGE, LINES_A_PAGE + 1, event_id)
        lines = await _with_titles(ours, lines)
        events = await ours.events.many({one.event_id for one in lines if one.event_id})
    shown = lines[:LINES_A_PAGE]
    undoable = frozenset(
        (one.event_id, one.number)
        for one in shown
        if one.event_id
        and one.event_id in events
        and one.number
        and one.changes
        and may_undo(events[one.event_id], one.kind, one.number, one.at, now)
    )
    return JournalPage(event, shown, page, len(lines) > len(shown), undoable, returnable(shown, now))


async def changes_since(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int
) -> tuple[Event, list[JournalLine]]:
    """An event, and what became of it after a revision, the oldest first. Raises DomainError
    `event_unknown`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        lines = await _with_titles(ours, await ours.journal.lines(0, _MOST_MEANWHILE, event_id))
    return event, [one for one in reversed(lines) if one.number and one.number > revision]


async def propose_undo(uow: UnitOfWork, actor: Actor, event_id: int, revision: int, now: datetime) -> Undoing:
    """What taking a revision back would do. Raises DomainError `event_unknown`, `event_changed`,
    `undo_begun`, `undo_gone`, `undo_past`, `undo_no_room`, `group_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await ours.events.hold(event_id)
        undoing = (await _read(rows, actor, event_id, revision, now))[0]
        undoing = await _in_words(ours, undoing)
        await uow.commit()
    return undoing


async def undo(
    uow: UnitOfWork, actor: Actor, event_id: int, revision: int, now: datetime
) -> tuple[Undoing, Changed]:
    """Takes the revision that the coordinator saw back, and tells those who heard of it; what was taken back
    already stays as it is. Raises DomainError as `propose_undo` does."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        # Of two who take it back at the same moment the second waits, and sees it done.
        await ours.events.hold(event_id)
        already = await _taken_back(ours, event_id, revision)
        if already is not None:
            already = await _in_words(ours, already)
            await uow.commit()
            return already, Changed(already.event, 0, changed=False)
        undoing, known = await _read(rows, actor, event_id, revision, now)
        event, before = undoing.event, _before(undoing.last)
        kind = kind_of_undo(undoing.last, told=undoing.told)
        values = before | _following(event, before, known if undoing.unheard else None, actor.home.zone, now)
        if undoing.told:
            changed = await change_event(
                rows, event, revision, values, kind=kind, by=actor.person_id, now=now
            )
        else:
            changed = await change_quietly(rows, event, revision, values, kind=kind, by=actor, now=now)
        if undoing.unheard and known is not None and known.day_version != changed.event.day_version:
            # Nobody heard that the day was another one for a while.
            await ours.rsvps.count_again(event.id, known.day_version)
        undoing = await _in_words(ours, undoing)
        await uow.commit()
    return undoing, replace(changed, people=undoing.people)


async def _in_words(ours: AssociationRows, undoing: Undoing) -> Undoing:
    """The same with the titles of groups in place of their ids."""
    [last] = await _with_titles(ours, [undoing.last])
    return replace(undoing, last=last)


async def _with_titles(ours: AssociationRows, lines: Sequence[_Line]) -> list[_Line]:
    """The same, where a change names groups, with their titles in place of their ids; a group that is gone
    has none."""
    if all("group_id" not in one.changes for one in lines):
        return list(lines)
    titles = await ours.groups.titles()
    return [
        replace(one, changes={name: _titled(name, both, titles) for name, both in one.changes.items()})
        for one in lines
    ]


def _titled(name: str, both: tuple[Any, Any], titles: Mapping[int, str]) -> tuple[object, object]:
    return both if name != "group_id" else (titles.get(both[0], ""), titles.get(both[1], ""))


async def _taken_back(ours: AssociationRows, event_id: int, revision: int) -> Undoing | None:
    """What was taken back by the newest change, if that is the revision."""
    event = await known_event(ours, event_id)
    if event.revision != revision + 1:
        return None
    last, earlier = await _last_two(ours, event)
    if last.kind not in UNDONE | REDONE:
        return None
    return Undoing(event, earlier, people=0, told=False, unheard=False)


async def _read(
    rows: Rows, actor: Actor, event_id: int, revision: int, now: datetime
) -> tuple[Undoing, Known | None]:
    ours = rows.association(actor.home.id)
    event = await known_event(ours, event_id)
    if event.revision != revision:
        raise DomainError("event_changed", event_id=event_id)
    last, earlier = await _last_two(ours, event)
    check_undo(event, last, now)
    before = _before(last)
    _check_ahead(event, before, actor.home.zone, now)
    if "seats" in before:
        await _check_room(ours, event, before["seats"])
    if isinstance(group_id := before.get("group_id"), int):
        await known_group(ours, group_id)
    told = not _TOLD.isdisjoint(last.changes)
    known = await what_people_know(rows, event) if told else None
    unheard = known is not None and _as_told(known.state) == _as_told(earlier)
    either = replace(event, gathering=event.gathering or bool(before.get("gathering")))
    people = await rows.mailing.count_concerned(either, but=actor.person_id) if told and not unheard else 0
    return Undoing(event, last, people, told, unheard), known


async def _last_two(ours: AssociationRows, event: Event) -> tuple[Revision, Revision]:
    """The newest revision and the one before it. Raises DomainError `undo_gone` where there is but one."""
    history = await ours.events.revisions(event.id)
    if len(history) < 2:
        raise DomainError("undo_gone", event_id=event.id)
    return history[-1], history[-2]


def _before(last: Revision) -> dict[str, object]:
    return {name: before for name, (before, _) in last.changes.items()}


def _as_told(state: Revision) -> tuple[object, ...]:
    return tuple(getattr(state, name) for name in sorted(_TOLD))


def _check_ahead(event: Event, before: dict[str, object], zone: ZoneInfo, now: datetime) -> None:
    """Raises DomainError `undo_past` where the time that it would go back to is past."""
    period = before.get("period")
    if isinstance(period, Period) and period.begun_at(zone) <= now:
        raise DomainError("undo_past", event_id=event.id)


async def _check_room(ours: AssociationRows, event: Event, seats: object) -> None:
    """Raises DomainError `undo_no_room` with the fact `count` where more come than there were seats."""
    try:
        check_seats(event, await ours.seats.seating(event.id), seats if isinstance(seats, int) else None)
    except DomainError as error:
        raise DomainError("undo_no_room", **error.facts) from None


def _following(
    event: Event, before: dict[str, object], unheard: Known | None, zone: ZoneInfo, now: datetime
) -> dict[str, object]:
    """The columns that follow from what is taken back. `unheard` is what people know where they heard
    nothing."""
    values: dict[str, object] = {}
    if "answer_by" in before:
        values["planned_version"] = 0
    event = replace(event, gathering=bool(before.get("gathering", event.gathering)))
    if "mode" in before:  # an online event has reminders of its own
        values["schedule_version"] = event.schedule_version + 1
    if "invited" in before:
        asks = replace(event, invited=Invited(str(before["invited"]))).asks
        values["answers_until"] = answers_until(asks, event.period, event.status, zone)
        values["planned_version"] = 0
    if before.keys().isdisjoint({"period", "status", "gathering"}):
        return values
    period = before.get("period", event.period)
    assert isinstance(period, Period)  # noqa: S101 - so it was stored
    status = Status(str(before.get("status", event.status)))
    values |= schedule(event, period, status, zone)
    if period != event.period and not same_day(event.period, period):
        values["day_version"] = event.day_version + 1
    if status is Status.PLANNED:
        values["announced_at"] = unheard.announced_at if unheard else now
    return values
