"""Two records of one person become one, and for a day can be parted again."""

from __future__ import annotations

from bot.views.people_keys import AskHer, ConfirmMerge, FindTwins, Part
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, come_in, come_in_maria, settle


async def twins(world: World) -> tuple[Person, Person]:
    """Мария was added by hand as person 2 and answered by telephone; then she came in by Telegram."""
    head = await settle(world, MEETING)
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.presses("Ещё")
    await head.presses("Добавить человека")
    await head.presses("Согласие получено")
    await head.says("Петрова Мария Ивановна, школа 45, 8 913 123-45-67")
    await head.presses("Позвоните")
    await head.presses("1. Придёт")
    world.clock.forward(hours=1)
    maria = await come_in_maria(world)
    return head, maria


async def finds(head: Person, words: str = "Петрова") -> None:
    await head.says("Руководителю")
    await head.presses("Люди")
    await head.says(words)


async def merges(head: Person) -> None:
    """Merges the two, beginning with the one by hand."""
    await finds(head)
    await head.presses("Петрова")
    await head.presses("Объединить записи")
    await head.presses("Петрова")
    await head.presses("Да, объединить")


async def test_the_preview_says_which_stays(world: World) -> None:
    head, _ = await twins(world)
    await finds(head)
    assert head.sees.plain == "Нашлись 2 человека:"
    await head.presses("Петрова")
    await head.presses("Объединить записи")
    preview = await head.presses("Петрова")
    assert "где ответов два, считается более поздний" in preview.plain
    await head.presses("Ничего не менять")
    await finds(head)
    assert head.sees.plain == "Нашлись 2 человека:"


async def test_her_answer_and_her_number_are_hers(world: World) -> None:
    head, maria = await twins(world)
    await merges(head)
    card = (await maria.says("Ближайшее")).plain
    assert "Придёт 1 человек." in card
    assert "Вы ещё не ответили" not in card
    await finds(head)
    assert "Телефон: +7 913 123-45-67" in head.sees.plain
    assert "Заседание РМО – придёт" in head.sees.plain
    await head.says("Ближайшее")
    assert (await head.presses("Кто придёт")).plain.count("Петрова") == 1


async def test_the_newer_answer_counts(world: World) -> None:
    head, maria = await twins(world)
    await maria.says("Ближайшее")
    await maria.presses("Не смогу")
    await merges(head)
    assert "Пока никто не сказал" in (await head.says("Ближайшее")).plain


async def test_they_are_parted_as_they_were(world: World) -> None:
    head, maria = await twins(world)
    await merges(head)
    world.clock.forward(hours=23)
    assert "Снова две записи" in (await head.presses("Разъединить записи")).plain
    card = (await maria.says("Ближайшее")).plain
    assert "Придёт 1 человек." in card
    assert "Вы ещё не ответили" in card
    await finds(head)
    assert head.sees.plain == "Нашлись 2 человека:"
    await head.presses_data(FindTwins(person=3).pack())
    assert "Телефон: +7" not in (await head.presses("Назад")).plain
    assert "уже отменено" in (await head.presses_data(Part(merge=1).pack())).plain


async def test_after_a_day_they_stay_one(world: World) -> None:
    head, _ = await twins(world)
    await merges(head)
    world.clock.forward(hours=24)
    assert "разъединить уже нельзя" in (await head.presses("Разъединить записи")).plain
    await finds(head)
    assert "Объединить записи" in head.sees.labels


async def test_two_of_telegram_are_not_merged(world: World) -> None:
    head, _ = await twins(world)
    for one, other, said in (
        (1, 3, "Обе записи – из Telegram"),
        (2, 2, "одна и та же"),
        (2, 99, "в списке нет"),
    ):
        assert said in (await head.presses_data(ConfirmMerge(one=one, other=other).pack())).plain


async def two_accounts(world: World) -> tuple[Person, Person, Person]:
    """Мария is in twice, with two telephones and two schools, and has answered with the first."""
    head = await settle(world, MEETING)
    old = await come_in_maria(world)
    await old.says("Ближайшее")
    await old.presses("Приду")
    new = await come_in(world, 3003, "Петрова Мария Ивановна", "СОШ № 46")
    await finds(head)
    await head.presses("СОШ № 46")
    await head.presses("Объединить записи")
    return head, old, new


