"""Every card counts the answers to its event by an index of their own"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_rsvps_counted",
        "rsvps",
        ["association_id", "event_id", "day_version", "answer", "substitute_name"],
    )


def downgrade() -> None:
    op.drop_index("ix_rsvps_counted", table_name="rsvps")
