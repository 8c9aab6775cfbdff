"""Russian words for dates in chat: what the coordinator types, and what the librarians ask about."""

from __future__ import annotations

from datetime import date, time

import pytest

from domain.errors import DomainError
from domain.period import Period
from domain.russian_dates import read_day_or_months, read_moment, read_span, rest_of_school_year

TODAY = date(2026, 10, 20)  # a Tuesday
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


class TestMoments:
    """What the coordinator types."""

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("15 ноября 14:00", Period.at(date(2026, 11, 15), time(14))),
            ("15.11 14.00", Period.at(date(2026, 11, 15), time(14))),
            ("15 ноября в 14 часов", Period.at(date(2026, 11, 15), time(14))),
            ("15 ноября 14:00–16:00", Period.at(date(2026, 11, 15), time(14), time(16))),
            ("15 ноября с 14 до 16", Period.at(date(2026, 11, 15), time(14), time(16))),
            ("15 ноября в 3 часа дня", Period.at(date(2026, 11, 15), time(15))),
            ("15", Period.day(date(2026, 11, 15))),
            ("15 14:00", Period.at(date(2026, 11, 15), time(14))),
            ("18-го в 14", Period.at(date(2026, 11, 18), time(14))),
            ("в среду в 14", Period.at(date(2026, 10, 21), time(14))),
            ("в следующую среду в 10", Period.at(date(2026, 10, 28), time(10))),
            ("завтра 10:00", Period.at(date(2026, 10, 21), time(10))),
            ("послезавтра", Period.day(date(2026, 10, 22))),
            ("первая среда ноября в 15:00", Period.at(date(2026, 11, 4), time(15))),
            ("среда 18 ноября 14:00", Period.at(date(2026, 11, 18), time(14))),
            ("15–16 ноября", Period.days(date(2026, 11, 15), date(2026, 11, 16))),
            ("лицей № 12, 15 ноября в 14:00", Period.at(date(2026, 11, 15), time(14))),
            ("15 ноября 2027", Period.day(date(2027, 11, 15))),
            ("15 ноября, 14.30", Period.at(date(2026, 11, 15), time(14, 30))),
            ("15 ноября в 10.10", Period.at(date(2026, 11, 15), time(10, 10))),
            ("15 ноября, 10.10–11.50", Period.at(date(2026, 11, 15), time(10, 10), time(11, 50))),
            ("среда 18.11", Period.day(date(2026, 11, 18))),
        ],
    )
    def test_understood(self, words: str, expected: Period) -> None:
        assert read_moment(words, TODAY, NOVEMBER) == expected

    def test_the_year_is_the_next_that_fits(self) -> None:
        assert read_moment("15 января", TODAY).end == date(2027, 1, 15)
        assert read_moment("15 октября", TODAY).end == date(2027, 10, 15)
        assert read_moment("20 октября", TODAY).end == TODAY
        assert read_moment("31", date(2026, 11, 2)).end == date(2026, 12, 31)

    def test_a_meeting_is_not_a_year_away(self) -> None:
        """«1 ноября», said two days later, is no day of the next year."""
        today = date(2026, 11, 3)
        assert read_day_or_months("1 ноября 14:00", today).end == date(2026, 11, 1)
        assert read_day_or_months("2 августа", today).end == date(2027, 8, 2)
        assert read_day_or_months("1 ноября 2027", today).end == date(2027, 11, 1)
        assert read_moment("1 ноября", today).end == date(2027, 11, 1)

    def test_the_year_is_that_of_the_stretch(self) -> None:
        assert read_moment("30 октября", date(2027, 1, 10), NOVEMBER).end == date(2026, 10, 30)

    @pytest.mark.parametrize(
        ("words", "day"), [("31 ноября", "31 ноября"), ("31", "31 ноября"), ("30.02", "30 февраля")]
    )
    def test_days_that_no_calendar_has(self, words: str, day: str) -> None:
        with pytest.raises(DomainError) as refused:
            read_moment(words, TODAY, NOVEMBER)
        assert (refused.value.code, refused.value.facts) == ("moment_impossible_day", {"day": day})

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "привет",
            "ноябрь",
            "14:00",
            "32",
            "183",
            "не 15 ноября",
            "15 или 16 ноября",
            "15 ноября и 16 декабря",
            "15 ноября 25:00",
            "1 ноября до 16:00",
            "четверг 18 ноября",
            "до 15 ноября",
            "15 11",
            "15 ноября, 10.10",
            "15 ноября 10.10–11.10",
            "15 ноября 2026 г., 10.10",
            "15 ноября в 14 ч 20",
        ],
    )
    def test_not_understood(self, words: str) -> None:
        with pytest.raises(DomainError) as refused:
            read_moment(words, TODAY, NOVEMBER)
        assert refused.value.code == "moment_not_understood"

    def test_an_end_before_the_beginning(self) -> None:
        with pytest.raises(DomainError, match="end_before_start"):
            read_moment("15 ноября 16:00–14:00", TODAY, NOVEMBER)


