"""Transactions that remember their rows.

Undo, redo, refresh and saving are one mechanism: every write goes through a Journal, which keeps
each row's columns before and after. The journal counts its rows against SQLite's own count, so a
write that slipped past it (a trigger, a cascade, stray SQL) makes the transaction fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, islice
from typing import Any

from planner.errors import PlannerError
from planner.phrases import N_
from planner.store.changes import Change, Changes, RowValues
from planner.store.db import Connection

# Rows that are looked up by one statement; SQLite allows at least 999 values in one.
_AT_ONCE = 500


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
        self._merged: tuple[int, Changes] = (0, ())
        self._start = connection.total_changes
        self._beside = 0

    @property
    def changes(self) -> Changes:
        """What was written so far; several writes of one row are one change."""
        written, known = self._merged
        if written == len(self._changes):
            return known
        merged: dict[tuple[str, str], Change] = {}
        for change in self._changes:
            key = (change.table, change.id)
            earlier = merged.get(key)
            before = earlier.before if earlier else change.before
            # Re-inserted rows keep their first place, so that parents stay before children.
            merged[key] = Change(change.table, change.id, before, change.after)
        changes = tuple(change for change in merged.values() if change.before != change.after)
        self._merged = (len(self._changes), changes)
        return changes

    def put(self, table: str, values: RowValues) -> None:
        """Insert a row, or update it where it differs."""
        self._put(table, values, self.read(table, values["id"]))

    def put_all(self, table: str, rows: Iterable[RowValues]) -> None:
        """Insert rows, or update those that differ, with a statement for many of them instead of two each."""
        waiting = iter(rows)
        while batch := list(islice(waiting, _AT_ONCE)):
            found = self._read_all(table, [values["id"] for values in batch])
            fresh: dict[str, RowValues] = {}
            others = []
            for values in batch:
                if values["id"] in found or values["id"] in fresh:
                    others.append(values)
                else:
                    fresh[values["id"]] = values
            self._insert(table, fresh.values())
            for values in others:
                # A row that stands twice in the batch is read again: its first place has just been written.
                self._put(table, values, found.pop(values["id"], None) or self.read(table, values["id"]))

    def _put(self, table: str, values: RowValues, before: RowValues | None) -> None:
        if before == values:
            return
        if before is None:
            self._insert(table, [values])
            return
        changed = {name: value for name, value in values.items() if before[name] != value}
        names = ", ".join(f"{name} = ?" for name in changed)
        self._run(f"UPDATE {table} SET {names} WHERE id = ?", *changed.values(), values["id"])
        self._changes.append(Change(table, values["id"], before, {**before, **values}))

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
        for (table, was_there, stays), alike in groupby(changes, _kind_of):
            while batch := list(islice(alike, _AT_ONCE)):
                found = self._read_all(table, [change.id for change in batch])
                if any(found.get(change.id) != change.before for change in batch):
                    raise StaleStepError
                if not stays:
                    ids = [(change.id,) for change in batch]
                    self._connection.executemany(f"DELETE FROM {table} WHERE id = ?", ids)
                    self._changes += batch
                elif not was_there:
                    self._insert(table, [change.after for change in batch if change.after is not None])
                else:
                    for change in batch:
                        self._put(table, change.after or {}, change.before)

    def beside(self, sql: str, *values: Any) -> None:
        """Run a statement on a table that can be made again, which no step needs to take back."""
        self._beside += max(self._connection.execute(sql, values).rowcount, 0)

    def read(self, table: str, row_id: str) -> RowValues | None:
        """The columns of a row as they stand."""
        row = self._connection.execute(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).fetchone()
        return dict(row) if row is not None else None

    def _read_all(self, table: str, row_ids: Sequence[str]) -> dict[str, RowValues]:
        """The rows with some ids that are there."""
        marks = ", ".join("?" * len(row_ids))
        rows = self._connection.execute(f"SELECT * FROM {table} WHERE id IN ({marks})", row_ids).fetchall()
        return {row["id"]: dict(row) for row in rows}

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

    def _insert(self, table: str, rows: Iterable[RowValues]) -> None:
        """Insert rows that are not there."""
        for names, alike in groupby(rows, tuple):
            written = list(alike)
            sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            self._connection.executemany(sql, [tuple(values.values()) for values in written])
            self._changes += [Change(table, values["id"], None, dict(values)) for values in written]

    def _run(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)


def _kind_of(change: Change) -> tuple[str, bool, bool]:
    """By what changes are repeated together: the table, and whether the row was there and stays."""
    return change.table, change.before is not None, change.after is not None
