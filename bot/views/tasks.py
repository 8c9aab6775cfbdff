"""Tasks: whom they are given to, who has done them."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from actions.tasks import Choosing, MyTask, Named
from bot.views import dates, task_keys
from bot.views.cards import today
from bot.views.view import View
from bot.views.words import clip, fitting, from_school, t
from domain.records import Actor, Assignee

# Members on one page of toggles.
_PAGE = 10


def choose(choosing: Choosing, page: int, actor: Actor, now: datetime) -> View:
    """A page of members, those chosen marked."""
    task, everybody = choosing.task, choosing.everybody
    pages = max(1, -(-len(everybody) // _PAGE))
    page = min(max(page, 0), pages - 1)
    text = t(
        "task-choose",
        title=task.title,
        when=dates.span(task.period, today(actor, now)),
        chosen=t("task-chosen", count=len(choosing.chosen)),
    )
    if pages > 1:
        text += "\n" + t("who-page", page=page + 1, pages=pages)
    shown = list(everybody[page * _PAGE : (page + 1) * _PAGE])
    return View(text, task_keys.people(task, shown, choosing.chosen, page, pages))


def saved(named: Named) -> View:
    """Who has the task now, and how many hear of it."""
    text = t(
        "task-saved",
        title=named.task.title,
        named=t("task-named-count", count=len(named.assignees)),
        people=t("task-told", count=named.told),
    )
    return View(text, task_keys.named(named.task))


def assignees(named: Named, actor: Actor, now: datetime) -> View:
    """Who has not done it yet."""
    task = named.task
    said = {"title": task.title, "when": dates.span(task.period, today(actor, now))}
    left = [one for one in named.assignees if one.done_at is None]
    if not named.assignees:
        text = t("task-nobody", **said)
    elif not left:
        text = t("task-all-done", **said, all=len(named.assignees))
    else:
        lines = fitting(map(_line, left))
        if len(left) > len(lines):
            lines.append(t("who-cut", count=len(left) - len(lines)))
        text = t(
            "task-left",
            **said,
            done=len(named.assignees) - len(left),
            all=len(named.assignees),
            count=len(left),
            lines=Markup("\n").join(lines),
        )
    return View(text, task_keys.assignees(task))


def _line(one: Assignee) -> Markup:
    school = from_school(one.school)
    return t("task-line", name=clip(one.name.full, 50), school=school)


def finished(mine: MyTask) -> View:
    """«Готово» is noted."""
    return View(t("task-finished", title=mine.task.title), task_keys.finished(mine.task))


def unfinished(mine: MyTask, actor: Actor, now: datetime) -> View:
    """It is open again."""
    when = dates.span(mine.task.period, today(actor, now))
    return View(t("task-unfinished", title=mine.task.title, when=when), task_keys.unfinished(mine.task))
