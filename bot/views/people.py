"""«Люди»: the lists, a person's card, her schools, what is corrected; schools with their people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar

from markupsafe import Markup

from actions.merging import Pair, Twins
from actions.roster import Edit, Field, Overview, PersonCard, SchoolLine
from actions.schools import SCHOOL_RENAMED
from actions.taking_back import GROUP_REMOVED, TakenBack
from bot.views import dates
from bot.views import people_keys as keys
from bot.views.cards import today
from bot.views.journal_keys import take_back
from bot.views.keyboards import Rows, button, inline, turns
from bot.views.people_keys import ConfirmMerge, CorrectField, FindTwins, Part, ProposeMerge, ShowPeople
from bot.views.people_lists import details_of
from bot.views.view import View
from bot.views.words import called, clip, fitting, plain, t
from domain.phones import shown_phone
from domain.records import Actor, Card, Detail, Member, School, Standing

_A_PAGE = 8
_NAMES = 12
_TITLE = 60
_One = TypeVar("_One")


def home(overview: Overview, page: int = 0) -> View:
    """«Люди»: a page of all who are in the lists, and what else there is of people."""
    said = t("people", count=len(overview.people))
    if overview.requests:
        said += "\n" + t("people-requests", count=overview.requests)
    shown, page, count = _page(overview.people, page)
    rows = [keys.to_person(one, _label(one)) for one in shown]
    rows += turns(page, count, lambda at: ShowPeople(screen="home", page=at))
    said += "\n" + t("people-how") + _of(page, count)
    return View(said, inline([*rows, *keys.home(overview.requests)]))


def found(people: Sequence[Member]) -> View:
    """Those of whom the words speak."""
    rows = [keys.to_person(one, _label(one)) for one in people[:_NAMES]]
    said = t("people-found", count=len(people))
    if len(people) > _NAMES:
        said += "\n" + t("who-cut", count=len(people) - _NAMES)
    return View(said, inline([*rows, keys.back_to_people()]))


def nobody_found() -> View:
    """The words speak of nobody."""
    return View(t("people-nobody"), inline([keys.back_to_people()]))


def card(shown: PersonCard, actor: Actor, now: datetime) -> View:
    """A person as her coordinator sees her."""
    member, day = shown.member, today(actor, now)
    lines = [t("person", name=clip(member.name.full, 100))]
    lines += [_school(member, at) for at in range(len(member.schools))] or [t("person-no-school")]
    if member.position:
        lines.append(t("person-position", position=member.position))
    if member.phone:
        lines.append(t("person-phone", phone=shown_phone(member.phone)))
    elif not member.in_telegram and Detail.PHONE in actor.home.keeps:
        lines.append(t("person-no-phone"))
    lines += details_of(member, actor.home)
    if member.standing is not Standing.AWAY:  # nothing is sent to her, and nobody calls
        lines.append(t(f"person-telegram-{_reach(member)}"))
    if shown.groups:
        lines.append(t("person-groups", groups=_joined(group.title for group in shown.groups)))
    if member.away_until is not None:
        lines.append(t("person-away", until=_day(member.away_until, actor)))
    lines.append(_ahead(shown.ahead, day))
    merge_id = None if shown.merge is None else shown.merge.id
    rows = keys.card(member, actor.home.keeps, herself=shown.herself, merge_id=merge_id)
    return View(Markup("\n").join(lines), inline(rows))


def schools_of(member: Member, dropped: School | None = None) -> View:
    """A person's schools; one that was just dropped can be given back."""
    key = "person-schools" if member.schools else "person-schools-none"
    return View(t(key, name=member.name.full), inline(keys.schools_of(member, dropped)))


def ask(edit: Edit) -> View:
    """What is written next is the correction."""
    stands = t("correct-now", now=_value(edit.field, edit.before)) + "\n" if edit.before else Markup("")
    return View(t(f"correct-{edit.field}", of=edit.of, now=stands))


def preview(edit: Edit) -> View:
    """How the correction was understood."""
    key = f"correct-preview-{edit.field}" if edit.field in {Field.SCHOOL, Field.TITLE} else "correct-preview"
    before = _value(edit.field, edit.before) if edit.before else t("correct-nothing")
    said = t(key, of=edit.of, before=before, after=_value(edit.field, edit.after))
    return View(said, inline(keys.confirm_edit(edit.mark)))


def edited(edit: Edit) -> View:
    """The correction is made."""
    said = t("correct-done", of=edit.of, after=_value(edit.field, edit.after))
    if edit.field is Field.TITLE:
        said = t("correct-done-title", after=edit.after)
        undo = take_back(edit.line)
        back = button(plain("button-schools"), ShowPeople(screen="schools", page=0))
    else:
        undo = button(plain("button-undo"), keys.TakeEditBack(mark=edit.mark))
        back = button(plain("button-person-card"), keys.ShowPerson(person=edit.record_id))
    return View(said, inline([[undo], [back]]))


def edit_taken_back(edit: Edit) -> View:
    """Her card says what it said before."""
    stands = _value(edit.field, edit.after) if edit.after else t("correct-nothing")
    back = button(plain("button-person-card"), keys.ShowPerson(person=edit.record_id))
    return View(t("correct-taken-back", of=edit.of, now=stands), inline([[back]]))


def taken_back(taken: TakenBack) -> View:
    """A school or a group is as it was."""
    if taken.kind == SCHOOL_RENAMED:
        back = button(plain("button-schools"), ShowPeople(screen="schools", page=0))
        return View(t("correct-done-title", after=clip(taken.title, 200)), inline([[back]]))
    back = button(plain("button-groups"), ShowPeople(screen="groups", page=0))
    if taken.kind == GROUP_REMOVED:
        said = t("group-returned", title=taken.title, count=taken.people)
    else:
        said = t("group-name-returned", title=taken.title)
    return View(said, inline([[back]]))


