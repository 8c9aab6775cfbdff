"""Links with a title, and files, as a coordinator gives them."""

from __future__ import annotations

import time

import pytest

from domain.errors import DomainError
from domain.materials import LARGEST_FILE, LONGEST_TITLE, of_file, read_links
from domain.records import MaterialKind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Запись https://disk.example.org/i/1", [("Запись", "https://disk.example.org/i/1")]),
        ("https://disk.example.org/i/1 – Запись", [("Запись", "https://disk.example.org/i/1")]),
        ("Запись:\nhttps://disk.example.org/i/1.", [("Запись", "https://disk.example.org/i/1")]),
        ("Запись (https://disk.example.org/i/1)", [("Запись", "https://disk.example.org/i/1")]),
        ("Статья https://wiki.example.org/(b)", [("Статья", "https://wiki.example.org/(b)")]),
        ("Сайт https://библиотека.рф", [("Сайт", "https://библиотека.рф")]),
        ("Сайт https://a.example.org:8443/?a=1#b", [("Сайт", "https://a.example.org:8443/?a=1#b")]),
        (
            "Запись https://a.example.org/1\nПрезентация https://a.example.org/2",
            [("Запись", "https://a.example.org/1"), ("Презентация", "https://a.example.org/2")],
        ),
        (
            "https://a.example.org/1 Запись\nhttps://a.example.org/2 Презентация",
            [("Запись", "https://a.example.org/1"), ("Презентация", "https://a.example.org/2")],
        ),
    ],
)
def test_links_and_their_titles(text: str, found: list[tuple[str, str]]) -> None:
    """The title stands before its link, or after it."""
    assert [(one.title, one.link) for one in read_links(text)] == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("посмотрите на диске", "link_missing"),
        ("https://a.example.org/1", "link_untitled"),
        ("Запись https://a.example.org/1 https://a.example.org/2", "link_untitled"),
        ("Запись http://a.example.org/1", "link_not_https"),
        ("Запись www.example.org", "link_not_https"),
        ("Запись javascript://a.example.org", "link_not_https"),
        ("Запись https://localhost/1", "link_not_understood"),
        ("Запись https://192.168.0.1/1", "link_not_understood"),
        ("Запись https://user:password@a.example.org", "link_not_understood"),
        ("Запись https://a..org", "link_not_understood"),
        ("Запись https://-a.org", "link_not_understood"),
        ("Запись https://a.example.org/" + "x" * 500, "link_too_long"),
        ("ы" * (LONGEST_TITLE + 1) + " https://a.example.org", "line_too_long"),
    ],
)
def test_what_is_no_link_that_others_can_open(text: str, code: str) -> None:
    """Each of them has an answer of its own."""
    with pytest.raises(DomainError, match=code):
        read_links(text)


@pytest.mark.parametrize("host", ["a" * 480, "a-" * 240, "a." * 240, "a_" * 240 + "!"])
def test_a_long_host_is_read_at_once(host: str) -> None:
    """Whatever it is made of."""
    began = time.perf_counter()
    with pytest.raises(DomainError, match="link_not_understood"):
        read_links(f"Запись https://{host}")
    assert time.perf_counter() - began < 1


def test_a_file_is_called_by_what_was_said_of_it() -> None:
    """On one line, shortened where it is long; a picture may have no name at all."""
    file = of_file(MaterialKind.DOCUMENT, " Презентация\nк семинару ", "id", "unique", 12)
    assert (file.title, file.file_id, file.unique_id, file.size) == (
        "Презентация к семинару",
        "id",
        "unique",
        12,
    )
    long = of_file(MaterialKind.DOCUMENT, "ы" * 500, "id", "unique", 12)
    assert len(long.title) == LONGEST_TITLE
    assert long.title.endswith("…")
    assert of_file(MaterialKind.PHOTO, "", "id", "unique", LARGEST_FILE).title == ""
    with pytest.raises(DomainError, match="file_too_large"):
        of_file(MaterialKind.DOCUMENT, "Фильм", "id", "unique", LARGEST_FILE + 1)
