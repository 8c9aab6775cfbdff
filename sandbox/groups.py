"""What people do in a group: let the bot in and out, write, press, open and close topics, move.

Of what is written there a bot sees what Telegram shows to one in privacy mode, which is how bots are made:
commands, replies to it, its own name, and what the group itself says.
"""

import re
from typing import Any, Literal

from sandbox.acts import ImpossibleError, find_button
from sandbox.entities import FormattedText, trimmed, with_found
from sandbox.people import Person
from sandbox.world import Group, Message, Press, World

Json = dict[str, Any]
Status = Literal["left", "member", "restricted", "kicked"]

_RIGHTS = (
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos "
    "can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages "
    "can_add_web_page_previews can_react_to_messages can_edit_tag can_change_info can_invite_users "
    "can_pin_messages can_manage_topics"
).split()


def set_status(world: World, group: Group, by: Person, status: Status) -> None:
    """Let the bot in, throw it out, take the right to write from it or give it back."""
    before, group.status = group.status, status
    world.touch(group)
    if before != status:
        change = {"old_chat_member": _member(world, before), "new_chat_member": _member(world, status)}
        where = {"chat": group.as_chat(), "from": by.as_user(), "date": world.clock.now()}
        world.updates.put("my_chat_member", {**where, **change})


def _member(world: World, status: Status) -> Json:
    more: Json = {}
    if status == "kicked":
        more = {"until_date": 0}
    elif status == "restricted":
        more = {**dict.fromkeys(_RIGHTS, False), "is_member": True, "until_date": 0}
    return {"user": world.bot.as_user(), "status": status, **more}


def write(world: World, group: Group, who: Person, text: str, topic: int = 0, reply_to: int = 0) -> Message:
    """Write a text, perhaps in a topic or in reply to a message."""
    clean = trimmed(FormattedText(text)).text
    if not clean:
        raise ImpossibleError("Сообщение пустое.")
    content: Json = {"text": clean, **_where(group, topic)}
    if entities := with_found(FormattedText(clean)).entities:
        content["entities"] = list(entities)
    answered = world.message(group, reply_to)
    if answered is not None:
        content["reply_to_message"] = answered.body
    message = world.post(group, content, by=who)
    if _is_shown_to_bot(world, clean, answered):
        _tell(world, group, message)
    return message


def _where(group: Group, topic: int) -> Json:
    if not topic:
        return {}
    if topic not in (group.topics or {}):
        raise ImpossibleError("Такой темы здесь нет.")
    return {"message_thread_id": topic, "is_topic_message": True}


def _is_shown_to_bot(world: World, text: str, answered: Message | None) -> bool:
    name = re.escape(world.bot.username)
    to_us = re.match(rf"/\w+(@{name})?(\s|$)", text, re.IGNORECASE)
    called = re.search(rf"@{name}\b", text, re.IGNORECASE)
    return bool(to_us or called) or (answered is not None and answered.from_bot)


def press(world: World, group: Group, who: Person, label: str, message_id: int | None) -> Press:
    """Press an inline button that asks the bot."""
    message, button = find_button(group, message_id, label, None)
    if "callback_data" not in button:
        raise ImpossibleError("Такие кнопки здесь не действуют.")
    return world.press(who, message, button["callback_data"])


def open_topic(world: World, group: Group, by: Person, name: str) -> Message:
    """Begin a topic; it is called by the number of the message that says so."""
    if group.topics is None:
        raise ImpossibleError("В этой группе нет тем.")
    message = world.post(group, {"forum_topic_created": {"name": name, "icon_color": 7322096}}, by=by)
    group.topics[message.id] = True
    message.body |= {"message_thread_id": message.id, "is_topic_message": True}
    _tell(world, group, message)
    return message


def close_topic(world: World, group: Group, by: Person, topic: int, *, delete: bool = False) -> None:
    """Nobody may write in a topic any more, or it is gone."""
    where = _where(group, topic)
    if delete:
        (group.topics or {}).pop(topic)
        for message in group.messages.values():
            if message.body.get("message_thread_id") == topic:
                world.delete(group, message)
        return
    (group.topics or {})[topic] = False
    _tell(world, group, world.post(group, {"forum_topic_closed": {}, **where}, by=by))


def become_supergroup(world: World, group: Group, by: Person) -> Group:
    """The group gets another id; both say so, and the old one takes nothing any more."""
    if group.kind == "supergroup":
        raise ImpossibleError("Это уже супергруппа.")
    new = world.add_group(group.title, "supergroup")
    new.status, group.moved_to = group.status, new.id
    _tell(world, group, world.post(group, {"migrate_to_chat_id": new.id}, by=by))
    _tell(world, new, world.post(new, {"migrate_from_chat_id": group.id}, by=by))
    return new


def _tell(world: World, group: Group, message: Message) -> None:
    if group.status in ("member", "restricted"):
        world.updates.put("message", message.body)
