"""What the coordinator is asked about a plan that was read, and what her answers make of it.

The draft keeps what the document says; her answers stand beside it (PlanDraft.answers), so each can be given
again. `settled` is the plan by her word.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.errors import DomainError
from domain.people import plain_words, tidy_line
from domain.period import Period, Precision, last_of_month
from domain.places import house
from domain.plan_draft import (
    FIRST_MONTH,
    About,
    ActivityDraft,
    Kind,
    PlanDraft,
    Problem,
    Said,
    first_year_of,
    school_year_label,
    school_year_of,
    usual_audience,
)
from domain.records import Group
from domain.russian_dates import WhenReading, read_calendar_year, read_school_year, read_when
from domain.russian_replies import UNSURE, read_reply
from domain.together import Occasion, company_of, is_open, one_occasion, places_of, same_place, same_time

# The words of an answer (Said.said).
PASSED = ""
DATES, ROUND, UNDATED, RECURS = "dates", "round", "none", "recurs:"
GATHERING, TASK = "gathering", "task"
EVERYBODY, OURS, GUESTS, NOBODY = "everybody", "ours", "guests", "nobody"
GROUP, NEW_GROUP = "group:", "new:"
YES, NO = "yes", "no"
AT = "yes:"  # together, at this place

LONGEST_GROUP = 60
# So many groups are offered; another one can be written.
_GROUPS = 4
_LONGEST_ANSWER = 200

# What is said to her and nothing is asked: the reading is sure, no answer could change it, or a whole
# document is meant.
_REMARKS = frozenset({"misspelt", "approximate", "item_number", "title_inferred", "no_dates"})
_REMARKS |= {"page_edge", "left_year", "columns_guessed", "dates_once", "left_over", "hour_of_no_day"}
_ABOUT_AUDIENCE = frozenset({"audience_guests", "audience_others"})
_ORDER = tuple(About)


@dataclass(frozen=True, slots=True)
class Choice:
    """A likely answer; `key` names it among those of its question."""

    key: str
    said: Said


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only she can know: of the whole plan, a row, or two (their places among the activities).
    `problems` are what the reader found, if it did; `given` is her answer so far."""

    about: About
    rows: tuple[int, ...]
    choices: tuple[Choice, ...]
    problems: tuple[Problem, ...] = ()
    given: Said | None = None

    @property
    def id(self) -> str:
        """Its name, the same whatever is answered: «when7», «together0-4»."""
        return self.about + "-".join(map(str, self.rows))

    @property
    def open(self) -> bool:
        """Whether there is no answer yet; one that was passed has none."""
        return self.given is None or self.given.said == PASSED

    @property
    def place(self) -> tuple[int, tuple[int, ...]]:
        """Where it stands among the others."""
        return _ORDER.index(self.about), self.rows

    def choice(self, key: str) -> Said:
        """The answer of this name. Raises DomainError `plan_question_gone` where it is not offered."""
        for one in self.choices:
            if one.key == key:
                return one.said
        raise DomainError("plan_question_gone")


def questions_of(draft: PlanDraft, today: date, groups: Sequence[Group] = ()) -> tuple[Question, ...]:
    """All that is asked about a draft, answered or not: the year, dates, what rows are, whom they are for,
    what goes together. `groups` are those that the association has."""
    dated = _settled(draft, {About.YEAR, About.WHEN})
    sorted_out = _settled(draft, {About.YEAR, About.WHEN, About.WHAT})
    found = [
        *_about_year(draft, today),
        *_about_dates(_settled(draft, {About.YEAR})),
        *_about_sort(dated),
        *_about_people(sorted_out, groups),
        *_about_partners(sorted_out),
    ]
    return tuple(
        replace(question, given=said_of(draft, question.about, *question.rows))
        for question in sorted(found, key=lambda one: one.place)
    )


def remarks_of(draft: PlanDraft) -> tuple[Problem, ...]:
    """What she is told and not asked: it was read, though not as it is written."""
    everything = [*draft.problems, *(one for row in draft.activities for one in row.problems)]
    return tuple(problem for problem in everything if problem.code in _REMARKS)


