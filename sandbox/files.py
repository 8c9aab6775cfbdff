"""Files that were sent, either way."""

import mimetypes
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """A file as it came in with a request."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file as Telegram keeps it: under an id for the bot and a path to fetch it from."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime: str
    data: bytes = field(repr=False)
    size: tuple[int, int] | None
    """Width and height, if it is a picture."""

    def as_file(self) -> Json:
        """The Bot API's ``File``."""
        return {**self._names(), "file_path": self.path}

    def as_document(self) -> Json:
        """The Bot API's ``Document``."""
        return {"file_name": self.name, "mime_type": self.mime, **self._names()}

    def as_photo(self) -> list[Json]:
        """The Bot API's list of ``PhotoSize``, of the one size that the sandbox keeps."""
        width, height = self.size or (0, 0)
        return [{**self._names(), "width": width, "height": height}]

    def as_voice(self) -> Json:
        """The Bot API's ``Voice``."""
        return {**self._names(), "duration": 3, "mime_type": self.mime}

    def as_sticker(self) -> Json:
        """The Bot API's ``Sticker``."""
        flags = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
        return {**self._names(), "width": 512, "height": 512, **flags}

    def _names(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    """All files that were ever sent."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, upload: Upload, folder: str) -> StoredFile:
        """Store a file; ``folder`` is the first part of its path (``documents``, ``photos`` …)."""
        name = upload.name.replace("\\", "/").rpartition("/")[2] or "file"
        ending = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            file_id="BQACAgIAAxkB" + secrets.token_urlsafe(24),
            unique_id="AgAD" + secrets.token_urlsafe(9),
            path=f"{folder}/file_{len(self._by_id)}.{ending}",
            name=name,
            mime=_mime(name, upload.mime),
            data=upload.data,
            size=picture_size(upload.data),
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file of that id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file of that path, as ``getFile`` gave it."""
        return self._by_path.get(path)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height out of the head of a PNG, GIF, JPEG or WebP picture; None if it is none."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_size(data)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # a frame header, not a table
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


_MIMES: Mapping[str, str] = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ics": "text/calendar",
}


def _mime(name: str, told: str) -> str:
    """The type by the name's ending, as Telegram's clients do; what was told if the name says nothing."""
    ending = "." + name.rpartition(".")[2].lower()
    return _MIMES.get(ending) or mimetypes.guess_type(name)[0] or told or "application/octet-stream"
