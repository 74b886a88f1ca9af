"""The user's own offers for single debts, kept in the file."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planner.domain.money import Money
from planner.domain.offers.compared import Offer, OfferKind, own_loan, own_offer
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Claim, Source, Sourced
from planner.domain.term import FeeTiming
from planner.services.own_loan import own_deferral
from planner.services.own_offers import (
    NotOwnOfferError,
    OfferCountError,
    OfferCurrencyError,
    OfferFeeError,
    drop_offer,
    keep_offer,
    own_offers,
)
from planner.store.changes import inverse
from planner.store.store import Store


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


EVERY = [
    own_offer("By phone", 6, Rate.percent("0.45", Per.MONTH)),
    own_offer("", 3, yuan("12.34"), FeeTiming.WITH_FIRST, at_once=True),
    own_loan("Bank", 24, Rate(Decimal("0.0599"))),
    own_loan("Bank", 12, Rate(Decimal("0.12")), OfferKind.EQUAL_PRINCIPAL, yuan("50.00"), 2),
    own_deferral("Friend", Decimal("0.015")),
]


@pytest.mark.parametrize("offer", EVERY, ids=lambda offer: offer.kind.value)
def test_an_offer_comes_back_as_it_was_kept(store: Store, offer: Offer) -> None:
    with store.transaction():
        kept = keep_offer(store, "bill", offer, "CNY")

    assert own_offers(store, "bill") == (kept,)
    assert (kept.offer, kept.id, kept.currency) == (offer, offer.id, "CNY")
    assert own_offers(store, "another") == ()
    assert store.own_offers.of_currency("CNY") == [kept]
    assert store.own_offers.of_currency("EUR") == []


def test_an_offer_is_changed_or_forgotten_by_its_id_and_that_can_be_undone(store: Store) -> None:
    offer = EVERY[0]
    with store.transaction():
        keep_offer(store, "bill", offer, "CNY")
        keep_offer(store, "bill", EVERY[2], "CNY")
        keep_offer(store, "bill", replace(offer, count=9), "CNY")
    assert [kept.offer.count for kept in own_offers(store, "bill")] == [9, 24]

    with store.transaction() as changes:
        drop_offer(store, offer.id)
        drop_offer(store, "not there")
    assert [kept.offer.count for kept in own_offers(store, "bill")] == [24]
    store.apply(inverse(changes.changes))
    assert len(own_offers(store, "bill")) == 2


@pytest.mark.parametrize(
    ("offer", "error"),
    [
        (Offer(OfferKind.FLAT_FEE, 3), NotOwnOfferError),
        (Offer(OfferKind.FULL, is_own=True), NotOwnOfferError),
        (Offer(OfferKind.MINIMUM, is_own=True), NotOwnOfferError),
        (replace(EVERY[0], count=0), OfferCountError),
        (replace(EVERY[1], total_fee=yuan("-0.01")), OfferFeeError),
        (replace(EVERY[3], opening_fee=yuan("-0.01")), OfferFeeError),
        (own_offer("", 3, Rate.percent("-0.1", Per.MONTH)), OfferFeeError),
        (own_loan("", 3, Rate(Decimal("-0.01"))), OfferFeeError),
        (own_deferral("", Decimal("-0.01")), OfferFeeError),
        (replace(EVERY[1], total_fee=Money.of("1.00", "EUR")), OfferCurrencyError),
    ],
)
def test_what_is_no_offer_is_refused(store: Store, offer: Offer, error: type[Exception]) -> None:
    with pytest.raises(error), store.transaction():
        keep_offer(store, "bill", offer, "CNY")
    assert own_offers(store, "bill") == ()


def test_an_offer_that_costs_nothing_in_one_payment_is_one(store: Store) -> None:
    free = own_offer("", 1, yuan("0.00"))
    unknown = replace(free, total_fee=None, fee=Sourced((Claim(Rate(Decimal(0), Per.MONTH), Source("")),)))
    with store.transaction():
        keep_offer(store, "bill", free, "CNY")
        keep_offer(store, "bill", replace(unknown, id="other"), "CNY")

    assert len(own_offers(store, "bill")) == 2
