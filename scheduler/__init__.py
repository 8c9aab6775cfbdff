"""When things are sent, and that they are."""
