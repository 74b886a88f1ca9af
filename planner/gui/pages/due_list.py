"""A list of dues that can be ticked, as high as what is in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from planner.compat import override
from planner.gui.asking import AnsweringList
from planner.gui.tables import Index
from planner.look import GRID

_MOST_ROWS = 7


class _Boxed(QStyledItemDelegate):
    """Breaks a line before the box beside it and the room around it cut it off, which Qt leaves out."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        inner = QStyleOptionViewItem(option)
        self.initStyleOption(inner, index)
        style = inner.widget.style()
        of_text = QStyle.SubElement.SE_ItemViewItemText
        taken = inner.rect.width() - style.subElementRect(of_text, inner, inner.widget).width()
        narrower = QStyleOptionViewItem(option)
        narrower.rect = inner.rect.adjusted(0, 0, -max(taken, 0) - GRID, 0)
        return super().sizeHint(narrower, index)


class DueList(AnsweringList):
    """As high as what can be ticked, up to so many; a long name takes two lines."""

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.setWordWrap(True)
        self.setItemDelegate(_Boxed(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit_height(self) -> None:
        """Follow what is in it and how wide it is."""
        self.doItemsLayout()  # else it says how high the rows were at another width
        rows = min(self.count(), _MOST_ROWS)
        heights = sum(self.visualItemRect(self.item(row)).height() for row in range(rows))
        self.setFixedHeight(max(heights, 3 * GRID) + 2 * self.frameWidth() + GRID // 2)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_height()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit_height()
