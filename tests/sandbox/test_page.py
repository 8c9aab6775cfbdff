"""The chat page in a real browser."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.sandbox.conftest import ELENA, MARIA, Sandbox
from tests.sandbox.pictures import png

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()
PHONE = {"width": 360, "height": 640}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian's package of that name)"),
]


@asynccontextmanager
async def opened(sandbox: Sandbox, **context: Any) -> AsyncIterator[Page]:
    """The page in a fresh browser; whatever its console complains of fails the test."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await (await browser.new_context(locale="ru", **context)).new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        await page.goto(sandbox.address)
        await expect(page.get_by_role("button", name="Мария Соколова")).to_be_visible()
        yield page
        await browser.close()
    assert complaints == []


@pytest.fixture
async def page(started: Sandbox) -> AsyncIterator[Page]:
    """The page of one who chose Мария."""
    async with opened(started) as page:
        await page.get_by_role("button", name="Мария Соколова").click()
        yield page


async def next_update(sandbox: Sandbox) -> dict[str, Any]:
    (update,) = await sandbox.result("getUpdates", timeout=30)
    await sandbox.result("getUpdates", offset=update["update_id"] + 1)
    return dict(update)


async def test_start_from_the_button_and_from_a_link(sandbox: Sandbox) -> None:
    async with opened(sandbox) as page:
        await page.get_by_role("button", name="Мария Соколова").click()
        await sandbox.result("setMyDescription", description="Напоминаю о встречах")
        await expect(page.get_by_text("Напоминаю о встречах")).to_be_visible()
        await page.get_by_role("button", name="Начать").click()
        assert (await next_update(sandbox))["message"]["text"] == "/start"
        await expect(page.get_by_role("textbox", name="Сообщение")).to_be_visible()

        await page.get_by_role("button", name="Елена Лебедева").click()
        await page.get_by_role("button", name="У меня есть ссылка-приглашение").click()
        await page.get_by_label("Ссылка из письма").fill("https://t.me/zvonok_demo_bot?start=AB12")
        await page.get_by_role("button", name="Открыть", exact=True).click()
        update = await next_update(sandbox)
        assert (update["message"]["chat"]["id"], update["message"]["text"]) == (ELENA, "/start AB12")


async def test_enter_sends_and_the_answer_appears(page: Page, started: Sandbox) -> None:
    await page.get_by_role("textbox", name="Сообщение").fill("Что <b>дальше</b>?")
    await page.keyboard.press("Enter")
    assert (await next_update(started))["message"]["text"] == "Что <b>дальше</b>?"
    await expect(page.locator(".mine .text").last).to_have_text("Что <b>дальше</b>?")
    html = (
        "<b>Семинар <i>😀</i></b> <u>да</u> <s>нет</s> <code>1</code><blockquote>цитата</blockquote>"
        '<a href="https://example.com/">сайт</a> &lt;img src=x&gt;'
    )
    await started.result("sendMessage", chat_id=MARIA, text=html, parse_mode="HTML")
    text = page.locator(".message:not(.mine) .text")
    await expect(text).to_contain_text("<img src=x>")
    for tag, inside in {
        "b": "Семинар 😀",
        "b i": "😀",
        "u": "да",
        "s": "нет",
        "blockquote": "цитата",
    }.items():
        await expect(text.locator(tag)).to_have_text(inside)
    await expect(text.locator("a")).to_have_attribute("href", "https://example.com/")
    assert await text.locator("img").count() == 0


async def test_a_link_to_the_bot_opens_in_the_page(page: Page, started: Sandbox) -> None:
    await started.result("sendMessage", chat_id=MARIA, text="https://t.me/zvonok_demo_bot?start=GO")
    await page.get_by_role("link", name="start=GO").click()
    assert (await next_update(started))["message"]["text"] == "/start GO"
    markup = {"inline_keyboard": [[{"text": "Туда", "url": "https://t.me/zvonok_demo_bot?start=GO2"}]]}
    await started.result("sendMessage", chat_id=MARIA, text="а", reply_markup=markup)
    await page.get_by_role("link", name="Туда").click()
    assert (await next_update(started))["message"]["text"] == "/start GO2"


