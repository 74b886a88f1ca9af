"""One result in two tabs, as a table and as a chart."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.gui.chart_view import ChartView
from planner.gui.wrapping import Tabs
from planner.i18n import _
from planner.look import GRID

TABLE, CHART = 0, 1


class TwoViews(QWidget):
    """A table and a chart of the same result; only one takes up room.

    Attributes:
        bar: The tabs.
        chart: The chart; matplotlib is loaded when its tab is first shown.
    """

    def __init__(self, table: QWidget, *, is_chart_first: bool = False) -> None:
        """Put a table, or a widget around one, beside a chart.

        Args:
            table: The table.
            is_chart_first: Whether the chart is in the first tab, which is shown at first.
        """
        super().__init__()
        self._is_chart_first = is_chart_first
        self.bar = Tabs()
        self.bar.addTab("")
        self.bar.addTab("")
        self.chart = ChartView()
        self._views = (self.chart, table) if is_chart_first else (table, self.chart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (self.bar, *self._views):
            column.addWidget(widget)
        self.bar.currentChanged.connect(self._show)
        self._show(0)

    def refresh(self) -> None:
        """Set the texts of the tabs."""
        table, chart = (CHART, TABLE) if self._is_chart_first else (TABLE, CHART)
        self.bar.setTabText(table, _("Table"))
        self.bar.setTabText(chart, _("Chart"))
        self.bar.setAccessibleName(_("How to show the result"))

    def _show(self, chosen: int) -> None:
        for number, view in enumerate(self._views):
            view.setVisible(number == chosen)
