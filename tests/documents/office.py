"""LibreOffice, where tests need a document as other programs would have made it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_SOFFICE = shutil.which("soffice")
_CALC = Path(_SOFFICE or "").resolve().with_name("libsclo.so")
needs_office = pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice is not installed")
needs_calc = pytest.mark.skipif(not _CALC.is_file(), reason="LibreOffice Calc is not installed")

TAGGED_PDF = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


class Office:
    """LibreOffice with a profile of its own: the first start takes seconds, the next ones less."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def convert(self, content: bytes, ending: str, to: str) -> bytes:
        """A document as another one; `to` is what `--convert-to` takes.

        A .docx becomes a .doc by way of .odt: straight, LibreOffice 7.4 loses its tables.
        """
        if (ending, to) == ("docx", "doc"):
            return self.convert(self.convert(content, ending, "odt"), "odt", to)
        self._made += 1
        folder = self._folder / str(self._made)
        folder.mkdir()
        file = folder / f"document.{ending}"
        file.write_bytes(content)
        profile = f"-env:UserInstallation=file://{self._folder}/profile"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", to, "--outdir", folder / "made", file],
            check=True,
            capture_output=True,
            timeout=100,
        )
        return (folder / "made" / f"document.{to.partition(':')[0]}").read_bytes()
