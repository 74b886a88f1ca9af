"""What lenders debit by themselves: what is recorded, until that was changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.domain.account import Account
from planner.domain.cash.debts import debt_movements, movement_of
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.due import Due
from planner.domain.money import sum_of

if TYPE_CHECKING:
    from planner.domain.adopted.plan import AdoptedPlan, PlannedPayment


def debits_of(
    dues: Iterable[Due], accounts: Mapping[str, Account], today: date, plan: AdoptedPlan | None = None
) -> tuple[Movement, ...]:
    """What lenders debit by themselves, as movements of cash.

    A lender debits what is due, whatever the user means to pay: a plan counts for less only once the user
    has said that the automatic debit is changed. What the plan pays before the due date is not debited
    again. What a lender has agreed to is recorded, so it is among the dues.

    Args:
        dues: What is still to pay.
        accounts: Each account by its id.
        today: The day.
        plan: What is left of the plan that is followed, of one currency; None for none.
    """
    debited = {account_id: account for account_id, account in accounts.items() if account.automatic}
    own = [due for due in dues if due.account_id in debited]
    if plan is None:
        return debt_movements(own, accounts, today)
    changed = _changed(plan)
    as_planned = debt_movements(
        [due for due in own if due.account_id in changed], accounts, today, plan, is_rest=True
    )
    # What the plan pays beside the dues is in it for every account.
    as_planned = tuple(each for each in as_planned if each.account_id in debited)
    rest = [due for due in own if due.account_id not in changed]
    return (*_as_recorded(rest, accounts, today, plan), *as_planned)


def debts_as_debited(
    dues: Sequence[Due], accounts: Mapping[str, Account], today: date, plan: AdoptedPlan | None = None
) -> tuple[Movement, ...]:
    """What goes to lenders if they debit what ``debits_of`` says, as movements of cash.

    What is not debited by itself is paid as planned. What the plan pays before the due date of what is
    debited is paid, too.

    Args:
        dues: What is still to pay.
        accounts: Each account by its id.
        today: The day.
        plan: What is left of the plan that is followed, of one currency; None for none.
    """
    if plan is None:
        return debt_movements(dues, accounts, today)
    by_plan = debt_movements(dues, accounts, today, plan, is_rest=True)
    by_hand = [each for each in by_plan if not accounts[each.account_id].automatic]
    changed = _changed(plan)
    for due in dues:
        account = accounts[due.account_id]
        if account.automatic and account.id not in changed and due.due_on is not None:
            whole = replace(movement_of(due, account, today), kind=MovementKind.PLANNED, automatic=False)
            by_hand += (
                replace(whole, on=max(payment.on, today), amount=-payment.on_record, doubt=None)
                for payment in _ahead(due, due.due_on, today, plan)
            )
    return (*by_hand, *debits_of(dues, accounts, today, plan))


def _changed(plan: AdoptedPlan) -> frozenset[str]:
    """The accounts whose automatic debit the user has changed to what the plan pays."""
    return frozenset(todo.account_id for todo in plan.todos if todo.is_debit and todo.state.is_agreed)


def _as_recorded(
    dues: Iterable[Due], accounts: Mapping[str, Account], today: date, plan: AdoptedPlan
) -> Iterator[Movement]:
    """What is debited on the dates of the dues: what is open of them then."""
    for due in dues:
        if due.due_on is None or not due.open:
            continue
        ahead = (payment.on_record for payment in _ahead(due, due.due_on, today, plan))
        left = due.open - sum_of(ahead, due.open.currency)
        if left.minor > 0:
            yield replace(movement_of(due, accounts[due.account_id], today), amount=-left)


def _ahead(due: Due, due_on: date, today: date, plan: AdoptedPlan) -> Iterator[PlannedPayment]:
    """What the plan pays of a due before its date without asking anybody."""
    for payment in plan.still_meant:
        if payment.due_id == due.id and not payment.todo_id and max(payment.on, today) < due_on:
            yield payment
