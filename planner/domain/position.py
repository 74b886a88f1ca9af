"""What is recorded and open on a day: the one function every figure starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from planner.domain.derivation import Derived, Given, as_sum
from planner.domain.due import Allocation, Due
from planner.domain.due_sums import total_of
from planner.domain.ledger import Ledger, by_date, covered_by, dues_of, moved_into_plans
from planner.domain.money import Money, sum_of
from planner.domain.refunded import Held, all_returned
from planner.domain.sourced import IMPORTED
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Position:
    """What is recorded on a day.

    Attributes:
        on: The day.
        dues: Every obligation, by due date; settled ones included.
        credit: What was paid beyond all dues, by account.
        left_over: What that is of: money, and how much of it no due took, by account.
    """

    on: date
    dues: tuple[Due, ...]
    credit: Mapping[str, Money] = field(default_factory=dict)
    left_over: Mapping[str, Sequence[tuple[InHand, Money]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def open_dues(self) -> tuple[Due, ...]:
        """What is still to pay, by due date; unknown dates last."""
        return tuple(due for due in self.dues if due.open)

    @property
    def late(self) -> tuple[Due, ...]:
        """What should have been paid by now."""
        return tuple(due for due in self.dues if due.is_late(self.on))

    def of_account(self, account_id: str) -> Position:
        """The part of one account."""
        return replace(
            self,
            dues=tuple(due for due in self.dues if due.account_id == account_id),
            credit={key: value for key, value in self.credit.items() if key == account_id},
            left_over={key: value for key, value in self.left_over.items() if key == account_id},
        )

    def due(self, due_id: str) -> Due | None:
        """The obligation with that id, if it is here."""
        return next((due for due in self.dues if due.id == due_id), None)

    def between(self, first: date, last: date) -> tuple[Due, ...]:
        """What is still to pay and due from one day to another, both included."""
        return tuple(due for due in self.open_dues if due.due_on and first <= due.due_on <= last)

    @property
    def owed(self) -> dict[str, Derived[Money]]:
        """Everything still to pay, one total per currency."""
        return total_of(self.open_dues)

    def made_credit(self, account_id: str) -> Derived[Money] | None:
        """What was paid beyond all dues of an account, and how that was made; None if nothing was."""
        credit = self.credit.get(account_id)
        if credit is None:
            return None
        rule = Phrase("Paid ahead = what no due took of the money that was paid or came back")
        parts = self.left_over.get(account_id, ())
        return as_sum(credit, rule, lambda: (hand.left_of(left) for hand, left in parts))


def position(ledgers: Iterable[Ledger], on: date) -> Position:
    """Every due of some accounts, what is open and what is late.

    A due counts once, whatever it came from: what a bill holds is not due beside it, what moved
    into a plan leaves its purchase or bill, and a rest that a newer bill carries leaves the older
    one. Payments up to ``on`` are allocated in the order of their dates: first to what they were
    aimed at, then to the oldest open due; within a due by the contract's order. What comes back of
    a purchase that a bill holds is like a payment aimed at that bill.

    Args:
        ledgers: What was recorded, an account each.
        on: The day.
    """
    dues: list[Due] = []
    credit: dict[str, Money] = {}
    left_over: dict[str, Sequence[tuple[InHand, Money]]] = {}
    for ledger in ledgers:
        account_dues = dues_of(ledger)
        in_hand = money_in_hand(ledger, account_dues, on)
        account_dues, left = allocate(account_dues, in_hand, ledger.account.currency)
        dues += account_dues
        if left:
            credit[ledger.account.id] = sum_of((amount for _hand, amount in left), ledger.account.currency)
            left_over[ledger.account.id] = left
    return Position(on, tuple(sorted(dues, key=by_date)), credit, left_over)


@dataclass(frozen=True, slots=True)
class InHand:
    """Money that goes to dues.

    Attributes:
        on: From when.
        id: The payment, the refund, or the correction downwards.
        amount: How much.
        aimed_at: The due that gets it first; empty if the oldest does.
        is_refund: Whether it came back from a seller.
        is_imported: Whether a file told of it.
    """

    on: date
    id: str
    amount: Money
    aimed_at: str = ""
    is_refund: bool = False
    is_imported: bool = False

    def left_of(self, amount: Money) -> Given:
        """A part of it as an input of a figure."""
        label = (
            Phrase("Refund of {date}: left of {amount}", date=self.on, amount=self.amount)
            if self.is_refund
            else Phrase("Payment or correction of {date}: left of {amount}", date=self.on, amount=self.amount)
        )
        return Given(label, amount, IMPORTED if self.is_imported else None)


def money_in_hand(ledger: Ledger, dues: Iterable[Due], on: date) -> list[InHand]:
    """What goes to the dues of an account up to a day, in the order of its dates."""
    held = Held(ledger.bills)
    from_files = {
        refund.id for purchase in ledger.purchases for refund in purchase.refunds if refund.source_key
    }
    hand = [
        InHand(paid.paid_on, paid.id, paid.amount, paid.aimed_at, is_imported=bool(paid.source_key))
        for paid in ledger.payments
    ]
    hand += [
        InHand(
            back.on,
            back.refund_id,
            back.amount,
            back.bill_id,
            is_refund=True,
            is_imported=back.refund_id in from_files,
        )
        for back in all_returned(ledger.purchases, held, moved_into_plans(ledger.plans))
    ]
    # A bill that states only its amount was made before these came back, and lowers by them.
    covered = covered_by(ledger, held)
    hand += [
        InHand(
            refund.refunded_on,
            refund.id,
            refund.amount,
            covered[purchase.id].id,
            is_refund=True,
            is_imported=refund.id in from_files,
        )
        for purchase in ledger.purchases
        if purchase.id in covered
        for refund in purchase.refunds
        if refund.id not in held.ids and refund.refunded_on >= covered[purchase.id].statement_on
    ]
    hand = [part for part in hand if part.on <= on]
    # A negative due (a correction downwards) is money in hand, as if it had been paid; not one whose
    # rest a newer bill carries, for that bill asks for so much less.
    hand += [
        InHand(due.due_on or date.min, due.id, -due.amount)
        for due in dues
        if due.amount.minor < 0 and due.closed_on is None
    ]
    return sorted(hand, key=lambda part: (part.on, part.id))


def allocate(
    dues: list[Due], in_hand: Sequence[InHand], currency: str
) -> tuple[list[Due], list[tuple[InHand, Money]]]:
    """Hand what is there to the dues; return them with what they got, and what no due took."""
    zero = Money(0, currency)
    rest = {due.id: due.amount for due in dues if due.amount > zero}
    order = [due for due in dues if due.id in rest]
    by_id = {due.id: due for due in order}
    got: dict[str, list[Allocation]] = {}
    left_over: list[tuple[InHand, Money]] = []
    start = 0
    for hand in in_hand:
        left = hand.amount
        while start < len(order) and not rest[order[start].id]:
            start += 1
        aimed = [by_id[hand.aimed_at]] if hand.aimed_at in by_id else []
        for due in (*aimed, *order[start:]):
            if not left:
                break
            # A file tells of payments of the past; what came back lowers what a bill asks for all the same.
            is_open_to = due in aimed or due.takes(
                hand.on, is_imported=hand.is_imported and not hand.is_refund
            )
            room = due.room_on(hand.on, rest[due.id])
            if not room or not is_open_to:
                continue
            part = min(left, room)
            rest[due.id] -= part
            left -= part
            allocation = Allocation(hand.id, hand.on, part, hand.is_refund, hand.is_imported)
            got.setdefault(due.id, []).append(allocation)
        if left:
            left_over.append((hand, left))
    paid_dues = [
        replace(due, paid=tuple(got[due.id])) if due.id in got else due for due in dues if due.id in rest
    ]
    return paid_dues, left_over
