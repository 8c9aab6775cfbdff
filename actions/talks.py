"""Talks of an event: entered by the coordinator, or proposed by who speaks and then confirmed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from actions.checking import (
    check_ahead,
    check_gathering,
    check_not_cancelled,
    check_planned,
    check_sees,
    known_event,
)
from domain.errors import DomainError
from domain.records import Actor, Event, Member, Talk, TalkForm, TalkStanding
from domain.roles import Right, may
from domain.talks import (
    MOST_PROPOSED,
    MOST_TALKS,
    TalkDraft,
    moved,
    of_member,
    read_form,
    read_talk,
    read_theme,
    with_member,
)
from storage.outbox import Message
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

# A talk is being written down, by the coordinator or by who would speak.
TALK_STEP = "talk"
THEME_STEP = "talk_theme"
# What was declined or taken out can be brought back for so long.
KEPT_FOR = timedelta(days=1)
Said = Literal["yes", "no"]
_STANDINGS = {"yes": TalkStanding.CONFIRMED, "no": TalkStanding.DECLINED}
# From where a talk gets there.
_FROM = {
    TalkStanding.CONFIRMED: (TalkStanding.PROPOSED, TalkStanding.DECLINED),
    TalkStanding.DECLINED: (TalkStanding.PROPOSED,),
}


@dataclass(frozen=True, slots=True)
class Programme:
    """An event and its talks in their order, those that are proposed too; whether the person comes, and may
    propose one."""

    event: Event
    talks: Sequence[Talk]
    may_propose: bool = False

    @property
    def confirmed(self) -> list[Talk]:
        """What stands in the programme."""
        return [one for one in self.talks if one.confirmed]

    @property
    def proposed(self) -> list[Talk]:
        """What waits for the coordinator."""
        return [one for one in self.talks if not one.confirmed]

    def of_person(self, person_id: int) -> list[Talk]:
        """What a person proposed and is not settled yet."""
        return [one for one in self.proposed if one.person_id == person_id]


@dataclass(frozen=True, slots=True)
class TalkOffer:
    """A talk as far as it is written down; `mark` names this very draft. `own` where she would speak
    herself."""

    event: Event
    draft: TalkDraft
    own: bool
    mark: str


async def programme(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Programme:
    """The talks of an event that she may see. Raises DomainError `event_unknown`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        await check_sees(ours, actor, event_id)
        return await _programme(ours, actor, event_id, now)


async def open_talk(uow: UnitOfWork, actor: Actor, event_id: int) -> TalkOffer:
    """«Добавить выступление»: what the coordinator writes next is a talk. Raises DomainError `event_unknown`,
    `event_cancelled`, `no_answer_needed`, `talks_full`."""
    async with uow as rows:
        event = await _with_room(rows.association(actor.home.id), event_id)
        made = await _keep(rows, actor, event, TalkDraft(), own=False)
        await uow.commit()
    return made


