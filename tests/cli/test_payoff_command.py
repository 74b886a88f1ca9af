"""The command payoff: the best way with its proof, tables as files, and what is said where nothing holds."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.cash.rules import CashRules
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.sourced import Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.services.adopting import adopt
from planner.services.bills import pay, save_bill
from planner.services.cash import save_cash_account, save_rules
from planner.services.cash_flows import save_flow
from planner.services.payoff import best_plan, payoff_question
from planner.services.plans import save_plan
from planner.store.store import Store
from tests.terminal import Run

TODAY = date(2026, 11, 22)
DUE = date(2026, 12, 10)


def cny(text: str) -> Money:
    return Money.of(text, "CNY")


def account(name: str, *fees: tuple[int, str]) -> Account:
    """An account whose bills can be put into instalments at a known fee a month."""
    web = Source("a page")
    claims = [TermClaim(Term.FEE_RATE, str(count), fee, web) for count, fee in fees]
    claims.append(TermClaim(Term.EARLY_SETTLEMENT, "", "waive_remaining", web))
    return Account(name, name, "CNY", terms=Terms(tuple(claims)))


def a_file(path: Path, cash: str, *, reserve: str = "0", salary: str = "2000") -> Path:
    """A bill of 1,200 that can be split, and one of 600 that cannot; a salary on the 25th."""
    store = Store.create(path)
    splitting, plain = account("白条", (3, "0.005")), account("Card")
    with store.transaction():
        for owner, amount in ((splitting, "1200"), (plain, "600")):
            store.accounts.save(owner)
            line = BillLine(LineKind.UNITEMISED, cny(amount))
            save_bill(store, Bill(owner.id, date(2026, 11, 20), DUE, (line,)))
        save_cash_account(store, CashAccount("Purse", "CNY", (Balance(TODAY, cny(cash)),)))
        save_rules(store, CashRules("CNY", cny(reserve)))
        if salary != "0":
            recurrence = Recurrence(date(2026, 11, 25))
            save_flow(store, CashFlow("Salary", Category.SALARY, cny(salary), recurrence))
    store.close()
    return path


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """Cash for everything in full."""
    return a_file(tmp_path / "rich.db", "1000")


@pytest.fixture
def tight(tmp_path: Path) -> Path:
    """Cash for the second bill in full, and for the first in three instalments."""
    return a_file(tmp_path / "tight.db", "300", salary="900", reserve="100")


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """Cash for neither."""
    return a_file(tmp_path / "short.db", "100", salary="0")


def test_with_enough_cash_everything_is_paid_in_full(run: Run, rich: Path) -> None:
    said = run("payoff", "--store", rich, "--today", TODAY)

    assert said.code == 0
    assert said.lines[0] == "Payoff in CNY"
    assert "Everything is paid by 10 Dec 2026, and nothing is paid above what is owed." in said.lines
    assert any(line.startswith("Proved: of the ") for line in said.lines)
    assert "Each debt is settled in the way that costs least, and the cash holds all the same." in said.lines
    at = said.lines.index("What to pay when")
    shown = [" ".join(line.split()) for line in said.lines[at + 2 : at + 5]]
    # Which of both comes first depends on their ids.
    assert sorted(shown) == [
        "2026-12 10 Dec 2026 Card Bill of 20 Nov 2026 In full on 10 Dec 2026 600.00",
        "2026-12 10 Dec 2026 白条 Bill of 20 Nov 2026 In full on 10 Dec 2026 1,200.00",
        "Together 1,800.00",
    ]
    assert "Orders of paying" in said.lines


def test_with_less_cash_the_cheapest_plan_that_holds_is_chosen_and_proved(run: Run, tight: Path) -> None:
    (told,) = run("payoff", "--store", tight, "--today", TODAY, "--json").json["currencies"]

    assert told["currency"] == "CNY"
    assert [told[f"is_{name}"] for name in ("feasible", "proved", "late")] == [True, True, False]
    answer = told["answer"]
    # 0.5 % a month on 1,200 is 6.00, three times.
    assert (answer["cost"]["text"], answer["late_cost"]["text"]) == ("18.00", "0.00")
    chosen = {each["account"]["name"]: each for each in answer["choices"]}
    assert chosen["白条"]["chosen"] == "flat_fee-3"
    assert chosen["Card"]["chosen"] == "full"
    assert chosen["白条"]["owed"]["text"] == "1200.00"
    options = {each["id"]: each for each in chosen["白条"]["options"]}
    assert options["flat_fee-3"]["apply_by"] == "2026-12-10"
    assert options["flat_fee-3"]["opens_plan"] is True
    assert options["flat_fee-3"]["high"]["cost"]["text"] == "18.00"
    assert "cash would not hold" in chosen["白条"]["why_not"]["full"]
    paid = [(each["account"]["name"], each["on"], each["amount"]["text"]) for each in answer["calendar"]]
    assert paid == [("Card", "2026-12-10", "600.00")] + [
        ("白条", on, "406.00") for on in ("2027-01-10", "2027-02-10", "2027-03-10")
    ]
    assert answer["ends_on"] == "2027-03-10"
    assert answer["proof"]["gap"]["text"] == "0.00"
    assert answer["binding"]["on"] == "2026-12-10"
    assert (answer["lowest"]["on"], answer["lowest"]["above"]["text"]) == ("2026-11-22", "200.00")
    assert sum(each["key"] == "cheapest" and not each["holds"] for each in answer["compared"]) == 1
    # 300 + 900 − 600 of which 100 have to be left.
    balances = {each["on"]: each["left"]["text"] for each in answer["balances"]}
    assert balances["2026-12-10"] == "600.00"
    assert told["short"] is None
    assert told["hardship"] is None
    assert [each["order"] for each in told["orders"]] == ["minimum", "snowball", "avalanche", "own"]
    # Every order pays both bills in full on their day: 300 + 900 − 1,800, of which 100 have to be left.
    short = [
        (each["cash_holds"], each["short"]["on"], each["short"]["by"]["text"]) for each in told["orders"]
    ]
    assert short == [(False, "2026-12-10", "700.00")] * 4


def test_where_nothing_holds_it_says_when_by_how_much_and_what_can_be_offered(run: Run, short: Path) -> None:
    said = run("payoff", "--store", short, "--today", TODAY)

    # In full 1,800 are needed at once; in instalments 600, and 1,218 later, of which nothing comes in either.
    words = (
        "The cash does not hold in any way. In the way that needs least, CN¥1,700.00 is missing on "
        "10 Dec 2026, the first day that is short."
    )
    assert words in said.lines
    assert "When the money does not reach" in said.lines
    assert "What to pay when" not in said.lines

    (told,) = run("payoff", "--store", short, "--today", TODAY, "--json").json["currencies"]
    assert (told["is_feasible"], told["answer"]) == (False, None)
    assert (told["short"]["on"], told["short"]["missing"]["text"]) == ("2026-12-10", "1700.00")
    assert told["short"]["least_extra"]["text"] == "1700.00"
    assert told["hardship"]["offered"]["minor"] <= told["hardship"]["available"]["minor"]
    assert {each["account"]["name"] for each in told["hardship"]["proposals"]} == {"白条", "Card"}


def test_where_each_month_lacks_something_that_is_said_and_no_sum_from_today_on(
    run: Run, short: Path
) -> None:
    once = run("payoff", "--store", short, "--today", TODAY).lines
    assert any("more from today on" in line for line in once)
    store = Store.open(short)
    with store.transaction():
        save_flow(store, CashFlow("Rent", Category.HOUSING, cny("2600"), Recurrence(date(2026, 12, 1))))
    store.close()

    said = run("payoff", "--store", short, "--today", TODAY).lines

    assert any(line.startswith("Each month lacks at least CN¥2,600.00 before") for line in said)
    assert not any("more from today on" in line for line in said)


def test_another_reserve_and_more_each_month_can_be_tried(run: Run, rich: Path) -> None:
    words = ("payoff", "--store", rich, "--today", TODAY, "--json", "--extra", "100", "--reserve")

    (told,) = run(*words, "1,000.00").json["currencies"]
    assert (told["is_feasible"], told["answer"]["lowest"]["above"]["text"]) == (True, "0.00")
    assert any("1,000.00" in text for text in told["assumptions"])
    assert any("100.00" in text for text in told["assumptions"])

    (told,) = run(*words, "1000.01").json["currencies"]
    assert not told["is_feasible"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--extra", "-5"), "cannot be less than zero"),
        (("--reserve", "x"), "x"),
        (("--currency", "CNY", "--reserve", "-1"), "cannot be less than zero"),
    ],
)
def test_what_cannot_be_assumed_is_refused(run: Run, rich: Path, words: tuple[str, ...], reason: str) -> None:
    said = run("payoff", "--store", rich, "--today", TODAY, *words)

    assert said.code == 1
    assert reason in said.err


def test_without_cash_it_says_what_is_missing(run: Run, rich: Path) -> None:
    store = Store.open(rich)
    with store.transaction():
        for each in store.cash_accounts.all():
            store.cash_accounts.delete(each.id)
    store.close()

    said = run("payoff", "--store", rich, "--today", TODAY)
    assert any("so it is not known how much cash is there" in line for line in said.lines)
    (told,) = run("payoff", "--store", rich, "--today", TODAY, "--json").json["currencies"]
    assert [each["kind"] for each in told["obstacles"]] == ["no_cash"]
    assert told["answer"] is None


def test_without_debts_there_is_nothing_to_say(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    Store.create(path).close()
    out = tmp_path / "out.csv"

    assert run("payoff", "--store", path, "--today", TODAY, "--csv", out).lines == [
        "Nothing with a date is still to pay."
    ]
    assert not out.exists()
    assert run("payoff", "--store", path, "--today", TODAY, "--json").json["currencies"] == []
    said = run("payoff", "--store", path, "--today", TODAY, "--currency", "eur")
    assert "Nothing with a date is owed in EUR." in said.lines


def with_euros(path: Path) -> None:
    """A debt in another currency beside the others."""
    store = Store.open(path)
    euro = Account("Alma", "Alma", "EUR")
    row = Instalment(1, DUE, Money.of("100", "EUR"), Money.of("1", "EUR"), Money.of("0", "EUR"))
    with store.transaction():
        store.accounts.save(euro)
        save_plan(store, InstalmentPlan(euro.id, "Shoes", Money.of("100", "EUR"), (row,), 1))
        save_cash_account(store, CashAccount("Compte", "EUR", (Balance(TODAY, Money.of("500", "EUR")),)))
    store.close()


def test_each_currency_is_answered_by_itself(run: Run, rich: Path, tmp_path: Path) -> None:
    with_euros(rich)

    told = run("payoff", "--store", rich, "--today", TODAY, "--json").json["currencies"]
    assert [each["currency"] for each in told] == ["CNY", "EUR"]
    assert told[1]["answer"]["cost"]["currency"] == "EUR"
    (only,) = run("payoff", "--store", rich, "--today", TODAY, "--currency", "EUR", "--json").json[
        "currencies"
    ]
    assert only == told[1]

    for words in (("--extra", "5"), ("--reserve", "5"), ("--csv", str(tmp_path / "out.csv"))):
        said = run("payoff", "--store", rich, "--today", TODAY, *words)
        assert said.code == 1
        assert said.err.strip() == "Debts are in CNY, EUR. Say with --currency which of them is meant."
    assert not (tmp_path / "out.csv").exists()


def test_the_calendar_can_be_written_for_other_programs(run: Run, tight: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.csv"
    said = run("payoff", "--store", tight, "--today", TODAY, "--csv", out)

    assert said.lines[-1] == f"Saved: {out}"
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8"))))
    assert rows == [
        ["Month", "Date", "To whom", "What for", "How", "Amount (CNY)"],
        ["2026-12", "2026-12-10", "Card", "Bill of 20 Nov 2026", "In full on 10 Dec 2026", "600.00"],
        *(
            [on[:7], on, "白条", "Bill of 20 Nov 2026", "3 instalments", "406.00"]
            for on in ("2027-01-10", "2027-02-10", "2027-03-10")
        ),
    ]


def names_of(path: Path) -> list[str | None]:
    with zipfile.ZipFile(path) as book:
        root = ET.fromstring(book.read("xl/workbook.xml"))  # noqa: S314 - we have just written it
    return [each.get("name") for each in root.iter() if each.tag.endswith("}sheet")]


def test_everything_can_be_written_as_a_workbook(run: Run, rich: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.xlsx"
    said = run("payoff", "--store", rich, "--today", TODAY, "--xlsx", out, "--json")
    assert said.json["currencies"]  # nothing but JSON is said

    assert names_of(out) == [
        "What to choose",
        "What to pay when",
        "What each creditor gets",
        "Ways of each debt",
        "Forecast of the cash",
        "Orders of paying",
    ]
    first = out.read_bytes()
    run("payoff", "--store", rich, "--today", TODAY, "--xlsx", out)
    assert out.read_bytes() == first

    with_euros(rich)
    run("payoff", "--store", rich, "--today", TODAY, "--xlsx", out)
    names = names_of(out)
    assert len(names) == 12
    assert names[0] == "What to choose (CNY)"
    assert names[-1] == "Orders of paying (EUR)"


def test_without_a_plan_the_files_hold_what_there_is(run: Run, short: Path, tmp_path: Path) -> None:
    table, book = tmp_path / "plan.csv", tmp_path / "plan.xlsx"
    run("payoff", "--store", short, "--today", TODAY, "--csv", table, "--xlsx", book)

    assert table.read_text("utf-8").splitlines() == ["Month,Date,To whom,What for,How,Amount (CNY)"]
    assert names_of(book) == ["Orders of paying"]


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_left(
    run: Run, rich: Path, tmp_path: Path
) -> None:
    said = run("payoff", "--store", rich, "--today", TODAY, "--csv", tmp_path / "none" / "plan.csv")

    assert said.code == 1
    assert "could not be written" in said.err


def test_it_says_what_changed_since_the_plan_that_is_followed(run: Run, tight: Path) -> None:
    store = Store.open(tight)
    with store.transaction():
        adopt(store, TODAY, best_plan(payoff_question(store, TODAY, "CNY")).choices, is_proved=True)
        (card,) = [each for each in store.accounts.all() if each.name == "Card"]
        (known,) = store.bills.of_account(card.id)
        # Of two bills of one day, their ids would decide which of them it pays first.
        pay(store, Payment(card.id, cny("600"), TODAY, aimed_at=known.id))
        line = BillLine(LineKind.UNITEMISED, cny("50"))
        save_bill(store, Bill(card.id, date(2026, 11, 21), DUE, (line,)))
    store.close()

    (told,) = run("payoff", "--store", tight, "--today", TODAY, "--json").json["currencies"]
    assert any("50.00" in text for text in told["changes"])
    said = run("payoff", "--store", tight, "--today", TODAY)
    assert told["changes"][0] in said.lines


def test_it_speaks_the_language_of_its_reader(run: Run, rich: Path) -> None:
    said = run("payoff", "--store", rich, "--today", TODAY, "--lang", "fr", "--json")

    assert said.code == 0
    assert said.json["currencies"][0]["answer"]["cost"]["text"] == "0.00"
