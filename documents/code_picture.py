"""The check-in code of an event as a picture, to show or to print, with all that is needed beside it."""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.printable import plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WIDTH, _HEIGHT, _DOTS = 1_200, 1_600, 100  # dots, and dots of an inch
_MARGIN = 50
_CODE, _BORDER = 960, 4  # dots at most; modules that stay white around it
_TITLE_LINES, _TITLE_LETTERS, _HINT_LETTERS = 3, 36, 46


@dataclass(frozen=True, slots=True)
class CheckInCode:
    """The link that is in the code, the digits that stand for it, of which event they are and when that is,
    and what to do; in words."""

    link: str
    digits: str
    title: str
    when: str
    hint: str


def draw_code(code: CheckInCode) -> bytes:
    """The picture as .png: the event, the code, what to do, the digits."""
    import segno

    # Heavy, and of no use until somebody asks for a picture: imported only then.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH / _DOTS, _HEIGHT / _DOTS), dpi=_DOTS)
    FigureCanvasAgg(figure)  # it knows how wide words are
    title = textwrap.wrap(plain(code.title), _TITLE_LETTERS)
    if len(title) > _TITLE_LINES:
        title = [*title[: _TITLE_LINES - 1], plain(" ".join(title[_TITLE_LINES - 1 :]), _TITLE_LETTERS)]
    for number, line in enumerate(title):
        _write(figure, 60 + 55 * number, line, 32, bold=True)
    _write(figure, 85 + 55 * len(title), plain(code.when), 28)
    rows = [list(row) for row in segno.make(code.link, error="m").matrix_iter(border=_BORDER)]
    side = _CODE // len(rows) * len(rows)  # every module is as many whole dots
    left, above = (_WIDTH - side) / 2, 310
    picture = figure.add_axes(
        (left / _WIDTH, (_HEIGHT - above - side) / _HEIGHT, side / _WIDTH, side / _HEIGHT)
    )
    picture.imshow(rows, cmap="gray_r", interpolation="nearest", vmin=0, vmax=1)
    picture.set_axis_off()
    _write(figure, above + _CODE, "\n".join(textwrap.wrap(plain(code.hint), _HINT_LETTERS)), 25)
    _write(figure, above + _CODE + 120, code.digits, 96, bold=True)
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


def _write(figure: Figure, above: float, text: str, size: int, *, bold: bool = False) -> None:
    """Words in the middle, so many dots below the upper edge; «$» in them is a dollar. What is wider than the
    picture is written smaller."""
    said = figure.text(
        0.5,
        1 - above / _HEIGHT,
        text,
        size=size,
        weight="bold" if bold else "normal",
        ha="center",
        va="top",
        linespacing=1.3,
        parse_math=False,
    )
    wide = said.get_window_extent().width
    if wide > _WIDTH - 2 * _MARGIN:
        said.set_fontsize(size * (_WIDTH - 2 * _MARGIN) / wide)
