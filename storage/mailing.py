"""Who is written to, and of what: rows put into the outbox in the transaction of what causes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.broadcasts import EVERYBODY, Target, Whom
from domain.records import Event, Invited, Standing
from domain.roles import Role
from storage import audiences
from storage.joins import CONCERNED, TAKES_PART
from storage.outbox import UNTOLD, Message, OutboxRow, State, gathered_by, obsolete
from storage.tables import memberships, outbox
from storage.targets import IN_TELEGRAM, meant
from storage.upsert import insert_or_ignore

# The lead of the message that a task is somebody's now.
NAMED = "named"
# The lead of a change as a methodist is told it.
OVERSEEN = "overseen"


@dataclass(frozen=True, slots=True)
class InvitedCount:
    """Whom another invitation reaches, of those who can be written to: how many it is for then, how many of
    them are new to it, to how many nothing more is said, and how many of those said that they come."""

    concerned: int
    newly: int
    no_more: int
    coming: int


@dataclass(frozen=True, slots=True)
class Change:
    """What people are to be told of an event: its state at `revision` against the one before.

    `due` says when, by timing profile (UTC by the Clock); who made the change (`but`) knows already. Those
    for whom a gathering was not as it stood before (`were`) know nothing of it.
    """

    event: Event
    since: int
    due: Mapping[int, datetime]
    urgent: bool
    but: int | None
    were: Event | None = None


class Mailing:
    """What the use cases and the clock put into the outbox."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def tell(self, change: Change) -> int:
        """A change notice to everybody concerned but the one who made the change; returns how many.

        Who has an earlier one still waiting was last told of what stood before that: the new notice takes its
        place, and nothing is sent where nothing differs in the end. A pause (a member's own) delays it,
        unless it is urgent.
        """
        event = change.event
        earlier = outbox.alias("earlier")
        last_told = (
            select(func.min(earlier.c.since_revision))
            .where(
                earlier.c.event_id == event.id,
                earlier.c.person_id == memberships.c.person_id,
                earlier.c.kind == Message.CHANGE,
                earlier.c.state.in_(UNTOLD),
            )
            .correlate(memberships)
            .scalar_subquery()
        )
        since: ColumnElement[int] = literal(change.since, outbox.c.since_revision.type)
        were = change.were
        if were is not None and (were.invited, were.group_id) != (event.invited, event.group_id):
            newly = CONCERNED & ~audiences.were_it_for(were.invited, were.group_id) & audiences.SAID_NOTHING
            since = case((newly, literal(0)), else_=since)
        told = await self._put(
            audiences.concerned_by(event, memberships.c.person_id != (change.but or 0)),
            kind=Message.CHANGE,
            lead=case((audiences.OVERSEES, literal(OVERSEEN)), else_=literal(Message.CHANGE.value)),
            event_id=event.id,
            version=event.revision,
            since_revision=func.coalesce(last_told, since),
            urgent=change.urgent,
            due_at=_awake(change.due, through_pauses=change.urgent),
        )
        await self._connection.execute(
            obsolete().where(
                outbox.c.event_id == event.id,
                outbox.c.kind == Message.CHANGE,
                outbox.c.state.in_(UNTOLD),
                outbox.c.version < event.revision,
            )
        )
        return told

    async def gather(self, association_id: int, states: Mapping[int, int], line: int) -> None:
        """Who waits to be told of several of these events (by their ids, each at its revision) is told in one
        message, which the journal's line names: but of what cannot wait, and who only oversees."""
        chosen = and_(
            outbox.c.association_id == association_id,
            outbox.c.kind == Message.CHANGE,
            outbox.c.lead == Message.CHANGE.value,
            outbox.c.state == State.WAITING,
            ~outbox.c.urgent,
            tuple_(outbox.c.event_id, outbox.c.version).in_(list(states.items())),
        )
        together = (
            select(
                outbox.c.association_id,
                outbox.c.person_id,
                literal(Message.CORRECTED.value),
                literal(Message.CORRECTED.value),
                literal(line),
                func.max(outbox.c.due_at),
            )
            .where(chosen)
            .group_by(outbox.c.association_id, outbox.c.person_id)
            .having(func.count() > 1)
        )
        columns = ["association_id", "person_id", "kind", "lead", "version", "due_at"]
        await self._connection.execute(insert(outbox).from_select(columns, together))
        carrier = outbox.alias("carrier")
        told_so = exists().where(
            carrier.c.association_id == outbox.c.association_id,
            carrier.c.person_id == outbox.c.person_id,
            carrier.c.kind == Message.CORRECTED,
            carrier.c.version == line,
        )
        await self._connection.execute(
            update(outbox).where(chosen, told_so).values(state=State.GATHERED, lead=gathered_by(line))
        )

    async def gathered(self, rows: Sequence[OutboxRow]) -> dict[int, list[OutboxRow]]:
        """What each of these rows (of one association) tells in one message, by the id of the row: as rows
        of their own."""
        found: dict[int, list[OutboxRow]] = {}
        for carrier in rows:
            statement = (
                select(outbox.c.id, outbox.c.event_id, outbox.c.version, outbox.c.since_revision)
                .where(
                    outbox.c.association_id == carrier.association_id,
                    outbox.c.person_id == carrier.person_id,
                    outbox.c.state == State.GATHERED,
                    outbox.c.lead == gathered_by(carrier.version),
                )
                .order_by(outbox.c.event_id)
            )
            found[carrier.id] = [
                replace(
                    carrier,
                    id=row.id,
                    kind=Message.CHANGE,
                    lead=Message.CHANGE.value,
                    event_id=row.event_id,
                    version=row.version,
                    since_revision=row.since_revision,
                )
                for row in await self._connection.execute(statement)
            ]
        return found

    async def count_meant(self, association_id: int, target: Target, *, but: int) -> tuple[int, int]:
        """How many people a message would reach, and how many whom it means the bot cannot write to."""
        everybody = audiences.meant_by(association_id, target).where(memberships.c.person_id != but)
        reached = await self._count(everybody.where(IN_TELEGRAM))
        return reached, await self._count(everybody) - reached

    async def count_told(self, association_id: int, *, but: int | None = None) -> int:
        """How many people would be told of a new gathering."""
        everybody = audiences.hearing_of_new(association_id, memberships.c.person_id != (but or 0))
        return await self._count(everybody)

    async def count_concerned(
        self, event: Event, *, but: int | None, whom: tuple[Invited, int | None] | None = None
    ) -> int:
        """How many people a change of the event would be told: everybody whom it is for (or those named, were
        it for them) and its guests, of a task those named for it."""
        other = memberships.c.person_id != (but or 0)
        those = CONCERNED if whom is None else audiences.were_it_for(*whom)
        return await self._count(audiences.concerned_by(event, other, whom=those))

    async def count_invited(
        self, event: Event, invited: Invited, group_id: int | None, *, but: int | None
    ) -> InvitedCount:
        """How many people could be written to of a gathering, were it for others; how many of them are new to
        it, and how many would be asked no more, with those of them who said that they come."""
        then, other = audiences.were_it_for(invited, group_id), memberships.c.person_id != (but or 0)
        going = audiences.has_answered(TAKES_PART)
        return InvitedCount(
            concerned=await self._count(audiences.among(event, then, other)),
            newly=await self._count(audiences.among(event, then & ~CONCERNED, other, audiences.SAID_NOTHING)),
            no_more=await self._count(audiences.among(event, CONCERNED & ~then, other)),
            coming=await self._count(audiences.among(event, CONCERNED & ~then, other, going)),
        )

    async def tell_newly(
        self, event: Event, before: Event, due: Mapping[int, datetime], *, but: int | None
    ) -> int:
        """Tells those for whom a gathering is now, and was not `before`, and who have not answered, by their
        profiles' hours; returns how many."""
        were = audiences.were_it_for(before.invited, before.group_id)
        return await self._put(
            audiences.among(
                event, CONCERNED & ~were, audiences.SAID_NOTHING, memberships.c.person_id != (but or 0)
            ),
            kind=Message.CHANGE,
            lead=Message.CHANGE,
            event_id=event.id,
            version=event.revision,
            since_revision=0,
            due_at=_awake(due),
        )

    async def count_to_hear(self, states: Mapping[int, int]) -> int:
        """How many people wait to be told of changes of these events, each (by its id) at its revision."""
        return await self._count(
            select(outbox.c.person_id)
            .distinct()
            .where(
                outbox.c.kind == Message.CHANGE,
                outbox.c.state.in_(UNTOLD),
                outbox.c.person_id.is_not(None),
                tuple_(outbox.c.event_id, outbox.c.version).in_(list(states.items())),
            )
        )

    async def last_told(self, event: Event) -> int | None:
        """The revision that everybody concerned was last told of, while later ones wait to be told; None
        where none waits, or where somebody was told of one in between."""
        changes = (outbox.c.event_id == event.id) & (outbox.c.kind == Message.CHANGE)
        since = outbox.c.since_revision
        waiting = select(func.min(since), func.max(since)).where(changes, outbox.c.state.in_(UNTOLD))
        first, last = (await self._connection.execute(waiting)).one()
        if first is None or first != last:
            return None
        between = select(outbox.c.id).where(
            changes, outbox.c.version > first, outbox.c.state.not_in([*UNTOLD, State.OBSOLETE])
        )
        told = (await self._connection.execute(between.limit(1))).first()
        return None if told else int(first)

    async def take_back(self, event: Event) -> bool:
        """Lets nothing that waits about an event go out; False where some of it went, or is going."""
        await self._connection.execute(
            obsolete().where(outbox.c.event_id == event.id, outbox.c.state.in_(UNTOLD))
        )
        # Of an attempt whose outcome is unknown nobody can say that it told nobody.
        gone = select(outbox.c.id).where(
            outbox.c.event_id == event.id, (outbox.c.state != State.OBSOLETE) | (outbox.c.attempts > 0)
        )
        return (await self._connection.execute(gone.limit(1))).first() is None

    async def count_silent(self, event: Event, *, but: int | None = None) -> int:
        """How many of those who can be reached have not answered for the day as it stands."""
        return await self._count(audiences.silent(event, but))

    async def nudge(
        self, event: Event, now: datetime, due: Mapping[int, datetime], *, but: int | None = None
    ) -> int:
        """Asks those who have not answered once more, by their profiles' hours; returns how many."""
        return await self._put(
            audiences.silent(event, but),
            kind=Message.REMINDER,
            lead=f"nudge-{now:%Y%m%d%H%M}",
            event_id=event.id,
            version=event.schedule_version,
            due_at=_awake(due),
            useful_until=event.starts_at,
        )

    async def tell_named(
        self, task: Event, person_ids: Sequence[int], due: Mapping[int, datetime], *, but: int | None
    ) -> int:
        """Tells people that a task is theirs, by their profiles' hours; returns how many."""
        named = memberships.c.person_id.in_(list(person_ids)) & (memberships.c.person_id != (but or 0))
        return await self._put(
            audiences.members(task.association_id, named),
            kind=Message.REMINDER,
            lead=NAMED,
            event_id=task.id,
            version=task.schedule_version,
            due_at=_awake(due),
            useful_until=task.ends_at,
        )

    async def tell_presenter(
        self, event: Event, person_id: int, due: Mapping[int, datetime], now: datetime
    ) -> int:
        """Tells somebody that she presents an event, by her profile's hours; returns whether she can be
        told."""
        here = memberships.c.status.in_([Standing.ACTIVE, Standing.GUEST])
        return await self._put(
            audiences.people(event.association_id, here, IN_TELEGRAM, memberships.c.person_id == person_id),
            kind=Message.PRESENTING,
            lead=f"{Message.PRESENTING}-{now:%Y%m%d%H%M%S}",
            event_id=event.id,
            version=event.schedule_version,
            due_at=_awake(due),
            useful_until=event.ends_at,
        )

    async def nudged_at(self, event: Event) -> datetime | None:
        """When those silent about the event were last nudged (UTC by the Clock)."""
        statement = select(func.max(outbox.c.due_at)).where(
            outbox.c.event_id == event.id,
            outbox.c.version == event.schedule_version,
            outbox.c.lead.startswith("nudge-"),
        )
        moment: datetime | None = (await self._connection.execute(statement)).scalar_one()
        return moment

    async def broadcast(
        self,
        association_id: int,
        broadcast_id: int,
        now: datetime,
        *,
        but: int,
        target: Target = EVERYBODY,
    ) -> int:
        """A coordinator's words to everybody else whom she means; returns how many they go to."""
        return await self._put(
            audiences.meant_by(association_id, target).where(IN_TELEGRAM, memberships.c.person_id != but),
            kind=Message.BROADCAST,
            lead=Message.BROADCAST,
            broadcast_id=broadcast_id,
            due_at=now,
        )

    async def tell_of_materials(
        self, event: Event, newest: int, due: Mapping[int, datetime], *, but: int | None
    ) -> int:
        """Tells those who come that there is something to read, once for what is there up to the newest
        material, by their profiles' hours; what waits to say so of less does not go out. Returns how many."""
        those = meant(Target(Whom.COMING, event.id)) & (memberships.c.person_id != (but or 0))
        told = await self._put(
            audiences.members(event.association_id, those),
            kind=Message.MATERIALS,
            lead=Message.MATERIALS,
            event_id=event.id,
            version=newest,
            due_at=_awake(due),
        )
        await self._connection.execute(
            obsolete().where(
                outbox.c.event_id == event.id,
                outbox.c.kind == Message.MATERIALS,
                outbox.c.state == State.WAITING,
                outbox.c.version < newest,
            )
        )
        return told

    async def count_to_agree(self, association_id: int, version: int) -> int:
        """How many people would be asked about this wording of the consent."""
        return await self._count(audiences.to_agree(association_id, version))

    async def ask_consent(self, association_id: int, version: int, due: Mapping[int, datetime]) -> int:
        """Asks those who agreed to an earlier wording of the consent about the present one, by their
        profiles' hours; what still waits to ask about an earlier one is withdrawn. Returns how many are
        asked."""
        await self._connection.execute(
            obsolete().where(
                outbox.c.association_id == association_id,
                outbox.c.kind == Message.CONSENT,
                outbox.c.state == State.WAITING,
            )
        )
        return await self._put(
            audiences.to_agree(association_id, version),
            kind=Message.CONSENT,
            lead=Message.CONSENT,
            version=version,
            due_at=_awake(due),
        )

    async def count_up(
        self, association_id: int, person_id: int, broadcast_id: int, message_id: int | None, now: datetime
    ) -> None:
        """The message under her eyes (with this id in Telegram; None: one that is to come) counts up from now
        on how many have her words. It stands before their rows, and so goes before the rest of them."""
        there = message_id is not None
        await self.tell_one(
            association_id,
            person_id,
            Message.PROGRESS,
            broadcast_id=broadcast_id,
            lead=Message.PROGRESS,
            due_at=now,
            message_id=message_id,
            shown="",
            state=State.SENT if there else State.WAITING,
            done_at=datetime.now(UTC) if there else None,
        )

    async def withdraw_words(self, association_id: int, broadcast_id: int) -> int:
        """What has not gone out of a coordinator's words does not any more; returns to how many."""
        result = await self._connection.execute(
            obsolete().where(
                outbox.c.association_id == association_id,
                outbox.c.broadcast_id == broadcast_id,
                outbox.c.kind == Message.BROADCAST,
                outbox.c.state == State.WAITING,
            )
        )
        return result.rowcount

    async def withdraw_event(self, event: Event) -> None:
        """Nothing that waits to be said to people about an event goes out any more. What they are to be told
        of its changes stays: it says nothing unless the event stands alone again by then."""
        await self._connection.execute(
            obsolete().where(
                outbox.c.association_id == event.association_id,
                outbox.c.event_id == event.id,
                outbox.c.person_id.is_not(None),
                outbox.c.kind != Message.CHANGE,
                outbox.c.state == State.WAITING,
            )
        )

    async def tell_coordinators(
        self, association_id: int, kind: Message, *, but: int | None = None, **values: object
    ) -> int:
        """One message of a kind to every coordinator, except one; `values` are columns of the row, `due_at`
        among them. Returns how many it goes to."""
        others = true() if but is None else memberships.c.person_id != but
        coordinators = audiences.members(association_id, memberships.c.role == Role.COORDINATOR, others)
        return await self._put(coordinators, kind=kind, **({"lead": kind} | values))

    async def tell_one(self, association_id: int, person_id: int, kind: Message, **values: object) -> None:
        """One message to one person, reachable or not; `values` are columns of the row."""
        await self._connection.execute(
            insert_or_ignore(self._connection, outbox).values(
                association_id=association_id, person_id=person_id, kind=kind, **values
            )
        )

    async def _put(self, people: Select[Any], **values: object) -> int:
        """One row for each of these people."""
        said = [
            value if isinstance(value, ColumnElement) else literal(value, outbox.c[name].type)
            for name, value in values.items()
        ]
        statement = insert_or_ignore(self._connection, outbox).from_select(
            ["association_id", "person_id", *values], people.add_columns(*said)
        )
        return (await self._connection.execute(statement)).rowcount

    async def _count(self, people: Select[Any]) -> int:
        statement = select(func.count()).select_from(people.subquery())
        return int((await self._connection.execute(statement)).scalar_one())


def _awake(by_profile: Mapping[int, datetime], *, through_pauses: bool = False) -> ColumnElement[datetime]:
    """When a member is told: by her profile's hours, and after her pause."""
    moment = outbox.c.due_at.type
    whens = [(memberships.c.profile_id == key, literal(at, moment)) for key, at in by_profile.items()]
    due = case(*whens, else_=literal(min(by_profile.values()), moment))
    if through_pauses:
        return due
    return case((memberships.c.paused_until > due, memberships.c.paused_until), else_=due)
