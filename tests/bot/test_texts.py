"""The sentences: every key used and there, plurals right, arguments escaped, labels to the letter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Placeable, SelectExpression, StringLiteral, VariableReference
from fluent.syntax.visitor import Visitor
from markupsafe import Markup

from bot.views.words import clip, fitting, is_sentence, plain, t, units
from domain.records import Answer

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "bot" / "texts" / "ru").glob("*.ftl"))
SOURCES = [
    path for folder in ("bot", "actions", "documents", "domain") for path in (ROOT / folder).rglob("*.py")
]
# An error of the command line, which has sentences of its own.
NOT_IN_CHAT = {"plan_not_found"}
COUNTS = (0, 1, 2, 5, 11, 21, 1001)


def messages() -> dict[str, Message]:
    """Every message of every file; a key that stands twice fails."""
    found: dict[str, Message] = {}
    for path in TEXTS:
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                found[entry.id.name] = entry
            else:
                assert type(entry).__name__.endswith("Comment"), f"{path.name}: {entry}"
    return found


MESSAGES = messages()


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 – the visitor's own way
        self.names.add(node.id.name)


def variables(key: str) -> set[str]:
    found = _Variables()
    found.visit(MESSAGES[key])
    return found.names


_ANY = "[a-z-]+"


def used_keys() -> Iterator[tuple[str, str]]:
    """Every key that the code says, or the pattern of a family of keys, and where."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for pattern in _keys(node):
                yield pattern, str(path.relative_to(ROOT))


def _keys(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in {"t", "plain", "Says"} and node.args:
            yield from _patterns(node.args[0])
        if node.func.id == "DomainError" and isinstance(code := node.args[0], ast.Constant):
            yield from [] if code.value in NOT_IN_CHAT else [str(code.value).replace("_", "-")]
    # Keys that are chosen before they are said.
    if isinstance(node, ast.Constant) and str(node.value).replace("_", "-") in MESSAGES:
        yield str(node.value).replace("_", "-")


def _patterns(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(key)):
            yield key
        case ast.JoinedStr(values=parts):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else _ANY for p in parts)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _patterns(body)
            yield from _patterns(orelse)


USED = list(used_keys())
# All texts are looked at in one go: a test for each would take longer to begin than to run.
FAMILIES = [re.compile(pattern) for pattern, _ in USED if _ANY in pattern]
FILLED = {"count": 5}


def said(key: str, **arguments: object) -> str:
    """A sentence with something in every place."""
    return plain(key, **{name: FILLED.get(name, "Слово") for name in variables(key)} | arguments)


def test_every_key_that_the_code_says_is_there() -> None:
    unknown = {
        (pattern, where)
        for pattern, where in USED
        if pattern not in MESSAGES
        and not (_ANY in pattern and any(re.fullmatch(pattern, key) for key in MESSAGES))
    }
    assert unknown == set()


def test_every_sentence_is_used() -> None:
    said_so = {pattern for pattern, _ in USED}
    assert [k for k in MESSAGES if k not in said_so and not any(one.fullmatch(k) for one in FAMILIES)] == []


def answer_families() -> set[str]:
    """The families of keys that the code fills in with somebody's answer."""
    return {
        "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in key.values)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"t", "plain"}
        for key in ast.walk(node.args[0])
        if isinstance(key, ast.JoinedStr)
        for part in key.values
        if isinstance(part, ast.FormattedValue) and ast.unparse(part.value).split(".")[-1] == "answer"
    }


# Nobody puts herself, or is put, into the line: her place in it is said in words of its own.
NEVER_WAITLISTED = {"button-{}", "card-{}-mine", "confirm-{}", "button-for-{}"}
# Of two buttons only, and of a setting.
NOT_EVERY_ANSWER = {"button-call-{}", "button-feedback-{}"}


@pytest.mark.parametrize("family", sorted({*answer_families(), "who-{}", "schools-{}"} - NOT_EVERY_ANSWER))
@pytest.mark.parametrize("answer", Answer)
def test_every_answer_has_its_words(family: str, answer: Answer) -> None:
    if answer is Answer.WAITLISTED and family in NEVER_WAITLISTED:
        family = "card-{}"
    assert family.format(answer) in MESSAGES


COUNTED = [key for key in MESSAGES if "count" in variables(key)]


@pytest.mark.parametrize("count", COUNTS)
def test_numbers_are_said(count: int) -> None:
    assert [key for key in COUNTED if not said(key, count=count)] == []


@pytest.mark.parametrize(
    ("key", "sentences"),
    [
        (
            "card-going",
            {
                0: "Пока никто не сказал «Приду».",
                1: "Придёт 1 человек.",
                2: "Придут 2 человека.",
                5: "Придут 5 человек.",
                11: "Придут 11 человек.",
                21: "Придёт 21 человек.",
            },
        ),
        ("card-more", {0: "Других встреч впереди пока нет.", 2: "Впереди ещё 2 встречи."}),
        ("card-more", {1: "Впереди ещё 1 встреча.", 11: "Впереди ещё 11 встреч."}),
        ("found", {1: "Нашлась 1 встреча:", 2: "Нашлись 2 встречи:", 5: "Нашлось 5 встреч:"}),
        ("plan-preview-rows", {1: "1 строка", 2: "2 строки", 5: "5 строк", 11: "11 строк", 21: "21 строка"}),
        ("naming-done-people", {0: "Рассказывать пока некому.", 1: "Сообщаю 1 человеку."}),
        ("naming-done-people", {21: "Сообщаю 21 человеку.", 22: "Сообщаю 22 людям."}),
        ("desk-unnamed", {1: "День не назван у 1 встречи."}),
        ("desk-unnamed", {5: "День не назван у 5 встреч."}),
    ],
)
def test_plurals(key: str, sentences: dict[int, str]) -> None:
    assert {count: plain(key, count=count).replace("\xa0", " ") for count in sentences} == sentences


