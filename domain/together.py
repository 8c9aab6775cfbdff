"""«Провести вместе»: which rows of the plan can be one gathering, and what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from domain.period import Period
from domain.plan_draft import Kind
from domain.records import Event, Invited, Mode

# Each of two titles keeps so many signs, so that a card shows both.
_LONGEST = 240
_BETWEEN = "; "

# «Заседания РМО», «Плановое заседание № 2»: no quotation marks, no «о …», no «по …».
_OF_THEME = r"(?:об?о?|по|для|к|на|тем\w*|посвящ\w*)\b"
_OPEN = re.compile(
    rf"(?:[^\W\d_]+ +)?(?:заседани|собрани)[ея](?: +(?:№ *\w+|(?!{_OF_THEME})[^\W\d_]+(?:-[^\W\d_]+)*))*",
    re.IGNORECASE,
)

# How people come to an event, and what they are to know of it.
WAYS = ("mode", "link", "entrance", "bring", "contact")

Whom: TypeAlias = tuple[Invited, int | None]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A date at its place, as far as it says with which others it may be one gathering: for whom it is, and
    whether it has no theme of its own."""

    period: Period
    venue: str
    whom: Hashable
    open: bool


def is_open(kind: Kind, title: str) -> bool:
    """Whether a meeting is named without a theme («Заседания РМО»): it is about what is held that day."""
    return kind is Kind.MEETING and _OPEN.fullmatch(title.strip()) is not None


def occasion_of(event: Event) -> Occasion:
    """An event as an occasion."""
    whom = event.invited, event.group_id, _plain(event.audience)
    return Occasion(event.period, event.venue, whom, is_open(event.kind, event.title))


def go_together(one: Event, other: Event, *, said: bool = False) -> bool:
    """Whether the two can be held as one: on the same day; or, while the day of one of them is still to be
    named, in the same month at the same place; or, while no day is named, in the same month for the same
    people, where one of them has no theme. Where the head said so herself, whatever the place."""
    if one.id == other.id or not (one.awaited and other.awaited):
        return False
    if one.joined and other.joined:
        return False
    first, second = occasion_of(one), occasion_of(other)
    by_her_word = said and same_time(first, second)
    if not (by_her_word or one_occasion(first, second) or _one_without_theme(first, second)):
        return False
    if one.period.day_known and other.period.day_known:
        return True
    # What has others in it already stays; what has a day does too.
    return not ((one.joined and other.period.day_known) or (other.joined and one.period.day_known))


def one_occasion(one: Occasion, other: Occasion) -> bool:
    """Whether two dates, each at its place, may be one gathering's: on the same day, or, while the day of one
    of them is still to be named, in the same month at the same place."""
    if one.period.day_known and other.period.day_known:
        return one.period.first_day == one.period.end == other.period.first_day == other.period.end
    return _same_month(one, other) and same_place(one.venue, other.venue)


def same_time(one: Occasion, other: Occasion) -> bool:
    """Whether two dates may be the same, wherever: one day; or, while one is still to be named, one month."""
    return one_occasion(one, other) or (
        not (one.period.day_known and other.period.day_known) and _same_month(one, other)
    )


def company_of(one: Occasion, others: Iterable[Occasion]) -> Occasion | None:
    """What an occasion is probably held with, wherever each was planned: of a meeting without a theme and the
    only other gathering of its month for the same people the other one. None where there are more."""
    there = [other for other in others if other.whom == one.whom and _same_month(one, other)]
    return there[0] if len(there) == 1 and _one_without_theme(one, there[0]) else None


def keep_first(one: Event, other: Event, venue: str = "") -> tuple[Event, Event]:
    """The one that stays, with its day, hour and place, and the one that is joined into it: of two that
    `go_together` the first, unless only the other has a day, or others in it. Where both could stay as well,
    the one at the place that was chosen."""
    if other.joined or (other.period.day_known and not one.period.day_known):
        return other, one
    free = not one.joined and one.period.day_known == other.period.day_known
    if free and same_place(other.venue, venue) and not same_place(one.venue, venue):
        return other, one
    return one, other


