"""«Бланки»: taken, sent back, seen filled, used; the usual one again."""

from __future__ import annotations

import io

import docx

from bot.views.blank_keys import ConfirmBlank, OpenBlank, SendBlank
from bot.views.keyboards import ShowDesk
from bot.views.paper_keys import ShowBlanks, TakeLetter
from bot.views.protocol_keys import TakeProtocol
from documents.office import Paper
from storage import tables
from tests.bot.conftest import Person, World
from tests.bot.people import MEETING, STICKER, settle
from tests.bot.test_papers import journal_of, words_of
from tests.builders import stored


def a_blank(*lines: str) -> bytes:
    """A .docx with these lines."""
    paper = Paper()
    for line in lines:
        paper.line(line)
    return paper.content()


OWN = a_blank("Уважаемые коллеги!", "{{ название }} пройдёт {{ дата }}")


async def waiting(world: World, kind: str = "Письмо директорам") -> Person:
    """One's own blank is waited for."""
    head = await settle(world, MEETING)
    await head.presses_data(ShowBlanks(event=1).pack())
    await head.presses(kind)
    await head.presses("Прислать свой")
    return head


async def test_which_there_are(world: World) -> None:
    head = await settle(world, MEETING)
    shown = await head.presses_data(ShowBlanks(event=1).pack())
    assert shown.labels == [
        "Письмо директорам",
        "Уведомление",
        "Протокол",
        "Справка об участии",
        "Сертификат выступавшего",
        "‹ Назад",
    ]
    one = await head.presses("Справка об участии")
    assert one.plain == "Справка об участии\nСейчас – обычный бланк."
    assert one.labels == ["Скачать", "Прислать свой", "‹ Назад"]


async def test_it_is_taken_with_what_stands_in_its_fields(world: World) -> None:
    head = await settle(world, MEETING)
    await head.presses_data(OpenBlank(event=1, kind="letter").pack())
    await head.presses("Скачать")
    file, fields = head.chat.shown[-2:]
    assert file.file_name == "Бланк – Письмо директорам.docx"
    assert "Мероприятие: {{ название }}" in words_of(file)
    assert "• {{ место }} – где она пройдёт" in fields.plain


async def test_ones_own_is_seen_filled_before_it_is_used(world: World) -> None:
    head = await waiting(world)
    await head.sends(OWN, "наш бланк.docx")
    sample, preview = head.chat.shown[-2:]
    assert words_of(sample) == "Уважаемые коллеги!\nЗаседание РМО пройдёт 18 ноября 2026 г."
    assert preview.plain.startswith("Писать по этому бланку? Письмо директорам")
    assert await stored(world.app.database, tables.templates) == []
    kept = await head.presses("Подтвердить")
    assert kept.plain == "Записано. Теперь пишу по вашему бланку: Письмо директорам."
    assert kept.labels == ["Вернуть обычный", "‹ Назад"]
    letter = await head.presses_data(TakeLetter(event=1, what="letter").pack())
    assert words_of(letter).startswith("Уважаемые коллеги!")
    assert "Письмо директорам – ваш" in (await head.presses_data(ShowBlanks(event=1).pack())).labels
    await head.presses("Письмо директорам – ваш")
    assert head.sees.plain.endswith("Сейчас – ваш бланк: наш бланк.docx.")
    assert "свой бланк: Письмо директорам" in await journal_of(head)


async def test_the_usual_one_again_and_ones_own_is_handed_back(world: World) -> None:
    head = await waiting(world)
    await head.sends(OWN, "наш бланк.docx")
    await head.presses("Подтвердить")
    await head.presses("Вернуть обычный")
    handed = head.chat.shown[-1]
    assert (handed.file_name, handed.file) == ("наш бланк.docx", OWN)
    said = next(one.plain for one in reversed(head.chat.shown) if "Записано" in one.plain)
    assert said == "Записано. Снова пишу по обычному бланку: Письмо директорам."
    letter = await head.presses_data(TakeLetter(event=1, what="letter").pack())
    assert words_of(letter).startswith("Руководителям")


async def test_another_one_hands_the_first_back(world: World) -> None:
    head = await waiting(world)
    await head.sends(OWN, "первый.docx")
    await head.presses("Подтвердить")
    await head.presses_data(SendBlank(event=1, kind="letter").pack())
    await head.sends(a_blank("{{ дата }}"), "второй.docx")
    await head.presses("Подтвердить")
    assert head.chat.shown[-1].file_name == "первый.docx"


