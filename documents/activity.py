"""One activity of a plan: what its row's cells say, and what is asked about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.columns import Columns, Role
from documents.items import numbered_items, without_bullet
from documents.numbering import NUMBERED_TITLE, Numbered
from documents.row_texts import Setting, Texts
from documents.stages import (
    days_in_brackets,
    days_named,
    is_of_occasion,
    is_place_beside,
    is_within,
    names_entries,
)
from documents.unheaded import names_person
from documents.wording import is_dash, tidy
from domain.kinds import kind_of
from domain.period import Precision
from domain.plan_draft import ActivityDraft, Kind, Problem
from domain.russian_dates import WhenReading, in_words, words_of_day, words_of_deadline

_MEETING_NUMBER = re.compile(r"(?:№\s*)?(\d{1,2}|[IVX]{1,4})\.?")
_OF_MEETING = re.compile(r"\s*(?:№\s*)?заседани", re.IGNORECASE)
# A day in brackets behind these may be that of what is remembered: «К Дню матери (29 ноября)».
_OF_A_DAY = re.compile(
    r"\b(?:день|дня|дню|дне|дн[её]м|юбиле\w+|лет|летию|годовщин\w+|рождени\w+)\b|-лети", re.IGNORECASE
)
_IS_A_DAY = re.compile(r"(?:(?:меж|все|общ)\w+\s+)?день\b", re.IGNORECASE)
_QUOTED = re.compile(r"«[^«»]*»")
_IN_FIGURES = re.compile(r"\d{1,2}\.\d{2}(?:\.\d{2,4})?(?:\s?г\.?)?")
_ANY_YEAR = 2026  # where the plan's own is still to be said, and only months are compared
_MONTHS = frozenset({Precision.MONTH, Precision.MONTHS})
_ANSWERS = re.compile(
    r"(?P<name>.+?)(?:[.,;]\s+|\s+[–—-]\s+)отв(?:етственн\w+|\.)\s*[:–—-]?\s*(?P<who>[А-ЯЁ].+)",
    re.DOTALL | re.IGNORECASE,
)
# With these none of the row's dates is sure.
_WHICH_DATE = frozenset(
    {"several_in_one", "month_conflict", "deadline_in_title", "day_in_title", "which_year"}
)


def activity_of(
    texts: Texts, numbered: Numbered, columns: Columns, setting: Setting, doubts: Sequence[Problem]
) -> ActivityDraft:
    """The activity that a row's cells tell of, which is none of several; `doubts` are those of the row."""
    title = _called(tidy(texts.title), columns)
    listed = len(numbered_items(texts.title)) > 1
    if not listed and (match := NUMBERED_TITLE.fullmatch(title)) and match[1] == numbered.number:
        title = tidy(match[2])
    if not texts.responsible and not columns.of(Role.RESPONSIBLE):
        title, responsible = _with_person(title)
        texts = replace(texts, responsible=responsible)
    reading = setting.read(texts.when)
    title, texts, in_title = _days_in_title(title, texts, setting)
    reading = setting.read(texts.when) if in_title is None else reading
    venue = tidy(texts.venue)
    if not venue and (columns.of(Role.WHEN_AND_WHERE) or is_place_beside(reading)):
        venue = tidy(reading.rest)
    said = [*doubts, *reading.problems, *([in_title] if in_title else [])]
    if not (said or reading.periods or reading.year_round or reading.recurs):
        said = [Problem("no_when", "нет срока")]
    if in_title is None and (deadline := _deadline_in(title, texts.form, reading, setting)):
        said.append(deadline)
    certain = not any(it.code in _WHICH_DATE for it in said)
    if not certain:
        said = [
            replace(it, guess=it.guess or reading.periods) if it.code in _WHICH_DATE else it for it in said
        ]
    return ActivityDraft(
        number=numbered.number,
        section=setting.section,
        subsection=setting.subsection,
        heading=numbered.heading,
        title=title,
        kind=kind_of(title, texts.form),
        audience=_said(texts.audience),
        when_text=_said(texts.when),
        periods=reading.periods if certain else (),
        year_round=reading.year_round,
        recurs=reading.recurs,
        venue=_said(venue),
        responsible=_said(texts.responsible),
        outcome=_said(texts.outcome),
        problems=tuple(replace(it, text=_about(numbered.number, title, it.text)) for it in said),
    )


def _called(title: str, columns: Columns) -> str:
    """«№ 2» under «Заседание» is «Заседание № 2»; the bullet of a list of one is no part of it."""
    title = without_bullet(title)
    number = _MEETING_NUMBER.fullmatch(title)
    if number is None or not _OF_MEETING.match(columns.title_heading):
        return title
    return f"Заседание № {number[1]}"


def _with_person(title: str) -> tuple[str, str]:
    """«Праздник – 17 марта, отв. Орлова Н. В.» as the name and who is responsible."""
    found = _ANSWERS.fullmatch(title)
    return (found["name"], found["who"]) if found and names_person(found["who"]) else (title, "")


