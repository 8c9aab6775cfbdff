"""Several processes on one PostgreSQL: one of them sends, and another when it stands still."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator

import asyncpg

from tests.chaos.kills import Pressed, check_answers
from tests.chaos.processes import PATIENCE, Bot, strict_telegram, until
from tests.chaos.stage import Finding, Promises, Size, Stage, Templates, in_flight, the_limit
from tests.chaos.world import BELL, EVENING, PostgresRecords, make_world

POSTGRES = os.environ.get("ZVONOK_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
_TAKEN_OVER = 15.0
# What was on its way when the process was frozen arrives within so many seconds.
_ON_ITS_WAY = 1.0
_ANSWERING = 40
# A transaction is a matter of milliseconds, and there are few: it is caught by trying often, while there are.
_FREEZES = 800
_BETWEEN_FREEZES = 0.005
_A_MOMENT = 0.05
_PAUSE = 3
# What arrives so soon after a 429 was under way, and after its end it goes on within so much.
_UNDER_WAY = 0.2
_RESUMED = 1.0
# The share of the pace, measured over a few seconds.
_A_LITTLE_MORE = 1.15


async def frozen_sender(templates: Templates, size: Size) -> Finding:
    """The process that sends is frozen past its lease, and goes on later as if nothing had been. It is caught
    in the middle of a transaction: what it has locked must not hold up the other."""
    promises = Promises(f"frozen at {size.rate}")
    pressed = Pressed()
    for number in range(1, _ANSWERING + 1):
        pressed.add(number)
    async with _replicas(templates, size) as s:
        first, second = s.bots
        await first.start()
        await until(lambda: s.count("leases"))
        await second.start()
        await s.planned()
        s.set_clock(BELL)
        await s.strict.stats(messages=size.people // 5, timeout=PATIENCE)
        promises.hold(await _freeze_in_a_transaction(s, first), "never caught in a transaction")
        frozen = time.time()
        await s.strict.order("/updates", updates=pressed.updates, urls=[bot.webhook_url for bot in s.bots])
        await asyncio.sleep(_ON_ITS_WAY)
        sent = len(await s.strict.messages())
        stats = await s.strict.stats(messages=sent + _ANSWERING + 3 * in_flight(size.rate), timeout=PATIENCE)
        went_on = [
            at - frozen
            for at, _, method, _, _ in await s.strict.messages(sent)
            if method == "sendMessage" and at > frozen + _ON_ITS_WAY
        ]
        taken_over = min(went_on, default=float(PATIENCE))
        promises.hold(taken_over <= _TAKEN_OVER, f"taken over after {taken_over:.1f} s")
        first.thaw()
        at_thaw = stats["messages"]
        await s.all_ended()
        await s.all_handled(_ANSWERING)
        account = await s.account()
        account.check(promises, doubled=in_flight(size.rate))
        await check_answers(s, pressed, promises)
        [(number,)] = await s.records.ask("SELECT number FROM leases WHERE name = 'sender'")
        for bot in s.bots:
            promises.hold(await bot.stop() == 0, "did not stop cleanly")
    said = (
        f"frozen in a transaction after {sent} messages, the other went on after {taken_over:.1f} s "
        f"(lease no. {number}), thawed after {at_thaw}; {account}; {_ANSWERING} answers came to both "
        "meanwhile, each counted once"
    )
    return Finding(f"two senders, one frozen past its lease (rate {size.rate})", said, promises.broken)


async def a_pause_and_a_death(templates: Templates, size: Size) -> Finding:
    """A 429 to the process that sends holds for the other's replies too; then it is killed, and the other
    goes on. Both know that there are two: the sender takes 0.8 of the pace."""
    promises = Promises(f"a pause and a death at {size.rate}")
    pressed = Pressed()
    for number in range(1, _ANSWERING + 1):
        pressed.add(number)
    async with _replicas(templates, size) as s:
        first, second = s.bots
        await first.start()
        await until(lambda: s.count("leases"))
        await second.start()
        await s.planned()
        await until(lambda: _both_know(s))
        s.set_clock(BELL)
        await s.strict.stats(messages=size.people // 5, timeout=PATIENCE)
        so_far = [at for at, _, method, _, _ in await s.strict.messages() if method == "sendMessage"]
        pace = (len(so_far) - 1) / (so_far[-1] - so_far[0])
        shared = 0.8 * size.rate
        promises.hold(
            pace <= shared * _A_LITTLE_MORE, f"{pace:.1f} a second where {shared:.1f} are its share"
        )
        await s.strict.fault("refuse", code=429, parameters={"retry_after": _PAUSE})
        await until(lambda: _refused(s))
        # Half to the process that was told so, half to the one that only heard of it.
        await s.strict.order("/updates", updates=pressed.updates, urls=[bot.webhook_url for bot in s.bots])
        await s.all_handled(_ANSWERING)
        [pause] = (await s.strict.stats())["pauses"]
        early = max(pause["early"], default=0)
        promises.hold(early <= _UNDER_WAY, f"a request {early:.2f} s into a pause")
        promises.hold((pause["resumed"] or 0) <= _RESUMED, f"resumed {pause['resumed']} s after the pause")
        sent = len(await s.strict.messages())
        await first.kill()
        killed = time.time()
        await s.all_ended()
        taken_over = min(
            (
                at - killed
                for at, _, method, _, _ in await s.strict.messages(sent)
                if method == "sendMessage" and at > killed
            ),
            default=float(PATIENCE),
        )
        promises.hold(taken_over <= _TAKEN_OVER, f"taken over after {taken_over:.1f} s")
        account = await s.account()
        account.check(promises, doubled=in_flight(size.rate))
        await check_answers(s, pressed, promises)
        promises.hold(await second.stop() == 0, "did not stop cleanly")
    said = (
        f"{pace:.1f} a second while there were two; {_ANSWERING} answers came to both during a pause of "
        f"{_PAUSE} s, the last request {early:.3f} s after it began; killed after {sent} messages, the other "
        f"went on after {taken_over:.1f} s; {account}"
    )
    return Finding(f"two processes, a 429 and a death (rate {size.rate})", said, promises.broken)


async def _both_know(s: Stage) -> bool:
    said = [bot.log.read_text(encoding="utf-8") for bot in s.bots]
    return all("the pace is shared" in one for one in said)


async def _refused(s: Stage) -> bool:
    return bool((await s.strict.stats())["pauses"])


async def _freeze_in_a_transaction(s: Stage, bot: Bot) -> bool:
    """Freezes it again and again until it has rows locked; False if that never happens."""
    for _ in range(_FREEZES):
        bot.freeze()
        # The other one's transactions, for the lease, are over by the second look.
        if await _open_transactions(s):
            await asyncio.sleep(_A_MOMENT)
            if await _open_transactions(s):
                return True
        bot.thaw()
        await asyncio.sleep(_BETWEEN_FREEZES)
    bot.freeze()
    return False


async def _open_transactions(s: Stage) -> list[tuple[object, ...]]:
    return await s.records.ask(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
        "AND state = 'idle in transaction' AND backend_xid IS NOT NULL"
    )


@contextlib.asynccontextmanager
async def _replicas(templates: Templates, size: Size) -> AsyncIterator[Stage]:
    """Two processes on one PostgreSQL, by webhook, not started yet."""
    async with _postgres() as url, strict_telegram(the_limit(size.rate)) as strict:
        await make_world(url, size.people)
        folder = templates.fresh()
        bots = [Bot(folder, strict, url, size.rate, web_port=_free_port()) for _ in range(2)]
        made = Stage(folder, size.people, size.rate, strict, PostgresRecords(url), bots)
        made.set_clock(EVENING)
        try:
            yield made
        finally:
            for bot in bots:
                await bot.end()


@contextlib.asynccontextmanager
async def _postgres() -> AsyncIterator[str]:
    """An empty database, dropped afterwards."""
    name = f"zvonok_chaos_{secrets.token_hex(4)}"
    await _on_server(f"CREATE DATABASE {name}")
    try:
        yield f"{POSTGRES}/{name}"
    finally:
        await _on_server(f"DROP DATABASE {name} WITH (FORCE)")


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(f"{POSTGRES}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
