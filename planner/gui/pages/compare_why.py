"""Why ways of settling differ: the cash flows of each, month by month, and how its figures were made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.money import Money
from planner.domain.offers.compared import Costing, Flow, Outcome
from planner.domain.offers.figures import (
    made_advertised,
    made_effective,
    made_left,
    made_nominal,
    made_part,
    made_payment,
)
from planner.domain.offers.words import why_rate
from planner.gui.arrange import clear
from planner.gui.labels import heading_label, quiet_label, text_label
from planner.gui.tables import Column, Table, TableModel
from planner.gui.why import WhyView
from planner.i18n import DateStyle, _, explain, show_amount, show_date
from planner.look import GRID
from planner.phrases import N_, Phrase

_MOST_ROWS = 62  # the longest offer of one's own, with a fee at the beginning


def _short(money: Money) -> str:
    return show_amount(money)


_DATE: Column[Flow] = Column(N_("Date"), lambda flow: flow.on, lambda day: show_date(day, DateStyle.MEDIUM))
_TOTAL: Column[Flow] = Column(N_("Total"), lambda flow: flow.total, _short, made=made_payment)


class _FlowTable(Table):
    """As high as its rows, with room for the bar below where the pane is narrower than the columns."""

    def __init__(self, model: TableModel[Flow]) -> None:
        super().__init__(model)
        self.setSortingEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(lambda: self.fit_height(_MOST_ROWS))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_height(_MOST_ROWS)


class DifferenceView(QWidget):
    """The cash flows of some outcomes, and why the true rate is not the advertised one.

    Attributes:
        tables: One for each end of each outcome.
    """

    def __init__(self, outcomes: Sequence[Outcome], amount: Money) -> None:
        """Show some outcomes.

        Args:
            outcomes: What to explain; those that cannot be compared say why.
            amount: What is settled.
        """
        super().__init__()
        self._outcomes, self._amount = tuple(outcomes), amount
        self.tables: list[Table] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def _draw(self) -> None:
        clear(self._column)
        self.tables = []
        self._say(quiet_label(), _("All amounts in {currency}.").format(currency=self._amount.currency))
        for outcome in self._outcomes:
            self._say(heading_label(), explain(outcome.offer.label))
            words = text_label()
            words.tell(why_words(outcome, self._amount), *rates_of(outcome))
            self._column.addWidget(words)
            for name, end in zip((_("Low end"), _("High end")), outcome.ends, strict=False):
                if len(outcome.ends) > 1:
                    self._say(quiet_label(), name)
                self._column.addWidget(self._table(outcome, end, f"{explain(outcome.offer.label)} {name}"))
            if outcome.derivation is not None:
                self._column.addWidget(WhyView(outcome.derivation))
        self._column.addStretch(1)

    def _say(self, label: QLabel, text: str) -> None:
        label.setText(text)
        self._column.addWidget(label)

    def _table(self, outcome: Outcome, end: Costing, name: str) -> Table:
        def part(title: str, of: Callable[[Flow], Money]) -> Column[Flow]:
            name = Phrase(title)
            return Column(title, of, _short, made=lambda flow: made_part(outcome, flow, name, of(flow)))

        columns = [_DATE, part(N_("Principal"), lambda flow: flow.principal)]
        if any(flow.fee for flow in end.flows):
            columns.append(part(N_("Fee"), lambda flow: flow.fee))
        if any(flow.interest for flow in end.flows):
            columns.append(part(N_("Interest"), lambda flow: flow.interest))
        left: Column[Flow] = Column(
            N_("Left"), lambda flow: flow.left, _short, made=lambda flow: made_left(end, flow)
        )
        model = TableModel([*columns, _TOTAL, left])
        table = _FlowTable(model)
        table.setAccessibleName(_("Cash flows: {offer}").format(offer=name))
        model.set_values(end.flows)
        self.tables.append(table)
        return table

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._draw()


def rates_of(outcome: Outcome) -> tuple[object, ...]:
    """The figures that are named in why its true rate is what it is."""
    return (made_advertised(outcome), made_nominal(outcome), made_effective(outcome))


def why_words(outcome: Outcome, amount: Money) -> str:
    """Why the true rate of an outcome is what it is, beside the advertised one."""
    return explain(why_rate(outcome, amount))
