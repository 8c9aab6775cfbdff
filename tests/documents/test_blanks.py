"""Blanks are filled, and a stranger's file cannot do more than that."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from documents.blanks import MOST_BYTES, Blank, check, fill
from documents.office import Paper
from domain.errors import DomainError


def written(*texts: str) -> bytes:
    """A .docx with these paragraphs."""
    paper = Paper()
    for text in texts:
        paper.line(text)
    return paper.content()


def words(content: bytes) -> list[str]:
    return [
        one.text.replace("\xa0", " ") for one in docx.Document(io.BytesIO(content)).paragraphs if one.text
    ]


FIELDS = {"название": "что проводится", "дата": "когда", "гости": "кто придёт"}
LETTER = Blank("letter", FIELDS, lambda: written("{{ название }}", "{{ дата }}"))
FACTS = {"название": "Семинар <b>«А&Б»</b>", "дата": "18 ноября\x07", "гости": [{"имя": "Белова А. П."}]}


def test_the_blank_that_comes_with_it() -> None:
    assert words(fill(LETTER, None, FACTS)) == ["Семинар <b>«А&Б»</b>", "18 ноября"]


def test_ones_own() -> None:
    own = written("Приглашаем: {{ название }}.", "{% for one in гости %}{{ one.имя }}; {% endfor %}")
    check(LETTER, own)
    assert words(fill(LETTER, own, FACTS)) == ["Приглашаем: Семинар <b>«А&Б»</b>.", "Белова А. П.; "]


def test_unknown_fields_are_named_together() -> None:
    with pytest.raises(DomainError) as refused:
        check(LETTER, written("{{ название }} {{ погода }} {{ автор }}"))
    assert refused.value.code == "blank_unknown_field"
    assert refused.value.facts == {"fields": "автор, погода", "known": "название, дата, гости"}


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ название * 10000000 }}",
        "{{ 10 ** 10000000 }}",
        "{% for one in range(1000000000) %}x{% endfor %}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{{ гости[0].паспорт }}",
        "{{ название.center(1000000000) }}",
        "{{ 'x'|center(1000000000) }}",
        "{% set х = название ~ название %}{{ х ~ х }}",
        "{% macro м() %}{{ м() }}{{ м() }}{% endmacro %}{{ м() }}",
        "{% for one in гости %}{% for two in гости %}{{ two.имя }}{% endfor %}{% endfor %}",
        "{% for one in гости recursive %}{{ loop(гости) }}{% endfor %}",
        "{% for one in",
    ],
)
def test_nothing_else_can_be_done(text: str) -> None:
    own = written(text)
    with pytest.raises(DomainError) as refused:  # noqa: PT012 - whichever of the two sees it
        check(LETTER, own)
        fill(LETTER, own, FACTS)
    assert refused.value.code in {"blank_broken", "blank_unknown_field"}


def test_nor_in_what_stands_around_the_text() -> None:
    document = docx.Document(io.BytesIO(written("{{ название }}")))
    document.core_properties.title = "{{ название.center(1000000000) }}"
    file = io.BytesIO()
    document.save(file)
    with pytest.raises(DomainError, match="blank_broken"):
        fill(LETTER, file.getvalue(), FACTS)


def test_a_field_can_be_asked_for() -> None:
    own = written("{%p if название and not дата == 'завтра' %}", "{{ название }}", "{%p endif %}")
    assert words(fill(LETTER, own, FACTS)) == ["Семинар <b>«А&Б»</b>"]


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7", b"\0" * 100])
def test_what_is_no_document(content: bytes) -> None:
    with pytest.raises(DomainError, match="blank_no_document"):
        check(LETTER, content)


def test_a_zip_of_something_else() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "привет")
    with pytest.raises(DomainError, match="blank_no_document"):
        check(LETTER, file.getvalue())


def test_what_is_too_large() -> None:
    with pytest.raises(DomainError, match="blank_too_large"):
        check(LETTER, b"PK" + bytes(MOST_BYTES))
