"""The journal in words, what taking a change back does, and what somebody else changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from aiogram.types import InlineKeyboardMarkup
from markupsafe import Markup

from actions.changing import Changed
from actions.leaving import PERSON_AWAY, PERSON_GONE
from actions.settings import SETTING_CHANGED
from actions.timing import TIMING_CHANGED
from actions.undoing import JournalPage, Undoing
from bot.views import dates, desk_settings, desk_timing, event_keys, journal_keys, keyboards
from bot.views.callback_data import CallbackData
from bot.views.cards import today
from bot.views.desk_timing import TakeBackTiming
from bot.views.journal_keys import ConfirmUndo, ShowJournal, TakeBack, UndoChange
from bot.views.notices import until
from bot.views.people_keys import BringBack
from bot.views.settings_keys import TakeBackSetting
from bot.views.view import View
from bot.views.words import clip, fitting, is_sentence, plain, t
from domain.period import Period
from domain.records import Actor, Event, Invited, JournalLine
from domain.roles import Right, may
from domain.settings import Setting
from domain.timing import TimingProfile
from domain.undo import UNDONE

# What a change is told by: the fields that its kind speaks of; any other kind tells all that changed.
_SPEAKS_OF = {
    "day_named": ("period",),
    "moved": ("period",),
    "postponed": ("period",),
    "cancelled": ("reason",),
    "restored": (),
    "held": (),
    "not_held": (),
    "held_undone": (),
    # «Провести вместе» and back: what it changes is what stands on the card.
    "together": (),
    "merged": (),
    "split": (),
    "parted": (),
}
_TITLE = 60
_VALUE = 100


def page(shown: JournalPage, actor: Actor, now: datetime) -> View:
    """A page of the journal, the newest line first; what can be taken back has a button."""
    event = shown.event
    lines = fitting(line(one, actor, now, of_one=event is not None) for one in shown.lines)
    said = Markup("\n").join(lines) if lines else t("journal-empty")
    text = t("journal", lines=said) if event is None else t("journal-event", title=event.title, lines=said)
    rows: keyboards.Rows = []
    for one in shown.lines:
        if one.event_id and one.number and (one.event_id, one.number) in shown.undoable:
            label = f"button-{'redo' if one.kind in UNDONE else 'undo'}"
            label = plain(label) if event else plain(f"{label}-of", title=one.title)
            rows.append([keyboards.button(label, UndoChange(event=one.event_id, revision=one.number))])
        elif one.line_id is not None and one.line_id in shown.returnable:
            title, data = _way_back(one, one.line_id)
            key = "button-redo-of" if shown.returnable[one.line_id] else "button-undo-of"
            rows.append([keyboards.button(plain(key, title=title), data)])
    about = 0 if event is None else event.id
    turns = []
    if shown.page > 0:
        turns.append(keyboards.button(plain("button-newer"), ShowJournal(event=about, page=shown.page - 1)))
    if shown.goes_on:
        turns.append(keyboards.button(plain("button-older"), ShowJournal(event=about, page=shown.page + 1)))
    if turns:
        rows.append(turns)
    back = keyboards.button(plain("button-back"), keyboards.ShowDesk(screen="more"))
    rows.append([back] if event is None else event_keys.back(event))
    return View(text, keyboards.inline(rows))


def _way_back(one: JournalLine, line_id: int) -> tuple[str, CallbackData]:
    """What a line that is no change of an event was about, and what takes it back."""
    if one.kind == SETTING_CHANGED:
        name = plain(f"setting-name-{Setting(str(one.facts['setting'])).name.lower()}")
        return name, TakeBackSetting(line=line_id)
    if one.kind == TIMING_CHANGED:
        return plain("button-when-reminded"), TakeBackTiming(line=line_id)
    if one.kind in {PERSON_GONE, PERSON_AWAY}:
        name = one.whom.short if one.whom else plain("journal-somebody")
        return name, BringBack(person=int(str(one.facts["person"])))
    return str(one.facts.get("before") or one.facts.get("title", "")), TakeBack(line=line_id)


def line(one: JournalLine, actor: Actor, now: datetime, *, of_one: bool) -> Markup:
    """Who did what and when; `of_one` where it is plain which event is spoken of."""
    what = _what(one, actor, now)
    if one.title and not of_one:
        what = t("journal-of", what=what, title=clip(one.title, _TITLE))
    by = t("journal-by", name=one.by.short) if one.by else Markup("")
    return t("journal-line", when=until(one.at, actor.home.zone), by=by, what=what)


def preview(undoing: Undoing, actor: Actor, now: datetime) -> View:
    """What taking the newest change back would do, and how many hear of it."""
    event = undoing.event
    before, after = _there_and_back(undoing, actor, now)
    if not undoing.told:
        people = t("undo-told-nobody")
    elif undoing.unheard:
        people = t("undo-unheard")
    else:
        people = t("people-to-tell", count=undoing.people)
        if undoing.asks_anew:
            people += " " + t("undo-asks-anew")
    asked = t("redo-ask") if undoing.again else t("undo-ask")
    text = t("undo-preview", asked=asked, title=event.title, before=before, after=after, people=people)
    label = plain("button-sure-redo" if undoing.again else "button-sure-undo")
    sure = keyboards.button(label, ConfirmUndo(event=event.id, revision=event.revision), "success")
    rows = [[sure], event_keys.leave(event)]
    return View(text, keyboards.inline(rows))


def undone(changed: Changed, undoing: Undoing, actor: Actor, now: datetime) -> View:
    """The event is as it was, and who hears of it."""
    event, word = changed.event, "redo" if undoing.again else "undo"
    before, _ = _there_and_back(undoing, actor, now)
    if not changed.changed:
        said = t(f"{word}-already", title=event.title, now=before)
        return View(said, event_keys.done(event, changed=False))
    told = t("naming-done-people", count=changed.people) if changed.people else t("undo-told-nobody")
    keyboard = event_keys.done(event, changed=True, taken_back=not undoing.again)
    # By the name that it had until now: where that is what was taken back, the old one follows.
    said = t(f"{word}-done", title=undoing.event.title, now=before, people=told)
    return View(said, keyboard)


def meanwhile(
    event: Event,
    lines: Sequence[JournalLine],
    again: View | None,
    actor: Actor,
    now: datetime,
    *,
    of_one: bool = True,
) -> View:
    """What somebody changed while a change was being confirmed, and its preview anew; None where it can't be
    made any more. `of_one` where the change is of one event, and it is plain of which."""
    said = Markup("\n").join(fitting((line(one, actor, now, of_one=of_one) for one in lines), 1_500))
    news = t("meanwhile", lines=said)
    if again is None:
        journal = [[journal_keys.journal(event)]] if may(actor.role, Right.DESK) else []
        rows = [event_keys.leave(event), *journal]
        return View(Markup("\n").join([news, t("meanwhile-cannot")]), keyboards.inline(rows))
    text = Markup("\n\n").join([Markup("\n").join([news, t("meanwhile-ask")]), again.text])
    keyboard = again.keyboard
    rows = list(keyboard.inline_keyboard) if isinstance(keyboard, InlineKeyboardMarkup) else []
    leave = event_keys.leave(event)
    if leave not in rows:
        rows.append(leave)
    return View(text, keyboards.inline(rows))


def _what(one: JournalLine, actor: Actor, now: datetime) -> Markup:
    """What was done, without who and when."""
    if one.number is None:
        return _done(one, actor)
    key = f"journal-{one.kind.replace('_', '-')}"
    what = t(key) if is_sentence(key) else t("journal-changed")
    fields = _SPEAKS_OF.get(one.kind, tuple(one.changes))
    changed = [name for name in fields if name in one.changes]
    if not changed:
        told = one.period is not None and fields == ("period",)
        details = dates.span(one.period, today(actor, now)) if told and one.period else ""
        return t("journal-details", what=what, details=details) if details else what
    before, after = _sides(one.changes, changed, actor, now)
    if before == after:  # neither can be said in words
        return what
    if one.kind == "cancelled":
        return t("journal-details", what=what, details=after) if one.changes["reason"][1] else what
    return t("journal-was", what=t("journal-details", what=what, details=after), before=before)


def _done(one: JournalLine, actor: Actor) -> Markup:
    """What is no change of an event."""
    if one.kind == "person_away" and "until" in one.facts and one.whom:
        day = dates.full_day(date.fromisoformat(str(one.facts["until"])))
        return _of(one, whom=one.whom.short, until=day)
    return _TOLD.get(one.kind, _kind)(one)


def _kind(one: JournalLine, **facts: object) -> Markup:
    kind = one.kind.replace("_", "-")
    known = is_sentence(f"journal-{kind}")
    return t(f"journal-{kind}", **facts) if known else t("journal-changed")


def _of(one: JournalLine, **facts: object) -> Markup:
    """The same with what it was about."""
    return t(f"journal-{one.kind.replace('_', '-')}-of", **facts)


def _with(*names: str) -> Callable[[JournalLine], Markup]:
    """What it was about are these facts; a line of an earlier version lacks them, and says less."""

    def said(one: JournalLine) -> Markup:
        facts = {name: clip(str(one.facts[name]), _VALUE) for name in names if one.facts.get(name)}
        return _of(one, **facts) if len(facts) == len(names) else _kind(one)

    return said


def _to_somebody(one: JournalLine) -> Markup:
    return _kind(one, whom=one.whom.short if one.whom else t("journal-somebody"))


def _about_somebody(one: JournalLine) -> Markup:
    """Not every line of this kind names a person, and not every person is known still."""
    return _of(one, whom=one.whom.short) if one.whom else _kind(one)


def _edited(one: JournalLine) -> Markup:
    """Which field of whom, not what it was: the journal outlives «Стереть всё»."""
    whom = one.whom.short if one.whom else t("journal-somebody")
    if "field" not in one.facts:
        return _kind(one, whom=whom)
    return _of(one, whom=whom, field=t(f"journal-field-{one.facts['field']}"))


def _pair(one: JournalLine) -> Markup:
    """Two records, by their names; one that is erased has none, and both may have the same."""
    names = dict.fromkeys(name.short for name in (one.whom, one.other) if name)
    return _of(one, names=", ".join(names)) if names else _kind(one)


def _talk(one: JournalLine) -> Markup:
    what = _kind(one)
    return t("journal-talk", what=what, talk=clip(one.talk, _VALUE)) if one.talk else what


def _door(one: JournalLine) -> Markup:
    if "by_request" not in one.facts:
        return _kind(one)
    return t("journal-door-request" if one.facts["by_request"] else "journal-door-link")


def _details(one: JournalLine) -> Markup:
    """What is kept of people from now on, and what was."""
    facts: Mapping[str, Any] = one.facts
    if "before" not in facts:
        return _kind(one)
    before, after = (
        Markup(", ").join(t(f"detail-{detail}") for detail in facts[side]) or t("journal-details-none")
        for side in ("before", "keeps")
    )
    return t("journal-was", what=t("journal-details", what=_kind(one), details=after), before=before)


def _broadcast(one: JournalLine) -> Markup:
    facts: Mapping[str, Any] = one.facts
    if "whom" not in facts:
        return _kind(one, count=facts["people"])
    title = clip(str(facts.get("title", "")), _VALUE)
    return t(f"journal-broadcast-{facts['whom']}", count=facts["people"], title=title)


def _added_guests(one: JournalLine) -> Markup:
    return _of(one, count=one.facts["guests"]) if "guests" in one.facts else _kind(one)


def _invited_to_help(one: JournalLine) -> Markup:
    return t(f"journal-helper-invited-{one.facts['role']}") if "role" in one.facts else _kind(one)


def _note(one: JournalLine) -> Markup:
    return _of(one, note=t(f"button-note-{one.facts['note']}")) if "note" in one.facts else _kind(one)


def _mark(one: JournalLine) -> Markup:
    """Another mark of attendance, or none any more."""
    facts: Mapping[str, Any] = one.facts
    whom: object = t("journal-mark-guest")
    if "person" in facts:
        whom = one.whom.short if one.whom else t("journal-somebody")
    before, after = (
        t(f"mark-{facts[side]}") if facts[side] else t("journal-mark-taken") for side in ("before", "after")
    )
    return t("journal-was", what=_kind(one, whom=whom, after=after), before=before)


def _setting(one: JournalLine) -> Markup:
    """Another value of a setting; of a whole text only that it is another one."""
    facts: Mapping[str, Any] = one.facts
    what = Setting(facts["setting"])
    changed = t("journal-setting-changed", name=t(f"setting-name-{what.name.lower()}"))
    if what in {Setting.GREETING, Setting.CONSENT}:
        return changed
    was, now = (
        clip(desk_settings.in_words(what, facts[side]).unescape(), _VALUE) for side in ("before", "after")
    )
    return t("journal-was", what=t("journal-details", what=changed, details=now), before=was)


def _timing(one: JournalLine) -> Markup:
    """Other reminders, in words."""
    facts: Mapping[str, Any] = one.facts
    before, after = (TimingProfile.from_settings(facts[side]) for side in ("before", "after"))
    lines = [
        t("journal-was", what=t("journal-details", what=_kind(one, name=name), details=now), before=was)
        for name, was, now in desk_timing.differences(before, after)
    ]
    return Markup("; ").join(lines)


# What is told by more than its kind.
_TOLD: Mapping[str, Callable[[JournalLine], Markup]] = {
    "added_person": _to_somebody,
    "answered_for": _to_somebody,
    "person_edited": _edited,
    "person_gone": _to_somebody,
    "person_away": _to_somebody,
    "person_back": _to_somebody,
    "person_admitted": _to_somebody,
    "person_refused": _to_somebody,
    "coordinator_appointed": _to_somebody,
    "coordinator_dismissed": _to_somebody,
    "methodist_removed": _to_somebody,
    "methodist_back": _to_somebody,
    "record_claimed": _to_somebody,
    "record_passed": _to_somebody,
    "claim_refused": _to_somebody,
    "host_linked": _to_somebody,
    "host_unlinked": _to_somebody,
    "plan_imported": lambda one: _kind(one, year=one.facts["school_year"], count=one.facts["events"]),
    "plan_removed": lambda one: _kind(one, year=one.facts["school_year"]),
    "plan_corrected": lambda one: _kind(one, year=one.facts["school_year"], count=one.facts["count"]),
    "people_imported": lambda one: _kind(one, count=one.facts["people"]),
    "import_taken_back": lambda one: _kind(one, count=one.facts["people"]),
    "broadcast": _broadcast,
    "people_merged": _pair,
    "people_parted": _pair,
    "school_renamed": _with("before", "after"),
    "school_returned": _with("before", "after"),
    "group_made": _with("title"),
    "group_named": _with("title"),
    "group_renamed": _with("before", "title"),
    "group_name_returned": _with("before", "after"),
    "group_removed": _with("title"),
    "group_returned": _with("title"),
    "door_changed": _door,
    "details_changed": _details,
    "event_removed": _with("title"),
    "added_guests": _added_guests,
    "removed_guest": _about_somebody,
    "host_came": _about_somebody,
    "guest_came": _about_somebody,
    "material_renamed": _with("before", "after"),
    "material_removed": _with("title"),
    "material_returned": _with("title"),
    "talk_proposed": _talk,
    "talk_added": _talk,
    "talk_confirmed": _talk,
    "talk_declined": _talk,
    "talk_withdrawn": _talk,
    "talk_corrected": _talk,
    "talk_moved": _talk,
    "talk_removed": _talk,
    "talk_returned": _talk,
    "helper_invited": _invited_to_help,
    "handover_offered": _about_somebody,
    "handover_withdrawn": _about_somebody,
    "handover_accepted": _about_somebody,
    "handover_returned": _about_somebody,
    "year_note": _note,
    "materials_told": lambda one: _kind(one, count=one.facts["people"]),
    "mark_corrected": _mark,
    "roll_marked": lambda one: _kind(one, count=one.facts["count"]),
    "roll_confirmed": lambda one: _kind(one, count=one.facts["count"]),
    "roll_unconfirmed": lambda one: _kind(one, count=one.facts["count"]),
    "roll_taken_back": lambda one: _kind(one, count=one.facts["count"]),
    "protocol_numbered": lambda one: _kind(one, number=one.facts["number"]),
    "setting_changed": _setting,
    "timing_changed": _timing,
    "blank_replaced": lambda one: _kind(one, name=t(f"button-blank-{one.facts['blank']}")),
    "blank_returned": lambda one: _kind(one, name=t(f"button-blank-{one.facts['blank']}")),
    "retention_changed": lambda one: _kind(one, count=one.facts["after"]),
}


def _there_and_back(undoing: Undoing, actor: Actor, now: datetime) -> tuple[Markup, Markup]:
    """What taking a change back leads to, and what stands till then."""
    changes = undoing.last.changes
    before, after = _sides(changes, tuple(changes), actor, now)
    if before == after:  # nothing but the link
        link, there = changes.get("link", (True, True))
        none = t("undo-link-none")
        return t("undo-link-before") if link else none, t("undo-link-now") if there else none
    return before, after


def _sides(
    changes: Mapping[str, tuple[object, object]], names: Sequence[str], actor: Actor, now: datetime
) -> tuple[Markup, Markup]:
    """What these fields held before, and after."""
    day = today(actor, now)
    sides = []
    for side in (0, 1):
        said = [_value(name, changes[name][side], day, actor) for name in _ORDER if name in names]
        sides.append(Markup(", ").join(one for one in said if one) or t("journal-nothing"))
    return sides[0], sides[1]


def _value(name: str, value: object, day: date, actor: Actor) -> Markup:
    """What a field holds, in words; nothing where it is empty."""
    if name == "seats":
        return t("journal-seats-number", count=value) if value else t("journal-seats-any")
    if name == "gathering":
        return t("plan-change-gathering" if value else "plan-change-task")
    if name == "answer_by" and value is None:
        return t("journal-answer-usual")
    if not value:
        return Markup("")
    if isinstance(value, Period):
        return Markup.escape(dates.span(value, day))
    if isinstance(value, datetime):
        return t("journal-answer-by", until=until(value, actor.home.zone))
    return _IN_WORDS.get(name, _as_it_is)(value)


def _as_it_is(value: object) -> Markup:
    return Markup.escape(clip(str(value), _VALUE))


_IN_WORDS: Mapping[str, Callable[[object], Markup]] = {
    "kind": lambda value: t(f"kind-{value}"),
    "status": lambda value: t(f"journal-status-{value}"),
    "entrance": lambda value: t("place-line-entrance", entrance=clip(str(value), _VALUE)),
    "mode": lambda value: t(f"journal-mode-{value}"),
    "bring": lambda value: t("journal-carry", bring=clip(str(value), _VALUE)),
    # Of a group its title is said.
    "invited": lambda value: Markup("") if value == Invited.GROUP else t(f"journal-invited-{value}"),
    "group_id": lambda value: t("journal-invited-group", group=clip(str(value), _VALUE)),
}
# The link of an online event is for those who come.
_ORDER = (
    "status",
    "period",
    "title",
    "gathering",
    "kind",
    "venue",
    "entrance",
    "mode",
    "seats",
    "bring",
    "answer_by",
    "responsible",
    "contact",
    "invited",
    "group_id",
    "reason",
)
