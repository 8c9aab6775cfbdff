"""«Написать всем»: a coordinator's words to everybody in her association."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from domain.errors import DomainError
from domain.records import Actor
from storage.unit_of_work import UnitOfWork

# Asked for the words; once written they stay in the dialogue until they are sent.
BROADCAST_STEP = "broadcast"


@dataclass(frozen=True, slots=True)
class Words:
    """What a coordinator wants to send, and to how many it would go. The mark tells these words from others:
    an earlier preview's button does not send them."""

    text: str
    mark: str
    people: int


async def take_words(uow: UnitOfWork, actor: Actor, text: str) -> Words:
    """Keeps the words until she confirms them; nothing is sent. Raises DomainError `question_empty`."""
    text = text.strip()
    if not text:
        raise DomainError("question_empty")
    async with uow as rows:
        people = await rows.mailing.count_members(actor.home.id, but=actor.person_id)
        # The association is kept with them: what is written for one does not go to another.
        await rows.people.wait_for(actor.person_id, BROADCAST_STEP, text=text, association=actor.home.id)
        await uow.commit()
    return Words(text, _mark(text), people)


async def send_words(uow: UnitOfWork, actor: Actor, mark: str, now: datetime) -> int:
    """Sends the words that were confirmed, once; returns to how many people they go.

    Raises DomainError `broadcast_gone` where they were sent, dropped or replaced since.
    """
    facts = actor.dialogue.facts if actor.dialogue and actor.dialogue.step == BROADCAST_STEP else {}
    text = facts.get("text")
    if not isinstance(text, str) or facts.get("association") != actor.home.id or _mark(text) != mark:
        raise DomainError("broadcast_gone")
    async with uow as rows:
        ours = rows.association(actor.home.id)
        broadcast_id = await ours.broadcasts.add(text, actor.person_id, now)
        people = await rows.mailing.broadcast(actor.home.id, broadcast_id, now, but=actor.person_id)
        await ours.journal.write(
            "broadcast", {"broadcast": broadcast_id, "people": people}, actor.person_id, now
        )
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return people


def _mark(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
