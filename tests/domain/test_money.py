from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.money import Money, by_currency, minor_digits, sum_of

CURRENCIES = ("CNY", "EUR", "JPY", "KRW", "BHD", "KWD")

currencies = st.sampled_from(CURRENCIES)
minors = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(("currency", "digits"), [("CNY", 2), ("EUR", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3)])
def test_each_currency_has_its_own_number_of_decimal_places(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits
    assert Money.of(7, currency).minor == 7 * 10**digits


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("0.29", "CNY", 29),
        ("1.1", "EUR", 110),
        ("-4.35", "EUR", -435),
        ("1200", "JPY", 1200),
        ("1.005", "KWD", 1005),
    ],
)
def test_amounts_that_a_float_cannot_hold_are_exact(amount: str, currency: str, minor: int) -> None:
    assert Money.of(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(("amount", "currency"), [("1.005", "CNY"), ("0.5", "JPY"), ("0.0001", "BHD")])
def test_an_amount_finer_than_the_currency_is_a_mistake_and_never_rounded_quietly(
    amount: str, currency: str
) -> None:
    with pytest.raises(ValueError, match="finer than the minor unit"):
        Money.of(amount, currency)


@given(minors, currencies)
def test_the_amount_in_major_units_is_the_same_amount(minor: int, currency: str) -> None:
    money = Money(minor, currency)

    assert Money.of(money.decimal, currency) == money
    assert Money.of(str(money).split(" ")[0], currency) == money


@pytest.mark.parametrize(
    ("amount", "rounding", "minor"),
    [
        ("1.005", None, 101),
        ("1.0049", None, 100),
        ("-1.005", None, -101),
        ("1.005", ROUND_HALF_EVEN, 100),
        ("1.009", ROUND_DOWN, 100),
        ("1.001", ROUND_UP, 101),
    ],
)
def test_half_a_cent_goes_up_unless_the_lender_rounds_otherwise(
    amount: str, rounding: str | None, minor: int
) -> None:
    rounded = (
        Money.rounded(Decimal(amount), "CNY")
        if rounding is None
        else Money.rounded(Decimal(amount), "CNY", rounding)
    )

    assert rounded == Money(minor, "CNY")


def test_yen_round_to_whole_yen_and_dinars_to_a_thousandth() -> None:
    assert Money.rounded(Decimal("99.5"), "JPY") == Money(100, "JPY")
    assert Money.rounded(Decimal("0.0005"), "KWD") == Money(1, "KWD")


def test_a_product_is_rounded_once_and_in_the_minor_unit() -> None:
    assert Money(100_001, "CNY").times(Decimal("0.005")) == Money(500, "CNY")
    assert Money(100_100, "CNY").times(Decimal("0.005")) == Money(501, "CNY")
    assert Money(100_100, "CNY").times(Decimal("0.005"), ROUND_DOWN) == Money(500, "CNY")
    assert Money(999, "JPY").times(3) == Money(2997, "JPY")


@given(minors, st.integers(-1000, 1000), currencies)
def test_a_whole_multiple_is_never_rounded(minor: int, factor: int, currency: str) -> None:
    assert Money(minor, currency).times(factor).minor == minor * factor


@given(st.lists(minors), currencies)
def test_a_sum_is_exact_and_its_order_does_not_matter(found: list[int], currency: str) -> None:
    amounts = [Money(minor, currency) for minor in found]

    assert sum_of(amounts, currency) == sum_of(reversed(amounts), currency) == Money(sum(found), currency)


def test_nothing_at_all_sums_to_nothing_of_the_currency() -> None:
    assert sum_of((), "JPY") == Money(0, "JPY")
    assert not sum_of((), "JPY")
    assert by_currency(()) == {}


def test_a_debt_and_its_payment_cancel_out() -> None:
    owed = Money(1234, "EUR")

    assert owed - owed == owed.zero
    assert owed + -owed == owed.zero
    assert not owed.zero
    assert -owed < owed.zero < owed


def test_two_currencies_are_never_mixed() -> None:
    yuan, euros = Money(100, "CNY"), Money(100, "EUR")

    with pytest.raises(ValueError, match=r"^CNY and EUR do not add up: there are no exchange rates$"):
        yuan + euros
    with pytest.raises(ValueError, match="no exchange rates"):
        yuan - euros
    with pytest.raises(ValueError, match="no exchange rates"):
        _ = yuan < euros
    with pytest.raises(ValueError, match="no exchange rates"):
        max(yuan, euros)
    with pytest.raises(ValueError, match=r"^CNY and EUR do not add up: there are no exchange rates$"):
        sum_of([yuan, euros], "CNY")
    assert yuan != euros


@given(st.lists(st.builds(Money, minors, currencies)))
def test_each_currency_has_a_total_of_its_own_in_the_order_in_which_it_comes(amounts: list[Money]) -> None:
    totals = by_currency(amounts)

    assert list(totals) == list(dict.fromkeys(amount.currency for amount in amounts))
    for currency, total in totals.items():
        assert total == sum_of((amount for amount in amounts if amount.currency == currency), currency)


@given(minors, minors, currencies)
def test_amounts_of_one_currency_are_ordered_by_how_much_they_are(
    one: int, other: int, currency: str
) -> None:
    assert (Money(one, currency) < Money(other, currency)) == (one < other)
    assert (Money(one, currency) >= Money(other, currency)) == (one >= other)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(41_726, "EUR"), "417.26 EUR"),
        (Money(-5, "CNY"), "-0.05 CNY"),
        (Money(1234, "JPY"), "1234 JPY"),
        (Money(1, "KWD"), "0.001 KWD"),
    ],
)
def test_a_log_shows_all_decimal_places_and_the_currency(money: Money, text: str) -> None:
    assert str(money) == text
