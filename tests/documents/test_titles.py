"""What was taken for names of activities is looked at before it is believed."""

from __future__ import annotations

import pytest

from documents.plan_reader import read_plan
from documents.titles import are_names
from domain.errors import DomainError
from domain.plan_draft import ActivityDraft

_NAMES = ["Семинар «Чтение»", "Урок Орловой Н. В.", "Неделя книги", "День библиотек", "Заседание № 2"]


@pytest.mark.parametrize("title", ["12", "15 сентября 2026 г.", "Отв.: библиотекарь", "Орлова Н. В.", "-"])
def test_few_that_are_none_are_borne_with_and_many_are_not(title: str) -> None:
    assert are_names([ActivityDraft(title=it) for it in [*_NAMES, title]])
    assert not are_names([ActivityDraft(title=it) for it in [*_NAMES, title, title]])


def test_cells_a_line_each_without_their_headings_are_no_list() -> None:
    rows = ["Сентябрь", "15 сентября", "Орлова Н. В.", "Октябрь", "12 октября", "Белова Е. А.", "Семинар"]
    text = "\n".join(["План работы РМО на 2026/2027 учебный год", *rows])
    with pytest.raises(DomainError) as refused:
        read_plan(text.encode(), "plan.txt")
    assert refused.value.code == "plan_no_table"
