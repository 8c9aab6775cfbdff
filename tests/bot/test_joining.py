"""From an invitation to the first screen: consent, full name, school."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from aiogram.types import Chat, Message, User

from actions.associations import add_association, make_invitation
from bot.filters import Started
from bot.understanding import is_talk
from domain.full_names import FullName
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, OTHER_THAN_WORDS, STICKER, come_in_maria, invitation_digits, settle

MakeWorld = Callable[[str], Awaitable[World]]
MARIA = 2002
SMILES = "😀" * 2048
FILE = {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "имя.docx", "file_size": 7}}


async def member_code(world: World) -> str:
    return (await make_invitation(world.uow(), 1, Role.MEMBER, world.clock.now())).code


async def knocks(world: World) -> Person:
    """Мария opens the link of a settled association."""
    await settle(world, LAW)
    maria = world.person(MARIA)
    await maria.says(f"/start {await member_code(world)}")
    return maria


async def agrees(world: World) -> Person:
    maria = await knocks(world)
    await maria.presses("Соглас")
    return maria


async def gives_name(world: World) -> Person:
    maria = await agrees(world)
    await maria.says("Петрова Мария Ивановна")
    return maria


async def test_until_it_is_set_up_others_read_so(world: World) -> None:
    stranger = world.person(MARIA)
    assert "Звонок ещё настраивают" in (await stranger.says("/start")).plain
    assert "Звонок ещё настраивают" in (await stranger.says("здравствуйте")).plain
    assert "Звонок ещё настраивают" in (await stranger.says(f"/start {await member_code(world)}")).plain


async def test_consent_comes_first_in_a_message_of_its_own(world: World) -> None:
    maria = await knocks(world)
    assert "Зачем:" in maria.sees.plain
    assert "Кто отвечает за данные: РМО Заречного района" in maria.sees.plain
    assert "Срок:" in maria.sees.plain
    assert "Передумаете – «Настройки», «Мои данные»" in maria.sees.plain
    assert maria.sees.labels[0].startswith("Соглас")
    assert len(maria.chat.shown) == 1


async def test_nothing_is_stored_before_consent(world: World) -> None:
    maria = await knocks(world)
    async with world.stored() as rows:
        assert await rows.people.actor(maria.id) is None


async def test_consent_is_stored_with_its_words_version_and_time(world: World) -> None:
    maria = await agrees(world)
    actor = await world.actor(maria)
    async with world.stored() as rows:
        kept = await rows.association(1).members.record(actor.person_id) or {}
    assert kept["consent_version"] == 1
    assert "фамилия, имя, отчество" in str(kept["consent_text"])
    assert kept["consented_at"] == world.clock.now()


async def test_an_association_has_a_wording_of_its_own(world: World) -> None:
    await settle(world)
    wording = "Согласие по форме <РМО>. " * 60
    async with (uow := world.uow()) as rows:
        await rows.associations.change(1, consent_text=wording, consent_version=3)
        await uow.commit()
    maria = world.person(MARIA)
    asked = await maria.says(f"/start {await member_code(world)}")
    assert wording.strip() in asked.plain
    await maria.presses("Соглас")
    async with world.stored() as rows:
        kept = await rows.association(1).members.record((await world.actor(maria)).person_id) or {}
    assert (kept["consent_text"], kept["consent_version"]) == (wording.strip(), 3)


async def test_each_question_stands_alone_and_says_which_it_is(world: World) -> None:
    maria = await knocks(world)
    consent = maria.sees.plain
    name = (await maria.presses("Соглас")).plain
    school = (await maria.says("Петрова Мария Ивановна")).plain
    assert "фамилию, имя" in name
    assert "школ" in school
    assert all("фамилию, имя" not in other for other in (consent, school))
    assert all("школ" not in other for other in (consent, name))
    assert len(maria.chat.shown) == 3


async def test_the_keys_appear_with_the_first_word_about_the_plan(world: World) -> None:
    maria = await gives_name(world)
    welcome = (await maria.says("СОШ 45")).plain
    assert "Мария Ивановна, вы в списке объединения «РМО Заречного района»" in welcome
    assert "Ближайшее: Семинар «Правовые основы работы школьной библиотеки» (ноябрь 2026 г.)" in welcome
    assert "Сейчас ничего делать не нужно" in welcome
    assert maria.chat.keys == ["Ближайшее", "План на год", "Мои ответы", "Настройки", "Помощь"]


async def test_a_named_day_ahead_is_told_at_once(world: World) -> None:
    await settle(world, MEETING)
    maria = world.person(MARIA)
    await maria.says(f"/start {await member_code(world)}")
    await maria.presses("Соглас")
    await maria.says("Петрова Мария Ивановна")
    welcome = await maria.says("45")
    assert "Заседание РМО (среда, 18 ноября, 14:00–16:00)" in welcome.plain
    assert "Чтобы ответить, нажмите «Ближайшее»" in welcome.plain


async def test_the_name_is_kept_in_its_parts(world: World) -> None:
    maria = await gives_name(world)
    assert (await world.actor(maria)).name == FullName("Петрова", "Мария", "Ивановна")


async def test_a_known_school_is_offered_and_one_typed_is_known_again(world: World) -> None:
    await settle(world)
    await come_in_maria(world)
    olga = world.person(3003)
    await olga.says(f"/start {await member_code(world)}")
    await olga.presses("Соглас")
    await olga.says("Белова Ольга Петровна")
    assert {"СОШ № 45", "Лицей № 12"} <= set(olga.sees.labels)
    await olga.says("школа 45")
    assert (await world.actor(olga)).school == "СОШ № 45"


async def test_a_school_is_chosen_by_its_button(world: World) -> None:
    maria = await gives_name(world)
    await maria.presses("Лицей № 12")
    assert (await world.actor(maria)).school == "Лицей № 12"
    assert "вы в списке" in maria.sees.plain


async def test_another_school_is_asked_for_in_words(world: World) -> None:
    maria = await gives_name(world)
    asked = await maria.presses("Другая")
    assert "школе" in asked.plain
    await maria.says("Гимназия «Радуга»")
    assert (await world.actor(maria)).school == "Гимназия «Радуга»"


async def test_the_digits_under_the_link_let_in_as_well(world: World) -> None:
    await settle(world)
    digits = await invitation_digits(world)
    maria = world.person(MARIA)
    assert (await maria.says(f" {digits[:4]}-{digits[4:]} ")).labels == ["Согласие даю"]


@pytest.mark.parametrize(
    "words",
    [
        "https://t.me/zvonok_test_bot?start={}",
        "Коллеги! Откройте ссылку:\nhttps://t.me/zvonok_test_bot?start={}\nили напишите цифры: 1234",
    ],
)
async def test_the_link_sent_as_words_is_opened(world: World, words: str) -> None:
    await settle(world)
    maria = world.person(MARIA)
    link = words.format(await member_code(world))
    assert (await maria.says(link)).labels == ["Согласие даю"]
    await maria.presses("Согласие даю")
    assert "фамилию, имя" in (await maria.says(link)).plain  # once more, amid the question
    await maria.says("Петрова Мария Ивановна")
    await maria.says("СОШ 45")
    assert "вы уже в списке" in (await maria.says(link)).plain


async def test_the_link_to_another_bot_is_no_invitation(world: World) -> None:
    await settle(world)
    said = await world.person(MARIA).says(f"https://t.me/other_bot?start={await member_code(world)}")
    assert "Чтобы войти, откройте ссылку" in said.plain


async def test_a_link_amid_an_answer_is_a_part_of_it(world: World) -> None:
    maria = await gives_name(world)
    await maria.says("СОШ 45")
    await maria.says("Помощь")
    await maria.presses("Передать руководителю")
    question = f"Не открывается https://t.me/zvonok_test_bot?start={await member_code(world)}"
    assert "передано" in (await maria.says(question)).plain.casefold()


async def test_digits_guessed_wrongly_five_times_are_looked_at_no_more(world: World) -> None:
    await settle(world)
    digits = await invitation_digits(world)
    guesser = world.person(MARIA)
    for wrong in range(5):
        assert "Такого приглашения я не знаю" in (await guesser.says(f"1000000{wrong}")).plain
    assert "Слишком много неверных цифр" in (await guesser.says(digits)).plain
    assert "Согласие даю" in (await world.person(3003).says(digits)).labels


async def test_an_unknown_link_is_told(world: World) -> None:
    await settle(world)
    assert "Такого приглашения я не знаю" in (await world.person(MARIA).says("/start <b>нет</b>")).plain


async def test_a_coordinators_invitation_is_good_once(world: World) -> None:
    await settle(world)
    link = await make_invitation(world.uow(), 1, Role.COORDINATOR, world.clock.now())
    first, second = world.person(MARIA), world.person(3003)
    await first.says(f"/start {link.code}")
    await second.says(link.digits)
    await first.presses("Соглас")
    assert "По этому приглашению уже вошли" in (await second.presses("Соглас")).plain
    assert "По этому приглашению уже вошли" in (await second.says(f"/start {link.code}")).plain


async def test_a_coordinators_invitation_is_good_for_seven_days(world: World) -> None:
    await settle(world)
    link = await make_invitation(world.uow(), 1, Role.COORDINATOR, world.clock.now())
    late = world.person(MARIA)
    world.clock.forward(days=7, seconds=-1)
    await late.says(f"/start {link.code}")
    world.clock.moment += timedelta(seconds=1)
    assert "Срок этого приглашения вышел" in (await late.presses("Соглас")).plain


async def test_a_member_becomes_a_coordinator_by_a_link(world: World) -> None:
    await settle(world)
    maria = await come_in_maria(world)
    link = await make_invitation(world.uow(), 1, Role.COORDINATOR, world.clock.now())
    await maria.says(f"/start {link.code}")
    await maria.presses("Соглас")
    assert (await world.actor(maria)).role is Role.COORDINATOR
    assert "Руководителю" in maria.chat.keys


async def test_start_again_says_that_she_is_in(world: World) -> None:
    await settle(world)
    maria = await come_in_maria(world)
    assert "Мария Ивановна, вы уже в списке" in (await maria.says("/start")).plain
    assert "вы уже в списке" in (await maria.says(f"/start {await member_code(world)}")).plain


async def test_an_old_consent_button_changes_nothing_once_she_is_in(world: World) -> None:
    maria = await gives_name(world)
    consent = next(shown for shown in maria.chat.shown if "Согласие даю" in shown.labels)
    assert "школе" in (await maria.presses("Соглас", of=consent)).plain
    await maria.says("СОШ 45")
    world.clock.forward(days=3)
    assert "вы уже в списке" in (await maria.presses("Соглас", of=consent)).plain
    async with world.stored() as rows:
        kept = await rows.association(1).members.record((await world.actor(maria)).person_id) or {}
    assert kept["consented_at"] == world.clock.now() - timedelta(days=3)


async def test_one_who_withdrew_comes_back_by_the_link(world: World) -> None:
    await settle(world)
    maria = await come_in_maria(world)
    await maria.says("/stop")
    await maria.presses("Выйти")
    await maria.presses("Да, выйти")
    await maria.says(f"/start {await member_code(world)}")
    assert "Мария Ивановна, вы в списке" in (await maria.presses("Соглас")).plain


async def test_a_person_in_two_associations_goes_from_one_to_the_other(world: World) -> None:
    await settle(world, LAW)
    maria = await come_in_maria(world)
    other = await add_association(world.uow(), "ГМО Заозёрска", "Asia/Omsk", world.clock.now())
    link = await make_invitation(world.uow(), other, Role.MEMBER, world.clock.now())
    assert "ГМО Заозёрска" in (await maria.says(f"/start {link.code}")).plain
    await maria.presses("Соглас")
    await maria.says("СОШ 45")
    assert "вы в списке объединения «ГМО Заозёрска»" in maria.sees.plain
    assert "Плана пока нет" in (await maria.says("План на год")).plain
    nearest = (await maria.says("Ближайшее")).plain
    assert nearest.startswith("РМО Заречного района\nСеминар «Правовые основы")
    await maria.says(f"/start {await member_code(world)}")
    assert "Правовые основы" in (await maria.says("План на год")).plain


class OutOfReach:
    """Telegram, while it can't be asked who the bot is."""

    async def me(self) -> User:
        raise AssertionError("asked for nothing")


