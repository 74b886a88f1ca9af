"""The rows of an instalment plan as a table that can be changed, what they come to, and their true rate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain, repeat

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHeaderView, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.derivation import Derived, Given
from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.plans.plan_terms import PlanCost
from planner.domain.recorded import made_row
from planner.gui.arrange import order_tabs, scroll_to
from planner.gui.asking import Why, show_answer, why_named
from planner.gui.labels import (
    LinkButton,
    WrappedLabel,
    amber_label,
    heading_label,
    quiet_label,
    strong_label,
    tabular,
    text_label,
)
from planner.gui.recording.plan_row import RowFields
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _, explain, show, show_amount
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.plans import RowEdit, rest_in_last
from planner.services.previews import made_cost_lines, made_missing, made_part, made_rates

_PARTS = ("due_on", "due_on", "principal", "fee", "interest", "principal")
_DUE, _INTEREST = 1, 4


_Made = Callable[[Instalment, Phrase, Money], Derived[Money]]


def _columns(made: _Made) -> list[Column[Instalment]]:
    """The parts of a row.

    Args:
        made: Tells how a part of a row was made.
    """
    return [
        Column(N_("No."), lambda row: row.number),
        Column(N_("Due"), lambda row: row.due_on),
        Column(
            N_("Principal"),
            lambda row: row.principal,
            show_amount,
            made=lambda row: made(row, Phrase("Principal"), row.principal),
        ),
        Column(
            N_("Fee"), lambda row: row.fee, show_amount, made=lambda row: made(row, Phrase("Fee"), row.fee)
        ),
        Column(
            N_("Interest"),
            lambda row: row.interest,
            show_amount,
            made=lambda row: made(row, Phrase("Interest"), row.interest),
        ),
        Column(N_("Total"), lambda row: row.total, show_amount, made=made_row),
    ]


class RowsTable(Table):
    """The rows; typing into one begins to change it.

    Signals:
        typed: The key that was typed on a row.
    """

    typed = Signal(object)

    def __init__(self, model: TableModel[Instalment]) -> None:
        """Show a model, always in the order of the rows."""
        super().__init__(model)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.horizontalHeader().setSectionsClickable(False)

    def fit(self) -> None:
        """Be as high as the rows, and as wide as there is room."""
        header = self.horizontalHeader()
        shown = [number for number in range(header.count()) if not self.isColumnHidden(number)]
        needed = sum(max(self.sizeHintForColumn(n), header.sectionSizeHint(n)) for n in shown)
        is_roomy = needed <= self.viewport().width()
        mode = QHeaderView.ResizeMode.Stretch if is_roomy else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(_DUE, mode)
        self.fit_height()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        is_text = event.text().isprintable() and event.text().strip() and not event.modifiers() & control
        if self.current() is not None and event.key() == Qt.Key.Key_F2:
            self.chosen.emit(self.current())
        elif self.current() is not None and is_text:
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)


class RowsEditor(QWidget):
    """The rows of a plan, what they come to, and the fields that change one of them.

    Attributes:
        table: The rows.
        fields: The row that is being changed.

    Signals:
        typed: Something was typed into a row or changed in it.
        edited: A RowEdit that the user made.
        taken_back: The user wants the rows as they were before all edits.
    """

    typed = Signal()
    edited = Signal(object)
    taken_back = Signal()

    def __init__(self, today: date, currency: str) -> None:
        """Build it empty.

        Args:
            today: The day that ``+7`` counts from.
            currency: The currency of the plan.
        """
        super().__init__()
        self._rows: tuple[Instalment, ...] = ()
        self._cost: PlanCost | None = None
        self._rate_note = ""
        self._given: tuple[Given, ...] = ()
        self.heading, self.hint = heading_label(), quiet_label()
        self.table = RowsTable(TableModel(_columns(self._made)))
        self.table.chosen.connect(self._on_chosen)
        self.table.typed.connect(self._open)
        self.fields = RowFields(today, currency)
        self.fields.changed.connect(self.edited)
        self.edited.connect(self.typed)
        for field in self.fields.parts.values():
            field.changed.connect(self.typed)
        self.fields.closed.connect(self._back_to_table)
        self.problem, self.order_note = amber_label(), amber_label()
        self.even_button, self.back_button, self.why_button = LinkButton(), LinkButton(), LinkButton()
        self.even_button.clicked.connect(self._on_even)
        self.back_button.clicked.connect(self.taken_back)
        self.why_button.clicked.connect(self._on_why)
        self.rate_note = text_label()
        self._totals = QGridLayout()
        self._totals.setHorizontalSpacing(2 * GRID)
        self._totals.setVerticalSpacing(GRID // 2)
        self._totals.setColumnStretch(0, 1)
        self._lines = [self._line(number) for number in range(6)]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GRID, 0, 0)
        self._column.setSpacing(GRID)
        for widget in (self.heading, self.hint, self.table, self.fields, self.problem, self.order_note):
            self._column.addWidget(widget)
        self._column.addWidget(self.even_button)
        self._column.addWidget(self.back_button)
        self._column.addLayout(self._totals)
        self._column.addWidget(self.rate_note)
        self._column.addWidget(self.why_button)

    def _line(self, number: int) -> tuple[WrappedLabel, WrappedLabel]:
        label, value = quiet_label(), strong_label()
        value.setFont(tabular(value.font()))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._totals.addWidget(label, number, 0)
        self._totals.addWidget(value, number, 1)
        return label, value

    # --- showing

    def show_rows(
        self,
        rows: Sequence[Instalment],
        cost: PlanCost,
        *,
        is_edited: bool,
        rate_note: str = "",
        given: Sequence[Given] = (),
    ) -> None:
        """Show rows and what they come to.

        Args:
            rows: The rows.
            cost: What they come to.
            is_edited: Whether there are edits that can be taken back.
            rate_note: What to say where the true rate would stand.
            given: What the rows follow from; none for rows that are recorded.
        """
        self._rows, self._cost, self._rate_note = tuple(rows), cost, rate_note
        self._given = tuple(given)
        self.table.setColumnHidden(_INTEREST, not cost.interest)
        self.back_button.setVisible(is_edited)
        self.fields.set_currency(cost.principal.currency)
        self.refresh()
        order_tabs(self)  # what can be asked is a stop of its own

    def refresh(self) -> None:
        """Set every text."""
        self.fields.refresh()
        self.heading.setText(_("The instalments"))
        self.hint.setText(
            _("To change a row, choose it and type, press Return or double-click; rows may be uneven.")
        )
        self.table.setAccessibleName(_("The instalments"))
        self.even_button.setText(_("Put the difference into the last instalment"))
        self.back_button.setText(_("Take all changes of rows back"))
        self.order_note.setText(_("The due dates are not in order."))
        self._draw_rows()
        cost = self._cost
        if cost is None:
            return
        self.order_note.setHidden(cost.in_order)
        self._say_difference(cost)
        lines = (*made_cost_lines(self._rows, cost), *made_rates(cost))
        for (label, value), line in zip(self._lines, chain(lines, repeat(None)), strict=False):
            figure = line[1] if line is not None else None
            label.setVisible(figure is not None)
            value.setVisible(figure is not None)
            if line is not None and figure is not None:
                text = explain(line[0])
                label.setText(text)
                value.tell(show(figure), figure, heading=text)
        self.rate_note.setText(self._rate_note)
        self.rate_note.setVisible(bool(self._rate_note))
        self.why_button.setText(_("Why?"))
        self.why_button.setAccessibleName(_("Why this true yearly rate?"))
        self.why_button.setVisible(self._rate_answer() is not None)

    def _draw_rows(self) -> None:
        current, column = self.table.current(), self.table.currentIndex().column()
        model = self.table.values_model
        model.set_values(self._rows)
        if current is not None and self.table.select(lambda row: row.number == current.number):
            self.table.setCurrentIndex(model.index(self.table.currentIndex().row(), column))
        self.table.fit()

    def _say_difference(self, cost: PlanCost) -> None:
        made = made_missing(self._rows, cost)
        self.problem.setVisible(bool(cost.missing))
        self.even_button.setVisible(rest_in_last(self._rows, cost.missing) is not None)
        if cost.missing.minor > 0:
            text = _("The rows add up to {total}; {missing} is missing.")
            self.problem.tell(text.format(total=show(cost.principal), missing=show(cost.missing)), made)
        else:
            text = _("The rows add up to {total}; that is {excess} too much.")
            self.problem.tell(text.format(total=show(cost.principal), excess=show(-cost.missing)), made)

    # --- changing

    def open_row(self, number: int) -> None:
        """Begin to change a row, if it is there."""
        if self.table.select(lambda row: row.number == number):
            self._open()

    def finish(self) -> bool:
        """Take over a row that is still being changed; False if something in it cannot be read."""
        return self.fields.isHidden() or self.fields.apply()

    def _on_chosen(self, row: Instalment | None) -> None:
        if row is not None:
            self._open()

    def _open(self, typed: QKeyEvent | None = None) -> None:
        column = self.table.currentIndex().column()
        if self.finish():
            self.fields.open(self.table.current(), _PARTS[column], typed)
            scroll_to(self.fields)

    def _back_to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_even(self) -> None:
        edit: RowEdit | None = rest_in_last(self._rows, self._cost.missing) if self._cost else None
        if edit is not None:
            self.edited.emit(edit)

    # --- asking

    def _on_why(self) -> None:
        answer = self._rate_answer()
        if answer is not None:
            show_answer(self.why_button, answer)

    def _rate_answer(self) -> Why | None:
        rates = made_rates(self._cost) if self._cost is not None else ()
        return why_named(_("The true yearly rate"), [(explain(label), rate) for label, rate in rates])

    def _made(self, row: Instalment, label: Phrase, amount: Money) -> Derived[Money]:
        return made_part(row, label, amount, self._given)
