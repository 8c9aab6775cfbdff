"""The lists of a meeting: the sheet that people sign, and who is to be let in at the gate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from documents.office import Paper
from domain.people import plain_words

# Lines for those who come unannounced.
_EMPTY_LINES = 5
_SIGNED_HEIGHT = 0.9  # centimetres


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a list: of which meeting, when, where, in words; empty for what is not known."""

    title: str
    when: str
    where: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who comes; what is not known is empty."""

    name: str
    organisation: str
    position: str = ""


def write_attendance_sheet(heading: Heading, visitors: Iterable[Visitor]) -> bytes:
    """«Явочный лист» as .docx: who comes, a few empty lines, and a column to sign in. Of what is unknown a
    line is left."""
    rows = [[one.name, one.organisation, one.position, ""] for one in _by_name(visitors)]
    rows += [[""] * 4] * _EMPTY_LINES
    paper = _headed("ЯВОЧНЫЙ ЛИСТ", heading)
    paper.table(
        ["№", "Ф.И.О.", "Образовательная организация", "Должность", "Подпись"],
        [[str(number), *row] for number, row in enumerate(rows, 1)],
        [0.9, 4.6, 4.3, 3.6, 2.8],
        _SIGNED_HEIGHT,
    )
    return paper.content()


def write_gate_list(heading: Heading, visitors: Iterable[Visitor]) -> bytes:
    """«Список на вахту» as .docx: who comes, by surname, and from where."""
    paper = _headed("СПИСОК УЧАСТНИКОВ", heading)
    paper.table(
        ["№", "Ф.И.О.", "Организация"],
        [[str(number), one.name, one.organisation] for number, one in enumerate(_by_name(visitors), 1)],
        [1, 8, 8],
    )
    return paper.content()


def _by_name(visitors: Iterable[Visitor]) -> list[Visitor]:
    return sorted(visitors, key=lambda one: plain_words(one.name))


def _headed(title: str, heading: Heading) -> Paper:
    paper = Paper()
    paper.line(title, to="centre", bold=True, keep=True)
    paper.line(heading.title, to="centre", keep=True, above=6)
    paper.line(f"Дата: {heading.when or '____________________'}", keep=True, above=6)
    paper.line(f"Место: {heading.where or '____________________'}", keep=True)
    paper.line("", size=6, keep=True)
    return paper
