import json
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.apr import (
    Apr,
    Convention,
    NoRateError,
    NothingLentError,
    NothingPaidBackError,
    SeveralRatesError,
    apr,
    apr_of,
    china,
    flat_fee_apr,
    flat_fee_share,
    internal_rate,
    rate_on_average,
)
from planner.domain.apr.value import far, rounded_percent
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.term import FeeTiming

VECTORS = Path(__file__).parents[1] / "data" / "vectors"
TIMINGS = {
    "even, arrears": FeeTiming.EVEN,
    "with first instalment": FeeTiming.WITH_FIRST,
    "upfront at drawdown": FeeTiming.UPFRONT,
}


def vectors(kind: str) -> list[Any]:
    found: list[Any] = json.loads((VECTORS / f"{kind}.json").read_text(encoding="utf-8"))
    return [pytest.param(vector, id=vector["id"]) for vector in found]


def percent(rate: Rate | Decimal | None) -> float:
    assert rate is not None
    return float(rate.fraction if isinstance(rate, Rate) else rate) * 100


def monthly(found: Apr) -> Decimal:
    assert found.monthly is not None
    return found.monthly


@pytest.mark.row("C044")
def test_half_a_per_cent_a_month_over_twelve_months_is_10_90_nominal_and_11_46_effective() -> None:
    found = flat_fee_apr(Decimal("0.005"), 12)

    assert round(percent(found.nominal), 2) == 10.90
    assert round(percent(found.effective), 2) == 11.46
    assert Rate(Decimal("0.005"), Per.MONTH).yearly == Decimal("0.06")


@pytest.mark.parametrize("vector", vectors("flat_fee_apr"))
def test_the_rate_behind_a_flat_fee(vector: dict[str, Any]) -> None:
    inputs, expected, tolerance = vector["inputs"], vector["expected"], vector["tolerance"]
    count = inputs["n"]
    if "monthly_fee_rate" in inputs:
        fee = Decimal(inputs["monthly_fee_rate"])
    else:
        fee = Decimal(inputs["total_fee_rate"]) / count
    found = flat_fee_apr(fee, count, TIMINGS[inputs["fee_timing"]])

    known = {
        "irr_monthly_percent": percent(found.monthly),
        "nominal_irr_x12_percent": percent(found.nominal),
        "effective_percent": percent(found.effective),
        "fee_total_percent": float(fee * count) * 100,
        "advertised_simple_percent": float(fee * 12) * 100,
        "simple_on_average_balance_percent": float(fee * count / ((count + 1) / Decimal(24))) * 100,
    }
    for key, value in expected.items():
        assert known[key] == pytest.approx(value, abs=tolerance.get(key, 1e-9)), key


@pytest.mark.parametrize("vector", [v for v in vectors("excel_fn") if v.values[0]["inputs"]["fn"] == "IRR"])
def test_the_published_internal_rates_of_a_spreadsheet(vector: dict[str, Any]) -> None:
    (flows,) = vector["inputs"]["args"][:1]
    (key,) = vector["expected"]
    found = float(internal_rate([Decimal(str(flow)) for flow in flows]))

    assert found == pytest.approx(float(vector["expected"][key]), abs=vector["tolerance"][key])


@given(st.integers(1, 200), st.integers(2, 36))
def test_a_fee_upfront_costs_more_than_with_the_first_payment_and_that_more_than_evenly(
    basis_points: int, count: int
) -> None:
    fee = Decimal(basis_points) / 10_000
    timings = (FeeTiming.EVEN, FeeTiming.WITH_FIRST, FeeTiming.UPFRONT)
    even, first, upfront = (flat_fee_apr(fee, count, timing) for timing in timings)

    assert monthly(even) < monthly(first) < monthly(upfront)


@given(st.integers(0, 200), st.integers(1, 36))
def test_a_fee_on_what_is_still_owed_is_the_monthly_rate(basis_points: int, count: int) -> None:
    fee = Decimal(basis_points) / 10_000

    assert float(monthly(flat_fee_apr(fee, count, FeeTiming.DECLINING))) == pytest.approx(
        float(fee), abs=1e-12
    )