def test_arguments_are_escaped() -> None:
    for key in MESSAGES:
        if variables(key) - {"count"}:
            text = t(key, **{name: FILLED.get(name, "<u>&") for name in variables(key)})
            assert "<u>" not in text, key
            assert "&lt;u&gt;&amp;" in text, key


def test_the_voice() -> None:
    machine = r"[A-Z]{2,}|[a-z]+_[a-z]+|None|null|ошибка|error|данный|осуществ|является"
    for key in MESSAGES:
        sentence = said(key)
        assert "  " not in sentence, key
        assert not re.search(machine, sentence), key
        assert not re.search(r"\.\.|\?\.|!\.|\s[,.:;?!](\s|$)", sentence.replace("…", "")), key
        assert '"' not in sentence, key
        assert "—" not in sentence, key
        assert not re.search(r"\s-\s", sentence), key
        assert sentence.count("«") == sentence.count("»"), key


def test_nobody_is_taken_for_a_man_or_a_woman() -> None:
    for key in MESSAGES:
        sentence = said(key).lower().replace("кто ещё не сделал", "")  # «кто» is everybody
        assert not re.search(r"\bвы (не |ещё |уже )?\w+(л|лся)\b|\bя (не )?\w+(ла|л)\b", sentence), key
        assert not re.search(r"\b(понял|сделал|записал|прочитал|прочёл|узнал|запомнил)а?\b", sentence), key
        assert not re.search(r"\b(должен|должна|готова?|рада?|согласен|согласна|уверена?)\b", sentence), key


def test_a_year_ends_a_sentence_without_two_dots() -> None:
    year = "ноябрь 2026 г."
    for key in MESSAGES:
        for name in variables(key) - {"count"}:
            assert ".." not in said(key, **{name: year}), key


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("key-next", "Ближайшее"),
        ("key-plan", "План на год"),
        ("key-mine", "Мои ответы"),
        ("key-settings", "Настройки"),
        ("key-help", "Помощь"),
        ("key-desk", "Руководителю"),
        ("button-going", "Приду"),
        ("button-declined", "Не смогу"),
        ("button-undecided", "Пока не знаю"),
        ("button-pass", "Передать руководителю"),
        ("button-save", "Сохранить"),
        ("button-drop", "Отменить"),
        ("button-confirm", "Подтвердить"),
        ("button-my-data", "Мои данные"),
    ],
)
def test_labels_of_the_contract_stand_to_the_letter(key: str, label: str) -> None:
    assert plain(key) == label


def test_consent_begins_as_agreed() -> None:
    assert plain("button-consent").startswith("Соглас")
    assert plain("button-other-year", year="2021/22") == "Да, это план на 2021/22"


def test_a_missing_argument_and_an_unknown_key_are_no_sentence() -> None:
    with pytest.raises(ValueError, match="count"):
        t("card-going")
    with pytest.raises((KeyError, LookupError)):
        t("no-such-key")


def test_words_are_no_markup_whatever_was_said_before() -> None:
    """Sentences are remembered: one of ours must not answer for the equal words of a person."""
    ours = t("card-venue", venue=Markup("<b>Лицей</b>"))
    theirs = t("card-venue", venue="<b>Лицей</b>")
    assert "<b>Лицей</b>" in ours
    assert "&lt;b&gt;Лицей&lt;/b&gt;" in theirs


def test_long_arguments_are_shortened_and_lists_are_whole() -> None:
    assert units(plain("desk-unnamed", count=1)) < 100
    assert plain("name-fixed", name="Щ" * 5000) == f"Исправлено: {'Щ' * 499}…"
    whole = fitting([t("name-fixed", name=str(n)) for n in range(100)], longest=10_000)
    assert len(whole) == 100


def test_signs_of_two_units_are_counted_as_two() -> None:
    assert units("😀ы") == 3
    assert clip("😀" * 10, 9) == "😀" * 4 + "…"
    assert clip("ы" * 10, 10) == "ы" * 10


def test_every_file_is_read() -> None:
    assert all(is_sentence(key) for key in MESSAGES)


def test_selects_have_a_branch_for_everything() -> None:
    """Russian numbers need three forms where the word changes thrice."""
    for key, message in MESSAGES.items():
        for element in message.value.elements if message.value else []:
            if isinstance(element, Placeable) and isinstance(element.expression, SelectExpression):
                assert any(variant.default for variant in element.expression.variants), key
            if isinstance(element, Placeable) and isinstance(element.expression, StringLiteral):
                assert element.expression.value.isspace(), key
