"""«Поручить встречу»: who presents one event sees and runs it, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

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
    entrust,
    event_called,
    settle,
)
from tests.bot.test_rights import BUTTONS
from tests.bot.test_turnout import rows_of

CONCERT = ActivityDraft(
    title="Закрытый совет",
    kind=Kind.COUNCIL,
    periods=(Period.at(date(2026, 11, 20), time(15), time(16)),),
    venue="Гимназия № 21",
    responsible="Орлова Н. В.",
)


async def at_the_screen(world: World) -> Person:
    """The coordinator has «Поручить встречу» before her; two of the association's people are in."""
    head = await settle(world, MEETING, CONCERT)
    await come_in(world, 2002, "Белова Мария Ивановна", "МБОУ СОШ № 412")
    await come_in(world, 3003, "Быкова Анна Львовна", "СОШ № 9")
    await opened(head)
    return head


async def opened(head: Person) -> Shown:
    await head.says("Ближайшее")
    await head.presses("Ещё")
    await head.presses("Изменить", of=head.sees)
    return await head.presses("Поручить встречу")


async def hosted(world: World) -> Person:
    """Мария presents the meeting, and has heard so."""
    head = await at_the_screen(world)
    await head.presses("Поручить: Белова")
    await head.presses("Да, поручить")
    await world.rings()
    return world.person(2002)


async def test_the_name_on_the_card_is_offered(world: World) -> None:
    head = await at_the_screen(world)
    assert head.sees.plain == (
        "Кому поручить встречу? Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "На карточке: Белова М. И.\n"
        "Пока никому не поручено.\n"
        "Кому поручите, увидит, кто придёт, сможет вести список, назвать или перенести день, поправить часы "
        "и место, сказать, сколько мест, приложить материалы и написать тем, кто придёт. О новом дне, часах "
        "и месте я вам сообщу, их можно вернуть. Причины и отмена остаются за вами."
    )
    assert head.sees.labels == [
        "Поручить: Белова Мария Ивановна",
        "Выбрать из списка",
        "Пригласить по ссылке",
        "‹ Назад",
    ]
    preview = await head.presses("Поручить: Белова")
    assert preview.plain == (
        "Поручить встречу? Заседание РМО (среда, 18 ноября, 14:00–16:00)\n"
        "Кому: Белова Мария Ивановна, СОШ № 412.\n"
        "Сообщу 1 человеку. Забрать можно в любой момент."
    )
    done = await head.presses("Да, поручить")
    assert "Поручено:\n• Белова Мария Ивановна, СОШ № 412" in done.plain
    assert "Убрать: Белова Мария Ивановна" in done.labels
    assert world.telegram.toasts[-1] == "Записано, сообщу."


async def test_she_is_told_once(world: World) -> None:
    maria = await hosted(world)
    assert maria.sees.plain == (
        "Мария Ивановна, вы проводите встречу: Заседание РМО (среда, 18 ноября, 14:00–16:00).\n"
        "Теперь вам видно, кто придёт; здесь же можно внести ответ того, кто позвонил, записать гостей, "
        "перенести день, поправить часы и место, приложить материалы, написать тем, кто придёт. Список "
        "пришлю к сроку ответов и накануне вечером."
    )
    assert maria.sees.labels == ["Кто придёт", "Карточка встречи"]
    head = world.head
    await head.presses_data(f"host+:{(await event_called(world, 'Заседание')).id}:2")
    await world.rings()
    assert maria.sees_all.count("вы проводите встречу") == 1


async def test_namesakes_are_told_apart(world: World) -> None:
    head = await at_the_screen(world)
    await come_in(world, 4004, "Быкова Анна Львовна", "Гимназия № 4")
    listed = await head.presses("Выбрать из списка")
    assert [one for one in listed.labels if "Быкова" in one] == [
        "Быкова Анна Львовна · СОШ № 9",
        "Быкова Анна Львовна · Гимназия № 4",
    ]
    assert "Кому: Быкова Анна Львовна, Гимназия № 4." in (await head.presses("Гимназия № 4")).plain


