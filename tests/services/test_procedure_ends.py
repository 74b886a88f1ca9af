from dataclasses import replace
from datetime import date

import pytest

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.procedures.case import Case, StepState
from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.step_view import ShownState
from planner.services import procedures
from planner.services.accounts import account_from, save_account, set_service, set_state
from planner.services.bills import save_bill
from planner.services.procedures import CaseView, case_view
from planner.store import catalogue
from planner.store.changes import inverse
from planner.store.store import Store

CANCEL = "cancel-card"


def account_of(store: Store, product: str) -> Account:
    sheet = catalogue.product(product)
    assert sheet is not None
    with store.transaction():
        return save_account(store, replace(account_from(sheet, "My card"), automatic=False, services=()))


def started(store: Store, account: Account, today: date, procedure: str = CANCEL) -> Case:
    with store.transaction():
        return procedures.start_case(store, procedure, account.id, today)


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return case_view(store, store.cases.get(case.id), today)


def ids_of(store: Store, case: Case, today: date) -> set[str]:
    return {each.step.id for each in view_of(store, case, today).steps}


def life_of(store: Store, account: Account, day: date) -> State:
    return store.accounts.get(account.id).life_on(day)


@pytest.fixture
def account(store: Store) -> Account:
    return account_of(store, "cn-credit-card")


@pytest.fixture
def case(store: Store, account: Account, today: date) -> Case:
    return started(store, account, today)


@pytest.fixture
def asked(store: Store, case: Case, today: date) -> Case:
    """A case whose request was made."""
    with store.transaction():
        return procedures.submit(store, case.id, today, today)


# --- What the record answers


def test_the_record_chooses_the_steps_of_the_country_and_the_case_keeps_what_it_said(
    store: Store, account: Account, case: Case, today: date
) -> None:
    assert store.cases.get(case.id).answers == {
        "record.country": "CN",
        "record.automatic": "no",
    }
    with store.transaction():
        save_account(store, replace(store.accounts.get(account.id), country="GB"))

    assert "read-credit-report-cn" in ids_of(store, case, today)
    assert "read-credit-report" not in ids_of(store, case, today)


def test_a_card_of_another_country_has_other_steps(store: Store, today: date) -> None:
    case = started(store, account_of(store, "uk-credit-card"), today)

    assert "read-credit-report" in ids_of(store, case, today)
    assert "read-credit-report-cn" not in ids_of(store, case, today)


def test_a_case_from_before_the_procedure_asked_the_record_follows_what_it_said_on_its_first_day(
    store: Store, case: Case, today: date
) -> None:
    with store.transaction():
        store.cases.save(replace(store.cases.get(case.id), answers={}))

    assert "read-credit-report-cn" in ids_of(store, case, today)


@pytest.mark.row("C016")
def test_deciding_to_keep_it_makes_the_steps_of_the_country_needless_too(
    store: Store, case: Case, today: date
) -> None:
    with store.transaction():
        procedures.answer(store, case.id, "reason", "rate")
        procedures.stay(store, case.id, "compare-costs", today)

    view = view_of(store, case, today)
    assert view.done == len(view.steps)


# --- What stands in the way


