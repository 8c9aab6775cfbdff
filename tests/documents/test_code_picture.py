"""The check-in code as a picture: the code whole, the words and the digits beside it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import segno
from PIL import Image

from documents.code_picture import CheckInCode, draw_code

CODE = CheckInCode(
    link="https://t.me/zvonok_example_bot?start=inAAAAAAABAAAAAABBBBBBBBBBBBBB",
    digits="123 456",
    title="Заседание РМО",
    when="Среда, 18 ноября, 14:00–16:00",
    hint="Наведите камеру телефона на код или напишите боту @zvonok_example_bot цифры:",
)
WORDS = "Очень длинное название, которое никак не кончается, "


def drawn(code: CheckInCode) -> Image.Image:
    return Image.open(io.BytesIO(draw_code(code))).convert("L")


def code_in(picture: Image.Image, modules: int) -> tuple[int, int, int, int]:
    """Where the code is, by the corner marks: the dark square between the words above and below."""
    size = 960 // (modules + 8)
    side, left = size * (modules + 8), (picture.width - size * (modules + 8)) // 2
    return left, 310, left + side, 310 + side


def dark(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return picture.crop(box).getextrema()[0] < 128


def test_the_code_is_drawn_to_the_last_module():
    """White around it, too: a camera finds it by that."""
    picture, said = drawn(CODE), [list(row) for row in segno.make(CODE.link, error="m").matrix_iter(border=4)]
    left, above, right, _ = code_in(picture, len(said) - 8)
    size = (right - left) // len(said)
    seen = [
        [
            int(picture.getpixel((left + size * x + size // 2, above + size * y + size // 2)) < 128)
            for x in range(len(said))
        ]
        for y in range(len(said))
    ]
    assert seen == said


@pytest.mark.parametrize("title", ["Заседание РМО", "$x$ ^_{\\frac} <b>&", WORDS * 20, "Щ" * 300])
def test_words_stand_above_and_below_and_within_the_edges(title: str):
    picture = drawn(replace(CODE, title=title))
    width, height = picture.size
    below = height - 160
    assert dark(picture, (0, 0, width, 310))
    assert dark(picture, (0, below - 60, width, height))
    for edge in ((0, 0, 12, height), (width - 12, 0, width, height), (0, height - 12, width, height)):
        assert not dark(picture, edge)


def test_the_digits_are_those_that_are_named():
    one, other = drawn(CODE), drawn(replace(CODE, digits="654 321"))
    same = (0, 0, one.width, 1_280)
    assert one.crop(same).tobytes() == other.crop(same).tobytes()
    assert one.tobytes() != other.tobytes()
