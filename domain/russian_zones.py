"""The time zones of Russia, by the towns and regions that people name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.errors import DomainError

# IANA's zones from west to east: the town that stands for each, then other towns, regions and republics that
# keep its time, as people write them.
TOWNS: Mapping[str, tuple[str, str]] = {
    "Europe/Kaliningrad": ("Калининград", "калининградская"),
    "Europe/Moscow": (
        "Москва",
        """
        московская, санкт-петербург, петербург, спб, питер, ленинградская, архангельск, архангельская,
        нарьян-мар, ненецкий, белгород, белгородская, брянск, брянская, великий новгород, новгородская,
        владимир, владимирская, волгоград, волгоградская, вологда, вологодская, череповец, воронеж,
        воронежская, грозный, чеченская, чечня, иваново, ивановская, йошкар-ола, марий эл, казань,
        татарстан, набережные челны, нижнекамск, калуга, калужская, кострома, костромская, краснодар,
        краснодарский, сочи, новороссийск, курск, курская, липецк, липецкая, магас, назрань, ингушетия,
        майкоп, адыгея, махачкала, дагестан, мурманск, мурманская, нальчик, кабардино-балкария, нижний
        новгород, нижегородская, дзержинск, орёл, орловская, пенза, пензенская, петрозаводск, карелия,
        псков, псковская, ростов-на-дону, ростов, ростовская, таганрог, рязань, рязанская, саранск,
        мордовия, севастополь, симферополь, крым, смоленск, смоленская, ставрополь, ставропольский,
        сыктывкар, коми, тамбов, тамбовская, тверь, тверская, тула, тульская, чебоксары, чувашия,
        чувашская, черкесск, карачаево-черкесия, элиста, калмыкия, ярославль, ярославская, киров,
        кировская, владикавказ, северная осетия
        """,
    ),
    "Europe/Samara": (
        "Самара",
        """
        самарская, тольятти, сызрань, ижевск, удмуртия, удмуртская, саратов, саратовская, энгельс,
        балаково, ульяновск, ульяновская, димитровград, астрахань, астраханская
        """,
    ),
    "Asia/Yekaterinburg": (
        "Екатеринбург",
        """
        свердловская, нижний тагил, челябинск, челябинская, магнитогорск, уфа, башкортостан, башкирия,
        стерлитамак, пермь, пермский, оренбург, оренбургская, орск, курган, курганская, тюмень,
        тюменская, ханты-мансийск, югра, сургут, нижневартовск, салехард, ямал, новый уренгой
        """,
    ),
    "Asia/Omsk": ("Омск", "омская"),
    "Asia/Novosibirsk": (
        "Новосибирск",
        """
        новосибирская, бердск, искитим, куйбышев, барабинск, обь, колывань
        """,
    ),
    "Asia/Barnaul": ("Барнаул", "алтайский, бийск, рубцовск, горно-алтайск, алтай"),
    "Asia/Tomsk": ("Томск", "томская, северск"),
    "Asia/Novokuznetsk": ("Кемерово", "кемеровская, кузбасс, новокузнецк, прокопьевск"),
    "Asia/Krasnoyarsk": (
        "Красноярск",
        """
        красноярский, норильск, ачинск, абакан, хакасия, кызыл, тыва, тува
        """,
    ),
    "Asia/Irkutsk": ("Иркутск", "иркутская, братск, ангарск, улан-удэ, бурятия"),
    "Asia/Chita": ("Чита", "забайкальский, забайкалье"),
    "Asia/Yakutsk": ("Якутск", "якутия, саха, благовещенск, амурская"),
    "Asia/Vladivostok": (
        "Владивосток",
        """
        приморский, приморье, уссурийск, находка, хабаровск, хабаровский, комсомольск-на-амуре,
        биробиджан, еврейская
        """,
    ),
    "Asia/Magadan": ("Магадан", "магаданская"),
    "Asia/Sakhalin": ("Южно-Сахалинск", "сахалин, сахалинская, курилы"),
    "Asia/Kamchatka": ("Петропавловск-Камчатский", "камчатка, камчатский"),
    "Asia/Anadyr": ("Анадырь", "чукотка, чукотский"),
}
# One for each hour: what there is a button for. The others keep the time of one of these.
OFFERED = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Novosibirsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)
_NOT_LETTERS = re.compile(r"[^а-я]+")
_OF_NO_WEIGHT = re.compile(
    r"\b(?:г|город|обл|область|край|республика|ао|округ|район|время|времени|по|в|пояс|часовой|как)\b"
)
# «МСК+4», «UTC+7», «плюс 4 часа к Москве»: hours from Moscow's time, or from the world's.
_HOURS = r"(?P<sign>[+-]|плюс|минус)\s*(?P<hours>\d{1,2})(?:\s*ч(?:ас\w*)?\.?)?"
_MOSCOW = r"(?:мск|msk|моск\w*)"
_FROM = re.compile(rf"(?:{_MOSCOW}|(?P<world>utc|gmt|гринвич\w*))\s*{_HOURS}")
_TO_MOSCOW = re.compile(rf"{_HOURS}\s*(?:к|от|с)?\s*{_MOSCOW}(?:\s+времени)?(?P<world>)")
_MOSCOW_FROM_WORLD = 3


def town_of(zone: str) -> str | None:
    """The town that stands for a zone; None for one outside Russia."""
    named = TOWNS.get(zone)
    return None if named is None else named[0]


def read_zone(text: str) -> str:
    """The zone of a town, a region or a republic of Russia, as it is typed: «Бердск», «Алтайский край», «по
    Москве», «московское время»; or by its hours: «МСК+4», «UTC+7». Raises DomainError `zone_not_understood`.
    """
    if (zone := _by_hours(text)) is not None:
        return zone
    said = _tidy(text)
    if said in _BY_NAME:
        return _BY_NAME[said]
    # «московское», «по красноярскому времени»: an ending that a gender or a case changes.
    for ending in ("ая", "ий"):
        if (adjective := re.sub(r"(?:ое|ому)$", ending, said)) in _BY_NAME:
            return _BY_NAME[adjective]
    # «по Москве», «в Казани»: an ending that a case changes.
    stem = said[:-1]
    alike = {
        zone for name, zone in _BY_NAME.items() if len(stem) > 3 and name in {stem, stem + "а", stem + "ь"}
    }
    if len(alike) != 1:
        raise DomainError("zone_not_understood")
    return alike.pop()


def _by_hours(text: str) -> str | None:
    """The zone offered that is so many hours from Moscow, or from the world's time; None where none is named
    so, or there is none."""
    said = " ".join(text.casefold().replace("−", "-").replace("–", "-").strip(" .!()").split())
    found = _FROM.fullmatch(said) or _TO_MOSCOW.fullmatch(said)
    if found is None:
        return "Europe/Moscow" if said in {"мск", "msk"} else None
    hours = int(found["hours"]) * (-1 if found["sign"] in {"-", "минус"} else 1)
    return _BY_HOURS.get(hours if found["world"] else hours + _MOSCOW_FROM_WORLD)


def _tidy(text: str) -> str:
    letters = _NOT_LETTERS.sub(" ", text.casefold().replace("ё", "е"))
    return " ".join(_OF_NO_WEIGHT.sub(" ", letters).split())


_BY_NAME = {
    _tidy(name): zone for zone, (town, others) in TOWNS.items() for name in (town, *others.split(","))
}
# The zones offered are an hour apart, from two hours ahead of the world's time on.
_BY_HOURS = dict(enumerate(OFFERED, start=2))
