from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.apr import NoRateError
from planner.domain.interest.annuity import (
    cumulated_interest,
    cumulated_principal,
    future_value,
    interest_part,
    number_of_payments,
    payment,
    present_value,
    principal_part,
    rate_per_period,
)


def D(text: str | int) -> Decimal:  # noqa: N802 - short, for many figures
    return Decimal(text)


TWELFTH_OF_TEN = D("0.1") / 12
CENT = D("0.005")


def near(found: Decimal | None, expected: str, within: Decimal = CENT) -> bool:
    return found is not None and abs(found - D(expected)) <= within


# --- published examples: support.microsoft.com, the page of each function; numpy-financial's tests


def test_the_payment_as_microsoft_has_it() -> None:
    assert near(payment(D("0.08") / 12, 10, D(10000)), "-1037.03")
    assert near(payment(D("0.08") / 12, 10, D(10000), at_begin=True), "-1030.16")
    # 50,000 saved in 18 years at 6 %.
    assert near(payment(D("0.06") / 12, 216, D(0), D(50000)), "-129.08")
    assert payment(D(0), 60, D(15000)) == -250
    assert payment(D(0), 60, D(15000), D(3000)) == -300


def test_the_interest_and_the_principal_in_a_payment_as_microsoft_has_them() -> None:
    assert near(interest_part(TWELFTH_OF_TEN, 1, 36, D(8000)), "-66.67")
    assert near(interest_part(D("0.1"), 3, 3, D(8000)), "-292.45")
    assert near(principal_part(TWELFTH_OF_TEN, 1, 24, D(2000)), "-75.62")
    assert near(principal_part(D("0.08"), 10, 10, D(200000)), "-27598.05")


def test_nothing_bears_interest_before_the_first_of_payments_at_the_beginning() -> None:
    first = interest_part(TWELFTH_OF_TEN, 1, 24, D(2000), at_begin=True)
    second = interest_part(TWELFTH_OF_TEN, 2, 24, D(2000), at_begin=True)
    paid = payment(TWELFTH_OF_TEN, 24, D(2000), at_begin=True)

    assert first == 0
    assert principal_part(TWELFTH_OF_TEN, 1, 24, D(2000), at_begin=True) == paid
    # A month on what is left of 2,000 after the first payment: 2,000 - 91.53 is 1,908.47.
    assert near(second, "-15.90")
    assert abs(second - TWELFTH_OF_TEN / (1 + TWELFTH_OF_TEN) * (-2000 - paid) * (1 + TWELFTH_OF_TEN)) < CENT


def test_what_payments_cumulate_as_microsoft_has_it() -> None:
    assert near(cumulated_interest(D("0.0075"), 360, D(125000), 13, 24), "-11135.23213", D("0.00001"))
    assert near(cumulated_interest(D("0.0075"), 360, D(125000), 1, 1), "-937.5", D("0.0000001"))
    assert near(cumulated_principal(D("0.0075"), 360, D(125000), 13, 24), "-934.1071", D("0.0001"))
    assert near(cumulated_principal(D("0.0075"), 360, D(125000), 1, 1), "-68.27827", D("0.00001"))
    # formulajs, test/financial.js.
    assert near(cumulated_principal(TWELFTH_OF_TEN, 360, D(100000), 13, 24), "-614.0863271085149", D("1e-8"))


def test_the_number_of_payments_as_microsoft_has_it() -> None:
    one = D("0.12") / 12

    assert near(number_of_payments(one, D(-100), D(-1000), D(10000), at_begin=True), "59.6738657")
    assert near(number_of_payments(one, D(-100), D(-1000), D(10000)), "60.0821229")
    assert near(number_of_payments(one, D(-100), D(-1000)), "-9.57859404", D("1e-8"))
    assert number_of_payments(one, D(-100), D(0)) == 0
    assert number_of_payments(D(0), D(-100), D(1000)) == 10
    assert number_of_payments(D(0), D(-100), D(1000), D(200)) == 12


def test_t39_payments_that_never_repay_are_an_answer() -> None:
    # T39: a loop that ends after so many months must not say that it is paid. A month costs 166.67 here.
    month = D("0.2") / 12

    assert number_of_payments(month, D("-166.66"), D(10000)) is None
    assert number_of_payments(month, D(-10000) * month, D(10000)) is None
    assert near(number_of_payments(month, D("-166.68"), D(10000)), "571.5", D("2"))
    assert number_of_payments(D(0), D(0), D(10000)) is None
    # What is paid away from what is wanted was enough in the past only: ln(100 ÷ 266.67) ÷ ln(1 + 0.2 ÷ 12).
    assert near(number_of_payments(month, D(100), D(10000)), "-59.338818778", D("1e-8"))
    # A debt of 1,000 that is being paid off never grows to 10,000 or more.
    assert number_of_payments(D("0.01"), D(-100), D(1000), D(-10000)) is None
    assert number_of_payments(D("0.01"), D(-100), D(1000), D(-20000)) is None


