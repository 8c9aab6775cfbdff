"""The table of floors in DESIGN.md, read off the imports; and what no module does on import."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.example_plan import write_example_plan

ROOT = Path(__file__).parents[1]
# «A floor imports only what its row names.»
FLOORS = {
    "bot": {"scheduler", "actions", "storage", "documents", "domain"},
    "scheduler": {"actions", "storage", "domain"},
    "actions": {"storage", "documents", "domain"},
    "storage": {"domain"},
    "documents": {"domain"},
    "domain": set(),
    "sandbox": set(),
}
# Libraries that have a floor of their own.
AT_HOME = {
    "sqlalchemy": "storage",
    "alembic": "storage",
    "asyncpg": "storage",
    "aiosqlite": "storage",
    "aiogram": "bot",
    "fluent": "bot",
    "typer": "bot",
    "pydantic_settings": "bot",
    "holidays": "scheduler",
    "docx": "documents",
    "openpyxl": "documents",
    "icalendar": "documents",
}
# Made once, in bot/app.py or in a command, never on import.
WIRED = {
    "Bot",
    "Dispatcher",
    "Settings",
    "Database",
    "Pace",
    "Sender",
    "AsyncIOScheduler",
    "build_app",
    "build_dispatcher",
    "read_settings",
    "create_async_engine",
}


def modules(floor: str) -> list[Path]:
    return sorted(path for path in (ROOT / floor).rglob("*.py") if "__pycache__" not in path.parts)


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module that is imported, anywhere in the file, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def imported(floor: str) -> Iterator[tuple[str, str]]:
    """(where, which top-level package) for every import of a floor."""
    for path in modules(floor):
        for line, name in imports(ast.parse(path.read_text(encoding="utf-8"))):
            yield f"{path.relative_to(ROOT)}:{line} imports {name}", name.split(".")[0]


def said_on_import(tree: ast.Module) -> Iterator[ast.AST]:
    """What a module does when it is imported: everything outside functions, their defaults included."""
    waiting: list[ast.AST] = [*tree.body]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            defaults = [default for default in node.args.kw_defaults if default is not None]
            waiting += [*node.args.defaults, *defaults, *getattr(node, "decorator_list", [])]
        else:
            waiting += ast.iter_child_nodes(node)


def test_the_floors_are_those_that_are_there():
    """A new folder with code needs a row of its own."""
    there = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert there - {"tests", "benchmarks"} == set(FLOORS)


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_what_its_row_names(floor: str):
    """Relative imports, which could go around it, are not made at all."""
    allowed = FLOORS[floor] | {floor}
    own = set(FLOORS) | {"tests", "benchmarks", ""}
    assert [where for where, package in imported(floor) if package in own - allowed] == []


def test_the_domain_needs_nothing_but_the_standard_library():
    """The rules are pure."""
    allowed = sys.stdlib_module_names | {"domain"}
    assert [where for where, package in imported("domain") if package not in allowed] == []


def test_the_domain_does_no_input_and_no_output():
    """Nor does it look at the clock: the moment is handed in."""
    doors = {"asyncio", "io", "os", "pathlib", "random", "socket", "sqlite3", "subprocess", "time", "urllib"}
    assert [where for where, package in imported("domain") if package in doors] == []
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules("domain")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "today", "utcnow"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"date", "datetime"}
    ]
    assert asked == []


@pytest.mark.parametrize("library", AT_HOME)
def test_a_library_stays_on_its_floor(library: str):
    """Others meet it through what that floor offers. The sandbox is a house of its own."""
    strays = [
        where
        for floor in set(FLOORS) - {AT_HOME[library], "sandbox"}
        for where, package in imported(floor)
        if package == library
    ]
    assert strays == []


def test_the_sandbox_speaks_telegram_without_aiogram():
    """Else both would share one misunderstanding."""
    assert [where for where, package in imported("sandbox") if package in AT_HOME] == []


@pytest.mark.parametrize("floor", FLOORS)
def test_nothing_is_wired_on_import(floor: str):
    """Bots, dispatchers, settings and databases are made by whoever needs them."""
    made = []
    for path in modules(floor):
        for node in said_on_import(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in WIRED:
                made.append(f"{path.relative_to(ROOT)}:{node.lineno} makes {name}")
    assert made == []


def test_sentences_live_with_the_faces():
    """Rules, actions, storage and scheduler speak in codes; people read texts/ru."""
    speaking = []
    for floor in ("actions", "scheduler", "storage"):
        for path in modules(floor):
            if path.name == "backup.py":  # the command line's own, documented there
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            quoted = {
                id(node.body[0].value)
                for node in ast.walk(tree)
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
                and node.body
                and isinstance(node.body[0], ast.Expr)
            }
            speaking += [
                f"{path.relative_to(ROOT)}:{node.lineno} says {node.value!r}"
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in quoted
                and any("а" <= letter.lower() <= "я" for letter in node.value)
            ]
    assert speaking == []


RUN = """
import sys
from bot.__main__ import cli
sys.argv = ["bot", *sys.argv[1:]]
try:
    cli()
finally:
    print("loaded:", *sorted({name.split(".")[0] for name in sys.modules}))
"""


def run(where: Path, *arguments: str) -> tuple[str, set[str]]:
    """What a command said, and which packages it loaded. Nobody answers at the address of Telegram."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": "1:token",
        "TELEGRAM_API_URL": "http://127.0.0.1:9",
        "DATABASE_URL": f"sqlite+aiosqlite:///{where / 'zvonok.db'}",
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=where,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    said, _, loaded = done.stdout.partition("loaded:")
    assert "Traceback" not in done.stderr, done.stderr
    return said, set(loaded.split())


def test_reading_a_plan_does_not_load_aiogram(tmp_path: Path):
    """Loading aiogram takes seconds on a small machine."""
    (tmp_path / "plan.docx").write_bytes(write_example_plan(2026))
    said, loaded = run(tmp_path, "plan", "read", "plan.docx")
    assert "2026/2027" in said
    assert not loaded & {"aiogram", "apscheduler", "alembic"}


def test_checking_does_not_load_aiogram(tmp_path: Path):
    """With a database that is not there yet, and one that is."""
    said, loaded = run(tmp_path, "check")
    assert "Telegram не отвечает" in said
    assert not loaded & {"aiogram", "apscheduler", "alembic"}
    added, _ = run(tmp_path, "association", "add", "РМО Приозёрного района")
    assert "РМО Приозёрного района" in added
    said, loaded = run(tmp_path, "check")
    assert "База открывается" in said
    assert not loaded & {"aiogram", "apscheduler", "alembic"}


def test_a_start_loads_nothing_that_only_a_document_or_a_question_needs():
    """A bot that starts is light: parsers, writers and the comparing of words come with their first use."""
    code = "import sys, bot.serving; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {
        "alembic",
        "docx",
        "docxtpl",
        "holidays",
        "icalendar",
        "jinja2",
        "lxml",
        "matplotlib",
        "openpyxl",
    }
    assert not set(done.stdout.split()) & (heavy | {"pdfplumber", "rapidfuzz"})
