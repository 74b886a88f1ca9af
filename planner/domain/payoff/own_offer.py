"""An offer of the user's own for one debt, as it is kept in the file."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.offers.offer import Offer


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """An offer that the user got for one debt: by phone, in the app, or from elsewhere.

    Attributes:
        debt_id: The debt.
        currency: ISO 4217.
        offer: The offer.
    """

    debt_id: str
    currency: str
    offer: Offer

    @property
    def id(self) -> str:
        """Its identity: that of the offer."""
        return self.offer.id
