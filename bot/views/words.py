"""Russian sentences out of bot/texts (Fluent): plurals right, every argument escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from markupsafe import Markup, escape

_TEXTS = Path(__file__).parent.parent / "texts" / "ru"
# No name, venue or title is shown longer than this: four of them still fit into a message.
LONGEST = 500


def t(key: str, **arguments: object) -> Markup:
    """The sentence with this key as Telegram's HTML. Raises KeyError for an unknown key, ValueError where
    an argument is missing.

    Numbers stay numbers, so that plurals come out right; Markup is taken as it is; everything else is
    shortened where it is very long, and escaped.
    """
    message = bundle().get_message(key)
    if message.value is None:
        raise KeyError(key)
    text, errors = bundle().format_pattern(
        message.value, {name: _safe(value) for name, value in arguments.items()}
    )
    if errors:
        raise ValueError(f"{key}: {errors}")
    return Markup(text)  # noqa: S704 – the sentence is ours, its arguments are escaped above


def plain(key: str, **arguments: object) -> str:
    """The sentence as plain text, for buttons and the terminal."""
    return t(key, **arguments).striptags() if "<" in (text := t(key, **arguments)) else text.unescape()


def clip(text: str, longest: int = LONGEST) -> str:
    """The text, shortened with «…» where it is longer."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


@cache
def bundle() -> FluentBundle:
    """All texts, read once."""
    made = FluentBundle(["ru"], use_isolating=False)
    for path in sorted(_TEXTS.glob("*.ftl")):
        made.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return made


def _safe(value: object) -> object:
    if isinstance(value, Markup):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return str(escape(clip(str(value))))
