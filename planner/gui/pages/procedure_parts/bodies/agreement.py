"""What was agreed with the lender, how it is kept, and the form that records it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.gui.labels import quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.session import Session
from planner.i18n import _, explain
from planner.phrases import N_
from planner.services.agreements import take_back
from planner.services.cases.view import CaseView


class AgreementBody(Body):
    """The agreement of a case.

    Attributes:
        told: What was agreed, and how far it is; or what recording it does.
        notes: What else to know of it.
        record_button: Opens the form.
        plan_button: Leads to its instalments.
        back_button: Takes it back.
    """

    is_of_use_later = True

    def __init__(self, session: Session) -> None:
        """Build it without an agreement."""
        super().__init__(session)
        self._view: CaseView | None = None
        self._step_id = ""
        self.told, self.notes = text_label(), quiet_label()
        self.record_button, self.plan_button, self.back_button = (QPushButton() for _number in range(3))
        self.record_button.clicked.connect(self._record)
        self.plan_button.clicked.connect(self._show_plan)
        self.back_button.clicked.connect(self._take_back)
        buttons = Flow()
        for button in (self.record_button, self.plan_button, self.back_button):
            buttons.addWidget(button)
        self.column.addWidget(self.told)
        self.column.addWidget(self.notes)
        self.column.addLayout(buttons)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._view, self._step_id = view, step.step.id
        found = view.agreement
        if found is None:
            self.told.setText(
                _(
                    "What you record becomes a plan with its own due dates. What it covers is due by that "
                    "plan from then on, and what was late stays counted as late."
                )
            )
            self.notes.hide()
        else:
            said = (found.summary, found.course)
            self.told.tell("\n".join(map(explain, said)), *said)
            self.notes.tell("\n".join(map(explain, found.notes)), *found.notes)
            self.notes.show()
        self.record_button.setText(_("Record what was agreed…") if found is None else _("Change it…"))
        self.record_button.setEnabled(found is not None or not step.is_blocked)
        self.plan_button.setText(_("Show the instalments"))
        self.plan_button.setVisible(found is not None)
        self.back_button.setText(_("It was not agreed after all"))
        self.back_button.setVisible(found is not None)

    def _record(self) -> None:
        from planner.gui.pages.procedure_parts.agreement_form import (  # noqa: PLC0415 - only once it is wanted
            AgreementForm,
        )

        if self._view is None:
            return
        known = self._view.agreement.agreed if self._view.agreement is not None else None
        form = AgreementForm(self.session, self._view.case, self._step_id, known)
        self.form_asked.emit(form, _("What was agreed"))

    def _show_plan(self) -> None:
        if self._view is not None and self._view.agreement is not None:
            self.wanted.emit("bills", self._view.agreement.plan.rows[0].id)

    def _take_back(self) -> None:
        if self._view is not None and self._view.agreement is not None:
            self.record_button.setFocus()  # the button that had the keyboard goes
            self.session.do(N_("Take an agreement back"), take_back, self._view.agreement.agreed.id)
