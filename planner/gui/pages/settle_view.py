"""What settling instalment plans today would save: each plan, and all of them together."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.gui.arrange import clear
from planner.gui.beginning import Begins
from planner.gui.icons import icon
from planner.gui.labels import Figure, quiet_label, text_label, title_label
from planner.gui.layouts import Columns, Flow
from planner.gui.session import Session
from planner.gui.tables import Column, Table, TableModel
from planner.i18n import _
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.settling import PlanSaving, Savings, savings

_MOST_ROWS = 16
_FIGURE = 14  # how narrow a figure may be, in heights of a line

_KNOWN, _DISPUTED, _UNKNOWN = N_("Known"), N_("Disputed"), N_("Unknown")


def _rule(saving: PlanSaving) -> str:
    """Whether the rule that the amounts of a plan follow is known."""
    if saving.cost.value.known:
        return _(_KNOWN)
    return _(_UNKNOWN if saving.account.terms.early_settlement.is_unknown else _DISPUTED)


_COLUMNS: tuple[Column[PlanSaving], ...] = (
    Column(N_("Plan"), lambda each: each.plan.name, is_wide=True),
    Column(N_("Account"), lambda each: each.account.name),
    Column(N_("Saves"), lambda each: each.saved.value, made=lambda each: each.saved),
    Column(N_("To settle today"), lambda each: each.amount.value, made=lambda each: each.amount),
    Column(N_("If it runs on"), lambda each: each.scheduled.value, made=lambda each: each.scheduled),
    Column(N_("Until"), lambda each: each.last_on.value, made=lambda each: each.last_on),
    Column(N_("Lender’s rule"), _rule),
)


class SettleView(Begins, QWidget):
    """What would I save by settling today?

    Attributes:
        table: Each plan with what settling it costs and saves, the greatest saving first.
        figures: Per currency: what settling all plans saves, what it costs, and what they cost otherwise.
        extra_button: Leads on to an extra payment towards the plan that is selected.
        found: The result that is shown.

    Signals:
        extra_wanted: The id of the plan towards which an extra payment is to be tried.
        plan_wanted: The id of a plan to show.
    """

    extra_wanted = Signal(str)
    plan_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        """Build it without a word of text."""
        super().__init__()
        self.session = session
        self.found: Savings | None = None
        self.figures: list[Figure] = []
        self._heading, self._intro = title_label(), quiet_label()
        self.empty = text_label()
        self.table = Table(TableModel(_COLUMNS))
        self._notes = quiet_label()
        self.extra_button, self.plan_button = QPushButton(), QPushButton()
        self.extra_button.setIcon(icon("plus"))
        self.extra_button.clicked.connect(lambda: self.extra_wanted.emit(self._chosen))
        self.plan_button.clicked.connect(lambda: self.plan_wanted.emit(self._chosen))
        self.table.chosen.connect(lambda each: self.plan_wanted.emit(each.plan.id))
        self.table.selected.connect(self._say_selected)
        self._sums = Columns(_FIGURE, 3, is_even=True)
        self._around_sums = QWidget()
        self._around_sums.setLayout(self._sums)
        buttons = Flow()
        buttons.addWidget(self.extra_button)
        buttons.addWidget(self.plan_button)
        self._buttons = QWidget()
        self._buttons.setLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (self._heading, self._intro, self.empty, self._around_sums, self.table):
            column.addWidget(widget)
        column.addWidget(self._buttons)
        column.addWidget(self._notes)
        column.addStretch(1)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Set every text and every value."""
        self._heading.setText(_("What would I save by settling today?"))
        self._intro.setText(
            _(
                "Instalments due by today are to be paid anyway and are not in it. Where the rule of a "
                "lender is unknown or disputed, the amounts are ranges."
            )
        )
        self.empty.setText(_("No recorded plan has an instalment that falls due later."))
        self.extra_button.setText(_("Try an extra payment…"))
        self.plan_button.setText(_("Show this plan"))
        self._notes.setText(
            _(
                "Ask the lender for the exact amount before you pay, and let it confirm that the plan has "
                "ended."
            )
        )
        self.table.setAccessibleName(_("What settling each plan costs and saves"))
        self.found = savings(self.session.store, self.session.today)
        chosen = self.table.current()
        self.table.values_model.set_values(self.found.plans)
        self.table.fit_height(_MOST_ROWS)
        if chosen is not None:
            self.table.select(lambda each: each.plan.id == chosen.plan.id)
        self._say_sums(self.found)
        is_empty = not self.found.plans
        self.empty.setVisible(is_empty)
        for widget in (self.table, self._around_sums, self._notes, self._buttons, self._intro):
            widget.setVisible(not is_empty)
        self._say_selected(self.table.current())

    def _say_sums(self, found: Savings) -> None:
        clear(self._sums)
        self.figures = []
        for currency, total in found.totals.items():
            count = sum(each.rest.currency == currency for each in found.plans)
            note = Phrase.counted("{count} plan", "{count} plans", count)
            for label, figure in (
                (_("Settling all plans saves"), total.saved),
                (_("To settle all plans today"), total.amount),
                (_("If all plans run on"), total.scheduled),
            ):
                shown = Figure()
                shown.show_made(label, figure, note)
                self._sums.addWidget(shown)
                self.figures.append(shown)

    def _say_selected(self, each: PlanSaving | None) -> None:
        for button in (self.extra_button, self.plan_button):
            button.setEnabled(each is not None)

    @property
    def _chosen(self) -> str:
        """The id of the plan that is selected; the buttons are off where none is."""
        each = self.table.current()
        return each.plan.id if each is not None else ""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.found is not None:
            self.refresh()
