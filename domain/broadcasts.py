"""What a coordinator writes to people: to whom, and how long it may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import DomainError
from domain.full_names import FullName

# With the frame around it, it always fits one message of 4,096; in UTF-16 units, as Telegram counts.
LONGEST = 3_500


class Whom(StrEnum):
    """Who is written to, of an association's members."""

    ALL = "all"
    COMING = "coming"  # those who said that they come to an event
    SILENT = "silent"  # those who have not answered about it
    SCHOOL = "school"  # those of one school
    GROUP = "group"  # those of one group


# These speak of an event.
OF_EVENT = frozenset({Whom.COMING, Whom.SILENT})


@dataclass(frozen=True, slots=True)
class Target:
    """Who is written to; `about` is the id of the event, the school or the group that is meant, None for
    everybody."""

    whom: Whom = Whom.ALL
    about: int | None = None


EVERYBODY = Target()


@dataclass(frozen=True, slots=True)
class Said:
    """What is written to many. `by` presents the event of that `title`; None where a coordinator writes."""

    text: str
    by: FullName | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a message to many has gone. `left` still waits, or is on its way; `unreached` are those whom
    the bot cannot write to at all; whom to call is a coordinator's to see, not a presenter's
    (`may_call`)."""

    broadcast_id: int
    total: int
    sent: int
    left: int
    stopped: bool
    unreached: int = 0
    may_call: bool = True

    @property
    def lost(self) -> int:
        """To how many it did not come, though it was sent to them."""
        return 0 if self.stopped else self.total - self.sent - self.left

    @property
    def shown(self) -> str:
        """Stands for what the message about it says; it is said last when nothing is left."""
        return f"{self.sent} {self.left}"


def tidy_words(text: str) -> str:
    """The words as they are sent. Raises DomainError `question_empty`, `broadcast_too_long` with the facts
    `longest` and `extra`, in Telegram's units."""
    text = text.strip()
    if not text:
        raise DomainError("question_empty")
    extra = len(text.encode("utf-16-le", "surrogatepass")) // 2 - LONGEST
    if extra > 0:
        raise DomainError("broadcast_too_long", longest=LONGEST, extra=extra)
    return text
