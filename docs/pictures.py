"""`make pictures`: the pictures of README.md and guide.md, photographed from the bot as it is now.

Sandbox and bot run as processes on a clock that stands at a Monday in November; people talk over the
sandbox's own API, and a browser only looks. Everybody here is invented.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import struct
import sys
import tempfile
import zlib
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientSession, FormData
from playwright.async_api import Browser, Page, async_playwright, expect

from documents.example_plan import write_example_plan
from documents.spreadsheet import write_spreadsheet
from tests.bot.process import BotProcess, Chat

PICTURES = Path(__file__).with_name("pictures")
ZONE = "Asia/Novosibirsk"
# 10:00 on Monday, 2 November 2026 in Novosibirsk.
MORNING = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
TOKEN, BOT = "1:demo", "zvonok_demo_bot"
HEAD, MARIA, ELENA, OLGA, TATIANA, GALINA = range(1001, 1007)
# Who comes in beside Maria: name, school, answer.
OTHERS = (
    (ELENA, "Лебедева Елена Павловна", "Лицей № 12", "Приду"),
    (OLGA, "Тихонова Ольга Сергеевна", "Гимназия № 4", "Не смогу"),
    (TATIANA, "Королёва Татьяна Николаевна", "СОШ № 35", "Пока не знаю"),
    (GALINA, "Ветрова Галина Петровна", "Районная библиотека", None),
)

# What is the sandbox's own, and no part of a chat in Telegram.
BARE = """
    .clock, #back, #menu, #chat-person, #compose .field, #newer { display: none !important; }
    .chat-head { padding: 0.7rem 1rem; }
    #messages { scrollbar-width: none; }
"""
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


async def main() -> None:
    """Walks the road and takes a picture at each corner."""
    with tempfile.TemporaryDirectory(prefix="zvonok-pictures-") as name:
        folder = Path(name)
        async with _sandbox(folder) as address, _browser() as browser:
            bot = BotProcess(folder, address)
            bot.environment["COORDINATORS"] = str(HEAD)
            await bot.start()
            try:
                await _walk(bot, Camera(browser, address))
            finally:
                await bot.stop()


async def _walk(bot: BotProcess, camera: Camera) -> None:
    head, maria = Chat(bot, HEAD), Chat(bot, MARIA)
    await _sets_up(bot, head, camera)
    digits = await _digits(head)
    await _join(bot, digits, camera)
    await _names_the_day(bot, head, camera)
    await _prepares(bot, head, maria, camera)
    await _has_helpers(bot, head, camera)
    await _settles(head, camera)

    await bot.advance(days=9)
    await maria.wait("среду, 18 ноября, в 14:00")
    await bot.advance(days=6, hours=8, minutes=2)
    await maria.wait("Завтра в 14:00")
    await camera.phone("reminder", MARIA, messages=1)
    await bot.advance(hours=1)
    await head.wait("Откуда:")
    await camera.phone("summary", HEAD, messages=1)
    await camera.desktop("page", MARIA)
    await _meets(bot, head, maria, camera)


async def _sets_up(bot: BotProcess, head: Chat, camera: Camera) -> None:
    """The first steps: three questions, the plan, the list of people."""
    await head.write("/start", until="Соглас")
    await _introduces_herself(head, "Орлова Наталья Викторовна", "Лицей № 12", until="называется")
    await head.write("РМО школьных библиотекарей Приозёрного района", until="городе")
    await head.write("Приозёрный район", until="учебный год")
    await head.press("2026/2027", until="Как подключиться")
    await camera.phone("invitation", HEAD, messages=2)

    await _send_file(bot, write_example_plan(2026), "План РМО.docx")
    await head.wait("ничего не сохранено")
    await camera.phone("plan", HEAD, messages=2)
    await head.press("Ответить", until="1 из")
    await camera.phone("question", HEAD, messages=1)
    await head.press("К плану", until="ничего не сохранено")
    await head.press("Сохранить", until="сохранён")
    await _send_file(bot, _list_of_people(), "Библиотекари.xlsx")
    await head.wait("Эти люди согласились")
    await camera.phone("list", HEAD, messages=2)
    await head.press("согласились – сохранить", until="Сохранены")


async def _join(bot: BotProcess, digits: str, camera: Camera) -> None:
    """Librarians come in; one of them stands in the list."""
    maria = Chat(bot, MARIA)
    await maria.write("/start", until="цифры")
    await maria.write(digits, until="Соглас")
    await _introduces_herself(maria, "Соколова Мария Ивановна", "СОШ № 21", until="вы в списке")
    await camera.phone("joining", MARIA, messages=2, keys=True)
    for person, full_name, school, _ in OTHERS:
        chat = Chat(bot, person)
        await chat.write(digits, until="Соглас")
        until = "Такие имя и школа" if person == ELENA else "вы в списке"
        await _introduces_herself(chat, full_name, school, until=until)
    elena = Chat(bot, ELENA)
    await camera.phone("claim", ELENA, messages=1)
    await elena.press("Да, это я", until="теперь за вами")


async def _names_the_day(bot: BotProcess, head: Chat, camera: Camera) -> None:
    """The day of the seminar, everybody's answers, and the journal of it."""
    await head.wait("теперь в Telegram")
    await head.write("Руководителю", until="Назвать дни")
    await head.press("Другая: Семинар", until="Правовые основы")
    await camera.phone("days", HEAD, messages=1, skip=1)
    await head.press("18 ср", until="Подтвердить")
    await head.press("Подтвердить", until="Записано")
    for person, _, _, answer in [(MARIA, "", "", "Приду"), *OTHERS]:
        chat = Chat(bot, person)
        await chat.wait("Назван день")
        if answer is not None:
            await chat.press(answer, until=f"Ваш ответ: {answer.lower()}")
    await head.write("Руководителю", until="Ещё")
    await head.press("Ещё", until="пореже")
    await head.press("Журнал", until="Вернуть как было")
    await camera.phone("journal", HEAD, messages=1)


