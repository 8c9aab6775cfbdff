"""Lists of people, in whatever order and words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from documents.either import read_either
from documents.process import read_either_apart, read_plan_apart
from domain.errors import DomainError
from domain.full_names import FullName
from domain.people_list import MOST_PEOPLE, Doubt, Listed, PeopleDraft, as_json, from_json
from domain.plan_draft import PlanDraft
from tests.documents.paper import docx_of

MARIA = ("Петрова Мария Ивановна", "СОШ № 45", "педагог-библиотекарь", "первая", "15", "8 913 123-45-67")
OLGA = ("Белова Ольга Петровна", "Лицей № 12", "заведующая", "высшая", "20 лет", "+7 913 000-00-02")
HEAD = ("Ф.И.О.", "Организация", "Должность", "Категория", "Стаж", "Телефон")


def xlsx_of(*sheets: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> bytes:
    """A workbook; what is merged is so on every sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read(content: bytes, name: str = "список.xlsx") -> PeopleDraft:
    """What is read of a list."""
    draft = read_either(content, name)
    assert isinstance(draft, PeopleDraft)
    return draft


def refused(content: bytes, name: str = "список.xlsx") -> DomainError:
    with pytest.raises(DomainError) as error:
        read_either(content, name)
    return error.value


def doubts(draft: PeopleDraft) -> list[tuple[int, Doubt]]:
    return [(one.row, one.doubt) for one in draft.doubts]


READ_MARIA = (
    "Петрова",
    "Мария",
    "Ивановна",
    "СОШ № 45",
    "педагог-библиотекарь",
    "79131234567",
    "первая",
    "15",
)


def told(one: Listed) -> tuple[str, ...]:
    """Everything that was read of somebody but the row."""
    name = one.name
    named = (name.surname, name.given_name, name.patronymic)
    return (*named, one.school, one.position, one.phone, one.category, one.service)


def test_a_list_in_excel_with_titles_above() -> None:
    draft = read(
        xlsx_of([["Список библиотекарей"], ["на 1 сентября"], [], ["№", *HEAD], [1, *MARIA], [2, *OLGA]])
    )
    assert told(draft.people[0]) == READ_MARIA
    assert [one.row for one in draft.people] == [5, 6]
    assert (draft.doubts, draft.unused) == ((), ())


def test_the_same_in_word() -> None:
    content = docx_of("Список", [["Список РМО"], ["№", *HEAD], ["1", *MARIA], ["2", *OLGA]])
    draft = read(content, "список.docx")
    assert told(draft.people[0]) == READ_MARIA
    assert not draft.doubts


def test_a_name_in_three_columns() -> None:
    head = ("Школа", "Фамилия", "Имя", "Отчество")
    draft = read(xlsx_of([head, ("СОШ 45", "ПЕТРОВА", "мария", "Ивановна"), ("", "Ким", "Анна", None)]))
    assert [one.name for one in draft.people] == [
        FullName("Петрова", "Мария", "Ивановна"),
        FullName("Ким", "Анна"),
    ]
    assert doubts(draft) == [(3, Doubt.NO_SCHOOL)]


def test_numbers_are_read_as_people_write_them() -> None:
    draft = read(xlsx_of([HEAD, (*MARIA[:4], 15.0, 89131234567.0)]))
    assert told(draft.people[0]) == READ_MARIA


STAFF = (
    "1",
    "Петрова",
    "Мария",
    "Ивановна",
    "МБОУ СОШ № 45",
    "педагог-библиотекарь",
    "первая",
    15,
    "05.03.1970",
    "89131234567",
)
STAFF_HEAD = ("№", "Фамилия", "Имя", "Отчество", "Место работы", "Должность", "Категория", "Педстаж")


@pytest.mark.parametrize(
    "dated",
    [
        "Дата рождения",
        "Дата приёма",
        "Срок действия категории",
        "Дата последней аттестации",
        "Год рождения",
        "Дата приема на работу",
        "Период работы",
    ],
)
@pytest.mark.parametrize("in_three", [True, False])
def test_a_staff_list_with_dates(dated: str, in_three: bool) -> None:
    head, row = [*STAFF_HEAD, dated, "тел."], list(STAFF)
    if not in_three:
        head[1:4], row[1:4] = ["Ф.И.О."], [" ".join(map(str, STAFF[1:4]))]
    draft = read(xlsx_of([head, row]))
    assert told(draft.people[0])[:3] == READ_MARIA[:3]
    assert told(draft.people[0])[4:] == READ_MARIA[4:]
    assert draft.unused == (dated,)
    assert not draft.doubts


@pytest.mark.parametrize("dated", ["Дата", "Срок проведения", "Дата и место проведения"])
def test_a_table_of_who_does_what_when_is_no_list(dated: str) -> None:
    row = ("Петрова Мария Ивановна", "СОШ № 45", "05.03.2027")
    assert refused(xlsx_of([("Ф.И.О.", "Организация", dated), row])).code == "plan_no_table"


