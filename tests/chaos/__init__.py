"""Proof by fault injection: the bot as separate processes, beside a stand-in for Telegram with faults."""
