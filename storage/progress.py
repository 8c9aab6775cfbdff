"""The messages that count up how many have what a coordinator wrote to many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import String, case, cast, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.outbox import Message, State
from storage.tables import outbox

# Such a message is edited at most once in so long, in real time.
_RESTS = timedelta(seconds=5)

_GOING = outbox.alias("going")
_NUMBERS = (
    func.coalesce(func.sum(case((_GOING.c.state == State.SENT, 1), else_=0)), 0),
    func.coalesce(func.sum(case((_GOING.c.state.in_((State.WAITING, State.ATTEMPTED)), 1), else_=0)), 0),
)
# As domain.broadcasts.Progress.shown has it.
_PRESENT = (
    select(cast(_NUMBERS[0], String) + literal(" ") + cast(_NUMBERS[1], String))
    .where(_GOING.c.broadcast_id == outbox.c.broadcast_id, _GOING.c.kind == Message.BROADCAST)
    .correlate(outbox)
    .scalar_subquery()
)


class ProgressMessages:
    """The progress messages of the installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def refresh(self) -> int:
        """Lets those whose counts have changed be edited; returns how many."""
        result = await self._connection.execute(
            update(outbox)
            .where(
                outbox.c.kind == literal(Message.PROGRESS.value, literal_execute=True),
                # An edit is harmless twice.
                outbox.c.state.in_((State.SENT, State.UNCERTAIN)),
                outbox.c.done_at <= datetime.now(UTC) - _RESTS,
                outbox.c.shown.not_like("% 0"),
                outbox.c.shown != _PRESENT,
            )
            # It is due as long as those whom it counts, and so goes before the rest of them.
            .values(state=State.WAITING, attempts=0, retry_at=None)
        )
        return result.rowcount