def test_what_somebody_is_is_no_heading() -> None:
    lyceum = ("Белова Ольга Петровна", "Лицей № 12", "педагог-библиотекарь")
    draft = read(
        xlsx_of([HEAD[:3], MARIA[:3], lyceum, HEAD[:3], ("Ким Анна", "Гимназия № 21", "библиотекарь")])
    )
    assert [one.school for one in draft.people] == ["СОШ № 45", "Лицей № 12", "Гимназия № 21"]
    assert not draft.doubts


def test_names_may_stand_under_what_people_are() -> None:
    head = ("Библиотекарь", "Школа")
    draft = read(xlsx_of([head, MARIA[:2], head, OLGA[:2]]))
    assert [one.name.surname for one in draft.people] == ["Петрова", "Белова"]


def test_of_several_schools_the_first_is_taken_with_a_word() -> None:
    draft = read(xlsx_of([HEAD, (MARIA[0], "МАОУ Гимназия № 21/ СОШ 7", *MARIA[2:])]))
    assert draft.people[0].school == "МАОУ Гимназия № 21"
    assert doubts(draft) == [(2, Doubt.OTHER_SCHOOLS)]


def test_what_stands_with_the_name_is_the_position() -> None:
    draft = read(xlsx_of([HEAD[:2], ("Петрова Мария Ивановна, библиотекарь", "СОШ 45")]))
    assert draft.people[0].position == "библиотекарь"


def test_no_row_is_left_out_without_a_word() -> None:
    rows = [
        HEAD,
        (1, 2, 3, 4, 5, 6),
        MARIA,
        ("Петрова М. И.", *MARIA[1:]),
        ("Петрова", *MARIA[1:]),
        ("Мария Ивановна", *MARIA[1:]),
        ("вакансия 1", "СОШ 7"),
        ("", "СОШ 8", "библиотекарь"),
        ("Итого: 3 человека",),
        MARIA,
        (),
        ("Ким Анна", "х" * 301, "д" * 101, "к" * 101, "с" * 51, "нет телефона"),
        HEAD,
        OLGA,
    ]
    draft = read(xlsx_of(rows))
    assert [(one.row, one.name.surname) for one in draft.people] == [
        (3, "Петрова"),
        (12, "Ким"),
        (14, "Белова"),
    ]
    assert doubts(draft) == [
        (4, Doubt.INITIALS),
        (5, Doubt.ONE_WORD),
        (6, Doubt.NO_SURNAME),
        (7, Doubt.NOT_A_NAME),
        (8, Doubt.NO_NAME),
        (9, Doubt.NOT_A_NAME),
        (10, Doubt.REPEATED),
        (12, Doubt.SCHOOL),
        (12, Doubt.POSITION),
        (12, Doubt.PHONE),
        (12, Doubt.CATEGORY),
        (12, Doubt.SERVICE),
    ]
    assert draft.doubts[5].text == "Итого: 3 человека"
    assert (draft.people[1].school, draft.people[1].phone) == ("", "")


def test_merged_cells() -> None:
    rows = [
        ("Ф.И.О.", "Школа", "Стаж", "", "Почта"),
        ("", "", "общий", "пед.", ""),
        ("Петрова Мария Ивановна", "СОШ № 45", 20, 15, "maria@school.example"),
        ("Ким Анна", "", 3, 3, ""),
        ("", "Лицей № 12", "", "", ""),
    ]
    draft = read(xlsx_of(rows, merged=["A1:A2", "B1:B2", "C1:D1", "B3:B4", "A4:A5"]))
    assert [(one.name.surname, one.school, one.service) for one in draft.people] == [
        ("Петрова", "СОШ № 45", "20 / 15"),
        ("Ким", "СОШ № 45", "3"),
    ]
    assert doubts(draft) == [(5, Doubt.CONTINUED)]
    assert draft.unused == ("Почта",)


def test_every_visible_sheet_is_read() -> None:
    draft = read(xlsx_of([HEAD, MARIA], [["Приказ"]], [HEAD, OLGA]))
    assert [one.name.surname for one in draft.people] == ["Петрова", "Белова"]


def test_a_list_that_goes_on_in_another_table() -> None:
    draft = read(docx_of([HEAD, MARIA], "продолжение", [OLGA, OLGA]), "список.docx")
    assert [one.name.surname for one in draft.people] == ["Петрова", "Белова"]
    assert doubts(draft) == [(2, Doubt.REPEATED)]


def test_a_plan_is_a_plan_with_members_beside_it_and_in_excel_too() -> None:
    plan = [["№", "Мероприятие", "Сроки"], ["1", "Семинар", "ноябрь 2026 г."]]
    draft = read_either(docx_of([HEAD, MARIA], plan), "план.docx")
    assert isinstance(draft, PlanDraft)
    assert isinstance(read_either(xlsx_of(plan), "план.xlsx"), PlanDraft)


def test_themes_of_people_make_no_plan() -> None:
    head = ("№", "Ф.И.О.", "Тема самообразования", "Школа")
    draft = read(xlsx_of([head, (1, "Ким Анна", "Чтение", "СОШ 1")]))
    assert draft.unused == ("Тема самообразования",)