async def _prepares(bot: BotProcess, head: Chat, maria: Chat, camera: Camera) -> None:
    """The programme, the materials, the card as a librarian has it, and who comes."""
    await head.write("Ближайшее", until="18 ноября")
    await head.press("Ещё", until="Что сделать?")
    await camera.phone("more", HEAD, messages=1)
    await head.press("Выступления", until="Выступлений пока нет")
    await head.press("Добавить выступление", until="Кто и о чём выступит")
    await head.write("Орлова Н. В. – Что изменилось в законе – доклад", until="Запишу так")
    await head.press("Записать", until="В программе теперь 1")

    await maria.write("Ближайшее", until="18 ноября")
    await maria.press("Подробнее", until="Предложить выступление")
    await maria.press("Предложить выступление", until="О чём вы расскажете")
    await maria.write("Буктрейлер за один урок", until="В какой форме")
    await maria.press("Обмен опытом", until="Передам руководителю")
    await maria.press("Передать руководителю", until="Ответ придёт сюда")
    await head.wait("Предлагают выступление")
    await camera.phone("talk", HEAD, messages=1)
    await head.press("Принять", until="В программе")
    await maria.wait("Вы в программе")

    await head.write("Ближайшее", until="18 ноября")
    await head.press("Ещё", until="Что сделать?")
    await head.press("Материалы", until="Материалов пока нет")
    await head.press("Добавить", until="Что добавить")
    await head.write("Закон о библиотечном деле https://example.org/zakon", until="1 материал")
    await _send_file(bot, b"%PDF-1.7", "Памятка.pdf")
    await head.wait("2 материала")
    await head.press("Пока всё", until="Памятка")
    await camera.phone("materials", HEAD, messages=1)

    await maria.write("Ближайшее", until="18 ноября")
    await camera.phone("card", MARIA, messages=2, keys=True)
    await head.write("Руководителю", until="Кто придёт")
    await head.press("Кто придёт", until="Выберите встречу")
    await head.press("18 ноября", until="Лебедева")
    await camera.phone("who", HEAD, messages=1)


async def _meets(bot: BotProcess, head: Chat, maria: Chat, camera: Camera) -> None:
    """On the day: she is there; the head sees who is, calls the roll, and takes her papers."""
    await bot.advance(hours=18, minutes=43)
    await maria.write("Ближайшее", until="Я на месте")
    await maria.press("Я на месте", until="вы отмечены")
    await camera.phone("here", MARIA, messages=1)
    await head.write("Ближайшее", until="18 ноября")
    await head.press("Явка", until="Код для отметки")
    await head.press("Код для отметки", until="18 ноября")
    await camera.phone("code", HEAD, messages=1)
    await head.write("Ближайшее", until="18 ноября")
    await head.press("Явка", until="Код для отметки")
    await head.press("Перекличка", until="Перекличка:")
    await camera.phone("roll", HEAD, messages=1)
    await head.write("Ближайшее", until="18 ноября")
    await head.press("Ещё", until="Что сделать?")
    await head.press("Бумаги", until="Явочный лист")
    await camera.phone("papers", HEAD, messages=1)


