"""The rows of an instalment plan as a table that can be changed, what they come to, and their true rate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHeaderView, QLabel, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.instalment import Instalment
from planner.domain.plan_terms import PlanCost
from planner.gui.arrange import scroll_to
from planner.gui.labels import (
    LinkButton,
    amber_label,
    heading_label,
    quiet_label,
    strong_label,
    tabular,
    text_label,
)
from planner.gui.recording.plan_row import RowFields
from planner.gui.tables import Column, Table, TableModel
from planner.gui.why import WhyView
from planner.i18n import _, show, show_amount
from planner.look import GRID
from planner.phrases import N_
from planner.services.plans import RowEdit, rest_in_last

_PARTS = ("due_on", "due_on", "principal", "fee", "interest", "principal")
_DUE, _INTEREST = 1, 4


def _columns() -> list[Column[Instalment]]:
    return [
        Column(N_("No."), lambda row: row.number),
        Column(N_("Due"), lambda row: row.due_on),
        Column(N_("Principal"), lambda row: row.principal, show_amount),
        Column(N_("Fee"), lambda row: row.fee, show_amount),
        Column(N_("Interest"), lambda row: row.interest, show_amount),
        Column(N_("Total"), lambda row: row.total, show_amount),
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
        self.heading, self.hint = heading_label(), quiet_label()
        self.table = RowsTable(TableModel(_columns()))
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
        self.why: WhyView | None = None
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

    def _line(self, number: int) -> tuple[QLabel, QLabel]:
        label, value = quiet_label(), strong_label()
        value.setFont(tabular(value.font()))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._totals.addWidget(label, number, 0)
        self._totals.addWidget(value, number, 1)
        return label, value

    # --- showing

    def show_rows(
        self, rows: Sequence[Instalment], cost: PlanCost, *, is_edited: bool, rate_note: str = ""
    ) -> None:
        """Show rows and what they come to.

        Args:
            rows: The rows.
            cost: What they come to.
            is_edited: Whether there are edits that can be taken back.
            rate_note: What to say where the true rate would stand.
        """
        self._rows, self._cost, self._rate_note = tuple(rows), cost, rate_note
        self.table.setColumnHidden(_INTEREST, not cost.interest)
        self.back_button.setVisible(is_edited)
        self.fields.set_currency(cost.principal.currency)
        self.refresh()

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
        lines = [(_("Principal"), show(cost.principal)), (_("Fees"), show(cost.fees))]
        if cost.interest:
            lines.append((_("Interest"), show(cost.interest)))
        lines.append((_("To pay in all"), show(cost.total)))
        if cost.apr is not None:
            lines.append((_("True yearly rate, nominal (monthly × 12)"), show(cost.apr.nominal)))
            lines.append((_("True yearly rate, effective"), show(cost.apr.effective)))
        for number, (label, value) in enumerate(self._lines):
            text, figure = lines[number] if number < len(lines) else ("", "")
            label.setText(text)
            value.setText(figure)
            label.setVisible(bool(text))
            value.setVisible(bool(text))
        self.rate_note.setText(self._rate_note)
        self.rate_note.setVisible(bool(self._rate_note))
        self.why_button.setVisible(cost.derivation is not None)
        self._show_why(is_open=self.why is not None and cost.derivation is not None)

    def _draw_rows(self) -> None:
        current, column = self.table.current(), self.table.currentIndex().column()
        model = self.table.values_model
        model.set_values(self._rows)
        if current is not None and self.table.select(lambda row: row.number == current.number):
            self.table.setCurrentIndex(model.index(self.table.currentIndex().row(), column))
        self.table.fit()

    def _say_difference(self, cost: PlanCost) -> None:
        self.problem.setVisible(bool(cost.missing))
        self.even_button.setVisible(rest_in_last(self._rows, cost.missing) is not None)
        if cost.missing.minor > 0:
            text = _("The rows add up to {total}; {missing} is missing.")
            self.problem.setText(text.format(total=show(cost.principal), missing=show(cost.missing)))
        else:
            text = _("The rows add up to {total}; that is {excess} too much.")
            self.problem.setText(text.format(total=show(cost.principal), excess=show(-cost.missing)))

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

    def _on_why(self) -> None:
        self._show_why(is_open=self.why is None)

    def _show_why(self, *, is_open: bool) -> None:
        if self.why is not None:
            self._column.removeWidget(self.why)
            self.why.hide()
            self.why.deleteLater()
            self.why = None
        if is_open and self._cost is not None and self._cost.derivation is not None:
            self.why = WhyView(self._cost.derivation)
            self._column.addWidget(self.why)
            QWidget.setTabOrder(self.why_button, self.why)
        self.why_button.setText(_("Hide how it was made") if self.why is not None else _("Why?"))
        self.why_button.setAccessibleName(_("Why this true yearly rate?"))
