"""Attendance, and the paper that it saves"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_TABLES = (
    "secrets",
    "year_notes",
    "certificates",
    "checkin_words",
    "papers",
    "protocols",
    "templates",
    "attendance",
    "checkin_tries",
    "feedback",
    "readings",
)


# Added by ALTER TABLE itself: see 0003.
def _added() -> tuple[tuple[str, tuple[sa.Column[Any], ...]], ...]:
    return (
        (
            "associations",
            (
                sa.Column("checkin_before", sa.Integer(), server_default="30", nullable=False),
                sa.Column("checkin_after", sa.Integer(), server_default="30", nullable=False),
                sa.Column("asks_feedback", sa.Boolean(), server_default=sa.false(), nullable=False),
                sa.Column("centre", sa.Text(), server_default="", nullable=False),
            ),
        ),
        ("event_guests", (sa.Column("mark", sa.String(length=8), nullable=True),)),
    )


def upgrade() -> None:
    for table, columns in _added():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )
    op.create_table(
        "year_notes",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("school_year", sa.String(length=9), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_year_notes_association_id_associations")
        ),
        sa.PrimaryKeyConstraint("association_id", "school_year", name=op.f("pk_year_notes")),
    )
    op.create_table(
        "certificates",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("whose", sa.String(length=32), nullable=False),
        sa.Column("school_year", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_certificates_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_certificates_association_id_associations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint(
            "association_id", "event_id", "whose", name=op.f("uq_certificates_association_id_event_id_whose")
        ),
        sa.UniqueConstraint(
            "association_id",
            "school_year",
            "number",
            name=op.f("uq_certificates_association_id_school_year_number"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "checkin_words",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("valid_until", _MOMENT, nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_checkin_words_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["persons.id"],
            name=op.f("fk_checkin_words_by_person_id_persons"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("association_id", "event_id", name=op.f("pk_checkin_words")),
    )
    op.create_table(
        "papers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("picture", sa.Boolean(), nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("removed_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_papers_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_papers_association_id_associations")
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["persons.id"], name=op.f("fk_papers_by_person_id_persons"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_papers_event", "papers", ["association_id", "event_id", "kind"], unique=False)
    op.create_table(
        "protocols",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("school_year", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("chairman", sa.Text(), server_default="", nullable=False),
        sa.Column("secretary", sa.Text(), server_default="", nullable=False),
        sa.Column("agenda", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_protocols_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("association_id", "event_id", name=op.f("pk_protocols")),
        sa.UniqueConstraint(
            "association_id",
            "school_year",
            "number",
            name=op.f("uq_protocols_association_id_school_year_number"),
        ),
    )
    op.create_table(
        "templates",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_templates_association_id_associations")
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["persons.id"],
            name=op.f("fk_templates_by_person_id_persons"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("association_id", "kind", name=op.f("pk_templates")),
    )
    op.create_table(
        "attendance",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("mark", sa.String(length=8), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("day_version", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_attendance_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "person_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_attendance_association_id_person_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["persons.id"],
            name=op.f("fk_attendance_by_person_id_persons"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("association_id", "event_id", "person_id", name=op.f("pk_attendance")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_attendance_person", "attendance", ["person_id", "association_id"], unique=False)
    op.create_table(
        "checkin_tries",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_checkin_tries_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "person_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_checkin_tries_association_id_person_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("association_id", "event_id", "person_id", name=op.f("pk_checkin_tries")),
    )
    op.create_table(
        "feedback",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_feedback_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "person_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_feedback_association_id_person_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("association_id", "event_id", "person_id", name=op.f("pk_feedback")),
    )
    op.create_table(
        "readings",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_readings_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "person_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_readings_association_id_person_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("association_id", "event_id", "person_id", name=op.f("pk_readings")),
    )
    # What follows a meeting is planned for those to come as well.
    op.execute("UPDATE events SET planned_version = 0")


def downgrade() -> None:
    # What the version before does not know.
    op.execute("DELETE FROM outbox WHERE kind IN ('attended', 'roll', 'missed', 'opinion')")
    for table in reversed(_TABLES):
        op.drop_table(table)
    for table, columns in reversed(_added()):
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")
