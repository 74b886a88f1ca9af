"""Tables: a view that copies what it shows, and answers why its figures are what they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from planner.compat import override
from planner.gui.asking import WHY, Answering, Why, ask
from planner.gui.labels import tabular
from planner.gui.table_model import Column, Index, TableModel
from planner.gui.theme import colours, scaled_font
from planner.i18n import _
from planner.look import GRID

__all__ = ["Column", "Index", "Table", "TableModel"]

_WIDE = 9  # how narrow a wide column may be where its texts are longer, in heights of a line

# A line break or a tab within a text would begin another row or column of a spreadsheet.
_BREAKS = re.compile(r"[\t\r\n]+")


class _Cells(QStyledItemDelegate):
    """Draws cells, and a question mark into one that can be asked: where the mouse or the keyboard is."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        table = self._table
        if table.model_columns[index.column()].made is None:
            return
        is_current = table.hasFocus() and index == table.currentIndex()
        if not is_current and index != table.hovered:
            return
        if index.data(WHY) is None:
            return
        theme, place = colours(), table.mark_place(option.rect, index)
        painter.save()
        if is_current:
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(theme.accent))
        painter.setFont(scaled_font(1.0, is_bold=True))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "?")
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        if self._table.model_columns[index.column()].made is not None:
            size.setWidth(size.width() + self._table.mark_width())
        return size


class Table(Answering, QTableView):
    """A roomy table; a cell whose column says how it was made answers why it shows what it shows.

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
        self.hovered = QModelIndex()
        if any(column.made is not None for column in model.columns):
            self.setItemDelegate(_Cells(self))
            self.setMouseTracking(True)
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
        model.modelReset.connect(lambda: self._hover(QModelIndex()))
        self._fit()

    def current(self) -> Any:  # noqa: ANN401 - whatever kind of value the table shows
        """The value of the current row, if there is one."""
        return self.values_model.value_at(self.currentIndex())

    # --- why a cell shows what it shows ---------------------------------------------------------

    @property
    def model_columns(self) -> tuple[Column[Any], ...]:
        """The columns."""
        return self.values_model.columns

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        index = self.currentIndex() if at is None else self.indexAt(at)
        if not index.isValid():
            return None
        found = index.data(WHY)
        if found is None and at is None:
            # The keyboard is on another cell of the row: its first figure is meant.
            beside = (index.siblingAtColumn(number).data(WHY) for number in self._asked(index))
            found = next(filter(None, beside), None)
        return found if isinstance(found, Why) else None

    def _asked(self, index: QModelIndex) -> list[int]:
        """The columns that answer for a row, those of amounts before those of dates."""
        row = self.values_model.value_at(index)
        columns = self.model_columns
        asked = [number for number, column in enumerate(columns) if column.made is not None]
        shown = [number for number in asked if not self.isColumnHidden(number)]
        return sorted(shown, key=lambda number: isinstance(columns[number].value(row), date))

    @override
    def fill_menu(self, menu: QMenu) -> None:
        menu.addAction(_("Copy the table")).triggered.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())

    def mark_width(self) -> int:
        """How much room the question mark takes in a cell."""
        return self.fontMetrics().horizontalAdvance("?") + GRID

    def mark_place(self, cell: QRect, index: Index) -> QRect:
        """Where the question mark stands in a cell: at the side that the text does not begin from."""
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        is_number = bool(side is not None and side & Qt.AlignmentFlag.AlignRight)
        left = cell.left() if is_number else cell.right() - self.mark_width()
        return QRect(left, cell.top(), self.mark_width(), cell.height())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        is_mark = (
            event.button() == Qt.MouseButton.LeftButton
            and index.isValid()
            and self.model_columns[index.column()].made is not None
            and self.mark_place(self.visualRect(index), index).contains(place)
        )
        super().mousePressEvent(event)
        if is_mark and not event.modifiers():
            ask(self, place)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QModelIndex())

    def _hover(self, index: QModelIndex) -> None:
        if index != self.hovered:
            before, self.hovered = self.hovered, index
            for each in (before, index):
                if each.isValid():
                    self.update(each)

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
            number: max(min(self.sizeHintForColumn(number), most), header.sectionSizeHint(number))
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
            self._copy()
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
            "\t".join(_BREAKS.sub(" ", column.words(value)) for column in model.columns)
            for value in model.values
        ]
        return "\n".join(lines)
