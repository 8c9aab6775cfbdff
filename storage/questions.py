"""Questions that members passed to the coordinators of one association."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.full_names import FullName
from domain.records import Question
from storage.joins import MEMBERS_SCHOOL
from storage.tables import memberships, persons, questions, schools


class Questions:
    """Questions of one association."""

    def __init__(self, connection: AsyncConnection, association_id: int) -> None:
        self._connection = connection
        self._association_id = association_id

    async def add(self, person_id: int, text: str, now: datetime) -> int:
        """Stores a question; returns its id."""
        result = await self._connection.execute(
            insert(questions)
            .values(association_id=self._association_id, person_id=person_id, question=text, asked_at=now)
            .returning(questions.c.id)
        )
        return int(result.scalar_one())

    async def get(self, question_id: int) -> Question | None:
        """One question with the name and the school of who asked."""
        return (await self.many([question_id])).get(question_id)

    async def many(self, question_ids: Iterable[int]) -> dict[int, Question]:
        """Several questions by their ids; unknown ones are left out."""
        ids = list(question_ids)
        if not ids:
            return {}
        statement = (
            select(
                questions,
                persons.c.surname,
                persons.c.given_name,
                persons.c.patronymic,
                func.coalesce(func.nullif(memberships.c.organisation, ""), schools.c.title).label("school"),
            )
            .join(persons, persons.c.id == questions.c.person_id)
            .join(
                memberships,
                and_(
                    memberships.c.association_id == questions.c.association_id,
                    memberships.c.person_id == questions.c.person_id,
                ),
            )
            .outerjoin(
                schools,
                MEMBERS_SCHOOL,
            )
            .where(questions.c.association_id == self._association_id, questions.c.id.in_(ids))
        )
        return {
            row.id: Question(
                id=row.id,
                association_id=row.association_id,
                person_id=row.person_id,
                asker=FullName(row.surname, row.given_name, row.patronymic),
                school=row.school,
                question=row.question,
                asked_at=row.asked_at,
                reply=row.reply,
            )
            for row in await self._connection.execute(statement)
        }

    async def set_reply(self, question_id: int, text: str, by: int, now: datetime) -> bool:
        """Stores the reply; False when the question has one already."""
        result = await self._connection.execute(
            update(questions)
            .where(
                questions.c.association_id == self._association_id,
                questions.c.id == question_id,
                questions.c.reply.is_(None),
            )
            .values(reply=text, replied_by=by, replied_at=now)
        )
        return result.rowcount == 1

    async def of_person(self, person_id: int) -> list[dict[str, object]]:
        """Everything the person ever asked, for «Мои данные»."""
        statement = select(
            questions.c.question, questions.c.asked_at, questions.c.reply, questions.c.replied_at
        ).where(questions.c.association_id == self._association_id, questions.c.person_id == person_id)
        return [dict(row._mapping) for row in await self._connection.execute(statement)]
