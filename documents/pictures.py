"""Numbers of a school year as pictures that are read on a telephone: big letters, few colours.

The colours are Okabe and Ito's: people who see red and green alike tell them apart.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.printable import plain
from domain.reports import Gathering, SchoolSeen, SchoolYear, coverage
from domain.school_names import short_title
from domain.turnout import natural_order

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_BLUE, _ORANGE, _GREY = "#0072B2", "#E69F00", "#BBBBBB"
_WIDTH, _DOTS = 8.0, 150  # inches, and dots of each
_LETTERS, _BIG = 15, 19  # points
# So many bars are told apart; more meetings are put together by month, more schools summed up.
_MOST_BARS, _MOST_SCHOOLS = 18, 25
_TITLE = 26  # letters of a school
_MONTHS = "янв фев мар апр май июн июл авг сен окт ноя дек".split()


def draw_attendance(year: SchoolYear) -> bytes:
    """How many were at each meeting that was called over, as .png: those with a record, and above them
    guests; of many meetings the average of each month. There must be one."""
    bars = _by_meeting(year)
    said = "Сколько человек было на встречах"
    if len(bars) > _MOST_BARS:
        bars, said = _by_month(year), "Сколько бывало на встречах, в среднем"
    figure, axes = _canvas(6.5)
    at = range(len(bars))
    members, guests = [one.members for one in bars], [one.guests for one in bars]
    axes.bar(at, members, color=_BLUE, label="Из списка")
    if any(guests):
        axes.bar(at, guests, bottom=members, color=_ORANGE, label="Гости")
        figure.legend(loc="outside lower center", ncols=2, fontsize=_LETTERS, frameon=False)
    tallest = max(one.members + one.guests for one in bars)
    for place, one in enumerate(bars):
        both = one.members + one.guests
        axes.text(place, both + tallest * 0.015, f"{both:.0f}", ha="center", fontsize=_LETTERS)
    axes.set_ylim(0, max(tallest, 1) * 1.12)
    axes.set_xlim(-0.6, max(len(bars), 4) - 0.4)  # a single bar is no wall
    axes.set_xticks(list(at), [one.label for one in bars], fontsize=_LETTERS if len(bars) < 12 else 12)
    axes.set_yticks([])
    return _finished(figure, axes, f"{said}, {year.label}")


def draw_coverage(year: SchoolYear) -> bytes:
    """At how many of the meetings that were called over somebody of each school was, as .png: the most seen
    above, alike ones in the order of their names, beyond 25 summed up. There must be such a meeting."""
    seen = coverage(year)
    bars, summed_up = bars_of(seen.schools)
    figure, axes = _canvas(1.8 + 0.42 * max(len(bars), 3))
    at = range(len(bars))
    colours = [_BLUE] * (len(bars) - summed_up) + [_GREY] * summed_up
    axes.barh(at, [value for _, value in bars], color=colours)
    for place, (_, value) in enumerate(bars):
        number = f"{value:.1f}".removesuffix(".0").replace(".", ",")
        axes.text(value + seen.called * 0.01, place, number, va="center", fontsize=_LETTERS)
    axes.set_yticks(list(at), [label for label, _ in bars], fontsize=_LETTERS, parse_math=False)
    axes.set_ylim(max(len(bars), 3) - 0.4, -0.6)
    axes.set_xlim(0, seen.called * 1.08)
    axes.set_xticks([])
    return _finished(figure, axes, f"На скольких встречах из {seen.called} была школа, {year.label}")


def bars_of(schools: Sequence[SchoolSeen]) -> tuple[list[tuple[str, float]], bool]:
    """The bars of schools, each with its name and at how many meetings it was seen, the most seen first and
    alike ones by name; whether the last one sums up the rest."""
    ordered = sorted(schools, key=lambda one: (-one.seen, natural_order(short_title(one.title))))
    rest = ordered[_MOST_SCHOOLS - 1 :] if len(ordered) > _MOST_SCHOOLS else []
    bars = [(_label(one.title), float(one.seen)) for one in ordered[: len(ordered) - len(rest)]]
    if rest:
        bars.append((f"Остальные {len(rest)}, в среднем", sum(one.seen for one in rest) / len(rest)))
    return bars, bool(rest)


def _label(school: str) -> str:
    """What people call it; of what is still too long the beginning, with its number."""
    title = plain(short_title(school))
    number = re.search(r"№\s*\d+", title)
    if len(title) <= _TITLE or number is None or number.end() < _TITLE:
        return plain(title, _TITLE)
    return f"{plain(title, _TITLE - len(number[0]) - 1)} {number[0]}"


@dataclass(frozen=True, slots=True)
class _Bar:
    """A meeting, or the average of a month's."""

    label: str
    members: float
    guests: float


def _by_meeting(year: SchoolYear) -> list[_Bar]:
    days = [one.event.period.first_day for one in year.rolled]
    labels = [f"{day.day}\n{_MONTHS[day.month - 1]}" for day in days]
    return [_Bar(label, *_there(year, one)) for label, one in zip(labels, year.rolled, strict=True)]


def _by_month(year: SchoolYear) -> list[_Bar]:
    months: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one in year.rolled:
        day = one.event.period.first_day
        months.setdefault((day.year, day.month), []).append(_there(year, one))
    return [
        _Bar(_MONTHS[month - 1], *(sum(those) / len(those) for those in zip(*counts, strict=True)))
        for (_, month), counts in months.items()
    ]


def _there(year: SchoolYear, one: Gathering) -> tuple[int, int]:
    """How many of those with a record were there, and how many guests."""
    known = {person.person_id for person in year.people}
    members = sum(person in known for person in one.people_there)
    return members, one.there - members


def _canvas(height: float) -> tuple[Figure, Axes]:
    # Heavy, and of no use until somebody asks for a picture: imported only then.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), dpi=_DOTS, layout="constrained")
    return figure, figure.subplots()


def _finished(figure: Figure, axes: Axes, title: str) -> bytes:
    figure.suptitle(title, fontsize=_BIG, fontweight="bold", x=0.02, ha="left", wrap=True)
    axes.spines[["top", "right", "left" if axes.get_yticks().size == 0 else "bottom"]].set_visible(False)
    axes.tick_params(length=0)
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()
