from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.interest.borrowing import Loan, amount_for, months_at, part_without_fee, payment_for
from planner.domain.money import Money
from planner.domain.plans.level import level_payment
from planner.domain.rate import Rate
from planner.i18n import explain


def usd(amount: int | str) -> Money:
    return Money.of(amount, "USD")


def yearly(percent: str | int) -> Rate:
    return Rate.percent(Decimal(percent))


TWENTY = yearly(20)


def test_t37_interest_is_charged_once_a_month_and_not_twice() -> None:
    # T37: github.com/jamesmontemagno/app-fire-calculator/issues/45 charged it twice: 34 months and 6,617.
    found = months_at(usd(10000), TWENTY, usd(500))
    loan = found.value

    assert (loan.months, loan.interest, loan.last_payment) == (25, usd("2266.06"), usd("266.06"))
    assert found.derivation.rounding == payment_for(usd(10000), TWENTY, 25).derivation.rounding
    assert loan.total == usd("12266.06")
    assert not loan.never_ends


def test_t39_a_payment_that_only_pays_the_interest_never_ends_and_says_so() -> None:
    # T39: a loop of 600 months called this paid (FinSight-AI#1511). A month's interest is 166.67.
    loan = months_at(usd(10000), TWENTY, usd("166.67")).value

    assert loan.never_ends
    assert (loan.months, loan.interest, loan.total, loan.last_payment) == (None, None, None, None)
    assert loan.least == usd("166.68")
    derivation = months_at(usd(10000), TWENTY, usd("166.67")).derivation
    shown = {explain(working.text): working.result for working in derivation.workings}
    each_month = "The interest of each month is rounded to the cent; the last payment makes up for it."
    assert derivation.rounding is not None
    assert explain(derivation.rounding) == each_month
    assert shown["The interest of the first month"] == usd("166.67")
    assert shown["The least payment that ever repays it"] == usd("166.68")


def test_a_cent_more_ends_after_more_months_than_any_loop_would_wait() -> None:
    loan = months_at(usd(10000), TWENTY, usd("166.68")).value

    assert loan.months is not None
    assert loan.months > 480
    assert not loan.never_ends


def test_what_takes_a_thousand_years_is_worked_out_by_the_equation() -> None:
    # 0.1 % a year of 100,000 is 8.33 a month: a cent more repays a cent in the first month.
    loan = months_at(usd(100000), Rate(Decimal("0.001")), usd("8.34")).value

    assert loan.months == 85_584
    assert loan.last_payment is not None
    assert loan.interest is not None
    assert usd(0) < loan.last_payment <= usd("8.34")
    assert loan.total == usd("8.34").times(85_583) + loan.last_payment


def test_the_last_payment_worked_out_by_the_equation_bears_a_last_months_interest() -> None:
    # Counted on month by month without rounding, to 120 digits: 4,178.671704 is owed before the last month.
    found = months_at(usd(10_000_000), yearly("1.2"), usd("10000.01"))
    loan = found.value

    assert (loan.months, loan.last_payment) == (13_823, usd("4182.85"))
    assert loan.interest == usd("128224321.07")
    assert loan.total == usd("138224321.07")
    assert found.derivation.rounding is not None
    assert explain(found.derivation.rounding) == (
        "More than a thousand years are not written out month by month: the interest is not rounded each "
        "month, only the last payment is."
    )


def test_without_interest_the_months_are_the_amount_over_the_payment() -> None:
    exact = months_at(usd(1000), yearly(0), usd(100)).value
    more = months_at(usd(1000), yearly(0), usd(300)).value

    assert (exact.months, exact.interest, exact.last_payment) == (10, usd(0), usd(100))
    assert (more.months, more.last_payment) == (4, usd(100))
    assert months_at(usd(1000), yearly(0), usd(0)).value.never_ends
    assert months_at(usd(1000), yearly(0), usd(0)).value.least == usd("0.01")


def test_nothing_owed_takes_no_month() -> None:
    for amount in (usd(0), usd(-5)):
        loan = months_at(amount, TWENTY, usd(500)).value
        assert (loan.months, loan.interest, loan.never_ends) == (0, usd(0), False)


def test_more_than_is_owed_is_paid_in_one_month_with_its_interest() -> None:
    loan = months_at(usd(100), TWENTY, usd(500)).value

    assert (loan.months, loan.interest, loan.last_payment) == (1, usd("1.67"), usd("101.67"))


def test_the_payment_for_a_term_is_the_level_payment_of_published_loans() -> None:
    # KMyMoney's handbook: 25,000 at 5.5 % over 60 months.
    loan = payment_for(usd(25000), yearly("5.5"), 60).value

    assert loan.payment == usd("477.53")
    assert loan.months == 60
    assert loan.total == usd("477.53").times(59) + usd("477.43")
    assert loan.last_payment == usd("477.43")
    assert loan.least == usd("114.59")


