from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import StepState
from planner.i18n import explain
from planner.reports.checklist import checklist_of
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.services.cases.cap import set_cap
from planner.services.cases.payments import record_exact_payment
from planner.services.cases.tasks import do_task
from planner.services.failed_debits import note_failed_debit
from planner.store import catalogue
from planner.store.store import Store
from tests.care_procedure import CARE, care

TODAY = date(2026, 11, 22)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def told(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], list[str]]:
    """A case with every kind of step on an account with a late bill; what a step says in print."""
    procedure = care(tmp_path)
    monkeypatch.setattr(catalogue, "procedures", lambda: (procedure,))
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        account = save_account(store, replace(account_from(sheet, "Baitiao"), automatic=False, id="baitiao"))
        lines = (BillLine(LineKind.UNITEMISED, yuan("1000")),)
        save_bill(store, Bill(account.id, date(2026, 11, 1), date(2026, 11, 21), lines, id="bill"))
        procedures.start_case(store, CARE, account.id, TODAY)

    def told(step_id: str) -> list[str]:
        (case,) = store.cases.all()
        view = procedures.case_view(store, case, TODAY)
        place = [each.step.id for each in view.steps].index(step_id)
        return [explain(note) for note in checklist_of(view).steps[place].notes]

    return told


def test_the_exact_amount_and_the_wait_are_printed(store: Store, told: Callable[[str], list[str]]) -> None:
    # One day at no charge within the days of grace, or at 0.07 %.
    assert told("pay") == [
        "To pay exactly on 22 Nov 2026: CN¥1,000.00 – CN¥1,000.70",
        "No payment towards it is recorded since 22 Nov 2026.",
    ]
    assert told("wait") == []
    (case,) = store.cases.all()
    with store.transaction():
        payment = Payment("baitiao", yuan("1000.70"), TODAY)
        record_exact_payment(store, case.id, "pay", payment, TODAY, at=time(14, 30))

    assert told("pay") == ["On 22 Nov 2026, enough was paid by every source: CN¥1,000.70."]
    assert told("wait") == [
        "Between 22 Nov 2026, 14:30 and 25 Nov 2026",
        "By 22 Nov 2026, 16:30 (up to 2 hours), by an article",
        "By 25 Nov 2026 (1 to 3 business days), by another page",
    ]
    with store.transaction():
        procedures.set_step_state(store, case.id, "wait", StepState.DONE, TODAY)
    assert told("wait") == []


def test_debits_tasks_the_cap_and_the_balance_are_printed(
    store: Store, told: Callable[[str], list[str]]
) -> None:
    (asked,) = told("debits")
    assert asked.startswith("Bill of 1 Nov 2026: CN¥1,000.00 was to be debited on 21 Nov 2026. Was it?")
    assert told("passwords") == ["Due now; not done yet."]
    assert told("cap") == ["Bought on credit this month: CN¥0.00. No cap is set."]
    assert told("app") == ["Still to pay by this record: CN¥1,000.00"]
    assert told("ask") == []
    (case,) = store.cases.all()
    with store.transaction():
        (due,) = store.ledgers.position(TODAY).dues
        note_failed_debit(store, due, TODAY)
        do_task(store, case.id, "passwords", TODAY)
        set_cap(store, case.id, "cap", yuan("100"), TODAY)

    assert told("debits") == ["Bill of 1 Nov 2026: the debit of CN¥1,000.00 failed on 22 Nov 2026."]
    assert told("passwords") == ["Next on 22 May 2027; last done on 22 Nov 2026."]
    assert told("cap") == ["Bought on credit this month: CN¥0.00 of CN¥100.00; CN¥100.00 left."]
