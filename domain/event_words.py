"""A meeting in a coordinator's words: «семинар 15 ноября 14:00 СОШ 183», and what is still missing of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from typing import Any

from domain.errors import DomainError
from domain.period import Period, Precision
from domain.places import Place, is_online, read_place
from domain.plan_draft import Kind, period_as_json, period_from_json
from domain.records import Event, Invited, Mode
from domain.russian_dates import Hours, names_hour, part_moment, part_words, read_clock, read_hours

LONGEST_TITLE = 200
LONGEST_LINE = 600
# Who holds it, whom to ask.
LONGEST_FIELD = 200

_KIND_WORDS = (
    r"заседани\w*|семинар\w*|вебинар\w*|совещани\w*|мастер[- ]?класс\w*|практикум\w*|тренинг\w*|конкурс\w*"
    r"|собрани\w*|встреч\w*|конференци\w*|круглый стол|круглого стола|форум\w*|педсовет\w*|олимпиад\w*"
    r"|фестивал\w*|викторин\w*"
)
_SOME_KIND = re.compile(rf"«|\"|\b(?:{_KIND_WORDS})\b", re.IGNORECASE)
_KIND_NAMED = re.compile(rf"\b(?:{_KIND_WORDS})\b", re.IGNORECASE)
_KIND_ALONE = re.compile(rf"(?:{_KIND_WORDS})(?:\s+(?:рмо|гмо|шмо))?", re.IGNORECASE)
# A house with a number is a place wherever it stands; the others where a part of the line begins with them.
_NUMBERED = re.compile(
    r"(?:\b(?:в|во|на базе)\s+)?\b(?:(?:мб|ма|мк|м)?оу\s+)?"
    r"(?:сош|оош|нош|лице[йяею]|гимнази[яиюей]{1,2}|школ[аеуы]|цод|д/с|оу)\s*(?:№|n)?\s*\d",
    re.IGNORECASE,
)
_HOUSE = (
    r"(?:онлайн\b|zoom\b|https?://|вход\b|взять\b|возьмите\b|с собой\b|ул\.|улица\b|просп\w*|каб\.|кабинет\w*"
    r"|ауд\.|актов\w+ зал\w*|(?:м[бак]у|мбоу|маоу|мкоу)\b"
    r"|(?:[\w-]+\s+){0,2}(?:библиотек[аеу]|центре?|доме?|лице[йе]|гимнази[яию]|школ[аеу]|музе[йе]|зале?"
    r"|цбс|цдб|ибц|дк|ддт|двор\w+)\b)"
)
_OPENS = re.compile(rf"(?:(?:в|во|на базе|место)\b[\s:–]*)?{_HOUSE}", re.IGNORECASE)
_PARTS = re.compile(r"«[^»]*»|\"[^\"]*\"|[\n,;]")
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"")
_HOLDS = re.compile(
    r"[\s,;(]*\b(?:отв(?:етственн\w+|\.)|провод[яи]т|ведущ(?:ий|ая)|вед[её]т)[\s:–-]+([^,;\n)«]+)\)?",
    re.IGNORECASE,
)
# «состоится семинар»: that it will take place goes without saying.
_TAKES_PLACE = re.compile(
    rf"^(?:состоится|пройд[её]т|проводится|будет)\s+(?=(?:{_KIND_WORDS})\b)", re.IGNORECASE
)
_UNTIL = re.compile(r"(?:до|конец(?:\s+в)?)\s+(.+)", re.IGNORECASE)
# What is written like an hour and was not read as one: «25:70»; within quotation marks anything may stand.
_NO_HOUR = re.compile(r"«[^»]*»|\"[^\"]*\"|(?P<hour>(?<![\d:.])\d{1,2}:\d{2}(?![\d:]))")
_SEPARATORS = " ,;:.–-\n"


@dataclass(frozen=True, slots=True)
class EventDraft:
    """A meeting as far as it is known before it is made.

    `period` is its day, its days, or the month in which a day will be named; `hours` belong to a day. What
    the coordinator leaves open on purpose (`place_open`) is not asked for again.
    """

    title: str = ""
    kind: Kind | None = None
    period: Period | None = None
    hours: Hours | None = None
    venue: str = ""
    entrance: str = ""
    bring: str = ""
    mode: Mode = Mode.ONSITE
    link: str = ""
    responsible: str = ""
    contact: str = ""
    audience: str = ""
    place_open: bool = False
    # Whom it is for; the group where it is for one.
    invited: Invited = Invited.EVERYBODY
    group_id: int | None = None

    @property
    def missing(self) -> str | None:
        """What is to be asked next: «title», «day», «place»; None where nothing is."""
        if not self.title:
            return "title"
        if self.period is None:
            return "day"
        if not (self.venue or self.link or self.mode is Mode.ONLINE or self.place_open):
            return "place"
        return None

    def dated(self, usual: time) -> Period:
        """When it is: a day with its own hours, or from the usual one on. Raises ValueError while it has no
        day, nor a month."""
        if self.period is None:
            raise ValueError("the day is still to be asked for")
        if self.period.precision is not Precision.DAY:
            return self.period
        start, end = self.hours or (usual, None)
        return Period.at(self.period.end, start, end)

    def named(self, text: str) -> EventDraft:
        """With this title. Raises DomainError `title_empty`, `title_too_long` with the fact `longest`."""
        return replace(self, title=read_title(text), kind=None)

    def on(self, period: Period) -> EventDraft:
        """On another day, or in a month; a day without an hour keeps the hours that were named."""
        if period.start_time is None:
            return replace(self, period=period)
        return replace(self, period=Period.day(period.end), hours=(period.start_time, period.end_time))

    def at(self, place: Place) -> EventDraft:
        """Somewhere else; in another room of the house, where only a room is named."""
        place = place.within(self.venue, self.entrance)
        changes: dict[str, Any] = place.as_changes(mixed=self.mode is Mode.MIXED)
        return replace(self, **changes)

    def but_title(self, text: str, today: date) -> tuple[EventDraft, str]:
        """With everything that a line says but its title, and the words of that, empty where it names none.

        Raises DomainError `line_too_long`, `times_not_understood`, those of `read_moment` and of
        `read_place`.
        """
        _check_length(text)
        parted = part_moment(text, today)
        if parted.hours is None and any(found["hour"] for found in _NO_HOUR.finditer(parted.rest)):
            raise DomainError("times_not_understood")
        draft, title = self._but_moment(parted.rest)
        if parted.period is not None:
            draft = draft.on(parted.period)
        elif parted.hours is not None:
            draft = replace(draft, hours=parted.hours)
        return draft, title

    def but_moment(self, text: str, today: date) -> tuple[EventDraft, str]:
        """The same of a line whose moment cannot be: with everything else that it says, and its title. Raises
        DomainError `line_too_long` and those of `read_place`."""
        _check_length(text)
        return self._but_moment(part_words(text, today)[1])

    def _but_moment(self, rest: str) -> tuple[EventDraft, str]:
        draft = self
        if (held := _HOLDS.search(rest)) is not None:
            rest = rest[: held.start()] + rest[held.end() :]
            draft = replace(draft, responsible=read_line(held[1]))
        title, place = split_place(rest, titled=bool(self.title))
        return (draft.at(read_place(place)) if place else draft), title

    def as_facts(self) -> dict[str, Any]:
        """As plain JSON values, to be kept with a dialogue."""
        facts = asdict(self)
        facts["period"] = None if self.period is None else period_as_json(self.period)
        facts["hours"] = None if self.hours is None else [one and one.isoformat() for one in self.hours]
        return facts

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> EventDraft:
        """What `as_facts` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        said = dict(facts)
        said["kind"] = None if said["kind"] is None else Kind(said["kind"])
        said["period"] = None if said["period"] is None else period_from_json(said["period"])
        said["mode"] = Mode(said["mode"])
        said["invited"] = Invited(said.get("invited", Invited.EVERYBODY))
        if said["hours"] is not None:
            start, end = said["hours"]
            said["hours"] = time.fromisoformat(start), None if end is None else time.fromisoformat(end)
        return cls(**said)

    @classmethod
    def copy_of(cls, event: Event) -> EventDraft:
        """The same once more, on a day that is still to be named."""
        period = event.period
        return cls(
            title=event.title,
            kind=event.kind,
            hours=None if period.start_time is None else (period.start_time, period.end_time),
            venue=event.venue,
            entrance=event.entrance,
            bring=event.bring,
            mode=event.mode,
            link=event.link,
            responsible=event.responsible,
            contact=event.contact,
            audience=event.audience,
            place_open=True,
            invited=event.invited,
            group_id=event.group_id,
        )


