"""A file of whatever format → its paragraphs and tables."""

from __future__ import annotations

from typing import Literal

from documents.table import Block
from domain.errors import DomainError

MOST_BYTES = 10 * 1024 * 1024

Old = Literal["doc", "rtf", "odt", "xls", "ods"]
"""What only LibreOffice reads: see `documents.conversion`."""

# Told apart by how their bytes begin: a name can lie.
_ZIP = b"PK"
_PDF, _PDF_WITHIN = b"%PDF-", 1024
_RTF = b"{\\rtf"
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the older container holds, by the names of its streams; Office puts a document with a password there.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_STREAMS: tuple[tuple[bytes, Old], ...] = (
    ("WordDocument".encode("utf-16-le"), "doc"),
    ("Workbook".encode("utf-16-le"), "xls"),
)
# A document of this kind begins with its type, not packed.
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_OPEN_DOCUMENTS: dict[bytes, Old] = {_OPEN_DOCUMENT + b"text": "odt", _OPEN_DOCUMENT + b"spreadsheet": "ods"}
_OPEN_DOCUMENT_AT = 30
_OLD_NAMES = ("doc", "odt", "rtf", "xls", "ods")
# Names that promise what the bytes do not keep.
_NEW_NAMES = ("docx", "docm", "xlsx", "pdf")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")
_PICTURES_WITHIN = (b"WEBP", b"ftypheic", b"ftypmif1")  # in their first bytes
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def old_format(content: bytes) -> Old | None:
    """The format of a file that has to be converted before it can be read; None for all others."""
    if content.startswith(_RTF):
        return "rtf"
    if content.startswith(_CONTAINER) and _LOCKED not in content:
        return next((kind for stream, kind in _STREAMS if stream in content), None)
    if content.startswith(_ZIP):
        opening = content[_OPEN_DOCUMENT_AT : _OPEN_DOCUMENT_AT + 100]
        return next((kind for it, kind in _OPEN_DOCUMENTS.items() if opening.startswith(it)), None)
    return None


def read_blocks(content: bytes, name: str) -> tuple[Block, ...]:
    """The paragraphs and tables of a .docx, .xlsx, .pdf or .txt, in their order.

    Raises DomainError: `plan_empty`, `plan_too_large` (megabytes, most), `plan_format_later` (format),
    `plan_photo`, `plan_archive`, `plan_locked`, `plan_scanned`, `plan_unruled`, `plan_not_a_document`,
    `plan_damaged`, `plan_unpacks_too_large`, `plan_too_heavy`.
    """
    # The parsers are imported only when a document of their kind is read: lxml costs time at start.
    from documents import docx_rows, pdf_rows, stacked, tabbed, text_rows, xlsx_rows

    if len(content) > MOST_BYTES:
        raise DomainError(
            "plan_too_large", megabytes=round(len(content) / 1024 / 1024, 1), most=MOST_BYTES // 1024 // 1024
        )
    if not content.strip(b"\0 \r\n\t"):
        raise DomainError("plan_empty")
    old = old_format(content)
    if old is not None:
        raise DomainError("plan_format_later", format=old)
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if content.startswith(_ZIP):
        if xlsx_rows.is_workbook(content):
            return xlsx_rows.read(content)
        return stacked.with_stacked_tables(tabbed.with_tabbed_tables(docx_rows.read(content)))
    if _PDF in content[:_PDF_WITHIN]:
        return pdf_rows.read(content)
    _check_readable(content, ending)
    return stacked.with_stacked_tables(text_rows.read(content))


def _check_readable(content: bytes, ending: str) -> None:
    """Refuses what is no text, by what it is, or by what its name says."""
    if content.startswith(_PICTURES) or any(it in content[:16] for it in _PICTURES_WITHIN):
        raise DomainError("plan_photo")
    if content.startswith(_ARCHIVES):
        raise DomainError("plan_archive")
    if _LOCKED in content:
        raise DomainError("plan_locked")
    if content.startswith(_CONTAINER):
        raise DomainError("plan_not_a_document")
    if ending in _NEW_NAMES:
        raise DomainError("plan_damaged")
    if ending in _OLD_NAMES:
        raise DomainError("plan_format_later", format=ending)
