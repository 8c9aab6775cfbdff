"""Trouble on order."""

import random
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, get_args

Kind = Literal["refuse", "reset", "hang", "delay", "garbage"]

GROUPS = ("*", "messages")


@dataclass(frozen=True)
class Fault:
    """What goes wrong, with which requests, how often."""

    kind: Kind
    """`refuse`: answered with `code`; `reset`: the connection is cut; `hang`: cut after `seconds`;
    `delay`: answered after `seconds`; `garbage`: answered with what is no JSON."""
    method: str = "messages"
    """A method's name, `messages` for all that send or edit one, `*` for everything."""
    chat_id: int | None = None
    """Only in this chat."""
    count: int | None = 1
    """With the next so many; None for all until it is cleared."""
    probability: float = 1.0
    done: bool = False
    """Whether the request takes effect all the same, and only its answer is lost. With a `delay` it always
    does."""
    seconds: float = 0.0
    code: int = 500
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    """Telegram's own, such as `retry_after` or `migrate_to_chat_id`."""

    @staticmethod
    def read(values: dict[str, Any]) -> "Fault":
        """Raises ValueError or TypeError for what is no fault."""
        fault = Fault(**values)
        if fault.kind not in get_args(Kind):
            raise ValueError(f"no such kind: {fault.kind}")
        return fault

    def meets(self, method: str, chat_id: int | None, *, message: bool) -> bool:
        """Whether a request may meet with it."""
        if self.method not in ("*", method) and not (self.method == "messages" and message):
            return False
        return self.chat_id is None or self.chat_id == chat_id


class Faults:
    """What was ordered, the oldest first."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Asks for one more."""
        self._ordered.append(fault)

    def clear(self) -> None:
        """From now on all goes well."""
        self._ordered.clear()

    def take(self, method: str, chat_id: int | None, *, message: bool) -> Fault | None:
        """The fault that a request meets with, counted down; None if it goes well."""
        for at, fault in enumerate(self._ordered):
            if not fault.meets(method, chat_id, message=message):
                continue
            if fault.probability < 1 and random.random() >= fault.probability:  # noqa: S311
                continue
            if fault.count is not None and fault.count > 1:
                self._ordered[at] = replace(fault, count=fault.count - 1)
            elif fault.count is not None:
                del self._ordered[at]
            return fault
        return None

    def as_json(self) -> list[dict[str, Any]]:
        """What is still to come."""
        return [asdict(fault) for fault in self._ordered]
