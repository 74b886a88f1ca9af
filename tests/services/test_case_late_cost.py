"""What is paid beyond what was late is late cost, not money for the next bill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.dates import Mode
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case
from planner.domain.procedures.counting import Moment
from planner.domain.procedures.paying import ExactPayment, PayState
from planner.domain.sourced import Span
from planner.domain.terms import Terms
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.billing import candidates
from planner.services.bills import delete_recorded, pay, save_bill, save_charge
from planner.services.cases.paying import exact_of, pay_view
from planner.services.cases.payments import confirm_settled, record_exact_payment, take_settled_back
from planner.services.procedures import case_view
from planner.store import catalogue
from planner.store.changes import inverse
from planner.store.store import Store
from tests.care_procedure import CARE, care

TODAY = date(2026, 11, 22)
LATE_ON, NEXT_ON = date(2026, 11, 2), date(2026, 11, 27)
# 860.50 for 20 days at 0.03 % to 0.07 % a day: 5.163 and 12.047. Bill B is not due yet.
LOW, HIGH = "5.16", "12.05"


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    procedure = care(tmp_path, "pay", "wait", "ask")
    monkeypatch.setattr(catalogue, "procedures", lambda: (procedure,))


@pytest.fixture
def account(store: Store) -> Account:
    """Baitiao by bills: one of 860.50 is late, one of 1,200 is due in five days."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        account = save_account(store, replace(account_from(sheet, "Baitiao"), automatic=False))
        assert account.cycle.mode is Mode.BILL
        for amount, minimum, due_on in (("860.50", "86.05", LATE_ON), ("1200", "120", NEXT_ON)):
            lines = (BillLine(LineKind.UNITEMISED, yuan(amount)),)
            billed_on = due_on - timedelta(days=9)
            save_bill(store, Bill(account.id, billed_on, due_on, lines, minimum=yuan(minimum)))
    return account


@pytest.fixture
def case(store: Store, account: Account) -> Case:
    with store.transaction():
        return procedures.start_case(store, CARE, account.id, TODAY)


@pytest.fixture
def paid(store: Store, account: Account, case: Case) -> Callable[..., Payment]:
    """Record a payment in the step."""

    def paid(amount: str, on: date = TODAY, at: time | None = None) -> Payment:
        payment = Payment(account.id, yuan(amount), on)
        with store.transaction():
            return record_exact_payment(store, case.id, "pay", payment, TODAY, at=at)

    return paid


def exact(store: Store, case: Case, today: date = TODAY) -> ExactPayment:
    found = exact_of(store, store.accounts.get(case.account_id), case.started_on, today)
    assert found is not None
    return found


def next_bill(store: Store, account: Account) -> tuple[Money, Money]:
    """What is open of the next bill, and of its minimum."""
    (due,) = store.ledgers.position(TODAY).of_account(account.id).between(NEXT_ON, NEXT_ON)
    return due.open, due.open_minimum


def charged(store: Store) -> list[tuple[LineKind, Money, date]]:
    return [(each.kind, each.amount, each.posted_on) for each in store.charges.all()]


def test_what_is_not_due_yet_is_not_charged_on_an_account_by_bills(
    store: Store, account: Account, case: Case
) -> None:
    wanted = Span(yuan("865.66"), yuan("872.55"))
    found = exact(store, case)
    assert found.made_wanted.value == wanted
    assert any("speaks of accounts by orders" in str(text) for text in found.missing)

    # The source for everything unpaid is about orders: there, the other 1,200 are charged too.
    with store.transaction():
        save_account(store, replace(account, cycle=replace(account.cycle, mode=Mode.ORDER)))
    assert exact(store, case).made_wanted.value == Span(yuan("865.66"), yuan("889.35"))


@pytest.mark.row("C112")
@pytest.mark.parametrize(
    "found",
    [
        ("860.50", None, PayState.TOO_LITTLE, ["1200", "120"]),
        ("865.66", LOW, PayState.BETWEEN, ["1200", "120"]),
        ("870", "9.50", PayState.BETWEEN, ["1200", "120"]),
        ("872.55", HIGH, PayState.REACHED, ["1200", "120"]),
        ("889.35", HIGH, PayState.REACHED, ["1183.20", "103.20"]),  # 16.80 are beyond every source
    ],
)
def test_what_is_paid_beyond_what_was_late_is_late_cost_up_to_the_high_end(
    store: Store, case: Case, paid: Callable[..., Payment], found: tuple[str, str | None, PayState, list[str]]
) -> None:
    amount, cost, state, following = found
    paid(amount)

    assert charged(store) == ([(LineKind.PENALTY, yuan(cost), TODAY)] if cost else [])
    assert exact(store, case).state is state
    assert exact(store, case, TODAY + timedelta(days=3)).state is state or state is PayState.BETWEEN
    account = store.accounts.get(case.account_id)
    assert next_bill(store, account) == tuple(map(yuan, following))
    assert store.ledgers.position(TODAY).late == () or state is PayState.TOO_LITTLE


def test_parts_make_it_late_cost_only_once(
    store: Store, account: Account, case: Case, paid: Callable[..., Payment]
) -> None:
    paid("860.50")
    paid("5.16")
    paid("6.89")
    assert [amount for _kind, amount, _on in charged(store)] == [yuan("5.16"), yuan("6.89")]
    assert exact(store, case).state is PayState.REACHED
    assert next_bill(store, account) == (yuan("1200"), yuan("120"))