async def test_of_two_accounts_she_is_asked(world: World) -> None:
    head, old, new = await two_accounts(world)
    preview = await head.presses("СОШ № 45")
    assert preview.plain.startswith(
        "Это один человек с новым телефоном?\n"
        "Останется: Петрова Мария Ивановна · СОШ № 46 – вход позже\n"
        "Войдёт в неё: Петрова Мария Ивановна · СОШ № 45 – вход раньше\n"
    )
    assert "до этого всё остаётся как есть" in (await head.presses("Да, спросить")).plain
    await world.rings()
    assert "вы были в этом списке и раньше, с другого Telegram?" in new.sees.plain
    assert "прежняя запись теперь за вами" in (await new.presses("Да, это я")).plain
    await world.rings()
    assert "Придёт 1 человек." in (await new.says("Ближайшее")).plain
    assert "теперь пользуетесь другим Telegram" in old.sees.plain
    assert "Чтобы войти" in (await old.says("Ближайшее")).plain
    assert "ответ «Да, это я»: теперь это одна запись" in head.sees.plain
    await head.presses("Разъединить записи")
    assert "Ваш ответ: приду" in (await old.says("Ближайшее")).plain
    assert "Вы ещё не ответили" in (await new.says("Ближайшее")).plain


async def test_she_says_no(world: World) -> None:
    head, old, new = await two_accounts(world)
    await head.presses("СОШ № 45")
    await head.presses("Да, спросить")
    await world.rings()
    yes = new.data_of("Да, это я")
    assert "это другой человек" in (await new.presses("Нет")).plain
    assert "Такой записи" in (await new.presses_data(yes)).plain
    await world.rings()
    assert "ответ «Нет»: это два разных человека" in head.sees.plain
    assert "Ваш ответ: приду" in (await old.says("Ближайшее")).plain


async def test_nobody_else_says_it_for_her(world: World) -> None:
    head, old, new = await two_accounts(world)
    await head.presses("СОШ № 45")
    await head.presses("Да, спросить")
    await world.rings()
    yes = new.data_of("Да, это я")
    for one in (old, head):
        assert "Такой записи" in (await one.presses_data(yes)).plain
    assert "Ваш ответ: приду" in (await old.says("Ближайшее")).plain


async def test_the_first_telephone_may_stay(world: World) -> None:
    head, old, new = await two_accounts(world)
    await head.presses("СОШ № 45")
    assert "остаётся первый телефон?" in (await head.presses("Остаётся первый телефон")).plain
    await head.presses("Да, спросить")
    await world.rings()
    await old.presses("Да, это я")
    await world.rings()
    assert "Чтобы войти" in (await new.says("Ближайшее")).plain
    assert "Ваш ответ: приду" in (await old.says("Ближайшее")).plain


async def test_who_has_blocked_the_bot_cannot_be_asked(world: World) -> None:
    head, _, new = await two_accounts(world)
    await new.blocks()
    await head.presses("СОШ № 45")
    assert "сообщения в этот Telegram не доходят" in (await head.presses("Да, спросить")).plain


async def test_what_cannot_be_asked(world: World) -> None:
    head, _ = await twins(world)
    await come_in(world, 4004, "Белова Ольга Петровна", "СОШ № 7")
    for person, record, said in (
        (4, 1, "Сначала передайте дела"),
        (4, 4, "одна и та же"),
        (3, 2, "уже отменено"),
        (99, 3, "в списке нет"),
    ):
        for sure in ("ask", "yes"):
            press = AskHer(person=person, record=record, sure=sure).pack()
            assert said in (await head.presses_data(press)).plain


async def test_nobody_alike(world: World) -> None:
    head, _ = await twins(world)
    await finds(head, "Орлова")
    assert "Похожей записи в списке нет" in (await head.presses("Объединить записи")).plain
