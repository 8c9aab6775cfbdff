"""Groups of people: heads, newcomers."""

from __future__ import annotations

from collections.abc import Sequence

from actions.grouping import GroupPeople, PersonGroups
from bot.views import people_keys as keys
from bot.views.journal_keys import take_back
from bot.views.keyboards import Rows, button, inline, name_and_school, turns
from bot.views.people_keys import NameGroup, PutInGroup, RemoveGroup, ShowGroupPeople, ShowPeople
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.records import Group

_A_PAGE = 8
_GROUPS = 20


def groups(found: Sequence[Group]) -> View:
    """Every group, and the way to a new one."""
    return View(t("groups" if found else "groups-none"), inline(_groups(found)))


def ask_title(group: Group | None) -> View:
    """What is written next is the group's name."""
    return View(t("group-title") if group is None else t("group-retitle", title=group.title))


def people(shown: GroupPeople, page: int) -> View:
    """A group: everybody in the lists, those in it marked; a tap puts in or takes out."""
    pages = max(1, -(-len(shown.everybody) // _A_PAGE))
    page = min(max(page, 0), pages - 1)
    group = shown.group
    rows: Rows = []
    for one in shown.everybody[page * _A_PAGE : (page + 1) * _A_PAGE]:
        inside = one.person_id in shown.inside
        label = name_and_school(one)
        label = plain("button-chosen", label=label) if inside else label
        data = PutInGroup(group=group.id, person=one.person_id, to="out" if inside else "in", page=page)
        rows.append([button(label, data)])
    rows += turns(page, pages, lambda at: ShowGroupPeople(group=group.id, page=at))
    rows.append(
        [
            button(plain("button-rename-group"), NameGroup(group=group.id)),
            button(plain("button-remove-group"), RemoveGroup(group=group.id, sure="ask")),
        ]
    )
    rows.append([button(plain("button-back"), ShowPeople(screen="groups", page=0))])
    return View(t("group-people", title=group.title, count=len(shown.inside)), inline(rows))


def of_person(shown: PersonGroups) -> View:
    """The groups, those that she is in marked; a tap puts in or takes out."""
    rows: Rows = []
    for group in shown.groups[:_GROUPS]:
        inside = group.id in shown.inside
        label = plain("button-chosen", label=group.title) if inside else group.title
        data = PutInGroup(
            group=group.id, person=shown.member.person_id, to="out" if inside else "in", page=-1
        )
        rows.append([button(label, data)])
    if not shown.groups:
        rows.append([button(plain("button-new-group"), NameGroup(group=0))])
    said = t("person-in-groups" if shown.groups else "groups-none", name=shown.member.name.full)
    return View(said, inline([*rows, keys.back_to_card(shown.member)]))


def ask_remove(shown: GroupPeople) -> View:
    """Is removing the group meant?"""
    group = shown.group
    rows: Rows = [
        [button(plain("button-sure-remove"), RemoveGroup(group=group.id, sure="yes"), "danger")],
        [button(plain("button-leave-it"), ShowGroupPeople(group=group.id, page=0))],
    ]
    return View(t("group-remove", title=group.title, count=len(shown.inside)), inline(rows))


def removed(group: Group, line: int, rest: Sequence[Group]) -> View:
    """The group is gone, and can be taken back; those that are left."""
    text = t("group-removed", title=group.title) + "\n\n" + t("groups" if rest else "groups-none")
    return View(text, inline([[take_back(line)], *_groups(rest)]))


def _groups(found: Sequence[Group]) -> Rows:
    rows: Rows = [
        [
            button(
                plain("button-group-size", title=clip(group.title, 40), number=group.size),
                ShowGroupPeople(group=group.id, page=0),
            )
        ]
        for group in found[:_GROUPS]
    ]
    return [*rows, [button(plain("button-new-group"), NameGroup(group=0))], keys.back_to_people()]
