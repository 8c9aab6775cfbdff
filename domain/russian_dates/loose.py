"""Words and numbers that belong to nothing: passed over, kept as rest, or a doubt about the whole cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.plan_draft import Problem
from domain.russian_dates.dates import BEFORE_PLAIN_NUMBER
from domain.russian_dates.grammar import Sentence
from domain.russian_dates.nodes import By, Loose, Node, Point, Rhythm
from domain.russian_dates.words import ELLIPSIS, MONTHS_OF, TURNING, Token

_SEPARATORS = ",;:.()[]/"
# Dashes and bullets; between two dates nobody knows what they would mean.
_DASHES = f"-+*{ELLIPSIS}"
_FILLER = re.compile(
    r"также|текущего|план|работа|работы|задачи|мероприятия|в|во|на|и|а|за|г|гг|год|года|числа|число|дат[аы]|срок[иа]?"
    r"|проведени[ея]|период|начало|время|часов|час|ч|дня|утра|вечера|включительно"
)
# Beside a date these may change it, even set apart by marks.
_ABOUT_TIME = re.compile(
    r"далее|затем|потом|снова|повторно|раз|раза|месяц\w*|недел(?!я)\w*|четверт\w*|полугоди\w*|квартал\w*"
    r"|утр\w*|вечер\w*|ноч\w+|выходн\w+|праздни\w+|будн\w+|следующ\w+|прошл\w+|будущ\w+|ближайш\w+"
    r"|течени\w+|кон[ец]\w+|начал\w*|середин\w*|старт\w*"
)
# These do as well, but for the only deadline of a cell: «сдача отчётов – до 25 мая».
_ABOUT_DEADLINE = re.compile(r"срок\w*|продл\w+|заверш\w+|оконч\w+|заявк\w+|сдач\w+")
# The hour of another zone; a day for the case that the first falls through.
_OTHERWISE = re.compile(r"мск|московск\w+|utc|gmt|резерв\w*|запасн\w+")
_MANNER = re.compile(
    r"кл|класс\w*|чел|человек\w*|онлайн|офлайн|оффлайн|очно|заочно|дистанционно|каникул\w*|рабоч\w+|ежегодно"
    r"|zoom|вкс|учебн\w+|дн[иейям]+|день"
    r"|заседани[ея]|семинар\w*|совещани[ея]|практикум\w*|педсовет\w*|конференци[яи]|консультаци[яи]|конкурс"
)
_PLACE = re.compile(
    r"школ\w*|сош|оош|нош|лице\w+|гимнази\w+|оу|оо|мбоу|маоу|мкоу|мбу|мау|мку|доу|цбс|цдб|библиотек\w*|центр\w*"
    r"|зал\w*|каб|кабинет\w*|ауд|аудитори\w+|дом\w*|дк|ддт|двор\w+|музе\w+|район\w*|город\w*|ул|улиц\w+"
    r"|рмо|гмо|шмо|мо|ибц"
)
_INSTITUTION = re.compile("[А-ЯЁ]{2,6}")  # «ИМЦ», «ЦГБ»: whatever the letters stand for
_AFTER_PLAIN_NUMBER = re.compile(
    r"кл|класс\w*|чел|человек\w*|мин|минут\w*|шт|лет|заседани\w*|заняти\w*|этап\w*|тур\w{0,2}|смен\w*|урок\w{0,2}"
)
_ENDING = re.compile("[йямхе]|го|му")  # of «5-й урок»


def read_loose(sentence: Sentence) -> tuple[str, Problem | None]:
    """The words that stand beside the dates and are none, such as a place, and the doubt that they cast."""
    alone = all(isinstance(node, Loose) for node in sentence.nodes)
    rest: list[str] = []
    for run in _runs(sentence):
        doubt = run.doubt(alone)
        if doubt is not None:
            return " ".join(rest), Problem("not_understood", doubt)
        if not run.adds_nothing:
            rest.append(run.said)
    return " ".join(rest), None


@dataclass(frozen=True, slots=True)
class _Run:
    """Loose tokens that stand together."""

    opens: bool  # a mark, a line or the text's edge stands before it
    closes: bool = False  # … after it
    tokens: tuple[Token, ...] = ()
    says_what: bool = False  # a mark or nothing stands before it, and after it a deadline, and no more
    dangling: bool = False  # nothing but a dash that joins nothing

    @property
    def said(self) -> str:
        return "".join(" " * token.spaced + token.raw for token in self.tokens).strip(" -")

    @property
    def adds_nothing(self) -> bool:
        return all(_FILLER.fullmatch(word) for word in self._words)

    def doubt(self, alone: bool) -> str | None:
        """What cannot be told about the words beside a date; `alone` where there is none."""
        if self.dangling:
            return "не понимаю, что к чему относится"
        if any(token.text == "?" or _turns(token.text) for token in self.tokens):
            return f"не понимаю, как читать «{self.said}»"
        if any(token.is_number and not self._plain_number(index) for index, token in enumerate(self.tokens)):
            return f"не понимаю, что такое «{self.said}»"
        if not (alone or self.adds_nothing or self._tells_place_or_manner()):
            return f"не понимаю слов «{self.said}»"
        return None

    def separated_by(self, token: Token) -> bool:
        """Whether the mark ends it; a dot may end an abbreviation («ул.», «им.») and so separates nothing."""
        abbreviates = token.text == "." and bool(self.tokens) and len(self.tokens[-1].text) <= 3
        return token.text in _SEPARATORS and not abbreviates

    @property
    def _words(self) -> list[str]:
        return [token.text for token in self.tokens if token.is_word]

    def _tells_place_or_manner(self) -> bool:
        if any(_PLACE.fullmatch(word) for word in self._words):
            return True
        if all(_MANNER.fullmatch(word) or _FILLER.fullmatch(word) for word in self._words):
            return True
        if any(map(_ABOUT_TIME.fullmatch, self._words)):
            return False
        if any(_INSTITUTION.fullmatch(token.raw) for token in self.tokens):
            return True
        if self.says_what:
            return True
        # Set apart by marks: «Куйтун, ноябрь», «октябрь (школьный этап)».
        ended = self.tokens[-1].text in _DASHES and self.tokens[-1].spaced
        apart = self.opens and (self.closes or ended)
        return apart and not any(map(_ABOUT_DEADLINE.fullmatch, self._words))

    def _plain_number(self, index: int) -> bool:
        """«№ 176», «каб. 214», «5–9 классы»: numbers that are no dates."""
        before = next((it.text for it in reversed(self.tokens[:index]) if it.is_word or it.text == "№"), "")
        words = (it.text for it in self.tokens[index + 1 :] if it.is_word)
        after = next((word for word in words if not _ENDING.fullmatch(word)), "")
        # A month that is a loose word stands in a name: «им. 1 Мая».
        in_name = after in MONTHS_OF
        return in_name or bool(BEFORE_PLAIN_NUMBER.fullmatch(before) or _AFTER_PLAIN_NUMBER.fullmatch(after))


def _turns(word: str) -> bool:
    return bool(TURNING.fullmatch(word) or _OTHERWISE.fullmatch(word))


def _runs(sentence: Sentence) -> Iterator[_Run]:
    run = _Run(opens=True)
    qualified = sum(isinstance(node, Point) for node in sentence.nodes) > 1
    before: Node | None = None
    said = [node for node in sentence.nodes if not isinstance(node, Loose)]
    deadline_only = len(said) == 1 and isinstance(said[0], By)
    for node, opens_line in zip(sentence.nodes, sentence.opens_line, strict=True):
        token = node.token if isinstance(node, Loose) else None
        parted = opens_line or (token is not None and run.separated_by(token))
        # «октябрь, март – ежеквартально»: a rhythm only counts what is named one by one.
        counted = qualified and (isinstance(node, Rhythm) or isinstance(before, Rhythm))
        if token is None or parted:
            if run.tokens or (run.dangling and not counted):
                says_what = run.opens and deadline_only and isinstance(node, By)
                yield replace(run, closes=parted, says_what=says_what)
            run = _Run(opens=parted)
        before = before if token else node
        if token is None or run.separated_by(token):
            run = _Run(opens=token is not None)
        elif token.text in _DASHES and not run.tokens:
            run = replace(run, dangling=not run.opens, opens=run.opens or token.spaced)
        else:
            # «24–31 марта Неделя детской книги»: a capital sets a title apart as a mark does.
            opens = run.opens or (not run.tokens and token.raw[0].isupper())
            run = replace(run, tokens=(*run.tokens, token), dangling=False, opens=opens)
    if run.tokens or run.dangling:
        yield replace(run, closes=True)
