"""What to pay to whom when, month by month, and the cash that is left then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from planner.charts.cash import cash_chart, describe_cash
from planner.compat import override
from planner.domain.cash.forecast import Forecast
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.payoff.calendar import PayableMonth
from planner.gui.asking import why
from planner.gui.labels import heading_label
from planner.gui.pages.payoff_parts.parts import column_of
from planner.gui.pages.two_views import TwoViews
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, explain, show, show_month
from planner.look import GRID
from planner.phrases import N_

_MOST_ROWS = 18


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the calendar: a payment, or what a month comes to.

    Attributes:
        texts: What stands in each column, written once: a calendar may have hundreds of lines.
        amount: How much.
        after: What is left at the end of the day; None where that is not known or it is a month.
    """

    texts: tuple[str, ...]
    amount: Derived[Money]
    after: Derived[Money] | None


class CalendarTable(Table):
    """The lines of the calendar, whose columns are measured once and not whenever Qt lays out."""

    def __init__(self) -> None:
        """Build it empty."""
        self._widths: dict[int, int] = {}
        super().__init__(TableModel(_COLUMNS))
        self.setSortingEnabled(False)
        for number, column in enumerate(_COLUMNS):
            if not column.is_wide:
                self.horizontalHeader().setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)

    def show_rows(self, rows: Sequence[_Row]) -> None:
        """Show other lines."""
        self.values_model.set_values(rows)
        self._measure()
        self.fit_height(_MOST_ROWS)

    def _measure(self) -> None:
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        for number, column in enumerate(_COLUMNS):
            texts = {row.texts[number] for row in self.values_model.values}
            widest = max(map(metrics.horizontalAdvance, texts), default=0) + 3 * GRID + self.mark_width()
            self._widths[number] = widest
            if not column.is_wide:
                header.resizeSection(number, max(widest, header.sectionSizeHint(number)))

    @override
    def sizeHintForColumn(self, column: int) -> int:
        return self._widths.get(column) or super().sizeHintForColumn(column)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure()


class CalendarView(QWidget):
    """The payments of a plan as a table, and the cash as a chart.

    Attributes:
        table, views: The payments, and the tabs around them.
    """

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self._heading = heading_label()
        self.table = CalendarTable()
        self.views = TwoViews(self.table)
        column = column_of(self)
        column.addWidget(self._heading)
        column.addWidget(self.views)

    def show_months(
        self, months: Sequence[PayableMonth], cash: Forecast | None, names: Mapping[str, str]
    ) -> None:
        """Show the payments of a plan.

        Args:
            months: The payments, month by month.
            cash: The cash if it is paid like that; None if nobody knows what is there.
            names: What the user calls each account, by its id.
        """
        self._heading.setText(_("What to pay to whom when"))
        self.table.setAccessibleName(_("What to pay to whom when"))
        self.views.refresh()
        self.table.show_rows(list(_rows(months, cash, names)))
        self.views.bar.setVisible(cash is not None)
        if cash is None:
            self.views.bar.setCurrentIndex(0)
            return
        words = describe_cash(cash)
        title = _("Cash in {currency}, if the plan is followed").format(currency=cash.currency)
        make = partial(cash_chart, cash, (), title=title)
        self.views.chart.draw(make, " ".join(map(explain, words)), title, partial(why, title, words))


def _rows(months: Sequence[PayableMonth], cash: Forecast | None, names: Mapping[str, str]) -> Iterator[_Row]:
    write = cache(show)  # days, amounts and names come again and again, and writing one takes a while
    for month in months:
        for each in month.payables:
            is_known = cash is not None and cash.start_on <= each.on <= cash.until
            after = cash.made(each.on) if cash is not None and is_known else None
            who = names.get(each.decision.account_id, each.decision.lender)
            what = _("{what}: {way}").format(what=write(each.decision.label), way=write(each.option.label))
            left = write(after.value) if after is not None else ""
            yield _Row((write(each.on), write(each.amount.value), who, what, left), each.amount, after)
        if len(month.payables) > 1:
            total = write(month.total.value)
            texts = (show_month(month.first_on), total, "", _("Together in this month"), "")
            yield _Row(texts, month.total, None)


def _text(number: int) -> Callable[[_Row], str]:
    return lambda row: row.texts[number]


_COLUMNS: tuple[Column[_Row], ...] = (
    # When and how much come first: where there is little room, one scrolls to the rest.
    Column(N_("Day"), _text(0)),
    Column(N_("Amount"), _text(1), made=lambda row: row.amount, is_number=True),
    Column(N_("To whom"), _text(2)),
    Column(N_("What for"), _text(3), is_wide=True),
    Column(N_("Cash after it"), _text(4), made=lambda row: row.after, is_number=True),
)
