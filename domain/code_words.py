"""The code word: said in the room, for a quarter of an hour, and typed by those who are there."""

from __future__ import annotations

from datetime import timedelta

from domain.people import tidy_line

# How long a word is taken, and how many wrong ones (or wrong digits) somebody has for one event.
LASTS = timedelta(minutes=15)
MOST_WRONG = 5
LONGEST = 40
# Short, heard at once in a full room, and written in one way only.
WORDS = (
    "книга",
    "ромашка",
    "ветер",
    "лампа",
    "облако",
    "рябина",
    "парус",
    "яблоко",
    "зонтик",
    "радуга",
    "чайник",
    "берёза",
    "маяк",
    "корзина",
    "снегирь",
    "василёк",
    "глобус",
    "самовар",
    "калина",
    "остров",
    "фонарь",
    "тетрадь",
    "подкова",
    "лодка",
    "клубника",
)


def read_word(text: str) -> str:
    """A word of one's own, as it is shown. Raises DomainError `line_empty` where there is neither letter nor
    digit in it, `line_too_long` with the fact `longest`."""
    return tidy_line(text, LONGEST)


def same_word(one: str, other: str) -> bool:
    """Whether somebody typed the word, whatever the case, «ё» or «е», the blanks and signs around it."""
    return _heard(one) == _heard(other)


def _heard(text: str) -> str:
    return "".join(sign for sign in text.casefold().replace("ё", "е") if sign.isalnum())
