"""A strict stand-in for Telegram, to measure against and to break things with: lean where `sandbox` is rich.

It knows nothing of chats, buttons or people. It takes what a bot sends, holds it to the limits, notes all of
it, and fails on order.
"""