def test_what_can_be_borrowed_with_so_much_a_month() -> None:
    # PV(20 %/12, 24, -500) = 9,823.99...
    loan = amount_for(usd(500), TWENTY, 24).value

    assert loan.amount == usd("9823.99")
    assert (loan.payment, loan.months) == (usd(500), 24)
    assert loan.interest == usd("2176.01")
    # support.microsoft.com, PV: 500 a month for 20 years at 8 % is worth 59,777.15; rounded down here too.
    assert amount_for(usd(500), yearly(8), 240).value.amount == usd("59777.14")
    assert amount_for(usd(500), yearly(0), 24).value.amount == usd(12000)


def test_t50_a_fee_is_on_what_is_repaid_and_not_on_itself() -> None:
    # T50: github.com/csaba504/hitel_torleszto_kalkulator/issues/1: of 10,100 it took 101, not 100.
    assert part_without_fee(usd(10100), Decimal("0.01")) == usd(10000)
    assert part_without_fee(usd(100), Decimal(0)) == usd(100)
    assert part_without_fee(usd(100), Decimal("0.03")) == usd("97.09")


def test_how_it_was_made_repeats_the_figures() -> None:
    loan = months_at(usd(10000), TWENTY, usd(500))
    given = {explain(each.label): each.value for each in loan.derivation.given}
    shown = {explain(working.text): working.result for working in loan.derivation.workings}

    assert given == {"Amount": usd(10000), "Yearly rate": TWENTY, "Payment a month": usd(500)}
    assert shown["Number of payments"] == 25
    assert shown["All interest"] == usd("2266.06")
    assert shown["All payments together"] == usd("12266.06")
    assert shown["The last payment"] == usd("266.06")
    term = payment_for(usd(25000), yearly("5.5"), 60).derivation
    assert [explain(each.label) for each in term.given] == ["Amount", "Yearly rate", "Number of payments"]
    worth = amount_for(usd(500), TWENTY, 24).derivation
    assert [explain(each.label) for each in worth.given] == [
        "Yearly rate",
        "Payment a month",
        "Number of payments",
    ]
    assert len({explain(found.rule) for found in (loan.derivation, term, worth)}) == 3


rates = st.integers(0, 6000).map(lambda points: Rate(Decimal(points) / 10_000))
amounts = st.integers(1, 10**9).map(lambda minor: Money(minor, "USD"))


@given(amounts, rates, st.integers(1, 120))
def test_the_term_of_the_payment_for_a_term_is_that_term(amount: Money, rate: Rate, months: int) -> None:
    loan = payment_for(amount, rate, months).value
    found = months_at(amount, rate, loan.payment).value

    # A payment rounded down may leave some cents for one month more; one rounded up may end sooner.
    assert found.never_ends or found.months is not None
    if amount.minor > 10_000 * months and loan.payment.minor > 100:
        assert found.months is not None
        assert abs(found.months - months) <= 1 or _ends_late(found, months)


def _ends_late(found: Loan, months: int) -> bool:
    """At high rates a rounded cent is worth months at the end."""
    return found.months is not None and found.rate.fraction > Decimal("0.3") and found.months > months


@given(st.integers(1, 10**7).map(lambda minor: Money(minor, "USD")), rates, st.integers(1, 120))
def test_what_can_be_borrowed_is_repaid_by_its_payment(payment: Money, rate: Rate, months: int) -> None:
    amount = amount_for(payment, rate, months).value.amount

    assert level_payment(amount, rate, months) <= payment
    assert level_payment(amount + Money(2, "USD"), rate, months) >= payment - Money(1, "USD")


@given(amounts, rates, st.integers(1, 10**7))
def test_paying_more_never_takes_longer_nor_costs_more(amount: Money, rate: Rate, extra: int) -> None:
    least = months_at(amount, rate, Money(0, "USD")).value.least
    usual = months_at(amount, rate, least + amount.times(Decimal("0.02"))).value
    more = months_at(amount, rate, usual.payment + Money(extra, "USD")).value

    assert usual.months is not None
    assert more.months is not None
    assert usual.interest is not None
    assert more.interest is not None
    assert more.months <= usual.months
    assert more.interest <= usual.interest + Money(usual.months, "USD")


@pytest.mark.parametrize("payment", ["0", "0.01"])
def test_a_cent_a_month_repays_what_bears_less_than_half_a_cent(payment: str) -> None:
    loan = months_at(usd("0.10"), yearly(12), usd(payment)).value

    assert loan.never_ends is (payment == "0")
    assert loan.months == (None if payment == "0" else 10)
