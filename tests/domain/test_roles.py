"""Who may do what."""

from __future__ import annotations

import pytest

from domain.roles import RIGHTS, Right, Role, may

# What shows, or changes, what belongs to members and coordinators.
OF_MEMBERS = {Right.LOOK, Right.ANSWER, Right.ASK, Right.DESK, Right.BELONG}


def test_a_methodist_reads_and_has_her_own_data_and_nothing_else() -> None:
    assert RIGHTS[Role.METHODIST] == {Right.KNOCK, Right.OWN_DATA, Right.ERASE, Right.OVERSEE}
    assert not RIGHTS[Role.METHODIST] & OF_MEMBERS


@pytest.mark.parametrize("right", Right)
def test_what_she_is_elsewhere_opens_only_what_is_overseen(right: Right) -> None:
    elsewhere = (Role.METHODIST, Role.COORDINATOR)
    opened = may(Role.MEMBER, right, elsewhere) and not may(Role.MEMBER, right)
    assert opened is (right is Right.OVERSEE)


def test_a_desk_elsewhere_is_none_here() -> None:
    assert not may(Role.MEMBER, Right.DESK, (Role.COORDINATOR,))
    assert not may(Role.MEMBER, Right.OVERSEE, (Role.COORDINATOR,))
