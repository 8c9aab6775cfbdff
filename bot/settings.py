"""Environment → Settings; read once, by the command line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"


class SettingsError(Exception):
    """Settings that cannot be used: a line in Russian for each, fit to be shown."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


class Settings(BaseSettings):
    """What the operator sets; `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    bot_token: str = ""
    telegram_api_url: str = TELEGRAM
    telegram_proxy: str = ""
    database_url: str = "sqlite+aiosqlite:///data/zvonok.db"
    timezone: str = "Asia/Novosibirsk"
    coordinators: Annotated[tuple[int, ...], NoDecode] = ()
    web_host: str = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    web_url: str = ""
    webhook_secret: str = ""
    send_rate: Annotated[int, Field(ge=1, le=1000)] = 28
    clock_file: Path | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @field_validator("bot_token", "telegram_proxy", "web_url", "webhook_secret", mode="after")
    @classmethod
    def _stripped(cls, value: str) -> str:
        return value.strip()

    @field_validator("bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: str) -> str:
        number, _, secret = value.partition(":")
        if value and not (number.isdigit() and secret):
            raise ValueError("токен выглядит как 123456789:AA…, его выдаёт @BotFather")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: str) -> str:
        # Telegram's rule: https://core.telegram.org/bots/api#setwebhook
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
            raise ValueError("только латинские буквы, цифры, «_» и «-», до 256 знаков")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        value = value.strip().rstrip("/") or TELEGRAM
        if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname:
            raise ValueError("нужен адрес вида https://api.telegram.org")
        return value

    @field_validator("telegram_proxy")
    @classmethod
    def _proxy(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"http", "https", "socks4", "socks5", "socks5h"}:
            raise ValueError("нужен адрес вида socks5://host:1080 или http://host:3128")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("такого часового пояса нет; пример: Asia/Novosibirsk") from error
        return value

    @field_validator("coordinators", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdigit() for part in parts):
            raise ValueError("нужны номера Telegram через запятую, например 123456789,987654321")
        return tuple(int(part) for part in parts)

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _together(self) -> Settings:
        if self.clock_file is not None and self.telegram_api_url == TELEGRAM:
            raise ValueError("CLOCK_FILE – только для проб: с настоящим Telegram часы не переводят")
        return self


def read_settings() -> Settings:
    """Reads the environment and `.env`. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for one in error.errors():
            name = "".join(str(part).upper() for part in one["loc"][:1])
            raised = one.get("ctx", {}).get("error")
            reason = str(raised) if raised is not None else _REASONS.get(one["type"], "значение не подходит")
            lines.append(f"{name}: {reason}" if name else reason)
        raise SettingsError(lines) from None


_REASONS = {
    "int_parsing": "нужно целое число",
    "greater_than_equal": "число слишком мало",
    "less_than_equal": "число слишком велико",
    "literal_error": "такого значения нет, допустимые – в .env.example",
}
