"""The head's own words in the reports of a school year: in the analysis, of what came of a row, and that a
meeting had no talks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
    return await _keep(uow, actor, first_year, note, text, now), note


async def leave_out(uow: UnitOfWork, actor: Actor, first_year: int, note: Note, now: datetime) -> Words:
    """The analysis does without this."""
    return await _keep(uow, actor, first_year, note, "", now)


async def bring_back(uow: UnitOfWork, actor: Actor, first_year: int, note: Note, now: datetime) -> Words:
    """What stood there before the last change stands there again, and the other way round."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        label = chosen(actor.home, first_year, now)
        await _swap(ours, actor, label, note, "year_note", now)
        found = await words_of(ours, label)
        await uow.commit()
    return found


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
    async with uow as rows:
        ours = rows.association(actor.home.id)
        label = chosen(actor.home, first_year, now)
        row = (await _results(ours, label, now)).row(activity)
        await _note_down(ours, actor, label, row_key(row.activity), text, "row_result", now)
        found = await _results(ours, label, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return found


async def result_back(
    uow: UnitOfWork, actor: Actor, first_year: int, activity: int, now: datetime
) -> Results:
    """What stood at a row before the last change stands there again, and the other way round. Raises
    DomainError `row_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        label = chosen(actor.home, first_year, now)
        row = (await _results(ours, label, now)).row(activity)
        await _swap(ours, actor, label, row_key(row.activity), "row_result", now)
        found = await _results(ours, label, now)
        await uow.commit()
    return found


async def _keep(
    uow: UnitOfWork, actor: Actor, first_year: int, note: Note, text: str, now: datetime
) -> Words:
    async with uow as rows:
        ours = rows.association(actor.home.id)
        label = chosen(actor.home, first_year, now)
        await _note_down(ours, actor, label, note, text, "year_note", now)
        found = await words_of(ours, label)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return found


async def _note_down(
    ours: AssociationRows, actor: Actor, label: str, key: str, text: str, kind: str, now: datetime
) -> None:
    """Keeps words of a year, with those before them beside; what stands there already leaves no trace."""
    notes = await ours.reports.notes(label)
    if notes.get(key) == text:
        return
    before = {key + _BEFORE: notes[key]} if key in notes else {}
    notes.pop(key + _BEFORE, None)
    await ours.reports.keep_notes(label, notes | before | {str(key): text}, now)
    await ours.journal.write(kind, {"note": key}, actor.person_id, now)


async def _swap(ours: AssociationRows, actor: Actor, label: str, key: str, kind: str, now: datetime) -> None:
    """Words of a year and those before them change places."""
    notes = await ours.reports.notes(label)
    put = {key + _BEFORE: notes.pop(key, None), str(key): notes.pop(key + _BEFORE, None)}
    await ours.reports.keep_notes(label, notes | {k: v for k, v in put.items() if v is not None}, now)
    await ours.journal.write(kind, {"note": key}, actor.person_id, now)


async def _results(ours: AssociationRows, label: str, now: datetime) -> Results:
    rows = await plan_rows(ours, await plan_draft(ours, label), label, now)
    return Results(label, list({one.activity: one for one in reversed(rows)}.values())[::-1])
