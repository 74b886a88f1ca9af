"""Transactions that remember their rows.

Undo, redo, refresh and saving are one mechanism: every write goes through a Journal, which keeps
each row's columns before and after. The journal counts its rows against SQLite's own count, so a
write that slipped past it (a trigger, a cascade, stray SQL) makes the transaction fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.errors import PlannerError
from planner.phrases import N_
from planner.store.changes import Change, Changes, RowValues
from planner.store.db import Connection


class StaleStepError(PlannerError):
    """A row is no longer what it was when the step was taken."""

    message = N_("This step can no longer be undone: what it changed has been changed since.")


class UnrecordedWriteError(RuntimeError):
    """Rows were written past the journal; a bug, never the user's doing."""


class Journal:
    """Writes rows and remembers them."""

    def __init__(self, connection: Connection) -> None:
        """Start remembering on a connection that is inside a transaction."""
        self._connection = connection
        self._changes: list[Change] = []
        self._start = connection.total_changes
        self._beside = 0

    @property
    def changes(self) -> Changes:
        """What was written so far; several writes of one row are one change."""
        merged: dict[tuple[str, str], Change] = {}
        for change in self._changes:
            key = (change.table, change.id)
            earlier = merged.get(key)
            before = earlier.before if earlier else change.before
            # Re-inserted rows keep their first place, so that parents stay before children.
            merged[key] = Change(change.table, change.id, before, change.after)
        return tuple(change for change in merged.values() if change.before != change.after)

    def put(self, table: str, values: RowValues) -> None:
        """Insert a row, or update it where it differs."""
        before = self.read(table, values["id"])
        if before == values:
            return
        if before is None:
            names = ", ".join(values)
            marks = ", ".join("?" * len(values))
            self._run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *values.values())
        else:
            changed = {name: value for name, value in values.items() if before[name] != value}
            names = ", ".join(f"{name} = ?" for name in changed)
            self._run(f"UPDATE {table} SET {names} WHERE id = ?", *changed.values(), values["id"])
            values = {**before, **values}
        self._changes.append(Change(table, values["id"], before, dict(values)))

    def delete(self, table: str, row_id: str) -> None:
        """Delete a row, if it is there."""
        before = self.read(table, row_id)
        if before is None:
            return
        self._run(f"DELETE FROM {table} WHERE id = ?", row_id)
        self._changes.append(Change(table, row_id, before, None))

    def apply(self, changes: Sequence[Change]) -> None:
        """Repeat recorded changes.

        Raises:
            StaleStepError: A row is not what it was before the change.
        """
        for change in changes:
            if self.read(change.table, change.id) != change.before:
                raise StaleStepError
            if change.after is None:
                self.delete(change.table, change.id)
            else:
                self.put(change.table, change.after)

    def beside(self, sql: str, *values: Any) -> None:
        """Run a statement on a table that can be made again, which no step needs to take back."""
        self._beside += max(self._connection.execute(sql, values).rowcount, 0)

    def read(self, table: str, row_id: str) -> RowValues | None:
        """The columns of a row as they stand."""
        row = self._connection.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone()
        return dict(row) if row is not None else None

    def check(self) -> None:
        """Make sure that every written row was remembered.

        Raises:
            UnrecordedWriteError: SQLite counted other rows than the journal did.
        """
        written = self._connection.total_changes - self._start
        remembered = len(self._changes) + self._beside
        if written != remembered:
            msg = f"{written} rows were written, {remembered} were recorded"
            raise UnrecordedWriteError(msg)

    def _run(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)
