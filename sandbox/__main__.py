"""``python -m sandbox``: start the stand-in for Telegram."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from sandbox.server import Options, serve


def options_from(arguments: Sequence[str] | None = None) -> Options:
    """The command line, read."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A local stand-in for Telegram.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on (default: any free one)")
    parser.add_argument("--token", default="1:demo", help="the bot's token (default: %(default)s)")
    parser.add_argument("--bot-username", default="zvonok_demo_bot", help="(default: %(default)s)")
    parser.add_argument("--bot-name", default="", help="its name (default: the username)")
    parser.add_argument("--clock-file", type=Path, help="file with the seconds to add to the clock")
    parser.add_argument("--timezone", default="", help="zone of the page's times (default: the browser's)")
    parser.add_argument(
        "--rate-limit", type=int, default=0, help="messages a second before 429 (default: no limit)"
    )
    given = parser.parse_args(arguments)
    return Options(
        token=given.token,
        bot_username=given.bot_username,
        bot_name=given.bot_name,
        host=given.host,
        port=given.port,
        clock_file=given.clock_file,
        zone=given.timezone,
        rate_limit=given.rate_limit,
    )


def main() -> None:
    """Run until told to stop."""
    options = options_from()
    try:
        asyncio.run(serve(options))
    except OSError as error:
        sys.exit(f"sandbox: cannot listen on {options.host}:{options.port}: {error.strerror}")


if __name__ == "__main__":
    main()
