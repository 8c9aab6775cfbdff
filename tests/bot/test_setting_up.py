"""The coordinator's first steps: title, town, school year; the invitation in three forms."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable

import docx
import pytest

from actions.associations import make_invitation
from documents.example_plan import write_example_plan
from domain.roles import Role
from tests.bot.conftest import Person, World
from tests.bot.people import OTHER_THAN_WORDS, STICKER, join_head, settle

MakeWorld = Callable[[str], Awaitable[World]]


async def comes_in(world: World) -> Person:
    """The operator named her (COORDINATORS): she joins, and the first question is on the screen."""
    head = world.head
    await head.says("/start")
    await head.presses("Соглас")
    await head.says("Орлова Наталья Викторовна")
    await head.says("Лицей № 12")
    return head


async def test_the_three_questions_one_after_the_other(world: World) -> None:
    head = await comes_in(world)
    assert "Наталья Викторовна, теперь настроим Звонок" in head.sees.plain
    assert "Как называется ваше объединение?" in head.sees.plain
    assert "В каком городе или районе" in (await head.says("РМО  Заречного\nрайона")).plain
    asked = await head.says("Заречный")
    assert "на какой учебный год план?" in asked.plain
    assert asked.labels == ["2026/2027", "2027/2028"]
    await head.presses("2026/2027")
    assert "Готово. Осталось два дела" in head.sees_all
    home = (await world.actor(head)).home
    assert (home.title, home.town, home.school_year) == ("РМО Заречного района", "Заречный", "2026/2027")
    assert home.set_up
    assert head.chat.keys[-1] == "Руководителю"


async def test_a_link_of_invite_leads_to_the_same(world: World) -> None:
    link = await make_invitation(world.uow(), 1, Role.COORDINATOR, world.clock.now())
    olga = world.person(3003)
    assert "Соглас" in (await olga.says(f"/start {link.code}")).labels[0]
    await olga.presses("Соглас")
    await olga.says("Белова Ольга Петровна")
    assert "Как называется ваше объединение?" in (await olga.says("СОШ 45")).plain


async def test_the_invitation_comes_as_text_as_a_picture_and_as_a_page(world: World) -> None:
    head = await join_head(world)
    text, picture, page = head.chat.shown[-3:]
    link = await make_invitation(world.uow(), 1, Role.MEMBER, world.clock.now())
    digits = f"{link.digits[:4]} {link.digits[4:]}"
    assert f"https://t.me/zvonok_test_bot?start={link.code}" in text.plain
    assert digits in text.plain
    assert picture.file is not None
    assert picture.file.startswith(b"\x89PNG")
    assert digits in picture.plain
    assert page.file_name == "Как подключиться.docx"
    printed = docx.Document(io.BytesIO(page.file or b""))
    assert any("Как подключиться" in paragraph.text for paragraph in printed.paragraphs)


async def test_the_invitation_is_the_same_whenever_it_is_asked_for(world: World) -> None:
    head = await join_head(world)
    first = head.chat.shown[-3].plain
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Пригласить коллег")
    assert head.chat.shown[-3].plain == first


@pytest.mark.parametrize(
    ("said", "stored"),
    [("2026/2027", "2026/2027"), ("на 2026-27 учебный год", "2026/2027"), ("2027", "2027/2028")],
)
async def test_the_year_in_words(world: World, said: str, stored: str) -> None:
    head = await comes_in(world)
    await head.says("РМО")
    await head.says("Заречный")
    await head.says(said)
    assert (await world.actor(head)).home.school_year == stored


@pytest.mark.parametrize("said", ["будущий", "1999/2000", "2026/2030", "😀" * 2048])
async def test_what_is_no_year_is_asked_for_again(world: World, said: str) -> None:
    head = await comes_in(world)
    await head.says("РМО")
    await head.says("Заречный")
    assert "Не вижу учебного года" in (await head.says(said)).plain
    await head.says("2026/2027")
    assert (await world.actor(head)).home.school_year == "2026/2027"


async def test_a_title_that_is_too_long_is_asked_for_again(world: World) -> None:
    head = await comes_in(world)
    assert "хватит 200 знаков" in (await head.says("😀" * 2048)).plain
    assert "В каком городе" in (await head.says("<b>РМО</b> & друзья")).plain
    assert (await world.actor(head)).home.title == "<b>РМО</b> & друзья"


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_no_sticker_ends_setting_up(world: World, sent: dict[str, object]) -> None:
    head = await comes_in(world)
    assert "Как называется ваше объединение?" in (await head.sends_other(**sent)).plain
    await head.says("РМО")
    assert "В каком городе" in (await head.sends_other(**sent)).plain
    await head.says("Заречный")
    assert "учебный год" in (await head.sends_other(**sent)).plain
    await head.presses("2026/2027")
    assert (await world.actor(head)).home.school_year == "2026/2027"


async def test_a_plan_sent_meanwhile_does_not_end_it_either(world: World) -> None:
    head = await comes_in(world)
    asked = await head.sends(write_example_plan(2026), "план.docx")
    assert "Это план на 2026/2027 учебный год" in head.chat.shown[-2].plain
    assert "Как называется ваше объединение?" in asked.plain
    assert "В каком городе" in (await head.says("РМО")).plain


async def test_a_key_leaves_it_and_the_desk_leads_back(world: World) -> None:
    head = await comes_in(world)
    await head.says("Ближайшее")
    assert "Закончить настройку" in (await head.says("Руководителю")).labels
    assert "Как называется ваше объединение?" in (await head.presses("Закончить настройку")).plain
    await head.says("РМО")
    await head.says("Помощь")
    await head.says("Руководителю")
    assert "В каком городе" in (await head.presses("Закончить настройку")).plain


async def test_start_again_goes_on_where_it_was(world: World) -> None:
    head = await comes_in(world)
    assert "Как называется ваше объединение?" in (await head.says("/start")).plain
    assert "В каком городе" in (await head.says("РМО")).plain


async def test_it_goes_on_after_a_restart(sqlite_url: str, world: World, make_world: MakeWorld) -> None:
    await comes_in(world)
    world = await make_world(sqlite_url)
    assert "В каком городе" in (await world.head.says("РМО")).plain


async def test_an_old_button_of_the_year_changes_nothing(world: World) -> None:
    head = await join_head(world)
    messages = len(head.chat.shown)
    assert "Учебный год уже записан: 2026/2027" in (await head.presses("2027/2028")).plain
    assert len(head.chat.shown) == messages + 1
    assert (await world.actor(head)).home.school_year == "2026/2027"


async def test_a_second_coordinator_of_a_named_association_is_asked_nothing(world: World) -> None:
    await settle(world)
    link = await make_invitation(world.uow(), 1, Role.COORDINATOR, world.clock.now())
    olga = world.person(3003)
    await olga.says(f"/start {link.code}")
    await olga.presses("Соглас")
    await olga.says("Белова Ольга Петровна")
    assert (
        "вы в списке объединения «РМО Заречного района» как руководитель" in (await olga.says("СОШ 45")).plain
    )
    assert "Руководителю" in olga.chat.keys


async def test_one_whom_the_operator_names_is_let_in_by_any_word(world: World) -> None:
    assert "Соглас" in (await world.head.says("здравствуйте")).labels[0]
    assert "Соглас" in (await world.head.sends_other(**STICKER)).labels[0]


async def test_a_year_with_a_dash_is_a_year(world: World) -> None:
    head = world.head
    await head.says("/start")
    await head.presses("Соглас")
    for words in ("Орлова Наталья Викторовна", "Лицей № 12", "РМО", "Заречный", "2026-2027"):
        await head.says(words)
    assert any("Готово." in shown.plain for shown in head.chat.shown)