async def _has_helpers(bot: BotProcess, head: Chat, camera: Camera) -> None:
    """A methodist comes in, and reads how the association stands."""
    await head.write("Руководителю", until="Люди")
    await head.press("Люди", until="В списке")
    await head.press("Помощники", until="Руководят объединением")
    await camera.phone("helpers", HEAD, messages=1)
    await head.press("Пригласить методиста", until="Пригласить методиста?")
    invitation = await head.press("Сделать приглашение", until="Вас зовут методистом")
    methodist = await _newcomer(bot, "Ирина", "Зимина", "Ирина Андреевна, методист")
    chat = Chat(bot, methodist)
    await chat.write(_figures(invitation.partition("цифры:")[2].partition("\n")[0]), until="Соглас")
    await chat.press("Соглас", until="фамилию, имя и отчество")
    await chat.write("Зимина Ирина Андреевна", until="теперь вам видно")
    await chat.write("Мои объединения", until="Состоялось")
    await camera.phone("methodist", methodist, messages=1)


async def _settles(head: Chat, camera: Camera) -> None:
    """The association's settings."""
    await head.write("Руководителю", until="Ещё")
    await head.press("Ещё", until="пореже")
    await head.press("Настройки объединения", until="Обычный час")
    await head.press("Час, место, каникулы", until="поставлю обычные")
    await head.press("Каникулы", until="Напишите все каникулы")
    await head.write("26 октября – 3 ноября, 31 декабря – 11 января", until="Записано")
    await head.write("Руководителю", until="Ещё")
    await head.press("Ещё", until="пореже")
    await head.press("Настройки объединения", until="Обычный час")
    await camera.phone("settings", HEAD, messages=1)


async def _introduces_herself(chat: Chat, full_name: str, school: str, *, until: str) -> None:
    await chat.press("Соглас", until="фамилию, имя и отчество")
    await chat.write(full_name, until="школ")
    await chat.write(school, until=until)


async def _send_file(bot: BotProcess, content: bytes, name: str) -> None:
    """The head sends a file; its name travels as a browser writes it."""
    form = FormData(quote_fields=False)
    form.add_field("file", content, filename=name)
    async with (
        ClientSession(bot.address) as http,
        http.post(f"/sandbox/people/{HEAD}/file", data=form) as response,
    ):
        response.raise_for_status()


def _list_of_people() -> bytes:
    """The head's own list: one who will come in, some who will not, one of whom little is told."""
    head = ("Ф.И.О.", "Организация", "Должность")
    rows = (
        ("Лебедева Елена Павловна", "Лицей № 12", "заведующая библиотекой"),
        ("Никитина Вера Сергеевна", "СОШ № 8", "педагог-библиотекарь"),
        ("Гусева Анна Львовна", "СОШ № 17", "педагог-библиотекарь"),
        ("Смирнова Е. А.", "СОШ № 30", "библиотекарь"),
    )
    return write_spreadsheet("Библиотекари", (), head, rows)


async def _newcomer(bot: BotProcess, first_name: str, last_name: str, note: str) -> int:
    """Another person of the sandbox; the number."""
    about = {"first_name": first_name, "last_name": last_name, "note": note}
    async with (
        ClientSession(bot.address) as http,
        http.post("/sandbox/people", json=about) as response,
    ):
        response.raise_for_status()
        return int((await response.json())["id"])


async def _digits(head: Chat) -> str:
    """The digits under the invitation, out of its text."""
    return _figures((await head.wait("напишите ему цифры")).partition("цифры:")[2])


