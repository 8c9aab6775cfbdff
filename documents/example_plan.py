"""The demo's plan: invented people and schools, in the layout that associations really use."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.table import _Cell

_HEADINGS = (
    "№",
    "Мероприятия",
    "Участники",
    "Сроки\nпроведения",
    "Место проведения",
    "Ответственные",
    "Ожидаемые результаты",
)
_WIDTHS_CM = (3.0, 4.8, 3.6, 3.2, 3.5, 3.9, 4.1)
_PREAMBLE = (
    ("Единая методическая тема", "Школа, в которой читают: библиотека как место встречи с книгой"),
    ("Методическая тема РМО", "Школьная библиотека помогает учиться: от каталога до читательского клуба"),
    ("Цель деятельности", "Поддержать библиотекарей района в освоении новых форм работы с читателем"),
    ("Задачи деятельности", "Делиться находками;\nвместе осваивать нормативные документы"),
)

_ALL = "Педагоги-библиотекари школ Приозёрного района"
_ROUND = "В течение года"
_HEAD = "Орлова Н.В., руководитель РМО"
_SCHOOL = "МБОУ СОШ № 412"
_DASHES = ("-", "-", "-", "-", "-")


@dataclass(frozen=True, slots=True)
class _Above:
    """A cell merged with the one above it."""


_ABOVE = _Above()


@dataclass(frozen=True, slots=True)
class _Line:
    """A row merged over all columns."""

    text: str


_Texts = Sequence[str | _Above]


def write_example_plan(school_year: int) -> bytes:
    """The plan of an invented association for the school year that begins in `school_year`, as .docx."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.5)
    usual = document.styles["Normal"]
    usual.font.name, usual.font.size = "Times New Roman", Pt(11)
    usual.paragraph_format.space_after = Pt(0)

    _write_title(document, school_year)
    _write_preamble(document)
    document.add_paragraph("Содержание работы").runs[0].bold = True
    _write_plan(document, _rows(school_year, school_year + 1))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _write_title(document: Document, school_year: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for line in (
        "Районное методическое объединение",
        "педагогов-библиотекарей Приозёрного района",
        "ПЛАН РАБОТЫ",
        f"на {school_year}/{school_year + 1} учебный год",
    ):
        paragraph = document.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.runs[0].bold = True


def _write_preamble(document: Document) -> None:
    table = document.add_table(rows=len(_PREAMBLE), cols=2, style="Table Grid")
    for row, texts in zip(table.rows, _PREAMBLE, strict=True):
        _write_cells(row.cells, texts)


def _write_plan(document: Document, rows: Sequence[_Texts | _Line]) -> None:
    table = document.add_table(rows=len(rows), cols=len(_HEADINGS), style="Table Grid")
    table.autofit = False
    above: Sequence[_Cell] = ()
    for row, texts in zip(table.rows, rows, strict=True):
        cells = row.cells
        for cell, width in zip(cells, _WIDTHS_CM, strict=True):
            cell.width = _cm(width)
        if isinstance(texts, _Line):
            merged = cells[0].merge(cells[-1])
            merged.text = texts.text
            merged.paragraphs[0].runs[0].bold = True
            continue
        for index, text in enumerate(texts):
            if isinstance(text, _Above):
                _merge_down(above[index], cells[index])
        _write_cells(cells, texts, bold="Участники" in texts)
        above = cells


def _write_cells(cells: Sequence[_Cell], texts: _Texts, bold: bool = False) -> None:
    for cell, text in zip(cells, texts, strict=True):
        if not isinstance(text, _Above):
            cell.text = text
            cell.paragraphs[0].runs[0].bold = bold


def _cm(width: float) -> Length:
    from docx.shared import Cm

    return Cm(width)


def _merge_down(above: _Cell, cell: _Cell) -> None:
    """Merges two cells and takes out the empty paragraph that python-docx leaves behind."""
    merged = above.merge(cell)
    for paragraph in merged.paragraphs[1:]:
        if not paragraph.text:
            paragraph._element.getparent().remove(paragraph._element)


def _rows(first: int, second: int) -> list[_Texts | _Line]:
    """The rows for the school year of these two calendar years."""
    section_four = ("Раздел", "Мероприятие", *_HEADINGS[2:])
    return [
        _HEADINGS,
        _Line("I. Организационная деятельность"),
        (
            "1.1",
            "Заседания РМО",
            _ALL,
            f"Август {first} г., ноябрь {first} г., март {second} г.",
            _SCHOOL,
            _HEAD,
            "Общий план, обмен опытом, знакомство с новыми документами",
        ),
        (
            "1.2.",
            "Координационные совещания",
            "Руководители РМО Приозёрного района",
            f"Сентябрь {first} г., май {second} г.",
            "Методический центр «Маяк» (ул. Береговая, 4)",
            "Лукина Т.С., методист центра «Маяк»",
            "Согласованный календарь встреч",
        ),
        _Line("II. Информационно-аналитическая деятельность"),
        (
            "2.1",
            "Изучение документов о школьных библиотеках",
            _ALL,
            _ROUND,
            "Школы района",
            _HEAD,
            "Библиотекари знают, на что опираться в работе",
        ),
        (
            "2.2.",
            "Мастер-класс «Выставка за один вечер»",
            _ALL,
            f"Октябрь {first} г.",
            "МБОУ «Гимназия № 21»",
            "Белова М.И., педагог-библиотекарь гимназии № 21",
            "Готовые сценарии книжных выставок",
        ),
        (
            "2.3.",
            "Сбор данных о фондах учебников",
            _ALL,
            f"до 15 сентября {first} г.",
            "Школы района",
            _HEAD,
            "Сводная таблица для обмена учебниками",
        ),
        ("2.4.", "Анализ анкет читателей", *_DASHES),
        _Line("III. Деятельность по реализации концепций преподавания"),
        ("3.1.", "Участие в обсуждении предметных концепций", *_DASHES),
        (
            "3.2.",
            "Подбор книг к школьным проектам",
            _ALL,
            _ROUND,
            "Школы района",
            "Педагоги-библиотекари",
            "Списки для чтения к каждому проекту",
        ),
        _Line("IV. Деятельность в рамках проекта «Читающий район»"),
        section_four,
        _Line("«Успех каждого читателя»"),
        (
            "4.1. Работа над качеством библиотечных занятий",
            "Семинар «Правовые основы работы школьной библиотеки»",
            _ALL,
            f"Ноябрь {first} г.",
            "Лицей № 12",
            "Орлова Н.В.,\nпедагог-библиотекарь лицея № 12",
            "Библиотекари уверенно составляют положения и правила",
        ),
        (
            _ABOVE,
            "Семинар «Библиотечный урок, который запомнят»",
            _ABOVE,
            f"Январь {second} г.",
            _SCHOOL,
            "Соколова Е.П.,\nпедагог-библиотекарь",
            _ABOVE,
        ),
        ("4.2. Работа с читателями с ОВЗ", "-", *_DASHES),
        (
            "4.3. Работа с увлечёнными читателями",
            "Районный конкурс чтецов «Живое слово»",
            _ALL,
            f"Февраль {second} г.",
            "Дом творчества «Радуга»",
            "Белова М.И.",
            "Победители едут на городской тур",
        ),
        _Line("«Цифровая библиотека»"),
        (
            "4.4. Освоение новых инструментов",
            "Мастер-класс «Электронный каталог без страха»",
            _ALL,
            f"Декабрь {first} г.",
            "МБОУ «Гимназия № 21»",
            "Тимофеев А.Д., библиотекарь",
            "Каталог ведут ещё пять школ",
        ),
        (
            "4.5. Помощь начинающим",
            "Консультации для новых библиотекарей",
            "Начинающие библиотекари",
            _ROUND,
            "Школы района",
            _HEAD,
            "Новые коллеги не остаются одни",
        ),
        _Line("V. Взаимодействие с партнёрами"),
        (
            "5.1.",
            "Семинар «Лето с книгой: планы на каникулы»",
            _ALL,
            f"Апрель {second} г.",
            "Районная библиотека им. Заречного",
            "Орлова Н.В.;\nКрылова О.Г., районная библиотека",
            "Общая программа летнего чтения",
        ),
        (
            "5.2.",
            "Семинар «Итоги года и планирование»",
            f"{_ALL}, сотрудники районной библиотеки",
            f"Май {second} г.",
            "Районная библиотека им. Заречного",
            _HEAD,
            "Предложения в новый план",
        ),
    ]
