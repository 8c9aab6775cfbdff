"""Rows of the outbox as messages in Telegram."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendChatAction
from markupsafe import escape

from actions.acting import set_reachable
from actions.delivering import Batch, read_batch
from actions.groups import speak_again
from bot.group_trouble import Trouble, see_to_group, trouble_of
from bot.session import maybe_sent
from bot.views import notices
from bot.views.letters import alike, render
from bot.views.view import View, edit, send
from scheduler.clock import Clock
from scheduler.delivery import Fate, Letter, Outcome
from storage.engine import Database
from storage.errors import StorageError
from storage.outbox import Message, OutboxRow
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

# A request for a message is given up after so many seconds; whether it arrived is then not known.
_TIMEOUT = 30
# A card that somebody took out of the group, or that cannot be changed any more, is not put there again; one
# that went with its whole topic is put outside.
_CARD_GONE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")
_TYPING = "typing"
# A revoked token, say: no fault of the message, which waits for better times.
_ABOUT_THE_BOT = (TelegramUnauthorizedError, TelegramNotFound, TelegramConflictError)
# What Telegram says of a chat that is not there for us; of a person, as good as a block.
_NOBODY_THERE = ("chat not found", "user is deactivated", "have no rights to send")
# A card whose group has moved, or lost the topic, goes there at once; the others go nowhere.
_FATES = {
    Trouble.MOVED: Fate.MOVED,
    Trouble.NO_TOPIC: Fate.MOVED,
    Trouble.SILENCED: Fate.GONE,
    Trouble.LOST: Fate.GONE,
}


class TelegramDelivery:
    """Implements scheduler.delivery.Delivery."""

    def __init__(
        self, bot: Bot, database: Database, clock: Clock, is_working_day: Callable[[date], bool]
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._is_working_day = is_working_day

    async def prepare(self, rows: Sequence[OutboxRow], now: datetime) -> list[Letter]:
        """Reads each event once, renders once a notice and answer; a row without a letter is obsolete."""
        by_association: defaultdict[int, list[OutboxRow]] = defaultdict(list)
        for row in rows:
            by_association[row.association_id].append(row)
        letters: list[Letter] = []
        for association_id, ours in by_association.items():
            uow = UnitOfWork(self._database)
            batch = await read_batch(uow, association_id, ours, now, self._is_working_day)
            rendered: dict[tuple[object, ...], Sequence[View]] = {}
            for row in ours:
                key = alike(row, batch, now)
                try:
                    if key not in rendered:
                        rendered[key] = render(row, batch, now)
                except Exception:  # one message that cannot be made must not hold up the others
                    log.exception("a message was given up", outbox=row.id, kind=row.kind)
                    continue
                if letter := _letter(row, batch, rendered[key]):
                    letters.append(letter)
        return letters

    async def send(self, letter: Letter) -> Outcome:
        """Sends one letter and says what became of it; raises nothing."""
        # A long question goes in several messages: once the first is there, the rest cannot begin anew.
        not_sent = Fate.LATER
        sent: Any = None
        try:
            for method in letter.content:
                sent = await self._bot(method, request_timeout=_TIMEOUT)
                not_sent = Fate.UNCERTAIN
        except TelegramRetryAfter:  # the session lets nobody start meanwhile
            return Outcome(not_sent, slow_down=not_sent is Fate.LATER)
        except (TelegramNetworkError, TelegramServerError) as error:
            return Outcome(Fate.UNCERTAIN if maybe_sent(error) else not_sent)
        except _ABOUT_THE_BOT as error:
            log.error("Telegram does not know the bot", outbox=letter.row.id, reason=error.message)
            return Outcome(not_sent)
        except TelegramAPIError as error:
            return await self._refusal(letter.row, error)
        except AiogramError as error:  # an answer, but not Telegram's
            log.warning("no sense in the answer", outbox=letter.row.id, reason=type(error).__name__)
            return Outcome(Fate.UNCERTAIN)
        if letter.row.silent:
            await self._heard(letter.row)
        return Outcome(Fate.SENT, message_id=getattr(sent, "message_id", None))

    async def _refusal(self, row: OutboxRow, error: TelegramAPIError) -> Outcome:
        """What becomes of a message that Telegram does not take."""
        if "message is not modified" in error.message:
            return Outcome(Fate.SENT)
        if isinstance(error, TelegramBadRequest) and any(one in error.message for one in _CARD_GONE):
            return await self._card_gone(row)
        if row.person_id is None:
            return await self._in_trouble(row, error)
        if isinstance(error, TelegramForbiddenError) or any(one in error.message for one in _NOBODY_THERE):
            return await self._gone(row)
        return self._refused(row, error)

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

    async def _card_gone(self, row: OutboxRow) -> Outcome:
        """A card is not where it was: somebody took it out, or the whole topic with all that stood in it.
        Then it comes back outside. Telegram says which where something is about to be written there."""
        if row.topic_id is None:
            return Outcome(Fate.GONE)
        typing = SendChatAction(chat_id=row.telegram_id, action=_TYPING, message_thread_id=row.topic_id)
        try:
            await self._bot(typing, request_timeout=_TIMEOUT)
        except TelegramBadRequest as error:
            if trouble_of(error, in_topic=True) is Trouble.NO_TOPIC:
                return await self._in_trouble(row, error)
        except AiogramError as error:
            log.warning("not known whether a topic is there", reason=type(error).__name__)
            return Outcome(Fate.LATER)
        return Outcome(Fate.GONE)

    async def _in_trouble(self, row: OutboxRow, error: TelegramAPIError) -> Outcome:
        """A card that its group does not take."""
        now = self._clock.now()
        try:
            trouble = await see_to_group(self._database, error, row.telegram_id, row.topic_id, now)
        except (StorageError, OSError) as away:
            log.warning("the group's trouble was not kept", reason=str(away))
            return Outcome(Fate.LATER)
        if trouble is None:
            return self._refused(row, error)
        log.warning("a group is in trouble", association=row.association_id, reason=error.message)
        return Outcome(_FATES[trouble])

    async def _heard(self, row: OutboxRow) -> None:
        """A group that was out of bounds has taken a message again."""
        try:
            await speak_again(UnitOfWork(self._database), row.telegram_id, self._clock.now())
        except (StorageError, OSError) as error:  # the next card will do it
            log.warning("the group's silence was not ended", reason=str(error))


def _letter(row: OutboxRow, batch: Batch, views: Sequence[View]) -> Letter | None:
    """The messages to one person, or the group's card; None where there is nothing to say, or she is here no
    more."""
    if not views:
        return None
    if row.kind is Message.CARD:
        return _kept_up(row, views[0], batch.counts[row.event_id or 0].shown)
    if row.kind is Message.PROGRESS:
        return _kept_up(row, views[0], batch.progress[row.broadcast_id or 0].shown)
    reader = batch.readers.get(row.person_id or 0)
    if reader is None or (reader.outside and row.kind is not Message.ROLE):
        return None
    name = escape(reader.name.formal)
    said = [notices.addressed(view, name) for view in views]
    if reader.elsewhere:
        said[0] = notices.of_association(said[0], batch.home)
    return Letter(row, tuple(send(row.telegram_id, view) for view in said))


def _kept_up(row: OutboxRow, view: View, shown: str) -> Letter:
    """What is kept up to date: a new message, or the one that is there changed."""
    if row.message_id is None:
        return Letter(row, (send(row.telegram_id, view, row.topic_id),), shown)
    return Letter(row, (edit(row.telegram_id, row.message_id, view),), shown)
