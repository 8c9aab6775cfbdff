"""What stood before rows, or records, became one: answers, and whose guests they are"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rsvps", sa.Column("before", sa.JSON()))
    op.add_column(
        "event_guests", sa.Column("came_from", sa.BigInteger().with_variant(sa.Integer(), "sqlite"))
    )


def downgrade() -> None:
    op.drop_column("event_guests", "came_from")
    op.drop_column("rsvps", "before")
