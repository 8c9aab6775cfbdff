"""Who comes to an event: members, those who come in their place, guests; by answer and by school."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.people import plain_words
from domain.records import Answer, Attendee, Guest


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list; what is not known is empty. `reason` is a Reason or her own words; `substitute`
    is who comes in her place, `instead_of` in whose place she comes herself."""

    name: str
    short: str
    school: str
    answer: Answer | None
    reason: str = ""
    substitute: str = ""
    instead_of: str = ""
    guest: bool = False
    place: int = 0  # in the line for a seat
    person_id: int = 0  # of who is in the bot

    @property
    def takes_part(self) -> bool:
        """Whether somebody comes, in person or by the link."""
        return self.answer is not None and self.answer.takes_part


@dataclass(frozen=True, slots=True)
class School:
    """The lines of one school; `title` is empty for those who named none."""

    title: str
    lines: tuple[Line, ...]

    def of(self, answer: Answer | None) -> list[Line]:
        """Those who answered so; for None those who are silent."""
        return [line for line in self.lines if line.answer is answer]

    @property
    def represented(self) -> bool:
        """Whether somebody comes from there."""
        return any(line.takes_part for line in self.lines)


@dataclass(frozen=True, slots=True)
class Turnout:
    """The people (by surname) with their answers, and the guests who are not in the bot."""

    people: Sequence[Attendee]
    guests: Sequence[Guest] = ()

    def lines(self) -> list[Line]:
        """Everybody once: people by surname, then who comes in their place by name alone, then guests who are
        not in the bot."""
        return [*self._people(), *self._named(), *self._guests()]

    def without_reasons(self) -> Turnout:
        """The same for who is to know who comes, and not why somebody does not."""
        return replace(self, people=[replace(one, reason="") for one in self.people])

    def of(self, answer: Answer | None) -> list[Line]:
        """Those who answered so; for None those who are silent. Who waits for a seat: first come first."""
        those = [line for line in self.lines() if line.answer is answer]
        return sorted(those, key=lambda one: one.place) if answer is Answer.WAITLISTED else those

    def can_be_asked(self, but: int) -> bool:
        """Whether anybody but this person is silent and can be written to."""
        return any(one.answer is None and one.reachable and one.person_id != but for one in self.people)

    def taking_part(self) -> list[Line]:
        """Those who come, in person or by the link."""
        return [line for line in self.lines() if line.takes_part]

    def schools(self) -> list[School]:
        """School by school, «№ 9» before «№ 12»; those who named none come last. Guests are of no school."""
        by_title: defaultdict[str, list[Line]] = defaultdict(list)
        for line in [*self._people(), *self._named()]:
            if not line.guest:
                by_title[line.school].append(line)
        titles = sorted(by_title, key=lambda title: (not title, natural_order(title)))
        return [School(title, tuple(by_title[title])) for title in titles]

    def _people(self) -> list[Line]:
        by_id = {one.person_id: one for one in self.people}
        waiting = [one for one in self.people if one.answer is Answer.WAITLISTED and one.answered_at]
        line = [one.person_id for one in sorted(waiting, key=lambda one: (one.answered_at, one.person_id))]
        instead: defaultdict[int, list[str]] = defaultdict(list)
        for one in self._declined():
            if one.substitute_id in by_id:
                instead[one.substitute_id].append(one.name.short)
        return [
            Line(
                name=one.name.full,
                short=one.name.short,
                school=one.school or "",
                answer=one.answer,
                reason=one.reason,
                substitute=_substitute(one, by_id),
                instead_of=", ".join(instead[one.person_id]),
                guest=one.guest,
                place=line.index(one.person_id) if one.person_id in line else 0,
                person_id=one.person_id,
            )
            for one in self.people
        ]

    def _named(self) -> list[Line]:
        return [
            Line(
                name=one.substitute_name,
                short=one.substitute_name,
                school=one.school or "",
                answer=Answer.GOING,
                instead_of=one.name.short,
                guest=one.guest,
            )
            for one in self._declined()
            if one.substitute_name
        ]

    def _guests(self) -> list[Line]:
        return [
            Line(one.name, one.name, one.organisation, Answer.GOING, guest=True)
            for one in sorted(self.guests, key=lambda one: (plain_words(one.name), one.id))
        ]

    def _declined(self) -> list[Attendee]:
        return [one for one in self.people if one.answer is Answer.DECLINED]


def _substitute(one: Attendee, by_id: dict[int, Attendee]) -> str:
    if one.substitute_id in by_id:
        return by_id[one.substitute_id].name.short
    return one.substitute_name


def natural_order(title: str) -> list[tuple[int, str]]:
    """Numbers by their worth, words by the alphabet, «ё» as «е»."""
    parts = re.findall(r"\d+|\D+", plain_words(title))
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
