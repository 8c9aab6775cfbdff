"""The protocol of a meeting: the form that comes with Звонок, and what fills it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.blanks import Blank, Value, fill
from documents.office import Paper
from domain.quotes import within_quotes

# To be filled in by hand.
LINE = "______________"


@dataclass(frozen=True, slots=True)
class ProtocolPaper:
    """What the protocol holds, in words; what is empty is left to be filled in by hand, or is not there.

    `present` says how many were there, `people` who, each with an organisation, `absent` who was not;
    `past_title` is the meeting
    whose decisions are looked back on, `past` they, each with how it went; `talks` are who and of what;
    `decisions` each with its deadline, and with the same where its words do not name it.
    """

    association: str
    town: str
    number: str
    date: str
    form: str
    theme: str
    venue: str
    chairman: str
    secretary: str
    signed: tuple[str, str]
    present: str
    people: Sequence[tuple[str, str]]
    absent: str
    past_title: str
    past: Sequence[tuple[str, str]]
    agenda: Sequence[str]
    talks: Sequence[tuple[str, str]]
    decisions: Sequence[tuple[str, str, str]]


def write_protocol(paper: ProtocolPaper, own: bytes | None = None) -> bytes:
    """The document, in the association's `own` form where it has one. Raises what `documents.blanks.fill`
    raises."""
    return fill(PROTOCOL, own, fields_of(paper))


def fields_of(paper: ProtocolPaper) -> dict[str, Value]:
    """The fields of the blank."""
    chairman, secretary = paper.signed
    return {
        "объединение": paper.association,
        "город": paper.town,
        "номер": paper.number,
        "дата": paper.date,
        "форма": paper.form,
        "тема": paper.theme or LINE,
        "место": paper.venue or LINE,
        "присутствовали": paper.present or LINE,
        "список": _numbered(("имя", "организация"), paper.people),
        "отсутствовали": paper.absent,
        "председатель": paper.chairman,
        "секретарь": paper.secretary or LINE,
        "подпись_председателя": chairman,
        "подпись_секретаря": secretary or LINE,
        "прошлое_заседание": paper.past_title,
        "прошлые_решения": _numbered(("решение", "выполнение"), paper.past),
        "повестка": _numbered(("вопрос",), [(one,) for one in paper.agenda]),
        "выступления": _numbered(
            ("кто", "тема"), [(who, within_quotes(theme)) for who, theme in paper.talks]
        ),
        "решения": _numbered(("решение", "срок", "срок_не_назван"), paper.decisions),
    }


def _numbered(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    return [
        {"номер": str(number), **dict(zip(names, row, strict=True))} for number, row in enumerate(rows, 1)
    ]


def _form() -> bytes:
    paper = Paper()
    paper.line("{{ объединение }}", to="centre")
    paper.line("ПРОТОКОЛ № {{ номер }}", to="centre", bold=True, above=12)
    paper.line("{{ форма }}", to="centre")
    paper.ends("{{ дата }}", "{{ город }}", above=12)
    paper.entry("Тема: {{ тема }}", above=12)
    paper.entry("Место проведения: {{ место }}")
    paper.entry("Председатель: {{ председатель }}")
    paper.entry("Секретарь: {{ секретарь }}")
    paper.entry("{{ присутствовали }}")
    _each(paper, "список", "{{ один.номер }}. {{ один.имя }}" + _after(", ", "организация"))
    paper.line("{%p if отсутствовали %}")
    paper.entry("{{ отсутствовали }}")
    paper.line("{%p endif %}")
    paper.line("{%p if прошлые_решения %}")
    paper.line("ВЫПОЛНЕНИЕ РЕШЕНИЙ", to="centre", bold=True, above=12, keep=True)
    paper.line("{{ прошлое_заседание }}", to="centre", keep=True)
    _each(paper, "прошлые_решения", "{{ один.номер }}. {{ один.решение }} – {{ один.выполнение }}")
    paper.line("{%p endif %}")
    paper.line("ПОВЕСТКА ДНЯ", to="centre", bold=True, above=12, keep=True)
    _each(paper, "повестка", "{{ один.номер }}. {{ один.вопрос }}")
    paper.line("{%p if not повестка %}")
    paper.entry(f"1. {LINE}{LINE}{LINE}")
    paper.entry(f"2. {LINE}{LINE}{LINE}")
    paper.line("{%p endif %}")
    paper.line("{%p for один in выступления %}")
    paper.entry("СЛУШАЛИ: {{ один.кто }}" + "{% if один.кто %} – {% endif %}«{{ один.тема }}».", above=12)
    paper.entry(f"ВЫСТУПИЛИ: {LINE}{LINE}{LINE}")
    paper.line("{%p endfor %}")
    paper.line("РЕШИЛИ", to="centre", bold=True, above=12, keep=True)
    _each(paper, "решения", "{{ один.номер }}. {{ один.решение }}" + _after(" Срок: ", "срок_не_назван"))
    paper.line("{%p if not решения %}")
    paper.entry(f"1. {LINE}{LINE}{LINE}")
    paper.entry(f"2. {LINE}{LINE}{LINE}")
    paper.line("{%p endif %}")
    paper.signature("Председатель", "{{ подпись_председателя }}")
    paper.signature("Секретарь", "{{ подпись_секретаря }}")
    return paper.content()


def _each(paper: Paper, rows: str, text: str) -> None:
    """A paragraph for each row of a field, which is called «один» in it."""
    paper.line("{%p for один in " + rows + " %}")
    paper.entry(text)
    paper.line("{%p endfor %}")


def _after(mark: str, field: str) -> str:
    """A row's field after a mark, or nothing where it is empty."""
    return "{% if один." + field + " %}" + mark + "{{ один." + field + " }}{% endif %}"


PROTOCOL = Blank(
    "protocol",
    {
        "объединение": "название объединения",
        "город": "город или район",
        "номер": "номер протокола в учебном году",
        "дата": "день заседания",
        "форма": "форма проведения: заседание, семинар, очно или онлайн",
        "тема": "тема",
        "место": "место проведения",
        "присутствовали": "сколько человек присутствовало",
        "список": "кто присутствовал: номер, имя, организация",
        "отсутствовали": "кто отсутствовал, по именам",
        "председатель": "кто вёл заседание",
        "секретарь": "кто вёл протокол",
        "подпись_председателя": "инициалы и фамилия для подписи",
        "подпись_секретаря": "инициалы и фамилия для подписи",
        "прошлое_заседание": "номер и день прошлого заседания",
        "прошлые_решения": "его решения: номер, решение, выполнение",
        "повестка": "повестка дня: номер, вопрос",
        "выступления": "выступления: номер, кто, тема",
        "решения": "что решили: номер, решение, срок; срок_не_назван – он же, если в решении его нет",
    },
    _form,
)
