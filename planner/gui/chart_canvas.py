"""Where a chart is painted in a window: the only window code that imports matplotlib.

It may be imported in any thread; ``tasks.warm_charts`` does so before the first chart is asked for.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from planner.charts.style import drawing
from planner.compat import override
from planner.gui.asking import ask, is_question

# Ours stands first: it says where matplotlib keeps its list of fonts.
# isort: split
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg  # noqa: TID253 - who imports this wants to draw
from matplotlib.figure import Figure  # noqa: TID253 - as above

__all__ = ["ChartCanvas", "drawing"]


class ChartCanvas(FigureCanvasQTAgg):
    """A figure as a widget, as high as the figure wants to be."""

    def __init__(self, figure: Figure) -> None:
        """Show a figure made for this screen's pixels per inch."""
        height = round(float(figure.get_figheight()) * figure.dpi)
        super().__init__(figure)  # type: ignore[no-untyped-call]  # matplotlib's
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @override
    def draw(self) -> None:
        with drawing():  # some settings, such as how letters are fitted to pixels, are read while painting
            super().draw()  # type: ignore[no-untyped-call]  # matplotlib's

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not (is_question(event) and ask(self, event.position().toPoint())):
            super().mousePressEvent(event)  # type: ignore[no-untyped-call]  # matplotlib's

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page around it scrolls