def _figures(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


class Camera:
    """Looks at the chat page and takes pictures."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address.rstrip("/")

    async def phone(
        self, name: str, person: int, *, messages: int, skip: int = 0, keys: bool = False
    ) -> None:
        """The last messages of somebody's chat as a phone shows them, but for the newest `skip`."""
        page = await self._open(person, width=390, height=1400)
        await page.add_style_tag(content=BARE + ("" if keys else "#keyboard { display: none !important; }"))
        await page.evaluate(_KEEP_LAST, [messages, skip])
        height = await page.evaluate(_HEIGHT)
        await page.set_viewport_size({"width": 390, "height": height})
        await self._take(page, name)

    async def desktop(self, name: str, person: int) -> None:
        """The whole page of the sandbox, as `make demo` shows it."""
        page = await self._open(person, width=1120, height=760)
        await page.evaluate("document.querySelector('#messages').scrollTo(0, 1e6)")
        await self._take(page, name)

    async def _open(self, person: int, *, width: int, height: int) -> Page:
        context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=2,
            locale="ru",
            timezone_id=ZONE,
            color_scheme="light",
            bypass_csp=True,  # for the style that hides what is the sandbox's own
        )
        page = await context.new_page()
        await page.goto(f"{self._address}/#{person}")
        await expect(page.locator(".message").last).to_be_visible()
        # Pictures within the chat are loaded by now, or never.
        await page.wait_for_load_state("load")
        await page.wait_for_function("[...document.images].every(one => one.complete)")
        return page

    async def _take(self, page: Page, name: str) -> None:
        taken = await page.screenshot(animations="disabled")
        drawn = await page.evaluate(_FEWER_COLOURS, [b64encode(taken).decode(), _COLOURS])
        (PICTURES / f"{name}.png").write_bytes(_png(**drawn))
        await page.context.close()


_KEEP_LAST = """([kept, skipped]) => {
    const all = [...document.querySelectorAll('#messages > *')];
    const messages = all.filter(one => one.matches('.message'));
    const shown = messages.slice(messages.length - kept - skipped, messages.length - skipped);
    for (const one of all) if (!shown.includes(one)) one.remove();
}"""
# The window's height in which nothing is left over above and below the messages but a little air.
_HEIGHT = """() => {
    const list = document.querySelector('#messages');
    const edges = [...list.children].map(one => one.getBoundingClientRect());
    const used = Math.max(...edges.map(one => one.bottom)) - Math.min(...edges.map(one => one.top));
    return Math.ceil(innerHeight - list.clientHeight + used + 32);
}"""


# A palette makes the files a third as large. The page's own colours are the commonest and stay as they are.
_COLOURS = 64
_FEWER_COLOURS = """async ([picture, most]) => {
    const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + picture)).blob());
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    const counts = new Map();
    for (const one of pixels) counts.set(one, (counts.get(one) || 0) + 1);
    const parts = colour => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
    const common = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
    const palette = common.slice(0, most).map(parts);
    const nearest = new Map(common.map(colour => {
        const [r, g, b] = parts(colour);
        const far = palette.map(([x, y, z]) => (x - r) ** 2 + (y - g) ** 2 + (z - b) ** 2);
        return [colour, far.indexOf(Math.min(...far))];
    }));
    const indices = new TextDecoder().decode(Uint8Array.from(pixels, one => nearest.get(one) + 32));
    return { width, height, palette, indices };
}"""


def _png(width: int, height: int, palette: list[list[int]], indices: str) -> bytes:
    """A picture with a palette; `indices` holds a sign for each pixel, from the blank on."""
    pixels = bytes(sign - 32 for sign in indices.encode("ascii"))
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = bytes(part for colour in palette for part in colour)
    chunks = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@contextlib.asynccontextmanager
async def _sandbox(folder: Path) -> AsyncIterator[str]:
    """A sandbox as a process, its clock set; its address."""
    clock = folder / "clock"
    clock.write_text(str(int((MORNING - datetime.now(UTC)).total_seconds())), encoding="ascii")
    options = (f"--token={TOKEN}", f"--bot-username={BOT}", "--bot-name=Звонок", f"--timezone={ZONE}")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port=0", *options, f"--clock-file={clock}"),
        stdout=asyncio.subprocess.PIPE,
    )
    if process.stdout is None:
        raise RuntimeError("the sandbox says nothing")
    try:
        yield (await process.stdout.readline()).decode().partition(": ")[2].strip()
    finally:
        process.terminate()
        await process.wait()


@contextlib.asynccontextmanager
async def _browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Нужен Chromium: apt-get install chromium fonts-noto-color-emoji")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
