"""The protocol: what stands in it, what is left to be filled in by hand, an association's own form."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from documents.blanks import check
from documents.office import Paper
from documents.protocol import LINE, PROTOCOL, ProtocolPaper, write_protocol

_needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice or pdftotext is not installed",
)

FULL = ProtocolPaper(
    association="РМО Заречного района",
    town="Заречный",
    number="3",
    date="18 ноября 2026 г.",
    form="Заседание, очно",
    theme="Итоги <b>&amp; {{ номер }}\x07",
    venue="МБОУ СОШ № 412",
    chairman="Орлова Наталья Викторовна",
    secretary="Белова Анна Павловна",
    signed=("Н. В. Орлова", "А. П. Белова"),
    present="Присутствовали: 2 человека из 1 организации:",
    people=[("Белова Анна Павловна", "СОШ № 45"), ("Ким О. Ю.", "")],
    absent="Отсутствовали: Ветрова Ольга Юрьевна.",
    past_title="заседания № 2 (18 сентября 2026 г.)",
    past=[("Сдать сведения до 15 октября", "выполнено")],
    agenda=["Анализ работы", "Белова А. П. – «Книжные новинки»"],
    talks=[("Белова Анна Павловна, СОШ № 45", "Книжные новинки"), ("", "«Без имени» и «имя»")],
    decisions=[
        ("Утвердить план.", "", ""),
        ("Сдать сведения до 15 декабря.", "15 декабря 2026 г.", ""),
        ("Собрать заявки до 25-го.", "25 ноября 2026 г.", "25 ноября 2026 г."),
    ],
)
EMPTY = replace(
    FULL,
    venue="",
    secretary="",
    signed=("Н. В. Орлова", ""),
    present="Присутствовали: ______________",
    people=[],
    absent="",
    past_title="",
    past=[],
    agenda=[],
    talks=[],
    decisions=[],
)


def lines(content: bytes) -> list[str]:
    return [one.text.replace("\xa0", " ") for one in docx.Document(io.BytesIO(content)).paragraphs]


def test_everything_in_its_order() -> None:
    by_hand = f"ВЫСТУПИЛИ: {LINE}{LINE}{LINE}"
    assert lines(write_protocol(FULL)) == [
        "РМО Заречного района",
        "ПРОТОКОЛ № 3",
        "Заседание, очно",
        "18 ноября 2026 г.\tЗаречный",
        "Тема: Итоги <b>&amp; {{ номер }}",
        "Место проведения: МБОУ СОШ № 412",
        "Председатель: Орлова Наталья Викторовна",
        "Секретарь: Белова Анна Павловна",
        "Присутствовали: 2 человека из 1 организации:",
        "1. Белова Анна Павловна, СОШ № 45",
        "2. Ким О. Ю.",
        "Отсутствовали: Ветрова Ольга Юрьевна.",
        "ВЫПОЛНЕНИЕ РЕШЕНИЙ",
        "заседания № 2 (18 сентября 2026 г.)",
        "1. Сдать сведения до 15 октября – выполнено",
        "ПОВЕСТКА ДНЯ",
        "1. Анализ работы",
        "2. Белова А. П. – «Книжные новинки»",
        "СЛУШАЛИ: Белова Анна Павловна, СОШ № 45 – «Книжные новинки».",
        by_hand,
        "СЛУШАЛИ: «„Без имени“ и „имя“».",
        by_hand,
        "РЕШИЛИ",
        "1. Утвердить план.",
        "2. Сдать сведения до 15 декабря.",
        "3. Собрать заявки до 25-го. Срок: 25 ноября 2026 г.",
        "Председатель\t______________ Н. В. Орлова",
        "Секретарь\t______________ А. П. Белова",
    ]


def test_what_is_not_known_is_left_to_be_filled_in() -> None:
    written = lines(write_protocol(EMPTY))
    assert f"Место проведения: {LINE}" in written
    assert f"Секретарь: {LINE}" in written
    assert "ВЫПОЛНЕНИЕ РЕШЕНИЙ" not in written
    assert not any(line.startswith("Отсутствовали") for line in written)
    assert not any(line.startswith("СЛУШАЛИ") for line in written)
    for heading in ("ПОВЕСТКА ДНЯ", "РЕШИЛИ"):
        at = written.index(heading)
        assert written[at + 1 : at + 3] == [f"1. {LINE}{LINE}{LINE}", f"2. {LINE}{LINE}{LINE}"]
    assert written[-1] == f"Секретарь\t______________ {LINE}"


def test_the_form_is_a_blank_that_can_be_sent_back() -> None:
    check(PROTOCOL, PROTOCOL.make())


def test_ones_own_form() -> None:
    paper = Paper()
    paper.line("Протокол {{ номер }} от {{ дата }}")
    paper.line("{% for один in решения %}{{ один.решение }} ({{ один.срок }}) {% endfor %}")
    own = paper.content()
    check(PROTOCOL, own)
    assert lines(write_protocol(FULL, own)) == [
        "Протокол 3 от 18 ноября 2026 г.",
        (
            "Утвердить план. () Сдать сведения до 15 декабря. (15 декабря 2026 г.) "
            "Собрать заявки до 25-го. (25 ноября 2026 г.) "
        ),
    ]


@_needs_office
@pytest.mark.parametrize(
    "paper",
    [FULL, EMPTY, replace(FULL, people=FULL.people * 100, decisions=[("Решение " * 60, "", "")] * 40)],
    ids=["full", "empty", "long"],
)
def test_office_opens_it(tmp_path: Path, paper: ProtocolPaper) -> None:
    file = tmp_path / "protocol.docx"
    file.write_bytes(write_protocol(paper))
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
        check=True,
        capture_output=True,
        timeout=100,
    )
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "protocol.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "ПРОТОКОЛ № 3" in told
    assert "Секретарь" in told.rstrip().splitlines()[-1]
