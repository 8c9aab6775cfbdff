"""Blanks: documents with fields «{{ название }}» that are filled; an association can bring its own in Word.

The one that comes with Звонок is written by code, so that whoever wants her own takes it, changes it and
sends it back. A blank is somebody's file: it can name the fields that it is given, and nothing else.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from documents.docx_rows import check_declared
from documents.printable import plain
from domain.errors import DomainError

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_BYTES = 1024 * 1024
# What a field holds: words, or the rows of a table or a list, each with fields of its own.
Value = str | Sequence[Mapping[str, str]]

_LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class Blank:
    """A kind of document: what it is called in the database, which fields it has and what each of them
    stands for, and the one that comes with Звонок."""

    code: str
    fields: Mapping[str, str]
    make: Callable[[], bytes]


def fill(blank: Blank, own: bytes | None, facts: Mapping[str, Value]) -> bytes:
    """The document: the association's `own` blank, or the one that comes with Звонок, with the facts in its
    fields. Raises DomainError as `check` does, should the stored one have become unfit."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    if own is not None:
        check(blank, own)
    template = DocxTemplate(io.BytesIO(own or blank.make()))
    try:
        template.render({name: _printable(value) for name, value in facts.items()}, _environment(), True)
        written = io.BytesIO()
        template.save(written)
    except (TemplateError, *_BROKEN) as error:
        raise DomainError("blank_broken", reason=str(error)[:200]) from None
    return written.getvalue()


def check(blank: Blank, own: bytes) -> None:
    """Whether a file can be filled. Raises DomainError: `blank_too_large` (fact `most`), `blank_no_document`,
    `blank_broken` (fact `reason`), `blank_unknown_field` (facts `field`, `known`)."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    if len(own) > MOST_BYTES:
        raise DomainError("blank_too_large", most=MOST_BYTES // 1024)
    try:
        with zipfile.ZipFile(io.BytesIO(own)) as archive:
            check_declared(archive)
        template = DocxTemplate(io.BytesIO(own))
        named = template.get_undeclared_template_variables(_environment())
    except TemplateError as error:
        raise DomainError("blank_broken", reason=str(error)[:200]) from None
    except (DomainError, *_BROKEN):
        raise DomainError("blank_no_document") from None
    unknown = sorted(named - blank.fields.keys())
    if unknown:
        raise DomainError("blank_unknown_field", field=unknown[0], known=", ".join(blank.fields))


# What python-docx, lxml and zipfile raise for a file that is none of theirs.
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, AttributeError, OSError, RuntimeError)


def _environment() -> Environment:
    """Where a stranger's file is read: no names but its fields, no sums that could grow without end, and a
    field that is unknown is an error, not a gap."""
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Guarded(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            raise ValueError(operator)

    made = Guarded(undefined=StrictUndefined, autoescape=True, loader=DictLoader({}))
    made.globals.clear()
    return made


def _printable(value: Value) -> object:
    if isinstance(value, str):
        return plain(value, _LONGEST)
    return [{name: plain(text, _LONGEST) for name, text in row.items()} for row in value]
