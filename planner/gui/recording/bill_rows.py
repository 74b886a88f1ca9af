"""The rows of which the lines of a bill are made up: something recorded, or a line that is typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from planner.compat import override
from planner.domain.bill import BillLine, LineKind
from planner.domain.money import Money
from planner.gui.fields import AmountField, ChoiceField, TextField
from planner.gui.labels import LinkButton, quiet_label
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.billing import Candidate

_AMOUNT_DIGITS = 13

KIND_WORDS = {
    LineKind.PURCHASE: N_("Purchase"),
    LineKind.INSTALMENT: N_("Instalment"),
    LineKind.CARRIED: N_("Carried from an earlier bill"),
    LineKind.FEE: N_("Fee"),
    LineKind.INTEREST: N_("Interest"),
    LineKind.PENALTY: N_("Penalty for paying late"),
    LineKind.REFUND: N_("Refund"),
    LineKind.ADJUSTMENT: N_("Correction"),
    LineKind.UNITEMISED: N_("Something else"),
}


def _signed(kind: LineKind, amount: Money) -> Money:
    """A refund is taken off, however it is typed."""
    return -max(amount, -amount) if kind is LineKind.REFUND else amount


class _RowAmount(AmountField):
    """An amount in a row, under no label of its own."""

    def __init__(self, currency: str) -> None:
        super().__init__(currency)
        self.label.hide()
        self._unit.hide()


class RecordedRow(QWidget):
    """Something recorded that the bill holds if it is ticked.

    Attributes:
        candidate: What it is.
        box: Whether the bill holds it.
        amount: How much the bill asks for it.

    Signals:
        changed: It was ticked, or its amount was typed.
    """

    changed = Signal()

    def __init__(self, candidate: Candidate) -> None:
        """Show a candidate, not ticked yet."""
        super().__init__()
        self.candidate = candidate
        self.box = QCheckBox()
        self._what, self._when = QLabel(), quiet_label()
        self._what.setWordWrap(True)
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self._what.setBuddy(self.box)
        self.amount = _RowAmount(candidate.line.amount.currency)
        self.amount.set_money(candidate.line.amount)
        self.amount.edit.setEnabled(False)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._what)
        words.addWidget(self._when)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignTop)
        self.box.clicked.connect(self._on_ticked)
        self.amount.changed.connect(self.changed)
        self._fit()
        self.refresh()

    @property
    def is_ticked(self) -> bool:
        """Whether the bill holds it."""
        return self.box.isChecked()

    def set_ticked(self, *, is_ticked: bool) -> None:
        """Tick it or not."""
        self.box.setChecked(is_ticked)
        self.amount.edit.setEnabled(is_ticked)

    def refresh(self) -> None:
        """Set every text."""
        line, on = self.candidate.line, self.candidate.on
        kind = _(KIND_WORDS[line.kind])
        what = explain(self.candidate.what) or kind
        when = _("{kind}, {date}").format(kind=kind, date=show(on)) if on is not None else kind
        self._what.setText(what)
        self._when.setText(when)
        self.box.setAccessibleName(f"{what}. {when}. {show(line.amount)}")
        self.amount.say(_("Amount of {what} on the bill").format(what=what))
        self.amount.echo()

    def line(self) -> BillLine:
        """The line of the bill."""
        line = self.candidate.line
        return replace(line, amount=_signed(line.kind, self.amount.value()))

    def _on_ticked(self) -> None:
        self.amount.edit.setEnabled(self.is_ticked)
        self.changed.emit()

    def _fit(self) -> None:
        self.amount.setFixedWidth(_AMOUNT_DIGITS * self.fontMetrics().horizontalAdvance("0") + 2 * GRID)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


class TypedRow(QFrame):
    """A line in the user's or the lender's words.

    Attributes:
        kind: What it is for.
        amount: How much.
        words: What the statement calls it.
        remove_button: Takes it off.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self, line: BillLine) -> None:
        """Start with a line; one of nothing has an empty amount."""
        super().__init__()
        self.setObjectName("card")
        self._line = line
        self.kind, self.words = ChoiceField(), TextField(is_required=False)
        self.amount = AmountField(line.amount.currency)
        self.remove_button = LinkButton()
        grid = QGridLayout(self)
        grid.setContentsMargins(GRID, GRID, GRID, GRID)
        grid.setSpacing(GRID)
        grid.addWidget(self.kind, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.remove_button, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.amount, 1, 0, 1, 2)
        grid.addWidget(self.words, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.refresh()
        self.kind.set_key(line.kind)
        if line.amount:
            self.amount.set_money(line.amount)
        self.words.set_text(line.label)
        for field in (self.kind, self.amount, self.words):
            field.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Set every text."""
        self.kind.say(_("What it is"))
        self.kind.set_choices((kind, _(words)) for kind, words in KIND_WORDS.items())
        self.amount.say(_("Amount"))
        self.amount.echo()
        self.words.say(_("What the statement calls it"))
        self.remove_button.setText(_("Take off"))
        self.remove_button.setAccessibleName(_("Take this line off"))
        self._hint()

    def line(self) -> BillLine:
        """The line of the bill."""
        kind = LineKind(self.kind.value())  # Qt hands a StrEnum back as a str
        amount = _signed(kind, self.amount.value())
        return replace(self._line, kind=kind, amount=amount, label=self.words.text())

    def _hint(self) -> None:
        is_refund = self.kind.value() == LineKind.REFUND
        self.amount.set_hint(_("It is taken off the bill.") if is_refund else "")

    def _on_changed(self) -> None:
        self._hint()
        self.changed.emit()
