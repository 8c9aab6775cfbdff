"""A file of whatever a coordinator may send: a plan, or a list of people, told by what stands in it."""

from __future__ import annotations

from documents.formats import read_blocks
from documents.people_list import read_people
from documents.plan_reader import plan_of
from domain.errors import DomainError
from domain.people_list import PeopleDraft
from domain.plan_draft import PlanDraft


def read_either(content: bytes, name: str) -> PlanDraft | PeopleDraft:
    """The plan in a file, or the list of people. A plan may have a list of its members beside it; what looks
    like a plan without a single date, in a list, is its column «Тема самообразования».

    Raises DomainError: what `read_blocks` raises, `list_too_long`, `plan_no_table` where there is neither.
    """
    blocks = read_blocks(content, name)
    try:
        plan = plan_of(blocks)
    except DomainError as error:
        if (people := read_people(blocks)) is None:
            raise error from None
        return people
    if any(one.when_text or one.periods for one in plan.activities):
        return plan
    return read_people(blocks) or plan
