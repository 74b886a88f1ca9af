from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from itertools import pairwise
from math import exp, fsum, isnan, log

import pytest
import pyxirr
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.domain.apr import solver
from planner.domain.apr.china import internal_rate
from planner.domain.apr.solver import (
    Flow,
    NoRateError,
    NothingLentError,
    NothingPaidBackError,
    RateTooHighError,
    SeveralRatesError,
    _all,
    _bracketed,
    _discount,
    _netted,
    _newton,
    _sides,
    _worth,
    checked,
    growth,
    never_turns,
    rate,
)
from planner.errors import PlannerError

npf = import_module("numpy_financial")  # it has no types
HALF = Fraction(1, 2)


def flows(*amounts: Decimal | int) -> list[Flow]:
    """Flows one unit of time apart."""
    return [Flow(amount, time) for time, amount in enumerate(amounts)]


def worth(of: Sequence[Flow], found: Decimal | Fraction) -> Fraction:
    """What flows with whole times are worth together at a rate, exactly."""
    i = Fraction(found)
    return sum(
        (Fraction(amount) / ((1 + Fraction(part) * i) * (1 + i) ** int(time)) for amount, time, part in of),
        Fraction(0),
    )


# --- one rate --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_flows", "expected"),
    [
        ([Flow(1000, 0), Flow(-1100, 1)], 0.1),
        ([Flow(1000, 0), Flow(-1210, 2)], 0.1),
        ([Flow(1000, 3), Flow(-1210, 5)], 0.1),
        ([Flow(1000, 0), Flow(-1100, 0.5)], 0.21),
        ([Flow(1000, 0), Flow(-1050, 0, HALF)], 0.1),
        ([Flow(1000, 0), Flow(-1155, 1, HALF)], 0.1),
        ([Flow(1000, 0, HALF), Flow(-1210, 2, HALF)], 0.1),
        ([Flow(1000, 0), Flow(-1100, 0, Fraction(1))], 0.1),
        ([Flow(1000, 0), Flow(-900, 1)], -0.1),
        ([Flow(1000, 0), Flow(-1, 1)], -0.999),
        ([Flow(-1000, 0), Flow(1100, 1)], 0.1),
        ([Flow(Decimal("0.01"), 0), Flow(Decimal("-0.02"), 1)], 1.0),
        ([Flow(1, 0), Flow(-1_000_001, 1)], 1_000_000),
        ([Flow(500, 0), Flow(500, 1), Flow(-1155, 2)], 0.1),  # 500·1.21 + 500·1.1
    ],
)
def test_the_rate_of_flows(given_flows: list[Flow], expected: float) -> None:
    found = rate(given_flows)

    assert float(found) == pytest.approx(expected, rel=1e-14)
    assert rate(reversed(given_flows)) == found


def test_as_much_paid_as_lent_is_a_rate_of_exactly_nothing() -> None:
    assert rate(flows(1200, -400, -400, -400)) == 0
    assert rate(flows(1000, -500, 500, -1000)) == 0
    assert rate([Flow(Decimal("0.1"), 0), Flow(Decimal("0.2"), 1), Flow(Decimal("-0.3"), 2)]) == 0


def test_what_is_lent_and_paid_at_the_same_time_is_taken_together() -> None:
    assert rate([Flow(1000, 0), Flow(-100, 0), Flow(-600, 1), Flow(-390, 1)]) == rate(flows(900, -990))
    assert rate([Flow(1000, 0), Flow(-50, 0, Fraction(1)), Flow(-1050, 1)]) == rate(flows(1000, -1100))
    # Half a unit later is another time.
    assert float(rate([Flow(1000, 1), Flow(-1050, 1, HALF)])) == pytest.approx(0.1, rel=1e-14)


def test_flows_of_nothing_count_nothing() -> None:
    assert float(rate(flows(0, 1000, 0, -1210, 0))) == pytest.approx(0.1, rel=1e-14)


