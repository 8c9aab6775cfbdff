"""What a person typed in words → what she wants.

Keys and commands come first elsewhere; this is for the rest: «что дальше?», «когда семинар», a school, a
surname. Answers are read in `answer_words`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answer_words import read_answer
from bot.finding import ANY_SCHOOL, plain, stem_of, words_of
from domain.plan_draft import Kind as PlanKind
from domain.records import Answer
from domain.russian_dates import read_span


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next?"""


@dataclass(frozen=True, slots=True)
class Span:
    """What is there between two local dates, inclusive? If possible, what the other words (as stems and
    numbers) are found in."""

    first: date
    last: date
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """When is the next one of this kind?"""

    kind: PlanKind


@dataclass(frozen=True, slots=True)
class Words:
    """A school, a surname, a theme: stems and numbers to search for, in the order typed."""

    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantsAnswer:
    """An answer that she gives; to be confirmed."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Mine:
    """What have I answered?"""


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of the year."""


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of the year; `stems` for whom there are none, and who means something else."""

    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """How does this work?"""


@dataclass(frozen=True, slots=True)
class Greets:
    """Good day!"""


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thank you; nothing is asked."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why did this come to me?"""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """None of these."""


Intent = (
    Next
    | Span
    | Kind
    | Words
    | WantsAnswer
    | Mine
    | Plan
    | Reports
    | Help
    | Greets
    | Thanks
    | Why
    | NotUnderstood
)

ReadSpan = Callable[[str, date], tuple[date, date] | None]

# What is longer, or speaks of more, is a letter, not a request; nothing is guessed from it.
_LONGEST = 300
_MOST_TERMS = 6
# What is said in a group to the bot is short.
_LONGEST_IN_GROUPS = 80
_MENTION = re.compile(r"(?<!\w)@\w{4,32}")
_BY_NAME = re.compile(r"звонок\s*[,!:–—-]")
_WHAT_NEXT = re.compile(
    r"(звонок |а |ну |и |коллеги |скажите |подскажите |пожалуйста )*что (у нас |там |же |там у нас )?дальше"
    r"( у нас| пожалуйста| по плану| коллеги| звонок)?"
)


def understand(text: str, today: date, read_dates: ReadSpan = read_span) -> Intent:
    """What the text asks for. `today` is the local date that «завтра» and «в ноябре» are counted from."""
    if len(text) > _LONGEST:
        return NotUnderstood()
    answer = read_answer(text)
    if answer is not None:
        return WantsAnswer(answer)
    words = words_of(text)
    stems = [_key_stem(word) for word in words]
    said = " ".join(words)
    if _THANKS.fullmatch(said):
        return Thanks()
    if _GREETS.fullmatch(said):
        return Greets()
    if _WHY.fullmatch(said):
        return Why()
    if _REPORTS.fullmatch(said):
        return Reports(_search_terms(words))
    if _MINE.search(said):
        return Mine()
    if _HELP_PHRASE.search(said) or _says_only(stems, _HELP):
        return Help()
    if _WHOLE_YEAR.search(said) or _says_only(stems, _PLAN, _PLAN_DETAILS):
        return Plan()
    terms = _search_terms(words)
    if len(terms) > _MOST_TERMS:
        return NotUnderstood()
    if (span := read_dates(text, today)) is not None:
        return Span(*span, _beside_dates(words))
    for kind, pattern in _KINDS.items():
        if _says_only(stems, pattern, _NEXT, _ASKING):
            return Kind(kind)
    if _says_only(stems, _NEXT, _ASKING) or _says_only(stems, _ASKING_ENOUGH, _ASKING):
        return Next()
    return Words(terms) if terms else NotUnderstood()


def is_talk(text: str, today: date) -> bool:
    """Whether something is said to the bot, a question, an answer or a greeting, where a school or the like
    was to be named."""
    meant = understand(text, today)
    if isinstance(meant, Span):
        return not meant.stems
    return not isinstance(meant, Words | Reports | NotUnderstood)


def seeks_meeting(words: Words) -> bool:
    """Whether what was searched for is a meeting and nothing else: a kind or a school is named."""
    return not _SCHOOLS.union(*_KINDS.values()).isdisjoint(words.stems)


