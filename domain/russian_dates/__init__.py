"""Russian words for dates, in plans and in chat, into periods.

The way from words to periods, a file each:

words       text becomes tokens; the names of months and weekdays, with their slips of the pen
nodes       the things an author says: «15 ноября», «до», «II–III неделя», «раз в четверть»
cursor      what the grammar is written with: a place among the tokens that moves on, or steps back
years, dates, spans, stretches, hours, rhythms
            the grammar: each takes tokens and returns nodes
grammar     the order in which all of them are tried
context     the plan's year, the table's month, and what neighbouring words say once for all
meaning     one node, in its context, becomes a period or a doubt
loose       the words that belong to nothing: of no weight, a place, or a doubt
entries     till when one may enter for something, which is not when it is
cells       a plan's cell put together: read_when
titles      the years that titles name: read_school_year, read_calendar_year
moments     the day that a coordinator types in chat: read_moment
clocks      the hour, or the hours, alone: read_clock, read_hours
parting     a line of chat parted: when, and the rest: part_moment; or only the month: read_day_or_months;
            the words for a day, a part of a month, or a deadline in a line of a plan: words_of_day,
            words_of_part, words_of_deadline
deadlines   the day by which a sentence wants something done: read_deadline
questions   the days that a question asks about: read_span
in_words    the way back, for what is asked
for_plans   the way back for a plan's cell, so that read_when finds the same again: words_for

What is sure is a period; what is doubtful is a Problem with the likeliest reading as its guess; no number
and no word that could change the meaning is passed over.
"""

from domain.russian_dates.cells import WhenReading, read_when
from domain.russian_dates.clocks import read_clock, read_hours
from domain.russian_dates.deadlines import read_deadline
from domain.russian_dates.for_plans import words_for
from domain.russian_dates.in_words import in_words
from domain.russian_dates.moments import read_moment
from domain.russian_dates.parting import (
    Hours,
    days_said,
    names_hour,
    part_moment,
    part_words,
    read_day_or_months,
    read_months,
    rest_of_school_year,
    words_of_day,
    words_of_deadline,
    words_of_part,
)
from domain.russian_dates.questions import read_span
from domain.russian_dates.titles import read_calendar_year, read_school_year
from domain.russian_dates.words import MONTHS, MONTHS_OF, weekday_named

__all__ = [
    "MONTHS",
    "MONTHS_OF",
    "Hours",
    "WhenReading",
    "days_said",
    "in_words",
    "names_hour",
    "part_moment",
    "part_words",
    "read_calendar_year",
    "read_clock",
    "read_day_or_months",
    "read_deadline",
    "read_hours",
    "read_moment",
    "read_months",
    "read_school_year",
    "read_span",
    "read_when",
    "rest_of_school_year",
    "weekday_named",
    "words_for",
    "words_of_day",
    "words_of_deadline",
    "words_of_part",
]
