"""`python -m bot`: the command line. Each command imports what it needs, and no more."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.sentences import BAD_ADDRESS, NO_TOKEN, WRONG_TOKEN
from domain.errors import DomainError

if TYPE_CHECKING:
    from bot.installation import Work
    from bot.settings import Settings
    from scheduler.clock import Clock
    from storage.engine import Database

cli = typer.Typer(
    help="Звонок: бот для объединений школьных библиотекарей.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
plan_cli = typer.Typer(help="План работы.", no_args_is_help=True)
association_cli = typer.Typer(help="Объединения.", no_args_is_help=True)
cli.add_typer(plan_cli, name="plan")
cli.add_typer(association_cli, name="association")


@cli.callback()
def private() -> None:
    """Звонок: бот для объединений школьных библиотекарей."""
    # Names and answers are in the database and in its copies: nobody else on the machine reads them.
    os.umask(0o077)


Number = Annotated[int | None, typer.Option("--association", help="номер объединения; без него – первое")]
PlanFile = Annotated[Path, typer.Argument(help="план: .docx, .xlsx, .pdf или .txt")]


@cli.command()
def run(
    webhook: Annotated[bool, typer.Option("--webhook", help="принимать по вебхуку, а не опросом")] = False,
) -> None:
    """Обслуживает Telegram и рассылает то, чему пришло время."""
    settings = _settings(token=True)
    if webhook and not (settings.web_url and settings.webhook_secret):
        _stop("Для вебхука нужны WEB_URL и WEBHOOK_SECRET – см. .env.example.")
    with _loading():
        from bot.serving import serve

    _finish(serve(settings, webhook=webhook))


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="порт страницы чата; 0 – любой свободный")] = 8090,
) -> None:
    """Тот же бот без Telegram: страница чата, придуманные люди, часы, которые можно подвинуть."""
    from bot.demo import run_demo

    _finish(run_demo(port))


@plan_cli.command("read")
def plan_read(
    file: PlanFile, as_json: Annotated[bool, typer.Option("--json", help="вывести JSON")] = False
) -> None:
    """Показывает, что понято в плане; ничего не меняет."""
    from bot.views.terminal import plan_lines
    from bot.views.words import plain
    from documents.process import read_plan_apart
    from domain.plan_draft import as_read

    try:
        draft = asyncio.run(read_plan_apart(_content(file), file.name))
    except DomainError as error:
        _stop(plain(error.code.replace("_", "-"), **error.facts))
    if as_json:
        print(json.dumps(as_read(draft), ensure_ascii=False, indent=2))
    else:
        print("\n".join(plan_lines(draft)))


@plan_cli.command("import")
def plan_import(file: PlanFile, association: Number = None) -> None:
    """Сохраняет план."""
    from actions.associations import find_association
    from actions.plans import import_plan, read_plan
    from bot.views.terminal import imported_lines
    from storage.unit_of_work import UnitOfWork

    content = _content(file)

    async def work(database: Database, clock: Clock) -> list[str]:
        read = await read_plan(content, file.name)
        home = await find_association(UnitOfWork(database), association)
        return imported_lines(await import_plan(UnitOfWork(database), home, read, clock.now()))

    _print(_on_database(work))


@association_cli.command("add")
def association_add(title: Annotated[str, typer.Argument(help="название")]) -> None:
    """Заводит ещё одно объединение."""
    from actions.associations import add_association
    from storage.unit_of_work import UnitOfWork

    settings = _settings()
    title = " ".join(title.split())
    if not title:
        _stop("Назовите объединение, например: python -m bot association add «РМО Заречного района».")

    async def work(database: Database, clock: Clock) -> list[str]:
        number = await add_association(UnitOfWork(database), title, settings.timezone, clock.now())
        return [f"Объединение № {number}: {title}"]

    _print(_on_database(work))


@cli.command()
def invite(
    coordinator: Annotated[
        bool, typer.Option("--coordinator", help="для руководителя: один раз, 7 дней")
    ] = False,
    association: Number = None,
) -> None:
    """Печатает ссылку, по которой входят, и её цифры."""
    from actions.associations import find_association, make_invitation
    from bot.telegram import UnknownTokenError, UnreachableError, ask_me
    from domain.roles import Role
    from storage.unit_of_work import UnitOfWork

    settings = _settings(token=True)
    try:
        me = ask_me(settings)
    except UnknownTokenError:
        _stop(WRONG_TOKEN)
    except UnreachableError as error:
        _stop(f"Telegram не отвечает ({error}), поэтому имя бота для ссылки не узнать. Попробуйте позже.")

    async def work(database: Database, clock: Clock) -> list[str]:
        home = await find_association(UnitOfWork(database), association)
        role = Role.COORDINATOR if coordinator else Role.MEMBER
        made = await make_invitation(UnitOfWork(database), home.id, role, clock.now())
        return [f"https://t.me/{me.username}?start={made.code}", made.digits]

    _print(_on_database(work))


@cli.command()
def check() -> None:
    """Говорит, что не так с установкой; код 1, если что-то не так."""
    from bot.checking import findings

    wrong = False
    for finding in asyncio.run(findings()):
        wrong = wrong or not finding.good
        print(("✓ " if finding.good else "✗ ") + finding.text)
    if wrong:
        raise typer.Exit(1)


@cli.command()
def why(
    notice: Annotated[int, typer.Argument(min=1, help="номер сообщения: в журнале он назван outbox")],
) -> None:
    """Объясняет, что за сообщение, кому и почему, и что с ним стало."""
    from actions.explaining import explain_row
    from bot.views.why import lines
    from storage.unit_of_work import UnitOfWork

    async def work(database: Database, clock: Clock) -> list[str]:
        return lines(await explain_row(UnitOfWork(database), notice), clock.now())

    _print(_on_database(work))


@cli.command()
def backup(file: Annotated[Path, typer.Argument(help="куда записать копию")]) -> None:
    """Записывает копию базы; бот при этом может работать."""
    from storage.backup import BackupError
    from storage.backup import backup as copy

    try:
        copy(_database(), file)
    except BackupError as error:
        _stop(f"Не получилось: {error}.")
    print(f"Копия записана: {file}")


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="копия, записанная командой backup")]) -> None:
    """Возвращает базу из копии; бот должен быть остановлен."""
    from scheduler.lease import FileLease, lease_for
    from storage.backup import BackupError
    from storage.backup import restore as put_back

    database = _database()
    if database.file is not None:
        database.file.parent.mkdir(parents=True, exist_ok=True)
    lease = lease_for(database)
    if isinstance(lease, FileLease) and not lease.try_lock():
        _stop("Звонок сейчас работает с этой базой. Остановите его и повторите.")
    try:
        before = put_back(database, file)
    except BackupError as error:
        _stop(f"Не получилось: {error}.")
    print("База возвращена из копии.")
    if before is not None:
        print(f"То, что было до этого, лежит в {before}.")


@contextlib.contextmanager
def _loading() -> Iterator[None]:
    """Loads much at once: aiogram makes 300,000 objects that stay. They are not looked through for garbage
    while they come, nor ever after: each time it would stop the bot for a fifth of a second."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def _settings(*, token: bool = False) -> Settings:
    from bot.settings import SettingsError, read_settings

    try:
        settings = read_settings()
    except SettingsError as error:
        _stop("Настройки не подходят:\n" + "\n".join(f"  {line}" for line in error.lines))
    if token and not settings.bot_token:
        _stop(NO_TOKEN)
    return settings


def _database() -> Database:
    from storage.engine import Database

    try:
        return Database(_settings().database_url)
    except ValueError:
        _stop(f"DATABASE_URL: {BAD_ADDRESS}")


def _on_database(work: Work) -> list[str]:
    """Runs a short command on the database, brought up to date first; what goes wrong is said in words."""
    from bot.installation import InstallationError, on_database
    from bot.views.words import plain

    try:
        return asyncio.run(on_database(_settings(), work))
    except InstallationError as error:
        _stop(str(error))
    except DomainError as error:
        _stop(plain(error.code.replace("_", "-"), **error.facts))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        _stop(f"Файла {file} нет.")
    except OSError as error:
        _stop(f"Файл {file} не читается: {error.strerror}.")


def _print(lines: list[str]) -> None:
    for line in lines:
        print(line)


def _finish(sentence: str | None) -> None:
    """Ends a command that serves: in silence where it was asked to stop, with a sentence where it had to."""
    if sentence is not None:
        _stop(sentence)


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)


if __name__ == "__main__":
    cli()
