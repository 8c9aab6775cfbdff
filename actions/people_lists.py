"""A list of people from its file into the association, and for a day out of it again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions.plans import ReadPlan
from actions.roster import EDITED, PARTING, PEOPLE_STEP, Field
from documents.process import read_either_apart
from domain.errors import DomainError
from domain.people import look_alikes
from domain.people_list import Listed, PeopleDraft, RowDoubt, Sorted, sort_out
from domain.records import Actor, Detail, Import, Member
from domain.school_names import KnownSchools
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# The kind of the journal's line of a list that was stored.
_IMPORTED = "people_imported"
# What is kept of everybody.
_PATRONYMIC, _POSITION = "patronymic", "position"


@dataclass(frozen=True, slots=True)
class ReadList:
    """What was understood of a list, and its file's digest."""

    draft: PeopleDraft
    digest: str


@dataclass(frozen=True, slots=True)
class ListFile:
    """Where Telegram keeps a list that was sent: of those who stand in it nothing is stored before the
    coordinator says that they agreed, so it is read once more then."""

    file_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ListPreview:
    """A list beside those who are in; `left_out` are details that it has and the association does not
    keep."""

    draft_id: int
    sorted: Sorted
    doubts: Sequence[RowDoubt]
    unused: Sequence[str]
    left_out: Sequence[Detail]


@dataclass(frozen=True, slots=True)
class Stored:
    """A list that was stored: how many people are new, how many were in, how many pairs look alike now, and
    how many cards were filled in."""

    import_id: int
    people: int
    known: int
    pairs: int
    filled: int = 0


@dataclass(frozen=True, slots=True)
class TakingBack:
    """A list that is taken back: how many people go, who stays, since something hangs on her by now, and of
    how many cards what was filled in goes again."""

    taken: Import
    going: int
    staying: tuple[Member, ...]
    filled: int = 0


async def read_file(content: bytes, name: str) -> ReadPlan | ReadList:
    """A plan or a list of people, read in a process of its own. Raises the DomainErrors of the reader."""
    draft = await read_either_apart(content, name)
    digest = hashlib.sha256(content).hexdigest()
    return ReadList(draft, digest) if isinstance(draft, PeopleDraft) else ReadPlan(draft, digest)


async def keep_list(
    uow: UnitOfWork, actor: Actor, read: ReadList, file: ListFile, now: datetime
) -> ListPreview:
    """Remembers the file (not what stands in it) until she confirms or drops it; the one before is
    forgotten."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        pointer = {"file_id": file.file_id, "name": file.name}
        draft_id = await ours.drafts.put(actor.person_id, read.digest, pointer, now)
        found = await _sorted(ours, read.draft, actor)
        await uow.commit()
    there = {detail for detail in Detail for one in (*found.new, *found.known) if getattr(one, detail)}
    left_out = [detail for detail in Detail if detail in there - actor.home.keeps]
    return ListPreview(draft_id, found, read.draft.doubts, read.draft.unused, left_out)


async def kept_list(uow: UnitOfWork, actor: Actor, draft_id: int) -> ListFile:
    """The file of a list that waits to be confirmed. Raises DomainError `draft_gone`."""
    async with uow.reading() as rows:
        stored = await rows.association(actor.home.id).drafts.get(actor.person_id)
    if stored is None or stored.id != draft_id or "file_id" not in stored.draft:
        raise DomainError("draft_gone")
    return ListFile(stored.draft["file_id"], stored.draft["name"])


async def save_list(
    uow: UnitOfWork, actor: Actor, draft_id: int, read: ReadList, consent: str, now: datetime
) -> Stored:
    """Everybody in the list who is new becomes a member without an account; what the cards of the others lack
    is filled in. `consent` is the wording under which the coordinator said that they agreed.

    Raises DomainError `draft_gone` where it was saved, dropped or replaced, or the file is not the same.
    """
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        ours = rows.association(actor.home.id)
        stored = await ours.drafts.get(actor.person_id)
        if stored is None or stored.id != draft_id or stored.digest != read.digest:
            raise DomainError("draft_gone")
        await ours.drafts.drop(actor.person_id)
        found = await _sorted(ours, read.draft, actor)
        schools, made = await _schools(ours, found.new)
        import_id = await ours.imports.add(made, actor.person_id, now)
        await _add(rows, actor, found.new, schools, import_id, consent, now)
        await _fill(
            rows, ours, [(gap.person_id, name, gap.says[name]) for gap in found.gaps for name in gap.says]
        )
        # Which fields, not what stands in them: the journal outlives «Стереть всё».
        filled = [[gap.person_id, name] for gap in found.gaps for name in gap.says]
        facts = {"people": len(found.new), "import": import_id, "filled": filled}
        await ours.journal.write(_IMPORTED, facts, actor.person_id, now)
        pairs = len(look_alikes(await ours.roster.everybody()))
        await uow.commit()
    return Stored(import_id, len(found.new), len(found.known), pairs, len(found.gaps))


async def open_lists(uow: UnitOfWork, actor: Actor, now: datetime) -> Import | None:
    """The list that can still be taken back, if there is one."""
    async with uow.reading() as rows:
        newest = await rows.association(actor.home.id).imports.newest()
    return newest if newest is not None and now < newest.at + PARTING else None


async def propose_taking_back(uow: UnitOfWork, actor: Actor, import_id: int, now: datetime) -> TakingBack:
    """What taking a list back would do. Raises DomainError `import_gone`, `import_settled` after a day."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        taken = await _known_import(ours, import_id, now)
        going = await ours.imports.untouched(import_id)
        filled = {person_id for person_id, _ in await _still_filled(ours, import_id)}
        return TakingBack(taken, len(going), await _others(ours, import_id, going), len(filled))


