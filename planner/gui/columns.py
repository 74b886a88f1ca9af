"""A layout of equal columns: as many as there is room for, one below the other where there is little."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QLayout, QLayoutItem

from planner.compat import override
from planner.look import GRID


class Columns(QLayout):
    """Widgets in equal columns, row by row; hidden ones leave no gap."""

    def __init__(self, least: int, most: int = 4, *, is_even: bool = False) -> None:
        """Start without widgets.

        Args:
            least: How narrow a column may be, in heights of a line of text.
            most: How many columns there may be.
            is_even: Whether the widgets of a row are all as high as the highest.
        """
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._least, self._most, self._is_even = least, most, is_even
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_trial=False)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, is_trial: bool) -> int:
        """Place the widgets within a rectangle, or only find out how high that would be."""
        items = [item for item in self._items if not item.isEmpty()]
        if not items:
            return 0
        gap = 2 * GRID
        line = QFontMetrics(QGuiApplication.font()).height()
        fitting = (rect.width() + gap) // (self._least * line + gap)
        count = max(min(self._most, len(items), fitting), 1)
        # The last column ends where the rectangle does: what does not divide is spread over all of them.
        edges = [(rect.width() + gap) * place // count for place in range(count + 1)]
        y = rect.y()
        for start in range(0, len(items), count):
            row = items[start : start + count]
            widths = [edges[place + 1] - edges[place] - gap for place in range(len(row))]
            heights = [
                item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
                for item, width in zip(row, widths, strict=True)
            ]
            if not is_trial:
                for item, left, width, own in zip(row, edges, widths, heights, strict=False):
                    size = QSize(width, max(heights) if self._is_even else own)
                    item.setGeometry(QRect(QPoint(rect.x() + left, y), size))
            y += max(heights) + gap
        return y - gap - rect.y()
