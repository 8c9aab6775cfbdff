"""HTML as Telegram reads it."""

from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.entities import FormattedText, parse_html, trimmed, utf16_length, with_found
from sandbox.refusal import RefusedError

Json = dict[str, Any]
HALF_A_CHARACTER = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)
# What an HTML text can carry: no lone surrogates, and no NUL, which no message holds.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
tags = st.sampled_from(["b", "i", "u", "s", "code", "tg-spoiler", "blockquote"])


def cut(formatted: FormattedText, entity: Json) -> str:
    """The piece of the text that an entity covers, counted in UTF-16 as Telegram does."""
    units = formatted.text.encode("utf-16-le")
    start = 2 * entity["offset"]
    return units[start : start + 2 * entity["length"]].decode("utf-16-le")


@settings(deadline=None)  # a busy machine is no failure
@given(texts)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(escape(text, quote=False)) == FormattedText(text)


@settings(deadline=None)  # a busy machine is no failure
@given(texts, tags, texts.filter(bool), texts)
def test_an_entity_covers_what_stood_in_its_tag(before: str, tag: str, inside: str, after: str) -> None:
    formatted = parse_html(
        f"{escape(before)}<{tag}>{escape(inside)}</{tag}>{escape(after)}".replace("&#x27;", "'")
    )
    assert formatted.text == before + inside + after
    (entity,) = formatted.entities
    assert cut(formatted, entity) == inside


@settings(deadline=None)  # a busy machine is no failure
@given(texts)
def test_any_text_is_either_read_or_refused_in_telegrams_words(text: str) -> None:
    try:
        formatted = parse_html(text)
    except RefusedError as refused:
        description = refused.description
    else:
        ends = [entity["offset"] + entity["length"] for entity in formatted.entities]
        assert max(ends, default=0) <= utf16_length(formatted.text)
        return
    assert description.startswith("Bad Request: can't parse entities: ")


@settings(deadline=None)  # a busy machine is no failure
@given(texts)
def test_trimming_and_finding_links_keep_entities_inside_the_text(text: str) -> None:
    whole = {"type": "bold", "offset": 0, "length": utf16_length(text)}
    formatted = with_found(trimmed(FormattedText(text, (whole,) if text else ())))
    assert all(
        entity["offset"] >= 0 and entity["offset"] + entity["length"] <= utf16_length(formatted.text)
        for entity in formatted.entities
    )


def test_emoji_count_two() -> None:
    assert parse_html("😀<b>😀а</b>").entities == ({"type": "bold", "offset": 2, "length": 3},)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<strong>а</strong>", "а", [{"type": "bold"}]),
        ("<EM>а</EM>", "а", [{"type": "italic"}]),
        ("<ins>а</ins>", "а", [{"type": "underline"}]),
        ("<strike>а</strike>", "а", [{"type": "strikethrough"}]),
        ("<del>а</del>", "а", [{"type": "strikethrough"}]),
        ('<span class="tg-spoiler">а</span>', "а", [{"type": "spoiler"}]),
        ("<blockquote expandable>а</blockquote>", "а", [{"type": "expandable_blockquote"}]),
        (
            '<a href="https://example.com/?a=1&amp;b=2">а</a>',
            "а",
            [{"type": "text_link", "url": "https://example.com/?a=1&b=2"}],
        ),
        ("<a href='http://localhost/'>а</a>", "а", []),
        ("<a>example.com</a>", "example.com", [{"type": "text_link", "url": "http://example.com/"}]),
        ('<pre><code class="language-py">а</code></pre>', "а", [{"type": "pre", "language": "py"}]),
        ('<code class="language-py">а</code>', "а", [{"type": "code"}]),
        ('<tg-emoji emoji-id="5">😀</tg-emoji>', "😀", [{"type": "custom_emoji", "custom_emoji_id": "5"}]),
        (
            '<tg-time unix="1795000000" format="wDT">среда</tg-time>',
            "среда",
            [{"type": "date_time", "unix_time": 1795000000, "date_time_format": "wDT"}],
        ),
        ("<b></b>а", "а", []),
        ("<b>а</>", "а", [{"type": "bold"}]),
        ("<b>а<i>б</i></b>", "аб", [{"type": "bold"}, {"type": "italic"}]),
        ("1 &lt; 2 &gt; &amp; &quot; &#1044;&#x414; &nbsp; &", '1 < 2 > & " ДД &nbsp; &', []),
        ("> и >", "> и >", []),
    ],
)
def test_what_is_understood(source: str, text: str, entities: list[Json]) -> None:
    formatted = parse_html(source)
    kept = [
        {k: v for k, v in entity.items() if k not in ("offset", "length")} for entity in formatted.entities
    ]
    assert (formatted.text, kept) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>а", 'Can\'t find end tag corresponding to start tag "b"'),
        ("а</b>", "Unexpected end tag at byte offset 2"),
        ("<b>а</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("<b>а<i>б</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
        ("<div>а</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("а<br>б", 'Unsupported start tag "br" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("а <3", "Unclosed start tag at byte offset 3"),
        ("<span>а</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=http://x>а</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a =x>а</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b>а</b", "Unclosed end tag at byte offset 5"),
        ('<tg-emoji emoji-id="x">а</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="1" format="q">а</tg-time>', "Invalid date-time format specified"),
        (
            "&#xd83d;",
            HALF_A_CHARACTER,
        ),
    ],
)
def test_what_is_refused(source: str, complaint: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_links_and_commands_are_found_by_themselves() -> None:
    formatted = with_found(FormattedText("Наберите /plan, смотрите https://example.com/план. 5/6 </b>"))
    assert [(entity["type"], cut(formatted, entity)) for entity in formatted.entities] == [
        ("bot_command", "/plan"),
        ("url", "https://example.com/план"),
    ]


def test_nothing_is_found_in_code_or_under_a_link() -> None:
    formatted = with_found(
        parse_html('<code>/plan</code> <a href="https://example.com/">www.example.org</a>')
    )
    assert [entity["type"] for entity in formatted.entities] == ["code", "text_link"]


def test_blanks_around_are_cut_and_entities_move_along() -> None:
    formatted = trimmed(parse_html("\n  а <b>б</b> \n"))
    assert formatted == FormattedText("а б", ({"type": "bold", "offset": 2, "length": 1},))
