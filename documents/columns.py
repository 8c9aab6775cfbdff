"""What a plan's columns hold, told by their headings in whatever order and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from documents.month_columns import Time, are_times, of_days, of_weeks, times_of, year_of
from documents.table import Cell, Row, Table


class Role(Enum):
    """What a column holds."""

    NUMBER = auto()
    TITLE = auto()
    AGENDA = auto()  # what a meeting talks about; where no column names the meeting, its title
    FORM = auto()
    AUDIENCE = auto()
    WHEN = auto()
    HOUR = auto()  # of the day in another column; where there is none, all that is said of the time
    WHEN_AND_WHERE = auto()
    VENUE = auto()
    RESPONSIBLE = auto()
    OUTCOME = auto()
    PERSON = auto()  # a table of members, or who does what in one of activities
    OTHER = auto()  # known, and of no use here: marks of fulfilment, remarks, aims


# «Мероприятие, срок проведения»: a title with its date behind or before it.
_WHEN, _WHAT = r"(дат|срок|врем)\w*", r"(мероприят|содержани|тем[аы]\b|наименовани)[^,]*?"
_AND = r"( и |, ?| ?/ ?| ?\()"
_DATED = re.compile(rf"({_WHEN}( проведения)?{_AND}{_WHAT}|{_WHAT}{_AND}{_WHEN}).*")
# In this order: «Срок реализации мероприятия» is a date, «Дата и место» both.
_HEADINGS = [
    (Role.TITLE, _DATED.pattern),
    (
        Role.NUMBER,
        r"(№|n|no)( ?/? ?№)?( ?п ?/? ?п)?|п ?/? ?п|номер( п ?/? ?п)?|№ (рс|засед\w*|мероприятия)|раздел\w*",
    ),
    (Role.RESPONSIBLE, r"(ф ?и ?о|фамилия).*(ответств|выступающ|докладчик|ведущ).*"),
    (Role.PERSON, r"(ф ?и ?о|фамилия).*"),
    (Role.WHEN_AND_WHERE, r"(?=.*\b(дат|врем|срок|когда))(?=.*\b(мест[оа]|где)\b).*"),
    (Role.OTHER, r".*\bфакт(ическ\w*)?\b.*"),
    (Role.HOUR, r"врем\w*( проведения| начала)?|начало"),
    (
        Role.WHEN,
        (
            r"((примерн|планируем|планов|календарн|ориентировочн|предполагаем|конкретн)\w+ )?"
            r"((срок|дат|врем|период|месяц|числ|недел|когда)\w*([ ,/(].*)?|день( недели)?"
            r"|прием (работ|заявок|материалов)|(учебная )?четверть|полугодие|триместр|квартал)"
        ),
    ),
    (
        Role.OTHER,
        (
            r"(отметка|примечани|корректировк|документ|цел[ьи]|задачи|стаж|категори[яи]$|умк|показател|формальн"
            r"|выполнение|контроль|форма отчет).*"
        ),
    ),
    (
        Role.VENUE,
        (
            r"(мест|площадк|где)\w*( .*)?|(на )?баз(?:[ае]( .*)?|ов\w+ .*)|адрес|школа|о[оу]"
            r"|(образовательн\w+ )?(учреждени[ея]|организаци[яи])"
        ),
    ),
    (
        Role.RESPONSIBLE,
        (
            r"(ответств|отв\b|исполнител|исп\b|организатор|ведущ|кто\b(?! участв| приглаш)|выступающ"
            r"|докладчик|куратор|руководител|проводит).*"
        ),
    ),
    (Role.OUTCOME, r".*(результат|ожидаем|итогов\w+ документ|продукт|выход).*|итоги?"),
    (
        Role.AUDIENCE,
        (
            r"(участник|класс|контингент|аудитори|категория (участник|слушател)|целевая|для кого|с кем"
            r"|приглаш|состав участник|длякого|кто участв"
            r"|читательск\w+ (назначени|адрес|категори|групп)|возраст|адресат).*"
        ),
    ),
    (Role.FORM, r"(форм[аы]|вид|тип)( (проведения|работы|мероприятия|организации).*)?"),
    (Role.AGENDA, r"(рассматриваем\w+|обсуждаем\w+)? ?(вопрос|повестк).*|(обсуждаем|рассматриваем)\w+.*"),
    (Role.TITLE, r".*(мероприят|содержани|наименовани|перечень|тем[аы]\b|тематик|деятельности|направлени).*"),
    (Role.TITLE, r"блок( работы)?|(ключевые )?дел[ао]([ ,/].*)?"),
    (Role.TITLE, r".*(действи|работ[аы]?\b|название|событи|что (дела|планир|заплан|провод)|заседани).*"),
]
_LONGEST = 90
_MEETING_NUMBER = re.compile(r"(?:№|номер)\s*засед\w*", re.IGNORECASE)
_THEME, _CONTENT = re.compile(r"тем[аы]\b"), re.compile(r"содержани")
_DIRECTION = re.compile(r"\bработа\b|деятельность", re.IGNORECASE)
_FEWEST_DIRECTIONS, _FEWEST_WORKS = 3, 2
# «Заседания | Работа между заседаниями»: two are directions as well.
_BETWEEN = re.compile(r"между заседаниями|межсекционн|межзаседательн", re.IGNORECASE)
# Headings of one activity's own columns, of which none is a sort of activities.
_SAYS_MORE = re.compile(
    r"мероприяти\w+\b(?! (с|для)\b)|содержани|наименовани|названи|перечень|тем[аы]\b|тематик|дел[ао]\b|событи"
    r"|что\b|действи|вопрос|цел[ьи]|задачи|отметка|примечани|корректировк|документ|показател|выполнение|форм|стаж"
    r"|категори|умк|направлени"
)
_SORT_OF_WORK = re.compile(r"(вид|форм[аы]) (работы|мероприяти[яй])")
_ASSOCIATION = re.compile(r"(название )?([ршгмк]?мо|(\w+ )*объединени[ея]|секци[яи]|кружок|клуб|предмет)\b.*")
_BEGINNING = re.compile(r"((дата|срок) )?начал[оа]|с")
_END = re.compile(r"((дата|срок) )?(окончани[ея]|конец|завершени[ея])|по")
_WEEK = re.compile(r"(№ )?недел[яи]( месяца)?")
_WEEKDAYS = re.compile(r"д(ень|ни) недели")
_HOW_MANY = re.compile(r"(всего|итого|кол-?во|количество)\b.*")
# A row with a number of its own is none of headings, whatever words stand in it.
_ROW_NUMBER = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s*")
_NUMBERED = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})*[.)]\s+[^\W\d]")
_OF_PERSONS = re.compile(r".*(самообразовани|методическ\w+ тем|индивидуальн\w+ тем).*")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_TORN = re.compile(r"(?<=\w)-\s*\n\s*(?=\w)")


WHENS = frozenset({Role.WHEN, Role.HOUR, Role.WHEN_AND_WHERE})
_TITLES = frozenset({Role.TITLE, Role.AGENDA})
_BESIDE_TITLE = WHENS | {Role.NUMBER, Role.RESPONSIBLE, Role.AUDIENCE, Role.VENUE}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what. A role may have several, a heading may stand over several columns."""

    roles: tuple[tuple[range, Role], ...]
    title_heading: str = ""  # «Тема заседания» says of every row that it is one
    hours_alone: bool = False  # «Время» is all that is said of when
    directions: tuple[tuple[int, str], ...] = ()  # columns side by side, each of activities of its own
    times: tuple[tuple[range, Time], ...] = ()  # columns side by side, each of a month or a term
    years: tuple[tuple[range, int], ...] = ()  # headings over several months
    spanned: bool = False  # one column of dates says from when, the other one till when
    dated_titles: bool = False  # the title's cell says when, too
    counted: bool = False  # how many there are in all the months stands beside them
    weeks: tuple[int, ...] = ()  # columns whose figures are weeks of the month beside them
    weekly: bool = False  # weekdays are those of every week

    def of(self, *wanted: Role) -> list[int]:
        """The columns of some roles, from left to right."""
        return [column for columns, role in self.roles if role in wanted for column in columns]

    def over(self, above: Columns) -> Columns:
        """These, headings of the second line; of a column that they do not name, the line above tells."""
        named = {column for columns, _ in (*self.roles, *self.times) for column in columns}
        kept = [
            (range(it, it + 1), role) for columns, role in above.roles for it in columns if it not in named
        ]
        times = [(columns, time.in_year(above.year_over(columns))) for columns, time in self.times]
        return replace(
            self,
            roles=tuple(sorted([*self.roles, *kept], key=_place)),
            title_heading=self.title_heading or above.title_heading,
            times=tuple(times) or above.times,
            spanned=self.spanned or above.spanned,
            dated_titles=self.dated_titles or above.dated_titles,
            counted=self.counted or above.counted,
            weeks=self.weeks or above.weeks,
        )

    def dated(self, column: int) -> Columns:
        """These with a column of dates, where none of them is one."""
        if self.times or self.of(*WHENS):
            return self
        kept = tuple((columns, role) for columns, role in self.roles if column not in columns)
        return replace(self, roles=(*kept, (range(column, column + 1), Role.WHEN)))

    @property
    def by_weeks(self) -> bool:
        """Whether its times are weeks, of a month that is told elsewhere."""
        return of_weeks([time for _, time in self.times])

    def year_over(self, columns: range) -> int | None:
        """The year that stands over a column."""
        return next((year for over, year in self.years if columns.start in over), None)

    def titled(self) -> Columns:
        """Where columns of months have none of activities beside them, it is the first without a name."""
        if not self.times or self.of(Role.TITLE, Role.AGENDA):
            return self
        taken = {column for columns, _ in (*self.roles, *self.times) for column in columns}
        first = next(column for column in range(len(taken) + 1) if column not in taken)
        return replace(self, roles=(*self.roles, (range(first, first + 1), Role.TITLE)))


