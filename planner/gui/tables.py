"""Tables: a model of values, columns that say how to show them, and a view that copies what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
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

_WIDE = 9  # how narrow a wide column may be where its texts are longer, in heights of a line
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
    """

    title: str
    value: Callable[[T], Any]
    shown: Callable[[Any], str] = show
    key: Callable[[T], Any] | None = None
    is_wide: bool = False
    is_number: bool = False


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
            side = (
                Qt.AlignmentFlag.AlignRight if is_number or column.is_number else Qt.AlignmentFlag.AlignLeft
            )
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


# A line break or a tab within a text would begin another row or column of a spreadsheet.
_BREAKS = re.compile(r"[\t\r\n]+")

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
        self._most_rows = 0  # how many rows it is at most as high as; 0 for as high as there is room
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
            if not column.is_wide:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.ResizeToContents)
        self._wide = [number for number, column in enumerate(model.columns) if column.is_wide]
        # Queued: when it says so, the header has not added up its length yet.
        follow = self._share if self._wide else self._narrow
        header.sectionResized.connect(follow, Qt.ConnectionType.QueuedConnection)
        self.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(lambda index: self.chosen.emit(model.value_at(index)))
        self.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.selected.emit(model.value_at(now))
        )
        model.modelReset.connect(self._fit)
        self._fit()

    def current(self) -> Any:  # noqa: ANN401 - whatever kind of value the table shows
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
        if not self._most_rows:
            # The bar below comes and goes with the width, and takes its room from the rows.
            self.horizontalScrollBar().rangeChanged.connect(self._be_as_high)
        self._most_rows = most
        self._be_as_high()

    def _be_as_high(self) -> None:
        rows, most = self.values_model.rowCount(), self._most_rows
        never, may = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(may if rows > most else never)
        height = min(max(rows, 1), most) * self.verticalHeader().defaultSectionSize()
        height += self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar().sizeHint().height() if self.horizontalScrollBar().maximum() else 0
        self.setFixedHeight(height + bar + GRID)

    def _share(self) -> None:
        """Share what room is left among the wide columns; where there is little, one scrolls to the rest."""
        header = self.horizontalHeader()
        wide = [number for number in self._wide if not self.isColumnHidden(number)]
        if not wide:
            return
        others = sum(
            header.sectionSize(number) for number in range(header.count()) if number not in self._wide
        )
        room = self.viewport().width()
        most = room * 2 // 5
        wanted = {
            number: min(max(self.sizeHintForColumn(number), header.sectionSizeHint(number)), most)
            for number in wide
        }
        least = min(_WIDE * self.fontMetrics().height(), max(wanted.values()))
        has_room = (room - others) // len(wide) >= least
        mode = QHeaderView.ResizeMode.Stretch if has_room else QHeaderView.ResizeMode.Fixed
        for number in wide:
            if header.sectionResizeMode(number) != mode:
                header.setSectionResizeMode(number, mode)
            if not has_room:
                # One scrolls anyway: then what a row is about is read in full, if it is not too long.
                header.resizeSection(number, wanted[number])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _narrow(self) -> None:
        """Be no wider than the columns: amounts far from what they belong to are hard to read."""
        frame = 2 * self.frameWidth() + GRID // 2
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMaximumWidth(self.horizontalHeader().length() + frame + bar)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.9))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()
            if self._most_rows:
                self.fit_height(self._most_rows)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current() is not None:
            self.chosen.emit(self.current())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # Qt would look for a row that begins with it
        else:
            super().keyPressEvent(event)

    def as_text(self) -> str:
        """The whole table as tab-separated text, for a spreadsheet."""
        model = self.values_model
        lines = ["\t".join(_(column.title) for column in model.columns)]
        lines += [
            "\t".join(_BREAKS.sub(" ", column.shown(column.value(value))) for column in model.columns)
            for value in model.values
        ]
        return "\n".join(lines)
