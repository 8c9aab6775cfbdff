"""`run`: from settings to a serving bot, and to a clean stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal

import structlog
from aiogram.exceptions import TelegramBadRequest

from bot import logs
from bot.app import AlreadyRunningError, App, build_app
from bot.installation import cannot_open
from bot.polling import WrongTokenError
from bot.sentences import ALREADY_RUNNING, BAD_ADDRESS, NEWER_SCHEMA, WRONG_TOKEN
from bot.settings import Settings
from storage.errors import StorageError
from storage.schema import NewerSchemaError

log = structlog.get_logger(__name__)


def serve(settings: Settings, *, webhook: bool) -> str | None:
    """Serves until SIGTERM or SIGINT; returns a sentence where it cannot go on."""
    logs.set_up(settings.log_level, settings.log_format)
    try:
        app = build_app(settings)
    except ValueError:
        return f"DATABASE_URL: {BAD_ADDRESS}"
    return asyncio.run(serve_app(app, webhook=webhook))


async def serve_app(app: App, *, webhook: bool) -> str | None:
    """Serves with a wired app until SIGTERM or SIGINT; returns a sentence where it cannot go on."""
    try:
        await app.prepare()
    except AlreadyRunningError:
        return ALREADY_RUNNING
    except NewerSchemaError:
        return NEWER_SCHEMA
    except (StorageError, OSError) as error:
        return cannot_open(app.database, error)
    # What is loaded by now stays: to look through it for garbage again and again would hold everything up for
    # a tenth of a second, and push messages together that are to go apart.
    gc.collect()
    gc.freeze()
    serving = asyncio.create_task(app.listen() if webhook else app.poll())
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, serving.cancel)
    log.info("Звонок работает", webhook=webhook)
    try:
        with contextlib.suppress(asyncio.CancelledError):
            await serving
    except WrongTokenError:
        return WRONG_TOKEN
    except TelegramBadRequest as error:
        return f"Telegram не принимает адрес вебхука: {error.message}. Проверьте WEB_URL."
    except OSError as error:
        return f"Веб-часть не запускается: {error.strerror or error}. Проверьте WEB_HOST и WEB_PORT."
    except BaseExceptionGroup as group:
        if group.subgroup(WrongTokenError) is None:
            raise
        return WRONG_TOKEN
    finally:
        await app.close()
    log.info("Звонок остановлен")
    return None