@pytest.mark.row("C011")
def test_an_automatic_debit_that_is_on_stands_in_the_way_of_the_request(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with store.transaction():
        save_account(store, replace(store.accounts.get(account.id), automatic=True))

    with pytest.raises(procedures.SubmitBlockedError) as refused, store.transaction():
        procedures.submit(store, case.id, today, today)

    assert "The lender still debits My card by itself" in str(refused.value)


@pytest.mark.row("C008")
def test_bills_of_huabei_may_stay_open_at_the_request_but_not_at_the_closing(
    store: Store, today: date
) -> None:
    account = account_of(store, "huabei")
    case = started(store, account, today, "cancel-huabei")
    lines = (BillLine(LineKind.UNITEMISED, Money.of("300", "CNY")),)
    with store.transaction():
        save_bill(store, Bill(account.id, today, date(2026, 12, 1), lines))
    with store.transaction():
        procedures.submit(store, case.id, today, today)

    assert view_of(store, case, today).recorded_anyway is None
    with pytest.raises(procedures.StepBlockedError), store.transaction():
        procedures.enter_state(store, case.id, "check-closed", today, today)


# --- A step that sets a state


def test_the_step_that_closes_waits_for_the_request(
    store: Store, account: Account, case: Case, today: date
) -> None:
    with pytest.raises(procedures.StepBlockedError), store.transaction():
        procedures.set_step_state(store, case.id, "check-closed", StepState.DONE, today)

    assert life_of(store, account, today) is State.OPEN


def test_marking_it_as_done_closes_the_account_and_taking_the_mark_back_leaves_it_closing(
    store: Store, account: Account, asked: Case, today: date
) -> None:
    before = store.accounts.get(account.id).states
    with store.transaction() as journal:
        procedures.set_step_state(store, asked.id, "check-closed", StepState.DONE, today)
    assert life_of(store, account, today) is State.CLOSED

    with store.transaction():
        procedures.set_step_state(store, asked.id, "check-closed", StepState.NOT_STARTED, today)
    assert store.accounts.get(account.id).states == before
    assert view_of(store, asked, today).case.step("check-closed").done_on is None

    with store.transaction() as journal:
        procedures.enter_state(store, asked.id, "check-closed", today, today)
    store.apply(inverse(journal.changes))
    assert life_of(store, account, today) is State.CLOSING


def test_a_state_that_the_account_has_already_is_not_recorded_twice(
    store: Store, account: Account, asked: Case, today: date
) -> None:
    with store.transaction():
        set_state(store, account.id, State.CLOSED, today)
    states = store.accounts.get(account.id).states
    with store.transaction():
        procedures.enter_state(store, asked.id, "check-closed", today, today)

    assert store.accounts.get(account.id).states == states
    step = view_of(store, asked, today).step("check-closed")
    assert step is not None
    assert step.state is ShownState.DONE


def test_a_step_that_leads_to_no_state_is_a_mistake(store: Store, case: Case, today: date) -> None:
    with pytest.raises(KeyError), store.transaction():
        procedures.enter_state(store, case.id, "finish-orders", today, today)


# --- How it ends


@pytest.mark.parametrize(
    "ending",
    [
        ("closed", State.CLOSED, "The account is closed"),
        ("kept", State.OPEN, "You decided to keep it"),
        ("declined", State.OPEN, "The lender did not close it"),
    ],
)
def test_what_came_of_it_says_how_the_account_stands_and_going_on_takes_that_back(
    store: Store, account: Account, asked: Case, today: date, ending: tuple[str, State, str]
) -> None:
    result, life, title = ending
    with store.transaction():
        procedures.finish(store, asked.id, today, today, result)
    assert life_of(store, account, today) is life
    assert str(view_of(store, asked, today).banner) == f"Finished on 2026-11-22: {title}."

    with store.transaction():
        procedures.reopen(store, asked.id, today)
    assert life_of(store, account, today) is State.CLOSING
    assert store.cases.get(asked.id).result == ""


def test_going_on_keeps_an_account_closed_that_a_step_had_closed(
    store: Store, account: Account, asked: Case, today: date
) -> None:
    with store.transaction():
        procedures.enter_state(store, asked.id, "check-closed", today, today)
        procedures.finish(store, asked.id, today, today, "closed")
    with store.transaction():
        procedures.reopen(store, asked.id, today)

    assert life_of(store, account, today) is State.CLOSED


def test_it_cannot_end_as_closed_while_something_is_open(
    store: Store, account: Account, asked: Case, today: date
) -> None:
    lines = (BillLine(LineKind.UNITEMISED, Money.of("300", "CNY")),)
    with store.transaction():
        save_bill(store, Bill(account.id, today, date(2026, 12, 1), lines))

    with pytest.raises(procedures.FinishBlockedError), store.transaction():
        procedures.finish(store, asked.id, today, today, "closed")
    with store.transaction():
        procedures.finish(store, asked.id, today, today, "declined")
    assert life_of(store, account, today) is State.OPEN


def test_a_result_that_the_procedure_does_not_name_is_a_mistake(
    store: Store, asked: Case, today: date
) -> None:
    with pytest.raises(KeyError), store.transaction():
        procedures.finish(store, asked.id, today, today, "flown")


# --- The other lenders


@pytest.mark.parametrize("product", ["huabei", "meituan", "douyin"])
def test_each_lender_has_a_way_from_the_start_to_a_closed_account(
    store: Store, today: date, product: str
) -> None:
    account = account_of(store, product)
    case = started(store, account, today, f"cancel-{product}")
    with store.transaction():
        for service in store.accounts.get(account.id).services:
            set_service(store, account.id, service.id, today)
    with store.transaction():
        procedures.submit(store, case.id, today, today)
    for each in view_of(store, case, today).steps:
        if not each.is_settled:
            # What nobody asks for need not be at hand.
            state = StepState.NOT_NEEDED if each.step.kind is StepKind.DOCUMENTS else StepState.DONE
            with store.transaction():
                procedures.set_step_state(store, case.id, each.step.id, state, today)

    view = view_of(store, case, today)
    assert view.done == len(view.steps)
    assert life_of(store, account, today) is State.CLOSED
