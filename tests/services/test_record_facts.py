from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.derivation import Derived, figures_in
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case
from planner.domain.procedures.kinds import FactKind
from planner.domain.purchase import Purchase
from planner.domain.rate import Rate
from planner.domain.sourced import Span
from planner.i18n import show
from planner.services.accounts import account_from, save_account, set_state
from planner.services.cases.fact import Asked, Fact
from planner.services.cases.facts import case_facts, fact_of
from planner.services.procedures import case_view, start_case
from planner.store import catalogue
from planner.store.store import Store


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def account_of(store: Store, product: str = "jd-baitiao", **more: Any) -> Account:
    sheet = catalogue.product(product)
    assert sheet is not None
    with store.transaction():
        return save_account(store, replace(account_from(sheet, "My Baitiao"), automatic=False, **more))


def bill(store: Store, account: Account, due_on: date, amount: str, minimum: str | None = None) -> Bill:
    line = BillLine(LineKind.UNITEMISED, Money.of(amount, account.currency))
    least = Money.of(minimum, account.currency) if minimum is not None else None
    made = Bill(account.id, due_on.replace(day=1), due_on, (line,), minimum=least)
    with store.transaction():
        store.bills.save(made)
    return made


def paid(store: Store, account: Account, amount: str, on: date) -> None:
    with store.transaction():
        store.payments.save(Payment(account.id, Money.of(amount, account.currency), on))


def fact(store: Store, account: Account, kind: FactKind, today: date) -> Fact:
    position = store.ledgers.position(today).of_account(account.id)
    return fact_of(Asked(store, store.accounts.get(account.id), position), kind)


def said(store: Store, account: Account, kind: FactKind, today: date) -> str:
    return show(fact(store, account, kind, today).value)


@pytest.fixture
def account(store: Store) -> Account:
    return account_of(store)


# --- What is to pay


@pytest.mark.parametrize("kind", [FactKind.OWED, FactKind.LATE, FactKind.MINIMUM, FactKind.NEXT_DUE])
def test_of_an_account_without_any_entry_it_is_unknown_what_is_owed(
    store: Store, account: Account, kind: FactKind, today: date
) -> None:
    found = fact(store, account, kind, today)

    assert not found.is_known
    assert show(found.value) == "Not known: nothing is recorded on this account yet."
    assert (found.place, found.target) == ("bills", account.id)
    assert found.act is not None


def test_what_is_owed_is_the_sum_of_all_that_is_open(store: Store, account: Account, today: date) -> None:
    bill(store, account, date(2026, 11, 12), "1000")
    bill(store, account, date(2026, 12, 12), "300.50")
    paid(store, account, "200", date(2026, 11, 13))

    assert said(store, account, FactKind.OWED, today) == "CN¥1,100.50"


def test_what_is_late_says_since_when(store: Store, account: Account, today: date) -> None:
    bill(store, account, date(2026, 10, 12), "400")
    bill(store, account, date(2026, 11, 12), "1000")
    bill(store, account, date(2026, 12, 12), "300")

    found = fact(store, account, FactKind.LATE, today)

    assert show(found.value) == "CN¥1,400.00, the oldest since 12 Oct 2026"
    assert [figure.value for figure in figures_in(found.value)] == [yuan("1400")]


def test_where_everything_is_paid_in_time_nothing_is_late(
    store: Store, account: Account, today: date
) -> None:
    bill(store, account, date(2026, 12, 12), "300")

    assert said(store, account, FactKind.LATE, today) == "Nothing is late, by what is recorded."
    assert (
        said(store, account, FactKind.LATE_COST, today) == "None, since nothing is late by what is recorded."
    )


def test_a_bill_that_should_be_there_by_now_is_named_beside_what_is_late(
    store: Store, account: Account, today: date
) -> None:
    with store.transaction():
        cycle = replace(account.cycle, statement_day=1)
        save_account(store, replace(account, cycle=cycle))
        store.purchases.save(Purchase(account.id, yuan("80"), date(2026, 9, 10)))

    notes = fact(store, account, FactKind.LATE, today).notes

    assert list(map(show, notes)) == [
        "My Baitiao: a bill should be there by now. Add it first, or its payment."
    ]


@pytest.mark.row("C055")
def test_the_late_cost_is_a_range_where_the_sources_differ(
    store: Store, account: Account, today: date
) -> None:
    bill(store, account, date(2026, 11, 12), "1000")

    found = fact(store, account, FactKind.LATE_COST, today)

    # Ten days at 0.03 % to 0.07 % a day of 1000.
    assert isinstance(found.value, Derived)
    assert found.value.value == Span(yuan("3.00"), yuan("7.00"))
    assert list(map(show, found.notes)) == ["A range, since the sources differ."]
    assert found.value.derivation.given


