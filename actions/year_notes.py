"""The head's own words in the reports of a school year: in the analysis, of what came of a row, and that a
meeting had no talks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from actions.checking import known_event
from actions.school_years import WITHOUT_TALKS, Words, chosen, plan_draft, plan_rows, without_talks, words_of
from domain.errors import DomainError
from domain.people import tidy_line, tidy_lines
from domain.plan_draft import first_year_of
from domain.records import Actor, Event
from domain.reports import Note, PlannedRow, row_key
from storage.unit_of_work import AssociationRows, UnitOfWork

NOTE_STEP = "year_note"
RESULT_STEP = "row_result"
LONGEST_NOTE = 2_000
LONGEST_RESULT = 500
# Beside her words lie those before them, to be brought back.
_BEFORE = "_before"

# What her words are a part of: those of the analysis, or the rows of the plan.
Shown = TypeVar("Shown")
# Words and those before them; None for none.
_Words = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of a year's plan, each once, with what came of them in the head's words."""

    label: str
    rows: Sequence[PlannedRow]

    def row(self, activity: int) -> PlannedRow:
        """One of them. Raises DomainError `row_gone`."""
        found = next((one for one in self.rows if one.activity == activity), None)
        if found is None:
            raise DomainError("row_gone")
        return found


async def words(uow: UnitOfWork, actor: Actor, first_year: int, now: datetime) -> Words:
    """The words of the analysis."""
    async with uow.reading() as rows:
        label = chosen(actor.home, first_year, now)
        return await words_of(rows.association(actor.home.id), label)


async def ask_note(uow: UnitOfWork, actor: Actor, first_year: int, note: Note, now: datetime) -> Words:
    """What she writes next is this of the analysis; returns what there is."""
    async with uow as rows:
        label = chosen(actor.home, first_year, now)
        found = await words_of(rows.association(actor.home.id), label)
        await rows.people.wait_for(actor.person_id, NOTE_STEP, note=note, year=first_year_of(label))
        await uow.commit()
    return found


