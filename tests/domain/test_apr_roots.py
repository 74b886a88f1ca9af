from decimal import Decimal
from fractions import Fraction
from math import e, exp, inf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.apr.roots import balance, root_between, roots, weight_of


def rates(weights: list[int], times: list[float] | None = None) -> list[float]:
    """The rates that go with the roots, for weights at the times 0, 1, 2, … unless told otherwise."""
    at = [float(n) for n in range(len(weights))] if times is None else times
    return [exp(x) - 1 for x in roots(at, [weight_of(weight) for weight in weights])]


def polynomial(growths: list[Fraction], factor: Fraction = Fraction(1)) -> list[Fraction]:
    """The coefficients of factor · Π (y - growth), highest power first: flows at the times 0, 1, 2, …."""
    found = [factor]
    for growth in growths:
        found = [a - growth * b for a, b in zip([*found, Fraction(0)], [Fraction(0), *found], strict=True)]
    return found


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([1000, -1100], [0.1]),
        ([-100, 230, -132], [0.1, 0.2]),  # -100 (y - 1.1) (y - 1.2)
        ([-1000, 6000, -11000, 6000], [0.0, 1.0, 2.0]),
        ([100, -20, -99], [0.1]),  # 100 (y - 1.1) (y + 0.9)
        ([1, -1], [0.0]),
        ([4, -1], [-0.75]),
    ],
)
def test_every_root_is_found_and_no_other(weights: list[int], expected: list[float]) -> None:
    assert rates(weights) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    "weights", [[1], [-1], [1, 2, 3], [-1, -2], [100, -230, 133], [100, -200, 300, -400, 210]]
)
def test_a_sum_that_is_never_nothing_has_no_root(weights: list[int]) -> None:
    assert rates(weights) == []


def test_a_sum_that_is_nothing_at_no_time_at_all_has_no_root() -> None:
    assert roots([], []) == ()


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([-100, 220, -121], 0.1),
        ([-1, 3, -3, 1], 0.0),
        ([-1, 4, -6, 4, -1], 0.0),
        ([1, -5, 10, -10, 5, -1], 0.0),
    ],
)
def test_a_root_that_the_sum_touches_counts_once(weights: list[int], expected: float) -> None:
    assert rates(weights) == pytest.approx([expected], abs=1e-7)


def test_a_root_that_is_touched_and_one_that_is_crossed_are_two() -> None:
    # -(y - 1.1)² (y - 1.5), times 1000
    assert rates([-1000, 3700, -4510, 1815]) == pytest.approx([0.1, 0.5], abs=1e-6)


def test_times_need_not_be_whole_nor_begin_at_nothing() -> None:
    # In the root of the growth: y² - 5y + 6 = (y - 2) (y - 3).
    assert rates([1, -5, 6], [-1.0, -0.5, 0.0]) == pytest.approx([3.0, 8.0], rel=1e-13)


def test_a_root_may_lie_far_away() -> None:
    assert roots([0.0, 1.0], [weight_of(1), weight_of(-(10**20))]) == pytest.approx([log(10**20)], rel=1e-14)
    assert roots([0.0, 1.0], [weight_of(10**20), weight_of(-1)]) == pytest.approx([-log(10**20)], rel=1e-14)
    assert roots([0.0, 1 / 365], [weight_of(1), weight_of(-(10**6))]) == pytest.approx(
        [365 * log(10**6)], rel=1e-14
    )


def test_a_hundred_changes_of_sign_are_no_obstacle() -> None:
    # Σ (-1)^n y^n up to y^99 is (1 - y^100) / (1 + y), which is nothing at y = 1 alone.
    assert rates([(-1) ** n for n in range(100)]) == pytest.approx([0.0], abs=1e-12)


@given(
    st.lists(st.integers(-18, 60), min_size=1, max_size=4, unique=True),
    st.sampled_from([Fraction(1), Fraction(-1), Fraction(7, 3), Fraction(-1000)]),
)
def test_a_sum_made_from_its_roots_gives_them_back(twentieths: list[int], factor: Fraction) -> None:
    growths = sorted(1 + Fraction(n, 20) for n in twentieths)
    weights = polynomial(growths, factor)
    kept = [(float(time), weight_of(weight)) for time, weight in enumerate(weights) if weight]
    found = roots([time for time, _ in kept], [weight for _, weight in kept])

    assert [exp(x) for x in found] == pytest.approx([float(growth) for growth in growths], rel=1e-6)


@pytest.mark.parametrize(
    ("amount", "sign", "size"),
    [
        (1, 1, 0.0),
        (-1, -1, 0.0),
        (100, 1, log(100)),
        (Decimal("-0.01"), -1, -log(100)),
        (Fraction(1, 3), 1, -log(3)),
        (Fraction(-2, 3), -1, log(2) - log(3)),
        (10**400, 1, 400 * log(10)),
    ],
)
def test_a_weight_is_a_sign_and_the_logarithm_of_a_size(
    amount: Decimal | Fraction | int, sign: int, size: float
) -> None:
    found = weight_of(amount)

    assert found[0] == sign
    assert found[1] == pytest.approx(size, rel=1e-14, abs=1e-14)


def test_a_balance_is_a_part_of_both_sides_together() -> None:
    assert balance([(1, 0.0), (1, 0.0), (-1, 0.0)]) == pytest.approx(1 / 3)
    assert balance([(1, 0.0), (-1, log(3))]) == pytest.approx(-0.5)
    assert balance([(1, 0.0), (-1, 0.0)]) == 0
    assert balance([(-1, 5.0)]) == -1


def test_a_balance_knows_no_scale() -> None:
    assert balance([(1, 10_000.0), (-1, 10_000 + log(3))]) == pytest.approx(-0.5)
    assert balance([(1, -10_000.0), (-1, log(3) - 10_000)]) == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("low", "high"),
    [(0.0, 4.0), (-inf, inf), (-inf, 2.0), (1.0, inf), (0.9, 1.01), (-1000.0, 1000.0)],
)
@pytest.mark.parametrize("left", [1, -1])
def test_a_root_between_two_ends_is_found(low: float, high: float, left: int) -> None:
    assert root_between(lambda x: left * (1 - x**3), low, high, left) == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize("root", [-300.0, -e, -0.01, 1e-9, 0.0, 0.01, e, 1.0, 2.0, 300.0])
def test_a_root_anywhere_is_found_without_ends(root: float) -> None:
    assert root_between(lambda x: x - root, -inf, inf, -1) == pytest.approx(root, rel=4e-16, abs=4e-18)
    assert root_between(lambda x: root - x, -inf, inf, 1) == pytest.approx(root, rel=4e-16, abs=4e-18)


@pytest.mark.parametrize("side", [1, -1])
def test_without_ends_the_search_doubles_its_steps(side: int) -> None:
    asked = []

    def value(x: float) -> float:
        asked.append(x)
        return 1000.5 * side - x

    root_between(value, -inf, inf, 1)

    assert asked[:5] == [0.0, 1.0 * side, 3.0 * side, 7.0 * side, 15.0 * side]
    assert len(asked) < 80


@pytest.mark.parametrize("root", [5.5, -5.5])
def test_from_one_end_the_search_begins_with_a_step_of_one(root: float) -> None:
    asked = []

    def value(x: float) -> float:
        asked.append(x)
        return root - x

    ends = (1.0, inf) if root > 0 else (-inf, -1.0)
    root_between(value, *ends, 1)

    assert asked[:3] == ([2.0, 4.0, 8.0] if root > 0 else [-2.0, -4.0, -8.0])
