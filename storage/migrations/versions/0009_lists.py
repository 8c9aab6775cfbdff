"""Lists of people: what is kept of them, lists stored, records claimed"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


# Added by ALTER TABLE itself: to copy a table that others refer to would, on SQLite, empty those others.
def _added() -> tuple[tuple[str, tuple[sa.Column[Any], ...]], ...]:
    return (
        ("associations", (sa.Column("keeps", sa.String(length=64), server_default="", nullable=False),)),
        (
            "memberships",
            (
                sa.Column("category", sa.Text(), server_default="", nullable=False),
                sa.Column("service", sa.Text(), server_default="", nullable=False),
                sa.Column("import_id", _ID, nullable=True),
            ),
        ),
    )


def upgrade() -> None:
    for table, columns in _added():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "imports",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.Column("school_ids", sa.JSON(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_imports_association_id_associations")
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["persons.id"],
            name=op.f("fk_imports_by_person_id_persons"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_imports_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "claims",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("record_id", _ID, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("merge_id", _ID, nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_claims_association_id_associations")
        ),
        _member("person_id"),
        _member("record_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_claims_association_id_id")),
        sa.UniqueConstraint(
            "association_id",
            "person_id",
            "record_id",
            name=op.f("uq_claims_association_id_person_id_record_id"),
        ),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind = 'claim'")
    op.drop_table("claims")
    op.drop_table("imports")
    for table, columns in reversed(_added()):
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")


def _member(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["association_id", column],
        ["memberships.association_id", "memberships.person_id"],
        name=op.f(f"fk_claims_association_id_{column}_memberships"),
        ondelete="CASCADE",
    )
