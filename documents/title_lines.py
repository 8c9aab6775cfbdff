"""The lines around a plan's rows: its title, what approves it, headings with a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.wording import tidy
from domain.russian_dates import MONTHS, MONTHS_OF

LONGEST_TITLE_LINE, MOST_TITLE_LINES = 200, 4

# «Согласование плана», «Обзор приказа от 5 октября» are things to do.
_APPROVAL = re.compile(
    r"утвержда|(?:утвержд[её]|согласова|рассмотре)н[оаы]?\b|принят[оа]?\s+на|_{3,}|протокол\s*№"
    r"|^\W*приказ\w*\s*(?:от|№)",
    re.IGNORECASE | re.MULTILINE,
)
# What stands below «УТВЕРЖДАЮ», a line each.
_BELOW_APPROVAL = re.compile(
    r"(директор|начальник|заведующ|председател|руководител|приказ|от\b|на\s+заседании|решени"
    r"|методическ\w+ совет|педагогическ\w+ совет|м(бо|ао|ко|б|а|к)?у\b|управлени|№).*"
    r"|\S+\s+[А-ЯЁ]\.\s*[А-ЯЁ]\..*"
    r"|[А-ЯЁ]\.\s*[А-ЯЁ]\.\s*\S+|[«\"].{1,4}[»\"].*|\d{1,2}[. ].*\d{4}.*",
    re.IGNORECASE | re.DOTALL,
)
_OF_PLAN = re.compile(r"план|дорожн\w+ карт|программ|график|циклограмм|календар", re.IGNORECASE)
_MONTH_OF_YEAR = re.compile(rf"\b(?:{'|'.join([*MONTHS, *MONTHS_OF])})\s+20\d\d\b", re.IGNORECASE)
# A report on the year before may stand above the plan, or be a theme in it.
_OF_PAST = re.compile(r"анализ|отч[её]т|итоги|за\s+(?:прошл\w+|истекш\w+|20\d\d)", re.IGNORECASE)
_NUMBERED_HEADING = re.compile(
    r"\s*(?:[IVXІХ]{1,4}\s*[.):]|\d{1,2}(?:\.\d{1,2})*\s*[.)]|раздел\b|блок\b|модуль\b|направление\b)\s*\S.*",
    re.IGNORECASE | re.DOTALL,
)


def is_approval(text: str) -> bool:
    """Whether a text is part of an approval, or of what was decided: «УТВЕРЖДАЮ», «Протокол № 1»."""
    return _APPROVAL.search(text) is not None


def is_below_approval(text: str) -> bool:
    """Whether a line may go on with the approval above it: «Директор школы Орлова Н. В.»."""
    line = tidy(text)
    return not names_plan(line) and _BELOW_APPROVAL.fullmatch(line) is not None


def names_plan(text: str) -> bool:
    """Whether a text names a plan, or what is as good as one: «дорожная карта», «график»."""
    return _OF_PLAN.search(text) is not None


def begins_with_plan(text: str) -> bool:
    """Whether a text begins so: it may be the title of one."""
    return _OF_PLAN.match(tidy(text)) is not None


def is_of_past(text: str) -> bool:
    """Whether a text is about the year before: «Анализ работы за 2025/26 учебный год»."""
    return _OF_PAST.search(text) is not None


def is_numbered_heading(text: str) -> bool:
    """Whether a text begins with a number, or is called a section: «II. Работа с фондом», «Раздел 2 …»."""
    return _NUMBERED_HEADING.fullmatch(text) is not None


def title_lines(texts: Sequence[str]) -> list[str]:
    """The lines of a plan's title, and those right below it: «План месячника ⏎ (октябрь 2023 года)»."""
    of_plan = [at for at, it in enumerate(texts) if names_plan(it)]
    lines = {at for first in of_plan for at in range(first, first + MOST_TITLE_LINES)}
    named = [it for at, it in enumerate(texts) if at in lines and len(it) <= LONGEST_TITLE_LINE]
    return [it for it in named if not is_of_past(it) and not is_approval(it)]


def months_named(lines: Sequence[str]) -> set[str]:
    """The months that lines name with their years."""
    return {found[0] for it in lines for found in _MONTH_OF_YEAR.finditer(it)}