async def test_anybody_is_chosen_from_the_list_and_released(world: World) -> None:
    head = await at_the_screen(world)
    listed = await head.presses("Выбрать из списка")
    assert listed.labels == [
        "Белова Мария Ивановна · СОШ № 412",
        "Быкова Анна Львовна · СОШ № 9",
        "Орлова Наталья Викторовна · Лицей № 12",
        "‹ Назад",
    ]
    await head.presses("Быкова")
    await head.presses("Да, поручить")
    gone = head.data_of("Убрать: Быкова")
    assert "Пока никому не поручено" in (await head.presses("Убрать: Быкова")).plain
    assert "Пока никому не поручено" in (await head.presses_data(gone, head.sees.message_id)).plain
    await world.rings()
    anna = world.person(3003)
    assert "вы проводите" not in anna.sees_all
    assert "Кто придёт" not in (await anna.says("Ближайшее")).labels


async def test_the_coordinator_hears_nothing_of_what_she_takes_herself(world: World) -> None:
    head = await at_the_screen(world)
    await head.presses("Выбрать из списка")
    assert "Писать об этом никому не буду." in (await head.presses("Орлова")).plain
    await head.presses("Да, поручить")
    assert world.telegram.toasts[-1] == "Записано."
    await world.rings()
    assert "вы проводите" not in head.sees_all


async def test_she_runs_the_list(world: World) -> None:
    maria = await hosted(world)
    anna = world.person(3003)
    await anna.says("Ближайшее")
    await anna.presses("Не смогу")
    await anna.presses("Уроки")
    shown = await maria.presses("Кто придёт")
    assert "Быкова Анна Львовна, СОШ № 9" in shown.plain
    assert "уроки" not in shown.plain
    assert shown.labels == ["По школам", "Гости", "Явка", "Ещё", "‹ Назад"]
    more = await maria.presses("Ещё", of=shown)
    assert more.labels == [
        "Ответить за человека",
        "Сколько мест",
        "Написать тем, кто придёт",
        "Excel",
        "‹ Назад",
    ]
    shown = await maria.presses("‹ Назад", of=more)
    assert "уроки" not in (await maria.presses("По школам", of=shown)).plain
    await maria.presses("Ещё", of=maria.sees)
    file = await maria.presses("Excel")
    assert file.plain == (
        "Список: Заседание РМО.\nОн только для этой встречи, дальше его лучше не пересылать."
    )
    assert rows_of(file)[2] == ["№", "Фамилия, имя, отчество", "Школа, организация", "Ответ", "Примечание"]
    assert "уроки" not in str(rows_of(file))
    await maria.presses("Ответить за человека", of=maria.chat.shown[-2])
    await maria.presses("Орлова")
    assert "✅ Придёт" in (await maria.presses("Придёт")).labels
    await maria.says("Ближайшее")
    await maria.presses("Кто придёт")
    await maria.presses("Гости")
    assert "Пригласить гостей по ссылке" not in maria.sees.labels
    await maria.presses("Добавить гостя")
    assert "Гости – 1:" in (await maria.says("Иванова Анна Львовна, районная библиотека")).plain
    assert "Гостей пока нет" in (await maria.presses("Убрать: Иванова")).plain


async def test_she_says_where_it_is_and_whom_to_ask(world: World) -> None:
    maria = await hosted(world)
    await maria.says("Ближайшее")
    assert (await maria.presses("Ещё")).labels == [
        "Перенести",
        "Сменить место",
        "К кому обращаться",
        "Материалы",
        "Бумаги",
        "‹ Назад",
    ]
    await maria.presses("Сменить место")
    preview = await maria.says("Лицей № 12, каб. 214; вход со двора\nвзять: паспорт")
    assert "Сообщу 2 людям." in preview.plain
    assert (await maria.presses("Да, сменить")).labels == ["Карточка встречи"]
    await maria.presses("Карточка встречи")
    await maria.presses("Ещё")
    await maria.presses("К кому обращаться")
    await maria.says("Белова Мария Ивановна, 8 900 000-00-00")
    assert (await maria.presses("Подтвердить")).labels == ["Карточка встречи"]
    event = await event_called(world, "Заседание")
    assert (event.venue, event.entrance, event.bring) == ("Лицей № 12, каб. 214", "со двора", "паспорт")
    assert event.contact == "Белова Мария Ивановна, 8 900 000-00-00"
    journal = await world.head.presses_data("jrn:0:0")
    assert "Белова М. И. – новое место" in journal.plain
    assert "Орлова Н. В. – встречу проводит Белова М. И." in journal.plain


