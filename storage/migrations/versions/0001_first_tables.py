"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("sender", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("bot_id", "update_id", name=op.f("uq_inbox_bot_id_update_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_done", ["done_at"], unique=False)
        batch_op.create_index(
            "ix_inbox_open",
            ["id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND set_aside_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND set_aside_at IS NULL"),
        )

    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "timing_profiles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timing_profiles")),
        sa.UniqueConstraint("settings", name=op.f("uq_timing_profiles_settings")),
    )
    op.create_table(
        "associations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("town", sa.Text(), server_default="", nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("school_year", sa.String(length=9), server_default="", nullable=False),
        sa.Column("usual_time", sa.String(length=5), server_default="14:00", nullable=False),
        sa.Column("profile_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consent_text", sa.Text(), server_default="", nullable=False),
        sa.Column("consent_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("set_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("naming_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("naming_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["timing_profiles.id"], name=op.f("fk_associations_profile_id_timing_profiles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_associations")),
    )
    with op.batch_alter_table("associations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_associations_naming_due",
            ["naming_due_at"],
            unique=False,
            sqlite_where=sa.text("naming_due_at IS NOT NULL"),
            postgresql_where=sa.text("naming_due_at IS NOT NULL"),
        )

    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("gathering", sa.Boolean(), nullable=False),
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), server_default="planned", nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("schedule_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("day_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("planned_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_events_association_id_associations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_events_association_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(
            "ix_events_ahead", ["association_id", "ends_at", "gathering", "status"], unique=False
        )
        batch_op.create_index(
            "ix_events_to_plan",
            ["id"],
            unique=False,
            sqlite_where=sa.text("planned_version <> schedule_version"),
            postgresql_where=sa.text("planned_version <> schedule_version"),
        )

    op.create_table(
        "invitations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("digits", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_invitations_association_id_associations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code", name=op.f("uq_invitations_code")),
        sa.UniqueConstraint("digits", name=op.f("uq_invitations_digits")),
    )
    op.create_table(
        "persons",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("surname", sa.Text(), server_default="", nullable=False),
        sa.Column("given_name", sa.Text(), server_default="", nullable=False),
        sa.Column("patronymic", sa.Text(), server_default="", nullable=False),
        sa.Column("dialogue", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "current_association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("unreachable_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["current_association_id"],
            ["associations.id"],
            name=op.f("fk_persons_current_association_id_associations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_persons_telegram_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "schools",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_schools_association_id_associations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_schools_association_id_id")),
        sa.UniqueConstraint("association_id", "title", name=op.f("uq_schools_association_id_title")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_drafts_association_id_associations")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_drafts_person_id_persons"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("association_id", "person_id", name=op.f("uq_drafts_association_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_journal_association_id_associations")
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["persons.id"],
            name=op.f("fk_journal_by_person_id_persons"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_association", ["association_id", "at"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("school_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("profile_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consent_version", sa.Integer(), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id", "school_id"],
            ["schools.association_id", "schools.id"],
            name=op.f("fk_memberships_association_id_school_id_schools"),
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_memberships_association_id_associations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_memberships_person_id_persons")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["timing_profiles.id"], name=op.f("fk_memberships_profile_id_timing_profiles")
        ),
        sa.PrimaryKeyConstraint("association_id", "person_id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index("ix_memberships_person", ["person_id"], unique=False)
        batch_op.create_index("ix_memberships_profile", ["association_id", "profile_id"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("schedule_version", sa.Integer(), nullable=False),
        sa.Column("lead", sa.String(length=32), nullable=False),
        sa.Column("profile_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("useful_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fanned_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_notices_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["timing_profiles.id"], name=op.f("fk_notices_profile_id_timing_profiles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "event_id",
            "schedule_version",
            "lead",
            "profile_id",
            name=op.f("uq_notices_event_id_schedule_version_lead_profile_id"),
        ),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notices_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("fanned_out_at IS NULL"),
            postgresql_where=sa.text("fanned_out_at IS NULL"),
        )

    op.create_table(
        "plans",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("school_year", sa.String(length=9), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_plans_association_id_associations")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["persons.id"], name=op.f("fk_plans_imported_by_persons"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_plans_association_id_id")),
        sa.UniqueConstraint(
            "association_id", "school_year", name=op.f("uq_plans_association_id_school_year")
        ),
    )
    op.create_table(
        "revisions",
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("by_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_revisions_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["persons.id"],
            name=op.f("fk_revisions_by_person_id_persons"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("association_id", "event_id", "number", name=op.f("pk_revisions")),
    )
    op.create_table(
        "activities",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("when_text", sa.Text(), nullable=False),
        sa.Column("year_round", sa.Boolean(), nullable=False),
        sa.Column("recurs", sa.Text(), nullable=True),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "plan_id"],
            ["plans.association_id", "plans.id"],
            name=op.f("fk_activities_association_id_plan_id_plans"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_activities_association_id_associations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_activities_association_id_id")),
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index("ix_activities_plan", ["association_id", "plan_id", "position"], unique=False)

    op.create_table(
        "questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replied_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id", "person_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_questions_association_id_person_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id"], ["associations.id"], name=op.f("fk_questions_association_id_associations")
        ),
        sa.ForeignKeyConstraint(
            ["replied_by"], ["persons.id"], name=op.f("fk_questions_replied_by_persons"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("association_id", "id", name=op.f("uq_questions_association_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rsvps",
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("day_version", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_rsvps_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "person_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_rsvps_association_id_person_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("association_id", "event_id", "person_id", name=op.f("pk_rsvps")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("rsvps", schema=None) as batch_op:
        batch_op.create_index("ix_rsvps_person", ["person_id", "association_id"], unique=False)

    op.create_table(
        "event_activities",
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id", "activity_id"],
            ["activities.association_id", "activities.id"],
            name=op.f("fk_event_activities_association_id_activity_id_activities"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_event_activities_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "association_id", "event_id", "activity_id", name=op.f("pk_event_activities")
        ),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("association_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("lead", sa.String(length=32), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("since_revision", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("useful_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=16), server_default="waiting", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease", sa.BigInteger(), nullable=True),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["association_id", "event_id"],
            ["events.association_id", "events.id"],
            name=op.f("fk_outbox_association_id_event_id_events"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "person_id"],
            ["memberships.association_id", "memberships.person_id"],
            name=op.f("fk_outbox_association_id_person_id_memberships"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["association_id", "question_id"],
            ["questions.association_id", "questions.id"],
            name=op.f("fk_outbox_association_id_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint(
            "event_id", "version", "lead", "person_id", name=op.f("uq_outbox_event_id_version_lead_person_id")
        ),
        sa.UniqueConstraint(
            "question_id", "lead", "person_id", name=op.f("uq_outbox_question_id_lead_person_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_attempted",
            ["lease"],
            unique=False,
            sqlite_where=sa.text("state = 'attempted'"),
            postgresql_where=sa.text("state = 'attempted'"),
        )
        batch_op.create_index("ix_outbox_person", ["association_id", "person_id"], unique=False)
        batch_op.create_index(
            "ix_outbox_waiting",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_outbox_person")
        batch_op.drop_index(
            "ix_outbox_attempted",
            sqlite_where=sa.text("state = 'attempted'"),
            postgresql_where=sa.text("state = 'attempted'"),
        )

    op.drop_table("outbox")
    op.drop_table("event_activities")
    with op.batch_alter_table("rsvps", schema=None) as batch_op:
        batch_op.drop_index("ix_rsvps_person")

    op.drop_table("rsvps")
    op.drop_table("questions")
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index("ix_activities_plan")

    op.drop_table("activities")
    op.drop_table("revisions")
    op.drop_table("plans")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notices_due",
            sqlite_where=sa.text("fanned_out_at IS NULL"),
            postgresql_where=sa.text("fanned_out_at IS NULL"),
        )

    op.drop_table("notices")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index("ix_memberships_profile")
        batch_op.drop_index("ix_memberships_person")

    op.drop_table("memberships")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_association")

    op.drop_table("journal")
    op.drop_table("drafts")
    op.drop_table("schools")
    op.drop_table("persons")
    op.drop_table("invitations")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_events_to_plan",
            sqlite_where=sa.text("planned_version <> schedule_version"),
            postgresql_where=sa.text("planned_version <> schedule_version"),
        )
        batch_op.drop_index("ix_events_ahead")

    op.drop_table("events")
    with op.batch_alter_table("associations", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_associations_naming_due",
            sqlite_where=sa.text("naming_due_at IS NOT NULL"),
            postgresql_where=sa.text("naming_due_at IS NOT NULL"),
        )

    op.drop_table("associations")
    op.drop_table("timing_profiles")
    op.drop_table("leases")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_open",
            sqlite_where=sa.text("done_at IS NULL AND set_aside_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND set_aside_at IS NULL"),
        )
        batch_op.drop_index("ix_inbox_done")

    op.drop_table("inbox")
