"""Where a plan pays less than a lender debits by itself, so that the debit has to be changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from planner.domain.adopted.plan import AdoptedPlan, Todo
from planner.domain.due import Due
from planner.domain.money import sum_of
from planner.domain.optimum.problem import OptionKind

_A_DAY = timedelta(days=1)


def with_debits(plan: AdoptedPlan, dues: Iterable[Due], automatic: Collection[str]) -> AdoptedPlan:
    """A plan with what has to be done where a lender would debit more by itself than the plan pays.

    It has to be done before the first such debit. Where a lender is asked for something, its yes changes
    what is due, and so what is debited.

    Args:
        plan: The plan.
        dues: What is still to pay.
        automatic: The ids of the accounts whose lender debits by itself.
    """
    first: dict[str, Due] = {}
    days: dict[str, date] = {}
    for due in dues:
        on = due.due_on
        if on is None or on < plan.adopted_on or due.account_id not in automatic:
            continue
        if _is_debited_more(plan, due, on) and on < days.get(due.account_id, date.max):
            first[due.account_id], days[due.account_id] = due, on
    return replace(plan, todos=(*plan.todos, *_todos(plan, first.values(), days)))


def _is_debited_more(plan: AdoptedPlan, due: Due, on: date) -> bool:
    """Whether less of a due is paid by its date than is open; no, if the plan has nothing for it."""
    own = [payment for payment in plan.payments if payment.due_id == due.id]
    if not own or any(payment.todo_id for payment in own):
        return False
    paid = sum_of((payment.on_record for payment in own if payment.on <= on), plan.currency)
    return paid < due.open


def _todos(plan: AdoptedPlan, dues: Iterable[Due], days: dict[str, date]) -> Iterator[Todo]:
    for due in dues:
        by = max(plan.adopted_on, days[due.account_id] - _A_DAY)
        yield Todo(due.account_id, due.id, OptionKind.MINIMUM, 0, by)
