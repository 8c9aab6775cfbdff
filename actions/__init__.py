"""Use cases: open a unit of work, ask the domain, save, commit once."""
