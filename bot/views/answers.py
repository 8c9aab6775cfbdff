"""Who comes, for the coordinator: by answer, by school, as a table; guests; answering for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from actions.check_in import open_for
from actions.guests import Guests
from bot.views import answers_keys, dates, joining
from bot.views.cards import reason_said, today
from bot.views.view import View
from bot.views.words import called, clip, fitting, from_school, plain, t, units
from documents.spreadsheet import Cell, write_spreadsheet
from domain.records import Actor, Answer, Attendee, Event, EventInvitation, Guest, Status
from domain.roles import Right, may
from domain.rsvp import Crowd, seats_counted
from domain.turnout import Line, School, Turnout

_LINES_A_PAGE = 30
_UNITS_A_PAGE = 3_000
_UNITS_A_ROW = 500
_PEOPLE_A_PAGE = 10
# Of each kind so many can be taken out by a button.
_GUESTS = 30
_GROUPS: tuple[tuple[Answer | None, str], ...] = (
    (Answer.GOING, "going"),
    (Answer.ONLINE, "online"),
    (Answer.WAITLISTED, "waitlisted"),
    (Answer.UNDECIDED, "undecided"),
    (None, "silent"),
    (Answer.DECLINED, "declined"),
)


def attendees(event: Event, turnout: Turnout, page: int, actor: Actor, now: datetime) -> View:
    """Who comes, who does not, who is silent; by name and school, a page at a time."""
    lines = []
    if seats_counted(event):
        beside = len(turnout.of(Answer.GOING)) > (event.seats or 0)
        lines.append(Markup("\n") + t("who-seats-beside" if beside else "who-seats", count=event.seats))
    for answer, code in _GROUPS:
        those = turnout.of(answer)
        if those or answer is Answer.GOING:
            lines.append(Markup("\n") + t(f"who-{code}", count=len(those)))
            lines.extend(line(one) for one in those)
    page, pages, shown = _page(lines, page)
    keyboard = answers_keys.attendees(event, page, pages, **_can(event, turnout, actor, now))
    return View(_listed(event, shown, actor, now), keyboard)


def schools(event: Event, turnout: Turnout, page: int, actor: Actor, now: datetime) -> View:
    """School by school: who comes, who is silent, and from where nobody comes; guests at the end."""
    found = turnout.schools()
    represented = sum(school.represented for school in found)
    blocks = [t("schools-some", count=represented)]
    if 0 < represented < len(found):
        blocks[0] += " " + t("schools-none", count=len(found) - represented)
    blocks += [Markup("\n") + _school(school) for school in found]
    guests = [one for one in turnout.lines() if one.guest and one.takes_part]
    if guests:
        blocks.append(Markup("\n") + t("schools-guests", names=_names(guests)))
    page, pages, shown = _page(blocks, page)
    keyboard = answers_keys.schools(event, page, pages, **_can(event, turnout, actor, now))
    return View(_listed(event, shown, actor, now), keyboard)


def more(event: Event, actor: Actor, now: datetime) -> View:
    """«Ещё»: what else can be done about those who come."""
    said = {"title": event.title, "when": dates.when(event.period, today(actor, now))}
    return View(
        t("more", **said), answers_keys.more(event, takes_answers=event.takes_answers(now), actor=actor)
    )


def _can(event: Event, turnout: Turnout, actor: Actor, now: datetime) -> dict[str, bool]:
    """Whether there are silent ones to be asked once more, and whether it is time to mark who is there."""
    taken = open_for(event, actor.home)
    asks = event.takes_answers(now) and may(actor.role, Right.DESK)
    return {
        "nudges": asks and turnout.can_be_asked(but=actor.person_id),
        "calls": taken is not None and now >= taken.opens and not event.called_off,
    }


def _listed(event: Event, shown: Sequence[Markup], actor: Actor, now: datetime) -> Markup:
    when = dates.when(event.period, today(actor, now))
    return t("who", title=event.title, when=when, lists=Markup("\n").join(shown))


def line(one: Line) -> Markup:
    """A person in a list: name, school, what else is to be known."""
    school = from_school(one.school)
    reason = [reason_said(one.reason)] if one.reason else []
    notes = Markup("; ").join([*reason, *_notes(one)])
    return t(
        "who-line",
        name=clip(one.name, 50),
        school=school,
        notes=t("who-notes", notes=notes) if notes else Markup(""),
    )


def _notes(one: Line) -> list[Markup]:
    """What is to be known of an answer beside the answer and its reason."""
    notes = []
    if one.substitute:
        notes.append(t("who-substitute", name=clip(one.substitute, 50)))
    if one.instead_of:
        notes.append(t("who-instead-of", name=clip(one.instead_of, 50)))
    if one.guest:
        notes.append(t("who-guest"))
    return notes


def _school(school: School) -> Markup:
    title = called(school.title, 80) or plain("schools-untitled")
    lines = [t("schools-title" if school.represented else "schools-title-none", school=title)]
    lines += [
        t(f"schools-{code}", names=_names(those)) for answer, code in _GROUPS if (those := school.of(answer))
    ]
    return Markup("\n").join(lines)


def _names(those: Sequence[Line]) -> Markup:
    names = fitting((t("schools-name", name=clip(one.short, 50)) for one in those), _UNITS_A_ROW)
    said = Markup(", ").join(names)
    return said if len(names) == len(those) else said + " " + t("who-cut", count=len(those) - len(names))


def _page(blocks: Iterable[Markup], page: int) -> tuple[int, int, list[Markup]]:
    """The page (kept within those there are), how many there are, and what stands on it."""
    pages: list[list[Markup]] = [[]]
    lines = left = 0
    for block in blocks:
        size, length = units(block.striptags()) + 1, block.count("\n") + 1
        if pages[-1] and (size > left or lines + length > _LINES_A_PAGE):
            pages.append([])
        if not pages[-1]:
            lines, left = 0, _UNITS_A_PAGE
        pages[-1].append(block)
        lines, left = lines + length, left - size
    page = min(max(page, 0), len(pages) - 1)
    if len(pages) == 1:
        return 0, 1, pages[0]
    return page, len(pages), [*pages[page], t("who-page", page=page + 1, pages=len(pages))]


# The table


def sheet(event: Event, turnout: Turnout, actor: Actor, now: datetime) -> bytes:
    """The list as .xlsx: a number, the name, the school, the answer, the reason (for a coordinator), in whose
    place."""
    told = may(actor.role, Right.DESK)
    columns = ("number", "name", "school", "answer", *(("reason",) if told else ()), "note")
    head = [plain(f"sheet-{code}") for code in columns]
    when = dates.when(event.period, today(actor, now)).striptags()
    rows: list[list[Cell]] = [
        [
            number,
            one.name,
            one.school,
            _said(one.answer),
            *([reason_said(one.reason).striptags() if one.reason else ""] if told else []),
            "; ".join(note.striptags() for note in _notes(one)),
        ]
        for number, one in enumerate((one for answer, _ in _GROUPS for one in turnout.of(answer)), start=1)
    ]
    return write_spreadsheet(plain("sheet-title"), [event.title, when], head, rows)


def sheet_name(event: Event, actor: Actor, now: datetime) -> str:
    """What the file is called."""
    return plain("sheet-file-name", day=dates.day(event.period.first_day, today(actor, now)))


def sheet_caption(event: Event, actor: Actor) -> Markup:
    """What the file is, and that it is not for everybody."""
    key = "sheet-caption" if may(actor.role, Right.DESK) else "sheet-caption-host"
    return t(key, title=clip(event.title, 300))


def _said(answer: Answer | None) -> str:
    return plain(f"said-{answer}") if answer else plain("said-none")


# Answering for somebody


def choose_person(event: Event, turnout: Turnout, page: int, actor: Actor, now: datetime) -> View:
    """For whom is an answer to be entered?"""
    pages = max(1, -(-len(turnout.people) // _PEOPLE_A_PAGE))
    page = min(max(page, 0), pages - 1)
    text = t("answer-for-choose", title=event.title, when=dates.span(event.period, today(actor, now)))
    if pages > 1:
        text += "\n" + t("who-page", page=page + 1, pages=pages)
    shown = turnout.people[page * _PEOPLE_A_PAGE : (page + 1) * _PEOPLE_A_PAGE]
    return View(text, answers_keys.people(event, shown, page, pages))


def person(event: Event, one: Attendee, page: int, actor: Actor, now: datetime) -> View:
    """What did she say?"""
    text = t(
        "answer-for",
        name=one.name.full,
        school=from_school(one.school),
        title=event.title,
        when=dates.span(event.period, today(actor, now)),
        answer=_said(one.answer),
    )
    return View(text, answers_keys.person(event, one, page))


# Guests


def guests(found: Guests, actor: Actor, now: datetime) -> View:
    """Who comes as a guest: those who were written down, and those who are in the bot, with their answers."""
    event = found.event
    ahead = event.ends_at > now and event.status is Status.PLANNED
    invites = ahead and may(actor.role, Right.DESK)
    keyboard = answers_keys.guests(event, found.written[:_GUESTS], found.invited[:_GUESTS], invites=invites)
    said = {"title": event.title, "when": dates.span(event.period, today(actor, now))}
    count = len(found.written) + len(found.invited)
    if not count:
        return View(t("guests-none", **said), keyboard)
    lines = fitting([*(_guest(one) for one in found.written), *(_invited(one) for one in found.invited)])
    if count > len(lines):
        lines.append(t("who-cut", count=count - len(lines)))
    text = t("guests", **said, count=count, lines=Markup("\n").join(lines))
    return View(text + "\n" + t("guests-invited") if found.invited else text, keyboard)


def _guest(one: Guest) -> Markup:
    return t("who-line", name=clip(one.name, 80), school=from_school(one.organisation), notes=Markup(""))


def guests_crowd(event: Event, crowd: Crowd, actor: Actor, now: datetime) -> View:
    """There are no seats for the guests just written: are they to be entered all the same?"""
    text = t(
        "guests-crowd",
        title=event.title,
        when=dates.span(event.period, today(actor, now)),
        seats=t("who-seats", count=event.seats),
        coming=t("coming-in-person", count=crowd.coming),
        waiting=t("guests-crowd-waiting", count=crowd.waiting) if crowd.waiting else Markup(""),
    )
    return View(text, answers_keys.guests_crowd(event))


def _invited(one: Attendee) -> Markup:
    school = from_school(one.school)
    return t("guests-line", name=clip(one.name.full, 80), school=school, answer=_said(one.answer))


def guest_link(
    event: Event, way: EventInvitation, bot: str, actor: Actor, now: datetime, *, anew: bool
) -> list[View]:
    """What the link is, and the words to pass on."""
    said = {"title": event.title, "when": dates.span(event.period, today(actor, now))}
    about = t("guest-link-anew" if anew else "guest-link", **said)
    words = t(
        "guest-link-text",
        **said,
        venue=t("text-venue", venue=event.venue) + "\n" if event.venue else Markup(""),
        link=joining.link_of(way.code, bot),
        bot=bot,
        digits=joining.grouped(way.digits),
    )
    return [View(about, answers_keys.guest_link(event)), View(words)]


def ask_guests(event: Event) -> View:
    """What is written next are guests."""
    return View(t("guests-ask", title=event.title), answers_keys.writing_guests(event))
