"""Talks of an event: who speaks, of what, in which form, as people write it down."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from domain.errors import DomainError
from domain.full_names import FullName
from domain.guests import read_name
from domain.people import tidy_line
from domain.records import Mark, Member, Talk, TalkForm
from domain.school_names import tidy_title

MOST_TALKS = 30
# So many a member may have proposed for one event that are not settled yet.
MOST_PROPOSED = 3
LONGEST_THEME = 250

_BETWEEN = re.compile(r"\s+[–—-]+\s+|\s*\n\s*")
# How each form is told by its first letters; what begins with none of them is a form in nobody's list.
_FORMS = (
    ("доклад", TalkForm.REPORT),
    ("сообщение", TalkForm.REPORT),
    ("презентаци", TalkForm.REPORT),
    ("мастер", TalkForm.WORKSHOP),
    ("практикум", TalkForm.WORKSHOP),
    ("обмен", TalkForm.EXPERIENCE),
    ("из опыта", TalkForm.EXPERIENCE),
    ("опыт", TalkForm.EXPERIENCE),
    ("обзор", TalkForm.REVIEW),
    ("другое", TalkForm.OTHER),
    ("выступление", TalkForm.OTHER),
)
Missing = Literal["speaker", "theme", "form"]


@dataclass(frozen=True, slots=True)
class TalkDraft:
    """A talk as far as it is known; `person` is the member who speaks, None for somebody by name."""

    person: int | None = None
    speaker: str = ""
    organisation: str = ""
    theme: str = ""
    form: TalkForm | None = None

    @property
    def missing(self) -> Missing | None:
        """What is to be asked next."""
        if not self.speaker:
            return "speaker"
        if not self.theme:
            return "theme"
        return "form" if self.form is None else None

    def as_facts(self) -> dict[str, object]:
        """As it lies in a dialogue."""
        return asdict(self)

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> TalkDraft:
        """The draft out of a dialogue."""
        form = facts.get("form")
        return cls(**{**facts, "form": None if form is None else TalkForm(form)})


def read_talk(text: str) -> TalkDraft:
    """«Петрова А. И., СОШ № 45 – Книжные новинки – доклад», the parts between dashes or on lines of their
    own; what is left out stays open.

    Raises DomainError `guest_not_understood`, `name_too_long`, and what `read_theme` and tidy_title raise.
    """
    speaker, *rest = [part for part in _BETWEEN.split(text.strip()) if part.strip()] or [""]
    form = read_form(rest[-1]) if len(rest) > 1 else None
    if form is not None:
        rest = rest[:-1]
    name, _, organisation = speaker.partition(",")
    return TalkDraft(
        speaker=read_name(name),
        organisation=tidy_title(organisation) if organisation.strip() else "",
        theme=read_theme(" – ".join(rest)) if rest else "",
        form=form,
    )


def read_theme(text: str) -> str:
    """A theme on one line, without the quotation marks around all of it. Raises DomainError `line_empty`,
    `line_too_long` (fact `longest`)."""
    theme = tidy_line(text, LONGEST_THEME)
    if theme.startswith("«") and theme.find("»") == len(theme) - 1 and theme.count("«") == 1:
        theme = theme[1:-1].strip()
    return theme


def read_form(text: str) -> TalkForm | None:
    """The form that these words name; None where they name none."""
    said = text.strip(" .,;").casefold()
    return next((form for begins, form in _FORMS if said.startswith(begins)), None)


def with_member(draft: TalkDraft, members: Sequence[Member]) -> TalkDraft:
    """The draft with the member whom its speaker's name means, where it means exactly one of them."""
    meant = [one for one in members if _is_called(one.name, draft.speaker)]
    return of_member(draft, meant[0]) if len(meant) == 1 else draft


def of_member(draft: TalkDraft, member: Member) -> TalkDraft:
    """The draft with a member who speaks; where she comes from stays as it was said."""
    school = member.school.title if member.school else ""
    return replace(
        draft,
        person=member.person_id,
        speaker=member.name.full,
        organisation=draft.organisation or school,
    )


def moved(ids: Sequence[int], one: int, by: int) -> list[int]:
    """The ids in their new order, one of them so many places further on. Raises DomainError `talk_gone` where
    it is not among them."""
    if one not in ids:
        raise DomainError("talk_gone")
    order = [other for other in ids if other != one]
    order.insert(min(max(ids.index(one) + by, 0), len(order)), one)
    return order


def spoken(talks: Sequence[Talk], marks: Mapping[int, Mark]) -> list[Talk]:
    """Those of the programme, as papers name them; not of who is marked as not having been there. `marks`
    are by person: who is unmarked, or no member, may have spoken."""
    missed = {person_id for person_id, mark in marks.items() if not mark.was_there}
    return [one for one in talks if one.confirmed and one.person_id not in missed]


def _is_called(name: FullName, said: str) -> bool:
    """Whether «Петрова А. И.», «Петрова Анна» or the full name means this person; a surname alone means
    nobody."""
    surname, *rest = _words(said)
    given = _words(name.formal)
    return (
        [surname] == _words(name.surname)
        and 0 < len(rest) <= len(given)
        and all(whole.startswith(part) for whole, part in zip(given, rest, strict=False))
        and all(len(part) == 1 or part == whole for whole, part in zip(given, rest, strict=False))
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text.casefold().replace("ё", "е")) or [""]
