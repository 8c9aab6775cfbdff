"""Rows of the outbox as messages in Telegram."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from markupsafe import escape

from actions.acting import set_reachable
from actions.delivering import Batch, read_batch
from bot.session import never_sent
from bot.views import dates, desk, notices
from bot.views.view import View, send
from domain.records import Answer
from scheduler.clock import Clock
from scheduler.delivery import Fate, Letter, Outcome
from storage.engine import Database
from storage.errors import StorageError
from storage.outbox import Message, OutboxRow
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

# A request for a message is given up after so many seconds; whether it arrived is then not known.
_TIMEOUT = 30


class TelegramDelivery:
    """Implements scheduler.delivery.Delivery."""

    def __init__(self, bot: Bot, database: Database, clock: Clock) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock

    async def prepare(self, rows: Sequence[OutboxRow], now: datetime) -> list[Letter]:
        """Reads each event once, renders once a notice and answer; a row without a letter is obsolete."""
        by_association: defaultdict[int, list[OutboxRow]] = defaultdict(list)
        for row in rows:
            by_association[row.association_id].append(row)
        letters: list[Letter] = []
        for association_id, ours in by_association.items():
            batch = await read_batch(UnitOfWork(self._database), association_id, ours, now)
            rendered: dict[tuple[object, ...], View | None] = {}
            for row in ours:
                try:
                    views = _render(row, batch, rendered, now)
                except Exception:  # one message that cannot be made must not hold up the others
                    log.exception("a message was given up", outbox=row.id, kind=row.kind)
                    continue
                if views:
                    letters.append(Letter(row, tuple(send(row.telegram_id, view) for view in views)))
        return letters

    async def send(self, letter: Letter) -> Outcome:
        """Sends one letter and says what became of it; raises nothing."""
        # A long question goes in several messages: once the first is there, the rest cannot begin anew.
        not_sent = Fate.LATER
        try:
            for method in letter.content:
                sent = await self._bot(method, request_timeout=_TIMEOUT)
                not_sent = Fate.UNCERTAIN
        except TelegramRetryAfter as error:
            return Outcome(not_sent, retry_after=float(error.retry_after), everybody=True)
        except TelegramForbiddenError:
            return await self._gone(letter.row)
        except TelegramServerError:
            return Outcome(not_sent)
        except TelegramNetworkError as error:
            return Outcome(not_sent if never_sent(error) else Fate.UNCERTAIN)
        except TelegramBadRequest as error:
            if "chat not found" in error.message:
                return await self._gone(letter.row)
            return self._refused(letter.row, error)
        except TelegramAPIError as error:
            return self._refused(letter.row, error)
        except AiogramError as error:  # an answer, but not Telegram's
            log.warning("no sense in the answer", outbox=letter.row.id, reason=type(error).__name__)
            return Outcome(Fate.UNCERTAIN)
        return Outcome(Fate.SENT, message_id=sent.message_id)

    def _refused(self, row: OutboxRow, error: TelegramAPIError) -> Outcome:
        log.error("Telegram refuses a message", outbox=row.id, reason=error.message)
        return Outcome(Fate.REFUSED)

    async def _gone(self, row: OutboxRow) -> Outcome:
        uow = UnitOfWork(self._database)
        try:
            await set_reachable(uow, row.telegram_id, self._clock.now(), reachable=False)
        except (StorageError, OSError) as error:  # the next message will say it again
            log.warning("not marked as unreachable", person=row.person_id, reason=str(error))
        return Outcome(Fate.GONE)


def _render(
    row: OutboxRow, batch: Batch, rendered: dict[tuple[object, ...], View | None], now: datetime
) -> list[View]:
    """The messages of a row; none where it says nothing new any more."""
    reader = batch.readers.get(row.person_id)
    if reader is None:
        return []
    day = dates.local(now, batch.home.zone).date()
    match row.kind:
        case Message.QUESTION | Message.REPLY:
            question = batch.questions.get(row.question_id or 0)
            if question is None:
                return []
            return desk.reply(question) if row.kind is Message.REPLY else desk.question(question)
        case Message.NAMING:
            key: tuple[object, ...] = (row.kind,)
            if key not in rendered:
                rendered[key] = notices.naming(batch.unnamed, batch.home, day)
        case _:
            answer = batch.answers.get((row.event_id, row.person_id))
            key = (row.kind, row.event_id, row.version, row.since_revision, answer)
            if key not in rendered:
                rendered[key] = _about_event(row, batch, answer, day)
    view = rendered[key]
    return [] if view is None else [notices.addressed(view, escape(reader.formal))]


def _about_event(row: OutboxRow, batch: Batch, answer: Answer | None, day: date) -> View | None:
    event = batch.events.get(row.event_id or 0)
    if event is None:
        return None
    if row.kind is Message.REMINDER:
        return notices.reminder(event, answer, day) if row.version == event.schedule_version else None
    if row.version != event.revision:  # a later change has its own message
        return None
    before = batch.revisions.get((event.id, row.since_revision or 0))
    return None if before is None else notices.change(event, before, answer, day)
