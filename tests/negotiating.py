"""A procedure that leads to an agreement, a debt that is late, and a budget; for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.procedures.case import Case
from planner.domain.procedures.published import Procedure
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill, save_charge
from planner.services.plans import save_plan
from planner.services.procedures import start_case
from planner.store import catalogue
from planner.store.store import Store

PROCEDURE = """
id = "talks"
revision = 1
title = "Agree on a plan"
text = "You have agreed."
products = []
checked = 2026-11-22
facts = []

[[step]]
id = "work-out"
title = "Work out what you can offer"
text = "The worksheet."
kind = "worksheet"
section = "before"

[[step]]
id = "at-once"
title = "Compare paying all with paying in parts"
text = "The comparison."
place = "called"

[[step]]
id = "write"
title = "Write your proposal"
text = "The letter."
kind = "letter"
letter = "proposal"

[[step]]
id = "agree"
title = "Record what was agreed"
text = "The form."
kind = "agreement"

[[step]]
id = "confirm"
title = "Ask for it in writing"
text = "The letter of confirmation."
kind = "letter"
letter = "confirmation"
rules = ["no_agreement"]

[[step]]
id = "dispute"
title = "Object"
text = "The letter."
kind = "letter"
letter = "dispute"

[[step]]
id = "cancel"
title = "Apply in writing"
text = "The letter."
kind = "letter"
letter = "cancellation"

[[step]]
id = "refund"
title = "Ask for what is yours"
text = "The letter."
kind = "letter"
letter = "refund"
"""
_SAID = '\nsource = "A test"\nchecked = 2026-11-22\nreliability = "medium"\n'


def read_talks(folder: Path) -> Procedure:
    """The procedure, as it is read from a file."""
    first, *steps = PROCEDURE.split("[[step]]")
    path = folder / "talks.toml"
    path.write_text(first + "".join(f"[[step]]{step.rstrip()}{_SAID}" for step in steps), encoding="utf-8")
    return catalogue.read_procedure(path)


def use_talks(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let the catalogue hold it beside those that come with the program."""
    known = (*catalogue.procedures(), read_talks(folder))
    monkeypatch.setattr(catalogue, "procedures", lambda: known)


def yuan(amount: str) -> Money:
    """An amount in yuan."""
    return Money.of(amount, "CNY")


def late_account(store: Store) -> Account:
    """An account with 1,000 yuan late, 12.34 of penalty, and two instalments of 300 and 2 to come."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        save_bill(
            store,
            Bill(
                account.id,
                date(2026, 10, 1),
                date(2026, 10, 10),
                (BillLine(LineKind.UNITEMISED, yuan("1000")),),
                id="bill",
            ),
        )
        save_charge(
            store, Charge(account.id, LineKind.PENALTY, yuan("12.34"), date(2026, 11, 10), id="charge")
        )
        rows = tuple(
            Instalment(number, on, yuan("300"), yuan("2"), yuan("0"), f"row{number}")
            for number, on in ((1, date(2026, 12, 10)), (2, date(2027, 1, 10)))
        )
        save_plan(store, InstalmentPlan(account.id, "Fridge", yuan("600"), rows, 2, id="fridge"))
    return account


def begin(store: Store, account: Account, today: date) -> Case:
    """Start the procedure."""
    with store.transaction():
        return start_case(store, "talks", account.id, today)
