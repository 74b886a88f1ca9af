"""What is to be settled, in all and for each plan."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.gui.arrange import clear
from planner.gui.labels import Figure, quiet_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.widgets import FigureLine
from planner.gui.session import Session
from planner.i18n import _, explain
from planner.look import GRID
from planner.phrases import N_, Phrase
from planner.services.cases.view import CaseView
from planner.services.cases.views import settling


class SettleBody(Body):
    """What settling everything today comes to, in all and for each plan."""

    is_of_use_later = True

    # What to settle in all comes before what it is made of.
    is_first = True

    def __init__(self, session: Session) -> None:
        """Build the figure and an empty list of plans."""
        super().__init__(session)
        self._view: CaseView | None = None
        self.figure = Figure()
        self.parts = QVBoxLayout()
        self.parts.setSpacing(GRID // 2)
        self.notes = quiet_label()
        self.correct_button = QPushButton()
        self.correct_button.clicked.connect(self._correct)
        flow = Flow()
        flow.addWidget(self.correct_button)
        self.column.addWidget(self.figure)
        self.column.addLayout(self.parts)
        self.column.addWidget(self.notes)
        self.column.addLayout(flow)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._view = view
        found = view.settlement
        is_open = bool(step.left)
        note = "" if found.total.value.is_single else _("The sources differ on what the lender charges.")
        if is_open:
            self.figure.show_made(_("To settle everything today"), found.total, note)
        else:
            self.figure.say(_("To settle everything today"), _("Nothing is recorded as open."), note)
        clear(self.parts)
        for each in found.plans:
            name = _("{plan}, settled early").format(plan=each.plan.name)
            self.parts.addWidget(FigureLine(name, settling(each)))
        if found.late is not None:
            name = _("Late cost and daily charges by now, an estimate")
            self.parts.addWidget(FigureLine(name, found.late))
        notes = [*found.missing]
        if view.credit is not None:
            text = N_(
                "You have paid {amount} more than is recorded as due. Ask for it back before you cancel."
            )
            notes.append(Phrase(text, amount=view.credit))
        if is_open:
            text = N_("Did the app ask for another amount? Check the account against the app, and it counts.")
            notes.append(Phrase(text))
        self.notes.tell("\n".join(map(explain, notes)), notes)
        self.notes.setVisible(bool(notes))
        self.correct_button.setText(_("Check the account against the app"))
        self.correct_button.setVisible(is_open)

    def _correct(self) -> None:
        if self._view is not None:
            self.wanted.emit("bills", self._view.account.id)
