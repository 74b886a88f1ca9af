from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.minimum.monthly import MonthlyRule
from planner.domain.minimum.path import (
    FURTHEST,
    Balance,
    Debt,
    Fate,
    Path,
    PathRow,
    follow,
    steady_payment,
)
from planner.domain.money import Money
from planner.domain.rate import Per, Rate


def usd(amount: str) -> Money:
    return Money.of(amount, "USD")


def owed(amount: str, yearly: str, **more: object) -> Debt:
    return Debt((Balance(usd(amount), Rate(Decimal(yearly))),), **more)  # type: ignore[arg-type]


def minimum(part: str, least: str = "0", **more: object) -> MonthlyRule:
    return MonthlyRule(Fraction(part), least=usd(least).minor, **more)  # type: ignore[arg-type]


def fixed(amount: str) -> MonthlyRule:
    return MonthlyRule(Fraction(0), fixed=usd(amount).minor)


def figures(rows: Sequence[PathRow]) -> list[tuple[int, str, str, str, str]]:
    return [
        (
            row.month,
            str(row.owed.decimal),
            str(row.interest.decimal),
            str(row.paid.decimal),
            str(row.left.decimal),
        )
        for row in rows
    ]


# --- Golden rows: what regulators and others publish ------------------------------------------------

PUBLISHED = {
    # balance, yearly rate, part, least amount; months and interest to the cent, within what is published
    "ASIC, November 2003: $1000 at 16 %, 2.5 % or $10: more than 11 years, about $860": (
        ("1000", "0.16", "0.025", "10"),
        (136, "861.16"),
    ),
    "ASIC, November 2003: $10,000 at 16 %, 2.5 % or $10: more than 27 years, about $11,000": (
        ("10000", "0.16", "0.025", "10"),
        (332, "11146.74"),
    ),
    "Federal Reserve, 2009-04-16: $3000 at 13 %: as long as 16 years, $2812": (
        ("3000", "0.13", "0.02", "20"),
        (192, "2811.66"),
    ),
    "Federal Reserve via University of Wisconsin, 2010-10-21: $5000 at 12 %: 19 years": (
        ("5000", "0.12", "0.02", "20"),
        (230, "4393.21"),
    ),
    "visual.ly: $10,000 at 20 %, 10 % or $15: 5 years, $2000": (
        ("10000", "0.20", "0.10", "15"),
        (60, "1985.49"),
    ),
    "visual.ly: $10,000 at 20 %, 4 % or $15: 14 years, $7000": (
        ("10000", "0.20", "0.04", "15"),
        (172, "6989.36"),
    ),
    "visual.ly: $10,000 at 20 %, 3 % or $15: 23 years, $12,100": (
        ("10000", "0.20", "0.03", "15"),
        (273, "12110.81"),
    ),
    "visual.ly: $10,000 at 20 %, 2 % or $15: 74 years, $47,100": (
        ("10000", "0.20", "0.02", "15"),
        (885, "47125.72"),
    ),
}


@pytest.mark.parametrize(("given", "wanted"), PUBLISHED.values(), ids=PUBLISHED)
def test_paying_the_minimum_takes_as_long_and_costs_as_much_as_is_published(
    given: tuple[str, str, str, str], wanted: tuple[int, str]
) -> None:
    balance, yearly, part, least = given

    path = follow(owed(balance, yearly), minimum(part, least))

    assert path.fate is Fate.CLEARS
    assert (path.months, path.interest) == (wanted[0], usd(wanted[1]))
    assert path.total == usd(wanted[1]) + usd(balance)


def test_a_british_card_pays_1_percent_and_the_interest() -> None:
    """£4476 at an APR of 21.9 %: £119 first, 30 years and 10 months, £7125 (market-reporter.biz)."""
    month = Decimal("1.219") ** (Decimal(1) / 12) - 1
    debt = Debt((Balance(usd("4476"), Rate(month, Per.MONTH)),))

    path = follow(debt, minimum("0.01", "5", is_of_interest=True, plus_interest=True))

    assert path.months == 30 * 12 + 10
    assert path.rows[0].paid == usd("119.98")
    assert path.interest == usd("7127.89")


FIXED = {
    "10,000 at 20 % with 500 a month: 25 months, 2266.06": (("10000", "0.20", "500"), (25, "2266.06")),
    "University of Wisconsin, 2010-10-21: 5000 at 12 % with 100: six years": (
        ("5000", "0.12", "100"),
        (70, "1966.23"),
    ),
    "University of Wisconsin, 2010-10-21: 5000 at 12 % with 250: less than two years": (
        ("5000", "0.12", "250"),
        (23, "606.76"),
    ),
    "without interest": (("1200", "0", "100"), (12, "0.00")),
    "without interest, and a rest": (("1200.01", "0", "100"), (13, "0.00")),
}