async def test_a_button_is_pressed_answered_and_edited_away(page: Page, started: Sandbox) -> None:
    markup = {
        "inline_keyboard": [
            [
                {"text": "Приду", "callback_data": "1", "style": "success"},
                {"text": "Не смогу", "callback_data": "0", "style": "danger"},
            ]
        ]
    }
    sent = await started.result("sendMessage", chat_id=MARIA, text="Придёте?", reply_markup=markup)
    go = page.get_by_role("button", name="Приду")
    await expect(go).to_have_class(re.compile("success"))
    await go.click()
    query = (await next_update(started))["callback_query"]
    await expect(go).to_have_attribute("aria-busy", "true")
    await started.result("answerCallbackQuery", callback_query_id=query["id"], text="Записано")
    await expect(page.locator("#toast")).to_have_text("Записано")
    await expect(go).to_have_attribute("aria-busy", "false")

    await page.get_by_role("button", name="Не смогу").click()
    query = (await next_update(started))["callback_query"]
    await started.result("answerCallbackQuery", callback_query_id=query["id"], text="Поздно", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("Поздно")
    await page.get_by_role("button", name="Понятно").click()

    where = {"chat_id": MARIA, "message_id": sent["message_id"]}
    await started.result("editMessageText", text="Вы придёте", **where)
    await expect(page.get_by_text("Вы придёте")).to_be_visible()
    await expect(go).to_have_count(0)
    await expect(page.get_by_text("изменено")).to_be_visible()
    await started.result("deleteMessage", **where)
    await expect(page.get_by_text("Вы придёте")).to_have_count(0)


async def test_keys_and_commands_stand_below(page: Page, started: Sandbox) -> None:
    keys = {"keyboard": [["Ближайшее", "План на год"], ["Помощь"]]}
    await started.result(
        "setMyCommands", commands=[{"command": "next", "description": "Ближайшее мероприятие"}]
    )
    await started.result("sendMessage", chat_id=MARIA, text="Кнопки внизу", reply_markup=keys)
    box = page.get_by_role("group", name="Кнопки бота")
    await expect(box.get_by_role("button")).to_have_text(["Ближайшее", "План на год", "Помощь"])
    await box.get_by_role("button", name="План на год").click()
    assert (await next_update(started))["message"]["text"] == "План на год"
    await page.get_by_role("button", name="Команды бота").click()
    await page.get_by_role("button", name="/next").click()
    assert (await next_update(started))["message"]["text"] == "/next"
    await page.get_by_role("button", name="Показать или убрать кнопки").click()
    await expect(box).to_be_hidden()
    await started.result("sendMessage", chat_id=MARIA, text="Без них", reply_markup={"remove_keyboard": True})
    await expect(page.get_by_role("button", name="Показать или убрать кнопки")).to_be_hidden()


async def test_files_go_both_ways(page: Page, started: Sandbox) -> None:
    plan = {"name": "План.docx", "mimeType": "", "buffer": b"plan"}
    async with page.expect_file_chooser() as chosen:
        await page.get_by_role("button", name="Прикрепить файл").click()
    await (await chosen.value).set_files(plan)  # type: ignore[arg-type]
    document = (await next_update(started))["message"]["document"]
    assert document["file_name"] == "План.docx"

    await started.send_file("sendDocument", "document", b"report", chat_id=MARIA, file_name="Отчёт.xlsx")
    async with page.expect_download() as saved:
        await page.get_by_role("link", name="Отчёт.xlsx").click()
    download = await saved.value
    assert download.suggested_filename == "Отчёт.xlsx"

    await started.send_file("sendPhoto", "photo", png(90, 60), chat_id=MARIA)
    picture = page.get_by_role("img", name="Картинка")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 90)


async def test_the_clock_goes_ahead(page: Page, started: Sandbox) -> None:
    clock = page.locator("#now")
    before = await clock.get_attribute("datetime")
    assert before is not None
    await page.get_by_role("button", name="+1 неделя").click()
    later = datetime.fromisoformat(before) + timedelta(days=7)
    await expect(clock).to_have_attribute("datetime", re.compile(f"^{later:%Y-%m-%d}"))
    assert (await started.get("clock"))["add"] == 7 * 24 * 3600
    await started.result("sendMessage", chat_id=MARIA, text="Через неделю")
    days = page.locator(".day:visible")
    await expect(days).to_have_count(2)