async def test_she_sets_the_hours_of_her_day(world: World) -> None:
    """Seen first, with how many hear of it."""
    maria = await hosted(world)
    await maria.says("Ближайшее")
    await maria.presses("Ещё")
    await maria.presses("Перенести")
    await maria.presses("Начало и конец")
    preview = await maria.says("15:00–16:30")
    assert "Среда, 18 ноября, 15:00–16:30" in preview.plain
    done = await maria.presses("Подтвердить")
    assert done.labels == ["Карточка встречи"]
    event = await event_called(world, "Заседание")
    assert event.period == Period.at(date(2026, 11, 18), time(15), time(16, 30))
    await world.rings()
    assert "15:00" in world.person(3003).sees.plain


async def test_she_moves_her_day_and_the_coordinator_takes_it_back(world: World) -> None:
    maria, head = await hosted(world), world.head
    await maria.says("Ближайшее")
    await maria.presses("Ещё")
    board = await maria.presses("Перенести")
    assert "Отложить без дня" not in board.labels
    preview = await maria.presses("19 чт")
    assert "Четверг, 19 ноября, 14:00–16:00" in preview.plain
    assert "Расскажу 2 людям и попрошу ответить." in preview.plain
    assert (await maria.presses("Подтвердить")).labels == ["Карточка встречи"]
    await world.rings()
    assert "19 ноября" in world.person(3003).sees.plain
    told = next(one for one in reversed(head.chat.shown) if "Изменение вносит" in one.plain)
    assert told.plain == (
        "Заседание РМО: другой день или час.\n"
        "Теперь: четверг, 19 ноября, 14:00–16:00\n"
        "Было: среда, 18 ноября, 14:00–16:00\n"
        "Изменение вносит Белова М. И., проводит эту встречу. Люди об этом узнают. Не так? Нажмите «Вернуть "
        "как было»."
    )
    assert told.labels == ["Вернуть как было", "Карточка встречи"]
    assert "Изменение вносит" not in maria.sees_all
    assert "Белова М. И. –" in (await head.presses_data("jrn:0:0")).plain
    await head.presses("Вернуть как было", of=told)
    await head.presses("Да, вернуть")
    assert (await event_called(world, "Заседание")).period.first_day == date(2026, 11, 18)


async def test_a_place_she_changed_is_told_and_stale_after_the_next_change(world: World) -> None:
    maria, head = await hosted(world), world.head
    event = await event_called(world, "Заседание")
    await maria.presses_data(f"change:{event.id}:place")
    await maria.says("Лицей № 12")
    await maria.presses("Да, сменить")
    await world.rings()
    told = next(one for one in reversed(head.chat.shown) if "Изменение вносит" in one.plain)
    assert "другое место.\nТеперь: Лицей № 12\nБыло: МБОУ СОШ № 412\n" in told.plain
    await maria.presses_data(f"day:{event.id}:20261120:-")
    await maria.presses("Подтвердить")
    assert "Белова М. И. –" in (await head.presses("Вернуть как было", of=told)).plain


async def test_what_a_coordinator_who_presents_changes_needs_no_telling(world: World) -> None:
    head = await at_the_screen(world)
    await entrust(world, head, "Заседание")
    event = await event_called(world, "Заседание")
    await head.presses_data(f"day:{event.id}:20261120:-")
    await head.presses("Подтвердить")
    await world.rings()
    assert "Изменение вносит" not in head.sees_all


