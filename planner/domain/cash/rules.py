"""What the user wants of the cash of one currency: a reserve, a cap on buying, shares to be told of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from planner.domain.money import Money


@dataclass(frozen=True, slots=True)
class CashRules:
    """What the user wants of the cash of one currency.

    Attributes:
        currency: ISO 4217.
        reserve: What should always be left; None if the user has not said.
        spending_cap: The most to buy on credit in a calendar month; None for no cap.
        notice_share: The share of a month's income for lenders from which to be told; None for the usual.
        high_share: The one from which to be warned; None for the usual.
    """

    currency: str
    reserve: Money | None = None
    spending_cap: Money | None = None
    notice_share: Decimal | None = None
    high_share: Decimal | None = None

    @property
    def id(self) -> str:
        """Its identity: one for each currency."""
        return self.currency

    @property
    def is_empty(self) -> bool:
        """Whether the user wants nothing in particular."""
        return self == CashRules(self.currency)

    @property
    def floor(self) -> Money:
        """What the balance should not fall below: the reserve, or nothing."""
        return self.reserve or Money(0, self.currency)
