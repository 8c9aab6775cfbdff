"""A corrected file of a plan that stands: shown beside it, taken or left, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from actions.plan_comparing import Comparison, chosen_anew, read_stage
from actions.plan_taking import CORRECTED, Outcome, take
from domain.errors import DomainError
from domain.plan_draft import PlanDraft, as_json, from_json
from domain.plan_questions import EVERYBODY
from domain.records import Actor
from domain.undo import UNDO_WITHIN
from storage.unit_of_work import UnitOfWork


async def open_changes(uow: UnitOfWork, actor: Actor, draft_id: int, now: datetime) -> Comparison:
    """What differs between the coordinator's draft and the plan that stands. Where no row does, the rest of
    the new file (its heading, the order of its rows) is stored at once. Raises DomainError `draft_gone`."""
    async with uow as rows:
        stage = await read_stage(rows, actor, draft_id, now)
        if not stage.comparison.items:
            await take(rows, actor, stage, now)
        await uow.commit()
    return stage.comparison


async def open_earlier(uow: UnitOfWork, actor: Actor, line: int, now: datetime) -> Comparison:
    """The plan as it stood before a file was taken, by the journal's line of that, beside the one that stands
    now: as if she had sent the earlier file. Raises DomainError `earlier_plan_gone` after a day."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        facts = await ours.journal.facts(line, CORRECTED, since=now - UNDO_WITHIN)
        if facts is None:
            raise DomainError("earlier_plan_gone")
        before = as_json(_as_said(from_json(facts["before"])))
        draft_id = await ours.drafts.put(actor.person_id, facts["digest"], before, now)
        await uow.commit()
    return await open_changes(uow, actor, draft_id, now)


def _as_said(draft: PlanDraft) -> PlanDraft:
    """A plan whose rows say themselves what they are and whom they are for: what was said since gives way."""
    rows = [replace(row, gathers=row.gathering, invited=row.invited or EVERYBODY) for row in draft.activities]
    return replace(draft, activities=tuple(rows))


async def choose(
    uow: UnitOfWork, actor: Actor, draft_id: int, at: int | None, now: datetime, *, taken: bool | None = None
) -> Comparison:
    """Takes or leaves one difference (None: all of them); the other way round than it is, unless `taken` says
    which. Raises DomainError `draft_gone`."""
    async with uow as rows:
        stage = await read_stage(rows, actor, draft_id, now)
        items = [one for one in stage.comparison.items if at is None or one.at == at]
        chosen = {one.at: (not one.taken if taken is None else taken) for one in items}
        names = {str(place): word for place, word in chosen.items()}
        kept = {**stage.draft.draft, "base": stage.base, "chosen": {**stage.chosen, **names}}
        await rows.association(actor.home.id).drafts.rewrite(draft_id, kept)
        await uow.commit()
    return chosen_anew(stage, chosen)


async def propose_taking(uow: UnitOfWork, actor: Actor, draft_id: int, now: datetime) -> Outcome:
    """What taking the chosen differences would do: it is done, and without a commit nothing of it stays.
    Raises DomainError `draft_gone`."""
    async with uow as rows:
        return await take(rows, actor, await read_stage(rows, actor, draft_id, now), now)


async def take_changes(uow: UnitOfWork, actor: Actor, draft_id: int, mark: str, now: datetime) -> Outcome:
    """Takes the chosen differences, all in one transaction: rows, events, and the notices about them. Raises
    DomainError `draft_gone`, and `plan_changed_meanwhile` where anything is not as the preview showed it."""
    async with uow as rows:
        stage = await read_stage(rows, actor, draft_id, now)
        if stage.comparison.mark != mark:
            raise DomainError("plan_changed_meanwhile")
        outcome = await take(rows, actor, stage, now)
        await uow.commit()
    return outcome