def test_nothing_lent_and_nothing_paid_back_are_told_apart() -> None:
    for none in ([], flows(0, 0), flows(-100, -100), [Flow(100, 0), Flow(-100, 0)]):
        with pytest.raises(NothingLentError, match="nothing is lent"):
            rate(none)
    for none in (flows(100), flows(100, 100), flows(0, 100)):
        with pytest.raises(NothingPaidBackError, match="nothing is paid back"):
            rate(none)


def test_flows_that_are_never_worth_nothing_have_no_rate() -> None:
    with pytest.raises(NoRateError, match="at none"):
        rate(flows(100, -230, 133))


@pytest.mark.parametrize(
    "within_a_unit",
    [
        # 10 (1 + i/5) = 30 (1 + i/10) only at i = -20
        [Flow(10, 0, Fraction(1, 10)), Flow(-30, 0, Fraction(1, 5))],
        [Flow(-10, 0, Fraction(1, 10)), Flow(30, 0, Fraction(1, 5))],
        # 10 + 10 (1 + i/2) = 100: i = 16; but 10 (1 + i/2) / (1 + i/4) never is 100
        [Flow(10, 0, Fraction(1, 4)), Flow(-100, 0, HALF)],
    ],
)
def test_simple_interest_within_a_unit_of_time_may_reach_no_rate(within_a_unit: list[Flow]) -> None:
    with pytest.raises(NoRateError, match="at none"):
        rate(within_a_unit)


@pytest.mark.parametrize(
    ("within_a_unit", "expected"),
    [
        ([Flow(10, 0, Fraction(1, 10)), Flow(-11, 0, Fraction(1, 5))], 10 / 9),  # 10 + 2i = 11 + 1.1i
        ([Flow(10, 5, Fraction(1, 10)), Flow(-9, 5, HALF)], -10 / 41),  # 10 + 5i = 9 + 0.9i
    ],
)
def test_simple_interest_within_a_unit_of_time(within_a_unit: list[Flow], expected: float) -> None:
    assert float(rate(within_a_unit)) == pytest.approx(expected, rel=1e-13)


def test_every_reason_for_no_rate_is_one_that_the_user_can_read() -> None:
    for reason in (NothingLentError, NothingPaidBackError, RateTooHighError):
        assert issubclass(reason, NoRateError)
    assert issubclass(NoRateError, PlannerError)
    assert issubclass(SeveralRatesError, PlannerError)
    assert not issubclass(SeveralRatesError, NoRateError)


def test_a_rate_beyond_what_can_be_written_is_refused() -> None:
    assert rate([Flow(1, 0), Flow(-2, log(2) / 699)]) == pytest.approx(Decimal(exp(699)), rel=Decimal("1e-9"))
    with pytest.raises(RateTooHighError, match="too high"):
        rate([Flow(1, 0), Flow(-2, log(2) / 701)])


def test_a_rate_next_to_the_loss_of_everything_is_found_where_floats_would_end() -> None:
    lent = [Flow(10**9, month) for month in range(300)]
    found = rate([*lent, Flow(-1, 301)])

    assert abs(worth([*lent, Flow(-1, 301)], found) / worth([Flow(-1, 301)], found)) < 1e-9


# --- several changes of side -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "several",
    [
        flows(-100, 230, -132),  # T48: 10 % and 20 %, of which a solver shows the one that it meets first
        flows(100, -230, 132),
        flows(-1000, 6000, -11000, 6000),  # nothing, 100 % and 200 %
        flows(1000, -6000, 11000, -6000),
        # -100 (1 + i/2) (1 + i) + 165 (1 + i) - 66: 10 % and 20 % again, with simple interest on a half
        [Flow(-100, 0), Flow(165, 0, HALF), Flow(-66, 1, HALF)],
    ],
)
def test_flows_with_more_than_one_rate_have_none(several: list[Flow]) -> None:
    with pytest.raises(SeveralRatesError):
        rate(several)


