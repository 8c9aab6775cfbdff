"""A plan's document → what is understood of it: activities, their periods, problems with a reason each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from documents.columns import (
    Columns,
    Role,
    columns_of,
    is_heading,
    is_members_heading,
    names_agenda,
    role_of,
)
from documents.dates_once import months_filled
from documents.formats import read_blocks
from documents.forms import Form, forms_in, turned
from documents.governing import Governing
from documents.left_over import left_over
from documents.meetings import labelled, listed_line
from documents.paragraphs import Meetings
from documents.plan_rows import PlanRows, is_signature
from documents.row_texts import Setting
from documents.side_by_side import parts_of
from documents.table import Block, Paragraph, Row, Table
from documents.titles import are_names
from documents.unheaded import column_of_dates, columns_passed_over, guessed
from documents.wording import tidy
from domain.errors import DomainError
from domain.period import Period
from domain.plan_draft import (
    ActivityDraft,
    PlanDraft,
    Problem,
    SkippedRow,
    first_year_of,
    school_year_label,
    school_year_of,
    short_school_year,
)
from domain.russian_dates import (
    MONTHS,
    MONTHS_OF,
    read_calendar_year,
    read_school_year,
    read_when,
    words_of_day,
)

# «Согласование плана», «Обзор приказа от 5 октября» are things to do.
_APPROVAL = re.compile(
    r"утвержда|(?:утвержд[её]|согласова|рассмотре)н[оаы]?\b|принят[оа]?\s+на|_{3,}|протокол\s*№"
    r"|^\W*приказ\w*\s*(?:от|№)",
    re.IGNORECASE | re.MULTILINE,
)
# What stands below «УТВЕРЖДАЮ», a line each.
_BELOW_APPROVAL = re.compile(
    r"(директор|начальник|заведующ|председател|руководител|приказ|от\b|на\s+заседании|решени"
    r"|методическ\w+ совет|педагогическ\w+ совет|м(бо|ао|ко|б|а|к)?у\b|управлени|№).*"
    r"|\S+\s+[А-ЯЁ]\.\s*[А-ЯЁ]\..*"
    r"|[А-ЯЁ]\.\s*[А-ЯЁ]\.\s*\S+|[«\"].{1,4}[»\"].*|\d{1,2}[. ].*\d{4}.*",
    re.IGNORECASE | re.DOTALL,
)
_OF_PLAN = re.compile(r"план|дорожн\w+ карт|программ|график|циклограмм|календар", re.IGNORECASE)
# «На 2024 – 2025 годы» are two years, of which neither is a school year.
_OF_YEARS = re.compile(r"20\d\d\s*[-–—]\s*20\d\d\s*(?:календарн\w+\s+)?год(?:ы|ов)\b", re.IGNORECASE)
_MONTH_OF_YEAR = re.compile(rf"\b(?:{'|'.join([*MONTHS, *MONTHS_OF])})\s+20\d\d\b", re.IGNORECASE)
# A report on the year before may stand above the plan, or be a theme in it.
_OF_PAST = re.compile(r"анализ|отч[её]т|итоги|за\s+(?:прошл\w+|истекш\w+|20\d\d)", re.IGNORECASE)
# What is remembered in a year is no plan.
_OF_CALENDAR = re.compile(
    r"\W*(?:\d+\W+)?(?:календар\w+\s+(?:знаменательн|памятн|юбилейн)|(?:знаменательн|памятн|юбилейн)\w+\s+(?:\w+\s+){0,2}дат"
    r"|(?:писатели|поэты|книги|книги\s+и\s+писатели)\s*[–—-]?\s*юбиляр)",
    re.IGNORECASE,
)
_NUMBERED_HEADING = re.compile(
    r"\s*(?:[IVXІХ]{1,4}\s*[.):]|\d{1,2}(?:\.\d{1,2})*\s*[.)]|раздел\b|блок\b|модуль\b|направление\b)\s*\S.*",
    re.IGNORECASE | re.DOTALL,
)
# A month in a longer line above a table: «План работы на октябрь», «Октябрь. Месячник школьных библиотек».
_MONTH_IN_HEADING = re.compile(
    r"(?P<led>.*?\bна\s+)?(?P<month>[а-яё]+)(?:\s+месяц)?(?P<year>\s+20\d\d\s*(?:г\.?|года?)?)?"
    r"(?P<rest>(?:\s*[.:(«\"]|\s+[–—-]|(?(led)\s|(?!))).*)?",
    re.IGNORECASE | re.DOTALL,
)
_NAMES_A_MONTH = re.compile("|".join(MONTHS), re.IGNORECASE)
_BELOW_TITLE = re.compile(r"\W*(?:цел[ьи]|задачи|состав|основные\s+направления)\b", re.IGNORECASE)
_LONGEST_TITLE_LINE, _MOST_TITLE_LINES = 200, 4


def read_plan(content: bytes, name: str) -> PlanDraft:
    """The draft of the plan in a file, whose `name` tells its format where the bytes do not.

    Raises DomainError: what `read_blocks` raises, and `plan_no_table` where nothing looks like a plan.
    """
    return plan_of(read_blocks(content, name))


def plan_of(blocks: Sequence[Block]) -> PlanDraft:
    """The draft of the plan in a document's blocks. Raises DomainError `plan_no_table`."""
    years = _Years.of(blocks)
    reader = _Reader(years)
    for block in blocks:
        reader.take(block)
    reader.finish()
    if not reader.found_plan:
        raise DomainError("plan_no_table")
    activities = _with_audience_questions(reader.rows.activities)
    draft = PlanDraft(
        school_year=None if years.school is None else school_year_label(years.school),
        title=tidy(" ".join(reader.title)),
        preamble=tuple(reader.preamble.items()),
        activities=tuple(activities),
        skipped=tuple(reader.rows.skipped),
        problems=(*_about_whole(years, activities), *dict.fromkeys([*reader.remarks, *reader.rows.remarks])),
    )
    return replace(draft, problems=(*draft.problems, *left_over(reader.said, draft)))


