"""The people of the sandbox. It does not know who is what to the bot: a note only helps to choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody with a Telegram account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    note: str = ""

    def as_user(self) -> Json:
        """The Bot API's ``User``, as updates carry it."""
        return {"id": self.id, "is_bot": False, **self._names(), "language_code": "ru"}

    def as_chat(self) -> Json:
        """The Bot API's ``Chat``: the private one with this person."""
        return {"id": self.id, **self._names(), "type": "private"}

    def _names(self) -> Json:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: value for key, value in names.items() if value}


PEOPLE: Sequence[Person] = (
    Person(1001, "Наталья", "Орлова", "n_orlova", "Наталья Викторовна, руководитель"),
    Person(1002, "Мария", "Соколова", "", "Мария Ивановна, школа № 21"),
    Person(1003, "Елена", "Лебедева", "lebedeva_lib", "Елена Павловна, лицей № 12"),
    Person(1004, "Ольга", "", "", "Ольга Сергеевна, гимназия № 4"),
    Person(1005, "Татьяна", "Королёва", "", "Татьяна Николаевна, школа № 35"),
    Person(1006, "Галина П.", "", "galina_cbs", "Галина Петровна, районная библиотека"),
)
"""All invented, as are their schools."""
