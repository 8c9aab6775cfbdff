"""Her own calendar: what is in it and what rings, in all her associations; and the link that leads to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from actions.answering import answer
from actions.own_calendar import (
    Noted,
    OwnCalendar,
    calendar_behind,
    link_code,
    new_link_code,
    rings,
    to_calendar,
    whole_calendar,
)
from actions.own_data import erase, export, withdraw
from actions.timing import choose, pause
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Answer, Association, Event, Mode, Standing
from domain.roles import Part, Role
from domain.timing import Choice
from storage import tables
from storage.engine import Database
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    SEMINAR_DAY,
    a_member,
    actor_of,
    an_association,
    an_event,
    cancel,
    change,
    move,
    stored,
)

HOUR = timedelta(hours=1)
# The seminar begins on 20 October at 14:00 in Novosibirsk.
WEEK_BEFORE = datetime(2026, 10, 13, 3, tzinfo=UTC)
EVE = datetime(2026, 10, 19, 11, tzinfo=UTC)
HOURS_BEFORE = datetime(2026, 10, 20, 5, tzinfo=UTC)


def working(day: date) -> bool:
    return day.weekday() < 5


async def one(database: Database, actor: Actor, event: Event) -> Noted:
    [noted] = (await to_calendar(UnitOfWork(database), actor, event.id)).noted
    return noted


async def rung(database: Database, actor: Actor, event: Event, now: datetime = NOW) -> list[datetime]:
    return rings(await one(database, actor, event), now, working)


async def whole(database: Database, actor: Actor, now: datetime = NOW) -> OwnCalendar:
    return await whole_calendar(UnitOfWork(database), actor, now)


def titles(calendar: OwnCalendar | None) -> list[str]:
    assert calendar is not None
    return [noted.event.title for noted in calendar.noted]


async def name_for(database: Database, task: Event, actor: Actor) -> None:
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(task.association_id).assignments.name(task.id, [actor.person_id], NOW)
        await uow.commit()


# --- What rings -------------------------------------------------------------------------------------------


async def test_every_reminder_of_hers_rings(database: Database, member: Actor, event: Event):
    """By her own choice; what is past does not."""
    assert await rung(database, member, event) == [WEEK_BEFORE, EVE, HOURS_BEFORE]
    assert await rung(database, member, event, EVE - HOUR) == [EVE, HOURS_BEFORE]
    await choose(UnitOfWork(database), member, Choice.FEWER, NOW)
    assert await rung(database, member, event) == [EVE]
    await choose(UnitOfWork(database), member, Choice.NONE, NOW)
    assert await rung(database, member, event) == []


async def test_who_declined_pauses_or_is_away_is_left_alone(database: Database, member: Actor, event: Event):
    """As with reminders."""
    await pause(UnitOfWork(database), member, date(2026, 10, 15), NOW)
    assert await rung(database, member, event) == [EVE, HOURS_BEFORE]
    await answer(UnitOfWork(database), member, event.id, Answer.DECLINED, NOW)
    assert await rung(database, member, event) == []
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    hers = tables.memberships.c.person_id == member.person_id
    await change(database, tables.memberships, hers, status=Standing.AWAY)
    assert await rung(database, member, event) == []


async def test_what_is_off_or_over_does_not_ring(
    database: Database, home: Association, member: Actor, event: Event
):
    """However far away it is."""
    assert await rung(database, member, event, event.ends_at) == []
    await cancel(database, event)
    assert await rung(database, member, event) == []


async def test_a_task_rings_until_it_is_done(database: Database, home: Association, member: Actor):
    """For those named for it; it is nobody else's."""
    task = await an_event(database, home, Period.deadline(date(2026, 10, 30)), title="Сбор", gathering=False)
    with pytest.raises(DomainError, match="task_not_yours"):
        await to_calendar(UnitOfWork(database), member, task.id)
    await name_for(database, task, member)
    assert len(await rung(database, member, task)) == 2
    uow = UnitOfWork(database)
    async with uow as rows:
        await rows.association(home.id).assignments.finish(task.id, member.person_id, NOW)
        await uow.commit()
    assert await rung(database, member, task) == []


# --- What is in it ----------------------------------------------------------------------------------------


async def test_the_year_holds_what_has_a_day(database: Database, home: Association, member: Actor):
    """From August on; no month, no task of others, nothing of last year; what is cancelled stays."""
    await an_event(database, home, Period.day(date(2026, 7, 31)), title="В июле")
    await an_event(database, home, Period.day(date(2026, 8, 25)), title="В августе")
    await an_event(database, home, NOVEMBER, title="В ноябре")
    off = await an_event(database, home, SEMINAR_DAY, title="Отменили")
    await cancel(database, off)
    task = await an_event(database, home, Period.deadline(date(2026, 12, 1)), title="Мне", gathering=False)
    await an_event(database, home, Period.deadline(date(2026, 12, 2)), title="Не мне", gathering=False)
    await name_for(database, task, member)
    assert titles(await whole(database, member)) == ["В августе", "Отменили", "Мне"]


async def test_the_link_is_hers_who_joins_by_it(
    database: Database, home: Association, member: Actor, event: Event
):
    """Nobody else has it in her calendar."""
    link = "https://example.org/room"
    await change(database, tables.events, tables.events.c.id == event.id, mode=Mode.ONLINE, link=link)
    assert (await one(database, member, event)).event.link == ""
    await answer(UnitOfWork(database), member, event.id, Answer.GOING, NOW)
    assert (await one(database, member, event)).event.link == link


