"""«Фамилия Имя Отчество» as people type it → surname, given name and patronymic, kept apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from domain.errors import DomainError

LONGEST = 150
_MOST_WORDS = 5

_PATRONYMIC = re.compile(
    r".+(вич|вна|ична|ишна|vich|vna|ichna)|ильич|кузьмич|лукич|никитич|фомич"
    r"|.{2,}[ -]?(оглы|оглу|оғлы|кызы|кизи|гызы|қызы|улы|уулу|ұлы|угли)",
    re.IGNORECASE,
)
# Surnames end in -вич too (Абрамович); no surname ends like this.
_SURELY_PATRONYMIC = re.compile(r".+(вна|ична|ишна|vna|ichna)|.+[ -](оглы|кызы)", re.IGNORECASE)
# Stand after the father's name as a word of their own.
_AFTER_FATHERS_NAME = frozenset("оглы оглу оғлы кызы кизи гызы қызы улы уулу ұлы угли".split())
_KEPT_SMALL = _AFTER_FATHERS_NAME | frozenset(
    "де да дель ла ле ван фон дер бен аль эль de da del la van von der bin al el".split()
)

# A name before a surname is told by these; whoever is not among them follows the order that was asked for.
_GIVEN_NAMES = frozenset(
    """
    агата агния аделина аида айгуль айнур алевтина александр александра алексей алена алина алиса алия алла
    альбина альфия амина анастасия анатолий ангелина андрей анна антон антонина ария арина артем ася борис
    вадим валентин валентина валерий валерия варвара василий василиса вера вероника виктор виктория виталий
    влада владимир владислав вячеслав галина геннадий георгий григорий гузель гульнара дарья денис диана
    дина динара дмитрий ева евгений евгения егор екатерина елена елизавета жанна зарина земфира зинаида
    злата зоя иван игорь илья инга инесса инна ирина ия камила карина кирилл клавдия константин кристина
    ксения лада лариса лев лейла леонид лидия лилия лина любовь людмила мадина майя максим маргарита марина
    мария марта марьям милана михаил муза надежда наиля наталия наталья нелли ника никита николай нина
    оксана олег олеся ольга павел петр полина раиса регина резеда рената римма роза роман руслан рустам
    сабина светлана семен сергей снежана софия софья станислав степан таисия тамара татьяна тимур ульяна
    фаина федор филипп фируза эдуард эльвира эльза эльмира эмилия эмма юлия юрий яков яна ярослав ярослава
    """.split()
)
_NOT_IN_NAMES = frozenset(
    """
    а библиотека библиотекарь вам вас вечер вы где гимназия да день для добрый зачем здравствуйте имя как кто
    лицей мбоу можно мы не нет никто ничего она они отчество почему привет сош спасибо тест ты утро фамилия
    хочу что школа школы это
    """.split()
)
_INTRODUCTION = re.compile(r"(меня зовут|мо[её] имя|ф\.?\s?и\.?\s?о\.?|я)[\s:,–—-]+(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FullName:
    """A person's name. `patronymic` is empty for who has none."""

    surname: str
    given_name: str
    patronymic: str = ""

    @property
    def formal(self) -> str:
        """How a colleague is addressed: «Мария Ивановна»."""
        return f"{self.given_name} {self.patronymic}".rstrip()

    @property
    def short(self) -> str:
        """How lists name her: «Петрова М. И.»."""
        return " ".join([self.surname, *self._initials])

    @property
    def signing(self) -> str:
        """How she stands beside her signature: «М. И. Петрова»."""
        return " ".join([*self._initials, self.surname])

    @property
    def full(self) -> str:
        """«Петрова Мария Ивановна»."""
        return f"{self.surname} {self.formal}"

    @property
    def _initials(self) -> list[str]:
        return [f"{name[0]}." for name in (self.given_name, self.patronymic) if name]


def parse_full_name(text: str) -> FullName:
    """The parts of a name in either order, «Петрова Мария Ивановна» or «Мария Ивановна Петрова».

    No letter is lost; names typed in small or in capital letters get their capitals. Raises DomainError:
    `name_too_long` (fact `longest`), `name_not_a_name` for digits, markup or a sentence, `name_one_word`,
    `name_initials`, and `name_no_surname` for a given name and a patronymic alone.
    """
    words = _words(text)
    if len(words) == 1:
        raise DomainError("name_one_word")
    if any(_is_initial(word) for word in words[1:]) or (_is_initial(words[0]) and len(words) < 3):
        raise DomainError("name_initials")
    return _arranged([_capitalised(word) for word in _with_fathers_names(words)])


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text)
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise DomainError("name_too_long", longest=LONGEST)
    text = text[introduction.end() :] if (introduction := _INTRODUCTION.match(text)) else text
    if re.search(r"(?:^|[\s.])\w\.", text):
        raise DomainError("name_initials")
    text = re.sub(r"\s?[‐‑‒–—−-]\s?", "-", re.sub(r"[.,;!]", " ", text)).strip(" -")
    words = text.split()
    looks_like_one = all(map(_is_word, words)) and not _NOT_IN_NAMES.intersection(text.casefold().split())
    if not words or len(words) > _MOST_WORDS or not looks_like_one:
        raise DomainError("name_not_a_name")
    return words


def _is_word(word: str) -> bool:
    """Letters (with their marks), parted by single hyphens and apostrophes."""
    parts = re.split(r"[-'’ʼ`]", word)
    return all(parts) and all(unicodedata.category(char)[0] in "LM" for part in parts for char in part)


def _is_initial(word: str) -> bool:
    """One letter. At the beginning it may be a surname (И, О); then two words follow it."""
    return len(word) == 1


def _with_fathers_names(words: list[str]) -> list[str]:
    """«Гасан оглы» is one patronymic."""
    joined: list[str] = []
    for word in words:
        if word.lower() in _AFTER_FATHERS_NAME and len(joined) > 1:
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _arranged(words: list[str]) -> FullName:
    at = _patronymic_at(words)
    if at is None:
        if len(words) == 2 and _is_given(words[0]) and not _is_given(words[1]):
            return FullName(words[1], words[0])
        return FullName(words[0], " ".join(words[1:]))
    if len(words) == 2:
        raise DomainError("name_no_surname")
    if at == len(words) - 1:
        return FullName(" ".join(words[:-2]), words[-2], words[-1])
    return FullName(" ".join(words[at + 1 :]), " ".join(words[:at]), words[at])


def _patronymic_at(words: list[str]) -> int | None:
    found = [n for n, word in enumerate(words) if n > 0 and _PATRONYMIC.fullmatch(word)]
    sure = [n for n in found if _SURELY_PATRONYMIC.fullmatch(words[n])]
    if len(found) > 1 and not sure and _is_given(words[0]):
        return found[0]  # «Роман Аркадьевич Абрамович»
    return next(reversed(sure or found), None)


def _is_given(word: str) -> bool:
    return word.lower().replace("ё", "е") in _GIVEN_NAMES


def _capitalised(word: str) -> str:
    return re.sub(r"[^\s'’ʼ`-]+", lambda part: _part_capitalised(part[0]), word)


def _part_capitalised(part: str) -> str:
    if part.lower() in _KEPT_SMALL and part.islower():
        return part
    typed_plainly = part.islower() or part.isupper() or part[1:].isupper()
    return part[0].upper() + (part[1:].lower() if typed_plainly else part[1:])
