"""Each handler carries a right, and serves exactly those who have it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, TelegramObject, User
from pydantic.fields import FieldInfo

import bot.handlers
import bot.views
from bot.handlers import routers
from bot.middlewares import Rights
from bot.views.callback_data import CallbackData
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import RIGHTS, Right, Role
from storage.engine import Database

EVENTS = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")
NEVER_OPENED = Database("sqlite+aiosqlite:///never-opened.db")
# An invitation's code is 16 signs long; an answer that was pressed in a group may go with it.
CODE = f"{'x' * 16}-{10**18 - 1}-undecided"


def with_handlers() -> Iterator[Router]:
    """Every router of a file, whatever family it stands in."""
    for top in routers():
        yield from (router for router in top.chain_tail if not router.sub_routers)


def handlers() -> Iterator[tuple[str, HandlerObject]]:
    """Every handler of every router, with a name to tell it by."""
    for router in with_handlers():
        for event in EVENTS:
            for handler in router.observers[event].handlers:
                yield f"{router.name}.{handler.callback.__name__}", handler


def filters() -> Iterator[tuple[str, FilterObject]]:
    """Every filter of every router and handler, with the name of who asks it."""
    for router in (one for top in routers() for one in top.chain_tail):
        for name, observer in router.observers.items():
            for one in observer._handler.filters or []:
                yield f"{router.name}: {name}", one
            for handler in observer.handlers:
                for one in handler.filters or []:
                    yield f"{router.name}.{handler.callback.__name__}", one


def all_buttons() -> list[type[CallbackData]]:
    """Every kind of callback data of every view."""
    found = {}
    for path in Path(bot.views.__path__[0]).glob("*.py"):
        for one in vars(import_module(f"bot.views.{path.stem}")).values():
            if isinstance(one, type) and issubclass(one, CallbackData) and one is not CallbackData:
                found[one.__name__] = one
    return [found[name] for name in sorted(found)]


ALL = dict(handlers())
BUTTONS = all_buttons()


async def serves(handler: HandlerObject, actor: Actor | None) -> bool:
    """Whether the middleware lets somebody through to a handler."""
    served = False

    async def handle(_event: TelegramObject, _data: dict[str, Any]) -> None:
        nonlocal served
        served = True

    query = CallbackQuery(
        id="1", from_user=User(id=1, is_bot=False, first_name="Имя"), chat_instance="1", data="x"
    )
    with contextlib.suppress(DomainError):
        await Rights(NEVER_OPENED)(handle, query, {"handler": handler, "actor": actor})
    return served


def somebody(role: Role) -> Actor:
    return Actor(1, 1, None, None, role, None, None, unreachable=False)


@pytest.mark.parametrize("role", Role)
async def test_a_handler_serves_exactly_those_who_may(role: Role) -> None:
    allowed = {name for name, handler in ALL.items() if handler.flags["right"] in RIGHTS[role]}
    assert {name for name, handler in ALL.items() if await serves(handler, somebody(role))} == allowed


async def test_a_stranger_is_served_only_at_the_door() -> None:
    at_the_door = {name for name, handler in ALL.items() if handler.flags["right"] is Right.KNOCK}
    assert {name for name, handler in ALL.items() if await serves(handler, None)} == at_the_door


async def test_a_handler_without_a_right_serves_nobody() -> None:
    router = Router()

    @router.message()
    async def open_to_all() -> None: ...

    with pytest.raises(TypeError, match="carries no right"):
        await serves(router.message.handlers[0], somebody(Role.COORDINATOR))


def test_only_the_known_kinds_of_updates_have_handlers() -> None:
    for router in with_handlers():
        heard = {name for name, observer in router.observers.items() if observer.handlers}
        assert heard <= {*EVENTS, "error"}, router.name


def test_every_router_is_asked() -> None:
    files = {path.stem for path in Path(bot.handlers.__path__[0]).glob("*.py")} - {"__init__"}
    assert {router.name for router in with_handlers()} == files


def test_filters_are_async() -> None:
    assert [where for where, one in filters() if not one.awaitable] == []


@pytest.mark.parametrize("kind", BUTTONS, ids=lambda kind: kind.__name__)
def test_buttons_fit_into_telegrams_64_bytes(kind: type[CallbackData]) -> None:
    for choice in range(9):
        largest = kind(**{name: _largest(name, field, choice) for name, field in kind.model_fields.items()})
        packed = largest.pack()
        assert len(packed.encode()) <= 64
        assert kind.unpack(packed) == largest


def _largest(name: str, field: FieldInfo, choice: int) -> object:
    """The longest value that a field takes, or one of its choices."""
    choices = get_args(field.annotation) or list(getattr(field.annotation, "__members__", {}).values())
    if choices:
        return choices[choice % len(choices)]
    if field.annotation is str:
        return {"code": CODE, "mark": "f" * 16, "at": "1400", "start": "1400", "end": "1600"}.get(
            name, "20261118"
        )
    bounds = [
        getattr(one, "lt", 0) or one.le + 1
        for one in field.metadata
        if hasattr(one, "lt") or hasattr(one, "le")
    ]
    return bounds[0] - 1


def test_no_two_buttons_look_alike() -> None:
    assert len({kind.__prefix__ for kind in BUTTONS}) == len(BUTTONS)


def test_every_button_has_a_handler() -> None:
    handled = {
        one.callback.callback_data for _, one in filters() if isinstance(one.callback, CallbackQueryFilter)
    }
    assert handled == set(BUTTONS)


def test_buttons_are_told_apart() -> None:
    assert len({kind.__prefix__ for kind in BUTTONS}) == len(BUTTONS)


def test_every_right_is_somebodys_and_is_asked_for() -> None:
    asked_for = {handler.flags["right"] for handler in ALL.values()}
    assert asked_for == set().union(*RIGHTS.values())
