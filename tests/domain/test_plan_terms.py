from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.apr import Convention
from planner.domain.instalment import Instalment
from planner.domain.interest.day_count import DayCount
from planner.domain.money import Money, sum_of
from planner.domain.plans.level import FirstPeriod
from planner.domain.plans.plan_terms import (
    LeftTooLargeError,
    PlanKind,
    PlanTerms,
    fee_given,
    interest_given,
    plan_cost,
)
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Source
from planner.domain.term import FeeTiming

HALF = Rate(Decimal("0.005"), Per.MONTH)
DUE = date(2026, 12, 10)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def percent(rate: Rate | None) -> Decimal:
    assert rate is not None
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
    with pytest.raises(LeftTooLargeError) as refused:
        replace(terms, left=yuan("1200.01")).draft()
    assert refused.value.values == {"left": yuan("1200.01"), "amount": yuan("1200")}


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
    assert percent(paused.nominal) < percent(usual.nominal)


def test_rows_out_of_order_are_noticed_and_still_have_a_rate() -> None:
    draft = PlanTerms(yuan("1200"), 3, DUE, HALF).draft()
    rows = (replace(draft.rows[0], due_on=date(2027, 3, 10)), *draft.rows[1:])
    cost = plan_cost(rows, draft.to_repay)

    assert not cost.in_order
    assert cost.apr is not None


def test_two_rows_on_one_day_are_not_in_order() -> None:
    draft = PlanTerms(yuan("1200"), 3, DUE, HALF).draft()
    rows = (draft.rows[0], replace(draft.rows[1], due_on=draft.rows[0].due_on), draft.rows[2])

    assert not plan_cost(rows, draft.to_repay).in_order
    assert plan_cost(draft.rows, draft.to_repay).in_order


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


# --- plans that bear interest --------------------------------------------------------------------------

LOAN = PlanTerms(yuan("1200"), 3, DUE, yuan("0"), kind=PlanKind.LEVEL, interest=Rate(Decimal("0.12")))


def test_a_level_loan_is_recorded_with_its_interest() -> None:
    draft = LOAN.draft()
    cost = plan_cost(draft.rows, draft.to_repay, draft.before)

    assert [row.total for row in draft.rows] == [yuan("408.03"), yuan("408.03"), yuan("408.02")]
    assert [row.interest for row in draft.rows] == [yuan("12.00"), yuan("8.04"), yuan("4.04")]
    assert (cost.principal, cost.fees, cost.interest, cost.total) == (
        yuan("1200"),
        yuan("0"),
        yuan("24.08"),
        yuan("1224.08"),
    )
    assert cost.apr is not None
    assert percent(cost.apr.nominal) == Decimal("12.00")
    assert cost.rest == cost.apr


def test_equal_principal_with_a_fee_at_each_row_is_recorded() -> None:
    terms = replace(LOAN, kind=PlanKind.EQUAL_PRINCIPAL, fee=Rate(Decimal("0.001"), Per.MONTH))
    rows = terms.draft().rows

    assert [row.principal for row in rows] == [yuan("400")] * 3
    assert [row.interest for row in rows] == [yuan("12"), yuan("8"), yuan("4")]
    assert [row.fee for row in rows] == [yuan("1.20")] * 3


def test_a_declining_fee_is_recorded_as_a_fee() -> None:
    terms = PlanTerms(yuan("1200"), 3, DUE, Rate(Decimal("0.01"), Per.MONTH), FeeTiming.DECLINING)
    rows = terms.draft().rows

    assert [row.fee for row in rows] == [yuan("12"), yuan("8"), yuan("4")]
    assert not any(row.interest for row in rows)


def test_a_promotion_is_free_at_first_whatever_is_charged_later() -> None:
    loan = replace(LOAN, free_months=2)
    flat = PlanTerms(yuan("1200"), 3, DUE, Rate(Decimal("0.01"), Per.MONTH), free_months=2)

    assert [row.interest for row in loan.draft().rows] == [yuan("0"), yuan("0"), yuan("4")]
    assert [row.fee for row in flat.draft().rows] == [yuan("0"), yuan("0"), yuan("12")]


def test_a_rate_without_a_kind_that_bears_it_is_not_charged() -> None:
    flat = replace(LOAN, kind=PlanKind.FLAT_FEE)
    unknown = replace(LOAN, interest=None)

    assert not any(row.interest for row in flat.draft().rows)
    assert [row.principal for row in unknown.draft().rows] == [yuan("400")] * 3
    assert not any(row.interest for row in unknown.draft().rows)


def test_a_broken_first_period_is_counted_by_its_days_and_so_is_the_rate() -> None:
    # 45 days from 26 October to 10 December: 1,200 × 12 % × 45/360.
    first = FirstPeriod(date(2026, 10, 26), DayCount.ACTUAL_360)
    draft = replace(LOAN, first_period=first).draft()
    cost = plan_cost(draft.rows, draft.to_repay, draft.before, lent_on=draft.lent_on)

    assert draft.lent_on == date(2026, 10, 26)
    assert LOAN.draft().lent_on is None
    assert [row.interest for row in draft.rows] == [yuan("18.00"), yuan("8.04"), yuan("4.04")]
    assert cost.apr is not None
    # Counted by dates 12 % a year stays near 12 %; as whole months the same payments would be 15 %.
    assert Decimal("11.9") < percent(cost.apr.nominal) < Decimal("12.2")
    months = plan_cost(draft.rows, draft.to_repay, draft.before).apr
    assert months is not None
    assert percent(months.nominal) > 14


