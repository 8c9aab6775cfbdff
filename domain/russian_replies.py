"""What people write under a question instead of pressing: «да», «не знаю», «никого», «провести вместе»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

YES: Final = "yes"
NO: Final = "no"
UNSURE: Final = "unsure"
EVERYBODY: Final = "everybody"
OURS: Final = "ours"
GUESTS: Final = "guests"
NOBODY: Final = "nobody"
ROUND: Final = "round"
UNDATED: Final = "none"
GATHERING: Final = "gathering"
TASK: Final = "task"
TO_PLAN: Final = "plan"

_SAID: Mapping[str, str] = {
    YES: """
        да, ага, угу, да да, конечно, да конечно, верно, всё верно, да верно, правильно, хорошо, ок, вместе,
        провести вместе, проведём вместе, да вместе, звать, зовём
        """,
    NO: """
        нет, не надо, не нужно, не звать, не зовём, отдельно, нет отдельно, порознь, врозь, по отдельности,
        не вместе
        """,
    UNSURE: """
        не знаю, пока не знаю, ещё не знаю, я не знаю, не знаю пока, не уверена, не уверен, не помню,
        затрудняюсь, затрудняюсь ответить, не решили, пока не решили, потом, позже, отвечу позже,
        пропустить, пропусти, пропускаю, дальше
        """,
    EVERYBODY: """
        всех, всем, все, для всех, всех наших, всех звать, зовём всех, всех библиотекарей, наших и гостей,
        всех и гостей
        """,
    OURS: "наших, только наших, своих, только своих, только для наших, без гостей, гостей не звать",
    GUESTS: "гостей, только гостей, гости, только гости, гостям",
    NOBODY: "никого, никому, никто, никого не звать, не звать никого, никого не зовём",
    ROUND: "весь год, в течение года, круглый год, работа на весь год",
    UNDATED: "без срока, срока нет, нет срока, без даты, даты нет",
    GATHERING: "встреча, это встреча, да встреча",
    TASK: "задание, задание к сроку, это задание, нет задание",
    TO_PLAN: "к плану, план, вернуться к плану, назад к плану, показать план",
}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))


_MEANT: Mapping[str, str] = {
    _plain(phrase): meant for meant, phrases in _SAID.items() for phrase in phrases.split(",")
}


def read_reply(text: str) -> str | None:
    """What a reply of a word or two means (one of the names above); None where it says anything else."""
    return _MEANT.get(_plain(text))
