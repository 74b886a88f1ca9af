import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.apr import Apr, NoRateError, SeveralRatesError, apr, flat_fee_apr, internal_rate
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


def percent(rate: Rate | Decimal) -> float:
    return float(rate.fraction if isinstance(rate, Rate) else rate) * 100


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


@given(
    st.lists(st.integers(1, 10_000_00), min_size=1, max_size=36),
    st.floats(-0.5, 1.5, allow_nan=False),
)
def test_the_rate_agrees_with_another_solver(payments: list[int], gain: float) -> None:
    lent = max(round(sum(payments) / (1 + gain)), 1)
    flows = [lent, *(-payment for payment in payments)]
    ours = float(internal_rate(flows))
    theirs = pyxirr.irr(flows)

    values = [flow / (1 + ours) ** period for period, flow in enumerate(flows)]
    assert abs(sum(values)) <= 1e-6 * sum(abs(value) for value in values)
    if theirs is not None and theirs > -0.99:
        assert ours == pytest.approx(theirs, abs=1e-6)


@given(st.integers(1, 200), st.integers(2, 36))
def test_a_fee_upfront_costs_more_than_with_the_first_payment_and_that_more_than_evenly(
    basis_points: int, count: int
) -> None:
    fee = Decimal(basis_points) / 10_000
    timings = (FeeTiming.EVEN, FeeTiming.WITH_FIRST, FeeTiming.UPFRONT)
    even, first, upfront = (flat_fee_apr(fee, count, timing) for timing in timings)

    assert even.monthly < first.monthly < upfront.monthly


def test_what_costs_nothing_has_a_rate_of_exactly_nothing() -> None:
    assert apr([1200, -400, -400, -400]) == Apr(Decimal(0))
    assert not apr([1200, -400, -400, -400]).effective


def test_payments_without_a_loan_have_no_rate() -> None:
    with pytest.raises(NoRateError):
        apr([-100, -100])


def test_flows_that_change_sides_twice_have_no_single_rate() -> None:
    with pytest.raises(SeveralRatesError):
        apr([-100, 230, -132])
