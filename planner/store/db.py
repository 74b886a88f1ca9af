"""The one module that knows which SQLite is underneath.

Others take Connection, Row and DB_ERRORS from here: an encrypting SQLite has classes of its own.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from sqlite3 import Connection, Row

__all__ = ["DB_ERRORS", "FILE_ERRORS", "Connection", "Row", "connect", "is_no_database"]

DB_ERRORS: tuple[type[Exception], ...] = (sqlite3.Error,)
FILE_ERRORS: tuple[type[Exception], ...] = (OSError, *DB_ERRORS)

# "RPLN": how a file of ours is told from any other SQLite file.
APPLICATION_ID = 0x52504C4E


def is_no_database(error: BaseException) -> bool:
    """Whether an error says that a file is not one of SQLite's."""
    return isinstance(error, sqlite3.Error) and error.sqlite_errorcode == sqlite3.SQLITE_NOTADB


def connect(path: Path | None, *, read_only: bool = False) -> Connection:
    """Open a database file, or one in memory without a path.

    Args:
        path: The file; it must exist unless it is to be created by the caller's intent.
        read_only: Open without ever writing.
    """
    if path is None:
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    elif read_only:
        uri = path.resolve().as_uri() + "?mode=ro"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    else:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.row_factory = Row
    # A foreign file may carry triggers and views; none of them is to run with our trust.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA busy_timeout = 3000")
    return connection