async def test_she_names_a_day_and_sees_no_other_event(world: World) -> None:
    """What else has no day is the coordinator's; so is putting off, in words as well."""
    head = await settle(world, LAW, replace(LAW, title="Семинар «Фонды»"))
    maria = await come_in_maria(world)
    await entrust(world, maria, "Правовые")
    event = await event_called(world, "Правовые")
    board = await maria.presses_data(f"days:{event.id}")
    assert "Фонды" not in " ".join(board.labels)
    assert "Пока не знаю" not in board.labels
    assert "только руководитель" in (await maria.says("в декабре")).plain
    assert "18 ноября, 15:00" in (await maria.says("18 ноября 15:00")).plain
    await maria.presses("Подтвердить")
    await world.rings()
    told = next(one for one in reversed(head.chat.shown) if "Изменение вносит" in one.plain)
    assert "назван день.\nТеперь: среда, 18 ноября, 15:00\nБыло: ноябрь" in told.plain
    other = await event_called(world, "Фонды")
    assert "поручена" in (await maria.presses_data(f"day:{other.id}:20261120:-")).plain


async def test_she_writes_to_those_who_come(world: World) -> None:
    maria, anna = await hosted(world), world.person(3003)
    event = await event_called(world, "Заседание")
    nobody = await maria.presses_data(f"to:coming:{event.id}")
    assert "Писать пока некому" in nobody.plain
    assert nobody.labels == ["‹ Назад"]
    await anna.says("Ближайшее")
    await anna.presses("Приду")
    await maria.presses("Ещё", of=await maria.presses_data(f"who:{event.id}:0"))
    asked = await maria.presses("Написать тем, кто придёт")
    assert asked.labels == ["‹ Назад"]
    preview = await maria.says("Возьмите <ноутбуки>")
    assert maria.chat.shown[-2].plain == (
        "Заседание РМО\nПишет Белова Мария Ивановна, проводит эту встречу:\nВозьмите <ноутбуки>"
    )
    assert "Получит 1 человек." in preview.plain
    assert "Отправляю." in (await maria.presses("Отправить")).plain
    await world.rings()
    assert anna.sees.plain == maria.chat.shown[-2].plain
    assert "ноутбуки" not in world.head.sees_all
    stop = maria.data_of("Остановить")
    assert "✅ Отправлено 1 из 1." in (await maria.presses_data(stop)).plain


async def test_she_stops_her_words_and_nobody_elses(world: World) -> None:
    maria, anna = await hosted(world), world.person(3003)
    event = await event_called(world, "Заседание")
    await anna.presses_data(f"rsvp:{event.id}:going:-1")
    await maria.presses_data(f"to:coming:{event.id}")
    await maria.says("Возьмите ноутбуки")
    going = await maria.presses("Отправить")
    assert "только руководитель" in (await anna.presses_data("stop:1")).plain
    assert "Никто ничего не получил." in (await maria.presses("Остановить", of=going)).plain
    await world.rings()
    assert "ноутбуки" not in anna.sees_all


async def test_she_writes_to_nobody_else(world: World) -> None:
    maria, anna = await hosted(world), world.person(3003)
    event, other = await event_called(world, "Заседание"), await event_called(world, "Закрытый")
    for one in (event, other):
        await anna.presses_data(f"rsvp:{one.id}:going:-1")
    assert "поручена" in (await maria.presses_data(f"to:coming:{other.id}")).plain
    for data in (f"to:silent:{event.id}", "to:all:0", "to:school:1", "to:group:1", "nophone:1"):
        assert "только руководитель" in (await maria.presses_data(data)).plain, data
    await maria.presses_data(f"to:coming:{event.id}")
    await maria.says("Возьмите ноутбуки")
    sends = maria.data_of("Отправить")
    head = world.head
    await opened(head)
    await head.presses("Убрать: Белова")
    assert "поручена" in (await maria.presses_data(sends)).plain
    await world.rings()
    assert "ноутбуки" not in anna.sees_all


async def test_she_counts_the_seats(world: World) -> None:
    maria = await hosted(world)
    await maria.presses("Ещё", of=await maria.presses("Кто придёт"))
    await maria.presses("Сколько мест")
    await maria.says("25")
    done = await maria.presses("Да, столько")
    assert "Будет 25 мест." in done.plain
    assert done.labels == ["Кто придёт", "Карточка встречи"]
    assert (await event_called(world, "Заседание")).seats == 25