def _check_length(text: str) -> None:
    if len(text) > LONGEST_LINE:
        raise DomainError("line_too_long", longest=LONGEST_LINE)


def read_title(text: str) -> str:
    """A title on one line, with a capital letter. Raises DomainError `title_empty`, `title_too_long` with the
    fact `longest`."""
    title = " ".join(text.split())
    if not any(sign.isalnum() for sign in title):
        raise DomainError("title_empty")
    if len(title) > LONGEST_TITLE:
        raise DomainError("title_too_long", longest=LONGEST_TITLE)
    return title[:1].upper() + title[1:]


def read_line(text: str) -> str:
    """A name, a telephone number and the like on one line; empty for «нет». Raises DomainError
    `line_too_long` with the fact `longest`."""
    line = " ".join(text.split())
    if len(line) > LONGEST_FIELD:
        raise DomainError("line_too_long", longest=LONGEST_FIELD)
    return "" if line.strip(" .!–-").lower() in {"", "нет", "убрать"} else line


def names_meeting(text: str) -> bool:
    """Whether a line says what sort of meeting it is about, and asks nothing."""
    return "?" not in text and _KIND_NAMED.search(text) is not None


def names_house(text: str) -> bool:
    """Whether words begin with a house, a street, a room, or have a school with its number in them."""
    return _NUMBERED.search(text) is not None or _OPENS.match(text.strip()) is not None


