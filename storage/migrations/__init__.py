"""Alembic's scripts. Loading this package loads no Alembic: see storage.schema."""
