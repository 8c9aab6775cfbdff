"""Quotation marks within quotation marks."""

from __future__ import annotations

import re

# A straight one opens where a word begins.
_OPENS = re.compile(r'«|(?<![^\s(«„–—-])"(?=\S)')
_CLOSES = re.compile(r'[»"]')


def within_quotes(text: str) -> str:
    """The words as they stand between «ёлочки»: those of their own become „лапки“."""
    return _CLOSES.sub("“", _OPENS.sub("„", text))
