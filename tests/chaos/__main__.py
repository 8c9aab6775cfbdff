"""`python -m tests.chaos`: breaks things and prints what happened; exit code 1 if a promise is broken."""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

from tests.chaos import kills, machines, trouble
from tests.chaos.kills import Pressed, Starts, Told
from tests.chaos.points import POINTS
from tests.chaos.stage import Finding, Promises, Size, Templates

PEOPLE = 1_000
FAST, SLOW = 1_000, 28
_BETWEEN = 200
KILLS = 50
_SLOW_ROUNDS = 3
_PRESSES = 1_000
_PRESS_ROUNDS = 10


async def prove(folder: Path, chance: random.Random) -> AsyncIterator[Finding]:
    """Every fault, one after the other."""
    templates, starts = Templates(folder), Starts()
    fast, slow = Size(PEOPLE, FAST), Size(PEOPLE, SLOW)
    points = Told()
    for round_ in kills.at_points(chance):
        await kills.interrupted_delivery(templates, fast, round_, starts, points)
    yield Finding(
        f"kill -9 at {len(POINTS)} named points of a delivery to {PEOPLE}", str(points), points.broken
    )
    slowly = Told()
    for _ in range(_SLOW_ROUNDS):
        round_ = kills.at_random(slow, chance, 3)
        await kills.interrupted_delivery(templates, slow, round_, starts, slowly)
    yield Finding(f"kill -9 at random, SEND_RATE {SLOW}", str(slowly), slowly.broken)
    randomly = Told()
    while points.kills + slowly.kills + randomly.kills < KILLS:
        round_ = kills.at_random(fast, chance, 3)
        await kills.interrupted_delivery(templates, fast, round_, starts, randomly)
    yield Finding(f"kill -9 at random, SEND_RATE {FAST}", str(randomly), randomly.broken)
    yield starts.finding("starting again after a kill in a delivery")
    yield await _presses(templates, fast, chance)
    plays: dict[str, Callable[[], Awaitable[Finding]]] = {
        "lost answers": partial(trouble.lost_answers, templates, fast),
        "refusals": partial(trouble.bad_weather, templates, fast),
        "a flood of 429": partial(trouble.flood, templates, fast, 15),
        f"two senders at {SLOW}": partial(machines.frozen_sender, templates, slow),
        f"two senders at {_BETWEEN}": partial(machines.frozen_sender, templates, Size(PEOPLE, _BETWEEN)),
        f"a pause and a death at {SLOW}": partial(machines.a_pause_and_a_death, templates, slow),
        "the database locked": partial(trouble.locked, templates, fast, 20),
        "the database locked for long": partial(trouble.locked, templates, fast, 40),
        "the disk full": partial(trouble.disk_full, templates, fast, 15),
        "Telegram gone for an hour": partial(trouble.an_hour_away, templates, fast, 10),
    }
    for fault, play in plays.items():
        promises = Promises(fault)
        with promises.played_to_the_end():
            yield await play()
        if promises.broken:
            yield Finding(fault, "was not played to its end", promises.broken)


async def _presses(templates: Templates, size: Size, chance: random.Random) -> Finding:
    starts, broken, people = Starts(), list[str](), 0
    for _ in range(_PRESS_ROUNDS):
        pressed = Pressed()
        for _ in range(_PRESSES):
            pressed.add(chance.randint(1, size.people))
        round_ = kills.at_random(Size(_PRESSES, size.rate), chance, 2)
        broken += await kills.interrupted_presses(templates, size, pressed, round_, starts)
        people += len(pressed.last)
    again = starts.finding("")
    kept = "" if broken else "none lost, none counted twice, the last of each stands, no reply repeated; "
    said = (
        f"{2 * _PRESS_ROUNDS} kills in {_PRESS_ROUNDS} times {_PRESSES} presses of {people} people: "
        f"{kept}{again.happened}"
    )
    return Finding("kill -9 while presses arrive", said, [*broken, *again.broken])


async def _print_all(seed: int) -> bool:
    """Prints every finding as it comes; whether all promises were kept."""
    task = asyncio.current_task()
    assert task is not None
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    began = time.monotonic()
    broken = 0
    folder = Path(tempfile.mkdtemp(prefix="zvonok-chaos-"))
    try:
        async for finding in prove(folder, random.Random(seed)):
            print(finding, flush=True)
            broken += len(finding.broken)
    finally:
        if not broken:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{broken} promises broken; {(time.monotonic() - began) / 60:.0f} min; --seed {seed}")
    if broken:
        print(f"What is left of it lies in {folder}.")
    return not broken


def main() -> None:
    """Runs everything."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.chaos", description="The proof by fault injection."
    )
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="to repeat a run")
    try:
        kept = asyncio.run(_print_all(parser.parse_args().seed))
    except asyncio.CancelledError:
        sys.exit("stopped; every process is ended")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
