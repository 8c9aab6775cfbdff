"""What sort of thing a title names."""

from __future__ import annotations

import pytest

from domain.kinds import kind_of
from domain.plan_draft import Kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Заседание РМО № 1", Kind.MEETING),
        ("Единый методический день «Чтение»", Kind.SEMINAR),
        ("Открытый урок в 5 классе", Kind.SEMINAR),
        ("Занятие школы молодого библиотекаря", Kind.SEMINAR),
        ("Педагогическая гостиная", Kind.SEMINAR),
        ("Деловая игра", Kind.SEMINAR),
        ("Мастер-класс на семинаре", Kind.WORKSHOP),
        ("Совещание руководителей", Kind.COUNCIL),
        ("Конкурс чтецов", Kind.CONTEST),
        ("Анализ работы семинаров", Kind.OTHER),
        ("Подготовка материалов к методическому дню", Kind.OTHER),
        ("Сверка фонда с федеральным перечнем", Kind.OTHER),
        ("Подписка на периодику", Kind.OTHER),
    ],
)
def test_a_title(title: str, kind: Kind) -> None:
    assert kind_of(title) is kind


def test_the_form_s_column_helps() -> None:
    assert kind_of("«Что читать летом?»", "Круглый стол") is Kind.SEMINAR
