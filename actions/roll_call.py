"""«Перекличка»: whoever runs an event marks who was there, one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from actions.check_in import open_for
from actions.checking import check_gathering, check_not_called_off, check_runs, known_event
from domain.errors import DomainError
from domain.full_names import FullName
from domain.guests import NewGuest, read_guests
from domain.marks import mark_of
from domain.records import Actor, Attendance, Event, Mark, Opinion
from domain.roll_call import Key, Line, Roll, Whose, make_roll
from storage.unit_of_work import AssociationRows, UnitOfWork

ROLL_STEP = "roll"
# The kinds of the journal's line of what was marked, or confirmed, of many, by which it is taken back.
_MARKED, _CONFIRMED = "roll_marked", "roll_confirmed"

# Those of the list who are to be marked.
Choose = Callable[[Roll], Sequence[Line]]


@dataclass(frozen=True, slots=True)
class RollCall:
    """An event and its list; how many of those who were not there have read the materials, and how many words
    were said of it. `line` is the journal's line by which the last marking of many, or what was confirmed
    last, is taken back, as long as nobody was marked since; `marked` is to how many that was done just now,
    `confirmed` of how many it was confirmed, `taken_back` with how many it was undone. Before it has `begun`
    nobody has come yet. `overlooked` is whoever has it before her, where she herself is unmarked."""

    event: Event
    roll: Roll
    readings: int
    opinions: int
    begun: bool
    overlooked: Line | None
    line: int | None = None
    marked: int = 0
    confirmed: int = 0
    taken_back: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the list as it stands; of a mark when it was made, how, and by whom (None where that person
    is gone, or a guest is marked). `together` are the unmarked of her school, herself among them.
    `refused`: it was to be marked otherwise, and somebody else had marked it meanwhile."""

    event: Event
    line: Line
    attendance: Attendance | None
    by: FullName | None
    together: Sequence[Line]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Who has the name that was written, in the list already."""

    event: Event
    written: NewGuest
    lines: Sequence[Line]


async def roll_call(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> RollCall:
    """An event's list with its marks.

    Raises DomainError `event_unknown`, `only_host`, `event_cancelled`, `no_answer_needed`, `event_not_held`,
    `roll_no_day`, `roll_too_early` with the fact `minutes`: so long before the start it opens.
    """
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        return await _roll_call(ours, await _open_event(ours, actor, event_id, now), actor, now)


async def open_line(uow: UnitOfWork, actor: Actor, event_id: int, key: Key, now: datetime) -> Seen:
    """One line of it. Raises what `roll_call` raises, and `roll_line_gone`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        return await _seen(ours, await _open_event(ours, actor, event_id, now), key)


