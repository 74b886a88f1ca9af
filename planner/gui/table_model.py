"""Values as the rows of a table, and columns that say how to show them and how they were made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from planner.compat import override
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.gui.asking import WHY, Why, hint, why
from planner.i18n import _, show

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex

_NUMBERS = (int, Decimal, Money, Rate)


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column.

    Attributes:
        title: Its heading, a msgid.
        value: What of a value it shows.
        shown: How that is written; the reader's usual way unless told otherwise.
        key: What it is sorted by; what it shows unless told otherwise.
        is_wide: Whether it takes the room that is left.
        is_number: Whether it stands at the right like numbers, though it is written as text.
        made: How what it shows of a value was made: a result, or a phrase with results in it.
    """

    title: str
    value: Callable[[T], Any]
    shown: Callable[[Any], str] = show
    key: Callable[[T], Any] | None = None
    is_wide: bool = False
    is_number: bool = False
    made: Callable[[T], object] | None = None

    def words(self, row: T) -> str:
        """What it shows of a value, as the reader writes it."""
        return self.shown(self.value(row))

    def why(self, row: T) -> Why | None:
        """Why what it shows of a value is what it is."""
        return why(_(self.title), self.made(row)) if self.made is not None else None

    def tip(self, row: T) -> str:
        """The same as its words, and how to ask where it can be asked."""
        return f"{self.words(row)}\n{hint()}" if self.why(row) is not None else self.words(row)

    def side(self, row: T) -> Qt.AlignmentFlag:
        """Where it stands in its cell."""
        value = self.value(row)
        is_number = isinstance(value.low if isinstance(value, Span) else value, _NUMBERS)
        side = Qt.AlignmentFlag.AlignRight if is_number or self.is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


_ROLES: dict[int, Callable[[Column[Any], Any], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, row: column.words(row),
    Qt.ItemDataRole.ToolTipRole: lambda column, row: column.tip(row),
    Qt.ItemDataRole.AccessibleTextRole: lambda column, row: f"{_(column.title)}: {column.words(row)}",
    Qt.ItemDataRole.AccessibleDescriptionRole: lambda column, row: hint() if column.why(row) else None,
    Qt.ItemDataRole.TextAlignmentRole: lambda column, row: column.side(row),
    WHY: lambda column, row: column.why(row),
}


class TableModel(QAbstractTableModel, Generic[T]):
    """Values as rows."""

    def __init__(self, columns: Sequence[Column[T]]) -> None:
        """Take the columns; the values come later."""
        super().__init__()
        self.columns = tuple(columns)
        self.values: list[T] = []
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def set_values(self, values: Sequence[T]) -> None:
        """Show other values, in the order the user chose if there is one."""
        self.beginResetModel()
        self.values = list(values)
        if self._sorted_by is not None:
            self._order(*self._sorted_by)
        self.endResetModel()

    def value_at(self, index: Index) -> T | None:
        """The value in a row, if there is one."""
        return self.values[index.row()] if index.isValid() and index.row() < len(self.values) else None

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.values)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        told = _ROLES.get(role) if index.isValid() else None
        return told(self.columns[index.column()], self.values[index.row()]) if told is not None else None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole and self.values:
            return self.data(self.index(0, section), role)
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            self._sorted_by = None
            return
        self.layoutAboutToBeChanged.emit()
        self._sorted_by = (column, order)
        before = self.values
        self._order(column, order)
        # What is current and selected moves with its value.
        rows = {id(value): row for row, value in enumerate(self.values)}
        for index in self.persistentIndexList():
            moved = self.index(rows[id(before[index.row()])], index.column())
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()

    def _order(self, number: int, order: Qt.SortOrder) -> None:
        column = self.columns[number]
        key = column.key or column.value
        keys = {id(value): _sortable(key(value)) for value in self.values}
        known = [value for value in self.values if keys[id(value)] != _UNKNOWN]
        unknown = [value for value in self.values if keys[id(value)] == _UNKNOWN]
        known.sort(key=lambda value: keys[id(value)], reverse=order is Qt.SortOrder.DescendingOrder)
        self.values = known + unknown


# Unknown values come last, whichever way the others are sorted.
_UNKNOWN = (3,)


def _sortable(value: object) -> tuple[Any, ...]:
    """A key that also orders values of different kinds."""
    if isinstance(value, Span):
        value = value.high
    if value is None:
        return _UNKNOWN
    if isinstance(value, Money):
        return (0, value.currency, value.minor)
    if isinstance(value, Rate):
        return (0, "", value.yearly)
    if isinstance(value, (int, Decimal)):
        return (0, "", value)
    if isinstance(value, date):
        return (1, value.isoformat())
    return (2, show(value).casefold())