@pytest.mark.parametrize(
    ("turning", "expected"),
    [
        (flows(1000, -600, 400, -900), 0.04336591),
        (flows(1000, -1100, 1000, -1100), 0.1),
        (flows(1000, 0, -1300, 500, -250), 0.02476632),
        (flows(-100, 220, -121), 0.1),
        (
            [Flow(1000, 0), Flow(-300, 1, Fraction(6, 30)), Flow(200, 1, HALF), Flow(-1000, 2, HALF)],
            0.04181446,
        ),
        (flows(100, -300, 100, -10), 1.63487990),  # the lender owes in between, and still there is one only
    ],
)
def test_flows_that_change_sides_may_still_have_one_rate(turning: list[Flow], expected: float) -> None:
    found = rate(turning)

    assert float(found) == pytest.approx(expected, abs=1e-8)
    assert abs(worth(turning, found)) < Fraction(sum(f.amount for f in turning if f.amount > 0)) / 10**9


def test_a_charge_before_the_loan_adds_a_second_solution_that_is_left_out_if_it_is_far() -> None:
    early = flows(-100, 230, -132)  # 10 % and 20 %

    assert float(rate(early, far=0.15)) == pytest.approx(0.1, abs=1e-13)
    assert float(rate(early, far=0.1999)) == pytest.approx(0.1, abs=1e-13)
    for no_limit_between in (0.0999, 0.2001, 5.0):
        with pytest.raises(SeveralRatesError):
            rate(early, far=no_limit_between)


def test_the_limit_itself_is_not_beyond_it() -> None:
    early = flows(-100, 230, -132)
    lowest, other = _all(early)

    assert growth(early, far=lowest) == lowest
    with pytest.raises(SeveralRatesError):
        growth(early, far=other)


def test_only_a_charge_before_a_loan_is_looked_at_so() -> None:
    with pytest.raises(SeveralRatesError):
        rate(flows(100, -230, 132), far=0.15)  # it begins with the loan
    with pytest.raises(SeveralRatesError):
        rate(flows(-1000, 6000, -11000, 6000), far=0.5)  # it ends with one
    with pytest.raises(SeveralRatesError):
        # -(y - 1)(y - 2)(y - 3)(y - 4): three more solutions, not one
        rate(flows(-1, 10, -35, 50, -24), far=0.5)


def test_a_charge_before_the_loan_with_simple_interest_on_the_way() -> None:
    early = [Flow(-100, 0), Flow(165, 0, HALF), Flow(-66, 1, HALF)]  # 10 % and 20 %

    assert float(rate(early, far=0.15)) == pytest.approx(0.1, abs=1e-12)


def test_growth_is_the_logarithm_of_one_and_the_rate() -> None:
    assert growth(flows(1000, -1100)) == pytest.approx(log(1.1), rel=1e-14)
    assert growth(flows(-100, 230, -132), far=log(1.15)) == pytest.approx(log(1.1), rel=1e-12)


# --- what proves a solution ------------------------------------------------------------------------


def test_a_solution_has_to_leave_less_than_a_billionth() -> None:
    loan = flows(1000, -1100)
    right = log(1.1)

    assert checked(loan, right) == right
    # The difference over both together is half the change of the logarithm.
    assert checked(loan, right + 0.9e-9) == right + 0.9e-9
    assert checked(loan, right - 0.9e-9) == right - 0.9e-9
    for wrong in (right + 1.1e-9, right - 1.1e-9, 0.0):
        with pytest.raises(NoRateError):
            checked(loan, wrong)


def test_a_solution_beside_nothing_is_nothing_where_nothing_is_charged() -> None:
    assert checked(flows(1000, -1000), 1e-13) == 0
    assert checked(flows(1000, -1000), -1e-13) == 0
    assert checked(flows(1000, -1000), 1e-11) == 1e-11
    assert checked([Flow(10**13, 0), Flow(-(10**13) - 1, 1)], 1e-13) == 1e-13


