"""The road on the chat page, in a real browser: join, ask, name a day, answer, be reminded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from documents.example_plan import write_example_plan
from tests.bot.process import BotProcess, run_command, sandbox
from tests.sandbox.test_page import FLAGS

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian's package of that name)"),
]


async def test_the_road_on_the_page(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as address, async_playwright() as playwright:
        bot = BotProcess(tmp_path, address)
        bot.environment["COORDINATORS"] = "1001"
        plan = tmp_path / "план.docx"
        plan.write_bytes(write_example_plan(2026))
        assert "сохранён" in await run_command(bot.environment, "plan", "import", str(plan))
        digits = (await run_command(bot.environment, "invite")).split()[1]
        await bot.start()
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(locale="ru")
        page.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        await page.goto(address)

        await joins(page, "Наталья Орлова", None, "Орлова Наталья Викторовна", "Лицей № 12")
        await joins(page, "Мария Соколова", digits, "Соколова Мария Ивановна", "СОШ 45")
        await says(page, "Что дальше?")
        await expect(last(page)).to_contain_text("день пока не назван")

        await chooses(page, "Наталья Орлова")
        await page.get_by_role("button", name="Руководителю").click()
        await page.get_by_role("button", name="18 ср").last.click()
        await expect(page.get_by_text("Расскажу 1 человеку")).to_be_visible()
        await page.get_by_role("button", name="Подтвердить").click()
        await expect(page.get_by_text("Записано:")).to_be_visible()

        await chooses(page, "Мария Соколова")
        await expect(page.get_by_text("Назван день:")).to_be_visible()
        await page.get_by_role("button", name="Приду").last.click()
        await expect(page.get_by_text("Ваш ответ: приду")).to_be_visible()

        for _ in range(2):
            await page.get_by_role("button", name="+1 неделя").click()
        await page.get_by_role("button", name="+1 день").click()
        for _ in range(8):
            await page.get_by_role("button", name="+1 час").click()
        await expect(page.get_by_text("Завтра в 14:00")).to_be_visible()
        await browser.close()
        assert await bot.stop() == 0


async def chooses(page: Page, person: str) -> None:
    """Looks at the page as somebody."""
    await page.get_by_role("button", name=person).first.click()


async def says(page: Page, text: str) -> None:
    """Writes a message."""
    await page.get_by_role("textbox", name="Сообщение").fill(text)
    await page.keyboard.press("Enter")


def last(page: Page):
    """The newest message of the bot."""
    return page.locator(".message:not(.mine) .text").last


async def joins(page: Page, person: str, digits: str | None, name: str, school: str) -> None:
    """Somebody comes in."""
    await chooses(page, person)
    await page.get_by_role("button", name="Начать").click()
    if digits is not None:
        await expect(last(page)).to_contain_text("цифры")
        await says(page, digits)
    await page.get_by_role("button", name="Согласие даю").click()
    await expect(last(page)).to_contain_text("фамилию, имя и отчество")
    await says(page, name)
    await expect(last(page)).to_contain_text("школе")
    await says(page, school)
    await expect(last(page)).to_contain_text("вы в списке")
