import json
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.dates import add_months
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.plans.schedule import (
    DEFAULT_ROUNDING,
    Rounding,
    flat_fee,
    flat_fee_parts,
    flat_fee_total,
    rounding_of,
    split,
    spread,
)
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Source
from planner.domain.term import FeeTiming, Remainder, Term
from planner.domain.terms import TermClaim, Terms

VECTORS = Path(__file__).parents[1] / "data" / "vectors"
MODES = {"ROUND_DOWN": ROUND_DOWN, "ROUND_HALF_UP": ROUND_HALF_UP}
MODES_IN_USE = (ROUND_DOWN, ROUND_UP, ROUND_HALF_UP, ROUND_HALF_EVEN)

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
    rows = flat_fee(amount, dues(count), fee, timing, rounding)
    even = flat_fee(amount, dues(count), fee, FeeTiming.EVEN, rounding)

    assert sum_of((row.principal for row in rows), "CNY") == amount
    assert [row.number for row in rows] == list(range(1, count + 1))
    if timing is not FeeTiming.DECLINING:
        assert total(rows) == total(even)
    if timing in {FeeTiming.WITH_FIRST, FeeTiming.UPFRONT}:
        assert not any(row.fee for row in rows[1:])


@given(amounts, counts, amounts)
def test_a_fee_given_for_the_whole_plan_is_spread_without_losing_a_cent(
    amount: Money, count: int, fee: Money
) -> None:
    rows = flat_fee(amount, dues(count), fee)

    assert sum_of((row.fee for row in rows), "CNY") == fee
    assert all(row.fee.minor >= 0 for row in rows)


def test_a_fee_a_day_is_not_taken_for_a_fee_a_month() -> None:
    with pytest.raises(ValueError, match="a month, not a day"):
        flat_fee_total(cny(100), Rate.percent("0.05", Per.DAY), 3)


# --- what is divided -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minor", "count", "mode", "place", "parts"),
    [
        (100, 3, ROUND_DOWN, Remainder.LAST, (33, 33, 34)),
        (100, 3, ROUND_DOWN, Remainder.FIRST, (34, 33, 33)),
        (100, 3, ROUND_UP, Remainder.LAST, (34, 34, 32)),
        (200, 3, ROUND_HALF_UP, Remainder.LAST, (67, 67, 66)),
        (200, 3, ROUND_HALF_UP, Remainder.FIRST, (66, 67, 67)),
        (7, 1, ROUND_UP, Remainder.FIRST, (7,)),
        (0, 2, ROUND_UP, Remainder.LAST, (0, 0)),
        # Rounded up there would be less than nothing left for the last part.
        (4, 3, ROUND_UP, Remainder.LAST, (2, 2, 0)),
        (5, 4, ROUND_UP, Remainder.LAST, (1, 1, 1, 2)),
        (-100, 3, ROUND_DOWN, Remainder.LAST, (-33, -33, -34)),
    ],
)
def test_an_amount_in_equal_parts(
    minor: int, count: int, mode: str, place: Remainder, parts: tuple[int, ...]
) -> None:
    found = split(Money(minor, "CNY"), count, mode, place)

    assert tuple(part.minor for part in found) == parts
    assert {part.currency for part in found} == {"CNY"}


@pytest.mark.parametrize(
    ("minor", "weights", "mode", "place", "parts"),
    [
        (100, (3, 2, 1), ROUND_DOWN, Remainder.LAST, (50, 33, 17)),
        (100, (3, 2, 1), ROUND_DOWN, Remainder.FIRST, (51, 33, 16)),
        (100, (3, 2, 1), ROUND_UP, Remainder.LAST, (50, 34, 16)),
        (101, (1, 1), ROUND_HALF_UP, Remainder.LAST, (51, 50)),
        # 0.67 each: rounded up, three parts of one are one too many for the last.
        (2, (1, 1, 1, 0), ROUND_UP, Remainder.LAST, (0, 0, 0, 2)),
        (1, (1, 1), ROUND_UP, Remainder.LAST, (1, 0)),
    ],
)
def test_an_amount_by_weights(
    minor: int, weights: tuple[int, ...], mode: str, place: Remainder, parts: tuple[int, ...]
) -> None:
    found = spread(Money(minor, "CNY"), weights, mode, place)

    assert tuple(part.minor for part in found) == parts


@given(
    amounts,
    st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any),
    st.sampled_from(MODES_IN_USE),
    st.sampled_from(Remainder),
)
def test_parts_by_weight_add_up_and_none_is_below_nothing(
    amount: Money, weights: list[int], mode: str, place: Remainder
) -> None:
    parts = spread(amount, weights, mode, place)

    assert sum_of(parts, "CNY") == amount
    assert all(part.minor >= 0 for part in parts)
    assert all(
        abs(part.minor - Decimal(amount.minor * weight) / sum(weights)) <= len(weights)
        for part, weight in zip(parts, weights, strict=True)
    )


# --- when the fee is paid, and what is free -----------------------------------------------------------


def dues(count: int) -> list[date]:
    return [add_months(date(2026, 12, 10), month) for month in range(count)]