async def test_words_without_a_link_ask_telegram_nothing() -> None:
    said = Message(message_id=1, date=datetime.now(UTC), chat=Chat(id=1, type="private"), text="приду")
    assert await Started()(said, OutOfReach()) is False  # type: ignore[arg-type]


# --- Bad input and odd moments ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Мария", "одного слова мало"),
        ("Петрова М. И.", "по инициалам"),
        ("Мария Ивановна", "какая у вас фамилия"),
        ("<b>Мария</b>", "Не похоже на имя"),
        (SMILES, "слишком длинно"),
        ("😀 😀", "Не похоже на имя"),
        ("Ма\u0000рия", "имя"),
    ],
)
async def test_what_is_no_name_is_asked_for_again(world: World, said: str, answer: str) -> None:
    maria = await agrees(world)
    refused = (await maria.says(said)).plain
    assert answer in refused
    assert "школ" not in refused
    assert "школе" in (await maria.says("Петрова Мария Ивановна")).plain


@pytest.mark.parametrize(
    ("said", "answer"), [(SMILES, "Не вижу названия школы"), ("ш" * 4096, "Слишком длинно"), ("—", "Не вижу")]
)
async def test_what_is_no_school_is_asked_for_again(world: World, said: str, answer: str) -> None:
    maria = await gives_name(world)
    assert answer in (await maria.says(said)).plain
    assert "вы в списке" in (await maria.says("<b>СОШ 45</b> & Ко")).plain
    await maria.says("Настройки")
    assert "Школа: <b>СОШ 45</b> & Ко" in (await maria.presses("Мои данные")).plain


