"""The buttons of «Кого звать»: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from actions.inviting import Inviting
from bot.views.callback_data import CallbackData
from bot.views.editing_keys import ShowEdit
from bot.views.keyboards import Id, Place, Rows, button, inline
from bot.views.words import clip, plain
from domain.records import Event, Group, Invited

_GROUPS = 20
# As short as can be: the longest of these buttons takes 64 bytes.
_To = Literal["all", "group", "guests", "nobody"]
_INVITED: Mapping[_To, Invited] = {
    "all": Invited.EVERYBODY,
    "group": Invited.GROUP,
    "guests": Invited.GUESTS,
    "nobody": Invited.NOBODY,
}
_TO: Mapping[Invited, _To] = {invited: to for to, invited in _INVITED.items()}


class ShowInvited(CallbackData, prefix="forwhom"):
    """«Кого звать»."""

    event: Id


class ProposeInvited(CallbackData, prefix="whomto"):
    """Others to be invited; 0 where they are no group."""

    event: Id
    to: _To
    group: Id


class ConfirmInvited(CallbackData, prefix="whomok"):
    """Those seen in the preview, for the event as it stood then."""

    event: Id
    revision: Place
    to: _To
    group: Id


class NewGroupFor(CallbackData, prefix="whomnew"):
    """«Новая группа», to be invited to an event."""

    event: Id


def whom(event: Event) -> InlineKeyboardButton:
    """«Кого звать»."""
    return button(plain("button-whom"), ShowInvited(event=event.id))


def choose(shown: Inviting) -> InlineKeyboardMarkup:
    """Whom there is to be invited, the present ones marked."""
    event = shown.event
    return inline(
        [
            [_choice(event, plain("button-whom-everybody"), Invited.EVERYBODY)],
            *_groups(event, shown.groups[:_GROUPS]),
            [button(plain("button-new-group"), NewGroupFor(event=event.id))],
            [
                _choice(event, plain("button-whom-guests"), Invited.GUESTS),
                _choice(event, plain("button-whom-nobody"), Invited.NOBODY),
            ],
            [button(plain("button-back"), ShowEdit(event=event.id))],
        ]
    )


def confirm(event: Event, invited: Invited, group: Group | None) -> InlineKeyboardMarkup:
    """Under a preview."""
    sure = ConfirmInvited(event=event.id, revision=event.revision, to=_TO[invited], group=_id(group))
    return inline(
        [
            [button(plain("button-sure-whom"), sure, "success")],
            [button(plain("button-back"), ShowInvited(event=event.id))],
        ]
    )


def asked_title(event: Event) -> InlineKeyboardMarkup:
    """Under the question how a new group is called."""
    return inline([[button(plain("button-back"), ShowInvited(event=event.id))]])


def meant(data: ProposeInvited | ConfirmInvited) -> tuple[Invited, int | None]:
    """Whom such a button means; of a group its id."""
    invited = _INVITED[data.to]
    return invited, data.group if invited is Invited.GROUP else None


def _groups(event: Event, groups: Sequence[Group]) -> Rows:
    return [
        [
            _choice(
                event,
                plain("button-group-size", title=clip(one.title, 40), number=one.size),
                Invited.GROUP,
                one,
            )
        ]
        for one in groups
    ]


def _choice(event: Event, label: str, invited: Invited, group: Group | None = None) -> InlineKeyboardButton:
    if (event.invited, event.group_id) == (invited, group.id if group else None):
        label = plain("button-chosen", label=label)
    return button(label, ProposeInvited(event=event.id, to=_TO[invited], group=_id(group)))


def _id(group: Group | None) -> int:
    return 0 if group is None else group.id
