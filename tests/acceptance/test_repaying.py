"""Repaying by automatic debit or by hand, and what keeps repayments on track, as their users go about it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case, StepState
from planner.domain.procedures.debits import DebitState
from planner.domain.procedures.kinds import Rule, StepKind
from planner.domain.procedures.step_view import ShownState, StepView
from planner.domain.purchase import Purchase
from planner.domain.reminders.reminder import About
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay, save_bill
from planner.services.cases.cap import cap_view, set_cap
from planner.services.cases.debits import confirm_debit, debits_view
from planner.services.cases.paying import pay_view
from planner.services.cases.reconcile import compared, note_agreement
from planner.services.cases.tasks import do_task, task_view
from planner.services.cash_forecast import cash_basis
from planner.services.cash_warnings import cash_warnings
from planner.services.pasting import record_message
from planner.services.paying import preview_payment
from planner.services.procedures import CaseView
from planner.services.reminder_topics import topics
from planner.statements.messages.parse import parse_message
from planner.store import catalogue
from planner.store.store import Store

AUTO, BY_HAND, ON_TRACK = "auto-repayment", "manual-repayment", "prevention"
DUE = date(2026, 12, 10)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, replace(account_from(sheet, "My Baitiao"), automatic=True))


def billed(store: Store, account: Account, due_on: date = DUE, amount: str = "100") -> Bill:
    lines = (BillLine(LineKind.UNITEMISED, yuan(amount)),)
    bill = Bill(account.id, due_on - timedelta(days=9), due_on, lines, minimum=yuan("10"))
    with store.transaction():
        return save_bill(store, bill)


def started(store: Store, account: Account, today: date, procedure: str, **answers: str) -> Case:
    with store.transaction():
        case = procedures.start_case(store, procedure, account.id, today)
        for question, answer in answers.items():
            case = procedures.answer(store, case.id, question, answer)
    return case


def view_of(store: Store, case: Case, today: date) -> CaseView:
    return procedures.case_view(store, store.cases.get(case.id), today)


def step_of(store: Store, case: Case, step: str, today: date) -> StepView:
    found = view_of(store, case, today).step(step)
    assert found is not None
    return found


def ids_of(store: Store, case: Case, today: date) -> list[str]:
    return [each.step.id for each in view_of(store, case, today).steps]


# --- by automatic debit


@pytest.mark.row("C085")
def test_there_are_two_ways_to_repay_and_each_has_a_procedure(
    store: Store, account: Account, today: date
) -> None:
    billed(store, account)
    (debit,) = topics(store, today)
    with store.transaction():
        save_account(store, replace(account, automatic=False))
    (due,) = topics(store, today)

    assert (debit.about, due.about) == (About.DEBIT, About.DUE)
    for procedure in (AUTO, BY_HAND):
        assert started(store, account, today, procedure).procedure == procedure


@pytest.mark.row("C086", "C088", "C089")
def test_the_card_is_linked_and_the_debit_set_at_the_application_or_in_a_running_order(
    store: Store, account: Account, today: date
) -> None:
    entries = {"applying": "tick-at-application", "running": "set-in-order"}
    for answer, entry in entries.items():
        case = started(store, account, today, AUTO, start=answer)
        ids = ids_of(store, case, today)
        assert [each for each in ids if each in {"link-card", *entries.values()}] == ["link-card", entry]
        with store.transaction():
            procedures.delete_case(store, case.id)
    already = started(store, account, today, AUTO, start="already")
    assert not {"link-card", *entries.values()} & set(ids_of(store, already, today))


@pytest.mark.row("C086")
def test_each_due_date_of_an_automatic_account_says_what_has_to_be_there(
    store: Store, account: Account, today: date
) -> None:
    billed(store, account)
    with store.transaction():
        store.cash_accounts.save(CashAccount("Main", "CNY", (Balance(today, yuan("500")),)))

    (needed,) = cash_basis(store, today, DUE).needed("CNY", None)

    assert (needed.on, needed.needed.value) == (DUE, yuan("100"))
    (topic,) = topics(store, today)
    assert (topic.on, topic.about) == (DUE, About.DEBIT)


@pytest.mark.row("C090")
def test_a_debit_is_asked_for_from_the_day_after_and_confirmed_by_a_click_or_by_the_message(
    store: Store, account: Account, today: date
) -> None:
    first = billed(store, account, date(2026, 12, 10))
    billed(store, account, date(2027, 1, 10), "50")
    case = started(store, account, today, AUTO, start="already")
    step = step_of(store, case, "confirm-debits", today).step
    assert step.kind is StepKind.DEBITS

    def states(day: date) -> list[DebitState]:
        return [each.state for each in debits_view(store, case, day).debits]

    assert states(DUE) == [DebitState.TO_COME, DebitState.TO_COME]
    after = DUE + timedelta(days=1)
    assert states(after) == [DebitState.UNCONFIRMED, DebitState.TO_COME]

    with store.transaction():
        confirm_debit(store, account.id, first.id, DUE, after)
    assert states(after) == [DebitState.DEBITED, DebitState.TO_COME]

    then = date(2027, 1, 12)
    draft = parse_message("【京东】白条自动还款失败，应还50.00元", then)
    assert draft is not None
    with store.transaction():
        record_message(store, draft, account.id, then)
    assert states(then) == [DebitState.DEBITED, DebitState.FAILED]
    draft = parse_message("【京东】白条自动还款成功，1月12日扣款50.00元", then)
    assert draft is not None
    with store.transaction():
        record_message(store, draft, account.id, then)
    assert states(then) == [DebitState.DEBITED, DebitState.DEBITED]


@pytest.mark.row("C100")
def test_before_a_debit_is_set_up_the_money_of_the_day_is_looked_at(
    store: Store, account: Account, today: date
) -> None:
    other = Account("Other", "Bank", "CNY", automatic=True)
    bank = CashAccount("Main", "CNY", (Balance(today, yuan("150")),))
    with store.transaction():
        save_account(store, replace(account, automatic=False))
        save_account(store, other)
        store.cash_accounts.save(bank)
    billed(store, account)
    billed(store, other, amount="60")
    case = started(store, account, today, AUTO, start="running")

    (short,) = step_of(store, case, "check-cash", today).waits_for
    assert (short.rule, short.place) == (Rule.CASH_SHORT, "cash")
    assert str(short.text) == "On 2026-12-10, 10.00 CNY is missing on Main for the debits"

    with store.transaction():
        store.cash_accounts.save(replace(bank, balances=(Balance(today, yuan("160")),)))
    assert step_of(store, case, "check-cash", today).waits_for == ()


# --- by hand


@pytest.mark.row("C087", "C091", "C092", "C093", "C094")
def test_repaying_by_hand_goes_from_the_account_over_the_bill_and_the_amount_to_the_proof(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, BY_HAND, amount="part")

    ids = ids_of(store, case, today)

    way = ["look-at-due", "look-at-part", "log-in", "pick-bill", "choose-amount", "confirm-payment"]
    assert ids == [*way, "record-payment", "compare-record"]
    assert "我的账户" in step_of(store, case, "log-in", today).step.text
    assert "立即还款" in step_of(store, case, "pick-bill", today).step.text
    assert "look-at-part" not in ids_of(store, started_anew(store, case, today, "full"), today)


def started_anew(store: Store, case: Case, today: date, amount: str) -> Case:
    account = store.accounts.get(case.account_id)
    with store.transaction():
        procedures.delete_case(store, case.id)
    return started(store, account, today, BY_HAND, amount=amount)


@pytest.mark.row("C093")
def test_a_part_leaves_a_rest_and_what_is_left_of_the_minimum(
    store: Store, account: Account, today: date
) -> None:
    bill = billed(store, account)

    found = preview_payment(store, Payment(account.id, yuan("4"), today), today)

    ((due, amount),) = found.parts
    assert (due.id, amount, due.open, due.open_minimum) == (bill.id, yuan("4"), yuan("96"), yuan("6"))
    assert found.open_after == yuan("96")


@pytest.mark.row("C094")
def test_a_payment_keeps_its_proof_and_the_record_is_compared_with_the_app(
    store: Store, account: Account, today: date
) -> None:
    billed(store, account)
    case = started(store, account, today, BY_HAND, amount="part")
    with store.transaction():
        pay(store, Payment(account.id, yuan("40"), today, note="No. 4711"))

    assert [paid.note for paid in store.payments.all()] == ["No. 4711"]
    assert step_of(store, case, "compare-record", today).step.kind is StepKind.RECONCILE
    assert compared(store, case, yuan("61"), today).difference.value == yuan("1")
    with store.transaction():
        note_agreement(store, case.id, "compare-record", yuan("60"), today)
    assert step_of(store, case, "compare-record", today).state is ShownState.DONE


@pytest.mark.row("C112")
def test_who_repays_what_is_late_by_hand_sees_the_exact_amount(
    store: Store, account: Account, today: date
) -> None:
    billed(store, account, date(2026, 11, 10), "1000")
    case = started(store, account, today, BY_HAND, amount="late")

    exact = pay_view(store, case, "pay-late", today).exact

    assert exact is not None
    assert (exact.left.least, exact.left.most) == (yuan("1003.60"), yuan("1008.40"))
    with store.transaction():
        pay(store, Payment(account.id, yuan("1008.40"), today))
    assert step_of(store, case, "pay-late", today).state is ShownState.DONE


# --- keeping it on track


@pytest.mark.row("C118", "C119", "C121")
def test_the_tasks_come_again_and_lead_to_where_they_are_done(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, ON_TRACK, report="elsewhere")
    tasks = {
        each.step.id: (each.step.every, each.step.place)
        for each in view_of(store, case, today).steps
        if each.step.kind is StepKind.TASK
    }
    assert tasks["keep-account-safe"] == (6, "")
    assert tasks["check-debits-and-dates"] == (1, "cash")
    assert tasks["compare-with-lender"] == (1, "bills")
    (asked,) = (each for each in topics(store, today) if each.about is About.TASK)
    assert asked.on == today + timedelta(days=7)
    assert "Look after your passwords" in str(asked.words)

    with store.transaction():
        for step in tasks:
            do_task(store, case.id, step, today)

    view = view_of(store, case, today)
    days = {step: task_view(view.case, view.procedure.step(step), today).next_on for step in tasks}
    assert days["keep-account-safe"] == date(2027, 5, 22)
    assert days["compare-with-lender"] == date(2026, 12, 22)
    assert step_of(store, case, "compare-with-lender", date(2026, 12, 21)).state is ShownState.DONE
    assert step_of(store, case, "compare-with-lender", date(2026, 12, 22)).state is ShownState.NOT_STARTED


@pytest.mark.row("C120")
def test_a_cap_on_buying_on_credit_is_set_and_told_of_when_it_is_nearly_reached(
    store: Store, account: Account, today: date
) -> None:
    case = started(store, account, today, ON_TRACK, report="elsewhere")

    def told() -> list[str]:
        return [str(words) for _, words in cash_warnings(store, store.ledgers.position(today), today)]

    with store.transaction():
        set_cap(store, case.id, "set-cap", yuan("1000"), today)
        store.purchases.save(Purchase(account.id, yuan("799.99"), today, "Shop"))
    assert step_of(store, case, "set-cap", today).kept.state is StepState.DONE
    assert told() == []

    with store.transaction():
        store.purchases.save(Purchase(account.id, yuan("0.01"), today, "Shop"))
    assert told() == [
        "800.00 CNY was bought on credit this month, of the 1000.00 CNY you set: 200.00 CNY is left."
    ]
    with store.transaction():
        store.purchases.save(Purchase(account.id, yuan("201"), today, "Shop"))
    over = cap_view(store, case, today).over
    assert over is not None
    assert over.value == yuan("1")