@pytest.mark.parametrize("timing", FeeTiming)
@pytest.mark.parametrize("count", [1, 3, 7, 24])
def test_no_fee_is_a_rate_of_exactly_nothing(count: int, timing: FeeTiming) -> None:
    assert flat_fee_apr(Decimal(0), count, timing).monthly == 0


def test_a_fee_that_takes_the_whole_amount_leaves_nothing_lent() -> None:
    assert monthly(flat_fee_apr(Decimal("0.0999"), 10, FeeTiming.UPFRONT)) > 1
    with pytest.raises(NothingLentError):
        flat_fee_apr(Decimal("0.1"), 10, FeeTiming.UPFRONT)


def test_the_fees_of_six_months_by_hand() -> None:
    # 6000 in two parts with 1 % a month: 3060 and 3060, or 3120 and 3000, or 5880 lent.
    assert float(monthly(flat_fee_apr(Decimal("0.01"), 2))) == pytest.approx(
        root(6000, 3060, 3060), rel=1e-13
    )
    first = flat_fee_apr(Decimal("0.01"), 2, FeeTiming.WITH_FIRST)
    assert float(monthly(first)) == pytest.approx(root(6000, 3120, 3000), rel=1e-13)
    upfront = flat_fee_apr(Decimal("0.01"), 2, FeeTiming.UPFRONT)
    assert float(monthly(upfront)) == pytest.approx(root(5880, 3000, 3000), rel=1e-13)
    assert flat_fee_apr(Decimal("0.01"), 2, FeeTiming.EVEN) == flat_fee_apr(Decimal("0.01"), 2)


def root(lent: int, first: int, second: int) -> float:
    """The rate of two payments, by the formula of the school: lent·y² - first·y - second = 0."""
    return (first + sqrt(first**2 + 4 * lent * second)) / (2 * lent) - 1


def test_the_share_of_a_flat_fee_and_the_rate_on_what_is_owed_on_average() -> None:
    assert flat_fee_share(Decimal("0.005"), 12) == Decimal("0.06")
    # 24 · 0.005 · 12 / 13
    assert float(rate_on_average(Decimal("0.005"), 12).yearly) == pytest.approx(1.44 / 13, rel=1e-15)
    assert rate_on_average(Decimal("0.005"), 1).yearly == Decimal("0.06")


# --- what a rate is, and of what ------------------------------------------------------------------


def test_what_costs_nothing_has_a_rate_of_exactly_nothing() -> None:
    nothing = Rate(Decimal(0))

    assert apr([1200, -400, -400, -400]) == Apr(Convention.CHINA, nothing, nothing, Decimal(0))


def test_the_conventions_are_kept_by_name() -> None:
    assert [convention.value for convention in Convention] == ["china", "eu", "us"]


def test_a_rate_is_a_value_that_does_not_change() -> None:
    found = Apr.of_period(Convention.CHINA, Decimal("0.01"), 12)

    assert len({found, Apr.of_period(Convention.CHINA, Decimal("0.01"), 12)}) == 1
    with pytest.raises(FrozenInstanceError):
        found.monthly = None  # type: ignore[misc]


def test_a_rate_is_multiplied_and_compounded() -> None:
    found = Apr.of_period(Convention.CHINA, Decimal("0.01"), 12)

    assert found.monthly == Decimal("0.01")
    assert found.nominal == Rate(Decimal("0.12"))
    assert found.effective == Rate(Decimal("1.01") ** 12 - 1)
    assert str(round(found.effective.yearly, 9)) == "0.126825030"


def test_the_rate_of_other_periods_is_no_monthly_one() -> None:
    found = Apr.of_period(Convention.US, Decimal("0.1"), Fraction(12, 5))

    assert found.monthly is None
    assert found.nominal == Rate(Decimal("0.24"))
    assert float(found.effective.yearly) == pytest.approx(1.1**2.4 - 1, rel=1e-14)


