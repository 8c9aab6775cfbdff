"""What a button carries. There are hundreds of kinds, of which a bot that starts needs none yet."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData as OfAiogram  # noqa: TID251 – here it is wrapped
from pydantic import ConfigDict


class CallbackData(OfAiogram, prefix="-"):
    """The base of all buttons: a kind's validators are built when the first of it is made or pressed; what is
    made stays as it is, so it can be remembered by."""

    model_config = ConfigDict(defer_build=True, frozen=True)
