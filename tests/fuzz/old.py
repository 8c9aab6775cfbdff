"""Damaged files of an older format: each goes through LibreOffice, which takes seconds, and to the reader."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from documents.example_plan import write_example_plan
from documents.process import read_either_apart
from domain.errors import DomainError
from tests.documents.office import Office
from tests.fuzz.judging import in_words, on_its_way
from tests.fuzz.packages import Sent

_SECTOR = 512  # bytes of the older container that belong together
_OPENING = 8  # bytes by which it is known


def made_by_office(*kinds: str) -> list[bytes]:
    """The example plan as LibreOffice writes it; `kinds` are what `--convert-to` takes."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        return [office.convert(write_example_plan(2026), "docx", kind) for kind in kinds]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed, parts in other places or filled with one byte, and sometimes the end lost."""
    broken = bytearray(content)
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(_OPENING, len(broken))
        match chance.randrange(4):
            case 0 | 1:
                broken[at] = chance.randrange(256)
            case 2:
                start = at - at % _SECTOR + _OPENING
                broken[at : at + 64] = broken[start : start + 64]
            case _:
                broken[at : at + 16] = bytes([chance.choice([0, 1, 0x7F, 0xFF])]) * 16
    if chance.random() < 0.2:
        del broken[chance.randrange(_SECTOR, len(broken)) :]
    return bytes(broken)


def damaged_docs(content: bytes, number: int) -> Iterator[Sent]:
    """A .doc damaged in ever other ways, the same for the same number."""
    chance = random.Random(number)
    while True:
        yield Sent("plan.doc", damaged(content, chance))


async def outcome_apart(sent: Sent) -> str:
    """As `tests.fuzz.judging.outcome` of what is read in processes of its own."""
    try:
        return on_its_way(await read_either_apart(sent.content, sent.name))
    except DomainError as error:
        return in_words(error)
