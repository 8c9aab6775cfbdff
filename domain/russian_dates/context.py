"""What stands around the words and fills in what they leave out: the plan's year, the table's month, and
what neighbouring words say once for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from domain.period import Period
from domain.plan_draft import FIRST_MONTH
from domain.russian_dates.nodes import (
    TABLE_MONTH,
    By,
    CalendarYear,
    Dated,
    Node,
    Part,
    Point,
    SchoolYear,
    Span,
    Weeks,
    parts_of,
    with_parts,
)


@dataclass(frozen=True, slots=True)
class Context:
    """The plan's year, by its first calendar year or as a calendar year, and the month of the table."""

    school_year: int | None = None
    calendar_year: int | None = None
    table_month: tuple[int, int] | None = None

    def year_of(self, month: int) -> int | None:
        """The year of a month that was named without one; None if nothing tells it."""
        if self.calendar_year is not None:
            return self.calendar_year
        if self.school_year is not None:
            return self.school_year if month >= FIRST_MONTH else self.school_year + 1
        if self.table_month is not None:
            year, table = self.table_month
            return min((year, year + 1, year - 1), key=lambda it: abs((it - year) * 12 + month - table))
        return None

    def holds(self, period: Period) -> bool:
        """Whether the period lies in the plan's year, the summers around it included."""
        if self.school_year is None:
            return True
        first, last = date(self.school_year, 6, 1), date(self.school_year + 1, 8, 31)
        return first <= period.first_day and period.end <= last

    @property
    def end(self) -> date | None:
        """The last day of lessons."""
        year = self.year_of(5)
        return None if year is None else date(year, 5, 31)


def in_context(nodes: Sequence[Node], context: Context) -> tuple[list[Node], Context]:
    """The nodes with what one says for another, and the context with what they say for themselves."""
    context = _year_named(nodes, context)
    return _years_shared(_months_shared(nodes), context), context


def _year_named(nodes: Sequence[Node], context: Context) -> Context:
    """A school year that stands among the words counts for them."""
    named = [node.first for node in nodes if isinstance(node, SchoolYear)]
    if len(named) == 1 and any(isinstance(node, Dated) for node in nodes):
        return replace(context, school_year=named[0], calendar_year=None)
    return context


def _months_shared(nodes: Sequence[Node]) -> Sequence[Node]:
    """«октябрь, 2-я неделя», «май (в течение месяца)»: a month that is named stands for «the month»."""
    exact = [
        node for node in nodes if isinstance(node, Point | Span) and all(it.day for it in parts_of(node))
    ]
    if len(exact) == 1 and all(part.month for part in parts_of(exact[0])[-1:]):
        # «4 неделя (20–24 октября)»: whose week it is, its days say.
        nodes = [node for node in nodes if not (isinstance(node, Weeks) and node.part.month is None)]
    months = [node for node in nodes if isinstance(node, Point) and node.part.month and not node.part.day]
    vague = [node for node in nodes if any(part.month is None for part in parts_of(node))]
    if not months or not vague:
        return nodes
    if all(node == Point(TABLE_MONTH) for node in vague):
        return [node for node in nodes if node not in vague]
    if len(months) > 1:
        return nodes
    month = months[0]
    # «ноябрь, до 20-го»: the month is said for itself as well, and the deadline will end it.
    kept = any(isinstance(node, By) for node in vague)
    return [
        with_parts(node, lambda part: replace(month.part, day=part.day)) if node in vague else node
        for node in nodes
        if kept or node is not month
    ]


def _years_shared(nodes: Sequence[Node], context: Context) -> list[Node]:
    """A year said once counts for the dates around it, in the order of time, where nothing else gives it."""
    years = [node.year for node in nodes if isinstance(node, CalendarYear)]
    if len(years) == 1:
        return [with_parts(node, lambda part: replace(part, year=part.year or years[0])) for node in nodes]
    if context.year_of(1) is not None:
        return list(nodes)
    # From a year back to what stands before it («сентябрь, май 2022 г.»), then on to what follows.
    back = _years_passed_on(reversed(nodes), backwards=True)
    return _years_passed_on(reversed(back), backwards=False)


def _years_passed_on(nodes: Iterable[Node], backwards: bool) -> list[Node]:
    passed: list[Node] = []
    known: Part | None = None
    for node in nodes:
        parts = parts_of(node)
        if known is not None and parts and all(part.year is None and part.month for part in parts):
            node = with_parts(node, partial(_next_to, known, backwards))
        if dated := [part for part in parts_of(node) if part.year and part.month]:
            known = dated[0] if backwards else dated[-1]
        passed.append(node)
    return passed


def _next_to(known: Part, backwards: bool, part: Part) -> Part:
    """The part in the last year before the known one, or the first after it."""
    year = known.year or 0
    if backwards:
        return replace(part, year=year - (part.in_year > known.in_year))
    return replace(part, year=year + (part.in_year < known.in_year))
