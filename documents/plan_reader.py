"""A plan's document → what is understood of it: activities, their periods, problems with a reason each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from documents.columns import (
    Columns,
    Role,
    columns_of,
    heading_index,
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
from documents.plan_years import PlanYears, about_year
from documents.row_texts import Setting
from documents.side_by_side import parts_of
from documents.table import Block, Paragraph, Row, Table
from documents.title_lines import (
    LONGEST_TITLE_LINE,
    begins_with_plan,
    is_approval,
    is_below_approval,
    is_numbered_heading,
    is_of_past,
    months_named,
    names_plan,
    title_lines,
)
from documents.titles import are_names
from documents.unheaded import column_of_dates, columns_passed_over, guessed, has_dates
from documents.wording import tidy, typed
from domain.errors import DomainError
from domain.plan_draft import (
    ActivityDraft,
    PlanDraft,
    Problem,
    SkippedRow,
    school_year_label,
)
from domain.russian_dates import (
    MONTHS,
    read_school_year,
    words_of_day,
)

# What is remembered in a year is no plan.
_OF_CALENDAR = re.compile(
    r"\W*(?:\d+\W+)?(?:календар\w+\s+(?:знаменательн|памятн|юбилейн)|(?:знаменательн|памятн|юбилейн)\w+\s+(?:\w+\s+){0,2}дат"
    r"|(?:писатели|поэты|книги|книги\s+и\s+писатели)\s*[–—-]?\s*юбиляр)",
    re.IGNORECASE,
)
# A month in a longer line above a table: «План работы на октябрь», «Октябрь. Месячник школьных библиотек».
_MONTH_IN_HEADING = re.compile(
    r"(?P<led>.*?\bна\s+)?(?P<month>[а-яё]+)(?:\s+месяц)?(?P<year>\s+20\d\d\s*(?:г\.?|года?)?)?"
    r"(?P<rest>(?:\s*[.:(«\"]|\s+[–—-]|(?(led)\s|(?!))).*)?",
    re.IGNORECASE | re.DOTALL,
)
_NAMES_A_MONTH = re.compile("|".join(MONTHS), re.IGNORECASE)
_BELOW_TITLE = re.compile(r"\W*(?:цел[ьи]|задачи|состав|основные\s+направления)\b", re.IGNORECASE)


def read_plan(content: bytes, name: str) -> PlanDraft:
    """The draft of the plan in a file, whose `name` tells its format where the bytes do not.

    Raises DomainError: what `read_blocks` raises, and `plan_no_table` where nothing looks like a plan.
    """
    return plan_of(read_blocks(content, name))


def plan_of(blocks: Sequence[Block]) -> PlanDraft:
    """The draft of the plan in a document's blocks. Raises DomainError `plan_no_table`."""
    years = PlanYears.of(blocks)
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
        problems=(*about_year(years, activities), *dict.fromkeys([*reader.remarks, *reader.rows.remarks])),
    )
    return replace(draft, problems=(*draft.problems, *left_over(reader.said, draft)))


def _says_who(table: Table, heading: int | None) -> bool:
    """Whether a table's headings name who is responsible: then something is done."""
    return heading is not None and any(
        role_of(cell.text) in {Role.RESPONSIBLE, Role.AUDIENCE, Role.FORM}
        for cell in table.rows[heading].cells
    )


