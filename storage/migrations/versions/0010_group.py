"""A group chat asks what comes next, and may not let the bot write"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_OF_GROUPS = sa.text("group_chat_id IS NOT NULL")


# Added by ALTER TABLE itself: see 0003.
def _added() -> tuple[tuple[str, tuple[sa.Column[Any], ...]], ...]:
    return (
        (
            "group_chats",
            (
                sa.Column("answered_at", _MOMENT, nullable=True),
                sa.Column("pointed_at", _MOMENT, nullable=True),
                sa.Column("silent_since", _MOMENT, nullable=True),
            ),
        ),
        ("outbox", (sa.Column("topic_id", sa.BigInteger(), nullable=True),)),
    )


def upgrade() -> None:
    for table, columns in _added():
        for column in columns:
            op.add_column(table, column)
    _index_cards("group_chat_id", "event_id", "lead")


def downgrade() -> None:
    # What the version before does not know; of several cards of one event that where cards go is kept.
    op.execute("DELETE FROM outbox WHERE kind IN ('silenced', 'topic')")
    op.execute("DELETE FROM outbox WHERE group_chat_id IS NOT NULL AND lead <> 'card'")
    _index_cards("group_chat_id", "event_id")
    for table, columns in reversed(_added()):
        for column in reversed(columns):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")


def _index_cards(*columns: str) -> None:
    op.drop_index("uq_outbox_group_chat", table_name="outbox")
    op.create_index(
        "uq_outbox_group_chat",
        "outbox",
        list(columns),
        unique=True,
        sqlite_where=_OF_GROUPS,
        postgresql_where=_OF_GROUPS,
    )
