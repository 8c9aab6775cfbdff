"""A meeting out of a coordinator's words."""

from __future__ import annotations

import json
from datetime import date, time

import pytest

from domain.errors import DomainError
from domain.event_words import EventDraft, read_times
from domain.kinds import kind_of
from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Mode

TODAY = date(2026, 11, 2)  # a Monday


def read(line: str, so_far: EventDraft | None = None) -> EventDraft:
    draft, title = (so_far or EventDraft()).but_title(line, TODAY)
    return draft.named(title) if title else draft


@pytest.mark.parametrize(
    ("line", "title", "period", "venue"),
    [
        (
            "семинар 15 ноября 14:00 СОШ 183",
            "Семинар",
            Period.at(date(2026, 11, 15), time(14)),
            "СОШ 183",
        ),
        (
            "Семинар «Правовые основы» 18 ноября с 14 до 16, лицей № 12",
            "Семинар «Правовые основы»",
            Period.at(date(2026, 11, 18), time(14), time(16)),
            "Лицей № 12",
        ),
        (
            "завтра в 15, СОШ 12, семинар «Лето – с книгой 1 июня»",
            "Семинар «Лето – с книгой 1 июня»",
            Period.at(date(2026, 11, 3), time(15)),
            "СОШ 12",
        ),
        (
            "мастер-класс 18.11 14.00–16.00 гимназия 21 каб. 5",
            "Мастер-класс",
            Period.at(date(2026, 11, 18), time(14), time(16)),
            "Гимназия 21 каб. 5",
        ),
        ("совещание в среду в 15 в ЦБС", "Совещание", Period.at(date(2026, 11, 4), time(15)), "ЦБС"),
        ("семинар 15 в 14:00", "Семинар", Period.at(date(2026, 11, 15), time(14)), ""),
        (
            "18 ноября, среда, 14:00 Заседание РМО",
            "Заседание РМО",
            Period.at(date(2026, 11, 18), time(14)),
            "",
        ),
        (
            "семинар 15 ноября Правовые основы работы библиотеки, СОШ 183",
            "Семинар: Правовые основы работы библиотеки",
            Period.at(date(2026, 11, 15), time(14)),
            "СОШ 183",
        ),
        ("заседание РМО в декабре", "Заседание РМО", Period.month(2026, 12), ""),
        ("15–16 декабря конференция", "Конференция", Period.days(date(2026, 12, 15), date(2026, 12, 16)), ""),
        (
            "заседание РМО в ноябре в библиотеке им. Чехова",
            "Заседание РМО",
            Period.month(2026, 11),
            "В библиотеке им. Чехова",
        ),
        (
            "конкурс чтецов, 20 ноября, 11:00, Дом творчества",
            "Конкурс чтецов",
            Period.at(date(2026, 11, 20), time(11)),
            "Дом творчества",
        ),
        # Words of titles that could be something else.
        ("Книжная весна 3 марта", "Книжная весна", Period.at(date(2027, 3, 3), time(14)), ""),
        (
            "Итоги сентября: заседание 18 ноября",
            "Итоги сентября: заседание",
            Period.at(date(2026, 11, 18), time(14)),
            "",
        ),
        (
            "Школа молодого библиотекаря 20 ноября",
            "Школа молодого библиотекаря",
            Period.at(date(2026, 11, 20), time(14)),
            "",
        ),
        (
            "Правовые основы работы школьной библиотеки 18 ноября",
            "Правовые основы работы школьной библиотеки",
            Period.at(date(2026, 11, 18), time(14)),
            "",
        ),
        (
            "Семинар «Библиотека и школа 183» 18 ноября",
            "Семинар «Библиотека и школа 183»",
            Period.at(date(2026, 11, 18), time(14)),
            "",
        ),
    ],
)
def test_one_line(line: str, title: str, period: Period, venue: str) -> None:
    draft = read(line)
    assert (draft.title, draft.dated(time(14)), draft.venue) == (title, period, venue)


def test_all_that_belongs_to_the_place() -> None:
    draft = read("семинар 18 ноября СОШ 183, ул. Садовая, 7, каб. 214; вход со двора\nвзять: паспорт")
    assert (draft.venue, draft.entrance, draft.bring) == (
        "СОШ 183, ул. Садовая, 7, каб. 214",
        "со двора",
        "паспорт",
    )
    assert draft.missing is None


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("семинар 18 ноября 14:00 онлайн", "Семинар"),
        ("семинар онлайн 18 ноября 14:00", "Семинар"),
        ("семинар «Книга и экран» онлайн 18 ноября 14:00", "Семинар «Книга и экран»"),
        ("вебинар 18 ноября 14:00 в Zoom", "Вебинар"),
        ("совещание 18 ноября 14:00, в дистанционном формате", "Совещание"),
        ("совещание 18 ноября 14:00 по ВКС, ссылку пришлю позже", "Совещание"),
    ],
)
def test_online_and_the_link_is_still_to_come(line: str, title: str) -> None:
    draft = read(line)
    assert (draft.title, draft.venue, draft.link, draft.mode) == (title, "", "", Mode.ONLINE)
    assert draft.missing is None
    assert EventDraft.from_facts(draft.as_facts()) == draft
    given = read("https://meet.example.org/a", draft)
    assert (given.link, given.mode) == ("https://meet.example.org/a", Mode.ONLINE)
    assert read("Онлайн", given) == given


