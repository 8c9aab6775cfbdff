"""Who may do what: one table."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What a person is in an association, as far as rights go."""

    STRANGER = "stranger"  # nobody we know
    LEFT = "left"  # in no association any more; what she said is still there
    JOINING = "joining"  # consented; name or school are still to come
    WAITING = "waiting"  # asked to be let in
    GUEST = "guest"  # no member: has a part in single events
    MEMBER = "member"
    COORDINATOR = "coordinator"
    METHODIST = "methodist"  # oversees the association from outside: is in none of its lists


class Right(StrEnum):
    """What a handler asks for."""

    KNOCK = "knock"  # open an invitation, read what this is
    LOOK = "look"  # read the cards of what one may come to
    PLAN = "plan"  # read the plan, and so every card
    ANSWER = "answer"  # say whether one comes
    OWN_DATA = "own_data"  # see, correct, take away and erase what is stored about oneself
    ERASE = "erase"  # have everything about oneself deleted
    BELONG = "belong"  # what goes with being in the lists: one's school, how often one is reminded
    ASK = "ask"  # pass a question to the coordinator
    HOST = "host"  # run an event: of which one, `may_run` says
    OVERSEE = "oversee"  # read plans, days and counts of the associations that one oversees
    DESK = "desk"  # «Руководителю»: name days, import plans, invite, see who comes, reply


_LEFT = frozenset({Right.KNOCK, Right.ERASE})
_JOINING = _LEFT | {Right.OWN_DATA, Right.BELONG}
_GUEST = _JOINING | {Right.LOOK, Right.ANSWER, Right.ASK, Right.HOST}
_MEMBER = _GUEST | {Right.PLAN}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.STRANGER: frozenset({Right.KNOCK}),
    Role.LEFT: _LEFT,
    Role.JOINING: _JOINING,
    Role.WAITING: _JOINING,
    Role.GUEST: _GUEST,
    Role.MEMBER: _MEMBER,
    Role.COORDINATOR: _MEMBER | {Right.DESK},
    Role.METHODIST: _LEFT | {Right.OWN_DATA, Right.OVERSEE},
}


def may(role: Role, right: Right, elsewhere: Collection[Role] = ()) -> bool:
    """Whether this role has this right. What is overseen is named by the press itself: to oversee it is
    enough to be a methodist somewhere, in whichever association she acts at the moment."""
    return right in RIGHTS[role] or (right is Right.OVERSEE and Role.METHODIST in elsewhere)


class Part(StrEnum):
    """What a person is at one event beside what she is in the association."""

    HOST = "host"  # presents it, and runs it
    GUEST = "guest"  # invited to it alone


def may_see(role: Role, part: Part | None) -> bool:
    """Whether she may see an event in which this is her part (None: she has none)."""
    return may(role, Right.PLAN) or (may(role, Right.LOOK) and part is not None)


def may_run(role: Role, part: Part | None) -> bool:
    """Whether she may see who comes to an event, answer for others, say where it is: a coordinator any, a
    presenter her own."""
    return may(role, Right.DESK) or (may(role, Right.HOST) and part is Part.HOST)
