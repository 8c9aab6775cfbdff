"""`python -m documents FILE`: the plan reader as a process of its own, with limits of its own.

Prints the draft's JSON as `plan read --json` does and exits with 0, or {"error": code, "facts": {…}} with 1.
With `-` for FILE the document comes on standard input and its name follows (`… documents - plan.docx`);
then all is printed that a draft holds. After `--any` a list of people will do as well as a plan. What only
LibreOffice reads is converted first, by LibreOffice in a process and with limits of its own (see
`documents.conversion`).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

MOST_MEMORY = 512 * 1024 * 1024
MOST_SECONDS = 20
# A plan of some thousand rows. Whoever reads what is printed serves others meanwhile.
MOST_PRINTED = 4 * 1024 * 1024
_TOO_HEAVY: dict[str, Any] = {"error": "plan_too_heavy", "facts": {}}


def main(arguments: list[str]) -> int:
    """Reads the document that the arguments name; returns the exit status."""
    answer, status = _answer(arguments)
    printed = _as_json(answer)
    if len(printed) > MOST_PRINTED:
        printed, status = _as_json(_TOO_HEAVY), 1
    sys.stdout.buffer.write(printed)
    sys.stdout.flush()
    return status


def _as_json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _answer(arguments: list[str]) -> tuple[dict[str, Any], int]:
    from domain.errors import DomainError

    any_kind = arguments[:1] == ["--any"]
    try:
        content, name = _document(arguments[1:] if any_kind else arguments)
        content = _readable(content)
        _limit_itself()
        return _draft(content, name, any_kind, wholly="-" in arguments), 0
    except DomainError as error:
        return {"error": error.code, "facts": error.facts}, 1
    except MemoryError:
        return _TOO_HEAVY, 1
    except Exception as error:
        # A document that the reader was not made for must still get an answer that the bot can say.
        sys.stderr.write(f"documents: {type(error).__name__}\n")
        return {"error": "plan_damaged", "facts": {}}, 1


def _draft(content: bytes, name: str, any_kind: bool, *, wholly: bool) -> dict[str, Any]:
    # Imported after the limits are set, so that they hold for everything that a document can reach.
    from documents.either import read_either
    from documents.plan_reader import read_plan
    from domain import people_list, plan_draft

    draft = read_either(content, name) if any_kind else read_plan(content, name)
    if isinstance(draft, people_list.PeopleDraft):
        return people_list.as_json(draft)
    return plan_draft.as_json(draft) if wholly else plan_draft.as_read(draft)


def _readable(content: bytes) -> bytes:
    """The content, or what LibreOffice makes of it: that has limits of its own, wider ones."""
    from documents.formats import old_format

    if (old := old_format(content)) is None:
        return content
    import asyncio

    from documents.conversion import converted

    return asyncio.run(converted(content, old))


def _document(arguments: list[str]) -> tuple[bytes, str]:
    """The bytes to read and their name. Raises DomainError `plan_not_found` where there is no such file."""
    from documents.formats import MOST_BYTES
    from domain.errors import DomainError

    match arguments:
        case ["-", name]:
            # One byte more than is allowed is enough to know that it is too much.
            return sys.stdin.buffer.read(MOST_BYTES + 1), name
        case [file]:
            try:
                with Path(file).open("rb") as opened:
                    return opened.read(MOST_BYTES + 1), Path(file).name
            except OSError:
                raise DomainError("plan_not_found", file=file) from None
        case _:
            raise DomainError("plan_not_found", file="")


def _limit_itself() -> None:
    """Bounds memory and processor time, where the system can do so."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
