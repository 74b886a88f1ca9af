"""The most to buy on credit in a month: what is used of it, and another one."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from planner.compat import override
from planner.domain.cash.spending import Spending
from planner.domain.procedures.step_view import StepView
from planner.gui.fields import AmountField, check_all
from planner.gui.labels import Figure
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.widgets import Notice
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_, Phrase
from planner.services.cases.cap import cap_view, set_cap
from planner.services.cases.view import CaseView


class CapBody(Body):
    """What was bought on credit this month, and the cap on it.

    Attributes:
        figure: What was bought.
        alert: That the cap is nearly reached, or passed.
        cap: The most to buy.
        set_button, none_button: Set it, and take it away.
    """

    def __init__(self, session: Session) -> None:
        """Build the figure and the field."""
        super().__init__(session)
        self._case_id = self._step_id = ""
        self.figure = Figure()
        self.alert = Notice()
        self.cap = AmountField("")
        self.set_button, self.none_button = QPushButton(), QPushButton()
        self.set_button.clicked.connect(self._set)
        self.none_button.clicked.connect(self._take_away)
        self.cap.edit.returnPressed.connect(self._set)
        buttons = Flow()
        buttons.addWidget(self.set_button)
        buttons.addWidget(self.none_button)
        for widget in (self.figure, self.alert, self.cap):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._case_id, self._step_id = view.case.id, step.step.id
        found = cap_view(self.session.store, view.case, view.today)
        self.figure.show_made(_("Bought on credit this month"), found.spent, _note(found))
        self.alert.say(found.words)
        self.cap.set_currency(found.currency)
        self.cap.say(
            _("Cap for a month"),
            _(
                "It counts for all accounts in this currency. The lender is told nothing, and nothing is "
                "blocked."
            ),
        )
        if not self.cap.edit.hasFocus():
            self.cap.set_money(found.cap)
            self.cap.echo()
        self.set_button.setText(_("Set the cap") if found.cap is None else _("Change the cap"))
        self.none_button.setText(_("No cap"))
        if found.cap is None and self.none_button.hasFocus():
            self.cap.setFocus()
        self.none_button.setVisible(found.cap is not None)

    def _set(self) -> None:
        if check_all([self.cap]):
            cap, today = self.cap.value(), self.session.today
            self.session.do(N_("Set a cap"), set_cap, self._case_id, self._step_id, cap, today)

    def _take_away(self) -> None:
        self.session.do(
            N_("Take a cap away"), set_cap, self._case_id, self._step_id, None, self.session.today
        )


def _note(found: Spending) -> Phrase:
    if found.left is None:
        return Phrase("No cap is set.")
    return Phrase("{left} is left under the cap.", left=found.left)
