"""Lists of people out of a file, what is kept of people, records that look alike, everybody as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from actions.people_lists import ListPreview, Stored, TakingBack
from bot.views import people_list_keys as keys
from bot.views.keyboards import Rows, button, inline
from bot.views.notices import until
from bot.views.people_keys import ProposeMerge, to_people
from bot.views.view import View
from bot.views.words import called, clip, fitting, plain, t
from documents.spreadsheet import Cell, write_spreadsheet
from domain.people_list import FILLED, RowDoubt
from domain.phones import shown_phone
from domain.records import Actor, Association, Detail, Import, Member

_NAMES = 5
_DOUBTS = 12
_PAIRS = 12
_UNITS = 1_500


def lists(newest: Import | None, actor: Actor) -> View:
    """How a list is sent; the last one can be taken back for a day."""
    rows: Rows = [keys.back_to_more()]
    if newest is None:
        return View(t("lists"), inline(rows))
    said = t("lists") + "\n" + t("lists-newest", when=_moment(newest.at, actor))
    return View(said, inline([keys.take_back(newest), *rows]))


def preview(shown: ListPreview) -> View:
    """What was understood of a list, and whether they agreed."""
    found = shown.sorted
    everybody = [*found.new, *found.known]
    lines = [t("list-people", count=len(everybody)) + " " + t("list-new", count=len(found.new))]
    known = "list-known-gaps" if found.gaps else "list-known"
    lines += _some(known, "names", [one.name.short for one in found.known])
    if found.gaps:
        counted = Counter(name for gap in found.gaps for name in gap.says)
        what = Markup(", ").join(
            t(f"list-gap-{name}", count=counted[name]) for name in FILLED if counted[name]
        )
        lines.append(t("list-gaps", count=len(found.gaps), what=what))
        named = [gap.name.full for gap in found.gaps if "patronymic" in gap.says]
        lines += _some("list-gap-names", "names", named)
    lines += _some("list-namesakes", "names", [one.name.short for one in found.namesakes])
    lines += _some("list-new-schools", "titles", [called(one) for one in found.new_schools])
    if shown.left_out:
        details = ", ".join(plain(f"detail-{detail}") for detail in shown.left_out)
        lines.append(t("list-left-out", details=details))
    lines += _some("list-unused", "headings", [f"«{heading}»" for heading in shown.unused])
    lines += _doubts(shown.doubts)
    if not found.new and not found.gaps:
        return View(Markup("\n").join([*lines, t("list-nothing-to-save")]))
    text = Markup("\n").join([*lines, t("list-not-saved")])
    return View(text, inline(keys.preview(shown.draft_id)))


def saved(stored: Stored) -> View:
    """The list is stored."""
    lines = [t("list-filled", count=stored.filled)] if stored.filled else []
    if stored.people or not stored.filled:
        lines.append(t("list-saved", count=stored.people))
    lines.append(t("list-saved-wrong"))
    if stored.pairs:
        lines.append(t("list-saved-pairs", count=stored.pairs))
    return View(Markup("\n").join(lines), inline(keys.saved(stored.import_id, stored.pairs)))


def take_back(shown: TakingBack, actor: Actor) -> View:
    """Who would go, and who would stay."""
    lines = []
    if shown.going or shown.staying or not shown.filled:
        lines.append(t("list-back-preview", count=shown.going, when=_moment(shown.taken.at, actor)))
    lines += _some("list-back-stay", "names", [one.name.short for one in shown.staying])
    lines += [t("list-back-filled", count=shown.filled)] if shown.filled else []
    rows: Rows = [to_people(plain("button-leave-it"))]
    if shown.going or shown.filled:
        sure = keys.TakeListBack(taken=shown.taken.id, sure="yes")
        rows.insert(0, [button(plain("button-sure-list-back"), sure, "danger")])
    return View(Markup("\n").join(lines), inline(rows))


def taken_back(shown: TakingBack) -> View:
    """They are gone."""
    lines = [t("list-back-done", count=shown.going)] if shown.going or not shown.filled else []
    lines += _some("list-back-stay", "names", [one.name.short for one in shown.staying])
    lines += [t("list-back-filled-done", count=shown.filled)] if shown.filled else []
    return View(Markup("\n").join(lines), inline([to_people(plain("button-people"))]))


def more() -> View:
    """«Ещё» of the list."""
    return View(t("people-more"), inline(keys.more()))


def details(home: Association) -> View:
    """«Что хранить о людях»."""
    lines = [
        t("details-on" if detail in home.keeps else "details-off", detail=plain(f"detail-{detail}"))
        for detail in Detail
    ]
    return View(t("details", lines=Markup("\n").join(lines)), inline(keys.details(home.keeps)))


def turn_off(detail: Detail, stored: int) -> View:
    """What is to become of what is stored?"""
    key = "details-sure-phone" if detail is Detail.PHONE else "details-sure"
    said = t(key, **{} if detail is Detail.PHONE else {"detail": plain(f"detail-{detail}")}, count=stored)
    return View(said, inline(keys.turn_off(detail)))


def pairs(found: Sequence[tuple[Member, Member]]) -> View:
    """Records that may be one person's."""
    back = keys.back_to_more()
    if not found:
        return View(t("pairs-none"), inline([back]))
    rows = [
        [button(_pair(one, other), ProposeMerge(one=one.person_id, other=other.person_id))]
        for one, other in found[:_PAIRS]
    ]
    said = t("pairs", count=len(found))
    if len(found) > _PAIRS:
        said += "\n" + t("who-cut", count=len(found) - _PAIRS)
    return View(said, inline([*rows, back]))


