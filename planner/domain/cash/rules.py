"""What the user wants of the cash of one currency: a reserve, and a cap on buying on credit."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.money import Money


@dataclass(frozen=True, slots=True)
class CashRules:
    """What the user wants of the cash of one currency.

    Attributes:
        currency: ISO 4217.
        reserve: What should always be left; None if the user has not said.
        spending_cap: The most to buy on credit in a calendar month; None for no cap.
    """

    currency: str
    reserve: Money | None = None
    spending_cap: Money | None = None

    @property
    def id(self) -> str:
        """Its identity: one for each currency."""
        return self.currency

    @property
    def floor(self) -> Money:
        """What the balance should not fall below: the reserve, or nothing."""
        return self.reserve or Money(0, self.currency)
