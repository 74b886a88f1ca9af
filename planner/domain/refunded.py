"""Refunds of purchases that a bill already holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.bill import Bill, LineKind
from planner.domain.money import Money, sum_of
from planner.domain.purchase import Purchase, Refund


@dataclass(frozen=True, slots=True)
class Returned:
    """Money that came back after a bill had asked for it.

    Attributes:
        refund_id: The refund.
        on: From when it counts: the day it came back, and not before the statement.
        amount: How much of the refund the bill does not know of.
        bill_id: The bill that it lowers first.
    """

    refund_id: str
    on: date
    amount: Money
    bill_id: str


class Held:
    """Which bills hold which purchases and refunds."""

    def __init__(self, bills: Iterable[Bill]) -> None:
        """Look through the lines of bills, by due date."""
        self.ids: set[str] = set()
        self._holders: dict[str, list[Bill]] = {}
        self._asked: dict[str, Money] = {}
        for bill in bills:
            for line in bill.lines:
                if not line.refers_to:
                    continue
                self.ids.add(line.refers_to)
                self._holders.setdefault(line.refers_to, []).append(bill)
                if line.kind is not LineKind.REFUND:
                    known = self._asked.get(line.refers_to, line.amount.zero)
                    self._asked[line.refers_to] = known + line.amount

    def left(self, purchase: Purchase) -> Money:
        """What of a purchase was kept; a refund for which a bill has a line lowers that bill instead."""
        back = (refund.amount for refund in self._own(purchase))
        return purchase.amount - sum_of(back, purchase.amount.currency)

    def returned(self, purchase: Purchase, moved: Money | None) -> Iterator[Returned]:
        """What came back of a purchase that a bill holds, as far as the bill does not know of it.

        A bill may have been made when some of it had come back already: it then asks for less than the
        purchase cost, and the oldest refunds are in it.

        Args:
            purchase: The purchase.
            moved: What of it moved into an instalment plan, if anything.
        """
        if purchase.id not in self._asked:
            return
        zero = purchase.amount.zero
        known = max(purchase.amount - (moved or zero) - self._asked[purchase.id], zero)
        bill = self._holders[purchase.id][-1]
        for refund in sorted(self._own(purchase), key=lambda refund: (refund.refunded_on, refund.id)):
            inside = min(known, refund.amount)
            known -= inside
            if refund.amount > inside:
                on = max(refund.refunded_on, bill.statement_on)
                yield Returned(refund.id, on, refund.amount - inside, bill.id)

    def due_days(self, purchase: Purchase) -> list[date]:
        """When the bills are due that hold a purchase or refunds of it."""
        ids = (purchase.id, *(refund.id for refund in purchase.refunds))
        return [bill.due_on for value_id in ids for bill in self._holders.get(value_id, ())]

    def _own(self, purchase: Purchase) -> list[Refund]:
        return [refund for refund in purchase.refunds if refund.id not in self.ids]


def all_returned(purchases: Sequence[Purchase], held: Held, moved: Mapping[str, Money]) -> list[Returned]:
    """What came back of all purchases that bills hold, as far as the bills do not know of it."""
    return [
        back
        for purchase in purchases
        if purchase.refunds
        for back in held.returned(purchase, moved.get(purchase.id))
    ]
