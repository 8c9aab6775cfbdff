"""Russian sentences out of bot/texts (Fluent): plurals right, every argument escaped."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Message
from markupsafe import Markup, escape

from domain.school_names import short_title

_TEXTS = Path(__file__).parent.parent / "texts" / "ru"
# No name, venue or title is shown longer than this: four of them still fit into a message. In UTF-16 units,
# as Telegram counts: a sign beyond the usual ones is two.
LONGEST = 500
_MOST = 2_000
_ENDINGS = (".", "!", "?", "…")
_PLACE = "\ue001{}\ue001"  # no keyboard writes this sign


def t(key: str, **arguments: Hashable) -> Markup:
    """The sentence with this key as Telegram's HTML. Raises KeyError for an unknown key, ValueError where
    an argument is missing.

    Numbers stay numbers, so that plurals come out right; Markup is taken as it is; everything else is
    shortened where it is very long, and escaped.
    """
    return _sentence(key, **arguments)


# Most of a card is the same for everybody who looks at it. Typed: Markup equals the words that it is, and is
# not shown as they are.
@lru_cache(maxsize=4096, typed=True)
def _sentence(key: str, **arguments: Hashable) -> Markup:
    message = _message(key)
    if message.value is None:
        raise KeyError(key)
    safe = {name: _safe(value) for name, value in arguments.items()}
    # Fluent refuses an argument of more than 2,500 signs; a long one is put into its place afterwards.
    long = {_PLACE.format(name): value for name, value in safe.items() if len(str(value)) > _MOST}
    short = {name: _PLACE.format(name) if _PLACE.format(name) in long else safe[name] for name in safe}
    text, errors = _bundle().format_pattern(message.value, short)
    if errors:
        raise ValueError(f"{key}: {errors}")
    text = str(text)
    for value in safe.values():
        # «… в ноябре 2026 г.» ends a sentence with one full stop.
        if isinstance(value, str) and value[-1:] in _ENDINGS:
            text = text.replace(f"{value}.", value)
    for place, value in long.items():
        text = text.replace(place, str(value))
    return Markup(text)  # noqa: S704 – the sentence is ours, its arguments are escaped above


def plain(key: str, **arguments: Hashable) -> str:
    """The sentence as plain text, for buttons and the terminal."""
    return _plain_sentence(key, **arguments)


@lru_cache(maxsize=4096, typed=True)
def _plain_sentence(key: str, **arguments: Hashable) -> str:
    return without_markup(t(key, **arguments))


def without_markup(text: Markup) -> str:
    """The words alone, line by line."""
    return "\n".join(line.striptags() for line in text.split("\n"))


def clip(text: str, longest: int = LONGEST) -> str:
    """The text, shortened with «…» where it is longer."""
    if units(text) <= longest:
        return text
    kept = text[: longest - 1]
    while units(kept) > longest - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def called(school: str, longest: int = LONGEST) -> str:
    """A school in a list or on a button, where there is no room for its legal form: what tells one from
    another stands behind it."""
    short = short_title(school)
    return clip(short if len(short) < len(school) else school, longest)


def from_school(school: str | None) -> Markup:
    """What stands behind a name in a list, where a school is known: «, СОШ № 45»."""
    return t("who-school", school=called(school, 40)) if school else Markup("")


def units(text: str) -> int:
    """How long Telegram counts a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitting(lines: Iterable[Markup], longest: int = 3_000) -> list[Markup]:
    """As many of the first lines as leave room in a message for what stands around them."""
    kept: list[Markup] = []
    left = longest
    for line in lines:
        left -= units(line.striptags()) + 1
        if left < 0:
            break
        kept.append(line)
    return kept


def is_sentence(key: str) -> bool:
    """Whether there is a sentence with this key."""
    return key in _sources()


# To parse all texts takes a quarter of what we add to a start; a press needs a dozen of them.
def _message(key: str) -> Message:
    if not _bundle().has_message(key):
        _bundle().add_resource(FluentResource(_sources()[key]))
    return _bundle().get_message(key)


@cache
def _bundle() -> FluentBundle:
    return FluentBundle(["ru"], use_isolating=False)


@cache
def _sources() -> dict[str, str]:
    """Every sentence as it is written, by its key, which alone stands at the beginning of a line."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in sorted(_TEXTS.glob("*.ftl")))
    entries = re.split(r"^(?=[a-z])", written, flags=re.MULTILINE)[1:]
    return {entry.split(" ", 1)[0]: entry for entry in entries}


def _safe(value: object) -> object:
    if isinstance(value, Markup):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return str(escape(clip(str(value))))
