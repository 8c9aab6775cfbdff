"""The fuzzer in short, for every run of the tests, with the same documents each time; `make fuzz` tries as
many as fit into the time."""

from __future__ import annotations

import ast
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import documents
from documents.process import read_either_apart
from domain.errors import DomainError
from tests.bot.test_texts import MESSAGES, NOT_IN_CHAT
from tests.documents.office import needs_office
from tests.fuzz.judging import DRAFTS, in_words, outcome, watching
from tests.fuzz.kinds import IN_RUSSIAN, KINDS, VALID
from tests.fuzz.old import damaged_docs, made_by_office, outcome_apart
from tests.fuzz.packages import Sent, word, workbook
from tests.fuzz.worst import WORST

# Of the worst those that are told apart quickly, one of each sort.
_QUICK = (
    "a bomb behind a remark",
    "a size that is a lie",
    "macros",
    "tables 5,000 deep",
)


@pytest.mark.parametrize("kind", KINDS)
def test_each_gives_a_draft_or_one_sentence(kind: str) -> None:
    @settings(
        max_examples=60,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    @given(KINDS[kind])
    def read(sent: Sent) -> None:
        outcome(sent)

    read()


@pytest.mark.parametrize("ending", ["docx", "xlsx", "txt"])
def test_the_good_ones_are_plans(ending: str) -> None:
    """So that what is garbled was a plan before."""
    assert outcome(Sent(f"plan.{ending}", VALID[ending])) == "plan"


@pytest.mark.parametrize("content", IN_RUSSIAN, ids=["ruled", "without lines"])
def test_the_drawn_ones_are_plans(content: bytes) -> None:
    assert outcome(Sent("plan.pdf", content)) == "plan"


@pytest.mark.parametrize("name", _QUICK)
async def test_the_worst_is_over_at_last(name: str) -> None:
    sent = WORST[name]()
    try:
        await read_either_apart(sent.content, sent.name)
    except DomainError as error:
        in_words(error)


@needs_office
async def test_an_old_one_that_is_damaged() -> None:
    """One of them alone: each takes LibreOffice some seconds."""
    [content] = made_by_office("doc")
    assert await outcome_apart(next(damaged_docs(content, 1)))


def test_every_refusal_of_a_reader_has_its_sentence() -> None:
    """Those that its process writes down as well: no DomainError is raised there."""
    codes = set()
    for path in Path(documents.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "DomainError":
                codes.add(node.args[0])
            elif isinstance(node, ast.Dict):
                named = zip(node.keys, node.values, strict=True)
                codes |= {value for key, value in named if getattr(key, "value", "") == "error"}
    said = {code.value for code in codes if isinstance(code, ast.Constant)} - NOT_IN_CHAT
    assert {"plan_damaged", "plan_too_heavy", "plan_too_slow"} <= said
    assert {code.replace("_", "-") for code in said} <= set(MESSAGES)


SECRET = "тайное слово"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and what it was asked for."""
    paths: list[str] = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is to be seen."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    serving.join()
    server.server_close()


def _looking_around(address: str) -> Iterator[Sent]:
    """Documents that have something of this address: as an entity, a document type, a schema, a picture, a
    sheet or a template of somewhere else."""
    for opening in (
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "{address}">]>',
        f'<!DOCTYPE a SYSTEM "{address}" [<!ENTITY e "">]>',
        f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{address}"> %p; <!ENTITY e "">]>',
        f'<!--{"x" * 3_000}--><!DOCTYPE a [<!ENTITY e SYSTEM "{address}">]>',
    ):
        yield Sent("plan.docx", word("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", opening))
        cell = '<row><c t="inlineStr"><is><t>&e;</t></is></c></row>'
        yield Sent("plan.xlsx", workbook(cell, opening=opening))
    included = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>'
    outside = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r9" Type="http://x/attachedTemplate" Target="{address}" TargetMode="External"/>'
        "</Relationships>"
    )
    more = {"word/_rels/document.xml.rels": outside.encode(), "_rels/.rels": outside.encode()}
    yield Sent("plan.docx", word(f"<w:p>{included}</w:p>", more=more))
    yield Sent("plan.docx", word("", opening=f'<?xml-stylesheet href="{address}"?>'))


def test_nothing_is_fetched(asked: tuple[str, list[str]]) -> None:
    """Neither by Python, which is watched, nor by the parser under it, which the server would notice."""
    address, paths = asked
    for sent in _looking_around(f"{address}/plan.dtd"):
        assert outcome(sent) not in DRAFTS
    assert paths == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
async def test_no_file_is_read(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    """A pipe that nobody writes to holds up whoever opens it: a reader that did would be ended for its
    slowness."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for address in (pipe.as_uri(), str(pipe), asked[0]):
        sent = next(_looking_around(address))
        with pytest.raises(DomainError) as refused:
            await read_either_apart(sent.content, sent.name)
        assert refused.value.code == "plan_damaged"
    for sent in _looking_around(pipe.as_uri()):
        assert outcome(sent) not in DRAFTS
    assert asked[1] == []


def test_what_is_touched_is_noticed(tmp_path: Path) -> None:
    """So that the silence above means something."""
    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    with watching() as touched:
        (tmp_path / "secret").read_text(encoding="utf-8")
    assert len(touched) == 1
