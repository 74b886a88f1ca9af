"""The user's own offers for single debts: what a lender said on the phone, or a loan from elsewhere."""

from __future__ import annotations

from planner.domain.offers.offer import Offer, OfferKind
from planner.domain.payoff.own_offer import OwnOffer
from planner.errors import PlannerError
from planner.phrases import N_
from planner.store.store import Store


class OfferCountError(PlannerError):
    """An offer in no payments."""

    message = N_("An offer has at least one payment.")


class OfferFeeError(PlannerError):
    """An offer that costs less than nothing."""

    message = N_("An offer cannot cost less than nothing.")


class OfferCurrencyError(PlannerError):
    """An offer whose fee is in another currency than the debt."""

    message = N_("The fee of the offer is in {other}, and the debt in {currency}.")


class NotOwnOfferError(PlannerError):
    """A way that the terms of the account make already."""

    message = N_("Only an offer of your own is kept: the others follow from the terms of the account.")


def keep_offer(store: Store, debt_id: str, offer: Offer, currency: str) -> OwnOffer:
    """Keep an offer of the user's own for a debt, or change it.

    Args:
        store: The open store.
        debt_id: The debt.
        offer: The offer.
        currency: The currency of the debt.

    Raises:
        NotOwnOfferError: It is one of the account's usual ways.
        OfferCountError: It has no payments.
        OfferFeeError: It costs less than nothing.
        OfferCurrencyError: Its fee is in another currency.
    """
    if not offer.is_own or offer.kind in {OfferKind.FULL, OfferKind.MINIMUM}:
        raise NotOwnOfferError
    if offer.count < 1:
        raise OfferCountError
    fees = [fee for fee in (offer.total_fee, offer.opening_fee) if fee is not None]
    others = [fee.currency for fee in fees if fee.currency != currency]
    if others:
        raise OfferCurrencyError(other=others[0], currency=currency)
    parts = [claim.value.fraction for claim in (*offer.fee.counting, *offer.interest.counting)]
    parts += [claim.value for claim in offer.whole_fee.counting]
    if any(fee.minor < 0 for fee in fees) or any(part < 0 for part in parts):
        raise OfferFeeError
    kept = OwnOffer(debt_id, currency, offer)
    store.own_offers.save(kept)
    return kept


def drop_offer(store: Store, offer_id: str) -> None:
    """Forget an offer of the user's own; nothing happens if it is not there."""
    store.own_offers.delete(offer_id)


def own_offers(store: Store, debt_id: str) -> tuple[OwnOffer, ...]:
    """The user's own offers for a debt, in the order in which they were added."""
    return tuple(store.own_offers.of_debt(debt_id))
