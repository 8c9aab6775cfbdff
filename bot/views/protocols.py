"""The protocol of a meeting: what is written down of it, and the document in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from markupsafe import Markup

from actions.protocol_numbers import NumberChoice
from actions.protocols import Meeting, Written
from bot.views import dates, keyboards, paper_keys, protocol_keys
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import clip, fitting, plain, t
from documents.protocol import ProtocolPaper
from domain.people import plain_words
from domain.period import Precision
from domain.places import in_words
from domain.protocols import (
    Decision,
    Office,
    Outcome,
    Participant,
    Protocol,
    as_sentence,
    organisations_of,
    signed,
    theme_of,
    without_stop,
)
from domain.records import Actor, Event, Member, Talk

_TITLE = 150
# How long a list may be: the only one of its message, or the agenda and the decisions together.
_WHOLE, _HALF = 3_000, 1_500


def protocol(found: Meeting, actor: Actor, now: datetime) -> View:
    """«Протокол и сообщение»: all that is known so far."""
    written, day = found.protocol, today(actor, now)
    number = written.number
    lines = [
        t("protocol-no-number") if number is None else t("protocol-number", number=number),
        _presence(found),
        *_offices(written, actor),
        *_chairman_unmarked(found, actor),
        *_agenda(found),
        t("protocol-decisions", count=len(written.decisions)),
        *([_decisions(written.decisions, day, longest=_HALF)] if written.decisions else []),
    ]
    if found.last is not None:
        open_ones = [one for one in found.last.protocol.decisions if not one.done]
        lines.append(t("decisions-look-back", count=len(open_ones)))
    text = t("protocol", **_named(found.event, actor, now), lines=Markup("\n").join(lines))
    keyboard = protocol_keys.protocol(
        found.event, paper_keys.to_papers(found.event), looks_back=found.last is not None
    )
    return View(text, keyboard)


def what_to_fix(written: Written) -> View:
    """What of it is to be corrected?"""
    keyboard = protocol_keys.what_to_fix(written.event, written.protocol.decisions)
    return View(t("protocol-fix", title=clip(written.event.title, _TITLE)), keyboard)


def unmarked(found: Meeting, actor: Actor, now: datetime) -> View:
    """Nobody is marked as present: are those who promised to stand in the document?"""
    text = t("protocol-unmarked", **_named(found.event, actor, now), count=len(found.promised))
    return View(text, protocol_keys.unmarked(found.event))


def which_number(choice: NumberChoice, people: protocol_keys.People, actor: Actor, now: datetime) -> View:
    """By date, or the next one?"""
    day = today(actor, now)
    parts = [t("number-which", **_named(choice.event, actor, now))]
    if choice.skipped:
        lines = [_dated(one, day) for one in choice.skipped]
        parts.append(t("number-skipped", count=len(lines), lines=Markup("\n").join(fitting(lines, 1_000))))
    if choice.moved:
        lines = [
            t("number-moves", meeting=_dated(one, day), before=before, after=after)
            for one, before, after in choice.moved
        ]
        parts.append(t("number-moved", lines=Markup("\n").join(fitting(lines, 1_500))))
    return View(Markup("\n").join(parts), protocol_keys.numbers(choice, people, day))


def number_taken(facts: Mapping[str, object]) -> View:
    """Another protocol has that number; they may change places."""
    event_id, number, other = (int(str(facts[name])) for name in ("event_id", "number", "other"))
    said = {name: facts[name] for name in ("number", "title", "free")}
    return View(t("number-taken", **said), protocol_keys.taken_number(event_id, number, other))


def numbers_swapped(found: Meeting, other: tuple[Event, int] | None, actor: Actor, now: datetime) -> View:
    """It has the number now; the other document is to be taken anew."""
    shown = protocol(found, actor, now)
    if other is None:
        return shown
    event, number = other
    note = t("number-swapped", meeting=_dated(event, today(actor, now)), number=number)
    return View(note + "\n\n" + shown.text, shown.keyboard)


def _dated(event: Event, day: date) -> Markup:
    return t("number-meeting", when=dates.span(event.period, day), title=clip(event.title, _TITLE))


# What was decided


def ask_decisions(written: Written) -> View:
    """They come next."""
    text = t("decisions-ask", title=clip(written.event.title, _TITLE))
    return View(text, protocol_keys.dictating(written.event))


def decisions_added(written: Written, new: Sequence[Decision], actor: Actor, now: datetime) -> View:
    """The new ones as they were understood; more may come."""
    here = written.protocol.decisions
    lines = _decisions(new, today(actor, now), first=len(here) - len(new) + 1)
    text = t("decisions-added", count=len(here), lines=lines)
    return View(text, protocol_keys.dictating(written.event))


def no_voice() -> View:
    """A voice message where decisions are dictated."""
    return View(t("decisions-voice"))


def decision(written: Written, decision_id: int, actor: Actor, now: datetime) -> View:
    """One of them."""
    one = written.protocol.decision(decision_id)
    text = t("decision-one", **_named(written.event, actor, now), decision=_said(one, today(actor, now)))
    return View(text, protocol_keys.decision(written.event, one))


def ask_decision(written: Written, decision_id: int, actor: Actor, now: datetime) -> View:
    """How is it to be put?"""
    one = written.protocol.decision(decision_id)
    text = t("decision-edit-ask", decision=_said(one, today(actor, now)))
    return View(text, protocol_keys.editing(written.event, one))


def decision_removed(written: Written, decision_id: int, actor: Actor, now: datetime) -> View:
    """It is taken out."""
    one = next(one for one in written.protocol.all_decisions if one.id == decision_id)
    text = t("decision-removed", decision=_said(one, today(actor, now)))
    return View(text, protocol_keys.removed(written.event, decision_id))


def outcomes(found: Meeting, actor: Actor, now: datetime) -> View:
    """How the last meeting's decisions went."""
    if found.last is None:
        return View(t("outcomes-none"), protocol_keys.outcomes(found.event, found.event, []))
    event, here = found.last.event, found.last.protocol.decisions
    lines = _decisions(here, today(actor, now), outcome=True)
    text = t("outcomes", past=_past(found.last), lines=lines)
    return View(text, protocol_keys.outcomes(found.event, event, here))


