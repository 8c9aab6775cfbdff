"""How Telegram says no."""

from collections.abc import Mapping

_TITLES: Mapping[int, str] = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class RefusedError(Exception):
    """A call that Telegram would answer with ``ok: false``."""

    def __init__(
        self,
        code: int,
        description: str,
        *,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id


def refusal(code: int, message: str = "") -> RefusedError:
    """The error of that code, worded as Telegram does: the code's title, then the message, its first letter
    small unless it is a name in capitals such as ``BUTTON_DATA_INVALID``."""
    title = _TITLES.get(code, "Error")
    if not message:
        return RefusedError(code, title)
    shouted = len(message) > 1 and (message[1] == "_" or "A" <= message[1] <= "Z")
    return RefusedError(code, f"{title}: {message if shouted else message[0].lower() + message[1:]}")


def bad_request(message: str) -> RefusedError:
    """The commonest refusal: 400."""
    return refusal(400, message)


def too_many(seconds: int) -> RefusedError:
    """429, with the pause that the bot has to keep."""
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def moved(chat_id: int) -> RefusedError:
    """400 for a group that became a supergroup, with its new id."""
    upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
    return RefusedError(400, upgraded, migrate_to_chat_id=chat_id)
