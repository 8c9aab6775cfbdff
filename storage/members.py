"""The members of one association and the schools that they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.local_hours import same_clock
from domain.records import INSIDE, Reader, School, Standing
from domain.roles import Role
from domain.timing import Choice
from domain.turnout import natural_order
from storage.joins import CONCERNED, MEMBERS_SCHOOL
from storage.tables import associations, events, memberships, persons, schools, timing_profiles
from storage.targets import IN_TELEGRAM
from storage.upsert import insert_or_ignore, upsert

_AWAY_FOR_GOOD = (Standing.LEFT, Standing.GONE, Standing.REFUSED, Standing.MERGED)
# A reply reaches one on leave, and one who is not let in hears of it; so does an account whose record another
# has now. Who is outside by now hears nothing but what became of her rights.
_OUTSIDE = frozenset({Standing.LEFT, Standing.GONE})
_ADDRESSED = INSIDE | _OUTSIDE | {Standing.REFUSED, Standing.MERGED}
_OTHER = memberships.alias("other")
# Whether she is in another association as well.
_ELSEWHERE = exists().where(
    _OTHER.c.person_id == memberships.c.person_id,
    _OTHER.c.association_id != memberships.c.association_id,
    _OTHER.c.status.in_(INSIDE),
)


class Members:
    """Members and schools of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(self, person_id: int, role: Role, consent_text: str, now: datetime) -> None:
        """A member, or a guest, who has just consented; name and school are still to come. One who left comes
        back, one who is a member stays what she is, unless the new role is the coordinator's; a guest can
        become more."""
        association = select(associations.c.consent_version, associations.c.profile_id).where(
            associations.c.id == self._association_id
        )
        version, profile_id = (await self._connection.execute(association)).one()
        consent = {"consent_version": version, "consent_text": consent_text, "consented_at": now}
        statement = upsert(self._connection, memberships).values(
            association_id=self._association_id,
            person_id=person_id,
            role=role,
            status=Standing.JOINING,
            profile_id=profile_id,
            **consent,
        )
        changes: dict[str, object] = dict(consent)
        outside = {*_AWAY_FOR_GOOD} if role is Role.GUEST else {*_AWAY_FOR_GOOD, Standing.GUEST}
        # Who oversees from outside is asked for what a coordinator's lists need.
        if role is Role.COORDINATOR:
            changes |= {"role": role, "resigned": False}
            outside.add(Standing.OVERSEEING)
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[memberships.c.association_id, memberships.c.person_id], set_=changes
            )
        )
        await self._connection.execute(
            update(memberships)
            .where(*self._key(person_id), memberships.c.status.in_(outside))
            .values(
                status=Standing.JOINING,
                role=role,
                # What she chose before went with her.
                profile_id=profile_id,
                reminders=Choice.USUAL,
                paused_until=None,
                weekly=False,
                monthly=False,
            )
        )

    async def add_listed(
        self, people: Mapping[int, Mapping[str, object]], import_id: int, consent_text: str, now: datetime
    ) -> None:
        """Active members out of a list, by person; the values are columns of the membership."""
        association = select(associations.c.consent_version, associations.c.profile_id).where(
            associations.c.id == self._association_id
        )
        version, profile_id = (await self._connection.execute(association)).one()
        rows = [
            {
                "association_id": self._association_id,
                "person_id": person_id,
                "role": Role.MEMBER,
                "status": Standing.ACTIVE,
                "profile_id": profile_id,
                "consent_version": version,
                "consent_text": consent_text,
                "consented_at": now,
                "joined_at": now,
                "import_id": import_id,
                **values,
            }
            for person_id, values in people.items()
        ]
        if rows:
            await self._connection.execute(insert(memberships), rows)

    async def activate(self, person_id: int, now: datetime) -> bool:
        """Ends joining; False when the person was a member already."""
        result = await self._connection.execute(
            update(memberships)
            .where(*self._key(person_id), memberships.c.status == Standing.JOINING)
            .values(status=Standing.ACTIVE, joined_at=now)
        )
        return result.rowcount == 1

    async def appoint(self, telegram_ids: Sequence[int]) -> None:
        """Makes members coordinators, by their Telegram ids; not those who gave that up."""
        await self._connection.execute(
            update(memberships)
            .where(
                memberships.c.association_id == self._association_id,
                memberships.c.person_id.in_(
                    select(persons.c.id).where(persons.c.telegram_id.in_(telegram_ids))
                ),
                ~memberships.c.resigned,
                memberships.c.role != Role.METHODIST,
            )
            .values(role=Role.COORDINATOR)
        )

    async def agree(self, person_id: int, version: int, consent_text: str, now: datetime) -> None:
        """She agrees to this version of the consent."""
        await self._connection.execute(
            update(memberships)
            .where(*self._key(person_id))
            .values(consent_version=version, consent_text=consent_text, consented_at=now)
        )

    async def agreed_already(self, version: int, consent_text: str) -> None:
        """Who agreed to these very words before has agreed to this version of them."""
        await self._connection.execute(
            update(memberships)
            .where(
                memberships.c.association_id == self._association_id,
                memberships.c.consent_text == consent_text,
            )
            .values(consent_version=version)
        )

    async def keep_clocks(self, before: ZoneInfo, after: ZoneInfo) -> None:
        """The association's zone is another one: a pause, or a leave, ends when the clocks there show what
        they were to show."""
        statement = select(
            memberships.c.person_id, memberships.c.paused_until, memberships.c.away_until
        ).where(
            memberships.c.association_id == self._association_id,
            memberships.c.paused_until.is_not(None) | memberships.c.away_until.is_not(None),
        )
        for row in (await self._connection.execute(statement)).all():
            moved = {
                name: moment and same_clock(moment, before, after)
                for name, moment in (("paused_until", row.paused_until), ("away_until", row.away_until))
            }
            await self.set_timing(row.person_id, **moved)

    async def set_timing(self, person_id: int, **values: object) -> None:
        """What she chose of reminders; `values` are columns of the membership."""
        await self._connection.execute(update(memberships).where(*self._key(person_id)).values(**values))

    async def follow(self, profiles: Mapping[Choice, int]) -> None:
        """The association's timing has changed: each member's profile follows by her own choice."""
        whens = [(memberships.c.reminders == choice, key) for choice, key in profiles.items()]
        await self._connection.execute(
            update(memberships)
            .where(memberships.c.association_id == self._association_id)
            .values(profile_id=case(*whens, else_=profiles[Choice.USUAL]))
        )

    async def count_reminded(self, event_ids: Iterable[int]) -> dict[Choice, int]:
        """How many people something can be sent to of these events, by how much each wants to be reminded:
        members whom one of the events is for, and its guests."""
        concerned = exists().where(
            events.c.association_id == memberships.c.association_id,
            events.c.id.in_(list(event_ids)),
            CONCERNED,
        )
        statement = (
            select(memberships.c.reminders, func.count())
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(memberships.c.association_id == self._association_id, concerned, IN_TELEGRAM)
            .group_by(memberships.c.reminders)
        )
        found = (await self._connection.execute(statement)).all()
        return {Choice(choice): people for choice, people in found}

    async def profile_settings(self, person_id: int) -> str | None:
        """The settings of a member's own timing profile, as canonical JSON; None for one who is none."""
        found = (
            select(timing_profiles.c.settings)
            .join(memberships, memberships.c.profile_id == timing_profiles.c.id)
            .where(*self._key(person_id))
        )
        settings: str | None = (await self._connection.execute(found)).scalar_one_or_none()
        return settings

    async def set_school(self, person_id: int, school_id: int) -> None:
        """Where the person works."""
        await self._connection.execute(
            update(memberships).where(*self._key(person_id)).values(school_id=school_id)
        )

    async def set_organisation(self, person_id: int, title: str) -> None:
        """Where a guest comes from."""
        await self._connection.execute(
            update(memberships).where(*self._key(person_id)).values(organisation=title)
        )

    async def schools(self) -> list[School]:
        """The schools known so far, those with most people first, then by title: № 2 before № 10."""
        people = func.count(memberships.c.person_id)
        statement = (
            select(schools.c.id, schools.c.title, people.label("people"))
            .outerjoin(
                memberships,
                (memberships.c.association_id == schools.c.association_id)
                & (memberships.c.school_id == schools.c.id),
            )
            .where(schools.c.association_id == self._association_id)
            .group_by(schools.c.id, schools.c.title)
        )
        found = await self._connection.execute(statement)
        ordered = sorted(found, key=lambda row: (-row.people, natural_order(row.title)))
        return [School(row.id, row.title) for row in ordered]

    async def add_school(self, title: str) -> int:
        """A school by its title, made if it is new; returns its id."""
        await self._connection.execute(
            insert_or_ignore(self._connection, schools).values(
                association_id=self._association_id, title=title
            )
        )
        found = select(schools.c.id).where(
            schools.c.association_id == self._association_id, schools.c.title == title
        )
        return int((await self._connection.execute(found)).scalar_one())

    async def coordinators(self) -> list[int]:
        """The persons who run the association."""
        statement = select(memberships.c.person_id).where(
            memberships.c.association_id == self._association_id,
            memberships.c.role == Role.COORDINATOR,
            memberships.c.status == Standing.ACTIVE,
        )
        return list((await self._connection.execute(statement)).scalars())

    async def count(self) -> int:
        """How many active members there are."""
        statement = select(func.count()).where(
            memberships.c.association_id == self._association_id, memberships.c.status == Standing.ACTIVE
        )
        return int((await self._connection.execute(statement)).scalar_one())

    async def is_known(self, name: FullName) -> bool:
        """Whether a member of this name is in the lists."""
        statement = select(func.count()).where(
            memberships.c.association_id == self._association_id,
            memberships.c.status == Standing.ACTIVE,
            memberships.c.person_id == persons.c.id,
            persons.c.surname == name.surname,
            persons.c.given_name == name.given_name,
            persons.c.patronymic == name.patronymic,
        )
        return bool((await self._connection.execute(statement)).scalar_one())

    async def readers(self, person_ids: Iterable[int]) -> dict[int, Reader]:
        """Those among these persons to whom something may be sent."""
        statement = (
            select(
                persons.c.id,
                persons.c.surname,
                persons.c.given_name,
                persons.c.patronymic,
                _ELSEWHERE.label("elsewhere"),
                memberships.c.status.in_(_OUTSIDE).label("outside"),
            )
            .join(memberships, memberships.c.person_id == persons.c.id)
            .where(
                memberships.c.association_id == self._association_id,
                memberships.c.status.in_(_ADDRESSED),
                persons.c.id.in_(list(person_ids)),
            )
        )
        return {
            row.id: Reader(
                FullName(row.surname, row.given_name, row.patronymic), bool(row.elsewhere), bool(row.outside)
            )
            for row in await self._connection.execute(statement)
        }

    async def record(self, person_id: int) -> dict[str, object] | None:
        """Everything stored about one member's membership, for «Мои данные»."""
        statement = (
            select(memberships, schools.c.title.label("school"))
            .outerjoin(
                schools,
                MEMBERS_SCHOOL,
            )
            .where(*self._key(person_id))
        )
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else dict(row._mapping)

    def _key(self, person_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return (
            memberships.c.association_id == self._association_id,
            memberships.c.person_id == person_id,
        )
