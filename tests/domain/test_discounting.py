from datetime import date
from decimal import Decimal
from math import isclose

import pytest
import pyxirr
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.domain.apr import NoRateError
from planner.domain.interest.discounting import (
    dated_internal_rate,
    dated_present_value,
    internal_rate_near,
    nearest_root,
    net_present_value,
)


def figures(*values: str | int) -> list[Decimal]:
    return [Decimal(value) for value in values]


DAYS = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        # support.microsoft.com, the IRR function.
        (figures(-70000, 12000, 15000, 18000, 21000), -0.0212448482734),
        (figures(-70000, 12000, 15000, 18000, 21000, 26000), 0.0866309480365),
        (figures(-70000, 12000, 15000), -0.443506941334),
        # formulajs, test/financial.js.
        (figures(-75000, 12000, 15000, 18000, 21000, 24000), 0.05715142887178467),
        (figures(-4500, 3045, 2371), 0.13918184162670671),
        # numpy-financial's tests; the last two have several rates, of which the nearest to 10 % is meant.
        (figures(-100, 39, 59, 55, 20), 0.2809484),
        (figures(-100, 0, 0, 74), -0.0954958),
        (figures(-100, 100, 0, -7), -0.0832996),
        (figures(-100, 100, 0, 7), 0.0620585),
        (figures(-5, "10.5", 1, -8, 1), 0.0885983),
        (figures(-100, 50, 50), 0.0),
    ],
)
def test_the_internal_rate_of_published_flows(flows: list[Decimal], expected: float) -> None:
    assert float(internal_rate_near(flows)) == pytest.approx(expected, abs=1e-7)


def test_of_several_rates_the_one_nearest_to_the_guess_is_taken() -> None:
    # -1 + 2.3/(1+i) - 1.32/(1+i)²: 10 % and 20 %.
    flows = figures(-1, "2.3", "-1.32")

    assert float(internal_rate_near(flows, Decimal("0.05"))) == pytest.approx(0.1, abs=1e-9)
    assert float(internal_rate_near(flows, Decimal("0.25"))) == pytest.approx(0.2, abs=1e-9)
    assert float(dated_internal_rate(flows, [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)])) == (
        pytest.approx(0.1, abs=1e-9)
    )


@pytest.mark.parametrize("flows", [figures(1, 2, 3), figures(-1, -2), figures(0, 0)[:1]])
def test_flows_that_do_not_change_their_sign_have_no_rate(flows: list[Decimal]) -> None:
    if any(flows):
        with pytest.raises(NoRateError):
            internal_rate_near(flows)
        with pytest.raises(NoRateError):
            dated_internal_rate(flows, DAYS[: len(flows)])


def test_forty_years_of_months_have_a_rate_that_nothing_makes_too_large() -> None:
    # 100,000 at 0.5 % a month over 480 months is about 550.21; and less than is lent. Both by pyxirr.irr.
    rate = internal_rate_near(figures(100000, *["-550.213927"] * 480))
    below = internal_rate_near(figures(100000, *["-100"] * 480))

    assert float(rate) == pytest.approx(0.005000003423676, abs=1e-12)
    assert float(below) == pytest.approx(-0.002749708849754, abs=1e-12)


def test_dated_flows_as_microsoft_has_them() -> None:
    flows = figures(-10000, 2750, 4250, 3250, 2750)

    assert float(dated_internal_rate(flows, DAYS)) == pytest.approx(0.373362535, abs=1e-8)
    assert float(dated_present_value(Decimal("0.09"), flows, DAYS)) == pytest.approx(2086.647602, abs=1e-6)


def test_the_net_present_value_as_microsoft_has_it() -> None:
    assert float(net_present_value(Decimal("0.1"), figures(-10000, 3000, 4200, 6800))) == pytest.approx(
        1188.44, abs=0.005
    )
    assert net_present_value(Decimal(0), figures(1, 2, 3)) == 6
    assert net_present_value(Decimal(1), figures(4)) == 2


def test_a_root_that_is_looked_at_is_found_exactly_and_none_is_made_up() -> None:
    assert nearest_root(lambda rate: rate, 5.0) == 0
    assert nearest_root(lambda rate: rate - 0.25, 0.0) == pytest.approx(0.25, abs=1e-15)
    assert nearest_root(lambda rate: 0.25 - rate, 0.0) == pytest.approx(0.25, abs=1e-15)
    assert nearest_root(lambda rate: rate + 0.999, 0.0) == pytest.approx(-0.999, abs=1e-15)
    assert nearest_root(lambda rate: rate - 9000, 0.0) == pytest.approx(9000, rel=1e-12)
    assert nearest_root(lambda rate: 1 + rate * rate, 0.0) is None
    assert nearest_root(lambda rate: rate - 20_000, 0.0) is None


@given(
    st.integers(1, 10**7),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any),
)
def test_a_compiled_solver_finds_the_same_rate(lent: int, paid: list[int]) -> None:
    flows = [-lent, *paid]
    theirs = pyxirr.irr(flows)
    assume(theirs is not None and -0.99 < theirs < 1000)

    ours = internal_rate_near(figures(*flows))

    assert theirs is not None
    assert isclose(float(ours), theirs, rel_tol=1e-6, abs_tol=1e-9)
