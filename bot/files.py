"""Files that people send, fetched from Telegram."""

from __future__ import annotations

from io import BytesIO

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import Document
from aiohttp import ClientError

from domain.errors import DomainError

# Larger files are not even fetched.
_LARGEST = 10 * 1024 * 1024


async def download(bot: Bot, document: Document | str) -> bytes:
    """The content of a file, by the message that brought it or by its id. Raises DomainError
    `plan_too_large`, `plan_not_downloaded`."""
    if isinstance(document, Document) and (document.file_size or 0) > _LARGEST:
        raise DomainError("plan_too_large")
    content = BytesIO()
    try:
        await bot.download(document, destination=content)
    except (AiogramError, ClientError, TimeoutError):
        raise DomainError("plan_not_downloaded") from None
    return content.getvalue()
