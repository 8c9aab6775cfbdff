"""Inline mode: what a person types after the bot's name in any chat, and the bot's answer, checked."""

import re
from typing import Any

from sandbox.entities import FormattedText, parse_html, trimmed, utf16_length
from sandbox.facts import LIMITS
from sandbox.keyboards import read_markup
from sandbox.params import Params
from sandbox.refusal import bad_request
from sandbox.world import World

Json = dict[str, Any]

_START = re.compile(r"[A-Za-z0-9_\-]*")


async def answer_inline_query(world: World, params: Params) -> bool:
    """answerInlineQuery"""
    results = read_results(params.json("results", "inline query results"))
    button = read_button(params.json("button", "inline query results button"))
    offset = params.text("next_offset")
    if len(offset.encode()) > LIMITS["next_offset"]:
        raise bad_request("NEXT_OFFSET_INVALID")
    typing = world.open_typing(params.text("inline_query_id"))
    if typing is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answer: Json = {"results": results, "is_personal": params.flag("is_personal"), "next_offset": offset}
    world.answer_typing(typing, {**answer, **({"button": button} if button else {})})
    return True


def read_results(value: Any) -> list[Json]:
    """The results of an answer, from their JSON; only articles are known here."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("expected an Array of inline query results")
    if len(value) > LIMITS["inline_results"]:
        raise bad_request("too many inline query results specified")
    results = [_result(one) for one in value]
    if len({one["id"] for one in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def _result(value: Any) -> Json:
    if not isinstance(value, dict):
        raise bad_request("can't parse inline query result: Inline query result must be an object")
    if value.get("type") != "article":
        raise bad_request("can't parse inline query result: Unsupported inline query result type")
    number, title = str(value.get("id", "")), value.get("title")
    if not 1 <= len(number.encode()) <= LIMITS["result_id"]:
        raise bad_request("RESULT_ID_INVALID")
    if not isinstance(title, str) or not title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    markup = read_markup(value.get("reply_markup"), only_inline=True)
    return {
        "id": number,
        "title": title,
        "description": str(value.get("description") or ""),
        "message": _message(value.get("input_message_content")),
        **({"reply_markup": markup.body} if markup is not None else {}),
    }


def _message(value: Any) -> Json:
    """What choosing a result posts."""
    if not isinstance(value, dict) or not isinstance(value.get("message_text"), str):
        raise bad_request("can't parse inline query result: Message text must be specified")
    mode = str(value.get("parse_mode") or "").lower()
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode")
    text = value["message_text"]
    formatted = trimmed(parse_html(text) if mode else FormattedText(text))
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > LIMITS["message_text"]:
        raise bad_request("MESSAGE_TOO_LONG")
    return {"text": formatted.text, "entities": list(formatted.entities)}


def read_button(value: Any) -> Json | None:
    """The button over the results, from its JSON."""
    if value is None:
        return None
    if not isinstance(value, dict) or not str(value.get("text") or "").strip():
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    parameter = str(value.get("start_parameter") or "")
    if "web_app" not in value and not parameter:
        raise bad_request("START_PARAM_EMPTY")
    if not _START.fullmatch(parameter) or len(parameter) > LIMITS["start_parameter"]:
        raise bad_request("START_PARAM_INVALID")
    return {"text": value["text"], "start_parameter": parameter}
