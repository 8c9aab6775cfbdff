"""A check-in: whether it is taken now, and what a code for it holds. Attendance is what is kept of it.

A code is a trigger and no proof of presence: whoever has it can send it on. One that changes every half
minute shows that it was sent on, since it is stale by then.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.errors import DomainError
from domain.records import Event, Status, Way

# How long a code stands on a screen, and for how many steps more it is taken: a camera has to be aimed.
STEP = timedelta(seconds=30)
_STEPS_MORE = 1
_EVENT_BYTES, _STEP_BYTES, _MAC_BYTES = 6, 4, 10
_PREFIX, _TYPED_PREFIX = "in", "by"
DIGITS = 6
# What the codes are for is signed with them: none can stand for another.
_SCAN, _SCREEN, _SPOKEN, _TYPED = b"token", b"screen", b"digits", b"typed"


@dataclass(frozen=True, slots=True)
class Token:
    """What a code says: the event, and the half minute it was made for (0: it does not change)."""

    event_id: int
    step: int


@dataclass(frozen=True, slots=True)
class Screen:
    """What the link of a screen says: the event, and which of its days it is for."""

    event_id: int
    day_version: int


@dataclass(frozen=True, slots=True)
class Scan:
    """An event's code was scanned or its link opened, or the digits under it were typed, at a moment
    (aware)."""

    event_id: int
    at: datetime
    way: Way = Way.QR

    @property
    def token(self) -> Token:
        """The event and when that was, to the half minute, as in a code."""
        return Token(self.event_id, step_of(self.at))

    @classmethod
    def of(cls, token: Token, way: Way = Way.QR) -> Scan:
        """What these say."""
        return cls(token.event_id, datetime.fromtimestamp(token.step * STEP.total_seconds(), UTC), way)


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


def window(event: Event, before: timedelta, after: timedelta) -> Window | None:
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


def check_not_over(event: Event, open_for: Window | None, at: datetime) -> None:
    """Whether check-ins are taken at a moment (aware UTC) or later. Raises as `check_open` does, but for
    `checkin_too_early`."""
    check_open(event, open_for, at if open_for is None else max(at, open_for.opens))


def is_open(event: Event, open_for: Window | None, at: datetime) -> bool:
    """Whether a check-in of a moment (aware UTC) is taken."""
    try:
        check_open(event, open_for, at)
    except DomainError:
        return False
    return True


def step_of(at: datetime) -> int:
    """The half minute that a moment (aware) lies in, counted from 1970."""
    return int(at.timestamp() // STEP.total_seconds())


def write_token(key: bytes, token: Token) -> str:
    """The code: 29 letters, digits, «-» and «_», so that a link can carry it."""
    return _PREFIX + _sealed(key, _SCAN, token.event_id, token.step)


def looks_like_token(text: str) -> bool:
    """Whether a text has the shape of a code, whoever made it."""
    return _looks_sealed(_PREFIX, text)


def read_token(key: bytes, text: str) -> Token:
    """The code's meaning. Raises DomainError `checkin_unknown` for what this key did not sign."""
    if not looks_like_token(text):
        raise DomainError("checkin_unknown")
    return Token(*_opened(key, _SCAN, text[len(_PREFIX) :]))


def write_kept_scan(key: bytes, scan: Scan) -> str:
    """A scan as text for a button, as long as a code; of digits that were typed it is no code that could be
    scanned."""
    if scan.way is Way.DIGITS:
        return _TYPED_PREFIX + _sealed(key, _TYPED, scan.event_id, scan.token.step)
    return write_token(key, scan.token)


def looks_like_kept_scan(text: str) -> bool:
    """Whether a text has the shape of what `write_kept_scan` makes, whoever made it."""
    return looks_like_token(text) or _looks_sealed(_TYPED_PREFIX, text)


def read_kept_scan(key: bytes, text: str) -> Scan:
    """What `write_kept_scan` wrote. Raises DomainError `checkin_unknown` for what this key did not sign, and
    for a code that does not change: it tells no moment."""
    if _looks_sealed(_TYPED_PREFIX, text):
        return Scan.of(Token(*_opened(key, _TYPED, text[len(_TYPED_PREFIX) :])), Way.DIGITS)
    token = read_token(key, text)
    if not token.step:
        raise DomainError("checkin_unknown")
    return Scan.of(token)


def write_screen(key: bytes, screen: Screen) -> str:
    """The end of the link to an event's screen: 27 signs as in a code."""
    return _sealed(key, _SCREEN, screen.event_id, screen.day_version)


def read_screen(key: bytes, text: str) -> Screen:
    """What such a link says. Raises DomainError `checkin_unknown` for what this key did not sign."""
    return Screen(*_opened(key, _SCREEN, text))


def check_fresh(token: Token, at: datetime) -> None:
    """Whether a code that changes was on the screen at a moment (aware). Raises DomainError `checkin_stale`
    with the event; one that does not change is always fresh."""
    if token.step and not 0 <= step_of(at) - token.step <= _STEPS_MORE:
        raise DomainError("checkin_stale", event_id=token.event_id)


def digits_of(key: bytes, token: Token) -> str:
    """Six digits that stand for the code where a camera fails; none of them begins with a nought."""
    number = int.from_bytes(_mac(key, _SPOKEN, _told(token.event_id, token.step)))
    return str(10 ** (DIGITS - 1) + number % (9 * 10 ** (DIGITS - 1)))


def by_digits(key: bytes, digits: str, event_id: int, at: datetime) -> bool:
    """Whether these are an event's digits at a moment (aware): those that do not change, or the screen's."""
    now = step_of(at)
    steps = [0, *range(now - _STEPS_MORE, now + 1)]
    theirs = [digits_of(key, Token(event_id, step)) for step in steps]
    return any(hmac.compare_digest(digits.encode(), one.encode()) for one in theirs)


def _looks_sealed(prefix: str, text: str) -> bool:
    return len(text) == len(prefix) + 27 and text.startswith(prefix)


def _sealed(key: bytes, purpose: bytes, event_id: int, number: int) -> str:
    """An event and a number, signed, as text for a link."""
    told = _told(event_id, number)
    return base64.urlsafe_b64encode(told + _mac(key, purpose, told)).decode("ascii").rstrip("=")


def _opened(key: bytes, purpose: bytes, text: str) -> tuple[int, int]:
    """What was sealed. Raises DomainError `checkin_unknown`."""
    try:
        raw = base64.b64decode(text + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise DomainError("checkin_unknown") from None
    told = raw[:-_MAC_BYTES]
    event_id, number = int.from_bytes(told[:_EVENT_BYTES]), int.from_bytes(told[_EVENT_BYTES:])
    if len(raw) != _EVENT_BYTES + _STEP_BYTES + _MAC_BYTES or not hmac.compare_digest(
        text.encode("ascii"), _sealed(key, purpose, event_id, number).encode("ascii")
    ):
        raise DomainError("checkin_unknown")
    return event_id, number


def _told(event_id: int, number: int) -> bytes:
    return event_id.to_bytes(_EVENT_BYTES) + number.to_bytes(_STEP_BYTES)


def _mac(key: bytes, purpose: bytes, told: bytes) -> bytes:
    return hmac.digest(key, purpose + b"\0" + told, "sha256")[:_MAC_BYTES]
