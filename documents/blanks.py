"""Blanks: documents with fields «{{ название }}» that are filled; an association can bring its own in Word.

The one that comes with Звонок is written by code, so that whoever wants her own takes it, changes it and
sends it back. A blank is somebody's file: it can name the fields that it is given, go through a list of
them and ask whether one is there, and nothing else.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from documents.archive import check_declared
from documents.printable import plain, typeset
from domain.errors import DomainError

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2 import Environment

MOST_BYTES = 1024 * 1024
# What a field holds: words, or the rows of a table or a list, each with fields of its own.
Value = str | Sequence[Mapping[str, str]]

_LONGEST = 5_000
# So many letters of unknown fields are told.
_MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class Blank:
    """A kind of document: what it is called in the database, which fields it has and what each of them
    stands for, and the one that comes with Звонок. `for_each`: several are written into one file, a page for
    each, so that no field can stand in its header or footer, which all pages share."""

    code: str
    fields: Mapping[str, str]
    make: Callable[[], bytes]
    for_each: bool = False


def fill(blank: Blank, own: bytes | None, facts: Mapping[str, Value]) -> bytes:
    """The document: the association's `own` blank, or the one that comes with Звонок, with the facts in its
    fields. Raises DomainError as `check` does, should the stored one have become unfit."""
    return fill_each(blank, own, [facts])


def fill_each(blank: Blank, own: bytes | None, pages: Sequence[Mapping[str, Value]]) -> bytes:
    """The same several times in one file, each with facts of its own (one at least) and on a new page."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    if own is not None:
        check(blank, own)
    file, environment = own or blank.make(), _environment()
    first, *others = ({name: _printable(value) for name, value in facts.items()} for facts in pages)
    try:
        template, other = DocxTemplate(io.BytesIO(file)), DocxTemplate(io.BytesIO(file))
        template.render(first, environment, True)
        other.render_init()
        for facts in others:
            _append(template, other.build_xml(facts, environment))
        written = io.BytesIO()
        template.save(written)
    except (TemplateError, *_BROKEN) as error:
        raise DomainError("blank_broken", reason=str(error)[:200]) from None
    return written.getvalue()


def check(blank: Blank, own: bytes) -> None:
    """Whether a file can be filled. Raises DomainError: `blank_too_large` (fact `most`), `blank_no_document`,
    `blank_broken` (fact `reason`), `blank_unknown_field` (facts `fields`, `known`), `blank_in_header` (fact
    `field`)."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError, meta

    if len(own) > MOST_BYTES:
        raise DomainError("blank_too_large", most=MOST_BYTES // 1024)
    try:
        with zipfile.ZipFile(io.BytesIO(own)) as archive:
            check_declared(archive)
        template, environment = DocxTemplate(io.BytesIO(own)), _environment()
        named = template.get_undeclared_template_variables(environment)
        template.render_init()
        in_body = meta.find_undeclared_variables(environment.parse(template.patch_xml(template.get_xml())))
    except TemplateError as error:
        raise DomainError("blank_broken", reason=str(error)[:200]) from None
    except (DomainError, *_BROKEN):
        raise DomainError("blank_no_document") from None
    unknown = sorted(named - blank.fields.keys())
    if unknown:
        fields, known = plain(", ".join(unknown), _MOST_NAMED), ", ".join(blank.fields)
        raise DomainError("blank_unknown_field", fields=fields, known=known)
    if blank.for_each and (above := sorted(named - in_body)):
        raise DomainError("blank_in_header", field=above[0])


# What python-docx, lxml and zipfile raise for a file that is none of theirs.
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, AttributeError, OSError, RuntimeError)


def _environment() -> Environment:
    """Where a stranger's file is read: no names but its fields, nothing that could go on without end, and a
    field that is unknown is an error, not a gap."""
    from jinja2 import DictLoader, StrictUndefined, TemplateSyntaxError, nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    known = (
        nodes.Template,
        nodes.TemplateData,
        nodes.Output,
        nodes.Name,
        nodes.Getattr,
        nodes.Const,
        nodes.For,
        nodes.If,
        nodes.Not,
        nodes.And,
        nodes.Or,
        nodes.Compare,
        nodes.Operand,
    )

    class Guarded(ImmutableSandboxedEnvironment):
        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            # Whatever is read goes through here: the text, headers, notes, the file's properties.
            tree = super()._parse(source, name, filename)
            for node in tree.find_all(nodes.Node):
                within = isinstance(node, nodes.For) and (node.recursive or any(node.find_all(nodes.For)))
                if within or not isinstance(node, known):
                    raise TemplateSyntaxError(type(node).__name__, node.lineno)
            return tree

    made = Guarded(undefined=StrictUndefined, autoescape=True, loader=DictLoader({}))
    made.globals.clear()
    return made


def _append(template: DocxTemplate, xml: str) -> None:
    """The body of another one, filled, on a new page of the document."""
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import qn
    from docx.oxml.text.paragraph import CT_P
    from docx.text.paragraph import Paragraph
    from lxml import etree

    tree = template.fix_tables(xml)
    template.fix_docpr_ids(tree)  # two drawings of one number make Word complain
    added = [one for one in parse_xml(etree.tostring(tree)) if one.tag != qn("w:sectPr")]
    if not added or not isinstance(added[0], CT_P):  # a table cannot be told to begin a page
        added.insert(0, OxmlElement("w:p"))
    Paragraph(cast("CT_P", added[0]), template.docx).paragraph_format.page_break_before = True
    body = template.docx.element.body
    page = body.find(qn("w:sectPr"))
    for one in added:
        if page is None:
            body.append(one)
        else:
            page.addprevious(one)


def _printable(value: Value) -> object:
    if isinstance(value, str):
        return typeset(value, _LONGEST)
    return [{name: typeset(text, _LONGEST) for name, text in row.items()} for row in value]
