"""The questions about a plan that waits to be saved, in words."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from actions.plan_questions import Asked
from bot.views import dates, plan_question_keys
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.errors import DomainError
from domain.period import Precision
from domain.plan_draft import About, ActivityDraft, PlanDraft, Said
from domain.plan_questions import AT, DATES, GROUP, NEW_GROUP, PASSED, RECURS, Choice, Question, settled
from domain.records import Group
from domain.russian_dates import in_words

_TITLE = 200
_IN_LINE = 60
_PLACE = 100


def question(asked: Asked, day: date) -> View:
    """The question that is open: what is asked, what was said of it so far, the likely answers."""
    open_question = asked.question
    if open_question is None:
        raise ValueError("no question is open")
    draft = settled(asked.kept.draft)
    lines = [
        t(
            "plan-question",
            at=asked.questions.index(open_question) + 1,
            of=len(asked.questions),
            asked=_asked(open_question, draft, day),
        ),
        *_about_row(open_question, draft),
        *_given(open_question, asked.groups),
        _how(open_question),
    ]
    labels = [
        (choice, _marked(_short(choice, open_question, asked.groups), choice.said == open_question.given))
        for choice in open_question.choices
    ]
    keyboard = plan_question_keys.question(asked.kept.id, open_question, labels, asked.before)
    return View(Markup("\n").join(lines), keyboard)


def taken(asked: Asked) -> list[View]:
    """What her words were read as."""
    if asked.taken is None or asked.taken.given is None:
        return []
    said = asked.taken.given
    if said.said == PASSED:
        return [View(t("plan-question-passed"))]
    return [View(t("plan-answer-taken", answer=label(said, asked.taken, asked.groups)))]


def refused(error: DomainError) -> View:
    """Her words were no answer; why, and what would be."""
    return View(t(error.code.replace("_", "-"), **error.facts))


def in_a_line(asked: Question, draft: PlanDraft) -> Markup:
    """A question in a few words, for the preview of the plan."""
    first = draft.activities[asked.rows[0]] if asked.rows else None
    if asked.problems:
        text = asked.problems[0].text
        named = first is None or not first.number or first.number in text
        row = Markup("") if named or first is None else t("plan-preview-question-row", number=first.number)
        return t("plan-preview-question", row=row, text=text)
    key = f"plan-asked-{asked.about}-short"
    rows = [row_label(draft.activities[at], _IN_LINE) for at in asked.rows] or [""]
    return t("plan-preview-question", row=Markup(""), text=t(key, row=rows[0], other=rows[-1]))


def row_label(activity: ActivityDraft, longest: int = _TITLE) -> str:
    """A row by its number and title."""
    label = f"{activity.number}. {activity.title}" if activity.number else activity.title
    return clip(label, longest)


def _asked(asked: Question, draft: PlanDraft, day: date) -> Markup:
    if asked.problems:
        return Markup("\n").join(t("plan-asked-problem", text=problem.text) for problem in asked.problems)
    if not asked.rows:
        return t("plan-asked-year")
    first, last = draft.activities[asked.rows[0]], draft.activities[asked.rows[-1]]
    return t(
        f"plan-asked-{asked.about}",
        row=row_label(first),
        other=row_label(last),
        when=_when(first, last, day),
        otherwhen=_when(last, first, day),
    )


def _how(asked: Question) -> Markup:
    if any(choice.said.said.startswith(AT) for choice in asked.choices):
        return t("plan-how-together-where")
    return t(f"plan-how-{asked.about}")


def _when(activity: ActivityDraft, other: ActivityDraft, day: date) -> str:
    """The dates of a row, of two the ones that they have in common; and where it is planned."""
    spans = [(period.first_day, period.end) for period in other.periods]
    common = [one for one in activity.periods if any(one.overlaps(*span) for span in spans)]
    when = ", ".join(dates.span(period, day) for period in common) or plain("plan-choice-none")
    return f"{when}, {clip(activity.venue, _PLACE)}" if activity.venue and other is not activity else when


def _about_row(asked: Question, draft: PlanDraft) -> list[Markup]:
    """Which row it is, where the question itself names its number alone."""
    if not (asked.rows and asked.problems):
        return []
    activity = draft.activities[asked.rows[0]]
    return [t("plan-question-row", title=clip(activity.title, _TITLE))]


def _given(asked: Question, groups: tuple[Group, ...]) -> list[Markup]:
    if asked.given is None:
        return []
    if asked.given.said == PASSED:
        return [t("plan-question-passed")]
    return [t("plan-question-given", answer=label(asked.given, asked, groups))]


def label(said: Said, asked: Question, groups: tuple[Group, ...]) -> str:
    """An answer in words."""
    match said.about:
        case About.YEAR:
            return said.said
        case About.WHEN if said.said == DATES:
            return _dates(said)
        case About.WHEN if said.said.startswith(RECURS):
            return plain("plan-choice-rhythm", words=said.said.removeprefix(RECURS))
        case About.WHOM if said.said.startswith(NEW_GROUP):
            return plain("plan-choice-new-group", title=said.said.removeprefix(NEW_GROUP))
        case About.WHOM if said.said.startswith(GROUP):
            titles = {f"{GROUP}{group.id}": group.title for group in groups}
            return plain("plan-choice-group", title=titles.get(said.said, ""))
        case About.TOGETHER if said.said.startswith(AT):
            return plain("plan-choice-yes-at", venue=clip(said.said.removeprefix(AT), _PLACE))
        case About.WHOM if said.said == "everybody" and asked.problems[0].code == "audience_guests":
            return plain("plan-choice-with-guests")
    return plain(f"plan-choice-{said.said}")


def _short(choice: Choice, asked: Question, groups: tuple[Group, ...]) -> str:
    """An answer on its button: of a year's months the names alone."""
    if plan_question_keys.is_month(choice):
        return dates.capital(dates.month_name(choice.said.periods[0].first_day))
    return label(choice.said, asked, groups)


def _dates(said: Said) -> str:
    """Days with their year, which may be what is asked about; a month alone by its name."""
    if len(said.periods) == 1 and said.periods[0].precision is Precision.MONTH:
        return dates.capital(dates.month(said.periods[0].first_day))
    return dates.capital(", ".join(in_words(period) for period in said.periods))


def _marked(text: str, given: bool) -> str:
    return plain("button-chosen", label=text) if given else text