def places_of(one: str, other: str) -> tuple[str, ...]:
    """The places to choose from where two that go together were planned at different ones."""
    return (one, other) if one.strip() and other.strip() and not same_place(one, other) else ()


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


def ways_of(kept: Event, merged: Event) -> dict[str, Any]:
    """How people come to a joined event: by the link of either, and so in person or online where one of them
    is held in a room and the other one is not; through the door of the house that stays; with what is to be
    brought to either."""
    venue = kept.venue or merged.venue
    mode = kept.mode if kept.mode is merged.mode else Mode.MIXED
    if mode is Mode.MIXED and not venue:
        mode = Mode.ONLINE
    door = merged.entrance if same_place(venue, merged.venue) else ""
    return {
        "mode": mode,
        "link": kept.link or merged.link,
        "entrance": kept.entrance or door,
        "bring": _both(kept.bring, merged.bring),
        "contact": _both(kept.contact, merged.contact),
    }


def come_by_link(kept: Event, merged: Event) -> tuple[Event, ...]:
    """Those of the two to which people said that they come by the link alone, where others come to the joined
    event in person."""
    mixed = ways_of(kept, merged)["mode"] is Mode.MIXED
    return tuple(one for one in (kept, merged) if mixed and one.mode is Mode.ONLINE)


def own_ways(event: Event, others: Iterable[Event], own: Mapping[str, object]) -> dict[str, Any]:
    """Of how people came to an event alone (`own`, as far as it was kept) what holds again once the others
    are held apart: not what was said anew while they were joined."""
    kept: dict[str, Any] = {name: own[name] for name in WAYS if name in own}
    alone = replace(event, **{**kept, "mode": Mode(kept.get("mode", event.mode))})
    given = alone
    for one in others:
        given = replace(given, **ways_of(given, one))
    anew = {name for name in WAYS if getattr(event, name) != getattr(given, name)}
    if not anew.isdisjoint({"mode", "link"}):  # the one means nothing without the other
        anew |= {"mode", "link"}
    again = {name: getattr(alone, name) for name in kept if name not in anew}
    if again.get("mode") is Mode.ONLINE:  # the place was the others'
        again |= {"venue": "", "entrance": ""}
    return again


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
    """What an event says alone, and how people come to it, to be kept until they part again. Not its place:
    people know by then where it is, and it may have been changed since."""
    names = ("title", "responsible", "audience", *WAYS)
    return {name: getattr(event, name) for name in names}


def partners(event: Event, others: Iterable[Event]) -> list[Event]:
    """Those of the others that are probably held together with an event."""
    mine = occasion_of(event)
    there = [(one, occasion_of(one)) for one in others if one.id != event.id and one.awaited]
    company = company_of(mine, [occasion for _, occasion in there])
    return [
        one
        for one, occasion in there
        if go_together(event, one) and (occasion is company or one_occasion(mine, occasion))
    ]


def _one_without_theme(one: Occasion, other: Occasion) -> bool:
    """Whether one of two dates without a day is a meeting's that has no theme, in the other one's month, for
    the same people."""
    unnamed = not (one.period.day_known or other.period.day_known)
    return one.open != other.open and unnamed and one.whom == other.whom and _same_month(one, other)


def _same_month(one: Occasion, other: Occasion) -> bool:
    return _one_month(one.period) == _one_month(other.period) is not None


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
    """Both; the fuller one where it begins with the other, or the other is empty."""
    fuller, brief = (one, other) if len(one) >= len(other) else (other, one)
    begins = f"{fuller.casefold()} ".startswith(f"{brief.casefold()} ")
    return fuller if not brief or begins or _plain(one) == _plain(other) else one + _BETWEEN + other


def _clip(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
