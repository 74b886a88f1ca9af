"""What can be done with a whole case: print it, put it into the report, finish it, delete it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from planner.gui.icons import icon
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.forms import FinishForm
from planner.gui.pages.procedure_parts.print_form import PrintForm
from planner.gui.session import Session
from planner.gui.wrapping import icon_size
from planner.i18n import _
from planner.phrases import N_
from planner.services import procedures
from planner.services.cases.view import CaseView


class Actions(QWidget):
    """The buttons below the steps.

    Attributes:
        print_button: Asks how to print it.
        report_button: Leads to the report with it.
        finish_button: Asks for its end, or goes on with it.
        delete_button: Deletes it.

    Signals:
        wanted: Another place, and what to show there.
        form_asked: A form to open at the right, and its heading.
    """

    wanted = Signal(str, str)
    form_asked = Signal(object, str)

    def __init__(self, session: Session) -> None:
        """Build the buttons."""
        super().__init__()
        self.session = session
        self._view: CaseView | None = None
        self.print_button, self.report_button = QPushButton(), QPushButton()
        self.finish_button, self.delete_button = QPushButton(), QPushButton()
        self.print_button.setIcon(icon("printer"))
        self.report_button.setIcon(icon("file-text"))
        for button in (self.print_button, self.report_button):
            button.setIconSize(icon_size(self))
        self.print_button.clicked.connect(self._print)
        self.report_button.clicked.connect(self._report)
        self.finish_button.clicked.connect(self._finish_or_reopen)
        self.delete_button.clicked.connect(self._delete)
        flow = Flow()
        self.setLayout(flow)
        flow.setContentsMargins(0, 0, 0, 0)
        for button in (self.print_button, self.report_button, self.finish_button, self.delete_button):
            flow.addWidget(button)

    def show_view(self, view: CaseView) -> None:
        """Offer what can be done with a case."""
        self._view = view
        self.print_button.setText(_("Print pack…"))
        self.print_button.setAccessibleDescription(_("One or two pages to take along."))
        self.report_button.setText(_("Put into the report"))
        self.finish_button.setText(_("Go on with it") if view.case.ended_on is not None else _("Finish…"))
        self.delete_button.setText(_("Delete"))
        self.delete_button.setAccessibleDescription(
            _("Deletes the marks, notes and contacts of this procedure, and the copies of its files.")
        )

    def _print(self) -> None:
        if self._view is not None:
            self.form_asked.emit(PrintForm(self.session, self._view), _("Print pack"))

    def _report(self) -> None:
        if self._view is not None:
            self.wanted.emit("reports", "case:" + self._view.case.id)

    def _finish_or_reopen(self) -> None:
        view = self._view
        if view is None:
            return
        if view.case.ended_on is None:
            self.form_asked.emit(FinishForm(self.session, view), _("Finish the procedure"))
        else:
            self.session.do(N_("Go on with a procedure"), procedures.reopen, view.case.id, self.session.today)

    def _delete(self) -> None:
        if self._view is not None:
            self.session.do(N_("Delete a procedure"), procedures.delete_case, self._view.case.id)
