"""When people are reminded: what an association sets, and what a person chooses for herself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from domain.errors import DomainError
from domain.local_hours import LocalHours
from domain.records import Actor
from domain.timing import Choice, TimingProfile, chosen
from storage.unit_of_work import Rows, UnitOfWork

PAUSE_STEP = "pause"
LEAD_STEP = "lead_hour"
QUIET_STEP = "quiet_hours"
REST_STEP = "summer_rest"

LONGEST_PAUSE = timedelta(days=366)
# A pause ends at this local hour, or with the quiet hours if they last longer.
_BACK_AT = time(8)

Digest = Literal["weekly", "monthly"]


@dataclass(frozen=True, slots=True)
class OwnTiming:
    """What a person chose; `usual` is her association's profile. `paused_until` is UTC, None for no pause."""

    choice: Choice
    usual: TimingProfile
    paused_until: datetime | None
    weekly: bool
    monthly: bool


@dataclass(frozen=True, slots=True)
class AssociationTiming:
    """What an association sets of it."""

    profile: TimingProfile


async def own_timing(uow: UnitOfWork, actor: Actor, now: datetime) -> OwnTiming:
    """What the person chose. A pause that is over is none."""
    async with uow.reading() as rows:
        return await _own(rows, actor, now)


async def choose(uow: UnitOfWork, actor: Actor, choice: Choice, now: datetime) -> OwnTiming:
    """How much she is reminded. A profile that nobody of her association had before gets its notices."""
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        usual = await _profile(rows, actor)
        used = {one.profile_id for one in await rows.notices.profiles_in_use([actor.home.id])}
        profile_id = await rows.associations.profile(chosen(usual, choice).canonical())
        await rows.association(actor.home.id).members.set_timing(
            actor.person_id, reminders=choice, profile_id=profile_id
        )
        if profile_id not in used:
            await rows.notices.replan_events(actor.home.id, now)
        settled = await _own(rows, actor, now)
        await uow.commit()
    return settled


async def switch_digest(uow: UnitOfWork, actor: Actor, digest: Digest, on: bool, now: datetime) -> OwnTiming:
    """Whether she gets the week's, or the month's, digest."""
    async with uow as rows:
        await rows.association(actor.home.id).members.set_timing(actor.person_id, **{digest: on})
        settled = await _own(rows, actor, now)
        await uow.commit()
    return settled


async def pause(uow: UnitOfWork, actor: Actor, until: date, now: datetime) -> OwnTiming:
    """Nothing unasked before the morning of a local day, but urgent changes; what waits goes then.

    Raises DomainError `pause_in_past`, `pause_too_long`.
    """
    today = now.astimezone(actor.home.zone).date()
    if until <= today:
        raise DomainError("pause_in_past")
    if until - today > LONGEST_PAUSE:
        raise DomainError("pause_too_long")
    async with uow as rows:
        hours = LocalHours(await _profile(rows, actor))
        ends = hours.within(until, _BACK_AT) or hours.real(until, _BACK_AT)
        await rows.association(actor.home.id).members.set_timing(actor.person_id, paused_until=ends)
        await rows.mailing.put_off(actor.home.id, actor.person_id, ends)
        await rows.people.wait_for(actor.person_id, None)
        settled = await _own(rows, actor, now)
        await uow.commit()
    return settled


async def resume(uow: UnitOfWork, actor: Actor, now: datetime) -> OwnTiming:
    """Ends her pause; changes that waited for its end go now."""
    async with uow as rows:
        members = rows.association(actor.home.id).members
        if (await _own(rows, actor, now)).paused_until is not None:
            await members.set_timing(actor.person_id, paused_until=None)
            await rows.mailing.bring_forward(actor.home.id, actor.person_id, now)
        settled = await _own(rows, actor, now)
        await uow.commit()
    return settled


async def association_timing(uow: UnitOfWork, actor: Actor) -> AssociationTiming:
    """What the association sets."""
    async with uow.reading() as rows:
        return await _of_association(rows, actor)


async def open_dialogue(
    uow: UnitOfWork, actor: Actor, step: str | None, **facts: object
) -> AssociationTiming:
    """What the association sets; what is written next belongs to the step, if one is given."""
    async with uow as rows:
        await rows.people.wait_for(actor.person_id, step, **facts)
        timing = await _of_association(rows, actor)
        await uow.commit()
    return timing


async def change_timing(
    uow: UnitOfWork, actor: Actor, change: Callable[[TimingProfile], TimingProfile], now: datetime
) -> AssociationTiming:
    """Changes when the association's people are reminded: each keeps her own choice, every event to come is
    planned anew, and the journal has it. Raises what `change` raises."""
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        before = await _profile(rows, actor)
        after = change(before)
        if after != before:
            profiles = {
                choice: await rows.associations.profile(chosen(after, choice).canonical())
                for choice in Choice
            }
            await rows.associations.change(actor.home.id, profile_id=profiles[Choice.USUAL])
            ours = rows.association(actor.home.id)
            await ours.members.follow(profiles)
            await rows.notices.replan_events(actor.home.id, now)
            facts = {"before": before.as_settings(), "after": after.as_settings()}
            await ours.journal.write("timing_changed", facts, actor.person_id, now)
        await rows.people.wait_for(actor.person_id, None)
        timing = await _of_association(rows, actor)
        await uow.commit()
    return timing


async def _own(rows: Rows, actor: Actor, now: datetime) -> OwnTiming:
    stored = await rows.association(actor.home.id).members.record(actor.person_id) or {}
    paused_until = stored.get("paused_until")
    return OwnTiming(
        Choice(str(stored["reminders"])),
        await _profile(rows, actor),
        paused_until if isinstance(paused_until, datetime) and paused_until > now else None,
        weekly=bool(stored["weekly"]),
        monthly=bool(stored["monthly"]),
    )


async def _of_association(rows: Rows, actor: Actor) -> AssociationTiming:
    return AssociationTiming(await _profile(rows, actor))


async def _profile(rows: Rows, actor: Actor) -> TimingProfile:
    """The association's profile as it stands now: the actor was read a moment ago."""
    return TimingProfile.from_canonical(await rows.associations.settings_of(actor.home.id))
