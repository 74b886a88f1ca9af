"""The kind of a bill and the shares to be told of, as files keep them, older ones too."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.rules import CashRules
from planner.domain.money import Money
from planner.store.db import connect
from planner.store.store import Store

DAY, DUE = date(2026, 11, 1), date(2026, 11, 10)


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.mark.parametrize(
    "rules",
    [
        CashRules("CNY", cny("500"), cny("0"), Decimal("0.35"), Decimal("0.501")),
        CashRules("CNY", high_share=Decimal("0.4")),
        CashRules("CNY", cny("500")),
    ],
)
def test_shares_come_back_digit_by_digit(store: Store, rules: CashRules) -> None:
    with store.transaction():
        store.cash_rules.save(rules)

    kept = store.cash_rules.of("CNY")
    assert kept == rules
    assert (str(kept.notice_share), str(kept.high_share)) == (str(rules.notice_share), str(rules.high_share))


@pytest.mark.parametrize("category", ["", "rent", "Gifts"])
def test_the_kind_of_a_bill_comes_back_as_it_was_kept(store: Store, category: str) -> None:
    with store.transaction():
        store.accounts.save(Account("白条", "JD", "CNY", id="a"))
        bill = Bill("a", DAY, DUE, (BillLine(LineKind.UNITEMISED, cny("20")),), category=category)
        store.bills.save(bill)

    assert store.bills.get(bill.id) == bill


def test_a_file_from_before_them_has_bills_without_a_kind_and_the_usual_shares(tmp_path: Path) -> None:
    from sqlite_utils import Database

    from planner.store.migrations import migrations

    path = tmp_path / "old.db"
    with closing(connect(path)) as connection:
        migrations().apply(Database(connection, execute_plugins=False), stop_before="m007_cases")
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 6
        connection.execute(
            "INSERT INTO accounts (id, name, lender, currency, product, mode, closes_after, automatic, note) "
            "VALUES ('a', '白条', 'JD', 'CNY', '', 'bill', 0, 0, '')"
        )
        connection.execute(
            "INSERT INTO bills (id, account_id, currency, statement_on, due_on, minimum_minor, note) "
            "VALUES ('b', 'a', 'CNY', '2026-11-01', '2026-11-10', NULL, '')"
        )
        connection.execute(
            "INSERT INTO bill_lines (id, bill_id, position, kind, amount_minor, refers_to, label) "
            "VALUES ('l', 'b', 0, 'unitemised', 2000, '', '')"
        )
        connection.execute(
            "INSERT INTO cash_rules (id, reserve_minor, spending_cap_minor) VALUES ('CNY', 50000, NULL)"
        )

    with closing(Store.open(path)) as store:
        assert store.bills.get("b").category == ""
        assert store.bills.get("b").amount == cny("20")
        assert store.cash_rules.all() == [CashRules("CNY", cny("500"))]
