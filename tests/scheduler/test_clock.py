from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.clock import Clock, RealClock, ShiftedClock

HOUR = 3600


def shift_of(clock: Clock) -> int:
    return round((clock.now() - datetime.now(UTC)).total_seconds())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clock"


def test_the_real_clock_is_aware_utc():
    now = RealClock().now()
    assert now.utcoffset() == timedelta()
    assert shift_of(RealClock()) == 0


def test_without_a_file_the_time_is_real(file):
    assert shift_of(ShiftedClock(file)) == 0


@pytest.mark.parametrize(
    ("text", "shift"),
    [("3600", HOUR), (" -3600\n", -HOUR), ("86400.0", 24 * HOUR), ("0", 0), ("+60\n", 60)],
)
def test_the_file_s_seconds_are_added(file, text, shift):
    file.write_text(text)
    clock = ShiftedClock(file)
    assert shift_of(clock) == shift
    assert clock.now().utcoffset() == timedelta()


def test_a_change_is_seen_at_once_even_if_nothing_but_the_digits_change(file):
    clock = ShiftedClock(file)
    for hours in range(1, 9):
        replacement = file.with_suffix(".new")
        replacement.write_text(str(hours * HOUR).zfill(6))
        os.utime(replacement, ns=(0, hours))
        replacement.replace(file)
        assert shift_of(clock) == hours * HOUR


def test_what_was_written_by_the_real_time_is_moved_likewise(file):
    file.write_text(str(30 * 24 * HOUR))
    clock, real = ShiftedClock(file), datetime.now(UTC) - timedelta(minutes=5)
    assert clock.of(real) == real + timedelta(days=30)
    moved = clock.now() - timedelta(minutes=5)
    assert clock.of(moved) == moved  # the demo's Telegram goes by this clock already
    assert RealClock().of(real) == real


GARBLED = ["", "   ", "an hour", "1e400", "nan", "inf", "-99999999999", "9" * 30, "+1 час"]


@pytest.mark.parametrize("garbled", GARBLED)
def test_what_is_no_number_leaves_the_time_real(file, garbled):
    file.write_text(garbled, encoding="utf-8")
    assert shift_of(ShiftedClock(file)) == 0


@pytest.mark.parametrize("garbled", GARBLED)
def test_what_is_no_number_keeps_the_last_good_one_until_there_is_another(file, garbled):
    clock = ShiftedClock(file)
    file.write_text("60")
    assert shift_of(clock) == 60
    file.write_text(garbled, encoding="utf-8")
    assert shift_of(clock) == 60
    file.write_text("7200")
    assert shift_of(clock) == 7200


def test_a_file_removed_keeps_the_last_good_number(file):
    file.write_text("60")
    clock = ShiftedClock(file)
    assert shift_of(clock) == 60
    file.unlink()
    assert shift_of(clock) == 60


def test_a_folder_in_its_place_is_no_number(tmp_path):
    assert shift_of(ShiftedClock(tmp_path)) == 0


def test_an_unchanged_file_is_not_read_again(file, monkeypatch):
    file.write_text("60")
    clock = ShiftedClock(file)
    clock.now()
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: pytest.fail("read again"))
    assert shift_of(clock) == 60
