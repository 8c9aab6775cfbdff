"""A local stand-in for Telegram, a process of its own, to try the bot and to test it."""
