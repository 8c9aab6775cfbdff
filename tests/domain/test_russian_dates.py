"""Russian words for dates: a table of phrases, the real phrases, and what holds for every text."""

from __future__ import annotations

import contextlib
import csv
import json
import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.period import Period, Precision
from domain.russian_dates import (
    MONTHS,
    MONTHS_OF,
    WhenReading,
    in_words,
    read_calendar_year,
    read_moment,
    read_school_year,
    read_span,
    read_when,
)

TODAY = date(2026, 10, 20)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
_PHRASES = Path(__file__).resolve().parents[3] / "shared" / "plans" / "phrases.tsv"


def _d(text: str) -> date:
    """«15.11» of the school year 2026/27."""
    day, month = (int(part) for part in text.split("."))
    return date(2026 if month >= 8 else 2027, month, day)


def _m(month: int) -> Period:
    return Period.month(2026 if month >= 8 else 2027, month)


def _span(first: str, last: str) -> Period:
    return Period.days(_d(first), _d(last))


def _on(day: str) -> Period:
    return Period.day(_d(day))


# Understood exactly, with nothing to ask; the school year is 2026/27.
SURE: list[tuple[str, list[Period]]] = [
    ("ноябрь", [_m(11)]),
    ("НОЯБРЬ 2026г.", [_m(11)]),
    ("в ноябре", [_m(11)]),
    ("Сент., дек.", [_m(9), _m(12)]),
    ("август", [_m(8)]),
    ("июнь", [_m(6)]),
    ("сентябрь, январь и май", [_m(9), _m(1), _m(5)]),
    ("Октябрь/декабрь", [_m(10), _m(12)]),
    ("октябрь; март", [_m(10), _m(3)]),
    ("Сентябрь\n\nЯнварь\nМай", [_m(9), _m(1), _m(5)]),
    ("09.2026", [_m(9)]),
    ("октябрь – ноябрь", [Period.months(2026, 10, 2026, 11)]),
    ("май – август", [Period.months(2027, 5, 2027, 8)]),
    ("с октября по ноябрь", [Period.months(2026, 10, 2026, 11)]),
    ("сентябрь-октябрь-ноябрь", [Period.months(2026, 9, 2026, 11)]),
    ("Сентябрь—май", [Period.months(2026, 9, 2027, 5)]),
    ("декабрь 2026 – январь 2027 гг.", [Period.months(2026, 12, 2027, 1)]),
    ("ноябрь-декабрь 2026 г., март 2027 г.", [Period.months(2026, 11, 2026, 12), _m(3)]),
    ("15 ноября", [_on("15.11")]),
    ("15-го ноября", [_on("15.11")]),
    ("15ноября 2026года", [_on("15.11")]),
    ("15.11", [_on("15.11")]),
    ("15.11.26г.", [_on("15.11")]),
    ("15/11/2026", [_on("15.11")]),
    ("2026-11-15", [_on("15.11")]),
    ("05.10, 12.10", [_on("5.10"), _on("12.10")]),
    ("05.10\n12.10", [_on("5.10"), _on("12.10")]),
    ("5, 12 и 19 ноября", [_on("5.11"), _on("12.11"), _on("19.11")]),
    ("5,12,19.11", [_on("5.11"), _on("12.11"), _on("19.11")]),
    ("1, 3-5 ноября", [_on("1.11"), _span("3.11", "5.11")]),
    ("14 – 19 октября", [_span("14.10", "19.10")]),
    ("20-24.11", [_span("20.11", "24.11")]),
    ("02.-06.03", [_span("2.3", "6.3")]),
    ("1августа 2026-27сентября", [_span("1.8", "27.9")]),
    ("12.10.-15 октября", [_span("12.10", "15.10")]),
    ("3.9.-5сентября", [_span("3.9", "5.9")]),
    ("02.-06.03", [_span("2.3", "6.3")]),
    ("ОУ, 12-16 октября", [_span("12.10", "16.10")]),
    ("ОУ 12-16 октября", [_span("12.10", "16.10")]),
    ("школа 12 - 16 октября", [_on("16.10")]),
    ("с 1 по 15 октября", [_span("1.10", "15.10")]),
    ("с 15.09.2026 по 15.10.2026 г.", [_span("15.9", "15.10")]),
    ("28 октября – 1 ноября", [_span("28.10", "1.11")]),
    ("25.12-10.01", [_span("25.12", "10.1")]),
    ("15 октября, 20-30 ноября", [_on("15.10"), _span("20.11", "30.11")]),
    ("Осенние каникулы (28 октября – 1 ноября)", [_span("28.10", "1.11")]),
    ("до 15 сентября", [Period.deadline(_d("15.9"))]),
    ("до15.09", [Period.deadline(_d("15.9"))]),
    ("не позднее 15 октября", [Period.deadline(_d("15.10"))]),
    ("по 15 ноября", [Period.deadline(_d("15.11"))]),
    ("до конца ноября", [Period.deadline(_d("30.11"))]),
    ("к 1 сентября", [Period.deadline(_d("1.9"))]),
    ("март – апрель, до 20 апреля", [_span("1.3", "20.4")]),
    ("15 ноября в 14.00", [Period.at(_d("15.11"), time(14))]),
    ("28.08.2026, 10:00–12:00", [Period.at(_d("28.8"), time(10), time(12))]),
    ("15 ноября, 14-00", [Period.at(_d("15.11"), time(14))]),
    ("18 ноября с 14 до 16 часов", [Period.at(_d("18.11"), time(14), time(16))]),
    ("18 ноября в 3 часа дня", [Period.at(_d("18.11"), time(15))]),
    (
        "25 ноября 14.30, 20 декабря 15.00",
        [Period.at(_d("25.11"), time(14, 30)), Period.at(_d("20.12"), time(15))],
    ),
    (
        "25 ноября 2026 г., 14:30–16:00; март 2027 г.; 20 мая 2027 г., 10:00",
        [
            Period.at(_d("25.11"), time(14, 30), time(16)),
            _m(3),
            Period.at(_d("20.5"), time(10)),
        ],
    ),
    ("18 ноября, 14:00; 20 декабря", [Period.at(_d("18.11"), time(14)), _on("20.12")]),
    ("18 ноября; 20 декабря, 14:00", [_on("18.11"), Period.at(_d("20.12"), time(14))]),
    ("18 и 20 ноября, 14:00", [Period.at(_d("18.11"), time(14)), Period.at(_d("20.11"), time(14))]),
    ("14:00, 18 ноября, 20 ноября", [Period.at(_d("18.11"), time(14)), Period.at(_d("20.11"), time(14))]),
    ("среда, 18 ноября", [_on("18.11")]),
    ("третья среда ноября", [_on("18.11")]),
    ("последняя пятница мая", [_on("28.5")]),
    ("последняя неделя марта", [Period.weeks(_d("25.3"), _d("31.3"))]),
    ("II–III нед. октября", [Period.weeks(_d("5.10"), _d("18.10"))]),
    ("Октябрь, 2 неделя", [Period.weeks(_d("5.10"), _d("11.10"))]),
    ("вторая половина марта", [Period.weeks(_d("16.3"), _d("31.3"))]),
    ("1-я декада декабря", [Period.weeks(_d("1.12"), _d("10.12"))]),
    ("4 квартал 2026", [Period.months(2026, 10, 2026, 12)]),
    ("Куйтун, ноябрь – декабрь.", [Period.months(2026, 11, 2026, 12)]),
    ("ноябрь, МБОУ СОШ № 5", [_m(11)]),
    ("ноябрь 2026 г. (18.11)", [_on("18.11")]),
    ("3 ноября (каникулы)", [_on("3.11")]),
    ("до мая включительно", [Period.deadline(_d("31.5"))]),
    ("10 октября текущего года", [_on("10.10")]),
    ("1 сентября (День знаний)", [_on("1.9")]),
    ("17 марта, начало в 14.00", [Period.at(_d("17.3"), time(14))]),
    ("5-9 классы, октябрь", [_m(10)]),
    ("Лицей № 12, 15 ноября", [_on("15.11")]),
    ("ноябрь, по согласованию", [_m(11)]),
    ("2 раза в год (октябрь, апрель)", [_m(10), _m(4)]),
    ("1 раз в четверть (ноябрь, январь, март)", [_m(11), _m(1), _m(3)]),
    ("Ежегодно, 1 сентября", [_on("1.9")]),
    ("15 ноября в 10.10", [Period.at(_d("15.11"), time(10, 10))]),
    ("15 ноября, начало 10.10", [Period.at(_d("15.11"), time(10, 10))]),
    ("15 ноября, 10.10–11.50", [Period.at(_d("15.11"), time(10, 10), time(11, 50))]),
    ("среда, 18.11", [_on("18.11")]),
]
YEAR_ROUND = [
    "В течение года",
    "в течении года",
    "в теч. года",
    "в течение всего периода",
    "в течение\nучебного года",
    "В течение 2026-2027 учебного года",
    "весь учебный год",
    "постоянно",
    "2026/2027 учебный год",
    "В течение года по планам классных руководителей.",
]
RHYTHMS = [
    "1 раз в четверть",
    "раз в полугодие",
    "два раза в год",
    "3 раза в течение года",
    "ежемесячно",
    "каждый вторник",
    "по средам",
    "третья среда месяца",
    "первый вторник каждого месяца",
    "до 25 числа каждого месяца",
    "1 и 15 числа каждого месяца",
    "1 раз в месяц с октября по май",
    "По мере поступления",
    "конец четверти",
    "по четвергам в 14.00",
    "по четвергам с 15 до 17 часов",
    "не реже 1 раза в квартал",
    "ежемесячно, 2-я среда",
]
# Asked about: the words, the problem, the likeliest reading.
ASKED: list[tuple[str, str, list[Period]]] = [
    ("26.09.14г", "year_conflict", [_on("26.9")]),
    ("январь 2026", "year_conflict", [_m(1)]),
    ("Июнь – август", "which_year", [Period.months(2026, 6, 2026, 8)]),
    ("31 ноября", "impossible_day", [_on("30.11")]),
    ("29 февраля", "impossible_day", [_on("28.2")]),
    ("07.12-19.20.", "impossible_day", [_span("7.12", "19.12")]),
    ("19 – 7 октября", "reversed", []),
    ("с 1 сентября", "open_end", [_span("1.9", "31.5")]),
    ("до сентября", "vague_deadline", [Period.deadline(date(2026, 8, 31))]),
    ("к 1.10, 1.12", "vague_deadline", [Period.deadline(_d("1.10")), Period.deadline(_d("1.12"))]),
    ("осенние каникулы", "school_holidays", [_span("26.10", "4.11")]),
    ("18 ноября (четверг)", "weekday_conflict", [_on("18.11")]),
    ("ноябрь или декабрь", "not_understood", [_m(11), _m(12)]),
    ("кроме ноября", "not_understood", [_m(11)]),
    ("Накануне 8 марта", "not_understood", [_on("8.3")]),
    ("15 ноября, перенос на 22", "not_understood", [_on("15.11")]),
    ("ноябрь 26", "not_understood", [_m(11)]),
    ("ул. Садовая, 7, 15 ноября", "not_understood", [_on("15.11")]),
    ("5 ноября 12-15", "not_understood", [_on("5.11")]),
    ("15 октября, 12.11", "hour_or_day", [Period.at(_d("15.10"), time(12, 11))]),
    ("15 ноября 10.10–11.10", "hour_or_day", [Period.at(_d("15.11"), time(10, 10), time(11, 10))]),
    ("15 ноября в 14 ч 20", "not_understood", [Period.at(_d("15.11"), time(14))]),
    ("14.00-14.10", "time_without_day", []),
    ("10.00", "time_without_day", []),
    ("09.26", "time_without_day", [_m(9)]),
    ("05.27", "time_without_day", [_m(5)]),
    ("по отдельному графику", "named_elsewhere", []),
    ("по отд. графику", "named_elsewhere", []),
    ("в теч. мес.", "no_month", []),
    ("дата уточняется", "to_be_named", []),
    ("2026 год", "only_year", []),
    ("Кл.часы", "not_understood", []),
    ("на 20учебный год", "not_understood", []),
]
# Understood, with a remark.
REMARKED = [
    ("феварль", [_m(2)], "misspelt"),
    ("II четверть", [Period.months(2026, 11, 2026, 12)], "approximate"),
    ("1 полугодие", [Period.months(2026, 9, 2026, 12)], "approximate"),
    ("первая половина учебного года", [Period.months(2026, 9, 2026, 12)], "approximate"),
    ("в конце ноября", [Period.weeks(_d("21.11"), _d("30.11"))], "approximate"),
    ("в конце учебного года", [_m(5)], "approximate"),
    ("1.24 ноября", [_on("24.11")], "item_number"),
    ("август, март в 10.00", [_m(8), _m(3)], "hour_of_no_day"),
    ("13.02-14.02 в 10.00", [_span("13.2", "14.2")], "hour_of_no_day"),
]


