"""A plan that was read against the plan that stands: which rows are the same, and what differs in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from domain.period import Period, Precision
from domain.plan_draft import About, ActivityDraft, PlanDraft, Said
from domain.plan_questions import EVERYBODY, GATHERING, TASK

# Titles so near are one title edited: a corrected ending or a word put in leaves about 90 in 100, while the
# nearest two different titles of a real plan share 64 (docs/decisions/0034).
_NEAR = 80.0
# Where the number and the section are the same too, a theme may be another one.
_NEAR_IN_PLACE = 60.0
# What else speaks for two rows being one, weighed against the nearness of their titles (0 to 100). The same
# title outweighs the same number, since rows put in renumber all that follow; the same dates outweigh the
# same number for the same reason. The rest tells twins apart.
_SAME_TITLE, _SAME_DATES, _SAME_NUMBER, _SAME_SECTION, _SAME_REST = 40, 40, 25, 10, 5
_REST = ("venue", "responsible", "audience", "outcome", "kind", "when_text")
_WHERE_AND_WHO = 2  # the first of these


class Field(StrEnum):
    """What can differ."""

    ROW = "row"  # the row is in one of the plans alone
    NUMBER = "number"
    SECTION = "section"
    TITLE = "title"
    KIND = "kind"
    GATHERS = "gathers"  # a task that people come together for, or the other way round
    INVITED = "invited"  # whom a gathering is for, by her word
    AUDIENCE = "audience"
    PERIOD = "period"  # one of the row's dates: another one, a new one, one no more
    PARTED = "parted"  # one of the row's dates has a row of its own now
    UNITED = "united"  # the row is one of another row's dates now
    WHEN = "when"  # work for all the year, a rhythm, words that hold no date
    VENUE = "venue"
    RESPONSIBLE = "responsible"
    OUTCOME = "outcome"


_TEXTS = (
    Field.NUMBER,
    Field.TITLE,
    Field.KIND,
    Field.AUDIENCE,
    Field.VENUE,
    Field.RESPONSIBLE,
    Field.OUTCOME,
)
_OF_WHEN = frozenset({Field.PERIOD, Field.PARTED, Field.UNITED, Field.WHEN})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that can be taken or left. `old` and `new` are the row's places in the two plans, None where
    it is in one alone; `before` and `after` are what stands there: a Period or words, None for a period that
    is in one alone; of what a row is, and whom it is for, the words of domain.plan_questions. Of a date that
    goes from one row to another: the two rows, the date and a title."""

    field: Field
    old: int | None
    new: int | None
    before: Period | str | None = None
    after: Period | str | None = None


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """Which rows are the same (their places in the two plans), and every difference, in the new plan's
    order."""

    pairs: tuple[tuple[int, int], ...]
    differences: tuple[Difference, ...]

    @property
    def added(self) -> int:
        """How many rows are new."""
        return sum(one.old is None for one in self.differences)

    @property
    def missing(self) -> int:
        """How many rows are there no more."""
        return sum(one.new is None for one in self.differences)

    @property
    def changed(self) -> int:
        """How many rows stand in both and differ."""
        return len({one.old for one in self.differences if one.field is not Field.ROW})


@dataclass(frozen=True, slots=True)
class Merged:
    """A plan with some differences taken. `origins` and `places` tell of each row its place in the stored
    plan and in the new one; None where it is not there."""

    draft: PlanDraft
    origins: tuple[int | None, ...]
    places: tuple[int | None, ...]


_Placed = tuple[ActivityDraft, int | None, int | None]


def compare(stored: PlanDraft, new: PlanDraft) -> PlanDiff:
    """What differs between the plan that stands and one that was read."""
    pairs = _pairs(stored.activities, new.activities)
    olds, places = {j: i for i, j in pairs}, {i for i, _ in pairs}
    found: list[Difference] = []
    for j, row in enumerate(new.activities):
        if j in olds:
            found += _changes(olds[j], j, stored.activities[olds[j]], row)
        else:
            found.append(Difference(Field.ROW, None, j, after=row.title))
    found += [
        Difference(Field.ROW, i, None, before=row.title)
        for i, row in enumerate(stored.activities)
        if i not in places
    ]
    return PlanDiff(tuple(pairs), tuple(_handed_on(stored, new, found)))


