"""The record beside the lender's app."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from planner.compat import override
from planner.domain.procedures.step_view import StepView
from planner.gui.fields import AmountField, check_all
from planner.gui.labels import Figure, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_, Phrase
from planner.services.cases.reconcile import (
    Compared,
    compared,
    correct_to_app,
    note_agreement,
    recorded_balance,
)
from planner.services.cases.view import CaseView


class ReconcileBody(Body):
    """What is still to pay by the record, beside what the app shows.

    Attributes:
        figure: What the record says.
        stated: What the app shows.
        result: Whether they agree.
        compare_button: Compares them.
        correct_button: Records what the app shows; only where they differ.
        form_button: Opens the form for a correction, which can be about one bill; only where they differ.
    """

    def __init__(self, session: Session) -> None:
        """Build the figure and the field."""
        super().__init__(session)
        self._view: CaseView | None = None
        self._step_id = ""
        self._compared: Compared | None = None
        self.figure = Figure()
        self.stated = AmountField("")
        self.stated.changed.connect(self._on_typed)
        self.result = text_label()
        self.compare_button, self.correct_button, self.form_button = (
            QPushButton(),
            QPushButton(),
            QPushButton(),
        )
        self.compare_button.clicked.connect(self._compare)
        self.correct_button.clicked.connect(self._correct)
        self.form_button.clicked.connect(self._open_form)
        self.stated.edit.returnPressed.connect(self._compare)
        buttons = Flow()
        for button in (self.compare_button, self.correct_button, self.form_button):
            buttons.addWidget(button)
        for widget in (self.figure, self.stated, self.result):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._view, self._step_id = view, step.step.id
        self.figure.show_made(
            _("Still to pay by this record"), recorded_balance(self.session.store, view.case, view.today)
        )
        self.stated.set_currency(view.account.currency)
        self.stated.say(_("The app shows"), _("What is still to pay in all, as the lender’s app shows it."))
        self.compare_button.setText(_("Compare"))
        self.correct_button.setText(_("Record what the app shows"))
        self.form_button.setText(_("Correct one bill or say why…"))
        if self._compared is not None:
            self._compared = compared(self.session.store, view.case, self._compared.stated, view.today)
        self._show_result()

    def _show_result(self) -> None:
        found = self._compared
        words = _words(found) if found is not None else None
        self.result.say(words)
        self.result.setVisible(words is not None)
        differs = found is not None and not found.agrees
        for button in (self.correct_button, self.form_button):
            if not differs and button.hasFocus():
                self.compare_button.setFocus(Qt.FocusReason.OtherFocusReason)
            button.setVisible(differs)

    def _on_typed(self) -> None:
        self._compared = None
        self._show_result()

    def _compare(self) -> None:
        view = self._view
        if view is None or not check_all([self.stated]):
            return
        stated, today = self.stated.value(), self.session.today
        self._compared = compared(self.session.store, view.case, stated, today)
        if self._compared.agrees:
            title = N_("Compare the record with the app")
            self.session.do(title, note_agreement, view.case.id, self._step_id, stated, today)
        self._show_result()

    def _correct(self) -> None:
        if self._view is not None and self._compared is not None:
            self.session.do(
                N_("Record what the app says"),
                correct_to_app,
                self._view.case.id,
                self._step_id,
                self._compared.stated,
                self.session.today,
            )

    def _open_form(self) -> None:
        if self._view is not None:
            self.wanted.emit("bills", f"check:{self._view.account.id}")


def _words(found: Compared) -> Phrase:
    if found.agrees:
        return Phrase("Both say {amount}.", amount=found.ours)
    if found.difference.value.minor > 0:
        return Phrase("The app shows {amount} more than the record.", amount=found.apart)
    return Phrase("The app shows {amount} less than the record.", amount=found.apart)