def test_a_running_loan_has_the_rate_of_the_whole_and_the_same_of_its_rest() -> None:
    draft = replace(LOAN, count=12, first=7).draft()
    cost = plan_cost(draft.rows, draft.to_repay, draft.before)

    assert [row.number for row in draft.rows] == list(range(7, 13))
    assert cost.apr is not None
    assert cost.rest is not None
    assert percent(cost.apr.nominal) == percent(cost.rest.nominal) == Decimal("12.00")


def test_what_is_left_of_a_loan_is_levelled_anew() -> None:
    draft = replace(LOAN, count=6, first=4, left=yuan("500")).draft()

    # 500 at 1 % a month over three: 170.01.
    assert [row.total for row in draft.rows] == [yuan("170.01")] * 3
    assert [row.interest for row in draft.rows] == [yuan("5.00"), yuan("3.35"), yuan("1.68")]
    assert draft.to_repay == yuan("500")
    assert sum_of((row.principal for row in draft.before), "CNY") == yuan("700")
    equal = replace(LOAN, count=6, first=4, left=yuan("500"), kind=PlanKind.EQUAL_PRINCIPAL).draft()
    assert [row.principal for row in equal.rows] == [yuan("166.66"), yuan("166.66"), yuan("166.68")]
    free = replace(LOAN, count=6, first=4, left=yuan("500"), free_months=4).draft()
    assert [row.interest for row in free.rows] == [yuan("0"), yuan("3.33"), yuan("1.68")]
    over = replace(LOAN, count=6, first=4, left=yuan("500"), free_months=2).draft()
    assert over.rows[0].interest == yuan("5.00")


# --- the rate of a plan from row k on ------------------------------------------------------------------


def test_the_rest_of_a_flat_fee_costs_another_rate_than_the_whole() -> None:
    draft = PlanTerms(yuan("1200"), 12, DUE, HALF, first=10).draft()
    known = plan_cost(draft.rows, draft.to_repay, draft.before)
    unknown = plan_cost(draft.rows, draft.to_repay, None)

    assert known.apr is not None
    assert percent(known.apr.nominal) == Decimal("10.90")
    assert known.rest is not None
    # 300 by three payments of 106: pyxirr.irr gives 35.65 % a year.
    assert percent(known.rest.nominal) == Decimal("35.65")
    assert unknown.apr is None
    assert unknown.derivation is None
    assert unknown.rest == known.rest


def test_a_fee_that_was_paid_at_the_beginning_is_in_the_rate_and_not_in_the_record() -> None:
    terms = PlanTerms(yuan("1200"), 12, DUE, HALF, FeeTiming.UPFRONT)
    draft = terms.draft()
    cost = plan_cost(draft.rows, draft.to_repay, draft.before)

    assert cost.fees == yuan("0")
    assert [(row.number, row.due_on, row.fee) for row in draft.before] == [
        (0, date(2026, 11, 10), yuan("72"))
    ]
    assert cost.apr is not None
    assert percent(cost.apr.nominal) == Decimal("11.58")
    assert percent(cost.apr.effective) == Decimal("12.21")
    running = replace(terms, first=4).draft()
    later = plan_cost(running.rows, running.to_repay, running.before)
    assert [row.number for row in running.before] == [0, 1, 2, 3]
    assert later.apr == cost.apr
    start = FirstPeriod(date(2026, 11, 1), DayCount.ACTUAL_365)
    assert replace(terms, first_period=start).draft().before[0].due_on == date(2026, 11, 1)


def test_the_rate_follows_the_rules_of_the_currency_or_those_asked_for() -> None:
    terms = PlanTerms(Money.of(1200, "EUR"), 12, DUE, HALF)
    draft = terms.draft()
    europe = plan_cost(draft.rows, draft.to_repay)
    asked = plan_cost(draft.rows, draft.to_repay, convention=Convention.US)

    assert europe.apr is not None
    assert asked.apr is not None
    assert (europe.apr.convention, asked.apr.convention) == (Convention.EU, Convention.US)
    assert percent(europe.apr.effective) == Decimal("11.46")
    assert europe.derivation is not None
    assert "Annex I" in str(europe.derivation.rule)
    assert asked.derivation is not None
    assert "Appendix J" in str(asked.derivation.rule)


def test_how_the_rate_was_made_begins_with_the_amount_and_names_who_says_the_fee() -> None:
    draft = LOAN.draft()
    given_rate = interest_given(Rate(Decimal("0.12")), Source("my contract"))
    cost = plan_cost(draft.rows, draft.to_repay, draft.before, (given_rate, fee_given(yuan("0"))))

    assert cost.derivation is not None
    labels = [(str(each.label), each.value) for each in cost.derivation.given]
    assert labels == [
        ("Amount of the plan", yuan("1200")),
        ("Yearly rate on what is owed", Rate(Decimal("0.12"))),
        ("Fee of the whole plan", yuan("0")),
    ]
    assert given_rate.source == Source("my contract")
    monthly, whole = (fee_given(fee, Source("the app")) for fee in (HALF, yuan("70")))
    assert (str(monthly.label), monthly.value, monthly.source) == (
        "Fee a month, on the original amount",
        HALF,
        Source("the app"),
    )
    assert (whole.value, whole.source) == (yuan("70"), Source("the app"))
    texts = [str(working.text) for working in cost.derivation.workings]
    assert texts[-1] == "Compounded over twelve months: effective yearly rate"


def test_rows_that_have_no_rate_say_why() -> None:
    draft = PlanTerms(yuan("100"), 2, DUE, yuan("5000"), FeeTiming.UPFRONT).draft()
    cost = plan_cost(draft.rows, draft.to_repay, draft.before)

    assert cost.apr is None
    assert cost.no_rate is not None
    assert cost.derivation is None