def may_be_called(title: str, line: str) -> bool:
    """Whether a line may speak of the meeting with this title: it has its name in quotation marks, or none
    at all."""
    names = [found[0][1:-1].strip().casefold() for found in _QUOTED.finditer(line)]
    return not names or any(re.search(rf"\b{re.escape(name)}\b", title.casefold()) for name in names)


def names_hour_and_place(text: str, today: date) -> bool:
    """Whether a line has an hour, though it may be none that can be, and a place."""
    words, rest = part_words(text, today)
    return names_hour(words) and bool(split_place(rest)[1])


def moment_of_line(text: str, today: date) -> Period | None:
    """The day with its hour that a line about a meeting names, whatever numbers its title, its place and its
    link hold; None where it names no such moment, or one that cannot be."""
    try:
        period = part_moment(text, today).period
    except DomainError:
        return None
    return period if period is not None and period.start_time else None


def place_of_line(text: str, today: date, *, titled: bool = False) -> Place | None:
    """The place that a line about a meeting names; None where it names none, or one that cannot be. `titled`
    as in `split_place`."""
    try:
        rest = _HOLDS.sub("", part_moment(text, today).rest)
        place = split_place(rest, titled=titled)[1]
        return read_place(place) if place else None
    except DomainError:
        return None


def split_place(rest: str, *, titled: bool = False) -> tuple[str, str]:
    """A line without its date into the title and the words about the place; either may be empty. `titled`
    says that there is a title already: «Дом творчества» alone is a place then, and no name of a meeting."""
    start = _place_start(rest, titled=titled)
    if start is None:
        return _title_of(rest), ""
    before, place = rest[:start], rest[start:]
    if not before.strip(_SEPARATORS):
        # «СОШ 183, семинар «…»»: the place stands first.
        later = next((at for at in _beginnings(place) if at and _SOME_KIND.match(place, at)), None)
        if later is not None:
            return _title_of(place[later:]), _tidy_place(place[:later])
    return _title_of(before), _tidy_place(place)


