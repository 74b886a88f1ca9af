"""Tables: a model of values, columns that say how to show them, and a view that copies what it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from planner.compat import override
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.gui.labels import tabular
from planner.i18n import _, show
from planner.look import GRID

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
    """

    title: str
    value: Callable[[T], Any]
    shown: Callable[[Any], str] = show
    key: Callable[[T], Any] | None = None
    is_wide: bool = False


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
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        value = column.value(self.values[index.row()])
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return column.shown(value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(column.title)}: {column.shown(value)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_number = isinstance(value.low if isinstance(value, Span) else value, _NUMBERS)
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

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
        self._order(column, order)
        self.layoutChanged.emit()

    def _order(self, number: int, order: Qt.SortOrder) -> None:
        column = self.columns[number]
        key = column.key or column.value
        self.values.sort(
            key=lambda value: _sortable(key(value)), reverse=order is Qt.SortOrder.DescendingOrder
        )


def _sortable(value: Any) -> tuple[Any, ...]:
    """A key that also orders values of different kinds and unknown ones, which come last."""
    if isinstance(value, Span):
        value = value.high
    if value is None:
        return (3,)
    if isinstance(value, Money):
        return (0, value.currency, value.minor)
    if isinstance(value, Rate):
        return (0, "", value.yearly)
    if isinstance(value, (int, Decimal)):
        return (0, "", value)
    if isinstance(value, date):
        return (1, value.isoformat())
    return (2, show(value))


class Table(QTableView):
    """A roomy table.

    Signals:
        chosen: A value was activated by double click or Return.
        selected: Another value is current, or None.
    """

    chosen = Signal(object)
    selected = Signal(object)

    def __init__(self, model: TableModel[Any]) -> None:
        """Show a model."""
        super().__init__()
        self.values_model = model
        self.setModel(model)
        self.setFont(tabular(self.font()))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for number, column in enumerate(model.columns):
            mode = (
                QHeaderView.ResizeMode.Stretch if column.is_wide else QHeaderView.ResizeMode.ResizeToContents
            )
            header.setSectionResizeMode(number, mode)
        self.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(lambda index: self.chosen.emit(model.value_at(index)))
        self.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.selected.emit(model.value_at(now))
        )
        model.modelReset.connect(self._fit)
        self._fit()

    def current(self) -> Any:
        """The value of the current row, if there is one."""
        return self.values_model.value_at(self.currentIndex())

    def select(self, wanted: Callable[[Any], bool]) -> bool:
        """Make the first value that fits current; False if there is none."""
        for row, value in enumerate(self.values_model.values):
            if wanted(value):
                self.setCurrentIndex(self.values_model.index(row, 0))
                self.scrollTo(self.values_model.index(row, 0))
                return True
        return False

    def fit_height(self, most: int = 12) -> None:
        """Be as high as the rows, up to so many; the page scrolls instead of the table."""
        rows = min(max(self.values_model.rowCount(), 1), most)
        height = (
            rows * self.verticalHeader().defaultSectionSize() + self.horizontalHeader().sizeHint().height()
        )
        bar = self.horizontalScrollBar().sizeHint().height() if self.horizontalScrollBar().maximum() else 0
        self.setFixedHeight(height + bar + GRID)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.9))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current() is not None:
            self.chosen.emit(self.current())
        else:
            super().keyPressEvent(event)

    def as_text(self) -> str:
        """The whole table as tab-separated text, for a spreadsheet."""
        model = self.values_model
        lines = ["\t".join(_(column.title) for column in model.columns)]
        lines += [
            "\t".join(column.shown(column.value(value)) for column in model.columns) for value in model.values
        ]
        return "\n".join(lines)
