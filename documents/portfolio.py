"""A librarian's own list of meetings and talks, for her attestation."""

from __future__ import annotations

from documents.office import Paper
from documents.year_report import FORMS, day_or_month
from domain.quotes import within_quotes
from domain.reports import Appearance, Portfolio

_HEAD = ("№", "Дата", "Встреча", "Участие", "Часов")
_WIDTHS = (1, 3, 7, 5.5, 1.8)


def write_portfolio(portfolio: Portfolio) -> bytes:
    """What she was at, spoke of and presented, in order, with the hours where they are known. As .docx."""
    paper = Paper()
    paper.line("Участие в работе методического объединения", to="centre", bold=True)
    if portfolio.association:
        paper.line(portfolio.association, to="centre")
    paper.line()
    paper.line(", ".join(filter(None, (portfolio.name, portfolio.school))))
    paper.line()
    rows = [
        [
            str(number),
            day_or_month(one.period),
            one.title,
            _part(one),
            "" if one.hours is None else f"{one.hours:.1f}".removesuffix(".0").replace(".", ","),
        ]
        for number, one in enumerate(portfolio.appearances, 1)
    ]
    paper.table(_HEAD, rows, _WIDTHS, signed=("Руководитель объединения", portfolio.head))
    return paper.content()


def _part(one: Appearance) -> str:
    """«Проведение встречи; доклад «Книжные новинки»», «Участие»."""
    parts = ["проведение встречи"] if one.hosted else []
    parts += [f"{FORMS[form]} «{within_quotes(theme)}»" for theme, form in one.talks]
    said = "; ".join(parts) or "участие"
    return said[:1].upper() + said[1:]
