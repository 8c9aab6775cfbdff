"""Whatever a bot sends, the sandbox answers or refuses; it never breaks."""

import asyncio
import contextlib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import acts
from sandbox.api import BotApi
from sandbox.clock import Clock
from sandbox.facts import METHODS
from sandbox.faults import Faults
from sandbox.files import picture_size
from sandbox.journal import Journal
from sandbox.params import Params
from sandbox.refusal import RefusedError
from sandbox.webhook import Webhook
from sandbox.world import Bot, World
from tests.sandbox.conftest import MARIA

NAMES = st.sampled_from(
    "text url callback_data web_app copy_text style keyboard inline_keyboard remove_keyboard type chat_id "
    "message_id offset length input_field_placeholder command description".split()
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 1 << 40)
    | st.text(max_size=5)
    | st.sampled_from(["{", "[1]", "https://example.com/", str(MARIA), "http://[", "HTML", "typing"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)
BUTTONS = st.dictionaries(NAMES, VALUES, max_size=4)
MARKUPS = st.fixed_dictionaries(
    {}, optional={"inline_keyboard": st.lists(st.lists(BUTTONS)), "keyboard": VALUES}
)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, Params]:
    # These two wait, and start to deliver; what they refuse is looked at elsewhere.
    method = draw(st.sampled_from(sorted(METHODS.keys() - {"getUpdates", "setWebhook"})))
    names = METHODS[method]
    values: dict[str, Any] = {name: draw(VALUES) for name in names if draw(st.booleans())}
    if "chat_id" in names and draw(st.booleans()):
        values["chat_id"] = MARIA
    if "reply_markup" in names and draw(st.booleans()):
        values["reply_markup"] = draw(MARKUPS)
    if "text" in names and draw(st.booleans()):
        values["text"] = "а"
    return method, Params({name: value for name, value in values.items() if value is not None})


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(calls(), max_size=4))
def test_any_call_is_answered_or_refused(made: list[tuple[str, Params]]) -> None:
    async def make_them() -> None:
        world = World(Bot("1:demo", "demo_bot", "Demo"), Clock())
        acts.write(world, world.chats[MARIA], "/start")
        api = BotApi(world, Webhook(world), Faults(), Journal())
        for method, params in made:
            with contextlib.suppress(RefusedError):
                assert (await api.answer(method, params))["ok"]

    asyncio.run(make_them())


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.binary(max_size=40),
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF0000WEBPVP8X", b"\xff\xd8\xff\xc0", b""]),
)
def test_any_file_is_a_picture_or_none(data: bytes, head: bytes) -> None:
    size = picture_size(head + data)
    assert size is None or len(size) == 2