def said_of(draft: PlanDraft, about: About, *rows: int) -> Said | None:
    """What she said of this, None where she said nothing."""
    return next((one for one in draft.answers if (one.about, one.rows) == (about, rows)), None)


def answered(draft: PlanDraft, said: Said) -> PlanDraft:
    """The draft with an answer, in place of what she said of the same before and of what contradicts it."""
    kept = [one for one in draft.answers if not _gives_way(one, said)]
    answers = sorted([*kept, said], key=lambda one: (_ORDER.index(one.about), one.rows))
    return replace(draft, answers=tuple(answers))


def settled(draft: PlanDraft) -> PlanDraft:
    """The plan by her word: what she passed stays as it was read."""
    answers = tuple(said for said in draft.answers if said.said != PASSED)
    return replace(_settled(draft, set(About)), answers=answers)


def taken_over(draft: PlanDraft, earlier: PlanDraft) -> PlanDraft:
    """The draft with her answers to an earlier plan of the same year, for rows that stand there with the same
    number, title and words for the date, and about which the same is asked."""
    year = said_of(earlier, About.YEAR)
    if year is not None and draft.school_year is None and draft.title == earlier.title:
        draft = answered(draft, year)
    here, there = (_settled(one, {About.YEAR}) for one in (draft, earlier))
    if here.school_year is None or here.school_year != there.school_year:
        return draft
    places, names = _places(here), {at: name for name, at in _places(there).items()}
    for said in earlier.answers:
        if said.about is About.YEAR or said.said == PASSED:
            continue
        rows = tuple(places.get(names.get(row, ()), -1) for row in said.rows)
        if -1 not in rows and all(
            _asks_the_same(said, here.activities[now], there.activities[then])
            for now, then in zip(rows, said.rows, strict=True)
        ):
            rows = tuple(sorted(rows))
            draft = answered(draft, replace(said, rows=rows))
    return draft


def place_chosen(draft: PlanDraft, pair: tuple[int, ...]) -> str:
    """The place that she chose for two rows held together; empty where both were planned at one."""
    said = said_of(draft, About.TOGETHER, *pair)
    return said.said.removeprefix(AT) if said is not None and said.said.startswith(AT) else ""


def held_apart(draft: PlanDraft, row: int) -> set[int]:
    """The rows of which she said that this one is not held together with them."""
    apart = [one.rows for one in draft.answers if one.about is About.TOGETHER and one.said == NO]
    return {other for rows in apart if row in rows for other in rows if other != row}


def read_answer(draft: PlanDraft, question: Question, text: str, groups: Sequence[Group] = ()) -> Said:
    """An answer in her own words: that of a button, that she does not know, or another one: a date within the
    plan's year, a school year, a group.

    Raises DomainError `plan_when_not_understood`, `plan_when_doubtful` (fact `doubt`: a sentence),
    `plan_which_date`, `plan_year_not_understood`, `plan_answer_by_button`, `line_empty`, `line_too_long`.
    """
    reply = read_reply(text)
    if reply is not None:
        return _meant(question, reply)
    match question.about:
        case About.YEAR:
            return Said(About.YEAR, (), school_year_label(_year_in(text)))
        case About.WHEN:
            return _when_in(_settled(draft, {About.YEAR}), question.rows, text)
        case About.WHOM:
            return Said(About.WHOM, question.rows, _group_called(tidy_line(text, LONGEST_GROUP), groups))
    raise DomainError("plan_answer_by_button")


# What is asked.


def _about_year(draft: PlanDraft, today: date) -> Iterator[Question]:
    if draft.school_year is not None:
        return
    counted = Counter(school_year_of(one.first_day) for row in draft.activities for one in row.periods)
    this_year = school_year_of(today)
    likely = [label for label, _ in counted.most_common(1)]
    years = dict.fromkeys([*likely, this_year, school_year_label(first_year_of(this_year) + 1)])
    choices = tuple(Choice(label[:4], Said(About.YEAR, (), label)) for label in years)
    yield Question(About.YEAR, (), choices, tuple(_of_codes(draft.problems, {"no_school_year"})))


