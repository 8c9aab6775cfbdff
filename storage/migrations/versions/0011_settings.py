"""What an association sets: its usual place, the school's holidays, its own words of greeting"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NAMES = ("usual_venue", "holidays", "greeting")


# Added by ALTER TABLE itself: to copy a table that others refer to would, on SQLite, empty those others.
def upgrade() -> None:
    op.add_column("associations", sa.Column("usual_venue", sa.Text(), server_default="", nullable=False))
    op.add_column("associations", sa.Column("holidays", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("associations", sa.Column("greeting", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    for name in reversed(_NAMES):
        op.execute(f"ALTER TABLE associations DROP COLUMN {name}")
    # What the version before does not know.
    op.execute("DELETE FROM outbox WHERE kind = 'consent'")