@pytest.mark.parametrize(
    ("amounts", "solution", "alone"),
    [
        ((1000, -600, 400, -900), 0.0433659, True),
        ((-1000, 600, -400, 900), 0.0433659, True),
        ((1000, -1100, 1000, -1100), 0.1, False),  # between the loans nobody owes anything
        ((-100, 230, -132), 0.1, False),
        ((-100, 230, -132), 0.2, False),
        ((100, -300, 100, -10), 1.6348799, False),
        ((1000, -1100), 0.1, True),
    ],
)
def test_where_one_side_owes_all_the_time_there_is_no_other_rate(
    amounts: tuple[int, ...],
    solution: float,
    alone: bool,  # noqa: FBT001 - what is expected
) -> None:
    assert never_turns(flows(*amounts), log(1 + solution)) is alone


def test_a_balance_counts_what_was_earned_on_it() -> None:
    # 1000 grow to 1100, so that paying 1050 leaves 50, which grow to 55.
    still = flows(1000, -1050, -55)
    # After paying 1150, the lender owes 50.
    turned = flows(1000, -1150, 100, -49)

    assert never_turns(still, log(1.1))
    assert not never_turns(turned, growth(turned))


def test_a_balance_may_be_small_or_be_worth_more_than_floats_hold() -> None:
    lent = [Flow(10**9, month) for month in range(40)]

    assert never_turns(flows(Decimal("0.01"), Decimal("-0.011")), log(1.1))
    assert never_turns([*lent, Flow(-1, 41)], growth([*lent, Flow(-1, 41)]))


# --- the quick way, and the way that is always there -----------------------------------------------


def refuse(*_: object) -> float:
    raise AssertionError("this is not needed here")


ONE_CHANGE = [
    (flows(1000, -1100), 0.1),
    (flows(-1000, 1100), 0.1),
    (flows(1000, -900), -0.1),
    (flows(1000, -60, -60, -1060), 0.06),
    (flows(1000, 1000, -1100, -1331), 0.1),  # 1331 + 1210 = 1210 + 1331
    (flows(-1000, -1000, 1100, 1331), 0.1),
    ([Flow(1000, 0), Flow(-1050, 0, HALF)], 0.1),
    ([Flow(-1000, 0), Flow(1050, 0, HALF)], 0.1),
    ([Flow(1000, 0, HALF), Flow(-1100, 1, HALF)], 0.1),
    ([Flow(1000, 0), Flow(-315, 0, HALF), Flow(-847, 2)], 0.1),  # 300 + 700
    (flows(1, -1_000_001), 1_000_000.0),
]


@pytest.mark.parametrize(("given_flows", "expected"), ONE_CHANGE)
def test_newtons_steps_suffice_for_a_loan(
    given_flows: list[Flow], expected: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "_bracketed", refuse)
    monkeypatch.setattr(solver, "_all", refuse)

    assert float(rate(given_flows)) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("given_flows", "expected"), ONE_CHANGE)
def test_halving_a_bracket_finds_the_same(
    given_flows: list[Flow], expected: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "_newton", lambda _: None)
    monkeypatch.setattr(solver, "_all", refuse)

    assert float(rate(given_flows)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("given_flows", "expected"), ONE_CHANGE)
def test_the_full_search_finds_the_same(
    given_flows: list[Flow], expected: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "_newton", lambda _: None)
    monkeypatch.setattr(solver, "_bracketed", lambda _: None)

    assert float(rate(given_flows)) == pytest.approx(expected, rel=1e-12)


def test_a_balance_that_never_turns_needs_no_full_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "_newton", refuse)
    monkeypatch.setattr(solver, "_all", refuse)

    assert float(rate(flows(1000, -600, 400, -900))) == pytest.approx(0.0433659095, abs=1e-10)


def test_a_balance_that_turns_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "_all", lambda _: (log(1.5),))

    with pytest.raises(NoRateError):  # the solution that the search was made to say is none
        rate(flows(100, -300, 100, -10))