async def test_an_unknown_field_is_named_with_those_that_are_known(world: World) -> None:
    head = await waiting(world)
    said = await head.sends(a_blank("{{ погода }}"), "бланк.docx")
    assert said.plain.startswith("Не знаю, что подставить вместо: погода. Знаю: объединение, название,")
    assert (await head.sends(OWN, "бланк.docx")).labels == ["Подтвердить", "‹ Назад"]  # still waited for


async def test_what_is_no_blank(world: World) -> None:
    head = await waiting(world, "Справка об участии")
    assert "Это не документ Word." in (await head.sends(b"%PDF-1.7", "бланк.pdf")).plain
    assert "Это не документ Word." in (await head.sends_other(**STICKER)).plain
    assert "Это не документ Word." in (await head.says("а как?")).plain
    assert "Не получилось разобрать" in (await head.sends(a_blank("{% for"), "бланк.docx")).plain
    assert "Файл больше 1" in (await head.sends(bytes(2 * 1024 * 1024), "бланк.docx")).plain
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ номер }}"
    file = io.BytesIO()
    document.save(file)
    assert "«номер» стоит в колонтитуле" in (await head.sends(file.getvalue(), "бланк.docx")).plain
    assert await stored(world.app.database, tables.templates) == []


async def test_a_certificate_is_shown_with_ones_own_name(world: World) -> None:
    head = await waiting(world, "Сертификат выступавшего")
    await head.sends(a_blank("№ {{ номер }}: {{ имя }} – {{ тема }}"), "бланк.docx")
    sample = head.chat.shown[-2]
    assert words_of(sample) == "№ 1: Орлова Наталья Викторовна – Книжные новинки"


async def test_a_stale_preview_changes_nothing(world: World) -> None:
    head = await waiting(world)
    await head.sends(OWN, "бланк.docx")
    sure = head.data_of("Подтвердить")
    await head.says("Ближайшее")
    assert "Этого бланка я уже не жду" in (await head.presses_data(sure)).plain
    made_up = await head.presses_data(ConfirmBlank(mark="f" * 16).pack())
    assert "Этого бланка я уже не жду" in made_up.plain
    assert await stored(world.app.database, tables.templates) == []


async def test_the_protocol_has_a_blank_too(world: World) -> None:
    head = await waiting(world, "Протокол")
    await head.sends(a_blank("Протокол № {{ номер }}", "Тема: {{ тема }}"), "protokol.docx")
    [sample] = [one for one in head.chat.shown[-3:] if one.file]
    assert "Тема: Заседание РМО" in words_of(sample)
    await head.presses("Подтвердить")
    await head.presses_data(TakeProtocol(event=1, people="nobody").pack())
    assert words_of(head.chat.shown[-1]) == "Протокол № 1\nТема: ______________"


async def test_of_no_event_it_is_filled_with_the_one_that_comes_next(world: World) -> None:
    """From «Отчёты», where the way back leads to."""
    head = await settle(world, MEETING)
    await head.presses_data(ShowDesk(screen="reports").pack())
    assert (await head.presses("Бланки")).plain.startswith("Бланки")
    await head.presses("Письмо директорам")
    await head.presses("Прислать свой")
    await head.sends(OWN, "наш бланк.docx")
    assert words_of(head.chat.shown[-2]) == "Уважаемые коллеги!\nЗаседание РМО пройдёт 18 ноября 2026 г."
    await head.presses("‹ Назад")
    await head.presses("‹ Назад")
    assert (await head.presses("‹ Назад")).plain.startswith("Отчёты за 2026/27 учебный год")


async def test_once_all_is_over_it_is_filled_with_the_last_one(world: World) -> None:
    head = await settle(world, MEETING)
    world.clock.forward(days=200)
    await head.presses_data(SendBlank(event=0, kind="letter").pack())
    await head.sends(OWN, "наш бланк.docx")
    assert words_of(head.chat.shown[-2]).endswith("Заседание РМО пройдёт 18 ноября 2026 г.")


async def test_without_any_event_there_is_nothing_to_fill_it_with(world: World) -> None:
    head = await settle(world)
    await head.presses_data(SendBlank(event=0, kind="letter").pack())
    assert "встреч в плане пока нет" in (await head.sends(OWN, "наш бланк.docx")).plain
    assert await stored(world.app.database, tables.templates) == []
