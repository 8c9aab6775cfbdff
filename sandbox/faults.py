"""Trouble on order, so that tests can see how a bot takes it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What is to go wrong with the next ``count`` calls of a method (``*``: of any)."""

    method: str
    status: int | str
    """An HTTP status; ``drop``: do it, but cut the connection; ``refuse``: cut it and do nothing."""
    count: int = 1
    retry_after: int | None = None
    description: str = ""
    chat_id: int | None = None
    """Only for calls that concern this chat."""

    def as_json(self) -> Json:
        """For the control API."""
        return asdict(self)


class Faults:
    """The faults still to come, the oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._waiting)

    def order(self, fault: Fault) -> None:
        """Ask for one."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Forget all."""
        self._waiting.clear()

    def take(self, method: str, chat_id: str) -> Fault | None:
        """The fault that meets this call, counted down; None if it goes well."""
        for at, fault in enumerate(self._waiting):
            if fault.method.lower() not in ("*", method.lower()):
                continue
            if fault.chat_id is not None and str(fault.chat_id) != chat_id:
                continue
            if fault.count > 1:
                self._waiting[at] = replace(fault, count=fault.count - 1)
            else:
                del self._waiting[at]
            return fault
        return None
