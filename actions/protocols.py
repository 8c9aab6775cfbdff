"""The protocol of a meeting and the message for the site: what is known of it, and what is written down. Its
number is given in `actions.protocol_numbers`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from actions.checking import check_gathering, check_not_cancelled, known_event
from domain.errors import DomainError
from domain.guests import read_name
from domain.people import plain_words, tidy_line
from domain.plan_draft import school_year_of
from domain.protocols import (
    LONGEST_DECISION,
    LONGEST_OUTCOME,
    LONGEST_POINT,
    MOST_DECISIONS,
    MOST_POINTS,
    Decision,
    Office,
    Outcome,
    Participant,
    Protocol,
    agenda_of,
    heard_of,
    read_line,
    read_lines,
    theme_of,
)
from domain.records import Actor, Event, Mark, Member, Status, Talk
from domain.russian_dates import read_deadline
from domain.talks import spoken
from domain.turnout import Turnout
from storage.unit_of_work import AssociationRows, UnitOfWork

# Decisions are waited for, one after the other, until she does something else.
DECISIONS_STEP = "decisions"
DECISION_STEP = "decision"
OUTCOME_STEP = "outcome"
OFFICE_STEP = "office"
AGENDA_STEP = "agenda"
# Of such an event there is nothing to put on record.
NOT_HELD = frozenset({Status.CANCELLED, Status.NOT_HELD, Status.JOINED})


@dataclass(frozen=True, slots=True)
class Written:
    """An event and what is written down of it."""

    event: Event
    protocol: Protocol


@dataclass(frozen=True, slots=True)
class Meeting:
    """Everything that the protocol of an event holds.

    `rows` are the titles of the plan's rows that it stands for, `talks` its programme. While nobody is marked
    as present, `promised` are those who said that they would come; `absent` are the members who are marked
    as not having been there, by name, with whether that was excused. `last` is the meeting of this school
    year whose decisions are looked back on.
    """

    event: Event
    protocol: Protocol
    rows: Sequence[str]
    talks: Sequence[Talk]
    present: Sequence[Participant]
    promised: Sequence[Participant]
    absent: Sequence[tuple[str, bool]]
    last: Written | None

    @property
    def agenda(self) -> list[str]:
        """Its points."""
        return agenda_of(self.protocol, self.rows, self.event.title, self.talks)

    @property
    def questions(self) -> list[str]:
        """What was talked about, beside the talks; nothing where that is the event's theme alone."""
        questions = agenda_of(self.protocol, self.rows, self.event.title, [])
        return [] if questions == [theme_of(self.event.title)] else questions

    @property
    def heard(self) -> list[Talk | str]:
        """What was listened to: talks, and points of the agenda of which there is none."""
        return heard_of(self.agenda, self.talks)


