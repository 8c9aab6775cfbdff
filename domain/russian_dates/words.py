"""Text into tokens, and the names of months and weekdays."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

ELLIPSIS = "…"
MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
MONTHS_OF = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
WEEKDAYS = "понедельник вторник среда четверг пятница суббота воскресенье".split()

_HARD_ENDINGS = "а е у ом ы".split()
_SOFT_ENDINGS = "я е ю ем и".split()
_ABBREVIATIONS = {
    "янв": 1,
    "фев": 2,
    "февр": 2,
    "мар": 3,
    "апр": 4,
    "июн": 6,
    "июл": 7,
    "авг": 8,
    "сен": 9,
    "сент": 9,
    "окт": 10,
    "ноя": 11,
    "нояб": 11,
    "дек": 12,
}
# «октяб.», «февра.»: a name cut short anywhere after so many letters.
_SHORTEST_CUT = 4
_ABBREVIATIONS |= {
    name[:length]: number
    for number, name in enumerate(MONTHS, start=1)
    for length in range(_SHORTEST_CUT, len(name))
}
_MONTH_FORMS = _ABBREVIATIONS | {
    form: number
    for number, name in enumerate(MONTHS, start=1)
    for form in [
        name,
        *(name.rstrip("ьй") + ending for ending in (_SOFT_ENDINGS if name[-1] in "ьй" else _HARD_ENDINGS)),
    ]
}
# A name with a slip in it is known again only if it is long enough to be no other word.
_KNOWN_AGAIN = 5

_ROMAN_MONTHS = {
    word: number for number, word in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)
}

_WEEKDAY_FORMS = [
    re.compile(pattern)
    for pattern in (
        r"понедельник\w*|понед|пон|пн",
        r"вторник\w*|вт",
        r"сред[аыеу]|средой|средам|ср",
        r"четверг\w*|чт",
        r"пятниц\w*|пятн|пт",
        r"суббот\w*|суб|сб",
        r"воскресень\w*|воскр|вс",
    )
]

# These change what the date beside them says, so they are never passed over.
TURNING = re.compile(
    r"до|не|нет|ни|кроме|исключ\w+|или|либо|после|ранее|раньше|позже|позднее|ориентировочно|примерно|около"
    r"|предположительно|предварительно|накануне|перед|отмен\w+|перенос\w*|перенес\w+|через|без|вместо"
    r"|кажд\w+|начиная|бывш\w+"
)

_TOKEN = re.compile(r"(\s*)([0-9]+|[^\W\d_]+|\S)")
_LOOK_ALIKES = str.maketrans("aceopxykmtbhё", "асеорхукмтвне")
_LONE_LATIN = {"c": "с", "b": "в", "k": "к", "e": "е"}
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−―", "-"))
# «11.О9.2026», «1З октября»: letters that stand among figures for the figure that they look like.
_FIGURE_ZERO = re.compile(
    rf"(?<=\b[123])[OoОо](?=\s*(?:{'|'.join(MONTHS_OF)})\b)"
    r"|(?<=[0-9.])[OoОо](?=[0-9])|(?<=[0-9])[OoОо](?=\.?[0-9])|(?<![\w.])[OoОо](?=[0-9]\.[0-9])"
)
_FIGURE_THREE = re.compile(r"(?<=[0-9.])[Зз](?=[0-9])|(?<=[0-9])[Зз](?=\.?[0-9])")
_QUOTED_DAY = re.compile(r"[«\"“„]\s*([0-9]{1,2}(?:\s*-\s*[0-9]{1,2})?)\s*[»\"”“](?=\s*[а-яА-Я.])")
# A list in the cell: dashes that open its lines, «1.» that open them, «1)» anywhere.
_BULLET = re.compile(r"^\s*-\s*", re.MULTILINE)
_LINE_NUMBER = re.compile(
    rf"^\s*([0-9]{{1,2}})\.\s+(?!(?:{'|'.join(MONTHS_OF)})|[0-9]+\s*$)", re.MULTILINE | re.IGNORECASE
)
_LINE_LETTER = re.compile(r"^\s*([а-е])\)\s*", re.MULTILINE)
_ITEM_NUMBER = re.compile(r"(?<![\w(.-])([0-9])\)\s*")
_FOOTNOTE = re.compile(r"(?<=\w)\s?\*+(?=\s|$|[,;.)])")
_TORN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)(?:-\s*|\s*[\n\v]\s*)([^\W\d_]+)")
# «С е н т я б р ь», as some set a word apart.
_SPACED_OUT = re.compile(r"(?<!\w)[^\W\d_](?: [^\W\d_]){2,}(?!\w)")
# «м-ца», «п/г»: words that hold a mark.
_CONTRACTED = {
    re.compile(r"\bм-ц(?=[а-я]{0,2}\b)", re.IGNORECASE): "месяц",
    re.compile(r"\bп/г(?:од\w*)?\b", re.IGNORECASE): "полугодие",
    re.compile(r"(?<!\bв )\b[тс]\.\s?г\.(?!\s*[А-ЯЁ])"): "текущего года",
}
# Dots between two words that say «and all between»; any others end something.
_ELLIPSIS = re.compile(r"(?P<joins>(?<=\w)\s*(?:…|\.{3})\s*(?=\w))|…|\.{3}")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a word, or one mark; every dash is a hyphen."""

    text: str  # lower case, «ё» as «е», Latin look-alikes inside Russian words mended
    raw: str
    spaced: bool  # white space before it
    broken: bool  # a line break before it

    @property
    def is_number(self) -> bool:
        """«15», but neither «½» nor «Ⅱ»."""
        return self.text.isdecimal()

    @property
    def is_word(self) -> bool:
        """Letters of any alphabet."""
        return self.text[0].isalpha()


