"""Text with markup → plain text and entities, as Telegram's own parser (TDLib's ``parse_html``) reads it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sandbox.refusal import bad_request

Json = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]*)|#(?P<dec>[0-9]*)|(?P<name>[a-zA-Z]*));?")
_SPACES = " \t\r\n\v\0"
_END = "\0"
"""Stands behind the text, as in TDLib, so that looking ahead needs no bounds."""


@dataclass(frozen=True)
class FormattedText:
    """What a message shows: the text and its entities, offsets and lengths in UTF-16 units."""

    text: str
    entities: tuple[Json, ...] = ()


def utf16_length(text: str) -> int:
    """How long Telegram counts a text: in UTF-16 units, so an emoji counts two."""
    return len(text) + sum(char > "\uffff" for char in text)


def parse_html(source: str) -> FormattedText:
    """The text and entities of HTML as the Bot API takes it; refuses in Telegram's words what it refuses."""
    return _HtmlParser(source).parse()


@dataclass
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    date: str
    offset: int
    begin: int


@dataclass
class _HtmlParser:
    source: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    offset: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def parse(self) -> FormattedText:
        text = self.source = self.source.replace(_END, " ") + _END
        while self.at < len(text) - 1:
            if text[self.at] == "<":
                if text[self.at + 1] == "/":
                    self._end_tag()
                else:
                    self._start_tag()
            elif text[self.at] == "&" and (char := self._reference()):
                self._write(char)
            else:
                self._write(text[self.at])
                self.at += 1
        if self.stack:
            raise _broken(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        plain = "".join(self.out)
        if any("\ud800" <= char <= "\udfff" for char in plain):
            raise _broken(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return FormattedText(plain, tuple(in_order(self.entities)))

    def _write(self, char: str) -> None:
        self.out.append(char)
        self.offset += utf16_length(char)

    def _reference(self) -> str | None:
        """The character of the reference that stands here, which is stepped over; None if it is none."""
        match = _REFERENCE.match(self.source, self.at)
        if match is None:
            return None
        if match["name"] is not None:
            char = _NAMED.get(match["name"])
        else:
            digits, base = (match["hex"], 16) if match["hex"] is not None else (match["dec"], 10)
            code = int(digits or "0", base)
            char = chr(code) if 0 < code < 0x10FFFF and len(match[0].rstrip(";")) < 10 else None
        if char is not None:
            self.at = match.end()
        return char

    def _byte(self, position: int) -> int:
        """Telegram counts the places of its complaints in bytes."""
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _skip_spaces(self) -> None:
        while self.source[self.at] in _SPACES and self.source[self.at] != _END:
            self.at += 1

    def _take_until(self, stops: str) -> str:
        start = self.at
        while self.source[self.at] not in stops:
            self.at += 1
        return self.source[start : self.at]

    def _at_end(self) -> bool:
        return self.at >= len(self.source) - 1

    def _start_tag(self) -> None:
        begin = self.at
        where = self._byte(begin)
        self.at += 1
        tag = self._take_until(_SPACES + ">").lower()
        if self._at_end():
            raise _broken(f"Unclosed start tag at byte offset {where}")
        if tag not in _TAGS:
            raise _broken(f'Unsupported start tag "{tag}" at byte offset {where}')
        opened = _Open(tag, "", "", self.offset, len(self.out))
        while self.source[self.at] != ">":
            self._skip_spaces()
            if self.source[self.at] == ">":
                break
            self._attribute(opened, where)
        self.at += 1
        if tag == "span" and opened.argument != "spoiler":
            raise _broken(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.stack.append(opened)

    def _attribute(self, opened: _Open, where: int) -> None:
        name = self._take_until(_SPACES + "=>/\"'")
        if not name:
            raise _broken(f'Empty attribute name in the tag "{opened.tag}" at byte offset {where}')
        self._skip_spaces()
        if self.source[self.at] != "=":
            if self._at_end():
                raise _broken(f'Unclosed start tag "{opened.tag}" at byte offset {where}')
            if (opened.tag, name) == ("blockquote", "expandable"):
                opened.argument = "1"
            return
        self.at += 1
        self._skip_spaces()
        if self._at_end():
            raise _broken(f'Unclosed start tag "{opened.tag}" at byte offset {where}')
        value = self._attribute_value()
        if self._at_end():
            raise _broken(f"Unclosed start tag at byte offset {where}")
        _keep_attribute(opened, name, value)

    def _attribute_value(self) -> str:
        quote = self.source[self.at]
        if quote not in "'\"":
            begin = self.at
            while re.match(r"[A-Za-z0-9.\-]", self.source[self.at]):
                self.at += 1
            if self.source[self.at] not in _SPACES + ">":
                raise _broken(f"Unexpected end of name token at byte offset {self._byte(begin)}")
            return self.source[begin : self.at].lower()
        self.at += 1
        value: list[str] = []
        while self.source[self.at] != quote and not self._at_end():
            if self.source[self.at] == "&" and (char := self._reference()):
                value.append(char)
            else:
                value.append(self.source[self.at])
                self.at += 1
        if self.source[self.at] == quote:
            self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        where = self._byte(self.at)
        if not self.stack:
            raise _broken(f"Unexpected end tag at byte offset {where}")
        self.at += 2
        found = self._take_until(_SPACES + ">").lower()
        self._skip_spaces()
        if self.source[self.at] != ">":
            raise _broken(f"Unclosed end tag at byte offset {where}")
        self.at += 1
        opened = self.stack[-1]
        if found and found != opened.tag:
            raise _broken(
                f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{found}>"'
            )
        self.stack.pop()
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {
            "type": _TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        inner = self.entities[-1] if self.entities else {}
        same_place = (inner.get("offset"), inner.get("length")) == (entity["offset"], entity["length"])
        if opened.tag == "a":
            url = checked_link(opened.argument or "".join(self.out[opened.begin :]))
            if url is None:
                return
            entity["url"] = url
        elif opened.tag == "pre" and same_place and inner["type"] == "code" and "language" in inner:
            inner["type"] = "pre"
            return
        elif opened.tag == "code" and opened.argument:
            if same_place and inner["type"] == "pre":
                inner["language"] = opened.argument
                return
            entity["language"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            if not re.fullmatch(r"[1-9][0-9]*", opened.argument):
                raise _broken("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "tg-time":
            if not re.fullmatch(r"[rR]|[tTdDwW]*", opened.argument):
                raise _broken("Invalid date-time format specified")
            if not re.fullmatch(r"[1-9][0-9]*", opened.date):
                return
            entity["unix_time"] = int(opened.date)
            if opened.argument:
                entity["date_time_format"] = opened.argument
        self.entities.append(entity)


def _keep_attribute(opened: _Open, name: str, value: str) -> None:
    match opened.tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format"):
            opened.argument = value
        case ("code", "class") if value.startswith("language-"):
            opened.argument = value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            opened.argument = value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            opened.argument = "1"
        case ("tg-time", "unix"):
            opened.date = value


def _broken(message: str) -> Exception:
    return bad_request(f"can't parse entities: {message}")


def in_order(entities: Sequence[Json]) -> list[Json]:
    """Entities as Telegram gives them: from left to right, the enclosing before the enclosed."""
    tidy = [
        {key: value for key, value in entity.items() if key != "language" or entity["type"] == "pre"}
        for entity in entities
    ]
    return sorted(tidy, key=lambda entity: (entity["offset"], -entity["length"]))


def checked_link(url: str) -> str | None:
    """The link as Telegram would keep it, None if it takes it for no link: a host needs a dot."""
    url = url.strip()
    if not url or re.search(r"\s", url):
        return None
    if re.match(r"(?i)(tg|ton|tonsite):", url):
        return url
    full = url if re.match(r"(?i)https?://", url) else "http://" + url
    try:
        parts = urlsplit(full)
        host = parts.hostname or ""
    except ValueError:
        return None
    if "://" in url and parts.scheme.lower() not in ("http", "https"):
        return None
    if "." not in host and ":" not in host:
        return None
    return full if parts.path or parts.query or parts.fragment else full + "/"


_FOUND_BY_ITSELF = (
    ("bot_command", re.compile(r"(?<![\w/@.:<])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("url", re.compile(r"(?i)(?<![\w@/.])(?:https?://|www\.|t\.me/)[^\s<>«»\"]*[^\s<>«»\".,;:!?)]")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{4,32}\b")),
)


def with_found(formatted: FormattedText) -> FormattedText:
    """The same with the commands, links and mentions that Telegram sees in plain text by itself."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in formatted.entities]
    literal = {"code", "pre", "text_link"}
    spans = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in formatted.entities
        if entity["type"] in literal
    ]

    def fits(start: int, end: int) -> bool:
        inside_literal = any(a < end and start < b for a, b in spans)
        crossing = any(a < start < b < end or start < a < end < b for a, b in taken)
        return not inside_literal and not crossing

    found = [
        entity
        for entity in _find(formatted.text)
        if fits(entity["offset"], entity["offset"] + entity["length"])
    ]
    return FormattedText(formatted.text, tuple(in_order([*formatted.entities, *found])))


def _find(text: str) -> Iterator[Json]:
    last_end = -1
    matches = [(match, kind) for kind, pattern in _FOUND_BY_ITSELF for match in pattern.finditer(text)]
    for match, kind in sorted(matches, key=lambda pair: pair[0].start()):
        if match.start() >= last_end:
            last_end = match.end()
            yield {
                "type": kind,
                "offset": utf16_length(text[: match.start()]),
                "length": utf16_length(match[0]),
            }


def trimmed(formatted: FormattedText) -> FormattedText:
    """What Telegram leaves of it: no control characters, no blanks around. Nothing may be left."""
    text = formatted.text
    entities = [dict(entity) for entity in formatted.entities]
    if "\r" in text and not entities:
        text = text.replace("\r", "")
    text = re.sub(r"[\x00-\x09\x0b-\x1f]", " ", text)
    text = text.rstrip()
    end = utf16_length(text)
    first = min((entity["offset"] for entity in entities), default=end)
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    kept: list[Json] = []
    for entity in entities:
        start = entity["offset"]
        if start < end:
            length = min(entity["length"], end - start)
            kept.append({**entity, "offset": start - lead, "length": length})
    return FormattedText(text[lead:], tuple(kept))
