"""The step that asks after each due date whether the automatic debit was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.dates import add_months
from planner.domain.due import Due
from planner.domain.failed_debit import FailedDebit
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case
from planner.domain.procedures.debits import Debit, debits_since, together
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.bills import pay
from planner.services.cases.kept import not_after
from planner.services.failed_debits import forget_failed_debit, note_failed_debit
from planner.store.store import Store

_MONTHS_AHEAD = 2


class NotOpenError(PlannerError):
    """A debit of something that is not open any more."""

    message = N_("This is settled by the record, so there is nothing to confirm.")


@dataclass(frozen=True, slots=True)
class DebitsView:
    """The automatic debits of the account of a case.

    Attributes:
        debits: Each since the case was started and up to two months ahead, by date.
        is_automatic: Whether the account is recorded as debited by itself.
    """

    debits: tuple[Debit, ...]
    is_automatic: bool

    @property
    def open_count(self) -> int:
        """How many want to be looked at: not confirmed, or failed."""
        return sum(each.state.is_open for each in self.debits)


def debits_view(store: Store, case: Case, today: date) -> DebitsView:
    """The automatic debits of the account of a case, as they stand today.

    What fell due on the day before the start is asked for too: its confirmation comes a day later.
    """
    account = store.accounts.get(case.account_id)
    since = case.started_on - timedelta(days=1)
    payments = {paid.id: paid for paid in store.payments.of_account(account.id)}
    failed = store.failed_debits.of_account(account.id) if store.has_failed_debits else []
    dues = store.ledgers.history(account.id, today).dues
    until = add_months(today, _MONTHS_AHEAD)
    found = debits_since(dues, since, until, today, payments, failed)
    return DebitsView(together(found, account.name), account.automatic)


def confirm_debit(store: Store, account_id: str, due_id: str, on: date, today: date) -> Payment:
    """Record that a lender debited what was due; that it failed before is forgotten.

    Args:
        store: The open store.
        account_id: The account.
        due_id: What was debited; all that is still open of it.
        on: The day on which it was.
        today: The day it is recorded.

    Raises:
        FutureDateError: That day is still to come.
        NotOpenError: Nothing is open of it.
    """
    not_after(on, today)
    due = _open_due(store, account_id, due_id, today)
    forget_failed_debit(store, due_id)
    return pay(store, Payment(account_id, due.open, on, automatic=True, aimed_at=due.id))


def confirm_debits(store: Store, account_id: str, due_ids: Iterable[str], on: date, today: date) -> None:
    """Record that a lender debited several things at once; see ``confirm_debit``."""
    for due_id in due_ids:
        confirm_debit(store, account_id, due_id, on, today)


def fail_debits(store: Store, account_id: str, due_ids: Iterable[str], on: date, today: date) -> None:
    """Note that the debit of several things failed; see ``fail_debit``."""
    for due_id in due_ids:
        fail_debit(store, account_id, due_id, on, today)


def forget_failed_debits(store: Store, due_ids: Iterable[str]) -> None:
    """Take back that the debit of several things failed."""
    for due_id in due_ids:
        forget_failed_debit(store, due_id)


def fail_debit(
    store: Store, account_id: str, due_id: str, on: date, today: date, note: str = ""
) -> FailedDebit:
    """Note that a debit failed; what it was for stays due.

    Args:
        store: The open store.
        account_id: The account.
        due_id: What was to be debited.
        on: The day on which it failed.
        today: The day it is recorded.
        note: The user's words.

    Raises:
        FutureDateError: That day is still to come.
        NotOpenError: Nothing is open of it.
    """
    not_after(on, today)
    return note_failed_debit(store, _open_due(store, account_id, due_id, today), on, note)


def _open_due(store: Store, account_id: str, due_id: str, today: date) -> Due:
    due = store.ledgers.history(account_id, today).due(due_id)
    if due is None or not due.open:
        raise NotOpenError
    return due