async def write_note(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> tuple[Words, Note]:
    """Stores what she wrote of the analysis. Raises DomainError `line_empty`, `line_too_long`,
    `report_left` where nothing was asked."""
    asked = actor.asked(NOTE_STEP)
    if "note" not in asked:
        raise DomainError("report_left")
    note, first_year = Note(str(asked["note"])), int(str(asked["year"]))
    text = tidy_lines(text, LONGEST_NOTE)
    return await _keep(uow, actor, first_year, _of_analysis(note), text, now), note


async def leave_out(uow: UnitOfWork, actor: Actor, first_year: int, note: Note, now: datetime) -> Words:
    """The analysis does without this."""
    return await _keep(uow, actor, first_year, _of_analysis(note), "", now)


async def bring_back(uow: UnitOfWork, actor: Actor, first_year: int, note: Note, now: datetime) -> Words:
    """What stood there before the last change stands there again, and the other way round."""
    return await _swap(uow, actor, first_year, _of_analysis(note), now)


async def say_talks(
    uow: UnitOfWork, actor: Actor, first_year: int, event_id: int, now: datetime, *, none: bool | None
) -> Event:
    """«Докладов не было» of a meeting (`none`), or that taken back; None only asks. Then its reports lack
    them no more. Raises DomainError `event_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await known_event(ours, event_id)
        label = chosen(actor.home, first_year, now)
        notes = await ours.reports.notes(label)
        without = without_talks(notes)
        if none is not None and none != (event_id in without):
            now_without = without | {event_id} if none else without - {event_id}
            said = " ".join(map(str, sorted(now_without)))
            await ours.reports.keep_notes(label, {**notes, WITHOUT_TALKS: said}, now)
            kind = "talks_none" if none else "talks_asked"
            await ours.journal.write(kind, {"event": event_id}, actor.person_id, now)
        await uow.commit()
    return event


async def results(uow: UnitOfWork, actor: Actor, first_year: int, now: datetime) -> Results:
    """«План с отметкой»: the rows and their results."""
    async with uow.reading() as rows:
        return await _results(rows.association(actor.home.id), chosen(actor.home, first_year, now), now)


async def ask_result(
    uow: UnitOfWork, actor: Actor, first_year: int, activity: int, now: datetime
) -> tuple[str, PlannedRow]:
    """What she writes next is what came of a row; returns the year and the row. Raises DomainError
    `row_gone`."""
    async with uow as rows:
        label = chosen(actor.home, first_year, now)
        row = (await _results(rows.association(actor.home.id), label, now)).row(activity)
        asked = {"activity": activity, "year": first_year_of(label)}
        await rows.people.wait_for(actor.person_id, RESULT_STEP, **asked)
        await uow.commit()
    return label, row


async def write_result(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> tuple[Results, int]:
    """Stores what she wrote of a row; returns its id too. Raises DomainError `line_empty`, `line_too_long`,
    `row_gone`, `report_left` where nothing was asked."""
    asked = actor.asked(RESULT_STEP)
    if "activity" not in asked:
        raise DomainError("report_left")
    activity, first_year = int(str(asked["activity"])), int(str(asked["year"]))
    text = tidy_line(text, LONGEST_RESULT)
    return await set_result(uow, actor, first_year, activity, text, now), activity


async def set_result(
    uow: UnitOfWork, actor: Actor, first_year: int, activity: int, text: str, now: datetime
) -> Results:
    """What came of a row; empty: nothing is said of it. Raises DomainError `row_gone`."""
    return await _keep(uow, actor, first_year, _of_row(activity), text, now)


async def result_back(
    uow: UnitOfWork, actor: Actor, first_year: int, activity: int, now: datetime
) -> Results:
    """What stood at a row before the last change stands there again, and the other way round. Raises
    DomainError `row_gone`."""
    return await _swap(uow, actor, first_year, _of_row(activity), now)


@dataclass(frozen=True, slots=True)
class _Place(Generic[Shown]):
    """Where words of a year stand: under which key, what the journal calls a change of them, and how that of
    which they are a part is read. It raises DomainError where there is no such place any more."""

    key: str
    kind: str
    read: Callable[[AssociationRows, str, datetime], Awaitable[Shown]]


def _of_analysis(note: Note) -> _Place[Words]:
    async def read(ours: AssociationRows, label: str, _: datetime) -> Words:
        return await words_of(ours, label)

    return _Place(note.value, "year_note", read)


def _of_row(activity: int) -> _Place[Results]:
    async def read(ours: AssociationRows, label: str, now: datetime) -> Results:
        found = await _results(ours, label, now)
        found.row(activity)
        return found

    return _Place(row_key(activity), "row_result", read)


async def _keep(
    uow: UnitOfWork, actor: Actor, first_year: int, place: _Place[Shown], text: str, now: datetime
) -> Shown:
    """Keeps words of a year, with those before them beside, and ends the dialogue."""

    def change(words: str | None, before: str | None) -> _Words:
        return (words, before) if words == text else (text, words)

    return await _change(uow, actor, first_year, place, change, now, ends=True)


async def _swap(uow: UnitOfWork, actor: Actor, first_year: int, place: _Place[Shown], now: datetime) -> Shown:
    """Words of a year and those before them change places."""
    return await _change(uow, actor, first_year, place, lambda words, before: (before, words), now)


async def _change(
    uow: UnitOfWork,
    actor: Actor,
    first_year: int,
    place: _Place[Shown],
    change: Callable[[str | None, str | None], _Words],
    now: datetime,
    *,
    ends: bool = False,
) -> Shown:
    """Writes words of a year; what stands so already leaves no trace. `ends`: the dialogue is over."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        label = chosen(actor.home, first_year, now)
        notes = await ours.reports.notes(label)
        keys = place.key, place.key + _BEFORE
        stand = notes.get(keys[0]), notes.get(keys[1])
        if (put := change(*stand)) != stand:
            changed = notes | dict(zip(keys, put, strict=True))
            kept = {key: words for key, words in changed.items() if words is not None}
            await ours.reports.keep_notes(label, kept, now)
            await ours.journal.write(place.kind, {"note": place.key}, actor.person_id, now)
        found = await place.read(ours, label, now)
        if ends:
            await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return found


async def _results(ours: AssociationRows, label: str, now: datetime) -> Results:
    rows = await plan_rows(ours, await plan_draft(ours, label), label, now)
    return Results(label, list({one.activity: one for one in reversed(rows)}.values())[::-1])
