"""«Бланки»: which there are, what stands in their fields, how one's own looks filled."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from actions.blanks import Offered
from bot.views import blank_keys
from bot.views.blank_keys import KINDS, Kind
from bot.views.documents import BLANKS
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.errors import DomainError
from domain.records import Event, OwnBlank

_NAME = 100


def blanks(event_id: int, own: Collection[str]) -> View:
    """All of them."""
    return View(t("blanks"), blank_keys.blanks(event_id, own))


def one(event_id: int, kind: Kind, own: OwnBlank | None) -> View:
    """One of them: whose it is."""
    name = name_of(kind)
    if own is None:
        return View(t("blank-usual", name=name), blank_keys.one(event_id, kind, own=False))
    text = t("blank-own", name=name, file=clip(own.file_name, _NAME))
    return View(text, blank_keys.one(event_id, kind, own=True))


def fields(kind: Kind) -> View:
    """What each field of a blank stands for, beside the file itself."""
    lines = [
        t("blank-field", field=f"{{{{ {field} }}}}", means=means)
        for field, means in BLANKS[kind].fields.items()
    ]
    return View(t("blank-fields", lines=Markup("\n").join(lines)))


def ask(event_id: int, kind: Kind) -> View:
    """One's own comes next."""
    return View(t("blank-ask", name=name_of(kind)), blank_keys.asked(event_id, kind))


def preview(offered: Offered, event: Event) -> View:
    """Is it as it should be?"""
    kind = known(offered.kind)
    text = t("blank-preview", name=name_of(kind), title=clip(event.title, _NAME))
    return View(text, blank_keys.preview(offered.mark, offered.event_id, kind))


def kept(offered: Offered) -> View:
    """It took its place."""
    kind = known(offered.kind)
    return View(t("blank-kept", name=name_of(kind)), blank_keys.kept(offered.event_id, kind))


def dropped(event_id: int, kind: Kind) -> View:
    """The usual one again."""
    return View(t("blank-dropped", name=name_of(kind)), blank_keys.one(event_id, kind, own=False))


def name_of(kind: Kind) -> str:
    """«Письмо директорам»."""
    return plain(f"button-blank-{kind}")


def known(kind: str) -> Kind:
    """The kind, out of an open dialogue. Raises DomainError `blank_left` for one that is unknown by now."""
    for one in KINDS:
        if one == kind:
            return one
    raise DomainError("blank_left")