def test_the_late_cost_follows_a_payment_that_is_corrected_or_deleted(
    store: Store, account: Account, paid: Callable[..., Payment]
) -> None:
    payment = paid("872.55")
    with store.transaction():
        pay(store, replace(payment, amount=yuan("870"), paid_on=TODAY - timedelta(days=1)))
    assert charged(store) == [(LineKind.PENALTY, yuan("9.50"), TODAY - timedelta(days=1))]
    with store.transaction():
        pay(store, replace(payment, amount=yuan("800")))
    assert charged(store) == []
    with store.transaction():
        delete_recorded(store, "payment", payment.id)
    again = paid("872.55")
    assert len(charged(store)) == 1
    with store.transaction():
        delete_recorded(store, "payment", again.id)
    assert charged(store) == []
    assert store.payments.all() == []
    assert next_bill(store, account) == (yuan("1200"), yuan("120"))


def test_what_the_app_shows_as_settled_makes_the_rest_of_a_payment_late_cost(
    store: Store, account: Account, case: Case
) -> None:
    with store.transaction():
        pay(store, Payment(account.id, yuan("870"), TODAY))
    assert next_bill(store, account) == (yuan("1190.50"), yuan("110.50"))

    with store.transaction():
        confirm_settled(store, case.id, "pay", TODAY)
    assert charged(store) == [(LineKind.PENALTY, yuan("9.50"), TODAY)]
    assert next_bill(store, account) == (yuan("1200"), yuan("120"))

    with store.transaction():
        take_settled_back(store, case.id, "pay")
    assert charged(store) == []


def test_the_next_bill_does_not_take_up_what_was_paid_with_its_payment(
    store: Store, account: Account, paid: Callable[..., Payment]
) -> None:
    paid("870")
    lender_s = Charge(account.id, LineKind.PENALTY, yuan("1"), TODAY)
    with store.transaction():
        save_charge(store, lender_s)
    found = candidates(store, account.id, date(2026, 12, 1), date(2026, 12, 10))
    usual = {each.line.refers_to: each.is_usual for each in found}
    (ours,) = (each.id for each in store.charges.all() if each.is_of_payment)
    assert (usual[ours], usual[lender_s.id]) == (False, True)


def test_what_was_recorded_as_late_cost_stays_when_the_app_shows_it_as_open(
    store: Store, case: Case, paid: Callable[..., Payment]
) -> None:
    paid("870")
    with store.transaction():
        confirm_settled(store, case.id, "pay", TODAY)
        take_settled_back(store, case.id, "pay")
    assert charged(store) == [(LineKind.PENALTY, yuan("9.50"), TODAY)]


@pytest.mark.parametrize("posted_on", [TODAY - timedelta(days=1), TODAY])
def test_a_penalty_that_is_posted_counts_from_its_day(
    store: Store, account: Account, case: Case, paid: Callable[..., Payment], posted_on: date
) -> None:
    with store.transaction():
        save_charge(store, Charge(account.id, LineKind.PENALTY, yuan("9.50"), posted_on))
    wanted = exact(store, case).made_wanted.value
    assert wanted.low == yuan("870.00")
    assert wanted.high >= yuan("872.55")

    paid("860.50")
    assert exact(store, case).state is PayState.TOO_LITTLE
    paid("9.50")
    assert exact(store, case).state is PayState.BETWEEN
    assert next_bill(store, account) == (yuan("1200"), yuan("120"))


@pytest.mark.parametrize("times", [("18:00", "09:15"), ("09:15", "18:00"), ("18:00", None)])
def test_the_wait_counts_from_the_latest_time_of_a_day(
    store: Store, case: Case, paid: Callable[..., Payment], times: tuple[str, str | None]
) -> None:
    for amount, at in zip(("500", "372.55"), times, strict=True):
        paid(amount, at=time.fromisoformat(at) if at else None)

    assert pay_view(store, store.cases.get(case.id), "pay", TODAY).at == time(18, 0)
    (wait,) = case_view(store, store.cases.get(case.id), TODAY).waits
    assert wait.began == Moment(TODAY, time(18, 0))


# --- Payments that change afterwards


def test_what_is_left_of_a_payment_is_the_same_whether_it_was_lowered_or_typed_so_at_once(
    store: Store, account: Account, paid: Callable[..., Payment]
) -> None:
    # Of 885 the high end takes 872.55, and the rest is there for the next bill.
    payment = paid("885")
    assert charged(store) == [(LineKind.PENALTY, yuan("12.05"), TODAY)]
    with store.transaction():
        pay(store, replace(payment, amount=yuan("875")))

    assert charged(store) == [(LineKind.PENALTY, yuan("12.05"), TODAY)]
    assert next_bill(store, account)[0] == yuan("1197.55")


@pytest.mark.parametrize(("first", "second"), [("500", "372.55"), ("862", "10.55")])
def test_late_cost_that_rested_on_an_earlier_payment_goes_with_it(
    store: Store, paid: Callable[..., Payment], first: str, second: str
) -> None:
    earlier = paid(first)
    paid(second)
    assert sum(amount.minor for _kind, amount, _on in charged(store)) == 1205

    with store.transaction() as journal:
        delete_recorded(store, "payment", earlier.id)

    assert charged(store) == []
    assert store.ledgers.position(TODAY).open_dues[0].open == yuan("860.50") - yuan(second)
    store.apply(inverse(journal.changes))
    assert sum(amount.minor for _kind, amount, _on in charged(store)) == 1205


def test_of_an_unknown_late_cost_nothing_is_taken_that_may_be_for_the_next_bill(
    store: Store, account: Account, case: Case, paid: Callable[..., Payment]
) -> None:
    with store.transaction():
        save_account(store, replace(account, terms=Terms()))
    paid("1000")
    with store.transaction():
        confirm_settled(store, case.id, "pay", TODAY)

    assert charged(store) == []
    assert next_bill(store, account)[0] == yuan("1060.50")