def test_neither_a_plan_nor_a_list() -> None:
    assert refused(xlsx_of([["Имя", "Класс"], ["Мария", 5]])).code == "plan_no_table"
    assert refused(xlsx_of([])).code == "plan_no_table"


def test_more_people_than_an_association_has() -> None:
    letters = "абвгдежзиклмнопрстуф"
    names = [f"А{a}{b}{c} Анна" for a in letters for b in letters for c in letters][:5_000]
    error = refused(xlsx_of([HEAD[:2], *((name, "СОШ 1") for name in names)]))
    assert (error.code, error.facts) == ("list_too_long", {"people": 5_000, "most": MOST_PEOPLE})


def test_a_cell_in_the_last_row_of_excel() -> None:
    book = Workbook()
    book.worksheets[0].cell(1_048_576, 16_384, "далеко")
    written = io.BytesIO()
    book.save(written)
    assert refused(written.getvalue()).code == "plan_too_heavy"


def test_a_password() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert refused(container).code == "plan_locked"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("put", [b"", b"<", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "b">]><a>&a;</a>'])
def test_broken_inside(part: str, put: bytes) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_of([HEAD, MARIA]))) as good, zipfile.ZipFile(written, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, put if name == part else good.read(name))
    assert refused(written.getvalue()).code == "plan_damaged"


def test_half_a_file() -> None:
    content = xlsx_of([HEAD, MARIA])
    assert refused(content[: len(content) // 2]).code == "plan_damaged"
    assert refused(b"").code == "plan_empty"


def test_formulas_are_never_reckoned() -> None:
    rows = [HEAD, ('=HYPERLINK("http://bad.example")', *MARIA[1:]), (MARIA[0], "=1+1", "=cmd|' /C calc'!A0")]
    draft = read(xlsx_of(rows))
    assert doubts(draft) == [(2, Doubt.NO_NAME), (3, Doubt.NO_SCHOOL)]
    assert draft.people[0].position == ""


def test_a_formula_in_words_is_text() -> None:
    draft = read(docx_of([HEAD, (MARIA[0], "СОШ 45", "=1+1", "<b>", "\u202e15", "")]), "список.docx")
    one = draft.people[0]
    assert (one.position, one.category, one.service) == ("=1+1", "<b>", "15")
    assert not draft.doubts


def test_dates_in_cells() -> None:
    draft = read(xlsx_of([HEAD[:2] + HEAD[4:5], (MARIA[0], "СОШ 45", datetime(2010, 9, 1))]))  # noqa: DTZ001
    assert draft.people[0].service == "01.09.2010"


async def test_apart_gives_the_same_draft() -> None:
    content = xlsx_of([HEAD, MARIA, ("Петрова М. И.",)])
    assert await read_either_apart(content, "список.xlsx") == read(content)
    with pytest.raises(DomainError) as error:
        await read_plan_apart(content, "список.xlsx")
    assert error.value.code == "plan_no_table"


NASTY = st.sampled_from(
    ["=1+1", "@SUM(A1)", "\u202eбат", "\x07", "a" * 32_000, "<b>&</b>", "–", "1", "\u200b", "₽ 5"]
)
TEXTS = st.one_of(st.just(""), NASTY, st.text(max_size=30))


@settings(max_examples=60, deadline=None)
@given(
    order=st.permutations(range(len(HEAD))),
    extra=st.lists(st.lists(TEXTS, min_size=6, max_size=6), max_size=5),
    blanks=st.lists(st.integers(0, 6), max_size=4),
    titles=st.integers(0, 3),
    merged=st.booleans(),
)
def test_any_table_of_people(
    order: list[int], extra: list[list[str]], blanks: list[int], titles: int, *, merged: bool
) -> None:
    """Columns in any order, blank rows, merged titles, rows of nonsense: who is in it is read, every other
    row has its doubt."""
    rows: list[list[str]] = [["Список"]] * titles + [[HEAD[at] for at in order], [MARIA[at] for at in order]]
    rows += [[text.replace("\x07", "\u2028") for text in row] for row in extra]
    rows.append([OLGA[at] for at in order])
    first = titles + 2
    for at in blanks:
        rows.insert(min(first + at, len(rows)), [])
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = "".join(sign for sign in text if sign >= " " and not "\ud800" <= sign <= "\udfff")
            cell.data_type = "s"
    if merged and titles:
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=6)
    written = io.BytesIO()
    book.save(written)
    draft = read(written.getvalue())
    surnames = [one.name.surname for one in draft.people]
    assert (surnames[0], surnames[-1]) == ("Петрова", "Белова")
    assert told(draft.people[0]) == READ_MARIA
    assert from_json(as_json(draft)) == draft
    spoken_of = {one.row for one in draft.people} | {one.row for one in draft.doubts}
    for number, row in enumerate(rows, 1):
        letters = [text for text in row if any(sign.isalpha() and sign.isprintable() for sign in text)]
        if number > titles + 1 and letters:
            assert number in spoken_of
