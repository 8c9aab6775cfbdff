"""What the sandbox checks is what the Bot API says."""

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.facts import LIMITS, METHODS

SPEC = Path(__file__).parents[3] / "shared" / "botapi" / "spec.json"


def plain(kind: str) -> str:
    if kind.startswith("Array"):
        return "Array"
    return kind if kind in ("Integer", "String", "Boolean", "Float", "InputFile") else "Object"


@pytest.fixture
def spec() -> dict[str, Any]:
    if not SPEC.exists():
        pytest.skip("the Bot API as data (../shared/botapi) is not here")
    content: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
    return content


@pytest.mark.plans
def test_parameters_and_their_types(spec: dict[str, Any]) -> None:
    for method, parameters in METHODS.items():
        fields = spec["methods"][method]["fields"]
        assert parameters == {
            name: sorted({plain(kind) for kind in about[0]}) for name, about in fields.items()
        }


@pytest.mark.plans
def test_lengths(spec: dict[str, Any]) -> None:
    def longest(place: str, name: str, field: str) -> int:
        length: int = spec[place][name]["fields"][field][2][1]
        return length

    assert longest("types", "InputTextMessageContent", "message_text") == LIMITS["message_text"]
    assert longest("types", "InlineKeyboardButton", "callback_data") == LIMITS["callback_data"]
    assert longest("types", "CopyTextButton", "text") == LIMITS["copy_text"]
    assert longest("types", "ReplyKeyboardMarkup", "input_field_placeholder") == LIMITS["placeholder"]
    assert longest("types", "BotCommand", "command") == LIMITS["command"]
    assert longest("types", "BotCommand", "description") == LIMITS["command_description"]
    assert longest("methods", "answerCallbackQuery", "text") == LIMITS["callback_answer"]
    assert longest("types", "InlineQueryResultsButton", "start_parameter") == LIMITS["start_parameter"]
    assert longest("methods", "setMyDescription", "description") == LIMITS["description"]
    assert longest("methods", "setMyShortDescription", "short_description") == LIMITS["short_description"]
    assert longest("methods", "setWebhook", "secret_token") == LIMITS["secret_token"]