@pytest.mark.parametrize(
    ("convention", "headline"), [(Convention.CHINA, "0.12"), (Convention.US, "0.12"), (Convention.EU, "0.13")]
)
def test_each_convention_puts_another_figure_first(convention: Convention, headline: str) -> None:
    found = Apr(convention, Rate(Decimal("0.12")), Rate(Decimal("0.13")))

    assert found.headline == Rate(Decimal(headline))
    assert Apr(convention, None, Rate(Decimal("0.13"))).headline == Rate(Decimal("0.13"))


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("3.055", 1, "3.1"),
        ("3.055", 2, "3.06"),
        ("3.054", 1, "3.1"),
        ("3.054", 2, "3.05"),
        ("3.049", 1, "3.0"),
        ("3.05", 1, "3.1"),
        ("3.0499999", 1, "3.0"),
        ("-3.05", 1, "-3.1"),
        ("0", 1, "0.0"),
    ],
)
def test_a_rate_is_rounded_half_up(value: str, places: int, expected: str) -> None:
    # Directive 2008/48/EC, Annex I, remark (d), as SWD(2012) 128 final illustrates it
    assert str(rounded_percent(Rate.percent(value), places)) == expected


def test_one_decimal_place_is_the_least_and_a_monthly_rate_is_said_for_a_year() -> None:
    assert str(rounded_percent(Rate.percent("3.055"))) == "3.1"
    assert str(rounded_percent(Rate.percent("1.005", Per.MONTH), 2)) == "12.06"


def test_a_thousand_per_cent_a_year_is_far() -> None:
    assert far(1) == 10
    assert far(12) == pytest.approx(11 ** (1 / 12) - 1, rel=1e-15)
    assert far(Fraction(1, 2)) == pytest.approx(120)


# --- no rate ---------------------------------------------------------------------------------------


def test_payments_without_a_loan_have_no_rate() -> None:
    with pytest.raises(NoRateError):
        apr([-100, -100])


def test_flows_that_change_sides_twice_have_no_single_rate() -> None:
    with pytest.raises(SeveralRatesError):
        apr([-100, 230, -132])


def test_a_charge_a_month_before_the_loan_is_part_of_its_rate() -> None:
    # -100 (y - 1.01) (y - 40): the second solution is 3,900 % a month.
    assert float(monthly(apr([-100, 4101, -4040]))) == pytest.approx(0.01, abs=1e-12)
    # 1.2212^12 is 11: a thousand per cent a year.
    assert float(monthly(apr([-10_000, 22_400, -12_423]))) == pytest.approx(0.01, abs=1e-12)
    with pytest.raises(SeveralRatesError):
        apr([-10_000, 22_300, -12_322])
    with pytest.raises(SeveralRatesError):
        internal_rate([-100, 4101, -4040])
    assert float(internal_rate([-100, 4101, -4040], 38)) == pytest.approx(0.01, abs=1e-12)


# --- dated flows -----------------------------------------------------------------------------------

MONTHLY = [(date(2026, month, 15), Money(100_00, "CNY")) for month in range(2, 13)]
LENT = [(date(2026, 1, 15), Money(1000_00, "CNY"))]


def test_whole_months_give_all_conventions_the_same_monthly_rate() -> None:
    chinese, european, american = (apr_of(convention, LENT, MONTHLY) for convention in Convention)

    assert chinese == apr([1000_00, *[-100_00] * 11])
    assert european.monthly == american.monthly == chinese.monthly
    assert european.headline == chinese.effective
    assert american.headline == chinese.nominal == chinese.headline
    assert [rate.convention for rate in (chinese, european, american)] == list(Convention)


def test_days_beyond_whole_months_are_counted_by_each_convention_in_its_own_way() -> None:
    lent = [(date(2026, 1, 10), Money(1000_00, "CNY"))]
    paid = [(date(2026, 2, 15), Money(510_00, "CNY")), (date(2026, 3, 15), Money(510_00, "CNY"))]
    chinese, european, american = (apr_of(convention, lent, paid) for convention in Convention)

    i = float(monthly(chinese))
    assert 510 / (1 + i) ** (1 + 60 / 365) + 510 / (1 + i) ** (2 + 60 / 365) == pytest.approx(1000, rel=1e-12)
    x = float(european.effective.yearly)
    assert 510 / (1 + x) ** (1 / 12 + 5 / 365) + 510 / (1 + x) ** (2 / 12 + 5 / 365) == pytest.approx(
        1000, rel=1e-12
    )
    j = float(monthly(american))
    assert (510 / (1 + j) + 510 / (1 + j) ** 2) / (1 + j / 6) == pytest.approx(1000, rel=1e-12)


