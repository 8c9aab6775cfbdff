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


# Added by ALTER TABLE itself: to copy a table that others refer to would, on SQLite, empty those others.
def _added() -> tuple[tuple[str, tuple[sa.Column[Any], ...]], ...]:
    return (
        (
            "associations",
            (sa.Column("by_request", sa.Boolean(), server_default=sa.false(), nullable=False),),
        ),
        (
            "memberships",
            (
                sa.Column("position", sa.Text(), server_default="", nullable=False),
                sa.Column("away_until", _MOMENT, nullable=True),
            ),
        ),
    )


def upgrade() -> None:
    _people()
    for table, columns in _added():
        for column in columns:
            op.add_column(table, column)


def downgrade() -> None:
    for table in ("merges", "group_members", "groups", "other_schools"):
        op.drop_table(table)
    for table, columns in reversed(_added()):
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")


def _people() -> None:
    op.create_table(
        "other_schools",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("school_id", _ID, nullable=False),
        _member("other_schools", "person_id"),
        sa.ForeignKeyConstraint(
            ["association_id", "school_id"],
            ["schools.association_id", "schools.id"],
            name=op.f("fk_other_schools_association_id_school_id_schools"),
        ),
        sa.PrimaryKeyConstraint("association_id", "person_id", "school_id", name=op.f("pk_other_schools")),
    )
    op.create_table(
        "groups",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_groups_association_id_associations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_groups_association_id_id")),
        sa.UniqueConstraint("association_id", "title", name=op.f("uq_groups_association_id_title")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "group_members",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("group_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "group_id"],
            ["groups.association_id", "groups.id"],
            name=op.f("fk_group_members_association_id_group_id_groups"),
            ondelete="CASCADE",
        ),
        _member("group_members", "person_id"),
        sa.PrimaryKeyConstraint("association_id", "group_id", "person_id", name=op.f("pk_group_members")),
    )
    op.create_table(
        "merges",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("kept_id", _ID, nullable=False),
        sa.Column("dropped_id", _ID, nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_merges_association_id_associations")
        ),
        _member("merges", "kept_id"),
        _member("merges", "dropped_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_merges_association_id_id")),
        sa.UniqueConstraint("association_id", "dropped_id", name=op.f("uq_merges_association_id_dropped_id")),
        sqlite_autoincrement=True,
    )


def _member(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["association_id", column],
        ["memberships.association_id", "memberships.person_id"],
        name=op.f(f"fk_{table}_association_id_{column}_memberships"),
        ondelete="CASCADE",
    )
