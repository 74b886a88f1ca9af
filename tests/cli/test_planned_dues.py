"""The command due with a plan that is followed: what it means to pay otherwise, and what to ask for next."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.adopted.planned import Choice
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, Option, OptionKind, Stream
from planner.phrases import Phrase
from planner.services.adopting import adopt, give_up
from planner.services.lender_answers import lender_accepted, lender_refused
from planner.store.store import Store
from tests.terminal import Run

TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 10)


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two bills: one is paid a few days early, the other in two instalments that are to be asked for."""
    path = tmp_path / "mine.db"
    store = Store.create(path)
    account = Account("白条", "JD", "CNY")
    choices = []
    with store.transaction():
        store.accounts.save(account)
        for amount, kind, days in (
            ("300", OptionKind.FULL, (date(2026, 12, 1),)),
            ("200", OptionKind.INSTALMENTS, (DUE, date(2027, 1, 10))),
        ):
            line = BillLine(LineKind.UNITEMISED, cny(amount))
            bill = Bill(account.id, date(2026, 11, 20), DUE, (line,))
            store.bills.save(bill)
            part = Money(cny(amount).minor // len(days), "CNY")
            stream = Stream(tuple((on, part) for on in days), cny("0"), cny("0"))
            option = Option(
                "one", kind, Phrase("Way"), stream, stream, apply_by=days[0] if len(days) > 1 else None
            )
            decision = Decision(bill.id, Phrase("Bill"), account.id, "JD", cny(amount), (option,), (bill.id,))
            choices.append(Choice(decision, option))
        adopt(store, TODAY, choices)
    store.close()
    return path


def test_what_is_planned_otherwise_stands_below_what_is_due(run: Run, path: Path) -> None:
    said = run("due", "--store", path, "--today", TODAY)

    assert said.lines[-4:] == [
        "By the plan you follow, instead",
        "1 Dec 2026   白条: Bill of 20 Nov 2026  CN¥300.00",
        "10 Dec 2026  白条: Bill of 20 Nov 2026  CN¥100.00  once the lender agrees",
        "To do: 白条: apply for 2 instalments by 10 Dec 2026.",
    ]
    assert "Together: CN¥500.00" in said.lines


def test_what_was_missed_stands_on_the_day_it_was_planned_for(run: Run, path: Path) -> None:
    said = run("due", "--store", path, "--today", date(2026, 12, 5))

    assert "1 Dec 2026   白条: Bill of 20 Nov 2026  CN¥300.00  its day has passed" in said.lines
    told = run("due", "--store", path, "--today", date(2026, 12, 5), "--json").json
    assert [(each["on"], each["planned_on"]) for each in told["planned"]] == [
        ("2026-12-05", "2026-12-01"),
        ("2026-12-10", "2026-12-10"),
    ]


def test_programs_read_the_same(run: Run, path: Path) -> None:
    told = run("due", "--store", path, "--today", TODAY, "--days", 60, "--json").json

    assert [(each["on"], each["amount"]["text"], each["is_agreed"]) for each in told["planned"]] == [
        ("2026-12-01", "300.00", True),
        ("2026-12-10", "100.00", False),
        ("2027-01-10", "100.00", False),
    ]
    assert told["planned"][0]["label"] == "白条: Bill of 20 Nov 2026"
    assert told["planned"][0]["account"]["name"] == "白条"
    assert told["ask"] == ["白条: apply for 2 instalments by 10 Dec 2026."]
    assert told["total"]["CNY"]["text"] == "500.00"


def test_what_was_agreed_is_due_on_its_own_day_and_nothing_more_is_said(run: Run, path: Path) -> None:
    store = Store.open(path)
    (plan,) = store.adopted_plans.all()
    with store.transaction():
        lender_accepted(store, plan.todos[0].id, TODAY)
    store.close()

    told = run("due", "--store", path, "--today", TODAY, "--days", 60, "--json").json
    assert [each["on"] for each in told["planned"]] == ["2026-12-01"]
    assert told["ask"] == []


def test_what_was_refused_is_due_as_recorded_and_no_more_of_it_is_planned(run: Run, path: Path) -> None:
    store = Store.open(path)
    (plan,) = store.adopted_plans.all()
    with store.transaction():
        lender_refused(store, plan.todos[0].id, TODAY)
    store.close()

    told = run("due", "--store", path, "--today", TODAY, "--days", 60, "--json").json
    assert [(each["on"], each["amount"]["text"]) for each in told["planned"]] == [("2026-12-01", "300.00")]
    assert told["ask"] == []
    assert told["total"]["CNY"]["text"] == "500.00"


def test_without_a_plan_nothing_of_it_is_said(run: Run, path: Path) -> None:
    store = Store.open(path)
    (plan,) = store.adopted_plans.all()
    with store.transaction():
        give_up(store, plan.id, TODAY)
    store.close()

    assert "By the plan you follow, instead" not in run("due", "--store", path, "--today", TODAY).out
    told = run("due", "--store", path, "--today", TODAY, "--json").json
    assert (told["planned"], told["ask"]) == ([], [])
