"""What is still owed over the next 90 days, drawn by Qt itself: the first page needs no chart library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.charts.balance import describe_balance
from planner.compat import override
from planner.gui.asking import Why, why
from planner.gui.drawn_line import LINE, DrawnLine, paint_ground
from planner.gui.labels import LinkButton, heading_label, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.theme import colours, scaled_font
from planner.i18n import DateStyle, _, explain, show, show_date
from planner.look import GRID, SMALL_SIZE
from planner.services.balance import BalancePoint

if TYPE_CHECKING:
    from planner.services.today import TodayView

_DOT = 3.5
_RING = 6.0  # around the point that has the keyboard


class BalanceLine(DrawnLine):
    """What is owed, in steps: the ends are labelled, and the steps where there is room.

    The left and right keys go from point to point; the one they are on, or under the mouse, can be asked.

    Attributes:
        points: What is owed at the end of each day on which it changes, and at both ends.
        chosen: Which of them has the keyboard.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.points: tuple[BalancePoint, ...] = ()
        self.chosen = 0
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_points(self, points: Sequence[BalancePoint], name: str, words: str) -> None:
        """Draw other points.

        Args:
            points: By day; two of one day are a step on that day.
            name: What the line is, for those who do not see it.
            words: The line in words, for them as well.
        """
        self.points = tuple(points)
        self.chosen = 0
        self._words = words
        self.set_words(name, words)
        self.updateGeometry()
        self.update()

    def plot(self) -> QRectF:
        """Where the line itself stands: room for a label above and for the dates below."""
        line = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(_DOT + 1, 1.6 * line, -_DOT - 1, -1.8 * line)

    def place_of(self, point: BalancePoint) -> QPointF:
        """Where a point stands in the widget."""
        plot = self.plot()
        first, last = self.points[0].day, self.points[-1].day
        most = max(each.owed.minor for each in self.points) or 1
        across = (point.day - first).days / max((last - first).days, 1)
        return QPointF(
            plot.left() + plot.width() * across, plot.bottom() - plot.height() * point.owed.minor / most
        )

    @override
    def answer(self, at: QPoint | None = None) -> Why | None:
        if not self.points:
            return None
        number = self.chosen
        if at is not None:
            places = [self.place_of(point).x() for point in self.points]
            number = min(range(len(places)), key=lambda each: abs(places[each] - at.x()))
        point = self.points[number]
        return why(_("Owed on {date}").format(date=show(point.day)), point.made)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self.points:
            super().keyPressEvent(event)
            return
        self.chosen = min(max(self.chosen + step, 0), len(self.points) - 1)
        point = self.points[self.chosen]
        words = _("{amount} on {date}").format(amount=show(point.owed), date=show(point.day))
        self.setAccessibleDescription(f"{words}. {self._words}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self._steps()
        self._paint_line(painter, line)
        self._paint_labels(painter)
        self._paint_dates(painter)
        painter.end()

    def _steps(self) -> list[QPointF]:
        corners: list[QPointF] = []
        for point in self.points:
            place = self.place_of(point)
            if corners:
                corners.append(QPointF(place.x(), corners[-1].y()))
            corners.append(place)
        return corners

    def _paint_line(self, painter: QPainter, line: list[QPointF]) -> None:
        theme = colours()
        paint_ground(painter, self.plot(), line)
        pen = QPen(QColor(theme.accent), LINE)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(line))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        for point in self.points:
            painter.drawEllipse(self.place_of(point), _DOT, _DOT)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), LINE))
            painter.setBrush(QColor(theme.surface))
            painter.drawEllipse(self.place_of(self.points[self.chosen]), _RING, _RING)

    def _paint_labels(self, painter: QPainter) -> None:
        """The two ends first; then each step whose label touches none that is there."""
        theme, bold, small = colours(), scaled_font(1.0, is_bold=True), scaled_font(SMALL_SIZE)
        taken: list[QRectF] = []
        ends = (self.points[0], self.points[-1])
        for number, point in enumerate((*ends, *self.points[1:-1])):
            is_end = number < len(ends)
            if not is_end and point.owed in {ends[0].owed, ends[1].owed}:
                continue
            painter.setFont(bold if is_end else small)
            painter.setPen(QColor(theme.text if is_end else theme.quiet))
            box = self._box(QFontMetricsF(painter.font()), point, is_last=number == 1)
            if any(box.intersects(other) for other in taken) or box.right() > self.width():
                continue
            taken.append(box)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, show(point.owed))

    def _box(self, metrics: QFontMetricsF, point: BalancePoint, *, is_last: bool) -> QRectF:
        """Where the label of a point stands: above the line at its right; the last one’s at its left."""
        place = self.place_of(point)
        width = metrics.horizontalAdvance(show(point.owed)) + 4
        is_first = point is self.points[0]
        left = self.width() - width if is_last else 0.0 if is_first else place.x() + LINE
        corners = [corner.y() for corner in self._steps() if is_last and corner.x() >= left - _DOT]
        return QRectF(left, min([place.y(), *corners]) - metrics.height() - _DOT - 1, width, metrics.height())

    def _paint_dates(self, painter: QPainter) -> None:
        """The days of the ends, then of the steps between where there is room."""
        painter.setFont(scaled_font(SMALL_SIZE))
        painter.setPen(QColor(colours().quiet))
        metrics = QFontMetricsF(painter.font())
        taken: list[QRectF] = []
        days = [self.points[0].day, self.points[-1].day, *(point.day for point in self.points[1:-1])]
        for number, day in enumerate(days):
            text = show_date(day, DateStyle.SHORT)
            box = self._date_box(metrics, day, text, number)
            if any(box.adjusted(-GRID, 0, GRID, 0).intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _date_box(self, metrics: QFontMetricsF, day: date, text: str, number: int) -> QRectF:
        plot, width = self.plot(), metrics.horizontalAdvance(text) + 2
        days = max((self.points[-1].day - self.points[0].day).days, 1)
        middle = plot.left() + plot.width() * (day - self.points[0].day).days / days
        left = {0: 0.0, 1: self.width() - width}.get(number, middle - width / 2)
        return QRectF(left, plot.bottom() + GRID / 2, width, metrics.height() + 2)


class BalanceLines(QVBoxLayout):
    """What is still owed over the weeks ahead: a line per currency, under one heading.

    Attributes:
        lines: The lines.
        again_link: Shows the lines again; itself hidden while they are shown.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self.lines: list[BalanceLine] = []
        self.again_link = LinkButton()
        self._heading, self._note = heading_label(), quiet_label()
        self._heading.setContentsMargins(0, GRID, 0, 0)
        self._drawn = QVBoxLayout()
        self._drawn.setSpacing(GRID)
        self.setSpacing(2 * GRID)
        self.addWidget(self._heading)
        self.addLayout(self._drawn)
        self.addWidget(self._note)
        again = Flow()
        again.addWidget(self.again_link)
        self.addLayout(again)

    def show_view(
        self, view: TodayView, drawn: Mapping[str, Sequence[BalancePoint]], *, is_less: bool
    ) -> None:
        """Show other lines; none hides it.

        Args:
            view: What they are described from.
            drawn: The points of each line, by currency.
            is_less: Whether the user chose not to see them: then that is said in their place.
        """
        is_hidden, drawn = is_less and bool(drawn), {} if is_less else drawn
        while len(self.lines) < len(drawn):
            self.lines.append(BalanceLine())
            self._drawn.addWidget(self.lines[-1])
        for line in self.lines[len(drawn) :]:
            line.hide()
            self._drawn.removeWidget(line)
            line.deleteLater()
        del self.lines[len(drawn) :]
        heading = _("Still owed over the next 90 days")
        for line, (currency, points) in zip(self.lines, drawn.items(), strict=True):
            name = _("{what} in {currency}").format(what=heading, currency=currency)
            line.show_points(points, name, " ".join(map(explain, describe_balance(view, currency))))
        self._heading.setText(heading)
        self._note.setText(
            _("If every due is paid on its date. Purchases that are not made yet are not in it.")
        )
        if is_hidden:
            self._note.setText(_("You chose to see less detail, so this is hidden."))
        self.again_link.setText(_("Show again"))
        self.again_link.setVisible(is_hidden)
        for label in (self._heading, self._note):
            label.setVisible(is_hidden or bool(drawn))


def in_words(view: TodayView) -> QWidget:
    """The same in sentences, whose figures tell how they were made."""
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
    column.setSpacing(GRID)
    for currency in view.balance:
        for phrase in describe_balance(view, currency):
            label = text_label()
            label.say(phrase)
            column.addWidget(label)
    column.addStretch(1)
    return words
