"""A corrected plan beside the one that stands: what differs, what taking it would do, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from actions.plan_comparing import Comparison, Deed, Item, whom_in_words
from actions.plan_taking import Outcome
from bot.views import dates
from bot.views import plan_change_keys as keys
from bot.views.cards import today
from bot.views.notices import place_name
from bot.views.view import View
from bot.views.words import clip, t
from documents.plan_diff import Field
from domain.period import Period
from domain.plan_draft import short_school_year
from domain.plan_questions import GROUP, NEW_GROUP
from domain.records import Actor, Event, Group, Status

_ON_PAGE = 5
_TITLE = 80
_VALUE = 120
_MOST = 3


def page(comparison: Comparison, number: int, actor: Actor, now: datetime) -> View:
    """A page of what differs, each thing with whether it is taken."""
    items = comparison.items
    if not items:
        return View(t("plan-changes-same"))
    pages = (len(items) + _ON_PAGE - 1) // _ON_PAGE
    number = min(max(number, 0), pages - 1)
    shown = list(items[number * _ON_PAGE : (number + 1) * _ON_PAGE])
    day, diff = today(actor, now), comparison.diff
    text = t(
        "plan-changes",
        year=short_school_year(comparison.school_year),
        added=diff.added,
        changed=diff.changed,
        missing=diff.missing,
        lines=Markup("\n").join(_line(item, day, comparison.groups) for item in shown),
    )
    return View(text, keys.page(comparison, shown, number, pages))


def meanwhile(comparison: Comparison, actor: Actor, now: datetime) -> View:
    """Something is not as the preview showed it: how it stands now."""
    shown = page(comparison, 0, actor, now)
    return View(t("plan-changed-meanwhile") + "\n" + shown.text, shown.keyboard)


def preview(outcome: Outcome) -> View:
    """What taking the chosen differences would do, and how many people would hear of it."""
    taken = sum(item.taken for item in outcome.comparison.items)
    if not taken:
        return View(t("plan-changes-none-taken"), keys.back(outcome.comparison))
    text = t(
        "plan-changes-preview",
        taken=t("plan-changes-taken", count=taken, all=len(outcome.comparison.items)),
        events=_events(outcome),
        people=t("people-to-tell", count=outcome.people),
    )
    return View(text, keys.preview(outcome.comparison))


def done(outcome: Outcome) -> View:
    """What was done, and who hears of it."""
    text = t(
        "plan-changes-done",
        year=short_school_year(outcome.comparison.school_year),
        events=_events(outcome),
        people=t("naming-done-people", count=outcome.people),
    )
    return View(text, keys.done(outcome.line))


def _events(outcome: Outcome) -> Markup:
    counted = [
        t(f"plan-changes-{what}", number=number)
        for what, number in (
            ("made", outcome.made),
            ("changed", outcome.changed),
            ("cancelled", outcome.cancelled),
            ("removed", outcome.removed),
        )
        if number
    ]
    return t("plan-changes-events", counted=Markup(", ").join(counted)) if counted else t("plan-changes-rows")


def _line(item: Item, day: date, groups: Sequence[Group]) -> Markup:
    what = Markup(" ").join([_what(item, day, groups), *_does(item, day, groups)])
    return t("plan-change-taken" if item.taken else "plan-change-left", number=item.at + 1, what=what)


def _what(item: Item, day: date, groups: Sequence[Group]) -> Markup:
    row, difference = _row(item), item.difference
    before, after = (_value(item, value, day, groups) for value in (difference.before, difference.after))
    if difference.field is Field.ROW:
        if difference.new is None:
            return t("plan-change-missing", row=row)
        return t("plan-change-added", row=row, when=_when_of_row(item, day))
    if difference.field in {Field.PARTED, Field.UNITED}:
        return t(f"plan-change-{difference.field}", row=row, before=before, after=after)
    if difference.field is Field.PERIOD:
        if difference.before is None:
            return t("plan-change-date-added", row=row, after=after)
        if difference.after is None:
            return t("plan-change-date-missing", row=row, before=before)
    field = t(f"plan-field-{difference.field}")
    return t("plan-change", row=row, field=field, before=before, after=after)


def _does(item: Item, day: date, groups: Sequence[Group]) -> list[Markup]:
    """What taking it does to the calendar, where that is not plain."""
    said = []
    if item.by_hand:
        there = dict.fromkeys(
            _now(event, item.difference.field, day, groups) for event in item.by_hand[:_MOST]
        )
        said.append(t("plan-change-by-hand", now=clip("; ".join(there), _VALUE)))
    if item.deed is Deed.CANCELS:
        key = "plan-change-cancels" if item.taken else "plan-change-would-cancel"
        said.append(t(key, events=_when(item.events, day)))
    elif item.deed is Deed.RETURNS and (
        off := [one for one in item.events if one.status is Status.CANCELLED]
    ):
        said.append(t("plan-change-returns", events=_when(off, day)))
    elif item.deed is Deed.KEEPS and item.events[0].period != item.difference.after:
        said.append(t("plan-change-keeps", events=_when(item.events, day)))
    elif item.deed is Deed.SHARED:
        said.append(t("plan-change-shared"))
    elif item.turns and item.events:
        said.append(t(f"plan-change-{'task' if item.events[0].gathering else 'gathering'}-does"))
    elif item.deed is Deed.NOTHING and item.difference.field is Field.PERIOD:
        said.append(t("plan-change-row-only"))
    return said


def _row(item: Item) -> Markup:
    title = clip(item.row.title, _TITLE)
    return (
        t("plan-change-row", number=item.row.number, title=title)
        if item.row.number
        else t("plan-change-row-unnumbered", title=title)
    )


def _when_of_row(item: Item, day: date) -> Markup:
    dated_at = "; ".join(dates.span(period, day) for period in item.row.dates)
    when = dated_at or item.row.when_text or ""
    return t("plan-change-when", when=clip(when, _VALUE)) if when else Markup("")


def _value(item: Item, value: Period | str | None, day: date, groups: Sequence[Group]) -> Markup:
    if isinstance(value, Period):
        return Markup.escape(dates.span(value, day))
    if not value:
        return t("plan-change-empty")
    if item.difference.field is Field.KIND:
        return t(f"kind-{value}")
    if item.difference.field is Field.GATHERS:
        return t(f"plan-change-{value}")
    if item.difference.field is Field.INVITED:
        return _whom(value, groups)
    return Markup.escape(clip(value, _VALUE))


def _whom(word: str, groups: Sequence[Group]) -> Markup:
    """Whom a row is for; a group that is gone has no title."""
    if word.startswith(NEW_GROUP):
        return t("plan-whom-new-group", title=word.removeprefix(NEW_GROUP))
    if word.startswith(GROUP):
        titles = {f"{GROUP}{group.id}": group.title for group in groups}
        return t("plan-whom-named-group", title=titles[word]) if word in titles else t("plan-whom-group")
    return t(f"plan-whom-{word}")


def _now(event: Event, field: Field, day: date, groups: Sequence[Group]) -> str:
    if field is Field.INVITED:
        return str(_whom(whom_in_words(event), groups))
    if field is Field.PERIOD:
        return dates.span(event.period, day)
    if field is Field.KIND:
        return str(t(f"kind-{event.kind}"))
    said = place_name(event) if field is Field.VENUE else str(getattr(event, field.value))
    return said or str(t("plan-change-empty"))


def _when(events: Sequence[Event], day: date) -> Markup:
    more = t("summary-more", count=len(events) - _MOST) if len(events) > _MOST else Markup("")
    return Markup.escape("; ".join(dates.span(event.period, day) for event in events[:_MOST])) + more