class TestPlans:
    """Cells of plans."""

    @pytest.mark.parametrize(("words", "expected"), SURE)
    def test_sure(self, words: str, expected: list[Period]) -> None:
        reading = read_when(words, 2026)
        assert list(reading.periods) == expected
        assert (reading.problems, reading.year_round, reading.recurs) == ((), False, None)

    @pytest.mark.parametrize("words", YEAR_ROUND)
    def test_year_round(self, words: str) -> None:
        assert read_when(words, 2026) == WhenReading(year_round=True)

    @pytest.mark.parametrize("words", RHYTHMS)
    def test_rhythms_keep_their_words(self, words: str) -> None:
        assert read_when(words, 2026) == WhenReading(recurs=words)

    @pytest.mark.parametrize(("words", "code", "guess"), ASKED)
    def test_asked_about(self, words: str, code: str, guess: list[Period]) -> None:
        reading = read_when(words, 2026)
        assert (reading.periods, reading.year_round, reading.recurs) == ((), False, None)
        (problem,) = [it for it in reading.problems if it.code == code]
        assert list(problem.guess) == guess
        assert " ".join(words.split()) in problem.text

    @pytest.mark.parametrize(("words", "expected", "code"), REMARKED)
    def test_remarked_on(self, words: str, expected: list[Period], code: str) -> None:
        reading = read_when(words, 2026)
        assert list(reading.periods) == expected
        assert [problem.code for problem in reading.problems] == [code]

    @pytest.mark.parametrize("words", ["", " \n", "-", "– –", "…"])
    def test_nothing_says_nothing(self, words: str) -> None:
        assert read_when(words, 2026) == WhenReading()

    @pytest.mark.parametrize("words", ["в теч..мес", "В течен. мес.", "в течение месяца"])
    def test_the_month_of_the_table(self, words: str) -> None:
        assert read_when(words, 2026, (2026, 10)).periods == (_m(10),)

    def test_a_day_of_the_month_of_the_table(self) -> None:
        assert read_when("до 25-го", 2026, (2026, 10)).periods == (Period.deadline(_d("25.10")),)
        assert read_when("третья среда месяца", 2026, (2026, 11)).periods == (_on("18.11"),)

    def test_another_plan_in_a_table_of_a_month_guesses_the_month(self) -> None:
        (problem,) = read_when("по плануРОО", 2026, (2026, 11)).problems
        assert (problem.code, problem.guess) == ("named_elsewhere", (_m(11),))

    def test_without_any_year_nothing_is_invented(self) -> None:
        reading = read_when("ноябрь", None)
        assert (reading.periods, reading.problems[0].code) == ((), "no_year")

    def test_a_year_that_stands_once(self) -> None:
        assert read_when("Сентябрь, май 2022 года", None).periods == (
            Period.month(2021, 9),
            Period.month(2022, 5),
        )
        assert read_when("сентябрь 2021 г., май", None).periods == (
            Period.month(2021, 9),
            Period.month(2022, 5),
        )

    def test_a_year_that_a_row_above_names(self) -> None:
        assert read_when("Январь - февраль", None, calendar_year=2021).periods == (
            Period.months(2021, 1, 2021, 2),
        )

    def test_the_halves_of_a_calendar_year(self) -> None:
        halves = (
            read_when("1 полугодие", None, calendar_year=2025),
            read_when("во II полугодии 2025 г.", None, calendar_year=2025),
        )
        assert [it.periods for it in halves] == [
            (Period.months(2025, 1, 2025, 6),),
            (Period.months(2025, 7, 2025, 12),),
        ]
        assert not any(it.problems for it in halves)
        in_school_year = read_when("1 полугодие", 2025, calendar_year=2025)
        assert in_school_year.periods == (Period.months(2025, 9, 2025, 12),)

    def test_the_place_is_kept(self) -> None:
        assert read_when("Куйтун, ноябрь - декабрь.", 2026).rest == "Куйтун"

    def test_a_month_and_the_year_round(self) -> None:
        assert read_when("август, в течение года", 2026) == WhenReading((_m(8),), year_round=True)

    @pytest.mark.parametrize(
        ("title", "year"),
        [
            ("на 2021/ 2022 учебный год", 2021),
            ("на 2016 – 2017 учебный год", 2016),
            ("2025-2026 учебный год", 2025),
            ("на 20162017 учебный год", 2016),
            ("План на 2021-22 уч. г.", 2021),
            ("на 20учебный год", None),
            ("на 20015/2016 учебный год", None),
            ("программа на 2022-2024 годы", None),
            ("на 2016-2017 и 2017-2018 учебные годы", None),
        ],
    )
    def test_school_years(self, title: str, year: int | None) -> None:
        assert read_school_year(title) == year

    def test_calendar_years(self) -> None:
        assert read_calendar_year("2021 год") == 2021
        assert read_calendar_year("План работы на 2021 г.") == 2021
        assert read_calendar_year("2021/2022") is None
        assert read_calendar_year("на 20222 - 2023 учебный год") is None


