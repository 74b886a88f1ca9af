"""What can be done in the place Cash: each act opens its form in the pane, or acts at once."""

from __future__ import annotations

from PySide6.QtCore import QObject

from planner.domain.cash.editing import Scope
from planner.domain.cash.flow import Direction, Happened, Occurrence
from planner.domain.cash.occurrences import Time
from planner.domain.cash.rules import CashRules
from planner.gui.forms import Form
from planner.gui.pane import SidePane
from planner.gui.recording.cash_account import CashAccountForm
from planner.gui.recording.cash_balance import CashBalanceForm
from planner.gui.recording.cash_flow import CashFlowForm
from planner.gui.recording.cash_pays import CashPaysForm
from planner.gui.recording.cash_rules import CashRulesForm
from planner.gui.recording.cash_time import CashTimeForm
from planner.gui.session import Session
from planner.i18n import _
from planner.phrases import N_
from planner.services.cash import delete_cash_account
from planner.services.cash_flows import delete_flow, say_occurrence
from planner.services.cash_view import FlowRow


class CashActs(QObject):
    """Opens forms in the pane of the page, confirms, leaves out and deletes."""

    def __init__(self, session: Session, pane: SidePane) -> None:
        """Act on the open file, in a pane."""
        super().__init__(pane)
        self._session, self._pane = session, pane

    # --- cash accounts

    def add_account(self) -> None:
        """Open the form for a new cash account."""
        self._open(CashAccountForm(self._session), _("Add a cash account"))

    def change_account(self, cash_account_id: str) -> None:
        """Open the form of a cash account."""
        account = self._session.store.cash_accounts.find(cash_account_id)
        if account is not None:
            self._open(CashAccountForm(self._session, account), _("Change the cash account"))

    def see_balance(self, cash_account_id: str = "") -> None:
        """Open the form for what is on a cash account."""
        self._open(CashBalanceForm(self._session, cash_account_id), _("The balance is…"))

    def delete_account(self, cash_account_id: str) -> None:
        """Delete a cash account, without asking: it can be undone."""
        if self._pane.leave():
            self._session.do(N_("Delete the cash account"), delete_cash_account, cash_account_id)

    def choose_payers(self) -> None:
        """Open the form that says which cash account pays which lender."""
        self._open(CashPaysForm(self._session), _("Which account pays"))

    # --- incomes and expenses

    def add_income(self) -> None:
        """Open the form for a new income."""
        self._open(CashFlowForm(self._session, Direction.INCOME), _("Add an income"))

    def add_expense(self) -> None:
        """Open the form for a new expense."""
        self._open(CashFlowForm(self._session, Direction.EXPENSE), _("Add an expense"))

    def change_flow(self, row: FlowRow) -> None:
        """Open the form of an income or expense."""
        is_income = row.flow.direction is Direction.INCOME
        heading = _("Change the income") if is_income else _("Change the expense")
        self._open(CashFlowForm(self._session, row=row), heading)

    def say_time(self, row: FlowRow, time: Time | None = None) -> None:
        """Open the form for one time of an income or expense.

        Args:
            row: The income or expense.
            time: The time that has passed; None for the next one.
        """
        state = Happened.CONFIRMED if time is not None else None
        self._open(CashTimeForm(self._session, row, time, state), row.flow.name)

    def confirm(self, time: Time) -> None:
        """Note that something came as planned."""
        said = Occurrence(time.by_rule, Happened.CONFIRMED, time.on, time.amount)
        self._session.do(N_("Confirm one time"), say_occurrence, time.flow.id, said)

    def skip(self, time: Time) -> None:
        """Note that something did not come."""
        said = Occurrence(time.by_rule, Happened.SKIPPED)
        self._session.do(N_("Leave out one time"), say_occurrence, time.flow.id, said)

    def delete_flow(self, row: FlowRow) -> None:
        """Delete an income or expense with all its times, without asking: it can be undone."""
        if self._pane.leave():
            is_income = row.flow.direction is Direction.INCOME
            title = N_("Delete the income") if is_income else N_("Delete the expense")
            self._session.do(title, delete_flow, row.flow.id, Scope.ALL)

    # --- reserve and cap

    def change_rules(self, rules: CashRules) -> None:
        """Open the form of the reserve and the cap of a currency."""
        self._open(CashRulesForm(self._session, rules), _("Reserve and spending cap"))

    def _open(self, form: Form, heading: str) -> None:
        form.saved.connect(self._pane.close_content)
        self._pane.open(form, heading)
