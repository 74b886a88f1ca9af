"""What a payment is for, and what it would pay off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from planner.domain.bill import Charge
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.due import Due
from planner.domain.due_figures import still_least
from planner.domain.due_sums import together
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.position import Position, position
from planner.phrases import Phrase
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class PaymentPreview:
    """What a payment would do.

    Attributes:
        parts: The dues it goes to, as they are afterwards, and how much of it each gets.
        extra: What of it is more than is due, and stays as a credit.
        still: What is open on the account afterwards, and how that is made.
        is_aim_missed: Whether it was meant for something that gets nothing of it.
    """

    parts: tuple[tuple[Due, Money], ...]
    extra: Money
    still: Derived[Money]
    is_aim_missed: bool

    @property
    def open_after(self) -> Money:
        """What is open on the account afterwards."""
        return self.still.value

    @property
    def shares(self) -> Derived[Money]:
        """What of it dues get and what is left over, and how that is made."""
        rule = Phrase(
            "A payment goes first to what it was meant for, then to the oldest open due; what no due takes "
            "is left over"
        )
        whole = sum_of((amount for _due, amount in self.parts), self.extra.currency) + self.extra
        workings = (
            *(Working(due.label, amount) for due, amount in self.parts),
            Working(Phrase("Left over"), self.extra),
        )
        return Derived(whole, Derivation(rule, (Given(Phrase("Payment"), whole),), workings))

    @property
    def figures(self) -> tuple[Derived[Money], ...]:
        """Everything that it says, each with how it was made."""
        stays = (due.still_due for due, _amount in self.parts)
        least = (still_least(due) for due, _amount in self.parts if lacks_minimum(due))
        return (self.shares, *stays, *least, self.still)


def lacks_minimum(due: Due) -> bool:
    """Whether something of the minimum of a due is still to pay."""
    return due.minimum is not None and bool(due.open_minimum)


def preview_payment(
    store: Store, payment: Payment, today: date, cost: Charge | None = None
) -> PaymentPreview:
    """What a payment would pay off if it were recorded, or changed to this.

    Args:
        store: The open store.
        payment: The payment.
        today: The day.
        cost: What of it would be recorded as late cost with it; None for nothing.
    """
    on = max(today, payment.paid_on)
    after = _position_with(store, payment.account_id, payment.id, payment, on, cost)
    zero = payment.amount.zero
    parts = []
    for due in after.dues:
        own = sum_of((part.amount for part in due.paid if part.payment_id == payment.id), zero.currency)
        if own:
            parts.append((due, own))
    spent = sum_of((amount for _due, amount in parts), zero.currency)
    return PaymentPreview(
        tuple(parts),
        payment.amount - spent,
        together(after.open_dues, zero.currency),
        bool(payment.aimed_at) and all(due.id != payment.aimed_at for due, _amount in parts),
    )


def payable(store: Store, account_id: str, today: date, payment_id: str = "") -> tuple[Due, ...]:
    """What is open on an account, by due date; as it is without a payment that is about to be changed."""
    return _position_with(store, account_id, payment_id, None, today).open_dues


def aim_of(store: Store, value_id: str, today: date) -> str:
    """The open due to pay for something recorded: itself, or the bill that holds it; empty if none is."""
    ids = (value_id, *(bill.id for bill in store.bills.holding(value_id))) if value_id else ()
    open_dues = {due.id for due in store.ledgers.position(today).open_dues} if ids else set()
    return next((found for found in ids if found in open_dues), "")


def next_to_pay(store: Store, today: date, due_id: str = "") -> str:
    """The account of an open due, or of the one that is to pay next; empty if nothing is open."""
    open_dues = store.ledgers.position(today).open_dues
    return next((due.account_id for due in open_dues if not due_id or due.id == due_id), "")


def _position_with(
    store: Store,
    account_id: str,
    payment_id: str,
    payment: Payment | None,
    on: date,
    cost: Charge | None = None,
) -> Position:
    """The position of an account with a payment in place of the one with that id, and its late cost."""
    ledger = store.ledgers.whole(store.accounts.get(account_id))
    payments = [known for known in ledger.payments if known.id != payment_id]
    if payment is not None:
        payments.append(payment)
    charges = [*ledger.charges, cost] if cost is not None else ledger.charges
    return position((replace(ledger, payments=payments, charges=charges),), on)
