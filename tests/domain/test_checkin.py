"""Check-ins: when they are taken, what a code holds, what is no code of ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checkin import (
    STEP,
    Scan,
    Token,
    Window,
    by_digits,
    check_fresh,
    digits_of,
    looks_like_kept_scan,
    looks_like_token,
    read_kept_scan,
    read_token,
    step_of,
    write_kept_scan,
    write_token,
)
from domain.errors import DomainError
from domain.records import Way

KEY, OTHER = bytes(range(32)), bytes(32)
AT = datetime(2026, 11, 18, 7, 0, tzinfo=UTC)
TOKENS = st.builds(Token, st.integers(1, 2**47), st.integers(0, 2**32 - 1))


@given(TOKENS)
def test_a_code_comes_back(token: Token) -> None:
    code = write_token(KEY, token)
    assert read_token(KEY, code) == token
    assert looks_like_token(code)
    assert len(code) <= 64
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(TOKENS.filter(lambda one: one.step > 0), st.sampled_from([Way.QR, Way.DIGITS]))
def test_a_scan_that_is_kept_comes_back_with_its_way(token: Token, way: Way) -> None:
    scan = Scan.of(token, way)
    kept = write_kept_scan(KEY, scan)
    assert looks_like_kept_scan(kept)
    assert read_kept_scan(KEY, kept) == scan
    assert looks_like_token(kept) == (way is Way.QR)  # what was typed makes no code to be scanned
    other = ("by" if kept.startswith("in") else "in") + kept[2:]
    with pytest.raises(DomainError, match="checkin_unknown"):
        read_kept_scan(KEY, other)


@given(TOKENS, st.data())
def test_a_code_with_another_sign_in_it_is_none(token: Token, data: st.DataObject) -> None:
    code = write_token(KEY, token)
    at = data.draw(st.integers(0, len(code) - 1))
    sign = data.draw(st.sampled_from([one for one in "abcXYZ019-_" if one != code[at]]))
    with pytest.raises(DomainError) as refused:
        read_token(KEY, code[:at] + sign + code[at + 1 :])
    assert refused.value.code == "checkin_unknown"


@pytest.mark.parametrize("text", ["", "in", "in" + "я" * 27, "in" + "!" * 27, "x" * 29, "in" + "a" * 26])
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(DomainError, match="checkin_unknown"):
        read_token(KEY, text)


def test_another_installations_code_is_none() -> None:
    with pytest.raises(DomainError, match="checkin_unknown"):
        read_token(OTHER, write_token(KEY, Token(1, 0)))


def test_a_changing_code_is_stale_after_a_minute() -> None:
    token = Token(7, step_of(AT))
    check_fresh(token, AT)
    check_fresh(token, AT + STEP)
    for late in (AT + 2 * STEP, AT - STEP):
        with pytest.raises(DomainError, match="checkin_stale"):
            check_fresh(token, late)
    check_fresh(Token(7, 0), AT + timedelta(days=400))


def test_digits_stand_for_the_code() -> None:
    fixed, shown = digits_of(KEY, Token(7, 0)), digits_of(KEY, Token(7, step_of(AT)))
    assert all(len(one) == 6 and one.isdigit() and one[0] != "0" for one in (fixed, shown))
    assert by_digits(KEY, fixed, 7, AT + timedelta(days=9))
    assert by_digits(KEY, shown, 7, AT + STEP)
    assert not by_digits(KEY, shown, 7, AT + 3 * STEP)
    assert not by_digits(KEY, fixed, 8, AT)


def test_a_window_has_both_its_ends() -> None:
    window = Window(AT, AT + timedelta(hours=1))
    window.check(window.opens)
    window.check(window.closes)
    with pytest.raises(DomainError, match="checkin_too_early"):
        window.check(window.opens - timedelta(seconds=1))
    with pytest.raises(DomainError, match="checkin_too_late"):
        window.check(window.closes + timedelta(seconds=1))
