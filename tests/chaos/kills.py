"""kill -9 at named points and at random moments of a delivery, and while presses arrive."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from tests.chaos.points import POINTS
from tests.chaos.processes import PATIENCE
from tests.chaos.stage import Finding, Promises, Size, Stage, Templates, in_flight, stage
from tests.chaos.world import BELL, OPEN, SqliteRecords, press, telegram_id

# Serving again, against a cold start; what was in flight is taken up again, in seconds.
_SLOWER = 1.3
_STALE = 30.0
# So many answer while the delivery goes on.
_ANSWERING = 30


@dataclass(frozen=True, slots=True)
class Kill:
    """When a process is ended: at a point reached for the `number`-th time; or else as soon as so many
    messages have been sent since it was started, and a little later."""

    point: str | None = None
    number: int = 1
    messages: int = 0
    later: float = 0.0

    def __str__(self) -> str:
        return self.point or f"after {self.messages} messages and {self.later:.3f} s"


@dataclass(slots=True)
class Starts:
    """Seconds until the bot served: started cold, and after a kill."""

    cold: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)

    def finding(self, what: str) -> Finding:
        """Whether it serves again as fast as it should."""
        cold, again = median(self.cold), median(self.again)
        said = (
            f"serving again after {again:.2f} s (greatest {max(self.again):.2f}, {len(self.again)} starts), "
            f"a cold start takes {cold:.2f} s ({len(self.cold)} starts): {again / cold:.2f} times"
        )
        slow = f"{again / cold:.2f} times a cold start" if again > _SLOWER * cold else ""
        return Finding(what, said, [slow] if slow else [])


# Points by the round in which they are reached one after the other. Where updates are concerned, two kills at
# most: what was begun three times would be set aside.
_RECEIVING = ("updates", "effect", "reply")
_ROUNDS = (
    ("lease", "planning", "fan-out"),
    ("claim",),
    ("letters",),
    ("request", "answer is"),
    ("outcomes", "in flight"),
    *((word,) for word in _RECEIVING),
)
# How often a point is reached at most before the kill; else the first time. Letters are made ready two
# hundred at a time: a delivery to a thousand comes there a few times only.
_LATEST = {"claim": 6, "request": 6, "answer is": 6, "outcomes": 6, "letters": 2}


def at_points(chance: random.Random) -> list[list[Kill]]:
    """Kills at every named point, by rounds."""
    return [
        [
            Kill(point, chance.randint(1, _LATEST.get(word, 1)))
            for word in words
            for point in POINTS
            if word in point
        ]
        for words in _ROUNDS
    ]


def _among(words: Sequence[str], point: str) -> bool:
    return any(word in point for word in words)


def at_random(size: Size, chance: random.Random, kills: int) -> list[Kill]:
    """Kills at random moments of one delivery, one after the other."""
    each = size.people // (kills + 1)
    return [Kill(messages=chance.randint(0, each), later=chance.uniform(0, 0.2)) for _ in range(kills)]


@dataclass(frozen=True, slots=True)
class Pressed:
    """Presses as they come, how often each person pressed, and what she pressed last."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    times: Counter[int] = field(default_factory=Counter)
    last: dict[int, str] = field(default_factory=dict)

    def add(self, number: int) -> None:
        """One more; who presses again changes her mind."""
        self.last[number] = "declined" if self.last.get(number) == "going" else "going"
        self.times[number] += 1
        self.updates.append(press(number, self.last[number]))


@dataclass(slots=True)
class Told:
    """What became of deliveries that were interrupted."""

    kills: int = 0
    doubled: int = 0
    uncertain: int = 0
    never_told: int = 0
    stale: float = 0.0
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kept = (
            ""
            if self.broken
            else "nobody missing, nobody told three times, integrity_check clean each time; "
        )
        return (
            f"{self.kills} kills: {kept}{self.doubled} told twice, {self.uncertain} rows uncertain "
            f"({self.never_told} of them did not arrive); what was in flight was settled at most "
            f"{self.stale:.1f} s after the start"
        )


async def interrupted_delivery(
    templates: Templates, size: Size, kills: Sequence[Kill], starts: Starts, told: Told
) -> None:
    """One delivery with its kills, one after the other; each is followed by a start."""
    promises = Promises("; ".join(map(str, kills)) + f" at {size.rate}")
    async with stage(templates, size) as s:
        with promises.played_to_the_end():
            await _play(s, kills, starts, told, promises)
    told.kills += len(kills)
    told.broken += promises.broken