def test_months_are_counted_from_the_first_flow_in_china() -> None:
    lent = [(date(2026, 1, 10), 500), (date(2026, 3, 10), 500)]
    paid = [(date(2026, 5, 10), 515), (date(2026, 7, 10), 515)]

    # 500 y⁶ + 500 y⁴ = 515 y² + 515, so that y⁴ = 1.03
    assert float(monthly(china.apr_of_dates(lent, paid))) == pytest.approx(1.03**0.25 - 1, rel=1e-12)
    early = china.apr_of_dates(
        [(date(2026, 2, 10), 4101)], [(date(2026, 1, 10), 100), (date(2026, 3, 10), 4040)]
    )
    assert float(monthly(early)) == pytest.approx(0.01, abs=1e-12)
    with pytest.raises(SeveralRatesError):
        china.apr_of_dates([(date(2026, 2, 10), 230)], [(date(2026, 1, 10), 100), (date(2026, 3, 10), 132)])


def test_a_string_on_the_30th_is_months_apart_in_china_too() -> None:
    paid = [(date(2026, 2, 28), 340), (date(2026, 3, 30), 340), (date(2026, 4, 30), 340)]

    assert china.apr_of_dates([(date(2026, 1, 30), 1000)], paid) == apr([1000, -340, -340, -340])
    fee = [(date(2026, 1, 30), 10), *paid]
    assert china.apr_of_dates([(date(2026, 1, 30), 1000)], fee) == apr([990, -340, -340, -340])


def test_nothing_at_all_has_no_rate_by_any_convention() -> None:
    for convention in Convention:
        with pytest.raises(NothingLentError):
            apr_of(convention, [], [])
        with pytest.raises(NothingPaidBackError):
            apr_of(convention, LENT, [])
        with pytest.raises(NothingLentError):
            apr_of(convention, [], MONTHLY)


def test_amounts_of_two_currencies_have_no_rate() -> None:
    for lent, paid in (([(date(2026, 1, 15), Money(1000_00, "EUR"))], MONTHLY), (LENT, [*MONTHLY, EURO])):
        with pytest.raises(ValueError, match="exchange rates"):
            apr_of(Convention.EU, lent, paid)


EURO = (date(2027, 1, 15), Money(100_00, "EUR"))


@given(
    st.lists(st.tuples(st.integers(1, 900), st.integers(1, 100_000)), min_size=1, max_size=12),
    st.integers(5, 30),
    st.sampled_from(Convention),
)
def test_more_to_pay_never_lowers_the_rate_of_any_convention(
    paid: list[tuple[int, int]], tenths: int, convention: Convention
) -> None:
    start = date(2026, 1, 10)
    payments = [(start + timedelta(days=day), Money(amount, "CNY")) for day, amount in paid]
    lent = [(start, Money(max(sum(amount for _, amount in paid) * 10 // tenths, 1), "CNY"))]
    dearer = [(payments[0][0], payments[0][1].times(2)), *payments[1:]]
    try:
        before, after = apr_of(convention, lent, payments), apr_of(convention, lent, dearer)
    except NoRateError:
        return

    least = before.headline.yearly
    assert after.headline.yearly >= least - abs(least + 1) * Decimal("1e-9")


@given(st.lists(st.tuples(st.integers(1, 900), st.integers(1, 100_000)), min_size=1, max_size=12))
def test_the_currency_and_its_unit_do_not_matter(paid: list[tuple[int, int]]) -> None:
    start = date(2026, 1, 10)
    lent = sum(amount for _, amount in paid) * 9 // 10 + 1
    for convention in Convention:
        rates = [
            apr_of(
                convention,
                [(start, Money(lent * unit, currency))],
                [(start + timedelta(days=day), Money(amount * unit, currency)) for day, amount in paid],
            )
            for currency, unit in (("CNY", 1), ("JPY", 100), ("KWD", 1000))
        ]
        assert float(rates[1].headline.yearly) == pytest.approx(float(rates[0].headline.yearly), rel=1e-9)
        assert float(rates[2].headline.yearly) == pytest.approx(float(rates[0].headline.yearly), rel=1e-9)