async def take_back(uow: UnitOfWork, actor: Actor, import_id: int, now: datetime) -> TakingBack:
    """Out with those who came with a list and have got nothing since, and with what it filled in on other
    cards, unless it was corrected since. Raises what `propose_taking_back` raises."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await rows.associations.hold(actor.home.id)
        taken = await _known_import(ours, import_id, now)
        going = await ours.imports.untouched(import_id)
        staying, filled = await _others(ours, import_id, going), await _still_filled(ours, import_id)
        await _fill(rows, ours, [(person_id, name, "") for person_id, name in filled])
        await ours.imports.take_back(taken)
        await ours.journal.write("import_taken_back", {"people": len(going)}, actor.person_id, now)
        await uow.commit()
    return TakingBack(taken, len(going), staying, len({person_id for person_id, _ in filled}))


async def pairs_alike(uow: UnitOfWork, actor: Actor) -> list[tuple[Member, Member]]:
    """Records of the association that may well be one person's; what is written next is somebody's name."""
    async with uow as rows:
        found = look_alikes(await rows.association(actor.home.id).roster.everybody())
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP)
        await uow.commit()
    return found


async def _sorted(ours: AssociationRows, draft: PeopleDraft, actor: Actor) -> Sorted:
    titles = [school.title for school in await ours.roster.schools()]
    fills = {_PATRONYMIC, _POSITION, *actor.home.keeps}
    return sort_out(draft, await ours.roster.everybody(), titles, fills)


async def _fill(rows: Rows, ours: AssociationRows, cards: Sequence[tuple[int, str, str]]) -> None:
    """What stands on cards from now on: of which person, in which field."""
    for person_id, name, value in cards:
        if name == _PATRONYMIC:
            if (member := await ours.roster.get(person_id)) is not None:
                await rows.people.set_name(person_id, replace(member.name, patronymic=value))
        elif name == _POSITION:
            await ours.roster.set_position(person_id, value)
        elif name == Detail.PHONE:
            await rows.people.set_phone(person_id, value)
        else:
            await ours.roster.set_detail(person_id, Detail(name), value)


async def _still_filled(ours: AssociationRows, import_id: int) -> list[tuple[int, str]]:
    """What a list filled in and nobody corrected since: of which person, in which field."""
    line = await ours.journal.newest(_IMPORTED, **{"import": import_id})
    facts = None if line is None else await ours.journal.facts(line, _IMPORTED)
    found = []
    for person_id, name in (facts or {}).get("filled", []):
        field = Field.NAME if name == _PATRONYMIC else name
        edited = await ours.journal.newest(EDITED, person=person_id, field=field)
        if line is not None and (edited or 0) < line:
            found.append((person_id, name))
    return found


async def _schools(ours: AssociationRows, people: Sequence[Listed]) -> tuple[dict[str, int], list[int]]:
    """The id of each school that a list names, and the ids of those that are made for it."""
    ids = {school.title: school.id for school in await ours.members.schools()}
    known, found, made = KnownSchools(ids), {}, []
    for title in dict.fromkeys(one.school for one in people if one.school):
        same = known.find(title)
        if same is None:
            same, ids[title] = title, await ours.members.add_school(title)
            known.add(title)
            made.append(ids[title])
        found[title] = ids[same]
    return found, made


async def _add(
    rows: Rows,
    actor: Actor,
    people: Sequence[Listed],
    schools: dict[str, int],
    import_id: int,
    consent: str,
    now: datetime,
) -> None:
    keeps = actor.home.keeps
    phones = [(one.name, one.phone if Detail.PHONE in keeps else "") for one in people]
    ids = await rows.people.add_all_by_hand(phones, now)
    members: dict[int, dict[str, object]] = {
        person_id: {
            "school_id": schools.get(one.school),
            "position": one.position,
            "category": one.category if Detail.CATEGORY in keeps else "",
            "service": one.service if Detail.SERVICE in keeps else "",
        }
        for person_id, one in zip(ids, people, strict=True)
    }
    await rows.association(actor.home.id).members.add_listed(members, import_id, consent, now)


async def _known_import(ours: AssociationRows, import_id: int, now: datetime) -> Import:
    taken = await ours.imports.get(import_id)
    if taken is None:
        raise DomainError("import_gone")
    if now >= taken.at + PARTING:
        raise DomainError("import_settled")
    return taken


async def _others(ours: AssociationRows, import_id: int, going: Sequence[int]) -> tuple[Member, ...]:
    """Who came with the list and stays, among those in the lists."""
    staying = set(await ours.imports.people(import_id)) - set(going)
    return tuple(one for one in await ours.roster.everybody() if one.person_id in staying)
