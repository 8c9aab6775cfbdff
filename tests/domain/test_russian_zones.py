"""The zone of a town as people name it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import DomainError
from domain.russian_zones import OFFERED, TOWNS, read_zone, town_of


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Бердск", "Asia/Novosibirsk"),
        ("г. Новосибирск", "Asia/Novosibirsk"),
        ("Новосибирская область", "Asia/Novosibirsk"),
        ("по Москве", "Europe/Moscow"),
        ("Московское", "Europe/Moscow"),
        ("по московскому времени", "Europe/Moscow"),
        ("МСК", "Europe/Moscow"),
        ("мск +4", "Asia/Novosibirsk"),
        ("+4 часа к Москве", "Asia/Novosibirsk"),
        ("МСК−1", "Europe/Kaliningrad"),
        ("UTC+7", "Asia/Novosibirsk"),
        ("по красноярскому времени", "Asia/Krasnoyarsk"),
        ("В КАЗАНИ", "Europe/Moscow"),
        ("санкт петербург", "Europe/Moscow"),
        ("Орел", "Europe/Moscow"),
        ("Нижний Новгород", "Europe/Moscow"),
        ("Алтайский край", "Asia/Barnaul"),
        ("Республика Саха", "Asia/Yakutsk"),
        ("Комсомольск-на-Амуре", "Asia/Vladivostok"),
        ("Самара", "Europe/Samara"),
    ],
)
def test_a_town_a_region_a_republic(said: str, zone: str) -> None:
    assert read_zone(said) == zone


@pytest.mark.parametrize(
    "said", ["", "!", "Васюки", "область", "Europe/Moscow", "завтра в 14:00", "МСК+14", "ы" * 4000]
)
def test_what_is_no_town_of_ours(said: str) -> None:
    with pytest.raises(DomainError, match="zone_not_understood"):
        read_zone(said)


def test_every_zone_is_known_to_the_machine_and_has_a_town() -> None:
    for zone in TOWNS:
        assert ZoneInfo(zone)
        assert read_zone(town_of(zone) or "") == zone


def test_hours_from_the_world_s_time_lead_to_the_buttons() -> None:
    for hours, zone in enumerate(OFFERED, start=2):
        assert read_zone(f"UTC+{hours}") == zone
        offset = datetime(2026, 11, 1, tzinfo=ZoneInfo(zone)).utcoffset()
        assert offset == timedelta(hours=hours)


def test_the_buttons_are_an_hour_apart() -> None:
    now = datetime(2026, 11, 2, 12)  # noqa: DTZ001 - by each zone's own clocks
    offsets = [ZoneInfo(zone).utcoffset(now) for zone in OFFERED]
    assert offsets == [timedelta(hours=hours) for hours in range(2, 13)]


def test_a_zone_elsewhere_has_no_town() -> None:
    assert town_of("Europe/Berlin") is None
