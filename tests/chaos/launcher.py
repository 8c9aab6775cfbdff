"""`python -m tests.chaos.launcher POINT N run …`: the bot's own command line, which ends itself with kill -9
when it reaches the named point for the N-th time."""

from __future__ import annotations

import sys

from tests.chaos.points import POINTS, Countdown


def main() -> None:
    """Arms the point, then hands over to `python -m bot`."""
    _, point, number, *arguments = sys.argv
    POINTS[point].arm(Countdown(int(number)))
    from bot.__main__ import cli

    sys.argv = ["bot", *arguments]
    cli()


if __name__ == "__main__":
    main()