def cny(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


def total(rows: Sequence[Instalment]) -> Money:
    return sum_of((row.total for row in rows), "CNY")


def fees_of(rows: Sequence[Instalment]) -> list[str]:
    return [str(row.fee.decimal) for row in rows]


def test_a_declining_fee_is_charged_each_month_on_what_is_still_owed() -> None:
    # 1,200 in 4: 1 % of 1,200, 900, 600 and 300.
    rows = flat_fee(cny(1200), dues(4), monthly("1"), FeeTiming.DECLINING)

    assert fees_of(rows) == ["12.00", "9.00", "6.00", "3.00"]
    assert [row.total for row in rows] == [cny(312), cny(309), cny(306), cny(303)]
    assert [row.due_on for row in rows] == dues(4)
    assert not any(row.interest for row in rows)


def test_a_declining_fee_of_the_whole_plan_falls_by_the_sum_of_the_digits() -> None:
    # The rule of 78 for 12 months of equal parts: 12/78, 11/78, ...
    rows = flat_fee(cny(1200), dues(12), cny(78), FeeTiming.DECLINING)

    assert fees_of(rows) == [f"{month}.00" for month in range(12, 0, -1)]


def test_a_declining_fee_that_is_not_rounded_row_by_row_is_exact_in_all() -> None:
    whole = Rounding(fee=None)
    rows = flat_fee(cny("100.01"), dues(3), monthly("0.55"), FeeTiming.DECLINING, whole)

    # 0.55 % of 100.01 + 66.68 + 33.35 is 1.10022; by weight 0.54995 and 0.36667 of 1.10, and the rest.
    assert fees_of(rows) == ["0.54", "0.36", "0.20"]
    assert fees_of(flat_fee(cny("100.01"), dues(3), monthly("0.55"), FeeTiming.DECLINING)) == [
        "0.55",
        "0.37",
        "0.18",
    ]


def test_a_declining_fee_of_nothing_owed_is_spread_evenly() -> None:
    rows = flat_fee(cny(0), dues(3), cny(1), FeeTiming.DECLINING)

    assert fees_of(rows) == ["0.33", "0.33", "0.34"]
    assert not any(row.fee for row in flat_fee(cny(0), dues(3), monthly("1"), FeeTiming.DECLINING))


@pytest.mark.parametrize(
    ("fee", "free", "fees"),
    [
        (monthly("1"), 0, ["3.00", "3.00", "3.00"]),
        (monthly("1"), 1, ["0.00", "3.00", "3.00"]),
        (monthly("1"), 2, ["0.00", "0.00", "3.00"]),
        (monthly("1"), 3, ["0.00", "0.00", "0.00"]),
        (monthly("1"), 4, ["0.00", "0.00", "0.00"]),
        (cny(6), 1, ["0.00", "3.00", "3.00"]),
        # A fee of the whole plan is charged in any case.
        (cny(6), 3, ["0.00", "0.00", "6.00"]),
    ],
)
def test_the_first_months_may_be_free(fee: Rate | Money, free: int, fees: list[str]) -> None:
    assert fees_of(flat_fee(cny(300), dues(3), fee, free_months=free)) == fees


def test_free_months_are_counted_for_every_timing() -> None:
    half = (FeeTiming.WITH_FIRST, FeeTiming.UPFRONT)
    for timing in half:
        assert fees_of(flat_fee(cny(300), dues(3), monthly("1"), timing, free_months=1)) == [
            "6.00",
            "0.00",
            "0.00",
        ]
    declining = flat_fee(cny(300), dues(3), monthly("1"), FeeTiming.DECLINING, free_months=1)
    assert fees_of(declining) == ["0.00", "2.00", "1.00"]
    free = flat_fee(cny(300), dues(3), monthly("1"), FeeTiming.DECLINING, free_months=3)
    assert fees_of(free) == ["0.00"] * 3
    exact = flat_fee(cny(300), dues(3), monthly("1"), FeeTiming.DECLINING, Rounding(fee=None), 3)
    assert fees_of(exact) == ["0.00"] * 3


# --- how a lender rounds -----------------------------------------------------------------------------


def claims(*texts: tuple[Term, str]) -> Terms:
    return Terms(tuple(TermClaim(term, "", text, Source(text)) for term, text in texts))


def test_a_lender_of_whom_nothing_is_known_rounds_as_most_do() -> None:
    assert rounding_of(Terms()) == DEFAULT_ROUNDING
    assert Rounding(Remainder.LAST, ROUND_DOWN, ROUND_HALF_UP, None) == DEFAULT_ROUNDING


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        (Term.REMAINDER, "first", Rounding(Remainder.FIRST)),
        (Term.PRINCIPAL_ROUNDING, "up", Rounding(principal=ROUND_UP)),
        (Term.PRINCIPAL_ROUNDING, "half_even", Rounding(principal=ROUND_HALF_EVEN)),
        # What the principal is rounded like cannot be the principal itself.
        (Term.PRINCIPAL_ROUNDING, "like_principal", Rounding()),
        (Term.FEE_ROUNDING, "down", Rounding(fee=ROUND_DOWN, whole_fee=ROUND_DOWN)),
        (Term.FEE_ROUNDING, "half_up", Rounding(fee=ROUND_HALF_UP, whole_fee=ROUND_HALF_UP)),
        (Term.FEE_ROUNDING, "like_principal", Rounding(fee=None, whole_fee=None)),
    ],
)
def test_how_a_lender_rounds_is_a_term(term: Term, text: str, expected: Rounding) -> None:
    assert rounding_of(claims((term, text))) == expected


def test_of_several_claims_on_rounding_the_last_counts() -> None:
    terms = claims(
        (Term.REMAINDER, "last"),
        (Term.REMAINDER, "first"),
        (Term.PRINCIPAL_ROUNDING, "down"),
        (Term.PRINCIPAL_ROUNDING, "half_up"),
        (Term.FEE_ROUNDING, "up"),
        (Term.FEE_ROUNDING, "down"),
    )

    assert rounding_of(terms) == Rounding(Remainder.FIRST, ROUND_HALF_UP, ROUND_DOWN, ROUND_DOWN)


def test_interest_is_rounded_as_a_fee_of_a_row_is_or_half_up() -> None:
    assert Rounding(fee=ROUND_DOWN).interest == ROUND_DOWN
    assert Rounding(fee=None).interest == ROUND_HALF_UP
