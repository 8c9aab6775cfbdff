"""What the links that open the bot carry after «start=»: at most 64 letters, digits, «_» and «-»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.records import Answer

# A link of this kind opens the private chat and starts the bot there.
_LINK = "https://t.me/{bot}?start={parameter}"
# Behind the words «Войти в Звонок» over a list that is not shown: no invitation, only the way to the door.
DOOR = "hello"
_LINKED = re.compile(r"\b(?:t|telegram)\.me/(\w{4,32})/?\?start=([\w-]{1,64})", re.ASCII)
_EVENT = re.compile(r"e(\d{1,18})")
# An invitation's code is 16 signs long, «-» among them.
_WISH = re.compile(r"(.{16})-(\d{1,18})-(going|online|declined|undecided)")


@dataclass(frozen=True, slots=True)
class Wish:
    """What she pressed in the group chat before she came in."""

    event: int
    answer: Answer


def link(bot: str, parameter: str) -> str:
    """The link that starts the bot with a parameter."""
    return _LINK.format(bot=bot, parameter=parameter)


def has_link(text: str) -> bool:
    """Whether some bot's link stands in a text."""
    return _LINKED.search(text) is not None


def read_link(text: str, bot: str) -> str | None:
    """The parameter of the first link in a text that starts this bot; None where there is none."""
    named = (found[2] for found in _LINKED.finditer(text) if found[1].casefold() == bot.casefold())
    return next(named, None)


def to_event(event_id: int) -> str:
    """The parameter that opens an event's card."""
    return f"e{event_id}"


def read_event(parameter: str) -> int | None:
    """Which event's card a parameter opens."""
    found = _EVENT.fullmatch(parameter)
    return None if found is None else int(found[1])


def with_wish(code: str, wish: Wish | None) -> str:
    """The parameter of an invitation; with a wish, the answer is asked for once she is in."""
    return code if wish is None else f"{code}-{wish.event}-{wish.answer}"


def read_wish(parameter: str) -> tuple[str, Wish | None]:
    """The invitation's code in a parameter, and the wish beside it."""
    found = _WISH.fullmatch(parameter)
    if found is None:
        return parameter, None
    return found[1], Wish(int(found[2]), Answer(found[3]))
