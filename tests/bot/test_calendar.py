"""«Весь календарь» and «Подписаться» under the plan; «В календарь» of a task."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject

from actions.changing import cancel
from bot.app import build_dispatcher
from bot.context import Context
from scheduler.workdays import is_working_day
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, ROUND, TASK, come_in, come_in_maria, event_called, settle
from tests.bot.test_several import in_two


def calendar_of(person: Person) -> vobject.base.Component:
    """The file that she got last."""
    return vobject.readOne((person.sees.file or b"").decode())
