"""The request to the lender: its day and time, and a second button while something is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.gui.fields import TimeField, check_all
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import DatedBody
from planner.gui.pages.procedure_parts.widgets import Notice
from planner.gui.session import Session
from planner.i18n import _, explain, ngettext
from planner.phrases import N_
from planner.services import procedures
from planner.services.cases.view import CaseView


class SubmitBody(DatedBody):
    """The day and the time of the request.

    While the record holds something open, recording takes a second button: the lender may have accepted
    the request all the same.

    Attributes:
        time: At what time of the day; may stay empty.
        warning: What is open, and that it can be recorded anyway; only once it is asked for.
        anyway_button: Records it all the same.
    """

    def __init__(self, session: Session) -> None:
        """Build the warning and its button below the field."""
        super().__init__(session)
        self._is_asked = False
        self._open = 0
        self.time = TimeField(is_required=False)
        self.column.insertWidget(self.column.indexOf(self.day) + 1, self.time)
        self.warning = Notice()
        self.warning.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.anyway_button = QPushButton()
        self.anyway_button.clicked.connect(self._record_anyway)
        anyway = Flow()
        anyway.addWidget(self.anyway_button)
        self.column.addWidget(self.warning)
        self.column.addLayout(anyway)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        super().show_view(view, step)
        submitted_on = view.case.submitted_on
        self._open = len(step.waits_for) if submitted_on is None else 0
        self._is_asked = self._is_asked and self._open > 0
        said = [phrase for phrase in (view.submitted, view.recorded_anyway) if phrase is not None]
        self._show_status("\n".join(map(explain, said)))
        self.day.say(_("Day of the request"))
        self.time.say(_("Time"))
        if submitted_on is not None and not self.day.edit.hasFocus():
            self.day.set_day(submitted_on)
            self.time.set_time(view.case.submitted_at)
        self.day.echo()
        self.record_button.setText(
            _("I have submitted the request") if submitted_on is None else _("Change the day")
        )
        self.record_button.setProperty("role", "primary" if submitted_on is None else "")
        self.record_button.style().polish(self.record_button)
        self.undo_button.setText(_("It was not submitted after all"))
        self.undo_button.setVisible(submitted_on is not None)
        self.record_button.setVisible(not self._is_asked)
        self._show_warning()

    def ask(self) -> None:
        """Say what is open, and offer to record the request all the same."""
        self._is_asked = True
        self._show_warning()
        # The keyboard moves on before the button that had it goes: to the words, so that pressing the
        # same key again records nothing that was never sent.
        self.warning.setFocus(Qt.FocusReason.OtherFocusReason)
        self.record_button.hide()

    def _show_warning(self) -> None:
        text = ngettext(
            "{count} thing is still open in the record, as listed above. If the lender has accepted the "
            "request all the same, you can record it; the case keeps that it was so.",
            "{count} things are still open in the record, as listed above. If the lender has accepted the "
            "request all the same, you can record it; the case keeps that it was so.",
            self._open,
        ).format(count=self._open)
        self.warning.say(text if self._is_asked else "")
        self.anyway_button.setText(_("Record it anyway"))
        self.anyway_button.setAccessibleDescription(text)
        self.anyway_button.setVisible(self._is_asked)

    def _record_anyway(self) -> None:
        if self._view is not None:
            self._submit(self._view, is_accepted=True)

    def _submit(self, view: CaseView, *, is_accepted: bool = False) -> None:
        if check_all([self.day, self.time]):
            self.session.do(
                N_("Submit the request"),
                procedures.submit,
                view.case.id,
                self.day.value(),
                self.session.today,
                at=self.time.value(),
                is_accepted=is_accepted,
            )

    @override
    def record(self, view: CaseView) -> None:
        if self._open:
            self.ask()
            return
        self._submit(view)

    @override
    def take_back(self, view: CaseView) -> None:
        self.session.do(N_("Take the request back"), procedures.withdraw, view.case.id, self.session.today)
