"""Late cost that was recorded with a payment, as a part of it, follows the payments."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.bill import AT_PAYING, ONCE_SETTLED, Charge
from planner.domain.payment import Payment
from planner.store.store import Store


def follow_payment(store: Store, before: Payment, after: Payment | None) -> None:
    """Change what was recorded as late cost along with a payment that was changed or deleted.

    It never grows by that. What a bill holds by now is the lender's own figure and stays.

    Args:
        store: The open store, in which the change is made already.
        before: The payment as it was recorded.
        after: As it is now; None if it is deleted.
    """
    for charge in _charges_of(store, before):
        if after is None or after.account_id != charge.account_id:
            store.charges.delete(charge.id)
            continue
        is_of_its_day = charge.posted_on == before.paid_on
        posted_on = after.paid_on if is_of_its_day else max(charge.posted_on, after.paid_on)
        if posted_on != charge.posted_on:
            store.charges.save(replace(charge, posted_on=posted_on))
    _lower(store, before.account_id)


def _lower(store: Store, account_id: str) -> None:
    """Lower every late cost of an account to what it is as the payments are now."""
    for charge in store.charges.of_account(account_id):
        if not charge.is_of_payment or store.bills.holding(charge.id):
            continue
        from planner.services.cases.late_cost import still_late_cost  # noqa: PLC0415 - few accounts have any

        # What is posted counts as late cost already, so it has to be gone to be worked out anew.
        store.charges.delete(charge.id)
        amount = min(charge.amount, still_late_cost(store, charge))
        if amount:
            store.charges.save(replace(charge, amount=amount))


def _charges_of(store: Store, payment: Payment) -> list[Charge]:
    """The late cost that was recorded with a payment and that no bill holds."""
    found = (store.charges.find(payment.id + ending) for ending in (ONCE_SETTLED, AT_PAYING))
    return [charge for charge in found if charge is not None and not store.bills.holding(charge.id)]