def _row_context(row: dict[str, str]) -> dict[str, Any]:
    year, table = row["school_year"], row["table_month"]
    return {
        "school_year": int(year[:4]) if year[:4].isdigit() else None,
        "calendar_year": int(year.split()[1]) if year.startswith("calendar") else None,
        "table_month": (int(table[:4]), int(table[5:])) if table else None,
    }


def _periods_of(said: dict[str, Any]) -> list[Period]:
    match said["kind"]:
        case "day":
            return [Period.day(date.fromisoformat(said["date"]))]
        case "months":
            return [Period.month(*map(int, month.split("-"))) for month in said["months"]]
        case "deadline":
            return [Period.deadline(date.fromisoformat(said["by"]))]
    first, last = date.fromisoformat(said["from"]), date.fromisoformat(said["to"])
    if said.get("precision") == "month":
        return [Period.months(first.year, first.month, last.year, last.month)]
    return [Period.days(first, last)]


@pytest.mark.plans
@pytest.mark.skipif(not _PHRASES.is_file(), reason="the real phrases of ../shared are not here")
class TestRealPhrases:
    """Every phrase is read as a careful person reads it, or asked about; none is misread in silence."""

    def test_none_is_misread(self) -> None:
        with _PHRASES.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened, delimiter="\t"))
        judged = [(row["phrase"], self._judged(row)) for row in rows]
        assert len(judged) == 167
        assert [phrase for phrase, verdict in judged if verdict == "misread"] == []
        assert sum(verdict == "asked" for _, verdict in judged) <= 17

    def _judged(self, row: dict[str, str]) -> str:
        said = json.loads(row["expected"])
        phrase = row["phrase"].replace("⏎", "\n")
        if said["kind"] in {"school_year", "calendar_year"}:
            year = read_school_year(phrase) if said["kind"] == "school_year" else read_calendar_year(phrase)
            return "right" if year == said.get("start", said.get("year")) else "misread"
        reading = read_when(phrase, **_row_context(row))
        doubtful = {"conflict", "suspect", "likely", "alternative", "ambiguous", "approx", "typo"} & set(said)
        if doubtful or said["kind"] in {"unknown", "multi"}:
            return "asked" if reading.problems else "misread"
        if said["kind"] == "all_year":
            right = reading.year_round
        elif said["kind"] == "recurring":
            right = reading.recurs is not None and not reading.periods
        elif said["kind"] == "weeks":
            right = [period.precision for period in reading.periods] == [Precision.WEEKS]
        else:
            right = list(reading.periods) == _periods_of(said)
        if reading.problems and (right or not reading.periods):
            return "asked"
        return "right" if right else "misread"