def _about_dates(draft: PlanDraft) -> Iterator[Question]:
    """What is doubtful; and when work for all the year is that she made a gathering or a task."""
    for row, activity in enumerate(draft.activities):
        problems = _about_when(activity)
        said = said_of(draft, About.WHAT, row)
        switched = said is not None and said.said in {GATHERING, TASK}
        if problems or (switched and not (activity.periods or activity.recurs)):
            choices = _dates_to_choose(row, activity, problems, draft.school_year)
            yield Question(About.WHEN, (row,), choices, problems)


def _about_when(activity: ActivityDraft) -> tuple[Problem, ...]:
    return tuple(one for one in activity.problems if one.code not in _REMARKS | _ABOUT_AUDIENCE)


def _dates_to_choose(
    row: int, activity: ActivityDraft, problems: Sequence[Problem], school_year: str | None
) -> tuple[Choice, ...]:
    """The guess first; what else the words may mean; the months where nothing is known."""
    likely = _in_order(activity.periods, *(problem.guess for problem in problems))
    all_year = Choice("round", Said(About.WHEN, (row,), ROUND))
    found = [all_year] if activity.year_round else []
    if likely:
        found.append(Choice("guess", Said(About.WHEN, (row,), DATES, likely)))
        other = _otherwise(activity, problems, likely, school_year)
        if other and other != likely:
            found.append(Choice("other", Said(About.WHEN, (row,), DATES, other)))
    elif activity.recurs is not None:
        found.append(Choice("rhythm", Said(About.WHEN, (row,), RECURS + activity.recurs)))
    if not likely and school_year is not None:
        first = first_year_of(school_year)
        for at in range(12):
            month = (FIRST_MONTH - 1 + at) % 12 + 1
            period = Period.month(first if month >= FIRST_MONTH else first + 1, month)
            found.append(Choice(f"m{month}", Said(About.WHEN, (row,), DATES, (period,))))
    if all_year not in found:
        found.append(all_year)
    found.append(Choice("none", Said(About.WHEN, (row,), UNDATED)))
    return tuple(found)


def _otherwise(
    activity: ActivityDraft, problems: Sequence[Problem], likely: Sequence[Period], school_year: str | None
) -> tuple[Period, ...]:
    """The other reading of a year that is not sure: the other summer, or the year as it is written."""
    codes = {problem.code for problem in problems}
    if "year_conflict" in codes:
        return _in_order(activity.periods, read_when(activity.when_text or "", None).periods)
    if "which_year" in codes and school_year is not None and len(likely) == 1:
        before = likely[0].first_day < date(first_year_of(school_year), FIRST_MONTH, 1)
        return (_years_later(likely[0], 1 if before else -1),)
    return ()


def _about_sort(draft: PlanDraft) -> Iterator[Question]:
    """What has an hour is a gathering more likely than not, whatever it is called."""
    for row, activity in enumerate(draft.activities):
        timed = any(period.precision is Precision.TIME for period in activity.periods)
        if timed and activity.kind is Kind.OTHER:
            choices = tuple(Choice(word, Said(About.WHAT, (row,), word)) for word in (GATHERING, TASK, ROUND))
            yield Question(About.WHAT, (row,), choices)


def _about_people(draft: PlanDraft, groups: Sequence[Group]) -> Iterator[Question]:
    for row, activity in enumerate(draft.activities):
        problems = _about_audience(activity)
        if problems and activity.gathering:
            words = _audiences(activity.audience or "", problems[0], groups)
            choices = tuple(Choice(key, Said(About.WHOM, (row,), word)) for key, word in words)
            yield Question(About.WHOM, (row,), choices, problems)


def _about_audience(activity: ActivityDraft) -> tuple[Problem, ...]:
    return tuple(_of_codes(activity.problems, _ABOUT_AUDIENCE))