@pytest.mark.parametrize("sent", [*OTHER_THAN_WORDS, FILE], ids=lambda sent: next(iter(sent)))
async def test_no_sticker_ends_joining(world: World, sent: dict[str, object]) -> None:
    maria = await agrees(world)
    assert "фамилию, имя" in (await maria.sends_other(**sent)).plain
    assert "школе" in (await maria.says("Петрова Мария Ивановна")).plain
    asked = await maria.sends_other(**sent)
    assert "школе" in asked.plain
    assert "Лицей № 12" in asked.labels
    assert "вы в списке" in (await maria.says("СОШ 45")).plain


@pytest.mark.parametrize(
    "said", ["Ближайшее", "/next", "Помощь", "/help", "/start", "/desk", "/fly", "12345678"]
)
async def test_no_key_ends_joining(world: World, said: str) -> None:
    maria = await agrees(world)
    assert "фамилию, имя" in (await maria.says(said)).plain
    assert "школе" in (await maria.says("Петрова Мария Ивановна")).plain


async def test_joining_goes_on_after_a_restart(sqlite_url: str, world: World, make_world: MakeWorld) -> None:
    maria = await agrees(world)
    world = await make_world(sqlite_url)
    maria = world.person(MARIA)
    assert "школе" in (await maria.says("Петрова Мария Ивановна")).plain
    world = await make_world(sqlite_url)
    assert "вы в списке" in (await world.person(MARIA).says("СОШ 45")).plain


