"""What belongs to an event to be read: links with a title, as a coordinator writes them, and files."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.errors import DomainError
from domain.people import tidy_line
from domain.records import MaterialKind

MOST_MATERIALS = 20
LONGEST_TITLE = 150
LONGEST_LINK = 500
# Telegram keeps larger files too, but nobody opens them on a phone in a school's corridor. In bytes.
LARGEST_FILE = 50 * 1024 * 1024

# A scheme, a host and perhaps a port, and whatever follows; no name and no password before the host.
_LINK = re.compile(r"\w+://([^/?#@:]+)(?::\d{1,5})?(?:[/?#].*)?")
_ANY_LINK = re.compile(r"(?:\w+://|www\.)[^\s<>«»\"]+", re.IGNORECASE)
_AROUND = " \t\r\n,;:.–—-|"
_HOST = re.compile(r"(?!-)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.[^\W\d_][\w-]*[^\W_]")


@dataclass(frozen=True, slots=True)
class NewMaterial:
    """A link, or a file that lies with Telegram. `title` is empty for a picture that came without words;
    `link` for a file; `file_id`, `unique_id` and `size` (in bytes) for a link."""

    kind: MaterialKind
    title: str
    link: str = ""
    file_id: str = ""
    unique_id: str = ""
    size: int = 0


def read_links(text: str) -> list[NewMaterial]:
    """«Запись семинара https://…», the title before its link or after it, one or several.

    Raises DomainError `link_missing` where there is none, `link_not_https`, `link_not_understood`,
    `link_too_long` (fact `longest`), `link_untitled`, and those of tidy_material.
    """
    found = list(_ANY_LINK.finditer(text))
    if not found:
        raise DomainError("link_missing")
    starts = [0, *(one.end() for one in found)]
    before = [_bare(text[start : one.start()]) for start, one in zip(starts[:-1], found, strict=True)]
    if not before[0]:  # the titles follow their links
        before = [*before[1:], ""]
        before[-1] = _bare(text[starts[-1] :])
    if not all(before):
        raise DomainError("link_untitled")
    return [
        NewMaterial(MaterialKind.LINK, tidy_material(title), _checked(one[0]))
        for title, one in zip(before, found, strict=True)
    ]


def tidy_material(text: str) -> str:
    """A title on one line. Raises DomainError `line_empty`, `line_too_long` (fact `longest`)."""
    return tidy_line(text, LONGEST_TITLE)


def of_file(kind: MaterialKind, said: str, file_id: str, unique_id: str, size: int) -> NewMaterial:
    """A file with what was said of it: the words under it, or its name. Raises DomainError `file_too_large`
    with the fact `most` (megabytes)."""
    if size > LARGEST_FILE:
        raise DomainError("file_too_large", most=LARGEST_FILE // 1024 // 1024)
    title = " ".join(said.split())
    if len(title) > LONGEST_TITLE:
        title = title[: LONGEST_TITLE - 1].rstrip() + "…"
    return NewMaterial(kind, title, file_id=file_id, unique_id=unique_id, size=size)


def _bare(title: str) -> str:
    """A title without the signs that held it and its link together."""
    return title.strip(_AROUND).rstrip("(").rstrip(_AROUND)


def _checked(link: str) -> str:
    link = link.rstrip(".,;)" if "(" not in link else ".,;")
    if len(link) > LONGEST_LINK:
        raise DomainError("link_too_long", longest=LONGEST_LINK)
    if not link.casefold().startswith("https://"):
        raise DomainError("link_not_https")
    parts = _LINK.fullmatch(link)
    if parts is None or not _HOST.fullmatch(parts[1]):
        raise DomainError("link_not_understood")
    return link