def asks_a_group(text: str, *, to_bot: bool | None) -> bool:
    """Whether a message in a group asks what comes next: «что дальше?» itself or, said to the bot (`to_bot`,
    or with its name before it), anything that asks so. What people say to each other is none of the bot's
    business: nothing may be said besides, and to nobody else (`to_bot` False)."""
    if len(text) > _LONGEST_IN_GROUPS or to_bot is False:
        return False
    said = _MENTION.sub(" ", text)
    if _WHAT_NEXT.fullmatch(" ".join(words_of(said))):
        return True
    addressed = to_bot or _BY_NAME.match(plain(text)) is not None
    return addressed and isinstance(understand(said, date.min, lambda *_: None), Next)


def mentioned(text: str) -> set[str]:
    """The names that are called with «@», in small letters."""
    return {name[1:].lower() for name in _MENTION.findall(text)}


def speaks_of(
    text: str, today: date, read_dates: ReadSpan = read_span
) -> tuple[PlanKind | None, tuple[date, date] | None]:
    """Which meeting an answer speaks of, as far as it says: a kind («не смогу на семинар»), local dates."""
    return kind_in(map(_key_stem, words_of(text))), read_dates(text, today)


def kind_in(stems: Iterable[str]) -> PlanKind | None:
    """The kind of meeting that is named; None where it is none, or several."""
    named = frozenset(stems)
    kinds = [kind for kind, names in _KINDS.items() if names & named]
    return kinds[0] if len(kinds) == 1 else None


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem_of, words.split()))


_POLITENESS = _stems(
    """
    а бот бы был была было быть в вам вас во вот все всё вы да день для до добрый доброе доброго за
    здравствуйте звонок и из или к коллеги ко ли меня мне можно мы на над нам напомните нас не ну но о
    об от по под после про подскажите покажи покажите пожалуйста привет при с самый сейчас скажите со
    спасибо так там то тут ты у уважаемые узнать ок хорошо понятно понял поняла принято ясно утро хочу
    хотела хотелось вечер же это этот эта есть еще будет будут бывает я им имени расскажи расскажите
    дайте пришлите
    """
)
_NEXT = _stems(
    """
    ближайший дальше далее следующий следущий встреча встречаемся встретимся встречаться собираемся
    собираются соберемся мероприятие событие планируется намечается предстоит ожидается скоро потом рмо
    гмо методобъединение проходит пройдет состоится
    """
)
_ASKING = _stems(
    """
    что чего когда где куда как кто почему зачем надо нужно сколько какой который час часов время начало
    начинается начнется адрес дата число придет идет едет человек скоро проводится раз
    """
)
_NO_TERMS = _POLITENESS | _NEXT | _ASKING
# Of the others alone nothing can be told: «что?», «кто?», «как?».
_ASKING_ENOUGH = _stems("когда где куда сколько адрес дата начало начинается начнется придет")
_HELP = _stems("помощь помоги помогите help справка инструкция подсказка меню")
_PLAN = _stems("план расписание календарь график")
_PLAN_DETAILS = _stems(
    "что какой где год годовой учебный работа рмо гмо весь полный целиком мероприятие встреча посмотреть"
)
_SCHOOLS = ANY_SCHOOL | _stems("лицей гимназия")
_OF_DATES = _stems(
    """
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь понедельник вторник среда
    четверг пятница суббота воскресенье сегодня завтра послезавтра вчера неделя месяц год числа половина
    начало середина конец квартал четверть полугодие лето осень зима весна каникулы выходные первый второй
    прошлый этот текущий
    """
)
_NO_TERMS_BESIDE_DATES = _OF_DATES | _PLAN | _PLAN_DETAILS
_KINDS = {
    PlanKind.MEETING: _stems("заседание собрание"),
    PlanKind.SEMINAR: _stems("семинар"),
    PlanKind.WORKSHOP: _stems("мастеркласс мк практикум"),
    PlanKind.COUNCIL: _stems("совещание"),
    PlanKind.CONTEST: _stems("конкурс"),
}
_WHOLE_YEAR = re.compile(r"\b(весь|целый|на|этот|учебный) год\b|\bвсе мероприятия\b")
_HELP_PHRASE = re.compile(
    r"\bчто (ты|вы) (умее|може)|\bкак ([а-я]+ )?([а-я]+ )?пользоваться"
    r"|\bкак (с тобой|с вами|это|тут все) работа|\bне понимаю|\bчто (мне )?(делать|нажимать|нажать)\b"
)
_MINE = re.compile(
    r"\bмо[ийяеюх]+ (ответ|запис|выбор)|\bкуда я (иду|приду|записан)"
    r"|\b(что|чего|как|куда|где) (же )?я (же |уже |там )?(ответил|отвечал|выбрал|записал|обещал)"
    r"|\b(измен|помен|отмен)\w+ (свой |мой )?ответ|\bпередумала?$"
    r"|\bя (уже )?(ответила?|отвечала?|записана?|записалась)( ли| или нет)?$"
)
# Stems long enough to be known again with a slip of the finger in them.
_KEYS = tuple(
    sorted(stem for stem in _NEXT.union(_HELP, _PLAN, {"когда"}, *_KINDS.values()) if len(stem) >= 5)
)
# Nothing but that, however warmly: whatever is asked besides is answered instead.
_THANKS = re.compile(
    r"(?=.*(спасибо|благодарю))((хорошо|ок|понятно|поняла?|принято|спасибо|благодарю|большое|огромное|вам|вас"
    r"|тебе|за (все|напоминание|помощь|информацию)|коллеги|звонок)( |$))+"
)
_GREETS = re.compile(
    r"((коллеги|звонок) )?(здравствуй(те)?|здрасте|привет|добр(ый день|ый вечер|ое утро))( коллеги| звонок)?"
)
# Nothing but that: «почему пришло так мало» is a question to a person.
_REPORTS = re.compile(
    r"((где|покажи(те)?|открой(те)?|нужны|пожалуйста|звонок) )*"
    r"(итоги( (учебного |нашего |этого )?года)?|отчеты( за (учебный |этот )?год)?|годовой отчет|отчет за год)"
)
_WHY = re.compile(
    r"(а |и |но |извините |простите |скажите |подскажите |пожалуйста |здравствуйте |звонок )*"
    r"((почему|зачем|отчего|с чего)( же| мне| это| этот| вы| ты| бот| такое| сообщение| напоминание| снова"
    r"| опять)*( (приш(ло|ел|ли)|приходит|присла(л|ла|ли|но)|прислали|пишете|пишешь|напоминаете|напоминаешь))"
    r"|(почему|зачем)( же)? (мне это|это мне|мне такое)|откуда (это|это сообщение))"
    r"( мне| это| сообщение| напоминание| снова| опять| пожалуйста)*"
)
_MISSPELT = {"што": "что", "чо": "что", "че": "что", "шо": "что", "кагда": "когда", "када": "когда"}


