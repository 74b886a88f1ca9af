from decimal import Decimal

import pytest

from planner.domain.money import Money
from planner.domain.offers.compared import OfferKind
from planner.domain.rate import Rate
from planner.services.own_loan import (
    NeverRepaidError,
    TooManyPaymentsError,
    count_of,
    own_deferral,
    solved_words,
)

YEARLY = Rate(Decimal("0.20"))


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def test_ten_thousand_at_20_per_cent_with_500_a_month_takes_25_months() -> None:
    assert count_of(yuan("10000"), YEARLY, yuan("500")) == 25


@pytest.mark.parametrize("payment", ["166.67", "100.00"])
def test_a_payment_that_is_no_more_than_the_interest_is_refused(payment: str) -> None:
    with pytest.raises(NeverRepaidError) as refused:
        count_of(yuan("10000"), YEARLY, yuan(payment))
    assert refused.value.values["least"] == yuan("166.68")


def test_what_takes_longer_than_fifty_years_is_refused() -> None:
    with pytest.raises(TooManyPaymentsError):
        count_of(yuan("1000000"), YEARLY, yuan("16666.68"))


def test_from_any_two_of_three_follows_the_third() -> None:
    assert solved_words(yuan("10000"), YEARLY, None, None) is None
    payment = solved_words(yuan("1200"), Rate(Decimal(0)), 12, None)
    count = solved_words(yuan("1000"), Rate(Decimal(0)), None, yuan("300"))
    amount = solved_words(yuan("9999"), Rate(Decimal(0)), 12, yuan("100"))
    assert str(payment) == "100.00 CNY a month."
    assert str(count).startswith("With 300.00 CNY a month: 4 payments, the last one 100.00 CNY.")
    assert str(amount) == "100.00 CNY a month, 12 times, repays 1200.00 CNY at this rate."


def test_putting_off_for_a_fee_is_one_payment() -> None:
    offer = own_deferral("Bank", Decimal("0.015"))
    assert (offer.kind, offer.count, offer.is_own) == (OfferKind.DEFERRAL, 1, True)
    assert offer.fees_on(yuan("1000")) == (yuan("15"),)
