"""The ways to settle an amount as a table: totals, fees, advertised and true rates, months, dates."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView

from planner.compat import override
from planner.domain.money import Money
from planner.domain.offer import Outcome
from planner.domain.outcome_figures import (
    made_advertised,
    made_biggest_month,
    made_effective,
    made_fees,
    made_last_on,
    made_nominal,
    made_total,
)
from planner.domain.sourced import Span
from planner.gui.tables import Column, Index, Table, TableModel
from planner.i18n import explain, show, show_amount
from planner.phrases import N_
from planner.services.compare import Comparison

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
_NOMINAL: Column[Outcome] = Column(N_("True rate × 12"), lambda result: result.nominal, made=made_nominal)
_EFFECTIVE: Column[Outcome] = Column(
    N_("True rate, effective"), lambda result: result.effective, made=made_effective
)
_TAEG: Column[Outcome] = Column(N_("APR (TAEG)"), lambda result: result.effective, made=made_effective)
_BIGGEST: Column[Outcome] = Column(
    N_("Biggest month"), lambda result: result.biggest_month, amounts, made=made_biggest_month
)
_LAST: Column[Outcome] = Column(N_("Last payment"), lambda result: result.last_on, made=made_last_on)
_LATE: Column[Outcome] = Column(N_("Late record"), lambda result: result.is_late)
_NOTE: Column[Outcome] = Column(N_("To know"), _note)
_COLUMNS = (_WAY, _TOTAL, _FEES, _ADVERTISED, _NOMINAL, _EFFECTIVE, _TAEG, _BIGGEST, _LAST, _LATE, _NOTE)

_FIGURES = {_TOTAL, _FEES, _ADVERTISED, _NOMINAL, _EFFECTIVE, _TAEG, _BIGGEST}


class _OutcomeModel(TableModel[Outcome]):
    """Outcomes as rows; a figure that is missing stands where the figure would."""

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[index.column()] in _FIGURES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().data(index, role)


class OutcomeTable(Table):
    """Every way to settle an amount; several may be selected to see why they differ."""

    def __init__(self) -> None:
        """Build it empty."""
        self.outcomes = _OutcomeModel(_COLUMNS)
        super().__init__(self.outcomes)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def show_comparison(self, found: Comparison) -> None:
        """Show another result; what was selected stays selected."""
        chosen = {result.offer.id for result in self.selected_outcomes()}
        self.outcomes.set_values(found.outcomes)
        is_euro = found.question.amount.currency == "EUR"
        hidden = {
            _NOMINAL: is_euro,
            _EFFECTIVE: is_euro,
            _TAEG: not is_euro,
            _LATE: not found.question.is_late,
        }
        for number, column in enumerate(_COLUMNS):
            self.setColumnHidden(number, hidden.get(column, False))
        self.fit_height(_MOST_ROWS)
        self.select_offers(chosen)

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
