"""One row of an instalment plan in fields, and how far a change of it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.instalment import Instalment
from planner.gui.fields import AmountField, ChoiceField, DateField, check_all
from planner.gui.labels import heading_label
from planner.gui.layouts import Columns
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_
from planner.services.plans import Reach, RowEdit

_REACH_WORDS = {
    Reach.ONE: N_("This instalment only"),
    Reach.LATER: N_("This one and the later ones"),
    Reach.ALL: N_("All instalments"),
}


class RowFields(QWidget):
    """Date, principal and fee of a row, to be changed.

    Signals:
        changed: A RowEdit of what was typed.
        closed: It was left, with or without a change.
    """

    changed = Signal(object)
    closed = Signal()

    def __init__(self, today: date, currency: str) -> None:
        """Build it hidden.

        Args:
            today: The day that ``+7`` counts from.
            currency: The currency of the plan.
        """
        super().__init__()
        self.number = 0
        self._typed: set[str] = set()
        self.heading = heading_label()
        self.due_on = DateField(today)
        self.principal = AmountField(currency)
        self.fee = AmountField(currency)
        self.interest = AmountField(currency)
        self.reach = ChoiceField()
        self.change_button = QPushButton()
        self.change_button.clicked.connect(self.apply)
        self.leave_button = QPushButton()
        self.leave_button.clicked.connect(self.leave)
        self.parts: Mapping[str, DateField | AmountField] = {
            "due_on": self.due_on,
            "principal": self.principal,
            "fee": self.fee,
            "interest": self.interest,
        }
        fields = Columns(11, 4)
        for name, field in self.parts.items():
            field.changed.connect(partial(self._typed.add, name))
            fields.addWidget(field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.change_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.heading)
        column.addLayout(fields)
        column.addWidget(self.reach)
        column.addLayout(buttons)
        self.hide()

    def refresh(self) -> None:
        """Set every text."""
        self.due_on.say(_("Due date"))
        self.due_on.echo()
        self.principal.say(_("Principal"))
        self.fee.say(_("Fee"))
        self.interest.say(_("Interest"))
        self.reach.say(_("What the change reaches"))
        self.reach.set_choices((reach, _(words)) for reach, words in _REACH_WORDS.items())
        self.change_button.setText(_("Change"))
        self.leave_button.setText(_("Leave it as it is"))
        self.heading.setText(_("Instalment {number}").format(number=self.number))

    def set_currency(self, currency: str) -> None:
        """Read amounts in another currency from now on."""
        for field in (self.principal, self.fee, self.interest):
            field.set_currency(currency)

    def open(self, row: Instalment, part: str, typed: QKeyEvent | None = None) -> None:
        """Show a row; the keyboard goes to one of its parts.

        Args:
            row: The row.
            part: The name of the part.
            typed: The key with which the user began to type into the table, if that is how it opened.
        """
        self.number = row.number
        self._typed.clear()
        self.due_on.set_day(row.due_on)
        self.principal.set_money(row.principal)
        self.fee.set_money(row.fee)
        self.interest.set_money(row.interest)
        self.interest.setVisible(bool(row.interest))
        self.reach.set_key(Reach.ONE)
        self.refresh()
        self.show()
        field = self.parts.get(part, self.due_on)
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        field.edit.selectAll()
        if typed is not None:
            QCoreApplication.sendEvent(field.edit, typed)

    def apply(self) -> bool:
        """Hand on what was typed; False if something in it cannot be read."""
        if not check_all(list(self.parts.values())):
            return False
        values: dict[str, Any] = {name: self.parts[name].value() for name in self._typed}
        reach = Reach(self.reach.value())  # Qt hands a StrEnum back as a str
        self.leave()
        if values:
            self.changed.emit(RowEdit(self.number, reach, **values))
        return True

    def leave(self) -> None:
        """Close it; what was typed is dropped."""
        self.hide()
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Without this, Return would save the form around it and Esc close the pane.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
