"""What money that came back changes on the bill that has the purchase."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from planner.domain.bill import Bill
from planner.domain.ledger import Ledger, covered_by
from planner.domain.money import Money, sum_of
from planner.domain.position import Position, position
from planner.domain.purchase import Purchase
from planner.domain.refunded import Held
from planner.services.bills import with_refund
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class RefundEffect:
    """What a refund changes.

    Attributes:
        bill: The bill that has the purchase, by a line or in the amount it states.
        fall: By how much less that bill is open.
        counted: How much of the refund counts at all; the statement has taken off the rest already.
    """

    bill: Bill
    fall: Money
    counted: Money


def refund_effect(
    store: Store, purchase: Purchase, amount: Money, on: date, today: date
) -> RefundEffect | None:
    """What it would change if some money came back; None where no recorded bill has the purchase.

    Args:
        store: The open store.
        purchase: The purchase, with what came back before.
        amount: What came back.
        on: When.
        today: The day.
    """
    ledger = store.ledgers.whole(store.accounts.get(purchase.account_id))
    bill = _bill_of(ledger, purchase)
    if bill is None:
        return None
    day = max(today, on, bill.statement_on)
    changed = with_refund(purchase, amount, on)
    others = [known for known in ledger.purchases if known.id != purchase.id]
    before = position((replace(ledger, purchases=[*others, purchase]),), day)
    after = position((replace(ledger, purchases=[*others, changed]),), day)
    fall = _open(before, bill) - _open(after, bill)
    return RefundEffect(bill, fall, _owed(before, amount.zero) - _owed(after, amount.zero))


def _bill_of(ledger: Ledger, purchase: Purchase) -> Bill | None:
    holders = [bill for bill in ledger.bills if any(line.refers_to == purchase.id for line in bill.lines)]
    return holders[-1] if holders else covered_by(ledger, Held(ledger.bills)).get(purchase.id)


def _open(found: Position, bill: Bill) -> Money:
    due = found.due(bill.id)
    return due.open if due is not None else bill.amount.zero


def _owed(found: Position, zero: Money) -> Money:
    """What is open on the account, less what was paid ahead."""
    owed = sum_of((due.open for due in found.open_dues), zero.currency)
    return owed - sum_of(found.credit.values(), zero.currency)