def ask_outcome(event_id: int, past: Written, decision_id: int, actor: Actor, now: datetime) -> View:
    """How did one of them go?"""
    one = past.protocol.decision(decision_id)
    text = t("outcome-ask", decision=_said(one, today(actor, now), outcome=True))
    return View(text, protocol_keys.outcome(event_id, past.event, one))


# Who leads, and what is talked about


def ask_office(written: Written, office: Office, members: Sequence[Member], page: int) -> View:
    """Which of the members?"""
    protocol = written.protocol
    named = bool(protocol.chairman if office == "chairman" else protocol.secretary)
    keyboard = protocol_keys.members(written.event, office, members, page, named=named)
    return View(t(f"office-ask-{office}", title=clip(written.event.title, _TITLE)), keyboard)


def ask_number(written: Written) -> View:
    """Which number?"""
    number = written.protocol.number
    present = t("number-none") if number is None else t("protocol-number", number=number)
    return View(t("number-ask", number=present), protocol_keys.asked_number(written.event))


def ask_agenda(found: Meeting) -> View:
    """What is it to be?"""
    own = found.protocol.agenda is not None
    now = t("agenda-now", lines=_numbered(found.agenda)) + "\n" if found.agenda else Markup("")
    text = t("agenda-ask", title=clip(found.event.title, _TITLE), now=now)
    return View(text, protocol_keys.asked_agenda(found.event, own=own))


def agenda_reset(found: Meeting, before: Sequence[str]) -> View:
    """It is the plan's again; her own words can be copied from here."""
    text = t("agenda-reset", lines=_numbered(before))
    return View(text, keyboards.inline([protocol_keys.back(found.event)]))


