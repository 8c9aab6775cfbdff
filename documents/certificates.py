"""What somebody takes home from a meeting: that she was there, that she spoke."""

from __future__ import annotations

from documents.blanks import Blank
from documents.office import Paper

_EVERY = {
    "объединение": "название объединения",
    "номер": "номер: начинается заново каждый учебный год",
    "выдано": "день, когда дан номер",
    "имя": "фамилия, имя, отчество",
    "организация": "школа или другая организация",
    "название": "название встречи",
    "дата": "день встречи",
    "место": "где она прошла",
    "часы": "сколько длилась; пусто, если неизвестно",
    "руководитель": "кто подписывает",
}


def _attended() -> bytes:
    paper = _opened("Справка", "об участии")
    paper.text("Настоящая справка подтверждает участие в мероприятии.", above=12)
    return _closed(paper)


def _spoke() -> bytes:
    paper = _opened("Сертификат", "выступавшего")
    paper.text("Настоящий сертификат подтверждает выступление на мероприятии.", above=12)
    paper.entry("Тема: «{{ тема }}»", above=6)
    paper.line("{%p if форма %}")
    paper.entry("Форма: {{ форма }}")
    paper.line("{%p endif %}")
    return _closed(paper)


def _opened(title: str, more: str) -> Paper:
    paper = Paper()
    paper.line("{{ объединение }}", to="centre")
    paper.line(title, to="centre", bold=True, size=22, above=30)
    paper.line(more, to="centre")
    paper.line("№ {{ номер }} от {{ выдано }}", to="centre", above=6)
    paper.line("{{ имя }}", to="centre", bold=True, size=16, above=24)
    paper.line("{{ организация }}", to="centre")
    return paper


def _closed(paper: Paper) -> bytes:
    paper.entry("Мероприятие: {{ название }}", above=6)
    paper.entry("Дата: {{ дата }}")
    paper.entry("Место: {{ место }}")
    paper.line("{%p if часы %}")
    paper.entry("Продолжительность: {{ часы }}")
    paper.line("{%p endif %}")
    paper.line("", size=8)
    paper.signature("Руководитель объединения", "{{ руководитель }}")
    paper.line("М. П.", above=6)
    return paper.content()


ATTENDED = Blank("attended", _EVERY, _attended, for_each=True)
SPOKE = Blank(
    "spoke",
    {**_EVERY, "тема": "о чём выступление", "форма": "в какой форме; пусто, если не названа"},
    _spoke,
    for_each=True,
)
