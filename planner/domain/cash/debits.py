"""What lenders debit by themselves: what is recorded, until that was changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.domain.account import Account
from planner.domain.cash.debts import debt_movements, movement_of
from planner.domain.cash.movement import Movement
from planner.domain.due import Due
from planner.domain.money import Money, sum_of

if TYPE_CHECKING:
    from planner.domain.adopted.plan import AdoptedPlan


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
    changed = {todo.account_id for todo in plan.todos if todo.is_debit and todo.state.is_agreed}
    as_planned = debt_movements(
        [due for due in own if due.account_id in changed], accounts, today, plan, is_rest=True
    )
    # What the plan pays beside the dues is in it for every account.
    as_planned = tuple(each for each in as_planned if each.account_id in debited)
    rest = [due for due in own if due.account_id not in changed]
    return (*_as_recorded(rest, accounts, today, plan), *as_planned)


def _as_recorded(
    dues: Iterable[Due], accounts: Mapping[str, Account], today: date, plan: AdoptedPlan
) -> Iterator[Movement]:
    """What is debited on the dates of the dues: what is open of them then."""
    for due in dues:
        if due.due_on is None or not due.open:
            continue
        left = due.open - _paid_before(due, due.due_on, today, plan)
        if left.minor > 0:
            yield replace(movement_of(due, accounts[due.account_id], today), amount=-left)


def _paid_before(due: Due, due_on: date, today: date, plan: AdoptedPlan) -> Money:
    """What the plan pays of a due before its date without asking anybody."""
    before = (
        payment.on_record
        for payment in plan.still_meant
        if payment.due_id == due.id and not payment.todo_id and max(payment.on, today) < due_on
    )
    return sum_of(before, due.open.currency)
