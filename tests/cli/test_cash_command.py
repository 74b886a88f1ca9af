from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.cash.rules import CashRules
from planner.domain.purchase import Purchase
from planner.services.accounts import save_account
from planner.services.bills import save_bill, save_purchase
from planner.services.cash import save_cash_account, save_rules, see_balance
from planner.services.cash_flows import save_flow
from planner.store.store import Store
from tests.domain.cash_cases import cny
from tests.terminal import Run

TODAY = "2026-11-22"
BANK = CashAccount("Bank", "CNY", id="bank")
CARD = Account("Card", "A bank", "CNY", automatic=True, id="card")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cash.db"
    store = Store.create(path)
    with store.transaction():
        save_cash_account(store, BANK)
        see_balance(store, "bank", cny(1000), date(2026, 11, 20))
        save_account(store, CARD)
        lines = (BillLine(LineKind.UNITEMISED, cny("820.50")),)
        save_bill(store, Bill("card", date(2026, 11, 20), date(2026, 12, 10), lines, id="bill"))
        save_flow(
            store,
            CashFlow(
                "Rent",
                Category.HOUSING,
                cny(300),
                Recurrence(date(2026, 12, 1), until=date(2026, 12, 1)),
                id="rent",
            ),
        )
        save_rules(store, CashRules("CNY", cny(500), cny(40)))
        save_purchase(store, Purchase("card", cny(45), date(2026, 11, 21), "Shop"))
    store.close()
    return path


def told(run: Run, path: Path, *words: str) -> dict[str, Any]:
    said = run("cash", "--json", "--store", path, "--today", TODAY, *words)
    assert said.code == 0, said.err
    answer: dict[str, Any] = json.loads(said.out)
    return answer


@pytest.mark.row("C100")
@pytest.mark.row("C120")
def test_it_says_what_is_there_how_far_it_reaches_and_what_debits_need(run: Run, file: Path) -> None:
    said = run("cash", "--store", file, "--today", TODAY)

    assert said.code == 0, said.err
    assert said.out.splitlines() == [
        "Cash in CNY until 22 Feb 2027",
        "  Bank: CN¥1,000.00, seen on 20 Nov 2026",
        "  Now: CN¥1,000.00",
        "  Reserve: CN¥500.00",
        "  Lowest point: -CN¥120.50 on 10 Dec 2026",
        "  First day short: 10 Dec 2026, CN¥620.50 is missing",
        "  Balance needed on 10 Dec 2026 on Bank: CN¥820.50; by the forecast, CN¥120.50 is missing",
        "  Bought on credit this month: CN¥45.00 of at most CN¥40.00",
        "  1 payment has no date and is left out: CN¥45.00.",
        "  CN¥45.00 was bought on credit this month, CN¥5.00 more than the CN¥40.00 you set.",
        "",
    ]


@pytest.mark.row("C100")
@pytest.mark.row("C120")
def test_programs_get_the_same_in_minor_units(run: Run, file: Path) -> None:
    answer = told(run, file)

    (found,) = answer["currencies"]
    money = {"currency": "CNY"}
    assert (answer["today"], answer["until"]) == (TODAY, "2027-02-22")
    assert found["now"] == {"minor": 100_000, "text": "1000.00", **money}
    assert [(day["on"], day["balance"]["minor"]) for day in found["forecast"]["days"]] == [
        (TODAY, 100_000),
        ("2026-12-01", 70_000),
        ("2026-12-10", -12_050),
    ]
    assert found["forecast"]["lowest"]["on"] == "2026-12-10"
    assert found["forecast"]["first_short"]["missing"]["minor"] == 62_050
    (needed,) = found["needed"]
    assert (needed["on"], needed["account"]) == ("2026-12-10", {"id": "bank", "name": "Bank"})
    amounts = [needed[name]["minor"] for name in ("needed", "there", "missing")]
    assert amounts == [82_050, 70_000, 12_050]
    assert [(debit["id"], debit["amount"]["minor"]) for debit in needed["debits"]] == [("bill", 82_050)]
    assert [found["spending"][name]["minor"] for name in ("spent", "cap", "over")] == [4_500, 4_000, 500]
    assert found["spending"]["month"] == "2026-11-01"
    assert found["reserve"]["minor"] == 50_000
    (row,) = found["accounts"]
    assert (row["seen"]["on"], row["seen"]["amount"]["minor"]) == ("2026-11-20", 100_000)
    assert row["forecast"]["first_short"]["missing"]["minor"] == 12_050
    assert row["pays"] == [{"id": "card", "name": "Card"}]
    assert found["flows"] == [
        {
            "amount": {"minor": 30_000, "text": "300.00", **money},
            "category": "housing",
            "direction": "expense",
            "id": "rent",
            "name": "Rent",
            "next_on": "2026-12-01",
        }
    ]
    assert (found["unknown"], len(found["left_out"]), len(found["warnings"])) == ([], 1, 2)


def test_it_looks_as_many_months_ahead_as_it_is_told(run: Run, file: Path) -> None:
    assert told(run, file, "--months", "36")["until"] == "2029-11-22"
    assert [run("cash", "--store", file, "--months", months).code for months in (2, 37)] == [2, 2]


def test_what_is_unknown_is_said_instead_of_a_figure(run: Run, file: Path) -> None:
    store = Store.open(file)
    with store.transaction():
        store.cash_accounts.save(replace(BANK, balances=()))
        store.cash_rules.delete("CNY")
        store.cash_flows.delete("rent")
    store.close()

    said = run("cash", "--store", file, "--today", TODAY)
    (found,) = told(run, file)["currencies"]

    assert said.out.splitlines() == [
        "Cash in CNY until 22 Feb 2027",
        "  The balance of Bank is unknown, so there is no forecast. Note what is on it.",
        "  Balance needed on 10 Dec 2026 on Bank: CN¥820.50",
        "  Bought on credit this month: CN¥45.00",
        "  1 payment has no date and is left out: CN¥45.00.",
        "",
    ]
    assert [found[name] for name in ("now", "forecast", "reserve")] == [None, None, None]
    assert (found["accounts"][0]["seen"], found["accounts"][0]["forecast"]) == (None, None)
    assert (found["needed"][0]["there"], found["needed"][0]["missing"]) == (None, None)
    assert (found["spending"]["cap"], found["spending"]["over"]) == (None, None)


def test_cash_that_does_is_said_to_do(run: Run, file: Path) -> None:
    store = Store.open(file)
    with store.transaction():
        see_balance(store, "bank", cny(9000), date(2026, 11, 21))
        store.cash_rules.delete("CNY")
    store.close()

    said = run("cash", "--store", file, "--today", TODAY)

    assert "  It suffices on every day." in said.out.splitlines()
    assert "Reserve" not in said.out
    assert told(run, file)["currencies"][0]["forecast"]["first_short"] is None


def test_an_empty_file_has_nothing_to_say(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    Store.create(path).close()

    assert run("cash", "--store", path, "--today", TODAY).out.splitlines() == [
        "No cash account is recorded yet."
    ]
    assert told(run, path)["currencies"] == []
