from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.sourced import Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.services.accounts import save_account
from planner.services.plans import save_plan
from planner.store.store import Store
from tests.terminal import Run

TODAY = "2026-11-22"


def account(name: str, currency: str, *policies: str) -> Account:
    claims = (TermClaim(Term.EARLY_SETTLEMENT, "", text, Source("a page")) for text in policies)
    return Account(name, "a lender", currency, terms=Terms(tuple(claims)))


def plan(owner: Account, name: str, fee: str, day: int = 10) -> InstalmentPlan:
    rows = tuple(
        Instalment(
            number,
            date(2026 + (11 + number) // 12, (11 + number) % 12 + 1, day),
            Money.of("100", owner.currency),
            Money.of(fee, owner.currency),
            Money.of("0", owner.currency),
        )
        for number in range(3)
    )
    return InstalmentPlan(owner.id, name, Money.of("300", owner.currency), rows, 3)


def file_with(path: Path, *owners: tuple[Account, tuple[InstalmentPlan, ...]]) -> Path:
    store = Store.create(path)
    with store.transaction():
        for owner, plans in owners:
            save_account(store, owner)
            for each in plans:
                save_plan(store, each)
    store.close()
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    disputed = account("白条", "CNY", "waive_remaining", "remaining_fees_due")
    known = account("Card", "CNY", "waive_remaining")
    french = account("Alma", "EUR")
    return file_with(
        tmp_path / "plans.db",
        (disputed, (plan(disputed, "Phone", "9"),)),
        (known, (plan(known, "Lamp", "6"),)),
        (french, (plan(french, "Shoes", "2", day=22),)),
    )


def test_each_plan_and_all_of_them_together(run: Run, file: Path) -> None:
    said = run("settle", "--store", file, "--today", TODAY).out

    assert said.splitlines() == [
        "What settling early on 22 Nov 2026 saves",
        (
            "  白条: Phone: saves CN¥0.00 – CN¥27.00; to settle: CN¥300.00 – CN¥327.00; "
            "if it runs on: CN¥327.00 until 10 Feb 2027"
        ),
        "  Card: Lamp: saves CN¥18.00; to settle: CN¥300.00; if it runs on: CN¥318.00 until 10 Feb 2027",
        "  Alma: Shoes: saves €6.00; to settle: €300.00; if it runs on: €306.00 until 22 Feb 2027",
        "Together: saves CN¥18.00 – CN¥45.00; to settle: CN¥600.00 – CN¥627.00; if all run on: CN¥645.00",
        "Together: saves €6.00; to settle: €300.00; if all run on: €306.00",
        "A range: the lender’s rule is unknown, or the sources disagree. Ask the lender.",
    ]


def test_programs_get_exact_amounts_and_the_rules(run: Run, file: Path) -> None:
    told: dict[str, Any] = run("settle", "--json", "--store", file, "--today", TODAY).json

    assert told["on"] == TODAY
    phone, lamp, shoes = told["plans"]
    assert (phone["name"], phone["account"]["name"], phone["until"]) == ("Phone", "白条", "2027-02-10")
    assert phone["saves"] == {
        "low": {"minor": 0, "currency": "CNY", "text": "0.00"},
        "high": {"minor": 2700, "currency": "CNY", "text": "27.00"},
    }
    assert phone["to_settle"]["high"]["minor"] == 32_700
    assert phone["if_it_runs_on"]["minor"] == 32_700
    assert (phone["rule_known"], phone["rules"]) == (False, ["waive_remaining", "remaining_fees_due"])
    assert (lamp["rule_known"], lamp["rules"]) == (True, ["waive_remaining"])
    assert shoes["rules"] == ["fr_indemnity"]
    assert list(told["total"]) == ["CNY", "EUR"]
    assert told["total"]["CNY"]["saves"]["low"]["minor"] == 1_800
    assert told["total"]["CNY"]["to_settle"]["high"]["minor"] == 62_700
    assert told["total"]["CNY"]["if_it_runs_on"]["minor"] == 64_500


def test_where_every_rule_is_known_no_range_is_spoken_of(run: Run, tmp_path: Path) -> None:
    known = account("Card", "CNY", "waive_remaining")
    file = file_with(tmp_path / "one.db", (known, (plan(known, "Lamp", "6"),)))

    assert "A range" not in run("settle", "--store", file, "--today", TODAY).out


def test_with_no_plan_it_says_so(run: Run, tmp_path: Path) -> None:
    file = file_with(tmp_path / "none.db", (account("Card", "CNY"), ()))

    said = run("settle", "--store", file, "--today", TODAY).out
    assert said == "No recorded plan has an instalment that falls due later.\n"
    assert run("settle", "--json", "--store", file, "--today", TODAY).json["plans"] == []


def test_it_is_among_the_commands(run: Run) -> None:
    assert "settle" in run("--help").out
    assert "What settling instalment plans today would save." in run("settle", "--help").out
