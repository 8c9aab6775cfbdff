"""«Кого звать»: everybody, a group, those alone who were invited apart, or nobody. The plan shows an event to
all the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.changing import Changed, change_quietly
from actions.checking import check_ahead, check_gathering, check_planned, known_event
from actions.grouping import known_group
from domain.changes import change_due
from domain.records import Actor, Event, Group, Invited
from domain.rsvp import answers_until
from domain.timing import TimingProfile
from storage.mailing import InvitedCount
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork


@dataclass(frozen=True, slots=True)
class Inviting:
    """A gathering to come, and the groups that there are."""

    event: Event
    groups: tuple[Group, ...]

    @property
    def group(self) -> Group | None:
        """The group that it is for."""
        return next((one for one in self.groups if one.id == self.event.group_id), None)


@dataclass(frozen=True, slots=True)
class ProposedInvited:
    """A gathering, whom it is to be for (`group` where that is one), and what this does to how many people.
    `tells` says whether those who are new to it hear of it now, its day being known."""

    event: Event
    invited: Invited
    group: Group | None
    count: InvitedCount
    tells: bool


@dataclass(frozen=True, slots=True)
class SetInvited:
    """A gathering as it stands then, with the group that it is for."""

    changed: Changed
    group: Group | None


async def whom(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Inviting:
    """Whom a gathering is for. Raises DomainError `event_unknown`, `no_answer_needed`, `event_cancelled`,
    `event_over`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        found = Inviting(await _gathering(ours, event_id, now), tuple(await ours.groups.all()))
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return found


async def propose_invited(
    uow: UnitOfWork, actor: Actor, event_id: int, invited: Invited, group_id: int | None, now: datetime
) -> ProposedInvited:
    """What inviting others would do. Raises what `whom` raises, and DomainError `group_gone`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        event = await _gathering(ours, event_id, now)
        group = None if group_id is None else await known_group(ours, group_id)
        count = await rows.mailing.count_invited(event, invited, group_id, but=actor.person_id)
    return ProposedInvited(event, invited, group, count, event.period.day_known)


async def set_invited(
    uow: UnitOfWork,
    actor: Actor,
    event_id: int,
    revision: int,
    invited: Invited,
    group_id: int | None,
    now: datetime,
) -> SetInvited:
    """Whom a gathering is for from now on. Those who are new to it are told, once its day is known; the
    others hear nothing, and what they answered stays.

    Raises what `propose_invited` raises, and DomainError `event_changed`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await _gathering(ours, event_id, now)
        group = None if group_id is None else await known_group(ours, group_id)
        if (event.invited, event.group_id) == (invited, group_id):
            changed = Changed(event, 0, changed=False)
        else:
            values = invited_values(event, invited, group_id, actor.home.zone)
            changed = await change_quietly(rows, event, revision, values, kind="invited", by=actor, now=now)
            if event.period.day_known:
                people = await tell_new(rows, changed.event, event, actor, now)
                changed = replace(changed, people=people)
        await uow.commit()
    return SetInvited(changed, group)


def invited_values(event: Event, invited: Invited, group_id: int | None, zone: ZoneInfo) -> dict[str, object]:
    """The columns that say whom an event is for, and those that follow from them."""
    asks = replace(event, invited=invited, group_id=group_id).asks
    return {
        "invited": invited,
        "group_id": group_id,
        "answers_until": answers_until(asks, event.period, event.status, zone),
        "planned_version": 0,
    }


async def tell_new(rows: Rows, event: Event, before: Event, actor: Actor, now: datetime) -> int:
    """Tells those for whom an event is, and was not before, by their hours; returns how many."""
    due = {
        used.profile_id: change_due(
            now, max(event.starts_at, now), None, TimingProfile.from_canonical(used.settings)
        )
        for used in await rows.notices.profiles_in_use([event.association_id])
    }
    await rows.group_chats.show(event.association_id, event.id, now)
    return await rows.mailing.tell_newly(event, before, due, but=actor.person_id)


async def _gathering(ours: AssociationRows, event_id: int, now: datetime) -> Event:
    event = await known_event(ours, event_id)
    check_gathering(event)
    check_planned(event)
    check_ahead(event, now)
    return event
