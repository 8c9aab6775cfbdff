"""Roles beyond members: the desk handed over, and given up for good"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # By ALTER TABLE itself: to copy a table that others refer to would, on SQLite, empty those others.
    op.add_column(
        "memberships", sa.Column("resigned", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "handovers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("from_id", _ID, nullable=False),
        sa.Column("to_id", _ID, nullable=True),
        sa.Column("code", sa.String(length=32), nullable=True),
        sa.Column("leaves", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("role_before", sa.String(length=16), nullable=True),
        sa.Column("offered_at", _MOMENT, nullable=False),
        sa.Column("accepted_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_handovers_association_id_associations")
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "from_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_handovers_association_id_from_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "to_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_handovers_association_id_to_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_handovers_association_id_id")),
        sa.UniqueConstraint("code", name=op.f("uq_handovers_code")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("handovers")
    op.execute("ALTER TABLE memberships DROP COLUMN resigned")
