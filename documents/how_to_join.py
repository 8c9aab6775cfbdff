"""The page «Как подключиться», to print and hand out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from documents.printable import plain

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_LONGEST_NAME = 160


def write_how_to_join(association: str, link: str, digits: str, qr_png: bytes, bot_name: str) -> bytes:
    """One A4 page as .docx, in letters that are read without glasses.

    `link` opens the bot with the invitation, `qr_png` is the same as a picture, `digits` are what to type
    where neither works; `bot_name` is the bot's name, with or without «@». Raises nothing of its own; a
    `qr_png` that is no picture raises what python-docx raises.
    """
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.5)
    usual = document.styles["Normal"]
    usual.font.name, usual.font.size = "Arial", Pt(17)
    usual.paragraph_format.space_after = Pt(6)

    name = "@" + plain(bot_name).removeprefix("@")
    _line(document, "Как подключиться к «Звонку»", size=30, bold=True)
    _line(document, plain(association, _LONGEST_NAME), size=16)
    _line(
        document,
        "«Звонок» напоминает в Telegram о семинарах и заседаниях и передаёт руководителю, придёте ли вы.",
        size=15,
    )

    _step(document, "1", "Откройте на телефоне камеру и наведите её на рисунок.")
    picture = document.add_paragraph()
    picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture.paragraph_format.space_after = Pt(0)
    picture.add_run().add_picture(io.BytesIO(qr_png), width=Cm(6.4))
    _line(document, plain(link), size=14).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _step(document, "2", "Коснитесь ссылки, которая появится: откроется Telegram.")
    _step(document, "3", "Нажмите «Начать». «Звонок» спросит согласие, имя и школу.")

    _line(document, "Камера не сработала?", size=22, bold=True).paragraph_format.space_before = Pt(14)
    _line(document, f"Найдите в Telegram {name}, нажмите «Начать» и напишите цифры:")
    grouped = _line(document, in_groups(digits), size=36, bold=True)
    grouped.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(document, "Не получается – покажите эту страницу коллеге или спросите руководителя.", size=15)

    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def in_groups(digits: str) -> str:
    """«12345678» → «1234 5678», «123456» → «123 456»: groups are easier to copy by hand."""
    figures = "".join(it for it in digits if it.isalnum())
    size = 4 if len(figures) % 4 == 0 else 3
    # No-break spaces keep the number on one line.
    return "\u00a0".join(figures[at : at + size] for at in range(0, len(figures), size))


def _line(document: Document, text: str, size: int = 17, bold: bool = False) -> Paragraph:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    return paragraph


def _step(document: Document, number: str, text: str) -> None:
    """A step with a big number before it."""
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1.2), Cm(-1.2)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(1.2))
    paragraph.paragraph_format.space_before = Pt(6)
    figure = paragraph.add_run(f"{number}\t")
    figure.bold, figure.font.size = True, Pt(26)
    paragraph.add_run(text)
