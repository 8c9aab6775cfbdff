"""Quotation marks within quotation marks."""

from __future__ import annotations

import re

# A straight one opens where a word begins.
_OPENS = re.compile(r'«|(?<![^\s(«„–—-])"(?=\S)')
_CLOSES = re.compile(r'[»"]')


_ANY = re.compile(r'[«»„“”"]')


def paired(text: str) -> str:
    """The words with quotation marks as they are printed: «ёлочки», and „лапки“ between them. „Лапки“ stay:
    the words may come to stand within «ёлочки». Where the marks make no pairs, all stays as it is."""
    said, end, opened = [], 0, list[str]()
    for mark in _ANY.finditer(text):
        if mark[0] == "„" or _OPENS.match(text, mark.start()):
            opened.append("„“" if opened or mark[0] == "„" else "«»")
            printed = opened[-1][0]
        elif opened:
            printed = opened.pop()[1]
        else:
            return text
        said += [text[end : mark.start()], printed]
        end = mark.end()
    return text if opened else "".join([*said, text[end:]])


def within_quotes(text: str) -> str:
    """The words as they stand between «ёлочки»: those of their own become „лапки“."""
    return _CLOSES.sub("“", _OPENS.sub("„", text))