async def test_she_adds_materials_and_tells_those_who_come(world: World) -> None:
    maria, anna = await hosted(world), world.person(3003)
    await anna.says("Ближайшее")
    await anna.presses("Приду")
    await maria.says("Ближайшее")
    await maria.presses("Ещё")
    await maria.presses("Материалы")
    await maria.presses("Добавить")
    await maria.says("Запись https://disk.example.org/i/1")
    await maria.presses("Пока всё")
    preview = await maria.presses("Сообщить о материалах")
    assert "1 человек" in preview.plain
    await maria.presses("Да, сообщить")
    await world.rings()
    assert "Запись" in anna.sees.plain


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_words_are_needed_for_a_place(world: World, sent: dict[str, object]) -> None:
    maria = await hosted(world)
    await maria.says("Ближайшее")
    await maria.presses("Ещё")
    await maria.presses("Сменить место")
    assert "нужны слова" in (await maria.sends_other(**sent)).plain


async def test_the_list_and_the_summary_reach_her_without_telephones(world: World) -> None:
    maria = await hosted(world)
    await maria.presses("Карточка встречи")
    await maria.presses("Приду")
    world.clock.moment = datetime(2026, 11, 17, 12, 1, tzinfo=UTC)  # 19:01, the evening before
    await world.rings()
    head = world.head
    summary = next(one for one in reversed(maria.chat.shown) if "Откуда:" in one.plain)
    assert summary.plain.startswith("В среду, 18 ноября, в 14:00 – Заседание РМО. Придёт 1 человек.")
    assert summary.labels == ["Кто придёт"]
    hers = next(one for one in reversed(head.chat.shown) if "Откуда:" in one.plain)
    assert hers.labels == ["Кто придёт", "Позвоните"]
    anna = world.person(3003)
    assert "Откуда:" not in anna.sees_all
    assert "Эта встреча поручена вам." in (await maria.says("почему мне это пришло?")).plain


async def test_nobody_hears_the_list_who_was_released(world: World) -> None:
    maria = await hosted(world)
    head = world.head
    await opened(head)
    await head.presses("Убрать: Белова")
    world.clock.moment = datetime(2026, 11, 17, 12, 1, tzinfo=UTC)
    await world.rings()
    assert "Откуда:" not in maria.sees_all
    assert "те, кому поручена" in (await maria.presses("Кто придёт")).plain


async def test_no_other_event_is_hers(world: World) -> None:
    """Every button of every screen, made up for an event that she does not present."""
    maria = await hosted(world)
    other = await event_called(world, "Закрытый")
    desk_only = 0
    for data in made_up(other.id):
        shown = await maria.presses_data(data)
        if "только руководитель" in shown.plain:
            desk_only += 1
        assert "Не ответили" not in shown.plain
        assert "Орлова Наталья" not in shown.plain
    assert desk_only > 20
    again = await event_called(world, "Закрытый")
    assert again.revision == other.revision


async def test_of_her_own_event_she_neither_cancels_nor_puts_off_nor_renames(world: World) -> None:
    maria = await hosted(world)
    event = await event_called(world, "Заседание")
    for data in (
        f"change:{event.id}:cancel",
        f"sure:{event.id}:{event.revision}:cancel",
        f"change:{event.id}:deadline",
        f"putoff:{event.id}",
        f"offok:{event.id}:{event.revision}:202612:202612",
        f"edit:{event.id}",
        f"field:{event.id}:title",
        f"tocome:{event.id}",
        f"hosts:{event.id}",
        f"guestlink:{event.id}:show",
        f"call:{event.id}:0",
    ):
        shown = await maria.presses_data(data)
        assert "руководитель" in shown.plain or "устарела" in shown.plain, data
    again = await event_called(world, "Заседание")
    assert again.revision == event.revision


def made_up(event_id: int) -> list[str]:
    """A press of every kind that names an event."""
    found = []
    for kind in BUTTONS:
        if "event" not in kind.model_fields:
            continue
        for choice in range(3):
            values: dict[str, object] = {}
            for name, field in kind.model_fields.items():
                choices = list(getattr(field.annotation, "__args__", ()) or [])
                members = list(getattr(field.annotation, "__members__", {}).values())
                options = [one for one in choices if isinstance(one, str)] or members
                if name == "event":
                    values[name] = event_id
                elif options:
                    values[name] = options[choice % len(options)]
                elif name in {"day", "first", "last"}:
                    values[name] = "20261119" if kind.__prefix__ in {"day", "name"} else "202612"
                elif name == "year":
                    values[name] = 2026
                elif field.annotation is str:
                    values[name] = "1400"
                else:
                    values[name] = 1
            found.append(kind(**values).pack())
    return list(dict.fromkeys(found))