async def test_it_says_when_an_event_came_to_be_as_it_is(
    database: Database, home: Association, member: Actor, event: Event
):
    """So that a calendar knows which of two entries is newer."""
    before = await one(database, member, event)
    assert before.changed_at == NOW
    await move(database, home, event, Period.at(date(2026, 10, 27), time(14)))
    after = await one(database, member, event)
    assert after.event.revision > before.event.revision


async def test_all_her_associations_and_of_one_as_a_guest_what_is_hers(
    database: Database, home: Association, event: Event
):
    """Each by its own hours; who oversees one has nothing to come to there."""
    member = await a_member(database, home, telegram_id=77)
    second = await an_association(database, "РМО второго района", zone="Europe/Moscow")
    third = await an_association(database, "РМО третьего района", zone="Europe/Moscow")
    there = await an_event(database, second, SEMINAR_DAY, title="В гостях")
    await an_event(database, second, SEMINAR_DAY, title="Не для гостей")
    await an_event(database, third, SEMINAR_DAY, title="Под надзором")
    uow = UnitOfWork(database)
    async with uow as rows:
        for association, role, standing in (
            (second, Role.GUEST, Standing.GUEST),
            (third, Role.METHODIST, Standing.OVERSEEING),
        ):
            ours = rows.association(association.id)
            await ours.members.add(member.person_id, role, "Согласие", NOW)
            await ours.roster.move(member.person_id, standing, among=[Standing.JOINING])
        await rows.association(second.id).parts.give(there.id, member.person_id, Part.GUEST, NOW)
        await uow.commit()
    calendar = await whole(database, await actor_of(database, 77))
    assert [one.id for one in calendar.homes] == [home.id, second.id]
    assert titles(calendar) == [event.title, "В гостях"]
    assert [rings(noted, NOW, working)[-1] for noted in calendar.noted] == [
        HOURS_BEFORE,
        HOURS_BEFORE + 4 * HOUR,
    ]


async def test_what_has_no_day_yet(database: Database, home: Association, member: Actor):
    """It is no entry."""
    unnamed = await an_event(database, home, NOVEMBER)
    with pytest.raises(DomainError, match="day_unknown"):
        await to_calendar(UnitOfWork(database), member, unnamed.id)
    with pytest.raises(DomainError, match="event_unknown"):
        await to_calendar(UnitOfWork(database), member, 999)


# --- The link ---------------------------------------------------------------------------------------------


async def test_the_link_leads_to_the_whole_calendar(database: Database, member: Actor, event: Event):
    """The same one each time she asks; another one leads nowhere."""
    code = await link_code(UnitOfWork(database), member)
    assert await link_code(UnitOfWork(database), member) == code
    behind = await calendar_behind(UnitOfWork(database), code, NOW)
    assert behind == await whole(database, member)
    for wrong in ("", "x", code[:-1], code[:-1] + ("A" if code[-1] != "A" else "B"), "A" * 32):
        assert await calendar_behind(UnitOfWork(database), wrong, NOW) is None


async def test_a_new_link_takes_the_place_of_the_first(database: Database, member: Actor):
    """Whoever has the old one sees nothing any more; others keep theirs."""
    other = await a_member(database, member.home, "Белова Ольга Петровна")
    theirs, old = await link_code(UnitOfWork(database), other), await link_code(UnitOfWork(database), member)
    new = await new_link_code(UnitOfWork(database), member)
    assert await calendar_behind(UnitOfWork(database), old, NOW) is None
    assert await calendar_behind(UnitOfWork(database), new, NOW) is not None
    assert await calendar_behind(UnitOfWork(database), theirs, NOW) is not None
    assert await link_code(UnitOfWork(database), member) == new


async def test_who_leaves_takes_her_link_with_her(database: Database, member: Actor):
    """Coming back she gets another."""
    code = await link_code(UnitOfWork(database), member)
    await withdraw(UnitOfWork(database), member, NOW)
    assert await calendar_behind(UnitOfWork(database), code, NOW) is None
    assert [row.name for row in await stored(database, tables.secrets)] == ["calendar"]


async def test_who_leaves_one_of_two_keeps_the_other(database: Database, home: Association, event: Event):
    """Her link shows what is left."""
    member = await a_member(database, home, telegram_id=77)
    second = await an_association(database, "РМО второго района")
    await an_event(database, second, SEMINAR_DAY, title="Там")
    member = await a_member(database, second, telegram_id=77)
    code = await link_code(UnitOfWork(database), member)
    assert titles(await calendar_behind(UnitOfWork(database), code, NOW)) == [event.title, "Там"]
    await withdraw(UnitOfWork(database), member, NOW)
    assert titles(await calendar_behind(UnitOfWork(database), code, NOW)) == [event.title]


async def test_who_is_outside_for_whatever_reason_is_shown_nothing(database: Database, member: Actor):
    """Her membership is asked each time."""
    code = await link_code(UnitOfWork(database), member)
    hers = tables.memberships.c.person_id == member.person_id
    for standing in (Standing.GONE, Standing.MERGED, Standing.REFUSED, Standing.JOINING):
        await change(database, tables.memberships, hers, status=standing)
        assert await calendar_behind(UnitOfWork(database), code, NOW) is None


async def test_her_data_says_that_there_is_a_link_and_erasing_takes_it(database: Database, member: Actor):
    """Nothing of her is left among the secrets."""
    await link_code(UnitOfWork(database), member)
    assert '"calendar_link": true' in (await export(UnitOfWork(database), member)).decode()
    await erase(UnitOfWork(database), member, NOW)
    assert [row.name for row in await stored(database, tables.secrets)] == ["calendar"]
