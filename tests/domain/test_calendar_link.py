"""The code in a link to somebody's calendar: what it says, and that only the installation can write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar_link import is_signed, person_of, write_link_code

KEY, SALT = b"k" * 32, b"s" * 16


@given(st.integers(0, 2**48 - 1), st.binary(min_size=16, max_size=16))
def test_it_is_hers_and_fits_into_a_link(person_id: int, salt: bytes):
    """Nothing in it has to be written otherwise in an address."""
    code = write_link_code(KEY, salt, person_id)
    assert len(code) == 32
    assert code.replace("-", "").replace("_", "").isalnum()
    assert person_of(code) == person_id
    assert is_signed(KEY, salt, code, person_id)


def test_another_key_salt_or_person_makes_another():
    """Each of them alone."""
    code = write_link_code(KEY, SALT, 7)
    assert not is_signed(b"K" * 32, SALT, code, 7)
    assert not is_signed(KEY, b"S" * 16, code, 7)
    assert not is_signed(KEY, SALT, code, 8)


@given(st.integers(0, 31), st.sampled_from("AbZ09-_"))
def test_no_sign_of_it_can_be_another(place: int, sign: str):
    """One code leads to one calendar in one way only."""
    code = write_link_code(KEY, SALT, 7)
    changed = code[:place] + sign + code[place + 1 :]
    assert is_signed(KEY, SALT, changed, 7) is (changed == code)


@pytest.mark.parametrize("text", ["", "x", "ё" * 32, "=" * 32, "a" * 31, "a" * 33, " " * 32])
def test_what_no_code_looks_like(text: str):
    """It is nobody's."""
    assert person_of(text) is None
