"""The baselines of the conversations: what one would write with aiogram and SQLAlchemy Core alone.

One dispatcher without dialogue state, one router, async filters, statements built once, one transaction an
update on an engine of the same class with the same pragmas; no views, no rights, no inbox.
"""

from __future__ import annotations

from datetime import UTC, datetime

from aiogram import Bot, Dispatcher, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, Update
from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.views.callback_data import CallbackData
from storage.engine import Database
from storage.tables import events, memberships, persons, rsvps

_WHO_AND_WHAT = (
    select(
        persons.c.id,
        memberships.c.association_id,
        events.c.title,
        events.c.answers_until,
        events.c.day_version,
    )
    .select_from(persons)
    .join(
        memberships,
        and_(
            memberships.c.person_id == persons.c.id,
            memberships.c.association_id == persons.c.current_association_id,
        ),
    )
    .join(
        events,
        and_(events.c.association_id == memberships.c.association_id, events.c.id == bindparam("event")),
    )
    .where(persons.c.telegram_id == bindparam("telegram_id"))
)
_GIVEN = insert(rsvps)
_PUT = _GIVEN.on_conflict_do_update(
    index_elements=[rsvps.c.association_id, rsvps.c.event_id, rsvps.c.person_id],
    set_={name: _GIVEN.excluded[name] for name in ("answer", "day_version", "answered_at")},
)
_NEXT = (
    select(events.c.title, events.c.venue, events.c.starts_at)
    .where(events.c.association_id == 1, events.c.ends_at > bindparam("now"))
    .order_by(events.c.ends_at)
    .limit(1)
)
# Any column does that changes each time: SQLite writes nothing where nothing changes.
_SEEN = (
    update(persons)
    .where(persons.c.telegram_id == bindparam("who"))
    .values(created_at=bindparam("now", type_=persons.c.created_at.type))
)


class _Press(CallbackData, prefix="rsvp"):
    event: int
    answer: str
    place: int


class _Next(Filter):
    async def __call__(self, message: Message) -> bool:
        return message.text == "Ближайшее"


class Bare:
    """A bot that answers as briefly as possible."""

    def __init__(self, database: Database, bot: Bot) -> None:
        self._database = database
        self._bot = bot
        self._dispatcher = Dispatcher(disable_fsm=True)
        router = Router()
        router.callback_query.register(self._pressed, _Press.filter())
        router.message.register(self._asked, _Next())
        self._dispatcher.include_router(router)

    async def feed(self, raw: str) -> None:
        """Handles one raw update: parsed, dispatched, committed, replied to."""
        parsed = Update.model_validate_json(raw, context={"bot": self._bot})
        await self._dispatcher.feed_update(self._bot, parsed)

    async def _pressed(self, callback: CallbackQuery, callback_data: _Press) -> None:
        """One joined read, one upsert, a commit; the press acknowledged, its message edited."""
        now = datetime.now(UTC)
        async with self._database.write() as connection:
            found = (
                await connection.execute(
                    _WHO_AND_WHAT, {"event": callback_data.event, "telegram_id": callback.from_user.id}
                )
            ).one()
            assert found.answers_until > now
            await connection.execute(
                _PUT,
                {
                    "association_id": found.association_id,
                    "event_id": callback_data.event,
                    "person_id": found.id,
                    "answer": callback_data.answer,
                    "day_version": found.day_version,
                    "answered_at": now,
                },
            )
            await connection.commit()
        await callback.answer("Записано")
        assert isinstance(callback.message, Message)
        await callback.message.edit_text(
            f"{found.title}\nВы придёте.", reply_markup=callback.message.reply_markup
        )

    async def _asked(self, message: Message) -> None:
        """One indexed read, one write, a commit; one message."""
        assert message.from_user is not None
        now = datetime.now(UTC)
        async with self._database.write() as connection:
            found = (await connection.execute(_NEXT, {"now": now})).one()
            await connection.execute(_SEEN, {"who": message.from_user.id, "now": now})
            await connection.commit()
        await message.answer(f"{found.title}\n{found.starts_at:%d.%m %H:%M}, {found.venue}")
