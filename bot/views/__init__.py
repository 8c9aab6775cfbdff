"""Records into words and keyboards."""
