"""Automatic debits are followed until they are settled, whether their bill is recorded or not."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.movement import MovementKind
from planner.domain.dates import Cycle, FixedDay
from planner.domain.money import Money
from planner.domain.procedures.case import Case, StepState
from planner.domain.procedures.debits import DebitState, debit_words
from planner.domain.procedures.step_view import ShownState
from planner.domain.purchase import Purchase
from planner.domain.reminders.reminder import About
from planner.services import procedures
from planner.services.accounts import save_account
from planner.services.bills import save_bill
from planner.services.cases.debits import (
    confirm_debit,
    confirm_debits,
    debits_view,
    fail_debit,
    fail_debits,
    forget_failed_debits,
)
from planner.services.cases.errors import NotDoneYetError
from planner.services.cash_forecast import cash_basis
from planner.services.reminder_topics import topics
from planner.store import catalogue
from planner.store.changes import inverse
from planner.store.store import Store
from tests.care_procedure import CARE, care

STARTED = date(2026, 11, 20)
DEC = date(2026, 12, 10)
NEXT = date(2026, 12, 11)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    """One that bills on the 1st, due on the 10th, debited by itself."""
    with store.transaction():
        return save_account(
            store,
            Account("Card", "Bank", "CNY", automatic=True, cycle=Cycle(statement_day=1, due=FixedDay(10))),
        )


@pytest.fixture
def case(store: Store, account: Account, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Case:
    procedure = care(tmp_path, "debits")
    monkeypatch.setattr(catalogue, "procedures", lambda: (procedure,))
    with store.transaction():
        return procedures.start_case(store, CARE, account.id, STARTED)


def bought(store: Store, account: Account, *amounts: str) -> list[Purchase]:
    """Purchases of November, not billed yet: due on 10 December."""
    kept = [Purchase(account.id, yuan(each), date(2026, 11, 21), id=f"p{each}") for each in amounts]
    with store.transaction():
        for each in kept:
            store.purchases.save(each)
    return kept


def billed(store: Store, account: Account, due_on: date = DEC) -> Bill:
    lines = (BillLine(LineKind.UNITEMISED, yuan("400")),)
    with store.transaction():
        return save_bill(store, Bill(account.id, due_on - timedelta(days=9), due_on, lines))


def states(store: Store, case: Case, today: date) -> list[tuple[str, DebitState]]:
    return sorted((each.due.id, each.state) for each in debits_view(store, case, today).debits)


@pytest.mark.row("C090", "C100")
def test_a_debit_without_a_recorded_bill_is_asked_about_until_it_is_settled(
    store: Store, account: Account, case: Case
) -> None:
    bought(store, account, "30", "70")
    assert states(store, case, DEC) == [("p30", DebitState.TO_COME)]  # one debit for both
    for today in (NEXT, date(2027, 1, 20)):
        (debit,) = debits_view(store, case, today).debits
        assert (debit.state, debit.due.open) == (DebitState.UNCONFIRMED, yuan("100"))
        assert sorted(debit.due_ids) == ["p30", "p70"]
        assert str(debit_words(debit)).startswith("Card: 100.00 CNY was to be debited on 2026-12-10.")
        assert debit.due.still_due.derivation.workings[0].result == yuan("100")

    with store.transaction():
        fail_debit(store, account.id, "p30", DEC, DEC)
        confirm_debit(store, account.id, "p70", DEC, NEXT)
    assert states(store, case, NEXT) == [("p30", DebitState.FAILED), ("p70", DebitState.DEBITED)]


@pytest.mark.row("C090")
def test_what_is_debited_together_is_confirmed_and_fails_together(
    store: Store, account: Account, case: Case
) -> None:
    bought(store, account, "30", "70")
    (debit,) = debits_view(store, case, NEXT).debits

    with store.transaction():
        fail_debits(store, account.id, debit.due_ids, DEC, NEXT)
    (failed,) = debits_view(store, case, NEXT).debits
    assert (failed.state, failed.due.open) == (DebitState.FAILED, yuan("100"))
    with store.transaction():
        forget_failed_debits(store, failed.due_ids)
    assert not store.has_failed_debits

    with store.transaction() as journal:
        confirm_debits(store, account.id, debit.due_ids, NEXT, NEXT)
    (made,) = debits_view(store, case, NEXT).debits
    assert (made.state, made.paid_on) == (DebitState.DEBITED, NEXT)
    assert sorted(str(paid.amount) for paid in store.payments.all()) == ["30.00 CNY", "70.00 CNY"]
    store.apply(inverse(journal.changes))
    assert store.payments.all() == []


@pytest.mark.row("C090")
def test_a_reminder_tells_of_the_failure_where_no_bill_is_recorded(store: Store, account: Account) -> None:
    bought(store, account, "30", "50", "70")
    with store.transaction():
        fail_debit(store, account.id, "p30", DEC, DEC)
        fail_debit(store, account.id, "p50", DEC, DEC)

    found = {each.about: each for each in topics(store, NEXT)}

    assert set(found) == {About.FAILED, About.NOT_BILLED}
    assert str(found[About.FAILED].words) == (
        "Card: the automatic debit failed on 2026-12-10, and 80.00 CNY is still open. "
        "Pay it by hand, or ask the lender what can be agreed."
    )
    assert [due.id for due in found[About.NOT_BILLED].dues] == ["p70"]
    assert found[About.FAILED].id != found[About.NOT_BILLED].id


@pytest.mark.row("C100")
def test_cash_expects_no_automatic_debit_again_once_it_failed(store: Store, account: Account) -> None:
    bill = billed(store, account)
    bank = CashAccount("Bank", "CNY", (Balance(date(2026, 12, 1), yuan("900")),))
    with store.transaction():
        store.cash_accounts.save(bank)
    today = date(2026, 12, 15)

    def found() -> tuple[list[tuple[date, MovementKind, bool]], int]:
        basis = cash_basis(store, today, date(2027, 1, 31))
        moved = [(each.on, each.kind, each.automatic) for each in basis.movements("CNY")]
        assert [(each.on, each.kind, each.automatic) for each in basis.as_debited("CNY")] == moved
        return moved, len(basis.needed("CNY", None))

    assert found() == ([(today, MovementKind.OVERDUE, True)], 1)
    with store.transaction():
        fail_debit(store, account.id, bill.id, DEC, today)
    assert found() == ([(today, MovementKind.OVERDUE, False)], 0)


@pytest.mark.row("C090")
def test_the_step_is_not_done_while_a_debit_is_unconfirmed(
    store: Store, account: Account, case: Case
) -> None:
    bill = billed(store, account)

    def state(today: date) -> ShownState:
        (step,) = procedures.case_view(store, store.cases.get(case.id), today).steps
        return step.state

    with store.transaction():
        procedures.set_step_state(store, case.id, "debits", StepState.DONE, DEC)
    assert state(DEC) is ShownState.DONE
    assert state(NEXT) is ShownState.IN_PROGRESS
    with pytest.raises(NotDoneYetError) as refused, store.transaction():
        procedures.set_step_state(store, case.id, "debits", StepState.DONE, NEXT)
    assert "Bill of 2026-12-01: 400.00 CNY open, due 2026-12-10." in str(refused.value)

    with store.transaction():
        confirm_debit(store, account.id, bill.id, DEC, NEXT)
        procedures.set_step_state(store, case.id, "debits", StepState.DONE, NEXT)
    assert state(NEXT) is ShownState.DONE
    with store.transaction():
        procedures.finish(store, case.id, NEXT, NEXT)
