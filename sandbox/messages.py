"""The Bot API's methods that write, change and take back messages."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.acts import start_code
from sandbox.entities import FormattedText, in_order, parse_html, trimmed, utf16_length, with_found
from sandbox.facts import LIMITS
from sandbox.files import StoredFile
from sandbox.keyboards import Markup, read_markup
from sandbox.other_messages import content_of, forwarded
from sandbox.params import Params
from sandbox.refusal import bad_request, moved, refusal
from sandbox.world import Chat, Group, Message, Room, World

Json = dict[str, Any]

_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
).split()
_TYPING_SECONDS = 5
_DELETABLE_SECONDS = 48 * 3600


async def send_message(world: World, params: Params) -> Json:
    """sendMessage"""
    formatted = _text(params)
    content: Json = {"text": formatted.text, **_entities("entities", formatted)}
    preview = params.json("link_preview_options", "link preview options")
    if preview:
        content["link_preview_options"] = preview
    return _send(world, params, content)


async def send_document(world: World, params: Params) -> Json:
    """sendDocument"""
    caption = _caption(params)
    stored = _file(world, params, "document", "documents")
    return _send(world, params, {"document": stored.as_document(), **caption})


async def send_photo(world: World, params: Params) -> Json:
    """sendPhoto"""
    caption = _caption(params)
    stored = _file(world, params, "photo", "photos")
    if stored.size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if len(stored.data) > LIMITS["photo_bytes"]:
        raise bad_request(
            f"file of size {len(stored.data)} bytes is too big for a photo; "
            f"the maximum size is {LIMITS['photo_bytes']} bytes"
        )
    width, height = stored.size
    if width + height > 10_000 or max(width, height) > 20 * max(1, min(width, height)):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return _send(world, params, {"photo": stored.as_photo(), **caption})


async def copy_message(world: World, params: Params) -> Json:
    """copyMessage"""
    source = _source(world, params, "message to copy")
    content = content_of(source)
    if "caption" in params.values and "text" not in content:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content.update(_caption(params))
    return {"message_id": _send(world, params, content)["message_id"]}


async def forward_message(world: World, params: Params) -> Json:
    """forwardMessage"""
    source = _source(world, params, "message to forward")
    return _send(world, params, forwarded(source))


async def send_chat_action(world: World, params: Params) -> bool:
    """sendChatAction"""
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_to_write(world, params)
    _topic(chat, params)
    chat.typing_until = world.monotonic() + _TYPING_SECONDS
    world.touch(chat)
    return True


async def edit_message_text(world: World, params: Params) -> Json:
    """editMessageText"""
    formatted = _text(params)
    chat, message, markup = _to_edit(world, params)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    content: Json = {"text": formatted.text, **_entities("entities", formatted)}
    preview = params.json("link_preview_options", "link preview options")
    if preview:
        content["link_preview_options"] = preview
    dropped = ("text", "entities", "reply_markup", "link_preview_options")
    return _edit(world, chat, message, dropped, {**content, **_inline(markup)})


async def edit_message_caption(world: World, params: Params) -> Json:
    """editMessageCaption"""
    caption = _caption(params)
    chat, message, markup = _to_edit(world, params)
    if not {"photo", "document"} & message.body.keys():
        raise bad_request("there is no caption in the message to edit")
    dropped = ("caption", "caption_entities", "reply_markup")
    return _edit(world, chat, message, dropped, {**caption, **_inline(markup)})


async def edit_message_reply_markup(world: World, params: Params) -> Json:
    """editMessageReplyMarkup"""
    chat, message, markup = _to_edit(world, params)
    return _edit(world, chat, message, ("reply_markup",), _inline(markup))


async def delete_message(world: World, params: Params) -> bool:
    """deleteMessage"""
    if not params.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = chat_to_write(world, params)
    message = world.message(chat, params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if world.clock.now() - message.body["date"] > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    world.delete(chat, message)
    return True


async def answer_callback_query(world: World, params: Params) -> bool:
    """answerCallbackQuery"""
    text = params.text("text")
    if utf16_length(text) > LIMITS["callback_answer"]:
        raise bad_request("MESSAGE_TOO_LONG")
    url = params.text("url")
    # Telegram opens no other links than those that start the bot.
    if url and not start_code(world, url):
        raise bad_request("URL_INVALID")
    press = world.open_press(params.text("callback_query_id"))
    if press is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answer = {"text": text, "show_alert": params.flag("show_alert"), "url": url}
    world.answer(press, answer)
    return True


async def get_file(world: World, params: Params) -> Json:
    """getFile"""
    if not params.text("file_id"):
        raise bad_request("file_id not specified")
    stored = world.files.by_id(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > LIMITS["download_bytes"]:
        raise bad_request("file is too big")
    return stored.as_file()


async def get_chat(world: World, params: Params) -> Json:
    """getChat"""
    chat = known_chat(world, params, "chat_id")
    if isinstance(chat, Chat) and not chat.started:
        raise bad_request("chat not found")
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        True,
    )
    full: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return {**chat.as_chat(), **full}


def known_chat(world: World, params: Params, name: str) -> Room:
    """The chat that a parameter names: by id, or by @username."""
    told = params.text(name)
    if not told:
        raise bad_request(f"{name} is empty")
    chat = world.find_chat(told)
    if chat is None or (isinstance(chat, Group) and chat.status == "left"):
        raise bad_request("chat not found")
    if isinstance(chat, Group) and chat.moved_to is not None:
        raise moved(chat.moved_to)
    return chat


def chat_to_write(world: World, params: Params) -> Room:
    """The chat of ``chat_id``, if the bot may write there."""
    chat = known_chat(world, params, "chat_id")
    if isinstance(chat, Chat):
        if chat.blocked:
            raise refusal(403, "bot was blocked by the user")
        if not chat.started:
            raise refusal(403, "bot can't initiate conversation with a user")
    elif isinstance(chat, Group):
        if chat.status == "kicked":
            raise refusal(403, f"bot was kicked from the {chat.kind} chat")
        if chat.status == "restricted":
            raise bad_request("not enough rights to send text messages to the chat")
    return chat


def _topic(chat: Room, params: Params) -> Json:
    """The topic of a group that a message goes to."""
    topic = params.integer("message_thread_id")
    if not topic:
        return {}
    topics = chat.topics or {} if isinstance(chat, Group) else {}
    if topic not in topics:
        raise bad_request("message thread not found")
    if not topics[topic]:
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": topic, "is_topic_message": True}


def _text(params: Params) -> FormattedText:
    text = params.text("text")
    if not text:
        raise bad_request("message text is empty")
    formatted = _formatted(params, text, "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    # Telegram's own parser counts characters here, its documents don't say which; UTF-16 is the stricter.
    if utf16_length(formatted.text) > LIMITS["message_text"]:
        raise bad_request("message is too long")
    return formatted


def _caption(params: Params) -> Json:
    formatted = _formatted(params, params.text("caption"), "caption_entities")
    if utf16_length(formatted.text) > LIMITS["caption"]:
        raise bad_request("message caption is too long")
    return {"caption": formatted.text, **_entities("caption_entities", formatted)} if formatted.text else {}


def _formatted(params: Params, text: str, entities_name: str) -> FormattedText:
    if len(text.encode("utf-8", "surrogatepass")) > 1 << 15:
        raise bad_request("text is too long")
    mode = params.text("parse_mode").lower()
    if text and mode == "html":
        formatted = parse_html(text)
    elif text and mode not in ("", "none"):
        raise bad_request("unsupported parse_mode")
    else:
        given = params.json(entities_name, "entities")
        formatted = FormattedText(text, _given_entities(given if isinstance(given, list) else []))
    return with_found(trimmed(formatted))


def _given_entities(given: list[Any]) -> tuple[Json, ...]:
    for entity in given:
        if not isinstance(entity, dict):
            raise bad_request("can't parse MessageEntity: expected an Object")
        for name in ("offset", "length"):
            if not isinstance(entity.get(name), int):
                raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
        if not re.fullmatch(r"[a-z_]+", str(entity.get("type", ""))):
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
    return tuple(in_order([entity for entity in given if entity["length"] > 0]))


def _entities(name: str, formatted: FormattedText) -> Json:
    return {name: list(formatted.entities)} if formatted.entities else {}


def _inline(markup: Markup | None) -> Json:
    return {"reply_markup": markup.body} if markup is not None and markup.kind == "inline" else {}


def _file(world: World, params: Params, name: str, folder: str) -> StoredFile:
    upload = params.upload(name)
    if upload is None:
        told = params.text(name)
        if not told or told.startswith("attach://"):
            raise bad_request(f"there is no {name} in the request")
        stored = world.files.by_id(told)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > LIMITS["upload_bytes"]:
        raise refusal(413)
    return world.files.keep(upload, folder)


def _send(world: World, params: Params, content: Json) -> Json:
    markup = read_markup(params.json("reply_markup", "reply keyboard markup"))
    chat = chat_to_write(world, params)
    full = {**content, **_topic(chat, params), **_reply(world, chat, params), **_inline(markup)}
    if params.flag("protect_content"):
        full["has_protected_content"] = True
    chat.typing_until = 0.0
    if markup is not None and markup.kind == "keyboard":
        chat.keyboard = markup.body
    elif markup is not None and markup.kind == "remove":
        chat.keyboard = None
    message = world.post(chat, full, by=None)
    message.fixed = markup is not None and markup.kind != "inline"
    return message.body


def _reply(world: World, chat: Room, params: Params) -> Json:
    reply = params.json("reply_parameters", "reply parameters")
    if not reply:
        return {}
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    if not isinstance(reply.get("message_id"), int):
        raise bad_request('Can\'t find field "message_id"')
    replied = world.message(chat, reply["message_id"])
    if replied is None:
        if reply.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    body = {key: value for key, value in replied.body.items() if key != "reply_to_message"}
    return {"reply_to_message": body}


def _source(world: World, params: Params, called: str) -> Message:
    chat = known_chat(world, params, "from_chat_id")
    message = world.message(chat, params.integer("message_id"))
    if message is None:
        raise bad_request(f"{called} not found")
    return message


def _to_edit(world: World, params: Params) -> tuple[Room, Message, Markup | None]:
    """The chat and message that an edit means, and the new keyboard, after all that speaks against it."""
    markup = read_markup(params.json("reply_markup", "reply keyboard markup"), only_inline=True)
    if not params.text("chat_id") and not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = chat_to_write(world, params)
    message = world.message(chat, params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or message.fixed or "forward_origin" in message.body:
        raise bad_request("message can't be edited")
    return chat, message, markup


def _edit(
    world: World, chat: Room, message: Message, dropped: tuple[str, ...], content: Mapping[str, Any]
) -> Json:
    old = {key: message.body[key] for key in dropped if key in message.body}
    if old == content:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    kept = {key: value for key, value in message.body.items() if key not in dropped}
    world.revise(chat, message, {**kept, "edit_date": world.clock.now(), **content})
    return message.body
