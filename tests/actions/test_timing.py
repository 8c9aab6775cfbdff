"""When people are reminded: what each chooses, what her association sets, and the notices that follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from actions.settings import Proposed, confirm_setting, offer_setting
from actions.timing import (
    QUIET_STEP,
    ProposedTiming,
    SetTiming,
    association_timing,
    choose,
    confirm_timing,
    offer_timing,
    own_timing,
    pause,
    resume,
    switch_digest,
    take_back_timing,
)
from domain.errors import DomainError
from domain.period import Period
from domain.records import LISTED, Actor, Association, Event, Standing
from domain.settings import Setting
from domain.timing import Choice, TimingProfile, chosen, default_profile, with_lead, with_quiet_hours
from scheduler.planner import Planner
from storage import tables
from storage.engine import Database
from storage.mailing import Change
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOW,
    ZONE,
    a_coordinator,
    a_member,
    a_message,
    actor_of,
    an_association,
    an_event,
    cancel,
    change,
    statements,
    stored,
)

MEMBERSHIPS = tables.memberships
NOTICES = tables.notices
DAY = timedelta(days=1)
USUAL = default_profile(ZONE)


LATE = partial(with_quiet_hours, quiet_from=time(22), quiet_to=time(9))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5


async def plan(database: Database, now: datetime = NOW) -> int:
    return await Planner(database, is_working_day).plan(now)


async def offered(
    database: Database, by: Actor, change: Callable[[TimingProfile], TimingProfile]
) -> ProposedTiming | SetTiming:
    """A change, as it is looked at first."""
    return await offer_timing(UnitOfWork(database), by, QUIET_STEP, change, NOW, is_working_day)


async def changed(
    database: Database, by: Actor, change: Callable[[TimingProfile], TimingProfile]
) -> SetTiming:
    """A change, looked at and confirmed."""
    proposed = await offered(database, by, change)
    assert isinstance(proposed, ProposedTiming)
    by = await actor_of(database, by.telegram_id)
    return await confirm_timing(UnitOfWork(database), by, proposed.mark, NOW)


async def profile_of(database: Database, actor: Actor) -> TimingProfile:
    """The member's profile as it is stored."""
    async with UnitOfWork(database).reading() as rows:
        settings = await rows.association(actor.home.id).members.profile_settings(actor.person_id)
    assert settings is not None
    return TimingProfile.from_canonical(settings)


async def rung(database: Database, event: Event) -> list[tuple[str, int, datetime]]:
    """The event's notices."""
    found = await stored(database, NOTICES, NOTICES.c.event_id == event.id)
    return sorted((one.lead, one.profile_id, one.due_at) for one in found)


async def test_a_choice_is_a_profile_made_of_the_association_s(database: Database, member: Actor):
    """Kept beside the choice itself."""
    for choice in (Choice.MORE, Choice.FEWER, Choice.NONE, Choice.USUAL):
        mine = await choose(UnitOfWork(database), member, choice, NOW)
        assert mine.choice is choice
        assert await profile_of(database, member) == chosen(USUAL, choice)
    assert (await own_timing(UnitOfWork(database), member, NOW)).usual == USUAL


async def test_a_profile_used_for_the_first_time_gets_its_notices(
    database: Database, home: Association, member: Actor, event: Event
):
    """And nothing that was planned is lost or doubled."""
    await plan(database)
    before = await rung(database, event)
    await choose(UnitOfWork(database), member, Choice.MORE, NOW)
    assert await plan(database) == 1
    after = await rung(database, event)
    assert set(before) < set(after)
    assert len(after) == len(set(after))
    async with UnitOfWork(database).reading() as rows:
        used = {one.profile_id for one in await rows.notices.profiles_in_use([home.id])}
    assert {lead for lead, profile, _ in after if profile in used - {home.profile_id}} >= {"three_days"}


async def test_what_has_gone_does_not_go_again(
    database: Database, home: Association, member: Actor, event: Event
):
    """The week's reminder went by the usual profile; the same lead of hers is past."""
    await plan(database)
    week = datetime(2026, 10, 13, 3, tzinfo=NOW.tzinfo)
    uow = UnitOfWork(database)
    async with uow as rows:
        assert await rows.notices.fan_out(week) == 1
        await uow.commit()
    before = await rung(database, event)
    await choose(UnitOfWork(database), member, Choice.MORE, week)
    await plan(database, week + timedelta(seconds=1))
    assert set(before) <= set(await rung(database, event))
    async with uow as rows:
        assert await rows.notices.fan_out(week + timedelta(seconds=1)) == 0
        await uow.commit()
    assert len(await stored(database, tables.outbox)) == 1


async def test_a_second_one_with_the_profile_needs_no_planning(
    database: Database, home: Association, member: Actor, event: Event
):
    """Its notices are there already."""
    other = await a_member(database, home)
    await choose(UnitOfWork(database), member, Choice.MORE, NOW)
    await plan(database)
    await choose(UnitOfWork(database), other, Choice.MORE, NOW)
    assert await plan(database) == 0