def _place(column: tuple[range, Role]) -> int:
    return column[0].start


def role_of(heading: str) -> Role | None:
    """What a column with this heading holds, or None if it is no heading that plans use."""
    words = _words_of(heading)
    if not words or len(words) > _LONGEST:
        return None
    return next((role for role, pattern in _HEADINGS if re.fullmatch(pattern, words)), None)


def _directions(row: Row, named_as: Sequence[Role | None]) -> tuple[tuple[int, str], ...]:
    """Columns of activities side by side, where each is of another sort."""
    if of_month := _beside_month(row, named_as):
        return tuple((cell.column, " ".join(cell.text.split())) for cell in of_month)
    titles = [cell for cell, role in zip(row.cells, named_as, strict=True) if role in _TITLES]
    named = tuple((cell.column, " ".join(cell.text.split())) for cell in titles)
    works = sum(bool(_DIRECTION.search(name)) for _, name in named)
    between = len(named) > 1 and any(_BETWEEN.search(name) for _, name in named)
    return named if between or works == len(named) >= _FEWEST_DIRECTIONS else ()


def _beside_month(row: Row, named_as: Sequence[Role | None]) -> list[Cell]:
    """«Месяц | Заседания | Работа с кадрами | Контроль»: beside nothing but the month, three columns or more,
    none of which is told by its heading to say more of another one. Beside «Работа с фондом» and «Работа с
    читателями» a heading that nobody knows is one more."""
    first, *others = [
        (cell, role) for cell, role in zip(row.cells, named_as, strict=True) if cell.text.strip()
    ]
    beside = [(cell, role) for cell, role in others if role is not Role.RESPONSIBLE]
    if not re.fullmatch(r"месяцы?", _words_of(first[0].text)) or len(beside) < _FEWEST_DIRECTIONS:
        return []
    works = sum(bool(_DIRECTION.search(cell.text)) for cell, _ in beside)
    sorts = [
        cell
        for cell, role in beside
        if role in {Role.TITLE, Role.OTHER}
        or (role is None and (_DIRECTION.search(cell.text) or works >= _FEWEST_WORKS))
    ]
    plain = any(_SAYS_MORE.match(_words_of(cell.text)) for cell in sorts)
    return [] if plain or len(sorts) < len(beside) else sorts