def _audiences(audience: str, problem: Problem, groups: Sequence[Group]) -> Iterator[tuple[str, str]]:
    """Whom a row may be for, with a key each; the likeliest first."""
    if problem.code == "audience_guests":
        yield from ((EVERYBODY, EVERYBODY), ("ours", OURS), (GUESTS, GUESTS), (NOBODY, NOBODY))
        return
    title = audience if len(audience) <= LONGEST_GROUP else audience[:LONGEST_GROUP].rpartition(" ")[0]
    called = [group for group in groups if plain_words(group.title) == plain_words(title)]
    if not called:
        yield "new", NEW_GROUP + title
    for group in [*called, *(one for one in groups if one not in called)][:_GROUPS]:
        yield f"g{group.id}", f"{GROUP}{group.id}"
    yield from ((EVERYBODY, EVERYBODY), (GUESTS, GUESTS), (NOBODY, NOBODY))


def _about_partners(draft: PlanDraft) -> Iterator[Question]:
    """Pairs of rows that are probably one gathering. Of more than two each goes with the first of them, one
    whose day is known if there is any; a meeting without a theme, with the only other one of its month."""
    dates = [
        _Date(row, _occasion(activity, period, draft))
        for row, activity in enumerate(draft.activities)
        if activity.gathering
        for period in activity.periods
        if period.precision is not Precision.DEADLINE
    ]
    pairs = set()
    occasions: list[list[_Date]] = []
    for one in sorted(dates, key=lambda it: (not it.occasion.period.day_known, it.row)):
        fitting = [found for found in occasions if one.fits(found)]
        if len(fitting) == 1:
            [found] = fitting
            pairs.add((min(found[0].row, one.row), max(found[0].row, one.row)))
            found.append(one)
        else:  # with which of several is not known
            occasions.append([one])
    rows = {id(one.occasion): one.row for one in dates}
    for one in dates:
        others = [other.occasion for other in dates if other is not one]
        company = company_of(one.occasion, others) if one.occasion.open else None
        if company is not None and rows[id(company)] != one.row:
            pairs.add((min(one.row, rows[id(company)]), max(one.row, rows[id(company)])))
    # What she said already stays to be said otherwise: of a plan carried over, what was held together.
    pairs |= {(one.row, other.row) for one, other in _said_together(draft, dates)}
    for pair in pairs:
        yield Question(About.TOGETHER, pair, _to_hold(draft, pair))


def _said_together(draft: PlanDraft, dates: Sequence[_Date]) -> Iterator[tuple[_Date, _Date]]:
    """Dates of rows about which she said whether they are one gathering, and which still may be."""
    said = {one.rows for one in draft.answers if one.about is About.TOGETHER and one.said != PASSED}
    for one, other in itertools.product(dates, repeat=2):
        if (one.row, other.row) in said and same_time(one.occasion, other.occasion):
            yield one, other


def _to_hold(draft: PlanDraft, pair: tuple[int, int]) -> tuple[Choice, ...]:
    """Whether two rows are one gathering, and where, if they were planned at two places: where the theme is
    comes first."""
    first, second = (draft.activities[row] for row in pair)
    places = [
        Choice(f"yes{at}", Said(About.TOGETHER, pair, AT + venue))
        for at, venue in enumerate(places_of(house(first.venue), house(second.venue)))
    ]
    if places and is_open(first.kind, first.title):
        places.reverse()
    together = places or [Choice(YES, Said(About.TOGETHER, pair, YES))]
    return (*together, Choice(NO, Said(About.TOGETHER, pair, NO)))


def _occasion(activity: ActivityDraft, period: Period, draft: PlanDraft) -> Occasion:
    """One of the dates of a row; the usual audience goes without saying."""
    usual = activity.audience in {None, usual_audience(draft)}
    whom = activity.invited or EVERYBODY, "" if usual else plain_words(activity.audience or "")
    return Occasion(period, house(activity.venue), whom, is_open(activity.kind, activity.title))