async def test_digests_are_switched_apart(database: Database, member: Actor):
    """Off to begin with."""
    mine = await own_timing(UnitOfWork(database), member, NOW)
    assert (mine.weekly, mine.monthly) == (False, False)
    mine = await switch_digest(UnitOfWork(database), member, "weekly", True, NOW)
    assert (mine.weekly, mine.monthly) == (True, False)
    await switch_digest(UnitOfWork(database), member, "monthly", True, NOW)
    mine = await switch_digest(UnitOfWork(database), member, "weekly", False, NOW)
    assert (mine.weekly, mine.monthly) == (False, True)


async def test_a_pause_ends_on_the_morning_of_its_day(database: Database, member: Actor):
    """At 8:00 there, when the quiet hours are over; once it is over it is none."""
    mine = await pause(UnitOfWork(database), member, date(2026, 10, 12), NOW)
    assert mine.paused_until == datetime(2026, 10, 12, 1, tzinfo=NOW.tzinfo)
    later = await own_timing(UnitOfWork(database), member, mine.paused_until)
    assert later.paused_until is None


@pytest.mark.parametrize(
    ("until", "code"),
    [(date(2026, 10, 5), "pause_in_past"), (date(2027, 10, 7), "pause_too_long")],
)
async def test_a_pause_lies_ahead_and_within_a_year(
    database: Database, member: Actor, until: date, code: str
):
    """Nothing is stored otherwise."""
    with pytest.raises(DomainError, match=code):
        await pause(UnitOfWork(database), member, until, NOW)
    assert (await own_timing(UnitOfWork(database), member, NOW)).paused_until is None


async def test_what_waits_waits_longer_but_for_what_is_urgent(
    database: Database, member: Actor, event: Event
):
    """A change is put off; what she asked for herself is not; taking the pause back brings it at once."""
    until = datetime(2026, 10, 12, 1, tzinfo=NOW.tzinfo)
    change = {"kind": Message.CHANGE, "since_revision": 1}
    await a_message(database, member, event, lead="change", version=2, **change)
    await a_message(database, member, event, lead="urgent", version=3, urgent=True, **change)
    await a_message(database, member, event, lead="snooze-1")
    await pause(UnitOfWork(database), member, date(2026, 10, 12), NOW)
    rows = await stored(database, tables.outbox)
    assert [row.due_at for row in rows] == [until, NOW, NOW]
    await resume(UnitOfWork(database), member, NOW + DAY)
    rows = await stored(database, tables.outbox)
    assert [row.due_at for row in rows] == [NOW + DAY, NOW, NOW]


async def test_a_change_during_the_pause_waits_for_its_end(
    database: Database, home: Association, member: Actor, event: Event
):
    """Unless it is urgent."""
    mine = await pause(UnitOfWork(database), member, date(2026, 10, 12), NOW)
    uow = UnitOfWork(database)
    async with uow as rows:
        due = {home.profile_id: NOW}
        assert await rows.mailing.tell(Change(event, 1, due, urgent=False, but=None)) == 1
        await uow.commit()
    [row] = await stored(database, tables.outbox)
    assert row.due_at == mine.paused_until


