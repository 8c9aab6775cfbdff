"""«Провести вместе»: which rows of the plan can be one gathering, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from domain.period import Period
from domain.records import Event, Invited

# Each of two titles keeps so many signs, so that a card shows both.
_LONGEST = 240
_BETWEEN = "; "

Whom: TypeAlias = tuple[Invited, int | None]


def go_together(one: Event, other: Event) -> bool:
    """Whether the two can be held as one: on the same day, or, while the day of one of them is still to be
    named, in the same month at the same place."""
    if one.id == other.id or not (one.awaited and other.awaited):
        return False
    if one.joined and other.joined:
        return False
    if not one_occasion(one.period, one.venue, other.period, other.venue):
        return False
    if one.period.day_known and other.period.day_known:
        return True
    # What has others in it already stays; what has a day does too.
    return not ((one.joined and other.period.day_known) or (other.joined and one.period.day_known))


def one_occasion(period: Period, venue: str, other: Period, other_venue: str) -> bool:
    """Whether two dates, each at its place, may be one gathering's: on the same day, or, while the day of one
    of them is still to be named, in the same month at the same place."""
    if period.day_known and other.day_known:
        return period.first_day == period.end == other.first_day == other.end
    return _one_month(period) == _one_month(other) is not None and same_place(venue, other_venue)


def keep_first(one: Event, other: Event) -> tuple[Event, Event]:
    """The one that stays, with its day, hour and place, and the one that is joined into it: of two that
    `go_together` the first, unless only the other has a day, or others in it."""
    if other.joined or (other.period.day_known and not one.period.day_known):
        return other, one
    return one, other


def texts_of(kept: Event, merged: Event) -> dict[str, str]:
    """What a joined event says in place of its own words: both titles, both who hold it, both audiences; the
    second one's place where it had none."""
    return {
        "title": _both(
            kept.title if kept.joined else _clip(kept.title, _LONGEST), _clip(merged.title, _LONGEST)
        ),
        "venue": kept.venue or merged.venue,
        "responsible": _both(kept.responsible, merged.responsible),
        "audience": _both(kept.audience, merged.audience),
    }


def seats_of(kept: Event, merged: Event) -> int | None:
    """How many seats a joined event has: those of the room that it is held in; None for any number."""
    if kept.seats is not None or (kept.venue and not same_place(kept.venue, merged.venue)):
        return kept.seats
    return merged.seats


def invited_of(those: Iterable[Whom]) -> Whom:
    """Whom a joined event is for, when each of the events is for these: the same, or everybody. Where nobody
    is invited to one of them, it is as the others say."""
    wanted = {one for one in those if one[0] is not Invited.NOBODY}
    if len(wanted) > 1:
        return Invited.EVERYBODY, None
    return wanted.pop() if wanted else (Invited.NOBODY, None)


def whom_of(event: Event) -> Whom:
    """Whom an event is for; of a group its id."""
    return event.invited, event.group_id


def own_texts(event: Event) -> dict[str, object]:
    """What an event says alone, to be kept until they part again. Not its place: people know by then where it
    is, and it may have been changed since."""
    return {"title": event.title, "responsible": event.responsible, "audience": event.audience}


def partners(event: Event, others: Iterable[Event]) -> list[Event]:
    """Those of the others that can be held together with an event."""
    return [one for one in others if go_together(event, one)]


def _one_month(period: Period) -> tuple[int, int] | None:
    first, last = period.first_day, period.end
    month = (first.year, first.month)
    return month if month == (last.year, last.month) else None


def same_place(one: str, other: str) -> bool:
    """Whether two places are one, however they are written; a place that is not named is no other's."""
    return bool(one.strip()) and _plain(one) == _plain(other)


def _plain(place: str) -> str:
    return "".join(sign for sign in place.casefold().replace("ё", "е") if sign.isalnum())


def _both(one: str, other: str) -> str:
    """Both; one of them where they are the same, or the other is empty."""
    return one + _BETWEEN + other if one and other and _plain(one) != _plain(other) else one or other


def _clip(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
