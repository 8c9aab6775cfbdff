"""«Справки»: who can have one, for all at once or one by one."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from actions.certificates import Awards, Given
from bot.views import certificate_keys, dates
from bot.views.cards import today
from bot.views.papers import named
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.records import Actor

_NAME = 60


def certificates(found: Awards, page: int, actor: Actor, now: datetime) -> View:
    """Whom they are for; before anybody is marked, what comes first."""
    said = named(found.event, actor, now)
    keyboard = certificate_keys.certificates(found, page)
    unconfirmed = len(found.to_confirm)
    if not found.there and unconfirmed:
        return View(t("certificates-none-confirmed", **said, count=unconfirmed), keyboard)
    if not found.there:
        return View(t("certificates-nobody", **said), keyboard)
    lines = [t("certificates", **said, count=len(found.there))]
    if found.talks:
        lines.append(t("certificates-talks", count=len(found.talks)))
    if unconfirmed:
        lines.append(t("certificates-unconfirmed-others", count=unconfirmed))
    lines.append(t("certificates-numbers"))
    return View(Markup("\n").join(lines), keyboard)


def caption(given: Given, actor: Actor, now: datetime) -> Markup:
    """What the file is, and what to do with it."""
    said = named(given.event, actor, now)
    if len(given.awards) > 1:
        return t(f"certificates-caption-{given.kind}", **said, count=len(given.awards))
    award, certificate = given.awards[0]
    return t(
        f"certificate-caption-{given.kind}",
        **said,
        name=clip(award.name, _NAME),
        number=certificate.number,
    )


def file_name(given: Given, actor: Actor, now: datetime) -> str:
    """«Справки 18 ноября.docx», «Справка Петрова.docx»."""
    if len(given.awards) > 1:
        day = dates.short(given.event.period, today(actor, now))
        return plain(f"certificates-file-name-{given.kind}", day=day)
    surname = clip(given.awards[0][0].name.split(" ")[0], _NAME)
    return plain(f"certificate-file-name-{given.kind}", name=surname)
