"""Talks of an event: entered, proposed and settled, put in order. On both databases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.talks import (
    bring_back,
    choose_form,
    choose_speaker,
    move,
    open_one,
    open_proposal,
    open_talk,
    open_theme,
    programme,
    remove,
    save,
    set_form,
    set_theme,
    settle,
    take_words,
    withdraw,
)
from actions.together import join, part
from domain.errors import DomainError
from domain.period import Period
from domain.records import Actor, Answer, Association, Event, TalkForm, TalkStanding
from domain.roles import Role
from domain.talks import MOST_PROPOSED, MOST_TALKS, TalkDraft
from storage import tables
from storage.engine import Database
from storage.outbox import Message
from storage.unit_of_work import UnitOfWork
from tests.builders import (
    NOVEMBER,
    NOW,
    SEMINAR_DAY,
    a_coordinator,
    a_member,
    actor_of,
    an_association,
    an_event,
    cancel,
    stored,
)

HOUR = timedelta(hours=1)


@pytest.fixture
async def head(database: Database, home: Association) -> Actor:
    """Its coordinator."""
    return await a_coordinator(database, home)


@pytest.fixture
async def maria(database: Database, home: Association, event: Event) -> Actor:
    """A member who comes to it."""
    maria = await a_member(database, home, school="СОШ № 45")
    uow = UnitOfWork(database)
    async with uow as rows:
        assert await rows.association(home.id).rsvps.take(event.id, maria.person_id, Answer.GOING, NOW)
        await uow.commit()
    return maria


async def enter(database: Database, head: Actor, event: Event, line: str) -> int:
    """The coordinator writes a whole talk in one line; returns its id."""
    uow = UnitOfWork(database)
    await open_talk(uow, head, event.id)
    offered = await take_words(uow, await actor_of(database, head.telegram_id), line)
    assert offered.draft.missing is None
    return (await save(uow, await actor_of(database, head.telegram_id), offered.mark, NOW))[1]


async def propose(database: Database, who: Actor, event: Event, theme: str = "Буктрейлер") -> int:
    """A member proposes a talk; returns its id."""
    uow = UnitOfWork(database)
    await open_proposal(uow, who, event.id, NOW)
    await take_words(uow, await actor_of(database, who.telegram_id), theme)
    offered = await choose_form(uow, await actor_of(database, who.telegram_id), TalkForm.WORKSHOP)
    return (await save(uow, await actor_of(database, who.telegram_id), offered.mark, NOW))[1]


async def themes(database: Database, who: Actor, event: Event) -> list[str]:
    """The programme, in its order."""
    return [one.theme for one in (await programme(UnitOfWork(database), who, event.id, NOW)).confirmed]


async def sent(database: Database, kind: Message) -> list[tuple[int, int, str]]:
    rows = await stored(database, tables.outbox, tables.outbox.c.kind == kind)
    return [(row.person_id, row.version, row.lead) for row in rows]


async def journal(database: Database) -> list[str]:
    return [line.kind for line in await stored(database, tables.journal)]


async def test_the_coordinator_s_stands_at_once(
    database: Database, home: Association, head: Actor, maria: Actor, event: Event
):
    """A member is known by her name and initials, and keeps the name that she has now."""
    talk = await enter(database, head, event, "Петрова М. И. – Буктрейлер – мастер-класс")
    await enter(database, head, event, "Ким О. Ю., районная библиотека – Новинки – обзор")
    found = await programme(UnitOfWork(database), head, event.id, NOW)
    assert [(one.person_id, one.speaker, one.organisation, one.form) for one in found.confirmed] == [
        (maria.person_id, "Петрова Мария Ивановна", "СОШ № 45", TalkForm.WORKSHOP),
        (None, "Ким О. Ю.", "районная библиотека", TalkForm.REVIEW),
    ]
    async with UnitOfWork(database).reading() as rows:
        card = await rows.association(home.id).events.card(event.id, maria.person_id, NOW)
    assert card is not None
    assert card.talks == 2
    assert (await journal(database)) == ["talk_added", "talk_added"]
    [line, _] = await stored(database, tables.journal)
    assert line.facts == {"event": event.id, "talk": talk}
    assert await stored(database, tables.outbox) == []


async def test_step_by_step(database: Database, head: Actor, maria: Actor, event: Event):
    """By a button, in words, by a button; the same press saves it once."""
    uow = UnitOfWork(database)
    await open_talk(uow, head, event.id)

    async def now() -> Actor:
        return await actor_of(database, head.telegram_id)

    assert (await choose_speaker(uow, await now(), maria.person_id)).draft.missing == "theme"
    assert (await take_words(uow, await now(), "Книжные новинки")).draft.missing == "form"
    with pytest.raises(DomainError, match="form_not_understood"):
        await take_words(uow, await now(), "песня")
    offered = await choose_form(uow, await now(), TalkForm.OTHER)
    with pytest.raises(DomainError, match="talk_left"):
        await save(uow, await now(), "0" * 16, NOW)
    await save(uow, await now(), offered.mark, NOW)
    with pytest.raises(DomainError, match="talk_left"):
        await save(uow, await now(), offered.mark, NOW)
    assert await themes(database, head, event) == ["Книжные новинки"]


async def test_what_a_member_proposes_waits(
    database: Database, home: Association, head: Actor, maria: Actor, event: Event
):
    """The coordinators are told; nobody else sees it, and no card counts it."""
    talk = await propose(database, maria, event)
    found = await programme(UnitOfWork(database), maria, event.id, NOW)
    assert (found.confirmed, [one.id for one in found.of_person(maria.person_id)]) == ([], [talk])
    assert await sent(database, Message.TALK) == [(head.person_id, talk, Message.TALK)]
    async with UnitOfWork(database).reading() as rows:
        card = await rows.association(home.id).events.card(event.id, maria.person_id, NOW)
    assert card is not None
    assert card.talks == 0


async def test_settled_once_and_told(database: Database, head: Actor, maria: Actor, event: Event):
    """Declined, and taken all the same; a second press tells nothing more."""
    talk = await propose(database, maria, event)
    uow = UnitOfWork(database)
    for said in ("no", "no", "yes", "yes"):
        _, settled = await settle(uow, head, talk, said, NOW)
    assert settled.standing is TalkStanding.CONFIRMED
    assert await sent(database, Message.SETTLED) == [
        (maria.person_id, talk, "talk-declined"),
        (maria.person_id, talk, "talk-confirmed"),
    ]
    with pytest.raises(DomainError, match="talk_settled"):
        await settle(uow, head, talk, "no", NOW)
    assert await themes(database, head, event) == ["Буктрейлер"]
    assert await journal(database) == ["talk_proposed", "talk_declined", "talk_confirmed"]


async def test_taken_back_by_who_proposed_it(
    database: Database, home: Association, head: Actor, maria: Actor, event: Event
):
    """While nothing is settled, and by nobody else."""
    talk, other = await propose(database, maria, event), await propose(database, maria, event, "Другое")
    uow = UnitOfWork(database)
    with pytest.raises(DomainError, match="talk_gone"):
        await withdraw(uow, await a_member(database, home, "Белова Анна Львовна"), talk, NOW)
    for _ in range(2):
        await withdraw(uow, maria, talk, NOW)
    with pytest.raises(DomainError, match="talk_settled"):
        await settle(uow, head, talk, "yes", NOW)
    await settle(uow, head, other, "yes", NOW)
    with pytest.raises(DomainError, match="talk_settled"):
        await withdraw(uow, maria, other, NOW)


async def test_who_may_propose(
    database: Database, home: Association, maria: Actor, head: Actor, event: Event
):
    """One who comes, to what is ahead; three at most wait at a time."""
    uow = UnitOfWork(database)
    silent = await a_member(database, home, "Белова Анна Львовна")
    with pytest.raises(DomainError, match="talk_not_coming"):
        await open_proposal(uow, silent, event.id, NOW)
    with pytest.raises(DomainError, match="event_over"):
        await open_proposal(uow, maria, event.id, event.ends_at)
    for number in range(MOST_PROPOSED):
        await propose(database, maria, event, f"Тема {number + 1}")
    with pytest.raises(DomainError, match="talks_enough"):
        await open_proposal(uow, maria, event.id, NOW)
    task = await an_event(database, home, NOVEMBER, gathering=False)
    with pytest.raises(DomainError, match="no_answer_needed"):
        await open_talk(uow, head, task.id)
    await cancel(database, event)
    with pytest.raises(DomainError, match="event_cancelled"):
        await open_talk(uow, head, event.id)


async def test_one_who_comes_no_more_proposes_nothing(
    database: Database, home: Association, maria: Actor, event: Event
):
    """She changed her answer while she wrote."""
    uow = UnitOfWork(database)
    await open_proposal(uow, maria, event.id, NOW)
    await take_words(uow, await actor_of(database, maria.telegram_id), "Тема")
    offered = await choose_form(uow, await actor_of(database, maria.telegram_id), TalkForm.OTHER)
    async with uow as rows:
        await rows.association(home.id).rsvps.take(event.id, maria.person_id, Answer.DECLINED, NOW)
        await uow.commit()
    with pytest.raises(DomainError, match="talk_not_coming"):
        await save(uow, await actor_of(database, maria.telegram_id), offered.mark, NOW)


async def test_a_coordinator_who_is_one_no_more_saves_nothing(database: Database, head: Actor, event: Event):
    """Though her dialogue is still open."""
    uow = UnitOfWork(database)
    await open_talk(uow, head, event.id)
    writing = await actor_of(database, head.telegram_id)
    with pytest.raises(DomainError, match="only_coordinator"):
        await take_words(uow, replace(writing, role=Role.MEMBER), "Ким О. Ю. – Тема – доклад")


async def test_no_more_than_fit(database: Database, home: Association, head: Actor, event: Event):
    """What was taken out makes room, and does not come back then."""
    uow = UnitOfWork(database)
    async with uow as rows:
        for number in range(MOST_TALKS):
            draft = TalkDraft(None, "Ким О. Ю.", "", f"Тема {number}", TalkForm.OTHER)
            talk = await rows.association(home.id).talks.add(
                event.id, draft, TalkStanding.CONFIRMED, head.person_id, NOW
            )
        await uow.commit()
    with pytest.raises(DomainError, match="talks_full"):
        await open_talk(uow, head, event.id)
    await remove(uow, head, talk, NOW)
    await enter(database, head, event, "Ким О. Ю. – Ещё одна – доклад")
    with pytest.raises(DomainError, match="talks_full"):
        await bring_back(uow, head, talk, NOW)


async def three(database: Database, head: Actor, event: Event) -> list[int]:
    lines = [f"Ким О. Ю. – {theme} – доклад" for theme in ("Один", "Два", "Три")]
    return [await enter(database, head, event, line) for line in lines]


async def test_put_in_order_and_corrected(database: Database, head: Actor, event: Event):
    """By one place; another theme and another form."""
    _, _, last = await three(database, head, event)
    uow = UnitOfWork(database)
    for _ in range(3):
        await move(uow, head, event.id, last, -1, NOW)
    assert await themes(database, head, event) == ["Три", "Один", "Два"]
    await open_theme(uow, head, last)
    await set_theme(uow, await actor_of(database, head.telegram_id), "«Четыре»", NOW)
    for _ in range(2):
        _, talk = await set_form(uow, head, last, TalkForm.EXPERIENCE, NOW)
    assert (talk.theme, talk.form) == ("Четыре", TalkForm.EXPERIENCE)
    assert await journal(database) == [
        *["talk_added"] * 3,
        *["talk_moved"] * 2,
        *["talk_corrected"] * 2,
    ]


async def test_taken_out_and_brought_back(database: Database, head: Actor, event: Event):
    """To its place, within a day; after that it is forgotten with the next one."""
    first, second, _ = await three(database, head, event)
    uow = UnitOfWork(database)
    for _ in range(2):
        await remove(uow, head, first, NOW)
    assert await themes(database, head, event) == ["Два", "Три"]
    with pytest.raises(DomainError, match="talk_gone"):
        await open_one(uow, head, first)
    for _ in range(2):
        await bring_back(uow, head, first, NOW + HOUR)
    assert await themes(database, head, event) == ["Один", "Два", "Три"]
    await remove(uow, head, first, NOW)
    await remove(uow, head, second, NOW + timedelta(days=1, seconds=1))
    with pytest.raises(DomainError, match="talk_gone"):
        await bring_back(uow, head, first, NOW + timedelta(days=2))


Try = Callable[[UnitOfWork, Actor, int], Awaitable[object]]
TRIES: dict[str, Try] = {
    "open_one": lambda uow, who, talk: open_one(uow, who, talk),
    "open_theme": lambda uow, who, talk: open_theme(uow, who, talk),
    "set_form": lambda uow, who, talk: set_form(uow, who, talk, TalkForm.OTHER, NOW),
    "settle": lambda uow, who, talk: settle(uow, who, talk, "no", NOW),
    "remove": lambda uow, who, talk: remove(uow, who, talk, NOW),
    "bring_back": lambda uow, who, talk: bring_back(uow, who, talk, NOW),
    "withdraw": lambda uow, who, talk: withdraw(uow, who, talk, NOW),
}


@pytest.mark.parametrize("what", TRIES)
async def test_another_association_has_nothing_of_them(
    database: Database, head: Actor, event: Event, what: str
):
    """By no id."""
    talk = await enter(database, head, event, "Ким О. Ю. – Тема – доклад")
    elsewhere = await an_association(database, "РМО Заречного района")
    stranger = await a_coordinator(database, elsewhere, "Чужая Анна Львовна")
    with pytest.raises(DomainError, match="talk_gone"):
        await TRIES[what](UnitOfWork(database), stranger, talk)
    assert await themes(database, head, event) == ["Тема"]


async def test_held_together_and_parted(database: Database, home: Association, head: Actor, event: Event):
    """The second one's talks stand behind the first one's; each has its own again when they part."""
    other = await an_event(database, home, Period.day(SEMINAR_DAY.end), title="Мастер-класс")
    await enter(database, head, other, "Ким О. Ю. – Три – доклад")
    await enter(database, head, other, "Ким О. Ю. – Четыре – доклад")
    await enter(database, head, event, "Ким О. Ю. – Один – доклад")
    await enter(database, head, event, "Ким О. Ю. – Два – доклад")
    uow = UnitOfWork(database)
    both = await join(uow, head, event.id, other.id, (event.revision, other.revision), NOW)
    assert await themes(database, head, event) == ["Один", "Два", "Три", "Четыре"]
    last = (await programme(uow, head, event.id, NOW)).confirmed[-1]
    await move(uow, head, event.id, last.id, -3, NOW)
    await part(uow, head, event.id, both.kept.revision, NOW + HOUR)
    assert await themes(database, head, event) == ["Один", "Два"]
    assert await themes(database, head, other) == ["Четыре", "Три"]
