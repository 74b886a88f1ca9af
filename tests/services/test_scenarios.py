"""What-ifs that are kept, and seen side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.money import Money
from planner.domain.payoff.scenario import Lump, Scenario, Trial
from planner.domain.payoff.side_by_side import ScenarioResult, compare_scenarios
from planner.errors import PlannerError
from planner.phrases import Phrase
from planner.services.bills import AmountNotPositiveError
from planner.services.scenarios import (
    ScenarioBelowNothingError,
    ScenarioKnownError,
    ScenarioNameError,
    ScenarioPlansError,
    delete_scenario,
    save_scenario,
    scenarios_of,
)
from planner.store.changes import inverse
from planner.store.store import Store
from tests.domain import telling

DAY = date(2027, 6, 18)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


# --- keeping ------------------------------------------------------------------------------------------


def test_a_what_if_is_kept_under_its_name_and_can_be_taken_away(store: Store) -> None:
    with store.transaction():
        kept = save_scenario(store, Scenario("CNY", "  More income ", income=cny(100_000)))
        other = save_scenario(store, Scenario("EUR", "More income"))
    assert kept.name == "More income"
    assert scenarios_of(store, "CNY") == [kept]
    assert scenarios_of(store, "EUR") == [other]

    with store.transaction() as journal:
        delete_scenario(store, kept.id)
    assert scenarios_of(store, "CNY") == []
    store.apply(inverse(journal.changes))
    assert scenarios_of(store, "CNY") == [kept]


def test_a_what_if_can_be_changed_under_its_own_name(store: Store) -> None:
    with store.transaction():
        kept = save_scenario(store, Scenario("CNY", "More income"))
        changed = save_scenario(store, replace(kept, extra=cny(5)))

    assert scenarios_of(store, "CNY") == [changed]


@pytest.mark.parametrize(
    ("scenario", "refused"),
    [
        (Scenario("CNY", " "), ScenarioNameError),
        (Scenario("CNY", "More income "), ScenarioKnownError),
        (Scenario("CNY", "A", lumps=(Lump(DAY, cny(1)), Lump(DAY, cny(0)))), AmountNotPositiveError),
        (Scenario("CNY", "A", trial=Trial("jd", DAY, cny(-1))), AmountNotPositiveError),
        (Scenario("CNY", "A", reserve=cny(-1)), ScenarioBelowNothingError),
        (Scenario("CNY", "A", extra=cny(-1)), ScenarioBelowNothingError),
        (Scenario("CNY", "A", new_purchases=cny(-1)), ScenarioBelowNothingError),
        (Scenario("CNY", "A", most_plans=-1), ScenarioPlansError),
    ],
)
def test_what_cannot_be_assumed_is_refused(
    store: Store, scenario: Scenario, refused: type[PlannerError]
) -> None:
    with store.transaction():
        save_scenario(store, Scenario("CNY", "More income"))
    with pytest.raises(refused), store.transaction():
        save_scenario(store, scenario)
    assert len(scenarios_of(store, "CNY")) == 1


def test_nothing_at_all_and_less_income_can_be_assumed(store: Store) -> None:
    nothing = Scenario(
        "CNY",
        "Nothing",
        cny(-1),
        cny(0),
        cny(0),
        new_purchases=cny(0),
        most_plans=0,
        trial=Trial("jd", DAY, cny(1)),
    )
    with store.transaction():
        save_scenario(store, nothing)

    assert scenarios_of(store, "CNY") == [nothing]


# --- side by side -------------------------------------------------------------------------------------

FIRST = ScenarioResult(
    "", Phrase("As recorded"), cny(11_700), cny(0), date(2027, 5, 10), cny(50), 2, is_proved=True
)
DEARER = ScenarioResult("b", Phrase.own("No bonus"), cny(15_300), cny(0), date(2027, 3, 10), cny(0), 1)
LATE = ScenarioResult("c", Phrase.own("Ill"), cny(9_000), cny(600), date(2027, 5, 15), cny(0), 1)
NONE = ScenarioResult("d", Phrase.own("No pay"), not_feasible=Phrase("300 too little on 10 December"))


def test_each_what_if_stands_beside_the_first() -> None:
    rows = compare_scenarios([FIRST, DEARER, LATE, NONE])

    assert [row.result for row in rows] == [FIRST, DEARER, LATE, NONE]
    assert [row.more.value if row.more is not None else None for row in rows] == [
        None,
        cny(3_600),
        cny(-2_700),
        None,
    ]
    assert [row.later for row in rows] == [None, -61, 5, None]


def test_less_late_cost_comes_before_a_lower_cost() -> None:
    rows = compare_scenarios([LATE, FIRST, DEARER, NONE])

    assert [row.is_cheapest for row in rows] == [False, True, False, False]
    assert [row.is_first_done for row in rows] == [False, False, True, False]
    same = compare_scenarios([FIRST, replace(FIRST, id="again")])
    assert [row.is_cheapest for row in same] == [True, True]


def test_the_difference_says_how_it_was_made() -> None:
    more = compare_scenarios([FIRST, DEARER])[1].more

    assert more is not None
    assert telling.given(more) == [("As recorded", cny(11_700)), ("No bonus", cny(15_300))]
    assert telling.steps(more) == [("How much more", cny(3_600))]
    assert telling.rule(more) == "How much more it costs = its cost − the cost of the first one"


def test_without_a_plan_there_is_nothing_to_compare() -> None:
    (only,) = compare_scenarios([NONE])
    assert (only.more, only.later, only.is_cheapest, only.is_first_done) == (None, None, False, False)

    rows = compare_scenarios([NONE, FIRST])
    assert (rows[1].more, rows[1].later, rows[1].is_cheapest, rows[1].is_first_done) == (
        None,
        None,
        True,
        True,
    )
    assert compare_scenarios([]) == ()
