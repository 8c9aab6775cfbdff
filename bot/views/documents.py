"""Records → what documents are written from: the fields of blanks, the lines of lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from actions.certificates import Award, Given
from actions.papers import ForLetter, ForList
from bot.views import dates
from bot.views.words import plain, t
from documents.attendance_sheet import Heading, Visitor
from documents.blanks import Blank, Value
from documents.certificates import ATTENDED, SPOKE
from documents.letters import BLANK_LINE, LETTER, NOTICE
from documents.protocol import PROTOCOL, ProtocolPaper, fields_of
from domain.certificates import Certificate
from domain.period import Period
from domain.protocols import theme_of
from domain.quotes import within_quotes
from domain.records import Actor, Answer, Association, Event, Mode, Talk, TalkForm

BLANKS: Mapping[str, Blank] = {one.code: one for one in (LETTER, NOTICE, PROTOCOL, ATTENDED, SPOKE)}
# From here every day is far, and is said with its year.
_FAR = date.min


def letter(found: ForLetter, home: Association, centre: str) -> dict[str, Value]:
    """The fields of a letter; `centre` is whom a notice is for, empty where a line is to be left."""
    event = found.event
    return {
        **_of_event(event, home, found.head),
        "время": _hours(event.period) or BLANK_LINE,
        "участники": event.audience,
        "программа": [_talk(one) for one in found.talks],
        "справки": event.contact,
        "центр": centre or BLANK_LINE,
    }


def certificates(given: Given, home: Association) -> list[dict[str, Value]]:
    """The fields of each certificate."""
    return [certificate(given.event, award, number, home, given.head) for award, number in given.awards]


def certificate(
    event: Event, award: Award, number: Certificate, home: Association, head: str
) -> dict[str, Value]:
    """The fields of one."""
    facts: dict[str, Value] = {
        **_of_event(event, home, head),
        "номер": str(number.number),
        "выдано": f"{dates.local(number.at, home.zone):%d.%m.%Y}",
        "имя": award.name,
        "организация": award.organisation,
        "часы": _duration(event.period),
    }
    talk = award.talk
    return facts if talk is None else {**facts, "тема": within_quotes(talk.theme), "форма": _form(talk)}


def sample(kind: str, found: ForLetter, actor: Actor, now: datetime) -> dict[str, Value]:
    """A blank filled with an event, a protocol and a certificate with whoever asks for it."""
    home = actor.home
    if kind == PROTOCOL.code:
        return fields_of(_sample_protocol(found, actor))
    if kind in {LETTER.code, NOTICE.code}:
        return letter(found, home, home.centre)
    name, organisation = actor.name.full if actor.name else "", actor.school or ""
    facts = {"имя": name, "организация": organisation, "номер": "1"}
    facts["выдано"] = f"{dates.local(now, home.zone):%d.%m.%Y}"
    facts |= {"часы": _duration(found.event.period)}
    if kind == SPOKE.code:
        facts |= {"тема": plain("blank-sample-theme"), "форма": plain("talk-form-report")}
    return {**_of_event(found.event, home, found.head), **facts}


def _sample_protocol(found: ForLetter, actor: Actor) -> ProtocolPaper:
    event, name = found.event, actor.name.full if actor.name else ""
    return ProtocolPaper(
        association=actor.home.title,
        town=actor.home.town,
        number="1",
        date=_day(event.period),
        form="",
        theme=event.title,
        venue=_place(event),
        chairman=name,
        secretary="",
        signed=(actor.name.signing if actor.name else "", ""),
        present=plain("blank-sample-present"),
        people=[(name, actor.school or "")],
        absent="",
        past_title="",
        past=[],
        agenda=[theme_of(event.title) or event.title],
        talks=[(one.speaker, one.theme) for one in found.talks],
        decisions=[(plain("blank-sample-decision"), "", "")],
    )


def heading(event: Event) -> Heading:
    """What stands above a list."""
    when = dates.span(event.period, _FAR) if event.period.day_known else _day(event.period)
    return Heading(event.title, when, _place(event))


def visitors(found: ForList) -> list[Visitor]:
    """Who comes in person, guests and who comes in somebody's place too."""
    return [
        Visitor(one.name, one.school, found.positions.get(one.person_id, ""))
        for one in found.turnout.of(Answer.GOING)
    ]


def _of_event(event: Event, home: Association, head: str) -> dict[str, Value]:
    return {
        "объединение": home.title,
        "название": event.title,
        "дата": _day(event.period),
        "место": _place(event) or BLANK_LINE,
        "руководитель": head,
    }


def _day(period: Period) -> str:
    if period.may_have_hours:
        return dates.full_day(period.first_day)
    span = dates.span(period, _FAR)
    return plain("paper-day-unnamed", span=span) if period.day_to_be_named else span


def _hours(period: Period) -> str:
    if period.start_time is None:
        return ""
    start = dates.clock(period.start_time)
    if period.end_time is None:
        return plain("paper-from", start=start)
    return plain("paper-from-to", start=start, end=dates.clock(period.end_time))


def _duration(period: Period) -> str:
    """«2 ч», «1 ч 30 мин»; empty where the end is not known."""
    if period.start_time is None or period.end_time is None:
        return ""
    day = period.first_day
    whole = datetime.combine(day, period.end_time) - datetime.combine(day, period.start_time)
    hours, minutes = divmod(whole // timedelta(minutes=1), 60)
    said = [plain("paper-hours", number=hours)] if hours else []
    return " ".join([*said, *([plain("paper-minutes", number=minutes)] if minutes else [])])


def _place(event: Event) -> str:
    if event.mode is Mode.ONLINE:
        return plain("paper-online")
    if event.mode is Mode.MIXED and event.venue:
        return plain("paper-mixed", venue=event.venue)
    return event.venue


def _talk(talk: Talk) -> dict[str, str]:
    form = _form(talk)
    whose = {"name": talk.speaker or plain("talk-nameless"), "theme": within_quotes(talk.theme)}
    where = f", {talk.organisation}" if talk.organisation else ""
    line = plain("talk-line", **whose, organisation=where, form=t("talk-form", form=form) if form else "")
    return {
        "имя": whose["name"],
        "организация": talk.organisation,
        "тема": talk.theme,
        "форма": form,
        "строка": line,
    }


def _form(talk: Talk) -> str:
    return "" if talk.form is TalkForm.OTHER else plain(f"talk-form-{talk.form}")