def details_of(member: Member, home: Association) -> list[Markup]:
    """The lines of a card about what the association has turned on."""
    lines = []
    if Detail.CATEGORY in home.keeps and member.category:
        lines.append(t("person-category", category=member.category))
    if Detail.SERVICE in home.keeps and member.service:
        lines.append(service(member.service))
    return lines


def service(said: str) -> Markup:
    """Years of service: a bare number becomes years, anything else stays as it was written."""
    if said.isascii() and said.isdecimal() and len(said) < 3:
        return t("person-service-years", count=int(said))
    return t("person-service", service=said)


def own_detail(detail: Detail, value: str) -> View:
    """Her own category or years of service: what is written next takes its place."""
    if not value:
        return View(t(f"my-{detail}-none"))
    remove = [[button(plain("button-remove-detail"), keys.OwnDetail(detail=detail, act="remove"))]]
    return View(t(f"my-{detail}", **{detail.value: value}), inline(remove))


def sheet(people: Sequence[Member], home: Association) -> bytes:
    """Everybody as .xlsx: a number, the name, the schools, the position, and what is kept beside."""
    kept = [detail for detail in Detail if detail in home.keeps]
    head = [
        *(plain(f"sheet-{code}") for code in ("number", "name", "school")),
        *(plain(f"people-sheet-{code}") for code in ("position", *kept)),
    ]
    rows: list[list[Cell]] = [
        [
            number,
            one.name.full,
            ", ".join(school.title for school in one.schools),
            one.position,
            *(_in_table(one, detail) for detail in kept),
        ]
        for number, one in enumerate(people, start=1)
    ]
    return write_spreadsheet(plain("people-sheet-title"), [home.title], head, rows)


def _in_table(member: Member, detail: Detail) -> Cell:
    if detail is Detail.PHONE:
        return shown_phone(member.phone) if member.phone else ""
    return member.category if detail is Detail.CATEGORY else member.service


def _doubts(doubts: Sequence[RowDoubt]) -> list[Markup]:
    if not doubts:
        return []
    lines = fitting((_doubt(one) for one in doubts[:_DOUBTS]), _UNITS)
    rest = [t("plan-preview-questions-cut", count=len(doubts) - len(lines))]
    return [t("list-doubts", count=len(doubts)), *lines, *(rest if len(doubts) > len(lines) else [])]


def _doubt(one: RowDoubt) -> Markup:
    text = t("list-doubt-text", text=one.text) if one.text else Markup("")
    said = t(f"list-doubt-{one.doubt.replace('_', '-')}")
    return t("list-doubt", row=one.row, doubt=said, text=text)


def _some(key: str, name: str, those: Iterable[str]) -> list[Markup]:
    """A sentence about several, the first of them by name; none where there are none."""
    found = [clip(one, 60) for one in those]
    if not found:
        return []
    more = t("summary-more", count=len(found) - _NAMES) if len(found) > _NAMES else Markup("")
    said: dict[str, object] = {name: ", ".join(found[:_NAMES]), "more": more}
    return [t(key, count=len(found), **said)]


def _pair(one: Member, other: Member) -> str:
    def school(member: Member) -> str:
        return called(member.school.title, 16) if member.school else plain("pair-no-school")

    return plain("pair", name=clip(one.name.short, 24), one=school(one), other=school(other))


def _moment(moment: datetime, actor: Actor) -> str:
    return str(until(moment, actor.home.zone))
