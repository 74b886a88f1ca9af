"""A table seen as domain values."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from planner.store.changes import RowValues
from planner.store.db import Row

if TYPE_CHECKING:
    from planner.store.store import Store


class HasId(Protocol):
    """A value with an identity."""

    @property
    def id(self) -> str:
        """Its identity."""


T = TypeVar("T", bound=HasId)

# Values whose parts are looked up by one statement; SQLite allows at least 999 values in one.
_AT_ONCE = 500

Children = Mapping[str, Sequence[Row]]


class Repository(ABC, Generic[T]):
    """A table of one kind of value, with the tables of what belongs to each.

    Attributes:
        table: The table.
        order: How values are sorted when several are read.
        parts: The tables whose rows belong to one value, and the column that names it.
    """

    table: ClassVar[str]
    order: ClassVar[str] = "rowid"
    parts: ClassVar[Mapping[str, str]] = {}

    def __init__(self, store: Store) -> None:
        """Read and write through a store."""
        self._store = store

    def all(self) -> list[T]:
        """Every value."""
        return self._select("1")

    def of_account(self, account_id: str) -> list[T]:
        """The values of one account."""
        return self._select("account_id = ?", account_id)

    def find(self, value_id: str) -> T | None:
        """The value with that id, if there is one."""
        return next(iter(self._select("id = ?", value_id)), None)

    def get(self, value_id: str) -> T:
        """The value with that id.

        Raises:
            KeyError: There is none.
        """
        value = self.find(value_id)
        if value is None:
            raise KeyError(value_id)
        return value

    def count(self) -> int:
        """How many there are."""
        row = self._store.connection.execute(f"SELECT count(*) FROM {self.table}").fetchone()
        return int(row[0])

    def save(self, value: T) -> None:
        """Insert or update a value and what belongs to it."""
        journal = self._store.journal
        journal.put(self.table, self.to_row(value))
        for table, rows in self.part_rows(value).items():
            kept = {row["id"] for row in rows}
            for row in self._part(table, "= ?", value.id):
                if row["id"] not in kept:
                    journal.delete(table, row["id"])
            for position, part in enumerate(rows):
                journal.put(table, {**part, self.parts[table]: value.id, "position": position})

    def save_all(self, values: Iterable[T]) -> None:
        """Insert or update several values, each once, and what belongs to them."""
        journal = self._store.journal
        kept = {value.id: value for value in values}
        journal.put_all(self.table, map(self.to_row, kept.values()))
        if not self.parts:
            return
        part_rows = {value_id: self.part_rows(value) for value_id, value in kept.items()}
        for table, parent in self.parts.items():
            rows = [
                {**part, parent: value_id, "position": position}
                for value_id, tables in part_rows.items()
                for position, part in enumerate(tables[table])
            ]
            wanted = {row["id"] for row in rows}
            ids = list(kept)
            for start in range(0, len(ids), _AT_ONCE):
                batch = ids[start : start + _AT_ONCE]
                for row in self._part(table, f"IN ({', '.join('?' * len(batch))})", *batch):
                    if row["id"] not in wanted:
                        journal.delete(table, row["id"])
            journal.put_all(table, rows)

    def delete(self, value_id: str) -> None:
        """Delete a value and what belongs to it, if it is there."""
        for table in self.parts:
            for row in self._part(table, "= ?", value_id):
                self._store.journal.delete(table, row["id"])
        self._store.journal.delete(self.table, value_id)

    def _select(self, where: str, *values: Any, rows_where: Mapping[str, str] | None = None) -> list[T]:
        """The values for which a condition holds, with what belongs to them."""
        execute = self._store.connection.execute
        rows = execute(f"SELECT * FROM {self.table} WHERE {where} ORDER BY {self.order}", values).fetchall()
        if not self.parts:
            return [self.from_row(row, {}) for row in rows]
        if not rows:
            return []
        grouped: dict[str, dict[str, list[Row]]] = {}
        inner = f"IN (SELECT id FROM {self.table} WHERE {where})"
        for table, parent in self.parts.items():
            groups = grouped.setdefault(table, {})
            for part in self._part(table, inner, *values, more=(rows_where or {}).get(table, "")):
                groups.setdefault(part[parent], []).append(part)
        return [
            self.from_row(row, {table: grouped[table].get(row["id"], ()) for table in self.parts})
            for row in rows
        ]

    def _part(self, table: str, parent_is: str, *values: Any, more: str = "") -> list[Row]:
        sql = f"SELECT * FROM {table} WHERE {self.parts[table]} {parent_is} {more} ORDER BY position"
        return self._store.connection.execute(sql, values).fetchall()

    def part_rows(self, value: T) -> Mapping[str, Sequence[RowValues]]:  # noqa: ARG002 - most have no parts
        """The rows of what belongs to a value, by table, without parent and position."""
        return {}

    @staticmethod
    @abstractmethod
    def to_row(value: T) -> RowValues:
        """The columns of a value; the mirror image of ``from_row``."""

    @staticmethod
    @abstractmethod
    def from_row(row: Row, parts: Children) -> T:
        """The value in a row and the rows that belong to it."""
