from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.rules import CashRules
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case, StepState
from planner.domain.procedures.kinds import Rule
from planner.domain.purchase import Purchase
from planner.services import procedures
from planner.services.accounts import save_account
from planner.services.bills import AccountCurrencyError, NothingToCorrectError, our_figure, pay, save_bill
from planner.services.cases.cap import cap_view, set_cap
from planner.services.cases.reconcile import (
    DifferentError,
    compared,
    correct_to_app,
    note_agreement,
    recorded_balance,
)
from planner.services.cash_warnings import cash_warnings
from planner.services.procedures import case_view
from planner.store import catalogue
from planner.store.store import Store
from tests.care_procedure import CARE, care

TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 10)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    with store.transaction():
        return save_account(store, Account("Card", "Bank", "CNY"))


@pytest.fixture
def case(store: Store, account: Account, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Case:
    procedure = care(tmp_path, "cap", "app", "cash")
    monkeypatch.setattr(catalogue, "procedures", lambda: (procedure,))
    with store.transaction():
        return procedures.start_case(store, CARE, account.id, TODAY)


def billed(store: Store, account: Account, amount: str = "100", due_on: date = DUE) -> Bill:
    lines = (BillLine(LineKind.UNITEMISED, yuan(amount)),)
    with store.transaction():
        return save_bill(store, Bill(account.id, due_on - timedelta(days=9), due_on, lines))


def state_of(store: Store, case: Case, step: str) -> StepState:
    return store.cases.get(case.id).step(step).state


# --- the cap


@pytest.mark.row("C120")
def test_the_cap_is_set_in_the_step_and_kept_with_the_rest_of_what_cash_is_to_do(
    store: Store, account: Account, case: Case
) -> None:
    with store.transaction():
        store.cash_rules.save(CashRules("CNY", reserve=yuan("50")))
        store.purchases.save(Purchase(account.id, yuan("80"), TODAY, "Shop"))
    assert cap_view(store, case, TODAY).cap is None

    with store.transaction():
        set_cap(store, case.id, "cap", yuan("100"), TODAY)

    found = cap_view(store, case, TODAY)
    assert (found.cap, found.spent.value, found.is_near) == (yuan("100"), yuan("80"), True)
    assert store.cash_rules.of("CNY").reserve == yuan("50")
    assert state_of(store, case, "cap") is StepState.DONE
    words = "80.00 CNY was bought on credit this month, of the 100.00 CNY you set: 20.00 CNY is left."
    assert [str(said) for _, said in cash_warnings(store, store.ledgers.position(TODAY), TODAY)] == [words]

    with store.transaction():
        set_cap(store, case.id, "cap", None, TODAY)
    assert cap_view(store, case, TODAY).cap is None
    assert state_of(store, case, "cap") is StepState.NOT_STARTED


def test_a_cap_in_another_currency_is_refused(store: Store, case: Case) -> None:
    with pytest.raises(AccountCurrencyError), store.transaction():
        set_cap(store, case.id, "cap", Money.of("100", "EUR"), TODAY)


# --- the record beside the app


@pytest.mark.row("C094", "C121")
def test_the_record_and_the_app_agree_or_differ_by_a_figure(
    store: Store, account: Account, case: Case
) -> None:
    billed(store, account)
    with store.transaction():
        pay(store, Payment(account.id, yuan("30"), TODAY))

    assert recorded_balance(store, case, TODAY).value == yuan("70")
    same, more = (compared(store, case, yuan(said), TODAY) for said in ("70", "70.01"))
    assert (same.agrees, more.agrees) == (True, False)
    assert more.difference.value == yuan("0.01")
    assert [each.plain for each in more.difference.derivation.given] == [yuan("70.01"), yuan("70")]
    with pytest.raises(DifferentError), store.transaction():
        note_agreement(store, case.id, "app", yuan("70.01"), TODAY)
    assert state_of(store, case, "app") is StepState.NOT_STARTED

    with store.transaction():
        note_agreement(store, case.id, "app", yuan("70"), TODAY)
    assert store.cases.get(case.id).step("app").done_on == TODAY


def test_what_the_app_shows_can_be_recorded_as_a_correction(
    store: Store, account: Account, case: Case
) -> None:
    billed(store, account)
    with store.transaction():
        correct_to_app(store, case.id, "app", yuan("104.50"), TODAY)

    assert our_figure(store, account.id, TODAY) == yuan("104.50")
    assert compared(store, case, yuan("104.50"), TODAY).agrees
    assert state_of(store, case, "app") is StepState.DONE
    with pytest.raises(NothingToCorrectError), store.transaction():
        correct_to_app(store, case.id, "app", yuan("104.50"), TODAY)


def test_an_amount_of_another_currency_is_not_compared(store: Store, case: Case) -> None:
    euros = Money.of("100", "EUR")
    with pytest.raises(AccountCurrencyError):
        compared(store, case, euros, TODAY)
    for wish in (note_agreement, correct_to_app):
        with pytest.raises(AccountCurrencyError), store.transaction():
            wish(store, case.id, "app", euros, TODAY)


# --- the money on the day of the debit


def short(store: Store, case: Case) -> list[str]:
    found = case_view(store, store.cases.get(case.id), TODAY).step("cash")
    assert found is not None
    assert all(each.rule is Rule.CASH_SHORT for each in found.waits_for)
    return [str(each.text) for each in found.waits_for]


@pytest.mark.row("C100")
def test_what_is_missing_for_the_debits_of_a_day_stands_in_the_way_until_it_is_there(
    store: Store, account: Account, case: Case
) -> None:
    other = Account("Other", "Bank", "CNY", automatic=True)
    with store.transaction():
        save_account(store, other)
    billed(store, account)
    billed(store, other, "60")
    assert short(store, case) == []  # nobody knows what is there

    bank = CashAccount("Main", "CNY", (Balance(TODAY, yuan("159.99")),))
    with store.transaction():
        store.cash_accounts.save(bank)
    # Both are debited on the same day, and this one is about to be set to automatic.
    assert short(store, case) == ["On 2026-12-10, 0.01 CNY is missing on Main for the debits"]

    with store.transaction():
        store.cash_accounts.save(replace(bank, balances=(Balance(TODAY, yuan("160")),)))
    assert short(store, case) == []


def test_what_is_missing_for_the_debits_of_other_accounts_is_not_of_this_case(
    store: Store, case: Case
) -> None:
    other = Account("Other", "Bank", "CNY", automatic=True)
    with store.transaction():
        save_account(store, other)
        store.cash_accounts.save(CashAccount("Main", "CNY", (Balance(TODAY, yuan("1")),)))
    billed(store, other, "60")

    assert short(store, case) == []
