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
        self._for_now: dict[str, str] = {}

    def get(self, name: str, default: str = "") -> str:
        """A choice, or the default where none was made."""
        if name in self._for_now:
            return self._for_now[name]
        row = self._store.connection.execute("SELECT value FROM settings WHERE id = ?", (name,)).fetchone()
        return str(row["value"]) if row is not None else default

    def all(self) -> dict[str, str]:
        """Every choice that was made."""
        rows = self._store.connection.execute("SELECT id, value FROM settings").fetchall()
        return {row["id"]: row["value"] for row in rows} | self._for_now

    def put(self, name: str, value: str) -> None:
        """Make a choice; inside a transaction."""
        self._store.journal.put("settings", {"id": name, "value": value})

    def put_for_now(self, name: str, value: str) -> None:
        """Make a choice that holds until the file is closed, where the file itself must not change."""
        self._for_now[name] = value
