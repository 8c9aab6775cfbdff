"""How people come in."""

from __future__ import annotations

from datetime import date, time, timedelta

from actions.associations import make_invitation, set_up
from actions.claiming import disclaim
from actions.doors import Key, consent
from actions.joining import give_name, give_school
from actions.plans import ReadPlan, import_plan
from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind, PlanDraft
from domain.records import Event
from domain.roles import Part, Role
from tests.bot.conftest import Person, World
from tests.bot.scenes import set_scene
from tests.builders import cancel


async def join_head(world: World) -> Person:
    """The coordinator comes in, names the association, and is at her desk."""
    head = world.head
    await head.says("/start")
    await head.presses("Согласие даю")
    await head.says("Орлова Наталья Викторовна")
    await head.says("Лицей № 12")
    await head.says("РМО библиотекарей Заречного района")
    await head.says("Заречный")
    await head.presses("2026/2027")
    return head


async def invitation_digits(world: World) -> str:
    """The digits of the members' invitation."""
    head = world.head
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Пригласить коллег")
    text = next(shown.plain for shown in reversed(head.chat.shown) if "Текст для коллег" in shown.plain)
    return text.rpartition("цифры: ")[2].replace(" ", "")


async def join(world: World, telegram_id: int, name: str, school: str) -> Person:
    """A librarian comes in by the digits."""
    digits = await invitation_digits(world)
    person = world.person(telegram_id)
    await person.says(digits)
    await person.presses("Согласие даю")
    await person.says(name)
    await person.says(school)
    return person


STICKER: dict[str, object] = {
    "sticker": {
        "file_id": "s",
        "file_unique_id": "s",
        "type": "regular",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
    }
}
VOICE: dict[str, object] = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}
PHOTO: dict[str, object] = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}
PLACE: dict[str, object] = {"location": {"latitude": 55.0, "longitude": 82.9}}
OTHER_THAN_WORDS = (STICKER, VOICE, PHOTO, PLACE)

LAW = ActivityDraft(
    title="Семинар «Правовые основы работы школьной библиотеки»",
    kind=Kind.SEMINAR,
    when_text="Ноябрь 2026 г.",
    periods=(Period.month(2026, 11),),
    venue="Лицей № 12",
    responsible="Орлова Н. В.",
)
MEETING = ActivityDraft(
    title="Заседание РМО",
    kind=Kind.MEETING,
    periods=(Period.at(date(2026, 11, 18), time(14), time(16)),),
    venue="МБОУ СОШ № 412",
    responsible="Белова М. И.",
)
WORKSHOP = ActivityDraft(
    title="Мастер-класс «Электронный каталог без страха»",
    kind=Kind.WORKSHOP,
    periods=(Period.month(2026, 12),),
    venue="Гимназия № 21",
)
TASK = ActivityDraft(title="Сбор данных о фондах", periods=(Period.deadline(date(2026, 11, 20)),))
ROUND = ActivityDraft(title="Консультации для новых библиотекарей", year_round=True)


async def settle(world: World, *activities: ActivityDraft) -> Person:
    """The coordinator is in, her association has a name, and a plan if rows of it are given."""
    await set_scene(world, ("settled", activities), lambda: _settle(world, *activities))
    return world.head


async def _settle(world: World, *activities: ActivityDraft) -> None:
    head = await come_in(world, world.head.id, "Орлова Наталья Викторовна", "Лицей № 12", Role.COORDINATOR)
    actor, now = await world.actor(head), world.clock.now()
    for step, answer in (("setup_title", "РМО Заречного района"), ("setup_town", "Заречный")):
        await set_up(world.uow(), actor, step, answer, None, now)
    if activities:
        await plan(world, *activities)


async def plan(world: World, *activities: ActivityDraft, year: str = "2026/2027") -> None:
    """A plan with these rows is stored."""
    draft = PlanDraft(school_year=year, title="План", activities=activities)
    home = (await world.actor(world.head)).home
    await import_plan(world.uow(), home, ReadPlan(draft, str(hash(draft))), world.clock.now())


async def come_in(
    world: World, telegram_id: int, name: str, school: str, role: Role = Role.MEMBER, association: int = 1
) -> Person:
    """Somebody is let in without a conversation."""
    about = (telegram_id, name, school, role, association)
    await set_scene(world, about, lambda: _come_in(world, *about))
    return world.person(telegram_id)


async def _come_in(
    world: World, telegram_id: int, name: str, school: str, role: Role, association: int
) -> None:
    now, uow = world.clock.now(), world.uow()
    invitation = await make_invitation(uow, association, role, now)
    key = Key(telegram_id, invitation.code, ())
    actor = await consent(uow, key, lambda _: "Согласие на обработку данных", now)
    if actor.role is Role.JOINING:
        actor = await give_name(uow, actor, name, now)
        actor = await give_school(uow, actor, school, now)
    if actor.role is Role.JOINING:  # somebody of her name stands in the list
        await disclaim(uow, actor, now)


async def come_in_maria(world: World) -> Person:
    """Мария Ивановна of school 45 is let in."""
    return await come_in(world, 2002, "Петрова Мария Ивановна", "СОШ № 45")


async def call_off(world: World, title: str) -> None:
    """An event is cancelled: there is no screen for it yet."""
    await cancel(world.app.database, await event_called(world, title))


async def event_called(world: World, title: str) -> Event:
    """The event to come with this title."""
    async with world.stored() as rows:
        events = await rows.association(1).events.to_come(world.clock.now() - timedelta(days=400))
    return next(event for event in events if title in event.title)


async def entrust(world: World, person: Person, title: str) -> None:
    """She presents the event to come with this title."""
    person_id, event = (await world.actor(person)).person_id, await event_called(world, title)
    async with (uow := world.uow()) as rows:
        await rows.association(1).parts.give(event.id, person_id, Part.HOST, world.clock.now())
        await uow.commit()
