"""Opening Baitiao by its first use, and unlocking what one has locked, as somebody goes about it."""

from __future__ import annotations

from datetime import date

import pytest

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.procedures.case import Case, DocumentState, StepState
from planner.domain.procedures.step_view import ShownState, StepView
from planner.domain.purchase import Purchase
from planner.services import procedures
from planner.services.account_states import note_state
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill, save_purchase
from planner.services.cases.words import warnings_of
from planner.services.procedures import CaseView
from planner.store import catalogue
from planner.store.changes import inverse
from planner.store.store import Store

OPEN, UNLOCK = "activate-baitiao", "unlock-baitiao"


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, "My Baitiao"))


def started(store: Store, account: Account, procedure: str, today: date, **answers: str) -> Case:
    with store.transaction():
        case = procedures.start_case(store, procedure, account.id, today)
        for question, answer in answers.items():
            case = procedures.answer(store, case.id, question, answer)
    return case


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return procedures.case_view(store, store.cases.get(case.id), today)


def step_of(store: Store, case: Case, step_id: str, today: date) -> StepView:
    found = view_of(store, case, today).step(step_id)
    assert found is not None
    return found


def mark(store: Store, case: Case, step_id: str, today: date, state: StepState = StepState.DONE) -> None:
    with store.transaction():
        procedures.set_step_state(store, case.id, step_id, state, today)


# --- Opening -------------------------------------------------------------------------------------------


@pytest.mark.row("C062")
def test_opening_begins_with_signing_in_and_what_to_have_at_hand(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, OPEN, today)

    log_in = step_of(store, case, "log-in", today).step
    for words in ("app or on the website", "binding", "your address", "perhaps your face"):
        assert words in log_in.text
    lines = procedures.documents_view(store, view_of(store, case, today))
    assert [line.document.id for line in lines] == ["telephone", "bank-card", "address", "identity"]
    # Papers are named for the lender's own app; nothing of them is asked for here.
    told = {line.document.id: line.document.text for line in lines}
    assert "in the lender’s own app or page only, never here" in told["telephone"]
    assert "keep at most its last four digits" in told["bank-card"]
    assert "do not write its number here" in told["identity"]


@pytest.mark.row("C062")
def test_what_is_at_hand_is_ticked_one_by_one_and_undone_like_any_change(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, OPEN, today)

    def found() -> dict[str, DocumentState | None]:
        lines = procedures.documents_view(store, view_of(store, case, today))
        return {line.document.id: line.state for line in lines}

    with store.transaction() as journal:
        procedures.mark_document(
            store, case.id, "gather-documents", "telephone", DocumentState.AT_HAND, today
        )
    assert found() == {
        "telephone": DocumentState.AT_HAND,
        "bank-card": None,
        "address": None,
        "identity": None,
    }
    assert step_of(store, case, "gather-documents", today).state is ShownState.IN_PROGRESS
    store.apply(inverse(journal.changes))
    assert set(found().values()) == {None}


@pytest.mark.row("C066")
def test_the_first_use_opens_the_account_on_its_day_and_its_purchase_makes_the_first_bill(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, OPEN, today)
    assert store.bills.of_account(account.id) == []
    first_use = step_of(store, case, "first-use", today)
    assert "Choosing Baitiao at the checkout is the activation" in first_use.step.text
    assert "authorised in advance" in first_use.step.text

    mark(store, case, "first-use", today)
    kept = store.accounts.get(account.id)
    assert kept.life_on(today) is State.OPEN
    assert [(state.state, state.since) for state in kept.states] == [(State.OPEN, today)]

    money = Money.of("90.00", "CNY")
    with store.transaction():
        bought = save_purchase(store, Purchase(account.id, money, today, "JD"))
        lines = (BillLine(LineKind.PURCHASE, money, bought.id),)
        save_bill(store, Bill(account.id, date(2026, 12, 1), date(2026, 12, 10), lines))
    mark(store, case, "record-first-bill", today)
    (due,) = store.ledgers.position(today).open_dues
    assert (due.open, due.due_on) == (money, date(2026, 12, 10))


# --- Unlocking -----------------------------------------------------------------------------------------


@pytest.mark.row("C126")
def test_ones_own_lock_is_taken_off_along_the_menus_of_the_app(
    store: Store, account: Account, today: date
) -> None:
    with store.transaction():
        note_state(store, account.id, State.LOCKED, date(2026, 11, 1), today)
    case = started(store, account, UNLOCK, today, who="me")

    unlock = step_of(store, case, "unlock-in-app", today)
    path = ["JD Finance app", "可用额度", "设置", "账户安全", "解锁", "code comes by text message"]
    places = [unlock.step.text.index(words) for words in path]
    assert places == sorted(places)
    assert "This program never asks for it" in unlock.step.text
    assert any("customer service" in variant.text for variant in unlock.step.variants)  # the sources disagree

    assert store.accounts.get(account.id).restrictions_on(today) == {State.LOCKED}
    mark(store, case, "unlock-in-app", today)
    mark(store, case, "record-unlocked", today)
    assert store.accounts.get(account.id).restrictions_on(today) == frozenset()
    assert step_of(store, case, "record-unlocked", today).state is ShownState.DONE


@pytest.mark.row("C123", "C126")
def test_what_the_lender_froze_has_another_way(store: Store, account: Account, today: date) -> None:
    case = started(store, account, UNLOCK, today, who="lender")
    view = view_of(store, case, today)
    ids = [step.step.id for step in view.steps]

    assert "unlock-in-app" not in ids
    freeze = next(step.step for step in view.steps if step.step.id == "record-freeze")
    assert freeze.procedure == "unfreeze"
    assert any("is not a freeze" in note.title for note in warnings_of(view))
    mark(store, case, "record-freeze", today)
    assert store.accounts.get(account.id).restrictions_on(today) == {State.FROZEN}