days = st.dates(date(2026, 8, 1), date(2027, 7, 31))


def _named(day: date) -> list[str]:
    month_name = MONTHS_OF[day.month - 1]
    return [
        f"{day.day} {month_name}",
        f"{day:%d.%m}",
        f"{day:%d.%m.%Y}",
        f"{day:%d.%m.%y} г.",
        f"{day.day} {month_name} {day.year} года",
        f"{day.day}{month_name.upper()}",
        f"{day:%d.%m}. ",
        f"{day.isoformat()}",
    ]


class TestEveryDate:
    """Whatever the date, and whichever of the usual ways to write it."""

    @given(days, st.data())
    def test_a_day(self, day: date, data: st.DataObject) -> None:
        words = data.draw(st.sampled_from(_named(day)))
        assert read_when(words, 2026) == WhenReading((Period.day(day),))

    @given(days, st.integers(1, 60), st.sampled_from(["-", " – ", "—", " -", "- "]))
    def test_a_span(self, first: date, length: int, dash: str) -> None:
        last = first + timedelta(days=length)
        words = f"{first:%d.%m.%Y}{dash}{last:%d.%m.%Y}"
        assert read_when(words, None).periods == (Period.days(first, last),)

    @given(
        days, st.times(), st.sampled_from(["{} {:%H:%M}", "{}, {:%H:%M}", "{} в {:%H:%M}", "{} в {:%H.%M}"])
    )
    def test_an_hour(self, day: date, clock: time, shape: str) -> None:
        words = shape.format(f"{day.day} {MONTHS_OF[day.month - 1]}", clock)
        expected = Period.at(day, clock.replace(second=0, microsecond=0))
        assert read_when(words, 2026) == WhenReading((expected,))
        assert read_moment(words, date(2026, 8, 1)) == expected

    @given(st.lists(days.map(lambda day: (day.year, day.month)), min_size=1, max_size=5, unique=True))
    def test_months(self, months: list[tuple[int, int]]) -> None:
        words = ", ".join(f"{MONTHS[month - 1]} {year} г." for year, month in months)
        assert read_when(words, 2026).periods == tuple(Period.month(*month) for month in months)

    @given(days, st.times() | st.none())
    def test_in_words_reads_back(self, day: date, clock: time | None) -> None:
        clock = clock and clock.replace(second=0, microsecond=0)
        period = Period.day(day) if clock is None else Period.at(day, clock)
        assert read_when(in_words(period), None).periods == (period,)


