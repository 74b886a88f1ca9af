"""A list of dues that can be ticked, as high as what is in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent

from planner.compat import override
from planner.gui.asking import AnsweringList
from planner.look import GRID

_MOST_ROWS = 7


class DueList(AnsweringList):
    """As high as what can be ticked, up to so many; a long name takes two lines."""

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.setWordWrap(True)
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
