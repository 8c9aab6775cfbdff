"""Two people change the same event: the second is shown what the first did, and asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from actions.acting import wait_for
from actions.undoing import changes_since
from bot.views import journal as views
from bot.views.view import View
from domain.errors import DomainError
from domain.records import Actor
from storage.unit_of_work import UnitOfWork

# So a rule answers where the event is not as it was in the preview.
_CHANGED = frozenset({"event_changed", "event_cancelled", "task_cancelled", "undo_gone", "day_not_named"})
_CHANGED |= {"not_together"}


async def made_or_asked(
    made: Awaitable[View],
    preview: Callable[[], Awaitable[View]] | None,
    uow: UnitOfWork,
    actor: Actor,
    seen: tuple[int, int],
    now: datetime,
    *,
    other: tuple[int, int] | None = None,
) -> View:
    """What was done to an event as it was `seen` (its id and revision), and to the `other` one that goes with
    it. Where somebody changed it since: who changed what, and the change's preview anew, whose button
    confirms it against what stands now.

    Without a `preview` such a change can't be made any more. Raises whatever else `made` raises.
    """
    try:
        return await made
    except DomainError as error:
        if error.code not in _CHANGED:
            raise
        event, since = await changes_since(uow, actor, *seen)
        if not since and other is not None:
            event, since = await changes_since(uow, actor, *other)
        if not since:
            raise
    try:
        again = None if preview is None else await preview()
    except DomainError:
        again = None
        await wait_for(uow, actor, None)  # there is nothing left of what was spoken of
    return views.meanwhile(event, since, again, actor, now, of_one=other is None)
