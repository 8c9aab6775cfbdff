"""Agreeing to another wording of the consent, for those who agreed to an earlier one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from domain.errors import DomainError
from domain.records import LISTED, Actor, Association, Standing
from storage.unit_of_work import UnitOfWork

# What people agree to in an association, as plain text.
Wording = Callable[[Association], str]


async def agree_anew(
    uow: UnitOfWork, actor: Actor, association_id: int, version: int, wording: Wording, now: datetime
) -> tuple[Association, bool]:
    """She agrees to the present wording as well, and where; nothing is stored, and False returned, where it
    has changed since she was shown it. Raises DomainError `not_a_member`."""
    async with uow as rows:
        home = await rows.associations.get(association_id)
        members = rows.association(association_id).members
        membership = None if home is None else await members.record(actor.person_id)
        if home is None or membership is None or membership["status"] not in LISTED | {Standing.GUEST}:
            raise DomainError("not_a_member")
        is_present = home.consent_version == version
        # The day on which she first pressed stands.
        if is_present and membership["consent_version"] != version:
            await members.agree(actor.person_id, version, wording(home), now)
        await uow.commit()
    return home, is_present
