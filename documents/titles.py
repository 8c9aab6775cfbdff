"""Whether what was taken for the names of activities are names, in a plan that has no table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.row_texts import Setting
from documents.unheaded import looks_like_date, names_person
from domain.plan_draft import ActivityDraft

_LABEL = re.compile(
    r"(?:дат|срок|врем|мест|отв|форм|участник|провод|вопрос|повестк)[\w ]*[.:]", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{3,}")
# With more than one of so many that is none, the document is laid out in a way that was not understood.
_MOST_WRONG = 5
_ANY_YEAR = 2026


def are_names(activities: Sequence[ActivityDraft]) -> bool:
    """Whether nearly all titles say what is done: no number, date, person or label stands there instead."""
    wrong = sum(not _names_something(activity.title) for activity in activities)
    return wrong * _MOST_WRONG <= len(activities)


def _names_something(title: str) -> bool:
    words = _WORD.findall(title)
    if not words or _LABEL.match(title):
        return False
    # «Орлова Н. В.» is a person; «Урок Орловой Н. В.» is what she does.
    if names_person(f"{title}.") and len(words) == 1:
        return False
    return not looks_like_date(Setting(_ANY_YEAR).read(title))
