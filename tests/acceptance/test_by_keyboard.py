"""The three longest procedures from their start to their end, in the window, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account, State
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.procedures.case import Case
from planner.domain.procedures.kinds import Channel
from planner.gui.main_window import MainWindow
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.keyboard import ALT, CTRL, Keyboard


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def record_account(store: Store, name: str) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, name))


def record_bill(store: Store, account: Account, due_on: date, amount: str) -> None:
    lines = (BillLine(LineKind.UNITEMISED, yuan(amount)),)
    with store.transaction():
        save_bill(store, Bill(account.id, due_on - timedelta(days=9), due_on, lines))


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, store: Store, today: date) -> Iterator[MainWindow]:
    apply_theme(qapp, "light")
    window = MainWindow(Session(store, today), ("light", 100))
    qtbot.addWidget(window)
    window.open_adopted()
    window.show()
    window.activateWindow()  # keys lead nowhere in a window that is not active
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    apply_theme(qapp, "light")


@pytest.fixture
def keys(window: MainWindow) -> Keyboard:
    return Keyboard(window)


def set_clock(window: MainWindow, day: date) -> None:
    """Let it be another day; the window notices as it does after sleep."""
    window.session._fixed_today = day
    window.session.check_day()
    QApplication.processEvents()


def only_case(store: Store) -> Case:
    (case,) = store.cases.all()
    return case


def banner_of(window: MainWindow) -> str:
    """What a page of a case asks to keep in mind."""
    page = window.page("procedures")
    return page.case.banner.accessibleName()


def open_step(keys: Keyboard, title: str) -> None:
    keys.use(f"Details: * {title}*")


@pytest.mark.row("C002", "C003", "C004", "C005", "C006", "C007", "C008", "C009", "C011", "C019", "C074")
def test_baitiao_is_cancelled_by_keyboard_alone(
    keys: Keyboard, window: MainWindow, store: Store, today: date
) -> None:
    account = record_account(store, "My Baitiao")
    record_bill(store, account, today + timedelta(days=8), "300")

    keys.press(Qt.Key.Key_7, CTRL)
    keys.use("Start", of="Cancel JD Baitiao")
    keys.answer("It costs too much", "I am worried about the security of my account")

    # Somebody else may be at it: the lender freezes it, and that is kept with its day.
    open_step(keys, "Ask JD Finance to freeze Baitiao")
    keys.use("Copy the number: JD Finance customer service")
    assert QGuiApplication.clipboard().text() == "95118"
    keys.use("Record a contact…")
    keys.fill("Time", "9:30")
    keys.fill("Name or number of the person", "Agent 12")
    keys.fill("What was said", "They look into it")
    keys.fill("What the lender promised", "A call back")
    keys.fill("Next day", "+2")
    keys.use("Save")
    (entry,) = only_case(store).log
    assert (entry.channel, entry.person, entry.said) == (Channel.PHONE, "Agent 12", "They look into it")
    assert (entry.promise, entry.next_on) == ("A call back", date(2026, 11, 24))
    assert keys.heard == "Record a contact…"

    open_step(keys, "Record the freeze")
    keys.use("The lender has frozen it")
    print(states(store, today))
    keys.tick("* Change your passwords: done")
    keys.tick("* Look for purchases that are not yours: done")
    print(states(store, today))
    keys.tick("* See that all orders are finished: done")
    keys.tick("* See that refunds have arrived: done")
    open_step(keys, "Settle everything you owe on Baitiao")
    list_(keys)

def states(store, today):
    v=procedures.case_view(store, only_case(store), today)
    return [(s.step.id, s.state.name) for s in v.steps]
def list_(k):
    try: k.tab_to("Nothing")
    except AssertionError as e: print(str(e)[:6000])
