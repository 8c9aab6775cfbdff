"""Guests, as a coordinator writes them."""

from __future__ import annotations

import pytest

from domain.errors import DomainError
from domain.guests import NewGuest, read_guests, read_name


@pytest.mark.parametrize(
    ("text", "guests"),
    [
        ("Иванова Анна Львовна", [NewGuest("Иванова Анна Львовна", "")]),
        ("Иванова А. Л.,  районная библиотека", [NewGuest("Иванова А. Л.", "районная библиотека")]),
        (
            "Иванова А. Л., лицей №12, корпус 2\n\n Ким О. Ю.,\n",
            [NewGuest("Иванова А. Л.", "лицей № 12, корпус 2"), NewGuest("Ким О. Ю.", "")],
        ),
        ("=Ким", [NewGuest("=Ким", "")]),
    ],
)
def test_guests_are_read(text: str, guests: list[NewGuest]):
    """A name, and perhaps from where; one a line."""
    assert read_guests(text) == guests


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "guest_not_understood"),
        (" \n ", "guest_not_understood"),
        (", ЦБС", "guest_not_understood"),
        ("5 человек, ЦБС", "guest_not_understood"),
        ("😀", "guest_not_understood"),
        ("Иванова, №№", "school_empty"),
        ("И" * 151, "name_too_long"),
        ("Иванова, " + "я" * 301, "school_too_long"),
        ("Иванова\n" * 31, "guests_too_many"),
    ],
)
def test_what_is_no_guest_is_refused(text: str, code: str):
    """Kindly, elsewhere."""
    with pytest.raises(DomainError, match=code):
        read_guests(text)


def test_a_name_is_one_line():
    """Without marks that turn the direction of writing."""
    assert read_name(" Ким\n Ольга\u202e,") == "Ким Ольга"
