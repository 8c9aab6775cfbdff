"""Small repairs of text."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\x00-\x08\x0e-\x1f\x7f]")
_OPENING_TURNED = re.compile(r"(^|[\s(])»(?=\w)")
_CLOSING_TURNED = re.compile(r"(?<=[\w.!?])«(?=$|[\s,.;:)])")
_DITTO = re.compile('[-–—]*(?://|["»«“”„])+[-–—]*|тоже|тамже')
_AFTER_OPENING = re.compile(r"«\s+")
_BEFORE_CLOSING = re.compile(r"\s+»")

# What a messenger writes above a message that is copied out of it: «[02.09.2025, 17:42] Орлова:», «Орлова,
# [02.09.2025 17:42]».
_DAY, _HOUR = r"\d{1,2}\.\d\d(?:\.\d{2,4})?", r"\d{1,2}:\d\d(?::\d\d)?"
_AT = rf"\[(?:{_DAY},?\s+{_HOUR}|{_HOUR},\s+{_DAY})\]"
_STAMP = re.compile(rf"^(?:{_AT}[^:\n]{{1,60}}:|[^\n\[]{{1,60}},\s+{_AT}:?)[^\S\n]*", re.MULTILINE)
_PICTURE = re.compile(
    "^([^\\S\n]*)[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?[^\\S\n]*(?=\\w)", re.MULTILINE
)

# Who signs below a plan: «Руководитель РМО: Орлова Н. В.»
_SIGNED = re.compile(
    r"(?:(?:состав|подготов|разработ|исполн)ил[аи]?\s*:?\s*)?"
    r"(?:руководител|председател|методист|директор|заведующ|составител|библиотекар|педагог|зам|зав)[^\d«\"]{0,60}?[\s:]"
    r"(?:[А-ЯЁ]\.\s*(?:[А-ЯЁ]\.\s*)?[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s*(?:[А-ЯЁ]\.?)?)\W*",
    re.IGNORECASE,
)


def is_signed(line: str) -> bool:
    """Whether a line is a post and a name, as they stand below a plan."""
    return _SIGNED.fullmatch(line.strip()) is not None


def typed(text: str) -> str:
    """The messages of a chat as they would be typed: without what the messenger wrote above them, and with a
    bullet for the picture that opens a line."""
    return _PICTURE.sub(r"\1• ", _STAMP.sub("", text))


def tidy(text: str) -> str:
    """One line: white space collapsed, unseen characters out, hyphens that do not break as others, quotation
    marks the right way round."""
    line = " ".join(_INVISIBLE.sub("", text).replace("\u2011", "-").split())
    line = _OPENING_TURNED.sub(r"\1«", line)
    line = _CLOSING_TURNED.sub("»", line)
    return _BEFORE_CLOSING.sub("»", _AFTER_OPENING.sub("«", line))


def is_ditto(text: str) -> bool:
    """Whether a cell points to the one above it: «-//-», «"», «то же»."""
    marks = "".join(text.split())
    return _DITTO.fullmatch(marks.lower()) is not None


def is_dash(text: str) -> bool:
    """Whether a cell holds nothing but dashes."""
    return bool(text.strip()) and not text.strip(" \t\r\n\u00a0-‐‑‒–—−_.")
