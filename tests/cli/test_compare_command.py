from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from planner.cli import main
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.sourced import Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim
from planner.services.accounts import account_from, override_term, save_account
from planner.store.catalogue import product
from planner.store.store import Store

TODAY = "2026-11-22"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a Baitiao account and one bill."""
    path = tmp_path / "example.db"
    store = Store.create(path)
    sheet = product("jd-baitiao")
    assert sheet is not None
    account = account_from(sheet, "白条")
    line = BillLine(LineKind.UNITEMISED, Money.of("1200.00", "CNY"))
    with store.transaction():
        save_account(store, account)
        store.bills.save(Bill(account.id, date(2026, 12, 1), date(2026, 12, 10), (line,), id="december"))
    store.close()
    return path


def run(file: Path, *words: str) -> int:
    return main(["compare", "--store", str(file), "--today", TODAY, "--lang", "en", *words])


AMOUNT = ("--amount", "1000", "--terms", "白条")


def test_every_way_stands_in_a_line_with_its_rate_and_the_legal_lines(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, *AMOUNT) == 0
    out = capsys.readouterr().out

    assert "白条: Typed amount, CN¥1,000.00" in out
    (line,) = (line for line in out.splitlines() if line.startswith("  3 instalments: "))
    assert "CN¥1,015.00 – CN¥1,036.00 in all" in line
    assert "true rate 8.98% – 21.47% (12 × monthly), 9.36% – 23.72% compounded" in line
    assert line.endswith("Legal lines: Perhaps above 12.00%.")
    assert "  If only the minimum is paid\n" in out


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("2026-12-01", None),
        ("2026-11-30", "Not offered: the last day of this promotion is 30 Nov 2026"),
    ],
)
def test_a_promotion_says_its_last_day_and_why_it_is_not_offered_after_it(
    file: Path, capsys: pytest.CaptureFixture[str], until: str, why: str | None
) -> None:
    store = Store.open(file)
    (account,) = store.accounts.all()
    with store.transaction():
        override_term(store, account.id, TermClaim(Term.PROMOTION_UNTIL, "3", until, Source("checkout")))
    store.close()

    assert run(file, "--bill", "december", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)["comparisons"]
    (way,) = (way for way in found["ways"] if way["id"] == "promotion-3")
    assert way["until"] == {"low": until, "high": until}
    assert way["not_comparable"] == why


@pytest.mark.parametrize("named", ["flat_fee-12", "12 instalments"])
def test_one_way_is_told_in_full(file: Path, capsys: pytest.CaptureFixture[str], named: str) -> None:
    assert run(file, *AMOUNT, "--card", named) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]

    assert lines[1] == "Cost card: 12 instalments"
    told = "counted in whole months from 22 Nov 2026, one month before the first payment"
    assert f"Amount lent: CN¥1,000.00, {told}" in lines
    assert "Instalment fee: CN¥60.00 – CN¥144.00, 10.90% – 25.59% a year" in lines
    assert "All payments together: CN¥1,060.00 – CN¥1,144.00" in lines
    assert "Late fee: unknown" in lines
    assert "22 Nov 2027: CN¥88.37 – CN¥95.37" in lines
    assert not any(line.startswith("3 instalments") for line in lines)


def test_an_offer_without_a_card_is_refused_with_those_that_have_one(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, *AMOUNT, "--card", "full") == 1
    err = capsys.readouterr().err
    assert "There is no cost card for “full”" in err
    assert "flat_fee-12" in err


def test_programs_get_the_ways_the_lines_and_the_cards(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, "--bill", "december", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    (found,) = told["comparisons"]

    assert found["amount"] == {"minor": 120_000, "currency": "CNY", "text": "1200.00"}
    ways = {way["id"]: way for way in found["ways"]}
    assert ways["full"]["rate"] is None
    assert ways["flat_fee-12"]["convention"] == "china"
    assert ways["flat_fee-12"]["total"]["low"]["minor"] == 126_480  # nine tenths can be split
    (cap, line) = ways["flat_fee-3"]["legal_lines"]
    assert (cap["line"], cap["standing"], cap["since"]) == ("4lpr", "maybe_over", "2026-01-20")
    assert (line["line"], line["standing"]) == ("24", "under")
    card = found["cards"]["flat_fee-12"]
    assert card["items"][0]["cost"]["low"]["minor"] == 6_480
    assert card["default"][1] == {
        "charged_by": "JD Finance",
        "cost": None,
        "how": ["If a payment is missed"],
        "label": "Late fee",
        "yearly": None,
    }
    assert [len(rows) for rows in card["payments"]] == [13]
    assert found["minimum"]["by_rule"]["low"]["minor"] == 12_000


def test_only_the_wanted_card_is_among_the_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--json", "--card", "minimum") == 0
    (found,) = json.loads(capsys.readouterr().out)["comparisons"]
    assert list(found["cards"]) == ["minimum"]


def test_another_lenders_ways_stand_beside(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--beside", "cn-credit-card", "--by", "biggest_month") == 0
    assert "Chinese credit card: 6 instalments" in capsys.readouterr().out
    assert run(file, "--beside", "nobody") == 1
    assert "There is no product “nobody”" in capsys.readouterr().err


def test_a_bill_that_is_not_there_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--bill", "nothing") == 1
    assert "nothing" in capsys.readouterr().err