class _Reader:
    """Takes a document's blocks in their order and knows what each of them is."""

    def __init__(self, years: PlanYears) -> None:
        self.title: list[str] = []
        self.preamble: dict[str, str] = {}
        self.governing = Governing(Setting(years.school, years.calendar))
        self.rows = PlanRows(self.governing)
        self.remarks: list[Problem] = []
        self.said: list[list[str]] = []
        """The lines of paragraphs, and of rows of tables, but for approvals, and tables that are no plan and
        have no dates."""
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
            self._take_paragraph(typed(block.text))
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
        self._is_plan = self._is_plan or names_plan(text)
        is_label = bool(labelled(text.strip())[0])
        if not is_label and (self.governing.take_month(text) or self.governing.take_term(text)):
            if self.governing.setting.month_text:
                self._meetings.take_month(self.governing.setting.month_text)
            return
        self.governing.forget_month()
        self._approving = is_approval(text) or (self._approving and is_below_approval(text))
        if self._approving:
            return
        self.said.extend([line] for line in text.split("\n"))
        if self.found_plan and begins_with_plan(text) and not is_of_past(text):
            self._take_next_plan(text)
        self._meetings.take(text, self.governing.setting.read)
        if _BELOW_TITLE.match(text):
            self._above_tables = False
        if self._above_tables and not self._meetings.begun:
            lines = (line for line in text.split("\n") if len(line) <= LONGEST_TITLE_LINE)
            self.title.extend(line for line in lines if not is_numbered_heading(line))

    def _take_next_plan(self, title: str) -> None:
        """Another plan in the same document may be one for another year."""
        year = read_school_year(title)
        if year is not None and year != self.governing.setting.school_year:
            self.governing.change_year(year)

    def _take_table(self, table: Table) -> None:
        heading = heading_index(table)
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
        elif not table.merges_known and self._take_as_list(table):
            return
        elif self._is_preamble(table):
            self._above_tables = False
            for row in table.rows:
                self._take_preamble(*(cell.text for cell in row.filled[:2]))
        else:
            self._leave_out(table)
            if self.rows.skipped[-1].reason == "not_a_plan" and has_dates(table, self.governing.setting.read):
                self._say_rows(table.rows)

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
        if not names_plan(cell.text) or len(cell.text) > LONGEST_TITLE_LINE:
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
            names = ", ".join(f"«{tidy(cell.text)}»" for cell in passed_over)
            where = f"столбце {names}: его" if len(passed_over) == 1 else f"столбцах {names}: их"
            text = f"Не понял, что в {where} слова в план не попадут."
            self.remarks.append(Problem("columns_guessed", text))
        table = months_filled(table, heading, columns, self.governing.setting.read)
        self.rows.take(table, heading, dates=dates)
        aside = {cell.column for cell in passed_over} | set(columns.of(Role.FORM, Role.OTHER))
        self._say_rows(table.rows[heading + 1 :], aside)

    def _take_rows(self, table: Table, begins: int, columns: Columns | None = None) -> None:
        """Rows without headings."""
        self.rows.take(table, begins, columns)
        self._say_rows(table.rows[begins:])

    def _say_rows(self, rows: Sequence[Row], aside: Collection[int] = ()) -> None:
        """What the rows say, but for columns `aside`, of which the draft keeps nothing, as was told."""
        for row in rows:
            said = [it.text for it in row.filled if not (it.carried or (it.span == 1 and it.column in aside))]
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
            reason = "approval" if is_approval(text) else "not_a_plan"
            self.rows.skipped.append(SkippedRow(None, text[:100], reason))

    def _take_headings_above(self, texts: Sequence[str]) -> None:
        """The month and the section that the paragraphs right above a table name for it."""
        if self.governing.setting.month_text is None:
            self._take_month_above(texts)
        if texts and self.found_plan:
            titles = [it for it in texts if begins_with_plan(it) and len(it) <= LONGEST_TITLE_LINE]
            self.governing.open_section(tidy(titles[-1]) if titles else None)
        if texts and is_numbered_heading(texts[-1]) and len(texts[-1]) <= LONGEST_TITLE_LINE:
            self.governing.open_section(tidy(texts[-1]))

    def _take_month_above(self, texts: Sequence[str]) -> None:
        """The nearest line above that names a month or a term, but none above the title of the plan."""
        for text in reversed(texts):
            found = _MONTH_IN_HEADING.fullmatch(tidy(text))
            alone = (
                found and len(text) <= LONGEST_TITLE_LINE and not _NAMES_A_MONTH.search(found["rest"] or "")
            )
            if found and alone and self.governing.take_month(f"{found['month']}{found['year'] or ''}"):
                return
            if self.governing.take_term(text) or names_plan(text) or is_approval(text):
                return

    def _take_month_of_title(self, between: Sequence[str]) -> None:
        """«План месячника (1–31 октября 2026 г.)»: bare days in its rows are of that month, and «в течение
        месячника» is all of it."""
        if self.governing.setting.month is not None:
            return
        lines = title_lines(between) or self.title
        words = words_of_day(" ".join(lines))
        said = [words] if words else months_named(lines)
        periods = {period: it for it in said for period in self.governing.setting.read(it).periods}
        if len(periods) == 1:
            [(period, self.rows.of_title)] = periods.items()
            self.governing.take_days_of(period)

    def _is_preamble(self, table: Table) -> bool:
        text = " ".join(cell.text for row in table.rows for cell in row.cells)
        return not self.found_plan and table.width == 2 and not is_approval(text)

    def _take_preamble(self, label: str = "", value: str = "") -> None:
        """A row of the title table; one that lists the year's meetings is the plan itself."""
        name, said = tidy(label), tidy(value)
        listed = names_plan(name) and self._meetings.take_cell(value, self.governing.setting.read)
        if name and said and not listed:
            known = self.preamble.get(name)
            self.preamble[name] = said if known is None else f"{known} {said}"

    def _leave_out(self, table: Table) -> None:
        """A table that is no plan: kept in the list of what was skipped, with the reason."""
        members = any(is_members_heading([cell.text for cell in row.cells]) for row in table.rows[:3])
        text = tidy(" ".join(cell.text for row in table.rows for cell in row.filled))
        signed = is_approval(text) or is_signature(table)
        reason = "members" if members else "approval" if signed else "not_a_plan"
        self.rows.skipped.append(SkippedRow(None, text[:100], reason))


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