def _roles_of(headings: Sequence[str]) -> list[Role | None]:
    """The same of headings side by side: beside «Когда» stands «Что», beside «Начало» «Окончание»; where none
    names activities, «Вид работы» does, and above months side by side «РМО»."""
    words = [_words_of(heading) for heading in headings]
    in_pairs = {"что": Role.TITLE} if any(line.startswith("когда") for line in words) else {}
    if _say_span(words):
        in_pairs |= {line: Role.WHEN for line in words if _BEGINNING.fullmatch(line) or _END.fullmatch(line)}
    roles = [in_pairs.get(line) or role_of(heading) for heading, line in zip(headings, words, strict=True)]
    if _TITLES.intersection(filter(None, roles)):
        return roles
    instead = _ASSOCIATION if are_times(times_of(headings)) else _SORT_OF_WORK
    return [Role.TITLE if instead.fullmatch(line) else role for line, role in zip(words, roles, strict=True)]


def _words_of(heading: str) -> str:
    line = _TORN.sub("", _UNSEEN.sub("", heading)).lower().replace("ё", "е").replace("\\", "/")
    return " ".join(line.replace(".", " ").split()).strip(" :?!")


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a row's cells are the headings of a plan's columns."""
    filled = [cell for cell in cells if cell.strip()]
    if any(map(_ROW_NUMBER.fullmatch, filled)) and not are_times(times_of(filled)):
        return False
    numbered = sum(_NUMBERED.match(cell) is not None for cell in filled)
    if len(filled) < 2 or 0 < numbered < len(filled):
        return False
    roles = _roles_of(filled)
    known = {role for role in roles if role is not None}
    unknown = [cell for cell, role in zip(filled, roles, strict=True) if role is None]
    times = times_of(unknown)
    by_months = are_times(times)
    if by_months:
        unknown = [cell for cell, time in zip(unknown, times, strict=True) if time is None]
    elif len(unknown) > 1 and known:
        unknown = [cell for cell in unknown if year_of(cell) is None]
    beside_times = {Role.NUMBER}
    if of_weeks(times):
        beside_times.add(Role.WHEN)
    if of_days(times):
        beside_times.add(Role.AUDIENCE)
    if by_months and known <= beside_times and not unknown:
        return True
    if len(unknown) * 2 >= len(roles):
        return False
    beside = by_months or bool(known & _BESIDE_TITLE)
    return bool(known & {Role.TITLE, Role.AGENDA}) and beside and not is_members_heading(cells)


def heading_index(table: Table) -> int | None:
    """Where the headings of a plan's columns stand in a table, or None if it is no plan."""
    rows = enumerate(table.rows)
    return next((index for index, row in rows if is_heading([cell.text for cell in row.cells])), None)


