"""What goes wrong with a database, under a name that the other floors may know."""

from sqlalchemy.exc import SQLAlchemyError as StorageError

__all__ = ["StorageError"]
