from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from planner import i18n
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.sourced import Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.services.accounts import save_account
from planner.store.store import Store
from tests.terminal import Run, Said

TODAY = "2026-11-22"
PAGE = Source("a page")


def terms(*claims: tuple[Term, str]) -> Terms:
    return Terms(tuple(TermClaim(term, "", text, PAGE) for term, text in claims))


AMERICAN = terms(
    (Term.MINIMUM_RULE, "part_or_least"),
    (Term.MINIMUM, "0.02"),
    (Term.MINIMUM_LEAST, "15"),
    (Term.INTEREST_RATE, "0.20"),
)
CHINESE = terms(
    (Term.MINIMUM_RULE, "cn_card"),
    (Term.MINIMUM, "0.10"),
    (Term.CARRY_RATE, "0.0005"),
    (Term.CARRY_FROM, "purchase"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with an American card, and a Chinese one with a bill."""
    path = tmp_path / "example.db"
    store = Store.create(path)
    with store.transaction():
        save_account(store, Account("Blue card", "A bank", "USD", terms=AMERICAN, id="blue"))
        save_account(store, Account("招商银行", "A bank", "CNY", terms=CHINESE, id="card"))
        lines = (
            BillLine(LineKind.PURCHASE, Money.of("8000.00", "CNY")),
            BillLine(LineKind.INTEREST, Money.of("17.40", "CNY")),
        )
        bill = Bill(
            "card",
            date(2026, 11, 5),
            date(2026, 11, 23),
            lines,
            Money.of("817.40", "CNY"),
            id="bill",
        )
        store.bills.save(bill)
    store.close()
    return path


@pytest.fixture
def run(run: Run, file: Path) -> Run:
    """Run the command minimum on the file."""

    def minimum(*words: object) -> Said:
        return run("minimum", *words, "--store", file, "--today", TODAY)

    return minimum


def test_the_minimum_of_each_open_bill_is_said_with_what_paying_only_it_comes_to(run: Run) -> None:
    said = run()

    assert said.code == 0
    assert said.lines[:4] == [
        "招商银行: Bill of 5 Nov 2026, CN¥8,017.40",
        "Minimum, as the statement says: CN¥817.40",
        "Minimum by the rule: CN¥817.40",
        "If only the minimum is paid: 117 months (about 10 years)",
    ]
    assert (
        "Interest on the statement of 5 Dec 2026, from each purchase on: CN¥115.20 – CN¥239.20" in said.lines
    )
    assert "Nothing new is bought, and each month has the same length." in said.lines


def test_an_amount_takes_the_terms_of_an_account_or_a_product(run: Run) -> None:
    by_name, by_id = run("--amount", "10000", "--terms", "Blue card"), run("--amount=10000", "--terms=blue")

    assert by_name.lines == by_id.lines
    assert by_name.lines == [
        "Blue card: Typed amount, US$10,000.00",
        "Minimum by the rule: US$200.00",
        "If only the minimum is paid: 885 months (about 74 years)",
        "In all: US$57,125.72",
        "Of it interest: US$47,125.72",
        "With US$508.96 a month: over within 24 months, US$12,214.96 in all, US$44,910.76 less.",
        "With US$371.64 a month: over within 36 months, US$13,378.87 in all, US$43,746.85 less.",
        "Nothing new is bought, and each month has the same length.",
    ]
    product = run("--amount", "1000", "--terms", "jd-baitiao")
    assert product.code == 0
    assert product.lines[0] == "JD Baitiao: Typed amount, CN¥1,000.00"


def test_a_debt_that_is_never_over_says_so_and_what_would_be(run: Run, file: Path) -> None:
    store = Store.open(file)
    with store.transaction():
        dear = terms(
            *((claim.term, claim.text) for claim in AMERICAN.of(*Term)[:-1]), (Term.INTEREST_RATE, "0.30")
        )
        save_account(store, Account("Blue card", "A bank", "USD", terms=dear, id="blue"))
    store.close()

    said = run("--amount", "10000", "--terms", "blue")

    assert "If only the minimum is paid: never over" in said.lines
    assert "In all: no end to it" in said.lines
    assert (
        "The interest takes up all of the minimum: after 60 months US$13,488.46 would still be owed."
        in said.lines
    )
    assert "With US$559.13 a month: over within 24 months, US$13,419.05 in all." in said.lines


def test_the_months_are_printed_where_they_are_asked_for(run: Run) -> None:
    said = run("--amount", "10000", "--terms", "blue", "--rows")

    first = said.lines.index("Month by month, at 20.00%")
    assert said.lines[first + 1] == "1: US$10,000.00 + US$166.67 − US$200.00 = US$9,966.67"
    assert len(said.lines) == first + 1 + 885


def test_what_is_missing_is_said_and_nothing_is_invented(run: Run) -> None:
    said = run("--amount", "100", "--terms", "blank")

    assert said.lines == [
        "Another credit: Typed amount, CN¥100.00",
        "It is unknown how the minimum is made.",
        "It is unknown what part of the bill the minimum is.",
        "The charge on what is carried on is unknown.",
    ]


def test_french_law_is_told(run: Run, file: Path) -> None:
    store = Store.open(file)
    with store.transaction():
        save_account(store, Account("Crédit", "A bank", "EUR", terms=AMERICAN, id="fr"))
    store.close()

    assert "By law it may take 36 months at most." in run("--amount", "1000", "--terms", "fr").lines
    assert run("--amount", "1000", "--terms", "fr", "--json").json["minimums"][0]["most_months"] == 36


def test_as_json_it_has_the_figures_of_both_ends_and_every_month(run: Run) -> None:
    told = run("--amount", "10000", "--terms", "blue", "--json").json

    assert told["today"] == TODAY
    (found,) = told["minimums"]
    assert found["account"] == {"id": "blue", "name": "Blue card"}
    assert found["amount"] == {"minor": 1_000_000, "currency": "USD", "text": "10000.00"}
    assert (
        found["by_rule"]["low"]
        == found["by_rule"]["high"]
        == {
            "minor": 20_000,
            "currency": "USD",
            "text": "200.00",
        }
    )
    assert (found["stated"], found["lost_interest"], found["most_months"]) == (None, None, None)
    assert found["missing"] == []
    assert found["assumed"] == ["Nothing new is bought, and each month has the same length."]
    (end,) = found["ends"]
    assert (end["ends"], end["months"], end["rule"]) == ("clears", 885, "part_or_least")
    assert end["rate"] == {"fraction": "0.20", "per": "year"}
    assert (end["first"]["text"], end["total"]["text"], end["interest"]["text"]) == (
        "200.00",
        "57125.72",
        "47125.72",
    )
    assert len(end["rows"]) == 885
    assert {name: row["text"] for name, row in end["rows"][0].items() if name != "month"} == {
        "owed": "10000.00",
        "interest": "166.67",
        "paid": "200.00",
        "left": "9966.67",
    }
    assert [
        (sooner["within"], sooner["payment"]["text"], sooner["saved"]["text"]) for sooner in end["sooner"]
    ] == [
        (24, "508.96", "44910.76"),
        (36, "371.64", "43746.85"),
    ]


def test_as_json_a_bill_has_what_its_statement_says(run: Run) -> None:
    (found,) = run("--json").json["minimums"]

    assert found["stated"]["text"] == found["by_rule"]["low"]["text"] == "817.40"
    assert found["due_on"] == "2026-11-23"
    assert found["lost_interest"]["statement_on"] == "2026-12-05"
    assert found["lost_interest"]["amount"]["low"]["text"] == "115.20"
    assert found["lost_interest"]["amount"]["high"]["text"] == "239.20"
    assert {end["ends"] for end in found["ends"]} == {"clears"}


def test_what_is_unknown_is_null_in_json(run: Run) -> None:
    (found,) = run("--amount", "100", "--terms", "blank", "--json").json["minimums"]

    assert (found["by_rule"], found["ends"]) == (None, [])
    assert len(found["missing"]) == 3


def test_one_bill_may_be_asked_about(run: Run, file: Path) -> None:
    store = Store.open(file)
    with store.transaction():
        line = BillLine(LineKind.PURCHASE, Money.of("1000.00", "USD"))
        store.bills.save(Bill("blue", date(2026, 11, 1), date(2026, 11, 28), (line,), id="other"))
    store.close()

    assert [found["account"]["id"] for found in run("--json").json["minimums"]] == ["card", "blue"]
    (found,) = run("--bill", "other", "--json").json["minimums"]
    assert found["account"]["id"] == "blue"


def test_without_an_open_bill_it_says_so(run: Run, file: Path) -> None:
    store = Store.open(file)
    with store.transaction():
        store.bills.delete("bill")
    store.close()

    assert run().out == "There is no open bill.\n"
    assert run("--json").json["minimums"] == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--bill", "none"], "There is no open bill “none”"),
        (["--amount", "100"], "--terms"),
        (
            ["--amount", "100", "--terms", "Nobody"],
            "Nobody has the terms “Nobody”. The accounts are: Blue card",
        ),
        (["--amount", "100", "--terms", "Nobody"], "The products are: jd-baitiao, huabei"),
        (["--terms", "blue"], "Name a bill with --bill, or an amount with --amount and --terms, not both."),
        (["--bill", "bill", "--terms", "blue"], "Name a bill with --bill, or an amount"),
        (["--bill", "bill", "--amount", "100", "--terms", "blue"], "Name a bill with --bill, or an amount"),
        (["--amount", "much", "--terms", "blue"], "“much” is not an amount"),
        (["--amount", "0", "--terms", "blue"], "Enter an amount above zero"),
    ],
)
def test_what_cannot_be_said_is_refused_in_one_sentence(run: Run, words: list[str], reason: str) -> None:
    said = run(*words)

    assert said.code == 1
    assert reason in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_it_speaks_the_language_that_is_named_and_changes_nothing(run: Run, file: Path) -> None:
    before = file.read_bytes()

    said = run("--lang", "fr", "--amount", "10000", "--terms", "blue")

    assert "47\u202f125,72" in said.out
    assert i18n.language() == "fr"
    assert file.read_bytes() == before


def test_it_loads_no_qt(file: Path) -> None:
    code = (
        "import sys; from planner.cli import main; code = main(sys.argv[1:]); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules})); sys.exit(code)"
    )
    words = ["minimum", "--json", "--store", str(file), "--today", TODAY]
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", code, *words], capture_output=True, check=True, encoding="utf-8"
    )

    assert set(done.stdout.splitlines()[-1].split()).isdisjoint({"PySide6", "shiboken6", "matplotlib"})
