"""In which order a payment is taken off what is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.domain.bill import LineKind
from planner.domain.due import ORDER
from planner.domain.money import Money
from planner.domain.term import Allocation

_ORDERS: Mapping[Allocation, tuple[LineKind, ...]] = {
    Allocation.PENALTY_FIRST: (LineKind.PENALTY, LineKind.FEE, LineKind.INTEREST, LineKind.PURCHASE),
    Allocation.INTEREST_FIRST: (LineKind.INTEREST, LineKind.FEE, LineKind.PENALTY, LineKind.PURCHASE),
    Allocation.FEE_FIRST: (LineKind.FEE, LineKind.INTEREST, LineKind.PENALTY, LineKind.PURCHASE),
    Allocation.PRINCIPAL_FIRST: (LineKind.PURCHASE, LineKind.INTEREST, LineKind.FEE, LineKind.PENALTY),
}


def order_of(allocation: Allocation | None) -> tuple[LineKind, ...]:
    """The kinds of what is owed in the order in which a payment is taken; the usual one for None.

    Chinese cards take charges first up to 90 days late and the principal first from then on (terms of
    China Guangfa Bank's cards, as an example).

    Args:
        allocation: What the lender says.
    """
    return ORDER if allocation is None else _ORDERS[allocation]


def taken(amount: Money, parts: Mapping[LineKind, Money], order: Sequence[LineKind]) -> dict[LineKind, Money]:
    """What a payment takes off each part of what is owed; what is left of the payment is in none.

    Args:
        amount: The payment.
        parts: What is owed, by kind.
        order: The kinds in the order in which the payment is taken.
    """
    found: dict[LineKind, Money] = {}
    left = amount
    for kind in order:
        part = min(left, max(parts.get(kind, amount.zero), amount.zero))
        if part:
            found[kind] = part
            left -= part
    return found
