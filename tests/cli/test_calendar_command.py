"""The command calendar: a file for any calendar program that a later one brings up to date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.store.backup import copies_of
from planner.store.store import Store
from tests.terminal import Run

TODAY = date(2026, 11, 22)


def events(file: Path) -> list[Any]:
    from icalendar import Calendar

    return list(Calendar.from_ical(file.read_bytes()).walk("VEVENT"))


@pytest.mark.row("C086", "C119")
def test_a_later_file_brings_the_earlier_one_up_to_date(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "mine.db", tmp_path / "pay.ics"
    store = Store.create(path)
    line = BillLine(LineKind.UNITEMISED, Money.of("500", "CNY"))
    with store.transaction():
        store.accounts.save(Account("白条", "JD", "CNY", id="account"))
        store.bills.save(Bill("account", date(2026, 11, 20), date(2026, 12, 10), (line,), id="bill"))
    store.close()

    told = run("calendar", "--out", out, "--store", path, "--today", TODAY)
    assert (told.code, told.lines) == (0, [f"Saved: {out}", "1 day to pay on."])
    assert [(event["uid"], event["status"]) for event in events(out)] == [
        ("bill@repayment-planner", "CONFIRMED")
    ]
    store = Store.open(path)
    with store.transaction():
        store.payments.save(Payment("account", Money.of("500", "CNY"), TODAY))
    store.close()
    assert copies_of(path) == []

    told = run("calendar", "--out", out, "--store", path, "--today", TODAY)
    assert told.lines == [f"Saved: {out}", "0 days to pay on."]
    assert [(event["uid"], event["status"], event["sequence"]) for event in events(out)] == [
        ("bill@repayment-planner", "CANCELLED", 1)
    ]


def test_nothing_is_kept_in_mind_where_the_file_could_not_be_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    store = Store.create(path)
    line = BillLine(LineKind.UNITEMISED, Money.of("500", "CNY"))
    with store.transaction():
        store.accounts.save(Account("白条", "JD", "CNY", id="account"))
        store.bills.save(Bill("account", date(2026, 11, 20), date(2026, 12, 10), (line,), id="bill"))
    store.close()

    assert run("calendar", "--out", tmp_path / "none" / "x.ics", "--store", path, "--today", TODAY).code == 1

    store = Store.open(path)
    assert store.handed.all() == []
    store.close()
