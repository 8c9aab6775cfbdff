"""What a request to the Bot API says: JSON, form or multipart, and the query string with any of them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.facts import METHODS
from sandbox.files import Json, Upload
from sandbox.refusal import bad_request, refusal

_YES = ("true", "yes", "1")
_NO = ("false", "no", "0", "")


@dataclass(frozen=True)
class Params:
    """The parameters of a call, and the files that came with it."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A parameter as text, empty if it is missing."""
        value = self.values.get(name)
        if value is None:
            return ""
        return json.dumps(value) if isinstance(value, (bool, list, dict)) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A parameter as a number."""
        text = self.text(name)
        return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else default

    def flag(self, name: str) -> bool:
        """A parameter as yes or no."""
        return self.text(name).lower() in _YES

    def json(self, name: str, called: str) -> Any:
        """A parameter that is JSON, None if missing; ``called`` is Telegram's name for it."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {called} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file of that parameter: sent under its name, or under the name that ``attach://`` gives."""
        value = self.text(name)
        return self.uploads.get(value.removeprefix("attach://") if value.startswith("attach://") else name)

    def for_journal(self) -> Json:
        """The same as plain JSON: nested values opened, files by name and size."""
        plain = {name: _opened(value) for name, value in self.values.items()}
        files = {name: {"file_name": up.name, "size": len(up.data)} for name, up in self.uploads.items()}
        return {**plain, **files}

    def check_types(self, method: str) -> None:
        """Refuse a number that is none and a yes-or-no that is neither. Telegram takes such a value for 0 or
        for no; here the mistake is told, in the words that Telegram has for fields of objects."""
        for name, types in METHODS[method].items():
            text = self.text(name)
            if types == ["Integer"] and not re.fullmatch(r"(-?[0-9]+)?", text):
                raise bad_request(f'Field "{name}" must be of type Number')
            if types == ["Boolean"] and text.lower() not in _YES + _NO:
                raise bad_request(f'Field "{name}" must be of type Boolean')


def _opened(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


async def read_params(request: web.Request) -> Params:
    """The parameters of a request, whatever way they came."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json" and request.can_read_body:
        try:
            body = await request.json()
        except ValueError:
            raise bad_request("can't parse request body as JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("object expected as request body")
        values.update((name, value) for name, value in body.items() if value is not None)
        return Params(values)
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise refusal(413) from None
    for name, part in form.items():
        if isinstance(part, web.FileField):
            uploads[name] = Upload(part.filename, part.content_type, part.file.read())
        else:
            values[name] = part.decode() if isinstance(part, (bytes, bytearray)) else part
    return Params(values, uploads)
