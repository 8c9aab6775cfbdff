"""A list of people out of a file, before anything of it is stored: who stands in it, what is not clear."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from domain.full_names import FullName
from domain.people import first_names, plain_words, same_name
from domain.records import Member
from domain.school_names import KnownSchools, same_school

# More people are in no association; a longer list is somebody else's.
MOST_PEOPLE = 1_000
LONGEST_CATEGORY = 100
LONGEST_SERVICE = 50
# What of a list is taken over onto cards that lack it.
FILLED = ("patronymic", "position", "phone", "category", "service")
_PATRONYMIC = "patronymic"


class Doubt(StrEnum):
    """What is the matter with a row. The first ones keep it out; the others leave out a cell of it."""

    NO_NAME = "no_name"
    INITIALS = "initials"
    ONE_WORD = "one_word"
    NO_SURNAME = "no_surname"
    NOT_A_NAME = "not_a_name"
    REPEATED = "repeated"
    CONTINUED = "continued"
    SCHOOL = "school"
    NO_SCHOOL = "no_school"
    OTHER_SCHOOLS = "other_schools"  # beside the first, which is taken
    POSITION = "position"
    PHONE = "phone"
    CATEGORY = "category"
    SERVICE = "service"

    @property
    def keeps_out(self) -> bool:
        """Whether nobody is read out of the row."""
        return self in _KEEPS_OUT


_KEEPS_OUT = frozenset(
    {
        Doubt.NO_NAME,
        Doubt.INITIALS,
        Doubt.ONE_WORD,
        Doubt.NO_SURNAME,
        Doubt.NOT_A_NAME,
        Doubt.REPEATED,
        Doubt.CONTINUED,
    }
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in a list; what the list does not say is empty. `row` is counted from 1, `phone` in digits."""

    row: int
    name: FullName
    school: str = ""
    position: str = ""
    phone: str = ""
    category: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class RowDoubt:
    """A row, its words, and what is the matter with it."""

    row: int
    text: str
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class PeopleDraft:
    """A whole list as it was understood. `unused` are the headings of columns that nothing is kept of."""

    people: tuple[Listed, ...] = ()
    doubts: tuple[RowDoubt, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """What a list says of somebody who is in the association, and her card does not say; by field. `name` is
    how the list calls her."""

    person_id: int
    says: Mapping[str, str]
    name: FullName


@dataclass(frozen=True, slots=True)
class Sorted:
    """A list beside those who are in the association: who is new, who is there already, who has a namesake in
    another school (and is new), which schools nobody has named so far, and what cards it fills in."""

    new: tuple[Listed, ...]
    known: tuple[Listed, ...]
    namesakes: tuple[Listed, ...]
    new_schools: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()


def sort_out(
    draft: PeopleDraft, members: Sequence[Member], schools: Iterable[str], fills: Collection[str] = FILLED
) -> Sorted:
    """Who of a list is new: told by name and school; where either side names no school, by name alone. Of
    two who differ in the patronymic neither is a member who gave none. Of those who are in, what of `fills`
    their cards lack; not where it may be one of several."""
    by_name: dict[tuple[str, str], list[Member]] = {}
    for member in members:
        by_name.setdefault(first_names(member.name), []).append(member)
    patronymics: dict[tuple[str, str], set[str]] = {}
    for one in draft.people:
        patronymics.setdefault(first_names(one.name), set()).add(plain_words(one.name.patronymic))
    new, known, namesakes = [], [], []
    gaps: dict[int, Gap] = {}
    for one in draft.people:
        names = first_names(one.name)
        several = len(patronymics[names] - {""}) > 1
        same = [
            it
            for it in by_name.get(names, ())
            if same_name(it.name, one.name) and (it.name.patronymic or not several)
        ]
        there = [it for it in same if works_at(it, one.school)]
        if there:
            known.append(one)
            if len(there) == 1 and (says := _lacking(there[0], one, fills)):
                first = gaps.get(there[0].person_id, Gap(there[0].person_id, {}, one.name))
                gaps[there[0].person_id] = replace(first, says=says | {**first.says})
            continue
        new.append(one)
        if same:
            namesakes.append(one)
    titles, new_schools = KnownSchools(schools), []
    for title in dict.fromkeys(one.school for one in new if one.school):
        if titles.find(title) is None:
            titles.add(title)
            new_schools.append(title)
    return Sorted(
        tuple(new),
        tuple(known),
        tuple(namesakes),
        tuple(new_schools),
        tuple(gaps.values()),
    )


def _lacking(member: Member, one: Listed, fills: Collection[str]) -> dict[str, str]:
    said = {name: str(getattr(one, name)) for name in FILLED if name in fills and name != _PATRONYMIC}
    if member.in_telegram:  # her own number is hers to give
        said.pop("phone", None)
    lacking = {name: value for name, value in said.items() if value and not getattr(member, name)}
    # It may be another one's of the same name, unless they are of one school.
    surely_her = bool(one.school and member.schools)
    if _PATRONYMIC in fills and surely_her and one.name.patronymic and not member.name.patronymic:
        lacking[_PATRONYMIC] = one.name.patronymic
    return lacking


def works_at(member: Member, school: str) -> bool:
    """Whether a member works at a school of this title, as far as is known."""
    return (
        not school or not member.schools or any(same_school(school, title.title) for title in member.schools)
    )


def as_json(draft: PeopleDraft) -> dict[str, Any]:
    """The draft as plain JSON values."""
    return asdict(draft)


def from_json(data: Mapping[str, Any]) -> PeopleDraft:
    """The draft that `as_json` wrote. Raises KeyError, TypeError or ValueError for what it never writes."""
    return PeopleDraft(
        tuple(Listed(**{**one, "name": FullName(**one["name"])}) for one in data["people"]),
        tuple(RowDoubt(one["row"], one["text"], Doubt(one["doubt"])) for one in data["doubts"]),
        tuple(data["unused"]),
    )