# By an invitation


async def invited(world: World) -> tuple[Person, str]:
    """The words for a presenter who is no member, and the code in them."""
    head = await at_the_screen(world)
    await head.presses("Пригласить по ссылке")
    about, words = (one.plain for one in head.chat.shown[-2:])
    assert about.startswith("Приглашение для того, кто проводит: Заседание РМО")
    assert words.startswith("Вы проводите встречу: Заседание РМО (среда, 18 ноября, 14:00–16:00).")
    return head, words.partition("start=")[2].split()[0]


async def test_a_presenter_who_is_no_member_comes_in_by_a_link(world: World) -> None:
    head, code = await invited(world)
    vera = world.person(5005)
    asked = await vera.says(f"/start {code}")
    assert "Вы проводите встречу: Заседание РМО" in asked.plain
    await vera.presses("Согласие даю")
    assert "фамилию, имя и отчество" in vera.sees.plain
    assert "Откуда вы?" in (await vera.says("Седова Вера Олеговна")).plain
    card = await vera.says("районная библиотека")
    assert "Вера Олеговна, вы проводите встречу: Заседание РМО" in vera.sees_all
    assert {"Кто придёт", "Ещё"} <= set(card.labels)
    assert "Не ответили" in (await vera.presses("Кто придёт")).plain
    assert "только руководитель" in (await vera.says("/desk")).plain
    await opened(head)
    assert "• Седова Вера Олеговна, районная библиотека (гость)" in head.sees.plain
    other = world.person(6006)
    assert "уже вошли" in (await other.says(f"/start {code}")).plain
    assert "вы проводите" not in (await vera.says(f"/start {code}")).plain  # the card, no more


async def test_her_digits_do_the_same_for_a_member(world: World) -> None:
    head, _ = await invited(world)
    digits = head.sees.plain.rpartition("цифры: ")[2]
    assert len(digits.replace(" ", "")) == 10
    anna = world.person(3003)
    assert "Кто придёт" in (await anna.says(digits)).labels
    assert "уже вошли" in (await world.person(2002).says(digits)).plain


async def test_after_seven_days_it_lets_nobody_in(world: World) -> None:
    _, code = await invited(world)
    world.clock.forward(days=7)
    assert "Срок этого приглашения вышел" in (await world.person(5005).says(f"/start {code}")).plain


async def test_nothing_is_given_away_of_a_cancelled_event(world: World) -> None:
    head = await at_the_screen(world)
    asked = head.data_of("Поручить: Белова")
    await call_off(world, "Заседание")
    assert "отменена" in (await head.presses_data(asked, head.sees.message_id)).plain


async def test_one_who_is_not_in_telegram_is_not_written_to(world: World) -> None:
    head = await at_the_screen(world)
    await world.person(2002).blocks()
    assert (
        "Написать сюда не могу – скажите, пожалуйста, об этом сами."
        in (await head.presses("Поручить: Белова")).plain
    )
    done = await head.presses("Да, поручить")
    assert world.telegram.toasts[-1] == "Записано."
    assert "• Белова Мария Ивановна, СОШ № 412 (написать сюда не могу)" in done.plain


async def test_a_new_name_on_the_card_can_be_entrusted_with_it(world: World) -> None:
    head = await at_the_screen(world)
    event = await event_called(world, "Заседание")
    await head.presses_data(f"field:{event.id}:responsible")
    await head.says("Быкова А. Л.")
    assert (await head.presses("Подтвердить")).labels[0] == "Поручить встречу"
    assert "Поручить: Быкова Анна Львовна" in (await head.presses("Поручить встречу")).labels


async def test_made_up_people_are_refused(world: World) -> None:
    head = await at_the_screen(world)
    event = await event_called(world, "Заседание")
    assert "больше нет" in (await head.presses_data(f"host?:{event.id}:999")).plain
    assert "больше нет" in (await head.presses_data(f"host+:{event.id}:999")).plain
