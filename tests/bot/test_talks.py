"""Talks: entered in one line or step by step, proposed by who comes, settled, put in order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.views.about_keys import ProposeTalk, ShowAside, ShowTalks, WithdrawTalk
from bot.views.keyboards import GiveAnswer, ShowMore
from bot.views.talk_keys import (
    AddTalk,
    ChooseForm,
    ChooseSpeaker,
    OpenTalk,
    OpenTalks,
    PickSpeaker,
    RemoveTalk,
    SaveTalk,
    SettleTalk,
)
from domain.records import Answer, TalkForm
from domain.roles import Role
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import LAW, MEETING, OTHER_THAN_WORDS, call_off, come_in, come_in_maria, settle
from tests.builders import an_association, stored

WHEN = "Заседание РМО (среда, 18 ноября, 14:00–16:00)"
MARIA = "Петрова Мария Ивановна, СОШ № 45"


async def two(world: World) -> tuple[Person, Person]:
    """The coordinator, and Мария who comes to the meeting on 18 November."""
    head = await settle(world, MEETING, LAW)
    maria = await come_in_maria(world)
    await maria.presses_data(GiveAnswer(event=1, answer=Answer.GOING, place=-1).pack())
    await world.rings()
    return head, maria


async def enters(head: Person, line: str) -> None:
    """The coordinator writes a talk in one line."""
    await head.presses_data(AddTalk(event=1).pack())
    await head.says(line)
    await head.presses("Записать")


async def proposes(maria: Person, theme: str = "Буктрейлер за один урок") -> None:
    """Мария proposes a talk."""
    await maria.presses_data(ProposeTalk(event=1).pack())
    await maria.says(theme)
    await maria.presses("Мастер-класс")
    await maria.presses("Передать руководителю")


async def test_in_one_line(world: World) -> None:
    head, maria = await two(world)
    await head.says("Ближайшее")
    await head.presses("Ещё")
    nothing = await head.presses("Выступления")
    assert nothing.plain.startswith(f"Выступлений пока нет: {WHEN}\nЗапишите сами или дождитесь предложений")
    assert nothing.labels == ["Добавить выступление", "‹ Назад"]
    asked = await head.presses("Добавить выступление")
    assert asked.plain.startswith(
        "Кто и о чём выступит? Заседание РМО\n"
        "Напишите одной строкой – кто, тема, форма, через тире: Петрова А. И. – Книжные новинки – доклад."
    )
    assert asked.labels == ["Выбрать из списка", "Не записывать"]
    preview = await head.says("Петрова М. И. – Буктрейлер – доклад")
    assert preview.plain == (
        f"Запишу так: {WHEN}\n"
        f"{MARIA} – «Буктрейлер» (доклад)\n"
        "Если не так, напишите строку заново. Отдельно об этом никому не пишу: программа видна на карточке."
    )
    await head.says("Петрова М. И. – Буктрейлер за один урок – мастер-класс")
    saved = await head.presses("Записать")
    assert saved.plain == (
        f"Записано. В программе теперь 1: {WHEN}\n1. {MARIA} – «Буктрейлер за один урок» (мастер-класс)"
    )
    assert "🎤 Выступления – 1" in (await maria.says("Ближайшее")).plain


async def test_step_by_step(world: World) -> None:
    head, _ = await two(world)
    await head.presses_data(AddTalk(event=1).pack())
    members = await head.presses("Выбрать из списка")
    assert members.labels == [
        "Орлова Наталья Викторовна · Лицей № 12",
        "Петрова Мария Ивановна · СОШ № 45",
        "Не записывать",
    ]
    assert "Какая тема?" in (await head.presses("Петрова", of=members)).plain
    form = await head.says("«Книжные новинки»")
    assert form.plain == "В какой форме? «Книжные новинки»"
    assert form.labels == [
        "Доклад",
        "Мастер-класс",
        "Обмен опытом",
        "Обзор литературы",
        "Другое",
        "Не записывать",
    ]
    assert f"{MARIA} – «Книжные новинки»\n" in (await head.presses("Другое", of=form)).plain
    await head.presses("Записать")
    [talk] = await stored(world.app.database, tables.talks)
    assert (talk.theme, talk.form, talk.person_id, talk.standing) == (
        "Книжные новинки",
        "other",
        2,
        "confirmed",
    )


async def test_a_guest_speaks(world: World) -> None:
    head, _ = await two(world)
    await head.presses_data(AddTalk(event=1).pack())
    assert "Какая тема?" in (await head.says("Ким О. Ю., районная библиотека")).plain
    await head.says("Новинки краеведения")
    assert "Такой формы я не знаю." in (await head.says("песня")).plain
    preview = await head.says("обзор")
    assert "Ким О. Ю., районная библиотека – «Новинки краеведения» (обзор литературы)" in preview.plain


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("12 – Тема", "Не вижу имени."),
        ("ы" * 151 + " – Тема", "слишком длинно для имени"),
        ("Ким О. Ю. – " + "ы" * 251, "250"),
    ],
)
async def test_what_is_no_talk(world: World, words: str, said: str) -> None:
    head, _ = await two(world)
    await head.presses_data(AddTalk(event=1).pack())
    assert said in (await head.says(words)).plain
    assert "Запишу так" in (await head.says("Ким О. Ю. – Тема – доклад")).plain  # it is still waited for


@pytest.mark.parametrize("sent", OTHER_THAN_WORDS, ids=lambda sent: next(iter(sent)))
async def test_no_sticker_ends_it_and_a_key_does(world: World, sent: dict[str, object]) -> None:
    head, _ = await two(world)
    await head.presses_data(AddTalk(event=1).pack())
    assert "нужны слова" in (await head.sends_other(**sent)).plain
    await head.says("Ким О. Ю. – Тема – доклад")
    sure = head.data_of("Записать")
    await head.says("Ближайшее")
    said = await head.presses_data(sure)
    assert said.plain.startswith("Этого наброска у меня уже нет")
    assert await stored(world.app.database, tables.talks) == []


async def test_saved_once_by_two_presses(world: World) -> None:
    head, _ = await two(world)
    await head.presses_data(AddTalk(event=1).pack())
    await head.says("Ким О. Ю. – Тема – доклад")
    sure = head.data_of("Записать")
    await world.feed(head.pressing(sure), head.pressing(sure))
    assert len(await stored(world.app.database, tables.talks)) == 1
    await head.presses_data(AddTalk(event=1).pack())
    assert (await head.presses("Не записывать")).plain == "Хорошо, ничего не записываю."


async def test_corrected_moved_and_taken_out(world: World) -> None:
    head, _ = await two(world)
    for line in ("Ким О. Ю. – Один – доклад", "Ким О. Ю. – Два – доклад"):
        await enters(head, line)
    listed = await head.presses_data(OpenTalks(event=1).pack())
    assert listed.labels == ["Ким О. Ю. – Один", "Ким О. Ю. – Два", "Добавить выступление", "‹ Назад"]
    one = await head.presses("Ким О. Ю. – Два", of=listed)
    assert one.labels == ["Тема", "Форма", "Выше", "Ниже", "Убрать", "‹ Назад"]
    moved = await head.presses("Выше", of=one)
    assert "1. Ким О. Ю. – «Два» (доклад)\n2. Ким О. Ю. – «Один» (доклад)" in moved.plain
    assert "Порядок теперь такой" in (await head.presses("Выше", of=moved)).plain
    await head.presses("Тема", of=head.sees)
    assert "«Три» (доклад)" in (await head.says("Три")).plain
    forms = await head.presses("Форма", of=head.sees)
    assert forms.labels[0] == "✅ Доклад"
    assert "«Три» (обмен опытом)" in (await head.presses("Обмен опытом", of=forms)).plain
    removed = await head.presses("Убрать", of=head.sees)
    assert removed.plain.startswith("Убрано из программы: Ким О. Ю. – «Три» (обмен опытом)\n")
    assert "Этого выступления" in (await head.presses_data(OpenTalk(talk=2).pack())).plain
    assert "1. Ким О. Ю. – «Три»" in (await head.presses("Вернуть", of=removed)).plain


# Proposed


async def test_who_comes_may_propose_and_is_answered(world: World) -> None:
    head, maria = await two(world)
    card = await maria.says("Ближайшее")
    assert card.labels == ["✅ Приду", "Не смогу", "Пока не знаю", "В календарь", "Подробнее", "Дальше ▶"]
    more = await maria.presses("Подробнее", of=card)
    assert more.labels == ["В календарь", "Предложить выступление", "Карточка встречи"]
    asked = await maria.presses("Предложить выступление")
    assert asked.plain.startswith("О чём вы расскажете? Заседание РМО\nНапишите тему одним сообщением")
    await maria.says("Буктрейлер")
    preview = await maria.presses("Мастер-класс")
    assert preview.plain == (
        f"Передам руководителю: {WHEN}\n"
        f"{MARIA} – «Буктрейлер» (мастер-класс)\n"
        "Если тема другая, напишите её заново. После согласия руководителя имя и тему увидят все, кто "
        "состоит в объединении."
    )
    assert "«Буктрейлер за один урок» (мастер-класс)" in (await maria.says("Буктрейлер за один урок")).plain
    passed = await maria.presses("Передать руководителю")
    assert passed.plain == (
        "Передано руководителю: «Буктрейлер за один урок» – Заседание РМО.\nОтвет придёт сюда."
    )
    assert passed.labels == ["Отозвать", "Карточка встречи"]
    await world.rings()
    assert head.sees.plain == (
        f"Предлагают выступление: {WHEN}\n{MARIA} – «Буктрейлер за один урок» (мастер-класс)"
    )
    assert head.sees.labels == ["Принять", "Отказать"]
    assert "Выступления –" not in (await maria.says("Ближайшее")).plain
    yes = head.data_of("Принять")
    assert (await head.presses("Принять")).plain.startswith(f"В программе: {MARIA}")
    await head.presses_data(yes)
    await world.rings()
    assert maria.sees.plain == (
        f"Вы в программе: {WHEN}\nТема: «Буктрейлер за один урок». Спасибо, что делитесь опытом!"
    )
    assert maria.sees_all.count("Вы в программе") == 1
    card = await maria.presses("Карточка встречи", of=maria.sees)
    assert "🎤 Выступления – 1" in card.plain
    programme = await maria.presses("Выступления – 1", of=card)
    assert programme.plain == (
        f"Выступления – 1: {WHEN}\n1. {MARIA} – «Буктрейлер за один урок» (мастер-класс)"
    )
    why = await maria.says("почему мне это пришло?")
    assert "Это ответ на выступление, которое вы предложили." in why.plain


async def test_declined_and_taken_all_the_same(world: World) -> None:
    head, maria = await two(world)
    await proposes(maria)
    await world.rings()
    declined = await head.presses("Отказать")
    assert declined.labels == ["Всё-таки принять", "‹ Назад"]
    await world.rings()
    assert maria.sees.plain.startswith(
        "В программу этой встречи тема не вошла: «Буктрейлер за один урок».\nЗаседание РМО"
    )
    await head.presses("Всё-таки принять")
    await world.rings()
    assert maria.sees.plain.startswith("Вы в программе")


async def test_taken_back_before_it_is_settled(world: World) -> None:
    head, maria = await two(world)
    await proposes(maria)
    await world.rings()
    waits = await maria.presses_data(ShowTalks(event=1).pack())
    assert waits.plain == f"Программы пока нет: {WHEN}.\nЖдёт ответа руководителя: «Буктрейлер за один урок»."
    assert waits.labels == ["Отозвать: Буктрейлер за один урок", "Предложить выступление", "Карточка встречи"]
    assert (await maria.presses("Отозвать: ")).plain == f"Программы пока нет: {WHEN}."
    assert "уже решено, или его отозвали" in (await head.presses("Принять")).plain
    assert "Выступлений пока нет" in (await head.presses_data(OpenTalks(event=1).pack())).plain


async def test_what_is_taken_back_at_once_is_not_told(world: World) -> None:
    head, maria = await two(world)
    await proposes(maria)
    await maria.presses("Отозвать")
    await world.rings()
    assert "Предлагают выступление" not in head.sees_all


async def test_the_coordinator_finds_it_in_her_list_too(world: World) -> None:
    head, maria = await two(world)
    await proposes(maria)
    listed = await head.presses_data(OpenTalks(event=1).pack())
    assert f"Ждут вашего ответа – 1:\n1. {MARIA} – «Буктрейлер за один урок»" in listed.plain
    one = await head.presses("Петрова", of=listed)
    assert one.labels == ["Принять", "Отказать", "Тема", "Форма", "‹ Назад"]
    await head.presses("Принять", of=one)
    await world.rings()
    assert "Вы в программе" in maria.sees_all
    assert "Предлагают выступление" not in head.sees_all  # it was settled before


async def test_who_does_not_come_proposes_nothing(world: World) -> None:
    head, maria = await two(world)
    olga = await come_in(world, 4004, "Ким Ольга Юрьевна", "СОШ № 45")
    said = await olga.presses_data(ProposeTalk(event=1).pack())
    assert said.plain.startswith("Предложить выступление может тот, кто придёт. Нажмите сначала «Приду».")
    assert "Приду" in said.labels
    assert "Предложить выступление" not in (await olga.presses_data(ShowTalks(event=1).pack())).labels
    for number in range(3):
        await proposes(maria, f"Тема {number}")
    assert "Три ваших предложения" in (await maria.presses_data(ProposeTalk(event=1).pack())).plain
    await call_off(world, "Заседание")
    for who, data in ((maria, ProposeTalk(event=1)), (head, AddTalk(event=1))):
        assert "Эта встреча отменена" in (await who.presses_data(data.pack())).plain
    world.clock.moment = datetime(2026, 11, 19, 3, tzinfo=UTC)
    assert "Предложить" not in " ".join((await maria.presses_data(ShowAside(event=1).pack())).labels)


async def test_she_proposes_where_she_was_asked(world: World) -> None:
    """Though she acts in another association meanwhile."""
    head, maria = await two(world)
    await an_association(world.app.database, "РМО Приозёрного района")
    await come_in(world, maria.id, "Петрова Мария Ивановна", "СОШ № 45", association=2)
    await proposes(maria)
    await world.rings()
    assert "Предлагают выступление" in head.sees.plain
    [talk] = await stored(world.app.database, tables.talks)
    assert talk.association_id == 1


async def test_made_up_and_strange_presses(world: World) -> None:
    head, maria = await two(world)
    await enters(head, "Ким О. Ю. – Тема – доклад")
    await an_association(world.app.database, "РМО Приозёрного района")
    boss = await come_in(world, 7008, "Чужая Анна Юрьевна", "СОШ № 1", Role.COORDINATOR, association=2)
    for data in (OpenTalk(talk=1), RemoveTalk(talk=1), SettleTalk(talk=1, said="no")):
        assert "Этого выступления" in (await boss.presses_data(data.pack())).plain
        assert "может только руководитель" in (await maria.presses_data(data.pack())).plain
    assert "Этой встречи" in (await boss.presses_data(ShowTalks(event=1).pack())).plain
    assert "Этого выступления" in (await maria.presses_data(WithdrawTalk(event=1, talk=99).pack())).plain
    for made_up in (SaveTalk(mark="0" * 16), ChooseForm(form=TalkForm.OTHER)):
        assert "Этого наброска" in (await maria.presses_data(made_up.pack())).plain
    assert "Кто выступит?" in (await head.presses_data(PickSpeaker(page=99).pack())).plain
    await head.presses_data(AddTalk(event=1).pack())
    assert "нет" in (await head.presses_data(ChooseSpeaker(person=99).pack())).plain
    assert len(await stored(world.app.database, tables.talks)) == 1


async def test_long_names_and_themes_fit_into_a_message(world: World) -> None:
    head, maria = await two(world)
    for number in range(30):
        speaker = f"{'Щ' * 140}а {chr(1040 + number)}., {'ы' * 240}"
        await enters(head, f"{speaker} – {'😀' * 240} {number} – доклад")
    assert "Больше 30 выступлений" in (await head.presses_data(AddTalk(event=1).pack())).plain
    assert "…и ещё" in (await head.presses_data(OpenTalks(event=1).pack())).plain
    assert "…и ещё" in (await maria.presses_data(ShowTalks(event=1).pack())).plain


async def test_who_is_erased_leaves_her_theme(world: World) -> None:
    head, maria = await two(world)
    await enters(head, "Петрова М. И. – Буктрейлер – доклад")
    await maria.presses_data("me:erase_sure")
    listed = await head.presses_data(OpenTalks(event=1).pack())
    assert "1. Имени больше нет – «Буктрейлер» (доклад)" in listed.plain


async def test_after_the_meeting_it_can_still_be_written_down(world: World) -> None:
    """For its minutes."""
    head, _ = await two(world)
    world.clock.moment = datetime(2026, 11, 19, 3, tzinfo=UTC)
    await head.presses_data(ShowMore(event=1).pack())
    await head.presses("Другое")
    await head.presses("Выступления")
    await head.presses("Добавить выступление")
    await head.says("Ким О. Ю. – Тема – доклад")
    assert "Записано." in (await head.presses("Записать")).plain


async def test_a_copy_has_none(world: World) -> None:
    head, _ = await two(world)
    await enters(head, "Ким О. Ю. – Тема – доклад")
    await head.presses_data(ShowMore(event=1).pack())
    await head.presses("Другое", of=head.sees)
    await head.presses("Скопировать")
    await head.says("9 декабря")
    await head.presses("Создать")
    assert [row.event_id for row in await stored(world.app.database, tables.talks)] == [1]
