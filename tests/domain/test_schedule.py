import json
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.dates import add_months
from planner.domain.money import Money, sum_of
from planner.domain.rate import Per, Rate
from planner.domain.schedule import Rounding, flat_fee, flat_fee_parts, flat_fee_total, split
from planner.domain.term import FeeTiming, Remainder

VECTORS = Path(__file__).parents[1] / "data" / "vectors"
MODES = {"ROUND_DOWN": ROUND_DOWN, "ROUND_HALF_UP": ROUND_HALF_UP}

amounts = st.integers(1, 10_000_000).map(lambda minor: Money(minor, "CNY"))
counts = st.integers(1, 60)
fees = st.integers(0, 300).map(lambda points: Rate(Decimal(points) / 10_000, Per.MONTH))
roundings = st.builds(
    Rounding,
    st.sampled_from(Remainder),
    st.sampled_from((ROUND_DOWN, ROUND_HALF_UP)),
    st.sampled_from((ROUND_HALF_UP, ROUND_DOWN, None)),
)


def vectors(kind: str) -> list[Any]:
    found: list[Any] = json.loads((VECTORS / f"{kind}.json").read_text(encoding="utf-8"))
    return [pytest.param(vector, id=vector["id"]) for vector in found]


def monthly(percent: str) -> Rate:
    return Rate.percent(percent, Per.MONTH)


@pytest.mark.row("C044")
def test_one_and_a_half_per_cent_over_three_and_six_over_twelve() -> None:
    amount = Money.of(100, "CNY")

    assert flat_fee_total(amount, monthly("0.5"), 3) == Money.of("1.50", "CNY")
    assert flat_fee_total(amount, monthly("0.5"), 12) == Money.of("6.00", "CNY")


@pytest.mark.parametrize("vector", vectors("flat_fee_total"))
def test_the_fee_of_a_whole_plan(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    fee = Rate(Decimal(inputs["monthly_fee_rate"]), Per.MONTH)

    total = flat_fee_total(Money.of(inputs["principal"], "CNY"), fee, inputs["n"])

    assert total == Money.of(vector["expected"]["total_fee"], "CNY")


@pytest.mark.parametrize("vector", vectors("flat_fee_schedule"))
def test_the_rows_of_a_flat_fee_plan(vector: dict[str, Any]) -> None:
    inputs, expected = vector["inputs"], vector["expected"]
    amount = Money.of(inputs["principal"], "CNY")
    fee: Rate | Money
    if inputs["monthly_fee_rate"] is not None:
        fee = Rate(Decimal(inputs["monthly_fee_rate"]), Per.MONTH)
    else:
        fee = Money.of(inputs["total_fee"], "CNY")
    fee_mode = (
        None if inputs["fee_rounding"].startswith("remainder") else MODES[inputs["fee_rounding"].split()[0]]
    )
    rounding = Rounding(
        Remainder(inputs["remainder"]), MODES[inputs["principal_rounding"].split()[0]], fee_mode
    )

    principals, fee_parts = flat_fee_parts(amount, inputs["n"], fee, rounding)

    known = {
        "principal_per_period": [str(part.decimal) for part in principals],
        "fee_per_period": [str(part.decimal) for part in fee_parts],
        "total_principal": str(sum_of(principals, "CNY").decimal),
        "total_fee": str(sum_of(fee_parts, "CNY").decimal),
        "total": str(sum_of((*principals, *fee_parts), "CNY").decimal),
    }
    for key, value in expected.items():
        assert known[key] == value, key


@given(amounts, counts, st.sampled_from(Remainder))
def test_parts_add_up_to_the_cent_and_differ_by_less_than_a_cent_for_each_part(
    amount: Money, count: int, place: Remainder
) -> None:
    parts = split(amount, count, ROUND_DOWN, place)

    assert sum_of(parts, "CNY") == amount
    assert all(part.minor >= 0 for part in parts)
    assert max(parts).minor - min(parts).minor <= count
    odd = parts[0] if place is Remainder.FIRST else parts[-1]
    assert odd == max(parts)


@given(amounts, counts, fees, st.sampled_from(FeeTiming), roundings)
def test_a_plan_repays_exactly_what_was_owed_whenever_the_fee_is_paid(
    amount: Money, count: int, fee: Rate, timing: FeeTiming, rounding: Rounding
) -> None:
    dues = [add_months(date(2026, 12, 10), month) for month in range(count)]

    rows = flat_fee(amount, dues, fee, timing, rounding)
    even = flat_fee(amount, dues, fee, FeeTiming.EVEN, rounding)

    assert sum_of((row.principal for row in rows), "CNY") == amount
    assert sum_of((row.total for row in rows), "CNY") == sum_of((row.total for row in even), "CNY")
    assert [row.number for row in rows] == list(range(1, count + 1))
    if timing is not FeeTiming.EVEN:
        assert not any(row.fee for row in rows[1:])


@given(amounts, counts, amounts)
def test_a_fee_given_for_the_whole_plan_is_spread_without_losing_a_cent(
    amount: Money, count: int, fee: Money
) -> None:
    dues = [add_months(date(2026, 12, 10), month) for month in range(count)]

    rows = flat_fee(amount, dues, fee)

    assert sum_of((row.fee for row in rows), "CNY") == fee
    assert all(row.fee.minor >= 0 for row in rows)


def test_a_fee_a_day_is_not_taken_for_a_fee_a_month() -> None:
    with pytest.raises(ValueError, match="a month"):
        flat_fee_total(Money.of(100, "CNY"), Rate.percent("0.05", Per.DAY), 3)
