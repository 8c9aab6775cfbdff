"""Files that only LibreOffice reads, and what they may not do."""

from __future__ import annotations

import asyncio
import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from documents import conversion
from documents.conversion import converted
from documents.example_plan import write_example_plan
from documents.formats import old_format
from documents.plan_reader import read_plan
from documents.process import read_plan_apart
from documents.spreadsheet import write_spreadsheet
from domain.errors import DomainError
from tests.documents.office import Office, needs_calc, needs_office
from tests.documents.paper import docx_of
from tests.documents.plans import HEADINGS, REAL_PLANS, facts

_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
_DOC = _CONTAINER + "WordDocument".encode("utf-16-le")
_XLS = _CONTAINER + "Workbook".encode("utf-16-le")
_MADE_AS = {"doc": "doc", "rtf": "rtf", "odt": "odt", "docm": "docm:MS Word 2007 XML VBA"}


def _open_document(kind: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<a/>")
    return packed.getvalue()


async def _refused(content: bytes, name: str) -> DomainError:
    with pytest.raises(DomainError) as refused:
        await read_plan_apart(content, name)
    return refused.value


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where conversions lay their folders."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (_DOC, "doc"),
        (_XLS, "xls"),
        (b"{\\rtf1 }", "rtf"),
        (_open_document("text"), "odt"),
        (_open_document("spreadsheet"), "ods"),
        (_open_document("presentation"), None),
        (_CONTAINER, None),
        (_DOC + "EncryptedPackage".encode("utf-16-le"), None),
        (docx_of("План"), None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_formats_are_told_by_their_bytes(content: bytes, kind: str | None) -> None:
    assert old_format(content) == kind


@pytest.mark.parametrize("content", [_DOC, b"{\\rtf1 }", _open_document("text"), _XLS])
async def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(conversion, "office", lambda: None)
    refused = await _refused(content, "plan.docx")
    assert (refused.code, refused.facts) == ("plan_format_later", {"format": old_format(content)})


class TestTurns:
    """However many files come at once, LibreOffice runs once."""

    @pytest.fixture(autouse=True)
    def held(self, monkeypatch: pytest.MonkeyPatch) -> _Held:
        held = _Held()
        monkeypatch.setattr(conversion, "office", lambda: "soffice")
        monkeypatch.setattr(conversion, "_run", held.run)
        return held

    async def test_one_at_a_time(self, held: _Held) -> None:
        held.may_end.set()
        ended = await asyncio.gather(*map(_code_of, range(4)))
        assert ended == ["plan_not_converted"] * 4
        assert held.most == 1

    async def test_the_queue_has_an_end(self, held: _Held) -> None:
        first = asyncio.create_task(_code_of(0))
        await held.has_begun.wait()
        waiting = [asyncio.create_task(_code_of(at)) for at in range(conversion.MOST_WAITING)]
        await asyncio.sleep(0)
        assert await _code_of(0) == "plan_queue_full"
        waiting.pop().cancel()  # whoever goes makes place
        await asyncio.sleep(0)
        waiting.append(asyncio.create_task(_code_of(0)))
        held.may_end.set()
        assert set(await asyncio.gather(first, *waiting)) == {"plan_not_converted"}
        assert held.most == 1


class _Held:
    """A program that runs until it may end."""

    def __init__(self) -> None:
        self.running = self.most = 0
        self.has_begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def run(self, command: list[str], folder: Path) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        self.has_begun.set()
        await self.may_end.wait()
        self.running -= 1


async def _code_of(_: int) -> str:
    with pytest.raises(DomainError) as refused:
        await converted(b"{\\rtf1 }", "rtf")
    return refused.value.code


@needs_office
class TestWithLibreOffice:
    """The same plan, whatever it was saved as."""

    @pytest.mark.parametrize("ending", _MADE_AS)
    async def test_the_example(self, office: Office, temporary: Path, ending: str) -> None:
        content = write_example_plan(2026)
        made = office.convert(content, "docx", _MADE_AS[ending])
        draft = await read_plan_apart(made, f"plan.{ending}")
        assert facts(draft) == facts(read_plan(content, "plan.docx"))
        assert _left_in(temporary) == []

    @pytest.mark.plans
    @pytest.mark.skipif(not REAL_PLANS.is_dir(), reason="the real plans of ../shared are not here")
    @pytest.mark.parametrize("ending", _MADE_AS)
    async def test_the_real_one(self, office: Office, ending: str) -> None:
        content = (REAL_PLANS / "kirov-2021-22.docx").read_bytes()
        made = office.convert(content, "docx", _MADE_AS[ending])
        draft = await read_plan_apart(made, f"plan.{ending}")
        assert facts(draft) == facts(read_plan(content, "plan.docx"))

    @needs_calc
    @pytest.mark.parametrize("ending", ["xls", "ods"])
    async def test_a_table_of_calc(self, office: Office, temporary: Path, ending: str) -> None:
        rows = [
            ("1", "Семинар «Чтение»", "18 ноября 2026 г. в 14.00", "Лицей № 12", "Орлова Н. В."),
            ("2", "Заседание РМО", "Август 2026 г., март 2027 г.", "СОШ № 21", ""),
            ("3", "Сбор данных", "до 15 сентября", "", "Белова М. И."),
        ]
        content = write_spreadsheet("План", ["План РМО на 2026/2027 учебный год"], HEADINGS, rows)
        draft = await read_plan_apart(office.convert(content, "xlsx", ending), f"plan.{ending}")
        assert facts(draft) == facts(read_plan(content, "plan.xlsx"))
        assert [len(one.periods) for one in draft.activities] == [1, 2, 1]
        assert _left_in(temporary) == []

    @pytest.mark.parametrize("content", [_DOC, _XLS, _open_document("text")])
    async def test_what_is_damaged(self, temporary: Path, content: bytes) -> None:
        assert (await _refused(content, "plan.doc")).code == "plan_not_converted"
        assert _left_in(temporary) == []

    async def test_what_takes_too_long_is_ended(
        self, temporary: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(conversion, "PATIENCE", 0.3)
        assert (await _refused(b"{\\rtf1 }", "plan.rtf")).code == "plan_too_slow"
        assert _left_in(temporary) == []
        assert await _left_running_in(temporary) == []

    async def test_who_does_not_wait_leaves_nothing(self, temporary: Path) -> None:
        converting = asyncio.create_task(converted(b"{\\rtf1 }", "rtf"))
        while not _running_in(temporary):  # noqa: ASYNC110 – of what another program does nothing tells us
            await asyncio.sleep(0.01)
        converting.cancel()
        with suppress(asyncio.CancelledError):
            await converting
        assert _left_in(temporary) == []
        assert await _left_running_in(temporary) == []


def _left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def _running_in(folder: Path) -> list[str]:
    """The processes whose command names a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (process / "cmdline").read_bytes()
            if str(folder).encode() in command:
                found.append(command.decode(errors="replace"))
    return found


async def _left_running_in(folder: Path) -> list[str]:
    """The same once what was killed has had time to end: the system ends a group one by one, and we can wait
    only for the first of it."""
    for _ in range(500):
        if not _running_in(folder):
            break
        await asyncio.sleep(0.01)
    return _running_in(folder)


class _Listener:
    """Counts who connects."""

    def __init__(self, listening: socket.socket) -> None:
        self.calls = 0
        self._listening = listening
        self.port = listening.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listening.accept()
                self.calls += 1
                caller.close()


@pytest.fixture
def listener() -> Iterator[_Listener]:
    """Something on this machine that a document could call."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield _Listener(listening)


_SECRET = "Тайное заседание в сентябре"


def _hostile_rtf(url: str, file: Path) -> bytes:
    return (
        r"{\rtf1\ansi Before "
        rf'{{\field{{\*\fldinst INCLUDEPICTURE "{url}/a.png" \\d}}{{\fldrslt picture}}}}\par '
        rf'{{\field{{\*\fldinst INCLUDETEXT "{file}"}}{{\fldrslt text}}}}\par '
        rf'{{\field{{\*\fldinst DDEAUTO soffice "{file}" a}}{{\fldrslt dde}}}}\par '
        rf"{{\*\template {url}/a.dotm}} After\par}}"
    ).encode()


def _hostile_odt(url: str, file: Path) -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for short, full in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    frames = "".join(
        f'<draw:frame svg:width="5cm" svg:height="5cm"><draw:{kind} xlink:href="{url}/a"/></draw:frame>'
        for kind in ("image", "object", "object-ole", "floating-frame")
    )
    content = (
        f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:text><text:p>Before</text:p><text:p>{frames}</text:p>"
        f'<text:section text:name="A"><text:section-source xlink:href="{file.as_uri()}"/>'
        "<text:p>section</text:p></text:section>"
        "<text:p>After</text:p></office:text></office:body></office:document-content>"
    )
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", "application/vnd.oasis.opendocument.text"), ("content.xml", "text/xml"))
    )
    of_manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{of_manifest}">{listed}</manifest:manifest>',
        )
    return packed.getvalue()


@needs_office
@pytest.mark.parametrize("walls", [True, False], ids=["no network", "a network"])
@pytest.mark.parametrize("kind", ["rtf", "odt"])
async def test_links_are_not_followed(
    listener: _Listener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, walls: bool
) -> None:
    """Neither to a network nor to a file of this machine, be the network taken away or not."""
    if not walls:

        async def none(folder: Path) -> tuple[str, ...]:
            return ()

        monkeypatch.setattr(conversion, "_walls", none)
    secret = tmp_path / "secret.txt"
    secret.write_text(_SECRET, "utf-8")
    url = f"http://127.0.0.1:{listener.port}"
    content = _hostile_rtf(url, secret) if kind == "rtf" else _hostile_odt(url, secret)
    made = await converted(content, "rtf" if kind == "rtf" else "odt")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "Before" in text
    assert "After" in text
    assert _SECRET not in text
    assert listener.calls == 0