async def mark_line(
    uow: UnitOfWork,
    actor: Actor,
    event_id: int,
    key: Key,
    mark: Mark | None,
    seen: Mark | None,
    now: datetime,
) -> Seen:
    """Marks one line, or takes its mark away (None); `seen` is the mark that stood before her who presses.
    Where another one stands by now it stays, and is shown. The mark that somebody gave herself afterwards is
    confirmed by the same. Another mark in place of one that stood is a line of the journal.

    Raises what `open_line` raises.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await ours.events.hold(event_id)
        event = await _open_event(ours, actor, event_id, now)
        line = (await read_roll(ours, event.id)).get(key)
        stands = line.mark
        if key.whose is Whose.STAND_IN and mark is not None:
            key = await _write_down(ours, event, line, actor, now)
        if line.to_confirm and stands is mark:
            await ours.attendance.confirm(event.id, [key.number], actor.person_id, now)
        changed = stands is not mark and await _mark(ours, event, key, mark, seen, actor, now)
        if changed and seen is not None:
            facts = {"event": event_id, "before": seen, "after": mark}
            facts |= {"person": key.number} if key.whose is Whose.PERSON else {}
            await ours.journal.write("mark_corrected", facts, actor.person_id, now)
        found = await _seen(ours, event, key, refused=not changed and stands is not mark)
        await uow.commit()
    return found


async def mark_promised(
    uow: UnitOfWork, actor: Actor, event_id: int, shown: str, now: datetime, *, herself: bool
) -> RollCall:
    """«Все, кто обещал, пришли», and she who says so, if she wants. Raises what `mark_all` raises, and
    `roll_not_begun`: until then nobody has come."""
    if not (await roll_call(uow, actor, event_id, now)).begun:
        raise DomainError("roll_not_begun", event_id=event_id)

    def choose(roll: Roll) -> list[Line]:
        return roll.expected_and(actor.person_id) if herself else roll.expected()

    return await mark_all(uow, actor, event_id, choose, shown, now)


async def mark_herself(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Seen:
    """«Отметить и меня»: whoever calls over was there. Raises what `mark_line` raises."""
    key = Key(Whose.PERSON, actor.person_id)
    return await mark_line(uow, actor, event_id, key, Mark.PRESENT, None, now)


async def mark_all(
    uow: UnitOfWork, actor: Actor, event_id: int, choose: Choose, shown: str, now: datetime
) -> RollCall:
    """Marks all of those lines as present; `shown` is the `name_of` those who were on the screen. One line of
    the journal, by which it is taken back.

    Raises what `roll_call` raises, and `roll_changed` where others are meant by now.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await ours.events.hold(event_id)
        event = await _open_event(ours, actor, event_id, now)
        lines = choose(await read_roll(ours, event.id))
        if not lines or name_of(lines) != shown:
            raise DomainError("roll_changed")
        people = [one.key.number for one in lines if one.key.whose is Whose.PERSON]
        people = await ours.attendance.mark_all(event_id, people, actor.person_id, now)
        guests = []
        for line in lines:
            if line.key.whose is not Whose.PERSON:
                key = await _write_down(ours, event, line, actor, now)
                if await ours.attendance.mark_guest(event_id, key.number, Mark.PRESENT, None):
                    guests.append(key.number)
        made = {"people": people, "guests": guests, "by": actor.person_id, "at": now.isoformat()}
        made |= {"count": len(people) + len(guests), "left": await _marks_of(ours, event_id)}
        await ours.journal.write(_MARKED, {"event": event_id} | made, actor.person_id, now)
        found = replace(await _roll_call(ours, event, actor, now), marked=len(people) + len(guests))
        await uow.commit()
    return found