@dataclass(frozen=True, slots=True)
class _Years:
    """The year that the document's title names."""

    school: int | None
    calendar: int | None

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> _Years:
        """The first that a text outside the plan's rows names; a school year before a calendar one."""
        around = list(_texts_around(blocks))
        titles = _by_likelihood([text for text in around if not _APPROVAL.search(text)])
        of_school = (read_school_year(it) for it in titles if not _OF_YEARS.search(it))
        school = next((year for year in of_school if year is not None), None)
        calendar = next((year for it in titles if (year := read_calendar_year(it)) is not None), None)
        if school is None and calendar is None:
            months = [read_when(words, None).periods[0] for words in _months_named(_title_lines(around))]
            schools = {first_year_of(school_year_of(it.first_day)) for it in months}
            school = schools.pop() if len(schools) == 1 else None
        return cls(school, calendar if school is None else None)


def _by_likelihood(texts: Sequence[str]) -> list[str]:
    """What most likely names the plan's own year first: its title, or a line right below it; then any other
    line, one of a list, and last a report on the year before."""
    likelihood: list[int] = []
    titled = 0  # the lines of a title that may still come
    for text in texts:
        item, past = bool(_NUMBERED_HEADING.fullmatch(text)), bool(_OF_PAST.search(text))
        titled = 0 if item or past else _MOST_TITLE_LINES if _OF_PLAN.search(text) else titled - 1
        likelihood.append(3 if past else 2 if item else 1 if titled <= 0 else 0)
    order = sorted(range(len(texts)), key=lambda at: likelihood[at])
    return [texts[at] for at in order]


