"""A guest comes in by an event's own link, and sees that event alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from domain.broadcasts import EVERYBODY
from domain.period import Period
from domain.plan_draft import ActivityDraft, Kind
from tests.bot.conftest import Person, Shown, World
from tests.bot.people import (
    LAW,
    MEETING,
    OTHER_THAN_WORDS,
    call_off,
    come_in,
    come_in_maria,
    event_called,
    invitation_digits,
    settle,
)
from tests.bot.test_hosting import made_up

SECRET = ActivityDraft(
    title="Закрытый совет",
    kind=Kind.COUNCIL,
    periods=(Period.at(date(2026, 11, 17), time(15), time(16)),),
    venue="Гимназия № 21",
    responsible="Орлова Н. В.",
)


async def at_guests(world: World) -> Person:
    """The coordinator has «Гости» of the meeting before her; another event comes before it."""
    head = await settle(world, MEETING, SECRET)
    await opened(world, head)
    return head


async def opened(world: World, head: Person) -> Shown:
    event = await event_called(world, "Заседание")
    return await head.presses_data(f"guests:{event.id}")


async def the_code(head: Person) -> str:
    """The code of the link for guests."""
    await head.presses("Пригласить гостей по ссылке")
    return head.sees.plain.partition("start=")[2].split()[0]


async def a_guest(world: World, telegram_id: int = 7007) -> Person:
    """Анна Львовна of the library is a guest of the meeting."""
    code = await the_code(await at_guests(world))
    anna = world.person(telegram_id)
    await anna.says(f"/start {code}")
    await anna.presses("Согласие даю")
    await anna.says("Иванова Анна Львовна")
    await anna.says("районная библиотека")
    return anna


async def test_what_the_coordinator_passes_on(world: World) -> None:
    head = await at_guests(world)
    await head.presses("Пригласить гостей по ссылке")
    about, words = head.chat.shown[-2:]
    assert about.plain == (
        "Ссылка для гостей: Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "Перешлите следующее сообщение тем, кого зовёте. Гости увидят только эту встречу, сами ответят и "
        "получат напоминания. Ссылка действует, пока встреча не пройдёт."
    )
    assert about.labels == ["Другая ссылка вместо этой", "Закрыть ссылку", "‹ Назад"]
    assert words.plain.startswith(
        "Приглашаем: Заседание РМО (среда, 18 ноября, 14:00–16:00).\nГде: МБОУ СОШ № 412.\nОтветить"
    )
    again = await the_code(head)
    assert again in words.plain  # one link for all


async def test_from_the_link_to_the_card(world: World) -> None:
    code = await the_code(await at_guests(world))
    anna = world.person(7007)
    asked = await anna.says(f"/start {code}")
    assert "Вас приглашают: Заседание РМО (среда, 18 ноября, 14:00–16:00)." in asked.plain
    async with world.stored() as rows:
        assert await rows.people.actor(7007) is None
    await anna.presses("Согласие даю")
    assert "фамилию, имя и отчество" in anna.sees.plain
    assert (await anna.says("Иванова Анна Львовна")).plain == (
        "Анна Львовна, очень приятно. Откуда вы? Напишите, где работаете, например: районная библиотека."
    )
    card = await anna.says("районная библиотека")
    assert anna.chat.shown[-2].plain == (
        "Анна Львовна, вы в списке гостей: Заседание РМО (среда, 18 ноября, 14:00–16:00).\n"
        "Накануне напомню, а если что-то изменится, напишу. Ответьте, пожалуйста, придёте ли вы, – кнопки на "
        "карточке ниже."
    )
    assert card.labels == ["Приду", "Не смогу", "Пока не знаю"]
    assert "Ваш ответ: приду." in (await anna.presses("Приду")).plain


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("...", "Не вижу, откуда вы"),
        ("🙂", "Не вижу, откуда вы"),
        ("что дальше?", "Не похоже на место работы"),
        ("Б" * 201, "хватит 200 знаков"),
        ("Б" * 4000, "хватит 200 знаков"),
        ("Иванова Анна Львовна", "Имя уже записано"),
    ],
)
async def test_where_she_comes_from_is_asked_again(world: World, words: str, refusal: str) -> None:
    code = await the_code(await at_guests(world))
    anna = world.person(7007)
    await anna.says(f"/start {code}")
    await anna.presses("Согласие даю")
    await anna.says("Иванова Анна Львовна")
    assert refusal in (await anna.says(words)).plain
    assert "Приду" in (await anna.says("<b>ЦБС</b> & библиотека")).labels
    await opened(world, world.head)
    assert "Иванова Анна Львовна, <b>ЦБС</b> & библиотека – ответа нет" in world.head.sees.plain


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_no_sticker_is_where_she_comes_from(world: World, sent: dict[str, object]) -> None:
    code = await the_code(await at_guests(world))
    anna = world.person(7007)
    await anna.says(f"/start {code}")
    await anna.presses("Согласие даю")
    await anna.says("Иванова Анна Львовна")
    assert "Откуда вы?" in (await anna.sends_other(**sent)).plain
    assert "осталось познакомиться" in anna.sees_all.casefold() or "нужны слова" in anna.sees_all
    # A button of the members' question does not make her one.
    assert "Откуда вы?" in (await anna.presses_data("school:1")).plain
    await anna.says("библиотека")
    assert (await world.actor(anna)).role == "guest"


async def test_she_is_counted_once_and_listed_with_her_organisation(world: World) -> None:
    head = await at_guests(world)
    await head.presses("Добавить гостя")
    await head.says("Иванова Анна Львовна, ЦБС")
    code = await the_code(head)
    anna = world.person(7007)
    await anna.says(f"/start {code}")
    await anna.presses("Согласие даю")
    await anna.says("Иванова Анна Львовна")
    await anna.says("районная библиотека")
    assert "Пока никто не сказал «Приду»." in anna.sees.plain  # who was written down is she
    assert "Придёт 1 человек." in (await anna.presses("Приду")).plain
    guests = await opened(world, head)
    assert guests.plain == (
        "Гости – 1: Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "Иванова Анна Львовна, районная библиотека – придёт\n"
        "Гости стоят в общем списке и считаются вместе со всеми.\n"
        "Где стоит ответ, гость отвечает здесь и считается по нему."
    )
    await head.presses("Назад")
    assert "Придут – 1:\nИванова Анна Львовна, районная библиотека (гость)" in head.sees.plain
    assert "Гости\nИванова А. Л." in (await head.presses("По школам")).plain


async def test_her_keys_speak_of_her_event_alone(world: World) -> None:
    anna = await a_guest(world)
    nearest = await anna.says("Ближайшее")
    assert "Заседание РМО" in nearest.plain
    assert "Других встреч впереди пока нет." in nearest.plain
    assert "Дальше ▶" not in nearest.labels
    mine = await anna.says("Мои ответы")
    assert "Заседание РМО" in mine.plain
    plan = await anna.says("План на год")
    assert plan.plain == (
        "План на год – для тех, кто в объединении, а вас пригласили на отдельную встречу. "
        "Она – по кнопке «Ближайшее»."
    )
    assert "на которую вас пригласили" in (await anna.says("Помощь")).plain
    await anna.says("абракадабра")
    assert "Спросите, например: «что дальше?» – или нажмите" in anna.chat.shown[-2].plain
    await anna.says("Настройки")
    data = await anna.presses("Мои данные")
    assert "Откуда: районная библиотека" in data.plain
    await anna.presses("Исправить, откуда вы")
    assert "Исправлено: ЦБС." in (await anna.says("ЦБС")).plain
    await anna.says("Настройки")
    assert (await anna.presses("Напоминания")).labels == ["Как часто", "Пауза до…"]
    await anna.presses("Как часто")
    await anna.presses("Реже")
    for words in (
        "что дальше?",
        "что в ноябре?",
        "когда совет?",
        "закрытый совет",
        "план",
        "помощь",
        "17 ноября",
        "приду",
        "/plan",
        "/my",
        "почему мне это пришло?",
    ):
        await anna.says(words)
    assert "Закрытый" not in anna.sees_all
    assert "Орлова" not in anna.sees_all


async def test_she_is_asked_no_reasons_of_a_school(world: World) -> None:
    anna = await a_guest(world)
    await anna.says("Ближайшее")
    await anna.presses("Не смогу")
    assert anna.sees.plain.startswith("Что помешало?")
    assert anna.sees.labels == ["Другое – напишу", "Не скажу"]
    await anna.says("уезжаю")
    assert anna.sees.plain.startswith("Записано: «уезжаю».")


async def test_no_made_up_press_shows_another_event(world: World) -> None:
    anna = await a_guest(world)
    other = await event_called(world, "Закрытый")
    presses = [*made_up(other.id), "next:1", "next:0", "month:2026:11", "all", "board:2026:11", "who:1:0"]
    for data in presses:
        await anna.presses_data(data)
    assert "Закрытый" not in anna.sees_all
    assert "Орлова" not in anna.sees_all
    async with world.stored() as rows:
        assert [one for one in await rows.association(1).rsvps.attendees(other.id) if one.guest] == []
    assert (await event_called(world, "Закрытый")).revision == other.revision


async def test_she_is_reminded_told_and_written_to_of_her_event_alone(world: World) -> None:
    anna = await a_guest(world)
    await anna.presses("Приду")
    head = world.head
    await world.rings()
    world.clock.moment = datetime(2026, 11, 17, 11, 1, tzinfo=UTC)  # 18:01, the evening before
    await world.rings()
    assert "Завтра" in anna.sees.plain
    assert "Заседание РМО" in anna.sees.plain
    assert "Вас пригласили на эту встречу." in (await anna.presses("Почему мне это пришло?")).plain
    event = await event_called(world, "Заседание")
    await head.presses_data(f"change:{event.id}:place")
    assert "Сообщу 1 человеку." in (await head.says("Лицей № 12")).plain
    await head.presses("Да, сменить")
    await world.rings()
    assert "Лицей № 12" in anna.sees.plain
    await head.presses_data(f"tocome:{event.id}")
    assert "Тем, кто придёт – 1" in head.sees.labels
    assert "Закрытый" not in anna.sees_all


async def test_words_to_all_and_digests_are_not_for_her(world: World) -> None:
    anna = await a_guest(world)
    async with (uow := world.uow()) as rows:
        await rows.association(1).members.set_timing(
            (await world.actor(anna)).person_id, weekly=True, monthly=True
        )
        assert await rows.mailing.count_meant(1, EVERYBODY, but=0) == (1, 0)
        await uow.commit()
    before = anna.sees_all
    await world.rings()
    world.clock.moment = datetime(2026, 11, 9, 5, 0, tzinfo=UTC)  # a Monday
    await world.rings()
    assert anna.sees_all == before


async def test_a_cancelled_event_is_cancelled_for_her(world: World) -> None:
    anna = await a_guest(world)
    event = await event_called(world, "Заседание")
    head = world.head
    await head.presses_data(f"change:{event.id}:cancel")
    await head.presses("Без причины")
    await head.presses("Да, отменить")
    await world.rings()
    assert anna.sees.plain.startswith("Отменено: Заседание РМО")
    assert "впереди нет" in (await anna.says("Ближайшее")).plain


async def test_a_closed_link_and_a_new_one(world: World) -> None:
    head = await at_guests(world)
    old = await the_code(head)
    await head.presses("Другая ссылка вместо этой")
    assert head.chat.shown[-2].plain.startswith("Новая ссылка для гостей")
    new = head.sees.plain.partition("start=")[2].split()[0]
    vera = world.person(8008)
    assert "больше не действует" in (await vera.says(f"/start {old}")).plain
    assert "Вас приглашают" in (await vera.says(f"/start {new}")).plain
    await head.presses("Закрыть ссылку")
    assert world.telegram.toasts[-1] == "Ссылка закрыта. Кто уже вошёл, остаётся в списке."
    await vera.presses("Согласие даю")  # of the message before it was closed
    assert "больше не действует" in vera.sees.plain
    async with world.stored() as rows:
        assert await rows.people.actor(8008) is None


@pytest.mark.parametrize("why", ["over", "cancelled"])
async def test_once_there_is_nothing_to_come_to(world: World, why: str) -> None:
    code = await the_code(await at_guests(world))
    if why == "over":
        world.clock.moment = datetime(2026, 11, 18, 9, 1, tzinfo=UTC)
    else:
        await call_off(world, "Заседание")
    assert "уже прошла или отменена" in (await world.person(7007).says(f"/start {code}")).plain


async def test_a_guest_taken_out_sees_it_no_more(world: World) -> None:
    anna = await a_guest(world)
    await anna.presses("Приду")
    going = anna.sees.message_id
    head = world.head
    await opened(world, head)
    gone = head.data_of("Убрать: Иванова")
    assert "Гостей пока нет" in (await head.presses("Убрать: Иванова")).plain
    assert "Гостей пока нет" in (await head.presses_data(gone, head.sees.message_id)).plain
    event = await event_called(world, "Заседание")
    assert "больше нет" in (await anna.presses_data(f"rsvp:{event.id}:going:-1", going)).plain
    before = anna.sees_all
    await world.rings()
    world.clock.moment = datetime(2026, 11, 17, 11, 1, tzinfo=UTC)
    await world.rings()
    assert anna.sees_all == before
    await head.presses("Назад")
    assert "Иванова" not in head.sees.plain


async def test_before_the_day_is_named_nothing_is_asked(world: World) -> None:
    head = await settle(world, LAW)
    event = await event_called(world, "Правовые")
    await head.presses_data(f"guests:{event.id}")
    code = await the_code(head)
    anna = world.person(7007)
    await anna.says(f"/start {code}")
    await anna.presses("Согласие даю")
    await anna.says("Иванова Анна Львовна")
    card = await anna.says("районная библиотека")
    assert "Как только назовут день, я напишу" in anna.chat.shown[-2].plain
    assert card.labels == []
    await head.presses_data(f"day:{event.id}:20261118:1400")
    await head.presses("Подтвердить")
    await world.rings()
    assert "Правовые основы" in anna.sees.plain
    assert "Приду" in anna.sees.labels


async def test_a_member_just_sees_the_card(world: World) -> None:
    head = await at_guests(world)
    code = await the_code(head)
    maria = await come_in_maria(world)
    assert "Заседание РМО" in (await maria.says(f"/start {code}")).plain
    await maria.presses("Приду")
    guests = await opened(world, head)
    assert "Гостей пока нет" in guests.plain


async def test_a_guest_becomes_a_member_and_keeps_her_answer(world: World) -> None:
    anna = await a_guest(world)
    await anna.presses("Приду")
    digits = await invitation_digits(world)
    await anna.says(digits)
    await anna.presses("Согласие даю")
    assert "школе вы работаете" in anna.sees.plain
    await anna.says("СОШ № 45")
    assert "вы в списке" in anna.sees.plain
    head = world.head
    guests = await opened(world, head)
    assert "Гостей пока нет" in guests.plain
    await head.presses("Назад")
    assert "Придут – 1:\nИванова Анна Львовна, СОШ № 45" in head.sees.plain
    assert "(гость)" not in head.sees.plain
    assert "Закрытый совет" in (await anna.says("План на год")).plain


async def test_she_leaves_and_is_erased(world: World) -> None:
    anna = await a_guest(world)
    await anna.presses("Приду")
    await anna.says("/stop")
    await anna.presses("Выйти из списка")
    await anna.presses("Да, выйти")
    head = world.head
    assert "Гостей пока нет" in (await opened(world, head)).plain
    await anna.presses("Стереть всё")
    await anna.presses("Да, стереть")
    async with world.stored() as rows:
        assert await rows.people.actor(7007) is None
    await head.presses("Назад")
    assert "Иванова" not in head.sees.plain


async def test_a_member_of_another_association_stays_where_she_is(world: World) -> None:
    """She comes as a guest from her school: nothing more is asked, and her keys speak of her own plan."""
    code = await the_code(await at_guests(world))
    async with (uow := world.uow()) as rows:
        other = await rows.associations.add("РМО Лесного района", "Asia/Novosibirsk", "{}", world.clock.now())
        await rows.associations.change(other, profile_id=1)
        await rows.associations.mark_set_up(other, world.clock.now())
        await uow.commit()
    vera = await come_in(world, 9009, "Седова Вера Олеговна", "СОШ № 7", association=other)
    await vera.says(f"/start {code}")
    card = await vera.presses("Согласие даю")
    assert "Заседание РМО" in card.plain
    assert "Ваш ответ: приду." in (await vera.presses("Приду")).plain
    assert (await world.actor(vera)).home.id == other
    assert "Заседание РМО" not in (await vera.says("Ближайшее")).plain
    assert "Седова Вера Олеговна, СОШ № 7 – придёт" in (await opened(world, world.head)).plain
