"""Sentences of the command line that more than one command says."""

WRONG_TOKEN = "Telegram не знает этого токена. Проверьте BOT_TOKEN: его выдаёт @BotFather."  # noqa: S105
NO_TOKEN = "Не указан BOT_TOKEN. Получите токен у @BotFather и впишите его в .env – см. .env.example."  # noqa: S105
BAD_ADDRESS = "нужен адрес SQLite или PostgreSQL, например sqlite+aiosqlite:///data/zvonok.db."
NEWER_SCHEMA = "База записана более новой версией Звонка. Обновите программу: старая может её испортить."
ALREADY_RUNNING = "Звонок уже запущен с этой базой. Второй экземпляр не нужен."
