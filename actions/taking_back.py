"""«Вернуть как было» for what is no change of an event, for a day: which lines of the journal have it, and
the way back of schools and groups. Settings, reminders and people have ways of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.leaving import PERSON_AWAY, PERSON_GONE
from actions.schools import SCHOOL_RENAMED, SCHOOL_RETURNED
from actions.settings import SETTING_CHANGED
from actions.timing import TIMING_CHANGED
from domain.errors import DomainError
from domain.records import Actor, JournalLine
from domain.undo import UNDO_WITHIN
from storage.unit_of_work import AssociationRows, UnitOfWork

GROUP_RENAMED = "group_renamed"
GROUP_REMOVED = "group_removed"
# What can be taken back, and the kind of the line that says that it was.
_RETURNED = {
    SCHOOL_RENAMED: SCHOOL_RETURNED,
    GROUP_RENAMED: "group_name_returned",
    GROUP_REMOVED: "group_returned",
}
_RETURNABLE = {*_RETURNED, SETTING_CHANGED, TIMING_CHANGED, PERSON_GONE, PERSON_AWAY}


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back: the kind of the journal's line, and the title that stands again."""

    kind: str
    title: str
    record_id: int
    # Who is in the group that is there again.
    people: int = 0


def returnable(lines: Sequence[JournalLine], now: datetime) -> dict[int, bool]:
    """Which of these lines, the newest first, can be taken back, as far as they tell, and whether that is
    taking back what was taken back: of a thing, what was done to it last; and what was done before, once all
    that came after it is taken back."""
    last: dict[object, JournalLine] = {}
    in_force: dict[object, list[JournalLine]] = {}
    for one in reversed(lines):
        if (about := _about(one)) is None:
            continue
        last[about] = one
        holding = in_force.setdefault(about, [])
        if holding and _undoes(one, holding[-1]):
            holding.pop()
        else:
            holding.append(one)
    still = [holding[-1] for holding in in_force.values() if holding]
    return {
        one.line_id: one not in still
        for one in (*last.values(), *still)
        if one.line_id is not None and one.kind in _RETURNABLE and now < one.at + UNDO_WITHIN
    }


def _undoes(line: JournalLine, earlier: JournalLine) -> bool:
    """Whether it stands as before by a line as if there had been neither of the two."""
    if _RETURNED.get(earlier.kind) == line.kind:
        return True
    before, after = earlier.facts.get("before"), earlier.facts.get("after", earlier.facts.get("title"))
    sides = line.facts.get("after", line.facts.get("title")), line.facts.get("before")
    return before is not None and (before, after) == sides


def _about(line: JournalLine) -> tuple[str, object] | None:
    """What a line speaks of; None where it does not say, as some of earlier versions."""
    if line.kind == TIMING_CHANGED:
        return line.kind, None
    named = (name for name in ("setting", "school", "group", "person") if name in line.facts)
    return next(((name, line.facts[name]) for name in named), None)


async def take_back(uow: UnitOfWork, actor: Actor, line_id: int, now: datetime) -> TakenBack:
    """A school, or a group, is called as before; a removed group is there again, with those of its people who
    are in the lists. Pressed twice it changes nothing more.

    Raises DomainError `line_gone` after a day, or where it was changed again since; `title_taken`.
    """
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        ours = rows.association(actor.home.id)
        kind, facts = await _line(ours, line_id, now)
        if kind == SCHOOL_RENAMED:
            taken, changed = await _rename_school(ours, facts)
        elif kind == GROUP_RENAMED:
            taken, changed = await _rename_group(ours, facts)
        else:
            taken, changed = await _restore_group(ours, facts)
        if changed:
            said = {
                **facts,
                "before": facts.get("after", facts.get("title")),
                "after": taken.title,
                "people": taken.people,
            }
            await ours.journal.write(_RETURNED[kind], said, actor.person_id, now)
        await uow.commit()
    return taken


async def _line(ours: AssociationRows, line_id: int, now: datetime) -> tuple[str, Mapping[str, Any]]:
    for kind in _RETURNED:
        facts = await ours.journal.facts(line_id, kind, since=now - UNDO_WITHIN)
        # Lines of earlier versions do not say enough.
        if facts is not None and ("before" in facts or "people" in facts):
            return kind, facts
    raise DomainError("line_gone")


async def _rename_school(ours: AssociationRows, facts: Mapping[str, Any]) -> tuple[TakenBack, bool]:
    titles = {school.id: school.title for school in await ours.roster.schools()}
    taken = TakenBack(SCHOOL_RENAMED, facts["before"], facts["school"])
    return taken, await _name_again(taken, titles, facts["after"], ours.roster.rename_school)


async def _rename_group(ours: AssociationRows, facts: Mapping[str, Any]) -> tuple[TakenBack, bool]:
    titles = await ours.groups.titles()
    taken = TakenBack(GROUP_RENAMED, facts["before"], facts["group"])
    return taken, await _name_again(taken, titles, facts["title"], ours.groups.rename)


async def _name_again(
    taken: TakenBack, titles: Mapping[int, str], after: str, rename: Callable[[int, str], Awaitable[bool]]
) -> bool:
    """Gives a record its title of before; False where it has it. Raises DomainError `line_gone` where it has
    another one by now than it got then (`after`), `title_taken`."""
    there = titles.get(taken.record_id)
    if there == taken.title:
        return False
    if there != after:
        raise DomainError("line_gone")
    if not await rename(taken.record_id, taken.title):
        raise DomainError("title_taken", title=taken.title)
    return True


async def _restore_group(ours: AssociationRows, facts: Mapping[str, Any]) -> tuple[TakenBack, bool]:
    group_id, title = facts["group"], facts["title"]
    there = group_id in await ours.groups.titles()
    if not there:
        if not await ours.groups.restore(group_id, title):
            raise DomainError("title_taken", title=title)
        for person_id in facts["people"]:
            await ours.groups.put(person_id, [group_id])
    people = len(await ours.groups.members(group_id))
    return TakenBack(GROUP_REMOVED, title, group_id, people), not there
