"""A check-in: whether it is taken now, and what a code for it holds. Attendance is what is kept of it.

A code is a trigger and no proof of presence: whoever has it can send it on. One that changes every half
minute shows that it was sent on, since it is stale by then.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import DomainError
from domain.records import Event, Status

# So long before and after an event people can check in, where their association says nothing else.
USUAL_BEFORE = USUAL_AFTER = timedelta(minutes=30)
# How long a code stands on a screen, and for how many steps more it is taken: a camera has to be aimed.
STEP = timedelta(seconds=30)
_STEPS_MORE = 1
_EVENT_BYTES, _STEP_BYTES, _MAC_BYTES = 6, 4, 10
_PREFIX = "in"
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Token:
    """What a code says: the event, and the half minute it was made for (0: it does not change)."""

    event_id: int
    step: int


@dataclass(frozen=True, slots=True)
class Window:
    """When check-ins are taken: from `opens` to `closes` (aware UTC), both included."""

    opens: datetime
    closes: datetime

    def check(self, at: datetime) -> None:
        """Raises DomainError `checkin_too_early` (fact `opens`), `checkin_too_late` (fact `closes`)."""
        if at < self.opens:
            raise DomainError("checkin_too_early", opens=self.opens)
        if at > self.closes:
            raise DomainError("checkin_too_late", closes=self.closes)


def window(event: Event, before: timedelta = USUAL_BEFORE, after: timedelta = USUAL_AFTER) -> Window | None:
    """When people can check in to an event; None for what nobody comes to, and while its day is not known.

    Of a day without an hour it is the whole day, and as much around it.
    """
    if not event.gathering or not event.period.day_known:
        return None
    return Window(event.starts_at - before, event.ends_at + after)


def check_open(event: Event, open_for: Window | None, at: datetime) -> None:
    """Whether a check-in of a moment (aware UTC) is taken. Raises DomainError `event_cancelled`,
    `checkin_not_held`, `checkin_no_day`, `checkin_too_early`, `checkin_too_late`, each with `event_id`."""
    if event.status is Status.CANCELLED:
        raise DomainError("event_cancelled", event_id=event.id)
    if event.status is Status.NOT_HELD:
        raise DomainError("checkin_not_held", event_id=event.id)
    if open_for is None:
        raise DomainError("checkin_no_day", event_id=event.id)
    try:
        open_for.check(at)
    except DomainError as error:
        raise DomainError(error.code, event_id=event.id, **error.facts) from None


def step_of(at: datetime) -> int:
    """The half minute that a moment (aware) lies in, counted from 1970."""
    return int(at.timestamp() // STEP.total_seconds())


def write_token(key: bytes, token: Token) -> str:
    """The code: 29 letters, digits, «-» and «_», so that a link can carry it."""
    told = _told(token)
    code = base64.urlsafe_b64encode(told + _mac(key, b"token", told)).decode("ascii")
    return _PREFIX + code.rstrip("=")


def looks_like_token(text: str) -> bool:
    """Whether a text has the shape of a code, whoever made it."""
    return len(text) == len(_PREFIX) + 27 and text.startswith(_PREFIX)


def read_token(key: bytes, text: str) -> Token:
    """The code's meaning. Raises DomainError `checkin_unknown` for what this key did not sign."""
    if not looks_like_token(text):
        raise DomainError("checkin_unknown")
    try:
        raw = base64.b64decode(text[len(_PREFIX) :] + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise DomainError("checkin_unknown") from None
    told, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(key, b"token", told)):
        raise DomainError("checkin_unknown")
    return Token(int.from_bytes(told[:_EVENT_BYTES]), int.from_bytes(told[_EVENT_BYTES:]))


def check_fresh(token: Token, at: datetime) -> None:
    """Whether a code that changes was on the screen at a moment (aware). Raises DomainError `checkin_stale`
    with the event; one that does not change is always fresh."""
    if token.step and not 0 <= step_of(at) - token.step <= _STEPS_MORE:
        raise DomainError("checkin_stale", event_id=token.event_id)


def digits_of(key: bytes, token: Token) -> str:
    """Six digits that stand for the code where a camera fails; none of them begins with a nought."""
    number = int.from_bytes(_mac(key, b"digits", _told(token)))
    return str(10 ** (_DIGITS - 1) + number % (9 * 10 ** (_DIGITS - 1)))


def by_digits(key: bytes, digits: str, event_id: int, at: datetime) -> bool:
    """Whether these are an event's digits at a moment (aware): those that do not change, or the screen's."""
    now = step_of(at)
    steps = [0, *range(now - _STEPS_MORE, now + 1)]
    return any(hmac.compare_digest(digits.encode(), _digits(key, event_id, step)) for step in steps)


def _digits(key: bytes, event_id: int, step: int) -> bytes:
    return digits_of(key, Token(event_id, step)).encode()


def _told(token: Token) -> bytes:
    return token.event_id.to_bytes(_EVENT_BYTES) + token.step.to_bytes(_STEP_BYTES)


def _mac(key: bytes, purpose: bytes, told: bytes) -> bytes:
    return hmac.digest(key, purpose + b"\0" + told, "sha256")[:_MAC_BYTES]
