"""Stores for tests: a copy of one that was made once, where making it again would prove nothing more."""

from __future__ import annotations

from datetime import date
from functools import cache

from planner.services.example import write_example
from planner.store.db import connect
from planner.store.store import VERSION, Store


def empty_store() -> Store:
    """An empty store in memory, as ``Store.in_memory`` makes it."""
    connection = connect(None)
    _made().connection.backup(connection)
    return Store._prepared(connection, None, VERSION)


def fill_with_example(store: Store, today: date) -> None:
    """Fill an empty store with the rows that ``write_example`` writes.

    Args:
        store: The store, outside of any transaction.
        today: The day around which the example is told.
    """
    assert store.connection.total_changes == 0
    _example(today).connection.backup(store.connection)
    # As after any change, what was read before is out of date.
    store.connection.execute("UPDATE accounts SET name = name")


@cache
def _made() -> Store:
    return Store.in_memory()


@cache
def _example(today: date) -> Store:
    store = empty_store()
    with store.transaction():
        write_example(store, today)
    return store
