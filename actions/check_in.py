"""«Я на месте»: who comes marks herself, by a code, a word or a button; judged by when she said so."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from actions.checking import check_sees, known_event
from domain.checkin import Token, Window, check_fresh, check_open, read_token, window
from domain.errors import DomainError
from domain.records import Actor, Association, Attendance, Event, Way
from storage.unit_of_work import UnitOfWork

_KEY = "checkin"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The event, her mark that stands now, and whether it stood already."""

    event: Event
    attendance: Attendance
    repeated: bool


async def signing_key(uow: UnitOfWork) -> bytes:
    """The key that signs check-in codes; made once, at the first start."""
    async with uow as rows:
        key = await rows.secrets.keep(_KEY, secrets.token_bytes(_KEY_BYTES))
        await uow.commit()
    return key


def open_for(event: Event, home: Association) -> Window | None:
    """When people can check in to an event, by what their association has set; None while that is not
    known."""
    return window(event, home.checkin_before, home.checkin_after)


async def check_in(
    uow: UnitOfWork, actor: Actor, event_id: int, way: Way, at: datetime, now: datetime
) -> CheckedIn:
    """Marks her as present at an event. `at` is when she said so, by Telegram's clock: what lay in the inbox
    for a while counts as of then. A second time changes nothing.

    Raises DomainError `event_unknown`, `no_answer_needed`, and those of domain.checkin.check_open.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_sees(ours, actor, event_id)
        event = await known_event(ours, event_id)
        if not event.gathering:
            raise DomainError("no_answer_needed", event_id=event_id)
        check_open(event, open_for(event, actor.home), at)
        first = await ours.attendance.check_in(event_id, actor.person_id, way, now)
        mark = (await ours.attendance.of_event(event_id, actor.person_id))[actor.person_id]
        await uow.commit()
    return CheckedIn(event, mark, repeated=not first)


def event_of_code(key: bytes, code: str, at: datetime) -> Token:
    """What a scanned code says. Raises DomainError `checkin_unknown`, `checkin_stale`."""
    token = read_token(key, code)
    check_fresh(token, at)
    return token
