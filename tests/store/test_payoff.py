"""Adopted plans and what-ifs in the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.adopted.plan import AdoptedPlan, Method, PlannedPayment, Todo, TodoState
from planner.domain.money import Money
from planner.domain.optimum.problem import OptionKind
from planner.domain.payoff.scenario import Lump, Order, Scenario, Trial
from planner.store.changes import inverse, tables_of
from planner.store.store import Store
from tests.stores import empty_store


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


ASKED = Todo(
    "jd",
    "bill",
    OptionKind.INSTALMENTS,
    6,
    date(2026, 12, 10),
    TodoState.ASKED,
    date(2026, 11, 20),
    "hotline",
)
OPEN = Todo("jd", "other", OptionKind.LATE, 1)
PLAN = AdoptedPlan(
    "CNY",
    Method.AVALANCHE,
    date(2026, 11, 22),
    cny(3_600),
    cny(600),
    is_proved=True,
    payments=(
        PlannedPayment(
            "jd", "bill", date(2026, 12, 10), cny(40_600), cny(40_000), cny(500), cny(100), ASKED.id, cny(600)
        ),
        PlannedPayment("hb", "", date(2026, 12, 11), cny(100), cny(100), cny(0), cny(0)),
        PlannedPayment("hb", "row", date(2027, 1, 9), cny(90), cny(100), cny(-10), cny(0), "", cny(-10)),
    ),
    todos=(ASKED, OPEN),
    ended_on=date(2026, 12, 1),
)
SCENARIO = Scenario(
    "CNY",
    "Without the bonus",
    income=cny(-50_000),
    reserve=cny(0),
    extra=cny(20_000),
    lumps=(Lump(date(2027, 2, 1), cny(100_000)), Lump(date(2026, 12, 24), cny(1))),
    new_purchases=cny(30_000),
    trial=Trial("jd", date(2027, 6, 18), cny(99_900)),
    order=Order.OWN,
    most_plans=2,
    avoided=("Huabei", "京东“白条”"),
    keeps_reserve=False,
)


def test_an_adopted_plan_comes_back_as_it_was_kept(store: Store) -> None:
    with store.transaction():
        store.adopted_plans.save(PLAN)

    assert store.adopted_plans.all() == [PLAN]
    assert store.adopted_plans.get(PLAN.id) == PLAN


def test_a_plan_that_is_changed_loses_the_payments_and_to_dos_it_has_no_more(store: Store) -> None:
    changed = replace(PLAN, payments=PLAN.payments[1:], todos=(replace(ASKED, state=TodoState.ACCEPTED),))
    with store.transaction():
        store.adopted_plans.save(PLAN)
    with store.transaction() as journal:
        store.adopted_plans.save(changed)

    assert store.adopted_plans.all() == [changed]
    assert tables_of(journal.changes) == {"planned_payments", "plan_todos"}


def test_only_a_plan_without_an_end_is_followed(store: Store) -> None:
    running = replace(PLAN, id="running", payments=(), todos=(), ended_on=None)
    seen = [store.has_adopted_plan]
    for plan in (PLAN, running):
        with store.transaction():
            store.adopted_plans.save(plan)
        seen.append(store.has_adopted_plan)

    assert seen == [False, False, True]
    assert store.adopted_plans.followed() == [running]


def test_a_to_do_leads_to_its_plan(store: Store) -> None:
    other = replace(PLAN, id="other", payments=(), todos=())
    with store.transaction():
        store.adopted_plans.save(other)
        store.adopted_plans.save(PLAN)

    assert store.adopted_plans.of_todo(OPEN.id) == PLAN
    with pytest.raises(KeyError):
        store.adopted_plans.of_todo("nothing")


def test_plans_are_listed_by_the_day_they_were_adopted(store: Store) -> None:
    earlier = replace(PLAN, id="earlier", adopted_on=date(2026, 10, 1), payments=(), todos=())
    with store.transaction():
        store.adopted_plans.save(PLAN)
        store.adopted_plans.save(earlier)

    assert [plan.id for plan in store.adopted_plans.all()] == ["earlier", PLAN.id]


def test_a_deleted_plan_leaves_nothing_behind(store: Store) -> None:
    with store.transaction():
        store.adopted_plans.save(PLAN)
    with store.transaction() as journal:
        store.adopted_plans.delete(PLAN.id)

    assert store.connection.execute("SELECT count(*) FROM planned_payments").fetchone()[0] == 0
    assert store.connection.execute("SELECT count(*) FROM plan_todos").fetchone()[0] == 0
    store.apply(inverse(journal.changes))
    assert store.adopted_plans.all() == [PLAN]


def test_a_what_if_comes_back_as_it_was_kept(store: Store) -> None:
    empty = Scenario("EUR", "Nothing changed")
    with store.transaction():
        store.scenarios.save(SCENARIO)
        store.scenarios.save(empty)

    assert store.scenarios.all() == [SCENARIO, empty]
    assert store.scenarios.of_currency("EUR") == [empty]
    assert store.scenarios.of_currency("GBP") == []


def test_the_lenders_that_are_avoided_stand_in_the_file_as_a_readable_list(store: Store) -> None:
    with store.transaction():
        store.scenarios.save(SCENARIO)

    row = store.connection.execute("SELECT avoided FROM scenarios").fetchone()
    assert row["avoided"] == '["Huabei", "京东“白条”"]'


def test_a_what_if_that_is_changed_keeps_only_its_own_lump_sums(store: Store) -> None:
    with store.transaction():
        store.scenarios.save(SCENARIO)
    changed = replace(SCENARIO, lumps=SCENARIO.lumps[1:], trial=None, most_plans=None)
    with store.transaction() as journal:
        store.scenarios.save(changed)
    assert store.scenarios.all() == [changed]

    store.apply(inverse(journal.changes))
    assert store.scenarios.all() == [SCENARIO]

    with store.transaction():
        store.scenarios.delete(SCENARIO.id)
    assert store.connection.execute("SELECT count(*) FROM scenario_lumps").fetchone()[0] == 0


amounts = st.none() | st.integers(-(10**12), 10**12).map(cny)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    amounts,
    amounts,
    st.none() | st.integers(0, 9),
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=4),
    st.booleans(),
)
def test_any_what_if_comes_back(
    name: str,
    income: Money | None,
    extra: Money | None,
    most: int | None,
    avoided: list[str],
    keeps: bool,  # noqa: FBT001
) -> None:
    scenario = Scenario(
        "CNY",
        name.replace("\0", ""),
        income,
        None,
        extra,
        most_plans=most,
        avoided=tuple(avoided),
        keeps_reserve=keeps,
    )
    store = empty_store()
    try:
        with store.transaction():
            store.scenarios.save(scenario)
        assert store.scenarios.get(scenario.id) == scenario
    finally:
        store.connection.close()


def test_plans_and_what_ifs_are_in_a_copy_of_the_file(tmp_path: Path) -> None:
    path, copy = tmp_path / "mine.db", tmp_path / "copy.db"
    store = Store.create(path)
    with store.transaction():
        store.adopted_plans.save(PLAN)
        store.scenarios.save(SCENARIO)
    store.save_copy(copy)
    store.close()

    copied = Store.open(copy)
    assert copied.adopted_plans.all() == [PLAN]
    assert copied.scenarios.all() == [SCENARIO]
    copied.close()
