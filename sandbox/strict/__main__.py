"""``python -m sandbox.strict``: start the strict stand-in for Telegram."""

import argparse
import asyncio
import gc
import signal
from collections.abc import Sequence

from sandbox.strict.limits import Rates
from sandbox.strict.server import Options, serving


def options_from(arguments: Sequence[str] | None = None) -> Options:
    """The command line, read."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.strict", description="A stand-in for Telegram, to measure and to break."
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("--port", type=int, default=0, help="port of the Bot API (default: any free one)")
    add("--control-port", type=int, default=0, help="port of the control API (default: any free one)")
    add("--token", default="1:strict", help="the bot's token (default: %(default)s)")
    add("--rate", type=int, default=30, help="messages in any second; 0: no limit (default: %(default)s)")
    add("--chat-interval", type=float, default=1.0, help="seconds between messages in one private chat")
    add("--group-rate", type=int, default=20, help="messages in any minute in one group")
    add("--retry-after", type=int, default=1, help="seconds that a 429 asks for (default: %(default)s)")
    given = parser.parse_args(arguments)
    return Options(
        token=given.token,
        rates=Rates(given.rate, given.chat_interval, given.group_rate),
        host=given.host,
        port=given.port,
        control_port=given.control_port,
        retry_after=given.retry_after,
    )


async def serve(options: Options) -> None:
    """Run until SIGTERM or SIGINT; say both addresses on one line."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with serving(options) as addresses:
        print(f"strict: {addresses.api} {addresses.control}", flush=True)  # noqa: T201 – whoever started us waits
        # A pause for garbage would push together what arrived apart.
        gc.freeze()
        gc.set_threshold(100_000, 50, 1000)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(serve(options_from()))
