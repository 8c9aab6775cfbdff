"""Keyboards, checked as strictly as Telegram checks them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.entities import checked_link, utf16_length
from sandbox.facts import LIMITS
from sandbox.refusal import RefusedError, bad_request

Json = dict[str, Any]

_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
    "disabled",
)
_STYLES = ("", "default", "primary", "success", "danger")
_BUTTONS_IN_A_ROW = 12


@dataclass(frozen=True)
class Markup:
    """A ``reply_markup`` that passed."""

    kind: Literal["inline", "keyboard", "remove", "force_reply"]
    body: Json


def read_markup(value: Any, *, only_inline: bool = False) -> Markup | None:
    """The markup of a message, from its JSON; None if there is none. ``only_inline``: as edits have it."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    markup = _any_markup(value)
    if only_inline and markup is not None and markup.kind != "inline":
        raise bad_request("inline keyboard expected")
    return markup


def _any_markup(value: Mapping[str, Any]) -> Markup | None:
    reply_rows = _rows(value, "keyboard", 'Field "keyboard" must be an Array of Arrays')
    inline_rows = _rows(
        value,
        "inline_keyboard",
        'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    )
    _check_placeholder(value.get("input_field_placeholder"))
    if reply_rows:
        rows = _filled(
            [[_reply_button(button) for button in row] for row in reply_rows], LIMITS["reply_buttons"]
        )
        flags = ("is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder")
        kept = {name: value[name] for name in flags if value.get(name)}
        return Markup("keyboard", {"keyboard": rows, **kept}) if rows else None
    if inline_rows:
        rows = _filled([[_inline_button(button) for button in row] for row in inline_rows], None)
        if sum(map(len, rows)) > LIMITS["inline_buttons"]:
            raise bad_request("reply markup is too long")
        return Markup("inline", {"inline_keyboard": rows}) if rows else None
    if value.get("remove_keyboard"):
        return Markup("remove", {"remove_keyboard": True})
    if value.get("force_reply"):
        return Markup("force_reply", {"force_reply": True})
    return None


def _rows(value: Mapping[str, Any], name: str, complaint: str) -> list[list[Any]]:
    rows = value.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'Field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(complaint)
    return rows


def _filled(rows: Iterable[list[Json]], at_most: int | None) -> list[list[Json]]:
    """The rows that hold something; Telegram cuts a longer row, and a longer keyboard, without a word."""
    kept = [row[:_BUTTONS_IN_A_ROW] for row in rows if row]
    if at_most is None:
        return kept
    left = at_most
    cut: list[list[Json]] = []
    for row in kept:
        cut.append(row[:left])
        left -= len(cut[-1])
    return [row for row in cut if row]


def _inline_button(button: Any) -> Json:
    def broken(message: str) -> RefusedError:
        return bad_request(f"can't parse inline keyboard button: {message}")

    if not isinstance(button, dict):
        raise broken("InlineKeyboardButton must be an Object")
    kept = _common(button, broken)
    if not kept["text"]:
        # Telegram leaves such a button out without a word; here the mistake is told.
        raise bad_request("inline keyboard button text must be non-empty")
    action = next((name for name in _ACTIONS if button.get(name) not in (None, "", False)), None)
    if action is None and "switch_inline_query_current_chat" in button:
        action = "switch_inline_query_current_chat"
    if action is None:
        raise broken("Text buttons are unallowed in the inline keyboard")
    kept[action] = _checked_action(action, button[action])
    return kept


def _checked_action(action: str, value: Any) -> Any:
    match action:
        case "callback_data":
            if len(str(value).encode("utf-8", "surrogatepass")) > LIMITS["callback_data"]:
                raise bad_request("BUTTON_DATA_INVALID")
            return str(value)
        case "url":
            if checked_link(str(value)) is None:
                raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
            return str(value)
        case "web_app":
            url = str(value.get("url", "")) if isinstance(value, dict) else ""
            if not url.startswith("https://") or checked_link(url) is None:
                raise bad_request(
                    f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
                )
        case "copy_text":
            text = value.get("text", "") if isinstance(value, dict) else ""
            if not 1 <= utf16_length(str(text)) <= LIMITS["copy_text"]:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return value


def _reply_button(button: Any) -> Json:
    def broken(message: str) -> RefusedError:
        return bad_request(f"can't parse keyboard button: {message}")

    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise broken("KeyboardButton must be a String or an Object")
    kept = {**button, **_common(button, broken)}
    if not kept["text"]:
        raise bad_request("keyboard button text must be non-empty")
    return kept


def _common(button: Json, broken: Any) -> Json:
    """What both sorts of buttons have: a text and perhaps a colour."""
    if "text" not in button:
        raise broken('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise broken('Field "text" must be of type String')
    style = str(button.get("style") or "").lower()
    if style not in _STYLES:
        raise broken("invalid button style specified")
    kept: Json = {"text": button["text"]}
    if style not in ("", "default"):
        kept["style"] = style
    return kept


def _check_placeholder(value: Any) -> None:
    if value and utf16_length(str(value)) > LIMITS["placeholder"]:
        # Telegram names the limit; its words for one who breaks it are not known, these are ours.
        raise bad_request("input field placeholder is too long")
