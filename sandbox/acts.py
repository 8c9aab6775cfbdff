"""What a person can do with a chat. Each act queues the update that Telegram would send."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox.entities import FormattedText, trimmed, utf16_length, with_found
from sandbox.facts import LIMITS
from sandbox.files import Upload
from sandbox.other_messages import MADE_UP, forwarded, origin
from sandbox.world import Chat, Message, Press, Room, Typing, World

Json = dict[str, Any]


class ImpossibleError(Exception):
    """A person cannot do that here and now; the text says why, in Russian, for the page."""


def write(world: World, chat: Chat, text: str) -> list[Message]:
    """Write a text. A client splits one that is too long, and so it may become several messages."""
    clean = trimmed(FormattedText(text)).text
    if not clean:
        raise ImpossibleError("Сообщение пустое.")
    return [_say(world, chat, _text(part)) for part in _parts(clean, LIMITS["message_text"])]


def press_key(world: World, chat: Chat, label: str) -> Message:
    """Press a key of the reply keyboard, which only writes its text."""
    if label not in key_labels(chat):
        raise ImpossibleError(f"Такой кнопки внизу нет: «{label}».")
    message = _say(world, chat, _text(label))
    if chat.keyboard is not None and chat.keyboard.get("one_time_keyboard"):
        chat.keyboard = None
        world.touch(chat)
    return message


def key_labels(chat: Chat) -> list[str]:
    """The labels of the reply keyboard, row by row."""
    rows = chat.keyboard["keyboard"] if chat.keyboard is not None else []
    return [button["text"] for row in rows for button in row]


def open_link(world: World, chat: Chat, link: str) -> Message:
    """Open a link to the bot, as from a letter or a QR picture, and press «Start» there."""
    code = start_code(world, link)
    if code is None:
        raise ImpossibleError("Эта ссылка ведёт не к нашему боту.")
    if chat.blocked:
        unblock(world, chat)
    return _say(world, chat, _text(f"/start {code}".rstrip()))


def start_code(world: World, link: str) -> str | None:
    """The code of a link that starts the bot, empty if it has none; None if it is another link."""
    try:
        parts = urlsplit(link if "://" in link else "https://" + link)
    except ValueError:
        return None
    query = parse_qs(parts.query)
    if parts.scheme == "tg":
        name = query.get("domain", [""])[0]
    elif parts.hostname in ("t.me", "telegram.me", "telegram.dog"):
        name = parts.path.strip("/")
    else:
        return None
    if name.lower() != world.bot.username.lower():
        return None
    code = query.get("start", [""])[0]
    return code if re.fullmatch(r"[A-Za-z0-9_\-]{0,64}", code) else None


def send_file(
    world: World, chat: Chat, upload: Upload, caption: str = "", *, as_photo: bool = False
) -> Message:
    """Send a document or a photo, with a text under it if one is given."""
    stored = world.files.keep(upload, "photos" if as_photo else "documents")
    if as_photo and stored.size is None:
        raise ImpossibleError("Это не картинка.")
    content: Json = {"photo": stored.as_photo()} if as_photo else {"document": stored.as_document()}
    text = with_found(trimmed(FormattedText(caption)))
    if text.text:
        content["caption"] = text.text
        if text.entities:
            content["caption_entities"] = list(text.entities)
    return _say(world, chat, content)


def send_made_up(world: World, chat: Chat, kind: str) -> Message:
    """Send a made-up message of that kind, one of ``MADE_UP``."""
    return _say(world, chat, MADE_UP[kind](world, chat))


def forward(world: World, chat: Chat, text: str, origin_type: str) -> Message:
    """Forward a text that somebody wrote elsewhere."""
    author = origin(world, origin_type)
    if author is None:
        raise ImpossibleError(f"Такого отправителя не бывает: «{origin_type}».")
    clean = trimmed(FormattedText(text)).text
    if not clean:
        raise ImpossibleError("Сообщение пустое.")
    return _say(world, chat, {"forward_origin": author, **_text(clean)})


def forward_message(world: World, chat: Chat, message_id: int) -> Message:
    """Forward a message of the chat itself."""
    return _say(world, chat, forwarded(_own(world, chat, message_id)))


def edit(world: World, chat: Chat, message_id: int, text: str) -> Message:
    """Change the text of a message that she wrote."""
    message = _own(world, chat, message_id)
    clean = trimmed(FormattedText(text)).text
    if message.from_bot or "forward_origin" in message.body or "text" not in message.body or not clean:
        raise ImpossibleError("Это сообщение не изменить.")
    kept = {key: value for key, value in message.body.items() if key not in ("text", "entities")}
    world.revise(chat, message, {**kept, "edit_date": world.clock.now(), **_text(clean)})
    world.updates.put("edited_message", message.body)
    return message


def _own(world: World, chat: Chat, message_id: int) -> Message:
    message = world.message(chat, message_id)
    if message is None:
        raise ImpossibleError("Такого сообщения нет.")
    return message


def find_button(chat: Room, message_id: int | None, label: str, data: str | None) -> tuple[Message, Json]:
    """The inline button of that label or data: on that message, or the newest that has one."""
    messages = [message for message in chat.messages.values() if not message.deleted]
    if message_id is not None:
        messages = [message for message in messages if message.id == message_id]
    for message in reversed(messages):
        for row in message.body.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if (data is not None and button.get("callback_data") == data) or (
                    data is None and button["text"] == label
                ):
                    return message, button
    raise ImpossibleError(f"Такой кнопки нет: «{label or data}».")


def press_button(
    world: World, chat: Chat, message_id: int | None, label: str, data: str | None, *, force: bool = False
) -> Press | str:
    """Press an inline button: the press if the bot is asked, the address if it only opens a link.
    ``force`` sends the data even if no button has it, as a client that was tampered with could."""
    if chat.blocked:
        raise ImpossibleError("Бот заблокирован.")
    if force and message_id is not None and data is not None:
        message = chat.messages.get(message_id)
        if message is None:
            raise ImpossibleError("Такого сообщения нет.")
        return world.press(chat.person, message, data)
    message, button = find_button(chat, message_id, label, data)
    if "callback_data" in button:
        return world.press(chat.person, message, button["callback_data"])
    if "url" in button:
        return str(button["url"])
    raise ImpossibleError("Такие кнопки здесь не действуют.")


def type_name(world: World, chat: Chat, query: str, where: str = "group") -> Typing:
    """Type the bot's name and some words in a chat of that kind, a group unless told another."""
    if utf16_length(query) > LIMITS["inline_query"]:
        raise ImpossibleError("Так много после имени бота не напишешь.")
    return world.type_name(chat, query, where)


