"""What coordinators are told unasked: days to name, who comes tomorrow, what took place, whom to call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from actions.naming import board_of
from bot.views import answers, dates, desk, notice_keys, roll_call
from bot.views.view import View
from bot.views.words import clip, fitting, from_school, t
from domain.phones import shown_phone
from domain.records import Answer, Association, Attendee, Event, Mark, Mode, Status
from domain.roll_call import Roll
from domain.turnout import Turnout

_TITLE = 150
# Who is in the list at the deadline, under which heading, in how many signs at most.
_ROLL: tuple[tuple[Answer | None, str, int], ...] = (
    (Answer.GOING, "who-going", 1_500),
    (Answer.ONLINE, "who-online", 500),
    (Answer.WAITLISTED, "who-waitlisted", 400),
    (None, "who-silent", 600),
)


def naming(unnamed: Sequence[Event], near: Sequence[Event], home: Association, day: date) -> View | None:
    """All the days still to be named, the next month's first with its days as buttons, and what it is
    probably held together with; None where all are named."""
    board = board_of(unnamed)
    if board is None:
        return None
    view = desk.board(replace(board, near=tuple(near)), home, day)
    lines = fitting(
        t("naming-line", when=dates.month_name(one.period.first_day), title=clip(one.title, _TITLE))
        for one in unnamed
    )
    if len(unnamed) > len(lines):
        lines.append(t("who-cut", count=len(unnamed) - len(lines)))
    said = t("naming-asked")
    if unnamed[1:]:
        said += "\n" + t("naming-all", count=len(unnamed), lines=Markup("\n").join(lines)) + "\n"
    return View(said + "\n" + view.text, view.keyboard)


def summary(event: Event, turnout: Turnout, day: date, *, presenter: bool = False) -> View | None:
    """The evening before: who comes and from which schools, who is silent. For one who presents the event,
    and is no coordinator, without those to be called."""
    if event.status is not Status.PLANNED:
        return None
    going = turnout.taking_part()
    joining = turnout.of(Answer.ONLINE) if event.mode is Mode.MIXED else []
    waiting, silent = turnout.of(Answer.WAITLISTED), turnout.of(None)
    parts = [
        t(
            "summary",
            when=dates.capital(dates.on_day(event.period, day)),
            title=event.title,
            count=len(going) - len(joining),
        ),
        *([t("card-online", count=len(joining))] if joining else []),
        *([t("summary-waiting", count=len(waiting))] if waiting else []),
    ]
    if going:
        schools = Counter(one.school for one in going)
        lines = fitting(
            (
                t("summary-school", school=school or t("summary-no-school"), count=count)
                for school, count in sorted(schools.items())
            ),
            1_800,
        )
        parts.append(t("summary-schools", lines=Markup("\n").join(lines)))
    if silent:
        names = fitting((t("summary-name", name=one.short) for one in silent), 1_200)
        rest = len(silent) - len(names)
        said = Markup(", ").join(names) + (t("summary-more", count=rest) if rest else Markup(""))
        parts.append(t("summary-silent", count=len(silent), names=said))
    else:
        parts.append(t("summary-all-said"))
    return View(Markup("\n").join(parts), notice_keys.summary(event, calls=not presenter))


def roll(event: Event, turnout: Turnout, day: date, *, presenter: bool = False) -> View | None:
    """At the deadline for answers: who comes and who joins, by name and school; who waits; who is silent."""
    if event.status is not Status.PLANNED:
        return None
    parts = [t("roll", when=dates.capital(dates.on_day(event.period, day)), title=event.title)]
    for answer, heading, most in _ROLL:
        those = turnout.of(answer)
        if those or answer is Answer.GOING:
            parts.append(t(heading, count=len(those)))
        names = fitting((answers.line(one) for one in those), most)
        parts += [*names, *([t("who-cut", count=len(those) - len(names))] if those[len(names) :] else [])]
    return View(Markup("\n").join(parts), notice_keys.summary(event, calls=not presenter))


def held(event: Event, roll: Roll, day: date, reader: int) -> View | None:
    """Whether an event took place, with the list to confirm where its day was known; None once it is said.
    `reader` is the person who is asked."""
    if event.status is not Status.PLANNED:
        return None
    said = {"title": event.title, "when": dates.span(event.period, day)}
    if event.period.day_to_be_named:
        return View(t("held-asked-month", **said), notice_keys.held(event))
    return View(
        Markup("\n").join([t("held-asked", **said), *_marked(roll, reader)]),
        notice_keys.held_with_roll(event, roll, reader),
    )


def to_confirm(event: Event, roll: Roll, day: date, reader: int) -> View | None:
    """The list to confirm alone; None where nobody is in it, or the event did not take place."""
    lines = _marked(roll, reader)
    if not lines or event.status not in {Status.PLANNED, Status.HELD}:
        return None
    said = t("roll-confirm", title=event.title, when=dates.span(event.period, day))
    return View(Markup("\n").join([said, *lines]), notice_keys.roll(event, roll, reader))


def _marked(roll: Roll, reader: int) -> list[Markup]:
    """How many were there and were not, who promised and is unmarked, and what to do; nothing where there is
    neither."""
    there, away = (roll.count(*(one for one in Mark if one.was_there is was)) for was in (True, False))
    expected = roll.expected()
    if not there and not away and not expected:
        return []
    lines = [_counted(there, away), *roll_call.said_afterwards(roll)]
    if expected:
        lines.append(t("roll-confirm-expected", count=len(expected), names=roll_call.names(expected)))
    if roll.overlooked(reader):
        lines.append(t("roll-confirm-me"))
    return [*lines, t("roll-confirm-ask")]


def _counted(there: int, away: int) -> Markup:
    """«Были 2 человека, не было – 2.»"""
    if not there:
        return t("roll-confirm-away", count=away) if away else t("roll-confirm-none")
    beside = t("roll-confirm-beside", count=away) if away else Markup("")
    return t("roll-confirm-there", count=there, away=beside)


def unseen(event: Event, people: Sequence[Attendee]) -> View | None:
    """Who may not know of a change at short notice, with telephone numbers; None where all do."""
    if not people:
        return None
    lines = fitting(unseen_line(one) for one in people)
    if len(people) > len(lines):
        lines.append(t("who-cut", count=len(people) - len(lines)))
    return View(
        t("unseen", title=event.title, count=len(people), lines=Markup("\n").join(lines)),
        notice_keys.summary(event),
    )


def unseen_line(one: Attendee) -> Markup:
    """A person to be called: name, school, telephone, and that she means to come."""
    return t(
        "unseen-line",
        name=clip(one.name.full, 60),
        school=from_school(one.school),
        phone=t("unseen-phone", phone=shown_phone(one.phone)) if one.phone else t("unseen-no-phone"),
        going=t("unseen-going") if one.answer is not None and one.answer.takes_part else Markup(""),
    )


def outage(late: int) -> View:
    """So many reminders came too late to be of use."""
    return View(t("outage", count=late))
