"""A word about an event, of one who was there."""

from __future__ import annotations

from domain.errors import DomainError

# Several of them are read on one screen.
LONGEST_OPINION = 800


def tidy_opinion(text: str) -> str:
    """Her words with tidy blanks; lines are kept. Raises DomainError `line_empty`, `line_too_long` (fact
    `longest`)."""
    tidy = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    if not any(sign.isalnum() for sign in tidy):
        raise DomainError("line_empty")
    if len(tidy.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_OPINION:
        raise DomainError("line_too_long", longest=LONGEST_OPINION)
    return tidy
