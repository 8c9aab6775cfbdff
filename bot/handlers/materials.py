"""What there is to read of an event: read by everybody, added and told of by who runs it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from actions.acting import acting_where
from actions.materials import (
    MATERIAL_STEP,
    MATERIAL_TITLE_STEP,
    add_materials,
    bring_back,
    one_material,
    open_adding,
    open_title,
    propose_telling,
    remove,
    rename,
    shelf,
    shelf_to_fill,
    tell,
)
from bot.filters import HasDocument, HasPhoto, HasText, Waits, Wordless, needs
from bot.views import materials as views
from bot.views.about_keys import ShowMaterials, TakeMaterial
from bot.views.material_keys import (
    AddMaterials,
    ConfirmTelling,
    OpenMaterial,
    OpenMaterials,
    RemoveMaterial,
    RenameMaterial,
    ReturnMaterial,
    TellOfMaterials,
)
from bot.views.view import Replies, acknowledge, follow, say, show
from bot.views.words import t
from domain.errors import DomainError
from domain.materials import of_file, read_links
from domain.records import Actor, MaterialKind
from domain.roles import Right
from storage.unit_of_work import UnitOfWork

router = Router(name="materials")


@router.callback_query(ShowMaterials.filter(), flags=needs(Right.LOOK))
async def opened(
    callback: CallbackQuery, callback_data: ShowMaterials, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Материалы – 3»: the links, and a button for each file."""
    actor = await acting_where(uow, actor, callback_data.event)
    return follow(callback, views.shelf(await shelf(uow, actor, callback_data.event), actor, now))


@router.callback_query(TakeMaterial.filter(), flags=needs(Right.LOOK))
async def taken(
    callback: CallbackQuery, callback_data: TakeMaterial, uow: UnitOfWork, actor: Actor
) -> Replies:
    """A file, or all of them one after the other."""
    actor = await acting_where(uow, actor, callback_data.event)
    found = await shelf(uow, actor, callback_data.event)
    files = views.files(callback.from_user.id, found, callback_data.material)
    if not files:
        raise DomainError("material_gone")
    return [acknowledge(callback), *files]


@router.callback_query(OpenMaterials.filter(), flags=needs(Right.HOST))
async def desk(
    callback: CallbackQuery, callback_data: OpenMaterials, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Материалы», as who runs the event sees them."""
    return show(callback, views.desk(await shelf_to_fill(uow, actor, callback_data.event), actor, now))


@router.callback_query(AddMaterials.filter(), flags=needs(Right.HOST, dialogue=True))
async def about_to_add(
    callback: CallbackQuery, callback_data: AddMaterials, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Добавить»."""
    return show(callback, views.ask(await open_adding(uow, actor, callback_data.event)))


@router.message(Waits(MATERIAL_STEP), HasDocument(), flags=needs(Right.HOST, dialogue=True))
async def file_sent(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A file, called by the words under it or by its name."""
    file = message.document
    if file is None:
        return []
    said = message.caption or file.file_name or ""
    new = of_file(MaterialKind.DOCUMENT, said, file.file_id, file.file_unique_id, file.file_size or 0)
    return say(message, views.added(await add_materials(uow, actor, [new], now)))


@router.message(Waits(MATERIAL_STEP), HasPhoto(), flags=needs(Right.HOST, dialogue=True))
async def photo_sent(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """A picture, in the largest size that Telegram made of it."""
    picture = (message.photo or [])[-1]
    new = of_file(
        MaterialKind.PHOTO,
        message.caption or "",
        picture.file_id,
        picture.file_unique_id,
        picture.file_size or 0,
    )
    return say(message, views.added(await add_materials(uow, actor, [new], now)))


@router.message(Waits(MATERIAL_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
async def links_written(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Links with their titles."""
    return say(message, views.added(await add_materials(uow, actor, read_links(message.text or ""), now)))


@router.message(Waits(MATERIAL_STEP), Wordless(), flags=needs(Right.HOST, dialogue=True))
async def other_kind(message: Message) -> Replies:
    """A sticker, a voice, a film."""
    return say(message, views.other_kind())


@router.callback_query(OpenMaterial.filter(), flags=needs(Right.HOST))
async def chosen(
    callback: CallbackQuery, callback_data: OpenMaterial, uow: UnitOfWork, actor: Actor
) -> Replies:
    """One of them."""
    data = callback_data
    return show(callback, views.one(*await one_material(uow, actor, data.event, data.material)))


@router.callback_query(RenameMaterial.filter(), flags=needs(Right.HOST, dialogue=True))
async def about_to_rename(
    callback: CallbackQuery, callback_data: RenameMaterial, uow: UnitOfWork, actor: Actor
) -> Replies:
    """«Переименовать»."""
    data = callback_data
    return show(callback, views.ask_title(*await open_title(uow, actor, data.event, data.material)))


@router.message(Waits(MATERIAL_TITLE_STEP), HasText(), flags=needs(Right.HOST, dialogue=True))
async def renamed(message: Message, uow: UnitOfWork, actor: Actor, now: datetime) -> Replies:
    """Its new title."""
    return say(message, views.one(*await rename(uow, actor, message.text or "", now)))


@router.callback_query(RemoveMaterial.filter(), flags=needs(Right.HOST))
async def removed(
    callback: CallbackQuery, callback_data: RemoveMaterial, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Убрать»."""
    data = callback_data
    return show(callback, views.removed(*await remove(uow, actor, data.event, data.material, now)))


@router.callback_query(ReturnMaterial.filter(), flags=needs(Right.HOST))
async def returned(
    callback: CallbackQuery, callback_data: ReturnMaterial, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Вернуть»."""
    data = callback_data
    found = await bring_back(uow, actor, data.event, data.material, now)
    return show(callback, views.desk(found, actor, now))


@router.callback_query(TellOfMaterials.filter(), flags=needs(Right.HOST))
async def about_to_tell(
    callback: CallbackQuery, callback_data: TellOfMaterials, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Сообщить о материалах»: to how many of those who come?"""
    return show(
        callback, views.preview_telling(await propose_telling(uow, actor, callback_data.event), actor, now)
    )


@router.callback_query(ConfirmTelling.filter(), flags=needs(Right.HOST))
async def told(
    callback: CallbackQuery, callback_data: ConfirmTelling, uow: UnitOfWork, actor: Actor, now: datetime
) -> Replies:
    """«Да, сообщить»; where the materials changed meanwhile, the preview anew."""
    data = callback_data
    try:
        telling, people = await tell(uow, actor, data.event, data.newest, now)
    except DomainError as error:
        if error.code != "materials_changed":
            raise
        again = await propose_telling(uow, actor, data.event)
        return show(callback, views.preview_telling(again, actor, now), t("materials-changed"))
    return show(callback, views.telling_done(telling, people, actor, now))
