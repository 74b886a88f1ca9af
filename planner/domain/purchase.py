"""Orders on credit, and what came back of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.ids import new_id
from planner.domain.money import Money, sum_of

# How JD and others write "a shop on our platform" in their exports, in place of the shop's name.
_ANY_SHOP = ("平台商户", "外部商户")


class Progress(StrEnum):
    """How far an order has come; what was refunded follows from its refunds."""

    PENDING = "pending"
    COMPLETED = "completed"


class PurchaseState(StrEnum):
    """What the user sees of a purchase."""

    PENDING = "pending"
    COMPLETED = "completed"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that came back.

    Attributes:
        amount: How much, positive.
        refunded_on: When.
        source_key: The imported row it came from; empty if typed.
        id: Its identity.
    """

    amount: Money
    refunded_on: date
    source_key: str = ""
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order on credit.

    Attributes:
        account_id: The account it was paid with.
        amount: What was ordered for, before refunds.
        bought_on: When.
        merchant: From whom.
        description: What.
        order_number: The seller's number; groups it with its refunds.
        progress: Whether the order is finished.
        refunds: What came back.
        category: What kind of purchase, as ``planner.domain.purchase_category`` reads it; may be empty.
        source_key: The imported row it came from; empty if typed.
        id: Its identity.
    """

    account_id: str
    amount: Money
    bought_on: date
    merchant: str = ""
    description: str = ""
    order_number: str = ""
    progress: Progress = Progress.COMPLETED
    refunds: tuple[Refund, ...] = ()
    category: str = ""
    source_key: str = ""
    id: str = field(default_factory=new_id)

    @property
    def label(self) -> str:
        """What to call it: where it was bought, or what was bought where that says no more; may be empty."""
        if self.description and self.merchant.endswith(_ANY_SHOP):
            return self.description
        return self.merchant or self.description or self.order_number

    @property
    def refunded(self) -> Money:
        """What came back in all."""
        return sum_of((refund.amount for refund in self.refunds), self.amount.currency)

    @property
    def net(self) -> Money:
        """What is left to pay for."""
        return self.amount - self.refunded

    @property
    def state(self) -> PurchaseState:
        """What the user sees."""
        if self.refunded and self.refunded >= self.amount:
            return PurchaseState.REFUNDED
        if self.refunded:
            return PurchaseState.PARTLY_REFUNDED
        return PurchaseState(self.progress.value)