async def meeting(uow: UnitOfWork, actor: Actor, event_id: int) -> Meeting:
    """What is known of an event. Raises DomainError `event_unknown`, `event_cancelled`, `no_answer_needed`,
    `protocol_not_held`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        event = await held(ours, event_id)
        return await meeting_of(ours, event, await ours.protocols.get(event_id))


async def over_meeting(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Meeting:
    """The same of one that took place. Raises what `meeting` raises, and `not_over_yet`."""
    found = await meeting(uow, actor, event_id)
    if found.event.starts_at > now:
        raise DomainError("not_over_yet", event_id=event_id)
    return found


async def written(uow: UnitOfWork, actor: Actor, event_id: int) -> Written:
    """What is written down of an event. Raises what `meeting` raises."""
    async with uow.reading() as rows:
        return await written_of(rows.association(actor.home.id), event_id)


# What was decided


async def open_decisions(uow: UnitOfWork, actor: Actor, event_id: int) -> Written:
    """What she writes next are decisions of this event. Raises what `meeting` raises, and `decisions_full`
    (fact `most`)."""
    return await open_step(uow, actor, event_id, DECISIONS_STEP)


async def add_decisions(
    uow: UnitOfWork, actor: Actor, text: str, now: datetime
) -> tuple[Written, list[Decision]]:
    """Adds decisions, one a line, to the event of the dialogue, which stays open for more; returns what is
    written down then, and the new ones.

    Raises what `meeting` raises, and DomainError `line_empty`, `line_too_long`, `decisions_full`,
    `deadline_impossible`.
    """
    lines = read_lines(text, MOST_DECISIONS, LONGEST_DECISION)
    event_id = actor.asked_event
    written = await _change(
        uow, actor, event_id, lambda event, it: it.with_decisions(lines, _since(actor, event, now)), now
    )
    return written, written.protocol.decisions[-len(lines) :]


async def open_decision(uow: UnitOfWork, actor: Actor, event_id: int, decision_id: int) -> Written:
    """What she writes next takes the place of a decision. Raises what `meeting` raises, and
    `decision_gone`."""
    return await open_step(uow, actor, event_id, DECISION_STEP, decision=decision_id)


async def set_decision(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> tuple[Written, int]:
    """Puts the decision of the dialogue otherwise, its deadline read anew; returns its id too. Raises what
    `add_decisions` raises, and `decision_gone`."""
    words = read_line(text, LONGEST_DECISION)
    decision_id = _asked_decision(actor, DECISION_STEP)

    def change(event: Event, protocol: Protocol) -> Protocol:
        due = read_deadline(words, _since(actor, event, now))
        return protocol.with_changed(decision_id, text=words, due=due)

    return await _change(uow, actor, actor.asked_event, change, now, ends=True), decision_id


async def clear_due(uow: UnitOfWork, actor: Actor, event_id: int, decision_id: int, now: datetime) -> Written:
    """«Без срока». Raises what `open_decision` raises."""
    return await _change(uow, actor, event_id, lambda _, it: it.with_changed(decision_id, due=None), now)


async def remove_decision(
    uow: UnitOfWork, actor: Actor, event_id: int, decision_id: int, now: datetime
) -> Written:
    """Takes a decision out; a second press changes nothing. Raises what `open_decision` raises."""
    return await _change(uow, actor, event_id, lambda _, it: it.without(decision_id), now)


async def return_decision(
    uow: UnitOfWork, actor: Actor, event_id: int, decision_id: int, now: datetime
) -> Written:
    """Puts back what was taken out. Raises what `open_decision` raises, and `decisions_full`."""
    return await _change(uow, actor, event_id, lambda _, it: it.with_again(decision_id), now)


async def open_outcome(
    uow: UnitOfWork, actor: Actor, event_id: int, past_id: int, decision_id: int
) -> Written:
    """How did a decision of an earlier meeting go? What she writes next says it; returns that meeting. Raises
    what `open_decision` raises."""
    async with uow as rows:
        written = await written_of(rows.association(actor.home.id), past_id)
        written.protocol.decision(decision_id)
        facts = {"event": event_id, "past": past_id, "decision": decision_id, "association": actor.home.id}
        await rows.people.wait_for(actor.person_id, OUTCOME_STEP, **facts)
        await uow.commit()
    return written


async def say_outcome(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> int:
    """How the decision of the dialogue went, in words; returns the event that looks back on it. Raises what
    `open_decision` raises, `line_empty`, `line_too_long`."""
    words = tidy_line(text, LONGEST_OUTCOME)
    decision_id = _asked_decision(actor, OUTCOME_STEP)
    past_id = int(str(actor.asked(OUTCOME_STEP)["past"]))
    await _change(uow, actor, past_id, lambda _, it: it.with_changed(decision_id, done=words), now, ends=True)
    return actor.asked_event


async def set_outcome(
    uow: UnitOfWork, actor: Actor, past_id: int, decision_id: int, outcome: Outcome, now: datetime
) -> Written:
    """«Выполнено», «В работе», «Не выполнено», of an earlier meeting's decision. Raises what `open_decision`
    raises."""
    return await _change(
        uow, actor, past_id, lambda _, it: it.with_changed(decision_id, done=outcome.value), now, ends=True
    )


# Who leads, and what is talked about


async def open_office(uow: UnitOfWork, actor: Actor, event_id: int, office: Office) -> Written:
    """What she writes next is who leads the meeting, or who writes it down. Raises what `meeting` raises."""
    return await open_step(uow, actor, event_id, OFFICE_STEP, office=office)


async def members_for_office(uow: UnitOfWork, actor: Actor) -> list[Member]:
    """Everybody who may be chosen, by surname."""
    async with uow.reading() as rows:
        return await rows.association(actor.home.id).roster.everybody()


async def say_office(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Written:
    """The name that she wrote. Raises what `meeting` raises, `guest_not_understood`, `name_too_long`."""
    office: Office = "secretary" if actor.asked(OFFICE_STEP).get("office") == "secretary" else "chairman"
    return await _set_office(uow, actor, actor.asked_event, office, read_name(text), now)


async def give_office(
    uow: UnitOfWork, actor: Actor, event_id: int, office: Office, person_id: int, now: datetime
) -> Written:
    """A member, by a button; 0 for nobody: then the coordinator leads, and the secretary's name is written by
    hand. Raises what `meeting` raises, `member_unknown`."""
    name = ""
    if person_id:
        async with uow.reading() as rows:
            member = await rows.association(actor.home.id).roster.get(person_id)
        if member is None:
            raise DomainError("member_unknown")
        name = member.name.full
    return await _set_office(uow, actor, event_id, office, name, now)


async def open_agenda(uow: UnitOfWork, actor: Actor, event_id: int) -> Meeting:
    """What she writes next is the agenda. Raises what `meeting` raises."""
    await open_step(uow, actor, event_id, AGENDA_STEP)
    return await meeting(uow, actor, event_id)


async def set_agenda(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Meeting:
    """The agenda of the dialogue, one point a line. Raises what `meeting` raises, and those of read_lines."""
    points = tuple(read_lines(text, MOST_POINTS, LONGEST_POINT))
    event_id = actor.asked_event
    await _change(uow, actor, event_id, lambda _, it: replace(it, agenda=points), now, ends=True)
    return await meeting(uow, actor, event_id)


async def reset_agenda(
    uow: UnitOfWork, actor: Actor, event_id: int, now: datetime
) -> tuple[Meeting, list[str]]:
    """«Как в плане»; returns the agenda before too. Raises what `meeting` raises."""
    before = await meeting(uow, actor, event_id)
    await _change(uow, actor, event_id, lambda _, it: replace(it, agenda=None), now, ends=True)
    return await meeting(uow, actor, event_id), before.agenda


async def _set_office(
    uow: UnitOfWork, actor: Actor, event_id: int, office: Office, name: str, now: datetime
) -> Written:
    def change(_: Event, protocol: Protocol) -> Protocol:
        if office == "chairman":
            return replace(protocol, chairman=name)
        return replace(protocol, secretary=name)

    return await _change(uow, actor, event_id, change, now, ends=True)


async def open_step(uow: UnitOfWork, actor: Actor, event_id: int, step: str, **facts: object) -> Written:
    """What she writes next belongs to a step about this event. Raises what `meeting` raises, and
    `decision_gone`, `decisions_full`."""
    async with uow as rows:
        written = await written_of(rows.association(actor.home.id), event_id)
        if "decision" in facts:
            written.protocol.decision(int(str(facts["decision"])))
        if step == DECISIONS_STEP and len(written.protocol.decisions) >= MOST_DECISIONS:
            raise DomainError("decisions_full", most=MOST_DECISIONS)
        await rows.people.wait_for(actor.person_id, step, event=event_id, association=actor.home.id, **facts)
        await uow.commit()
    return written


async def _change(
    uow: UnitOfWork,
    actor: Actor,
    event_id: int,
    change: Callable[[Event, Protocol], Protocol],
    now: datetime,
    *,
    ends: bool = False,
) -> Written:
    """Writes something else down; what stands so already leaves no trace. `ends`: the dialogue is over."""
    async with uow as rows:
        ours = rows.association(actor.home.id)
        event = await held(ours, event_id)
        before = await hold(ours, event, now)
        after = change(event, before)
        if after != before:
            await ours.protocols.save(after, now)
            await ours.journal.write("protocol_changed", {"event": event_id}, actor.person_id, now)
        if ends:
            await rows.people.wait_for(actor.person_id, None)
        await uow.commit()
    return Written(event, after)


async def meeting_of(ours: AssociationRows, event: Event, protocol: Protocol | None) -> Meeting:
    """Everything that a protocol (None: nothing is written down yet) of an event holds."""
    guests, marks = await ours.guests.of_event(event.id), await ours.attendance.marks(event.id)
    present = sorted(
        [
            *(
                Participant(one.name.full, one.school or "", one.guest)
                for one in await ours.attendance.present(event.id)
            ),
            *(
                Participant(one.name, one.organisation, guest=True)
                for one in guests
                if one.mark is not None and one.mark.was_there
            ),
        ],
        key=lambda one: (one.guest, plain_words(one.name)),
    )
    promised, attendees = [], await ours.rsvps.attendees(event.id)
    if not present:
        turnout = Turnout(attendees, guests)
        promised = [Participant(one.name, one.school, one.guest) for one in turnout.taking_part()]
    return Meeting(
        event=event,
        protocol=protocol or Protocol(event.id, year_of(event)),
        rows=[one.title for one in await ours.events.rows(event.id)],
        talks=spoken(await ours.talks.of_event(event.id), marks),
        present=present,
        promised=promised,
        absent=[
            (one.name.full, mark is Mark.EXCUSED)
            for one in attendees
            if not one.guest and (mark := marks.get(one.person_id)) and not mark.was_there
        ],
        last=await _last(ours, event),
    )


async def _last(ours: AssociationRows, event: Event) -> Written | None:
    """The meeting before this one, in its school year, of which decisions are written down."""
    of_year = [one for one in await ours.protocols.of_year(year_of(event)) if one.decisions]
    found = await ours.events.many([one.event_id for one in of_year])
    earlier = [
        Written(found[one.event_id], one)
        for one in of_year
        if found[one.event_id].starts_at < event.starts_at and found[one.event_id].status not in NOT_HELD
    ]
    return max(earlier, key=lambda one: (one.event.starts_at, one.event.id), default=None)


async def written_of(ours: AssociationRows, event_id: int) -> Written:
    """What is written down of an event, maybe nothing. Raises what `meeting` raises."""
    event = await held(ours, event_id)
    return Written(event, await ours.protocols.get(event_id) or Protocol(event_id, year_of(event)))


async def hold(ours: AssociationRows, event: Event, now: datetime) -> Protocol:
    """The protocol of an event, nobody else's to change until this transaction ends."""
    return await ours.protocols.hold(event.id, year_of(event), now)


async def held(ours: AssociationRows, event_id: int) -> Event:
    """An event of which there can be a protocol. Raises what `meeting` raises."""
    event = await known_event(ours, event_id)
    check_gathering(event)
    check_not_cancelled(event)
    if event.status in NOT_HELD:
        raise DomainError("protocol_not_held", event_id=event_id)
    return event


def year_of(event: Event) -> str:
    """The school year in which its protocol is numbered, «2026/2027»."""
    return school_year_of(event.period.first_day)


def _since(actor: Actor, event: Event, now: datetime) -> date:
    """From which day on deadlines lie: the meeting's, or today while that is not known."""
    if event.period.day_known:
        return event.period.first_day
    return now.astimezone(actor.home.zone).date()


def _asked_decision(actor: Actor, step: str) -> int:
    """The decision of the open dialogue. Raises DomainError `decision_gone` where it is about none."""
    decision_id = actor.asked(step).get("decision")
    if not isinstance(decision_id, int):
        raise DomainError("decision_gone")
    return decision_id
