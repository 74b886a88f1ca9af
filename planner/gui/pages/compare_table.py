"""The ways to settle an amount as a table: true rates and legal lines, totals, fees, months, dates."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu

from planner.compat import override
from planner.domain.law.cap_flags import Flag
from planner.domain.money import Money
from planner.domain.offers.compared import OfferKind, Outcome
from planner.domain.offers.figures import (
    made_advertised,
    made_biggest_month,
    made_fees,
    made_last_on,
    made_total,
)
from planner.domain.sourced import Span
from planner.gui.asking import answer_of
from planner.gui.tables import Column, Index, Table, TableModel
from planner.i18n import _, explain, show, show_amount
from planner.phrases import N_
from planner.services.compare import Comparison
from planner.services.legal_lines import made_flags, short_words
from planner.services.rate_names import RATE_COLUMNS, RateColumn

_MOST_ROWS = 16


def amounts(value: Span[Money] | None) -> str:
    """Amounts without their currency, which stands above the table."""
    if value is None:
        return show(None)
    if value.is_single:
        return show_amount(value.low)
    return f"{show_amount(value.low)} – {show_amount(value.high)}"


def _note(result: Outcome) -> str:
    """The first thing to know about an outcome."""
    if result.not_comparable is not None:
        return explain(result.not_comparable)
    return explain(result.notes[0]) if result.notes else ""


_WAY: Column[Outcome] = Column(N_("Way"), lambda result: explain(result.offer.label))
_TOTAL: Column[Outcome] = Column(N_("Total"), lambda result: result.total, amounts, made=made_total)
_FEES: Column[Outcome] = Column(N_("Fees"), lambda result: result.fees, amounts, made=made_fees)
_ADVERTISED: Column[Outcome] = Column(
    N_("Advertised"), lambda result: result.advertised, made=made_advertised
)
_RATES: dict[RateColumn, Column[Outcome]] = {
    rate: Column(rate.title, rate.shown, key=rate.rate, made=rate.made, is_number=True)
    for rates in RATE_COLUMNS.values()
    for rate in rates
}
_BIGGEST: Column[Outcome] = Column(
    N_("Biggest month"), lambda result: result.biggest_month, amounts, made=made_biggest_month
)
_LAST: Column[Outcome] = Column(N_("Last payment"), lambda result: result.last_on, made=made_last_on)
_LATE: Column[Outcome] = Column(N_("Late record"), lambda result: result.is_late)
_NOTE: Column[Outcome] = Column(N_("To know"), _note)

_FIGURES = {_TOTAL, _FEES, _ADVERTISED, *_RATES.values(), _BIGGEST}


class _OutcomeModel(TableModel[Outcome]):
    """Outcomes as rows; a figure that is missing stands where the figure would."""

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[index.column()] in _FIGURES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().data(index, role)


def has_card(result: Outcome | None) -> bool:
    """Whether a way has a cost card: it lends, and it can be compared."""
    return result is not None and result.offer.kind is not OfferKind.FULL and result.low is not None


class OutcomeTable(Table):
    """Every way to settle an amount; several may be selected to see why they differ.

    Signals:
        card_wanted: The cost card of the current way is to be shown.
    """

    card_wanted = Signal()

    def __init__(self) -> None:
        """Build it empty."""
        self._found: Comparison | None = None
        self._law: Column[Outcome] = Column(
            N_("Legal lines"),
            lambda result: short_words(self._flags(result)),
            lambda words: explain(words) if words is not None else "",
            made=lambda result: made_flags(self._flags(result)),
        )
        columns = (
            # What is compared first: it stays in sight beside an open cost card.
            _WAY,
            *_RATES.values(),
            self._law,
            _TOTAL,
            _FEES,
            _ADVERTISED,
            _BIGGEST,
            _LATE,
            _NOTE,
            _LAST,
        )
        self.outcomes = _OutcomeModel(columns)
        super().__init__(self.outcomes)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def show_comparison(self, found: Comparison) -> None:
        """Show another result; what was selected stays selected."""
        chosen = {result.offer.id for result in self.selected_outcomes()}
        self._found = found
        self.outcomes.set_values(found.outcomes)
        named = RATE_COLUMNS[found.convention]
        hidden = {column for rate, column in _RATES.items() if rate not in named}
        if not found.question.is_late:
            hidden.add(_LATE)
        if not any(found.flags.values()):
            hidden.add(self._law)
        for number, column in enumerate(self.outcomes.columns):
            self.setColumnHidden(number, column in hidden)
        self.fit_height(_MOST_ROWS)
        self.select_offers(chosen)

    def _flags(self, result: Outcome) -> tuple[Flag, ...]:
        return self._found.flags_of(result) if self._found is not None else ()

    @override
    def fill_menu(self, menu: QMenu) -> None:
        self._add_card(menu)
        super().fill_menu(menu)

    def _add_card(self, menu: QMenu) -> None:
        action = menu.addAction(_("Cost card…"))
        action.setEnabled(has_card(self.current()))
        action.triggered.connect(self.card_wanted)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        if not index.isValid() or answer_of(self, None if by_keyboard else event.pos()) is not None:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(event.globalPos())

    def selected_outcomes(self) -> list[Outcome]:
        """What is selected, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.outcomes.values[row] for row in rows if row < len(self.outcomes.values)]

    def select_offers(self, ids: AbstractSet[str]) -> None:
        """Select the outcomes of some offers and no others."""
        selection = QItemSelection()
        for row, result in enumerate(self.outcomes.values):
            if result.offer.id in ids:
                index = self.outcomes.index(row, 0)
                selection.select(index, index)
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(selection, how)

    def forget_sorting(self) -> None:
        """Go back to the order of the result."""
        self.sortByColumn(-1, self.horizontalHeader().sortIndicatorOrder())