async def _play(s: Stage, kills: Sequence[Kill], starts: Starts, told: Told, promises: Promises) -> None:
    pressed = Pressed()
    if any(_among(_RECEIVING, kill.point or "") for kill in kills):
        for number in range(1, _ANSWERING + 1):
            pressed.add(number)
    await _start(s, kills[0], starts.cold)
    rung = await _ring(s, pressed)
    for kill, following in zip(kills, [*kills[1:], Kill()], strict=True):
        await _die(s, kill, promises)
        in_flight_then = await _look_at_what_is_left(s, promises)
        began = time.monotonic()
        await _start(s, following, starts.again)
        rung = rung or await _ring(s, pressed)
    taken_up = await s.settled(in_flight_then, began)
    promises.hold(taken_up <= _STALE, f"what was in flight was settled after {taken_up:.1f} s")
    told.stale = max(told.stale, taken_up)
    await s.all_ended()
    account = await s.account()
    account.check(promises, doubled=len(kills) * in_flight(s.rate))
    told.doubled += account.doubled
    told.uncertain += account.by_state["uncertain"]
    told.never_told += account.never_told
    await s.all_handled(len(pressed.updates))
    await check_answers(s, pressed, promises)
    promises.hold(await s.bot.stop() == 0, "did not stop cleanly")


async def _start(s: Stage, kill: Kill, seconds: list[float]) -> None:
    """Starts the bot, armed with the kill's point if it has one; notes how long an unarmed one took."""
    taken = await s.bot.start(kill.point, kill.number)
    if kill.point is None:
        assert taken is not None, f"the bot ended by itself, see {s.bot.log}"
        seconds.append(taken)


async def _ring(s: Stage, pressed: Pressed) -> bool:
    """The reminder falls due, and some answer meanwhile; False if the bot ended before it had planned."""
    if not await s.planned():
        return False
    s.set_clock(BELL)
    await s.strict.order("/updates", updates=pressed.updates)
    return True


async def _die(s: Stage, kill: Kill, promises: Promises) -> None:
    if kill.point is not None:
        promises.hold(await s.bot.ended(PATIENCE), f"never came {kill.point}")
    else:
        sent = (await s.strict.stats())["messages"]
        await s.strict.stats(messages=sent + kill.messages, timeout=10)
        await asyncio.sleep(kill.later)
    await s.bot.kill()


async def _look_at_what_is_left(s: Stage, promises: Promises) -> list[int]:
    """The rows in flight."""
    assert isinstance(s.records, SqliteRecords)
    verdict, left = s.records.after_a_kill(s.folder)
    promises.hold(verdict == "ok", f"integrity_check: {verdict}")
    promises.hold(len(left) <= in_flight(s.rate), f"{len(left)} in flight at once")
    return left


async def interrupted_presses(
    templates: Templates, size: Size, pressed: Pressed, kills: Sequence[Kill], starts: Starts
) -> list[str]:
    """Presses come in while the bot is killed now and then; what was broken."""
    promises = Promises(f"presses, killed {'; '.join(map(str, kills))}")
    async with stage(templates, size, limit=0) as s:
        with promises.played_to_the_end():
            await _start(s, Kill(), starts.cold)
            arriving = asyncio.create_task(_arrive(s, pressed.updates))
            for kill in kills:
                await _die(s, kill, promises)
                await _look_at_what_is_left(s, promises)
                await _start(s, Kill(), starts.again)
            await arriving
            await s.all_handled(len(pressed.updates))
            await check_answers(s, pressed, promises)
            promises.hold(await s.bot.stop() == 0, "did not stop cleanly")
    return promises.broken


async def _arrive(s: Stage, updates: list[dict[str, Any]]) -> None:
    for at in range(0, len(updates), 50):
        await s.strict.order("/updates", updates=updates[at : at + 50])
        await asyncio.sleep(0.05)


async def check_answers(s: Stage, pressed: Pressed, promises: Promises) -> None:
    """Every press is in the inbox once and done with; each person's last one counts, and once; a reply that
    was lost is not repeated."""
    rows = await s.records.ask(f"SELECT person_id, answer FROM rsvps WHERE event_id = {OPEN.number}")
    promises.hold(len(rows) == len(pressed.last), f"{len(rows)} answers of {len(pressed.last)} people")
    wrong = [number for number, answer in rows if pressed.last.get(number) != answer]
    promises.hold(not wrong, f"{len(wrong)} answers are not the last that was pressed")
    ids = [number for (number,) in await s.records.ask("SELECT update_id FROM inbox")]
    promises.hold(
        len(ids) == len(set(ids)) == len(pressed.updates),
        f"{len(ids)} rows for {len(pressed.updates)} updates in the inbox",
    )
    open_rows = await s.count("inbox", "done_at IS NULL")
    promises.hold(open_rows == 0, f"{open_rows} updates not done with")
    # After «Не смогу» a question of its own follows the card.
    cards = [(chat, text) for _, chat, _, _, text in await s.strict.messages() if OPEN.title in text]
    replies = Counter(chat for chat, text in cards if "Что помешало" not in text)
    again = [number for number, times in pressed.times.items() if replies[telegram_id(number)] > times]
    promises.hold(not again, f"{len(again)} people got more replies than they pressed")