@dataclass(frozen=True, slots=True)
class _Date:
    """One of the dates of a row."""

    row: int
    occasion: Occasion

    def fits(self, others: Sequence[_Date]) -> bool:
        return all(one.row != self.row for one in others) and one_occasion(others[0].occasion, self.occasion)


# What answers make of a plan.


def _gives_way(earlier: Said, said: Said) -> bool:
    """Whether an answer stands no more once another one is given."""
    if earlier.rows != said.rows:
        return False
    if earlier.about is said.about:
        return True
    if PASSED in {earlier.said, said.said}:
        return False
    # All the year is no date, and a date is not all the year.
    return {earlier.about, said.about} == {About.WHEN, About.WHAT} and ROUND in {earlier.said, said.said}


def _settled(draft: PlanDraft, abouts: set[About]) -> PlanDraft:
    """The plan by what she said of these things alone."""
    year = said_of(draft, About.YEAR)
    if year is not None and year.said != PASSED and About.YEAR in abouts:
        draft = _of_year(draft, year.said)
    activities = list(draft.activities)
    together = []
    for said in draft.answers:
        if said.about not in abouts or said.about is About.YEAR or said.said == PASSED:
            continue
        if said.about is About.TOGETHER:
            together += [said.rows] if said.said != NO else []
        else:
            [row] = said.rows
            activities[row] = _by_her_word(activities[row], said, draft)
    return replace(draft, activities=tuple(activities), together=tuple(together))


def _by_her_word(activity: ActivityDraft, said: Said, draft: PlanDraft) -> ActivityDraft:
    match said.about, said.said:
        case About.WHEN, word:
            recurs = word.removeprefix(RECURS) if word.startswith(RECURS) else None
            return replace(activity, periods=said.periods, year_round=word == ROUND, recurs=recurs)
        case About.WHAT, "round":
            return replace(activity, periods=(), year_round=True, gathers=False)
        case About.WHAT, word:
            # Work for all the year that is something else now waits for its date.
            return replace(activity, gathers=word == GATHERING, year_round=False)
        case About.WHOM, "ours":
            return replace(activity, invited=EVERYBODY, audience=usual_audience(draft))
    return replace(activity, invited=said.said)


def _of_year(draft: PlanDraft, school_year: str) -> PlanDraft:
    """The plan with its school year: the months that lacked a year get theirs."""
    first = first_year_of(school_year)
    activities = tuple(_dated(activity, first) for activity in draft.activities)
    return replace(draft, school_year=school_year, activities=activities)


def _dated(activity: ActivityDraft, first_year: int) -> ActivityDraft:
    without = next(_of_codes(activity.problems, {"no_year"}), None)
    if without is None:
        return activity
    doubts = {problem.code for problem in read_when(activity.when_text or "", None).problems}
    reading = read_when(activity.when_text or "", first_year)
    row = without.text.partition(": «")[0]  # «Строка 7: «ноябрь»: …»
    kept = [problem for problem in activity.problems if problem.code not in doubts]
    new = [replace(problem, text=f"{row}: {problem.text}") for problem in reading.problems]
    several = next(_of_codes(kept, {"several_in_one"}), None)
    if several is not None:  # which date is whose is still not known
        kept[kept.index(several)] = replace(several, guess=reading.periods)
    return replace(
        activity,
        periods=() if several else reading.periods,
        year_round=reading.year_round,
        recurs=reading.recurs,
        problems=(*kept, *new),
    )


def _places(draft: PlanDraft) -> dict[tuple[object, ...], int]:
    """Where each row stands that can be told from all others."""
    names = [(row.number, row.title, row.when_text) for row in draft.activities]
    counted = Counter(names)
    return {name: at for at, name in enumerate(names) if counted[name] == 1}


def _asks_the_same(said: Said, one: ActivityDraft, other: ActivityDraft) -> bool:
    match said.about:
        case About.WHEN:
            return _about_when(one) == _about_when(other)
        case About.WHOM:
            return _about_audience(one) == _about_audience(other)
        case About.TOGETHER if said.said.startswith(AT):
            # A place that was chosen is one of the two that are there.
            return same_place(one.venue or "", other.venue or "")
    return True


