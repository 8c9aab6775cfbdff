"""«Вы – …?»: a record in the lists may be hers who joins."""

from __future__ import annotations

from typing import Literal

from aiogram.types import ReplyKeyboardRemove

from actions.arriving import CLAIM_ELSEWHERE_STEP
from actions.claiming import Story
from actions.merging import Pair
from bot.views import people_keys
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, button, inline, name_and_school
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.full_names import FullName
from domain.records import Actor, ClaimState, Member


class ClaimRecord(CallbackData, prefix="itsme"):
    """«Да, это я»; which record it is follows from what she said of herself."""

    act: Literal["yes", "no"]


class AnswerAsked(CallbackData, prefix="itwasme"):
    """Whether the record that a coordinator asks her about is hers too."""

    claim: Id
    act: Literal["yes", "no"]


class SettleClaim(CallbackData, prefix="claim"):
    """Whether the record of another account passes over."""

    claim: Id
    act: Literal["grant", "refuse"]


def own_question(actor: Actor) -> View:
    """Is it her? In her own words: nothing is said that she has not said herself."""
    elsewhere = actor.dialogue is not None and actor.dialogue.step == CLAIM_ELSEWHERE_STEP
    return _question(actor.name, actor.school, elsewhere=elsewhere)


def own_question_again(actor: Actor) -> View:
    """The same, after words that are neither yes nor no."""
    asked = own_question(actor)
    return View(t("claim-in-words") + "\n\n" + asked.text, asked.keyboard)


def question(member: Member, elsewhere: bool) -> View:
    """The same for one who has been let in; the record may be of another school."""
    return _question(member.name, member.school.title if member.school else None, elsewhere=elsewhere)


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
    if lead == ClaimState.ASKED:
        return _asked_herself(story) if story.claim.state is ClaimState.ASKED else None
    if lead == "agreed":
        return View(t("claim-agreed", **_who(story.member)), inline(_after(story)))
    if lead == "denied":
        return View(t("claim-denied", **_who(story.member)), inline(_after(story)))
    if lead == "passed":
        return View(t("claim-passed", name=story.record.name.formal), ReplyKeyboardRemove())
    return View(t(f"claim-{lead}", name=story.member.name.formal))


def settled(story: Story) -> View:
    """What the coordinator said."""
    granted = story.claim.state is ClaimState.GRANTED
    said = t("claim-settled-granted" if granted else "claim-settled-refused", **_who(story.member))
    return View(said, inline(_after(story)))


def ask_preview(pair: Pair) -> View:
    """Two accounts that may be one person's: which one stays, and that she is asked there first."""
    kept, dropped = pair.kept.person_id, pair.dropped.person_id
    # Of two records under one name all that tells them apart is which came later.
    newer = kept > dropped
    said = t(
        "merge-ask-newer" if newer else "merge-ask-older",
        kept=name_and_school(pair.kept),
        dropped=name_and_school(pair.dropped),
    )
    other = plain("button-ask-older" if newer else "button-ask-newer")
    rows: Rows = [
        [
            button(
                plain("button-ask-her"),
                people_keys.AskHer(person=kept, record=dropped, sure="yes"),
                "success",
            )
        ],
        [button(other, people_keys.AskHer(person=dropped, record=kept, sure="ask"))],
        people_keys.to_person(pair.kept, plain("button-leave-it")),
    ]
    return View(said, inline(rows))


def asked_her(pair: Pair) -> View:
    """She is asked."""
    rows: Rows = [people_keys.to_person(pair.kept, plain("button-person-card"))]
    return View(t("merge-asked", name=clip(pair.kept.name.full, 100)), inline(rows))


def _question(name: FullName | None, school: str | None, *, elsewhere: bool) -> View:
    said = f"{name.formal} {name.surname}" if name else ""
    rows: Rows = [
        [
            button(plain("button-it-is-me"), ClaimRecord(act="yes"), "success"),
            button(plain("button-not-me"), ClaimRecord(act="no")),
        ]
    ]
    if elsewhere:
        return View(t("claim-ask-elsewhere", name=clip(said, 150)), inline(rows))
    return View(t("claim-ask", name=clip(said, 150), school=clip(school or "", 150)), inline(rows))


def _taken(story: Story) -> View:
    return View(t("claim-told", **_who(story.member)), inline(_after(story)))


def _asked(story: Story) -> View:
    claim = story.claim.id
    rows: Rows = [
        [button(plain("button-grant-claim"), SettleClaim(claim=claim, act="grant"), "success")],
        [button(plain("button-refuse-claim"), SettleClaim(claim=claim, act="refuse"))],
    ]
    who = _who(story.member)
    if not story.elsewhere:
        return View(t("claim-asked", **who), inline(rows))
    there = ", ".join(clip(school.title, 100) for school in story.record.schools)
    key = "claim-asked-elsewhere-phone" if story.record.in_telegram else "claim-asked-elsewhere"
    return View(t(key, **who, there=clip(there, 300)), inline(rows))


def _asked_herself(story: Story) -> View:
    claim = story.claim.id
    rows: Rows = [
        [
            button(plain("button-it-is-me"), AnswerAsked(claim=claim, act="yes"), "success"),
            button(plain("button-not-me"), AnswerAsked(claim=claim, act="no")),
        ]
    ]
    return View(t("claim-asked-herself", name=story.member.name.formal), inline(rows))


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
