"""«Люди»: who is in the lists, found by words; a person's card and her schools; what is corrected on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from actions.schools import SCHOOL_RENAMED, once_called, school_meant
from domain.errors import DomainError
from domain.full_names import parse_full_name
from domain.marks import mark_of
from domain.people import LONGEST_POSITION, found_by, tidy_line
from domain.people_list import LONGEST_CATEGORY, LONGEST_SERVICE
from domain.phones import read_phone
from domain.records import LISTED, Actor, Card, Detail, Group, Member, Merge, School, Standing
from domain.school_names import tidy_title
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# «Люди» is open: a surname shows who that is.
PEOPLE_STEP = "people"
# A correction is being written; once written it stays in the dialogue until it is confirmed.
EDIT_STEP = "person_edit"
# The kind of the journal's line of something corrected of a person.
EDITED = "person_edited"
# So long two records that were made one can be parted again.
PARTING = timedelta(days=1)


class Field(StrEnum):
    """What a coordinator may correct in words."""

    NAME = "name"
    POSITION = "position"
    PHONE = "phone"
    CATEGORY = "category"
    SERVICE = "service"
    SCHOOL = "school"  # one more of hers
    TITLE = "title"  # of a school itself


# What may be corrected only while it is kept.
_DETAILS = {
    Field.PHONE: Detail.PHONE,
    Field.CATEGORY: Detail.CATEGORY,
    Field.SERVICE: Detail.SERVICE,
}


@dataclass(frozen=True, slots=True)
class Overview:
    """The association's people by surname, and how many ask to come in."""

    people: tuple[Member, ...]
    requests: int


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school and who works there, by surname."""

    school: School
    people: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything a coordinator sees of a person: her groups, her answers to what is to come, and the merge
    that can still be undone."""

    member: Member
    groups: tuple[Group, ...]
    ahead: tuple[Card, ...]
    merge: Merge | None
    herself: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """A correction before it is made: of whom or what (a name, a school's title), from what, to what.

    The mark tells it from others: an earlier preview's button does not make it. `record_id` is a person's,
    for Field.TITLE a school's; of that `line` is the journal's line, once it is made.
    """

    field: Field
    record_id: int
    of: str
    before: str
    after: str
    mark: str = ""
    line: int = 0


async def open_people(uow: UnitOfWork, actor: Actor) -> Overview:
    """The first screen; what she writes next is somebody's name."""
    async with uow as rows:
        roster = rows.association(actor.home.id).roster
        people = tuple(await roster.everybody())
        requests = await roster.count(Standing.REQUESTED)
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP)
        await uow.commit()
    return Overview(people, requests)


async def everybody(uow: UnitOfWork, actor: Actor) -> list[Member]:
    """All who are in the lists, by surname; what she writes next is somebody's name."""
    async with uow as rows:
        found = await rows.association(actor.home.id).roster.everybody()
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP)
        await uow.commit()
    return found


async def find_people(uow: UnitOfWork, actor: Actor, text: str) -> list[Member]:
    """Those in the lists of whom the words speak, by name or school, be it by a school's former title."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        everybody = await ours.roster.everybody()
        if found := found_by(text, everybody):
            return found
        school = await once_called(ours, text)
    return [one for one in everybody if school is not None and school in one.schools]


async def person_card(uow: UnitOfWork, actor: Actor, person_id: int, now: datetime) -> PersonCard:
    """A person in the lists; what is written next is somebody's name. Raises DomainError `member_unknown`."""
    async with uow as rows:
        card = await _card(rows, actor, person_id, now)
        # What was corrected last can be taken back from the message that said so, still.
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP, **actor.asked(PEOPLE_STEP))
        await uow.commit()
    return card


