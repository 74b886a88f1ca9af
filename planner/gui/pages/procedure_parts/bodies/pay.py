"""What is late is paid exactly: how much that is, what of it is paid, and a payment with its time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.payment import Payment
from planner.domain.procedures.paying import PayState
from planner.domain.procedures.step_view import StepView
from planner.errors import PlannerError
from planner.gui.fields import AmountField, DateField, TextField, TimeField, check_all
from planner.gui.labels import Figure, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.session import Session
from planner.i18n import _, explain, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.cases.late_cost import late_cost_in, made_late_cost, settled_cost
from planner.services.cases.paying import PayView, pay_view, pay_words
from planner.services.cases.payments import (
    confirm_settled,
    record_exact_payment,
    set_payment_time,
    take_settled_back,
)
from planner.services.cases.view import CaseView


class PayBody(Body):
    """What has to be paid exactly, and the payments towards it.

    Attributes:
        figure: What has to be paid, or is still missing.
        status: What of it is recorded as paid, and what is missing.
        minimum: Why it is more than the minimum.
        cost: What of a payment is recorded as late cost.
        amount, day, time, note: A payment.
        record_button: Records it.
        confirm_button, undo_button: Say that the app shows it as settled, and take that back.
        time_button: Keeps the time of a payment that was recorded without one.
    """

    lists_what_is_left = True

    def __init__(self, session: Session) -> None:
        """Build the figure and the fields."""
        super().__init__(session)
        self._view: CaseView | None = None
        self._found: PayView | None = None
        self._step_id = ""
        self.figure = Figure()
        self.status = text_label()
        self.missing, self.minimum, self.cost = quiet_label(), quiet_label(), text_label()
        self.amount = AmountField("")
        self.day = DateField(session.today)
        self.day.set_day(session.today)
        self.note = TextField(is_required=False)
        self.time = TimeField(is_required=False)
        self.record_button, self.time_button = QPushButton(), QPushButton()
        self.confirm_button, self.undo_button = QPushButton(), QPushButton()
        self.record_button.clicked.connect(self._record)
        self.time_button.clicked.connect(self._keep_time)
        self.confirm_button.clicked.connect(self._confirm)
        self.undo_button.clicked.connect(self._take_back)
        for changed in (self.amount, self.day):
            changed.changed.connect(self._show_cost)
        for typed in (self.amount, self.day, self.time, self.note):
            typed.edit.returnPressed.connect(self._on_return)
        self.fields = QWidget()
        inner = QVBoxLayout(self.fields)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GRID)
        for field in (self.amount, self.day):
            inner.addWidget(field)
        buttons = Flow()
        for button in (self.record_button, self.time_button, self.confirm_button, self.undo_button):
            buttons.addWidget(button)
        shown = (self.figure, self.status, self.minimum, self.missing, self.fields, self.time, self.note)
        for widget in (*shown, self.cost):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._view, self._step_id = view, step.step.id
        found = self._found = pay_view(self.session.store, view.case, self._step_id, view.today)
        self._show_figure(found)
        self._say_fields(view, found)
        is_enough = found.settled_on is not None or (
            found.exact is not None and found.exact.state is PayState.REACHED
        )
        lacks_time = is_enough and found.last is not None and found.at is None
        for widget, is_shown in (
            (self.undo_button, found.settled_on is not None),
            (self.confirm_button, found.may_confirm and found.settled_on is None),
            (self.time_button, lacks_time),
            (self.fields, not is_enough),
            (self.note, not is_enough),
            (self.record_button, not is_enough),
            (self.time, not is_enough or lacks_time),
        ):
            self._set_shown(widget, is_shown=is_shown)
        self._show_cost()

    def _show_figure(self, found: PayView) -> None:
        exact = found.exact
        if exact is None:
            self.figure.say(_("To pay exactly today"), _("Nothing late is recorded."))
        else:
            note = ""
            if not exact.is_known:
                note = _("What being late costs comes on top; it is not known here, but the app shows it.")
            elif not exact.day.wanted.is_single:
                note = _("The sources differ on what being late costs. The app shows the exact amount.")
            is_reached = exact.state is PayState.REACHED
            if found.settled_on is not None:
                self.figure.say(_("To pay exactly today"), _("Settled already"))
            elif exact.payments and not is_reached:
                self.figure.show_made(_("Still to pay"), exact.made_left, note)
            else:
                label = _("What was to be paid exactly") if is_reached else _("To pay exactly today")
                self.figure.show_made(label, exact.made_wanted, note)
        self.status.say(pay_words(found))
        self.status.setVisible(exact is not None or found.settled_on is not None)
        missing = exact.missing if exact is not None and found.settled_on is None else ()
        self.missing.tell("\n".join(map(explain, missing)), missing)
        self.missing.setVisible(bool(missing))
        self.minimum.setText(
            _(
                "The minimum brings a bill up to date as this record counts. The sources do not say whether "
                "that is enough to lift a freeze, so this is the whole of it."
            )
        )
        self.minimum.setVisible(found.has_minimum)

    def _say_fields(self, view: CaseView, found: PayView) -> None:
        self.amount.set_currency(view.account.currency)
        exact = found.exact
        if exact is not None and exact.left.least == exact.left.most and self.amount.is_empty:
            self.amount.set_money(exact.left.most)
        self.amount.say(_("Amount paid"))
        self.day.today = view.today
        self.day.say(_("Paid on"))
        self.day.echo()
        self.note.say(_("Proof"), _("For example the number of the payment, or where the screenshot is."))
        self.time.say(_("Time of the payment"), _("The wait counts from it."))
        self.record_button.setText(_("Record the payment"))
        self.record_button.setProperty("role", "primary")
        self.record_button.style().polish(self.record_button)
        self.time_button.setText(_("Keep the time"))
        self.confirm_button.setText(_("The app shows it as settled"))
        self.undo_button.setText(_("It is not settled after all"))

    def _show_cost(self) -> None:
        """Say what of the payment would be recorded as late cost, or of all once it is settled."""
        found, view, words = self._found, self._view, ""
        cost, payment = None, None
        if view is not None and self.fields.isVisibleTo(self) and not self.amount.is_empty:
            payment = self._payment_typed(view)
            if payment is not None:
                cost = late_cost_in(self.session.store, view.case, payment, view.today)
            words = _("Of it, {amount} is recorded as late cost.")
        elif view is not None and found is not None and found.may_confirm and found.settled_on is None:
            cost = settled_cost(self.session.store, view.case, view.today)
            words = _("If the app shows it as settled, {amount} of it is recorded as late cost.")
        if view is not None and cost is not None:
            made = made_late_cost(self.session.store, cost, view.case.started_on, view.today, payment)
            self.cost.tell(words.format(amount=show(made)), made)
        else:
            self.cost.tell("")
        self.cost.setVisible(cost is not None)

    def _payment_typed(self, view: CaseView) -> Payment | None:
        try:
            amount, day = self.amount.value(), self.day.value()
        except PlannerError:
            return None
        return Payment(view.account.id, amount, day)

    def _set_shown(self, widget: QWidget, *, is_shown: bool) -> None:
        """Show or hide something; the keyboard moves on before what had it goes."""
        focus = QApplication.focusWidget()
        if not is_shown and focus is not None and (widget is focus or widget.isAncestorOf(focus)):
            self.figure.why_button.setFocus(Qt.FocusReason.OtherFocusReason)
        widget.setVisible(is_shown)

    def _on_return(self) -> None:
        if self.record_button.isVisible():
            self._record()
        else:
            self._keep_time()

    def _record(self) -> None:
        if self._view is None or not check_all([self.amount, self.day, self.note, self.time]):
            return
        payment = Payment(
            self._view.account.id, self.amount.value(), self.day.value(), note=self.note.value() or ""
        )
        at = self.time.value()
        self.amount.set_money(None)
        title = N_("Record a payment")
        today = self.session.today
        if (
            self.session.do(
                title, record_exact_payment, self._view.case.id, self._step_id, payment, today, at=at
            )
            is None
        ):
            self.amount.set_money(payment.amount)
            return
        self.note.set_text("")
        self.time.set_time(None)

    def _keep_time(self) -> None:
        last = self._found.last if self._found is not None else None
        if self._view is not None and last is not None and check_all([self.time]):
            kept = self.session.do(
                N_("Keep the time of a payment"),
                set_payment_time,
                self._view.case.id,
                self._step_id,
                last.paid_on,
                self.time.value(),
            )
            if kept is not None:
                self.time.set_time(None)

    def _confirm(self) -> None:
        if self._view is not None:
            case_id = self._view.case.id
            title = N_("Say that it is settled in the app")
            self.session.do(title, confirm_settled, case_id, self._step_id, self.session.today)

    def _take_back(self) -> None:
        if self._view is not None:
            title = N_("Say that it is not settled")
            self.session.do(title, take_settled_back, self._view.case.id, self._step_id)
