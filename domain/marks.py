"""What was shown and waits to be confirmed, named shortly enough for a button."""

import json
from hashlib import sha256


def mark_of(*shown: object) -> str:
    """A name of sixteen signs: the same for what is equal, another one for anything else. What it is made of
    are words, numbers, lists and dicts of them."""
    return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
