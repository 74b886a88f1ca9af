"""How long the lender may take."""

from __future__ import annotations

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.gui.labels import Figure
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.session import Session
from planner.i18n import _, explain
from planner.services.cases.view import CaseView


class VerifyBody(Body):
    """When the lender may have finished."""

    def __init__(self, session: Session) -> None:
        """Build the figure."""
        super().__init__(session)
        self.figure = Figure()
        self.column.addWidget(self.figure)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        window = view.made_window
        self.figure.setVisible(window is not None)
        if window is not None:
            note = explain(view.window_note) if view.window_note is not None else ""
            self.figure.show_made(_("The lender should be done"), window, note)
