from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.interest.borrowing import months_at
from planner.domain.interest.payoff import BudgetTooSmallError, Debt, pay_down
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.i18n import explain
from planner.phrases import Phrase


def usd(amount: int | str) -> Money:
    return Money.of(amount, "USD")


def debt(name: str, amount: int | str, percent: str, minimum: int | str = 0) -> Debt:
    return Debt(Phrase.own(name), usd(amount), Rate.percent(percent), usd(minimum))


def test_three_debts_of_vertex42_are_paid_after_4_23_and_34_months() -> None:
    # The debt reduction calculator of vertex42.com, highest interest first, as filled in at
    # scribd.com/document/310356742: 5,324.52, 68,162.32 and 78,370.75, together 151,857.59.
    debts = (debt("Card", 79000, "36", 25000), debt("Loan 1", 410000, "14"), debt("Loan 2", 200000, "14"))

    payoff = pay_down(debts, usd(25000)).value

    assert [each.months for each in payoff.debts] == [4, 23, 34]
    assert [each.interest for each in payoff.debts] == [usd("5324.52"), usd("68162.32"), usd("78370.75")]
    assert (payoff.months, payoff.interest) == (34, usd("151857.59"))
    assert not payoff.never_ends


def test_t38_each_debt_gets_its_own_minimum_before_any_gets_more() -> None:
    # T38: FinSight-AI#1486 pooled the minimums and paid them to the first debt, so that B got none.
    payoff = pay_down((debt("A", 30, "0", 10), debt("B", 100, "0", 20)), usd(35)).value

    # A: 15, 15. B: 20, 20, then all 35 and 25.
    assert [each.months for each in payoff.debts] == [2, 4]


def test_what_is_left_of_a_month_goes_on_to_the_next_debt() -> None:
    payoff = pay_down((debt("A", 10, "0"), debt("B", 90, "0")), usd(50)).value

    assert [each.months for each in payoff.debts] == [1, 2]


def test_interest_is_borne_once_and_by_every_debt() -> None:
    # 1,000 at 12 % and 100 at 24 % with 600 a month: 10.00 and 2.00; 410.00 and 102.00 are left ...
    payoff = pay_down((debt("A", 1000, "12"), debt("B", 100, "24")), usd(600)).value

    # ... then 4.10 and 2.04, and all is paid in the second month.
    assert [each.interest for each in payoff.debts] == [usd("14.10"), usd("4.04")]
    assert (payoff.months, payoff.interest) == (2, usd("18.14"))


def test_debts_that_only_grow_never_end_and_say_which() -> None:
    payoff = pay_down((debt("A", 10, "0"), debt("B", 1000, "24")), usd(20)).value

    # A is paid in the first month; B then bears 20.20 a month.
    assert [each.months for each in payoff.debts] == [1, None]
    assert payoff.debts[1].interest is None
    assert (payoff.months, payoff.interest, payoff.never_ends) == (None, None, True)
    exact = pay_down((debt("B", 1000, "24"),), usd(20)).value
    assert exact.never_ends
    assert not pay_down((debt("B", 1000, "24"),), usd("20.01")).value.never_ends


def test_a_growing_debt_waits_for_the_minimum_of_another() -> None:
    # B gets 1.00 and bears 10.00 until A is paid with 100 a month; then it gets 101.00.
    payoff = pay_down((debt("B", 1000, "12", 1), debt("A", 500, "0", 100)), usd(101)).value

    assert payoff.debts[1].months == 5
    assert payoff.months is not None
    assert payoff.months > 5


def test_a_budget_below_the_minimums_is_refused_and_one_that_meets_them_is_not() -> None:
    debts = (debt("A", 100, "0", 10), debt("B", 100, "0", 20), debt("Paid", 0, "0", 500))

    with pytest.raises(BudgetTooSmallError) as caught:
        pay_down(debts, usd("29.99"))
    assert caught.value.values == {"budget": usd("29.99"), "minimums": usd(30)}
    assert pay_down(debts, usd(30)).value.months == 7


def test_nothing_owed_is_paid_at_once() -> None:
    payoff = pay_down((debt("A", 0, "12", 10),), usd(0)).value

    assert (payoff.months, payoff.interest) == (0, usd(0))
    assert payoff.debts[0].months == 0
    credit = Debt(Phrase.own("C"), usd(-5), Rate.percent("12"), usd(1))
    assert pay_down((credit,), usd(0)).value.interest == usd(0)


def test_how_it_was_made_names_every_debt() -> None:
    found = pay_down((debt("A", 10, "0"), debt("B", 1000, "24", 5)), usd(20))
    texts = [explain(working.text) for working in found.derivation.workings]

    assert texts == ["A: paid after 1 month, interest", "B: never paid with this budget"]
    assert [explain(each.label) for each in found.derivation.given][:4] == [
        "Budget a month",
        "A: owed",
        "A: yearly rate",
        "A: minimum a month",
    ]
    whole = pay_down((debt("A", 10, "0"),), usd(20)).derivation
    assert whole.workings[-1].result == usd(0)
    assert whole.rounding is not None


@settings(deadline=None)
@given(st.integers(1, 10**6), st.integers(0, 6000), st.integers(10**4, 10**6))
def test_one_debt_is_paid_as_by_equal_payments(amount: int, points: int, budget: int) -> None:
    rate, paid = Rate(Decimal(points) / 10_000), Money(budget, "USD")
    one = Debt(Phrase.own("A"), Money(amount, "USD"), rate, Money(0, "USD"))
    alone = months_at(one.amount, rate, paid).value
    payoff = pay_down((one,), paid).value

    assert (payoff.months, payoff.interest) == (alone.months, alone.interest)


debts = st.lists(
    st.builds(
        Debt,
        st.just(Phrase.own("A")),
        st.integers(1, 10**6).map(lambda minor: Money(minor, "USD")),
        st.integers(0, 3000).map(lambda points: Rate(Decimal(points) / 10_000)),
        st.integers(0, 5000).map(lambda minor: Money(minor, "USD")),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(debts, st.integers(10**4, 10**5), st.integers(1, 10**5))
def test_more_a_month_never_takes_longer(some: list[Debt], above: int, more: int) -> None:
    least = Money(sum(each.minimum.minor for each in some) + above, "USD")
    usual = pay_down(some, least).value
    faster = pay_down(some, least + Money(more, "USD")).value

    assert usual.never_ends or (
        faster.months is not None and usual.months is not None and faster.months <= usual.months
    )
