"""How long the window pauses at most while the place Payoff looks for the best plan and shows it."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from planner.cli import has_display
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.cash.rules import CashRules
from planner.domain.dates import Cycle, FixedDay, add_months
from planner.domain.money import Money
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim, Terms
from planner.gui.pages.payoff import PayoffPage
from planner.gui.session import Session
from planner.services.accounts import save_account
from planner.store.store import Store

_DEBTS, _LENDERS = 40, 5
_REST_S = 0.002
_PATIENCE = 120.0


def window_lines(today: date) -> Iterator[str]:
    """The longest pause while looking, and while the answer is shown, first and again: a line each."""
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder) / "debts.db")
        _write(store, today)
        session = Session(store, today)
        page = PayoffPage(session)
        page.resize(1280, 800)
        page.show()
        looking, showing = _pauses(app, lambda: page.best.plan is not None)
        yield f"window: longest pause while it looks for the best plan of {_DEBTS} debts: {looking:.0f} ms"
        yield f"window: longest pause while it shows that plan: {showing:.0f} ms"
        page.close()
        store.close()


def _pauses(app: QCoreApplication, is_over: Callable[[], bool]) -> tuple[float, float]:
    """The longest turn of the event loop in milliseconds, until something is over and in the second after."""
    found: list[list[float]] = [[0.0], [0.0]]
    began = last = time.perf_counter()
    end = None
    while (end is None or last < end) and last - began < _PATIENCE:
        app.processEvents()
        is_now_over = end is None and is_over()
        if is_now_over:
            end = time.perf_counter() + 1
        now = time.perf_counter()
        found[end is not None].append((now - last) * 1000)
        time.sleep(_REST_S)
        last = time.perf_counter()
    return max(found[0]), max(found[1])


def _write(store: Store, today: date) -> None:
    """Forty bills of five lenders, due in the coming months, and money that does not do for all of them."""
    source = Source("made up", today, Reliability.CONTRACT, Origin.CONTRACT)
    with store.transaction():
        for number in range(_LENDERS):
            claims = [
                TermClaim(Term.FEE_RATE, str(count), f"0.00{4 + number}", source) for count in (3, 6, 12, 24)
            ]
            cycle = Cycle(statement_day=1, due=FixedDay(8 + number))
            account = Account(
                f"Lender {number + 1}", f"Lender {number + 1}", "CNY", terms=Terms(tuple(claims)), cycle=cycle
            )
            save_account(store, account)
            for later in range(_DEBTS // _LENDERS):
                due_on = add_months(today.replace(day=8 + number), 1 + later)
                line = BillLine(LineKind.UNITEMISED, Money(60_000 + 17_300 * later + 9_100 * number, "CNY"))
                store.bills.save(Bill(account.id, due_on.replace(day=1), due_on, (line,)))
        purse = CashAccount("Current", "CNY", (Balance(today, Money(500_000, "CNY")),))
        store.cash_accounts.save(purse)
        salary = Recurrence(add_months(today.replace(day=1), 1))
        store.cash_flows.save(CashFlow("Salary", Category.SALARY, Money(620_000, "CNY"), salary, purse.id))
        store.cash_rules.save(CashRules("CNY", Money(20_000, "CNY")))
