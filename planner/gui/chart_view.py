"""A chart in a window, and the one click that makes a PDF of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.charts import Maker
from planner.compat import override
from planner.gui.asking import Answering, Why, hint
from planner.gui.labels import LinkButton, quiet_label
from planner.gui.theme import colours
from planner.i18n import _
from planner.look import GRID

if TYPE_CHECKING:
    from planner.gui.chart_canvas import ChartCanvas

# The size of a report's text in points, which a chart's scale of one stands for.
_BODY = 9.0
_PAUSE_MS = 60
_LEAST_WIDTH = 30 * GRID
# What changes how a chart looks, whoever changed it.
_LOOKS = {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange}


class ChartView(Answering, QWidget):
    """A chart, drawn in the window's colours and type and as wide as there is room.

    Attributes:
        canvas: What is painted; None until the first chart is shown.
        save_button: Asks for a file and makes a PDF of the chart.
        note: What came of that.
    """

    def __init__(self) -> None:
        """Build it empty; nothing is imported until a chart is drawn."""
        super().__init__()
        self.canvas: ChartCanvas | None = None
        self.title = ""
        self._make: Maker | None = None
        self._told: Callable[[], Why | None] | None = None
        self._is_stale = False
        self._drawn_width = 0
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._render)
        self.save_button = LinkButton()
        self.save_button.clicked.connect(self._save)
        self.note = quiet_label()
        self.note.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2, 2, 2, 2)
        self._column.setSpacing(GRID // 2)
        self._column.addWidget(self.save_button)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that its description is read aloud
        self._say()

    def draw(
        self, make: Maker, description: str, title: str = "", told: Callable[[], Why | None] | None = None
    ) -> None:
        """Show another chart, now or when it becomes visible.

        Args:
            make: Makes the figure in some colours and at a text scale.
            description: The chart in words, from the same result.
            title: What it is, for the PDF and its file name.
            told: Tells why the figures in it are what they are.
        """
        self._make, self._told = make, told
        self.title = title
        self.setAccessibleName(title or _("Chart"))
        self.setAccessibleDescription(description)
        self.setToolTip(hint() if told is not None else "")
        self.note.hide()
        self._say()
        self._ask()

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        return self._told() if self._told is not None else None

    def _save(self) -> None:
        if self._make is None:
            return
        from planner.gui.saving import choose_pdf, saved_words  # noqa: PLC0415 - nobody needs it before they save
        from planner.reports.chart_pdf import chart_pdf  # noqa: PLC0415 - as above

        path = choose_pdf(self, _("Save chart as PDF"), self.title or _("Chart"))
        if path is not None:
            self.note.setText(saved_words(path, partial(chart_pdf, self._make, self.title)))
            self.note.show()

    def _say(self) -> None:
        self.save_button.setText(_("Save chart as PDF"))
        self.save_button.setEnabled(self._make is not None)

    def _ask(self) -> None:
        """Draw soon: several changes at once make one drawing."""
        self._is_stale = True
        if self.isVisible() and self._make is not None:
            self._timer.start()

    def _render(self) -> None:
        if self._make is None or not self.isVisible() or not self._is_stale:
            return
        from planner.gui.chart_canvas import ChartCanvas, drawing  # noqa: PLC0415 - half a second, at first

        self._is_stale = False
        dpi = self.logicalDpiX()
        self._drawn_width = self.width()
        with drawing(width=self._drawn_width / dpi, dpi=dpi):
            figure = self._make(colours(), self.font().pointSizeF() / _BODY)
        before, self.canvas = self.canvas, ChartCanvas(figure)
        self._column.insertWidget(0, self.canvas)
        if before is not None:
            self._column.removeWidget(before)
            before.hide()
            before.deleteLater()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale and self._make is not None:
            self._timer.start(0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() != self._drawn_width:
            self._ask()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._ask()
        elif event.type() == QEvent.Type.LanguageChange:
            self._say()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.accessibleDescription())
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRect(QRect(QPoint(1, 1), self.size()).adjusted(0, 0, -2, -2))
            painter.end()
