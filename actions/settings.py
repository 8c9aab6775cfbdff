"""What an association sets for itself: shown, changed, taken back; each change stands in the journal.

When people are reminded is in `timing`, who may come in in `admitting`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from actions.acting import reread_home
from actions.agreeing import Wording
from actions.changing import due_by_profile
from domain.errors import DomainError
from domain.marks import mark_of
from domain.records import Actor, Association
from domain.settings import Setting, Value, read_setting
from domain.timing import Choice, TimingProfile, chosen
from domain.undo import UNDO_WITHIN
from storage.unit_of_work import AssociationRows, Rows, UnitOfWork

SETTING_STEP = "setting"
# The kind of the journal's line, and what it holds: setting, before, after.
SETTING_CHANGED = "setting_changed"

# What is shown before it is so: it reaches people, moves every reminder, or lets something go for good.
_PREVIEWED = frozenset({Setting.ZONE, Setting.GREETING, Setting.CONSENT})


@dataclass(frozen=True, slots=True)
class Settings:
    """What an association sets, as it stands."""

    home: Association
    retention_years: int

    def value(self, what: Setting) -> Value:
        """What a setting holds, as it is stored."""
        match what:
            case Setting.RETENTION:
                return self.retention_years
            case Setting.ZONE:
                return self.home.zone.key
            case Setting.HOLIDAYS:
                return [one.as_stored() for one in self.home.holidays]
            case Setting.BEFORE | Setting.AFTER:
                return int(getattr(self.home, what) / timedelta(minutes=1))
            case Setting.FEEDBACK:
                return self.home.asks_feedback
        return str(getattr(self.home, what))


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change that waits to be confirmed; `mark` names this very one. `people` hear of it, `events` to come
    are planned anew."""

    what: Setting
    value: Value
    before: Settings
    mark: str
    people: int
    events: int


@dataclass(frozen=True, slots=True)
class Set:
    """A setting as it is now. `line` is the journal's line by which the change is taken back; None where
    nothing was changed. `people` are asked about it."""

    what: Setting
    settings: Settings
    line: int | None
    people: int = 0


async def settings(uow: UnitOfWork, actor: Actor) -> Settings:
    """What the association sets."""
    async with uow.reading() as rows:
        return await _settings(rows, actor)


async def ask_setting(uow: UnitOfWork, actor: Actor, what: Setting) -> Settings:
    """What is written next is the new value."""
    async with uow as rows:
        await _wait(rows, actor, what)
        found = await _settings(rows, actor)
        await uow.commit()
    return found


def asked(actor: Actor) -> Setting:
    """The setting whose value is waited for. Raises DomainError `setting_left` where none is."""
    facts = actor.asked(SETTING_STEP)
    try:
        return Setting(str(facts.get("what")))
    except ValueError:
        raise DomainError("setting_left") from None


async def write_setting(
    uow: UnitOfWork, actor: Actor, what: Setting, text: str, wording: Wording, now: datetime
) -> Proposed | Set:
    """A value that somebody typed. Raises what `read_setting` raises."""
    today = now.astimezone(actor.home.zone).date()
    return await offer_setting(
        uow, actor, what, read_setting(what, text, today, actor.home.holidays), wording, now
    )


async def offer_setting(
    uow: UnitOfWork, actor: Actor, what: Setting, value: Value, wording: Wording, now: datetime
) -> Proposed | Set:
    """Sets a value, or, where it is to be looked at first, proposes it and waits for other words."""
    async with uow as rows:
        before = await _settings(rows, actor)
        if before.value(what) == value or not _to_be_shown(what, value, before):
            made = await _change(rows, actor, what, value, wording, now)
            await rows.people.wait_for(actor.person_id, None)
            await uow.commit()
            return made
        people = events = 0
        if what is Setting.CONSENT:
            people = await rows.mailing.count_to_agree(actor.home.id, before.home.consent_version + 1)
        if what is Setting.ZONE:
            to_come = await rows.association(actor.home.id).events.to_come(now)
            events = len([event for event in to_come if event.gathering])
        await _wait(rows, actor, what, value=value)
        await uow.commit()
    return Proposed(what, value, before, mark_of(what, value), people, events)