class TestMonths:
    """A day that is only to be named."""

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("в декабре", Period.month(2026, 12)),
            ("октябрь", Period.month(2026, 10)),
            ("сентябрь", Period.month(2027, 9)),
            ("где-то в январе", Period.month(2027, 1)),
            ("ноябрь – декабрь", Period.months(2026, 11, 2026, 12)),
            ("в мае 2028", Period.month(2028, 5)),
            ("15 декабря 14:00", Period.at(date(2026, 12, 15), time(14))),
        ],
    )
    def test_understood(self, words: str, expected: Period) -> None:
        assert read_day_or_months(words, TODAY) == expected

    @pytest.mark.parametrize(
        "words", ["", "потом", "до декабря", "в декабре или январе", "осенью", "12 часов"]
    )
    def test_not_understood(self, words: str) -> None:
        with pytest.raises(DomainError, match="moment_not_understood"):
            read_day_or_months(words, TODAY)

    @pytest.mark.parametrize(
        ("today", "expected"),
        [
            (TODAY, Period.months(2026, 11, 2027, 5)),
            (date(2026, 12, 31), Period.months(2027, 1, 2027, 5)),
            (date(2027, 4, 1), Period.month(2027, 5)),
            (date(2027, 5, 20), Period.months(2027, 8, 2028, 5)),
            (date(2027, 8, 31), Period.months(2027, 9, 2028, 5)),
        ],
    )
    def test_nobody_knows_the_month(self, today: date, expected: Period) -> None:
        assert rest_of_school_year(today) == expected


class TestSpans:
    """What the librarians ask about."""

    @pytest.mark.parametrize(
        ("question", "first", "last"),
        [
            ("что в ноябре?", date(2026, 11, 1), date(2026, 11, 30)),
            ("когда семинар в марте", date(2027, 3, 1), date(2027, 3, 31)),
            ("ноябрьский семинар", date(2026, 11, 1), date(2026, 11, 30)),
            ("в ноябле", date(2026, 11, 1), date(2026, 11, 30)),
            ("что было в сентябре", date(2026, 9, 1), date(2026, 9, 30)),
            ("в декабре 2026", date(2026, 12, 1), date(2026, 12, 31)),
            ("план на октябрь", date(2026, 10, 1), date(2026, 10, 31)),
            ("сегодня", TODAY, TODAY),
            ("а завтра что?", date(2026, 10, 21), date(2026, 10, 21)),
            ("на этой неделе", date(2026, 10, 19), date(2026, 10, 25)),
            ("на следующей неделе", date(2026, 10, 26), date(2026, 11, 1)),
            ("что на неделе?", date(2026, 10, 19), date(2026, 10, 25)),
            ("через неделю", date(2026, 10, 26), date(2026, 11, 1)),
            ("на прошлой неделе", date(2026, 10, 12), date(2026, 10, 18)),
            ("на второй неделе ноября", date(2026, 11, 9), date(2026, 11, 15)),
            ("неделя детской книги в марте", date(2027, 3, 1), date(2027, 3, 31)),
            ("на выходных", date(2026, 10, 24), date(2026, 10, 25)),
            ("в этом месяце", date(2026, 10, 1), date(2026, 10, 31)),
            ("в следующем месяце", date(2026, 11, 1), date(2026, 11, 30)),
            ("15 ноября", date(2026, 11, 15), date(2026, 11, 15)),
            ("есть что-нибудь 5.11?", date(2026, 11, 5), date(2026, 11, 5)),
            ("с 1 по 15 ноября", date(2026, 11, 1), date(2026, 11, 15)),
            ("до конца ноября", TODAY, date(2026, 11, 30)),
            ("январь – март", date(2027, 1, 1), date(2027, 3, 31)),
            ("осенью", date(2026, 9, 1), date(2026, 11, 30)),
            ("зимой", date(2026, 12, 1), date(2027, 2, 28)),
            ("в среду", date(2026, 10, 21), date(2026, 10, 21)),
        ],
    )
    def test_understood(self, question: str, first: date, last: date) -> None:
        assert read_span(question, TODAY) == (first, last)

    @pytest.mark.parametrize(
        "question",
        [
            "",
            "что дальше?",
            "СОШ 183",
            "Майя Петровна",
            "IX",
            "%s { $x }",
            "15",
            "в 14",
            "иванова",
            "🙂",
            "когда семинар",
            "неделя детской книги",
            "когда была неделя детской книги",
            "что на неделе детской книги",
            "итоги недели школьных библиотек",
        ],
    )
    def test_no_date_in_it(self, question: str) -> None:
        assert read_span(question, TODAY) is None
