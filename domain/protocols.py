"""The protocol of a meeting: its agenda, what was decided by when, how that went; its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from domain.errors import DomainError
from domain.full_names import parse_full_name
from domain.kinds import kind_of
from domain.people import tidy_line
from domain.plan_draft import Kind
from domain.quotes import within_quotes
from domain.records import Talk
from domain.russian_dates import read_deadline

MOST_DECISIONS = 40
LONGEST_DECISION = 500
MOST_POINTS = 30
LONGEST_POINT = 300
LONGEST_OUTCOME = 200

# «1. », «2) », «– » before a line are the list's, not the words'.
_MARK = re.compile(r"^\s*(?:\d{1,2}[.)]\s+|[-–—•*·]\s*)")
# «Семинар «…»», «Заседание РМО».
_KIND_AND_THEME = re.compile(r"([^«]+)«(.+)»|([\w-]+)(?:\s+[гршк]?мо)?", re.IGNORECASE)
_SHORT, _INITIAL = re.compile(r"([^\W\d_][\w-]+) ((?:[^\W\d_]\. ?){1,2})"), re.compile(r"\w\.")
_INFINITIVE = re.compile(r"[А-ЯЁ][а-яё]+(?:ть|ти|чь)(?:ся)?\b")
_ENDS = (".", "!", "?", "…")
# Words that end with a point anyway: an initial, «2026 г.», «и др.».
_SHORTENED = re.compile(r"(?<!\w)(?:[^\W\d_]|гг|др|пр|чел|экз|шт|руб)$")

Office = Literal["chairman", "secretary"]


class Outcome(StrEnum):
    """How a decision went, as buttons say it."""

    DONE = "done"
    DOING = "doing"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who was at a meeting, or promised to come; `organisation` is empty where none is known."""

    name: str
    organisation: str
    guest: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, and by which day it is to be done (None where no day was named). `done` is an Outcome
    or a coordinator's own words, empty while nobody said; `removed` while it can still be brought back."""

    id: int
    text: str
    due: date | None = None
    done: str = ""
    removed: bool = False

    @property
    def due_beside(self) -> date | None:
        """The deadline where the words do not name its day and month, as «до 15-го» and «до конца месяца»
        do not."""
        return None if self.due is None or _names(self.text, self.due) else self.due


@dataclass(frozen=True, slots=True)
class Protocol:
    """What is written down of a meeting and known from nothing else. `number` is None until the document is
    made for the first time; `agenda` where it is not the plan's and the programme's; no `chairman` is the
    coordinator, no `secretary` nobody yet."""

    event_id: int
    school_year: str
    number: int | None = None
    chairman: str = ""
    secretary: str = ""
    agenda: tuple[str, ...] | None = None
    all_decisions: tuple[Decision, ...] = ()

    @property
    def decisions(self) -> list[Decision]:
        """What stands in it."""
        return [one for one in self.all_decisions if not one.removed]

    def decision(self, decision_id: int) -> Decision:
        """One of them. Raises DomainError `decision_gone`."""
        return _one(self.decisions, decision_id)

    def with_decisions(self, texts: Sequence[str], since: date) -> Protocol:
        """With more of them, the deadlines in them read; `since` is the day of the meeting.

        Raises DomainError `decisions_full` (fact `most`), and those of `read_deadline`.
        """
        _check_room(len(self.decisions) + len(texts))
        first = 1 + max((one.id for one in self.all_decisions), default=0)
        new = [Decision(at, text, read_deadline(text, since)) for at, text in enumerate(texts, first)]
        return replace(self, all_decisions=(*self.all_decisions, *new))

    def with_changed(self, decision_id: int, **values: Any) -> Protocol:
        """With another text, deadline or outcome of one. Raises DomainError `decision_gone`."""
        self.decision(decision_id)
        return self._with(decision_id, **values)

    def without(self, decision_id: int) -> Protocol:
        """Without one of them, which stays at hand to be brought back. Raises DomainError `decision_gone`."""
        _one(self.all_decisions, decision_id)
        return self._with(decision_id, removed=True)

    def with_again(self, decision_id: int) -> Protocol:
        """With one that was taken out, in its old place. Raises DomainError `decision_gone`,
        `decisions_full`."""
        if _one(self.all_decisions, decision_id).removed:
            _check_room(len(self.decisions) + 1)
        return self._with(decision_id, removed=False)

    def _with(self, decision_id: int, **values: Any) -> Protocol:
        changed = (replace(one, **values) if one.id == decision_id else one for one in self.all_decisions)
        return replace(self, all_decisions=tuple(changed))


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which number a protocol may get: `by_date` in its school year, where the protocols of later meetings
    are `moved` (event → number), or the one after the greatest (`last`). `skipped` are the earlier meetings
    that have no protocol yet, for which there is room then."""

    by_date: int
    last: int
    skipped: tuple[int, ...]
    moved: Mapping[int, int]

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to choose."""
        return not self.skipped and not self.moved


def numbering_of(event_id: int, in_order: Sequence[int], numbers: Mapping[int, int]) -> Numbering:
    """The number of an event's protocol among those of its school year: `in_order` are the events with a
    number, the meetings that should have one and this event by date; `numbers` those that are given."""
    at = in_order.index(event_id)
    earlier, later = in_order[:at], in_order[at + 1 :]
    greatest, skipped = 0, list[int]()
    for one in earlier:
        if one not in numbers:
            skipped.append(one)
        elif numbers[one] > greatest:  # those before it have found their room, or never will
            greatest, skipped = numbers[one], []
    by_date = taken = greatest + len(skipped) + 1
    moved = {}
    for one in later:
        if one in numbers:
            if numbers[one] <= taken:
                moved[one] = taken + 1
            taken = max(taken, moved.get(one, numbers[one]))
    return Numbering(by_date, max(numbers.values(), default=0) + 1, tuple(skipped), moved)


