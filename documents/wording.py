"""Small repairs of text, and what the words of a title say."""

from __future__ import annotations

import re

from domain.plan_draft import Kind

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\x00-\x08\x0e-\x1f\x7f]")
_OPENING_TURNED = re.compile(r"(^|[\s(])»(?=\w)")
_CLOSING_TURNED = re.compile(r"(?<=[\w.!?])«(?=$|[\s,.;:)])")
_AFTER_OPENING = re.compile(r"«\s+")
_BEFORE_CLOSING = re.compile(r"\s+»")

_KINDS = [
    (Kind.WORKSHOP, "мастер[- ]?класс|практикум|тренинг|мастерск"),
    (Kind.SEMINAR, "семинар|вебинар|круглый стол|круглого стола|конференци|педагогические чтения|форум"),
    (Kind.COUNCIL, "совещани|педсовет|методсовет|совет рук"),
    (Kind.MEETING, "заседани|собрани|встреч"),
    (Kind.CONTEST, "конкурс|олимпиад|викторин|фестивал|турнир|чемпионат"),
]
# Work on paper that only mentions a gathering: «Подготовка к конкурсу», «Анализ заседаний».
_PAPERWORK = re.compile(
    r"подготовка (к|матери|отч|докум|информ|прика|полож|план)|анализ|отч[её]т|изучени|обобщени|составлени"
    r"|утверждени|разработк|оформлени|сбор|обновлени|корректировк|планировани|формировани|размещени|публикаци"
    r"|ведение|мониторинг|обсуждени[ея] (план|и )|информировани|консультировани|методическое сопровождение"
)


def tidy(text: str) -> str:
    """One line: white space collapsed, unseen characters out, quotation marks the right way round."""
    line = " ".join(_INVISIBLE.sub("", text).split())
    line = _OPENING_TURNED.sub(r"\1«", line)
    line = _CLOSING_TURNED.sub("»", line)
    return _BEFORE_CLOSING.sub("»", _AFTER_OPENING.sub("«", line))


def is_dash(text: str) -> bool:
    """Whether a cell holds nothing but dashes."""
    return bool(text.strip()) and not text.strip(" \t\r\n\u00a0-‐‑‒–—−_.")


def kind_of(title: str, form: str = "") -> Kind:
    """What sort of thing a title names; the word that comes first decides, the form's column helps."""
    for words in (title.lower(), form.lower()):
        if _PAPERWORK.match(words):
            continue
        found = [(match.start(), kind) for kind, pattern in _KINDS if (match := re.search(pattern, words))]
        if found:
            return min(found)[1]
    return Kind.OTHER
