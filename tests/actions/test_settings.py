"""What an association sets: changed, confirmed, taken back, and what follows in what is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from actions.agreeing import agree_anew
from actions.settings import (
    Proposed,
    Set,
    ask_setting,
    confirm_setting,
    offer_setting,
    settings,
    take_back_setting,
    write_setting,
)
from actions.timing import choose, pause
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Association
from domain.settings import Setting, Value
from domain.timing import Choice, TimingProfile, chosen
from scheduler.planner import Planner
from storage import tables
from storage.engine import Database
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOW,
    a_coordinator,
    a_member,
    a_message,
    actor_of,
    an_association,
    an_event,
    change,
    stored,
)

EVENTS = tables.events


def wording(home: Association) -> str:
    return home.consent_text or "Обычное согласие"


async def set_to(database: Database, by: Actor, what: Setting, value: Value) -> Set:
    """Offers a value, and confirms it where it is shown first."""
    uow = UnitOfWork(database)
    outcome = await offer_setting(uow, by, what, value, wording, NOW)
    if isinstance(outcome, Proposed):
        by = await actor_of(database, by.telegram_id)
        return await confirm_setting(uow, by, outcome.mark, wording, NOW)
    return outcome


async def home_of(database: Database, actor: Actor) -> Association:
    return (await actor_of(database, actor.telegram_id)).home


# --- Any setting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "value"),
    [
        (Setting.TITLE, "Другое РМО"),
        (Setting.TOWN, "Бердск"),
        (Setting.ZONE, "Europe/Moscow"),
        (Setting.HOUR, "15:30"),
        (Setting.VENUE, "Лицей № 12"),
        (Setting.HOLIDAYS, [["2026-10-26", "2026-11-03"]]),
        (Setting.RETENTION, 3),
        (Setting.GREETING, "Рады вам!"),
        (Setting.CONSENT, "Даю согласие."),
        (Setting.BEFORE, 45),
        (Setting.AFTER, 0),
    ],
)
async def test_changed_and_taken_back(database: Database, coordinator: Actor, what: Setting, value: Value):
    """Each has its line in the journal, and the way back by it."""
    uow = UnitOfWork(database)
    before = (await settings(uow, coordinator)).value(what)
    made = await set_to(database, coordinator, what, value)
    assert made.settings.value(what) == value
    assert (await settings(uow, coordinator)).value(what) == value
    (line,) = await stored(database, tables.journal)
    assert (line.id, line.kind) == (made.line, "setting_changed")
    assert line.facts == {"setting": what, "before": before, "after": value}
    assert made.line is not None
    back = await take_back_setting(uow, coordinator, made.line, wording, NOW)
    assert back.settings.value(what) == before
    assert (await take_back_setting(uow, coordinator, made.line, wording, NOW)).line is None
    assert len(await stored(database, tables.journal)) == 2


async def test_the_same_again_changes_nothing(database: Database, coordinator: Actor):
    """No line in the journal, and no preview."""
    made = await offer_setting(
        UnitOfWork(database), coordinator, Setting.ZONE, coordinator.home.zone.key, wording, NOW
    )
    assert isinstance(made, Set)
    assert made.line is None
    assert await stored(database, tables.journal) == []


async def test_what_is_previewed_is_not_set_yet(database: Database, coordinator: Actor):
    """Shorter keeping too; longer keeping is set at once."""
    uow = UnitOfWork(database)
    for what, text in (
        (Setting.ZONE, "Омск"),
        (Setting.GREETING, "Рады"),
        (Setting.CONSENT, "Даю"),
        (Setting.RETENTION, "4"),
    ):
        outcome = await write_setting(uow, coordinator, what, text, wording, NOW)
        assert isinstance(outcome, Proposed)
    assert await stored(database, tables.journal) == []
    assert isinstance(await write_setting(uow, coordinator, Setting.RETENTION, "6", wording, NOW), Set)


async def test_a_dialogue_of_another_association_sets_nothing(database: Database, coordinator: Actor):
    """She acts in another one by the time she confirms."""
    uow = UnitOfWork(database)
    await ask_setting(uow, coordinator, Setting.GREETING)
    outcome = await offer_setting(uow, coordinator, Setting.GREETING, "Рады", wording, NOW)
    assert isinstance(outcome, Proposed)
    elsewhere = await a_member(
        database, await an_association(database, "РМО Заречного района"), telegram_id=coordinator.telegram_id
    )
    with pytest.raises(DomainError, match="setting_left"):
        await confirm_setting(uow, elsewhere, outcome.mark, wording, NOW)


async def test_another_association_s_line_takes_nothing_back(database: Database, coordinator: Actor):
    """Its number says nothing here."""
    other = await a_coordinator(database, await an_association(database, "РМО Заречного района"))
    theirs = await set_to(database, other, Setting.HOUR, "12:00")
    assert theirs.line is not None
    with pytest.raises(DomainError, match="setting_undo_gone"):
        await take_back_setting(UnitOfWork(database), coordinator, theirs.line, wording, NOW)
    assert (await home_of(database, other)).usual_time == "12:00"


# --- The zone ---------------------------------------------------------------------------------------------

# 28 March 2027: the clocks of Berlin go on by an hour.
BEFORE_SUMMER = Period.at(date(2027, 3, 27), time(14), time(16))
IN_SUMMER = Period.at(date(2027, 3, 29), time(14), time(16))


@pytest.mark.parametrize("zone", ["Europe/Moscow", "Europe/Berlin", "Asia/Kamchatka"])
async def test_events_keep_their_local_hours(
    database: Database, home: Association, coordinator: Actor, zone: str
):
    """Over a change of clocks too; what is stored in UTC follows, also for what is over."""
    periods = [BEFORE_SUMMER, IN_SUMMER, Period.month(2027, 1), Period.at(date(2026, 9, 9), time(10))]
    events = [await an_event(database, home, period) for period in periods]
    until = datetime(2027, 3, 25, 5, tzinfo=UTC)  # 12:00 in Novosibirsk
    await change(database, EVENTS, EVENTS.c.id == events[0].id, answer_by=until)
    await set_to(database, coordinator, Setting.ZONE, zone)
    there = ZoneInfo(zone)
    rows = await stored(database, EVENTS)
    for row, period in zip(rows, periods, strict=True):
        assert (row.period, row.starts_at, row.ends_at) == (
            period,
            period.begins_at(there),
            period.ends_at(there),
        )
        assert row.revision == 1
    assert rows[0].answers_until == BEFORE_SUMMER.begins_at(there)
    assert rows[2].answers_until is None
    assert rows[0].answer_by.astimezone(there).replace(tzinfo=None) == datetime(2027, 3, 25, 12)  # noqa: DTZ001
    for row in rows[:2]:
        assert row.starts_at.astimezone(there).time() == time(14)


@pytest.mark.parametrize("zone", ["Europe/Moscow", "Europe/Berlin"])
async def test_reminders_ring_by_the_new_clocks(
    database: Database, home: Association, coordinator: Actor, zone: str
):
    """Everybody's profile follows by her own choice; the notices of before are withdrawn."""
    member = await a_member(database, home, "Белова Ольга Петровна")
    await choose(UnitOfWork(database), member, Choice.FEWER, NOW)
    await an_event(database, home, IN_SUMMER)
    await Planner(database, lambda _: True).plan(NOW)
    await set_to(database, coordinator, Setting.ZONE, zone)
    assert await Planner(database, lambda _: True).plan(NOW) == 1
    eves = [row for row in await stored(database, tables.notices) if row.lead == "eve"]
    assert {row.due_at.astimezone(ZoneInfo(zone)).time() for row in eves} == {time(18)}
    assert len({row.profile_id for row in eves}) == 2
    async with UnitOfWork(database).reading() as rows:
        ours = rows.association(home.id).members
        usual = TimingProfile.from_canonical(await rows.associations.settings_of(home.id))
        hers = await ours.profile_settings(member.person_id)
    assert usual.zone == zone
    assert hers == chosen(usual, Choice.FEWER).canonical()


