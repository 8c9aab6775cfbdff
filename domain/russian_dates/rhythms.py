"""Grammar: how often, in which other paper the date stands, and that it will be named yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.russian_dates.cursor import Cursor
from domain.russian_dates.nodes import Node, Rhythm, Said
from domain.russian_dates.spans import OF_MONTH
from domain.russian_dates.stretches import TERM_OF, take_ordinals, take_weekday
from domain.russian_dates.words import TURNING, month_named
from domain.russian_dates.years import EACH, MONTH_WORD, SCHOOL_WORD, WITHIN

_RHYTHM = re.compile(
    r"ежемесячн\w+|еженедельн\w+|ежедневн\w+|ежеквартальн\w+|ежегодн\w+"
    r"|ежемес|еженед|ежекварт|регулярно|систематически|периодически|поквартально|помесячно|ежечетвертн\w+|почетвертно"
)
_YEARLY = "ежегодн"
_OFTEN = ("недел", "день", "дня", "еженед", "ежедн")
_ON_WEEKDAYS = "понедельникам|вторникам|средам|четвергам|пятницам|субботам|воскресеньям"
_UNIT = re.compile(
    r"недел[юи]|недель|месяц\w{0,2}|мес|четверт[ьи]|четвертей|четв|полугоди[еяй]|полуг|квартал\w{0,2}"
    r"|триместр\w{0,2}|год|года|году|полгода|лет|день|дня"
)
_COUNTING = re.compile(r"один|одного|два|две|двух|три|трех|четыре|несколько")
_NEEDED = re.compile(
    r"необходимост\w+|мере|факту|запрос\w+|требовани\w+|заявк\w+|заявлени\w+|просьб\w+|поступлени\w+|обращени\w+"
    r"|востребованност\w+|потребност\w+"
)
_OTHER_PAPER = re.compile(
    r"план\w*|график\w*|положен\w*|расписани\w*|приказ\w*|согласовани\w*|договоренност\w*|назначени\w*"
    r"|распоряжени\w*|программ\w*|календар\w*|циклограмм\w*|итог\w*|результат\w*|окончани\w*|завершени\w*"
)
_TO_BE_NAMED = re.compile(
    r"уточня\w+|уточнит\w+|уточнен\w*|дополнительно|позднее|позже|объявл\w+|сообщ\w+|назнач\w+"
)


def rhythm(cursor: Cursor) -> Sequence[Node] | None:
    """«1 раз в четверть», «ежемесячно», «по средам», «каждый вторник», «по мере необходимости»."""
    if cursor.word("далее|затем"):
        cursor.mark(",-")
        return [Rhythm(onward=True)] if cursor.first_of(_so_many_times, _each, _as_needed, _adverb) else None
    return cursor.first_of(_so_many_times, _each, _as_needed, _on_weekdays, _day_of_each, _adverb)


def _adverb(cursor: Cursor) -> Sequence[Node] | None:
    """«ежемесячно», «регулярно»."""
    word = cursor.word(_RHYTHM)
    return [Rhythm(word.startswith(_YEARLY), word.startswith(_OFTEN))] if word else None


def _so_many_times(cursor: Cursor) -> Sequence[Node] | None:
    """«1 раз в четверть», «2-3 раза в год», «раз в две недели», «не реже 1 раза в квартал», «2р/год»."""
    cursor.word("по")
    if cursor.word("не") and not cursor.word("реже|менее"):
        return None
    if cursor.number() is None:
        cursor.word(_COUNTING)
    else:
        cursor.ending()
        if cursor.mark("-"):
            cursor.number()
    if not cursor.word("раз[ау]?|р|дважды|трижды") or not (cursor.word("в|во|за") or cursor.mark("/")):
        return None
    cursor.word(WITHIN)
    if cursor.number() is None:
        cursor.word(_COUNTING)
    cursor.word(SCHOOL_WORD)
    unit = cursor.word(_UNIT)
    return [_by(unit)] if unit else None


def _each(cursor: Cursor) -> Sequence[Node] | None:
    """«каждый вторник», «в каждую вторую среду месяца», «каждый год»."""
    cursor.word("в|во")
    if not cursor.word(EACH):
        return None
    if cursor.tried(take_ordinals) is None:
        cursor.word(_COUNTING)
    unit = cursor.word(_UNIT)
    if unit is None and take_weekday(cursor) is None:
        return None
    cursor.word(MONTH_WORD)
    return [_by(unit)]


def _by(unit: str | None) -> Rhythm:
    """The rhythm of a unit of time, of a weekday where there is none."""
    return (
        Rhythm(often=True)
        if unit is None
        else Rhythm(unit.startswith(("год", "лет")), unit.startswith(_OFTEN))
    )


def _as_needed(cursor: Cursor) -> Sequence[Node] | None:
    """«по мере необходимости», «в случае обращения», «по итогам четверти», «по полугодиям»."""
    in_case = cursor.word("в") is not None
    if in_case and cursor.word("рабочем"):
        return [Rhythm()] if cursor.word("порядке") else None
    if not cursor.word("случае" if in_case else "по|при"):
        return None
    if cursor.word("итогам|результатам|окончании|окончанию|завершении"):
        cursor.word(EACH)
        return [Rhythm()] if cursor.word(TERM_OF) else None
    if cursor.word("четвертям|полугодиям|месяцам|триместрам"):
        return [Rhythm()]
    if not cursor.word(_NEEDED):
        return None
    _words_on(cursor, 6)
    return [Rhythm()]


def _on_weekdays(cursor: Cursor) -> Sequence[Node] | None:
    """«по средам», «по вторникам и четвергам»."""
    if not cursor.word("по") or not cursor.match(_ON_WEEKDAYS):
        return None
    while cursor.tried(_another_weekday):
        pass
    return [Rhythm(often=True)]


def _another_weekday(cursor: Cursor) -> re.Match[str] | None:
    return cursor.match(_ON_WEEKDAYS) if cursor.mark(",") or cursor.word("и") else None


def _day_of_each(cursor: Cursor) -> Sequence[Node] | None:
    """«25 числа каждого месяца», «1 и 15 числа ежемесячно»."""
    cursor.word("до|с|к")
    while True:
        if cursor.number() is None:
            return None
        cursor.ending()
        if not (cursor.mark(",-") or cursor.word("и|по|до")):
            break
    cursor.word(OF_MONTH)
    each = cursor.word("ежемесячно") or (cursor.word(EACH) and cursor.word("месяца|мес"))
    return [Rhythm()] if each else None


def elsewhere(cursor: Cursor) -> Sequence[Node] | None:
    """«по плану РОО», «по плануРОО», «по отдельному графику», «согласно приказу», «по итогам 1 полугодия»."""
    cursor.mark("-")
    in_accordance = cursor.word("в") and cursor.word("соответствии") and cursor.word("с|со")
    if not in_accordance and not cursor.word("по|согласно"):
        return None
    for _ in range(3):
        if cursor.word(_OTHER_PAPER):
            cursor.tried(_numbered_term)
            _words_on(cursor, 6)
            return [Said.ELSEWHERE]
        token = cursor.peek()
        if token is None or not token.is_word or month_named(token.text):
            return None
        cursor.at += 1
        cursor.mark(".")  # «по отд. графику»
    return None


def _numbered_term(cursor: Cursor) -> str | None:
    """The «1 полугодия» of «по итогам 1 полугодия»: it says when nothing is to be done yet."""
    return cursor.word(TERM_OF) if take_ordinals(cursor) else None


def _words_on(cursor: Cursor, most: int) -> None:
    """Takes the words that belong to what was just read, to the next mark, line or date."""
    for _ in range(most):
        token = cursor.peek()
        if token is None or not token.is_word or TURNING.fullmatch(token.text):
            return
        if month_named(token.text) or token.text in {"в", "до", "с", "на"} or WITHIN.fullmatch(token.text):
            return
        cursor.at += 1


def to_be_named(cursor: Cursor) -> Sequence[Node] | None:
    """«дата уточняется», «срок будет объявлен дополнительно»."""
    cursor.mark("-")
    cursor.word(r"точн\w+|конкретн\w+")
    cursor.word("дат[аыу]|день|срок|сроки|время")
    cursor.word("будет|будут")
    if not cursor.word(_TO_BE_NAMED):
        return None
    while cursor.word(_TO_BE_NAMED) or cursor.word("будет|будут"):
        pass
    return [Said.TO_BE_NAMED]
