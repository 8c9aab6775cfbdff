"""The documents that are written: the page to print and the demo's plan."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
import segno

from documents.example_plan import write_example_plan
from documents.how_to_join import in_groups, write_how_to_join
from documents.plan_reader import read_plan
from domain.plan_draft import Kind

_needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdfinfo")),
    reason="LibreOffice or pdfinfo is not installed",
)


def _page(association: str = "РМО школьных библиотекарей") -> bytes:
    link = "https://t.me/zvonok_rmo_bot?start=Ab3dE5fG7h"
    picture = io.BytesIO()
    segno.make(link).save(picture, kind="png", scale=8)
    return write_how_to_join(association, link, "12345678", picture.getvalue(), "zvonok_rmo_bot")


class TestHowToJoin:
    """One page that tells everything."""

    def test_everything_is_on_it(self) -> None:
        document = docx.Document(io.BytesIO(_page("РМО «Маяк» <b>\x00")))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        for part in ("РМО «Маяк» <b>", "https://t.me/zvonok_rmo_bot?start=Ab3dE5fG7h", "@zvonok_rmo_bot"):
            assert part in text
        assert "1234\u00a05678" in text
        assert len(document.inline_shapes) == 1

    @pytest.mark.parametrize(
        ("digits", "grouped"),
        [("123456", "123 456"), ("12345678", "1234 5678"), ("12345", "123 45"), ("123-456", "123 456")],
    )
    def test_digits_in_groups(self, digits: str, grouped: str) -> None:
        assert in_groups(digits) == grouped.replace(" ", "\u00a0")

    @_needs_office
    @pytest.mark.parametrize("association", ["РМО", "Районное методическое объединение " * 12])
    def test_exactly_one_page(self, tmp_path: Path, association: str) -> None:
        file = tmp_path / "how.docx"
        file.write_bytes(_page(association))
        profile = f"-env:UserInstallation=file://{tmp_path}/office"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
            check=True,
            capture_output=True,
            timeout=100,
        )
        told = subprocess.run(
            ["pdfinfo", tmp_path / "how.pdf"], check=True, capture_output=True, text=True
        ).stdout
        assert "Pages:           1\n" in told
        assert "A4" in told


class TestExamplePlan:
    """The demo's plan reads back."""

    @pytest.mark.parametrize("year", [2025, 2026, 2099])
    def test_reads_back(self, year: int) -> None:
        draft = read_plan(write_example_plan(year), "plan.docx")
        assert draft.school_year == f"{year}/{year + 1}"
        assert draft.problems == ()
        asked = [problem.code for activity in draft.activities for problem in activity.problems]
        assert asked == ["audience_others", "audience_guests"]
        assert {row.reason for row in draft.skipped} == {"empty"}

    def test_meetings_are_spread_over_the_year(self) -> None:
        draft = read_plan(write_example_plan(2026), "plan.docx")
        gatherings = [activity for activity in draft.activities if activity.gathering]
        months = {period.end.month for activity in gatherings for period in activity.periods}
        assert months == {8, 9, 10, 11, 12, 1, 2, 3, 4, 5}
        assert {activity.kind for activity in draft.activities} == set(Kind)
        assert any(activity.year_round for activity in draft.activities)

    def test_nobody_in_it_is_real(self) -> None:
        document = docx.Document(io.BytesIO(write_example_plan(2026)))
        text = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
        for name in ("Гуков", "Каминск", "Колсанов", "Кировск", "183", "176", "Макаренко"):
            assert name not in text
