"""A table whose names go on in the next line, all rows as high as the longest of them needs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt

from planner.compat import override
from planner.gui.tables import Table, TableModel
from planner.look import GRID

PADDING = 3 * GRID
"""What stands beside the text of a cell, in pixels."""

_ONE_LINE, _AROUND = 1.9, 0.7  # how high a row of one line is, and what stands around several, in lines
_MOST_LINES = 4


class WrappingTable(Table):
    """A table whose names go on in the next line where there is little room."""

    def __init__(self, model: TableModel[Any]) -> None:
        """Show a model."""
        self._lines = 1
        super().__init__(model)
        self.setWordWrap(True)
        model.modelReset.connect(self._share)

    def fit_lines(self) -> None:
        """Make every row high enough for the longest name as wide as its column is now."""
        model, columns = self.values_model, range(len(self.model_columns))
        shown = [number for number in columns if not self.isColumnHidden(number)]
        rows = range(model.rowCount())
        lines = max((self._lines_of(model.index(row, each)) for row in rows for each in shown), default=1)
        if lines != self._lines:
            self._lines = lines
            self._fit()
            self.fit_height(self._most_rows)

    def _lines_of(self, index: QModelIndex) -> int:
        metrics, width = self.fontMetrics(), self.columnWidth(index.column()) - PADDING + 1
        if not self.values_model.columns[index.column()].is_wide:
            return str(index.data()).count("\n") + 1
        room = QRect(0, 0, width, _MOST_LINES * metrics.lineSpacing())
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data())).height()
        return min(-(-needed // metrics.lineSpacing()), _MOST_LINES)

    @override
    def _fit(self) -> None:
        lines = _AROUND + self._lines if self._lines > 1 else _ONE_LINE
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * lines))
