"""A row of the outbox into messages: one renderer a kind, once for all who are told the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from actions.delivering import Batch
from actions.seating import LAPSED, SEATED
from bot.views import (
    admitting,
    after_event,
    agreeing,
    broadcasts,
    claiming,
    dates,
    desk,
    desk_notices,
    digests,
    group,
    handing_over,
    helping,
    hosting,
    materials,
    notices,
    overseeing,
    seats,
    talks,
)
from bot.views.view import View
from domain.changes import UNTOLD
from domain.records import Answer, Event, Given, Status, TalkStanding
from domain.rsvp import is_over
from storage.mailing import OVERSEEN
from storage.outbox import Message, OutboxRow

# An answer given so long ago is asked about again, a week before the event.
_LONG_AGO = timedelta(weeks=3)
_WEEK = "week"
_CALLING = frozenset({Message.HELD, Message.ROLL})
_DIGESTS = frozenset({Message.WEEKLY, Message.MONTHLY})


def render(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    """The messages of a row, with `notices.NAME` for the name of whoever reads them; none where it says
    nothing new any more."""
    return _RENDERERS[row.kind](row, batch, now)


def alike(row: OutboxRow, batch: Batch, now: datetime) -> tuple[object, ...]:
    """Rows with equal keys are rendered alike."""
    given = _given(row, batch)
    return (
        row.kind,
        row.event_id,
        row.question_id,
        row.broadcast_id,
        row.lead,
        row.version,
        row.since_revision,
        row.urgent,
        None if given is None else (given.answer, given.offered_until),
        _is_stale(given, now),
        (row.event_id, row.person_id) in batch.unfinished,
        (_answers(row, batch), _hers(row, batch)) if row.kind in _DIGESTS else None,
        (row.event_id, row.person_id) in batch.not_for,
        _presents(row, batch),
        batch.marks.get((row.event_id, row.person_id)),
        batch.recognised.get(row.person_id or 0),
        tuple(alike(one, batch, now) for one in batch.gathered.get(row.id, ())),
        _is_overlooked(row, batch),
    )


def _is_overlooked(row: OutboxRow, batch: Batch) -> bool:
    """Whether she who gets the list to confirm is unmarked herself."""
    listed = batch.rolls.get(row.event_id or 0) if row.kind in _CALLING else None
    return listed is not None and listed.overlooked(row.person_id or 0) is not None


def _presents(row: OutboxRow, batch: Batch) -> bool | None:
    """Whether she who presents the event is a coordinator too; None where she does not present it."""
    return batch.presenting.get((row.event_id or 0, row.person_id or 0))


def _answers(row: OutboxRow, batch: Batch) -> tuple[tuple[int, Answer], ...]:
    """What she answered to what is to come."""
    given = ((one.id, batch.answers.get((one.id, row.person_id))) for one in batch.to_come)
    return tuple((event_id, said.answer) for event_id, said in given if said is not None)


def _hers(row: OutboxRow, batch: Batch) -> tuple[Event, ...]:
    """What is to come of that which is for her."""
    return tuple(one for one in batch.to_come if (one.id, row.person_id) not in batch.not_for)


def _given(row: OutboxRow, batch: Batch) -> Given | None:
    return batch.answers.get((row.event_id, row.person_id))


def _is_stale(given: Given | None, now: datetime) -> bool:
    return given is not None and now - given.at > _LONG_AGO


def _reminder(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event = batch.events.get(row.event_id or 0)
    if event is None or row.version != event.schedule_version or _is_for_others(row, batch):
        return []
    day = dates.local(now, batch.home.zone).date()
    if not event.gathering:
        mine = (row.event_id, row.person_id) in batch.unfinished
        return _one(notices.task(event, day, row.lead) if mine else None)
    given = _given(row, batch)
    reader = notices.Reader(
        answer=None if given is None else given.answer,
        asked_anew=row.lead == _WEEK and _is_stale(given, now),
        deadline=_ahead(batch.deadlines.get(event.id), now),
        zone=batch.home.zone,
        offered_until=None if given is None else _ahead(given.offered_until, now),
    )
    return _one(notices.reminder(event, reader, row.lead, day))


def _change(row: OutboxRow, batch: Batch, now: datetime, *, asks: bool = True) -> Sequence[View]:
    event = batch.events.get(row.event_id or 0)
    if event is None or _told_later(row, batch) or event.ends_at <= now:
        return []
    day = dates.local(now, batch.home.zone).date()
    if row.lead == OVERSEEN:
        before = batch.revisions.get((event.id, row.since_revision or 0))
        known = before is not None or row.since_revision == 0
        return _one(overseeing.news(event, before, batch.home, now) if known else None)
    if row.since_revision == 0:
        if _is_for_others(row, batch):
            return []
        given = _given(row, batch)
        answer = None if given is None else given.answer
        return _one(notices.announced(event, day, urgent=row.urgent, answer=answer, asks=asks))
    before = batch.revisions.get((event.id, row.since_revision or 0))
    if before is None:
        return []
    if event.gathering != (gathered := _gathered(row, event, batch)):
        if _is_for_others(row, batch) and not gathered:
            return []
        said = notices.no_gathering(event, before, day) if gathered else None
        return _one(said if gathered else notices.announced(event, day, urgent=row.urgent, asks=asks))
    given = _given(row, batch)
    if not event.gathering:
        mine = (row.event_id, row.person_id) in batch.unfinished
        return _one(notices.task_changed(event, before, day) if mine else None)
    answer = None if given is None else given.answer
    return _one(notices.change(event, before, answer, day, urgent=row.urgent, asks=asks))


def _gathered(row: OutboxRow, event: Event, batch: Batch) -> bool:
    """Whether people came together for an event as it stood when she was last told of it."""
    since = row.since_revision or 0
    changes = [
        (number, one.changes["gathering"][0])
        for (event_id, number), one in batch.revisions.items()
        if event_id == event.id and number > since and "gathering" in one.changes
    ]
    return bool(min(changes)[1]) if changes else event.gathering


def _corrected(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    gathered = [one for one in batch.gathered.get(row.id, ()) if _change(one, batch, now)]
    if len(gathered) < 2:  # the others are told by themselves by now, or stand as they stood
        return [view for one in gathered for view in _change(one, batch, now)]
    gathered.sort(key=lambda one: batch.events[one.event_id or 0].starts_at)
    news = [view.text for one in gathered for view in _change(one, batch, now, asks=False)]
    day = dates.local(now, batch.home.zone).date()
    return [notices.corrected([batch.events[one.event_id or 0] for one in gathered], news, day)]


def _offer(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event, given = batch.events.get(row.event_id or 0), _given(row, batch)
    if event is None or event.status is not Status.PLANNED or row.version != event.schedule_version:
        return []
    if _is_for_others(row, batch):
        return []
    day = dates.local(now, batch.home.zone).date()
    if row.lead.startswith(SEATED):
        return [seats.seated(event, day)] if given is not None and given.answer is Answer.GOING else []
    if row.lead.startswith(LAPSED):
        # Whoever has said anything since knows.
        hers = given is not None and given.answer is Answer.UNDECIDED and is_over(given.offered_until, now)
        return [seats.lapsed(event, day)] if hers and event.takes_answers(now) else []
    if given is None or given.offered_until is None or given.offered_until <= now:
        return []
    return [seats.offer(event, given.offered_until, day, batch.home.zone)]


def _list(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event = batch.events.get(row.event_id or 0)
    if event is None or row.version != event.schedule_version:
        return []
    day = dates.local(now, batch.home.zone).date()
    alone = _presents(row, batch) is False
    return _one(desk_notices.roll(event, batch.turnouts[event.id], day, presenter=alone))


def _question(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    asked = batch.questions.get(row.question_id or 0)
    return [] if asked is None else desk.question(asked)


def _reply(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    asked = batch.questions.get(row.question_id or 0)
    return [] if asked is None else desk.reply(asked)


def _naming(_row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    day = dates.local(now, batch.home.zone).date()
    return _one(desk_notices.naming(batch.unnamed, batch.near, batch.home, day))


def _summary(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event = batch.events.get(row.event_id or 0)
    if event is None or row.version != event.schedule_version:
        return []
    day = dates.local(now, batch.home.zone).date()
    alone = _presents(row, batch) is False
    return _one(desk_notices.summary(event, batch.turnouts[event.id], day, presenter=alone))


def _presenting(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event = batch.events.get(row.event_id or 0)
    if event is None or event.status is not Status.PLANNED or _presents(row, batch) is None:
        return []
    return [hosting.told(event, dates.local(now, batch.home.zone).date())]


def _held(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event = batch.events.get(row.event_id or 0)
    if event is None or row.version != event.schedule_version:
        return []
    day = dates.local(now, batch.home.zone).date()
    return _one(desk_notices.held(event, batch.rolls[event.id], day, row.person_id or 0))


def _roll(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event = batch.events.get(row.event_id or 0)
    if event is None or row.version != event.schedule_version:
        return []
    day = dates.local(now, batch.home.zone).date()
    return _one(desk_notices.to_confirm(event, batch.rolls[event.id], day, row.person_id or 0))


def _afterwards(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event = batch.events.get(row.event_id or 0)
    if event is None or row.version != event.schedule_version:
        return []
    if event.status not in {Status.PLANNED, Status.HELD}:
        return []
    day, mark = dates.local(now, batch.home.zone).date(), batch.marks.get((row.event_id, row.person_id))
    match row.kind:
        case Message.MISSED:
            return _one(after_event.missed(event, len(batch.materials.get(event.id, ())), mark, day))
        case Message.OPINION:
            return _one(after_event.opinion(event, mark, day))
    given = _given(row, batch)
    return _one(after_event.asked(event, None if given is None else given.answer, mark, day))


def _unseen(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    event = batch.events.get(row.event_id or 0)
    if event is None or _told_later(row, batch):
        return []
    return _one(desk_notices.unseen(event, batch.unseen.get(event.id, ())))


def _presenter(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event, key = batch.events.get(row.event_id or 0), (row.event_id or 0, row.version)
    before, after = batch.revisions.get((key[0], row.version - 1)), batch.revisions.get(key)
    if event is None or before is None or after is None or _told_later(row, batch):
        return []
    day = dates.local(now, batch.home.zone).date()
    return [hosting.changed(event, before, after, batch.changed_by.get(key), day)]


def _weekly(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    day = dates.local(now, batch.home.zone).date()
    return _one(digests.week(_hers(row, batch), dict(_answers(row, batch)), day))


def _monthly(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    day = dates.local(now, batch.home.zone).date()
    return _one(digests.month(_hers(row, batch), dict(_answers(row, batch)), day))


def _outage(row: OutboxRow, _batch: Batch, _now: datetime) -> Sequence[View]:
    return [desk_notices.outage(row.version)]


def _materials(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event, there = batch.events.get(row.event_id or 0), batch.materials.get(row.event_id or 0, ())
    if event is None or not there:
        return []
    return [materials.told(event, there, dates.local(now, batch.home.zone).date())]


def _talk(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event, talk = batch.events.get(row.event_id or 0), batch.talks.get(row.version)
    if event is None or talk is None or talk.standing is not TalkStanding.PROPOSED:
        return []
    return [talks.arrived(event, talk, dates.local(now, batch.home.zone).date())]


def _settled(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event, talk = batch.events.get(row.event_id or 0), batch.talks.get(row.version)
    if event is None or talk is None or row.lead != f"talk-{talk.standing}":
        return []
    return [talks.settled_for_speaker(event, talk, dates.local(now, batch.home.zone).date())]


def _card(row: OutboxRow, batch: Batch, now: datetime) -> Sequence[View]:
    event, counts = batch.events.get(row.event_id or 0), batch.counts.get(row.event_id or 0)
    if event is None or counts is None or not event.gathering:
        return []
    over = event.ends_at <= now or event.status is Status.JOINED
    if row.message_id is None and over:  # it comes too late to be shown
        return []
    return [group.card(event, counts, now, batch.home.zone)]


def _broadcast(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    said = batch.broadcasts.get(row.broadcast_id or 0)
    return [] if said is None else [broadcasts.message(said)]


def _progress(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    progress = batch.progress.get(row.broadcast_id or 0)
    return [] if progress is None else [broadcasts.progress(progress)]


def _request(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    waits = batch.requests.get(row.version)
    return _one(None if waits is None else admitting.request(waits))


def _helper(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    helper = batch.helpers.get(row.version)
    return _one(None if helper is None else helping.came_in(helper))


def _admitted(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    recognised = batch.recognised.get(row.person_id or 0)
    question = [] if recognised is None else [claiming.question(*recognised)]
    return [*admitting.welcome(batch.home), *question]


def _claim(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    story = batch.claims.get(row.version)
    return _one(None if story is None else claiming.letter(row.lead, story))


def _refusal(_row: OutboxRow, _batch: Batch, _now: datetime) -> Sequence[View]:
    return [admitting.refusal()]


def _role(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    return _one(handing_over.told(row.lead, batch.handovers.get(row.version), batch.home))


def _consent(row: OutboxRow, batch: Batch, _now: datetime) -> Sequence[View]:
    if row.version != batch.home.consent_version:
        return []
    return [agreeing.asked(batch.home, notices.NAME)]


def _unlinked(_row: OutboxRow, _batch: Batch, _now: datetime) -> Sequence[View]:
    return [group.thrown_out()]


def _silenced(_row: OutboxRow, _batch: Batch, _now: datetime) -> Sequence[View]:
    return [group.silenced()]


def _topic(_row: OutboxRow, _batch: Batch, _now: datetime) -> Sequence[View]:
    return [group.without_topic()]


_RENDERERS: Mapping[Message, Callable[[OutboxRow, Batch, datetime], Sequence[View]]] = {
    Message.REMINDER: _reminder,
    Message.CHANGE: _change,
    Message.CORRECTED: _corrected,
    Message.WEEKLY: _weekly,
    Message.MONTHLY: _monthly,
    Message.QUESTION: _question,
    Message.REPLY: _reply,
    Message.NAMING: _naming,
    Message.OFFER: _offer,
    Message.LIST: _list,
    Message.SUMMARY: _summary,
    Message.PRESENTING: _presenting,
    Message.HELD: _held,
    Message.ROLL: _roll,
    Message.ATTENDED: _afterwards,
    Message.MISSED: _afterwards,
    Message.OPINION: _afterwards,
    Message.UNSEEN: _unseen,
    Message.PRESENTER: _presenter,
    Message.OUTAGE: _outage,
    Message.MATERIALS: _materials,
    Message.TALK: _talk,
    Message.SETTLED: _settled,
    Message.CARD: _card,
    Message.BROADCAST: _broadcast,
    Message.PROGRESS: _progress,
    Message.REQUEST: _request,
    Message.HELPER: _helper,
    Message.ADMITTED: _admitted,
    Message.REFUSAL: _refusal,
    Message.CLAIM: _claim,
    Message.CONSENT: _consent,
    Message.UNLINKED: _unlinked,
    Message.ROLE: _role,
    Message.SILENCED: _silenced,
    Message.TOPIC: _topic,
}


def _is_for_others(row: OutboxRow, batch: Batch) -> bool:
    """Whether the event is not for her any more."""
    return (row.event_id, row.person_id) in batch.not_for


def _told_later(row: OutboxRow, batch: Batch) -> bool:
    """Whether a later change has a message, and a list, of its own."""
    return any(
        event_id == row.event_id and number > row.version and revision.kind not in UNTOLD
        for (event_id, number), revision in batch.revisions.items()
    )


def _one(view: View | None) -> Sequence[View]:
    return [] if view is None else [view]


def _ahead(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment is not None and moment > now else None
