"""The web face: health and webhook."""