def tokens_of(text: str) -> list[Token]:
    """The text's numbers, words and marks in their order; white space and invisible characters are none."""
    clean = _as_meant(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_HYPHENS))
    return [
        Token(_plain(match[2]), match[2], bool(match[1]), "\n" in match[1] or "\v" in match[1])
        for match in _TOKEN.finditer(clean)
    ]


def _as_meant(text: str) -> str:
    """Figures and marks as they were meant, where they can mean nothing else."""
    text = _without_list_marks(text)
    text = _FIGURE_THREE.sub("3", _FIGURE_ZERO.sub("0", text))
    text = _QUOTED_DAY.sub(r"\1", _FOOTNOTE.sub("", text))
    text = _TORN.sub(_mended, _SPACED_OUT.sub(_closed_up, text))
    for contracted, word in _CONTRACTED.items():
        text = contracted.sub(word, text)
    return _ELLIPSIS.sub(lambda dots: f" {ELLIPSIS} " if dots["joins"] else ".", text)


def _without_list_marks(text: str) -> str:
    """The items of a list without their dashes, numbers or letters, each in its line; they count from the
    first."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(map(_BULLET.match, lines)):
        return _BULLET.sub("", "\n".join(lines))
    letters = [ord(letter) - ord("а") for letter in _LINE_LETTER.findall(text)]
    if len(letters) > 1 and letters == list(range(len(letters))):
        text = _LINE_LETTER.sub("", text)
    for mark in (_LINE_NUMBER, _ITEM_NUMBER):
        numbers = [int(number) for number in mark.findall(text)]
        if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)):
            text = mark.sub("\n", text)
    return text


def _closed_up(spaced: re.Match[str]) -> str:
    """The name of a month whose letters stand apart; any other letters as they are."""
    whole = spaced[0].replace(" ", "")
    return whole if whole.lower() in MONTHS or whole.lower() in MONTHS_OF else spaced[0]


def _mended(torn: re.Match[str]) -> str:
    """«октя-брь», «тече-ние»: a word torn in two; «март↵а также» is none."""
    first, second = torn[1].lower(), torn[2].lower()
    whole = first + second
    known = whole in MONTHS or whole in MONTHS_OF or whole in {"течение", "течении", "ежемесячно"}
    return torn[1] + torn[2] if known and first not in MONTHS else torn[0]


def _plain(raw: str) -> str:
    low = raw.lower()
    if re.search("[а-я]", low):
        return low.translate(_LOOK_ALIKES)
    if low in _LONE_LATIN:
        return _LONE_LATIN[low]
    # A lone «і» is a Roman number typed on another keyboard.
    return low.replace("ё", "е").replace("і", "i")


def month_named(word: str) -> int | None:
    """The number of the month that the word names in any of its cases, or shortened."""
    return _MONTH_FORMS.get(word)


def is_cut_short(word: str) -> bool:
    """Whether the name of a month is shortened, so that a dot may follow it: «нояб»."""
    return word in _ABBREVIATIONS


@lru_cache(maxsize=1024)
def month_misspelt(word: str) -> int | None:
    """The one month whose name is a slip of the pen away; None if there is none, or more than one."""
    if len(word) < _KNOWN_AGAIN:
        return None
    near = {
        number
        for form, number in _MONTH_FORMS.items()
        if len(form) >= _KNOWN_AGAIN and _one_slip_apart(word, form)
    }
    return near.pop() if len(near) == 1 else None


def _one_slip_apart(one: str, other: str) -> bool:
    """One letter missing, added, changed, or two neighbours swapped; the first letter holds."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    alike = (a == b for a, b in zip(one, other, strict=False))
    head = next((i for i, same in enumerate(alike) if not same), min(len(one), len(other)))
    a, b = one[head:], other[head:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def roman_month(word: str) -> int | None:
    """«ix», «x», whichever alphabet they were typed in."""
    return _ROMAN_MONTHS.get(word.replace("х", "x").replace("і", "i"))


def weekday_named(word: str) -> int | None:
    """The weekday that the word names, Monday as 0."""
    return next((day for day, forms in enumerate(_WEEKDAY_FORMS) if forms.fullmatch(word)), None)