async def test_others_news_are_counted(page: Page, started: Sandbox) -> None:
    await started.start(ELENA)
    for _ in range(2):
        await started.result("sendMessage", chat_id=ELENA, text="Семинар завтра")
    elena = page.get_by_role("button", name="Елена Лебедева")
    await expect(elena.get_by_label("Новых: 2")).to_be_visible()
    await expect(page).to_have_title("(2) Звонок")
    await elena.click()
    await expect(page.get_by_text("Семинар завтра")).to_have_count(2)
    await expect(elena.get_by_label("Новых: 2")).to_have_count(0)
    await expect(page).to_have_title("Звонок")


async def test_blocking_and_unblocking(page: Page, started: Sandbox) -> None:
    await page.get_by_label("Меню").click()
    await page.get_by_role("button", name="Заблокировать бота").click()
    assert "my_chat_member" in await next_update(started)
    await expect(page.get_by_role("textbox", name="Сообщение")).to_be_hidden()
    await page.get_by_role("button", name="Разблокировать бота").click()
    assert "my_chat_member" in await next_update(started)
    await expect(page.get_by_role("textbox", name="Сообщение")).to_be_visible()


async def test_one_more_person(page: Page, started: Sandbox) -> None:
    await page.get_by_role("button", name="Добавить человека").click()
    await page.get_by_label("Имя").fill("Вера")
    await page.get_by_label("Заметка").fill("Вера Игоревна, школа № 8")
    await page.get_by_role("button", name="Добавить", exact=True).click()
    await page.get_by_role("button", name="Начать").click()
    assert (await next_update(started))["message"]["from"]["first_name"] == "Вера"


async def test_a_phone_shows_one_pane_and_nothing_sticks_out(started: Sandbox) -> None:
    keys = {"keyboard": [["Ближайшее", "План на год"], ["Мои ответы", "Настройки", "Помощь"]]}
    await started.result("sendMessage", chat_id=MARIA, text="Семинар " * 40, reply_markup=keys)
    async with opened(started, viewport=PHONE, is_mobile=True, has_touch=True) as page:
        await page.get_by_role("button", name="Мария Соколова").click()
        await expect(page.get_by_role("button", name="Настройки")).to_be_in_viewport()
        await expect(page.get_by_role("button", name="Елена Лебедева")).to_be_hidden()
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        await page.get_by_role("button", name="К списку людей").click()
        await expect(page.get_by_role("button", name="Елена Лебедева")).to_be_visible()


async def test_the_newest_message_stays_in_sight(page: Page, started: Sandbox) -> None:
    for number in range(30):
        await started.result("sendMessage", chat_id=MARIA, text=f"Сообщение {number}")
    await expect(page.get_by_text("Сообщение 29")).to_be_in_viewport()
    await page.get_by_text("Сообщение 0", exact=True).scroll_into_view_if_needed()
    await started.result("sendMessage", chat_id=MARIA, text="Самое новое")
    await page.get_by_role("button", name="Новые сообщения").click()
    await expect(page.get_by_text("Самое новое")).to_be_in_viewport()


async def test_everything_can_be_done_from_the_keyboard(page: Page, started: Sandbox) -> None:
    markup = {"inline_keyboard": [[{"text": "Вижу", "callback_data": "seen"}]]}
    await started.result("sendMessage", chat_id=MARIA, text="Отменён", reply_markup=markup)
    await page.get_by_role("button", name="Вижу").focus()
    await page.keyboard.press("Enter")
    query = (await next_update(started))["callback_query"]
    assert query["data"] == "seen"
    edit = {"chat_id": MARIA, "message_id": query["message"]["message_id"]}
    await started.result("editMessageText", text="Отменён, вы видели", reply_markup=markup, **edit)
    await expect(page.get_by_text("вы видели")).to_be_visible()
    # The message was drawn anew; the focus is where it was.
    await expect(page.get_by_role("button", name="Вижу")).to_be_focused()
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
