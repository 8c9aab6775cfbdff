"""The protocol of a meeting and the message for the site: what was decided, who leads, the document."""

from __future__ import annotations

import asyncio
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.blanks import own_blank
from actions.protocol_numbers import (
    NUMBER_STEP,
    make_protocol,
    number_choice,
    open_number,
    set_number,
    swap_number,
)
from actions.protocols import (
    AGENDA_STEP,
    DECISION_STEP,
    DECISIONS_STEP,
    OFFICE_STEP,
    OUTCOME_STEP,
    add_decisions,
    clear_due,
    give_office,
    meeting,
    members_for_office,
    open_agenda,
    open_decision,
    open_decisions,
    open_office,
    open_outcome,
    over_meeting,
    remove_decision,
    reset_agenda,
    return_decision,
    say_office,
    say_outcome,
    set_agenda,
    set_decision,
    set_outcome,
    written,
)
from bot.filters import HasText, HasVoice, Waits, needs
from bot.views import protocols as views
from bot.views.protocol_keys import (
    AddDecisions,
    AskNumber,
    AskOffice,
    AskOutcome,
    ChooseOutcome,
    ClearDue,
    EditAgenda,
    EditDecision,
    FixProtocol,
    GiveOffice,
    OpenDecision,
    RemoveDecision,
    ResetAgenda,
    ReturnDecision,
    SetOutcome,
    ShowProtocol,
    SwapNumbers,
    TakeNumbered,
    TakeProtocol,
    TakeSiteText,
)
from bot.views.site_text import site_message
from bot.views.view import Replies, follow, say, send_file, show
from documents.protocol import PROTOCOL, write_protocol
from domain.errors import DomainError
from domain.records import Actor
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="protocols")


