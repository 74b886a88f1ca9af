"""The card of the place Compare that says what paying only the minimum comes to."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.dates import add_months
from planner.domain.minimum.figures import CostEnd, MinimumCost
from planner.domain.minimum.path import PathRow
from planner.domain.money import Money
from planner.gui.arrange import clear, order_tabs
from planner.gui.labels import (
    Figure,
    LinkButton,
    amber_label,
    heading_label,
    quiet_label,
    strong_label,
    text_label,
)
from planner.gui.layouts import Columns
from planner.gui.pages.minimum_chart import MinimumChart
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, explain, show, show_amount, show_month
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.minimum import MinimumOutlook
from planner.services.minimum_words import (
    all_words,
    asked_words,
    beside_words,
    interest_words,
    months_words,
    never_over,
    sooner_words,
    total_words,
    years_words,
)

_FIGURE = 13  # how narrow a figure may be, in heights of a line
_MOST_ROWS = 24


class MinimumCard(QWidget):
    """What paying only the minimum comes to: how long, what it costs, and the payments that are over sooner.

    It hides itself where nobody knows how the minimum is made.

    Attributes:
        months, interest, total: The figures.
        chart: What is owed by month.
        rows_button: Leads to every month.

    Signals:
        opened: A widget is to be shown beside the card, with its heading.
    """

    opened = Signal(QWidget, str)

    def __init__(self) -> None:
        """Build it empty."""
        super().__init__()
        self._outlook: MinimumOutlook | None = None
        self._heading = heading_label()
        self.months, self.interest, self.total = Figure(), Figure(), Figure()
        self._never = amber_label()
        self._caption = quiet_label()
        self.chart = MinimumChart()
        self._instead = strong_label()
        self.rows_button = LinkButton()
        self.rows_button.clicked.connect(self._open_rows)
        self._asked, self._sooner, self._notes = _lines(), _lines(), _lines()
        figures = Columns(_FIGURE, 3, is_even=True)
        for figure in (self.months, self.interest, self.total):
            figures.addWidget(figure)
        self._figures = QWidget()
        self._figures.setLayout(figures)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._heading)
        column.addLayout(self._asked)
        for widget in (self._figures, self._never, self._caption, self.chart, self._instead):
            column.addWidget(widget)
        column.addLayout(self._sooner)
        column.addLayout(self._notes)
        column.addWidget(self.rows_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_outlook(self, outlook: MinimumOutlook | None) -> None:
        """Show another result, or the same in another language.

        Args:
            outlook: The result; None for none.
        """
        self._outlook = outlook
        self.setVisible(outlook is not None and outlook.by_rule.amount is not None)
        if outlook is None or outlook.by_rule.amount is None:
            return
        cost = outlook.cost
        self._heading.setText(_("If only the minimum is paid"))
        self._instead.setText(_("Paid steadily instead"))
        caption = _("What is owed by month, with the minimum.")
        if cost.sooner:
            caption = _("What is owed by month: with the minimum, and dashed with a steady payment.")
        self._caption.setText(caption)
        self.rows_button.setText(_("Month by month…"))
        _say(self._asked, asked_words(outlook))
        _say(self._sooner, (sooner_words(cost, sooner) for sooner in cost.sooner))
        _say(self._notes, beside_words(outlook))
        for phrase in (*outlook.missing, *outlook.assumed):
            _add(self._notes, phrase, is_quiet=True)
        self._instead.setVisible(bool(cost.sooner))
        for widget in (self._figures, self._caption, self.chart, self.rows_button):
            widget.setVisible(bool(cost.ends))
        never = never_over(cost)
        self._never.say(never)
        self._never.setVisible(never is not None)
        if cost.ends:
            self._say_figures(outlook)
            words = " ".join(explain(phrase) for phrase in all_words(outlook))
            self.chart.show_cost(cost, _("What is owed by month"), words)
        order_tabs(self)

    def _say_figures(self, outlook: MinimumOutlook) -> None:
        cost = outlook.cost
        years, made = years_words(cost), cost.made(outlook.question.amount)
        notes = [explain(years)] if years is not None else []
        last = cost.ends[-1].path.months
        if last is not None:
            until = add_months(outlook.question.first_due, last - 1)
            notes.append(_("until {month}").format(month=show_month(until)))
        self.months.say(_("Until nothing is owed"), explain(months_words(cost)), "\n".join(notes), made)
        of_it = _("beside the {amount} owed now").format(amount=show(outlook.question.amount))
        self.interest.say(_("Interest"), explain(interest_words(cost)), of_it, made)
        self.total.say(_("Paid in all"), explain(total_words(cost)), "", made)

    def _open_rows(self) -> None:
        if self._outlook is not None and self._outlook.cost.ends:
            self.opened.emit(MonthTables(self._outlook.cost), _("Month by month"))


class MonthTables(QWidget):
    """Every month of paying only the minimum, at each end of what the sources say.

    Attributes:
        tables: One for each end.
    """

    def __init__(self, cost: MinimumCost) -> None:
        """Show a cost that has been worked out."""
        super().__init__()
        self._cost = cost
        self.tables: list[Table] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def _draw(self) -> None:
        clear(self._column)
        ends = self._cost.ends
        unit = quiet_label()
        unit.setText(_("All amounts in {currency}.").format(currency=ends[0].first.currency))
        self._column.addWidget(unit)
        self.tables = []
        for name, end in zip((_("Low end"), _("High end")), ends, strict=False):
            if len(ends) > 1:
                heading = heading_label()
                heading.setText(name)
                self._column.addWidget(heading)
            table = _month_table(self._cost, end, _("Month by month: {end}").format(end=name))
            self.tables.append(table)
            self._column.addWidget(table)
        self._column.addStretch(1)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._draw()


def _month_table(cost: MinimumCost, end: CostEnd, name: str) -> Table:
    def short(money: Money) -> str:
        return show_amount(money)

    columns: tuple[Column[PathRow], ...] = (
        Column(N_("Month"), lambda row: row.month),
        Column(N_("Interest"), lambda row: row.interest, short, made=lambda row: cost.made(row.interest)),
        Column(N_("Paid"), lambda row: row.paid, short, made=lambda row: cost.made(row.paid)),
        Column(N_("Left"), lambda row: row.left, short, made=lambda row: cost.made(row.left)),
    )
    model = TableModel(columns)
    table = Table(model)
    table.setSortingEnabled(False)
    table.setAccessibleName(name)
    model.set_values(end.path.rows)
    table.fit_height(_MOST_ROWS)
    return table


def _lines() -> QVBoxLayout:
    lines = QVBoxLayout()
    lines.setSpacing(GRID // 2)
    return lines


def _say(lines: QVBoxLayout, phrases: Iterable[Phrase]) -> None:
    """Put other lines in place of those that are there."""
    clear(lines)
    for phrase in phrases:
        _add(lines, phrase)


def _add(lines: QVBoxLayout, phrase: Phrase, *, is_quiet: bool = False) -> None:
    label = quiet_label() if is_quiet else text_label()
    label.say(phrase)
    lines.addWidget(label)