@pytest.mark.parametrize(("given", "wanted"), FIXED.values(), ids=FIXED)
def test_a_fixed_payment_takes_as_long_and_costs_as_much_as_is_published(
    given: tuple[str, str, str], wanted: tuple[int, str]
) -> None:
    balance, yearly, paid = given

    path = follow(owed(balance, yearly), fixed(paid))

    assert (path.months, path.interest) == (wanted[0], usd(wanted[1]))


# --- Month by month --------------------------------------------------------------------------------


def test_each_month_adds_interest_and_takes_a_payment_off() -> None:
    path = follow(owed("100.00", "0.12"), fixed("40.00"))

    # 1 % of 100.00, of 61.00 and of 21.61.
    assert figures(path.rows) == [
        (1, "100.00", "1.00", "40.00", "61.00"),
        (2, "61.00", "0.61", "40.00", "21.61"),
        (3, "21.61", "0.22", "21.83", "0.00"),
    ]
    assert (path.months, path.total, path.interest) == (3, usd("101.83"), usd("1.83"))


def test_a_chinese_bill_is_free_at_first_and_the_second_bill_adds_what_was_lost() -> None:
    debt = owed("1000.00", "0.12", is_free_at_first=True, lost=usd("12.00"))

    path = follow(debt, fixed("400.00"), usd("100.00"))

    # Month 2: 1 % of 600.00, and the 12.00 that were lost.
    assert figures(path.rows) == [
        (1, "1000.00", "0.00", "400.00", "600.00"),
        (2, "600.00", "18.00", "400.00", "218.00"),
        (3, "218.00", "2.18", "220.18", "0.00"),
    ]


def test_what_the_first_bill_asks_for_may_be_known() -> None:
    debt = owed("1000.00", "0.12", is_free_at_first=True)

    by_rule = follow(debt, minimum("0.10", "500"))
    known = follow(debt, minimum("0.10", "500"), usd("130.00"))
    nothing = follow(debt, minimum("0.10", "500"), usd("0"))
    whole = follow(debt, minimum("0.10", "500"), usd("5000.00"))

    assert by_rule.rows[0].paid == usd("500.00")
    assert [row.paid for row in known.rows[:2]] == [usd("130.00"), usd("500.00")]
    assert figures(nothing.rows)[0] == (1, "1000.00", "0.00", "0.00", "1000.00")
    assert figures(whole.rows) == [(1, "1000.00", "0.00", "1000.00", "0.00")]


def test_a_first_bill_that_is_known_gets_the_fixed_payment_if_that_is_more() -> None:
    debt, rule = owed("1000.00", "0.12"), minimum("0.10")

    assert follow(debt, replace(rule, fixed=20_000), usd("130.00")).rows[0].paid == usd("200.00")
    assert follow(debt, replace(rule, fixed=12_999), usd("130.00")).rows[0].paid == usd("130.00")
    # With interest from the beginning, all of it is a little more than is owed.
    assert follow(debt, rule, usd("1010.00")).months == 1
    assert follow(debt, rule, usd("1009.99")).rows[0].left == usd("0.01")


def test_payments_go_to_the_first_balance_first_and_a_promotion_ends() -> None:
    regular = Rate(Decimal("0.12"))
    debt = Debt(
        (Balance(usd("50.00"), Rate(Decimal(0)), regular, 2), Balance(usd("100.00"), Rate(Decimal("0.24"))))
    )

    path = follow(debt, fixed("30.00"))

    # Month 2: 1 % of 20.00 and 2 % of 102.00; month 3: 2 % of 94.24; month 4: 2 % of 66.12.
    assert figures(path.rows[:4]) == [
        (1, "150.00", "2.00", "30.00", "122.00"),
        (2, "122.00", "2.24", "30.00", "94.24"),
        (3, "94.24", "1.88", "30.00", "66.12"),
        (4, "66.12", "1.32", "30.00", "37.44"),
    ]


def test_the_regular_rate_applies_from_its_month_on() -> None:
    balance = Balance(usd("100.00"), Rate(Decimal("0.12")), Rate(Decimal("0.24")), 6)

    assert balance.monthly(5) == Fraction(1, 100)
    assert balance.monthly(6) == Fraction(2, 100)
    assert Balance(usd("100.00"), Rate(Decimal("0.12"))).monthly(600) == Fraction(1, 100)


def test_what_is_owed_is_every_balance() -> None:
    rate = Rate(Decimal("0.12"))

    assert Debt((Balance(usd("50.00"), rate), Balance(usd("0.01"), rate))).amount == usd("50.01")