async def test_what_is_over_by_the_new_clocks_rings_no_more(
    database: Database, home: Association, coordinator: Actor
):
    """Its notices were made by the old ones."""
    event = await an_event(database, home, Period.at(date(2026, 10, 5), time(15), time(15, 30)))
    await Planner(database, lambda _: True).plan(NOW)
    of_event = tables.notices.c.event_id == event.id
    assert "hours" in [row.lead for row in await stored(database, tables.notices, of_event)]
    await set_to(database, coordinator, Setting.ZONE, "Asia/Kamchatka")  # 16:00 there
    await Planner(database, lambda _: True).plan(NOW)
    assert "hours" not in [row.lead for row in await stored(database, tables.notices, of_event)]


async def test_a_pause_ends_by_the_new_clocks(database: Database, home: Association, coordinator: Actor):
    """At the hour that she was told."""
    member = await a_member(database, home, "Белова Ольга Петровна")
    await pause(UnitOfWork(database), member, date(2026, 10, 20), NOW)
    await set_to(database, coordinator, Setting.ZONE, "Europe/Moscow")
    async with UnitOfWork(database).reading() as rows:
        record = await rows.association(home.id).members.record(member.person_id)
    assert record is not None
    assert record["paused_until"] == datetime(2026, 10, 20, 5, tzinfo=UTC)  # 8:00 in Moscow


