"""Scans and photographs of an event's paper: the signed letter, the signed sheet."""

from __future__ import annotations

from datetime import datetime

from aiogram.methods import SendDocument, SendPhoto
from markupsafe import Markup

from actions.papers import Folder, Kept
from bot.views import scan_keys
from bot.views.papers import missing, named
from bot.views.view import View, send_kept
from bot.views.words import clip, t
from domain.records import Actor, Event, Paper, PaperKind

_TITLE = 150


def screen(found: Folder, kind: PaperKind, actor: Actor, now: datetime) -> View:
    """The signed letter, or the sheet, as it stands."""
    if kind is PaperKind.LETTER:
        key = "signed-there" if found.letter else "signed-none"
        return View(t(key, **named(found.event, actor, now)), scan_keys.signed(found.event, found.letter))
    lines = [
        t("sheet", **named(found.event, actor, now)),
        *missing(found.event, ("day", "hours", "place")),
        t("sheet-pages", count=len(found.sheet)) if found.sheet else t("sheet-no-pages"),
    ]
    return View(Markup("\n").join(lines), scan_keys.sheet(found.event, found.sheet))


def ask(found: Folder, kind: PaperKind) -> View:
    """What comes next is kept."""
    text = t(f"{kind}-ask-scan", title=clip(found.event.title, _TITLE))
    return View(text, scan_keys.asked(found.event, kind))


def kept(made: Kept) -> View:
    """It is kept; of a sheet more pages may come."""
    event, paper = made.folder.event, made.paper
    title = clip(event.title, _TITLE)
    if paper.kind is PaperKind.SHEET:
        return View(
            t("sheet-page-kept", title=title, count=len(made.folder.sheet)), scan_keys.added(event, paper)
        )
    text = t("signed-kept", title=title)
    if made.before is not None:
        text += "\n" + t("signed-replaced")
    return View(text, scan_keys.kept(event, paper, made.before))


def removed(event: Event, paper: Paper) -> View:
    """It is taken out."""
    text = t(f"{paper.kind}-scan-removed", title=clip(event.title, _TITLE))
    return View(text, scan_keys.removed(event, paper))


def other_kind() -> View:
    """Neither a picture nor a file that could be a letter."""
    return View(t("scan-other-kind"))


def files(
    chat_id: int, found: Folder, kind: PaperKind, actor: Actor, now: datetime
) -> list[SendDocument | SendPhoto]:
    """What is kept, each in a message of its own."""
    if kind is PaperKind.LETTER:
        return [letter(chat_id, found.event, found.letter, actor, now)] if found.letter else []
    said = named(found.event, actor, now)
    return [
        send_kept(chat_id, page.file_id, t("sheet-page-caption", **said, number=number), picture=page.picture)
        for number, page in enumerate(found.sheet, 1)
    ]


def letter(chat_id: int, event: Event, paper: Paper, actor: Actor, now: datetime) -> SendDocument | SendPhoto:
    """The signed letter, for whoever is to show it to her director."""
    caption = t("signed-caption", **named(event, actor, now))
    return send_kept(chat_id, paper.file_id, caption, picture=paper.picture)