async def school_lines(uow: UnitOfWork, actor: Actor) -> list[SchoolLine]:
    """Every school with its people, those without anybody first; what is written next is a name, or a
    school's."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        found = await _school_lines(ours)
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP)
        await uow.commit()
    return sorted(found, key=lambda line: bool(line.people))


async def school_line(uow: UnitOfWork, actor: Actor, school_id: int) -> SchoolLine:
    """One school with its people. Raises DomainError `school_gone`."""
    lines = await school_lines(uow, actor)
    found = next((line for line in lines if line.school.id == school_id), None)
    if found is None:
        raise DomainError("school_gone")
    return found


async def put_in_sheet(
    uow: UnitOfWork, actor: Actor, person_id: int, school_id: int, now: datetime
) -> Member:
    """Which of her schools stands in the sheets. Raises DomainError `member_unknown`, `school_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        member = await known_member(ours, person_id)
        _check_hers(member, school_id)
        if member.school is None or member.school.id != school_id:
            await ours.roster.drop_school(person_id, school_id)
            await ours.members.set_school(person_id, school_id)
            if member.school is not None:
                await ours.roster.add_school(person_id, member.school.id)
            await _note(ours, actor, person_id, Field.SCHOOL, now)
        member = await known_member(ours, person_id)
        await uow.commit()
    return member


async def drop_school(
    uow: UnitOfWork, actor: Actor, person_id: int, school_id: int, now: datetime
) -> tuple[Member, School]:
    """She works there no more; another of hers goes into the sheets if it was that one. Returns her, and the
    school.

    Raises DomainError `member_unknown`, `school_gone`, `only_school`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        member = await known_member(ours, person_id)
        _check_hers(member, school_id)
        dropped = next(school for school in member.schools if school.id == school_id)
        if len(member.schools) == 1:
            raise DomainError("only_school")
        await _drop(ours, member, school_id)
        await _note(ours, actor, person_id, Field.SCHOOL, now)
        member = await known_member(ours, person_id)
        await uow.commit()
    return member, dropped


async def give_school_back(
    uow: UnitOfWork, actor: Actor, person_id: int, school_id: int, now: datetime
) -> Member:
    """She works there after all. Raises DomainError `member_unknown`, `school_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        member = await known_member(ours, person_id)
        await _known_school(ours, school_id)
        if school_id not in {school.id for school in member.schools}:
            await ours.roster.add_school(person_id, school_id)
            await _note(ours, actor, person_id, Field.SCHOOL, now)
        member = await known_member(ours, person_id)
        await uow.commit()
    return member


async def open_edit(uow: UnitOfWork, actor: Actor, field: Field, record_id: int) -> Edit:
    """What she writes next is the correction. Raises DomainError `member_unknown`, `school_gone`,
    `phone_not_given`."""
    async with uow as rows:
        edit = await _before(rows, actor, field, record_id)
        await _wait_for_edit(rows, actor, field, record_id)
        await uow.commit()
    return edit


async def take_edit(uow: UnitOfWork, actor: Actor, text: str) -> Edit:
    """The correction as it is understood; nothing is changed till it is confirmed.

    Raises DomainError `edit_gone`, `member_unknown`, `school_gone`, `school_hers_already`, `title_taken`, and
    what the readers of names, telephones and titles raise.
    """
    field, record_id = _about(actor)
    async with uow as rows:
        edit = await _understood(rows, actor, field, record_id, text)
        await _wait_for_edit(rows, actor, field, record_id, text)
        await uow.commit()
    return edit


async def settle_edit(uow: UnitOfWork, actor: Actor, mark: str, now: datetime) -> Edit:
    """Makes the correction that was confirmed. Raises DomainError `edit_gone` where it was made, dropped or
    replaced since, and what `take_edit` raises."""
    field, record_id = _about(actor)
    text = actor.asked(EDIT_STEP).get("text")
    if not isinstance(text, str) or mark_of(text) != mark:
        raise DomainError("edit_gone")
    async with uow as rows:
        edit = await _understood(rows, actor, field, record_id, text)
        kept = {"field": field, "record": record_id, "before": edit.before, "after": edit.after}
        line = await _make(rows, actor, edit, text, now)
        # What a person's card said before is kept in the dialogue alone: the journal outlives «Стереть всё».
        facts = {} if field is Field.TITLE else {**kept, "mark": mark, "association": actor.home.id}
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP, **facts)
        await uow.commit()
    return replace(edit, line=line)


