"""Orders that are not finished: when to look at them again."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.gui.fields import DateField, check_all
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_
from planner.services import procedures
from planner.services.cases.view import CaseView


class OrdersBody(Body):
    """Unfinished orders: a day on which to look at them again."""

    is_of_use_later = True

    def __init__(self, session: Session) -> None:
        """Build the field and its button."""
        super().__init__(session)
        self._case_id = ""
        self.day = DateField(session.today)
        self.remind_button = QPushButton()
        self.remind_button.clicked.connect(self._remind)
        self.clear_button = QPushButton()
        self.clear_button.clicked.connect(self._clear)
        buttons = Flow()
        buttons.addWidget(self.remind_button)
        buttons.addWidget(self.clear_button)
        self.column.addWidget(self.day)
        self.column.addLayout(buttons)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._case_id = view.case.id
        kept = view.case.look_again_on
        # Without an open order and without a reminder there is nothing to be reminded of.
        self.setVisible(bool(step.left) or kept is not None)
        self.day.today = self.session.today
        self.day.say(_("Look at the orders again on"))
        if kept is not None and not self.day.edit.hasFocus():
            self.day.set_day(kept)
        self.remind_button.setText(_("Remind me"))
        self.clear_button.setText(_("No reminder"))
        self.clear_button.setVisible(kept is not None)

    def _remind(self) -> None:
        if check_all([self.day]):
            self.session.do(N_("Set a reminder"), procedures.look_again, self._case_id, self.day.value())

    def _clear(self) -> None:
        self.day.set_text("")
        self.session.do(N_("Take a reminder away"), procedures.look_again, self._case_id, None)