def _texts_around(blocks: Sequence[Block]) -> Iterator[str]:
    """Paragraphs, tables that are no plan, and merged rows above a plan's heading."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        planned = _heading_index(block)
        for row in block.rows[:planned]:
            yield from (cell.text for cell in row.filled)


def _title_lines(texts: Sequence[str]) -> list[str]:
    """The lines of a plan's title, and those right below it: «План месячника ⏎ (октябрь 2023 года)»."""
    of_plan = [at for at, it in enumerate(texts) if _OF_PLAN.search(it)]
    lines = {at for first in of_plan for at in range(first, first + _MOST_TITLE_LINES)}
    named = [it for at, it in enumerate(texts) if at in lines and len(it) <= _LONGEST_TITLE_LINE]
    return [it for it in named if not _OF_PAST.search(it) and not _APPROVAL.search(it)]


def _months_named(lines: Sequence[str]) -> set[str]:
    """The months that lines name with their years."""
    return {found[0] for it in lines for found in _MONTH_OF_YEAR.finditer(it)}


def _heading_index(table: Table) -> int | None:
    """Where the headings of a plan's columns stand in a table, or None if it is no plan."""
    rows = enumerate(table.rows)
    return next((index for index, row in rows if is_heading([cell.text for cell in row.cells])), None)


def _says_who(table: Table, heading: int | None) -> bool:
    """Whether a table's headings name who is responsible: then something is done."""
    return heading is not None and any(
        role_of(cell.text) in {Role.RESPONSIBLE, Role.AUDIENCE, Role.FORM}
        for cell in table.rows[heading].cells
    )


