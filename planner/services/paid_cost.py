"""Late cost that was recorded with a payment, as a part of it, follows that payment."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.bill import AT_PAYING, ONCE_SETTLED
from planner.domain.payment import Payment
from planner.store.store import Store


def follow_payment(store: Store, before: Payment, after: Payment | None) -> None:
    """Change the late cost that was recorded with a payment along with it.

    What is paid less was no late cost either. What a bill holds by now is the lender's own figure and stays.

    Args:
        store: The open store.
        before: The payment as it was recorded.
        after: As it is now; None if it is deleted.
    """
    less = before.amount if after is None else before.amount - after.amount
    for ending in (ONCE_SETTLED, AT_PAYING):
        charge = store.charges.find(before.id + ending)
        if charge is None or store.bills.holding(charge.id):
            continue
        taken = min(max(less, less.zero), charge.amount)
        less -= taken
        if after is None or after.account_id != charge.account_id or taken == charge.amount:
            store.charges.delete(charge.id)
            continue
        is_of_its_day = charge.posted_on == before.paid_on
        posted_on = after.paid_on if is_of_its_day else max(charge.posted_on, after.paid_on)
        changed = replace(charge, amount=charge.amount - taken, posted_on=posted_on)
        if changed != charge:
            store.charges.save(changed)
