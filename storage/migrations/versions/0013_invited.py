"""Whom an event is for: everybody, a group, guests, or nobody"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COUNTED = ("association_id", "ends_at", "gathering", "status")


# Added by ALTER TABLE itself: see 0003. A key of two columns cannot be added so, and like `merged_into` the
# group has none.
def upgrade() -> None:
    op.add_column(
        "events", sa.Column("invited", sa.String(length=16), server_default="everybody", nullable=False)
    )
    op.add_column("events", sa.Column("group_id", _ID, nullable=True))
    _index_ahead(*_COUNTED, "invited", "group_id", "id")


def downgrade() -> None:
    _index_ahead(*_COUNTED)
    for name in ("group_id", "invited"):
        op.execute(f"ALTER TABLE events DROP COLUMN {name}")


def _index_ahead(*columns: str) -> None:
    op.drop_index("ix_events_ahead", table_name="events")
    op.create_index("ix_events_ahead", "events", list(columns), unique=False)
