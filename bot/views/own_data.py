"""«Мои данные»."""

from __future__ import annotations

from aiogram.types import ReplyKeyboardRemove
from markupsafe import Markup

from actions.own_data import Kept
from bot.views import dates, keyboards, overseeing_keys, report_keys
from bot.views.keyboards import OwnData
from bot.views.people_list_keys import OwnDetail
from bot.views.people_lists import service
from bot.views.timing import ShowReminders
from bot.views.view import View
from bot.views.words import clip, plain, t
from domain.phones import shown_phone
from domain.records import Actor, Detail
from domain.roles import Right, Role, may

_SETTINGS = {Role.METHODIST: "settings-methodist", Role.WAITING: "settings-waiting"}


def settings(actor: Actor) -> View:
    """«Настройки»; reminders for who is in the lists, the way to the others for who is in several."""
    rows = [[keyboards.button(plain("button-my-data"), OwnData(act="show"))]]
    if may(actor.role, Right.LOOK):
        rows.insert(0, [keyboards.button(plain("button-reminders"), ShowReminders(screen="home"))])
    if may(actor.role, Right.ANSWER):
        rows.append(report_keys.portfolio())
    if actor.elsewhere or actor.role is Role.METHODIST:
        rows.append(overseeing_keys.homes())
    return View(t(_SETTINGS.get(actor.role, "settings")), keyboards.inline(rows))


def stop(actor: Actor) -> View:
    """/stop: a pause for who is in the lists, and the two ways out."""
    if actor.role is Role.METHODIST:
        return View(t("stop-methodist"), keyboards.leaving())
    if not may(actor.role, Right.LOOK):
        return View(t("stop"), keyboards.leaving())
    pause = [keyboards.button(plain("button-pause"), ShowReminders(screen="pause"))]
    rows = [pause, *keyboards.leaving().inline_keyboard]
    return View(t("stop-or-pause") + "\n" + t("stop"), keyboards.inline(rows))


def sure_withdraw(actor: Actor, *, alone: bool) -> View:
    """Whether leaving is really meant; `alone` where nobody else runs the association."""
    key = "sure-withdraw-methodist" if actor.role is Role.METHODIST else "sure-withdraw"
    return View(_sure(key, alone=alone), keyboards.sure("withdraw"))


def sure_erase(*, alone: bool) -> View:
    """Whether erasing everything is really meant."""
    return View(_sure("sure-erase", alone=alone), keyboards.sure("erase"))


def _sure(key: str, *, alone: bool) -> Markup:
    return t(key) + "\n" + t("sure-alone") if alone else t(key)


def withdrawn(before: Actor, actor: Actor) -> list[View]:
    """She left; where she is in another association, its keys are there at once."""
    key = "withdrawn-methodist" if before.role is Role.METHODIST else "withdrawn"
    erase = "withdrawn-erase-methodist" if before.role is Role.METHODIST else "withdrawn-erase"
    if actor.association is None:
        return [View(t(key), ReplyKeyboardRemove()), View(t(erase), keyboards.erasing())]
    now_in = t("homes-moved", title=clip(actor.home.title, 100) or t("no-title"))
    return [View(t(key) + "\n" + now_in, keyboards.main(actor))]


def phone(digits: str) -> View:
    """Her telephone: who sees it and why, how it is changed, and that it can go."""
    why = t("phone-why")
    if not digits:
        return View(t("phone-none", why=why))
    remove = [[keyboards.button(plain("button-no-phone"), OwnData(act="no_phone"))]]
    return View(t("phone", phone=shown_phone(digits), why=why), keyboards.inline(remove))


def own_data(actor: Actor, kept: Kept) -> View:
    """What is stored about the person, and what she can do with it."""
    day = dates.local(kept.consented_at, actor.home.zone).date()
    guest = actor.role is Role.GUEST
    if actor.role is Role.METHODIST:
        text = t(
            "my-data-methodist",
            name=actor.name.full if actor.name else "–",
            association=actor.home.title or t("no-title"),
            phone=shown_phone(kept.phone) if kept.phone else t("no-phone"),
            consented=dates.full_day(day),
        )
        return View(text, keyboards.own_data(None))
    text = t(
        "my-data-guest" if guest else "my-data",
        name=actor.name.full if actor.name else "–",
        school=actor.school or t("no-school"),
        association=actor.home.title or t("no-title"),
        phone=shown_phone(kept.phone) if kept.phone else t("no-phone"),
        details=Markup("").join("\n" + _detail(*one) for one in kept.details.items()),
        consented=dates.full_day(day),
    )
    rows = list(
        keyboards.own_data("button-fix-organisation" if guest else "button-fix-school").inline_keyboard
    )
    own = [
        keyboards.button(plain(f"button-edit-{detail}"), OwnDetail(detail=detail, act="ask"))
        for detail in ([] if guest else kept.details)
    ]
    return View(text, keyboards.inline([*rows[:3], *([own] if own else []), *rows[3:]]))


def _detail(detail: Detail, value: str) -> Markup:
    value = value or plain(f"no-{detail}")
    return service(value) if detail is Detail.SERVICE else t("person-category", category=value)
