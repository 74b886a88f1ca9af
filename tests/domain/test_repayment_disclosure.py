from decimal import Decimal

import pytest

from planner.domain.minimum.disclosure import DISCLOSED_MONTHS, repayment_disclosure
from planner.domain.minimum.path import Balance, Fate
from planner.domain.money import Money
from planner.domain.rate import Rate


def usd(amount: str) -> Money:
    return Money.of(amount, "USD")


def balance(amount: str, yearly: str, regular: str | None = None, until: int = 0) -> Balance:
    later = Rate(Decimal(regular)) if regular is not None else None
    return Balance(usd(amount), Rate(Decimal(yearly)), later, until)


TWO_PERCENT, TWENTY = Decimal("0.02"), usd("20")
SAMPLE = (balance("500", "0", "0.17", 6), balance("250", "0.17"), balance("250", "0.21"))


def test_the_sample_of_the_regulation() -> None:
    """12 CFR 1026, appendix M2: the program as printed there, run by hand in a spreadsheet."""
    found = repayment_disclosure(SAMPLE, TWENTY, TWO_PERCENT)

    assert (found.path.fate, found.path.months) == (Fate.CLEARS, 94)
    assert found.path.total == usd("1872.38")
    assert (found.payment, found.total) == (usd("35.45"), usd("1276.20"))
    assert found.saved == usd("596.18")


def test_the_first_months_of_the_sample() -> None:
    found = repayment_disclosure(SAMPLE, TWENTY, TWO_PERCENT)

    rows = [(row.interest, row.paid, row.left) for row in found.path.rows[:6]]
    assert rows[0] == (usd("7.92"), usd("20.00"), usd("987.92"))
    assert rows[1] == (usd("8.04"), usd("20.00"), usd("975.96"))
    # From the sixth month on the first balance is charged 17 % too.
    assert rows[5] == (usd("14.24"), usd("20.00"), usd("935.11"))


def test_payments_go_to_the_lowest_rate_first_in_whatever_order_balances_are_told() -> None:
    assert repayment_disclosure(SAMPLE[::-1], TWENTY, TWO_PERCENT) == repayment_disclosure(
        SAMPLE, TWENTY, TWO_PERCENT
    )


def test_the_minimum_is_of_the_balance_before_interest() -> None:
    found = repayment_disclosure([balance("2000", "0.24")], TWENTY, Decimal("0.05"))

    assert (found.path.rows[0].interest, found.path.rows[0].paid) == (usd("40.00"), usd("100.00"))


@pytest.mark.parametrize(
    ("balances", "payment"),
    [
        # PMT(rate/12, 36, -balance) of any spreadsheet
        ([balance("10000", "0.20")], "371.64"),
        ([balance("10000", "0.18")], "361.52"),
        ([balance("3600", "0")], "100.00"),
        # half at 12 %, half at 24 %: 18 %
        ([balance("5000", "0.12"), balance("5000", "0.24")], "361.52"),
        # a quarter at 6 %, the rest at 22 %: 18 %
        ([balance("2500", "0.06"), balance("7500", "0.22")], "361.52"),
        # a year at 0 %, two at 27 %: 18 %
        ([balance("10000", "0", "0.27", 12)], "361.52"),
        # the promotion lasts for all of the time, or longer
        ([balance("10000", "0.18", "0.99", 36)], "361.52"),
        ([balance("10000", "0.18", "0.99", 48)], "361.52"),
        ([balance("10000", "0.99", "0.18", 0)], "361.52"),
    ],
)
def test_the_payment_for_36_months_is_an_annuity_at_the_weighted_rate(
    balances: list[Balance], payment: str
) -> None:
    found = repayment_disclosure(balances, TWENTY, TWO_PERCENT)

    assert found.payment == usd(payment)
    assert found.total == usd(payment).times(DISCLOSED_MONTHS)
    assert DISCLOSED_MONTHS == 36


def test_nothing_is_saved_beside_what_never_ends() -> None:
    found = repayment_disclosure([balance("10000", "0.24")], TWENTY, TWO_PERCENT)

    assert found.path.fate is Fate.NEVER
    assert found.saved is None
    assert found.payment == usd("392.33")
