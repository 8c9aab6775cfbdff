"""How things are compared: taken in turn, several times over, as ratios of medians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the table: a figure for each repetition, and the bound that their median is to keep."""

    name: str
    figures: Sequence[float]
    bound: float
    detail: str = ""

    @property
    def median(self) -> float:
        """What counts: noise on the machine moves single repetitions."""
        return median(self.figures)

    def __str__(self) -> str:
        verdict = "ok" if self.median <= self.bound else "over"
        spread = f"{min(self.figures):.2f}–{max(self.figures):.2f}"
        kept = f"{self.median:5.2f}  {spread:>10}  {self.bound:5.2f}  {verdict:<4}"
        return f"{self.name:<46} {kept}  {self.detail}"


HEADING = f"{'':<46} {'ratio':>5}  {'min–max':>10}  {'bound':>5}  {'':<4}  medians, ours / bare"


def compared(
    name: str, ours: Sequence[float], bare: Sequence[float], bound: float, unit: str = "ms"
) -> Compared:
    """Ours against bare, one pair of figures a repetition."""
    ratios = [mine / base for mine, base in zip(ours, bare, strict=True)]
    return Compared(name, ratios, bound, f"{median(ours):.2f} / {median(bare):.2f} {unit}")
