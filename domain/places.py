"""Where an event takes place, out of a coordinator's words: address, door, link, what to bring."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.errors import DomainError
from domain.records import Event, Mode

LONGEST_PLACE = 300

_BRING = re.compile(
    r"(?:^|[\n;.,])\s*(?:взять|возьмите|с собой)(?:\s+с собой)?\s*[:–—-]\s*([^\n;]+)", re.IGNORECASE
)
_LINK = re.compile(r"https?://[^\s<>«»\"]+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_ONLINE = re.compile(
    r"он-?лайн|online|дистанционн\w*|дистант\w*|удал[её]нно|zoom|зум\w*|skype|скайп\w*|teams|jitsi|телемост\w*"
    r"|сферум\w*|вкс|видеоконференц\w*|видеосвяз\w*",
    re.IGNORECASE,
)
# People may come, or join: «СОШ № 5, смешанно».
_BOTH = re.compile(
    r"(?:^|[\s,;(])(?:смешанно|гибридно|(?:в\s+)?(?:смешанн|гибридн)\w+\s+(?:формат|режим|форм)\w*"
    r"|(?:и\s+)?очно\s*(?:,\s*)?(?:и|или|\+|/)\s*(?:он-?лайн|дистанционно))(?=$|[\s,;.)])",
    re.IGNORECASE,
)
# Beside those words, and beside a link, it names no house: «в режиме онлайн, ссылка будет позже».
_BESIDE = re.compile(
    r"в|во|на|по|через|и|или|режим\w*|формат\w*|платформ\w*|яндекс\w*|видео|связ[ьи]|мест\w|проведени\w"
    r"|ссылк\w*|буд[еу]т|пришл\w+|позже|позднее|потом|дополнительно",
    re.IGNORECASE,
)
# Where no link is needed: a number by which a programme lets people in, after a word that names it; and what
# is said of it further on, such as the code. A telephone number is none.
_NUMBER_TO_JOIN = re.compile(
    r"(?:zoom|зум\w*|skype|скайп\w*|сферум\w*|телемост\w*|конференци\w*|идентификатор\w*)"
    r"(?:(?!тел)[^\d\n;]){0,40}\d(?:[ -]?\d){8,11}(?!\d)[^\n;]*",
    re.IGNORECASE,
)
# «позже», «пока не знаю»: said in place of a place.
_LATER = re.compile(
    r"позже|позднее|потом|пока|ещ[её]|нет|не|знаю|известно|неизвестно|понятно|непонятно|решил[аи]|решено"
    r"|определил\w*|уточн\w+|сообщ\w+|назов[уё]\w*|скаж[уе]\w*|напиш[уе]\w*|добавл[юя]\w*|чуть|будет"
    r"|ссылк\w*|мест[оа]|адрес\w*",
    re.IGNORECASE,
)
_ENTRANCE = re.compile(r"(?:^|[\s,;.(])вход\b[\s:–—-]*([^\n]+)", re.IGNORECASE)
_AROUND = " ,;:.–—-"
# A room of a house, not a house.
_ROOM = re.compile(
    r"(?:в\s+)?(?:каб(?:\.|инет\b)|ауд(?:\.|итори[яи]\b)|(?:актов|читальн)\w+ зал|конференц-зал"
    r"|(?:\d+\W{0,3})?этаж)[^,;]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """What was understood; None where nothing was said of it. The link is empty where it is online, and the
    link is still to be named; it may be words by which one joins: «Zoom, 123 456 7890, код 1234»."""

    venue: str | None = None
    entrance: str | None = None
    link: str | None = None
    bring: str | None = None

    def within(self, venue: str, entrance: str) -> Place:
        """The room of the house where it was to be by now, by the same door, where only a room is named;
        else the same."""
        house = [part for part in venue.split(", ") if part and not _ROOM.fullmatch(part)]
        if self.venue is None or not house or not all(map(_ROOM.fullmatch, self.venue.split(", "))):
            return self
        room = self.venue[:1].lower() + self.venue[1:]
        return replace(self, venue=", ".join([*house, room]), entrance=self.entrance or entrance)

    def as_changes(self, *, mixed: bool = False) -> dict[str, str]:
        """What it changes of an event, by the event's own names. A link makes an event an online one, an
        address one that people go to, the two together a mixed one; one that is `mixed` stays so, and keeps
        what nothing is said of."""
        changes: dict[str, str] = {}
        if self.venue is not None or (self.link is not None and not mixed):
            # Another house has another door, and a link leads to none.
            changes |= {"venue": self.venue or "", "entrance": self.entrance or ""}
        elif self.entrance is not None:
            changes["entrance"] = self.entrance
        if self.link or (self.venue is not None and not mixed):
            changes["link"] = self.link or ""
        if self.venue is not None and self.link is None and not mixed:
            changes["mode"] = Mode.ONSITE
        elif self.link is not None and self.venue is None and not mixed:
            changes["mode"] = Mode.ONLINE
        elif self.venue is not None or self.link is not None:
            changes["mode"] = Mode.MIXED
        if self.bring is not None:
            changes["bring"] = self.bring
        return changes


def changes_of_mode(event: Event, mode: Mode) -> dict[str, str] | None:
    """What another way to come changes of an event; None where its address or its link is still to be
    named."""
    if (mode is not Mode.ONLINE and not event.venue) or (mode is not Mode.ONSITE and not event.link):
        return None
    changes: dict[str, str] = {"mode": mode}
    if mode is Mode.ONSITE:
        changes["link"] = ""
    if mode is Mode.ONLINE:
        changes |= {"venue": "", "entrance": ""}
    return changes


# The same few places stand in every event that is read.
@lru_cache(maxsize=1024)
def is_online(venue: str | None) -> bool:
    """Whether a place is none: «Онлайн», «в дистанционном формате», «на платформе Zoom», «по ВКС»."""
    words = _WORD.findall(venue or "")
    online = [word for word in words if _ONLINE.fullmatch(word)]
    return bool(online) and all(word in online or _BESIDE.fullmatch(word) for word in words)


def house(venue: str | None) -> str:
    """Where people go by a row of a plan; empty where it says that they do not."""
    return "" if venue is None or is_online(venue) else venue


def is_address(link: str) -> bool:
    """Whether how people join is an address on the net, and not words."""
    return _LINK.match(link) is not None


def in_words(event: Event, online: str = "онлайн") -> str:
    """Where an event is, as in a plan's column; `online` is said of one without an address. Empty where that
    is not known."""
    return event.venue or (online if event.mode is Mode.ONLINE else "")


def lacks_link(event: Event) -> bool:
    """Whether people come to an event by a link that is still to be named."""
    return event.mode is not Mode.ONSITE and not event.link


def read_place(text: str) -> Place:
    """«Лицей № 12, ул. Садовая, 7, каб. 214; вход со двора» and the like.

    What follows «вход» is the entrance, what begins with «https://» the link, or else the number of a meeting
    in Zoom with the words around it; «взять: паспорт» or «с собой: …» says what to bring; the rest is the
    address, unless it says that it is online. Raises DomainError `place_empty`, `place_later` for «позже» and
    the like, `place_too_long` with the fact `longest`.
    """
    if len(text) > LONGEST_PLACE:
        raise DomainError("place_too_long", longest=LONGEST_PLACE)
    bring, rest = _taken(_BRING, text)
    link = _LINK.search(rest) or _NUMBER_TO_JOIN.search(rest)
    if link is not None:
        rest = rest[: link.start()] + "\n" + rest[link.end() :]
    entrance, rest = _taken(_ENTRANCE, rest)
    both = _tidy(_BOTH.sub("\n", rest))
    venue = both or _tidy(rest)
    words = _WORD.findall(venue)
    if link is None and words and all(map(_LATER.fullmatch, words)):
        raise DomainError("place_later")
    online = is_online(venue)
    if online or (link is not None and all(map(_BESIDE.fullmatch, words))):
        venue = ""
    where = "" if online or (venue and venue == both != _tidy(rest)) else None
    if link is not None:
        where = _tidy(link[0]) if link.re is _NUMBER_TO_JOIN else link[0].rstrip(".,;)")
    place = Place(venue or None, entrance, where, bring)
    if place == Place():
        raise DomainError("place_empty")
    return place


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str | None, str]:
    """What the pattern finds, and the text without it."""
    found = pattern.search(text)
    if found is None:
        return None, text
    return _tidy(found[1]) or None, text[: found.start()] + "\n" + text[found.end() :]


def _tidy(text: str) -> str:
    """One line, without the signs that held it together with the rest."""
    line = " ".join(text.split()).strip(_AROUND).rstrip("(").rstrip(_AROUND)
    return line.rstrip(")").rstrip(_AROUND) if line.count(")") > line.count("(") else line