# Answers in her own words.


def _meant(question: Question, reply: str) -> Said:
    """The likely answer that a short reply names. Raises DomainError `plan_answer_by_button` where it names
    none of them, or several: what it would be read for, a date or a group, it is not; `plan_which_date` where
    «да» or «нет» leaves open which date it is."""
    if reply == UNSURE:
        return Said(question.about, question.rows, PASSED)
    offered = {choice.said.said: choice.said for choice in question.choices}
    if reply == OURS and OURS not in offered:
        reply = EVERYBODY
    if reply == NO and question.about is About.WHOM:  # «звать гостей?»
        reply = OURS
    if reply == YES and _proposes(question):
        return question.choices[0].said
    if reply in offered:
        return offered[reply]
    of_dates = question.about is About.WHEN and reply in {YES, NO}
    raise DomainError("plan_which_date" if of_dates else "plan_answer_by_button")


def _proposes(question: Question) -> bool:
    """Whether one answer is proposed, so that «да» means it: of many months or years none is, nor is one of
    two places."""
    match question.about:
        case About.YEAR:
            return len(question.choices) == 1
        case About.WHEN:
            return question.choices[0].key in {"guess", "rhythm"}
        case About.TOGETHER:
            return sum(choice.said.said != NO for choice in question.choices) == 1
    return True


def _year_in(text: str) -> int:
    if len(text) <= _LONGEST_ANSWER:
        year = read_school_year(text)
        year = read_calendar_year(text) if year is None else year
        if year is None and text.strip().isdigit() and len(text.strip()) == 4:
            year = int(text)
        if year is not None and 2000 <= year < 2100:
            return year
    raise DomainError("plan_year_not_understood")


def _when_in(draft: PlanDraft, rows: tuple[int, ...], text: str) -> Said:
    if len(text) > _LONGEST_ANSWER:
        raise DomainError("line_too_long", longest=_LONGEST_ANSWER)
    first = None if draft.school_year is None else first_year_of(draft.school_year)
    reading: WhenReading = read_when(text, first)
    doubts = [problem for problem in reading.problems if problem.code not in _REMARKS]
    if doubts and doubts[0].code != "not_understood":
        raise DomainError("plan_when_doubtful", doubt=doubts[0].text)
    if doubts or reading.rest or not (reading.periods or reading.year_round or reading.recurs):
        raise DomainError("plan_when_not_understood")
    if reading.recurs is not None:
        return Said(About.WHEN, rows, RECURS + reading.recurs)
    if reading.periods:
        return Said(About.WHEN, rows, DATES, reading.periods)
    return Said(About.WHEN, rows, ROUND)


def _group_called(title: str, groups: Sequence[Group]) -> str:
    """Raises DomainError `plan_answer_by_button` for what cannot be a title: it would be a group for good."""
    if "?" in title or not any(map(str.isalpha, title)):
        raise DomainError("plan_answer_by_button")
    for group in groups:
        if plain_words(group.title) == plain_words(title):
            return f"{GROUP}{group.id}"
    return NEW_GROUP + title


# Small things.


def _of_codes(problems: Sequence[Problem], codes: set[str] | frozenset[str]) -> Iterator[Problem]:
    return (problem for problem in problems if problem.code in codes)


def _in_order(*periods: Sequence[Period]) -> tuple[Period, ...]:
    """All of them, each once, in the order of the year."""
    found = dict.fromkeys(itertools.chain.from_iterable(periods))
    return tuple(sorted(found, key=lambda period: (period.first_day, period.end)))


def _years_later(period: Period, years: int) -> Period:
    def moved(day: date) -> date:
        year = day.year + years
        return day.replace(year=year, day=min(day.day, last_of_month(year, day.month).day))

    start = None if period.start is None else moved(period.start)
    end = moved(period.end)
    if period.precision in {Precision.MONTH, Precision.MONTHS}:
        end = last_of_month(end.year, end.month)
    return replace(period, start=start, end=end)