async def take_edit_back(uow: UnitOfWork, actor: Actor, mark: str, now: datetime) -> Edit:
    """«Вернуть как было», under a correction of a person's card, while nothing else was corrected since.
    Raises DomainError `correction_gone`, `member_unknown`."""
    asked = actor.asked(PEOPLE_STEP)
    field, record_id = asked.get("field"), asked.get("record")
    if asked.get("mark") != mark or not isinstance(record_id, int):
        raise DomainError("correction_gone")
    field, before, after = Field(str(field)), str(asked["before"]), str(asked["after"])
    async with uow as rows:
        ours = rows.association(actor.home.id)
        member = await known_member(ours, record_id)
        if field is Field.SCHOOL:
            added = next((one for one in member.schools if one.title == after), None)
            if added is None or len(member.schools) == 1:
                raise DomainError("correction_gone")
            await _drop(ours, member, added.id)
        elif _stands(member)[field] != after:
            raise DomainError("correction_gone")
        else:
            await _set(rows, ours, record_id, field, before)
        await _note(ours, actor, record_id, field, now)
        await rows.people.wait_for(actor.person_id, PEOPLE_STEP)
        await uow.commit()
    return Edit(field, record_id, member.name.full, after, before)


async def known_member(ours: AssociationRows, person_id: int) -> Member:
    """Somebody who is in the lists. Raises DomainError `member_unknown`."""
    member = await ours.roster.get(person_id)
    if member is None or member.standing not in LISTED:
        raise DomainError("member_unknown")
    return member


async def _card(rows: Rows, actor: Actor, person_id: int, now: datetime) -> PersonCard:
    ours = rows.association(actor.home.id)
    member = await known_member(ours, person_id)
    in_groups = await ours.groups.of_person(person_id)
    merge = await ours.merges.newest(person_id)
    return PersonCard(
        member=member,
        groups=tuple(group for group in await ours.groups.all() if group.id in in_groups),
        ahead=tuple(card for card in await ours.events.answered_by(person_id, now) if card.answer),
        merge=merge if merge is not None and now < merge.at + PARTING else None,
        herself=person_id == actor.person_id,
    )


async def _school_lines(ours: AssociationRows) -> list[SchoolLine]:
    people = await ours.roster.everybody()
    return [
        SchoolLine(school, tuple(one for one in people if school in one.schools))
        for school in await ours.roster.schools()
    ]


def _check_hers(member: Member, school_id: int) -> None:
    if school_id not in {school.id for school in member.schools}:
        raise DomainError("school_gone")


def _about(actor: Actor) -> tuple[Field, int]:
    asked = actor.asked(EDIT_STEP)
    record_id = asked.get("record")
    if not isinstance(record_id, int):
        raise DomainError("edit_gone")
    return Field(str(asked["field"])), record_id


async def _wait_for_edit(
    rows: Rows, actor: Actor, field: Field, record_id: int, text: str | None = None
) -> None:
    # The association is kept with it: what is written in one does not change another's people.
    await rows.people.wait_for(
        actor.person_id, EDIT_STEP, field=field, record=record_id, text=text, association=actor.home.id
    )


async def _before(rows: Rows, actor: Actor, field: Field, record_id: int) -> Edit:
    ours = rows.association(actor.home.id)
    if field is Field.TITLE:
        school = await _known_school(ours, record_id)
        return Edit(field, record_id, school.title, school.title, "")
    member = await known_member(ours, record_id)
    if field is Field.PHONE and member.in_telegram and not member.phone:
        # Her own number is hers to give.
        raise DomainError("phone_not_given")
    detail = _DETAILS.get(field)
    # A number that was given without a list stands there whatever is kept.
    if (
        detail is not None
        and detail not in actor.home.keeps
        and not (detail is Detail.PHONE and member.phone)
    ):
        raise DomainError("detail_off")
    return Edit(field, record_id, member.name.full, _stands(member)[field], "")


