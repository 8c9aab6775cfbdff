"""The numbers and parameters of the Bot API that the sandbox holds a bot to, read from ``limits.json``."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

_facts = json.loads(Path(__file__).with_name("limits.json").read_text(encoding="utf-8"))

VERSION: str = _facts["version"]
"""The version of the Bot API that the file was made from."""

LIMITS: Mapping[str, int] = _facts["limits"]
"""What may be how long, many or big."""

METHODS: Mapping[str, Mapping[str, Sequence[str]]] = _facts["methods"]
"""Method → parameter → the JSON types that it may have."""
