"""``python -m sandbox`` as whoever starts it sees it."""

import ast
import asyncio
import re
import sys
from pathlib import Path

import pytest
from aiohttp import ClientSession

import sandbox
from sandbox.pace import Pace
from sandbox.refusal import RefusedError
from tests.sandbox.conftest import MARIA

HOME = Path(sandbox.__file__).parent


async def test_it_says_where_it_is_and_stops_when_told() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", cwd=HOME.parent, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        line = (await process.stdout.readline()).decode()
        said = re.fullmatch(r"sandbox: (http://127\.0\.0\.1:\d+/)\n", line)
        assert said is not None
        async with ClientSession(said[1]) as http:
            async with http.get("/") as response:
                assert response.status == 200
            # A poll that waits does not hold it up.
            poll = asyncio.create_task(http.get(f"/sandbox/people/{MARIA}/messages?since=99&timeout=60"))
            await asyncio.sleep(0.5)  # by then it has come in
            async with http.get("/sandbox/people") as response:
                assert response.status == 200
            process.terminate()
            await poll
        assert await process.wait() == 0
        assert await process.stdout.read() == b""
    finally:
        if process.returncode is None:
            process.kill()


def test_it_needs_nothing_but_aiohttp() -> None:
    allowed = {*sys.stdlib_module_names, "aiohttp", "sandbox"}
    for path in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert {name.partition(".")[0] for name in names} <= allowed, path.name


def test_the_page_loads_nothing_from_elsewhere() -> None:
    for path in (HOME / "page").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "innerHTML" not in text
        assert not re.search(r"""(src|href)\s*=\s*["']https?:|url\(|@import|import\s*\(""", text), path.name


def test_the_pace_has_strict_windows() -> None:
    now = 0.0
    pace = Pace(3, lambda: now)
    for chat in "абв":
        pace.check(chat)
    with pytest.raises(RefusedError) as refused:
        pace.check("г")
    assert refused.value.retry_after == 1
    now = 1.0
    for _ in range(3):
        pace.check("г")
    now = 2.0
    pace.check("г")
    pace.check("г")
    with pytest.raises(RefusedError) as refused:
        pace.check("г")
    assert refused.value.retry_after == 4