def test_nothing_owed_is_over_at_once() -> None:
    path = follow(owed("0", "0.20"), minimum("0.02", "20"))

    assert path == Path(Fate.CLEARS, ())
    assert (path.months, path.total, path.interest) == (0, None, None)


# --- What never ends -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("debt", "rule"),
    [
        (owed("10000", "0.20"), fixed("100")),
        (owed("10000", "0.24"), fixed("200")),  # the interest, to the cent
        (owed("10000", "0.24"), minimum("0.02", "20")),
        (owed("10000", "0.30"), minimum("0.02", "20")),
        (owed("10000", "0.24"), minimum("0", "0", plus_interest=True)),
        (owed("10000", "0.24", is_free_at_first=True), fixed("196")),
        (owed("0.50", "0.12"), minimum("0.001", plus_interest=True)),  # a cent of interest, for ever
    ],
)
def test_what_never_falls_is_never_over(debt: Debt, rule: MonthlyRule) -> None:
    path = follow(debt, rule)

    assert path.fate is Fate.NEVER
    assert (path.months, path.total, path.interest) == (None, None, None)
    assert len(path.rows) == 60
    assert path.rows[-1].left >= path.rows[1].left >= path.rows[0].left


def test_a_cent_more_than_the_interest_is_over_one_day() -> None:
    path = follow(owed("10000", "0.24"), fixed("200.01"))

    assert path.fate is Fate.CLEARS
    assert path.months == 505


def test_a_balance_that_only_grows_at_first_may_be_over() -> None:
    """A promotion that ends lowers nothing for ever by itself; a first payment of nothing neither."""
    dear_first = Debt((Balance(usd("1000"), Rate(Decimal("0.60")), Rate(Decimal("0.06")), 12),))

    path = follow(dear_first, fixed("40"))

    assert path.rows[10].left > path.rows[0].owed
    assert path.fate is Fate.CLEARS
    assert follow(owed("1000", "0.24"), fixed("21"), usd("0")).fate is Fate.CLEARS


def test_a_balance_that_falls_at_first_may_never_be_over() -> None:
    """Nothing for two years, then 36 %: the least amount is less than the interest from then on."""
    debt = Debt((Balance(usd("10000"), Rate(Decimal(0)), Rate(Decimal("0.36")), 25),))

    path = follow(debt, fixed("100"))

    assert path.rows[23].left == usd("7600.00")
    assert path.fate is Fate.NEVER


def test_several_balances_may_never_be_over() -> None:
    rate = Rate(Decimal("0.36"))
    debt = Debt((Balance(usd("100"), Rate(Decimal("0.06"))), Balance(usd("10000"), rate)))

    path = follow(debt, fixed("150"))

    # The first balance is paid off on the way; the second grows by 300 a month.
    assert path.rows[0].left < path.rows[0].owed + path.rows[0].interest
    assert path.fate is Fate.NEVER


def test_what_takes_longer_than_can_be_followed_is_said_to_be_longer() -> None:
    path = follow(owed("1000", "0"), fixed("0.01"))

    assert path.fate is Fate.TOO_LONG
    assert len(path.rows) == FURTHEST == 2400
    assert path.rows[-1].left == usd("976.00")
    assert (path.months, path.total, path.interest) == (None, None, None)


def test_a_path_may_be_followed_for_some_months_only() -> None:
    debt = owed("1200", "0")

    assert follow(debt, fixed("100"), most=12).fate is Fate.CLEARS
    assert follow(debt, fixed("100"), most=11).fate is Fate.TOO_LONG


@settings(max_examples=60, deadline=None)
@given(
    amount=st.integers(1, 2_000_000),
    yearly=st.integers(0, 40),
    part=st.integers(1, 100),
    least=st.integers(0, 5000),
)
def test_nothing_is_lost_between_months_and_nothing_is_said_to_be_over_that_is_not(
    amount: int, yearly: int, part: int, least: int
) -> None:
    debt = Debt((Balance(Money(amount, "USD"), Rate(Decimal(yearly) / 100)),))

    path = follow(debt, MonthlyRule(Fraction(part, 1000), least=least))

    left = Money(amount, "USD")
    for number, row in enumerate(path.rows, start=1):
        assert (row.month, row.owed) == (number, left)
        assert row.left == row.owed + row.interest - row.paid
        left = row.left
    assert (path.fate is Fate.CLEARS) == (not left)
    if path.fate is Fate.NEVER:
        assert left >= path.rows[2].owed or left >= path.rows[-2].left