@router.callback_query(ShowProtocol.filter(), flags=needs(Right.DESK))
async def opened(
    callback: CallbackQuery, callback_data: ShowProtocol, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Протокол и сообщение»."""
    return show(callback, views.protocol(await meeting(uow, actor, callback_data.event), actor, now))


@router.callback_query(TakeProtocol.filter(), flags=needs(Right.DESK))
async def taken(
    callback: CallbackQuery, callback_data: TakeProtocol, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Протокол (Word)»: the document in a message of its own; while nobody is marked, first who stands in
    it."""
    data = callback_data
    if data.people == "ask":
        before = await meeting(uow, actor, data.event)
        if before.promised:
            return show(callback, views.unmarked(before, actor, now))
    choice = await number_choice(uow, actor, data.event, now)
    if choice is not None:
        return show(callback, views.which_number(choice, data.people, actor, now))
    return await _document(callback, data, uow, actor, now)


@router.callback_query(TakeNumbered.filter(), flags=needs(Right.DESK))
async def taken_with_number(
    callback: CallbackQuery, callback_data: TakeNumbered, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«По датам», «Следующий по счёту»."""
    return await _document(callback, callback_data, uow, actor, now, last=callback_data.by == "last")


async def _document(
    callback: CallbackQuery,
    data: TakeProtocol | TakeNumbered,
    uow: UnitOfWork,
    actor: Actor,
    now: datetime,
    *,
    last: bool = False,
) -> Replies:
    found = await make_protocol(uow, actor, data.event, now, last=last)
    paper = views.paper(found, actor, promised=data.people == "promised")
    own = await own_blank(uow, actor, PROTOCOL.code)
    content = await asyncio.to_thread(write_protocol, paper, own.content if own else None)
    name, chat_id = views.file_name(found, actor, now), callback.from_user.id
    file = send_file(chat_id, content, name, views.caption(found))
    return [*show(callback, views.protocol(found, actor, now)), file]


@router.callback_query(TakeSiteText.filter(), flags=needs(Right.DESK))
async def site_text(
    callback: CallbackQuery, callback_data: TakeSiteText, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Сообщение для сайта»: words to copy, in a message of their own."""
    found = await over_meeting(uow, actor, callback_data.event, now)
    return follow(callback, *site_message(found, actor))


@router.callback_query(FixProtocol.filter(), flags=needs(Right.DESK))
async def fix(callback: CallbackQuery, callback_data: FixProtocol, uow: UnitOfWork, actor: Actor) -> Replies:
    """«Исправить»: what of it?"""
    return show(callback, views.what_to_fix(await written(uow, actor, callback_data.event)))


@router.callback_query(AddDecisions.filter(), flags=needs(Right.DESK, dialogue=True))
async def about_to_dictate(
    callback: CallbackQuery, callback_data: AddDecisions, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Записать решения»."""
    return show(callback, views.ask_decisions(await open_decisions(uow, actor, callback_data.event)))


@router.message(Waits(DECISIONS_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def dictated(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A decision, or several."""
    now_written, new = await add_decisions(uow, actor, message.text or "", now)
    return say(message, views.decisions_added(now_written, new, actor, now))


@router.message(Waits(DECISIONS_STEP, DECISION_STEP), HasVoice(), flags=needs(Right.DESK, dialogue=True))
async def spoken(message: Message) -> Replies:
    """A voice message."""
    return say(message, views.no_voice())


@router.callback_query(OpenDecision.filter(), flags=needs(Right.DESK))
async def chosen(
    callback: CallbackQuery, callback_data: OpenDecision, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One of them."""
    found = await written(uow, actor, callback_data.event)
    return show(callback, views.decision(found, callback_data.decision, actor, now))


@router.callback_query(EditDecision.filter(), flags=needs(Right.DESK, dialogue=True))
async def about_to_edit(
    callback: CallbackQuery, callback_data: EditDecision, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Изменить»."""
    data = callback_data
    found = await open_decision(uow, actor, data.event, data.decision)
    return show(callback, views.ask_decision(found, data.decision, actor, now))


@router.message(Waits(DECISION_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def edited(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The decision put otherwise."""
    now_written, decision_id = await set_decision(uow, actor, message.text or "", now)
    return say(message, views.decision(now_written, decision_id, actor, now))


@router.callback_query(ClearDue.filter(), flags=needs(Right.DESK))
async def without_due(
    callback: CallbackQuery, callback_data: ClearDue, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Без срока»."""
    data = callback_data
    now_written = await clear_due(uow, actor, data.event, data.decision, now)
    return show(callback, views.decision(now_written, data.decision, actor, now))


@router.callback_query(RemoveDecision.filter(), flags=needs(Right.DESK))
async def removed(
    callback: CallbackQuery, callback_data: RemoveDecision, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Убрать»."""
    data = callback_data
    now_written = await remove_decision(uow, actor, data.event, data.decision, now)
    return show(callback, views.decision_removed(now_written, data.decision, actor, now))


@router.callback_query(ReturnDecision.filter(), flags=needs(Right.DESK))
async def returned(
    callback: CallbackQuery, callback_data: ReturnDecision, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть»."""
    data = callback_data
    now_written = await return_decision(uow, actor, data.event, data.decision, now)
    return show(callback, views.decision(now_written, data.decision, actor, now))


@router.callback_query(ChooseOutcome.filter(), flags=needs(Right.DESK))
async def outcomes(
    callback: CallbackQuery, callback_data: ChooseOutcome, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Прошлые решения»."""
    return show(callback, views.outcomes(await meeting(uow, actor, callback_data.event), actor, now))


@router.callback_query(AskOutcome.filter(), flags=needs(Right.DESK, dialogue=True))
async def ask_outcome(
    callback: CallbackQuery, callback_data: AskOutcome, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """One of them: how did it go?"""
    data = callback_data
    past = await open_outcome(uow, actor, data.event, data.past, data.decision)
    return show(callback, views.ask_outcome(data.event, past, data.decision, actor, now))


@router.callback_query(SetOutcome.filter(), flags=needs(Right.DESK, dialogue=True))
async def outcome_set(
    callback: CallbackQuery, callback_data: SetOutcome, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Выполнено», «В работе», «Не выполнено»: then the others."""
    data = callback_data
    await set_outcome(uow, actor, data.past, data.decision, data.done, now)
    return show(callback, views.outcomes(await meeting(uow, actor, data.event), actor, now))


@router.message(Waits(OUTCOME_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def outcome_said(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """How it went, in words."""
    event_id = await say_outcome(uow, actor, message.text or "", now)
    return say(message, views.outcomes(await meeting(uow, actor, event_id), actor, now))


@router.callback_query(AskOffice.filter(), flags=needs(Right.DESK, dialogue=True))
async def ask_office(
    callback: CallbackQuery, callback_data: AskOffice, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Председатель», «Секретарь»: a page of members, or words."""
    data = callback_data
    found = await open_office(uow, actor, data.event, data.office)
    members = await members_for_office(uow, actor)
    return show(callback, views.ask_office(found, data.office, members, data.page))


@router.callback_query(GiveOffice.filter(), flags=needs(Right.DESK, dialogue=True))
async def office_given(
    callback: CallbackQuery, callback_data: GiveOffice, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """A member, or nobody by name."""
    data = callback_data
    await give_office(uow, actor, data.event, data.office, data.person, now)
    return show(callback, views.protocol(await meeting(uow, actor, data.event), actor, now))


@router.message(Waits(OFFICE_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def office_said(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A name in words."""
    said = await say_office(uow, actor, message.text or "", now)
    return say(message, views.protocol(await meeting(uow, actor, said.event.id), actor, now))


@router.callback_query(AskNumber.filter(), flags=needs(Right.DESK, dialogue=True))
async def ask_number(
    callback: CallbackQuery, callback_data: AskNumber, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Номер протокола»."""
    return show(callback, views.ask_number(await open_number(uow, actor, callback_data.event)))


@router.message(Waits(NUMBER_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def number_said(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Another number; one that is taken may be swapped."""
    try:
        said = await set_number(uow, actor, message.text or "", now)
    except DomainError as error:
        if error.code != "number_taken":
            raise
        return say(message, views.number_taken(error.facts))
    return say(message, views.protocol(await meeting(uow, actor, said.event.id), actor, now))


@router.callback_query(SwapNumbers.filter(), flags=needs(Right.DESK, dialogue=True))
async def numbers_swapped(
    callback: CallbackQuery, callback_data: SwapNumbers, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Поменять местами»."""
    written, other = await swap_number(uow, actor, callback_data.event, callback_data.number, now)
    found = await meeting(uow, actor, written.event.id)
    return show(callback, views.numbers_swapped(found, other, actor, now))


@router.callback_query(EditAgenda.filter(), flags=needs(Right.DESK, dialogue=True))
async def about_to_edit_agenda(
    callback: CallbackQuery, callback_data: EditAgenda, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Повестка»."""
    return show(callback, views.ask_agenda(await open_agenda(uow, actor, callback_data.event)))


@router.message(Waits(AGENDA_STEP), HasText(), flags=needs(Right.DESK, dialogue=True))
async def agenda_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """The agenda anew."""
    return say(message, views.protocol(await set_agenda(uow, actor, message.text or "", now), actor, now))


@router.callback_query(ResetAgenda.filter(), flags=needs(Right.DESK))
async def agenda_reset(
    callback: CallbackQuery, callback_data: ResetAgenda, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Как в плане»."""
    return show(callback, views.agenda_reset(*await reset_agenda(uow, actor, callback_data.event, now)))
