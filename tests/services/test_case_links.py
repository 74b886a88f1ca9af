from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.procedures.case import Case
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.cases.links import Link, came_from, link_of, start_linked
from planner.services.procedures import case_view
from planner.store import catalogue
from planner.store.changes import inverse
from planner.store.store import Store
from tests.brought_procedures import head, step, use

FIRST = head("first", "Do the first thing") + "".join(
    [
        step("see-second", "See the second", procedure='"second"'),
        step("see-huabei", "See Huabei", procedure='"huabei"'),
        step("see-nothing", "See nothing"),
    ]
)
SECOND = head("second", "Do the second thing") + step("act", "Act")
HUABEI = head("huabei", "Do it at Huabei").replace("products = []", 'products = ["huabei"]') + step(
    "act", "Act"
)


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path, FIRST, SECOND, HUABEI)


def account_of(store: Store, product: str) -> Account:
    sheet = catalogue.product(product)
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, "Mine"))


@pytest.fixture
def account(store: Store) -> Account:
    return account_of(store, "jd-baitiao")


@pytest.fixture
def case(store: Store, account: Account, today: date) -> Case:
    with store.transaction():
        return procedures.start_case(store, "first", account.id, today)


def link(store: Store, case: Case, step_id: str, today: date) -> Link | None:
    view = case_view(store, store.cases.get(case.id), today)
    found = view.step(step_id)
    assert found is not None
    return link_of(store, view, found.step)


def test_a_step_leads_to_a_procedure_that_is_not_under_way_yet(store: Store, case: Case, today: date) -> None:
    found = link(store, case, "see-second", today)

    assert found is not None
    assert (found.procedure.id, found.case) == ("second", None)
    assert link(store, case, "see-nothing", today) is None


def test_a_step_leads_nowhere_where_the_procedure_is_not_for_the_account(
    store: Store, case: Case, today: date
) -> None:
    assert link(store, case, "see-huabei", today) is None
    other = account_of(store, "huabei")
    with store.transaction():
        elsewhere = procedures.start_case(store, "first", other.id, today)
    assert link(store, elsewhere, "see-huabei", today) is not None


def test_starting_from_a_step_opens_the_case_from_then_on_and_knows_the_way_back(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction() as changes:
        made = start_linked(store, case.id, "second", today)

    assert made.account_id == account.id
    found = link(store, case, "see-second", today)
    assert found is not None
    assert found.case is not None
    assert found.case.id == made.id
    assert came_from(store, store.cases.get(made.id)) == store.cases.get(case.id)
    assert came_from(store, store.cases.get(case.id)) is None
    with pytest.raises(procedures.UnderWayError), store.transaction():
        start_linked(store, case.id, "second", today)

    store.apply(inverse(changes.changes))
    assert store.cases.find(made.id) is None


def test_a_finished_case_is_not_under_way_and_a_deleted_one_leads_back_nowhere(
    store: Store, case: Case, today: date
) -> None:
    with store.transaction():
        made = start_linked(store, case.id, "second", today)
        store.cases.save(replace(made, ended_on=today))
    found = link(store, case, "see-second", today)
    assert found is not None
    assert found.case is None

    with store.transaction():
        procedures.delete_case(store, case.id)
    assert came_from(store, store.cases.get(made.id)) is None