def test_an_unknown_late_rate_is_said_to_be_unknown(store: Store, today: date) -> None:
    account = account_of(store, "blank")
    made = bill(store, account, date(2026, 11, 12), "1000")

    found = fact(store, account, FactKind.LATE_COST, today)

    assert not found.is_known
    assert (found.place, found.target) == ("late", made.id)


def test_the_least_to_pay_is_what_is_late_and_the_minimum_of_the_next_bill(
    store: Store, account: Account, today: date
) -> None:
    bill(store, account, date(2026, 11, 12), "400", "40")
    bill(store, account, date(2026, 12, 12), "1000", "100")
    bill(store, account, date(2027, 1, 12), "500", "50")

    found = fact(store, account, FactKind.MINIMUM, today)

    assert show(found.label) == "The least to pay by 12 Dec 2026"
    assert show(found.value) == "CN¥140.00"
    assert found.notes == ()


def test_without_a_recorded_minimum_all_of_the_bill_counts_and_it_is_said_so(
    store: Store, account: Account, today: date
) -> None:
    made = bill(store, account, date(2026, 12, 12), "1000")

    found = fact(store, account, FactKind.MINIMUM, today)

    assert show(found.value) == "CN¥1,000.00"
    assert "No minimum is recorded" in show(found.notes[0])
    assert (found.place, found.target) == ("bills", made.id)


def test_the_next_due_says_how_much_and_when(store: Store, account: Account, today: date) -> None:
    bill(store, account, date(2026, 11, 12), "400")
    bill(store, account, today, "55")
    bill(store, account, date(2026, 12, 12), "1000")

    assert said(store, account, FactKind.NEXT_DUE, today) == "CN¥55.00 on 22 Nov 2026"


def test_what_has_no_date_leads_to_the_cycle(store: Store, today: date) -> None:
    account = account_of(store, "blank")
    with store.transaction():
        store.purchases.save(Purchase(account.id, Money.of("80", account.currency), date(2026, 11, 10)))

    found = fact(store, account, FactKind.NEXT_DUE, today)

    assert not found.is_known
    assert found.act is not None
    assert show(found.act) == "Set the cycle"


# --- The limit


@pytest.mark.row("C064")
def test_how_much_of_the_limit_is_used_is_the_principal_still_to_pay(store: Store, today: date) -> None:
    account = account_of(store, limit=yuan("8000"))
    lines = (BillLine(LineKind.PURCHASE, yuan("1000")), BillLine(LineKind.FEE, yuan("50")))
    with store.transaction():
        store.bills.save(Bill(account.id, date(2026, 12, 1), date(2026, 12, 12), lines))

    found = fact(store, account, FactKind.LIMIT_USED, today)

    assert show(found.value) == "CN¥1,000.00 of CN¥8,000.00: 12.50%"
    _used, share = figures_in(found.value)
    assert share.value == Rate(Decimal("0.1250"))
    assert [show(each.value) for each in share.derivation.given] == ["CN¥8,000.00", "CN¥1,000.00"]


@pytest.mark.row("C064")
def test_without_a_limit_its_use_is_unknown_and_leads_to_the_account(
    store: Store, account: Account, today: date
) -> None:
    found = fact(store, account, FactKind.LIMIT_USED, today)

    assert not found.is_known
    assert (found.place, found.target) == ("bills", account.id)


# --- The account and the register


@pytest.mark.row("C053")
def test_the_states_are_told_with_since_when(store: Store, account: Account, today: date) -> None:
    assert said(store, account, FactKind.STATES, today) == "open"
    with store.transaction():
        set_state(store, account.id, State.CLOSING, date(2026, 11, 3))
        set_state(store, account.id, State.FROZEN, date(2026, 11, 10))

    found = fact(store, account, FactKind.STATES, today)

    assert show(found.value) == "being closed since 3 Nov 2026; frozen by the lender since 10 Nov 2026"
    (made,) = figures_in(found.value)
    assert len(made.derivation.given) == 2


def test_an_account_that_is_only_locked_is_still_open(store: Store, account: Account, today: date) -> None:
    with store.transaction():
        set_state(store, account.id, State.LOCKED, date(2026, 11, 3))

    assert said(store, account, FactKind.STATES, today) == "open; locked by you since 3 Nov 2026"


@pytest.mark.row("C051")
def test_late_payments_are_counted(store: Store, account: Account, today: date) -> None:
    bill(store, account, date(2026, 8, 12), "100")
    bill(store, account, date(2026, 9, 12), "100")
    paid(store, account, "200", date(2026, 9, 20))

    found = fact(store, account, FactKind.LATE_COUNTS, today)

    assert show(found.value) == (
        "2 late months in all, 2 in a row now, 2 at most; the longest delay: 39 days"
    )
    assert found.notes == ()


