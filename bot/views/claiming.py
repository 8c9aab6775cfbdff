"""«Вы – …?»: a record in the lists may be hers who joins."""

from __future__ import annotations

from typing import Literal

from aiogram.types import ReplyKeyboardRemove

from actions.claiming import Story
from bot.views import people_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, button, inline
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.full_names import FullName
from domain.records import Actor, ClaimState, Member


class ClaimRecord(CallbackData, prefix="itsme"):
    """«Да, это я»; which record it is follows from what she said of herself."""

    act: Literal["yes", "no"]


class SettleClaim(CallbackData, prefix="claim"):
    """Whether the record of another account passes over."""

    claim: Id
    act: Literal["grant", "refuse"]


def own_question(actor: Actor) -> View:
    """Is it her? In her own words: nothing is said that she has not said herself."""
    return _question(actor.name, actor.school)


def own_question_again(actor: Actor) -> View:
    """The same, after words that are neither yes nor no."""
    asked = own_question(actor)
    return View(t("claim-in-words") + "\n\n" + asked.text, asked.keyboard)


def question(member: Member) -> View:
    """The same for one who has been let in."""
    return _question(member.name, member.school.title if member.school else None)


def claimed(state: ClaimState) -> View:
    """The record is hers, or the coordinator is asked."""
    return View(t(f"claim-is-{state}"))


def not_claimed() -> View:
    """It is somebody else's record."""
    return View(t("claim-not-hers"))


def letter(lead: str, story: Story) -> View | None:
    """The message of a claim, for whom its lead says; none where it is settled since."""
    if lead == ClaimState.TAKEN:
        return _taken(story)
    if lead == ClaimState.WAITING:
        return _asked(story) if story.claim.state is ClaimState.WAITING else None
    if lead == "passed":
        return View(t("claim-passed", name=story.record.name.formal), ReplyKeyboardRemove())
    return View(t(f"claim-{lead}", name=story.member.name.formal))


def settled(story: Story) -> View:
    """What the coordinator said."""
    granted = story.claim.state is ClaimState.GRANTED
    said = t("claim-settled-granted" if granted else "claim-settled-refused", **_who(story.member))
    return View(said, inline(_after(story)))


def _question(name: FullName | None, school: str | None) -> View:
    said = f"{name.formal} {name.surname}" if name else ""
    rows: Rows = [
        [
            button(plain("button-it-is-me"), ClaimRecord(act="yes"), "success"),
            button(plain("button-not-me"), ClaimRecord(act="no")),
        ]
    ]
    return View(t("claim-ask", name=clip(said, 150), school=clip(school or "", 150)), inline(rows))


def _taken(story: Story) -> View:
    return View(t("claim-told", **_who(story.member)), inline(_after(story)))


def _asked(story: Story) -> View:
    claim = story.claim.id
    rows: Rows = [
        [button(plain("button-grant-claim"), SettleClaim(claim=claim, act="grant"), "success")],
        [button(plain("button-refuse-claim"), SettleClaim(claim=claim, act="refuse"))],
    ]
    return View(t("claim-asked", **_who(story.member)), inline(rows))


def _after(story: Story) -> Rows:
    rows: Rows = [people_keys.to_person(story.member, plain("button-person-card"))]
    if story.claim.merge_id is not None:
        part = people_keys.Part(merge=story.claim.merge_id)
        rows.insert(0, [button(plain("button-unmerge"), part)])
    return rows


def _who(member: Member) -> dict[str, object]:
    return {
        "name": clip(member.name.full, 100),
        "school": clip(member.school.title, 100) if member.school else plain("no-school"),
    }
