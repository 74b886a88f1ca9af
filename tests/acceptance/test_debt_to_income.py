"""What is due to lenders against what comes in: in the window, on the terminal and in the report."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.cash.rules import CashRules
from planner.domain.money import Money, sum_of
from planner.domain.payoff.scenario import Scenario
from planner.gui.pages.cash import CashPage
from planner.gui.recording.cash_rules import CashRulesForm
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.reports.pack import PackParts, Part, WorkedOut, compose, report_pack
from planner.services.accounts import save_account
from planner.services.cash import RulesShareError, save_cash_account, save_rules
from planner.services.cash_flows import save_flow
from planner.services.cash_view import cash_view
from planner.services.payoff import best_plan, payoff_question
from planner.store.store import Store
from tests.terminal import Run

TODAY = date(2026, 11, 22)
SAID = (
    "From 1 Dec 2026 to 31 Dec 2026, CN¥1,600.00 is due to lenders and CN¥4,000.00 comes in: "
    "that is 40.00% of it."
)


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


def record(store: Store) -> None:
    """4,000.00 on the 25th of each month, and a bill of 1,600.00 due on 10 December."""
    line = BillLine(LineKind.UNITEMISED, cny("1600"))
    with store.transaction():
        save_cash_account(store, CashAccount("Bank", "CNY", (Balance(TODAY, cny("5000")),)))
        save_flow(store, CashFlow("Pay", Category.SALARY, cny("4000"), Recurrence(date(2026, 1, 25))))
        account = save_account(store, Account("Baitiao", "JD", "CNY"))
        store.bills.save(Bill(account.id, date(2026, 12, 1), date(2026, 12, 10), (line,)))


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, store: Store) -> CashPage:
    apply_theme(qapp, "light")
    record(store)
    page = CashPage(Session(store, TODAY))
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    QApplication.processEvents()
    return page


def texts(page: CashPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


@pytest.mark.row("C101")
def test_cash_shows_the_share_with_how_it_was_made_and_what_one_is_told_from(page: CashPage) -> None:
    shown = texts(page)

    assert SAID in shown
    assert "That is not less than 35.00%, from which you are told." in shown
    (days,) = page.days
    answer = days.share.words.answer()
    assert answer is not None
    assert Decimal("0.4") in [getattr(figure.value, "fraction", None) for _name, figure in answer.figures]


@pytest.mark.row("C101")
def test_both_shares_can_be_set_by_keyboard_and_a_warning_follows(qtbot: QtBot, page: CashPage) -> None:
    session = page.session
    form = CashRulesForm(session, CashRules("CNY"))
    qtbot.addWidget(form)
    form.show()
    form.more_button.click()
    QTest.keyClicks(form.notice.edit, "20")
    QTest.keyClicks(form.high.edit, "40")
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.high.edit, Qt.Key.Key_Return)

    kept = session.store.cash_rules.of("CNY")
    assert (kept.notice_share, kept.high_share) == (Decimal("0.2"), Decimal("0.4"))
    assert "40.00% of what comes in is due to lenders, not less than the 40.00%" in texts(page)
    assert "from which you are told" not in texts(page)
    again = CashRulesForm(session, kept)
    qtbot.addWidget(again)
    assert (again.notice.text(), again.high.text()) == ("20", "40")
    session.history.undo()
    assert session.store.cash_rules.of("CNY") == CashRules("CNY")
    assert "That is not less than 35.00%" in texts(page)


@pytest.mark.parametrize(
    ("notice", "high"), [("0", None), (None, "-0.1"), ("0.6", None), ("0.5", "0.4"), (None, "0.3")]
)
def test_shares_that_cannot_be_told_apart_are_refused(
    store: Store, notice: str | None, high: str | None
) -> None:
    wanted = [Decimal(text) if text is not None else None for text in (notice, high)]

    with pytest.raises(RulesShareError), store.transaction():
        save_rules(store, CashRules("CNY", None, None, *wanted))
    assert store.cash_rules.all() == []


def test_a_share_alone_is_kept_and_the_reserve_stays(store: Store) -> None:
    rules = CashRules("CNY", cny("500"), None, None, Decimal("0.501"))
    with store.transaction():
        save_rules(store, rules)

    assert store.cash_rules.all() == [rules]


@pytest.mark.row("C101")
def test_the_reserve_and_the_share_bound_the_same_view(store: Store) -> None:
    record(store)
    with store.transaction():
        save_rules(store, CashRules("CNY", cny("4500")))

    (found,) = cash_view(store, TODAY).currencies
    # 5,000.00 + 4,000.00 on 25 November − 1,600.00 on 10 December: the reserve of 4,500.00 holds.
    assert found.forecast is not None
    assert found.forecast.first_short is None
    assert found.share is not None
    assert found.share.share is not None
    assert found.share.share.value.fraction == Decimal("0.4")


@pytest.mark.row("C101")
def test_the_terminal_says_the_same(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "planner.db"
    store = Store.create(path)
    record(store)
    store.close()

    said = run("cash", "--store", path, "--today", TODAY)
    assert f"  {SAID}" in said.out.splitlines()
    found = json.loads(run("cash", "--store", path, "--today", TODAY, "--json").out)
    share = found["currencies"][0]["share"]
    assert (share["first_on"], share["last_on"]) == ("2026-12-01", "2026-12-31")
    assert (share["share"], share["notice"], share["high"]) == ("0.400000", "0.35", "0.55")


@pytest.mark.row("C101")
def test_the_report_has_it_too(store: Store) -> None:
    record(store)
    parts = PackParts(frozenset({Part.CASH}), TODAY, date(2027, 2, 22))
    pack = report_pack(store, TODAY, parts, WorkedOut(cash=cash_view(store, TODAY)))
    pages = PdfReader(io.BytesIO(compose(pack, "en"))).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)

    assert "Debt-to-income" in text
    assert "that is 40.00% of it" in text


@pytest.mark.row("C101")
def test_the_best_plan_keeps_the_reserve_and_says_what_lenders_get_of_the_income(store: Store) -> None:
    record(store)
    with store.transaction():
        save_rules(store, CashRules("CNY", cny("4500")))

    plan = best_plan(payoff_question(store, TODAY, "CNY"))
    assert plan.cash is not None
    assert min(day.balance for day in plan.cash.days) >= cny("4500")
    # Paid in full out of what is there: 1,600.00 of the 4,000.00 of December, or nothing later than that.
    assert plan.share is not None
    assert plan.share.share is not None
    assert plan.share.due.value == sum_of(
        (each.amount.value for each in plan.payables if each.on.month == plan.share.first_on.month), "CNY"
    )
    assert plan.share.words in plan.margins

    assumed = best_plan(payoff_question(store, TODAY, "CNY", Scenario("CNY", income=cny("500"))))
    assert assumed.is_feasible
    assert assumed.share is None  # the record does not say so
