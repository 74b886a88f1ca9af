"""What is still owed month by month: with the minimum, and with payments that are over sooner."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF

from planner.compat import override
from planner.domain.minimum.figures import MinimumCost
from planner.domain.minimum.path import Path
from planner.domain.money import Money
from planner.gui.asking import Why, why
from planner.gui.drawn_line import LINE, DrawnLine, paint_ground
from planner.gui.theme import colours, scaled_font
from planner.i18n import explain, show
from planner.look import GRID, SMALL_SIZE
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class MinimumLine:
    """One line of the chart.

    Attributes:
        owed: What is owed at the beginning and after each month, in minor units.
        is_steady: Whether it is a steady payment, which is drawn dashed.
    """

    owed: tuple[int, ...]
    is_steady: bool = False

    @classmethod
    def of(cls, path: Path, *, is_steady: bool = False) -> MinimumLine:
        """The line of a path."""
        return cls((path.rows[0].owed.minor, *(row.left.minor for row in path.rows)), is_steady)

    @property
    def months(self) -> int:
        """How many months it has."""
        return len(self.owed) - 1


def lines_of(cost: MinimumCost) -> tuple[MinimumLine, ...]:
    """The minimum at both ends, then the steady payments at the dearest.

    Beside a line that never ends, the others are as long as what of it is known.
    """
    lines = [MinimumLine.of(end.path) for end in cost.ends]
    steady = [faster.steady for faster in cost.ends[-1].faster] if cost.ends else []
    lines += [MinimumLine.of(one.path, is_steady=True) for one in steady if one is not None]
    endless = [line.months for line in lines if line.owed[-1]]
    most = min(endless) if endless else max((line.months for line in lines), default=0)
    return tuple(replace(line, owed=line.owed[: most + 1]) for line in lines)


class MinimumChart(DrawnLine):
    """The balance by month.

    Attributes:
        lines: What is drawn.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.lines: tuple[MinimumLine, ...] = ()
        self._owed = Money(0, "CNY")
        self._cost = MinimumCost()

    def show_cost(self, cost: MinimumCost, name: str, words: str) -> None:
        """Draw another cost.

        Args:
            cost: What paying only the minimum comes to.
            name: What the chart is, for those who do not see it.
            words: The chart in words, for them as well.
        """
        self._cost, self.lines = cost, lines_of(cost)
        if cost.high is not None:
            self._owed = cost.high.debt.amount
        self.set_words(name, words)
        self.update()

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        if not self.lines:
            return None
        return why(self.accessibleName(), self._cost.made(self._owed))

    def plot(self) -> QRectF:
        """Where the lines stand: room for a label above and for the months below."""
        line = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(LINE, 1.5 * line, -LINE, -1.5 * line)

    def place(self, month: int, minor: int) -> QPointF:
        """Where an amount in a month stands in the widget."""
        plot = self.plot()
        months = max(line.months for line in self.lines)
        most = max(max(line.owed) for line in self.lines)
        across = plot.width() * month / max(months, 1)
        return QPointF(plot.left() + across, plot.bottom() - plot.height() * minor / max(most, 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.lines:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        minimum = [line for line in self.lines if not line.is_steady]
        paint_ground(painter, self.plot(), self._points(minimum[-1]))  # under the dearest
        for line in self.lines:
            self._paint_line(painter, line)
        self._paint_amounts(painter)
        self._paint_months(painter)
        painter.end()

    def _points(self, line: MinimumLine) -> list[QPointF]:
        return [self.place(month, minor) for month, minor in enumerate(line.owed)]

    def _paint_line(self, painter: QPainter, line: MinimumLine) -> None:
        theme = colours()
        pen = QPen(QColor(theme.text if line.is_steady else theme.accent), LINE)
        if line.is_steady:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(self._points(line)))

    def _paint_amounts(self, painter: QPainter) -> None:
        """What is owed at first, and at the end where that is something."""
        painter.setFont(scaled_font(1.0, is_bold=True))
        painter.setPen(QColor(colours().text))
        metrics = QFontMetricsF(painter.font())
        last = next(line for line in reversed(self.lines) if not line.is_steady)
        texts = [(0.0, show(self._owed), self.place(0, last.owed[0]))]
        if last.owed[-1]:
            text = show(Money(last.owed[-1], self._owed.currency))
            left = self.width() - metrics.horizontalAdvance(text) - 4
            texts.append((left, text, self.place(last.months, last.owed[-1])))
        for left, text, point in texts:
            width, height = metrics.horizontalAdvance(text) + 4, metrics.height()
            box = QRectF(left, max(point.y() - height - GRID / 2, 0), width, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_months(self, painter: QPainter) -> None:
        """After how many months each line ends: the longest first, the others where there is room."""
        painter.setFont(scaled_font(SMALL_SIZE))
        painter.setPen(QColor(colours().quiet))
        metrics, bottom = QFontMetricsF(painter.font()), self.plot().bottom()
        taken: list[QRectF] = []
        for months in sorted({line.months for line in self.lines}, reverse=True):
            text = explain(Phrase.counted("{count} month", "{count} months", months))
            width = metrics.horizontalAdvance(text) + 4
            middle = self.place(months, 0).x()
            left = min(max(middle - width / 2, 0.0), self.width() - width)
            box = QRectF(left, bottom + GRID / 2, width, metrics.height() + 2)
            if any(box.adjusted(-GRID, 0, GRID, 0).intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
