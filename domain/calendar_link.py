"""The private link to somebody's calendar: her id, signed with the installation's key and a salt of hers.

Whoever has the link sees what she sees of her events. Another salt makes another link, and the one before
leads nowhere.
"""

from __future__ import annotations

import base64
import binascii
import hmac

# Together a multiple of three: the code needs no padding, and each is written in one way only.
_ID_BYTES, _MAC_BYTES = 6, 18
_LENGTH = (_ID_BYTES + _MAC_BYTES) * 4 // 3


def write_link_code(key: bytes, salt: bytes, person_id: int) -> str:
    """The link's last part: 32 letters, digits, «-» and «_»."""
    told = person_id.to_bytes(_ID_BYTES)
    return base64.urlsafe_b64encode(told + _mac(key, salt, told)).decode("ascii")


def person_of(code: str) -> int | None:
    """Whose calendar a code says it is, signed or not; None for what no code looks like."""
    if len(code) != _LENGTH:
        return None
    try:
        raw = base64.b64decode(code, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return int.from_bytes(raw[:_ID_BYTES])


def is_signed(key: bytes, salt: bytes, code: str, person_id: int) -> bool:
    """Whether this is the code of a person with this salt."""
    return hmac.compare_digest(code.encode(), write_link_code(key, salt, person_id).encode())


def _mac(key: bytes, salt: bytes, told: bytes) -> bytes:
    return hmac.digest(key, told + salt, "sha256")[:_MAC_BYTES]
