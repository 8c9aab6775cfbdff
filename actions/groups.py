"""The association's group chat."""

from storage.unit_of_work import UnitOfWork


async def move_group(uow: UnitOfWork, old: int, new: int) -> None:
    """Telegram gave a group another id, as it does when it becomes a supergroup."""
    async with uow as rows:
        await rows.group_chats.migrate(old, new)
        await uow.commit()