# The document


def paper(found: Meeting, actor: Actor, *, promised: bool) -> ProtocolPaper:
    """The document in words; `promised`: while nobody is marked, those who promised to come stand in it."""
    event, written = found.event, found.protocol
    home, chairman = actor.home, _chairman(written, actor)
    return ProtocolPaper(
        association=home.title,
        town=home.town,
        number=str(written.number or ""),
        date=day_of(event) or plain("protocol-undated"),
        form=_form(event),
        theme=theme_of(event.title),
        venue=in_words(event),
        chairman=chairman,
        secretary=written.secretary,
        signed=(signed(chairman), signed(written.secretary)),
        present=_people(found, promised=promised),
        people=[
            (one.name, one.organisation) for one in (found.present or (found.promised if promised else []))
        ],
        absent=_absent(found),
        past_title="" if found.last is None else str(_past(found.last)),
        past=[] if found.last is None else [_looked_back(one) for one in found.last.protocol.decisions],
        agenda=found.agenda,
        talks=[
            (plain("protocol-to-fill"), one) if isinstance(one, str) else (_speaker(one), one.theme)
            for one in found.heard
        ],
        decisions=[(as_sentence(one.text), _due(one.due), _due(one.due_beside)) for one in written.decisions],
    )


def caption(found: Meeting) -> Markup:
    """What the document is, and what is to be filled in by hand."""
    written, last = found.protocol, found.last
    looked_back = last is None or all(one.done for one in last.protocol.decisions)
    missing = [
        key
        for key, is_missing in (
            ("protocol-missing-date", not found.event.period.day_known),
            ("protocol-missing-people", not found.present),
            ("protocol-missing-secretary", not written.secretary),
            ("protocol-missing-outcomes", not looked_back),
            ("protocol-missing-agenda", not found.agenda),
            ("protocol-missing-speakers", any(isinstance(one, str) for one in found.heard)),
            ("protocol-missing-talks", bool(found.heard)),
            ("protocol-missing-decisions", not written.decisions),
            ("protocol-missing-signatures", True),
        )
        if is_missing
    ]
    return t(
        "protocol-caption",
        number=written.number or 0,
        title=clip(found.event.title, _TITLE),
        missing=Markup(", ").join(t(key) for key in missing),
    )


def file_name(found: Meeting, actor: Actor, now: datetime) -> str:
    """«Протокол № 3 от 18 ноября.docx»."""
    event, number = found.event, found.protocol.number or 0
    if not event.period.day_known:
        return plain("protocol-file-undated", number=number)
    return plain("protocol-file", number=number, day=dates.short(event.period, today(actor, now)))


def day_of(event: Event) -> str:
    """The day, or days, of an event with the year; nothing while they are not known."""
    period = event.period
    if not period.day_known:
        return ""
    if period.precision is Precision.DAYS:
        return plain("protocol-days", first=dates.full_day(period.first_day), last=dates.full_day(period.end))
    return dates.full_day(period.first_day)


def _form(event: Event) -> str:
    """«Заседание, очно»."""
    key = "protocol-kind-other" if event.kind == "other" else f"kind-{event.kind}"
    said = plain("protocol-form", kind=plain(key), mode=plain(f"journal-mode-{event.mode}"))
    return dates.capital(said)


def _people(found: Meeting, *, promised: bool) -> str:
    if found.present:
        return _counted("protocol-people-present", found.present)
    if promised and found.promised:
        return _counted("protocol-people-promised", found.promised)
    return plain("protocol-people-unknown")


def _absent(found: Meeting) -> str:
    """Who was not there, each as papers name people; nothing where nobody is marked so."""
    names = [plain("protocol-excused", name=name) if excused else name for name, excused in found.absent]
    return as_sentence(plain("protocol-people-absent", names=", ".join(names))) if names else ""


def _counted(key: str, people: Sequence[Participant]) -> str:
    return plain(key, count=len(people), organisations=_from(people))


