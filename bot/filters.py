"""What a handler listens for. Every filter is async: aiogram sends others through a thread each."""

from __future__ import annotations

from aiogram import Bot
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Contact, Message

from bot.views.keyboards import KEYS
from bot.views.starting import has_link, read_link
from bot.views.words import plain
from domain.checkin import looks_like_token
from domain.records import Actor
from domain.roles import Right, Role


def needs(right: Right, *, dialogue: bool = False) -> dict[str, object]:
    """The flags of a handler: its right, and whether it is a part of the dialogue that is open."""
    return {"right": right, "dialogue": dialogue}


class Commanded(Filter):
    """A command: «/next», or «/next@name_of_the_bot» as groups write it."""

    def __init__(self, command: str) -> None:
        self.command = f"/{command}"

    async def __call__(self, message: Message) -> bool:
        return self.commands(message.text or "")

    def commands(self, text: str) -> bool:
        """Whether the text is the command."""
        return text.startswith("/") and text.split(maxsplit=1)[0].partition("@")[0] == self.command


class Says(Commanded):
    """A key by its label, or its command."""

    def __init__(self, key: str, command: str) -> None:
        super().__init__(command)
        self.label = plain(key).casefold()

    async def __call__(self, message: Message) -> bool:
        text = message.text or ""
        return text.strip().casefold() == self.label or self.commands(text)


class Pressed(Filter):
    """A button of a router's own, by what its data begin with: the way to a press stays short, however many
    buttons there are."""

    def __init__(self, prefixes: frozenset[str]) -> None:
        self.prefixes = prefixes

    async def __call__(self, callback: CallbackQuery) -> bool:
        return (callback.data or "").partition(":")[0] in self.prefixes


class Started(Filter):
    """/start, with the code of an invitation or without; or a link that says so, sent as words: read off a
    picture, or with the whole invitation around it."""

    async def __call__(
        self, message: Message, bot: Bot, actor: Actor | None = None
    ) -> bool | dict[str, str | None]:
        text = message.text or ""
        words = text.split()
        if words and words[0].partition("@")[0] == "/start":
            return {"code": words[1] if len(words) > 1 else None}
        # In a dialogue a link may be a part of the answer: a coordinator's words to her people.
        # Whose it is has to be asked of Telegram once, so nothing else may depend on that.
        if _amid_an_answer(actor) or not has_link(text):
            return False
        code = read_link(text, (await bot.me()).username or "")
        return False if code is None else {"code": code}


class Scanned(Started):
    """The check-in code of an event: scanned, or its link opened or sent."""

    async def __call__(
        self, message: Message, bot: Bot, actor: Actor | None = None
    ) -> bool | dict[str, str | None]:
        found = await super().__call__(message, bot, actor)
        code = found.get("code") if isinstance(found, dict) else None
        return {"code": code} if code is not None and looks_like_token(code) else False


class Digits(Filter):
    """Digits as they stand under an invitation, with any blanks or dashes among them."""

    async def __call__(self, message: Message, actor: Actor | None = None) -> bool | dict[str, str]:
        if _amid_an_answer(actor):  # a year, a telephone number, a day
            return False
        digits = "".join(sign for sign in message.text or "" if sign not in " -–—\u00a0.")
        return {"code": digits} if 6 <= len(digits) <= 12 and digits.isascii() and digits.isdigit() else False


def _amid_an_answer(actor: Actor | None) -> bool:
    """What is written answers a question; one who is coming in may use her invitation again."""
    return actor is not None and actor.dialogue is not None and actor.role is not Role.JOINING


class Waits(Filter):
    """The conversation waits for one of these steps."""

    def __init__(self, *steps: str) -> None:
        self.steps = frozenset(steps)

    async def __call__(self, message: Message, actor: Actor | None = None) -> bool:
        return actor is not None and actor.dialogue is not None and actor.dialogue.step in self.steps


class WaitsForWords(Filter):
    """The conversation waits for words, whatever they are for: for any step but these."""

    def __init__(self, *but: str) -> None:
        self.but = frozenset(but)

    async def __call__(self, message: Message, actor: Actor | None = None) -> bool:
        return actor is not None and actor.dialogue is not None and actor.dialogue.step not in self.but


class HasText(Filter):
    """Words: neither a command nor a key, which leave any dialogue."""

    def __init__(self) -> None:
        self.keys = frozenset(plain(key).casefold() for key in KEYS)

    async def __call__(self, message: Message) -> bool:
        text = message.text or ""
        return bool(text.strip()) and text[0] != "/" and text.strip().casefold() not in self.keys


class HasDocument(Filter):
    """A file."""

    async def __call__(self, message: Message) -> bool:
        return message.document is not None


class HasPhoto(Filter):
    """A picture sent as a picture."""

    async def __call__(self, message: Message) -> bool:
        return bool(message.photo)


class HasContact(Filter):
    """A card of the address book."""

    async def __call__(self, message: Message) -> bool | dict[str, Contact]:
        return False if message.contact is None else {"contact": message.contact}


class HasVoice(Filter):
    """A voice message, or a round video."""

    async def __call__(self, message: Message) -> bool:
        return message.voice is not None or message.video_note is not None or message.audio is not None


class Oversees(Filter):
    """Who writes is a methodist where she acts."""

    async def __call__(self, message: Message, actor: Actor | None = None) -> bool:
        return actor is not None and actor.role is Role.METHODIST


class Wordless(Filter):
    """Neither words nor a file: a sticker, a voice, a photo, a place."""

    async def __call__(self, message: Message) -> bool:
        return not (message.text or "").strip() and message.document is None


class Private(Filter):
    """A conversation with one person: what is said in a group is none of the bot's business."""

    async def __call__(self, event: Message | ChatMemberUpdated | CallbackQuery) -> bool:
        chat = _chat(event)
        return chat is None or chat.type == "private"


class InGroup(Filter):
    """A group, where several people read what the bot says."""

    async def __call__(self, event: Message | ChatMemberUpdated | CallbackQuery) -> bool:
        chat = _chat(event)
        return chat is not None and chat.type in {"group", "supergroup"}


def _chat(event: Message | ChatMemberUpdated | CallbackQuery) -> Chat | None:
    """Where it happened; Telegram does not say it of a press whose message is too old."""
    if isinstance(event, CallbackQuery):
        return None if event.message is None else event.message.chat
    return event.chat