def test_flows_that_end_on_the_side_where_they_begin_are_not_bracketed() -> None:
    assert _bracketed(flows(-100, 230, -132)) is None
    assert _bracketed(flows(100, -230, 132)) is None
    assert _bracketed(flows(100, -110)) == pytest.approx(log(1.1), rel=1e-14)
    assert _bracketed(flows(-100, 110)) == pytest.approx(log(1.1), rel=1e-14)
    # 10 (1 + i/5) = 12 (1 + i/2) at i = -1/2, within one unit of time.
    assert _bracketed([Flow(-12, 3, Fraction(1, 5)), Flow(10, 3, HALF)]) == pytest.approx(log(0.5), rel=1e-14)
    # 10 (1 + i) = 15 (1 + i/2) at i = 2, and 10 (1 + i) = 30 (1 + i/2) at i = -4.
    assert _bracketed([Flow(10, 0, HALF), Flow(-15, 1)]) == pytest.approx(log(3), rel=1e-14)
    assert _bracketed([Flow(10, 0, HALF), Flow(-30, 1)]) is None
    # Of equal weight at very high rates: 2 / (1 + i/10) and 4 / (1 + i/5).
    assert _bracketed([Flow(2, 0, Fraction(1, 10)), Flow(-4, 0, Fraction(1, 5))]) is None
    # At -100 %: 10 / (1 - 1/2) and 16 / (1 - 1/5).
    assert _bracketed([Flow(16, 3, Fraction(1, 5)), Flow(-10, 3, HALF)]) is None


@pytest.mark.parametrize(
    "only_at_an_end",
    [
        [Flow(2, 0, Fraction(1, 10)), Flow(-4, 0, Fraction(1, 5))],
        [Flow(16, 3, Fraction(1, 5)), Flow(-10, 3, HALF)],
        [Flow(-2, 0, Fraction(1, 10)), Flow(4, 0, Fraction(1, 5))],
    ],
)
def test_worths_that_come_near_each_other_without_end_are_never_equal(only_at_an_end: list[Flow]) -> None:
    assert _newton(only_at_an_end) is None
    with pytest.raises(NoRateError, match="at none"):
        rate(only_at_an_end)


def test_newtons_steps_end_where_floats_do() -> None:
    lent = [Flow(10**9, month) for month in range(300)]

    assert _newton([*lent, Flow(-1, 301)]) is None
    assert _bracketed([*lent, Flow(-1, 301)]) == pytest.approx(growth([*lent, Flow(-1, 301)]), rel=1e-12)


def test_flows_are_netted_in_the_order_of_their_times() -> None:
    assert _netted(
        [Flow(5, 1, HALF), Flow(-2, 1), Flow(3, 0), Flow(-1, 1, HALF), Flow(7, 9), Flow(-7, 9)]
    ) == [
        Flow(3, 0),
        Flow(-2, 1),
        Flow(4, 1, HALF),
    ]
    assert _netted([Flow(5, 1, Fraction(1)), Flow(1, 2)]) == [Flow(6, 2)]


def test_what_is_lent_and_what_is_paid_are_two_sides() -> None:
    assert _sides([Flow(3, 0), Flow(Decimal("-2.5"), 1), Flow(4, 1, HALF)]) == (
        [(0, 0.0, 3.0), (1, 0.5, 4.0)],
        [(1, 0.0, 2.5)],
    )


def meeting(i: Fraction, j: Fraction, parts: tuple[Fraction, Fraction]) -> list[Flow]:
    """-1, then b after a part of a unit, then -c after a unit and a part, worth nothing at two rates."""
    (v, w), (x, y) = ((1 / (1 + r * parts[0]), 1 / ((1 + r * parts[1]) * (1 + r))) for r in (i, j))
    b, c = (w - y) / (w * x - v * y), (v - x) / (w * x - v * y)
    whole = b.denominator * c.denominator
    return [Flow(-whole, 0), Flow(int(b * whole), 0, parts[0]), Flow(-int(c * whole), 1, parts[1])]


@pytest.mark.parametrize("parts", [(HALF, HALF), (HALF, Fraction(1, 4)), (Fraction(1, 30), Fraction(29, 30))])
@pytest.mark.parametrize(("lower", "higher"), [("0.1", "0.2"), ("-0.3", "0.05"), ("0.02", "3")])
def test_all_roots_are_found_with_simple_interest_on_parts(
    lower: str, higher: str, parts: tuple[Fraction, Fraction]
) -> None:
    found = _all(meeting(Fraction(lower), Fraction(higher), parts))

    assert [exp(x) - 1 for x in found] == pytest.approx([float(lower), float(higher)], rel=1e-9)
    later = [flow._replace(time=flow.time + 7) for flow in meeting(Fraction(lower), Fraction(higher), parts)]
    assert _all(later) == pytest.approx(found, rel=1e-9)


