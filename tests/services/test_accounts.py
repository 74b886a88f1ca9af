from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from planner.domain.account import Account, DatedState, Product, State
from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case
from planner.domain.purchase import Purchase, Refund
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim
from planner.services.account_states import (
    AlreadyOpenError,
    BeforeRestrictionError,
    EarlierStateError,
    NotRestrictedError,
    StateHoldsError,
    note_lifted,
    note_state,
    states_now,
)
from planner.services.accounts import (
    CurrencyFixedError,
    LimitNotPositiveError,
    NameMissingError,
    account_from,
    delete_account,
    holds_anything,
    override_term,
    restore_term,
    save_account,
    set_service,
    start_with_bill,
)
from planner.services.bills import AmountNotPositiveError
from planner.services.procedures import FutureDateError
from planner.store.catalogue import product
from planner.store.changes import Changes, inverse
from planner.store.store import Store

MINE = Source("my contract", date(2026, 11, 1), Reliability.CONTRACT, Origin.CONTRACT)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def sheet() -> Product:
    found = product("jd-baitiao")
    assert found is not None
    return found


@pytest.fixture
def account(store: Store, sheet: Product) -> Account:
    made = account_from(sheet, "京东白条")
    with store.transaction():
        save_account(store, made)
    return made


def rows_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, to see that nothing else is left or lost."""
    names = [
        row["name"]
        for row in store.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
        )
    ]
    return {
        name: sorted((tuple(row) for row in store.connection.execute(f"SELECT * FROM {name}")), key=repr)  # noqa: S608 - a name of our own
        for name in names
    }


def one_of_everything(store: Store, account: Account) -> None:
    bought = Purchase(
        account.id,
        yuan("59.90"),
        date(2026, 11, 2),
        "Shop",
        refunds=(Refund(yuan("9.90"), date(2026, 11, 3)),),
    )
    stated = Bill(
        account.id,
        date(2026, 11, 16),
        date(2026, 11, 25),
        (BillLine(LineKind.PURCHASE, yuan("50"), bought.id),),
        yuan("5"),
    )
    row = Instalment(1, date(2026, 12, 25), yuan("100"), yuan("1"), yuan("0"))
    with store.transaction():
        store.purchases.save(bought)
        store.bills.save(stated)
        store.plans.save(InstalmentPlan(account.id, "Phone", yuan("100"), (row,), 1))
        store.charges.save(Charge(account.id, LineKind.FEE, yuan("3"), date(2026, 11, 4)))
        store.payments.save(Payment(account.id, yuan("20"), date(2026, 11, 20), aimed_at=stated.id))
        store.adjustments.save(
            Adjustment(account.id, yuan("-1"), yuan("29"), date(2026, 11, 21), bill_id=stated.id)
        )
        store.cases.save(Case("cancel-jd-baitiao", 1, account.id, date(2026, 11, 22)))


# --- from a product ----------------------------------------------------------------------------------


def test_a_new_account_has_its_own_copy_of_what_its_product_publishes(store: Store, sheet: Product) -> None:
    made = account_from(sheet, "京东白条")

    assert (made.product, made.lender, made.currency) == (sheet.id, sheet.lender, sheet.currency)
    assert made.terms == sheet.terms
    assert made.cycle == sheet.cycle
    assert made.contacts == sheet.contacts
    assert [service.name for service in made.services] == list(sheet.services)
    assert store.accounts.all() == []


def test_two_accounts_of_one_product_share_nothing(sheet: Product) -> None:
    one, other = account_from(sheet, "one"), account_from(sheet, "other", "EUR")

    assert one.id != other.id
    assert {service.id for service in one.services}.isdisjoint(service.id for service in other.services)
    assert other.currency == "EUR"


def test_everything_about_an_account_can_be_read_again(store: Store, account: Account) -> None:
    assert store.accounts.get(account.id) == account


def test_newer_published_terms_do_not_reach_an_account_by_themselves(
    store: Store, account: Account, sheet: Product
) -> None:
    replace(sheet, terms=sheet.terms.overridden(TermClaim(Term.GRACE_DAYS, "", "9", MINE)))

    assert store.accounts.get(account.id).terms == sheet.terms


# --- refusals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "  ", "\t"])
def test_an_account_needs_a_name(store: Store, account: Account, name: str) -> None:
    with pytest.raises(NameMissingError), store.transaction():
        save_account(store, replace(account, name=name))

    assert store.accounts.get(account.id).name == "京东白条"


@pytest.mark.parametrize("limit", ["0", "-0.01"])
def test_a_limit_is_more_than_nothing_or_unknown(store: Store, account: Account, limit: str) -> None:
    with pytest.raises(LimitNotPositiveError), store.transaction():
        save_account(store, replace(account, limit=yuan(limit)))

    with store.transaction():
        save_account(store, replace(account, limit=yuan("0.01")))
        save_account(store, replace(account, limit=None))
    assert store.accounts.get(account.id).limit is None


def test_the_currency_can_be_changed_until_something_is_recorded(store: Store, account: Account) -> None:
    with store.transaction():
        save_account(store, replace(account, currency="EUR"))
        save_account(store, account)
    assert not holds_anything(store, account.id)

    one_of_everything(store, account)

    assert holds_anything(store, account.id)
    with pytest.raises(CurrencyFixedError), store.transaction():
        save_account(store, replace(account, currency="EUR"))
    with store.transaction():
        save_account(store, replace(account, name="another name"))
    assert store.accounts.get(account.id).currency == "CNY"


# --- terms and services ------------------------------------------------------------------------------


def test_the_users_own_contract_stands_above_what_is_published_until_it_is_taken_back(
    store: Store, account: Account
) -> None:
    published = account.terms
    assert published.late_rate.is_range

    with store.transaction():
        override_term(store, account.id, TermClaim(Term.LATE_RATE, "", "0.0004", MINE))
    own = store.accounts.get(account.id).terms
    assert own.late_rate.value == Rate(Decimal("0.0004"), Per.DAY)
    assert set(published.claims) < set(own.claims)

    with store.transaction():
        restore_term(store, account.id, Term.LATE_RATE)
    assert store.accounts.get(account.id).terms == published


def test_a_service_is_taken_off_and_linked_again_alone(store: Store, account: Account) -> None:
    first, *others = account.services
    with store.transaction():
        set_service(store, account.id, first.id, date(2026, 11, 20))

    changed = store.accounts.get(account.id).services
    assert changed == (replace(first, unlinked_on=date(2026, 11, 20)), *others)

    with store.transaction():
        set_service(store, account.id, first.id, None)
    assert store.accounts.get(account.id) == account


# --- states ------------------------------------------------------------------------------------------


@pytest.fixture
def note(store: Store, account: Account, today: date) -> Callable[[State, date], Account]:
    def noted(state: State, since: date) -> Account:
        with store.transaction():
            return note_state(store, account.id, state, since, today)

    return noted


def test_a_stage_of_its_life_ends_the_one_before_and_what_lies_over_it_stays(
    note: Callable[[State, date], Account], today: date
) -> None:
    note(State.FROZEN, date(2026, 10, 1))
    note(State.CLOSING, date(2026, 11, 1))
    account = note(State.CLOSED, date(2026, 11, 10))

    assert account.states == (
        DatedState(State.FROZEN, date(2026, 10, 1)),
        DatedState(State.CLOSING, date(2026, 11, 1), date(2026, 11, 10)),
        DatedState(State.CLOSED, date(2026, 11, 10)),
    )
    assert states_now(account, date(2026, 9, 30)) == (State.OPEN,)
    assert states_now(account, date(2026, 11, 9)) == (State.CLOSING, State.FROZEN)
    assert states_now(account, today) == (State.CLOSED, State.FROZEN)


def test_a_restriction_is_lifted_on_its_first_day_without_it(
    store: Store, account: Account, note: Callable[[State, date], Account], today: date
) -> None:
    note(State.FROZEN, date(2026, 10, 1))
    note(State.LOCKED, date(2026, 10, 5))
    with store.transaction():
        lifted = note_lifted(store, account.id, State.FROZEN, date(2026, 11, 1), today)

    assert lifted.restrictions_on(date(2026, 10, 31)) == {State.FROZEN, State.LOCKED}
    assert lifted.restrictions_on(date(2026, 11, 1)) == {State.LOCKED}


def test_a_closed_account_can_be_opened_again(note: Callable[[State, date], Account], today: date) -> None:
    note(State.CLOSED, date(2026, 11, 1))

    assert note(State.OPEN, date(2026, 11, 15)).life_on(today) is State.OPEN


def test_states_that_cannot_be_are_refused_and_leave_everything_as_it_was(
    store: Store, account: Account, note: Callable[[State, date], Account], today: date
) -> None:
    with pytest.raises(AlreadyOpenError):
        note(State.OPEN, today)
    with pytest.raises(FutureDateError):
        note(State.CLOSING, today + timedelta(days=1))
    closing = note(State.CLOSING, date(2026, 11, 1))
    with pytest.raises(StateHoldsError):
        note(State.CLOSING, date(2026, 11, 5))
    with pytest.raises(EarlierStateError):
        note(State.CLOSED, date(2026, 10, 31))
    with pytest.raises(NotRestrictedError), store.transaction():
        note_lifted(store, account.id, State.FROZEN, today, today)
    frozen = note(State.FROZEN, date(2026, 11, 10))
    with pytest.raises(BeforeRestrictionError), store.transaction():
        note_lifted(store, account.id, State.FROZEN, date(2026, 11, 9), today)

    assert frozen.states == (*closing.states, DatedState(State.FROZEN, date(2026, 11, 10)))
    assert store.accounts.get(account.id) == frozen


# --- delete and restore ------------------------------------------------------------------------------


def test_deleting_an_account_takes_all_with_it_and_undo_brings_every_row_back(
    store: Store, account: Account, sheet: Product
) -> None:
    other = account_from(sheet, "the other")
    with store.transaction():
        save_account(store, other)
    only_other = rows_of(store)
    only_other["accounts"] = [row for row in only_other["accounts"] if account.id not in row]
    one_of_everything(store, account)
    one_of_everything(store, other)
    before = rows_of(store)

    with store.transaction() as journal:
        delete_account(store, account.id)
    after = rows_of(store)

    assert store.accounts.all() == [other]
    assert not any(account.id in str(row) for rows in after.values() for row in rows)
    assert holds_anything(store, other.id)

    store.apply(inverse(journal.changes))
    assert rows_of(store) == before

    store.apply(journal.changes)
    assert rows_of(store) == after


def test_a_deleted_account_leaves_no_rows_in_any_table(store: Store, account: Account) -> None:
    one_of_everything(store, account)
    changes: Changes
    with store.transaction() as journal:
        delete_account(store, account.id)
    changes = journal.changes

    kept = {name for name, rows in rows_of(store).items() if rows}
    assert kept.isdisjoint({change.table for change in changes})


# --- the first run -----------------------------------------------------------------------------------


def test_a_lender_an_amount_and_a_date_are_enough_to_begin(store: Store, sheet: Product, today: date) -> None:
    account = account_from(sheet, "京东白条")
    with store.transaction():
        stated = start_with_bill(store, account, yuan("500"), today, date(2026, 11, 30))

    assert store.bills.get(stated.id).amount == yuan("500")
    assert [due.open for due in store.ledgers.position(today).open_dues] == [yuan("500")]


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_nothing_owed_is_no_first_bill(store: Store, sheet: Product, today: date, amount: str) -> None:
    with pytest.raises(AmountNotPositiveError), store.transaction():
        start_with_bill(store, account_from(sheet, "x"), yuan(amount), today, date(2026, 11, 30))

    assert store.accounts.all() == []


def test_a_bill_that_was_due_before_today_was_not_made_after_that(
    store: Store, sheet: Product, today: date
) -> None:
    with store.transaction():
        stated = start_with_bill(store, account_from(sheet, "x"), yuan("5"), today, date(2026, 11, 1))

    assert stated.statement_on <= stated.due_on == date(2026, 11, 1)