def _key_stem(word: str) -> str:
    """The word's stem, or that of the key word that it was meant to be."""
    found = stem_of(_MISSPELT.get(word, word))
    if not 5 <= len(found) <= 20 or found in _KEYS:
        return found
    from rapidfuzz.distance import OSA  # late, as in bot.finding

    allowed = 1 if len(found) < 8 else 2
    slips, key = min((OSA.distance(found, key, score_cutoff=allowed), key) for key in _KEYS)
    return key if slips <= allowed else found


def _says_only(stems: Iterable[str], subject: frozenset[str], *besides: frozenset[str]) -> bool:
    """Whether the subject is named, and nothing but it, years, `besides` and politeness."""
    left = [stem for stem in stems if stem not in _POLITENESS or stem in subject]
    known = subject.union(*besides)
    return any(stem in subject for stem in left) and all(
        stem in known or re.fullmatch(r"20\d\d", stem) for stem in left
    )


def _beside_dates(words: Sequence[str]) -> tuple[str, ...]:
    """What is searched for beside the dates: «семинар» of «семинар в марте», «183» of «в марте в 183 школе».
    A number is a date's, unless a school stands beside it or no date has such a one."""
    stems = [stem_of(word) for word in words]
    around = [{*stems[max(at - 1, 0) : at], *stems[at + 1 : at + 2]} for at in range(len(stems))]
    return tuple(
        term
        for term in _search_terms(words)
        if term not in _NO_TERMS_BESIDE_DATES
        and (
            not term.isdigit()
            or around[stems.index(term)] & _SCHOOLS
            or (int(term) > 31 and not re.fullmatch(r"20\d\d", term))
        )
    )


def _search_terms(words: Iterable[str]) -> tuple[str, ...]:
    """Stems and numbers, each once; «встреча в лицее» is looked for as «лицей»."""
    told = (stem for word in words if (stem := stem_of(word)) not in _NO_TERMS)
    return tuple(dict.fromkeys(stem for stem in told if len(stem) > 1 or stem.isdigit()))
