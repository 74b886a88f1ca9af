from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.plan_terms import LeftTooLargeError, PlanTerms, plan_cost
from planner.domain.rate import Per, Rate
from planner.domain.term import FeeTiming

HALF = Rate(Decimal("0.005"), Per.MONTH)
DUE = date(2026, 12, 10)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def percent(rate: Rate) -> Decimal:
    return (rate.yearly * 100).quantize(Decimal("0.01"))


def test_1200_in_12_at_half_a_per_cent_costs_10_90_nominal_and_11_46_effective() -> None:
    draft = PlanTerms(yuan("1200"), 12, DUE, HALF).draft()
    cost = plan_cost(draft.rows, draft.to_repay, draft.before)

    assert draft.before == ()
    assert [row.total for row in draft.rows] == [yuan("106")] * 12
    assert (draft.rows[0].due_on, draft.rows[-1].due_on) == (DUE, date(2027, 11, 10))
    assert (cost.principal, cost.fees, cost.total) == (yuan("1200"), yuan("72"), yuan("1272"))
    assert cost.apr is not None
    assert percent(cost.apr.nominal) == Decimal("10.90")
    assert percent(cost.apr.effective) == Decimal("11.46")
    assert cost.derivation is not None


def test_a_running_plan_has_the_rows_that_are_left_and_the_rate_of_the_whole() -> None:
    draft = PlanTerms(yuan("1200"), 12, DUE, HALF, first=4).draft()
    cost = plan_cost(draft.rows, draft.to_repay, draft.before)

    assert [row.number for row in draft.rows] == list(range(4, 13))
    assert draft.rows[0].due_on == DUE
    assert [row.due_on for row in draft.before] == [date(2026, month, 10) for month in (9, 10, 11)]
    assert draft.to_repay == yuan("900")
    assert cost.total == yuan("954")
    assert cost.apr is not None
    assert percent(cost.apr.nominal) == Decimal("10.90")


def test_what_the_app_says_is_left_is_split_among_the_rows_here() -> None:
    terms = PlanTerms(yuan("1200"), 12, DUE, HALF, first=4, left=yuan("912.34"))
    draft = terms.draft()

    assert [row.principal for row in draft.rows] == [yuan("101.37")] * 8 + [yuan("101.38")]
    assert sum_of((row.principal for row in draft.before), "CNY") == yuan("287.66")
    with pytest.raises(LeftTooLargeError):
        replace(terms, left=yuan("1200.01")).draft()


def test_a_fee_with_the_first_instalment_is_over_once_the_plan_runs() -> None:
    terms = PlanTerms(yuan("1200"), 12, DUE, yuan("72"), FeeTiming.WITH_FIRST)

    assert [row.fee for row in terms.draft().rows] == [yuan("72"), *[yuan("0")] * 11]
    assert [row.fee for row in replace(terms, first=4).draft().rows] == [yuan("0")] * 9


def test_month_ends_do_not_drift() -> None:
    rows = PlanTerms(yuan("300"), 3, date(2027, 1, 31), yuan("0")).draft().rows

    assert [row.due_on for row in rows] == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_rows_that_do_not_match_say_what_is_missing_and_have_no_rate() -> None:
    draft = PlanTerms(yuan("1200"), 12, DUE, HALF).draft()
    rows = (replace(draft.rows[0], principal=yuan("150.50")), *draft.rows[1:])
    cost = plan_cost(rows, draft.to_repay)

    assert cost.missing == yuan("-50.50")
    assert cost.apr is None


def test_a_month_that_was_left_out_lowers_the_rate() -> None:
    draft = PlanTerms(yuan("1200"), 2, DUE, HALF).draft()
    later = (draft.rows[0], replace(draft.rows[1], due_on=date(2027, 2, 10)))
    usual, paused = (plan_cost(rows, draft.to_repay).apr for rows in (draft.rows, later))

    assert usual is not None
    assert paused is not None
    assert paused.nominal < usual.nominal


def test_rows_out_of_order_are_noticed_and_still_have_a_rate() -> None:
    draft = PlanTerms(yuan("1200"), 3, DUE, HALF).draft()
    rows = (replace(draft.rows[0], due_on=date(2027, 3, 10)), *draft.rows[1:])
    cost = plan_cost(rows, draft.to_repay)

    assert not cost.in_order
    assert cost.apr is not None


def test_without_the_earlier_rows_no_rate_is_made_up() -> None:
    draft = PlanTerms(yuan("1200"), 12, DUE, HALF, first=4).draft()

    assert plan_cost(draft.rows, draft.to_repay, None).apr is None


def test_a_plan_without_any_fee_costs_nothing() -> None:
    draft = PlanTerms(yuan("1200"), 12, DUE, yuan("0")).draft()
    cost = plan_cost(draft.rows, draft.to_repay)

    assert cost.apr is not None
    assert cost.apr.nominal == Rate(Decimal(0))


@given(
    st.integers(1, 10**8),
    st.integers(1, 60).flatmap(lambda count: st.tuples(st.just(count), st.integers(1, count))),
    st.integers(0, 200),
    st.none() | st.integers(0, 10**8),
)
def test_the_rows_before_and_here_always_repay_the_amount(
    minor: int, place: tuple[int, int], rate: int, left: int | None
) -> None:
    count, first = place
    rest = None if left is None else Money(min(left, minor), "CNY")
    draft = PlanTerms(
        Money(minor, "CNY"), count, DUE, Rate(Decimal(rate) / 10_000, Per.MONTH), first=first, left=rest
    ).draft()
    rows: list[Instalment] = [*draft.before, *draft.rows]

    assert sum(row.principal.minor for row in rows) == minor
    assert [row.number for row in rows] == list(range(1, count + 1))
    assert rest is None or first == 1 or draft.to_repay == rest
    assert plan_cost(draft.rows, draft.to_repay, draft.before).missing.minor == 0
