"""Nodes: the things an author says, each as far as it was said and no further."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from enum import Enum, auto
from typing import TypeAlias, overload

from domain.russian_dates.words import Token


@dataclass(frozen=True, slots=True)
class Part:
    """A date with whatever of it was said. Without a month it is the month of the table."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    slip: str | None = None  # the month's name as it was misspelt

    @property
    def in_year(self) -> tuple[int, int]:
        """Where in a year it stands, to be compared with another."""
        return self.month or 0, self.day or 0


TABLE_MONTH = Part()


@dataclass(frozen=True, slots=True)
class Point:
    """«15 ноября», «ноябрь 2026 г.», «15.11»."""

    part: Part


@dataclass(frozen=True, slots=True)
class Span:
    """«с 1 по 15 октября», «октябрь – ноябрь»."""

    first: Part
    last: Part


@dataclass(frozen=True, slots=True)
class By:
    """«до 15 сентября»; `whole` means to the end of what is named («до конца ноября»)."""

    part: Part
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """«с 1 сентября», and no end."""

    part: Part


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks of a month, counted from 1; -1 is the last."""

    first: int
    last: int
    part: Part


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a month by its days; `rough` where the words are («в конце ноября»), `until` where it ends
    in another month («конец марта – начало апреля»)."""

    first: int
    last: int
    part: Part
    rough: bool = False
    until: Part | None = None


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """«третья среда ноября»; -1 is the last."""

    nth: int
    weekday: int
    part: Part


@dataclass(frozen=True, slots=True)
class Term:
    """School terms «I–II четверть», counted from 0."""

    noun: str
    first: int
    last: int
    year: int | None  # a calendar year that stands beside it


@dataclass(frozen=True, slots=True)
class Season:
    """«осенью 2026 г.»."""

    stem: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Holidays:
    """«осенние каникулы», or «каникулы» alone."""

    stem: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """«в конце учебного года», «до конца года»: rough; asked about unless it is `sure` what is meant."""

    words: str
    months: tuple[int, int]
    by: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """«14:00», «с 14 до 16»; `may_be_day` where the figures may be a second date («15 ноября, 10.10»)."""

    start: time
    end: time | None
    may_be_day: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """«1 раз в четверть», «ежемесячно»; `often` by days or weeks («по средам»), `onward` after what stands
    before it («сентябрь, далее ежемесячно»)."""

    yearly: bool = False
    often: bool = False
    onward: bool = False


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """«2026/2027 учебный год», by its first year."""

    first: int


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """«2026 год»."""

    year: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """«среда», Monday as 0."""

    weekday: int


@dataclass(frozen=True, slots=True)
class ItemNumber:
    """«1.24 ноября»: the number of a list's item, glued to the day."""

    words: str


class Said(Enum):
    """What is said whole, with nothing to fill in."""

    YEAR_ROUND = auto()
    TO_BE_NAMED = auto()
    ELSEWHERE = auto()  # the date stands in another paper: «по графику ФЦТ», «по согласованию»
    NOTHING = auto()  # «в течение» before something that says it better


@dataclass(frozen=True, slots=True)
class Loose:
    """A token that belongs to nothing."""

    token: Token


Dated: TypeAlias = Point | Span | By | Since | Weeks | Stretch | NthWeekday | Term | Season | Edge
Node: TypeAlias = (
    Dated | Holidays | Clock | Rhythm | SchoolYear | CalendarYear | Weekday | ItemNumber | Said | Loose
)


def parts_of(node: Node) -> tuple[Part, ...]:
    """The dates in a node, as they were said."""
    match node:
        case Span(first, last):
            return first, last
        case Stretch(part=first, until=Part() as last):
            return first, last
        case Point() | By() | Since() | Weeks() | Stretch() | NthWeekday():
            return (node.part,)
        case _:
            return ()


@overload
def with_parts(node: Dated, change: Callable[[Part], Part]) -> Dated: ...
@overload
def with_parts(node: Node, change: Callable[[Part], Part]) -> Node: ...
def with_parts(node: Node, change: Callable[[Part], Part]) -> Node:
    """The node with every date in it changed."""
    match node:
        case Span(first, last):
            return Span(change(first), change(last))
        case Stretch(part=first, until=Part() as last):
            return replace(node, part=change(first), until=change(last))
        case Point() | By() | Since() | Weeks() | Stretch() | NthWeekday():
            return replace(node, part=change(node.part))
        case Term() | Season():
            return replace(node, year=change(Part(year=node.year)).year)
        case _:
            return node