def test_present_and_future_values_as_microsoft_has_them() -> None:
    assert near(present_value(D("0.08") / 12, 240, D(500)), "-59777.15")
    # A period sooner each is worth a period's interest more: 59,777.15 × (1 + 0.08 ÷ 12).
    assert near(present_value(D("0.08") / 12, 240, D(500), at_begin=True), "-60175.66")
    assert near(future_value(D("0.06") / 12, 10, D(-200), D(-500), at_begin=True), "2581.40")
    assert near(future_value(D("0.12") / 12, 12, D(-1000)), "12682.50")
    assert near(future_value(D("0.11") / 12, 35, D(-2000), at_begin=True), "82846.25")
    assert near(future_value(D("0.06") / 12, 12, D(-100), D(-1000), at_begin=True), "2301.40")
    assert present_value(D(0), 10, D(-50), D(-100)) == 600
    assert future_value(D(0), 10, D(-50), D(100)) == 400


def test_what_is_left_of_a_rounded_payment_as_kmymoney_has_it() -> None:
    # mymoneyfinancialcalculator-test.cpp, use cases 1 and 2; its signs are the lender's.
    month = D("0.05") / 12

    assert near(future_value(month, 360, D("-1610.46"), D(300000)), "-4.05")
    assert near(future_value(month, 360, D("-1717.83"), D(320000)), "0.67")
    # 80,000 at 12 % with 7,108 a month: 12 payments, as its test of numPayments has it.
    assert near(number_of_payments(D("0.01"), D(-7108), D(80000)), "12", D("0.001"))


def test_the_rate_as_microsoft_has_it() -> None:
    assert near(rate_per_period(48, D(-200), D(8000)) * 12, "0.0924", D("0.00002"))
    assert near(rate_per_period(48, D(-200), D(8000)), "0.007701472488", D("1e-10"))
    assert rate_per_period(10, D(-100), D(1000)) == 0
    assert near(rate_per_period(1, D(-110), D(100)), "0.1", D("1e-12"))
    assert near(rate_per_period(1, D(0), D(-100), D(121)), "0.21", D("1e-12"))
    # Paid at the beginning of each period the same payments cost more: pyxirr.irr of 900 and 11 × -100.
    assert near(rate_per_period(12, D(-100), D(1000), at_begin=True), "0.0350315", D("0.0000001"))
    with pytest.raises(NoRateError):
        rate_per_period(10, D(100), D(1000))


def test_the_rate_of_hundreds_of_payments_is_found() -> None:
    # A house in 30 years, and a deposit of 5,000 days; expected values by bisection of the equation.
    assert near(rate_per_period(360, D(-1200), D(200000)), "0.0050058250067624", D("1e-12"))
    assert near(rate_per_period(5000, D(0), D(-1000), D(2000)), "0.0001386390456163955", D("1e-12"))
    assert near(rate_per_period(360, D(-1200), D(200000), at_begin=True), "0.005045004045846346", D("1e-12"))
    # Less than what was lent comes back: a rate below nothing.
    assert near(rate_per_period(12, D(-80), D(1000)), "-0.006225106741787723", D("1e-12"))


@given(
    st.integers(1, 500).map(lambda points: Decimal(points) / 10_000),
    st.integers(1, 60),
    st.integers(1, 10**7),
    st.sampled_from(("begin", "end")),
)
def test_each_is_found_from_the_others(rate: Decimal, count: int, amount: int, when: str) -> None:
    begin = when == "begin"
    paid = payment(rate, count, D(amount), at_begin=begin)

    assert abs(present_value(rate, count, paid, at_begin=begin) - amount) < D("1e-12")
    assert abs(future_value(rate, count, paid, D(amount), at_begin=begin)) < D("1e-12")
    months = number_of_payments(rate, paid, D(amount), at_begin=begin)
    # Paid at once there is no interest, and so no time that follows from it.
    assert (begin and count == 1) or (months is not None and abs(months - count) < D("1e-9"))
    parts = [principal_part(rate, number, count, D(amount), at_begin=begin) for number in range(1, count + 1)]
    repaid = sum(parts, D(0))
    assert abs(repaid + amount) < D("1e-12")
    assert cumulated_principal(rate, count, D(amount), 1, count, at_begin=begin) == repaid
    whole = cumulated_interest(rate, count, D(amount), 1, count, at_begin=begin)
    assert abs(whole + repaid - paid * count) < D("1e-12")