async def test_the_association_s_change_reaches_everybody_by_her_choice(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """In few statements, with a line in the journal, and every event planned anew."""
    people = {choice: await a_member(database, home) for choice in Choice}
    for choice, person in people.items():
        await choose(UnitOfWork(database), person, choice, NOW)
    await plan(database)
    with statements() as said:
        made = await changed(database, coordinator, LATE)
    assert sum(one.startswith("UPDATE memberships") for one in said) == 1
    assert (made.before, made.after) == (USUAL, LATE(USUAL))
    for choice, person in people.items():
        assert await profile_of(database, person) == chosen(LATE(USUAL), choice)
    [line] = await stored(database, tables.journal)
    assert (line.id, line.kind, line.by_person_id) == (made.line, "timing_changed", coordinator.person_id)
    assert (line.facts["before"]["quiet_to"], line.facts["after"]["quiet_to"]) == ("08:00", "09:00")
    assert await plan(database) == 1
    async with UnitOfWork(database).reading() as rows:
        used = {one.profile_id for one in await rows.notices.profiles_in_use([home.id])}
    assert {profile for _, profile, _ in await rung(database, event)} <= used


async def test_the_same_again_changes_nothing(database: Database, coordinator: Actor, event: Event):
    """No line in the journal, nothing planned anew."""
    await plan(database)
    made = await offered(database, coordinator, lambda profile: profile)
    assert isinstance(made, SetTiming)
    assert made.line is None
    assert await stored(database, tables.journal) == []
    assert await plan(database) == 0


async def test_what_the_rules_refuse_is_not_stored(database: Database, coordinator: Actor):
    """The profile stays."""
    with pytest.raises(DomainError, match="lead_not_offered"):
        await offered(database, coordinator, lambda profile: with_lead(profile, "month", "week", True))
    assert (await association_timing(UnitOfWork(database), coordinator)).profile == USUAL


async def test_another_association_keeps_its_own(database: Database, home: Association, coordinator: Actor):
    """Though both had one, shared profile."""
    elsewhere = await a_member(database, await an_association(database, "РМО Заречного района"))
    await changed(database, coordinator, LATE)
    assert await profile_of(database, elsewhere) == USUAL


async def test_the_preview_counts_whom_it_concerns(
    database: Database, home: Association, coordinator: Actor, event: Event
):
    """Who is reminded on the eve alone keeps that; who cannot be written to is not counted; what is off, or
    is no meeting, is not one of the meetings."""
    people = {choice: await a_member(database, home) for choice in Choice}
    for choice, person in people.items():
        await choose(UnitOfWork(database), person, choice, NOW)
    away = await a_member(database, home)
    await change(database, tables.persons, tables.persons.c.id == away.person_id, unreachable_at=NOW)
    await cancel(database, await an_event(database, home, title="Отменённое"))
    await an_event(database, home, Period.deadline(date(2026, 10, 30)), gathering=False)
    no_week = await offered(database, coordinator, lambda profile: with_lead(profile, "timed", "week", False))
    assert isinstance(no_week, ProposedTiming)
    # The coordinator and the one who chose «как у всех», and she who wants more.
    assert (no_week.gatherings, no_week.tasks, no_week.people) == (1, 0, 3)
    no_eve = await offered(database, coordinator, lambda profile: with_lead(profile, "timed", "eve", False))
    assert isinstance(no_eve, ProposedTiming)
    assert (no_eve.gatherings, no_eve.people) == (1, 4)
    tasks = await offered(
        database, coordinator, lambda profile: with_lead(profile, "deadline", "deadline_week", False)
    )
    assert isinstance(tasks, ProposedTiming)
    assert (tasks.gatherings, tasks.tasks, tasks.people) == (0, 1, 0)
    assert await stored(database, tables.journal) == []


async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    database: Database, home: Association, coordinator: Actor
):
    """Neither by a preview that is older, nor by one that another took the place of."""
    other = await a_coordinator(database, home)
    first = await offered(database, coordinator, LATE)
    await changed(database, other, lambda profile: with_lead(profile, "timed", "week", False))
    assert isinstance(first, ProposedTiming)
    coordinator = await actor_of(database, coordinator.telegram_id)
    with pytest.raises(DomainError, match="timing_changed_since"):
        await confirm_timing(UnitOfWork(database), coordinator, first.mark, NOW)
    with pytest.raises(DomainError, match="setting_left"):
        await confirm_timing(UnitOfWork(database), coordinator, "another", NOW)


async def test_taken_back_for_a_day(database: Database, coordinator: Actor, event: Event):
    """Everything is as it was; pressed twice, nothing more; what was changed since stays."""
    made = await changed(database, coordinator, LATE)
    assert made.line is not None
    with pytest.raises(DomainError, match="setting_undo_gone"):
        await take_back_timing(UnitOfWork(database), coordinator, made.line, NOW + DAY)
    back = await take_back_timing(
        UnitOfWork(database), coordinator, made.line, NOW + DAY - timedelta(minutes=1)
    )
    assert back.after == await profile_of(database, coordinator) == USUAL
    assert (await take_back_timing(UnitOfWork(database), coordinator, made.line, NOW)).line is None
    assert len(await stored(database, tables.journal)) == 2
    await changed(database, coordinator, lambda profile: with_lead(profile, "timed", "week", False))
    with pytest.raises(DomainError, match="setting_changed_since"):
        await take_back_timing(UnitOfWork(database), coordinator, made.line, NOW)


async def test_the_zone_is_not_taken_back_with_it(database: Database, coordinator: Actor):
    """It is a setting of its own, and may have changed in between."""
    made = await changed(database, coordinator, LATE)
    assert made.line is not None
    zone = await offer_setting(UnitOfWork(database), coordinator, Setting.ZONE, "Europe/Moscow", str, NOW)
    assert isinstance(zone, Proposed)
    coordinator = await actor_of(database, coordinator.telegram_id)
    await confirm_setting(UnitOfWork(database), coordinator, zone.mark, str, NOW)
    back = await take_back_timing(UnitOfWork(database), coordinator, made.line, NOW)
    assert back.after == replace(USUAL, zone="Europe/Moscow")


async def test_one_who_comes_back_begins_as_everybody(database: Database, home: Association, member: Actor):
    """What she chose went with her."""
    await choose(UnitOfWork(database), member, Choice.NONE, NOW)
    await switch_digest(UnitOfWork(database), member, "weekly", True, NOW)
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(home.id).roster.move(member.person_id, Standing.LEFT, among=LISTED)
        await uow.commit()
    back = await a_member(database, home, telegram_id=member.telegram_id)
    mine = await own_timing(UnitOfWork(database), back, NOW)
    assert (mine.choice, mine.weekly) == (Choice.USUAL, False)
    assert await profile_of(database, back) == USUAL
