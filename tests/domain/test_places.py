"""Where an event takes place, in a coordinator's words."""

from __future__ import annotations

import pytest

from domain.errors import DomainError
from domain.places import LONGEST_PLACE, Place, is_online, read_place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Лицей № 12", Place("Лицей № 12")),
        (
            "Лицей № 12, ул. Садовая, 7, каб. 214; вход со двора",
            Place("Лицей № 12, ул. Садовая, 7, каб. 214", "со двора"),
        ),
        ("СОШ № 5 (корпус 2), вход: с ул. Мира.", Place("СОШ № 5 (корпус 2)", "с ул. Мира")),
        ("Гимназия № 3 (вход со двора)", Place("Гимназия № 3", "со двора")),
        ("Вход со двора", Place(entrance="со двора")),
        ("СОШ № 5, смешанно", Place("СОШ № 5", link="")),
        ("Лицей № 12 (в смешанном формате)", Place("Лицей № 12", link="")),
        ("и очно, и онлайн, СОШ № 5", Place("СОШ № 5", link="")),
        ("Смешанная улица, 3", Place("Смешанная улица, 3")),
        ("https://meet.example.org/abc", Place(link="https://meet.example.org/abc")),
        ("Онлайн: https://meet.example.org/a?b=1.", Place(link="https://meet.example.org/a?b=1")),
        ("в онлайн-формате, ссылка: https://meet.example.org/a", Place(link="https://meet.example.org/a")),
        ("Zoom https://meet.example.org/a", Place(link="https://meet.example.org/a")),
        (
            "Лицей № 12, онлайн: https://m.example.org/a",
            Place("Лицей № 12, онлайн", link="https://m.example.org/a"),
        ),
        ("Онлайн", Place(link="")),
        ("онлайн, ссылку пришлю позже; взять: ноутбук", Place(link="", bring="ноутбук")),
        ("зум 123 456 7890", Place(link="зум 123 456 7890")),
        (
            "Онлайн в Zoom, идентификатор 123-456-7890, код доступа 1234.",
            Place(link="Zoom, идентификатор 123-456-7890, код доступа 1234"),
        ),
        ("Лицей № 12; Zoom 12345678901", Place("Лицей № 12", link="Zoom 12345678901")),
        (
            "зум, вопросы по телефону 8 913 000 00 00",
            Place("зум, вопросы по телефону 8 913 000 00 00"),
        ),
        ("взять: паспорт", Place(bring="паспорт")),
        ("Лицей № 12\nС собой: паспорт, сменная обувь", Place("Лицей № 12", bring="паспорт, сменная обувь")),
        (
            "Лицей № 12; вход со двора; взять: паспорт",
            Place("Лицей № 12", "со двора", bring="паспорт"),
        ),
        ("Взять с собой: паспорт\nвход с торца", Place(entrance="с торца", bring="паспорт")),
        ("ул. Входная, 3", Place("ул. Входная, 3")),
        ("Дом у выхода из метро", Place("Дом у выхода из метро")),
    ],
)
def test_what_is_understood(text: str, place: Place):
    assert read_place(text) == place


@pytest.mark.parametrize(
    ("venue", "online"),
    [
        ("Онлайн", True),
        ("Zoom", True),
        ("дистанционно", True),
        ("ВКС", True),
        ("В дистанционном формате", True),
        ("в режиме видеоконференции (Zoom)", True),
        ("на платформе «Сферум»", True),
        ("Яндекс.Телемост", True),
        ("онлайн-формат", True),
        ("", False),
        ("Лицей № 12, онлайн", False),
        ("Очно и онлайн", False),
        ("Центр дистанционного обучения", False),
        ("В формате семинара", False),
        ("Режим работы", False),
        ("СОШ № 5", False),
    ],
)
def test_what_is_no_place(venue: str, online: bool):
    assert is_online(venue) is online


def test_online_without_a_link_yet():
    """It is online, and keeps the link that is known."""
    assert read_place("Онлайн").as_changes() == {"venue": "", "entrance": "", "mode": "online"}
    assert read_place("Онлайн").as_changes(mixed=True) == {"mode": "mixed"}


@pytest.mark.parametrize(
    ("text", "venue", "entrance"),
    [
        ("каб. 214", "Лицей № 12, ул. Садовая, 7, каб. 214", "со двора"),
        ("Актовый зал, 2 этаж", "Лицей № 12, ул. Садовая, 7, актовый зал, 2 этаж", "со двора"),
        ("каб. 3, вход с торца", "Лицей № 12, ул. Садовая, 7, каб. 3", "с торца"),
        ("СОШ № 5, каб. 3", "СОШ № 5, каб. 3", None),
        ("СОШ № 5", "СОШ № 5", None),
        ("Кабинетная, 3", "Кабинетная, 3", None),
    ],
)
def test_a_room_is_one_of_the_house(text: str, venue: str, entrance: str | None):
    place = read_place(text).within("Лицей № 12, ул. Садовая, 7, каб. 100", "со двора")
    assert (place.venue, place.entrance) == (venue, entrance)


def test_a_room_without_a_house_is_all_there_is():
    assert read_place("каб. 214").within("", "") == Place("каб. 214")
    assert read_place("каб. 214").within("каб. 100", "") == Place("каб. 214")
    assert read_place("вход со двора").within("СОШ № 5", "") == Place(entrance="со двора")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ;. ", "place_empty"),
        ("Щ" * (LONGEST_PLACE + 1), "place_too_long"),
        *((text, "place_later") for text in ("позже", "Потом.", "место назову позже", "пока не знаю", "нет")),
    ],
)
def test_what_is_not(text: str, code: str):
    with pytest.raises(DomainError, match=code):
        read_place(text)


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        (Place("Лицей"), {"venue": "Лицей", "entrance": "", "mode": "onsite", "link": ""}),
        (Place(link="https://a"), {"venue": "", "entrance": "", "mode": "online", "link": "https://a"}),
        (Place(entrance="со двора"), {"entrance": "со двора"}),
        (Place(bring="паспорт"), {"bring": "паспорт"}),
    ],
)
def test_what_it_changes(place: Place, changes: dict[str, object]):
    """Another house has another door; what to bring leads nobody elsewhere."""
    assert place.as_changes() == changes
