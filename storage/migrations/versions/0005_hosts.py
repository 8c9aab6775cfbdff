"""A part in one event: presenters, and guests who are in the bot"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # By ALTER TABLE itself: others refer to this table.
    op.add_column("memberships", sa.Column("organisation", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "event_people",
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_event_people_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "person_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_event_people_association_id_person_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("association_id", "event_id", "person_id", name=op.f("pk_event_people")),
    )
    op.create_index("ix_event_people_person", "event_people", ["person_id", "association_id"])
    op.create_table(
        "event_invitations",
        sa.Column("id", _ID, nullable=False),
        sa.Column("association_id", _ID, nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("digits", sa.String(length=16), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=True),
        sa.Column("used_at", _MOMENT, nullable=True),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id"],
            ["associations.id"],
            name=op.f("fk_event_invitations_association_id_associations"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_event_invitations_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_invitations")),
        sa.UniqueConstraint("code", name=op.f("uq_event_invitations_code")),
        sa.UniqueConstraint("digits", name=op.f("uq_event_invitations_digits")),
    )
    op.create_index("ix_event_invitations_event", "event_invitations", ["association_id", "event_id"])


def downgrade() -> None:
    # Who is a guest is nothing that the earlier version knows.
    op.execute("DELETE FROM memberships WHERE status = 'guest' OR (status = 'joining' AND role = 'guest')")
    op.drop_table("event_invitations")
    op.drop_table("event_people")
    op.execute("ALTER TABLE memberships DROP COLUMN organisation")
