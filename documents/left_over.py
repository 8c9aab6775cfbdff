"""What has a date in a document and is nowhere in the draft: it is told, so that no row is lost unseen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from documents.stages import is_stage
from documents.wording import tidy
from domain.kinds import kind_of
from domain.plan_draft import AGENDA, ActivityDraft, Kind, PlanDraft, Problem

_WORD = re.compile(r"\d+|[^\W\d_]{3,}")
_OF_DAY = re.compile(r"(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\s?\.\s?(?:0[1-9]|1[0-2])(?![\d:])")
_OF_MONTH = re.compile(
    r"\b(?:январ|феврал|март|апрел|ма[йяе]\b|июн[ьяе]|июл[ьяе]|август|сентябр|октябр|ноябр|декабр)",
    re.IGNORECASE,
)
# A longer line is prose: it tells of the year, and is no row.
_LONGEST_ROW = 250
# A label is no part of what it names.
_LABEL = re.compile(r"дат[аы]|мест[ао]|время|срок\w*|проведени[яе]|тема|форма|ответственн\w+|отв")
_OF_PLAN = re.compile(r"\W*(?:(?:календарн|тематич|учебн|годов|перспективн)\w*\W+)*план", re.IGNORECASE)
# A word beside a date may be part of anything.
_FEWEST_WORDS = 2
# Words of a line that the draft's text must hold: what stands in other fields is put in other words.
_MOST_OF = 0.6
_TOLD = 4
_LONGEST_TOLD = 90


def left_over(said: Iterable[Sequence[str]], draft: PlanDraft) -> list[Problem]:
    """A remark that names what of a document is nowhere in the draft although it has a date; none where
    nothing is. `said` are the lines of each paragraph, and of each row of a table."""
    held = _Held(draft)
    lost = list(dict.fromkeys(tidy(line) for lines in said for line in _lost(lines, held)))
    if not lost:
        return []
    told = [f"«{line if len(line) <= _LONGEST_TOLD else line[: _LONGEST_TOLD - 1] + '…'}»" for line in lost]
    more = f" и ещё {len(told) - _TOLD}" if len(told) > _TOLD else ""
    text = f"Есть строки с датами, которые в план не попали: {', '.join(told[:_TOLD])}{more}."
    return [Problem("left_over", text)]


def _lost(lines: Sequence[str], held: _Held) -> Iterator[str]:
    """The lines that have a date and are not held; all that say something where a date stands beside them
    and none is held."""
    dated = [line for line in lines if _is_dated(line)]
    if not dated:
        return
    telling = [line for line in lines if _tells_what(line)]
    # The form of work stands in no text of the draft: beside it a name of one word counts.
    names = lines if all(kind_of(line) is not Kind.OTHER for line in telling) else telling
    if any(held.has(_words(line)) for line in names if _named_in(line)):
        telling = [line for line in telling if line in dated and not held.has(_words(line))]
    yield from telling


def _tells_what(line: str) -> bool:
    if len(line) > _LONGEST_ROW or line.rstrip().endswith(":") or _OF_PLAN.match(line) or is_stage(line):
        return False
    return len(_named_in(line)) >= _FEWEST_WORDS


def _named_in(line: str) -> list[str]:
    """The words of a line that are no date."""
    return [word for word in _words(line) if word.isalpha() and not _OF_MONTH.match(word)]


def _is_dated(line: str) -> bool:
    return bool(_OF_DAY.search(line) or _OF_MONTH.search(line))


def _words(text: str) -> frozenset[str]:
    found = _WORD.findall(text.lower().replace("ё", "е"))
    return frozenset(word for word in found if not _LABEL.fullmatch(word))


class _Held:
    """The texts of a draft by the words that they hold."""

    def __init__(self, draft: PlanDraft) -> None:
        self._texts = [_words(text) for text in _texts_of(draft)]
        self._with: dict[str, list[int]] = defaultdict(list)
        for index, words in enumerate(self._texts):
            for word in words:
                self._with[word].append(index)

    def has(self, words: frozenset[str]) -> bool:
        """Whether one text holds most of these words."""
        needed = _MOST_OF * len(words)
        # Whichever text holds most of them holds one of the rarest.
        rarest = sorted(words, key=lambda word: len(self._with.get(word, ())))
        rarest = rarest[: len(words) - int(needed) + 1]
        seen = {index for word in rarest for index in self._with.get(word, ())}
        return any(len(words & self._texts[index]) >= needed for index in seen)


def _texts_of(draft: PlanDraft) -> Iterator[str]:
    yield draft.title
    for name, said in draft.preamble:
        yield f"{name} {said}"
    # A line of an agenda that has a date may be an activity that was taken for one; of a table that is no
    # plan its beginning is named alone.
    yield from (row.title for row in draft.skipped if row.reason not in {AGENDA, "not_a_plan"})
    for activity in draft.activities:
        yield " ".join(_said_of(activity))


def _said_of(activity: ActivityDraft) -> Sequence[str]:
    said = (
        activity.number,
        activity.section,
        activity.subsection,
        activity.heading,
        activity.title,
        activity.audience,
        activity.when_text,
        activity.venue,
        activity.responsible,
        activity.outcome,
    )
    return [text for text in said if text]