def names_agenda(row: Row) -> bool:
    """Whether headings are those of one meeting's agenda: what is talked about, and not when."""
    roles = {role_of(cell.text) for cell in row.filled}
    return Role.AGENDA in roles and not roles & (WHENS | {Role.TITLE})


def says_span(row: Row) -> bool:
    """Whether headings part a time in two: «с | по», «Дата начала | Дата окончания»."""
    return _say_span([_words_of(cell.text) for cell in row.filled])


def _say_span(words: Sequence[str]) -> bool:
    return any(map(_BEGINNING.fullmatch, words)) and any(map(_END.fullmatch, words))


def has_times(row: Row) -> bool:
    """Whether a row names months or terms side by side."""
    return are_times(times_of([cell.text for cell in row.filled]))


def is_members_heading(cells: Sequence[str]) -> bool:
    """Whether a row heads a table of people."""
    roles = [role_of(cell) for cell in cells if cell.strip()]
    if Role.PERSON not in roles or len(roles) < 2:
        return False
    themes = any(_OF_PERSONS.fullmatch(_words_of(cell)) for cell in cells)
    return themes or not (WHENS | {Role.TITLE}).intersection(filter(None, roles))


def columns_of(row: Row) -> Columns:
    """The columns under the headings of a row."""
    named = _roles_of([cell.text for cell in row.cells])
    found = [
        (range(cell.column, cell.column + cell.span), role)
        for cell, role in zip(row.cells, named, strict=True)
    ]
    known = {role for _, role in found}
    instead = {
        Role.AGENDA: Role.AGENDA if Role.TITLE in known else Role.TITLE,
        Role.HOUR: Role.HOUR if Role.WHEN in known else Role.WHEN,
        Role.PERSON: Role.PERSON if Role.RESPONSIBLE in known else Role.RESPONSIBLE,
    }
    titles = [cell for cell, role in zip(row.cells, named, strict=True) if role in _TITLES]
    roles = tuple((columns, instead.get(role, role)) for columns, role in found if role is not None)
    # «№ заседания» says what every row is; of «Тема» and «Содержание» the second is its agenda in any case.
    counts_meetings = any(_MEETING_NUMBER.fullmatch(_words_of(it.text)) for it in row.cells)
    of_meetings = "№ заседания" if counts_meetings else None
    themed = (
        len(titles) > 1
        and _THEME.match(_words_of(titles[0].text))
        and _CONTENT.match(_words_of(titles[1].text))
    )
    if titles and (of_meetings or themed):
        name = titles[0].column
        roles = tuple(
            (columns, Role.AGENDA if role is Role.TITLE and columns.start > name else role)
            for columns, role in roles
        )
    unknown = [
        (columns, cell) for cell, (columns, role) in zip(row.cells, found, strict=True) if role is None
    ]
    timed = zip(unknown, times_of([cell.text for _, cell in unknown]), strict=True)
    times = [(columns, time) for (columns, _), time in timed if time is not None]
    years = [(range(it.column, it.column + it.span), year) for it in row.cells if (year := year_of(it.text))]
    return Columns(
        roles,
        of_meetings or (titles[0].text if titles else ""),
        hours_alone=Role.HOUR in known and Role.WHEN not in known,
        directions=_directions(row, named),
        times=tuple(times) if are_times([time for _, time in times]) else (),
        years=tuple(years),
        spanned=says_span(row),
        dated_titles=any(_DATED.fullmatch(_words_of(cell.text)) for cell in titles) and not (known & WHENS),
        counted=any(_HOW_MANY.fullmatch(_words_of(cell.text)) for cell in row.cells),
        weeks=tuple(cell.column for cell in row.cells if _WEEK.fullmatch(_words_of(cell.text))),
        weekly=any(_WEEKDAYS.fullmatch(_words_of(cell.text)) for cell in row.cells),
    )
