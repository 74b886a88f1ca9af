"""What a line that Qt itself draws has in common with the others: its size, its name, the ground below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.compat import override
from planner.gui.asking import Answering, hint
from planner.gui.theme import colours
from planner.look import GRID

LINE = 2.0
_HEIGHT = 9  # in heights of a line of text


class DrawnLine(Answering, QWidget):
    """A chart without a chart library, as wide as there is room, that can be asked."""

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, name: str, words: str) -> None:
        """Tell those who do not see it what it is, and all that see it how to ask.

        Args:
            name: What it is.
            words: It in words.
        """
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        self.setToolTip(hint())

    @override
    def sizeHint(self) -> QSize:
        return QSize(40 * GRID, _HEIGHT * self.fontMetrics().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(20 * GRID, _HEIGHT * self.fontMetrics().height())


def paint_ground(painter: QPainter, plot: QRectF, line: Sequence[QPointF]) -> None:
    """Paint the axis, and the tint between it and a line.

    Args:
        painter: What paints.
        plot: Where the line stands; its lower edge is the axis.
        line: The line, from the left edge of the plot on.
    """
    theme = colours()
    tint = QColor(theme.band)
    tint.setAlphaF(0.25)
    below = [QPointF(line[-1].x(), plot.bottom()), QPointF(plot.left(), plot.bottom())]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawPolygon(QPolygonF([*line, *below]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.line), 1.0))
    painter.drawLine(plot.bottomLeft(), plot.bottomRight())
