"""From recorded dues to what is or would be late, with everything that lenders' rules ask about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.domain.account import Account
from planner.domain.bill import LineKind
from planner.domain.due import Due, DueKind
from planner.domain.instalment import InstalmentPlan
from planner.domain.late.by_mode import late_terms
from planner.domain.late.counts import LateCounts
from planner.domain.money import Money, sum_of
from planner.domain.overdue import LateCase, LateItem, late_case, late_items
from planner.services.billing import bought_within
from planner.services.late_history import missed_before
from planner.store.store import Store


def late_case_of(
    store: Store,
    account: Account,
    chosen: Sequence[Due],
    others: Sequence[Due],
    today: date,
    counts: LateCounts | None,
) -> LateCase:
    """Some dues of an account as a case of paying late.

    Args:
        store: The open store.
        account: Whose.
        chosen: What is or would be late: open and with a date, at least one.
        others: What else is open on the account.
        today: The day of deciding.
        counts: How often the account was late before; None where no fee depends on it.
    """
    plans: dict[str, InstalmentPlan] = {}
    items = [
        _with_origin(store, item, due, plans) for due, item in zip(chosen, late_items(chosen), strict=True)
    ]
    first = min(item.due_on for item in items)
    case = late_case(
        items,
        sum_of((due.open for due in others), account.currency),
        account.law,
        posted_since(store, account, first, today),
        missed_before(counts, first) if counts is not None else 0,
    )
    return replace(case, is_by_bills=bool(others) and late_terms(account) is not account.terms)


def is_asked_for(due: Due, on: date) -> bool:
    """Whether something is late on a day, or was posted on it and so is due at once."""
    return due.is_late(on) or (due.kind is DueKind.CHARGE and bool(due.open) and due.due_on == on)


def _with_origin(store: Store, item: LateItem, due: Due, plans: dict[str, InstalmentPlan]) -> LateItem:
    """An item with what was bought when, on what bill, and the order that it is a part of."""
    item = replace(item, bought=bought_within(store, due))
    match due.kind:
        case DueKind.BILL:
            return replace(item, billed_on=store.bills.get(due.id).statement_on)
        case DueKind.PURCHASE:
            return replace(item, order=store.purchases.get(due.id).amount, order_id=due.id)
        case DueKind.INSTALMENT:
            if due.plan_id not in plans:
                plans[due.plan_id] = store.plans.get(due.plan_id)
            return replace(item, order=plans[due.plan_id].principal, order_id=due.plan_id)
        case _:
            return item


def posted_since(store: Store, account: Account, first: date, today: date) -> Money:
    """The penalties that the lender has posted since the first missed due date, each once.

    Args:
        store: The open store.
        account: The account.
        first: The first due date that was missed.
        today: The day of deciding.
    """
    if first >= today:
        return Money(0, account.currency)
    charges = [
        charge.amount
        for charge in store.charges.of_account(account.id)
        if charge.kind is LineKind.PENALTY and first < charge.posted_on <= today
    ]
    lines = [
        line.amount
        for bill in store.bills.due_since(account.id, first)
        if first < bill.statement_on <= today
        for line in bill.lines
        if line.kind is LineKind.PENALTY and not line.refers_to
    ]
    return sum_of((*charges, *lines), account.currency)
