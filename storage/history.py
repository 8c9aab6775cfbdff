"""What changed of an event, as the column `revisions.changes` keeps it: by field, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from domain.period import Period
from domain.records import Event
from storage.tables import PeriodText, UTCDateTime, events

# These follow from the others, or count.
_FOLLOWING = frozenset(
    {
        "starts_at",
        "ends_at",
        "answers_until",
        "revision",
        "schedule_version",
        "day_version",
        "announced_at",
        "told_at",
    }
)
_KEPT = frozenset(one.name for one in fields(Event)) - _FOLLOWING

Changes = Mapping[str, tuple[object, object]]


def to_json(event: Event, values: Mapping[str, object]) -> dict[str, list[object]]:
    """What these values change of an event, before and after, ready to be stored."""
    return {
        name: [_written(name, getattr(event, name)), _written(name, value)]
        for name, value in values.items()
        if name in _KEPT and getattr(event, name) != value
    }


def from_json(stored: Mapping[str, list[object]] | None) -> Changes:
    """What was stored, as an event's fields hold it; nothing for None."""
    return {
        name: (_read(name, before), _read(name, after))
        for name, (before, after) in (stored or {}).items()
        if name in _KEPT
    }


def _written(name: str, value: object) -> object:
    kind = events.c[name].type
    if isinstance(kind, PeriodText) and isinstance(value, Period):
        return kind.process_bind_param(value, None)
    return value.isoformat() if isinstance(value, datetime) else value


def _read(name: str, value: object) -> object:
    kind = events.c[name].type
    if value is None or not isinstance(value, str):
        return value
    if isinstance(kind, PeriodText):
        return kind.process_result_value(value, None)
    return datetime.fromisoformat(value) if isinstance(kind, UTCDateTime) else value