class _Reader:
    """Takes a document's blocks in their order and knows what each of them is."""

    def __init__(self, years: _Years) -> None:
        self.title: list[str] = []
        self.preamble: dict[str, str] = {}
        self.governing = Governing(Setting(years.school, years.calendar))
        self.rows = PlanRows(self.governing)
        self.remarks: list[Problem] = []
        self.said: list[list[str]] = []
        """The lines of paragraphs, and of rows of tables, but for approvals and tables that are no plan."""
        self.found_plan = False
        self._found_table = False
        self._is_plan = years.school is not None  # whether the text says so
        self._above_tables = True
        self._approving = False
        self._between: list[str] = []  # the paragraphs since the last table
        self._meetings = Meetings()

    def take(self, block: Block) -> None:
        """Reads one block."""
        if isinstance(block, Paragraph):
            self._take_paragraph(block.text)
        elif any(row.filled for row in block.rows):
            self._take_table(block)

    def finish(self) -> None:
        """The last meetings; the lines of a list where there is no table."""
        self._take_meetings()
        if self._found_table:
            self._take_list_beside()
            return
        self._take_month_of_title(())
        for meeting in self._meetings.listed():
            self.found_plan = True
            self.rows.take_meeting(meeting)
        # Cells without a table, one a line, are no list: nothing would be right of what was made of them.
        self.found_plan = self.found_plan and are_names(self.rows.activities)

    def _take_list_beside(self) -> None:
        """The lines of a list that stand above a table, between two, or below."""
        for meeting in self._meetings.beside_table():
            self.governing.open_section(meeting.section)
            self.rows.take_meeting(meeting)

    def _take_meetings(self) -> None:
        for meeting in self._meetings.closed():
            self.found_plan = True
            self.rows.take_meeting(meeting)

    def _take_paragraph(self, text: str) -> None:
        self._between.append(text)
        self._is_plan = self._is_plan or bool(_OF_PLAN.search(text))
        is_label = bool(labelled(text.strip())[0])
        if not is_label and (self.governing.take_month(text) or self.governing.take_term(text)):
            if self.governing.setting.month_text:
                self._meetings.take_month(self.governing.setting.month_text)
            return
        self.governing.forget_month()
        self._approving = bool(_APPROVAL.search(text)) or (self._approving and _is_below_approval(text))
        if self._approving:
            return
        self.said.extend([line] for line in text.split("\n"))
        if self.found_plan and _OF_PLAN.match(tidy(text)) and not _OF_PAST.search(text):
            self._take_next_plan(text)
        self._meetings.take(text, self.governing.setting.read)
        if _BELOW_TITLE.match(text):
            self._above_tables = False
        if self._above_tables and not self._meetings.begun:
            lines = (line for line in text.split("\n") if len(line) <= _LONGEST_TITLE_LINE)
            self.title.extend(line for line in lines if not _NUMBERED_HEADING.fullmatch(line))

    def _take_next_plan(self, title: str) -> None:
        """Another plan in the same document may be one for another year."""
        year = read_school_year(title)
        if year is not None and year != self.governing.setting.school_year:
            self.governing.change_year(year)

    def _take_table(self, table: Table) -> None:
        heading = _heading_index(table)
        if table.width == 1 and heading is None:
            self._take_lines(table)
            return
        if self._take_form(table, heading):
            return
        if heading is not None and names_agenda(table.rows[heading]) and self._meetings.take_agenda():
            self.rows.leave_out_agenda(table, heading)
            return
        self._meetings.take_table()
        self._take_meetings()
        between, self._between = self._between, []
        if between and _OF_CALENDAR.match(between[-1]) and not _says_who(table, heading):
            self._leave_out(table)
            return
        goes_on = heading is None and self.found_plan and self.rows.continued_by(table)
        above = [row for row in table.rows[:heading] if len(row.filled) > 1]
        told = (
            guessed(table, self.governing.setting.read) if above and self._is_plan and not goes_on else None
        )
        if told is not None:
            self._begin_plan(between)
            self._take_rows(table, told.begins, told.columns)
            self.remarks.append(told.remark)
        elif heading is not None:
            self._begin_plan(between)
            self._leave_out_rows(above, table.rows[heading])
            titled = self._take_title_in(table.rows[:heading])
            parts, heading = parts_of(replace(table, rows=table.rows[titled:]), heading - titled)
            for part in parts:
                self._take_headed(part, heading)
        elif goes_on:
            self._take_rows(table, 0)
        elif self._is_preamble(table):
            self._above_tables = False
            for row in table.rows:
                self._take_preamble(*(cell.text for cell in row.filled[:2]))
        elif table.merges_known or not self._take_as_list(table):
            self._leave_out(table)

    def _take_as_list(self, table: Table) -> bool:
        """Lines of cells without headings that each begin or end with a date: a list."""
        lines = ["\t".join(cell.text for cell in row.filled) for row in table.rows if row.filled]
        read = self.governing.setting.read
        if not all(listed_line(line, read) for line in lines):
            return False
        for line in lines:
            self._meetings.take(line, read)
        return True

    def _take_lines(self, table: Table) -> None:
        """A table of one column is text in a frame."""
        for row in table.rows:
            for line in (cell.text for cell in row.filled if not cell.carried):
                self._take_paragraph(line)

    def _take_form(self, table: Table, heading: int | None) -> bool:
        """A table that has its labels in front: «Тема | …», «Место | …»."""
        read = self.governing.setting.read
        forms = forms_in(table, read, headed=self._meetings.is_open)
        for form in forms:
            if form.of_meeting or self._meetings.is_open:
                self._take_form_of_meeting(form)
            else:
                self._take_turned(form.as_table())
        if forms:
            self._take_meetings()
            self._between = []
            return True
        several = turned(table) if heading is None else None
        if several is not None:
            self._take_turned(several)
        return several is not None

    def _take_form_of_meeting(self, form: Form) -> None:
        read = self.governing.setting.read
        if form.heading or not self._meetings.is_open:
            self._meetings.take(form.heading or "Заседание", read)
        for line in form.lines(read):
            self._meetings.take(line, read)
        if form.agenda:
            self._meetings.take_agenda()
        self._take_meetings()
        self.rows.leave_out_points(form.agenda)

    def _take_turned(self, table: Table) -> None:
        self._take_meetings()
        between, self._between = self._between, []
        self._begin_plan(between)
        self._take_headed(table, 0)

    def _take_title_in(self, above: Sequence[Row]) -> int:
        """The plan's title where nothing but the table's first row says it; how many rows that takes."""
        if self.title or not above or len(above[0].filled) != 1:
            return 0
        [cell] = above[0].filled
        if not _OF_PLAN.search(cell.text) or len(cell.text) > _LONGEST_TITLE_LINE:
            return 0
        self.title.append(cell.text)
        return 1

    def _take_headed(self, table: Table, heading: int) -> None:
        columns = columns_of(table.rows[heading])
        dates = column_of_dates(table, heading, columns, self.governing.setting.read)
        if dates is not None and (cell := table.rows[heading].at(dates)) is not None:
            named = f"с заголовком «{tidy(cell.text)}»" if cell.text.strip() else "без названия"
            self.remarks.append(Problem("columns_guessed", f"Столбец {named} понял как срок: в нём даты."))
        passed_over = columns_passed_over(table, heading, columns, dates)
        if passed_over:
            names = ", ".join(f"«{name}»" for name in passed_over)
            where = f"столбце {names}: его" if len(passed_over) == 1 else f"столбцах {names}: их"
            text = f"Не понял, что в {where} слова в план не попадут."
            self.remarks.append(Problem("columns_guessed", text))
        table = months_filled(table, heading, columns, self.governing.setting.read)
        self._take_rows(table, heading, dates=dates)

    def _take_rows(
        self, table: Table, heading: int, columns: Columns | None = None, dates: int | None = None
    ) -> None:
        self.rows.take(table, heading, columns, dates)
        named = is_heading([cell.text for cell in table.rows[heading].cells])
        for row in table.rows[heading + named :]:
            said = [cell.text for cell in row.filled if not cell.carried]
            self.said.append([line for text in said for line in text.split("\n")])

    def _begin_plan(self, between: Sequence[str]) -> None:
        self._take_list_beside()
        self._take_headings_above(between)
        self._take_month_of_title(between)
        self._above_tables = False
        self.found_plan = self._found_table = True

    def _leave_out_rows(self, above: Sequence[Row], heading: Row) -> None:
        """Rows of cells above the headings are kept in the list of what was skipped; but the first line of
        headings in two lines is none."""
        if any(cell.carried for cell in heading.cells):
            above = above[:-1]
        for row in above:
            text = tidy(" ".join(cell.text for cell in row.filled))
            reason = "approval" if _APPROVAL.search(text) else "not_a_plan"
            self.rows.skipped.append(SkippedRow(None, text[:100], reason))

    def _take_headings_above(self, texts: Sequence[str]) -> None:
        """The month and the section that the paragraphs right above a table name for it."""
        if self.governing.setting.month_text is None:
            self._take_month_above(texts)
        if texts and self.found_plan:
            titles = [it for it in texts if _OF_PLAN.match(tidy(it)) and len(it) <= _LONGEST_TITLE_LINE]
            self.governing.open_section(tidy(titles[-1]) if titles else None)
        if texts and _NUMBERED_HEADING.fullmatch(texts[-1]) and len(texts[-1]) <= _LONGEST_TITLE_LINE:
            self.governing.open_section(tidy(texts[-1]))

    def _take_month_above(self, texts: Sequence[str]) -> None:
        """The nearest line above that names a month or a term, but none above the title of the plan."""
        for text in reversed(texts):
            found = _MONTH_IN_HEADING.fullmatch(tidy(text))
            alone = (
                found and len(text) <= _LONGEST_TITLE_LINE and not _NAMES_A_MONTH.search(found["rest"] or "")
            )
            if found and alone and self.governing.take_month(f"{found['month']}{found['year'] or ''}"):
                return
            if self.governing.take_term(text) or _OF_PLAN.search(text) or _APPROVAL.search(text):
                return

    def _take_month_of_title(self, between: Sequence[str]) -> None:
        """«План месячника (1–31 октября 2026 г.)»: bare days in its rows are of that month, and «в течение
        месячника» is all of it."""
        if self.governing.setting.month is not None:
            return
        lines = _title_lines(between) or self.title
        words = words_of_day(" ".join(lines))
        said = [words] if words else _months_named(lines)
        periods = {period: it for it in said for period in self.governing.setting.read(it).periods}
        if len(periods) == 1:
            [(period, self.rows.of_title)] = periods.items()
            self.governing.take_days_of(period)

    def _is_preamble(self, table: Table) -> bool:
        text = " ".join(cell.text for row in table.rows for cell in row.cells)
        return not self.found_plan and table.width == 2 and not _APPROVAL.search(text)

    def _take_preamble(self, label: str = "", value: str = "") -> None:
        """A row of the title table; one that lists the year's meetings is the plan itself."""
        name, said = tidy(label), tidy(value)
        listed = _OF_PLAN.search(name) and self._meetings.take_cell(value, self.governing.setting.read)
        if name and said and not listed:
            known = self.preamble.get(name)
            self.preamble[name] = said if known is None else f"{known} {said}"

    def _leave_out(self, table: Table) -> None:
        """A table that is no plan: kept in the list of what was skipped, with the reason."""
        members = any(is_members_heading([cell.text for cell in row.cells]) for row in table.rows[:3])
        text = tidy(" ".join(cell.text for row in table.rows for cell in row.filled))
        signed = _APPROVAL.search(text) or is_signature(table)
        reason = "members" if members else "approval" if signed else "not_a_plan"
        self.rows.skipped.append(SkippedRow(None, text[:100], reason))


