"""The answer that a person's words give: «приду», «заболела, не смогу», «+», «не уверена».

A question is no answer, and what one word says another may weigh down: «не приду, подключусь». Whatever is
taken for an answer is only offered for confirmation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from bot.finding import plain
from domain.records import Answer


def read_answer(text: str) -> Answer | None:
    """The answer that the text gives; None where it gives none, or two. A question is no answer."""
    if (sign := text.strip()) in _ANSWERING_SIGNS:
        return _ANSWERING_SIGNS[sign]
    hints: set[_Hint] = set()
    for sentence in re.findall(r"[^.!?;…\n]+\??", plain(text)):
        hints |= _hints(sentence)
    if _Hint.DOUBTS in hints:
        return Answer.UNDECIDED
    if {_Hint.COMES, _Hint.STAYS_AWAY} <= hints:
        return None
    return next((answer for hint, answer in _BY_WEIGHT.items() if hint in hints), None)


class _Hint(Enum):
    DOUBTS = auto()
    COMES = auto()
    JOINS = auto()
    STAYS_AWAY = auto()
    HINDERED = auto()
    MAY_COME = auto()


# «Буду» says less than «приду» («не приду, буду на больничном»), «заболела» less than either («заболела, но
# приду»); who joins may well not come («не приду, подключусь»).
_BY_WEIGHT = {
    _Hint.JOINS: Answer.ONLINE,
    _Hint.STAYS_AWAY: Answer.DECLINED,
    _Hint.COMES: Answer.GOING,
    _Hint.HINDERED: Answer.DECLINED,
    _Hint.MAY_COME: Answer.GOING,
}
_ANSWERING_SIGNS = {
    "+": Answer.GOING,
    "++": Answer.GOING,
    "+1": Answer.GOING,
    "👍": Answer.GOING,
    "-": Answer.DECLINED,
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COME = _set(
    """
    приду прийду прейду преду приеду пойду подойду дойду подъеду явлюсь участвую поучаствую придем пойдем
    приедем
    """
)
_JOIN = _set("подключусь подключимся подключаюсь подключаемся присоединюсь присоединимся")
_CAN = _set(
    """
    буду будем смогу сможем могу можем успею успеем успеваю получится получается выйдет выходит планирую
    планируем собираюсь иду идем еду едем поеду поедем
    """
)
_TO_COME = _set(
    """
    прийти придти прити приходить приехать быть присутствовать поприсутствовать участвовать
    поучаствовать явиться подойти подъехать пойти поехать посетить попасть вырваться выбраться выступить
    выступать
    """
)
_LITTLE = _set("точно наверняка обязательно тоже уже никак сегодня завтра все таки равно же к сожалению")
_NO_INFINITIVES = _set("есть пять шесть девять десять двадцать тридцать часть область очередь опять пусть")
_STATES = _set("рад рада рады благодарна благодарен признательна признательны готова готов")
_YES = _set("да ага угу конечно обязательно непременно согласна согласен естественно удовольствием радостью")
_NO = _set("нет неа увы")
_POLITE = _set("я с спасибо пожалуйста к сожалению извините простите здравствуйте добрый день")

_OPENING = re.compile(
    r"(а|и|но|ну|скажите|подскажите|пожалуйста|здравствуйте|привет|добрый (день|вечер)|доброе утро"
    r"|коллеги)\b[ ,]*"
)
_ASKS = re.compile(
    r"(кто|что|чего|когда|где|куда|как|почему|зачем|сколько|во сколько|какой|какая|можно|надо|нужно"
    r"|обязательно ли)\b"
)
_DOUBT = re.compile(
    r"\bне (уверен|решил|определил|точно|обещаю|думаю|знаю)|\b(наверное|наверно|возможно|вероятно"
    r"|скорее всего|может|постараюсь|попробую|попытаюсь|сомневаюсь|подумаю|посмотрю|посмотрим|надеюсь"
    r"|вряд ли|под вопросом|как получится|если)\b"
)
_DOUBT_ALONE = re.compile(
    r"((я|пока|еще|сама|точно|это|и|но|то|не знаю|не могу сказать|не уверена?|не решила?|не определила?с[ья]"
    r"|может( быть)?|возможно|наверное?|под вопросом|как получится|подумаю|посмотрим|постараюсь|сомневаюсь"
    r"|скорее( всего)? (да|нет)(,? чем (да|нет))?|(отвечу|скажу) позже"
    r"|позже (отвечу|скажу)|50 на 50)(,? |$))+"
)
_ABSENT = re.compile(
    r"\b(меня|нас) ([а-я]+ ){0,2}не будет\b|\bне будет (меня|нас)\b|\bне ждите\b|\bбез меня\b"
    r"|\b(отсутствую|отсутствовать|пропущу|пропускаю|отказываюсь|отказаться)\b"
)
_NOT_ABSENT = re.compile(
    r"\bне (пропущу|откажусь|отказываюсь)\b|\b(опоздаю|задержусь)\b|(?<!не )\bждите\b"
    r"|\bзапи(шите|сывайте) меня\b"
)
# Who is ill stands before the word: herself, unnamed, or one of hers. «Петрова заболела» is no answer.
_ILL = re.compile(
    r"(^|, |[–—-] |\b(я|мы|ребенок|дети|сын|дочь|дочка|внук|внучка|мама|муж|сильно|опять|снова|вдруг|тоже|уже"
    r"|и|но|сожалению) )((за|при)болел[аи]?|болею|болеем|болеет|слегл[аи]?)\b"
    r"|\bна больничн|\bв отпуске\b|\bв командировке\b|\bна (сессии|карантине)\b|\bзанят[аы]?\b"
)


def _hints(sentence: str) -> set[_Hint]:
    """What one sentence says of her coming."""
    sentence = re.sub(r"[^\w\s,?–—-]", " ", sentence)
    sentence = " ".join(sentence.replace(",", ", ").split())
    while opening := _OPENING.match(sentence):
        sentence = sentence[opening.end() :]
    words = re.findall(r"\w+|,", sentence)
    spoken = [word for word in words if word != "," and word not in _POLITE]
    if sentence.endswith("?") or not spoken or _ASKS.match(sentence):
        return set()
    if _DOUBT_ALONE.fullmatch(sentence):
        return {_Hint.DOUBTS}
    coming = _coming(words)
    if _DOUBT.search(sentence):
        return {_Hint.DOUBTS} if coming or _TO_COME.intersection(words) else set()
    if "ли" in words:
        return set()
    if set(spoken) <= _YES:
        coming.add(_Hint.MAY_COME)
    if set(spoken) <= _NO:
        coming.add(_Hint.HINDERED)
    if _NOT_ABSENT.search(sentence):
        coming.add(_Hint.COMES)
    elif _ABSENT.search(sentence):
        coming.add(_Hint.STAYS_AWAY)
    if _ILL.search(sentence):
        coming.add(_Hint.HINDERED)
    return coming


def _coming(words: Sequence[str]) -> set[_Hint]:
    """What the verbs in the first person say, each with its own «не»."""
    hints = set()
    for at, word in enumerate(words):
        if word in _JOIN:
            hints.add(_Hint.STAYS_AWAY if _is_negated(words, at) else _Hint.JOINS)
        elif word in _COME:
            hints.add(_Hint.STAYS_AWAY if _is_negated(words, at) else _Hint.COMES)
        elif word in _CAN and not _leads_elsewhere(words, at):
            hints.add(_Hint.STAYS_AWAY if _is_negated(words, at) else _Hint.MAY_COME)
    return hints


def _is_negated(words: Sequence[str], at: int) -> bool:
    before = next((word for word in reversed(words[:at]) if word not in _LITTLE), None)
    return before == "не"


def _leads_elsewhere(words: Sequence[str], at: int) -> bool:
    """«не могу найти», «буду рада»: it is not coming that she speaks of."""
    following = next((word for word in words[at + 1 :] if word not in _LITTLE), "")
    if following in _TO_COME or following in _NO_INFINITIVES:
        return False
    return following in _STATES or bool(re.fullmatch(r"\w{2,}(ть|ти|чь)(ся|сь)?", following))
