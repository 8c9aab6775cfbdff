"""The desk: the association run from a phone"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_PROGRESS = sa.text("kind = 'progress'")


# Added by ALTER TABLE itself: to copy a table that others refer to would, on SQLite, empty those others.
def _added() -> tuple[tuple[str, tuple[sa.Column[Any], ...]], ...]:
    return (
        (
            "events",
            (
                sa.Column("merged_into", _ID, nullable=True),
                sa.Column("alone", sa.JSON(), nullable=True),
            ),
        ),
        (
            "event_activities",
            (
                sa.Column("held_on", sa.Date(), nullable=True),
                sa.Column("came_from", _ID, nullable=True),
            ),
        ),
        (
            "broadcasts",
            (
                sa.Column("whom", sa.String(length=16), server_default="all", nullable=False),
                sa.Column("about_id", _ID, nullable=True),
                sa.Column("stopped_at", _MOMENT, nullable=True),
            ),
        ),
    )


def upgrade() -> None:
    for table, columns in _added():
        for column in columns:
            op.add_column(table, column)
    op.create_index(
        "ix_outbox_progress", "outbox", ["id"], sqlite_where=_PROGRESS, postgresql_where=_PROGRESS
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_progress", table_name="outbox")
    for table, columns in reversed(_added()):
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")
