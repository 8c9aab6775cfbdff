"""What may be written for a setting."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import DomainError
from domain.settings import LONGEST_CONSENT, LONGEST_TITLE, Setting, read_minutes, read_setting

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("what", "said", "value"),
    [
        (Setting.TITLE, "  РМО \n района ", "РМО района"),
        (Setting.TOWN, "Бердск", "Бердск"),
        (Setting.ZONE, "Омск", "Asia/Omsk"),
        (Setting.HOUR, "в 3 дня", "15:00"),
        (Setting.VENUE, "Лицей № 12", "Лицей № 12"),
        (Setting.RETENTION, "3 года", 3),
        (Setting.RETENTION, "10", 10),
        (Setting.GREETING, " Рады  вам!\nЗаходите. ", "Рады вам!\nЗаходите."),
        (Setting.HOLIDAYS, "26 октября – 3 ноября", [["2026-10-26", "2026-11-03"]]),
        (Setting.BEFORE, "За 45 минут", 45),
        (Setting.BEFORE, "0", 0),
        (Setting.AFTER, " 240 мин. ", 240),
        (Setting.AFTER, "1 минуту", 1),
    ],
)
def test_what_is_understood(what: Setting, said: str, value: object) -> None:
    assert read_setting(what, said, TODAY, ()) == value


@pytest.mark.parametrize(
    ("what", "said", "code"),
    [
        (Setting.TITLE, " \n ", "setting_empty"),
        (Setting.TITLE, "ы" * (LONGEST_TITLE + 1), "setting_too_long"),
        (Setting.TITLE, "😀" * (LONGEST_TITLE // 2 + 1), "setting_too_long"),
        (Setting.CONSENT, "ы" * (LONGEST_CONSENT + 1), "setting_too_long"),
        (Setting.HOUR, "после обеда", "clock_not_understood"),
        (Setting.ZONE, "у нас", "zone_not_understood"),
        (Setting.RETENTION, "0", "years_not_understood"),
        (Setting.RETENTION, "11 лет", "years_not_understood"),
        (Setting.HOLIDAYS, "осенью", "holidays_not_understood"),
        (Setting.BEFORE, "241", "minutes_not_understood"),
        (Setting.AFTER, "-5", "minutes_not_understood"),
        (Setting.AFTER, "5 часов", "minutes_not_understood"),
        (Setting.AFTER, "сколько-нибудь", "minutes_not_understood"),
    ],
)
def test_what_is_refused(what: Setting, said: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        read_setting(what, said, TODAY, ())


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("час", 60),
        ("1 час", 60),
        ("За час.", 60),
        ("полчаса", 30),
        ("полтора часа", 90),
        ("час с половиной", 90),
        ("2 часа", 120),
        ("два часа", 120),
        ("1 ч 20 мин.", 80),
        ("за 15 минут", 15),
    ],
)
def test_how_long_is_said_in_hours_too(said: str, minutes: int) -> None:
    assert read_minutes(said) == minutes
