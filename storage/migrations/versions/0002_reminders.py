"""Reminders that speak to the person: choices, tasks, changes told together, the group's card"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_OPEN = sa.text("done_at IS NULL AND set_aside_at IS NULL")
_UNIQUE = {
    "uq_outbox_broadcast": ["broadcast_id", "person_id"],
    "uq_outbox_group_chat": ["group_chat_id", "event_id"],
}


# Added by ALTER TABLE itself: to copy a table that others refer to would, on SQLite, empty those others.
def _added() -> tuple[tuple[str, tuple[sa.Column[Any], ...]], ...]:
    return (
        (
            "associations",
            (
                sa.Column("naming_rests_until", _MOMENT, nullable=True),
                sa.Column("replan", sa.Boolean(), server_default=sa.true(), nullable=False),
                sa.Column("retention_years", sa.Integer(), server_default="5", nullable=False),
            ),
        ),
        ("persons", (sa.Column("phone", sa.String(length=32), server_default="", nullable=False),)),
        (
            "memberships",
            (
                sa.Column("reminders", sa.String(length=16), server_default="usual", nullable=False),
                sa.Column("paused_until", _MOMENT, nullable=True),
                sa.Column("weekly", sa.Boolean(), server_default=sa.false(), nullable=False),
                sa.Column("monthly", sa.Boolean(), server_default=sa.false(), nullable=False),
            ),
        ),
        (
            "events",
            (
                sa.Column("entrance", sa.Text(), server_default="", nullable=False),
                sa.Column("bring", sa.Text(), server_default="", nullable=False),
                sa.Column("online", sa.Boolean(), server_default=sa.false(), nullable=False),
                sa.Column("link", sa.Text(), server_default="", nullable=False),
                sa.Column("reason", sa.Text(), server_default="", nullable=False),
                sa.Column("answer_by", _MOMENT, nullable=True),
                sa.Column("told_at", _MOMENT, nullable=True),
            ),
        ),
        (
            "revisions",
            (
                sa.Column("entrance", sa.Text(), server_default="", nullable=False),
                sa.Column("online", sa.Boolean(), server_default=sa.false(), nullable=False),
                sa.Column("link", sa.Text(), server_default="", nullable=False),
            ),
        ),
    )


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_processes")),
    )
    op.create_table(
        "pauses",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", name=op.f("pk_pauses")),
    )
    op.create_table(
        "group_chats",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("linked_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"],
            ["associations.id"],
            name=op.f("fk_group_chats_association_id_associations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_chats")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_group_chats_association_id_id")),
        sa.UniqueConstraint("association_id", name=op.f("uq_group_chats_association_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "broadcasts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("by_person_id", _ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"],
            ["associations.id"],
            name=op.f("fk_broadcasts_association_id_associations"),
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["persons.id"],
            name=op.f("fk_broadcasts_by_person_id_persons"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_broadcasts_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "assignments",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("named_at", _MOMENT, nullable=False),
        sa.Column("done_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_assignments_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "person_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_assignments_association_id_person_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("association_id", "event_id", "person_id", name=op.f("pk_assignments")),
    )
    op.create_index("ix_assignments_person", "assignments", ["person_id", "association_id"])

    for table, columns in _added():
        for column in columns:
            op.add_column(table, column)
    op.drop_index("ix_associations_naming_due", "associations")
    op.execute("ALTER TABLE associations DROP COLUMN naming_due_at")
    op.create_index(
        "ix_associations_replan",
        "associations",
        ["id"],
        sqlite_where=sa.text("replan"),
        postgresql_where=sa.text("replan"),
    )
    op.create_index("ix_inbox_sender", "inbox", ["sender", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN)

    # Nothing refers to these two: they can be copied.
    with op.batch_alter_table("notices") as notices:
        notices.add_column(
            sa.Column("audience", sa.String(length=16), server_default="members", nullable=False)
        )
        notices.alter_column("event_id", existing_type=_ID, nullable=True)
        notices.create_foreign_key(
            op.f("fk_notices_association_id_associations"), "associations", ["association_id"], ["id"]
        )
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as outbox:
        outbox.add_column(sa.Column("group_chat_id", _ID, nullable=True))
        outbox.add_column(sa.Column("broadcast_id", _ID, nullable=True))
        outbox.add_column(sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False))
        outbox.add_column(sa.Column("seen_at", _MOMENT, nullable=True))
        outbox.add_column(sa.Column("shown", sa.String(length=64), nullable=True))
        outbox.alter_column("person_id", existing_type=_ID, nullable=True)
        outbox.create_foreign_key(
            op.f("fk_outbox_association_id_group_chat_id_group_chats"),
            "group_chats",
            ["association_id", "group_chat_id"],
            ["association_id", "id"],
            ondelete="CASCADE",
        )
        outbox.create_foreign_key(
            op.f("fk_outbox_association_id_broadcast_id_broadcasts"),
            "broadcasts",
            ["association_id", "broadcast_id"],
            ["association_id", "id"],
            ondelete="CASCADE",
        )
    for name, unique in _UNIQUE.items():
        only = sa.text(f"{unique[0]} IS NOT NULL")
        op.create_index(name, "outbox", unique, unique=True, sqlite_where=only, postgresql_where=only)
    # There are kinds of notices that the events to come have not got yet.
    op.execute("UPDATE events SET planned_version = 0")


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE person_id IS NULL OR broadcast_id IS NOT NULL")
    op.execute("DELETE FROM notices WHERE event_id IS NULL OR audience <> 'members'")
    for name in _UNIQUE:
        op.drop_index(name, "outbox")
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as outbox:
        outbox.drop_constraint(op.f("fk_outbox_association_id_broadcast_id_broadcasts"), type_="foreignkey")
        outbox.drop_constraint(op.f("fk_outbox_association_id_group_chat_id_group_chats"), type_="foreignkey")
        outbox.alter_column("person_id", existing_type=_ID, nullable=False)
        for name in ("shown", "seen_at", "urgent", "broadcast_id", "group_chat_id"):
            outbox.drop_column(name)
    with op.batch_alter_table("notices") as notices:
        notices.drop_constraint(op.f("fk_notices_association_id_associations"), type_="foreignkey")
        notices.alter_column("event_id", existing_type=_ID, nullable=False)
        notices.drop_column("audience")

    op.drop_index("ix_inbox_sender", "inbox")
    op.drop_index("ix_associations_replan", "associations")
    for table, columns in reversed(_added()):
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")
    op.add_column("associations", sa.Column("naming_due_at", _MOMENT, nullable=True))
    op.create_index(
        "ix_associations_naming_due",
        "associations",
        ["naming_due_at"],
        sqlite_where=sa.text("naming_due_at IS NOT NULL"),
        postgresql_where=sa.text("naming_due_at IS NOT NULL"),
    )
    op.drop_index("ix_assignments_person", "assignments")
    for table in ("assignments", "broadcasts", "group_chats", "pauses", "processes"):
        op.drop_table(table)
