"""The coordinator's buttons of materials: every CallbackData beside its builder."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.views.about_keys import ShowMaterials
from bot.views.callback_data import CallbackData
from bot.views.keyboards import Id, Rows, ShowMore, button, inline
from bot.views.words import plain
from domain.records import Event, Material


class OpenMaterials(CallbackData, prefix="mats"):
    """«Материалы», as the coordinator sees them."""

    event: Id


class AddMaterials(CallbackData, prefix="mat+"):
    """«Добавить»: files and links come next."""

    event: Id


class OpenMaterial(CallbackData, prefix="mat1"):
    """One of them."""

    event: Id
    material: Id


class RenameMaterial(CallbackData, prefix="matname"):
    """«Переименовать»."""

    event: Id
    material: Id


class RemoveMaterial(CallbackData, prefix="mat-"):
    """«Убрать»."""

    event: Id
    material: Id


class ReturnMaterial(CallbackData, prefix="matback"):
    """«Вернуть»."""

    event: Id
    material: Id


class TellOfMaterials(CallbackData, prefix="mattell"):
    """«Сообщить о материалах», to those who come: the preview."""

    event: Id


class ConfirmTelling(CallbackData, prefix="matsure"):
    """The materials seen in the preview, by the newest of them."""

    event: Id
    newest: Id


def open_materials(event: Event) -> InlineKeyboardButton:
    """«Материалы», among what a coordinator can do with an event."""
    return button(plain("button-materials"), OpenMaterials(event=event.id))


def shelf(
    event: Event, found: Sequence[Material], names: Sequence[str], *, may_tell: bool
) -> InlineKeyboardMarkup:
    """Under the list of who runs the event: each of them, to be corrected, and more."""
    rows: Rows = [
        [button(name, OpenMaterial(event=event.id, material=one.id))]
        for one, name in zip(found, names, strict=True)
    ]
    rows.append([button(plain("button-add-material"), AddMaterials(event=event.id))])
    if found:
        rows[-1].append(button(plain("button-see-materials"), ShowMaterials(event=event.id)))
    if found and may_tell:
        rows.append([button(plain("button-tell-materials"), TellOfMaterials(event=event.id))])
    return inline([*rows, [button(plain("button-back"), ShowMore(event=event.id))]])


def adding(event: Event) -> InlineKeyboardMarkup:
    """While files and links are waited for."""
    return inline([[button(plain("button-enough"), OpenMaterials(event=event.id))]])


def one(event: Event, material: Material) -> InlineKeyboardMarkup:
    """What can be done with one of them."""
    return inline(
        [
            [button(plain("button-rename"), RenameMaterial(event=event.id, material=material.id))],
            [button(plain("button-take-out"), RemoveMaterial(event=event.id, material=material.id))],
            _back(event),
        ]
    )


def renaming(event: Event) -> InlineKeyboardMarkup:
    """Under the question that is answered in words."""
    return inline([_back(event)])


def removed(event: Event, material: Material) -> InlineKeyboardMarkup:
    """After one was taken out: the way back."""
    back = button(plain("button-bring-in-again"), ReturnMaterial(event=event.id, material=material.id))
    return inline([[back], _back(event)])


def confirm_telling(event: Event, newest: Material | None) -> InlineKeyboardMarkup:
    """Under the preview; where there is nobody to tell, only the way back."""
    rows: Rows = []
    if newest is not None:
        sure = ConfirmTelling(event=event.id, newest=newest.id)
        rows.append([button(plain("button-sure-tell"), sure, "success")])
    return inline([*rows, _back(event)])


def _back(event: Event) -> list[InlineKeyboardButton]:
    return [button(plain("button-back"), OpenMaterials(event=event.id))]
