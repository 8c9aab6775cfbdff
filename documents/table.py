"""Paragraphs and tables out of a document, whatever its format; merged cells resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text with its line breaks. `carried`: it is merged with the cell above, whose text it has."""

    text: str
    column: int
    span: int = 1
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells from left to right; each knows the column in which it begins. `doubtful`: it may as well
    go on with the row above, from which the edge of a page parts it."""

    cells: tuple[Cell, ...]
    doubtful: bool = False

    def at(self, column: int) -> Cell | None:
        """The cell that covers a column."""
        return next((it for it in self.cells if it.column <= column < it.column + it.span), None)

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold more than white space."""
        return tuple(cell for cell in self.cells if cell.text.strip())


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one table. `merges_known`: whether the format says which cells are merged."""

    rows: tuple[Row, ...]
    width: int
    merges_known: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside tables."""

    text: str


Block: TypeAlias = Paragraph | Table


def table_of_lines(lines: Sequence[Sequence[str]], width: int) -> Table:
    """A table of so many columns whose rows are lines of text, parted into cells; a line of one cell is over
    all columns."""
    return Table(tuple(_row(cells, width) for cells in lines), width, merges_known=False)


def _row(cells: Sequence[str], width: int) -> Row:
    if len(cells) == 1:
        return Row((Cell(cells[0], 0, span=max(width, 1)),))
    return Row(tuple(Cell(text, column) for column, text in enumerate(cells)))
