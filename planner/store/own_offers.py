"""The user's own offers for single debts."""

from __future__ import annotations

from decimal import Decimal

from planner.compat import override
from planner.domain.money import Money
from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.payoff.own_offer import OwnOffer
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Origin, Reliability, Source, Sourced
from planner.domain.term import FeeTiming
from planner.store.changes import RowValues
from planner.store.db import Row
from planner.store.repository import Children, Repository

_TYPED = Source("", reliability=Reliability.CONTRACT, origin=Origin.APP_SCREEN)


class OwnOffers(Repository[OwnOffer]):
    """The user's own offers, in the order in which they were added."""

    table = "own_offers"

    def of_currency(self, currency: str) -> list[OwnOffer]:
        """The offers for debts of one currency."""
        return self._select("currency = ?", currency)

    def of_debt(self, debt_id: str) -> list[OwnOffer]:
        """The offers for one debt."""
        return self._select("debt_id = ?", debt_id)

    @staticmethod
    @override
    def to_row(value: OwnOffer) -> RowValues:
        offer = value.offer
        opening, total = offer.opening_fee, offer.total_fee
        return {
            "id": offer.id,
            "debt_id": value.debt_id,
            "currency": value.currency,
            "kind": offer.kind.value,
            "name": offer.name,
            "count": offer.count,
            "fee_rate": _text(offer.fee),
            "whole_fee": None if offer.whole_fee.is_unknown else str(offer.whole_fee.counting[-1].value),
            "total_fee_minor": None if total is None else total.minor,
            "interest": _text(offer.interest),
            "opening_fee_minor": None if opening is None else opening.minor,
            "timing": offer.timing.value,
            "at_once": int(offer.at_once),
            "free_months": offer.free_months,
        }

    @staticmethod
    @override
    def from_row(row: Row, parts: Children) -> OwnOffer:
        currency = row["currency"]
        total, opening, whole = row["total_fee_minor"], row["opening_fee_minor"], row["whole_fee"]
        offer = Offer(
            OfferKind(row["kind"]),
            row["count"],
            _rate(row["fee_rate"], Per.MONTH),
            Sourced() if whole is None else Sourced((Claim(Decimal(whole), _TYPED),)),
            None if total is None else Money(total, currency),
            timing=FeeTiming(row["timing"]),
            at_once=bool(row["at_once"]),
            interest=_rate(row["interest"], Per.YEAR),
            opening_fee=None if opening is None else Money(opening, currency),
            free_months=row["free_months"],
            name=row["name"],
            is_own=True,
            id=row["id"],
        )
        return OwnOffer(row["debt_id"], currency, offer)


def _text(rate: Sourced[Rate]) -> str | None:
    return None if rate.is_unknown else str(rate.counting[-1].value.fraction)


def _rate(text: str | None, per: Per) -> Sourced[Rate]:
    return Sourced() if text is None else Sourced((Claim(Rate(Decimal(text), per), _TYPED),))
