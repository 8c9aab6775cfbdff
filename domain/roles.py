"""Who may do what: one table."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in an association, as far as rights go."""

    STRANGER = "stranger"  # nobody we know
    LEFT = "left"  # in no association any more; what she said is still there
    JOINING = "joining"  # consented; name or school are still to come
    WAITING = "waiting"  # asked to be let in
    MEMBER = "member"
    COORDINATOR = "coordinator"


class Right(StrEnum):
    """What a handler asks for."""

    KNOCK = "knock"  # open an invitation, read what this is
    LOOK = "look"  # read the plan and the cards
    ANSWER = "answer"  # say whether one comes
    OWN_DATA = "own_data"  # see, correct, take away and erase what is stored about oneself
    ERASE = "erase"  # have everything about oneself deleted
    ASK = "ask"  # pass a question to the coordinator
    DESK = "desk"  # «Руководителю»: name days, import plans, invite, see who comes, reply


_LEFT = frozenset({Right.KNOCK, Right.ERASE})
_JOINING = _LEFT | {Right.OWN_DATA}
_MEMBER = _JOINING | {Right.LOOK, Right.ANSWER, Right.ASK}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.STRANGER: frozenset({Right.KNOCK}),
    Role.LEFT: _LEFT,
    Role.JOINING: _JOINING,
    Role.WAITING: _JOINING,
    Role.MEMBER: _MEMBER,
    Role.COORDINATOR: _MEMBER | {Right.DESK},
}


def may(role: Role, right: Right) -> bool:
    """Whether this role has this right."""
    return right in RIGHTS[role]
