"""Statements and what lenders charge beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.ids import new_id
from planner.domain.money import Money, sum_of


class LineKind(StrEnum):
    """What a line of a bill is for; also the parts that payments are allocated to."""

    PURCHASE = "purchase"
    INSTALMENT = "instalment"
    CARRIED = "carried"
    FEE = "fee"
    INTEREST = "interest"
    PENALTY = "penalty"
    REFUND = "refund"
    ADJUSTMENT = "adjustment"
    UNITEMISED = "unitemised"


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of a bill.

    Attributes:
        kind: What it is for.
        amount: How much; negative for a refund or credit.
        refers_to: The id of the purchase, plan row, earlier bill, charge or refund that it holds, or empty.
        label: The user's or the lender's words.
        id: Its identity.
    """

    kind: LineKind
    amount: Money
    refers_to: str = ""
    label: str = ""
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Bill:
    """A statement of an account.

    Attributes:
        account_id: Whose.
        statement_on: The statement date.
        due_on: The due date, as the statement says.
        lines: What it holds; one line that is not itemised is enough.
        minimum: The least to pay; None if the statement does not say.
        note: The user's own words.
        id: Its identity.
        category: What was bought, by kind, as ``planner.domain.purchase_category`` reads it; may be empty.
    """

    account_id: str
    statement_on: date
    due_on: date
    lines: tuple[BillLine, ...]
    minimum: Money | None = None
    note: str = ""
    id: str = field(default_factory=new_id)
    category: str = ""

    @property
    def amount(self) -> Money:
        """What the statement asks for: the sum of its lines."""
        return sum_of((line.amount for line in self.lines), self.lines[0].amount.currency)

    @property
    def carries(self) -> tuple[str, ...]:
        """The ids of the earlier bills whose rest it took over, and so supersedes."""
        return tuple(
            line.refers_to for line in self.lines if line.kind is LineKind.CARRIED and line.refers_to
        )


# What the ids of late cost that was recorded as a part of a payment add to that of the payment.
AT_PAYING, ONCE_SETTLED = "-late", "-settled"


@dataclass(frozen=True, slots=True)
class Charge:
    """A fee, interest or penalty that the lender has posted; an estimate is never one.

    Attributes:
        account_id: Whose.
        kind: FEE, INTEREST or PENALTY.
        amount: How much.
        posted_on: When it was posted; it is due then unless a bill holds it.
        note: The user's own words.
        id: Its identity.
    """

    account_id: str
    kind: LineKind
    amount: Money
    posted_on: date
    note: str = ""
    id: str = field(default_factory=new_id)

    @property
    def is_of_payment(self) -> bool:
        """Whether it was recorded as a part of a payment, so that no statement asks for it any more."""
        return self.id.endswith((AT_PAYING, ONCE_SETTLED))


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The difference between what the lender's app says and our figure.

    Attributes:
        account_id: Whose.
        amount: What to add to our figure; negative where the app says less.
        stated: What the app said was still to pay.
        as_of: The day it said so.
        reason: The user's words, if they know why.
        bill_id: The bill it concerns; empty for the whole account.
        id: Its identity.
    """

    account_id: str
    amount: Money
    stated: Money
    as_of: date
    reason: str = ""
    bill_id: str = ""
    id: str = field(default_factory=new_id)
