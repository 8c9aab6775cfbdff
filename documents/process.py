"""The plan reader in a process of its own, so that no document can stall or kill the bot."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from typing import Any

from documents.conversion import converted
from documents.formats import MOST_BYTES, old_format
from documents.spawned import spawned
from domain import people_list, plan_draft
from domain.errors import DomainError
from domain.people_list import PeopleDraft
from domain.plan_draft import PlanDraft

PATIENCE = 20.0  # seconds by the wall clock
_ENDING = re.compile(r"\.[A-Za-z]{1,5}$")


async def read_plan_apart(content: bytes, name: str) -> PlanDraft:
    """As `documents.plan_reader.read_plan`, in a spawned process with limits on time and memory.

    What only LibreOffice reads is converted first, in another. Raises the DomainErrors that they report, and
    `plan_too_slow` or `plan_too_heavy` where a limit ended it.
    """
    draft = await _read(content, "-", _plain_name(name))
    if isinstance(draft, PeopleDraft):
        raise DomainError("plan_no_table")
    return draft


async def read_either_apart(content: bytes, name: str) -> PlanDraft | PeopleDraft:
    """As `documents.either.read_either`, likewise."""
    return await _read(content, "--any", "-", _plain_name(name))


async def _read(content: bytes, *arguments: str) -> PlanDraft | PeopleDraft:
    if len(content) > MOST_BYTES:
        raise DomainError("plan_too_large", megabytes=_megabytes(len(content)), most=_megabytes(MOST_BYTES))
    if (old := old_format(content)) is not None:
        content = await converted(content, old)
    try:
        status, output, _ = await spawned("documents", *arguments, content=content, patience=PATIENCE)
    except TimeoutError:
        raise DomainError("plan_too_slow", seconds=round(PATIENCE)) from None
    # In a thread: a plan of some thousand rows takes longer than a press may wait.
    return await asyncio.to_thread(_draft, output, status)


def _plain_name(name: str) -> str:
    """A name that only keeps the ending: the rest is a stranger's text, and tells the reader nothing."""
    ending = _ENDING.search(name)
    return f"plan{ending[0].lower() if ending else ''}"


def _draft(output: bytes, status: int) -> PlanDraft | PeopleDraft:
    if status < 0:
        slow = -status in {signal.SIGXCPU, signal.SIGKILL}
        raise DomainError("plan_too_slow", seconds=round(PATIENCE)) if slow else DomainError("plan_too_heavy")
    try:
        answer: dict[str, Any] = json.loads(output)
        if "error" in answer:
            raise DomainError(answer["error"], **answer["facts"])
        return people_list.from_json(answer) if "people" in answer else plan_draft.from_json(answer)
    except (KeyError, TypeError, ValueError):
        raise DomainError("plan_too_heavy") from None


def _megabytes(size: int) -> float:
    return round(size / 1024 / 1024, 1)
