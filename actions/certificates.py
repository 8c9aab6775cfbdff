"""Certificates: for who was marked as having been at an event, and for every talk of its programme."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from actions.checking import check_gathering, check_not_called_off, check_sees, known_event
from actions.papers import signs
from domain.certificates import Certificate, Holder
from domain.errors import DomainError
from domain.people import plain_words
from domain.plan_draft import school_year_of
from domain.records import Actor, Event, OwnBlank, Talk
from domain.talks import spoken
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# That somebody was there; that somebody spoke.
Kind = Literal["attended", "spoke"]


@dataclass(frozen=True, slots=True)
class Award:
    """Whom a certificate is for: somebody who was there, or who spoke (then `talk` says of what)."""

    holder: Holder
    name: str
    organisation: str
    talk: Talk | None = None


@dataclass(frozen=True, slots=True)
class Awards:
    """An event and whom certificates are for: by surname who was there, in the programme's order who spoke;
    nobody before somebody is marked. For those `to_confirm` there will be one each: nobody but themselves
    says that they were there."""

    event: Event
    to_confirm: frozenset[int]
    there: Sequence[Award] = ()
    talks: Sequence[Award] = ()

    def of(self, kind: Kind) -> Sequence[Award]:
        """Those of a kind."""
        return self.there if kind == "attended" else self.talks


@dataclass(frozen=True, slots=True)
class Given:
    """Certificates of one kind (documents.blanks.Blank.code) with their numbers; who signs them (a short
    name, empty where nobody is known), and the association's own blank."""

    event: Event
    kind: Kind
    awards: Sequence[tuple[Award, Certificate]]
    head: str
    own: OwnBlank | None


async def awards(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Awards:
    """Whom certificates of an event are for, once it is over and took place. Raises DomainError
    `event_unknown`, `no_answer_needed`, `event_cancelled`, `event_not_held`, `certificates_too_early`."""
    async with uow.reading() as rows:
        return await _awards(rows.association(actor.home.id), event_id, now)


async def give_all(uow: UnitOfWork, actor: Actor, event_id: int, kind: Kind, now: datetime) -> Given:
    """The certificates of all who were there, or of all talks. Raises what `awards` raises, and
    `certificates_none`."""
    async with uow as rows:
        found = await _awards(rows.association(actor.home.id), event_id, now)
        given = await _give(rows, actor, found.event, found.of(kind), now)
        await uow.commit()
    return given


async def give_one(uow: UnitOfWork, actor: Actor, event_id: int, holder: Holder, now: datetime) -> Given:
    """The certificate of one of them. Raises what `give_all` raises."""
    async with uow as rows:
        found = await _awards(rows.association(actor.home.id), event_id, now)
        hers = [one for one in (*found.there, *found.talks) if one.holder == holder]
        given = await _give(rows, actor, found.event, hers, now)
        await uow.commit()
    return given


async def give_own(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> list[Given]:
    """Her own certificates of an event that she may see: that she was there, and those of her talks. Raises
    what `give_all` raises, and `certificates_unconfirmed`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_sees(ours, actor, event_id)
        found = await _awards(ours, event_id, now)
        if actor.person_id in found.to_confirm:
            raise DomainError("certificates_unconfirmed", event_id=event_id)
        there = [one for one in found.there if one.holder == Holder("person", actor.person_id)]
        talks = [one for one in found.talks if one.talk and one.talk.person_id == actor.person_id]
        given = [await _give(rows, actor, found.event, there, now)]
        given += [await _give(rows, actor, found.event, talks, now)] if talks else []
        await uow.commit()
    return given


async def _awards(ours: AssociationRows, event_id: int, now: datetime) -> Awards:
    event = await known_event(ours, event_id)
    check_gathering(event)
    check_not_called_off(event)
    if event.ends_at > now:  # how long somebody was there is not known before
        raise DomainError("certificates_too_early", event_id=event_id)
    guests, marks = await ours.guests.of_event(event_id), await ours.attendance.of_event(event_id)
    to_confirm = frozenset([one.person_id for one in marks.values() if one.to_confirm])
    there = [
        *(
            Award(Holder("person", one.person_id), one.name.full, one.school or "")
            for one in await ours.attendance.present(event_id)
            if one.person_id not in to_confirm
        ),
        *(
            Award(Holder("guest", one.id), one.name, one.organisation)
            for one in guests
            if one.mark and one.mark.was_there
        ),
    ]
    if not there:
        return Awards(event, to_confirm)
    talks = [
        Award(Holder("talk", one.id), one.speaker, one.organisation, one)
        for one in spoken(await ours.talks.of_event(event_id), {who: one.mark for who, one in marks.items()})
        if one.speaker
    ]
    there.sort(key=lambda one: (plain_words(one.name), one.holder.id))
    return Awards(event, to_confirm, there, talks)


async def _give(rows: Rows, actor: Actor, event: Event, whom: Collection[Award], now: datetime) -> Given:
    """The numbers; those who have none get one, each once, whoever else asks at the same time."""
    if not whom:
        raise DomainError("certificates_none")
    ours = rows.association(actor.home.id)
    await rows.associations.hold(actor.home.id)
    year = school_year_of(event.period.first_day)
    numbers = await ours.certificates.give(event.id, [one.holder for one in whom], year, now)
    kind: Kind = "spoke" if next(iter(whom)).talk else "attended"
    return Given(
        event,
        kind,
        [(one, numbers[one.holder]) for one in whom],
        await signs(ours, actor),
        await ours.templates.get(kind),
    )
