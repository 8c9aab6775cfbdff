"""The buttons of «Справки»: every CallbackData beside its builder."""

from __future__ import annotations

from aiogram.types import InlineKeyboardMarkup

from actions.certificates import Award, Awards, Kind
from bot.views import roll_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, button, inline, turns
from bot.views.paper_keys import ShowCertificates, to_papers
from bot.views.words import plain
from domain.certificates import HolderKind

_KINDS: tuple[Kind, ...] = ("attended", "spoke")
_ON_PAGE = 10


class TakeCertificates(CallbackData, prefix="certall"):
    """Those of all in one file."""

    event: Id
    kind: Kind


class TakeCertificate(CallbackData, prefix="cert"):
    """That of one; `holder` is the id of what `owner` says."""

    event: Id
    owner: HolderKind
    holder: Id


def certificates(found: Awards, page: int) -> InlineKeyboardMarkup:
    """Those of all, and a page of single ones."""
    event = found.event
    rows: Rows = []
    for kind in _KINDS:
        if awards := found.of(kind):
            label = plain(f"button-all-{kind}", number=len(awards))
            rows.append([button(label, TakeCertificates(event=event.id, kind=kind))])
    everybody = [*found.there, *found.talks]
    pages = max(1, -(-len(everybody) // _ON_PAGE))
    page = min(max(page, 0), pages - 1)
    for one in everybody[page * _ON_PAGE : (page + 1) * _ON_PAGE]:
        data = TakeCertificate(event=event.id, owner=one.holder.kind, holder=one.holder.id)
        rows.append([button(_label(one), data)])
    rows += turns(page, pages, lambda at: ShowCertificates(event=event.id, page=at))
    if found.to_confirm:
        rows.append([roll_keys.roll_call(event)])
    return inline([*rows, to_papers(event)])


def _label(one: Award) -> str:
    return plain("button-certificate-talk", name=one.name) if one.talk else one.name
