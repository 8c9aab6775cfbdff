"""The reader as a process of its own."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from documents import process
from documents.plan_reader import read_plan
from documents.process import read_plan_apart
from domain.errors import DomainError
from domain.plan_draft import as_read
from tests.documents.paper import docx_of

_ROOT = Path(__file__).resolve().parents[2]
_PLAN = docx_of("План на 2026/27 учебный год", [["№", "Мероприятие", "Срок"], ["1", "Семинар", "26.09.14г"]])


def _run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "documents", *arguments], cwd=_ROOT, capture_output=True, check=False
    )


def test_the_command_prints_the_draft(tmp_path: Path) -> None:
    file = tmp_path / "план.docx"
    file.write_bytes(_PLAN)
    done = _run(str(file))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == as_read(read_plan(_PLAN, "plan.docx"))


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "plan_empty"), (b"PK junk", "plan_damaged"), (b"%PDF-", "plan_damaged")]
)
def test_the_command_says_why_not(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(content)
    done = _run(str(file))
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout)["error"] == code


def test_the_command_without_a_file(tmp_path: Path) -> None:
    for arguments in ((str(tmp_path / "none.docx"),), (str(tmp_path),), ()):
        done = _run(*arguments)
        assert (done.returncode, done.stderr) == (1, b"")
        assert json.loads(done.stdout)["error"] == "plan_not_found"


async def test_apart_gives_the_same_draft() -> None:
    assert await read_plan_apart(_PLAN, "план.docx") == read_plan(_PLAN, "план.docx")


async def test_apart_raises_what_the_reader_raises() -> None:
    with pytest.raises(DomainError) as refused:
        await read_plan_apart(b"PK junk", "../../etc/plan\0.docx")
    assert refused.value.code == "plan_damaged"


async def test_too_large_is_refused_before_a_process_is_spawned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_BYTES", 100)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", None)
    with pytest.raises(DomainError) as refused:
        await read_plan_apart(b"x" * 101, "plan.docx")
    assert refused.value.code == "plan_too_large"


async def test_a_slow_reader_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PATIENCE", 0.01)
    with pytest.raises(DomainError) as refused:
        await read_plan_apart(_PLAN, "plan.docx")
    assert refused.value.code == "plan_too_slow"


async def test_the_loop_goes_on_meanwhile() -> None:
    reading = asyncio.create_task(read_plan_apart(_PLAN, "plan.docx"))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert turns > 3
    assert (await reading).school_year == "2026/2027"


def test_memory_is_limited() -> None:
    eater = "import documents.__main__ as m; m._limit_itself(); b'x' * (600 * 1024 * 1024)"
    done = subprocess.run([sys.executable, "-c", eater], cwd=_ROOT, capture_output=True, check=False)
    assert b"MemoryError" in done.stderr


def test_the_bot_s_side_does_not_load_the_parsers() -> None:
    modules = "documents.process, documents.how_to_join, documents.example_plan"
    code = f"import sys, {modules}; print(not {{'lxml', 'pdfplumber'}}.isdisjoint(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