def test_worth_and_mean_time_by_hand() -> None:
    point = log(1.1)

    assert _worth([(0.0, 0.0, 100.0)], point) == pytest.approx((100, 0))
    assert _worth([(1.0, 0.0, 110.0), (2.0, 0.0, 363.0)], point) == pytest.approx((400, 1.75))
    assert _worth([(0.0, 0.5, 105.0)], point) == pytest.approx((100, 0.5 * 1.1 / 1.05))
    assert _worth([(1.0, 0.5, 115.5), (0.0, 0.0, 300.0)], point) == pytest.approx(
        (400, (1 + 0.5 * 1.1 / 1.05) / 4)
    )


def test_the_discount_of_a_flow_has_no_end() -> None:
    third = Flow(1, 2, Fraction(1, 5))

    assert _discount(third, 1000.0) == pytest.approx(-(3000 + log(0.2)), rel=1e-15)
    assert _discount(third, -1000.0) == pytest.approx(2000 - log(0.8), rel=1e-15)


@pytest.mark.parametrize(
    ("term", "i", "expected"),
    [
        (Flow(1, 0), 0.1, 1.0),
        (Flow(1, 2), 0.1, 1.21),
        (Flow(1, 0, HALF), 0.1, 1.05),
        (Flow(1, 2, HALF), 0.1, 1.05 * 1.21),
        (Flow(1, 2, HALF), -0.5, 0.75 * 0.25),
        (Flow(1, 2, Fraction(1, 5)), 0.0, 1.0),
        (Flow(1, 2, Fraction(1, 5)), 9.0, 2.8 * 100),
        (Flow(1, 2, Fraction(1, 5)), -0.9, 0.82 * 0.01),
    ],
)
def test_the_discount_of_a_flow(term: Flow, i: float, expected: float) -> None:
    assert _discount(term, log(1 + i)) == pytest.approx(-log(expected), abs=1e-14)


# --- against other solvers -------------------------------------------------------------------------

payments = st.lists(st.integers(1, 10_000_00), min_size=1, max_size=36)
gains = st.floats(-0.5, 1.5, allow_nan=False)


def loan_of(paid: list[int], gain: float) -> list[int]:
    return [max(round(sum(paid) / (1 + gain)), 1), *(-payment for payment in paid)]


@given(payments, gains)
def test_the_rate_agrees_with_two_other_solvers(paid: list[int], gain: float) -> None:
    amounts = loan_of(paid, gain)
    ours = float(internal_rate(amounts))

    assert abs(worth(flows(*amounts), Fraction(ours))) * 10**9 < amounts[0]
    for theirs in (pyxirr.irr(amounts), npf.irr(amounts)):
        if theirs is not None and not isnan(theirs) and theirs > -0.99:
            assert ours == pytest.approx(theirs, abs=1e-6)


@given(st.integers(1, 60), st.integers(100, 10_000_00), st.floats(0.9, 3.0))
def test_the_rate_of_a_level_payment_agrees_with_a_spreadsheet_function(
    count: int, lent: int, paid: float
) -> None:
    payment = max(round(lent * paid / count), 1)
    ours = float(internal_rate([lent, *[-payment] * count]))
    theirs = pyxirr.rate(count, -payment, lent)

    if theirs is not None and theirs > -0.99:
        assert ours == pytest.approx(theirs, abs=1e-7)