@pytest.mark.parametrize(
    ("line", "responsible", "venue"),
    [
        ("семинар 18 ноября, лицей № 12, отв. Орлова Н. В.", "Орлова Н. В.", "Лицей № 12"),
        ("семинар 18 ноября, проводит Орлова Н. В., лицей № 12", "Орлова Н. В.", "Лицей № 12"),
        ("семинар (ведущая: Орлова) 18 ноября лицей № 12", "Орлова", "Лицей № 12"),
    ],
)
def test_who_holds_it(line: str, responsible: str, venue: str) -> None:
    draft = read(line)
    assert (draft.title, draft.responsible, draft.venue) == ("Семинар", responsible, venue)


def test_that_it_takes_place_goes_without_saying() -> None:
    assert read("в пятницу 20 ноября в 15:00 состоится семинар").title == "Семинар"
    assert read("Будет ласковый дождь, 20 ноября").title == "Будет ласковый дождь"


def test_a_link_makes_it_an_online_one() -> None:
    draft = read("вебинар 10 декабря 14:00 https://example.org/12.11.2026")
    assert (draft.title, draft.mode, draft.link) == ("Вебинар", Mode.ONLINE, "https://example.org/12.11.2026")
    assert draft.period == Period.day(date(2026, 12, 10))


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("18 ноября 14:00 лицей № 12", "title"),
        ("лицей № 12", "title"),
        ("14:00", "title"),
        ("Литературная среда", "day"),
        ("семинар 18 ноября", "place"),
        ("семинар 18 ноября СОШ 183", None),
    ],
)
def test_what_is_missing(line: str, missing: str | None) -> None:
    assert read(line).missing == missing


def test_what_is_said_later_takes_the_place_of_that_alone() -> None:
    draft = read("семинар 18 ноября 14:00 СОШ 183; вход со двора")
    assert read("15:00–16:30", draft).dated(time(14)) == Period.at(date(2026, 11, 18), time(15), time(16, 30))
    assert read("19 ноября", draft).dated(time(10)) == Period.at(date(2026, 11, 19), time(14))
    assert read("в декабре", draft).dated(time(14)) == Period.month(2026, 12)
    moved = read("Дом творчества", draft)
    assert (moved.title, moved.venue, moved.entrance) == ("Семинар", "Дом творчества", "")
    assert read("вход с улицы", draft).entrance == "с улицы"
    assert read("заседание «Планы»", draft).title == "Заседание «Планы»"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("семинар 31 ноября 14:00", "moment_impossible_day"),
        ("семинар 18 ноября с 16 до 14", "end_before_start"),
        ("16:00–14:00", "end_before_start"),
        ("семинар до 18 ноября", "moment_not_understood"),
        ("семинар 18 ноября и 19 декабря", "moment_not_understood"),
        ("ы" * 201, "title_too_long"),
        ("ы " * 400, "line_too_long"),
        ("семинар 18 ноября СОШ 183 " + "ы" * 300, "place_too_long"),
        ("Семинар «Книга» 30 ноября 25:70 СОШ 183", "times_not_understood"),
    ],
)
def test_what_cannot_be(line: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        read(line)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "line",
    ["семинар 18 ноября с 14 до 16, СОШ 183; вход со двора", "в декабре", "15:00", "https://example.org"],
)
def test_a_draft_survives_being_stored(line: str) -> None:
    draft = read(line)
    assert EventDraft.from_facts(json.loads(json.dumps(draft.as_facts()))) == draft


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Заседание РМО", Kind.MEETING),
        ("Вебинар «Книга»", Kind.SEMINAR),
        ("Мастер-класс", Kind.WORKSHOP),
        ("Книжная весна", Kind.OTHER),
    ],
)
def test_its_kind_is_told_by_its_title(title: str, kind: Kind) -> None:
    assert kind_of(title) is kind


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("14:00–16:00", (time(14), time(16))),
        ("с 14 до 16", (time(14), time(16))),
        ("15", (time(15), None)),
        ("в 3 дня", (time(15), None)),
        ("до 17:00", (time(14), time(17))),
        ("конец в 15.30", (time(14), time(15, 30))),
    ],
)
def test_hours(words: str, expected: tuple[time, time | None]) -> None:
    assert read_times(words, (time(14), time(16))) == expected


@pytest.mark.parametrize(
    ("words", "present", "code"),
    [
        ("16:00–14:00", None, "end_before_start"),
        ("до 14:00", (time(14), None), "end_before_start"),
        ("до 14:00", None, "times_not_understood"),
        ("после обеда", None, "times_not_understood"),
        ("25:00", None, "times_not_understood"),
        ("", None, "times_not_understood"),
    ],
)
def test_hours_that_cannot_be(words: str, present: tuple[time, time | None] | None, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_times(words, present)
    assert refused.value.code == code
