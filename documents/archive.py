"""What an archive says of itself: whether it may be unpacked at all."""

from __future__ import annotations

import zipfile

from domain.errors import DomainError

MOST_MEMBERS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024  # all members together, as they are declared
_RATIO_AT = 1024 * 1024  # from this size on …
_MOST_RATIO = 400  # … a member that shrinks more than so is no text: repetitive tables reach about 100


def check_declared(archive: zipfile.ZipFile) -> None:
    """Whether an archive may be unpacked, by what it says of itself. Raises DomainError
    `plan_unpacks_too_large`."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise DomainError("plan_unpacks_too_large", members=len(members))
    if any(it.file_size > _RATIO_AT and it.file_size > _MOST_RATIO * it.compress_size for it in members):
        raise DomainError("plan_unpacks_too_large", members=len(members))