def test_a_late_record_is_kept_for_five_years_from_the_last_payment(
    store: Store, account: Account, today: date
) -> None:
    bill(store, account, date(2026, 8, 12), "100")
    bill(store, account, date(2026, 9, 12), "100")
    paid(store, account, "100", date(2026, 9, 1))
    paid(store, account, "100", date(2026, 9, 20))

    found = fact(store, account, FactKind.RECORD_EXPIRY, today)

    assert show(found.value) == "until 20 Sept 2031"
    assert figures_in(found.value)[0].value == date(2031, 9, 20)


def test_while_something_late_is_unpaid_the_five_years_have_not_started(
    store: Store, account: Account, today: date
) -> None:
    bill(store, account, date(2026, 8, 12), "100")
    bill(store, account, date(2026, 11, 12), "100")
    paid(store, account, "100", date(2026, 9, 1))

    found = fact(store, account, FactKind.RECORD_EXPIRY, today)

    assert show(found.value) == "the five years have not started"
    assert isinstance(found.value, Derived)
    assert "12 Nov 2026" in show(found.value.derivation.given[0].label)
    assert len(found.value.derivation.given) == 2


def test_no_late_payment_has_no_record_and_other_countries_have_no_known_rule(
    store: Store, account: Account, today: date
) -> None:
    abroad = account_of(store, country="GB")

    assert said(store, account, FactKind.RECORD_EXPIRY, today) == (
        "No payment was ever late, by what is recorded."
    )
    assert not fact(store, abroad, FactKind.RECORD_EXPIRY, today).is_known


# --- Money


@pytest.mark.row("C038")
def test_what_can_be_offered_each_month_comes_from_the_budget(
    store: Store, account: Account, today: date
) -> None:
    assert not fact(store, account, FactKind.AFFORDABLE, today).is_known
    with store.transaction():
        store.cash_flows.save(CashFlow("Salary", Category.SALARY, yuan("5000"), Recurrence(date(2026, 1, 1))))
        store.cash_flows.save(CashFlow("Rent", Category.HOUSING, yuan("4200"), Recurrence(date(2026, 1, 2))))

    of_all = fact(store, account, FactKind.AFFORDABLE, today)
    assert show(of_all.label) == "What a month has for all debts"
    assert show(of_all.value) == "CN¥800.00"

    bill(store, account, date(2026, 11, 12), "9000")
    offered = fact(store, account, FactKind.AFFORDABLE, today)
    assert show(offered.label) == "What can be offered each month"
    assert show(offered.value) == "CN¥800.00"


@pytest.mark.row("C089")
def test_the_balance_for_debits_says_what_is_missing_on_the_day(store: Store, today: date) -> None:
    account = account_of(store)
    assert "no automatic debit" in said(store, account, FactKind.CASH_FOR_DEBITS, today)
    with store.transaction():
        save_account(store, replace(account, automatic=True))
    assert not fact(store, account, FactKind.CASH_FOR_DEBITS, today).is_known

    bank = CashAccount("Bank", "CNY")
    with store.transaction():
        store.cash_accounts.save(bank)
    assert said(store, account, FactKind.CASH_FOR_DEBITS, today) == (
        "Nothing is debited in the next three months."
    )

    bill(store, account, date(2026, 12, 12), "300")
    unseen = fact(store, account, FactKind.CASH_FOR_DEBITS, today)
    assert show(unseen.value) == "CN¥300.00 on 12 Dec 2026, on Bank"
    assert list(map(show, unseen.notes)) == ["Whether it is there is not known: no balance is recorded."]

    with store.transaction():
        store.cash_accounts.save(replace(bank, balances=(Balance(today, yuan("120")),)))
    short = fact(store, account, FactKind.CASH_FOR_DEBITS, today)
    assert list(map(show, short.notes)) == ["By the forecast, CN¥180.00 of it is missing."]

    with store.transaction():
        store.cash_accounts.save(replace(bank, balances=(Balance(today, yuan("300")),)))
    assert fact(store, account, FactKind.CASH_FOR_DEBITS, today).notes == ()


# --- All of them


def test_a_procedure_shows_its_facts_in_its_order_and_one_without_facts_works_none_out(
    store: Store, account: Account, today: date
) -> None:
    with store.transaction():
        case: Case = start_case(store, "cancel-jd-baitiao", account.id, today)
    view = case_view(store, case, today)
    wanted = tuple(FactKind)

    found = case_facts(store, replace(view, procedure=replace(view.procedure, facts=wanted)))

    assert tuple(each.kind for each in found) == wanted
    assert case_facts(store, replace(view, procedure=replace(view.procedure, facts=()))) == ()
