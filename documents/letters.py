"""Letters before a meeting: to the directors of the schools, and to the methodical centre."""

from __future__ import annotations

from documents.blanks import Blank
from documents.office import Paper

# What is written by hand.
BLANK_LINE = "____________________"

_MEETING = {
    "объединение": "название объединения",
    "название": "название встречи",
    "дата": "день встречи",
    "время": "с какого и до какого часа",
    "место": "где она пройдёт",
    "участники": "для кого",
    "программа": "список выступлений: «имя», «организация», «тема», «форма»; «строка» – всё вместе",
    "справки": "кому звонить",
    "руководитель": "кто подписывает",
}


def _letter() -> bytes:
    paper = _opened("Руководителям образовательных организаций")
    paper.line("Информационное письмо", to="centre", bold=True, above=12)
    paper.line("", size=6)
    paper.text("{{ объединение }} сообщает о проведении мероприятия.")
    _meeting(paper)
    paper.line("{%p if программа %}")
    paper.entry("Программа:", above=6)
    paper.line("{%p for выступление in программа %}")
    paper.entry("{{ loop.index }}. {{ выступление.строка }}")
    paper.line("{%p endfor %}")
    paper.line("{%p endif %}")
    paper.text(
        "Просим освободить библиотекаря (педагога-библиотекаря) вашей организации от основной работы на "
        "время проведения мероприятия с учётом дороги и обеспечить участие в нём.",
        above=6,
    )
    return _closed(paper)


def _notice() -> bytes:
    paper = _opened("{{ центр }}")
    paper.line("Уведомление", to="centre", bold=True, above=12)
    paper.line("о времени и месте проведения мероприятия", to="centre")
    paper.line("", size=6)
    paper.text("{{ объединение }} уведомляет о проведении мероприятия.")
    _meeting(paper)
    return _closed(paper)


def _opened(to: str) -> Paper:
    paper = Paper()
    paper.line(to, to="right")
    paper.line("№ ________ от ____________ 20___ г.", above=12)
    return paper


def _meeting(paper: Paper) -> None:
    paper.entry("Мероприятие: {{ название }}", above=6)
    paper.entry("Дата: {{ дата }}")
    paper.entry("Время: {{ время }}")
    paper.entry("Место: {{ место }}")
    paper.line("{%p if участники %}")
    paper.entry("Участники: {{ участники }}")
    paper.line("{%p endif %}")


def _closed(paper: Paper) -> bytes:
    paper.line("{%p if справки %}")
    paper.entry("Справки: {{ справки }}", above=6)
    paper.line("{%p endif %}")
    paper.line("", size=6)
    paper.signature("Руководитель объединения", "{{ руководитель }}")
    return paper.content()


LETTER = Blank("letter", _MEETING, _letter)
NOTICE = Blank("notice", {"центр": "название методического центра", **_MEETING}, _notice)