async def confirm_all(uow: UnitOfWork, actor: Actor, event_id: int, shown: str, now: datetime) -> RollCall:
    """«Подтвердить всех»: who said afterwards that she had been there was there, as who runs the event sees
    it, too; `shown` as in `mark_all`. One line of the journal, by which it is taken back.

    Raises what `mark_all` raises.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await ours.events.hold(event_id)
        event = await _open_event(ours, actor, event_id, now)
        lines = (await read_roll(ours, event.id)).to_confirm()
        if not lines or name_of(lines) != shown:
            raise DomainError("roll_changed")
        people = [one.key.number for one in lines]
        marks = await ours.attendance.of_event(event.id)
        said = {str(person): marks[person].at.isoformat() for person in people}
        people = await ours.attendance.confirm(event.id, people, actor.person_id, now)
        made = {"said": said, "by": actor.person_id, "at": now.isoformat()}
        made |= {"count": len(people), "left": await _marks_of(ours, event_id)}
        await ours.journal.write(_CONFIRMED, {"event": event_id} | made, actor.person_id, now)
        found = replace(await _roll_call(ours, event, actor, now), confirmed=len(people))
        await uow.commit()
    return found


async def take_back_all(uow: UnitOfWork, actor: Actor, line: int, now: datetime) -> RollCall:
    """Takes away what was marked, or confirmed, together, by the journal's line of it; what was corrected
    since stays.

    Raises what `roll_call` raises, and `roll_gone`.
    """
    async with uow as rows:
        ours = rows.association(actor.home.id)
        marked, confirmed = [await ours.journal.facts(line, kind) for kind in (_MARKED, _CONFIRMED)]
        facts = marked or confirmed
        if facts is None:
            raise DomainError("roll_gone")
        event = await _open_event(ours, actor, facts["event"], now)
        at = datetime.fromisoformat(facts["at"])
        if marked:
            count = await ours.attendance.take_back(event.id, facts["people"], facts["by"], at)
            for guest in facts["guests"]:
                count += await ours.attendance.mark_guest(event.id, guest, None, Mark.PRESENT)
        else:
            said = {int(person): datetime.fromisoformat(when) for person, when in facts["said"].items()}
            count = await ours.attendance.unconfirm(event.id, said, facts["by"], at)
        if count:
            kind = "roll_taken_back" if marked else "roll_unconfirmed"
            told = {"event": event.id, "count": count}
            await ours.journal.write(kind, told, actor.person_id, now)
        found = replace(await _roll_call(ours, event, actor, now), taken_back=count)
        await uow.commit()
    return found


async def open_adding(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Event:
    """What she writes next is somebody who is not in the list. Raises what `roll_call` raises."""
    async with uow as rows:
        event = await _open_event(rows.association(actor.home.id), actor, event_id, now)
        await rows.people.wait_for(actor.person_id, ROLL_STEP, event=event_id, association=actor.home.id)
        await uow.commit()
    return event


async def add_to_roll(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Seen | Namesakes:
    """Somebody out of «Фамилия Имя Отчество, организация»: a guest of the dialogue's event, marked as
    present. Where the list has somebody of this name nothing is done yet: it may be her.

    Raises what `roll_call` raises, those of read_guests, and `roll_one_at_a_time`.
    """
    written = read_guests(text)
    if len(written) > 1:
        raise DomainError("roll_one_at_a_time")
    return await _add(uow, actor, written[0], now, even_so=False)


async def add_even_so(uow: UnitOfWork, actor: Actor, event_id: int, now: datetime) -> Seen | Namesakes:
    """It is somebody else of the same name. Raises what `roll_call` raises, and `stale_button` where the
    dialogue is not about this event any more."""
    asked = actor.asked(ROLL_STEP)
    written = asked.get("written")
    if asked.get("event") != event_id or not isinstance(written, list):
        raise DomainError("stale_button", event_id=event_id)
    return await _add(uow, actor, NewGuest(*written), now, even_so=True)


async def read_opinions(uow: UnitOfWork, actor: Actor, event_id: int) -> tuple[Event, list[Opinion]]:
    """What was said of an event, for a coordinator. Raises DomainError `event_unknown`."""
    async with uow.reading() as rows:
        ours = rows.association(actor.home.id)
        return await known_event(ours, event_id), await ours.feedback.of_event(event_id)


def name_of(lines: Sequence[Line]) -> str:
    """A short name of those who were shown, for a button."""
    return mark_of([[one.key.whose, one.key.number] for one in lines])


async def _add(
    uow: UnitOfWork, actor: Actor, written: NewGuest, now: datetime, *, even_so: bool
) -> Seen | Namesakes:
    event_id = actor.asked(ROLL_STEP).get("event")
    if not isinstance(event_id, int):
        raise DomainError("event_unknown")
    async with uow as rows:
        ours = rows.association(actor.home.id)
        await ours.events.hold(event_id)
        event = await _open_event(ours, actor, event_id, now)
        found: Seen | Namesakes
        if not even_so and (lines := (await read_roll(ours, event.id)).named(written.name)):
            found = Namesakes(event, written, lines)
            facts = {"event": event_id, "association": actor.home.id}
            names = [written.name, written.organisation]
            await rows.people.wait_for(actor.person_id, ROLL_STEP, **facts, written=names)
        else:
            key = await _enter(ours, event, written, actor, now)
            await ours.attendance.mark_guest(event_id, key.number, Mark.PRESENT, None)
            added = {"event": event_id, "guests": 1}
            await ours.journal.write("added_guests", added, actor.person_id, now)
            await rows.people.wait_for(actor.person_id, None)
            found = await _seen(ours, event, key)
        await uow.commit()
    return found


async def _write_down(ours: AssociationRows, event: Event, line: Line, actor: Actor, now: datetime) -> Key:
    """Who comes by name in somebody's place is a guest from now on, of that one's school; a guest is one
    already. The event is held."""
    if line.key.whose is not Whose.STAND_IN:
        return line.key
    await ours.rsvps.send_instead(event.id, line.key.number, None)
    return await _enter(ours, event, NewGuest(line.name, line.school), actor, now)


async def _enter(ours: AssociationRows, event: Event, guest: NewGuest, actor: Actor, now: datetime) -> Key:
    """One more guest of an event that is held."""
    await ours.guests.add(event.id, [guest], actor.person_id, now)
    return Key(Whose.GUEST, max(one.id for one in await ours.guests.of_event(event.id)))


async def _mark(
    ours: AssociationRows,
    event: Event,
    key: Key,
    mark: Mark | None,
    seen: Mark | None,
    actor: Actor,
    now: datetime,
) -> bool:
    if key.whose is Whose.GUEST:
        return await ours.attendance.mark_guest(event.id, key.number, mark, seen)
    return await ours.attendance.mark(event.id, key.number, mark, seen, actor.person_id, now)


async def _open_event(ours: AssociationRows, actor: Actor, event_id: int, now: datetime) -> Event:
    await check_runs(ours, actor, event_id)
    event = await known_event(ours, event_id)
    check_gathering(event)
    check_not_called_off(event)
    window = open_for(event, actor.home)
    if window is None:
        raise DomainError("roll_no_day", event_id=event_id)
    if now < window.opens:
        minutes = actor.home.checkin_before // timedelta(minutes=1)
        raise DomainError("roll_too_early", event_id=event_id, minutes=minutes)
    return event


async def read_roll(ours: AssociationRows, event_id: int) -> Roll:
    """Everybody who may have been at an event, with her mark, within a unit of work; who waits to be let in
    where she is marked."""
    people = await ours.rsvps.attendees(event_id)
    return make_roll(
        [*people, *await ours.attendance.at_the_door(event_id)],
        await ours.guests.of_event(event_id),
        await ours.attendance.of_event(event_id),
    )


async def _roll_call(ours: AssociationRows, event: Event, actor: Actor, now: datetime) -> RollCall:
    roll = await read_roll(ours, event.id)
    left = await _marks_of(ours, event.id)
    lines = [await ours.journal.newest(kind, event=event.id, left=left) for kind in (_MARKED, _CONFIRMED)]
    return RollCall(
        event,
        roll,
        await ours.readings.count(event.id),
        await ours.feedback.count(event.id),
        event.starts_at <= now,
        roll.overlooked(actor.person_id),
        max((one for one in lines if one is not None), default=None),
    )


async def _marks_of(ours: AssociationRows, event_id: int) -> str:
    """A short name of all marks of an event as they stand: another one once anybody is marked otherwise."""
    marks = await ours.attendance.of_event(event_id)
    people = [[person_id, one.mark, one.at.isoformat()] for person_id, one in sorted(marks.items())]
    guests = sorted([one.id, one.mark] for one in await ours.guests.of_event(event_id) if one.mark)
    return mark_of([people, guests])


async def _seen(ours: AssociationRows, event: Event, key: Key, *, refused: bool = False) -> Seen:
    roll = await read_roll(ours, event.id)
    line = roll.get(key)
    attendance = by = None
    if key.whose is Whose.PERSON:
        attendance = (await ours.attendance.of_event(event.id, key.number)).get(key.number)
    if attendance is not None and attendance.by is not None:
        marker = await ours.roster.get(attendance.by)
        by = None if marker is None else marker.name
    return Seen(event, line, attendance, by, roll.of_school(key), refused)
