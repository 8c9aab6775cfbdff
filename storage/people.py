"""Persons: who is writing, what the conversation waits for, whether Telegram reaches her."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.records import ARRIVING, INSIDE, Actor, Dialogue, Standing, TalkStanding
from domain.roles import Role
from storage.associations import COLUMNS, to_association
from storage.joins import MEMBERS_SCHOOL, stands
from storage.secrets import calendar_of
from storage.tables import associations, inbox, memberships, merges, persons, schools, secrets, talks
from storage.upsert import insert_or_ignore

_OTHER = memberships.alias("other")
# What she is in associations other than the one she acts in.
_ELSEWHERE = (
    select(func.aggregate_strings(_OTHER.c.role, " "))
    .where(
        _OTHER.c.person_id == persons.c.id,
        _OTHER.c.association_id != func.coalesce(persons.c.current_association_id, 0),
        stands(_OTHER, INSIDE),
    )
    .scalar_subquery()
)
# The statement of every update: the person, her dialogue, her role and her association in one read.
_ACTOR = (
    select(
        persons.c.id,
        persons.c.telegram_id,
        persons.c.surname,
        persons.c.given_name,
        persons.c.patronymic,
        persons.c.dialogue,
        persons.c.unreachable_at,
        memberships.c.role,
        memberships.c.status,
        memberships.c.organisation,
        schools.c.title.label("school"),
        _ELSEWHERE.label("elsewhere"),
        *COLUMNS,
    )
    .select_from(persons)
    .outerjoin(
        memberships,
        (memberships.c.person_id == persons.c.id)
        & (memberships.c.association_id == persons.c.current_association_id)
        & stands(memberships, INSIDE | ARRIVING),
    )
    .outerjoin(associations, associations.c.id == memberships.c.association_id)
    .outerjoin(
        schools,
        MEMBERS_SCHOOL,
    )
    .where(persons.c.telegram_id == bindparam("telegram_id"))
)


class People:
    """All persons of the installation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def actor(self, telegram_id: int) -> Actor | None:
        """Who is behind a Telegram id; None for somebody who never consented."""
        row = (await self._connection.execute(_ACTOR, {"telegram_id": telegram_id})).one_or_none()
        if row is None:
            return None
        if row.association_id is None:
            role = Role.LEFT
        elif row.status == Standing.JOINING:
            role = Role.JOINING
        elif row.status == Standing.REQUESTED:
            role = Role.WAITING
        elif row.status == Standing.GUEST:
            role = Role.GUEST
        else:
            role = Role(row.role)
        return Actor(
            person_id=row.id,
            telegram_id=row.telegram_id,
            name=FullName(row.surname, row.given_name, row.patronymic) if row.given_name else None,
            dialogue=Dialogue(row.dialogue["step"], row.dialogue["facts"]) if row.dialogue else None,
            role=role,
            school=row.organisation or None if role is Role.GUEST else row.school,
            association=None if row.association_id is None else to_association(row),
            unreachable=row.unreachable_at is not None,
            elsewhere=tuple(Role(one) for one in (row.elsewhere or "").split()),
        )

    async def add(self, telegram_id: int, now: datetime) -> int:
        """The person behind a Telegram id, made if she is new; returns her id."""
        await self._connection.execute(
            insert_or_ignore(self._connection, persons).values(telegram_id=telegram_id, created_at=now)
        )
        found = select(persons.c.id).where(persons.c.telegram_id == telegram_id)
        return int((await self._connection.execute(found)).scalar_one())

    async def add_by_hand(self, name: FullName, phone: str, now: datetime) -> int:
        """Somebody who is not in Telegram; returns her id."""
        result = await self._connection.execute(
            insert(persons)
            .values(
                surname=name.surname,
                given_name=name.given_name,
                patronymic=name.patronymic,
                phone=phone,
                created_at=now,
            )
            .returning(persons.c.id)
        )
        return int(result.scalar_one())

    async def add_all_by_hand(self, people: Sequence[tuple[FullName, str]], now: datetime) -> list[int]:
        """Many who are not in Telegram, each with her telephone's digits; returns their ids in this order."""
        if not people:
            return []
        told_by = (persons.c.surname, persons.c.given_name, persons.c.patronymic, persons.c.phone)
        keys = [(name.surname, name.given_name, name.patronymic, phone) for name, phone in people]
        rows = [{column.name: said for column, said in zip(told_by, key, strict=True)} for key in keys]
        # Ids in the order of the rows SQLite gives only one by one; of equal rows each will do as well.
        made = insert(persons).values(created_at=now).returning(persons.c.id, *told_by)
        ids: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for person_id, *key in (await self._connection.execute(made, rows)).all():
            ids[tuple(key)].append(person_id)
        return [ids[key].pop() for key in keys]

    async def set_phone(self, person_id: int, phone: str) -> None:
        """Her telephone's digits; empty for none."""
        await self._set(person_id, phone=phone)

    async def phone(self, person_id: int) -> str:
        """Her telephone's digits; empty where she gave none."""
        found = select(persons.c.phone).where(persons.c.id == person_id)
        return str((await self._connection.execute(found)).scalar_one())

    async def set_name(self, person_id: int, name: FullName) -> None:
        """Stores surname, name and patronymic, kept apart."""
        await self._set(
            person_id, surname=name.surname, given_name=name.given_name, patronymic=name.patronymic
        )

    async def set_dialogue(self, person_id: int, dialogue: Dialogue | None) -> None:
        """What the conversation waits for next; None when it waits for nothing."""
        value = None if dialogue is None else {"step": dialogue.step, "facts": dict(dialogue.facts)}
        await self._set(person_id, dialogue=value)

    async def wait_for(self, person_id: int, step: str | None, **facts: object) -> None:
        """Opens the dialogue of a step, or ends the one that is open (None)."""
        await self.set_dialogue(person_id, None if step is None else Dialogue(step, facts))

    async def set_current_association(self, person_id: int, association_id: int) -> None:
        """The association that the person acts in from now on."""
        await self._set(person_id, current_association_id=association_id)

    async def leave_association(self, person_id: int, association_id: int) -> bool:
        """The person acts in the association no more; False where she acted in another one."""
        result = await self._connection.execute(
            update(persons)
            .where(persons.c.id == person_id, persons.c.current_association_id == association_id)
            .values(current_association_id=None, dialogue=None)
        )
        return result.rowcount == 1

    async def end_leaves(self, now: datetime) -> None:
        """Whose long leave is over by the Clock is waited for again."""
        await self._connection.execute(
            update(memberships)
            .where(memberships.c.status == Standing.AWAY, memberships.c.away_until <= now)
            .values(status=Standing.ACTIVE, away_until=None)
        )

    async def mark_reachable(self, telegram_id: int) -> None:
        """The person wrote again."""
        await self._connection.execute(
            update(persons).where(persons.c.telegram_id == telegram_id).values(unreachable_at=None)
        )

    async def mark_unreachable(self, telegram_id: int, now: datetime) -> None:
        """Telegram says that the account blocked the bot."""
        await self._connection.execute(
            update(persons).where(persons.c.telegram_id == telegram_id).values(unreachable_at=now)
        )

    async def erase(self, person_id: int) -> None:
        """Takes everything about the person out of the database; her answers go with her, and so does what
        she wrote and nobody could handle. What she spoke of stays in the programmes, without her name."""
        telegram_id = select(persons.c.telegram_id).where(persons.c.id == person_id).scalar_subquery()
        await self._connection.execute(
            delete(inbox).where(inbox.c.set_aside_at.is_not(None), inbox.c.sender == telegram_id)
        )
        # The records that were merged into hers are hers too.
        merged = select(merges.c.dropped_id).where(merges.c.kept_id == person_id)
        ids = [person_id, *(await self._connection.execute(merged)).scalars()]
        spoken = talks.c.standing == TalkStanding.CONFIRMED
        await self._connection.execute(delete(talks).where(talks.c.person_id.in_(ids), ~spoken))
        await self._connection.execute(
            update(talks)
            .where(talks.c.person_id.in_(ids))
            .values(person_id=None, speaker="", organisation="")
        )
        await self._connection.execute(delete(secrets).where(secrets.c.name.in_(map(calendar_of, ids))))
        await self._connection.execute(delete(memberships).where(memberships.c.person_id.in_(ids)))
        await self._connection.execute(delete(persons).where(persons.c.id.in_(ids)))

    async def _set(self, person_id: int, **values: object) -> None:
        await self._connection.execute(update(persons).where(persons.c.id == person_id).values(**values))
