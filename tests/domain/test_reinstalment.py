from datetime import date
from decimal import Decimal

import pytest

from planner.domain.derivation import figures_in
from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.plans.reinstalment import NewPlan, Reinstalled, reinstalled
from planner.domain.plans.schedule import Rounding
from planner.domain.rate import Per, Rate
from planner.domain.settling.plan import settlement_range
from planner.domain.settling.policy import PlanRest
from planner.domain.sourced import Claim, Source, Sourced, Span
from planner.domain.term import EarlyPolicy, FeeTiming, Remainder
from planner.i18n import explain

TODAY = date(2026, 11, 22)
WAIVED, DUE = EarlyPolicy.WAIVE_REMAINING, EarlyPolicy.REMAINING_FEES_DUE


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


# Four rows of 100 + 5 are left.
REST = PlanRest(
    tuple(
        Instalment(
            number, date(2026 + number // 11, (number + 1) % 12 + 1, 10), yuan("100"), yuan("5"), yuan("0")
        )
        for number in range(10, 14)
    ),
    TODAY,
)


def tried(
    fee: Rate | Money, count: int, *rules: EarlyPolicy, timing: FeeTiming = FeeTiming.EVEN
) -> Reinstalled:
    policy = Sourced(tuple(Claim(rule, Source("a page")) for rule in rules))
    dues = tuple(date(2026 + (11 + month) // 12, (11 + month) % 12 + 1, 10) for month in range(count))
    return reinstalled(REST, settlement_range(REST, policy), NewPlan(dues, fee, timing))


@pytest.mark.row("C084")
def test_c084_the_lower_month_the_later_end_and_what_it_costs_more() -> None:
    # 400 over 8 at 0.8 % a month: 50 + 3.20, 25.60 of fees in all instead of 20.
    found = tried(Rate(Decimal("0.008"), Per.MONTH), 8, WAIVED)

    assert (found.month_before.value, found.month_after.value) == (yuan("105"), yuan("53.20"))
    assert found.lower.value == yuan("51.80")
    assert found.kept == Span.exactly(yuan("0"))
    assert found.more.value == Span.exactly(yuan("5.60"))
    assert (found.last_before.value, found.last_after.value) == (date(2027, 3, 10), date(2027, 7, 10))
    assert found.before == REST.rows
    assert [row.total for row in found.after] == [yuan("53.20")] * 8


@pytest.mark.row("C084")
def test_c084_where_the_old_fees_may_stay_due_it_is_a_range() -> None:
    found = tried(yuan("25.60"), 8, WAIVED, DUE)

    assert found.kept == Span(yuan("0"), yuan("20"))
    assert found.more.value == Span(yuan("5.60"), yuan("25.60"))
    assert [(str(each.label), each.plain) for each in found.more.derivation.given] == [
        ("Principal of the open instalments", yuan("400")),
        ("Fees and interest still to come if it runs on", yuan("20")),
        ("To settle the old plan", Span(yuan("400"), yuan("420"))),
        ("Instalments of the new plan", 8),
        ("Fee of the whole plan", yuan("25.60")),
    ]
    assert [each.result for each in found.more.derivation.workings] == [
        yuan("25.60"),
        Span(yuan("0"), yuan("20")),
        Span(yuan("5.60"), yuan("25.60")),
    ]


def test_a_monthly_fee_is_named_as_one() -> None:
    given = tried(Rate(Decimal("0.008"), Per.MONTH), 8, WAIVED).more.derivation.given

    assert str(given[-1].label) == "Fee a month, on the original amount"


@pytest.mark.parametrize(
    ("fee", "count", "rules", "words"),
    [
        ("25.60", 8, (WAIVED,), "The month gets lower by CN¥51.80. In all it costs CN¥5.60 more. It ends on"),
        ("20", 8, (WAIVED,), "In all it costs CN¥0.00 more."),
        (
            "19.99",
            8,
            (WAIVED,),
            "In all it costs CN¥0.01 less. It ends on 10 Jul 2027 instead of 10 Mar 2027.",
        ),
        ("0", 8, (WAIVED,), "In all it costs CN¥20.00 less."),
        ("25.60", 8, (WAIVED, DUE), "In all it costs CN¥5.60 – CN¥25.60 more."),
        ("0.01", 8, (WAIVED, DUE), "In all it costs up to CN¥19.99 less or up to CN¥0.01 more, depending on"),
        ("5", 8, (WAIVED, DUE), "In all it costs up to CN¥15.00 less or up to CN¥5.00 more, depending on"),
        ("0", 8, (WAIVED, DUE), "In all it costs CN¥0.00 – CN¥20.00 less."),
        (
            "40",
            4,
            (WAIVED,),
            "The month does not get lower: the highest payment is CN¥110.00 instead of CN¥105.00. In",
        ),
        (
            "20",
            4,
            (WAIVED,),
            "The month does not get lower: the highest payment is CN¥105.00 instead of CN¥105.00.",
        ),
        ("19.96", 4, (WAIVED,), "The month gets lower by CN¥0.01."),
    ],
)
def test_a_calm_warning_has_the_numbers(
    fee: str, count: int, rules: tuple[EarlyPolicy, ...], words: str
) -> None:
    found = tried(yuan(fee), count, *rules)

    assert words in explain(found.warning)
    assert ("what is owed stays the same" in explain(found.warning)) is (found.lower.value.minor > 0)
    # Each figure in it can be asked.
    assert all(figure.derivation.given for figure in figures_in(found.warning))
    assert len(figures_in(found.warning)) >= 4


def test_when_the_fee_is_paid_and_how_it_is_rounded_follow_the_lender() -> None:
    found = tried(yuan("25.60"), 8, WAIVED, timing=FeeTiming.WITH_FIRST)
    assert found.month_after.value == yuan("75.60")

    plan = NewPlan(
        tuple(date(2027, month, 10) for month in (1, 2, 3)), yuan("0"), rounding=Rounding(Remainder.FIRST)
    )
    assert [row.principal for row in plan.rows(yuan("100"))] == [yuan("33.34"), yuan("33.33"), yuan("33.33")]
    usual = NewPlan(plan.dues, yuan("0"))
    assert usual.rows(yuan("100"))[-1].principal == yuan("33.34")