def _stands(member: Member) -> dict[Field, str]:
    """What her card says."""
    return {
        Field.NAME: member.name.full,
        Field.POSITION: member.position,
        Field.PHONE: member.phone,
        Field.CATEGORY: member.category,
        Field.SERVICE: member.service,
        Field.SCHOOL: ", ".join(school.title for school in member.schools),
    }


async def _drop(ours: AssociationRows, member: Member, school_id: int) -> None:
    """One of several schools is hers no more; another goes into the sheets if it was that one."""
    if member.school is not None and member.school.id == school_id:
        following = member.other_schools[0]
        await ours.members.set_school(member.person_id, following.id)
        school_id = following.id
    await ours.roster.drop_school(member.person_id, school_id)


async def _set(rows: Rows, ours: AssociationRows, person_id: int, field: Field, value: str) -> None:
    """What her card says of her from now on; nothing of it for an empty value."""
    match field:
        case Field.NAME:
            await rows.people.set_name(person_id, parse_full_name(value))
        case Field.POSITION:
            await ours.roster.set_position(person_id, value)
        case Field.PHONE:
            await rows.people.set_phone(person_id, value)
        case _:
            await ours.roster.set_detail(person_id, Detail(field), value)


async def _understood(rows: Rows, actor: Actor, field: Field, record_id: int, text: str) -> Edit:
    ours = rows.association(actor.home.id)
    before = await _before(rows, actor, field, record_id)
    match field:
        case Field.NAME:
            after = parse_full_name(text).full
        case Field.POSITION:
            after = tidy_line(text, LONGEST_POSITION)
        case Field.PHONE:
            after = read_phone(text)
        case Field.CATEGORY:
            after = tidy_line(text, LONGEST_CATEGORY)
        case Field.SERVICE:
            after = tidy_line(text, LONGEST_SERVICE)
        case Field.SCHOOL:
            title = tidy_title(text)
            known = await school_meant(ours, title)
            if known is not None and known in (await known_member(ours, record_id)).schools:
                raise DomainError("school_hers_already", title=known.title)
            after = title if known is None else known.title
        case Field.TITLE:
            after = tidy_title(text)
            if any(one.title == after and one.id != record_id for one in await ours.roster.schools()):
                raise DomainError("title_taken", title=after)
    return Edit(field, record_id, before.of, before.before, after, mark_of(text))


async def _make(rows: Rows, actor: Actor, edit: Edit, text: str, now: datetime) -> int:
    """Returns the journal's line of it."""
    ours = rows.association(actor.home.id)
    match edit.field:
        case Field.TITLE:
            await ours.roster.rename_school(edit.record_id, edit.after)
            facts = {"school": edit.record_id, "before": edit.before, "after": edit.after}
            return await ours.journal.write(SCHOOL_RENAMED, facts, actor.person_id, now)
        case Field.SCHOOL:
            await ours.roster.add_school(edit.record_id, await ours.members.add_school(edit.after))
        case Field.NAME:
            await _set(rows, ours, edit.record_id, edit.field, text)
        case _:
            await _set(rows, ours, edit.record_id, edit.field, edit.after)
    return await _note(ours, actor, edit.record_id, edit.field, now)


async def _note(ours: AssociationRows, actor: Actor, person_id: int, field: Field, now: datetime) -> int:
    # Not what it was nor what it is: the journal outlives «Стереть всё».
    facts = {"person": person_id, "field": field}
    return await ours.journal.write(EDITED, facts, actor.person_id, now)


async def _known_school(ours: AssociationRows, school_id: int) -> School:
    found = next((one for one in await ours.roster.schools() if one.id == school_id), None)
    if found is None:
        raise DomainError("school_gone")
    return found