_PIECES = [
    "\n",
    *MONTHS_OF,
    *"до с по и в к - – , . : / ( ) 1 5 15 31 32 00 2026 26 10.10 14.00 I II неделя четверть раз".split(),
    *"каждого месяца последняя среда года течение каникулы числа утра не или конец г план № класс".split(),
]


class TestEveryText:
    """Nothing raises, and no number is passed over."""

    @given(st.text(max_size=60) | st.lists(st.sampled_from(_PIECES), max_size=9).map(" ".join))
    def test_never_raises(self, text: str) -> None:
        reading = read_when(text, 2026, (2026, 11))
        assert isinstance(reading, WhenReading)
        assert read_when(text, None) is not None
        read_span(text, date(2026, 11, 23))
        read_school_year(text)
        read_calendar_year(text)

    def test_a_whole_page_in_a_cell(self) -> None:
        (problem,) = read_when("15 ноября " * 5_000, 2026).problems
        assert problem.code == "not_understood"
        assert read_span("и " * 5_000, TODAY) is None

    @given(st.text(max_size=60) | st.lists(st.sampled_from(_PIECES), max_size=9).map(" ".join))
    def test_chat_raises_domain_errors_only(self, text: str) -> None:
        for near in (None, NOVEMBER):
            with contextlib.suppress(DomainError):
                assert read_moment(text, TODAY, near).day_known

    @given(st.lists(st.sampled_from(_PIECES), max_size=9).map(" ".join))
    def test_figures_are_read_or_asked_about(self, text: str) -> None:
        if not re.search("[0-9]", text):
            return
        reading = read_when(text, 2026, (2026, 11))
        said = reading.periods or reading.problems or reading.recurs or reading.year_round
        assert said

    @given(days, st.integers(32, 99))
    def test_a_stray_number_is_never_passed_over(self, day: date, stray: int) -> None:
        for words in (f"{day:%d.%m.%Y} {stray}", f"{stray} {day:%d.%m.%Y}", f"{day:%d.%m.%Y}, {stray}"):
            reading = read_when(words, 2026)
            assert reading.problems
            assert reading.periods == ()


@pytest.mark.parametrize("text", ["24, 14:00", "24 (14.00)", "24 в 14-00"])
def test_a_bare_day_under_its_month_has_its_hour(text: str) -> None:
    reading = read_when(text, 2026, (2026, 9))
    assert [in_words(period) for period in reading.periods] == ["24 сентября 2026 г., 14:00"]
    assert not reading.problems


def test_figures_behind_a_bare_day_that_may_be_another_day_are_no_hour() -> None:
    assert all(period.start_time is None for period in read_when("24, 10.11", 2026, (2026, 9)).periods)


@pytest.mark.parametrize("text", ["7 (среда)", "7, ср."])
def test_a_bare_day_under_its_month_has_its_weekday(text: str) -> None:
    reading = read_when(text, 2026, (2026, 10))
    assert reading.periods == (Period.day(date(2026, 10, 7)),)
    assert not reading.problems
    assert read_when(text.replace("7", "8"), 2026, (2026, 10)).problems


def test_a_weekday_that_says_the_day_again_is_no_question() -> None:
    assert not read_when("29.11 (последнее воскресенье)", 2026).problems
    assert read_when("28.11 (последнее воскресенье)", 2026).problems
