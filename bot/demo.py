"""`demo`: the same bot against the sandbox, on a database of its own that goes when it stops."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from actions.associations import find_association, make_invitation
from actions.plans import ReadPlan, import_plan
from bot import logs
from bot.app import App, build_app
from bot.serving import serve_app
from bot.settings import Settings
from bot.views.joining import grouped
from documents.example_plan import write_example_plan
from documents.plan_reader import read_plan
from domain.plan_draft import first_year_of, school_year_of
from domain.roles import Role
from storage.unit_of_work import UnitOfWork

_TOKEN = "1:demo"  # noqa: S105 – the sandbox's own
_BOT = "zvonok_demo_bot"
# The sandbox's people: the first one is meant for the coordinator.
_COORDINATOR = 1001
_ZONE = "Asia/Novosibirsk"


def run_demo(port: int) -> str | None:
    """Runs sandbox and bot until Ctrl-C; returns a sentence where they cannot start."""
    with tempfile.TemporaryDirectory(prefix="zvonok-demo-") as folder:
        clock_file = Path(folder) / "clock"
        clock_file.write_text("0", encoding="ascii")
        sandbox = _start_sandbox(port, clock_file)
        try:
            address = _address(sandbox)
            if address is None:
                return f"Порт {port} занят. Выберите другой: python -m bot demo --port 8091"
            settings = Settings(
                _env_file=None,
                bot_token=_TOKEN,
                telegram_api_url=address,
                telegram_proxy="",
                database_url=f"sqlite+aiosqlite:///{folder}/zvonok.db",
                coordinators=(_COORDINATOR,),
                timezone=_ZONE,
                clock_file=clock_file,
                web_port=0,
                log_level=os.environ.get("LOG_LEVEL", "WARNING"),
            )
            logs.set_up(settings.log_level, settings.log_format)
            return asyncio.run(_serve(build_app(settings), address))
        finally:
            sandbox.terminate()
            sandbox.wait()


def _start_sandbox(port: int, clock_file: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sandbox", f"--port={port}", f"--token={_TOKEN}"]
    command += [f"--bot-username={_BOT}", "--bot-name=Звонок", f"--clock-file={clock_file}"]
    command += [f"--timezone={_ZONE}"]
    # A session of its own: Ctrl-C stops the bot first, the bot then stops the sandbox.
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)  # noqa: S603


def _address(sandbox: subprocess.Popen[str]) -> str | None:
    """The address out of the sandbox's first line; None where it gave up."""
    line = sandbox.stdout.readline() if sandbox.stdout else ""
    return line.partition(": ")[2].strip() or None


async def _serve(app: App, address: str) -> str | None:
    await app.prepare()
    now = app.clock.now()
    uow = UnitOfWork(app.database)
    home = await find_association(uow, None)
    async with uow as rows:
        await rows.associations.change(
            home.id, title="РМО педагогов-библиотекарей Приозёрного района", town="Приозёрный район"
        )
        await uow.commit()
    today = datetime.now(UTC).astimezone(ZoneInfo(app.settings.timezone)).date()
    this_year = first_year_of(school_year_of(today))
    # From May on the present year has little ahead: the coming one is there as well.
    for year in (this_year, this_year + 1) if today.month in {5, 6, 7} else (this_year,):
        plan = read_plan(write_example_plan(year), "план.docx")
        await import_plan(uow, home, ReadPlan(plan, f"example {year}"), now)
    invitation = await make_invitation(uow, home.id, Role.MEMBER, now)
    _say(address, invitation.digits)
    return await serve_app(app, webhook=False)


def _say(address: str, digits: str) -> None:
    lines = (
        "",
        f"Страница чата: {address}",
        "Выберите слева человека. Первая – руководитель: ей достаточно нажать «Начать».",
        f"Остальные входят по цифрам из приглашения: {grouped(digits)}",
        "Часы вверху страницы двигают время: так видно, как приходят напоминания.",
        "Остановить: Ctrl-C.",
        "",
    )
    print("\n".join(lines), flush=True)  # noqa: T201
