"""A file of whatever format → its paragraphs and tables."""

from __future__ import annotations

from documents.table import Block
from domain.errors import DomainError

MOST_BYTES = 10 * 1024 * 1024
# Told apart by how their bytes begin: a name can lie.
_LATER = {b"%PDF": "pdf", b"\xd0\xcf\x11\xe0": "doc", b"{\\rtf": "rtf"}
_LATER_NAMES = ("doc", "docm", "odt", "pdf", "rtf", "xls")
_ZIP = b"PK"
# What Office makes of a document with a password: the older container, and in it a stream of this name.
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def read_blocks(content: bytes, name: str) -> tuple[Block, ...]:
    """The paragraphs and tables of a .docx, .xlsx or .txt, in their order.

    Raises DomainError: `plan_empty`, `plan_too_large` (megabytes, most), `plan_format_later` (format),
    `plan_locked`, `plan_not_a_document`, `plan_damaged`, `plan_unpacks_too_large`, `plan_too_heavy`.
    """
    # The parsers are imported only when a document of their kind is read: lxml costs time at start.
    from documents import docx_rows, text_rows, xlsx_rows

    if len(content) > MOST_BYTES:
        raise DomainError(
            "plan_too_large", megabytes=round(len(content) / 1024 / 1024, 1), most=MOST_BYTES // 1024 // 1024
        )
    if not content.strip(b"\0 \r\n\t"):
        raise DomainError("plan_empty")
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if content.startswith(_ZIP):
        return xlsx_rows.read(content) if xlsx_rows.is_workbook(content) else docx_rows.read(content)
    if _LOCKED in content:
        raise DomainError("plan_locked")
    for opening, kind in _LATER.items():
        if content.startswith(opening):
            raise DomainError("plan_format_later", format=kind)
    if ending in {"docx", "xlsx"}:
        raise DomainError("plan_damaged")
    if ending in _LATER_NAMES:
        raise DomainError("plan_format_later", format=ending)
    return text_rows.read(content)
