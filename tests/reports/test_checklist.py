from datetime import date, time

import pytest

from planner.domain.money import Money
from planner.domain.purchase import Purchase
from planner.reports.checklist import Checklist, checklist_of
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_purchase
from planner.services.cases.views import case_view
from planner.services.procedures import start_case, submit
from planner.store import catalogue
from planner.store.store import Store


@pytest.fixture
def case_id(store: Store, today: date) -> str:
    """A case with two purchases and three services open."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        for amount in ("20", "30"):
            save_purchase(store, Purchase(account.id, Money.of(amount, "CNY"), today, merchant="Books"))
        return start_case(store, "cancel-jd-baitiao", account.id, today).id


def printed(store: Store, case_id: str, today: date) -> Checklist:
    return checklist_of(case_view(store, store.cases.get(case_id), today))


def test_the_goal_is_printed_as_a_goal_and_not_as_a_fact(store: Store, case_id: str, today: date) -> None:
    goal, *_others = printed(store, case_id, today).intro

    assert str(goal).startswith("Goal: Nothing is left to pay")


def test_what_is_open_is_printed_once_and_the_request_leads_there(
    store: Store, case_id: str, today: date
) -> None:
    steps = printed(store, case_id, today).steps
    (request,) = [step for step in steps if str(step.title) == "Submit the request"]

    assert [str(text) for text in request.blockers] == [
        "See step 3: 2 things are still open.",
        "See step 4: 3 things are still open.",
    ]
    said = [str(text) for step in steps for text in step.blockers]
    assert said.count("Books: 20.00 CNY, not billed yet") == 1
    assert [str(text) for text in steps[2].blockers] == said[:2]


def test_a_request_recorded_all_the_same_says_so(store: Store, case_id: str, today: date) -> None:
    with store.transaction():
        submit(store, case_id, today, today, is_accepted=True)
    (request,) = [
        step for step in printed(store, case_id, today).steps if str(step.title) == "Submit the request"
    ]

    assert [str(note) for note in request.notes] == [
        "The lender had accepted it while 5 things were still open in the record."
    ]


def test_the_time_of_a_request_stands_in_its_step(store: Store, case_id: str, today: date) -> None:
    with store.transaction():
        submit(store, case_id, today, today, at=time(15, 20), is_accepted=True)
    (request,) = [
        step for step in printed(store, case_id, today).steps if str(step.title) == "Submit the request"
    ]

    assert str(request.notes[0]) == f"Submitted on {today} at 15:20."


def test_a_step_that_may_be_passed_over_says_so(store: Store, case_id: str, today: date) -> None:
    titles = [str(step.title) for step in printed(store, case_id, today).steps]

    assert "Apply in writing if it cannot be done online (optional)" in titles
    assert "Submit the request" in titles
