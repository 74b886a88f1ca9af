"""Which bills can simply be paid in full."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from planner.domain.optimum.check import check
from planner.domain.optimum.in_full import in_full
from planner.domain.optimum.options.listed import stream
from planner.domain.optimum.problem import Decision, Limits, Option, OptionKind, Problem
from planner.phrases import Phrase
from tests.domain.late_cases import yuan

MONTHS = [date(2026, 11, 22), date(2026, 12, 22), date(2027, 1, 22), date(2027, 2, 22)]


def decision(name: str, owed: str, **ways: list[str]) -> Decision:
    options = []
    for way, flows in ways.items():
        end = stream(zip(MONTHS, map(yuan, flows), strict=True), yuan(owed))
        kind = OptionKind.FULL if way == "full" else OptionKind.INSTALMENTS
        options.append(Option(way, kind, Phrase(way), end, end))
    return Decision(name, Phrase(name), name, name, yuan(owed), tuple(options))


def problem(reserve: str = "200.00", limits: Limits | None = None) -> Problem:
    """The golden instance of two bills: all in full is not possible, the second in instalments is best."""
    first = decision("A", "1200", full=["1200", "0", "0", "0"], i3=["0", "406.00", "406.00", "406.00"])
    second = decision("B", "600", full=["600", "0", "0", "0"], i3=["0", "205.00", "205.00", "205.00"])
    cash = tuple((on, yuan(str(1500 + 500 * number))) for number, on in enumerate(MONTHS))
    return Problem("CNY", MONTHS[0], (first, second), cash, yuan(reserve), limits or Limits())


@pytest.mark.row("C028")
def test_a_bill_is_suggested_in_full_where_the_cash_stays_on_the_reserve_on_every_day() -> None:
    found = in_full(problem(), {"A": "full", "B": "i3"})

    # A in full leaves 300.00; B in full beside it would leave −300.00.
    assert [(each.decision_id, each.is_chosen) for each in found] == [("A", True)]
    assert (found[0].lowest.value, found[0].lowest_on) == (yuan("300.00"), MONTHS[0])
    assert str(found[0].words) == (
        "A can be paid in full: on no day less than 300.00 CNY is left, on 2026-11-22."
    )
    given = found[0].lowest.derivation.given
    assert [str(each.value) for each in given] == ["1500.00 CNY", "-1200.00 CNY"]


@pytest.mark.row("C028")
def test_either_of_two_bills_can_be_paid_in_full_while_the_other_is_not() -> None:
    found = in_full(problem(), {"A": "i3", "B": "i3"})

    assert [(each.decision_id, each.is_chosen) for each in found] == [("A", False), ("B", False)]


@pytest.mark.row("C028")
@pytest.mark.parametrize(("reserve", "is_suggested"), [("300.00", True), ("300.01", False)])
def test_exactly_the_reserve_is_enough(reserve: str, is_suggested: bool) -> None:  # noqa: FBT001
    found = in_full(problem(reserve), {"A": "full", "B": "i3"})

    assert bool(found) is is_suggested


def test_a_reserve_that_may_be_used_is_no_hindrance() -> None:
    assert in_full(problem("5000.00", Limits(keeps_reserve=False)), {"A": "full", "B": "i3"})


def test_balances_before_today_do_not_count() -> None:
    asked = problem()
    earlier = replace(asked, cash=((date(2026, 11, 1), yuan("0.00")), *asked.cash))

    assert in_full(earlier, {"A": "full", "B": "i3"}) == in_full(asked, {"A": "full", "B": "i3"})


@pytest.mark.row("C028")
def test_what_costs_least_pays_every_bill_in_full_that_can_be() -> None:
    asked = problem()
    feasible = []
    for choice in product(("full", "i3"), repeat=2):
        chosen = dict(zip(("A", "B"), choice, strict=True))
        if check(asked, chosen).holds:
            cost = sum(each.option(chosen[each.id]).high.cost.minor for each in asked.decisions)
            feasible.append((cost, chosen))
    cost, best = min(feasible, key=lambda each: each[0])

    assert (cost, best) == (1500, {"A": "full", "B": "i3"})
    assert all(each.is_chosen for each in in_full(asked, best))
