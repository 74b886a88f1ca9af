"""Each automatic debit: to come, made, failed, or still to be confirmed."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from planner.compat import override
from planner.domain.procedures.debits import Debit, DebitState, debit_words
from planner.domain.procedures.step_view import StepView
from planner.gui.fields import DateField, check_all
from planner.gui.labels import amber_label, quiet_label, text_label
from planner.gui.layouts import Flow
from planner.gui.pages.procedure_parts.bodies.body import Body
from planner.gui.session import Session
from planner.gui.wrapping import Disclosure
from planner.i18n import _, explain, ngettext, show
from planner.look import GRID
from planner.phrases import N_
from planner.services.cases.debits import (
    confirm_debits,
    debits_view,
    fail_debits,
    forget_failed_debits,
)
from planner.services.cases.view import CaseView
from planner.services.failed_debits import AHEAD


class DebitsBody(Body):
    """A line for each automatic debit since the case was started.

    Attributes:
        rows: Each, by the id of what is debited.
        paste_button: Leads to the form for a message of the lender.
    """

    lists_what_is_left = True

    def __init__(self, session: Session) -> None:
        """Build it without debits."""
        super().__init__(session)
        self._view: CaseView | None = None
        self.status = text_label()
        self.manual = quiet_label()
        self.paste_button = QPushButton()
        self.paste_button.clicked.connect(lambda: self.wanted.emit("bills", "message"))
        acts = Flow()
        acts.addWidget(self.paste_button)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2 * GRID)
        self.rows: dict[str, DebitRow] = {}
        self.column.addWidget(self.status)
        self.column.addWidget(self.manual)
        self.column.addLayout(self._lines)
        self.column.addLayout(acts)

    @override
    def show_view(self, view: CaseView, step: StepView) -> None:
        self._view = view
        found = debits_view(self.session.store, view.case, view.today)
        self.manual.setText(
            _("This account is not recorded as debited by the lender; what is due is listed all the same.")
        )
        self.manual.setVisible(not found.is_automatic)
        self.paste_button.setText(_("Paste the lender’s message…"))
        self.status.setText(_status(len(found.debits), found.open_count))
        for gone in self.rows.keys() - {each.due.id for each in found.debits}:
            row = self.rows.pop(gone)
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, each in enumerate(found.debits):
            if each.due.id not in self.rows:
                self._add(each.due.id)
            row = self.rows[each.due.id]
            if self._lines.indexOf(row) != place:
                self._lines.insertWidget(place, row)
            row.show_debit(each, view.today, self.paste_button)
            row.show()

    def _add(self, due_id: str) -> None:
        row = self.rows[due_id] = DebitRow(self.session.today)
        row.confirmed.connect(partial(self._confirm, due_id))
        row.failed.connect(partial(self._fail, due_id))
        row.forgotten.connect(partial(self._forget, due_id))
        row.pay_button.clicked.connect(lambda: self.wanted.emit("bills", f"pay:{due_id}"))

    def _confirm(self, due_id: str) -> None:
        row = self.rows[due_id]
        if self._view is None or row.debit is None:
            return
        on, today = min(row.debit.on, self.session.today), self.session.today
        if row.debit.state is DebitState.FAILED:  # the lender has tried again, on a day of its own
            if not check_all([row.day]):
                return
            on = row.day.value()
        self.session.do(
            N_("Confirm a debit"), confirm_debits, self._view.account.id, row.debit.due_ids, on, today
        )

    def _fail(self, due_id: str) -> None:
        row = self.rows[due_id]
        if self._view is not None and row.debit is not None:
            account_id, today = self._view.account.id, self.session.today
            on = min(row.debit.on, today)  # some lenders try ahead of the day
            self.session.do(N_("Note a failed debit"), fail_debits, account_id, row.debit.due_ids, on, today)

    def _forget(self, due_id: str) -> None:
        debit = self.rows[due_id].debit
        if debit is not None:
            self.session.do(N_("Take a failed debit back"), forget_failed_debits, debit.due_ids)


class DebitRow(QWidget):
    """One automatic debit, and what there is to say of it.

    Attributes:
        words: What it is and how it stands.
        yes_button, no_button: Say that it was made, or that it failed.
        fold: What is debited together, where that is more than one.
        day: On which the lender debited what had failed before.
        pay_button: Leads to the form for a payment by hand.
        undo_button: Takes back that it failed.
        debit: What it shows; None before it shows one.

    Signals:
        confirmed: It was made.
        failed: It failed.
        forgotten: It did not fail after all.
    """

    confirmed = Signal()
    failed = Signal()
    forgotten = Signal()

    def __init__(self, today: date) -> None:
        """Build the line and its buttons."""
        super().__init__()
        self.debit: Debit | None = None
        self.fold, self._parts = Disclosure(), text_label()
        self.fold.column.addWidget(self._parts)
        self.day = DateField(today)
        self.day.edit.returnPressed.connect(self.confirmed)
        self.words, self.advice = text_label(), amber_label()
        self.yes_button, self.no_button = QPushButton(), QPushButton()
        self.pay_button, self.undo_button = QPushButton(), QPushButton()
        self.yes_button.clicked.connect(self.confirmed)
        self.no_button.clicked.connect(self.failed)
        self.undo_button.clicked.connect(self.forgotten)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.words)
        column.addWidget(self.fold)
        column.addWidget(self.advice)
        column.addWidget(self.day)
        buttons = Flow()
        for button in (self.yes_button, self.no_button, self.pay_button, self.undo_button):
            buttons.addWidget(button)
        column.addLayout(buttons)

    def show_debit(self, debit: Debit, today: date, next_stop: QWidget) -> None:
        """Show how a debit stands.

        Args:
            debit: The debit.
            today: The day.
            next_stop: What gets the keyboard when the button that has it goes.
        """
        state, words = debit.state, debit_words(debit)
        is_failed = state is DebitState.FAILED
        if is_failed and (self.debit is None or self.debit.state is not state or self.day.today != today):
            self.day.set_day(today)
        self.debit = debit
        self.day.today = today
        self.day.say(_("Paid on"))
        self.day.echo()
        self.fold.say(_("Details"))
        parts = [
            _("{what}: {amount}").format(what=explain(p.label), amount=show(p.open or p.amount))
            for p in debit.parts
        ]
        self._parts.setText("\n".join(parts))
        focus = QApplication.focusWidget()
        for widget, is_shown in ((self.fold, bool(parts)), (self.day, is_failed)):
            if not is_shown and focus is not None and widget.isAncestorOf(focus):
                next_stop.setFocus(Qt.FocusReason.OtherFocusReason)
            widget.setVisible(is_shown)
        self.words.say(words)
        self.advice.setText(
            _(
                "It stays due. Pay it by hand, or ask the lender early what can be agreed. Check first that "
                "the lender has not tried again."
            )
        )
        self.advice.setVisible(is_failed)
        is_new = state in {DebitState.UNCONFIRMED, DebitState.TO_COME}
        has_come = is_new and debit.on <= today
        # Some lenders try a few days ahead.
        may_fail = is_new and debit.on <= today + AHEAD
        for button, text, is_shown in (
            (self.yes_button, _("Yes, it was debited"), has_come or is_failed),
            (self.no_button, _("It failed"), may_fail),
            (self.pay_button, _("Record a payment by hand…"), is_failed),
            (self.undo_button, _("It did not fail"), is_failed),
        ):
            button.setText(text)
            button.setAccessibleDescription(explain(words))
            if not is_shown and QApplication.focusWidget() is button:
                next_stop.setFocus(Qt.FocusReason.OtherFocusReason)
            button.setVisible(is_shown)


def _status(count: int, to_look_at: int) -> str:
    if not count:
        return _("No due date lies between the day this was started and the next two months.")
    if not to_look_at:
        return _("Nothing has to be confirmed now.")
    return ngettext("{count} debit wants a look.", "{count} debits want a look.", to_look_at).format(
        count=to_look_at
    )
