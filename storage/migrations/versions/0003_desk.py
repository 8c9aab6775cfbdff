"""The desk: the association run from a phone"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


# Added by ALTER TABLE itself: to copy a table that others refer to would, on SQLite, empty those others.
def _added() -> tuple[tuple[str, tuple[sa.Column[Any], ...]], ...]:
    return (("revisions", (sa.Column("changes", sa.JSON(), nullable=True),)),)


def upgrade() -> None:
    for table, columns in _added():
        for column in columns:
            op.add_column(table, column)
    op.create_index("ix_revisions_association", "revisions", ["association_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_revisions_association", "revisions")
    for table, columns in reversed(_added()):
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")
