"""What reading a document comes to, and that nothing else came of it."""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.views.words import t
from documents.either import read_either
from domain import people_list, plan_draft
from domain.errors import DomainError
from domain.people_list import PeopleDraft
from domain.plan_draft import PlanDraft
from tests.fuzz.kinds import VALID
from tests.fuzz.packages import Sent

DRAFTS = ("plan", "people")
# Libraries may read what they are made of, whenever they like.
_OURS = tuple(
    str(Path(folder).resolve())
    for folder in (Path(__file__).parents[2], sys.prefix, sys.base_prefix, *sysconfig.get_paths().values())
)
_DOORS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "shutil.")


def outcome(sent: Sent) -> str:
    """`plan`, `people`, or the code of the sentence that whoever sent it reads. Raises whatever the reader
    was not meant to raise; AssertionError where it touched anything, or what it read is lost on the way to
    the bot."""
    with watching() as touched:
        try:
            read = read_either(sent.content, sent.name)
        except DomainError as error:
            said = in_words(error)
        else:
            said = on_its_way(read)
    assert touched == [], sent
    return said


def in_words(error: DomainError) -> str:
    """The code of a refusal that can be said: all that its sentence needs is there."""
    assert t(error.code.replace("_", "-"), **error.facts)
    return error.code


def on_its_way(read: PlanDraft | PeopleDraft) -> str:
    """What was read is the same after it was written as JSON, as the reader's process does."""
    face = people_list if isinstance(read, PeopleDraft) else plan_draft
    written = json.dumps(face.as_json(read), ensure_ascii=False).encode("utf-8", "replace")
    assert face.from_json(json.loads(written)) == read
    return "people" if isinstance(read, PeopleDraft) else "plan"


class _Watch:
    """What was touched since watching began. A hook stays as long as the process."""

    def __init__(self) -> None:
        self.touched: list[str] | None = None
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.touched is None:
            return
        if event == "open" and not _is_ours(arguments[0]):
            self.touched.append(f"open {arguments[0]!r}")
        elif event.startswith(_DOORS):
            self.touched.append(f"{event} {arguments!r}"[:200])


_watches: list[_Watch] = []


@contextmanager
def watching() -> Iterator[list[str]]:
    """The files and connections that Python opens meanwhile, but for those of the libraries themselves."""
    if not _watches:
        for ending, content in VALID.items():  # what is imported late looks around
            try:
                read_either(content, f"plan.{ending}")
            except DomainError:
                continue
        _watches.append(_Watch())
    [watch] = _watches
    watch.touched = touched = []
    try:
        yield touched
    finally:
        watch.touched = None


def _is_ours(path: object) -> bool:
    if not isinstance(path, str | bytes | os.PathLike):
        return True  # a number of what is open already
    return os.path.realpath(os.fsdecode(path)).startswith(_OURS)