def _is_below_approval(text: str) -> bool:
    line = tidy(text)
    return not _OF_PLAN.search(line) and _BELOW_APPROVAL.fullmatch(line) is not None


def _about_whole(years: _Years, activities: Sequence[ActivityDraft]) -> Iterator[Problem]:
    """What has to be asked about the plan as a whole."""
    if years.school is None:
        likely = _likely_school_year([period for activity in activities for period in activity.periods])
        hint = f" Судя по срокам, это {short_school_year(likely)}." if likely else ""
        yield Problem("no_school_year", f"В плане не назван учебный год.{hint}")
    if not any(activity.periods or activity.year_round or activity.recurs for activity in activities):
        yield Problem("no_dates", "В плане нет ни одного срока, который удалось прочитать.")


def _likely_school_year(periods: Sequence[Period]) -> str | None:
    counted = Counter(school_year_of(period.first_day) for period in periods)
    return counted.most_common(1)[0][0] if counted else None


def _with_audience_questions(activities: Sequence[ActivityDraft]) -> list[ActivityDraft]:
    """Asks about gatherings for others than those whom most rows are for."""
    counted = Counter(activity.audience for activity in activities if activity.audience)
    usual, count = counted.most_common(1)[0] if counted else ("", 0)
    if count < 3 or count * 2 <= counted.total():
        return list(activities)
    return [_asked_about_audience(activity, usual) for activity in activities]


def _asked_about_audience(activity: ActivityDraft, usual: str) -> ActivityDraft:
    if not activity.gathering or not activity.audience or activity.audience == usual:
        return activity
    name = activity.number or f"«{activity.title}»"
    if activity.audience.startswith(usual):
        guests = activity.audience.removeprefix(usual).strip(" ,;")
        problem = Problem("audience_guests", f"{name} – звать гостей: «{guests}»?")
    else:
        problem = Problem("audience_others", f"{name} – только для тех, кто назван: «{activity.audience}»?")
    return replace(activity, problems=(*activity.problems, problem))
