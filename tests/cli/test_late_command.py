from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.services.accounts import save_account
from planner.store.store import Store
from tests.terminal import Run, Said

TODAY = "2026-11-22"
OWN = Source("my contract", date(2026, 11, 22), Reliability.CONTRACT, Origin.CONTRACT)


@pytest.fixture
def run(run: Run) -> Run:
    """Run the command late."""

    def late(*words: object) -> Said:
        return run("late", "--today", TODAY, *words)

    return late


def account(name: str, currency: str = "CNY", **texts: str) -> Account:
    usual = {"late_rate": "0.0005", "late_base": "overdue", "grace_days": "0", **texts}
    claims = tuple(TermClaim(Term(key), "", text, OWN) for key, text in usual.items() if text)
    return Account(name, "a lender", currency, terms=Terms(claims))


def bill(owner: Account, due_on: date, amount: str = "1000.00") -> Bill:
    lines = (BillLine(LineKind.UNITEMISED, Money.of(amount, owner.currency)),)
    return Bill(owner.id, due_on.replace(day=1), due_on, lines)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with an account that is late for the second time, one that was late, and one that was not."""
    path = tmp_path / "late.db"
    store = Store.create(path)
    shop, card, calm = account("Shop"), account("Card"), account("Calm")
    with store.transaction():
        for owner in (shop, card, calm):
            save_account(store, owner)
        store.bills.save_all((bill(shop, date(2026, 10, 10), "100.00"), bill(shop, date(2026, 11, 10))))
        store.bills.save_all((bill(card, date(2026, 10, 5), "50.00"), bill(calm, date(2026, 12, 10))))
        store.payments.save(Payment(shop.id, Money.of("100.00", "CNY"), date(2026, 10, 13)))
        store.payments.save(Payment(card.id, Money.of("50.00", "CNY"), date(2026, 10, 6)))
    store.close()
    return path


def test_how_often_each_account_was_late_is_said_and_all_together(run: Run, file: Path) -> None:
    lines = run("--store", file).out.splitlines()

    assert lines[0] == "Late so far, by what is recorded"
    row = "2 late months in all, 2 in a row now, 2 at most; the longest delay: 12 days"
    assert f"  Shop: {row}" in lines
    card = "1 late month in all, 1 in a row now, 1 at most; the longest delay: 1 day"
    assert f"  Card: {card}" in lines
    assert "  Together: 3 late months in all, 2 in a row now, 2 at most; the longest delay: 12 days" in lines
    assert not any(line.startswith("  Calm") for line in lines)


def test_what_is_late_is_told_with_every_way_out(run: Run, file: Path) -> None:
    said = run("--store", file, "--until", "2026-12-30", "--pay", "2026-12-05=200", "--pay", "2026-12-06=1")

    lines = said.out.splitlines()
    assert "Shop: CN¥1,000.00 is late" in lines
    assert "  Everything on 22 Nov 2026: CN¥6.00 on top, CN¥1,006.00 in all" in lines
    assert "  Everything on 30 Dec 2026: CN¥25.00 on top, CN¥1,025.00 in all" in lines
    assert any(line.startswith("  3 payments, the last on 30 Dec 2026: CN¥22.") for line in lines)
    assert "    5 Dec 2026: CN¥200.00" in lines
    assert sum("stays on record" in line for line in lines) == 1
    assert not any(line.startswith(("Card", "Calm")) for line in lines)
    assert said.code == 0


@pytest.mark.row("C032", "C051")
def test_the_same_for_programs(run: Run, file: Path) -> None:
    words = ("--until", "2026-12-22", "--agree", 2, "--called", "2026-12-01", "--litigation", "300", "--json")
    told = run("--store", file, *words).json

    assert (told["today"], told["until"]) == (TODAY, "2026-12-22")
    assert told["counts"]["total"]["in_all"] == 3
    shop = next(each for each in told["counts"]["accounts"] if each["account"]["name"] == "Shop")
    assert [(time["due_on"], time["days"], time["is_open"]) for time in shop["times"]] == [
        ("2026-10-10", 3, False),
        ("2026-11-10", 12, True),
    ]
    (found,) = told["accounts"]
    assert (found["account"]["name"], found["country"], found["missing"]) == ("Shop", "CN", [])
    kinds = [way["kind"] for way in found["ways"]]
    assert kinds == ["whole", "whole", "agreement", "acceleration", "lawsuit"]
    first = found["ways"][0]
    assert first["cost"]["low"] == {"minor": 600, "currency": "CNY", "text": "6.00"}
    assert first["total"]["high"]["text"] == "1006.00"
    assert first["litigation"] is None
    court = found["ways"][-1]
    assert court["litigation"]["text"] == "300.00"
    assert court["cost"]["high"]["minor"] == found["ways"][-2]["cost"]["high"]["minor"] + 300_00
    assert first["is_recorded"] is True
    assert first["payments"][0]["on"] == "2026-11-22"
    assert any("after a judgement does not erase" in note for note in court["notes"])
    assert [payment["on"] for payment in found["ways"][2]["payments"]] == ["2026-12-22", "2027-01-22"]
    assert all(mark["source"] and mark["reliability"] for mark in found["milestones"])
    assert {mark["on"] for mark in found["milestones"]} >= {"2026-11-11", None}


def test_who_says_so_is_told_in_the_language_asked_for_and_the_users_own_as_typed(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "grace.db"
    store = Store.create(path)
    shop = account("Shop", grace_days="3")
    with store.transaction():
        save_account(store, shop)
        store.bills.save(bill(shop, date(2026, 11, 10)))
    store.close()

    (found,) = run("--store", path, "--lang", "zh", "--json").json["accounts"]

    sources = [mark["source"] for mark in found["milestones"]]
    assert "征信业管理条例第 16 条" in sources
    assert "我的合同：my contract" in sources
    assert not any("machine-translated" in source or "credit reporting" in source for source in sources)


def test_one_account_may_be_asked_about_by_name(run: Run, file: Path) -> None:
    said = run("--store", file, "--account", "Calm")

    assert said.out.splitlines()[-1] == "Nothing is late now."
    assert "Shop: CN¥1,000.00 is late" in run("--store", file, "--account", "Shop").out


def test_an_unknown_rate_is_no_figure(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    store = Store.create(path)
    owner = account("Shop", late_rate="")
    with store.transaction():
        save_account(store, owner)
        store.bills.save(bill(owner, date(2026, 11, 10)))
    store.close()

    lines = run("--store", path, "--agree", 3).out.splitlines()

    assert "  Everything on 22 Nov 2026: not known" in lines
    assert "  Agreement on equal parts: not known" in lines
    assert "  The late rate a day is unknown, so no cost can be worked out." in lines
    way = run("--store", path, "--json").json["accounts"][0]["ways"][0]
    assert (way["cost"], way["total"], way["payments"], way["litigation"]) == (None, None, [], None)


def test_who_was_never_late_hears_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    Store.create(path).close()

    assert run("--store", path).out.splitlines() == [
        "No payment was ever late, by what is recorded.",
        "Nothing is late now.",
    ]
    assert run("--store", path, "--json").json["accounts"] == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--pay", "200"), "does not say when how much is paid. Write it like 2026-12-05=200"),
        (("--pay", "2026-12-05="), "does not say when how much is paid"),
        (("--pay", "soon=200"), "“soon” is not a date"),
        (("--until", "soon"), "“soon” is not a date"),
        (("--until", "2026-11-01"), "Nothing can be paid in the past"),
        (("--pay", "2027-01-01=5"), "Each part is paid between 22 Nov 2026 and 22 Nov 2026"),
        (("--account", "Nobody"), "There is no account “Nobody”, or more than one"),
        (("--litigation", "much"), "“much” is not an amount"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    words: tuple[str, ...], reason: str, run: Run, file: Path
) -> None:
    said = run("--store", file, *words)

    assert said.code == 1
    assert reason in said.err
    assert said.out == ""
