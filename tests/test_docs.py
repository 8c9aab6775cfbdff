"""What the documents say is so: commands, settings, links, pictures, the labels of buttons."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer

from bot.__main__ import cli
from bot.settings import Settings
from bot.understanding import NotUnderstood, understand
from tests.bot.conftest import MORNING

ROOT = Path(__file__).parent.parent
README, OPERATE, GUIDE = ROOT / "README.md", ROOT / "docs/operate.md", ROOT / "docs/guide.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PICTURES = sorted((ROOT / "docs/pictures").glob("*.png"))

# The contract at the edges: these names and no others.
VARIABLES = set(
    """
    BOT_TOKEN TELEGRAM_API_URL TELEGRAM_PROXY DATABASE_URL TIMEZONE COORDINATORS WEB_HOST WEB_PORT WEB_URL
    WEBHOOK_SECRET SEND_RATE CLOCK_FILE LOG_LEVEL LOG_FORMAT
    """.split()
)
COMMANDS = {
    "run",
    "demo",
    "plan read",
    "plan import",
    "association add",
    "invite",
    "check",
    "why",
    "backup",
    "restore",
}
# In the guide's quotes, beside the labels of keys and buttons and what one may write to the bot.
OTHER_QUOTES = {
    "Звонок",
    "Звонком",
    "Звонку",
    "Начать",  # Telegram's own
    "СОШ 45",
    "Орлова",
    "Как подключиться",  # the page to print
    "день пока не назван",  # on a card
    "Состоялось?",  # the question on the day after
    "Заседания РМО",  # a row of a plan
    "Вы – …?",  # to one whose name stands in the list already
    "Удалось прийти?",  # the one two hours after
    "семинар 15 ноября 14:00 СОШ 183",  # a new meeting
    "18 ноября в 15:30",
    "18 ноября с 14:00 до 16:00",
    "26 октября – 3 ноября, 31 декабря – 11 января",  # school holidays
    "Петрова А. И. – Книжные новинки – доклад",  # a talk
    "Вы – Мария Ивановна Петрова, СОШ № 45?",  # asked of one who stands in the list
    "Ф.И.О.",  # a column of the list
}
LARGEST_PICTURE = 120 * 1024


def name_of(path: Path) -> str:
    """A page as a test's name."""
    return str(path.relative_to(ROOT))


pages = pytest.mark.parametrize("page", PAGES, ids=name_of)


# --- Commands -----------------------------------------------------------------------------------------------


