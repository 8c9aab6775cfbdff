"""The Bot API's methods by which a bot tells about itself."""

import json
import re
from typing import Any

from sandbox.entities import utf16_length
from sandbox.facts import LIMITS
from sandbox.messages import known_chat
from sandbox.params import Params
from sandbox.refusal import bad_request
from sandbox.world import Chat, World

Json = dict[str, Any]

_SCOPES = (
    "default all_private_chats all_group_chats all_chat_administrators chat chat_administrators chat_member"
).split()


async def get_me(world: World, params: Params) -> Json:
    """getMe"""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**world.bot.as_user(), **abilities}


async def set_my_commands(world: World, params: Params) -> bool:
    """setMyCommands"""
    commands = params.json("commands", "commands") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    checked = [_command(command) for command in commands]
    if len(checked) > LIMITS["commands"]:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_place(world, params)] = checked
    world.touch_all()
    return True


async def get_my_commands(world: World, params: Params) -> list[Json]:
    """getMyCommands"""
    return world.profile.commands.get(_place(world, params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    """deleteMyCommands"""
    world.profile.commands.pop(_place(world, params), None)
    world.touch_all()
    return True


async def set_my_description(world: World, params: Params) -> bool:
    """setMyDescription"""
    text = _short_enough(params, "description")
    world.profile.descriptions[params.text("language_code")] = text
    world.touch_all()
    return True


async def get_my_description(world: World, params: Params) -> Json:
    """getMyDescription"""
    return {"description": world.profile.descriptions.get(params.text("language_code"), "")}


async def set_my_short_description(world: World, params: Params) -> bool:
    """setMyShortDescription"""
    text = _short_enough(params, "short_description")
    world.profile.short_descriptions[params.text("language_code")] = text
    return True


async def get_my_short_description(world: World, params: Params) -> Json:
    """getMyShortDescription"""
    return {"short_description": world.profile.short_descriptions.get(params.text("language_code"), "")}


async def set_chat_menu_button(world: World, params: Params) -> bool:
    """setChatMenuButton"""
    button = params.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    if params.text("chat_id"):
        known_chat(world, params, "chat_id")
    world.profile.menu_button = button
    return True


async def get_chat_menu_button(world: World, params: Params) -> Json:
    """getChatMenuButton"""
    return world.profile.menu_button


def commands_for(world: World, chat: Chat) -> list[Json]:
    """The commands that a person's client offers: the narrowest scope wins, and Russian before any."""
    narrow = json.dumps({"type": "chat", "chat_id": chat.person.id}, sort_keys=True)
    wide = [json.dumps({"type": kind}) for kind in ("all_private_chats", "default")]
    for scope in (narrow, *wide):
        for language in ("ru", ""):
            found = world.profile.commands.get((scope, language))
            if found:
                return found
    return []


def description_of(world: World) -> str:
    """What stands in a chat before the bot is started."""
    texts = world.profile.descriptions
    return texts.get("ru") or texts.get("", "")


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if name not in command:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    name = str(command["command"]).removeprefix("/")
    if not re.fullmatch(rf"[a-z0-9_]{{1,{LIMITS['command']}}}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    description = str(command["description"])
    if not description.strip():
        raise bad_request("command description must be non-empty")
    if utf16_length(description) > LIMITS["command_description"]:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _place(world: World, params: Params) -> tuple[str, str]:
    scope = params.json("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("BotCommandScope must be an Object")
    if scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        chat = known_chat(world, Params({"chat_id": scope["chat_id"]}), "chat_id")
        scope = {**scope, "chat_id": chat.as_chat()["id"]}
    return json.dumps(scope, sort_keys=True), params.text("language_code")


def _short_enough(params: Params, name: str) -> str:
    text = params.text(name)
    if utf16_length(text) > LIMITS[name]:
        # The limit is Telegram's, the words are ours: its own are not known.
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    return text
