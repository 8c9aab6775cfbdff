"""One use case, one transaction: commit explicitly; leaving without it rolls back."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from contextvars import ContextVar
from types import TracebackType

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.activities import Activities
from storage.assignments import Assignments
from storage.associations import Associations
from storage.attendance import Attendance
from storage.broadcasts import Broadcasts
from storage.certificates import Certificates
from storage.claims import Claims
from storage.code_words import CodeWords
from storage.drafts import Drafts
from storage.engine import Database
from storage.event_invitations import EventInvitations
from storage.events import Events
from storage.feedback import Feedback
from storage.group_chats import GroupChats
from storage.groups import Groups
from storage.guests import Guests
from storage.handovers import Handovers
from storage.imports import Imports
from storage.inbox import Inbox
from storage.journal import Journal
from storage.leases import Leases
from storage.mailing import Mailing
from storage.materials import Materials
from storage.members import Members
from storage.merges import Merges
from storage.notices import Notices
from storage.outbox import Outbox
from storage.papers import Papers
from storage.parts import Parts
from storage.people import People
from storage.progress import ProgressMessages
from storage.protocols import Protocols
from storage.questions import Questions
from storage.readings import Readings
from storage.replicas import Replicas
from storage.reports import Reports
from storage.roster import Roster
from storage.rsvps import Rsvps
from storage.seats import Seats
from storage.secrets import Secrets
from storage.sent import Sent
from storage.talks import Talks
from storage.templates import Templates
from storage.waiting import Waiting

# Whether the running task is inside a unit of work: nothing may wait for the network there.
inside: ContextVar[bool] = ContextVar("inside_unit_of_work", default=False)


class AssociationRows:
    """The repositories of one association: they cannot reach another association's rows."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self.activities = Activities(connection, association_id)
        self.assignments = Assignments(connection, association_id)
        self.attendance = Attendance(connection, association_id)
        self.broadcasts = Broadcasts(connection, association_id)
        self.certificates = Certificates(connection, association_id)
        self.claims = Claims(connection, association_id)
        self.code_words = CodeWords(connection, association_id)
        self.drafts = Drafts(connection, association_id)
        self.events = Events(connection, association_id)
        self.feedback = Feedback(connection, association_id)
        self.groups = Groups(connection, association_id)
        self.guests = Guests(connection, association_id)
        self.handovers = Handovers(connection, association_id)
        self.imports = Imports(connection, association_id)
        self.journal = Journal(connection, association_id)
        self.materials = Materials(connection, association_id)
        self.members = Members(connection, association_id)
        self.merges = Merges(connection, association_id)
        self.papers = Papers(connection, association_id)
        self.parts = Parts(connection, association_id)
        self.protocols = Protocols(connection, association_id)
        self.questions = Questions(connection, association_id)
        self.readings = Readings(connection, association_id)
        self.reports = Reports(connection, association_id)
        self.roster = Roster(connection, association_id)
        self.rsvps = Rsvps(connection, association_id)
        self.seats = Seats(connection, association_id)
        self.talks = Talks(connection, association_id)
        self.templates = Templates(connection, association_id)


class Rows:
    """Every repository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.associations = Associations(connection)
        self.event_invitations = EventInvitations(connection)
        self.people = People(connection)
        self.group_chats = GroupChats(connection)
        self.inbox = Inbox(connection)
        self.leases = Leases(connection)
        self.mailing = Mailing(connection)
        self.notices = Notices(connection)
        self.outbox = Outbox(connection)
        self.progress = ProgressMessages(connection)
        self.secrets = Secrets(connection)
        self.sent = Sent(connection)
        self.replicas = Replicas(connection)
        self.waiting = Waiting(connection)

    def association(self, association_id: int) -> AssociationRows:
        """The repositories of one association."""
        return AssociationRows(self.connection, association_id)


class UnitOfWork:
    """`async with uow as rows: … await uow.commit()`.

    Made for an update out of the inbox, its first commit marks that update as done, so that the effect and
    the mark are one. It can be entered again, each time as a transaction of its own.
    """

    def __init__(self, database: Database, *, inbox_id: int | None = None) -> None:
        self._database = database
        self._inbox_id = inbox_id
        self._open: tuple[AsyncExitStack, Rows] | None = None

    @property
    def done(self) -> bool:
        """Whether the update it was made for is marked as done."""
        return self._inbox_id is None

    async def __aenter__(self) -> Rows:
        if self._open is not None:
            raise RuntimeError("the unit of work is open already")
        stack = AsyncExitStack()
        connection = await stack.enter_async_context(self._database.write())
        token = inside.set(True)
        stack.callback(inside.reset, token)
        rows = Rows(connection)
        self._open = (stack, rows)
        return rows

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        stack, _ = self._opened()
        self._open = None
        await stack.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        """Makes everything said since the block began final; the block writes nothing after it."""
        _, rows = self._opened()
        if self._inbox_id is not None:
            await rows.inbox.mark_done(self._inbox_id)
        await rows.connection.commit()
        self._inbox_id = None

    def _opened(self) -> tuple[AsyncExitStack, Rows]:
        if self._open is None:
            raise RuntimeError("the unit of work is not open")
        return self._open

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[Rows]:
        """The repositories on a connection that only reads."""
        async with self._database.read() as connection:
            yield Rows(connection)
