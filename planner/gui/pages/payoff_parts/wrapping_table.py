"""A table whose names go on in the next line, all rows as high as the longest of them needs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt

from planner.compat import override
from planner.gui.tables import Table, TableModel
from planner.look import GRID

PADDING = 3 * GRID
"""What stands beside the text of a cell, in pixels."""

_ONE_LINE, _AROUND = 1.9, 0.7  # how high a row of one line is, and what stands around several, in lines
_MOST_LINES = 4


class WrappingTable(Table):
    """A table whose names go on in the next line where there is little room.

    Attributes:
        stacked: The columns beside those of names in which several lines stand, one below the other.
    """

    stacked: frozenset[int] = frozenset()

    def __init__(self, model: TableModel[Any]) -> None:
        """Show a model."""
        self._lines = 1
        self._widths: dict[int, list[tuple[str, int]]] = {}
        self._hints: dict[int, int] = {}
        super().__init__(model)
        self.setWordWrap(True)
        model.modelAboutToBeReset.connect(self.forget_widths)
        model.modelReset.connect(self._share)

    def texts(self, column: int) -> list[tuple[str, int]]:
        """What stands in a column, and how wide each is in one line; worked out once until it changes."""
        if column not in self._widths:
            model, metrics = self.values_model, self.fontMetrics()
            words = [str(model.index(row, column).data()) for row in range(model.rowCount())]
            self._widths[column] = [(each, metrics.horizontalAdvance(each)) for each in words]
        return self._widths[column]

    def forget_widths(self) -> None:
        """Measure every text anew when it is next asked for."""
        self._widths.clear()
        self._hints.clear()

    @override
    def sizeHintForColumn(self, column: int) -> int:
        # The header asks for it at every step of a layout, and each cell takes a while.
        if column not in self._hints:
            self._hints[column] = super().sizeHintForColumn(column)
        return self._hints[column]

    def fit_lines(self) -> None:
        """Make every row high enough for the longest name as wide as its column is now."""
        shown = [each for each in (*self._wide, *self.stacked) if not self.isColumnHidden(each)]
        lines = max(map(self._lines_in, shown), default=1)
        if lines != self._lines:
            self._lines = lines
            self._fit()
            self.fit_height(self._most_rows)

    def _lines_in(self, column: int) -> int:
        """How many lines the longest text of a column needs."""
        if column in self.stacked:
            return max((text.count("\n") + 1 for text, _width in self.texts(column)), default=1)
        metrics, room = self.fontMetrics(), self.columnWidth(column) - PADDING + 1
        whole = QRect(0, 0, room, _MOST_LINES * metrics.lineSpacing())
        long = (text for text, width in self.texts(column) if width > room)
        heights = (metrics.boundingRect(whole, Qt.TextFlag.TextWordWrap, text).height() for text in long)
        return min(-(-max(heights, default=1) // metrics.lineSpacing()), _MOST_LINES)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.forget_widths()
        super().changeEvent(event)

    @override
    def _fit(self) -> None:
        lines = _AROUND + self._lines if self._lines > 1 else _ONE_LINE
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * lines))
