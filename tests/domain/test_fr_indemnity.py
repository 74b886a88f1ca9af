from datetime import date
from decimal import Decimal

import pytest

from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.settling.fr_indemnity import INDEMNITY_SOURCE, EarlyRepayment, months_left
from planner.domain.sourced import Reliability, Span


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def most(repaid: str, months: int = 18, interest: str = "900", before: str = "0") -> Money:
    return EarlyRepayment(euros(repaid), months, euros(interest), euros(before)).indemnity().value.high


# Code de la consommation, art. L312-34 and D312-15.
@pytest.mark.parametrize(
    ("repaid", "before", "asked"),
    [
        ("12000", "0", "120.00"),
        ("10000.01", "0", "100.00"),
        ("10000", "0", "0"),
        ("8000", "0", "0"),
        ("8000", "2000", "0"),
        ("8000", "2000.01", "80.00"),
        ("1", "10000", "0.01"),
    ],
)
def test_an_indemnity_may_be_asked_above_10_000_euros_in_twelve_months_and_on_this_repayment_alone(
    repaid: str, before: str, asked: str
) -> None:
    assert most(repaid, before=before) == euros(asked)


@pytest.mark.parametrize(
    ("months", "asked"), [(11, "60.00"), (12, "60.00"), (13, "120.00"), (Decimal("12.5"), "120.00")]
)
def test_one_per_cent_if_more_than_a_year_is_left_else_half(months: int, asked: str) -> None:
    assert most("12000", months) == euros(asked)


@pytest.mark.parametrize(("interest", "asked"), [("80", "80.00"), ("120", "120.00"), ("0", "0")])
def test_it_is_never_more_than_the_interest_that_is_left(interest: str, asked: str) -> None:
    assert most("12000", interest=interest) == euros(asked)


@pytest.mark.parametrize(
    "exception", [{"is_fixed_rate": False}, {"is_open_ended": True}, {"is_insured": True}]
)
def test_nothing_may_be_asked_of_a_variable_rate_a_revolving_credit_or_an_insurance(
    exception: dict[str, bool],
) -> None:
    repayment = EarlyRepayment(euros("12000"), 18, euros("900"), euros("0"), **exception)

    assert repayment.indemnity().value == Span.exactly(euros("0"))
    assert any(
        "no indemnity may be asked" in str(each.text) for each in repayment.indemnity().derivation.workings
    )


def test_the_lender_need_not_ask_for_it() -> None:
    assert EarlyRepayment(euros("12000"), 18, euros("900"), euros("0")).indemnity().value.low == euros("0")


@pytest.mark.parametrize(
    ("on", "end", "months"),
    [
        (date(2026, 11, 22), date(2027, 11, 22), 12),
        (date(2026, 11, 22), date(2027, 11, 23), 13),
        (date(2026, 11, 22), date(2027, 11, 21), 12),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
        (date(2026, 11, 22), date(2026, 11, 23), 1),
        (date(2026, 11, 22), date(2026, 12, 1), 1),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 11, 22), date(2026, 9, 1), 0),
    ],
)
def test_a_part_of_a_month_counts_as_a_month(on: date, end: date, months: int) -> None:
    assert months_left(on, end) == months


def test_how_it_was_made_names_the_law_and_the_base() -> None:
    derivation = EarlyRepayment(euros("12000"), 18, euros("900"), euros("500")).indemnity().derivation

    assert [(str(each.label), each.value) for each in derivation.given] == [
        ("Principal repaid now", euros("12000")),
        ("Repaid early in the twelve months before", euros("500")),
        ("The threshold over twelve months", euros("10000")),
        ("Months the contract would still have run", "18"),
        ("The rate of the indemnity", Rate(Decimal("0.01"))),
        ("Interest still to come", euros("900")),
    ]
    assert [(str(each.text), each.result) for each in derivation.workings] == [
        ("Repaid within twelve months", euros("12500")),
        ("What is repaid × the rate", euros("120")),
        ("The most that may be asked", euros("120")),
    ]
    assert derivation.given[2].source == INDEMNITY_SOURCE
    assert (INDEMNITY_SOURCE.reliability, INDEMNITY_SOURCE.checked) == (Reliability.HIGH, date(2026, 11, 22))