def merge(stored: PlanDraft, new: PlanDraft, diff: PlanDiff, taken: Collection[Difference]) -> Merged:
    """The plan once these differences are taken and the others left: rows in the new plan's order, each of
    those that are left and not in it after the row that it stood after."""
    olds, taken = {j: i for i, j in diff.pairs}, frozenset(taken)
    rows: list[_Placed] = []
    for j, row in enumerate(new.activities):
        if j in olds:
            i = olds[j]
            ours = [one for one in diff.differences if one.new == j]
            ours += [one for one in diff.differences if one.field is Field.PARTED and one.old == i]
            rows.append((_merged_row(stored.activities[i], row, ours, taken), i, j))
        elif any(one.new == j for one in taken):
            rows.append((row, None, j))
    for one in diff.differences:
        if (one.new is None or one.field is Field.UNITED) and one not in taken:
            assert one.old is not None  # noqa: S101 - a row is in one plan at least
            rows.insert(_place_of(one.old, rows), (stored.activities[one.old], one.old, None))
    draft = replace(
        new,
        school_year=stored.school_year,
        activities=tuple(row for row, _, _ in rows),
        together=tuple(pair for pair in _moved(stored.together, [i for _, i, _ in rows]) if pair),
        answers=_answers(stored, new, rows, taken),
    )
    return Merged(draft, tuple(i for _, i, _ in rows), tuple(j for _, _, j in rows))


def _moved(
    answers: Iterable[tuple[int, ...]], places: Sequence[int | None]
) -> Iterator[tuple[int, ...] | None]:
    """Rows by where they stand now; None where one of them stands no more."""
    now = {place: at for at, place in enumerate(places) if place is not None}
    for rows in answers:
        yield tuple(sorted(now[row] for row in rows)) if all(row in now for row in rows) else None


def _answers(
    stored: PlanDraft, new: PlanDraft, rows: Sequence[_Placed], taken: Iterable[Difference]
) -> tuple[Said, ...]:
    """What the coordinator said of the rows that there are now: of when they are, of rows that are new, and
    of what was taken of her word, what she said last; of the rest what their events were made by."""
    turned = {one.new for one in taken if one.field in {Field.GATHERS, Field.INVITED}}
    lately = {at for at, (_, old, j) in enumerate(rows) if old is None or j in turned}
    found: dict[tuple[About, tuple[int, ...]], Said] = {}
    for draft, places in ((stored, [i for _, i, _ in rows]), (new, [j for _, _, j in rows])):
        moved = _moved((said.rows for said in draft.answers), places)
        for said, now in zip(draft.answers, moved, strict=True):
            if now is None:
                continue
            of_new = said.about is not About.TOGETHER and lately.issuperset(now)
            if draft is stored or said.about in {About.YEAR, About.WHEN} or of_new:
                found[said.about, now] = replace(said, rows=now)
    order = list(About)
    return tuple(sorted(found.values(), key=lambda said: (order.index(said.about), said.rows)))