# --- The payment that is over sooner ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("within", "payment"),
    # Annuities of 10,000 at 20 %: 508.96 and 371.64 (PMT of any spreadsheet), where the last one is less.
    [(24, "508.96"), (36, "371.64")],
)
def test_the_steady_payment_is_the_annuity(within: int, payment: str) -> None:
    found = steady_payment(owed("10000", "0.20"), minimum("0.02", "15"), within)

    assert found is not None
    assert (found.within, found.payment) == (within, usd(payment))
    assert (found.path.fate, found.path.months) == (Fate.CLEARS, within)
    assert all(row.paid == usd(payment) for row in found.path.rows[:-1])
    assert (found.first, found.below_until) == (None, 0)


@settings(max_examples=40, deadline=None)
@given(
    amount=st.integers(1, 3_000_000),
    yearly=st.integers(0, 40),
    within=st.integers(1, 40),
    flags=st.booleans(),
)
def test_one_minor_unit_less_would_not_do(amount: int, yearly: int, within: int, flags: bool) -> None:  # noqa: FBT001
    debt = Debt((Balance(Money(amount, "USD"), Rate(Decimal(yearly) / 100)),), is_free_at_first=flags)
    rule = MonthlyRule(Fraction(1, 100), plus_interest=True)

    found = steady_payment(debt, rule, within)

    if found is None:
        assert follow(debt, rule, most=within).fate is Fate.CLEARS
        return
    assert found.path.months is not None
    assert found.path.months <= within
    asked = follow(debt, rule, most=1).rows[0].paid
    less = MonthlyRule(Fraction(0), fixed=found.payment.minor - 1)
    assert follow(debt, less, asked, within).fate is not Fate.CLEARS


def test_a_steady_payment_is_level_after_the_first_minimum() -> None:
    debt, rule = owed("8000", "0.18"), minimum("0.10", plus_interest=True)

    found = steady_payment(debt, rule, 24)

    # 7,200 over 23 months at 1.5 % is 372.461 (PMT of any spreadsheet): a cent less leaves some.
    assert found is not None
    assert (found.payment, found.first) == (usd("372.47"), usd("920.00"))
    assert {row.paid for row in found.path.rows[1:-1]} == {found.payment}
    assert (found.path.rows[0].paid, found.path.months) == (usd("920.00"), 24)
    # 10 % and the interest of what is then owed: more than that for as long.
    asks = {row.month: row.owed.minor // 10 + row.interest.minor for row in found.path.rows}
    assert found.below_until == 15
    assert asks[15] > found.payment.minor >= asks[16]


def test_there_is_none_where_the_minimum_is_over_as_soon() -> None:
    debt = owed("1000", "0.12")

    assert steady_payment(debt, fixed("200"), 6) is None
    assert steady_payment(debt, fixed("200"), 5) is not None


def test_a_steady_payment_may_have_to_be_everything_at_once() -> None:
    found = steady_payment(owed("1000", "0.12"), minimum("0.02"), 1)

    assert found is not None
    assert found.payment == usd("1010.00")


def test_a_steady_payment_respects_what_the_first_bill_asks_for() -> None:
    debt = owed("1000", "0", is_free_at_first=True)

    found = steady_payment(debt, minimum("0.02"), 5, usd("600.00"))

    assert found is not None
    assert (found.payment, found.path.rows[0].paid) == (usd("100.00"), usd("600.00"))
    assert steady_payment(debt, minimum("0.02"), 5, usd("1000.00")) is None


def _length(path: Path) -> int:
    return FURTHEST + 1 if path.months is None else path.months


@settings(max_examples=60, deadline=None)
@given(
    amount=st.integers(1, 500_000),
    rates=st.tuples(st.integers(0, 4000), st.integers(0, 4000)),
    paid=st.tuples(st.integers(1, 30_000), st.integers(1, 30_000)),
)
def test_a_higher_rate_is_never_over_sooner_and_a_higher_payment_never_later(
    amount: int, rates: tuple[int, int], paid: tuple[int, int]
) -> None:
    def path(rate: int, payment: int) -> Path:
        yearly = Rate(Decimal(rate) / 10_000)
        return follow(Debt((Balance(Money(amount, "USD"), yearly),)), MonthlyRule(Fraction(0), fixed=payment))

    assert _length(path(min(rates), paid[0])) <= _length(path(max(rates), paid[0]))
    assert _length(path(rates[0], max(paid))) <= _length(path(rates[0], min(paid)))


@pytest.mark.parametrize("currency", ["JPY", "USD", "KWD"])
def test_minor_units_are_what_counts_whatever_the_currency(currency: str) -> None:
    debt = Debt((Balance(Money(1_000_000, currency), Rate(Decimal("0.20"))),))

    path = follow(debt, MonthlyRule(Fraction(2, 100), least=1500))

    assert (path.months, path.interest) == (885, Money(4_712_572, currency))