@given(
    st.lists(st.tuples(st.integers(1, 4000), st.integers(1, 100_000)), min_size=1, max_size=12),
    st.integers(1, 1_000_000),
)
def test_the_rate_of_dated_flows_agrees_with_another_solver(paid: list[tuple[int, int]], lent: int) -> None:
    days = [0, *(day for day, _ in paid)]
    amounts = [lent, *(-amount for _, amount in paid)]
    ours = growth(Flow(amount, day / 365) for day, amount in zip(days, amounts, strict=True))
    assume(abs(ours) < 3)
    theirs = pyxirr.xirr([date(2001, 1, 1) + timedelta(days=day) for day in days], amounts)

    if theirs is not None:
        assert exp(ours) - 1 == pytest.approx(theirs, abs=1e-6 * max(1, exp(ours)))


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=24))
def test_whatever_is_found_is_a_solution_and_the_rest_is_refused_with_a_reason(
    amounts: list[int],
) -> None:
    try:
        found = rate(flows(*amounts))
    except PlannerError:
        return
    left = worth(flows(*amounts), found)
    size = sum(abs(worth([flow], found)) for flow in flows(*amounts))
    assert abs(left) <= size / 10**9


# --- what has to hold for any loan -----------------------------------------------------------------


@given(payments, gains, st.integers(0, 35), st.integers(1, 10_000))
def test_a_higher_payment_never_lowers_the_rate(paid: list[int], gain: float, which: int, more: int) -> None:
    amounts = loan_of(paid, gain)
    dearer = list(amounts)
    dearer[1 + which % len(paid)] -= more

    assert internal_rate(dearer) >= internal_rate(amounts) - Decimal("1e-12")


@given(payments, st.floats(0.0, 1.5, allow_nan=False), st.integers(0, 35), st.integers(1, 12))
def test_paying_the_same_later_lowers_a_rate_above_nothing(
    paid: list[int], gain: float, which: int, later: int
) -> None:
    amounts = loan_of(paid, gain)
    assume(sum(amounts) < 0)
    moved = [Flow(amount, time) for time, amount in enumerate(amounts)]
    chosen = 1 + which % len(paid)
    moved[chosen] = moved[chosen]._replace(time=moved[chosen].time + later)

    assert rate(moved) < internal_rate(amounts) + Decimal("1e-12")


@given(payments, gains, st.sampled_from([Decimal("0.01"), 3, 1000, Decimal("1e6")]))
def test_the_unit_of_money_does_not_matter(paid: list[int], gain: float, unit: Decimal | int) -> None:
    amounts = loan_of(paid, gain)

    assert internal_rate([amount * unit for amount in amounts]) == pytest.approx(
        internal_rate(amounts), abs=Decimal("1e-12")
    )


@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.integers(0, 29), st.integers(1, 10_000)), min_size=1, max_size=12
    ),
    st.fractions(Fraction(-3, 10), Fraction(1, 5), max_denominator=1000),
)
def test_flows_made_from_a_rate_give_it_back(paid: list[tuple[int, int, int]], made_from: Fraction) -> None:
    later = [Flow(-amount, time, Fraction(part, 30)) for time, part, amount in paid]
    lent = -worth(later, made_from)
    scale = 10**12
    whole = [Flow(round(lent * scale), 0), *(flow._replace(amount=flow.amount * scale) for flow in later)]

    assert float(rate(whole)) == pytest.approx(float(made_from), abs=1e-9)


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 29), st.integers(-9, 9)), min_size=2, max_size=7)
)
def test_a_single_rate_with_simple_interest_on_parts_is_the_only_one(
    drawn: list[tuple[int, int, int]],
) -> None:
    made = [Flow(amount, time, Fraction(part, 30)) for time, part, amount in drawn]
    try:
        found = float(rate(made))
    except PlannerError:
        return
    # Wherever the worth changes its sign on a grid, the solution is there.
    grid = [n / 20 for n in range(-18, 200)]
    signs = []
    for i in grid:
        worths = [a / ((1 + p / 30 * i) * (1 + i) ** t) for t, p, a in drawn]
        if abs(fsum(worths)) > 1e-9 * max(map(abs, worths)):
            signs.append((i, fsum(worths) > 0))
    turns = [(low, high) for (low, a), (high, b) in pairwise(signs) if a is not b]

    assert all(low <= found <= high for low, high in turns)