def block(world: World, chat: Chat) -> None:
    """Block the bot."""
    if not chat.blocked:
        chat.blocked = True
        _membership(world, chat, "member", "kicked")


def unblock(world: World, chat: Chat) -> None:
    """Unblock it again."""
    if chat.blocked:
        chat.blocked = False
        _membership(world, chat, "kicked", "member")


def read(world: World, chat: Chat, up_to: int) -> None:
    """Look at the messages up to that one."""
    if up_to > chat.read_up_to:
        chat.read_up_to = up_to
        world.touch(chat)


def _say(world: World, chat: Chat, content: Json) -> Message:
    if chat.blocked:
        raise ImpossibleError("Бот заблокирован. Разблокируйте его, чтобы написать.")
    chat.started = True
    message = world.post(chat, content, by=chat.person)
    world.updates.put("message", message.body)
    return message


def _text(text: str) -> Json:
    found = with_found(FormattedText(text))
    return {"text": text, **({"entities": list(found.entities)} if found.entities else {})}


def _parts(text: str, most: int) -> list[str]:
    """The text in pieces of at most so many UTF-16 units; no character is cut in two."""
    parts: list[str] = []
    while utf16_length(text) > most:
        units = text.encode("utf-16-le", "surrogatepass")[: 2 * most]
        parts.append(units.decode("utf-16-le", "ignore"))
        text = text[len(parts[-1]) :]
    return [*parts, text]


def _membership(world: World, chat: Chat, before: str, after: str) -> None:
    bot = world.bot.as_user()

    def status(name: str) -> Json:
        return {"user": bot, "status": name, **({"until_date": 0} if name == "kicked" else {})}

    world.touch(chat)
    world.updates.put(
        "my_chat_member",
        {
            "chat": chat.person.as_chat(),
            "from": chat.person.as_user(),
            "date": world.clock.now(),
            "old_chat_member": status(before),
            "new_chat_member": status(after),
        },
    )
