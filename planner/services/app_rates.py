"""The monthly fees that the user's app shows: above what is published, or for one comparison alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from planner.domain.account import Account
from planner.domain.offers.listing import offers_from
from planner.domain.offers.offer import OfferKind
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.services.accounts import override_term, restore_term
from planner.store.store import Store


def with_rates(terms: Terms, rates: Mapping[int, Decimal], today: date) -> Terms:
    """Terms with the monthly fees that the user's app shows, for a comparison that no account keeps."""
    for count, fraction in rates.items():
        terms = terms.overridden(_app_claim(count, fraction, today))
    return terms


def set_app_rates(store: Store, account_id: str, rates: Mapping[int, Decimal | None], today: date) -> Account:
    """Put the monthly fees that the user's app shows above what is published, or take them back.

    Args:
        store: The open file.
        account_id: The account.
        rates: The fee a month as a fraction by number of instalments; None goes back to what is published.
        today: The day on which the user looked.
    """
    terms = store.accounts.get(account_id).terms
    for count, fraction in rates.items():
        shown = app_rate(terms, count)
        if fraction is None:
            if shown is not None:
                restore_term(store, account_id, Term.FEE_RATE, str(count))
        elif fraction != shown:
            override_term(store, account_id, _app_claim(count, fraction, today))
    return store.accounts.get(account_id)


def rate_counts(terms: Terms) -> tuple[int, ...]:
    """The numbers of instalments whose monthly fee may be asked for."""
    return tuple(offer.count for offer in offers_from(terms) if offer.kind is OfferKind.FLAT_FEE)


def app_rate(terms: Terms, count: int) -> Decimal | None:
    """The monthly fee that the user brought for a number of instalments, if any."""
    own = terms.fee_rate(count).own
    return own.value.fraction if own is not None else None


def _app_claim(count: int, fraction: Decimal, today: date) -> TermClaim:
    source = Source("", today, Reliability.CONTRACT, Origin.APP_SCREEN)
    return TermClaim(Term.FEE_RATE, str(count), f"{fraction.normalize():f}", source)
