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
    return ()


def upgrade() -> None:
    op.create_table(
        "event_guests",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"],
            ["associations.id"],
            name=op.f("fk_event_guests_association_id_associations"),
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["persons.id"],
            name=op.f("fk_event_guests_by_person_id_persons"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_event_guests_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_guests")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_guests_event", "event_guests", ["association_id", "event_id"])

    for table, columns in _added():
        for column in columns:
            op.add_column(table, column)
    # Nothing refers to this one: it can be copied.
    with op.batch_alter_table("rsvps", table_kwargs={"sqlite_with_rowid": False}) as rsvps:
        rsvps.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        rsvps.add_column(sa.Column("substitute_id", _ID, nullable=True))
        rsvps.add_column(sa.Column("substitute_name", sa.Text(), server_default="", nullable=False))
        rsvps.create_foreign_key(
            op.f("fk_rsvps_substitute_id_persons"), "persons", ["substitute_id"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("rsvps", table_kwargs={"sqlite_with_rowid": False}) as rsvps:
        rsvps.drop_constraint(op.f("fk_rsvps_substitute_id_persons"), type_="foreignkey")
        for name in ("substitute_name", "substitute_id", "reason"):
            rsvps.drop_column(name)
    for table, columns in reversed(_added()):
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")
    op.drop_index("ix_event_guests_event", "event_guests")
    op.drop_table("event_guests")