def _days_in_title(title: str, texts: Texts, setting: Setting) -> tuple[str, Texts, Problem | None]:
    """«Неделя чтения (16.11–20.11)» beside «Ноябрь» is on these days, which then are the row's own words
    for when. Any other day of the month in the name, «День словаря (22 ноября)», is asked about, unless it is
    that of an occasion, or set apart as the row's own; so is a task's deadline that is set apart."""
    reading = setting.read(texts.when)
    yearless = [it.code for it in reading.problems] == ["no_year"]
    if yearless:
        setting = replace(setting, school_year=_ANY_YEAR)
        reading = setting.read(texts.when)
    months = len(reading.periods) == 1 and reading.periods[0].precision in _MONTHS
    sure = all(it.code == "approximate" for it in reading.problems)
    if not months or not sure or reading.rest:
        return title, texts, None
    alone = replace(setting, month=None).read
    if parts := days_in_brackets(title, alone):
        name, words = parts
        others = words_of_day(name) or words_of_deadline(name) or _OF_A_DAY.search(name)
        if is_within(alone(words), reading) and not (others or days_named(name, alone, reading)):
            return name, replace(texts, when=words), None
    named = days_named(title, alone, reading)
    apart = _day_set_apart(title, named[0][0]) if len(named) == 1 else None
    if apart is not None and is_within(alone(named[0][0]), reading):
        return apart, replace(texts, when=named[0][0]), None
    deadline = words_of_deadline(title) if kind_of(title, texts.form) is Kind.OTHER else None
    apart = _day_set_apart(title, deadline) if deadline and not named else None
    if apart is not None and deadline is not None and is_within(alone(deadline), reading):
        return apart, replace(texts, when=deadline), None
    if not named or yearless or (len(named) == 1 and is_of_occasion(title, named[0][0])):
        return title, texts, None
    said = ", ".join(f"«{words}»" for words, _ in named)
    days = tuple(dict.fromkeys(day for _, periods in named for day in periods))
    guess = " и ".join(map(in_words, days))
    text = f"срок – {in_words(reading.periods[0])}, а в названии сказано {said}. Может быть, {guess}?"
    return title, texts, Problem("day_in_title", text, days)


def _day_set_apart(title: str, words: str) -> str | None:
    """A name without its day, where that leads it in, «22 сентября – заседание», or ends it, set apart:
    «Неделя книги, 24–31 марта (все школы)»; None where it stands otherwise, or is that of an occasion."""
    day = re.sub(r"\\-", "[–—-]", re.escape(words)).replace(r"\ ", r"\s*")
    if begins := re.fullmatch(rf"{day}\s*(?:г\.|года?)?\s*[–—:-]\s+(.+)", title, re.DOTALL):
        return begins[1]
    apart = r"\s+" if _IN_FIGURES.fullmatch(words) else r"(?:,|\s[–—-]|(?<=»)|[.,;]\s+(?:срок|дата)\s*:)\s+"
    ends = re.fullmatch(rf"(.+?)[,–—-]?{apart}{day}\s*(\([^()]+\))?\.?", title, re.DOTALL | re.IGNORECASE)
    if ends is None or words_of_deadline(ends[1]):
        return None
    # «День библиотек – 28 октября» is held then; «Урок ко Дню словаря, 22 ноября» may be on another day.
    if not _IS_A_DAY.match(title) and _OF_A_DAY.search(_QUOTED.sub("", title)):
        return None
    return " ".join(filter(None, ends.groups()))


def _deadline_in(title: str, form: str, reading: WhenReading, setting: Setting) -> Problem | None:
    """«Сдать отчёты до 25 мая» beside «Май»: which of the two a task's date is, or a contest's, is asked."""
    alone = len(reading.periods) == 1 and reading.periods[0].precision is Precision.MONTH
    kind = kind_of(title, form)
    lasts = kind is Kind.OTHER or (kind is Kind.CONTEST and not names_entries(title))
    if not alone or reading.problems or not lasts:
        return None
    words = words_of_deadline(title)
    meant = setting.read(words) if words and not is_of_occasion(title, words) else None
    if meant is None or not is_within(meant, reading) or meant.problems:
        return None
    month, deadline = in_words(reading.periods[0]), in_words(meant.periods[0])
    text = f"срок – {month}, а в названии сказано «{words}». Может быть, {deadline}?"
    return Problem("deadline_in_title", text, meant.periods)


def _said(text: str) -> str | None:
    """A cell's text, or None for nothing and for dashes."""
    line = tidy(text)
    return None if not line or is_dash(line) else line


def _about(number: str | None, title: str, text: str) -> str:
    """«Строка 2.1.1: нет срока.»"""
    row = f"Строка {number}" if number else f"«{title[:60]}»"
    return f"{row}: {text.removesuffix('.')}{'' if text.endswith('?') else '.'}"