def code_of(page: Path) -> Iterator[str]:
    """Every line of a code block and every piece of code in a sentence."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"^ *```\w*\n(.*?)^ *```$", text, flags=re.MULTILINE | re.DOTALL):
        yield from (line.strip() for line in block.splitlines())
    yield from re.findall(r"`([^`\n]+)`", text)


def bot_commands(page: Path) -> list[list[str]]:
    """The words after each `python -m bot`, up to the end of the command."""
    said = [one for line in code_of(page) for one in re.findall(r"python -m bot\b([^&|;]*)", line)]
    # A title in quotes and a `$(date …)` within a name are one word.
    return [re.findall(r'"[^"]*"|(?:\$\([^)]*\)|\S)+', one) for one in said]


def check_command(words: list[str]) -> None:
    """Follows a command into the command line: groups, options and arguments must be there."""
    command: Any = typer.main.get_command(cli)
    path = []
    while words and hasattr(command, "commands"):
        path.append(words[0])
        assert words[0] in command.commands, f"no command {' '.join(path)}"
        command, words = command.commands[words[0]], words[1:]
    options = {name: one for one in command.params for name in one.opts if name.startswith("-")}
    arguments = [one for one in command.params if not one.opts[0].startswith("-")]
    given = 0
    while words:
        word, words = words[0], words[1:]
        if word.startswith("-"):
            assert word in options, f"{' '.join(path)} has no option {word}"
            words = words if options[word].is_flag else words[1:]
        else:
            given += 1
    assert given <= len(arguments), f"{' '.join(path)} takes fewer arguments"


def test_commands_of_the_bot_exist() -> None:
    for page in (README, OPERATE):
        found = bot_commands(page)
        assert len(found) > 5
        for words in found:
            check_command(words)


def test_every_command_is_in_the_readme() -> None:
    said = [" ".join(words) for words in bot_commands(README)]
    for command in COMMANDS:
        assert any(line.split()[: len(command.split())] == command.split() for line in said), command


def test_the_command_line_is_the_contract() -> None:
    whole: Any = typer.main.get_command(cli)
    found = set()
    for name, command in whole.commands.items():
        found |= {f"{name} {one}" for one in getattr(command, "commands", {})} or {name}
    assert found == COMMANDS


@pages
def test_targets_of_make_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for line in code_of(page):
        if line.startswith("make "):
            assert set(line.split()[1:]) <= targets, line


# --- Settings -----------------------------------------------------------------------------------------------


def env_example() -> list[str]:
    return (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()


def test_settings_are_the_contract() -> None:
    assert {name.upper() for name in Settings.model_fields} == VARIABLES


def test_env_example_has_every_setting_and_explains_it() -> None:
    explained, names = False, []
    for line in env_example():
        if line.startswith("#"):
            explained = True
        elif not line:
            explained = False
        else:
            names.append(line.partition("=")[0])
            assert explained, f"{names[-1]} has no line of explanation above it"
    assert sorted(names) == sorted(VARIABLES)


def test_env_example_holds_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES & set(os.environ):
        monkeypatch.delenv(name)
    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)


@pytest.mark.parametrize("page", [README, OPERATE], ids=name_of)
def test_tables_name_every_setting(page: Path) -> None:
    rows = re.findall(r"^\| (`[A-Z].*?) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`([A-Z_]+)`", " ".join(rows))) == VARIABLES


def test_readme_names_the_defaults() -> None:
    text = README.read_text(encoding="utf-8")
    for name, default in re.findall(r"^\| `([A-Z_]+)` \|[^|]*\| `([^`]+)` \|", text, re.MULTILINE):
        assert str(Settings.model_fields[name.lower()].default) == default, name


# --- Links and pictures -------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """Headings as GitHub makes anchors of them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    """Links and pictures that lead to places of our own."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    return [unquote(link) for link in found if not re.match(r"[a-z]+:", link)]


@pages
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_picture_is_shown_and_small() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in links(page)}
    for picture in PICTURES:
        assert picture in shown, picture.name
        assert picture.stat().st_size <= LARGEST_PICTURE, picture.name


# --- What the guide promises --------------------------------------------------------------------------------


def labels() -> list[re.Pattern[str]]:
    """The labels of keys and buttons; anything may stand for what is filled in."""
    texts = (one.read_text(encoding="utf-8") for one in sorted((ROOT / "bot/texts/ru").glob("*.ftl")))
    said = re.findall(r"^(?:key|button|choice|plan-choice)-[\w-]+ = (.+)$", "\n".join(texts), re.MULTILINE)
    # A label all of which is filled in could be anything.
    worded = [label.strip() for label in said if re.search(r"\w", re.sub(r"\{.*?\}", "", label))]
    assert worded
    return [re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(label))) for label in worded]


def quoted(page: Path) -> set[str]:
    """What stands in quotes; a quote may go on in the next line."""
    return {" ".join(one.split()) for one in re.findall(r"«([^«»]+)»", page.read_text(encoding="utf-8"))}


def test_quotes_of_the_guide_are_labels_or_understood() -> None:
    known = labels()
    for quote in quoted(GUIDE) - OTHER_QUOTES:
        is_label = any(label.fullmatch(quote) for label in known)
        is_understood = not isinstance(understand(quote, MORNING.date()), NotUnderstood)
        assert is_label or (is_understood and quote[0].islower()), quote


def test_other_quotes_are_still_quoted() -> None:
    assert quoted(GUIDE) >= OTHER_QUOTES


# --- What can be said to the operator -----------------------------------------------------------------------


def test_sentences_for_the_operator_are_said_somewhere() -> None:
    sources = [*ROOT.glob("bot/*.py"), ROOT / "storage/backup.py", *ROOT.glob("bot/texts/ru/*.ftl")]
    said = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    # What is filled in stands as «…», or goes without saying.
    said = re.sub(r"\{\w+\}", "", said)
    rows = re.findall(r"^\| («.+?) \|", OPERATE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) > 15
    for sentence in (one for row in rows for one in re.findall("«([^«]+)»", row)):
        for part in re.split(r" … |: | через прокси|pg_dump", sentence):
            assert part in said, sentence


# --- Decisions ----------------------------------------------------------------------------------------------


def test_decisions_are_numbered_and_have_their_parts() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(one.name[:4]) for one in decisions] == list(range(1, len(decisions) + 1))
    for one in decisions:
        text = one.read_text(encoding="utf-8")
        assert text.startswith(f"# {one.name[:4]}. "), one.name
        for part in ("Context", "Decision", "Consequences"):
            assert f"\n## {part}\n" in text, one.name