async def test_a_reminder_that_was_asked_for_comes_by_the_new_clocks(
    database: Database, home: Association, coordinator: Actor
):
    """At the hour that she chose; what the bot itself is about to send stays where it is."""
    member = await a_member(database, home, "Белова Ольга Петровна")
    event = await an_event(database, home, Period.at(date(2026, 10, 20), time(14)))
    at, until = (
        datetime(2026, 10, 12, 3, tzinfo=UTC),
        datetime(2026, 10, 20, 6, 30, tzinfo=UTC),
    )  # 10:00, 13:30
    async with (uow := UnitOfWork(database)) as rows:
        await rows.waiting.snooze(event, member.person_id, at, until)
        await uow.commit()
    await a_message(database, member, event)
    await set_to(database, coordinator, Setting.ZONE, "Europe/Moscow")
    wish, reminder = await stored(database, tables.outbox)
    assert (wish.due_at, wish.useful_until) == (at + timedelta(hours=4), until + timedelta(hours=4))
    assert reminder.due_at == NOW


async def test_another_association_stays_in_its_zone(database: Database, coordinator: Actor):
    """Though both had one, shared profile."""
    other = await an_association(database, "РМО Заречного района")
    event = await an_event(database, other, IN_SUMMER)
    await set_to(database, coordinator, Setting.ZONE, "Europe/Moscow")
    (row,) = await stored(database, EVENTS, EVENTS.c.id == event.id)
    assert row.starts_at == event.starts_at
    async with UnitOfWork(database).reading() as rows:
        assert "Novosibirsk" in await rows.associations.settings_of(other.id)


# --- Consent ----------------------------------------------------------------------------------------------


async def asked(database: Database) -> list[tuple[int, str]]:
    """Whom the outbox asks about which version, and how that stands."""
    rows = await stored(database, tables.outbox, tables.outbox.c.kind == Message.CONSENT)
    return [(row.version, row.state) for row in rows]


async def test_everybody_is_asked_about_another_wording(
    database: Database, home: Association, coordinator: Actor
):
    """Once; nobody's membership changes by it."""
    member = await a_member(database, home, "Белова Ольга Петровна")
    made = await set_to(database, coordinator, Setting.CONSENT, "Новый текст")
    assert made.people == 2
    assert await asked(database) == [(2, "waiting")] * 2
    async with UnitOfWork(database).reading() as rows:
        record = await rows.association(home.id).members.record(member.person_id)
    assert record is not None
    assert (record["consent_version"], record["status"]) == (1, "active")
    await agree_anew(UnitOfWork(database), member, home.id, 2, wording, NOW + timedelta(days=1))
    async with UnitOfWork(database).reading() as rows:
        record = await rows.association(home.id).members.record(member.person_id)
    assert record is not None
    assert (record["consent_version"], record["consent_text"]) == (2, "Новый текст")
    assert record["consented_at"] == NOW + timedelta(days=1)


async def test_yet_another_wording_withdraws_the_question_about_the_one_before(
    database: Database, coordinator: Actor
):
    """Nobody is asked about what does not stand any more."""
    await set_to(database, coordinator, Setting.CONSENT, "Новый текст")
    await set_to(database, coordinator, Setting.CONSENT, "Новейший текст")
    assert await asked(database) == [(2, "obsolete"), (3, "waiting")]


async def test_who_agreed_to_these_words_before_is_not_asked(
    database: Database, home: Association, coordinator: Actor
):
    """Back to what she agreed to."""
    await agree_anew(UnitOfWork(database), coordinator, home.id, 1, wording, NOW)
    await set_to(database, coordinator, Setting.CONSENT, "Новый текст")
    await agree_anew(UnitOfWork(database), coordinator, home.id, 2, wording, NOW)
    await set_to(database, coordinator, Setting.CONSENT, "Другой текст")
    made = await set_to(database, coordinator, Setting.CONSENT, "Новый текст")
    assert made.people == 0


async def test_nobody_agrees_for_an_association_that_she_is_not_in(database: Database, coordinator: Actor):
    """Nor to a version that is not the present one."""
    other = await an_association(database, "РМО Заречного района")
    with pytest.raises(DomainError, match="not_a_member"):
        await agree_anew(UnitOfWork(database), coordinator, other.id, 1, wording, NOW)
    _, is_present = await agree_anew(UnitOfWork(database), coordinator, coordinator.home.id, 7, wording, NOW)
    assert not is_present
