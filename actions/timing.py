"""When people are reminded: what an association sets, and what a person chooses for herself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from domain.errors import DomainError
from domain.local_hours import LocalHours, WorkingDay
from domain.marks import mark_of
from domain.records import Actor, Event, Status
from domain.reminders import Audience, Due, Timed, notices_due
from domain.timing import Choice, TimingProfile, chosen
from domain.undo import UNDO_WITHIN
from storage.unit_of_work import Rows, UnitOfWork

PAUSE_STEP = "pause"
LEAD_STEP = "lead_hour"
QUIET_STEP = "quiet_hours"
REST_STEP = "summer_rest"
# A lead is switched: nothing can be written to it.
SWITCH_STEP = "lead_switched"
_CHANGES = (LEAD_STEP, QUIET_STEP, REST_STEP, SWITCH_STEP)
# The kind of the journal's line, and what it holds: before, after.
TIMING_CHANGED = "timing_changed"

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


@dataclass(frozen=True, slots=True)
class ProposedTiming:
    """A change that waits to be confirmed; `mark` names this very one. `people` would be reminded of so many
    `gatherings` to come in another way, and those named of `tasks`."""

    before: TimingProfile
    after: TimingProfile
    mark: str
    people: int
    gatherings: int
    tasks: int


@dataclass(frozen=True, slots=True)
class SetTiming:
    """What holds now, and before. `line` is the journal's line by which the change is taken back; None where
    nothing was changed."""

    before: TimingProfile
    after: TimingProfile
    line: int | None


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
        await rows.waiting.put_off(actor.home.id, actor.person_id, ends)
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
            await rows.waiting.bring_forward(actor.home.id, actor.person_id, now)
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
        await _wait(rows, actor, step, **facts)
        timing = await _of_association(rows, actor)
        await uow.commit()
    return timing


async def offer_timing(
    uow: UnitOfWork,
    actor: Actor,
    step: str,
    change: Callable[[TimingProfile], TimingProfile],
    now: datetime,
    is_working_day: WorkingDay,
    **facts: object,
) -> ProposedTiming | SetTiming:
    """Proposes a change of when the association's people are reminded; the step goes on waiting, so that
    other words make another proposal. Where it is so already, nothing waits any more. Raises what `change`
    raises."""
    async with uow as rows:
        before = await _profile(rows, actor)
        after = change(before)
        if after == before:
            await rows.people.wait_for(actor.person_id, None)
            await uow.commit()
            return SetTiming(before, after, None)
        proposed = await _propose(rows, actor, before, after, now, is_working_day)
        await _wait(rows, actor, step, after=after.as_settings(), mark=proposed.mark, **facts)
        await uow.commit()
    return proposed


async def confirm_timing(uow: UnitOfWork, actor: Actor, mark: str, now: datetime) -> SetTiming:
    """Sets what the preview with this mark showed. Raises DomainError `setting_left` where another one, or
    none, is open by now, `timing_changed_since` where somebody changed it in between."""
    facts = actor.asked(*_CHANGES)
    after = facts.get("after")
    if not isinstance(after, dict) or facts.get("mark") != mark:
        raise DomainError("setting_left")
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        before = await _profile(rows, actor)
        if _mark(before, TimingProfile.from_settings(after)) != mark:
            raise DomainError("timing_changed_since")
        made = await _change(rows, actor, before, TimingProfile.from_settings(after), now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return made


async def take_back_timing(uow: UnitOfWork, actor: Actor, line: int, now: datetime) -> SetTiming:
    """«Вернуть как было», by the journal's line of the change, for a day; pressed twice, it changes nothing
    more. Raises DomainError `setting_undo_gone`, `setting_changed_since`."""
    async with uow as rows:
        await rows.associations.hold(actor.home.id)
        ours = rows.association(actor.home.id)
        facts = await ours.journal.facts(line, TIMING_CHANGED, since=now - UNDO_WITHIN)
        if facts is None:
            raise DomainError("setting_undo_gone")
        present = await _profile(rows, actor)
        # The zone is a setting of its own.
        before, after = (
            replace(TimingProfile.from_settings(facts[side]), zone=present.zone)
            for side in ("before", "after")
        )
        if present not in (before, after):
            raise DomainError("setting_changed_since")
        made = await _change(rows, actor, present, before, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return made


async def _propose(
    rows: Rows,
    actor: Actor,
    before: TimingProfile,
    after: TimingProfile,
    now: datetime,
    is_working_day: WorkingDay,
) -> ProposedTiming:
    """What the change does to those who are reminded as usual, and to those who chose more or fewer."""
    ours = rows.association(actor.home.id)
    to_come = [event for event in await ours.events.to_come(now) if event.status is Status.PLANNED]
    moved = {
        choice: [
            event
            for event in to_come
            if _notices(event, chosen(before, choice), now, is_working_day)
            != _notices(event, chosen(after, choice), now, is_working_day)
        ]
        for choice in Choice
    }
    gatherings = {event.id for events in moved.values() for event in events if event.gathering}
    tasks = {event.id for events in moved.values() for event in events if not event.gathering}
    reminded = await ours.members.count_reminded(gatherings)
    people = sum(
        reminded.get(choice, 0)
        for choice, events in moved.items()
        if any(event.gathering for event in events)
    )
    return ProposedTiming(before, after, _mark(before, after), people, len(gatherings), len(tasks))


async def last_call(
    uow: UnitOfWork, actor: Actor, event: Event, now: datetime, is_working_day: WorkingDay
) -> datetime | None:
    """When (UTC) those who are silent about an event are asked once more by themselves, as the association's
    reminders stand; None where that moment is past, or another reminder goes at about that time."""
    async with uow.reading() as rows:
        profile = await _profile(rows, actor)
    due = _notices(event, profile, now, is_working_day)
    return next((one.at for one in due if one.audience is Audience.SILENT), None)


def _notices(
    event: Event, profile: TimingProfile, now: datetime, is_working_day: WorkingDay
) -> tuple[Due, ...]:
    return notices_due(Timed.of(event, profile, is_working_day), profile, now, is_working_day)


def _mark(before: TimingProfile, after: TimingProfile) -> str:
    return mark_of(before.as_settings(), after.as_settings())


async def _change(
    rows: Rows, actor: Actor, before: TimingProfile, after: TimingProfile, now: datetime
) -> SetTiming:
    """Each keeps her own choice, every event to come is planned anew, and the journal has it."""
    if after == before:
        return SetTiming(before, after, None)
    ours = rows.association(actor.home.id)
    profiles = {
        choice: await rows.associations.profile(chosen(after, choice).canonical()) for choice in Choice
    }
    await rows.associations.change(actor.home.id, profile_id=profiles[Choice.USUAL])
    await ours.members.follow(profiles)
    await rows.notices.replan_events(actor.home.id, now)
    facts = {"before": before.as_settings(), "after": after.as_settings()}
    line = await ours.journal.write(TIMING_CHANGED, facts, actor.person_id, now)
    return SetTiming(before, after, line)


async def _wait(rows: Rows, actor: Actor, step: str | None, **facts: object) -> None:
    """The association is kept with it: what is written for one is not set in another."""
    await rows.people.wait_for(actor.person_id, step, association=actor.home.id, **facts)


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
