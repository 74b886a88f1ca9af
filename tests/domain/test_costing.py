from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.apr import Convention
from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.offers.costing import costing

LENT = date(2026, 12, 10)


def cny(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


def row(number: int, due_on: date, principal: str, fee: str = "0", interest: str = "0") -> Instalment:
    return Instalment(number, due_on, cny(principal), cny(fee), cny(interest))


ROWS = (
    row(0, date(2026, 11, 22), "0", "6"),
    row(1, date(2027, 1, 10), "400", "4", "1"),
    row(2, date(2027, 1, 31), "300", "0", "2"),
    row(3, date(2027, 3, 10), "500", "5"),
)
MONTHS = (0, 1, 2, 3)


def test_payments_come_to_their_sum_and_what_is_above_the_amount() -> None:
    found = costing(cny(1200), ROWS, MONTHS, LENT)

    assert found.total == cny(1218)
    assert found.fees == cny(18)
    assert found.last_on == date(2027, 3, 10)
    # January holds two payments: 405 and 302.
    assert found.biggest_month == cny(707)
    assert (found.rows, found.months, found.lent_on) == (ROWS, MONTHS, LENT)
    assert found.convention is Convention.CHINA
    assert found.no_rate is None


def test_the_cash_flow_table_ends_with_nothing_left() -> None:
    flows = costing(cny(1200), ROWS, MONTHS, LENT).flows

    assert [flow.left for flow in flows] == [cny(1200), cny(800), cny(500), cny(0)]
    assert [flow.month for flow in flows] == [0, 1, 2, 3]
    assert [(flow.principal, flow.fee, flow.interest, flow.total) for flow in flows][1] == (
        cny(400),
        cny(4),
        cny(1),
        cny(405),
    )
    assert [flow.on for flow in flows] == [row.due_on for row in ROWS]


def test_china_counts_the_months_of_the_table_unless_it_has_none() -> None:
    rows = (row(1, date(2027, 1, 20), "1200", "12"),)
    months = costing(cny(1200), rows, (1,), LENT)
    dates = costing(cny(1200), rows, (1,), LENT, by_dates=True)

    assert months.apr is not None
    assert dates.apr is not None
    assert months.apr.monthly is not None
    assert dates.apr.monthly is not None
    assert abs(months.apr.monthly - Decimal("0.01")) < Decimal("1e-12")
    # A month and ten days, a month being 365/12 days: 1.01 ^ (1 / 1.32877)
    assert abs(float(dates.apr.monthly) - (1.01 ** (1 / (1 + 10 * 12 / 365)) - 1)) < 1e-12


def test_two_payments_of_one_month_are_counted_together() -> None:
    rows = (row(1, date(2027, 1, 10), "600"), row(2, date(2027, 1, 20), "600", "12"))
    found = costing(cny(1200), rows, (1, 1), LENT)

    assert found.apr is not None
    assert found.apr.monthly is not None
    assert abs(found.apr.monthly - Decimal("0.01")) < Decimal("1e-12")


def test_others_count_by_dates_and_what_is_paid_before_counts_with_the_advance() -> None:
    rows = (row(0, date(2026, 11, 22), "0", "6"), row(1, date(2027, 1, 10), "1200"))
    found = costing(cny(1200), rows, (0, 1), LENT, Convention.EU)

    assert found.apr is not None
    assert found.apr.convention is Convention.EU
    assert abs(float(found.apr.effective.fraction) - ((1200 / 1194) ** 12 - 1)) < 1e-12
    american = costing(cny(1200), rows, (0, 1), LENT, Convention.US)
    assert american.apr is not None
    assert american.apr.nominal is not None
    assert abs(float(american.apr.nominal.fraction) - (1200 / 1194 - 1) * 12) < 1e-12


def test_what_is_paid_at_once_lends_nothing_and_misses_no_rate() -> None:
    for convention in Convention:
        found = costing(cny(1200), (row(1, LENT, "1200"),), (0,), LENT, convention)
        assert found.apr is None
        assert found.no_rate is None


def test_payments_without_a_rate_say_why() -> None:
    rows = (row(0, LENT, "0", "1300"), row(1, date(2027, 1, 10), "1200"))
    for convention in Convention:
        found = costing(cny(1200), rows, (0, 1), LENT, convention)
        assert found.apr is None
        assert found.no_rate is not None
        assert "no yearly rate" in str(found.no_rate)


def test_payments_with_several_rates_say_so() -> None:
    # 100 lent, 230 paid, 132 lent again: 10 % and 20 % a month.
    rows = (row(1, date(2027, 1, 10), "230"), row(2, date(2027, 2, 10), "-132"))
    found = costing(cny(100), rows, (1, 2), LENT)

    assert found.apr is None
    assert found.no_rate is not None
    assert "more than one" in str(found.no_rate)


def test_every_payment_has_its_month() -> None:
    for months in ((0, 1, 2), (0, 1, 2, 3, 4)):
        with pytest.raises(ValueError, match="zip"):
            costing(cny(1200), ROWS, months, LENT)
        with pytest.raises(ValueError, match="zip"):
            _ = replace(costing(cny(1200), ROWS, MONTHS, LENT), months=months).flows
