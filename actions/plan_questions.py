"""The questions about a plan that waits to be saved, one by one; each answer is at once in the draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from actions.plans import PLAN_ANSWER_STEP, Kept, known_draft
from domain.errors import DomainError
from domain.plan_draft import About, PlanDraft, Said, as_json
from domain.plan_questions import PASSED, Question, answered, questions_of, read_answer
from domain.records import Actor, Group
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork


@dataclass(frozen=True, slots=True)
class Asked:
    """A draft, and what is asked about it now: the question at a place among all of them. None where no
    question is left. `groups` are those of the association; `taken` is what was just answered, and how."""

    kept: Kept
    question: Question | None
    questions: tuple[Question, ...]
    groups: tuple[Group, ...]
    taken: Question | None = None

    @property
    def before(self) -> Question | None:
        """The question before this one."""
        at = 0 if self.question is None else self.questions.index(self.question)
        return self.questions[at - 1] if at else None


async def ask(uow: UnitOfWork, actor: Actor, draft_id: int, question_id: str | None, now: datetime) -> Asked:
    """A question of her draft, or (None) the first that is open, one that she passed last of all; what she
    writes next answers it. Raises DomainError `draft_gone`, `plan_question_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        kept, _ = await known_draft(ours, actor, draft_id)
        asked = await _asked(ours, kept, actor, now)
        question = _first(asked) if question_id is None else _known(asked, question_id)
        asked = await _open(rows, actor, asked, question)
        await uow.commit()
    return asked


async def give_answer(
    uow: UnitOfWork, actor: Actor, draft_id: int, question_id: str, key: str, now: datetime
) -> Asked:
    """Takes one of the likely answers (domain.plan_questions.Choice.key) and goes on to the next question.
    Raises what `ask` raises."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        kept, _ = await known_draft(ours, actor, draft_id)
        question = _known(await _asked(ours, kept, actor, now), question_id)
        asked = await _take(rows, actor, kept, question, question.choice(key), now)
        await uow.commit()
    return asked


async def pass_question(
    uow: UnitOfWork, actor: Actor, draft_id: int, question_id: str, now: datetime
) -> Asked:
    """«Пропустить»: an answer that was given is taken back. Raises what `ask` raises."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        kept, _ = await known_draft(ours, actor, draft_id)
        question = _known(await _asked(ours, kept, actor, now), question_id)
        said = Said(question.about, question.rows, PASSED)
        asked = await _take(rows, actor, kept, question, said, now)
        await uow.commit()
    return asked


async def write_answer(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Asked:
    """Her own words for the question that is open. Raises what `ask` raises, and what
    domain.plan_questions.read_answer raises."""
    draft_id, question_id = _asked_now(actor)
    async with uow as rows:
        ours = rows.association(actor.home.id)
        kept, _ = await known_draft(ours, actor, draft_id)
        asked = await _asked(ours, kept, actor, now)
        question = _known(asked, question_id)
        said = read_answer(kept.draft, question, text, asked.groups)
        asked = await _take(rows, actor, kept, question, said, now)
        await uow.commit()
    return asked


async def question_now(uow: UnitOfWork, actor: Actor, now: datetime) -> Asked:
    """The question that is open. Raises what `ask` raises."""
    draft_id, question_id = _asked_now(actor)
    return await ask(uow, actor, draft_id, question_id, now)


async def sort_row(uow: UnitOfWork, actor: Actor, draft_id: int, row: int, word: str) -> Kept:
    """Says what a row is: a gathering, a task, or work for all the year (domain.plan_questions).

    Raises DomainError `draft_gone`, `plan_question_gone` where there is no such row.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        kept, _ = await known_draft(ours, actor, draft_id)
        if row >= len(kept.draft.activities):
            raise DomainError("plan_question_gone")
        kept = await _keep(ours, actor, kept, answered(kept.draft, Said(About.WHAT, (row,), word)))
        await uow.commit()
    return kept


async def _take(rows: Rows, actor: Actor, kept: Kept, question: Question, said: Said, now: datetime) -> Asked:
    """Keeps what she said, and opens what is to be asked next."""
    ours = rows.association(actor.home.id)
    kept = await _keep(ours, actor, kept, answered(kept.draft, said))
    asked = await _asked(ours, kept, actor, now)
    following = (one for one in asked.questions if one.open and one.place > question.place)
    asked = await _open(rows, actor, asked, next(following, None))
    return replace(asked, taken=replace(question, given=said))


async def _keep(ours: AssociationRows, actor: Actor, kept: Kept, draft: PlanDraft) -> Kept:
    await ours.drafts.rewrite(kept.id, as_json(draft))
    return Kept(kept.id, draft)


async def _open(rows: Rows, actor: Actor, asked: Asked, question: Question | None) -> Asked:
    if question is None:
        await rows.people.wait_for(actor.person_id, None)
    else:
        facts = {"draft": asked.kept.id, "question": question.id, "association": actor.home.id}
        await rows.people.wait_for(actor.person_id, PLAN_ANSWER_STEP, **facts)
    return Asked(asked.kept, question, asked.questions, asked.groups)


async def _asked(ours: AssociationRows, kept: Kept, actor: Actor, now: datetime) -> Asked:
    groups = tuple(await ours.groups.all())
    questions = questions_of(kept.draft, _today(actor, now), groups)
    return Asked(kept, None, questions, groups)


def _today(actor: Actor, now: datetime) -> date:
    return now.astimezone(actor.home.zone).date()


def _first(asked: Asked) -> Question | None:
    still_open = [question for question in asked.questions if question.open]
    return min(still_open, key=lambda question: question.given is not None, default=None)


def _known(asked: Asked, question_id: str) -> Question:
    for question in asked.questions:
        if question.id == question_id:
            return question
    raise DomainError("plan_question_gone")


def _asked_now(actor: Actor) -> tuple[int, str]:
    """The draft and the question of the dialogue that is open. Raises DomainError `draft_gone`."""
    facts = actor.asked(PLAN_ANSWER_STEP)
    draft_id, question_id = facts.get("draft"), facts.get("question")
    if not isinstance(draft_id, int) or not isinstance(question_id, str):
        raise DomainError("draft_gone")
    return draft_id, question_id