def _to_be_shown(what: Setting, value: Value, before: Settings) -> bool:
    # Kept for less long is gone for good. (A retention is a number: read_setting sees to it.)
    return what in _PREVIEWED or (what is Setting.RETENTION and value < before.retention_years)  # type: ignore[operator]


async def confirm_setting(uow: UnitOfWork, actor: Actor, mark: str, wording: Wording, now: datetime) -> Set:
    """Sets what the preview showed. Raises DomainError `setting_left` where the dialogue was left, or the
    value is another one by now."""
    facts = actor.asked(SETTING_STEP)
    what = asked(actor)
    value = cast("Value", facts.get("value"))
    if "value" not in facts or mark_of(what, value) != mark:
        raise DomainError("setting_left")
    async with uow as rows:
        made = await _change(rows, actor, what, value, wording, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return made


async def take_back_setting(uow: UnitOfWork, actor: Actor, line: int, wording: Wording, now: datetime) -> Set:
    """«Вернуть как было»: the value of before a change, by the journal's line of it, for a day; pressed
    twice, it changes nothing more. Raises DomainError `setting_undo_gone`, `setting_changed_since`."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        facts = await ours.journal.facts(line, SETTING_CHANGED, since=now - UNDO_WITHIN)
        if facts is None:
            raise DomainError("setting_undo_gone")
        what = Setting(facts["setting"])
        present = (await _settings(rows, actor)).value(what)
        if present not in (facts["before"], facts["after"]):
            raise DomainError("setting_changed_since")
        made = await _change(rows, actor, what, facts["before"], wording, now)
        await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return made


async def _change(
    rows: Rows, actor: Actor, what: Setting, value: Value, wording: Wording, now: datetime
) -> Set:
    await rows.associations.hold(actor.home.id)
    before = await _settings(rows, actor)
    if before.value(what) == value:
        return Set(what, before, None)
    ours = rows.association(actor.home.id)
    people = 0
    match what:
        case Setting.ZONE:
            await _move_to_zone(rows, ours, before.home, str(value), now)
        case Setting.CONSENT:
            people = await _reword_consent(rows, ours, before.home, str(value), wording, now)
        case _:
            await rows.associations.change(actor.home.id, **{what: value})
    facts = {"setting": what, "before": before.value(what), "after": value}
    line = await ours.journal.write(SETTING_CHANGED, facts, actor.person_id, now)
    return Set(what, await _settings(rows, actor), line, people)


async def _move_to_zone(
    rows: Rows, ours: AssociationRows, home: Association, zone: str, now: datetime
) -> None:
    """Everything stays at its local hour: what is stored in UTC follows, and every reminder is made anew."""
    usual = TimingProfile.from_canonical(await rows.associations.settings_of(home.id))
    moved = replace(usual, zone=zone)
    profiles = {
        choice: await rows.associations.profile(chosen(moved, choice).canonical()) for choice in Choice
    }
    await rows.associations.change(home.id, zone=zone, profile_id=profiles[Choice.USUAL])
    # What was ahead by the old clocks, and what is by the new ones.
    await rows.notices.replan_events(home.id, now)
    await ours.members.follow(profiles)
    await ours.members.keep_clocks(home.zone, moved.tz)
    await ours.events.keep_clocks(home.zone, moved.tz)
    await rows.waiting.keep_clocks(home.id, home.zone, moved.tz)
    await rows.notices.replan_events(home.id, now)


async def _reword_consent(
    rows: Rows, ours: AssociationRows, home: Association, text: str, wording: Wording, now: datetime
) -> int:
    """Another wording has a number of its own; who never saw it is asked, once."""
    version = home.consent_version + 1
    await rows.associations.change(home.id, consent_text=text, consent_version=version)
    await ours.members.agreed_already(version, wording(replace(home, consent_text=text)))
    due = await due_by_profile(rows, home.id, now)
    return await rows.mailing.ask_consent(home.id, version, due)


async def _settings(rows: Rows, actor: Actor) -> Settings:
    home = await reread_home(rows, actor)
    return Settings(home, await rows.associations.retention_years(home.id))


async def _wait(rows: Rows, actor: Actor, what: Setting, **said: object) -> None:
    """The association is kept with it: what is written for one is not set in another."""
    await rows.people.wait_for(actor.person_id, SETTING_STEP, what=what, association=actor.home.id, **said)
