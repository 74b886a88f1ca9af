from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category, Happened, Occurrence
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.dates import Shift
from planner.domain.money import Money
from planner.store.changes import inverse, tables_of
from planner.store.store import Store


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


ACCOUNT = CashAccount(
    "Compte courant",
    "EUR",
    (Balance(date(2026, 11, 1), eur(-1250)), Balance(date(2026, 11, 20), eur(99))),
    "note",
)
FLOW = CashFlow(
    "Salaire",
    Category.SALARY,
    eur(180_000),
    Recurrence(date(2026, 1, 30), Unit.MONTH, 2, 31, date(2028, 1, 1), Shift.PREVIOUS),
    ACCOUNT.id,
    (
        Occurrence(date(2026, 1, 31), Happened.CONFIRMED, date(2026, 1, 30), eur(179_900)),
        Occurrence(date(2026, 3, 31), Happened.SKIPPED),
    ),
    "note",
)
ONCE = CashFlow("Prime", Category.OTHER_INCOME, eur(5), Recurrence(date(2026, 2, 1), Unit.ONCE))
RULES = CashRules("EUR", eur(30_000))


def test_what_is_saved_of_cash_is_what_is_read(store: Store) -> None:
    with store.transaction():
        store.cash_accounts.save(ACCOUNT)
        store.cash_flows.save_all([FLOW, ONCE])
        store.cash_rules.save(RULES)
        store.cash_rules.save(CashRules("CNY", spending_cap=Money(0, "CNY")))

    assert store.cash_accounts.all() == [ACCOUNT]
    assert store.cash_flows.all() == [FLOW, ONCE]
    assert store.cash_flows.of_cash_account(ACCOUNT.id) == [FLOW]
    assert store.cash_rules.of("EUR") == RULES
    assert store.cash_rules.of("CNY") == CashRules("CNY", None, Money(0, "CNY"))
    assert store.cash_rules.of("USD") == CashRules("USD")


def test_cash_can_be_changed_deleted_and_all_of_that_undone(store: Store) -> None:
    steps = []
    with store.transaction() as journal:
        store.cash_accounts.save(ACCOUNT)
        store.cash_flows.save(FLOW)
        store.cash_rules.save(RULES)
    steps.append(journal.changes)
    assert tables_of(journal.changes) == {
        *("cash_accounts", "cash_balances", "cash_flows", "cash_occurrences", "cash_rules")
    }
    with store.transaction() as journal:
        store.cash_accounts.save(replace(ACCOUNT, balances=ACCOUNT.balances[1:]))
        store.cash_flows.delete(FLOW.id)
        store.cash_rules.delete("EUR")
    assert (store.cash_flows.count(), store.cash_rules.count()) == (0, 0)
    assert store.connection.execute("SELECT count(*) FROM cash_occurrences").fetchone()[0] == 0

    store.apply(inverse(journal.changes))

    assert store.cash_accounts.get(ACCOUNT.id) == ACCOUNT
    assert store.cash_flows.get(FLOW.id) == FLOW
    store.apply(inverse(steps[0]))
    assert not store.has_cash
    assert store.cash_accounts.all() == []


def test_whether_there_is_cash_is_known_without_reading_it(store: Store) -> None:
    found = [store.has_cash]
    with store.transaction():
        store.cash_rules.save(RULES)
    found.append(store.has_cash)
    with store.transaction():
        store.cash_rules.delete(RULES.id)
    found.append(store.has_cash)
    with store.transaction():
        store.cash_accounts.save(ACCOUNT)
    found.append(store.has_cash)

    assert found == [False, True, False, True]
