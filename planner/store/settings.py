"""The user's choices, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.store.store import Store


class Settings:
    """The user's choices. They are saved without a step in the history."""

    def __init__(self, store: Store) -> None:
        """Read and write through a store."""
        self._store = store

    def get(self, name: str, default: str = "") -> str:
        """A choice, or the default where none was made."""
        row = self._store.connection.execute("SELECT value FROM settings WHERE id = ?", (name,)).fetchone()
        return str(row["value"]) if row is not None else default

    def all(self) -> dict[str, str]:
        """Every choice that was made."""
        rows = self._store.connection.execute("SELECT id, value FROM settings").fetchall()
        return {row["id"]: row["value"] for row in rows}

    def put(self, name: str, value: str) -> None:
        """Make a choice; inside a transaction."""
        self._store.journal.put("settings", {"id": name, "value": value})
