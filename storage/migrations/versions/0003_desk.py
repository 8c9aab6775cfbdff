"""The desk: the association run from a phone"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WITH_A_MODE = ("events", "revisions")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_PROGRESS = sa.text("kind = 'progress'")


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
        (
            "events",
            (
                sa.Column("mode", sa.String(length=16), server_default="onsite", nullable=False),
                sa.Column("seats", sa.Integer(), nullable=True),
                sa.Column("merged_into", _ID, nullable=True),
                sa.Column("alone", sa.JSON(), nullable=True),
                sa.Column("contact", sa.Text(), server_default="", nullable=False),
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
            "revisions",
            (
                sa.Column("mode", sa.String(length=16), server_default="onsite", nullable=False),
                sa.Column("changes", sa.JSON(), nullable=True),
            ),
        ),
        ("rsvps", (sa.Column("offered_until", _MOMENT, nullable=True),)),
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
    _people()
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
    for table in _WITH_A_MODE:
        op.execute(f"UPDATE {table} SET mode = 'online' WHERE online")  # noqa: S608 - our own names
        op.execute(f"ALTER TABLE {table} DROP COLUMN online")
    # Nothing refers to this one: it can be copied.
    with op.batch_alter_table("rsvps", table_kwargs={"sqlite_with_rowid": False}) as rsvps:
        rsvps.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        rsvps.add_column(sa.Column("substitute_id", _ID, nullable=True))
        rsvps.add_column(sa.Column("substitute_name", sa.Text(), server_default="", nullable=False))
        rsvps.create_foreign_key(
            op.f("fk_rsvps_substitute_id_persons"), "persons", ["substitute_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index(
        "ix_rsvps_waiting",
        "rsvps",
        ["association_id", "event_id"],
        sqlite_where=sa.text("answer = 'waitlisted'"),
        postgresql_where=sa.text("answer = 'waitlisted'"),
    )
    op.create_index(
        "ix_outbox_progress", "outbox", ["id"], sqlite_where=_PROGRESS, postgresql_where=_PROGRESS
    )
    op.create_index("ix_revisions_association", "revisions", ["association_id", "at"])
    # Every event has a notice more: the list at the deadline for answers.
    op.execute("UPDATE events SET planned_version = 0")


def downgrade() -> None:
    op.drop_index("ix_revisions_association", "revisions")
    op.drop_index("ix_outbox_progress", table_name="outbox")
    op.drop_index("ix_rsvps_waiting", table_name="rsvps")
    # What the version before does not know: who joins comes, who waits for a seat has not decided.
    op.execute("UPDATE rsvps SET answer = 'going' WHERE answer = 'online'")
    op.execute("UPDATE rsvps SET answer = 'undecided' WHERE answer = 'waitlisted'")
    op.execute("DELETE FROM outbox WHERE kind IN ('offer', 'list')")
    op.execute("DELETE FROM notices WHERE lead = 'list'")
    for table in _WITH_A_MODE:
        op.add_column(table, sa.Column("online", sa.Boolean(), server_default=sa.false(), nullable=False))
        op.execute(f"UPDATE {table} SET online = (mode = 'online')")  # noqa: S608 - our own names
    with op.batch_alter_table("rsvps", table_kwargs={"sqlite_with_rowid": False}) as rsvps:
        rsvps.drop_constraint(op.f("fk_rsvps_substitute_id_persons"), type_="foreignkey")
        for name in ("substitute_name", "substitute_id", "reason"):
            rsvps.drop_column(name)
    for table, columns in reversed(_added()):
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")
    op.drop_index("ix_event_guests_event", "event_guests")
    op.drop_table("event_guests")
    for table in ("merges", "group_members", "groups", "other_schools"):
        op.drop_table(table)


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