def schools(lines: Sequence[SchoolLine], page: int) -> View:
    """A page of the schools, each with its people."""
    shown, page, count = _page(lines, page)
    deserted = sum(not line.people for line in lines)
    said = t("schools", count=len(lines)) if lines else t("schools-empty")
    if deserted:
        said += "\n" + t("schools-deserted", count=deserted)
    text = Markup("\n").join([said, *(_school_line(line) for line in shown)]) + _of(page, count)
    rows = [keys.to_school(line.school) for line in shown]
    rows += turns(page, count, lambda at: ShowPeople(screen="schools", page=at))
    return View(text, inline([*rows, keys.back_to_people()]))


def school(line: SchoolLine, actor: Actor) -> View:
    """A school and its people."""
    title = clip(line.school.title, 200)
    if line.people:
        names = fitting(_name(one, actor) for one in line.people)
        said = t("school", title=title, names=Markup("\n").join(names))
    else:
        said = t("school-deserted", title=title)
    rename = button(plain("button-rename-school"), CorrectField(field=Field.TITLE, record=line.school.id))
    rows: Rows = [keys.to_person(one) for one in line.people[:_NAMES]]
    back = button(plain("button-back"), ShowPeople(screen="schools", page=0))
    return View(said, inline([*rows, [rename], [back]]))


def twins(shown: Twins) -> View:
    """With which record?"""
    member = shown.member
    if not shown.others:
        return View(t("merge-nobody", name=member.name.full), inline([keys.back_to_card(member)]))
    rows = [
        [button(_label(one), ProposeMerge(one=member.person_id, other=one.person_id))]
        for one in shown.others[:_NAMES]
    ]
    return View(t("merge-which", name=member.name.full), inline([*rows, keys.back_to_card(member)]))


def merge_preview(pair: Pair) -> View:
    """Which record stays, and what becomes of the other."""
    data = ConfirmMerge(one=pair.kept.person_id, other=pair.dropped.person_id)
    rows: Rows = [
        [button(plain("button-sure-merge"), data, "success")],
        keys.to_person(pair.kept, plain("button-leave-it")),
    ]
    return View(t("merge-preview", **_both(pair)), inline(rows))


def merged(pair: Pair) -> View:
    """They are one; for a day they can be parted."""
    rows: Rows = [
        [button(plain("button-unmerge"), Part(merge=pair.merge_id))],
        keys.to_person(pair.kept, plain("button-person-card")),
    ]
    return View(t("merge-done", **_both(pair)), inline(rows))


def parted(pair: Pair) -> View:
    """They are two again."""
    again = FindTwins(person=pair.kept.person_id)
    rows: Rows = [
        keys.to_person(pair.kept, _label(pair.kept)),
        keys.to_person(pair.dropped, _label(pair.dropped)),
        [button(plain("button-merge"), again)],
    ]
    return View(t("merge-parted", **_both(pair)), inline(rows))


def _both(pair: Pair) -> dict[str, str]:
    return {"kept": _label(pair.kept), "dropped": _label(pair.dropped)}


def _page(found: Sequence[_One], page: int) -> tuple[Sequence[_One], int, int]:
    """What stands on a page, the page itself within its bounds, and how many there are."""
    count = max(1, -(-len(found) // _A_PAGE))
    page = min(max(page, 0), count - 1)
    return found[page * _A_PAGE : (page + 1) * _A_PAGE], page, count


def _of(page: int, count: int) -> Markup:
    return Markup("\n") + t("who-page", page=page + 1, pages=count) if count > 1 else Markup("")


def _label(member: Member) -> str:
    """«Петрова М. И. · СОШ № 45»."""
    if member.standing is Standing.AWAY:
        return plain("person-label-away", name=clip(member.name.short, 40))
    school = f" · {called(member.school.title, 30)}" if member.school else ""
    return f"{clip(member.name.short, 28)}{school}"


def _school(member: Member, at: int) -> Markup:
    several, title = len(member.schools) > 1, clip(member.schools[at].title, 150)
    in_sheet = several and member.schools[at] == member.school
    return t("person-school-in-sheet" if in_sheet else "person-school", school=title)


def _reach(member: Member) -> str:
    if not member.in_telegram:
        return "none"
    return "here" if member.reachable else "blocked"


def _ahead(cards: Iterable[Card], day: date) -> Markup:
    lines = fitting(
        (
            t(
                f"person-answer-{card.answer}",
                title=clip(card.event.title, 100),
                when=dates.short(card.event.period, day),
            )
            for card in cards
            if card.answer
        ),
        1_500,
    )
    return Markup("\n").join([t("person-ahead"), *lines]) if lines else t("person-ahead-none")


def _day(moment: datetime, actor: Actor) -> str:
    return dates.full_day(dates.local(moment, actor.home.zone).date())


def _value(field: Field, value: str) -> str:
    return shown_phone(value) if field is Field.PHONE else clip(value, 200)


def _joined(titles: Iterable[str]) -> str:
    return ", ".join(clip(title, _TITLE) for title in titles)


def _school_line(line: SchoolLine) -> Markup:
    title = called(line.school.title, _TITLE)
    if not line.people:
        return t("schools-line-deserted", title=title)
    names = ", ".join(clip(one.name.short, 40) for one in line.people[:4])
    more = t("summary-more", count=len(line.people) - 4) if len(line.people) > 4 else Markup("")
    return t("schools-line", title=title, names=names, more=more)


def _name(member: Member, actor: Actor) -> Markup:
    if member.away_until is None:
        return t("school-name", name=member.name.full)
    return t("school-name-away", name=member.name.full, until=_day(member.away_until, actor))
