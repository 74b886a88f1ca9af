"""A choice that may make the rest needless."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from planner.compat import override
from planner.domain.procedures.step_view import ShownState, StepView
from planner.gui.labels import quiet_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_
from planner.services import procedures
from planner.services.cases.stopping import bring_back, has_stopped
from planner.services.cases.view import CaseView


class ChooseBody(Body):
    """A choice that may make the rest needless."""

    def __init__(self, session: Session) -> None:
        """Build the button."""
        super().__init__(session)
        self._case_id = self._step_id = ""
        self._is_closing = False
        self.stay_button = QPushButton()
        self.stay_button.clicked.connect(self._stay)
        self.back_button = QPushButton()
        self.back_button.clicked.connect(self._bring_back)
        self.hint = quiet_label()
        flow = Flow()
        flow.addWidget(self.stay_button)
        flow.addWidget(self.back_button)
        self.column.addLayout(flow)
        self.column.addWidget(self.hint)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._case_id, self._step_id = view.case.id, step.step.id
        self._is_closing = view.procedure.is_closing
        if self._is_closing:
            self.stay_button.setText(_("I will not cancel"))
            self.hint.setText(_("This marks the steps of cancelling as not needed. It can be undone."))
        else:
            self.stay_button.setText(_("I leave it at that"))
            self.hint.setText(_("This marks the steps that are left as not needed. It can be undone."))
        self.back_button.setText(_("Bring the steps back"))
        is_offered = view.case.submitted_on is None and not step.is_settled
        is_stopped = step.state is ShownState.DONE and has_stopped(view)
        if is_stopped and self.stay_button.hasFocus():  # the keyboard moves on before its button goes
            self.back_button.show()
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stay_button.setVisible(is_offered)
        if is_stopped and view.is_finishable:
            self.hint.setText(_("You can finish it now."))
        self.hint.setVisible(is_offered or (is_stopped and view.is_finishable))
        self.back_button.setVisible(is_stopped)
        self.setVisible(is_offered or is_stopped)

    def _stay(self) -> None:
        title = N_("Decide not to cancel") if self._is_closing else N_("Decide not to go on")
        self.session.do(title, procedures.stay, self._case_id, self._step_id, self.session.today)

    def _bring_back(self) -> None:
        self.session.do(N_("Bring the steps back"), bring_back, self._case_id, self._step_id)
