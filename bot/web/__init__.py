"""The web face: health, the check-in screen, webhook."""
