"""`python -m tests.fuzz`: documents that nobody should send, as many as fit into the time, with what came of
them; exit code 1 if one of them got neither a draft nor a sentence. It is left in a folder, made small.

The worst come first, once each, in processes of their own: with how long each took, and for how long the
loop that waited for it, which serves everybody, was held up at the longest. Where LibreOffice is installed,
a .doc is damaged again and again for a share of the time, and a .pdf that it made is garbled like the others.
"""

from __future__ import annotations

import argparse
import asyncio
import faulthandler
import itertools
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic, perf_counter

from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

from documents.conversion import office
from documents.process import read_either_apart
from domain.errors import DomainError
from tests.documents.office import TAGGED_PDF
from tests.fuzz.judging import in_words, on_its_way, outcome
from tests.fuzz.kinds import KINDS, pdfs_garbled
from tests.fuzz.old import damaged_docs, made_by_office, outcome_apart
from tests.fuzz.packages import Sent
from tests.fuzz.worst import WORST

_AT_ONCE = 50
_SHARE_OF_OLD = 0.2  # of the time: each takes seconds
# No small document takes so many seconds: where it is read is printed, and that is the end.
_HANGS = 60.0


def main() -> None:
    """Tries documents until the time is over."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=main.__doc__)
    options.add_argument("--minutes", type=float, default=10.0, help="for the small ones, after the worst")
    options.add_argument("--seed", type=int, default=None, help="the same seed tries the same documents")
    options.add_argument("--skip-worst", action="store_true", help="the small ones alone")
    given_options = options.parse_args()
    number = random.randrange(10**6) if given_options.seed is None else given_options.seed
    print(f"seed {number}", flush=True)
    broken = [] if given_options.skip_worst else list(_worst())
    ends = monotonic() + given_options.minutes * 60
    kinds = dict(KINDS)
    if office() is None:
        print("LibreOffice is not installed: no .doc is tried")
    else:
        doc, made = made_by_office("doc", TAGGED_PDF)
        kinds["a .pdf of LibreOffice, garbled"] = pdfs_garbled([made])
        broken += _old(doc, number, monotonic() + given_options.minutes * 60 * _SHARE_OF_OLD)
    broken += _small(kinds, number, ends)
    for one in broken:
        print(one)
    raise SystemExit(1 if broken else 0)


def _worst() -> Iterator[str]:
    for name, make in WORST.items():
        sent = make()
        try:
            said, taken, gap = asyncio.run(_read_apart(sent))
        except Exception as error:
            yield f"{name}: {error!r}, {_left(sent)}"
            continue
        print(f"{name:<32} {said:<24} {taken:6.2f} s, the loop {gap * 1000:4.0f} ms", flush=True)


async def _read_apart(sent: Sent) -> tuple[str, float, float]:
    """What came of it, in how many seconds, and the longest that the loop was held up."""
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            before = perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, perf_counter() - before - 0.001)

    beating = asyncio.create_task(beat())
    start = perf_counter()
    try:
        said: str | None = None
        read = await read_either_apart(sent.content, sent.name)
    except DomainError as error:
        said = in_words(error)
    taken = perf_counter() - start
    beating.cancel()
    return said or on_its_way(read), taken, longest


def _old(content: bytes, number: int, ends: float) -> Iterator[str]:
    counted: Counter[str] = Counter()
    for sent in damaged_docs(content, number):
        if monotonic() > ends:
            break
        try:
            counted[asyncio.run(outcome_apart(sent))] += 1
        except Exception as error:
            yield f".doc: {error!r}, {_left(sent)}"
    _show({"a .doc, damaged": counted})


def _small(kinds: Mapping[str, SearchStrategy[Sent]], number: int, ends: float) -> list[str]:
    broken: dict[str, str] = {}
    counts: dict[str, Counter[str]] = {name: Counter() for name in kinds}
    for turn in itertools.count():
        for name, kind in kinds.items():
            if monotonic() > ends:
                _show(counts)
                return list(broken.values())
            if name not in broken and (found := _found(kind, number + turn, counts[name])):
                broken[name] = f"{name}: {found}"
    raise AssertionError


def _found(kind: SearchStrategy[Sent], number: int, counted: Counter[str]) -> str:
    """What is wrong with documents of a kind; empty where nothing was found."""
    last: list[Sent] = []

    @seed(number)
    @settings(max_examples=_AT_ONCE, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(kind)
    def read(sent: Sent) -> None:
        last[:] = [sent]
        faulthandler.dump_traceback_later(_HANGS, exit=True)
        counted[outcome(sent)] += 1

    try:
        read()
    except Exception as error:
        return f"{error!r}, {_left(last[0])}"
    finally:
        faulthandler.cancel_dump_traceback_later()
    return ""


def _left(sent: Sent) -> str:
    """Where a document lies now."""
    folder = Path(tempfile.mkdtemp(prefix="zvonok-fuzz-"))
    path = folder / f"sent{Path(sent.name).suffix}".replace("\0", "")
    path.write_bytes(sent.content)
    return f"sent as {sent.name!r}: {path}"


def _show(counts: dict[str, Counter[str]]) -> None:
    for name, counted in counts.items():
        said = ", ".join(f"{code} {count:,}" for code, count in counted.most_common())
        print(f"{name:<31} {counted.total():>8,}  {said}")
    print(f"{'together':<31} {sum(one.total() for one in counts.values()):>8,}")


if __name__ == "__main__":
    main()
