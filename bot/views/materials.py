"""What there is to read of an event: for everybody, and for the coordinator who adds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from aiogram.methods import SendDocument, SendPhoto
from markupsafe import Markup

from actions.materials import Shelf, Telling
from bot.views import about_keys, dates, material_keys
from bot.views.cards import today
from bot.views.view import View, send_kept
from bot.views.words import clip, fitting, plain, t
from domain.records import Actor, Event, Material, MaterialKind

_TITLE = 150
_NAME = 100


def shelf(found: Shelf, actor: Actor, now: datetime) -> View:
    """The links in one message, and a button for each file."""
    event = found.event
    said = _named(event, actor, now)
    if not found.materials:
        return View(t("materials-nothing", **said), about_keys.shelf(event, (), ()))
    names = _names(found.materials)
    links = [
        t("material-link", title=name, link=one.link)
        for one, name in zip(found.materials, names, strict=True)
        if one.kind is MaterialKind.LINK
    ]
    parts = [t("materials-head", **said), *links]
    if len(links) < len(found.materials):
        parts.append(t("materials-files", count=len(found.materials) - len(links)))
    return View(Markup("\n").join(parts), about_keys.shelf(event, found.materials, names))


def files(chat_id: int, found: Shelf, material_id: int) -> list[SendDocument | SendPhoto]:
    """The file with this id, or, for 0, all files; nothing where it is not there."""
    names = _names(found.materials)
    return [
        send_kept(chat_id, one.file_id, Markup.escape(name), picture=one.kind is MaterialKind.PHOTO)
        for one, name in zip(found.materials, names, strict=True)
        if one.kind is not MaterialKind.LINK and material_id in {0, one.id}
    ]


def told(event: Event, found: Sequence[Material], day: date) -> View:
    """To those who come: there is something to read."""
    lines = fitting((t("material-line", title=name) for name in _names(found)), 2_000)
    text = t(
        "materials-told",
        title=clip(event.title, _TITLE),
        when=dates.span(event.period, day),
        lines=Markup("\n").join(lines),
    )
    return View(text, about_keys.told_of_materials(event, len(found)))


# The coordinator's


def desk(found: Shelf, actor: Actor, now: datetime) -> View:
    """What is there, and what can be done with it."""
    event = found.event
    said = _named(event, actor, now)
    may_tell = event.gathering and event.period.day_known
    keyboard = material_keys.shelf(event, found.materials, _names(found.materials), may_tell=may_tell)
    if not found.materials:
        return View(t("materials-none-yet", **said), keyboard)
    text = t("materials-desk", **said, count=len(found.materials), lines=_lines(found.materials))
    return View(text, keyboard)


def ask(found: Shelf) -> View:
    """What comes next is added."""
    return View(t("material-ask", title=clip(found.event.title, _TITLE)), material_keys.adding(found.event))


def added(found: Shelf) -> View:
    """It is there; more may come."""
    key = "material-added" if found.added else "material-known"
    text = t(key, title=clip(found.event.title, _TITLE), count=len(found.materials))
    return View(text, material_keys.adding(found.event))


def one(event: Event, material: Material) -> View:
    """One of them."""
    text = t("material-one", material=_name(material), title=clip(event.title, _TITLE))
    if material.link:
        text += "\n" + t("material-address", link=material.link)
    return View(text, material_keys.one(event, material))


def ask_title(event: Event, material: Material) -> View:
    """How is it to be called?"""
    return View(t("material-rename-ask", material=_name(material)), material_keys.renaming(event))


def removed(event: Event, material: Material) -> View:
    """It is taken out."""
    text = t("material-removed", material=_name(material), title=clip(event.title, _TITLE))
    return View(text, material_keys.removed(event, material))


def preview_telling(telling: Telling, actor: Actor, now: datetime) -> View:
    """How many people would be told."""
    event = telling.event
    said = _named(event, actor, now) | {"count": telling.people}
    lines = [
        t("materials-tell", **said) if telling.people else t("materials-tell-nobody", **said),
        *([t("broadcast-unreached", count=telling.unreached)] if telling.unreached else []),
    ]
    newest = telling.materials[-1] if telling.people else None
    return View(Markup("\n").join(lines), material_keys.confirm_telling(event, newest))


def telling_done(telling: Telling, people: int, actor: Actor, now: datetime) -> View:
    """Who is told; nobody is told twice of the same."""
    said = _named(telling.event, actor, now)
    text = t("materials-telling", **said, count=people) if people else t("materials-told-already", **said)
    return View(text, material_keys.renaming(telling.event))


def other_kind() -> View:
    """Neither a file nor a picture nor a link."""
    return View(t("material-other-kind"))


def _lines(found: Sequence[Material]) -> Markup:
    names = _names(found)
    lines = fitting(
        t("material-numbered", number=number, title=name) for number, name in enumerate(names, start=1)
    )
    if len(names) > len(lines):
        lines.append(t("who-cut", count=len(names) - len(lines)))
    return Markup("\n").join(lines)


def _names(found: Sequence[Material]) -> list[str]:
    """What each is called; pictures that came without words are told apart by a number."""
    unnamed = [one.id for one in found if not one.title]
    return [
        _name(one)
        if one.title or len(unnamed) == 1
        else plain("material-picture-number", number=unnamed.index(one.id) + 1)
        for one in found
    ]


def _name(material: Material) -> str:
    return clip(material.title, _NAME) or plain("material-picture")


def _named(event: Event, actor: Actor, now: datetime) -> dict[str, object]:
    return {"title": clip(event.title, _TITLE), "when": dates.span(event.period, today(actor, now))}
