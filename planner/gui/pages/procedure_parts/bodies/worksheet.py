"""What can be offered to this lender each month, line by line, each with how it was made."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.gui.arrange import clear
from planner.gui.labels import Figure, quiet_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.pages.procedure_parts.bodies.lacks import LacksList
from planner.gui.pages.procedure_parts.widgets import FigureLine
from planner.gui.session import Session
from planner.i18n import _, explain, show_month
from planner.look import GRID
from planner.services.cases.view import CaseView
from planner.services.cases.worksheet import Worksheet, worksheet_of


class WorksheetBody(Body):
    """The worksheet of a step.

    Attributes:
        figure: What can be offered each month.
        lines: How it comes about.
        lacks: What is missing in the record for it.
        payoff_button, cash_button: Lead to where it is worked out and recorded.
        sheet: What is shown; None until the step was shown.
    """

    is_of_use_later = True

    is_first = True

    def __init__(self, session: Session) -> None:
        """Build it empty."""
        super().__init__(session)
        self.sheet: Worksheet | None = None
        self._shown: tuple[str, ...] = ()
        self.figure, self.notes = Figure(), quiet_label()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(GRID // 2)
        self.lacks = LacksList()
        self.lacks.wanted.connect(self.wanted)
        self.payoff_button, self.cash_button = QPushButton(), QPushButton()
        self.payoff_button.clicked.connect(lambda: self._go("payoff"))
        self.cash_button.clicked.connect(lambda: self._go("cash"))
        buttons = Flow()
        buttons.addWidget(self.payoff_button)
        buttons.addWidget(self.cash_button)
        self.column.addWidget(self.figure)
        self.column.addLayout(self.lines)
        self.column.addWidget(self.notes)
        self.column.addWidget(self.lacks)
        self.column.addLayout(buttons)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        sheet = self.sheet = worksheet_of(self.session.store, view.account.id, self.session.today)
        label = _("You can offer each month")
        if sheet.proposal is not None and sheet.is_ready and sheet.proposal.is_full:
            label = _("Asked in the coming month")  # what is left of the month may be more
        if sheet.monthly is not None:
            self.figure.show_made(label, sheet.monthly)
        else:
            self.figure.say(label, _("Not known yet"))
        # Without anything recorded each of them would be nothing, which looks like an answer.
        lines = sheet.lines if sheet.has_budget else ()
        shown = tuple(f"{explain(line.name)} {line.amount.value}" for line in lines)
        if shown != self._shown:  # lines that still hold keep the keyboard
            self._shown = shown
            clear(self.lines)
            for line in lines:
                self.lines.addWidget(FigureLine(explain(line.name), line.amount))
        about = _("The budget of {month}, as Payoff shows it.").format(month=show_month(sheet.budget.month))
        self.notes.tell("\n".join([about, *map(explain, sheet.notes)]), sheet.notes)
        self.lacks.show_lacks(_("Missing in the record:"), sheet.lacks)
        self.payoff_button.setText(_("Open Payoff"))
        self.cash_button.setText(_("Record income and expenses"))

    def _go(self, place: str) -> None:
        if self.sheet is not None:
            self.wanted.emit(place, self.sheet.account.currency)