def pair_periods(
    before: Sequence[Period], after: Sequence[Period], *, gathering: bool
) -> list[tuple[Period | None, Period | None]]:
    """Which date became which: equal ones first, then the nearest; None where one has no partner. A deadline
    and a date of a gathering are different things."""
    left, right = list(before), list(after)
    for period in (Counter(before) & Counter(after)).elements():
        left.remove(period)
        right.remove(period)
    near = sorted(
        (abs((one.first_day - other.first_day).days), i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if not gathering or _is_deadline(one) == _is_deadline(other)
    )
    partners: dict[int, int] = {}
    for _, i, j in near:
        if i not in partners and j not in partners.values():
            partners[i] = j
    moved: list[tuple[Period | None, Period | None]] = [
        (one, right[partners[i]] if i in partners else None) for i, one in enumerate(left)
    ]
    return moved + [(None, other) for j, other in enumerate(right) if j not in partners.values()]


def value(row: ActivityDraft, field: Field) -> str:
    """What a row holds in one of its texts, without odd spaces; empty where it holds nothing."""
    return _tidy(getattr(row, field.value))


@dataclass(frozen=True, slots=True)
class _Row:
    """What of a row tells it from others."""

    title: str
    figures: tuple[str, ...]
    number: str
    section: str
    dates: tuple[Period, ...]
    rest: tuple[str, ...]

    @classmethod
    def of(cls, row: ActivityDraft) -> _Row:
        title = " ".join(re.findall(r"\w+", row.title.casefold().replace("ё", "е")))
        return cls(
            title,
            tuple(re.findall(r"\d+", title)),
            _tidy(row.number),
            _tidy(row.section),
            row.periods,
            tuple(_tidy(getattr(row, name)) for name in _REST),
        )

    @property
    def said(self) -> tuple[object, ...]:
        """All but its place in the plan."""
        return self.title, self.dates, self.rest


def _pairs(stored: Sequence[ActivityDraft], new: Sequence[ActivityDraft]) -> list[tuple[int, int]]:
    """The rows that are one, the most alike first."""
    olds, news = [_Row.of(row) for row in stored], [_Row.of(row) for row in new]
    found = _sure(olds, news)
    taken = set(found.values())
    scored = sorted(
        (-score, i, j)
        for i, one in enumerate(olds)
        if i not in found
        for j, other in enumerate(news)
        if j not in taken and (score := _likeness(one, other)) is not None
    )
    for _, i, j in scored:
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return sorted(found.items())


def _sure(olds: Sequence[_Row], news: Sequence[_Row]) -> dict[int, int]:
    """Rows that say the same, and are alone in that: nothing can be more alike, so they need no weighing."""
    counts = Counter(row.said for row in olds), Counter(row.said for row in news)
    places = {row.said: j for j, row in enumerate(news)}
    return {
        i: places[row.said]
        for i, row in enumerate(olds)
        if row.said in places and all(count[row.said] == 1 for count in counts)
    }


def _likeness(one: _Row, other: _Row) -> float | None:
    """How much speaks for two rows being one; None where they cannot be."""
    same_number = bool(one.number) and one.number == other.number
    same_section = one.section == other.section
    in_place = same_number and same_section
    near = _nearness(one, other, _NEAR_IN_PLACE if in_place else _NEAR)
    same_dates = bool(one.dates) and one.dates == other.dates
    # A title written wholly anew is still the same row where all else is as it was. Otherwise it is another
    # row: answers to the one must not become answers to the other.
    as_it_was = in_place and same_dates and one.rest[:_WHERE_AND_WHO] == other.rest[:_WHERE_AND_WHO]
    if not near and not as_it_was:
        return None
    same_rest = sum(ours == theirs for ours, theirs in zip(one.rest, other.rest, strict=True))
    return (
        near
        + _SAME_TITLE * (one.title == other.title)
        + _SAME_DATES * same_dates
        + _SAME_NUMBER * same_number
        + _SAME_SECTION * same_section
        + _SAME_REST * same_rest
    )


def _nearness(one: _Row, other: _Row, least: float) -> float:
    """How near two titles are, of 100; 0 where that is less than it must be at least, or where they name
    different figures."""
    if one.figures and other.figures and one.figures != other.figures:
        return 0.0
    from rapidfuzz import fuzz  # late, so that a bot that starts does without

    return float(fuzz.ratio(one.title, other.title, score_cutoff=least))


def _handed_on(stored: PlanDraft, new: PlanDraft, found: Sequence[Difference]) -> list[Difference]:
    """The same differences; where a date went from one row to another one of nearly the same title, the two
    that say so are one: what was made of the date goes with it."""
    left = list(found)
    for one in (difference for difference in found if difference.field is Field.ROW):
        row = stored.activities[one.old] if one.old is not None else new.activities[one.new or 0]
        periods = row.dates
        for moved in [other for other in left if other.field is Field.PERIOD]:
            if one.old is None and [moved.before, moved.after] == [*periods, None]:
                other, handed = stored.activities[moved.old or 0], (Field.PARTED, moved.old, one.new)
            elif one.new is None and [moved.before, moved.after] == [None, *periods]:
                other, handed = new.activities[moved.new or 0], (Field.UNITED, one.old, moved.new)
            else:
                continue
            if row.gathering == other.gathering and _nearness(_Row.of(row), _Row.of(other), _NEAR_IN_PLACE):
                left[left.index(one)] = Difference(*handed, one.before or periods[0], one.after or periods[0])
                left.remove(moved)
                break
    return left


def _changes(i: int, j: int, one: ActivityDraft, other: ActivityDraft) -> list[Difference]:
    found = [
        Difference(field, i, j, value(one, field), value(other, field))
        for field in _TEXTS
        if value(one, field) != value(other, field)
    ]
    found += _by_her_word(i, j, one, other)
    if _section(one) != _section(other):
        found.append(Difference(Field.SECTION, i, j, *_first_unlike(_section(one), _section(other))))
    return found if _same_when(one, other) else found + _dates(i, j, one, other)


def _by_her_word(i: int, j: int, one: ActivityDraft, other: ActivityDraft) -> Iterator[Difference]:
    """What a row is, and whom it is for: what she said of the plan that stands holds until she says
    otherwise."""
    if other.gathers is not None and one.gathering != other.gathering:
        before, after = (GATHERING if row.gathering else TASK for row in (one, other))
        yield Difference(Field.GATHERS, i, j, before, after)
    elif one.gathering and other.invited is not None and other.invited != (one.invited or EVERYBODY):
        yield Difference(Field.INVITED, i, j, one.invited or EVERYBODY, other.invited)


def _dates(i: int, j: int, one: ActivityDraft, other: ActivityDraft) -> list[Difference]:
    moved = pair_periods(one.dates, other.dates, gathering=one.gathering or other.gathering)
    found = [Difference(Field.PERIOD, i, j, before, after) for before, after in moved]
    if _round_the_year(one) != _round_the_year(other) or not found:
        found.append(Difference(Field.WHEN, i, j, _tidy(one.when_text), _tidy(other.when_text)))
    return found


def _same_when(one: ActivityDraft, other: ActivityDraft) -> bool:
    """Whether the two say the same of when. The same words that hold no date by themselves keep the reading
    that the coordinator gave them."""
    words, same_words = _tidy(other.when_text), _tidy(one.when_text) == _tidy(other.when_text)
    if same_words and words and not (other.periods or other.year_round or other.recurs):
        return True
    return _same_reading(one, other) and (same_words or bool(one.periods) or one.year_round)


def _round_the_year(row: ActivityDraft) -> tuple[bool, str, tuple[Period, ...]]:
    years = tuple(period for period in row.periods if period.precision is Precision.YEAR)
    return row.year_round, _tidy(row.recurs), years


def _merged_row(
    one: ActivityDraft, other: ActivityDraft, differences: Iterable[Difference], taken: Collection[Difference]
) -> ActivityDraft:
    """The stored row with what was taken of the new one."""
    differences = list(differences)
    changed = {difference.field: difference in taken for difference in differences}
    values: dict[str, Any] = {
        field.value: getattr(other, field.value) for field in _TEXTS if changed.get(field, True)
    }
    if changed.get(Field.SECTION, True):
        values |= {name: getattr(other, name) for name in ("section", "subsection", "heading")}
    turned = changed.get(Field.GATHERS, False)
    source = other if turned or changed.get(Field.INVITED, False) else one
    row = replace(one, **values, gathers=source.gathers, invited=source.invited)
    if Field.GATHERS in changed and row.gathering != source.gathering:  # its kind alone says otherwise
        row = replace(row, gathers=not row.gathering)
    return replace(row, **_merged_when(one, other, differences, taken))


def _merged_when(
    one: ActivityDraft,
    other: ActivityDraft,
    differences: Sequence[Difference],
    taken: Collection[Difference],
) -> dict[str, Any]:
    when = [difference for difference in differences if difference.field in _OF_WHEN]
    if not when and not _same_reading(one, other):
        return {}  # the same words, as the coordinator read them
    if all(difference in taken for difference in when):
        names = ("when_text", "periods", "year_round", "recurs", "problems")
        return {name: getattr(other, name) for name in names}
    words = any(difference.field is Field.WHEN and difference in taken for difference in when)
    source = other if words else one
    periods = [period for period in source.periods if period.precision is Precision.YEAR]
    gone = Counter(d.before for d in when if d in taken and isinstance(d.before, Period))
    kept = list((Counter(one.dates) - gone).elements())
    came = [d.after for d in when if d in taken and isinstance(d.after, Period)]
    dates = sorted([*kept, *came], key=lambda period: (period.first_day, period.end, period.precision))
    return {
        "periods": (*dates, *periods),
        "year_round": source.year_round,
        "recurs": source.recurs,
        **({"when_text": other.when_text} if words else {}),
    }


def _same_reading(one: ActivityDraft, other: ActivityDraft) -> bool:
    return Counter(one.periods) == Counter(other.periods) and _round_the_year(one) == _round_the_year(other)


def _place_of(old: int, rows: Sequence[_Placed]) -> int:
    """Where a stored row that the new plan lacks goes: after the nearest of those before it."""
    before = [origin for _, origin, _ in rows if origin is not None and origin < old]
    if not before:
        return 0
    return 1 + next(at for at, (_, origin, _) in enumerate(rows) if origin == max(before))


def _section(row: ActivityDraft) -> tuple[str, str, str]:
    return _tidy(row.section), _tidy(row.subsection), _tidy(row.heading)


def _first_unlike(one: Sequence[str], other: Sequence[str]) -> tuple[str, str]:
    return next((a, b) for a, b in zip(one, other, strict=True) if a != b)


def _is_deadline(period: Period) -> bool:
    return period.precision is Precision.DEADLINE


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())