async def test_a_stranger_is_told_how_to_come_in(world: World) -> None:
    await settle(world)
    stranger = world.person(MARIA)
    for said in ("Ближайшее", "привет", "/my", "Руководителю"):
        assert "Чтобы войти, откройте ссылку" in (await stranger.says(said)).plain
    assert "Чтобы войти" in (await stranger.sends_other(**STICKER)).plain
    assert "Чтобы войти" in (await stranger.says("Помощь")).plain


async def test_what_is_said_in_a_group_is_left_alone(world: World) -> None:
    await settle(world, LAW)
    maria = await come_in_maria(world)
    before = len(world.telegram.requests)
    await maria.sends_other(text="Ближайшее", chat={"id": -100, "type": "group", "title": "Чат"})
    assert len(world.telegram.requests) == before


async def test_a_name_given_twice_is_no_school(world: World) -> None:
    await settle(world)
    maria = world.person(2002)
    await maria.says(await invitation_digits(world))
    await maria.presses("Соглас")
    await maria.says("Петрова Мария Ивановна")
    assert "Имя уже записано" in (await maria.says("Петрова Мария Ивановна")).plain


@pytest.mark.parametrize(
    "words", ["Что дальше?", "не приду", "не знаю", "Спасибо!", "что в ноябре?", "привет"]
)
async def test_what_is_said_to_the_bot_is_no_school(world: World, words: str) -> None:
    maria = await gives_name(world)
    assert "Напишите её номер или название" in (await maria.says(words)).plain
    assert "вы в списке" in (await maria.says("Гимназия «Будущее»")).plain
    async with world.stored() as rows:
        titles = [one.title for one in await rows.association(1).roster.schools()]
    assert titles == ["Гимназия «Будущее»", "Лицей № 12"]


@pytest.mark.parametrize(
    ("words", "talk"),
    [
        ("когда семинар?", True),
        ("Мои ответы", True),
        ("приду", True),
        ("СОШ 45", False),
        ("школа 8 Марта", False),
        ("Центр психолого-педагогической помощи", False),
        ("Центральная районная библиотека", False),
        ("45", False),
    ],
)
def test_what_is_told_from_a_school(words: str, talk: bool) -> None:
    assert is_talk(words, date(2026, 11, 2)) is talk