def _from(people: Iterable[Participant]) -> Markup:
    """« из 19 организаций»."""
    count = organisations_of(people)
    return t("protocol-organisations", count=count) if count else Markup("")


def _looked_back(one: Decision) -> tuple[str, str]:
    return without_stop(one.text), _outcome(one).unescape() or plain("protocol-to-fill")


def _due(day: date | None) -> str:
    return "" if day is None else dates.full_day(day)


def _speaker(talk: Talk) -> str:
    if talk.speaker and talk.organisation:
        return plain("protocol-speaker", name=talk.speaker, organisation=talk.organisation)
    return talk.speaker


def _chairman(written: Protocol, actor: Actor) -> str:
    return written.chairman or (actor.name.full if actor.name else "")


# What the screens say alike


def _presence(found: Meeting) -> Markup:
    if found.present:
        organisations = _from(found.present)
        return t("protocol-present", count=len(found.present), organisations=organisations)
    if found.promised:
        return t("protocol-promised", count=len(found.promised))
    return t("protocol-nobody")


def _offices(written: Protocol, actor: Actor) -> list[Markup]:
    secretary = written.secretary
    return [
        t("protocol-chairman", name=_chairman(written, actor)),
        t("protocol-secretary", name=secretary) if secretary else t("protocol-no-secretary"),
    ]


def _agenda(found: Meeting) -> list[Markup]:
    """Its points, and where they come from."""
    if not found.agenda:
        return [t("protocol-agenda-none")]
    own = found.protocol.agenda is not None
    return [t("protocol-agenda-own" if own else "protocol-agenda"), _numbered(found.agenda, _HALF)]


def _chairman_unmarked(found: Meeting, actor: Actor) -> list[Markup]:
    """That who leads is not among those who were there, once others are: nobody else says that she was."""
    chairman = plain_words(_chairman(found.protocol, actor))
    if not found.present or not chairman or chairman in {plain_words(one.name) for one in found.present}:
        return []
    return [t("protocol-chairman-unmarked")]


def _past(last: Written) -> Markup:
    """«заседания № 2 (18 сентября 2026 г.)»."""
    day, number = dates.full_day(last.event.period.first_day), last.protocol.number
    if number is None:
        return t("protocol-past-unnumbered", day=day)
    return t("protocol-past", number=number, day=day)


def _decisions(
    found: Sequence[Decision], day: date, *, first: int = 1, outcome: bool = False, longest: int = _WHOLE
) -> Markup:
    return _lines([_said(one, day, outcome=outcome) for one in found], first, longest)


def _said(one: Decision, day: date, *, outcome: bool = False) -> Markup:
    """«Сдать сведения до 15-го (срок – 15 декабря)», and how it went."""
    said = Markup.escape(one.text)
    if one.due_beside is not None:
        said += t("decision-due", day=dates.day(one.due_beside, day))
    done = _outcome(one) if outcome else Markup("")
    return t("decision-done", decision=said, done=done) if done else said


def _outcome(one: Decision) -> Markup:
    """How it went, by a button's word or in her own; nothing where nobody said."""
    if one.done in set(Outcome):
        return t(f"outcome-{one.done.replace('_', '-')}")
    return Markup.escape(one.done)


def _numbered(texts: Sequence[str], longest: int = _WHOLE) -> Markup:
    return _lines([Markup.escape(one) for one in texts], longest=longest)


def _lines(texts: Sequence[Markup], first: int = 1, longest: int = _WHOLE) -> Markup:
    """Numbered lines, as many as there is room for."""
    numbered = (t("decision-line", number=number, text=text) for number, text in enumerate(texts, first))
    lines = fitting(numbered, longest)
    if len(texts) > len(lines):
        lines.append(t("who-cut", count=len(texts) - len(lines)))
    return Markup("\n").join(lines)


def _named(event: Event, actor: Actor, now: datetime) -> dict[str, object]:
    return {"title": clip(event.title, _TITLE), "when": dates.span(event.period, today(actor, now))}
