"""Every table, in one readable file.

Rows that belong to an association carry `association_id`, and foreign keys between such rows are
composite, so that the database itself refuses a row that reaches across. Moments are UTC.
"""

from datetime import UTC, date, datetime, time

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)

from domain.period import Period, Precision

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC moment. SQLite hands back naive ones and takes them too: neither passes here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class PeriodText(TypeDecorator[Period]):
    """A Period in one column: «precision first-day last-day start end», «-» for what is not known."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Period | None, dialect: Dialect | None) -> str | None:
        if value is None:
            return None
        parts = (value.start, value.end, value.start_time, value.end_time)
        return " ".join([value.precision, *("-" if part is None else part.isoformat() for part in parts)])

    def process_result_value(self, value: str | None, dialect: Dialect | None) -> Period | None:
        if value is None:
            return None
        precision, start, end, start_time, end_time = value.split()
        return Period(
            Precision(precision),
            None if start == "-" else date.fromisoformat(start),
            date.fromisoformat(end),
            None if start_time == "-" else time.fromisoformat(start_time),
            None if end_time == "-" else time.fromisoformat(end_time),
        )


# SQLite numbers rows by itself only in a column of type INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")

# SQLite gives the highest id anew once its row is deleted; PostgreSQL never does. Where rows are deleted and
# a button, or a message in flight, may still hold the id, `sqlite_autoincrement` sees to it that it does not
# come to mean another row.

timing_profiles = Table(
    "timing_profiles",
    metadata,
    Column("id", Id, primary_key=True),
    # Canonical JSON: equal settings are one row, shared by all who have them.
    Column("settings", Text, nullable=False, unique=True),
)

associations = Table(
    "associations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", Text, nullable=False, server_default=""),
    Column("town", Text, nullable=False, server_default=""),
    Column("zone", String(64), nullable=False),
    Column("school_year", String(9), nullable=False, server_default=""),
    Column("usual_time", String(5), nullable=False, server_default="14:00"),
    Column("usual_venue", Text, nullable=False, server_default=""),
    # School holidays, in order: [[first day, last day], …].
    Column("holidays", JSON(none_as_null=True)),
    # What who comes in reads first; an empty one means the words that come with Звонок.
    Column("greeting", Text, nullable=False, server_default=""),
    # How many minutes before and after an event people can check in.
    Column("checkin_before", Integer, nullable=False, server_default="30"),
    Column("checkin_after", Integer, nullable=False, server_default="30"),
    # Whether who was at an event is asked for a word about it.
    Column("asks_feedback", Boolean, nullable=False, server_default=false()),
    # The methodical centre, as letters name it.
    Column("centre", Text, nullable=False, server_default=""),
    Column("profile_id", Id, ForeignKey("timing_profiles.id"), nullable=False),
    # The consent's wording is the association's; an empty one means the one that comes with Звонок.
    Column("consent_text", Text, nullable=False, server_default=""),
    Column("consent_version", Integer, nullable=False, server_default="1"),
    Column("set_up_at", UTCDateTime),
    # When its coordinators were last asked to name days, and until when they want to hear nothing of it.
    Column("naming_asked_at", UTCDateTime),
    Column("naming_rests_until", UTCDateTime),
    # Set while its notices that come by the calendar (digests, questions about days) are to be made anew.
    Column("replan", Boolean, nullable=False, server_default=true()),
    # Whether who opens an invitation waits until a coordinator lets her in.
    Column("by_request", Boolean, nullable=False, server_default=false()),
    # What it keeps of its people beside name, school and position: domain.records.Detail, parted by blanks.
    Column("keeps", String(64), nullable=False, server_default=""),
    # How long it keeps the journal of what was sent.
    Column("retention_years", Integer, nullable=False, server_default="5"),
    Column("created_at", UTCDateTime, nullable=False),
    Index("ix_associations_replan", "id", sqlite_where=text("replan"), postgresql_where=text("replan")),
)

persons = Table(
    "persons",
    metadata,
    Column("id", Id, primary_key=True),
    Column("telegram_id", BigInteger, unique=True),
    Column("surname", Text, nullable=False, server_default=""),
    Column("given_name", Text, nullable=False, server_default=""),
    Column("patronymic", Text, nullable=False, server_default=""),
    # Given by herself, or by the coordinator for one who is not in Telegram.
    Column("phone", String(32), nullable=False, server_default=""),
    # What the conversation is about at the moment: {"step": …, "facts": {…}}.
    Column("dialogue", JSON(none_as_null=True)),
    Column("current_association_id", Id, ForeignKey("associations.id")),
    # Set when Telegram says that the person blocked the bot; cleared when she writes again.
    Column("unreachable_at", UTCDateTime),
    Column("created_at", UTCDateTime, nullable=False),
    sqlite_autoincrement=True,
)

schools = Table(
    "schools",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("title", Text, nullable=False),
    UniqueConstraint("association_id", "id"),
    UniqueConstraint("association_id", "title"),
)

memberships = Table(
    "memberships",
    metadata,
    Column("association_id", Id, ForeignKey("associations.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("role", String(16), nullable=False),
    # domain.records.Standing
    Column("status", String(16), nullable=False),
    # The one that stands in the sheets; where else she works is in `other_schools`.
    Column("school_id", Id),
    Column("position", Text, nullable=False, server_default=""),
    # Where one comes from who is a guest, and so of no school.
    Column("organisation", Text, nullable=False, server_default=""),
    # As they were written; only where the association keeps them.
    Column("category", Text, nullable=False, server_default=""),
    Column("service", Text, nullable=False, server_default=""),
    # The list out of which she came, if out of any.
    Column("import_id", Id),
    # The end of a long leave, while she is on one.
    Column("away_until", UTCDateTime),
    # Her timing profile, which follows from the association's by her choice (domain.timing.Choice).
    Column("profile_id", Id, ForeignKey("timing_profiles.id"), nullable=False),
    Column("reminders", String(16), nullable=False, server_default="usual"),
    # Nothing is sent unasked until then.
    Column("paused_until", UTCDateTime),
    Column("weekly", Boolean, nullable=False, server_default=false()),
    Column("monthly", Boolean, nullable=False, server_default=false()),
    Column("consent_version", Integer, nullable=False),
    Column("consent_text", Text, nullable=False),
    Column("consented_at", UTCDateTime, nullable=False),
    Column("joined_at", UTCDateTime),
    # She gave the desk up, or it was taken from her: the operator's list does not bring it back.
    Column("resigned", Boolean, nullable=False, server_default=false()),
    ForeignKeyConstraint(["association_id", "school_id"], ["schools.association_id", "schools.id"]),
    Index("ix_memberships_person", "person_id"),
    Index("ix_memberships_profile", "association_id", "profile_id"),
)

other_schools = Table(
    "other_schools",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    Column("school_id", Id, primary_key=True),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(["association_id", "school_id"], ["schools.association_id", "schools.id"]),
)

# Heads, newcomers: whatever a coordinator tells apart. (The chat in Telegram is in `group_chats`.)
groups = Table(
    "groups",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("title", Text, nullable=False),
    UniqueConstraint("association_id", "id"),
    UniqueConstraint("association_id", "title"),
    sqlite_autoincrement=True,
)

group_members = Table(
    "group_members",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("group_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    ForeignKeyConstraint(
        ["association_id", "group_id"], ["groups.association_id", "groups.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
)

# Two records that turned out to be one person; `facts` is what it takes to part them again.
merges = Table(
    "merges",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("kept_id", Id, nullable=False),
    Column("dropped_id", Id, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    UniqueConstraint("association_id", "id"),
    UniqueConstraint("association_id", "dropped_id"),
    ForeignKeyConstraint(
        ["association_id", "kept_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["association_id", "dropped_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    sqlite_autoincrement=True,
)

# A list of people that a coordinator stored; `school_ids` are the schools that were new with it.
imports = Table(
    "imports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    Column("school_ids", JSON, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    UniqueConstraint("association_id", "id"),
    sqlite_autoincrement=True,
)

# «Да, это я»: who says that a record is hers, and what became of it (domain.records.ClaimState).
claims = Table(
    "claims",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("person_id", Id, nullable=False),
    Column("record_id", Id, nullable=False),
    Column("state", String(16), nullable=False),
    # The merge that made the record hers; gone once they were parted again.
    Column("merge_id", Id),
    Column("at", UTCDateTime, nullable=False),
    UniqueConstraint("association_id", "id"),
    UniqueConstraint("association_id", "person_id", "record_id"),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["association_id", "record_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    sqlite_autoincrement=True,
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("code", String(32), nullable=False, unique=True),
    Column("digits", String(16), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    # Only a coordinator's and a methodist's: good once, until then.
    Column("expires_at", UTCDateTime),
    Column("used_at", UTCDateTime),
    # Only a methodist's: the ids of other associations that it opens too.
    Column("beside", JSON(none_as_null=True)),
)

# The desk handed over by its coordinator to somebody: a member, or whoever opens the invitation of this code.
handovers = Table(
    "handovers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("from_id", Id, nullable=False),
    Column("to_id", Id),
    Column("code", String(32), unique=True),
    # Whether who hands over leaves the association; otherwise she stays as a member.
    Column("leaves", Boolean, nullable=False),
    # domain.records.Passing
    Column("state", String(16), nullable=False),
    # What the new one was before (domain.roles.Role).
    Column("role_before", String(16)),
    Column("offered_at", UTCDateTime, nullable=False),
    Column("accepted_at", UTCDateTime),
    UniqueConstraint("association_id", "id"),
    ForeignKeyConstraint(
        ["association_id", "from_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["association_id", "to_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    sqlite_autoincrement=True,
)

plans = Table(
    "plans",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("school_year", String(9), nullable=False),
    Column("title", Text, nullable=False),
    # The plan as it was read, in the form of `plan read --json`.
    Column("draft", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("imported_at", UTCDateTime, nullable=False),
    Column("imported_by", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    UniqueConstraint("association_id", "id"),
    UniqueConstraint("association_id", "school_year"),
)

activities = Table(
    "activities",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("plan_id", Id, nullable=False),
    Column("position", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("section", Text),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("audience", Text, nullable=False),
    Column("when_text", Text, nullable=False),
    Column("year_round", Boolean, nullable=False),
    Column("recurs", Text),
    Column("venue", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    UniqueConstraint("association_id", "id"),
    ForeignKeyConstraint(
        ["association_id", "plan_id"], ["plans.association_id", "plans.id"], ondelete="CASCADE"
    ),
    Index("ix_activities_plan", "association_id", "plan_id", "position"),
)

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("gathering", Boolean, nullable=False),
    Column("period", PeriodText, nullable=False),
    Column("venue", Text, nullable=False),
    # Which door, what to bring; how people come (domain.records.Mode), and the link of those who join.
    Column("entrance", Text, nullable=False, server_default=""),
    Column("bring", Text, nullable=False, server_default=""),
    Column("mode", String(16), nullable=False, server_default="onsite"),
    Column("link", Text, nullable=False, server_default=""),
    # How many can come in person; None where any number can.
    Column("seats", Integer),
    Column("responsible", Text, nullable=False),
    # Whom to ask.
    Column("contact", Text, nullable=False, server_default=""),
    Column("audience", Text, nullable=False),
    Column("status", String(16), nullable=False, server_default="planned"),
    # Why it was cancelled.
    Column("reason", Text, nullable=False, server_default=""),
    # Until when answers are asked for, where the coordinator has said so (domain.rsvp.answer_deadline).
    Column("answer_by", UTCDateTime),
    # Consequences of the above that the busy statements ask for; the domain works them out at each change.
    Column("starts_at", UTCDateTime, nullable=False),
    Column("ends_at", UTCDateTime, nullable=False),
    Column("answers_until", UTCDateTime),
    # Every change counts `revision` up; one of day or hour also `schedule_version`; one of the day
    # also `day_version`.
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("schedule_version", Integer, nullable=False, server_default="1"),
    Column("day_version", Integer, nullable=False, server_default="1"),
    # The schedule for which notices were made; differs from schedule_version while planning is due.
    Column("planned_version", Integer, nullable=False, server_default="0"),
    # When its day was last announced, and when people were last told of a change at once: what changes in
    # the minutes after is told together.
    Column("announced_at", UTCDateTime),
    Column("told_at", UTCDateTime),
    # Held together with others: which one speaks for it; of that one, its own words until they part again.
    Column("merged_into", Id),
    Column("alone", JSON(none_as_null=True)),
    # Whom it is for (domain.records.Invited); the group where it is for one.
    Column("invited", String(16), nullable=False, server_default="everybody"),
    Column("group_id", Id),
    UniqueConstraint("association_id", "id"),
    # With all but the first two every card counts what is ahead of its reader without looking at the rows.
    Index("ix_events_ahead", "association_id", "ends_at", "gathering", "status", "invited", "group_id", "id"),
    Index(
        "ix_events_to_plan",
        "id",
        sqlite_where=text("planned_version <> schedule_version"),
        postgresql_where=text("planned_version <> schedule_version"),
    ),
    sqlite_autoincrement=True,
)

event_activities = Table(
    "event_activities",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("activity_id", Id, primary_key=True),
    # The row's own mark of fulfilment: on which day.
    Column("held_on", Date),
    # The event whose row it is, while that one is held together with this.
    Column("came_from", Id),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "activity_id"], ["activities.association_id", "activities.id"], ondelete="CASCADE"
    ),
)

revisions = Table(
    "revisions",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("period", PeriodText, nullable=False),
    Column("title", Text, nullable=False),
    Column("venue", Text, nullable=False),
    Column("entrance", Text, nullable=False, server_default=""),
    Column("mode", String(16), nullable=False, server_default="onsite"),
    Column("link", Text, nullable=False, server_default=""),
    Column("status", String(16), nullable=False),
    # What changed, by column: [before, after]. None where it was written before this was kept.
    Column("changes", JSON(none_as_null=True)),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    Column("at", UTCDateTime, nullable=False),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    Index("ix_revisions_association", "association_id", "at"),
)

rsvps = Table(
    "rsvps",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    Column("answer", String(16), nullable=False),
    # An answer counts while this is the event's own: when the day changes, it is kept but asked anew. The
    # negative one is that of an answer withdrawn with its person.
    Column("day_version", Integer, nullable=False),
    Column("answered_at", UTCDateTime, nullable=False),
    # Of one who waits for a seat: until when (by the Clock) a free one is kept for her.
    Column("offered_until", UTCDateTime),
    # Of «не смогу»: why not (a domain.records.Reason or her own words, kept until the school year is over),
    # and who comes in her place: a member, or somebody by name.
    Column("reason", Text, nullable=False, server_default=""),
    Column("substitute_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    Column("substitute_name", Text, nullable=False, server_default=""),
    # What she had answered until another record's, or another event's, answer took its place: while the two
    # are one it lies here, as storage.rsvps writes it.
    Column("before", JSON(none_as_null=True)),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    Index("ix_rsvps_person", "person_id", "association_id"),
    # Whether somebody waits for a seat is asked once a second.
    Index(
        "ix_rsvps_waiting",
        "association_id",
        "event_id",
        sqlite_where=text("answer = 'waitlisted'"),
        postgresql_where=text("answer = 'waitlisted'"),
    ),
    # Every card counts the answers to its event, and those who come in the place of others.
    Index("ix_rsvps_counted", "association_id", "event_id", "day_version", "answer", "substitute_name"),
    # Kept in the order of its key: the answers to one event lie together.
    sqlite_with_rowid=False,
)

# Who comes without being in the bot: partners, speakers. Entered by a coordinator.
event_guests = Table(
    "event_guests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("event_id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    # The event whose guest it is, while that one is held together with this.
    Column("came_from", Id),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    Column("at", UTCDateTime, nullable=False),
    # Whether she was there (domain.records.Mark); None while nobody has said so.
    Column("mark", String(8)),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    # Every card counts those who come.
    Index("ix_event_guests_event", "association_id", "event_id"),
    sqlite_autoincrement=True,
)

# Who has a part in one event (domain.roles.Part): its presenters, and guests who are in the bot.
event_people = Table(
    "event_people",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    Column("part", String(8), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    Index("ix_event_people_person", "person_id", "association_id"),
)

# Who was there. Who has no row is unmarked, which is another thing than absent.
attendance = Table(
    "attendance",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    # domain.records.Mark and Way
    Column("mark", String(8), nullable=False),
    Column("way", String(8), nullable=False),
    # A mark is of the day that the event had then: when the day changes, it counts no longer.
    Column("day_version", Integer, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    Index("ix_attendance_person", "person_id", "association_id"),
    sqlite_with_rowid=False,
)

# The word that is said in the room, for some minutes.
checkin_words = Table(
    "checkin_words",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("word", Text, nullable=False),
    Column("valid_until", UTCDateTime, nullable=False),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
)

# How many wrong words, or digits, somebody gave for an event.
checkin_tries = Table(
    "checkin_tries",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    Column("wrong", Integer, nullable=False),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
)

# Who was not there and says that she has read the materials: counted apart from attendance.
readings = Table(
    "readings",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    Column("at", UTCDateTime, nullable=False),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
)

# A word about an event, of one who was there.
feedback = Table(
    "feedback",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
)

# Scans and photographs that belong to an event (domain.records.PaperKind). Files lie with Telegram.
papers = Table(
    "papers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("event_id", Id, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("file_id", Text, nullable=False),
    Column("picture", Boolean, nullable=False),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    Column("at", UTCDateTime, nullable=False),
    # Taken out; for a day it can be brought back.
    Column("removed_at", UTCDateTime),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    Index("ix_papers_event", "association_id", "event_id", "kind"),
    sqlite_autoincrement=True,
)

# The protocol of a meeting: what of it is not known otherwise. Its number restarts every school year, and is
# given when the document is made for the first time.
protocols = Table(
    "protocols",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("school_year", String(9), nullable=False),
    Column("number", Integer),
    Column("chairman", Text, nullable=False, server_default=""),
    Column("secretary", Text, nullable=False, server_default=""),
    # The points of the agenda, where they are not those of the plan and the programme.
    Column("agenda", JSON(none_as_null=True)),
    # What was decided, in order (domain.protocols.Decision).
    Column("decisions", JSON, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    UniqueConstraint("association_id", "school_year", "number"),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
)

# Numbers of certificates, which restart every school year; who took part has one an event, a talk its own.
certificates = Table(
    "certificates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("event_id", Id, nullable=False),
    # «person:7», «guest:3», «talk:5»: whose it is.
    Column("whose", String(32), nullable=False),
    Column("school_year", String(9), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    UniqueConstraint("association_id", "event_id", "whose"),
    UniqueConstraint("association_id", "school_year", "number"),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    sqlite_autoincrement=True,
)

# An association's own template of a document, in place of the one that comes with Звонок.
templates = Table(
    "templates",
    metadata,
    Column("association_id", Id, ForeignKey("associations.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    Column("at", UTCDateTime, nullable=False),
)

# What the head writes for the year's report: its aims, the tasks for the next year.
year_notes = Table(
    "year_notes",
    metadata,
    Column("association_id", Id, ForeignKey("associations.id"), primary_key=True),
    Column("school_year", String(9), primary_key=True),
    Column("notes", JSON, nullable=False),
    Column("at", UTCDateTime, nullable=False),
)

# What nobody outside may know, made at the first start.
secrets = Table(
    "secrets",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

# Ways to one event: the one that its guests share, and those of its presenters.
event_invitations = Table(
    "event_invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("event_id", Id, nullable=False),
    Column("part", String(8), nullable=False),
    Column("code", String(32), nullable=False, unique=True),
    Column("digits", String(16), nullable=False, unique=True),
    Column("created_at", UTCDateTime, nullable=False),
    # Only a presenter's: good once, until then.
    Column("expires_at", UTCDateTime),
    Column("used_at", UTCDateTime),
    Column("withdrawn_at", UTCDateTime),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    Index("ix_event_invitations_event", "association_id", "event_id"),
)

# What there is to read of an event. Files lie with Telegram: only its names for them are kept.
materials = Table(
    "materials",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("event_id", Id, nullable=False),
    # domain.records.MaterialKind
    Column("kind", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("link", Text, nullable=False, server_default=""),
    Column("file_id", Text, nullable=False, server_default=""),
    Column("file_unique_id", Text, nullable=False, server_default=""),
    Column("size", BigInteger, nullable=False, server_default="0"),
    # The event that it belongs to, while that one is held together with this.
    Column("came_from", Id),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    Column("at", UTCDateTime, nullable=False),
    # Taken out; for a day it can be brought back.
    Column("removed_at", UTCDateTime),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    # Every card counts them.
    Index("ix_materials_event", "association_id", "event_id", "removed_at"),
    sqlite_autoincrement=True,
)

# Who speaks at an event, of what. The name is the one that she had then; who has herself erased takes it
# along.
talks = Table(
    "talks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("event_id", Id, nullable=False),
    # The member who speaks; None for somebody by name, and for one who is erased.
    Column("person_id", Id),
    Column("speaker", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("theme", Text, nullable=False),
    # domain.records.TalkForm and TalkStanding
    Column("form", String(16), nullable=False),
    Column("standing", String(16), nullable=False),
    Column("position", Integer, nullable=False, server_default="0"),
    # The event whose talk it is, while that one is held together with this.
    Column("came_from", Id),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    # Since when it stands so.
    Column("at", UTCDateTime, nullable=False),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "person_id"], ["memberships.association_id", "memberships.person_id"]
    ),
    # Every card counts those that stand in the programme.
    Index("ix_talks_event", "association_id", "event_id", "standing"),
    Index("ix_talks_person", "person_id", "association_id"),
    sqlite_autoincrement=True,
)

# Who is named for a task, and when she had it done.
assignments = Table(
    "assignments",
    metadata,
    Column("association_id", Id, primary_key=True),
    Column("event_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    Column("named_at", UTCDateTime, nullable=False),
    Column("done_at", UTCDateTime),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    Index("ix_assignments_person", "person_id", "association_id"),
)

# The association's chat in Telegram, where cards with counts are shown.
group_chats = Table(
    "group_chats",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False, unique=True),
    Column("telegram_id", BigInteger, nullable=False),
    Column("topic_id", BigInteger),
    Column("title", Text, nullable=False),
    Column("linked_at", UTCDateTime, nullable=False),
    # By real time: when «что дальше?» was last answered there, when it was last pointed to the answer, and
    # since when the bot may not write there (NULL where it may, as far as is known).
    Column("answered_at", UTCDateTime),
    Column("pointed_at", UTCDateTime),
    Column("silent_since", UTCDateTime),
    UniqueConstraint("association_id", "id"),
    sqlite_autoincrement=True,
)

# What a coordinator wrote to many.
broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    Column("text", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    # To whom (domain.broadcasts.Whom), and the id of the event or the school that this is about.
    Column("whom", String(16), nullable=False, server_default="all"),
    Column("about_id", Id),
    Column("stopped_at", UTCDateTime),
    UniqueConstraint("association_id", "id"),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("person_id", Id, ForeignKey("persons.id", ondelete="CASCADE"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("draft", JSON, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    UniqueConstraint("association_id", "person_id"),
    sqlite_autoincrement=True,
)

questions = Table(
    "questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("person_id", Id, nullable=False),
    Column("question", Text, nullable=False),
    Column("asked_at", UTCDateTime, nullable=False),
    Column("reply", Text),
    Column("replied_at", UTCDateTime),
    Column("replied_by", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    UniqueConstraint("association_id", "id"),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    sqlite_autoincrement=True,
)

notices = Table(
    "notices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    # None for what comes by the calendar: digests, questions about days.
    Column("event_id", Id),
    Column("schedule_version", Integer, nullable=False),
    Column("lead", String(32), nullable=False),
    # Whom it reaches of those who have its profile (domain.reminders.Audience).
    Column("audience", String(16), nullable=False, server_default="members"),
    Column("profile_id", Id, ForeignKey("timing_profiles.id"), nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("useful_until", UTCDateTime, nullable=False),
    Column("fanned_out_at", UTCDateTime),
    UniqueConstraint("event_id", "schedule_version", "lead", "profile_id"),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    Index(
        "ix_notices_due",
        "due_at",
        sqlite_where=text("fanned_out_at IS NULL"),
        postgresql_where=text("fanned_out_at IS NULL"),
    ),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, nullable=False),
    # To whom: a member, or the association's group chat.
    Column("person_id", Id),
    Column("group_chat_id", Id),
    Column("kind", String(16), nullable=False),
    # What it is about. Text is never stored: it is made when the row is delivered.
    Column("event_id", Id),
    Column("question_id", Id),
    Column("broadcast_id", Id),
    Column("lead", String(32), nullable=False, server_default=""),
    # For a reminder the schedule's version, for a change the event's revision; how many, where it counts; of
    # a request to be let in, the person who asks, of a new helper, who it is; of what becomes of the desk,
    # the handover.
    Column("version", Integer, nullable=False, server_default="0"),
    # For a change: the revision that people were last told of; 0 where they were told of none.
    Column("since_revision", Integer),
    # A change at short notice: it wakes people, and asks them to say that they saw it.
    Column("urgent", Boolean, nullable=False, server_default=false()),
    Column("seen_at", UTCDateTime),
    # By the Clock: from when on, and until when it is of use.
    Column("due_at", UTCDateTime, nullable=False),
    Column("useful_until", UTCDateTime),
    Column("state", String(16), nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    # By real time: an attempt under way, and not before when the next may be made.
    Column("attempted_at", UTCDateTime),
    Column("lease", BigInteger),
    Column("retry_at", UTCDateTime),
    Column("done_at", UTCDateTime),
    Column("message_id", BigInteger),
    # What a card that is kept up to date showed last.
    Column("shown", String(64)),
    # The topic of a card that was asked for elsewhere than where cards go; 0 where it was asked for in none.
    Column("topic_id", BigInteger),
    UniqueConstraint("event_id", "version", "lead", "person_id"),
    UniqueConstraint("question_id", "lead", "person_id"),
    ForeignKeyConstraint(
        ["association_id", "person_id"],
        ["memberships.association_id", "memberships.person_id"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["association_id", "event_id"], ["events.association_id", "events.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "question_id"], ["questions.association_id", "questions.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["association_id", "group_chat_id"],
        ["group_chats.association_id", "group_chats.id"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["association_id", "broadcast_id"],
        ["broadcasts.association_id", "broadcasts.id"],
        ondelete="CASCADE",
    ),
    Index(
        "ix_outbox_waiting",
        "due_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_attempted",
        "lease",
        sqlite_where=text("state = 'attempted'"),
        postgresql_where=text("state = 'attempted'"),
    ),
    Index("ix_outbox_person", "association_id", "person_id"),
    Index(
        "uq_outbox_broadcast",
        "broadcast_id",
        "person_id",
        unique=True,
        sqlite_where=text("broadcast_id IS NOT NULL"),
        postgresql_where=text("broadcast_id IS NOT NULL"),
    ),
    Index(
        "ix_outbox_progress",
        "id",
        sqlite_where=text("kind = 'progress'"),
        postgresql_where=text("kind = 'progress'"),
    ),
    Index(
        "uq_outbox_group_chat",
        "group_chat_id",
        "event_id",
        "lead",
        unique=True,
        sqlite_where=text("group_chat_id IS NOT NULL"),
        postgresql_where=text("group_chat_id IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    # Whose updates are kept in order; 0 for updates that come from nobody, or are done with.
    Column("sender", BigInteger, nullable=False),
    # The raw update; erased as soon as it is done with.
    Column("payload", Text),
    Column("received_at", UTCDateTime, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("done_at", UTCDateTime),
    Column("set_aside_at", UTCDateTime),
    UniqueConstraint("bot_id", "update_id"),
    Index(
        "ix_inbox_open",
        "id",
        sqlite_where=text("done_at IS NULL AND set_aside_at IS NULL"),
        postgresql_where=text("done_at IS NULL AND set_aside_at IS NULL"),
    ),
    # Whose turn it is, where several processes serve one person.
    Index(
        "ix_inbox_sender",
        "sender",
        "id",
        sqlite_where=text("done_at IS NULL AND set_aside_at IS NULL"),
        postgresql_where=text("done_at IS NULL AND set_aside_at IS NULL"),
    ),
    Index("ix_inbox_done", "done_at"),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("association_id", Id, ForeignKey("associations.id"), nullable=False),
    Column("by_person_id", Id, ForeignKey("persons.id", ondelete="SET NULL")),
    Column("kind", String(32), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Index("ix_journal_association", "association_id", "at"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("holder", String(64), nullable=False),
    Column("until", UTCDateTime, nullable=False),
)

# On PostgreSQL: the processes that share the database, each alive until then by the database's clock.
processes = Table(
    "processes",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("until", UTCDateTime, nullable=False),
)

# Telegram's 429 to one process holds for all that send as the same bot, until then by the database's clock.
pauses = Table(
    "pauses",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("until", UTCDateTime, nullable=False),
)
