"""A task that comes again: when it is due, how often, and that it was done."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.domain.procedures.tasks import MOST_MONTHS
from planner.gui.fields import CountField, check_all
from planner.gui.labels import text_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.session import Session
from planner.i18n import _, ngettext
from planner.phrases import N_
from planner.services.cases.tasks import do_task, set_interval, task_view
from planner.services.cases.view import CaseView


class TaskBody(Body):
    """When a task is due, and after how many months it comes again.

    Attributes:
        status: When it is due.
        months: How often it comes.
        done_button: Notes that it was done today.
        keep_button: Keeps the number of months.
    """

    def __init__(self, session: Session) -> None:
        """Build the field and the buttons."""
        super().__init__(session)
        self._case_id = self._step_id = ""
        self.status = text_label()
        self.months = CountField(1, MOST_MONTHS)
        self.done_button, self.keep_button = QPushButton(), QPushButton()
        self.done_button.clicked.connect(self._do)
        self.keep_button.clicked.connect(self._keep)
        self.months.edit.returnPressed.connect(self._keep)
        done, keep = Flow(), Flow()
        done.addWidget(self.done_button)
        keep.addWidget(self.keep_button)
        self.column.addWidget(self.status)
        self.column.addLayout(done)
        self.column.addWidget(self.months)
        self.column.addLayout(keep)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._case_id, self._step_id = view.case.id, step.step.id
        found = task_view(view.case, step.step, view.today)
        self.status.say(found.words)
        published = step.step.every or 1
        hint = ngettext("Suggested: every month.", "Suggested: every {count} months.", published)
        self.months.say(_("Comes again after so many months"), hint.format(count=published))
        if not self.months.edit.hasFocus():
            self.months.set_count(found.months)
        self.done_button.setText(_("Done today"))
        self.done_button.setEnabled(found.last_on != view.today)
        self.done_button.setProperty("role", "primary" if found.is_due else "")
        self.done_button.style().polish(self.done_button)
        self.keep_button.setText(_("Keep this interval"))

    def _do(self) -> None:
        # The keyboard moves on before the button cannot have it any more.
        self.months.setFocus()
        self.session.do(N_("Do a task"), do_task, self._case_id, self._step_id, self.session.today)

    def _keep(self) -> None:
        if check_all([self.months]):
            months = self.months.value()
            self.session.do(N_("Change an interval"), set_interval, self._case_id, self._step_id, months)