def agenda_of(protocol: Protocol, rows: Sequence[str], title: str, talks: Sequence[Talk]) -> list[str]:
    """The points of the agenda: as the coordinator wrote them, else what the rows of the plan are about (the
    event itself where it stands in none), then the programme. A meeting is no point of its own agenda: of
    one row there is the theme alone, and where there are talks, they."""
    if protocol.agenda is not None:
        return list(protocol.agenda)
    themes = [] if talks and len(rows) <= 1 else [theme_of(one) for one in rows or [title]]
    return [*filter(None, themes), *map(point_of, talks)]


def heard_of(agenda: Sequence[str], talks: Sequence[Talk]) -> list[Talk | str]:
    """What was listened to, in the order of the agenda: its points as they are, those that speak of a talk
    as that talk; then the talks of which it does not speak."""
    left, heard = list(talks), list[Talk | str]()
    for point in agenda:
        spoken = [one for one in left if _speaks_of(point, one.theme)]
        left = [one for one in left if one not in spoken]
        heard += spoken or [point]
    return [*heard, *left]


def point_of(talk: Talk) -> str:
    """«Белова А. П. – «Книжные новинки»»; the theme alone of one whose name is erased."""
    theme = f"«{within_quotes(talk.theme)}»"
    return f"{talk.speaker} – {theme}" if talk.speaker else theme


def organisations_of(people: Iterable[Participant]) -> int:
    """From how many organisations they come."""
    return len({one.organisation.casefold() for one in people if one.organisation})


def theme_of(title: str) -> str:
    """What an event is about: of «Семинар «Читательские клубы»» the words in quotation marks, of «Заседание
    РМО» nothing."""
    found = _KIND_AND_THEME.fullmatch(title.strip())
    if found is None or kind_of(found[1] or found[3]) is Kind.OTHER:
        return title
    return found[2] or ""


def read_lines(text: str, most: int, longest: int) -> list[str]:
    """The lines of a message without the marks and numbers of a list, each with a capital letter.

    Raises DomainError `line_empty`, `line_too_long` (fact `longest`), `lines_too_many` (fact `most`).
    """
    lines = [_MARK.sub("", line) for line in text.splitlines() if any(sign.isalnum() for sign in line)]
    if not lines:
        raise DomainError("line_empty")
    if len(lines) > most:
        raise DomainError("lines_too_many", most=most)
    return [read_line(line, longest) for line in lines]


def read_line(text: str, longest: int) -> str:
    """Dictated words with a capital letter. Raises DomainError `line_empty`, `line_too_long`."""
    line = tidy_line(text, longest)
    return line[:1].upper() + line[1:]


def read_number(text: str) -> int:
    """«3», «№ 3». Raises DomainError `number_not_understood`."""
    found = re.fullmatch(r"[^0-9]*([0-9]{1,3})[^0-9]*", text.strip())
    if found is None or int(found[1]) == 0:
        raise DomainError("number_not_understood")
    return int(found[1])


def signed(name: str) -> str:
    """A name as it stands beside a signature: «Н. В. Орлова»; what is no name stays as it is."""
    if found := _SHORT.fullmatch(name):
        return " ".join([*_INITIAL.findall(found[2]), found[1]])
    try:
        return parse_full_name(name).signing
    except DomainError:
        return name


def listed(name: str) -> str:
    """A name as a list has it: «Орлова Н. В.»; what is no full name stays as it is."""
    try:
        return parse_full_name(name).short
    except DomainError:
        return name


def within_sentence(text: str) -> str:
    """What was decided as it stands within a sentence: «утвердить план», not «Утвердить план». What begins
    with no infinitive stays as it is: it may be a name."""
    return text[:1].lower() + text[1:] if _INFINITIVE.match(text) else text


def as_sentence(text: str) -> str:
    """The words with a full stop."""
    return text if text.endswith(_ENDS) else f"{text}."


def without_stop(text: str) -> str:
    """The words as they stand within a sentence; the point of an initial («Соколова М. И.») or of a shortened
    word stays."""
    bare = text.rstrip(".;")
    return f"{bare}." if bare != text and _SHORTENED.search(bare) else bare


def _one(decisions: Iterable[Decision], decision_id: int) -> Decision:
    found = next((one for one in decisions if one.id == decision_id), None)
    if found is None:
        raise DomainError("decision_gone")
    return found


def _speaks_of(point: str, theme: str) -> bool:
    """Whether a point of the agenda has a talk's theme in it."""
    wanted = re.escape(within_quotes(theme).casefold())
    return re.search(rf"(?<!\w){wanted}(?!\w)", within_quotes(point).casefold()) is not None


def _names(text: str, day: date) -> bool:
    """Whether these words mean the same day when they are said in another month."""
    another = date(day.year, 1, 1) if day.month > 1 else date(day.year - 1, 12, 1)
    return read_deadline(text, another) == day


def _check_room(wanted: int) -> None:
    if wanted > MOST_DECISIONS:
        raise DomainError("decisions_full", most=MOST_DECISIONS)