def _tidy_place(words: str) -> str:
    """«в СОШ 183» is «СОШ 183»; «в школе 45» stays as it is said."""
    place = re.sub(r"^(?:в|во|на базе)\s+(?=[А-ЯЁ])", "", words.strip(_SEPARATORS))
    place = re.sub(r"\b(?:сош|оош|нош|мбоу|маоу|мкоу|цбс)\b", lambda found: found[0].upper(), place)
    return place[:1].upper() + place[1:] if not place.startswith("http") else place


def _place_start(rest: str, *, titled: bool) -> int | None:
    quoted = [found.span() for found in _PARTS.finditer(rest) if len(found[0]) > 1]
    starts = [
        found.start()
        for found in _NUMBERED.finditer(rest)
        if not any(first <= found.start() < last for first, last in quoted)
    ]
    for at in _beginnings(rest):
        # What a line begins with is its title, unless that is known or still to come.
        may_be_place = at > 0 or titled or any(_SOME_KIND.match(rest, later) for later in _beginnings(rest))
        opens = _OPENS.match(rest, at) or is_online(_part(rest, at))
        if may_be_place and opens and not _SOME_KIND.match(rest, at):
            starts.append(at)
    # «заседание в библиотеке имени Чехова»: right after the word that says what it is.
    alone = _KIND_ALONE.match(rest)
    if alone is not None and (
        after := re.match(rf"\s+(?=(?:в|во|на базе)\s+{_HOUSE})", rest[alone.end() :], re.IGNORECASE)
    ):
        starts.append(alone.end() + after.end())
    # «семинар онлайн», «семинар «Книга и экран» онлайн».
    ends = [*([] if alone is None else [alone.end()]), *(last for _, last in quoted)]
    starts += [end for end in ends if is_online(_part(rest, end))]
    return min(starts, default=None)


def _beginnings(rest: str) -> list[int]:
    """Where the parts of a line begin: its start, and what follows a mark or a gap outside quotes."""
    ends = [0, *(found.end() for found in _PARTS.finditer(rest) if len(found[0]) == 1)]
    return [end + len(rest[end:]) - len(rest[end:].lstrip()) for end in ends]


def _part(rest: str, at: int) -> str:
    """The part of a line from here on, up to its next mark or gap; what stands in quotes is in it."""
    ends = (found.start() for found in _PARTS.finditer(rest, at) if len(found[0]) == 1)
    return rest[at : next(ends, len(rest))]


def _title_of(words: str) -> str:
    """«семинар», then after the date its theme: «Семинар: правовые основы»."""
    parts = [_TAKES_PLACE.sub("", part.strip(_SEPARATORS)) for part in words.split("\n")]
    parts = [part for part in parts if part]
    if len(parts) > 1 and _KIND_ALONE.fullmatch(parts[0]) and not parts[1].startswith("«"):
        parts[0] += ":"
    return " ".join(parts)


def read_times(text: str, present: Hours | None) -> Hours:
    """When it begins and ends, as it is typed: «14:00–16:00»; «15:00», and its end is not known; «до 17:00»,
    and it begins at the present hour.

    Raises DomainError `times_not_understood`, `end_before_start`.
    """
    until = _UNTIL.fullmatch(text.strip(" .,!"))
    try:
        if until is not None and present is not None:
            start, end = present[0], read_clock(until[1])
        elif "-" in text or "–" in text or " до " in text:
            start, end = read_hours(text)
        else:
            return read_clock(text), None
    except DomainError:
        raise DomainError("times_not_understood") from None
    if end <= start:
        raise DomainError("end_before_start")
    return start, end
