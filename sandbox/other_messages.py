"""What a person sends that is neither words of her own nor a file: forwarded, a sticker, a voice, a place."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.files import Upload
from sandbox.world import Chat, Message, World

Json = dict[str, Any]

_KEPT = (
    "text entities caption caption_entities document photo voice sticker contact location poll forward_origin"
).split()
"""What of a message goes on with a copy of it."""


def content_of(message: Message) -> Json:
    """What the message says, without who said it, where and when."""
    return {key: value for key, value in message.body.items() if key in _KEPT and key != "forward_origin"}


def forwarded(message: Message) -> Json:
    """The message as it is forwarded: what is forwarded once more keeps its first author."""
    origin = {"type": "user", "date": message.body["date"], "sender_user": message.body["from"]}
    return {"forward_origin": origin, **{key: value for key, value in message.body.items() if key in _KEPT}}


def origin(world: World, kind: str) -> Json | None:
    """The Bot API's ``MessageOrigin`` of that type, of somebody whom nobody here knows; None for no type."""
    date = world.clock.now() - 3600
    author: Mapping[str, Json] = {
        "user": {"sender_user": {"id": 7001, "is_bot": False, "first_name": "Светлана"}},
        "hidden_user": {"sender_user_name": "Светлана"},
        "chat": {"sender_chat": {"id": -1007001, "type": "supergroup", "title": "Коллеги"}},
        "channel": {"chat": {"id": -1007002, "type": "channel", "title": "Новости"}, "message_id": 1},
    }
    return {"type": kind, "date": date, **author[kind]} if kind in author else None


def _voice(world: World, chat: Chat) -> Json:
    return {"voice": world.files.keep(Upload("voice.oga", "audio/ogg", b"OggS"), "voice").as_voice()}


def _sticker(world: World, chat: Chat) -> Json:
    picture = Upload("sticker.webp", "image/webp", b"RIFF\0\0\0\0WEBP")
    return {"sticker": world.files.keep(picture, "stickers").as_sticker()}


def _contact(world: World, chat: Chat) -> Json:
    person = chat.person
    return {
        "contact": {"phone_number": "+79130000000", "first_name": person.first_name, "user_id": person.id}
    }


def _location(world: World, chat: Chat) -> Json:
    return {"location": {"latitude": 55.03, "longitude": 82.92}}


def _poll(world: World, chat: Chat) -> Json:
    options = [
        {"persistent_id": secrets.token_hex(4), "text": text, "voter_count": 0} for text in ("Да", "Нет")
    ]
    flags = dict.fromkeys(("is_closed", "allows_multiple_answers", "allows_revoting", "members_only"), False)
    about = {"question": "Идём?", "options": options, "total_voter_count": 0, "type": "regular"}
    return {"poll": {"id": str(secrets.randbits(62)), **about, "is_anonymous": True, **flags}}


MADE_UP: Mapping[str, Callable[[World, Chat], Json]] = {
    "voice": _voice,
    "sticker": _sticker,
    "contact": _contact,
    "location": _location,
    "poll": _poll,
}
"""Made-up contents by kind: a voice of three seconds in which nobody hears anything, a thumb up, her own
telephone number, a place, a question to vote on."""