async def open_proposal(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> TalkOffer:
    """«Предложить выступление»: what she writes next is the theme. Raises what `save` raises for her."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await check_sees(ours, actor, event_id)
        event = await _check_proposal(ours, actor, event_id, now)
        name = actor.name.full if actor.name else ""
        draft = TalkDraft(actor.person_id, name, actor.school or "")
        made = await _keep(rows, actor, event, draft, own=True)
        await uow.commit()
    return made


async def choose_speaker(uow: UnitOfWork, actor: Actor, person_id: int) -> TalkOffer:
    """The member who speaks, by a button. Raises DomainError `talk_left`, `member_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event, draft = await _draft(ours, actor)
        member = await ours.roster.get(person_id)
        if member is None:
            raise DomainError("member_unknown")
        draft = of_member(replace(draft, organisation=""), member)
        made = await _keep(rows, actor, event, draft, own=False)
        await uow.commit()
    return made


async def choose_form(uow: UnitOfWork, actor: Actor, form: TalkForm) -> TalkOffer:
    """The form, by a button. Raises DomainError `talk_left`."""
    async with uow as rows:
        event, draft = await _draft(rows.association(actor.home.id), actor)
        made = await _keep(rows, actor, event, replace(draft, form=form), own=_own(actor))
        await uow.commit()
    return made


async def take_words(uow: UnitOfWork, actor: Actor, text: str) -> TalkOffer:
    """What was asked for last, in words; under the preview the whole of it once more, or another theme.

    Raises DomainError `talk_left`, `form_not_understood`, and those of read_talk.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event, draft = await _draft(ours, actor)
        own = _own(actor)
        if draft.missing == "form":
            if (form := read_form(text)) is None:
                raise DomainError("form_not_understood")
            draft = replace(draft, form=form)
        elif own or draft.missing == "theme":
            draft = replace(draft, theme=read_theme(text))
        else:
            draft = with_member(read_talk(text), await ours.roster.everybody())
        made = await _keep(rows, actor, event, draft, own=own)
        await uow.commit()
    return made


async def save(uow: UnitOfWork, actor: Actor, mark: str, now: datetime) -> tuple[TalkOffer, int, Programme]:
    """Writes down the talk that the preview showed: the coordinator's stands in the programme, a member's own
    waits for the coordinators, who are told. Returns it with its id, and all there are.

    Raises DomainError `talk_left` where it was written down before, left, or is another one by now;
    `event_unknown`, `event_cancelled`, `event_over`, `no_answer_needed`, `talks_full`; for a member also
    `talk_not_coming`, `talks_enough`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event, draft = await _draft(ours, actor)
        own = _own(actor)
        offered = TalkOffer(event, draft, own, _mark(event, draft))
        if draft.missing is not None or offered.mark != mark:
            raise DomainError("talk_left")
        if own:
            await _check_proposal(ours, actor, event.id, now)
        else:
            await _with_room(ours, event.id)
        standing = TalkStanding.PROPOSED if own else TalkStanding.CONFIRMED
        talk_id = await ours.talks.add(event.id, draft, standing, actor.person_id, now)
        facts = {"event": event.id, "talk": talk_id}
        await ours.journal.write("talk_proposed" if own else "talk_added", facts, actor.person_id, now)
        if own:
            await rows.mailing.tell_coordinators(
                actor.home.id, Message.TALK, event_id=event.id, version=talk_id, due_at=now
            )
        await rows.people.wait_for(actor.person_id, None)
        found = await _programme(ours, actor, event.id, now)
        await uow.commit()
    return offered, talk_id, found


async def settle(
    uow: UnitOfWork, actor: Actor, talk_id: int, said: Said, now: datetime
) -> tuple[Event, Talk]:
    """«Принять» or «Отказать» to what a member proposed; she is told. Pressed again it changes nothing.

    Raises DomainError `talk_gone`, `event_unknown`, and `talk_settled` where it stands otherwise by now.
    """
    to = _STANDINGS[said]
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event, talk = await _talk(ours, talk_id)
        if await ours.talks.move(talk_id, to, _FROM[to], now):
            facts = {"event": event.id, "talk": talk_id}
            taken = to is TalkStanding.CONFIRMED
            await ours.journal.write(
                "talk_confirmed" if taken else "talk_declined", facts, actor.person_id, now
            )
            if talk.person_id is not None and talk.person_id != actor.person_id:
                await rows.mailing.tell_one(
                    actor.home.id,
                    talk.person_id,
                    Message.SETTLED,
                    event_id=event.id,
                    version=talk_id,
                    lead=f"talk-{to}",
                    due_at=now,
                )
        elif talk.standing is not to:
            raise DomainError("talk_settled")
        await ours.talks.forget(now - KEPT_FOR)
        await uow.commit()
    return event, replace(talk, standing=to)


async def withdraw(uow: UnitOfWork, actor: Actor, talk_id: int, now: datetime) -> Programme:
    """She takes back what she proposed, while nothing is settled. Raises DomainError `talk_gone`,
    `talk_settled`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event, talk = await _talk(ours, talk_id)
        if talk.person_id != actor.person_id:
            raise DomainError("talk_gone")
        if await ours.talks.move(talk_id, TalkStanding.REMOVED, [TalkStanding.PROPOSED], now):
            facts = {"event": event.id, "talk": talk_id}
            await ours.journal.write("talk_withdrawn", facts, actor.person_id, now)
        elif talk.standing is not TalkStanding.REMOVED:
            raise DomainError("talk_settled")
        found = await _programme(ours, actor, event.id, now)
        await uow.commit()
    return found


async def open_one(uow: UnitOfWork, actor: Actor, talk_id: int) -> tuple[Event, Talk]:
    """One talk, as the coordinator sees it. Raises DomainError `talk_gone`, `event_unknown`."""
    async with uow.reading() as rows:
        return await _listed(rows.association(actor.home.id), talk_id)


async def open_theme(uow: UnitOfWork, actor: Actor, talk_id: int) -> tuple[Event, Talk]:
    """What the coordinator writes next is the theme of a talk. Raises DomainError `talk_gone`,
    `event_unknown`."""
    async with uow as rows:
        found = await _listed(rows.association(actor.home.id), talk_id)
        await rows.people.wait_for(actor.person_id, THEME_STEP, talk=talk_id, association=actor.home.id)
        await uow.commit()
    return found


async def set_theme(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> tuple[Event, Talk]:
    """Another theme of the talk of the dialogue. Raises DomainError `talk_gone`, and those of read_theme."""
    theme = read_theme(text)
    talk_id = actor.asked(THEME_STEP).get("talk")
    if not isinstance(talk_id, int):
        raise DomainError("talk_gone")
    return await _correct(uow, actor, talk_id, now, theme=theme)


async def set_form(
    uow: UnitOfWork, actor: Actor, talk_id: int, form: TalkForm, now: datetime
) -> tuple[Event, Talk]:
    """Another form of a talk. Raises DomainError `talk_gone`, `event_unknown`."""
    return await _correct(uow, actor, talk_id, now, form=form)


async def _correct(
    uow: UnitOfWork, actor: Actor, talk_id: int, now: datetime, **values: object
) -> tuple[Event, Talk]:
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event, talk = await _talk(ours, talk_id)
        if any(getattr(talk, name) != value for name, value in values.items()):
            if not await ours.talks.correct(talk_id, **values):
                raise DomainError("talk_gone")
            facts = {"event": event.id, "talk": talk_id}
            await ours.journal.write("talk_corrected", facts, actor.person_id, now)
        found = await _talk(ours, talk_id)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return found


async def move(
    uow: UnitOfWork, actor: Actor, event_id: int, talk_id: int, by: int, now: datetime
) -> Programme:
    """A talk stands so many places further on in the programme. Raises DomainError `event_unknown`,
    `talk_gone`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        found = await _programme(ours, actor, event_id, now)
        ids = [one.id for one in found.confirmed]
        order = moved(ids, talk_id, by)
        if order != ids:
            await ours.talks.set_order(event_id, order)
            facts = {"event": event_id, "talk": talk_id}
            await ours.journal.write("talk_moved", facts, actor.person_id, now)
            found = await _programme(ours, actor, event_id, now)
        await uow.commit()
    return found


async def remove(uow: UnitOfWork, actor: Actor, talk_id: int, now: datetime) -> tuple[Event, Talk]:
    """Takes a talk out of the programme; a second press changes nothing. Raises DomainError `talk_gone`,
    `event_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event, talk = await _talk(ours, talk_id)
        if await ours.talks.move(talk_id, TalkStanding.REMOVED, [TalkStanding.CONFIRMED], now):
            facts = {"event": event.id, "talk": talk_id}
            await ours.journal.write("talk_removed", facts, actor.person_id, now)
        elif talk.standing is not TalkStanding.REMOVED:
            raise DomainError("talk_gone")
        await ours.talks.forget(now - KEPT_FOR)
        await uow.commit()
    return event, talk


async def bring_back(uow: UnitOfWork, actor: Actor, talk_id: int, now: datetime) -> Programme:
    """Puts a talk that was taken out back into the programme. Raises DomainError `talk_gone` where it is
    forgotten, `talks_full`, `event_unknown`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event, talk = await _talk(ours, talk_id)
        if talk.standing is TalkStanding.REMOVED:
            await _with_room(ours, event.id)
        if await ours.talks.move(talk_id, TalkStanding.CONFIRMED, [TalkStanding.REMOVED], now):
            facts = {"event": event.id, "talk": talk_id}
            await ours.journal.write("talk_returned", facts, actor.person_id, now)
        found = await _programme(ours, actor, event.id, now)
        await uow.commit()
    return found


async def speakers(uow: UnitOfWork, actor: Actor) -> list[Member]:
    """Everybody who may be chosen as a speaker, by surname."""
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).roster.everybody()


async def _programme(ours: AssociationRows, actor: Actor, event_id: int, now: datetime) -> Programme:
    event = await known_event(ours, event_id)
    talks = await ours.talks.of_event(event_id)
    ahead = event.awaited and event.ends_at > now
    return Programme(event, talks, ahead and await _comes(ours, actor, event_id))


async def _comes(ours: AssociationRows, actor: Actor, event_id: int) -> bool:
    given = await ours.rsvps.answers([event_id], [actor.person_id])
    return any(one.answer.takes_part for one in given.values())


async def _check_proposal(ours: AssociationRows, actor: Actor, event_id: int, now: datetime) -> Event:
    event = await _with_room(ours, event_id)
    check_planned(event)
    check_ahead(event, now)
    if not await _comes(ours, actor, event_id):
        raise DomainError("talk_not_coming", event_id=event_id)
    talks = await ours.talks.of_event(event_id)
    mine = [one for one in talks if one.person_id == actor.person_id and not one.confirmed]
    if len(mine) >= MOST_PROPOSED:
        raise DomainError("talks_enough")
    return event


async def _with_room(ours: AssociationRows, event_id: int) -> Event:
    event = await known_event(ours, event_id)
    check_gathering(event)
    check_not_cancelled(event)
    if len(await ours.talks.of_event(event_id)) >= MOST_TALKS:
        raise DomainError("talks_full", most=MOST_TALKS)
    return event


async def _talk(ours: AssociationRows, talk_id: int) -> tuple[Event, Talk]:
    talk = await ours.talks.get(talk_id)
    if talk is None:
        raise DomainError("talk_gone")
    return await known_event(ours, talk.event_id), talk


async def _listed(ours: AssociationRows, talk_id: int) -> tuple[Event, Talk]:
    """A talk that stands in the programme, or is proposed for it."""
    event, talk = await _talk(ours, talk_id)
    if talk.standing not in {TalkStanding.CONFIRMED, TalkStanding.PROPOSED}:
        raise DomainError("talk_gone")
    return event, talk


async def _draft(ours: AssociationRows, actor: Actor) -> tuple[Event, TalkDraft]:
    """The talk of the open dialogue. Raises DomainError `talk_left` where none is, `only_coordinator` where
    she was one when it was opened."""
    facts = _facts(actor)
    if "draft" not in facts:
        raise DomainError("talk_left")
    if not facts["own"] and not may(actor.role, Right.DESK):
        raise DomainError("only_coordinator")
    return await known_event(ours, int(facts["event"])), TalkDraft.from_facts(facts["draft"])


async def _keep(rows: Rows, actor: Actor, event: Event, draft: TalkDraft, *, own: bool) -> TalkOffer:
    facts = {"event": event.id, "draft": draft.as_facts(), "own": own, "association": actor.home.id}
    await rows.people.wait_for(actor.person_id, TALK_STEP, **facts)
    return TalkOffer(event, draft, own, _mark(event, draft))


def _own(actor: Actor) -> bool:
    return bool(_facts(actor).get("own"))


def _facts(actor: Actor) -> Mapping[str, Any]:
    return actor.asked(TALK_STEP)


def _mark(event: Event, draft: TalkDraft) -> str:
    """A name for a draft, short enough for a button."""
    said = json.dumps([event.id, draft.as_facts()], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
