"""Documents that nobody should send, and some that people do: each gives a draft, or one clear sentence."""
